"""The `tsunagari` command: one parser; each group of commands has a module of its own.

Nothing of Django is imported before a command needs it: the hub runs without, and `up --data` sets the
environment first.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

UNUSABLE = 2

Command = Callable[[argparse.Namespace], int]


def django_ready() -> None:
    """Load settings and apps; every command but `hub` and `web` needs them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _from(module: str, function: str) -> Command:
    """A command that is imported when it is called."""

    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        found: Command = getattr(import_module(f"tsunagari.cli.{module}"), function)
        return found(options)

    return run


def _serving(add: Any) -> None:
    up = add("up", "everything in one process: pages, sockets and jobs, on SQLite if nothing else is named")
    up.add_argument("--host", default="127.0.0.1")
    up.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    up.add_argument("--data", type=Path, help="folder for database, keys and files")
    up.add_argument("--no-demo", action="store_true", help="start with an empty town")
    up.set_defaults(run=_from("serving", "up"))
    for name, words, port in (("web", "pages only", 8000), ("hub", "sockets only", 8001)):
        role = add(name, words)
        role.add_argument("--host", default="127.0.0.1")
        role.add_argument("--port", type=int, default=port)
        role.add_argument("--workers", type=int, default=1)
        role.set_defaults(run=_from("serving", name))
    worker = add("worker", "jobs only: delivers messages, keeps the timetable")
    worker.add_argument("--batch", action="store_true", help="stop when nothing is left to do")
    worker.set_defaults(run=_from("serving", "worker"))


def _lists(add: Any) -> None:
    take = add("import", "take in a list: 0 all rows, 1 some rejected, 2 unreadable and nothing changed")
    take.add_argument("kind")
    take.add_argument("file", type=Path)
    take.add_argument("--dry-run", action="store_true")
    take.add_argument("--source", default="", help="the name under which the list is known")
    take.set_defaults(run=_from("lists", "take_in"))
    give = add("export", "write a list")
    give.add_argument("kind")
    give.add_argument("file", type=Path)
    give.add_argument("--with-hidden", action="store_true", help="hidden addresses too, for moving elsewhere")
    give.set_defaults(run=_from("lists", "give_out"))


def _looking(add: Any) -> None:
    for name, words in (
        ("demo", "accounts, passwords and ids of the demo town"),
        ("routes", "every address with its methods, rule and class"),
        ("outbox", "how the outbox is"),
    ):
        command = add(name, words)
        command.add_argument("--json", action="store_true")
        command.set_defaults(run=_from("looking", name))


def _keeping(add: Any) -> None:
    audit = add("audit", "verify the record: 0 ok, 2 edited, 3 truncated, 4 stale; or sign a checkpoint")
    audit.add_argument("act", choices=("verify", "checkpoint"))
    audit.add_argument("--checkpoint", type=Path, help="the checkpoint to hold it against; else the latest here")
    audit.set_defaults(run=_from("keeping", "audit"))
    for name, words in (("backup", "copy database and files to a folder"), ("restore", "bring a backup back")):
        command = add(name, words)
        command.add_argument("folder", type=Path)
        command.set_defaults(run=_from("keeping", name))
    purge = add("purge", "delete what may no longer be kept; without --yes only say how much")
    purge.add_argument("--as-of", required=True, help="a day, such as 2026-11-23")
    purge.add_argument("--yes", action="store_true")
    purge.set_defaults(run=_from("keeping", "purge"))


def _measuring(add: Any) -> None:
    metrics = add("metrics", "measure a network: who named whom (source,target), who is who (id,sector)")
    metrics.add_argument("edges", type=Path)
    metrics.add_argument("members", type=Path)
    metrics.add_argument("--before", type=Path, help="the edges of the wave before, for what changed")
    metrics.add_argument("--host", default="", help="who runs the secretariat; else the list's column or its office")
    metrics.add_argument("--json", action="store_true")
    metrics.set_defaults(run=_from("measuring", "metrics"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tsunagari", description="The digital base of a town against loneliness")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, words: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=words, description=words)

    _serving(add)
    _lists(add)
    _looking(add)
    _keeping(add)
    _measuring(add)
    add("manage", "Django's own commands")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["manage"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        from django.core.management import execute_from_command_line

        execute_from_command_line(["tsunagari manage", *words[1:]])
        return 0
    options = _parser().parse_args(words)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 0

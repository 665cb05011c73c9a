"""Commands that show: the demo cast, the addresses, the outbox."""

import argparse
import json
from typing import Any

from tsunagari.cli import django_ready


def load_demo() -> None:
    """The demo town and its cast; a second time changes nothing but the dates."""
    from tsunagari.directory import demo as directory
    from tsunagari.network import demo as network
    from tsunagari.referrals import demo as referrals

    directory.load()
    network.load()
    referrals.load()


def _print(content: Any, as_json: bool, line: str) -> None:
    if as_json:
        print(json.dumps(content, ensure_ascii=False, indent=1, default=str))
    else:
        for row in content:
            print(line.format(**row))


def demo(options: argparse.Namespace) -> int:
    """Accounts, passwords, second factors, ids and receipts of the demo cast; 1 when the demo town is not loaded."""
    django_ready()
    from tsunagari.network import demo as network
    from tsunagari.referrals import demo as referrals

    content = network.cast()
    content["receipts"] |= {f"slip-{name}": code for name, code in referrals.receipts().items()}
    content["ids"]["services"] = _services()
    if options.json:
        print(json.dumps(content, ensure_ascii=False, indent=1, default=str))
    else:
        for one in content["accounts"]:
            print(f"{one['name']}\t{one['email']}\t{one['password']}\t{one['totp_now'] or ''}")
    return 0 if content["accounts"] else 1


def _services() -> dict[str, Any]:
    """The entries of the demo town that stand in it now, by their short names."""
    from tsunagari.directory.demo.ids import uid
    from tsunagari.directory.demo.loading import town
    from tsunagari.directory.models import Service

    here = set(Service.objects.values_list("pk", flat=True))
    return {str(one["id"]): pk for one in town() if (pk := uid("service", str(one["id"]))) in here}


def routes(options: argparse.Namespace) -> int:
    """Every address: path, methods, rule, class."""
    django_ready()
    from tsunagari.kernel import registers

    rows = [route.as_dict() for route in registers.routes()]
    _print(rows, options.json, "{path}\t{methods}\t{rule}\t{class}")
    return 0


def outbox(options: argparse.Namespace) -> int:
    """How the outbox is; 1 when something was given up, or nobody has delivered for five minutes."""
    django_ready()
    from tsunagari.kernel import outbox as kernel

    condition = kernel.condition()
    print(json.dumps(condition, ensure_ascii=False, indent=1) if options.json else _sentence(condition))
    return 1 if condition["given_up"] or condition["alarm"] else 0


def _sentence(condition: dict[str, Any]) -> str:
    return (
        f"{condition['waiting']} waiting (oldest {condition['oldest_seconds']} s),"
        f" {condition['delivered']} delivered, {len(condition['given_up'])} given up"
    )

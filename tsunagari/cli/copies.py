"""Backups of either database and of the files, with a list of sums so that a broken copy is seen before it is used."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from tsunagari.kernel import audit
from tsunagari.kernel.audit import Finding

_MANIFEST = "manifest.json"
_DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


class Refused(RuntimeError):
    """Why no backup was made or brought back."""


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != _MANIFEST)


def _postgres(program: str, *words: str) -> None:
    database = settings.DATABASES["default"]
    place = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(database[key]) for name, key in place.items() if database.get(key)}
    found = shutil.which(program)
    if not found:
        raise Refused(f"{program} is not installed here (Debian: postgresql-client)")
    done = subprocess.run([found, *words], env={**os.environ, **environment}, stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Refused(f"{program} failed")


def _copy_sqlite(source: Path | str, target: Path | str) -> None:
    """SQLite's own online copy: right even while others write."""
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
    old.close()
    new.close()


def backup(folder: Path) -> None:
    """Write database, files and the list of sums into an empty folder."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder} is not empty")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = folder / _DATABASE[connection.vendor]
    if connection.vendor == "sqlite":
        _copy_sqlite(str(settings.DATABASES["default"]["NAME"]), copy)
    else:
        _postgres(
            "pg_dump", "--format=custom", "--no-owner", "--enable-row-security", f"--file={copy}", "--dbname", _name()
        )
    if Path(settings.MEDIA_ROOT).is_dir():
        shutil.copytree(settings.MEDIA_ROOT, folder / "files")
    sums = {str(path.relative_to(folder)): _sum(path) for path in _files(folder)}
    (folder / _MANIFEST).write_text(json.dumps({"database": connection.vendor, "files": sums}, indent=1), "utf-8")


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text("utf-8"))
        broken = [name for name, sum_ in manifest["files"].items() if _sum(folder / name) != sum_]
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Refused(f"{folder} holds no whole backup") from wrong
    if broken:
        raise Refused(f"changed since the backup: {', '.join(broken)}")
    if manifest["database"] != connection.vendor:
        raise Refused(f"the backup is of {manifest['database']}, this town runs on {connection.vendor}")
    return manifest


def restore(folder: Path) -> Finding:
    """Replace database and files by the backup's, migrate, verify the record. Nothing changes if it is not whole."""
    _manifest(folder)
    copy = folder / _DATABASE[connection.vendor]
    connections.close_all()
    if connection.vendor == "sqlite":
        _copy_sqlite(copy, _name())
    else:
        words = ("--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={_name()}", str(copy))
        _postgres("pg_restore", *words)
    if (folder / "files").is_dir():
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        shutil.copytree(folder / "files", settings.MEDIA_ROOT)
    call_command("migrate", interactive=False, verbosity=0)
    return audit.verify()

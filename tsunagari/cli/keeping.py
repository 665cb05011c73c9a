"""Commands that look after what is kept: the record, backups, deletion."""

import argparse
import sys
from datetime import date

from tsunagari.cli import UNUSABLE, django_ready


def audit(options: argparse.Namespace) -> int:
    """Verify the record, or sign a checkpoint of it."""
    django_ready()
    from tsunagari.kernel import audit as kernel

    if options.act == "checkpoint":
        print(kernel.checkpoint())
        return 0
    finding = kernel.verify(options.checkpoint)
    print(f"{finding.verdict.name.lower()}: {finding.sentence}")
    return int(finding.verdict)


def backup(options: argparse.Namespace) -> int:
    """Copy database and files to a folder. Keys stay out: a backup that is stolen opens nothing."""
    django_ready()
    from tsunagari.cli import copies

    try:
        copies.backup(options.folder)
    except copies.Refused as reason:
        print(reason, file=sys.stderr)
        return UNUSABLE
    print(f"{options.folder}  (keep a copy of the key folder elsewhere: without it the backup cannot be read)")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Bring a backup back, after looking whether it is whole; then verify the record in it."""
    django_ready()
    from tsunagari.cli import copies

    try:
        finding = copies.restore(options.folder)
    except copies.Refused as reason:
        print(reason, file=sys.stderr)
        return UNUSABLE
    print(f"restored; audit {finding.verdict.name.lower()}: {finding.sentence}")
    return 0


def purge(options: argparse.Namespace) -> int:
    """Delete what may no longer be kept on a day; without --yes only count."""
    try:
        as_of = date.fromisoformat(options.as_of)
    except ValueError:
        print("--as-of wants a day such as 2026-11-23", file=sys.stderr)
        return UNUSABLE
    django_ready()
    from tsunagari.kernel import retention

    for what, count in retention.purge(as_of, really=options.yes).items():
        print(f"{count}\t{what}")
    return 0

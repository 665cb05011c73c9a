"""`import` and `export`: the directory does the work, its exit code is ours."""

import argparse

from tsunagari.cli import django_ready


def take_in(options: argparse.Namespace) -> int:
    """Take a list in."""
    django_ready()
    from tsunagari.directory.importing.command import import_file

    return import_file(options.kind, options.file, dry_run=options.dry_run, source=options.source)


def give_out(options: argparse.Namespace) -> int:
    """Write a list out, without hidden addresses unless asked for them."""
    django_ready()
    from tsunagari.directory.exporting.command import export_file

    return export_file(options.kind, options.file, hidden=options.with_hidden)

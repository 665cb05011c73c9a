"""`tsunagari import KIND FILE`: exit 0 all rows taken, 1 some rejected, 2 nothing changed (DESIGN §9)."""

import csv
import hashlib
import sys
from pathlib import Path

from django.db import DatabaseError

from tsunagari.accounts.terms import Duty
from tsunagari.directory.importing.applying import apply
from tsunagari.directory.importing.labels import label
from tsunagari.directory.importing.mapping import mapping_for, require_name
from tsunagari.directory.importing.planning import Plan, preview
from tsunagari.directory.sheets.columns import recognise
from tsunagari.directory.sheets.neutral import neutral
from tsunagari.directory.sheets.reading import read
from tsunagari.directory.sheets.sheet import Sheet, SheetError
from tsunagari.directory.terms import ImportKind
from tsunagari.kernel.access import Actor

ALL, SOME, NOTHING = 0, 1, 2
# Whoever may run commands on the server may do what the town's editors do.
OPERATOR = Actor(duties=frozenset({Duty.EDITOR}))


def import_file(kind: str, path: str | Path, dry_run: bool = False, source: str = "", by: Actor = OPERATOR) -> int:
    """Take a list from a file and say what happened. The exit code is what `tsunagari import` returns."""
    path = Path(path)
    if kind not in ImportKind.values:
        return _refused(f"種類「{kind}」はありません。{'、'.join(ImportKind.values)}のどれかを選んでください。")
    try:
        if kind == ImportKind.HSDS:
            from tsunagari.directory.importing import hsds

            return hsds.import_package(path, dry_run=dry_run, source=source or path.stem, by=by)
        sheet = read(path)
        mapping = mapping_for(ImportKind(kind), sheet)
        require_name(sheet, mapping)
        plan = preview(ImportKind(kind), sheet, mapping, source=source or source_of(path))
        unused = [sheet.columns[at] for at in recognise(sheet.columns, kind).unknown if at not in mapping.values()]
        if unused:
            plan.notes.append(f"使わなかった列：{'、'.join(unused[:20])}")
        plan.file_name, plan.file_hash = path.name, hashlib.sha256(path.read_bytes()).hexdigest()
        if not dry_run:
            apply(plan, by=by)
    except SheetError as error:
        return _refused(error.message)
    except DatabaseError:
        return _refused(
            "データベースに書き込めませんでした。何も変わっていません。時間をおいてもう一度お試しください。"
        )
    _tell(plan, dry_run)
    if plan.rejects and not dry_run:
        _write_rejects(path, sheet, plan)
    return SOME if plan.rejects else ALL


def source_of(path: Path) -> str:
    """The name of a list without its form: children.cp932.csv and children.xlsx are the same list."""
    return path.name.split(".")[0] or path.name


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return NOTHING


def _tell(plan: Plan, dry_run: bool) -> None:
    counts = plan.counts
    heading = "試しに読みました（何も変えていません）" if dry_run else "読み込みました"
    print(
        f"{heading}：新しい {counts['new']}件、変わった {counts['changed']}件、同じ {counts['unchanged']}件、"
        f"取り込めない {counts['rejected']}行、判断が要る {counts['conflicts']}か所"
    )
    for note in plan.notes:
        print(note)
    for reject in plan.rejects[:50]:
        print(f"{reject.row}行目：{reject.reason}", file=sys.stderr)
    for entry in plan.entries:
        where = f"{entry.draft.row}行目（{entry.draft.values.get('name', '')}）"
        for remark in entry.draft.notes:
            print(f"{where}：{remark}")
        for key, _ours, _theirs in entry.merged.conflicts:
            print(f"{where}：「{label(key)}」は画面で直されているので、そのままにしました。画面で選んでください")
    if plan.missing:
        print(f"前回あって今回ない行が{len(plan.missing)}件あります（消していません）：{'、'.join(plan.missing[:10])}")


def _write_rejects(path: Path, sheet: Sheet, plan: Plan) -> None:
    """The rejected rows as they stood, with the reason in front: mend them there and import that file."""
    rows = {row.no: row for row in sheet.rows}
    with open(f"{path}.rejected.csv", "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["行", "取り込めない理由", *sheet.columns])
        for reject in sorted(plan.rejects, key=lambda one: one.row):
            cells = rows[reject.row].cells if reject.row in rows else ()
            writer.writerow([str(reject.row), reject.reason, *(neutral(cell) for cell in cells)])

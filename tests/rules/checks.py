"""What the house asks of its code, as functions over text, so that each can be shown a planted breach."""

import ast
import re
import statistics
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import DateTimeField

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "tsunagari"
APPS = ("kernel", "hub", "ui", "accounts", "directory", "network", "referrals", "home")

FUNCTION_LINES, MEDIAN_LINES, MODULE_LINES, VIEW_LINES, TEMPLATE_LINES = 40, 8, 300, 15, 120


def modules(folder: Path = CODE) -> Iterator[Path]:
    """Every module of ours; migrations are generated."""
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def templates(folder: Path = CODE) -> list[Path]:
    """Every template of ours."""
    return [path for path in sorted(folder.glob("*/templates/**/*")) if path.suffix in (".html", ".txt")]


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


# --- budgets -------------------------------------------------------------------------------------------------------


def over_budget(name: str, source: str) -> list[str]:
    """Functions and modules that grew too long; a view is shorter than any other function."""
    lines = source.count("\n")
    found = [f"{name}: {lines} lines"] if lines > MODULE_LINES else []
    is_view = name.endswith("/views.py") or "/views/" in name
    for node in functions(source):
        limit = VIEW_LINES if is_view and _wears_a_mark(node) else FUNCTION_LINES
        if length(node) > limit:
            found.append(f"{name}: {node.name} has {length(node)} lines, {limit} are allowed")
    return found


def _wears_a_mark(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    names = {ast.unparse(one).split("(")[0] for one in node.decorator_list}
    return bool(names & {"public", "lists", "reads", "writes", "public_query"})


def median_length(sources: Iterable[str]) -> float:
    """The length of the function in the middle."""
    return statistics.median(length(node) for source in sources for node in functions(source))


# --- shelves -------------------------------------------------------------------------------------------------------


def out_of_place(found: Iterable[str], allowed: frozenset[str]) -> list[str]:
    """Modules of an app that stand on no known shelf."""
    return sorted(set(found) - allowed)


def shelf_names(app: str) -> list[str]:
    """What stands in an app's folder: modules and packages by name."""
    return [
        path.stem
        for path in (CODE / app).iterdir()
        if path.suffix == ".py" or (path.is_dir() and (path / "__init__.py").exists())
    ]


# --- actions -------------------------------------------------------------------------------------------------------


def actions(source: str) -> list[ast.FunctionDef]:
    """The writes of a module: public functions that take `by`, inside a transaction or not."""
    tree = ast.parse(source)
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "by" in [one.arg for one in node.args.kwonlyargs + node.args.args]
    ]


def ill_formed_actions(name: str, source: str) -> list[str]:
    """`by` comes last, by keyword only, and is never optional; what the act means to people is written down."""
    wrong = []
    for node in actions(source):
        keywords = node.args.kwonlyargs
        if not keywords or keywords[-1].arg != "by" or node.args.kw_defaults[-1] is not None:
            wrong.append(f"{name}: {node.name} should end in a required keyword `by`")
        if not ast.get_docstring(node):
            wrong.append(f"{name}: {node.name} has no sentence")
    return wrong


def untested(names: Iterable[str], tests: str, pattern: str) -> list[str]:
    """Names no test ever says; `pattern` with one {} says how a test says a name."""
    return [name for name in names if not re.search(pattern.format(re.escape(name)), tests)]


def test_text() -> str:
    """Everything the tests say, except the rules about the code itself."""
    return "\n".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("*.py") if "rules" not in p.parts)


# --- templates -----------------------------------------------------------------------------------------------------


def unused_templates(files: dict[str, str], python: str) -> list[str]:
    """Templates no page extends, includes or imports and no view renders. `files`: name → text."""
    everything = python + "\n".join(files.values())
    return [name for name in files if not re.search(rf"['\"]{re.escape(name)}(#\w+)?['\"]", everything)]


def unused_macros(files: dict[str, str]) -> list[str]:
    """Macros nobody calls, neither in another template nor in their own file."""
    found = []
    for name, text in files.items():
        for macro in re.findall(r"{%-?\s*macro\s+(\w+)\(", text):
            calls = sum(len(re.findall(rf"\b{macro}\(", other)) for other in files.values())
            if calls < 2:
                found.append(f"{name}: {macro}")
    return found


def inline_code(text: str) -> list[str]:
    """Scripts and styles that stand in the page itself; our policy would not run them."""
    return re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"", text)


# --- tables --------------------------------------------------------------------------------------------------------


def times_nobody_answers_for(models: Iterable[Any]) -> list[str]:
    """`<verb>_at` without `<verb>_by`; times that a machine writes are named by the caller."""
    found = []
    for model in models:
        fields = model._meta.get_fields()
        names = {field.name for field in fields}
        for name in sorted(field.name for field in fields if isinstance(field, DateTimeField)):
            if name.endswith("_at") and name != "at" and f"{name[:-3]}_by" not in names:
                found.append(f"{model._meta.label}.{name}")
    return found

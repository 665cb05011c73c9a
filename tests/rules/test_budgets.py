"""Nothing grows past the size in which a person still sees the whole of it."""

from tests.rules import checks


def test_no_module_function_or_view_is_over_budget() -> None:
    found = []
    for path in checks.modules():
        found += checks.over_budget(str(path.relative_to(checks.ROOT)), path.read_text("utf-8"))
    assert found == []


def test_the_function_in_the_middle_is_short() -> None:
    assert checks.median_length(path.read_text("utf-8") for path in checks.modules()) <= checks.MEDIAN_LINES


def test_no_template_is_over_budget() -> None:
    lengths = {path.name: path.read_text("utf-8").count("\n") for path in checks.templates()}
    assert {name: lines for name, lines in lengths.items() if lines > checks.TEMPLATE_LINES} == {}


def test_a_long_function_view_and_module_would_be_found() -> None:
    long = "def f():\n" + "    x = 1\n" * 41
    view = "@reads('a.b')\ndef f(request):\n" + "    x = 1\n" * 16
    assert checks.over_budget("a/actions.py", long)
    assert checks.over_budget("a/views.py", view)
    assert not checks.over_budget("a/actions.py", view)
    assert checks.over_budget("a/actions.py", "x = 1\n" * 301)

"""No template and no component lies about unused, and none carries code that our policy would not run."""

import re

from tests.rules import checks

# The sign-in library asks for these by their names.
BY_THE_LIBRARY = ("account/", "mfa/", "429.html")


def _files() -> dict[str, str]:
    found = {}
    for path in checks.templates():
        place = path.parts.index("templates")
        found["/".join(path.parts[place + 1 :])] = path.read_text("utf-8")
    return found


def _python() -> str:
    text = "\n".join(path.read_text("utf-8") for path in checks.modules())
    return text + (checks.ROOT / "config" / "settings.py").read_text("utf-8")


def test_no_template_is_unused() -> None:
    unused = checks.unused_templates(_files(), _python())
    assert [name for name in unused if not name.startswith(BY_THE_LIBRARY)] == []


def test_no_component_is_unused() -> None:
    assert checks.unused_macros(_files()) == []


def test_no_template_carries_code() -> None:
    assert {name: found for name, text in _files().items() if (found := checks.inline_code(text))} == {}


def test_every_component_says_what_it_takes() -> None:
    bare = [name for name, text in _files().items() if "{% macro" in text and not text.lstrip().startswith("{#")]
    assert bare == []


def test_what_lies_about_would_be_found() -> None:
    files = {
        "a/page.html": '{% extends "a/base.html" %}{% from "a/button.html" import button %}{{ button("x") }}',
        "a/base.html": "",
        "a/old.html": "",
        "a/button.html": "{% macro button(label) %}{% endmacro %}{% macro lonely(x) %}{% endmacro %}",
    }
    assert checks.unused_templates(files, 'render(request, "a/page.html#part")') == ["a/old.html"]
    assert checks.unused_macros(files) == ["a/button.html: lonely"]


def test_code_in_a_page_would_be_found() -> None:
    for planted in ("<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', "<style>p{}</style>"):
        assert checks.inline_code(planted)
    assert not checks.inline_code('<script src="/static/x.js" type="module"></script>')
    assert not re.search("on[a-z]+=", "")

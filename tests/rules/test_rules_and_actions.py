"""Every rule and every action says in a sentence what it means, and a test says it too."""

import ast

from tests.rules import checks
from tsunagari.kernel import access

SHELVES = [*checks.CODE.glob("*/actions.py"), *checks.CODE.glob("*/actions/*.py")]


def test_every_rule_has_a_sentence() -> None:
    bare = [rule.name for rule in access.all_rules() if not rule.sentence.endswith(".")]
    assert bare == []


def test_every_rule_has_a_test() -> None:
    names = [rule.name for rule in access.all_rules()]
    assert checks.untested(names, checks.test_text(), "[\"']{}[\"']") == []


def test_every_action_is_well_formed() -> None:
    wrong = []
    for path in SHELVES:
        wrong += checks.ill_formed_actions(str(path.relative_to(checks.CODE)), path.read_text("utf-8"))
    assert wrong == []


def test_every_action_has_a_test() -> None:
    tests = checks.test_text()
    names = {node.name for path in SHELVES for node in checks.actions(path.read_text("utf-8"))}
    assert checks.untested(sorted(names), tests, r"\b{}\b") == []


def test_a_careless_action_would_be_found() -> None:
    planted = '''
def close(case, by=None):
    pass

def accept(thing, *, by, note=""):
    """Take it up."""

def good(thing, *, by):
    """Right."""
'''
    found = "\n".join(checks.ill_formed_actions("x", planted))
    assert "close should end" in found
    assert "close has no sentence" in found
    assert "accept should end" in found
    assert "good" not in found
    assert [node.name for node in checks.actions(planted) if isinstance(node, ast.FunctionDef)]


def test_an_untested_rule_would_be_found() -> None:
    assert checks.untested(["case.close", "case.read"], 'may(actor, "case.read", row)', "[\"']{}[\"']") == [
        "case.close"
    ]

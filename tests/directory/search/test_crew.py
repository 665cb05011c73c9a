"""Words that other processes cut are the same words."""

import os
import sys

import pytest

from tsunagari.directory.search import crew as crews
from tsunagari.directory.search.crew import crew
from tsunagari.directory.search.entries import Said, indexed

BODY = "だれでも来られます。\nお茶を飲みながら話せます。"
SAID = [Said({"name": f"あぼし食堂{n}", "body": BODY}, ["kind:place"], f"あぼし食堂{n}") for n in range(450)]


def test_other_processes_cut_the_same_words_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    with crew(crews.MANY) as cut:
        assert list(cut(SAID)) == [indexed(one) for one in SAID]


def test_a_process_that_dies_leaves_its_work_to_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with crew(crews.MANY) as cut:
        assert list(cut(SAID)) == [indexed(one) for one in SAID]


def test_few_entries_need_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    with crew(crews.MANY - 1) as cut:
        assert list(cut(SAID[:2])) == [indexed(one) for one in SAID[:2]]

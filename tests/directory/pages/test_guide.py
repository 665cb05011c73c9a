"""The guide: few questions, nothing kept, and something at the end."""

import random
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tsunagari.directory.actions.seeding import seed
from tsunagari.directory.guiding import book
from tsunagari.directory.guiding.book import Book, the_book
from tsunagari.directory.guiding.compiled import Rule, compiled, mask
from tsunagari.directory.guiding.walk import ENTRANCES, MOST, SKIPPED, walk
from tsunagari.directory.models import GuideQuestion, Line


def choices(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'class="choice" href="([^"]+)"', page)]


@pytest.mark.parametrize("door", ENTRANCES)
def test_every_entrance_ends_after_at_most_five_questions(client: Client, town: dict[str, Any], door: str) -> None:
    page, asked = client.get(f"/guide/?start={door}").content.decode(), 0
    while choices(page):
        asked += 1
        page = client.get(choices(page)[-1]).content.decode()
        if on := re.search(r'href="(/guide/\?[^"]*on=1[^"]*)"[^>]*><span>質問のつづきへ', page):
            page = client.get(unescape(on[1])).content.decode()
    assert 1 <= asked <= MOST
    assert "合いそうなところ" in page
    assert page.count('class="card-name"') <= 5
    assert 'class="say"' in page
    assert "tel:0790000000" in page


def test_everything_can_be_skipped_and_nothing_is_kept(client: Client, town: dict[str, Any]) -> None:
    steps = "&".join(["a=-"] * MOST)
    response = client.get(f"/guide/?start=self&{steps}")
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_one_step_back_is_the_question_before(client: Client, town: dict[str, Any]) -> None:
    first = client.get("/guide/?start=self").content.decode()
    second = client.get(choices(first)[0]).content.decode()
    back = re.search(r'href="([^"]+)"[^>]*><span>ひとつもどる', second)
    assert back is not None
    assert choices(client.get(unescape(back[1])).content.decode()) == choices(first)


def test_danger_brings_the_lines_first_and_the_questions_after(client: Client, town: dict[str, Any]) -> None:
    page = client.get("/guide/?start=self&a=self_danger").content.decode()
    assert 'href="tel:110"' in page
    assert 'href="tel:0120279338"' in page
    on = re.search(r'href="(/guide/\?[^"]*on=1[^"]*)"', page)
    assert on is not None
    assert "質問" in client.get(unescape(on[1])).content.decode()


def test_it_suggests_what_the_answers_point_to(client: Client, town: dict[str, Any]) -> None:
    page = client.get("/guide/?start=self&a=self_lonely&a=lonely_talk&a=-&a=-&a=-").content.decode()
    assert "縁側カフェ（架空）" in page
    assert "つきあかりの家" not in page


def test_a_step_costs_few_queries(
    client: Client, town: dict[str, Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    the_book()
    with django_assert_max_num_queries(4):
        client.get("/guide/?start=self&a=self_lonely")
    with django_assert_max_num_queries(6):
        client.get("/guide/?start=self&a=self_lonely&a=-&a=-&a=-&a=-")


def slowly(rules: list[Rule], given: set[str]) -> list[int]:
    """The same, one rule after the other."""
    return [
        place
        for place, rule in enumerate(rules)
        if given >= set(rule.condition.get("all", ()))
        and (not rule.condition.get("any") or given & set(rule.condition["any"]))
        and not given & set(rule.condition.get("not", ()))
    ]


def test_compiled_rules_say_what_rules_read_one_by_one_say() -> None:
    chance = random.Random(7)
    codes = [f"c{n}" for n in range(40)]
    rules = [
        Rule(str(n), {part: chance.sample(codes, chance.randrange(4)) for part in ("all", "any", "not")}, {})
        for n in range(300)
    ]
    bits = {code: 1 << place for place, code in enumerate(codes)}
    fires = compiled(rules, bits)
    for _ in range(300):
        given = set(chance.sample(codes, chance.randrange(12)))
        assert fires(mask(given, bits)) == slowly(rules, given)


def test_what_staff_write_never_becomes_code() -> None:
    nasty = Rule("x", {"all": ["__import__('os')"], "any": ["1 or True"], "not": [")"]}, {})
    assert compiled([nasty], {"a": 1})(1) == []


def test_seeding_again_keeps_what_staff_changed(words: None) -> None:
    line, question = Line.objects.get(number="110"), GuideQuestion.objects.first()
    assert question is not None
    Line.objects.filter(pk=line.pk).update(names={"ja": "けいさつ"}, version=2)
    GuideQuestion.objects.filter(pk=question.pk).update(texts={"ja": "書きかえました"})
    counts = (Line.objects.count(), GuideQuestion.objects.count())
    seed()
    assert (Line.objects.count(), GuideQuestion.objects.count()) == counts
    assert Line.objects.get(pk=line.pk).names == {"ja": "けいさつ"}
    assert GuideQuestion.objects.get(pk=question.pk).texts == {"ja": "書きかえました"}


def test_the_guide_notices_what_staff_changed(words: None) -> None:
    assert isinstance(the_book(), Book)
    GuideQuestion.objects.filter(code="self_now").update(texts={"ja": "いかがですか"}, version=2)
    book.forget()
    assert walk(the_book(), "self", [SKIPPED]).question is not None
    assert the_book().questions[0].texts == {"ja": "いかがですか"} or any(
        q.texts == {"ja": "いかがですか"} for q in the_book().questions
    )


def test_from_the_entrance_for_the_young_one_reaches_the_lines_meant_for_them(client: Client, words: None) -> None:
    page = client.get("/guide/", {"start": "under18"}).content.decode()
    main = page.split("<main", 1)[1]
    assert 'href="/lines/?for=teens"' in main
    lines = client.get("/lines/", {"for": "teens"}).content.decode().split('aria-labelledby="now-title"')[1]
    assert lines.index("tel:0120078310") < lines.index("tel:0120279338")
    assert "for=teens" not in client.get("/guide/", {"start": "self"}).content.decode()


def test_the_first_page_of_the_guide_opens(client: Any) -> None:
    assert client.get("/guide/").status_code == 200

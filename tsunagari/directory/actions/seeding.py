"""What every town starts with: the words, the lines, the guide. Staff edit them; seeding again keeps that."""

import json
import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from tsunagari.directory.models import GuideAnswer, GuideQuestion, GuideRule, Line, Taxonomy, TaxonomyTerm

DATA = Path(__file__).resolve().parent.parent / "data"
_SEED = uuid.UUID("0c0f52ce-8f0e-5a26-a6b5-3cf9f1f3f0a8")


def seed_id(*names: str) -> uuid.UUID:
    """The id of a seeded row: the same in every town, so that links between towns and towns' tests hold."""
    return uuid.uuid5(_SEED, "/".join(names))


def _read(name: str) -> Any:
    path = DATA / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


@transaction.atomic
def seed() -> None:
    """Put in the words, lines and questions that are not there yet; again, it changes nothing that staff edited."""
    _seed_taxonomies(_read("taxonomies.json"))
    _seed_lines(_read("lines.json"))
    guide = _read("guide.json")
    if guide:
        _seed_questions(guide["questions"])
        _seed_rules(guide["rules"])


def _upsert(model: Any, rows: Iterable[Any], fields: list[str]) -> None:
    model.objects.bulk_create(
        list(rows), update_conflicts=True, update_fields=fields, unique_fields=["id"], batch_size=200
    )


def _seed_taxonomies(taxonomies: list[dict[str, Any]]) -> None:
    rows = [
        Taxonomy(
            id=seed_id("taxonomy", found["code"]),
            code=found["code"],
            name=found["names"]["ja"],
            description=found["descriptions"]["ja"],
        )
        for found in taxonomies
    ]
    _upsert(Taxonomy, rows, ["code", "name", "description"])
    for found in taxonomies:
        terms = [_term(found["code"], order, one) for order, one in enumerate(found["terms"])]
        _upsert(TaxonomyTerm, terms, ["name", "description", "names", "order"])


def _term(taxonomy: str, order: int, one: dict[str, Any]) -> TaxonomyTerm:
    return TaxonomyTerm(
        id=seed_id("term", taxonomy, one["code"]),
        taxonomy_id=seed_id("taxonomy", taxonomy),
        code=one["code"],
        name=one["names"]["ja"],
        description=one["descriptions"]["ja"],
        names=one["names"],
        order=order,
    )


def _seed_lines(lines: list[dict[str, Any]]) -> None:
    """A line that staff have touched (version above 1, or hidden) keeps what they wrote."""
    for order, one in enumerate(lines):
        pk = seed_id("line", one["code"])
        kept = Line.objects.filter(pk=pk).first()
        if kept is None:
            Line.objects.create(pk=pk, **_line(one, order))
        elif kept.version == 1 and kept.checked_by is None and kept.hidden_at is None:
            Line.objects.filter(pk=pk).update(**_line(one, order))


def _line(one: dict[str, Any], order: int) -> dict[str, Any]:
    periods = one.get("periods") or []
    return {
        "number": one["number"],
        "kind": one["kind"],
        "names": one["names"],
        "descriptions": one["answers"],
        "audiences": one["audience"],
        "worries": one["worries"],
        "languages": one["languages"],
        "cost": one["cost"],
        "url": one.get("url") or "",
        "opening": one["opening"],
        "period_from": date.fromisoformat(periods[0]["from"]) if periods else None,
        "period_to": date.fromisoformat(periods[0]["to"]) if periods else None,
        "order": order,
        "checked_on": date.fromisoformat(one["last_checked"]) if one.get("last_checked") else None,
        "unverified": one["unverified"],
    }


def _seed_questions(questions: list[dict[str, Any]]) -> None:
    """A question that is there keeps its words and answers: staff may have changed them."""
    known = set(GuideQuestion.objects.values_list("code", flat=True))
    for one in questions:
        if one["code"] in known:
            continue
        question = GuideQuestion.objects.create(
            code=one["code"],
            entrances=one["entrance"],
            order=one["order"],
            ask_if=one.get("ask_if") or {},
            texts=one["text"],
            helps=one.get("help") or {},
        )
        GuideAnswer.objects.bulk_create(_answer(question, at, a) for at, a in enumerate(one["answers"]))


def _answer(question: GuideQuestion, order: int, one: dict[str, Any]) -> GuideAnswer:
    return GuideAnswer(
        question=question,
        code=one["code"],
        order=order,
        texts=one["text"],
        adds=one.get("adds") or {},
        flag=one.get("flag") or "",
    )


def _seed_rules(rules: list[dict[str, Any]]) -> None:
    known = set(GuideRule.objects.values_list("code", flat=True))
    GuideRule.objects.bulk_create(
        GuideRule(
            code=one["code"],
            condition=one["if"],
            suggests=one["suggest"],
            whys=one.get("why") or {},
            says=one.get("say") or {},
        )
        for one in rules
        if one["code"] not in known
    )

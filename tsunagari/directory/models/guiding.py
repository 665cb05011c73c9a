"""The guide for those who cannot name it, and the lines that answer right now. Both are data that staff edit."""

import uuid

from django.db import models

from tsunagari.directory.models.base import text


class GuideQuestion(models.Model):
    """One question on one screen. `texts` and `helps` are by language; `entrance` says who is asked."""

    code = models.SlugField(max_length=48, unique=True)
    entrances = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField(default=0)
    ask_if = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict)
    helps = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order", "code")

    class Privacy:
        open = ("id", "code", "entrances", "order", "ask_if", "texts", "helps", "version")


class GuideAnswer(models.Model):
    """One answer. `adds` are weights such as {"category:talk_partner": 3}; the flag "danger_now" leads to the lines."""

    question = models.ForeignKey(GuideQuestion, on_delete=models.CASCADE, related_name="answers")
    code = models.SlugField(max_length=48, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    texts = models.JSONField(default=dict)
    adds = models.JSONField(default=dict, blank=True)
    flag = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        ordering = ("question", "order")

    class Privacy:
        open = ("id", "question", "code", "order", "texts", "adds", "flag")


class GuideRule(models.Model):
    """From answers to suggestions: `condition` {"all": [...], "any": [...], "not": [...]} over answer codes."""

    code = models.SlugField(max_length=64, unique=True)
    condition = models.JSONField(default=dict)
    suggests = models.JSONField(default=dict)
    whys = models.JSONField(default=dict)
    says = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("code",)

    class Privacy:
        open = ("id", "code", "condition", "suggests", "whys", "says", "version")


class Line(models.Model):
    """A number that answers. Without `checked_on` nobody has looked at it: it is then not shown as open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    names = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    audiences = models.JSONField(default=list, blank=True)
    worries = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    cost = text()
    url = models.URLField(max_length=2000, blank=True, default="")
    opening = models.JSONField(default=list, blank=True)  # "always", "varies", "set_periods" or a list of rules
    period_from = models.DateField(null=True, blank=True)
    period_to = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.UUIDField(null=True, blank=True)
    unverified = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order", "number")

    class Privacy:
        open = (
            "id", "number", "kind", "names", "descriptions", "audiences", "worries", "languages", "cost", "url",
            "opening", "period_from", "period_to", "order", "checked_on", "unverified",
        )  # fmt: skip
        internal = ("checked_by", "hidden_at", "hidden_by", "version")

"""The shared words entries are tagged with."""

from django.db import models

from tsunagari.directory.models.base import HsdsRow, text


class Taxonomy(HsdsRow):
    """A set of words: worry, audience, category, feature."""

    code = models.CharField(max_length=32, unique=True)
    name = models.TextField()
    description = models.TextField()
    uri = models.URLField(max_length=2000, blank=True, default="")
    version = text()

    class Privacy:
        open = ("id", "code", "name", "description", "uri", "version")


class TaxonomyTerm(HsdsRow):
    """One word. Its `names` in seven languages and everyday `words` come from data/taxonomies.json."""

    taxonomy = models.ForeignKey(Taxonomy, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=64)
    name = models.TextField()
    description = models.TextField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children")
    language = models.CharField(max_length=8, blank=True, default="ja")
    term_uri = models.URLField(max_length=2000, blank=True, default="")
    names = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("taxonomy_id", "order")
        constraints = [models.UniqueConstraint(fields=["taxonomy", "code"], name="term_once_per_taxonomy")]

    class Privacy:
        open = ("id", "taxonomy", "code", "name", "description", "parent", "language", "term_uri", "names", "order")


class Attribute(HsdsRow):
    """This object (`link_entity`, `link_id`) is tagged with that term."""

    link_id = models.UUIDField()
    link_entity = models.CharField(max_length=32)
    link_type = text()
    taxonomy_term = models.ForeignKey(TaxonomyTerm, on_delete=models.CASCADE, related_name="attributes")
    value = text()
    label = text()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link_entity", "link_id", "taxonomy_term"], name="tagged_once")]
        indexes = [models.Index(fields=["link_id"])]

    class Privacy:
        open = ("id", "link_id", "link_entity", "link_type", "taxonomy_term", "value", "label")


class Metadata(HsdsRow):
    """One change of one field (HSDS metadata): what lets two editors, or an editor and a list, be told apart."""

    resource_id = models.UUIDField()
    resource_type = models.CharField(max_length=32)
    last_action_date = models.DateField()
    last_action_type = models.CharField(max_length=16)
    field_name = models.CharField(max_length=64)
    previous_value = text()
    replacement_value = text()
    updated_by = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["resource_id"])]

    class Privacy:
        open = (
            "id", "resource_id", "resource_type", "last_action_date", "last_action_type", "field_name",
            "previous_value", "replacement_value",
        )  # fmt: skip
        internal = ("updated_by",)

"""The job that gives entries their meaning: encoding is too slow for the moment of saving (40 ms a text)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from tsunagari.directory.finder.reading import sources
from tsunagari.directory.finder.writing import next_generation, text_hash
from tsunagari.directory.models import FinderEntry, Service
from tsunagari.directory.search.meaning import meaning

_BATCH = 256  # one number for each batch: every process reads what changed once


def encode_waiting(most: int = 2000) -> int:
    """Encode entries whose text is new, at most `most`, and say how many were. Without an engine none are, and the
    finder goes on with words alone."""
    if not meaning.available:
        return 0
    done = 0
    while done < most:
        ids = list(FinderEntry.objects.filter(embedding=None).order_by("pk").values_list("pk", flat=True)[:_BATCH])
        if not ids:
            break
        done += _encode(ids)
    return done


def _encode(ids: Sequence[UUID]) -> int:
    found = sources(Service.objects.filter(pk__in=ids))
    texts = [source.meaning_text for source in found]
    vectors = meaning.passage(texts)
    with transaction.atomic():
        generation = next_generation()
        for source, text, vector in zip(found, texts, vectors, strict=True):
            FinderEntry.objects.filter(pk=source.service.pk).update(
                embedding=vector.tobytes(), embedded_text_hash=text_hash(text), generation=generation
            )
    return len(found)

"""What the tests of the network share: an application as it is typed."""

from typing import Any

import pytest

from tests.cast import Cast
from tsunagari.kernel.access import PUBLIC
from tsunagari.network.actions import joining
from tsunagari.network.models import Application, Criterion, Terms

KEY = "a-key-of-one-form-0001"


def typed(**changes: Any) -> dict[str, Any]:
    """A whole form as a browser sends it."""
    asked = Criterion.objects.filter(withdrawn_at=None)
    return {
        "name": "なぎさの縁台（架空）", "kana": "なぎさのえんだい", "sector": "community", "fields_": ["neighbourhood"],
        "area": "白浜", "words": "座る場所があります。", "contact_name": "妻鹿（架空）",
        "contact_mail": "mega@example.jp", "published": ["name", "fields"],
        "criteria": [str(one.pk) for one in asked], "terms": str(Terms.objects.get().pk), "key": KEY, **changes,
    }  # fmt: skip


@pytest.fixture
def application(cast: Cast) -> Application:
    """Somebody asks to take part."""
    Application.objects.all().delete()
    return applied()


def applied(name: str = "なぎさの縁台（架空）", key: str = KEY, mail: str = "mega@example.jp") -> Application:
    """An application that was sent."""
    answers = {
        "name": name, "kana": "なぎさのえんだい", "sector": "community", "fields": ["neighbourhood"], "area": "白浜",
        "words": "座る場所があります。", "contact_name": "妻鹿（架空）", "contact_mail": mail,
        "published": ["name", "fields"],
    }  # fmt: skip
    return joining.apply(Terms.objects.get(), answers=answers, key=key, by=PUBLIC)[0]

"""What lies sealed opens only here, only with the key file, only in its own place."""

import os
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from tsunagari.kernel import vault
from tsunagari.kernel.keyfiles import byte_key
from tsunagari.kernel.models import DataKey, Message
from tsunagari.kernel.vault import Box, NotOpened

pytestmark = pytest.mark.django_db
OWNER = UUID("11111111-1111-4111-8111-111111111111")
TEXT = "夜がこわい。𠮷野さんには言わないで 😢"


def test_what_is_sealed_opens_again() -> None:
    row, box = Message(pk=uuid4()), Box(OWNER)
    assert Box(OWNER).open(box.seal(TEXT, row, "text"), row, "text") == TEXT


@pytest.mark.parametrize("change", ["row", "field", "owner", "bit", "version", "short", "empty"])
def test_it_opens_nowhere_else(change: str) -> None:
    row, box = Message(pk=uuid4()), Box(OWNER)
    sealed = box.seal(TEXT, row, "text")
    place = Message(pk=uuid4()) if change == "row" else row
    field = "other" if change == "field" else "text"
    reader = Box(uuid4()) if change == "owner" else box
    broken = {
        "bit": sealed[:-1] + bytes([sealed[-1] ^ 1]),
        "version": sealed[:4] + b"\x07" + sealed[5:],
        "short": sealed[:9],
        "empty": b"",
    }
    with pytest.raises(NotOpened):
        reader.open(broken.get(change, sealed), place, field)


def test_the_database_alone_opens_nothing(settings: Any, tmp_path: Path) -> None:
    row = Message(pk=uuid4())
    sealed = Box(OWNER).seal(TEXT, row, "text")
    settings.KEY_DIR = tmp_path / "another machine"
    vault._unwrap.cache_clear()
    with pytest.raises(NotOpened):
        Box(OWNER).open(sealed, row, "text")


def test_no_key_lies_in_the_database_in_clear() -> None:
    box = Box(OWNER)
    assert all(key not in bytes(DataKey.objects.get().wrapped) for key in box._keys.values())


def test_after_a_rotation_old_texts_open_and_new_ones_use_the_new_key() -> None:
    row, old_box = Message(pk=uuid4()), Box(OWNER)
    old = old_box.seal(TEXT, row, "text")
    box = vault.rotate(OWNER)
    new = box.seal(TEXT, row, "text")
    assert box.open(old, row, "text") == box.open(new, row, "text") == TEXT
    assert (box.is_current(old), box.is_current(new)) == (False, True)
    with pytest.raises(NotOpened):
        old_box.open(new, row, "text")
    assert DataKey.objects.filter(retired_at=None).count() == 1


def test_the_key_file_can_be_replaced(settings: Any) -> None:
    row = Message(pk=uuid4())
    sealed = Box(OWNER).seal(TEXT, row, "text")
    file = Path(settings.KEY_DIR) / "class2_kek"
    old = byte_key(file)
    file.write_text(os.urandom(32).hex())
    assert vault.rewrap(old) == 1
    vault._unwrap.cache_clear()
    assert Box(OWNER).open(sealed, row, "text") == TEXT


def test_erasing_an_organisations_keys_makes_its_texts_unreadable() -> None:
    row = Message(pk=uuid4())
    sealed = Box(OWNER).seal(TEXT, row, "text")
    vault.erase(OWNER)
    with pytest.raises(NotOpened):
        Box(OWNER).open(sealed, row, "text")


@pytest.mark.parametrize(
    "one,other",
    [
        ("髙橋", "高橋"),
        ("渡邊 花子", "渡辺花子"),
        ("ﾀﾅｶ", "たなか"),
        ("𠮷田", "吉田"),
        ("ABE", "ａｂｅ"),
        ("葛\U000e0100城", "葛城"),
    ],
)
def test_a_name_is_found_however_it_is_written(one: str, other: str) -> None:
    box = Box(OWNER)
    assert box.blind_index(one, "name") == box.blind_index(other, "name")


def test_the_blind_index_says_nothing_to_others_and_survives_a_rotation() -> None:
    box = Box(OWNER)
    mark = box.blind_index("高橋", "name")
    assert mark != Box(uuid4()).blind_index("高橋", "name")
    assert mark != box.blind_index("高橋", "phone")
    assert mark != box.blind_index("高梨", "name")
    assert mark == vault.rotate(OWNER).blind_index("高橋", "name")
    assert box.blind_index("が", "name") != box.blind_index("か", "name")


def test_opening_a_page_of_texts_takes_two_queries(django_assert_max_num_queries: Any) -> None:
    rows = [Message(pk=uuid4()) for _ in range(50)]
    sealed = [Box(OWNER).seal(TEXT, row, "text") for row in rows]
    with django_assert_max_num_queries(2):
        box = Box(OWNER)
        assert all(box.open(one, row, "text") == TEXT for one, row in zip(sealed, rows, strict=True))


def test_the_envelope_costs_little_beside_the_cipher_itself() -> None:
    """A ratio, so that it holds on any machine: sealing a field takes at most five times AES-GCM with its nonce."""
    row, box, bare = Message(pk=uuid4()), Box(OWNER), AESGCM(os.urandom(32))
    data, times = TEXT.encode(), []
    for act in (lambda: bare.encrypt(os.urandom(12), data, b"place"), lambda: box.seal(TEXT, row, "text")):
        best = float("inf")
        for _ in range(5):
            start = time.thread_time()
            for _ in range(2000):
                act()
            best = min(best, time.thread_time() - start)
        times.append(best)
    assert times[1] < 5 * times[0]


def test_nothing_sealed_is_readable_in_the_table() -> None:
    row = Message(pk=uuid4())
    sealed = Box(OWNER).seal(TEXT, row, "text")
    with connection.cursor() as cursor:
        cursor.execute("SELECT wrapped FROM kernel_datakey")
        stored = bytes(cursor.fetchone()[0])
    assert TEXT.encode() not in sealed + stored

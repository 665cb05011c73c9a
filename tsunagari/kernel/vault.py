"""Class 2 texts: sealed before they reach the database, opened only by a process that holds the key file.

One data key per organisation, wrapped by the key-encryption key in KEY_DIR. What is sealed is bound to its place
(table, row, field, key version), so a ciphertext copied to another row does not open there.
"""

import hashlib
import hmac
import os
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import jaconv
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from tsunagari.kernel.keyfiles import byte_key
from tsunagari.kernel.models import DataKey

_HEAD = struct.Struct(">BI")  # format, key version
_FORMAT = 1
_NONCE = 12

# NFKC leaves these apart, people do not: the same family is written one way in one list and another in the next.
VARIANTS = str.maketrans(
    "髙﨑𠮷邊邉齋齊斎濵濱澤櫻瀨廣國實眞惠榮壽德黑穗遙曻嶋嶌龍瀧淵渕澁彌禮條槇槙冨靜藏冝桒兒",
    "高崎吉辺辺斉斉斉浜浜沢桜瀬広国実真恵栄寿徳黒穂遥昇島島竜滝渕渕渋弥礼条槙槙富静蔵宜桑児",
)


class NotOpened(RuntimeError):
    """The text does not open here: another place, another key, or somebody changed it."""


def _wrapping_key() -> AESGCM:
    return _aead(byte_key(Path(settings.KEY_DIR) / "class2_kek"))


@lru_cache(maxsize=256)
def _aead(key: bytes) -> AESGCM:
    return AESGCM(key)


def _bound(owner: UUID, version: int) -> bytes:
    return f"data-key|{owner}|{version}".encode()


def _wrap(key: bytes, owner: UUID, version: int) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _wrapping_key().encrypt(nonce, key, _bound(owner, version))


@lru_cache(maxsize=512)
def _unwrap(wrapped: bytes, owner: UUID, version: int) -> bytes:
    try:
        return _wrapping_key().decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bound(owner, version))
    except InvalidTag as wrong:
        raise NotOpened("the data key does not open with this key file") from wrong


class Box:
    """The data keys of one organisation, fetched once: seals with the youngest, opens with any of them."""

    def __init__(self, owner: UUID) -> None:
        """Two queries at most, the second only for an organisation that has no key yet."""
        self.owner = owner
        rows = list(DataKey.objects.filter(owner_id=owner).order_by("version")) or [_new_key(owner)]
        self._keys = {row.version: _unwrap(bytes(row.wrapped), owner, row.version) for row in rows}
        self.version = max(self._keys)

    @staticmethod
    def _place(row: Model, field: str, version: int) -> bytes:
        return f"{row._meta.db_table}|{row.pk}|{field}|{version}".encode()

    def seal(self, text: str, row: Model, field: str) -> bytes:
        """The text as it may lie in `row.field`. The row needs its id before (UUID keys have it)."""
        nonce = os.urandom(_NONCE)
        body = _aead(self._keys[self.version]).encrypt(nonce, text.encode(), self._place(row, field, self.version))
        return _HEAD.pack(_FORMAT, self.version) + nonce + body

    def open(self, sealed: bytes, row: Model, field: str) -> str:
        """The text that was sealed for exactly this place; `NotOpened` otherwise."""
        try:
            form, version = _HEAD.unpack_from(sealed)
            nonce, body = sealed[_HEAD.size : _HEAD.size + _NONCE], sealed[_HEAD.size + _NONCE :]
            if form != _FORMAT:
                raise NotOpened("unknown format")
            return _aead(self._keys[version]).decrypt(nonce, body, self._place(row, field, version)).decode()
        except (InvalidTag, KeyError, struct.error, ValueError) as wrong:
            raise NotOpened(f"{row._meta.db_table}.{field}") from wrong

    def is_current(self, sealed: bytes) -> bool:
        """Whether the text is already under the youngest key, so that a rotation may skip it."""
        return bool(_HEAD.unpack_from(sealed)[1] == self.version)

    def blind_index(self, text: str, purpose: str) -> bytes:
        """A keyed hash by which this organisation finds an exact name again, and nobody else can guess it.

        16 bytes. Folded first, so that 髙橋 and 高橋, タナカ and たなか meet. The oldest key makes it, so that a
        rotation does not lose the index.
        """
        key = hmac.digest(self._keys[min(self._keys)], b"blind-index|" + purpose.encode(), "sha256")
        return hmac.digest(key, fold(text).encode(), hashlib.sha256)[:16]


def fold(text: str) -> str:
    """One form for what people write in several: NFKC, variant characters, hiragana, no spaces, lower case."""
    plain = unicodedata.normalize("NFKC", text).translate(VARIANTS)
    without_selectors = "".join(c for c in plain if not unicodedata.category(c).startswith(("Z", "C", "M")))
    return str(jaconv.kata2hira(without_selectors)).casefold()


def _new_key(owner: UUID, version: int = 1) -> DataKey:
    row, _ = DataKey.objects.get_or_create(
        owner_id=owner,
        version=version,
        defaults={"wrapped": _wrap(os.urandom(32), owner, version), "made_at": timezone.now()},
    )
    return row


@transaction.atomic
def rotate(owner: UUID) -> Box:
    """A new data key for what is sealed from now on. Old texts still open, and are sealed anew when next saved."""
    living = DataKey.objects.select_for_update().filter(owner_id=owner, retired_at=None).first() or _new_key(owner)
    DataKey.objects.filter(pk=living.pk).update(retired_at=timezone.now())
    _new_key(owner, living.version + 1)
    return Box(owner)


@transaction.atomic
def rewrap(old_key: bytes) -> int:
    """Wrap every data key anew after the key file was replaced; returns how many. `old_key`: what the file held."""
    rows = DataKey.objects.select_for_update().all()
    for row in rows:
        wrapped = bytes(row.wrapped)
        plain = _aead(old_key).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bound(row.owner_id, row.version))
        row.wrapped = _wrap(plain, row.owner_id, row.version)
        row.save(update_fields=["wrapped"])
    return len(rows)


def erase(owner: UUID) -> None:
    """Delete every data key of an organisation: from here its class 2 texts cannot be read by anybody."""
    DataKey.objects.filter(owner_id=owner).delete()
    _unwrap.cache_clear()

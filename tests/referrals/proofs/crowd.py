"""Writers who send forms until they are answered, and remember what was acknowledged."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from tests.referrals.proofs.live import Browser, LiveTown

FORM = {
    "name": "花子（架空）", "contact": "079-000-1111", "wish": "だれかとお茶を飲みたい", "asker": "self", "sure": "1",
    "age_band": "senior", "daypart": "any", "follow_way": "phone", "origin": "counter",
}  # fmt: skip


def _id(location: str) -> str:
    """/net/slips/<id>/receipt/ → id."""
    return location.split("/")[3]


@dataclass
class Writer:
    """One person at the sender and one at the receiver, hand in hand: from a wish to an acceptance, again and again."""

    town: LiveTown
    number: int
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    def _sent(self, who: str, path: str, kind: str, row: str = "", **values: str) -> str:
        status, location, text = Browser(self.town, who).post_until_answered(path, values)
        assert status == 302, (path, status, text[:3000])
        row = row or _id(location)
        self.acknowledged.append((kind, row))
        return row

    def one_way(self) -> Iterator[None]:
        """Each step is acknowledged before the next is sent."""
        sender, place = ("miki", "yumesaki")[self.number % 2], self.town.places["npo-hidamari"]
        key = uuid4().hex
        self.keys.append(key)
        slip = self._sent(sender, "/net/slips/additions/", "slip.begun", key=key, **FORM)
        yield
        referral = self._sent(sender, f"/net/slips/{slip}/referrals/", "referral.asked", receiver=place)
        yield
        self._sent("oshio", f"/net/referrals/{referral}/room/", "referral.room_answered", referral, room="has_room")
        yield
        cells = {f"{item}-{purpose}": "yes" for item in ("wish", "name") for purpose in ("arrange", "follow_up")}
        address = f"/net/slips/{slip}/consents/{place}/answers/"
        self._sent(sender, address, "consent.asked", slip, how="aloud", until="3", **cells)
        yield
        self._sent(sender, f"/net/referrals/{referral}/sending/", "referral.sent", referral)
        yield
        self._sent("oshio", f"/net/referrals/{referral}/acceptance/", "referral.accepted", referral)
        yield


@dataclass
class Crowd:
    """Many writers at once, until told to stop."""

    town: LiveTown
    size: int
    stopping: threading.Event = field(default_factory=threading.Event)
    faults: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writers = [Writer(self.town, number) for number in range(self.size)]
        self.threads = [threading.Thread(target=self._write, args=(one,)) for one in self.writers]

    def _write(self, writer: Writer) -> None:
        try:
            while not self.stopping.is_set():
                for _ in writer.one_way():
                    if self.stopping.is_set():
                        return
        except BaseException as fault:
            self.faults.append(fault)

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        assert not self.faults, self.faults[0]

    @property
    def acknowledged(self) -> Counter[str]:
        return Counter(kind for writer in self.writers for kind, _row in writer.acknowledged)


# Run inside the town: what stands in the database, for the acknowledged acts to be held against.
COUNT = """
import django, json; django.setup()
from collections import Counter
from django.db.models import Count
from tsunagari.kernel.models import AuditLine, Delivery, Message
from tsunagari.network.models import Notice
from tsunagari.referrals.models import Referral, Slip, Step
from tsunagari.kernel import promises
lines = Counter(AuditLine.objects.exclude(event="slip.read").values_list("event", "about_id"))
told = Counter(Message.objects.values_list("event", "about_id"))
once = ("slip.begun", "referral.drafted", "referral.asked", "referral.room_answered", "referral.sent",
        "referral.accepted", "consent.asked")
held = [row.holder_id and row.due_on for model in promises.tables() for row in model.objects.all()]
print(json.dumps({
    "lines": [[event, about] for (event, about), n in lines.items()],
    "twice": [[event, about, n] for (event, about), n in lines.items() if n > 1 and event in once],
    "told_twice": [[event, about, n] for (event, about), n in told.items() if n > 1 and event in once],
    "keys": list(Slip.objects.values_list("idempotency_key", flat=True)),
    "slips": Slip.objects.count(),
    "pairs": Referral.objects.values("slip", "receiver").distinct().count(), "referrals": Referral.objects.count(),
    "steps_twice": Step.objects.values("referral", "state").annotate(n=Count("pk")).filter(n__gt=1).count(),
    "not_delivered": Delivery.objects.filter(done_at=None).exclude(message__event__startswith="timetable.").count(),
    "deliveries": Delivery.objects.count(),
    "without_news": Message.objects.filter(event="referral.accepted")
        .exclude(deliveries__done_at__isnull=False).count(),
    "notices_twice": Notice.objects.values("account", "member", "key").annotate(n=Count("pk")).filter(n__gt=1).count(),
    "nobody": sum(1 for one in held if not one),
}))
"""

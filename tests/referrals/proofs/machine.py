"""Random acts of random people on the real actions and the real database; after each, what must hold everywhere."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import ClassVar
from unittest import mock
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.referrals.proofs import laws
from tests.referrals.proofs.acts import ACTS, Scene, Thunk, next_step
from tests.referrals.proofs.clock import Clock
from tests.referrals.proofs.leaving import COMINGS
from tests.referrals.proofs.town import PEOPLE, Town, look
from tsunagari.accounts.actions import LastCoordinator, StillHolds
from tsunagari.kernel import audit, outbox, timetable
from tsunagari.kernel.access import Forbidden, NotVisible
from tsunagari.kernel.models import Delivery, Slot
from tsunagari.network.actions.leaving import NotThere
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.actions.slips import Conflict

REFUSALS = (NotYet, Forbidden, NotVisible, Conflict, StillHolds, LastCoordinator, NotThere)
CHANNEL = "tests.referrals.proofs.heard"
HEARD = ("slip.begun", "referral.accepted", "referral.declined", "promise.climbed", "consent.withdrawn", "wipe.asked")
_OURS = ("tsunagari.kernel.promises.", "tsunagari.network.", "tsunagari.referrals.")
# Days, or the next such day of the calendar.
SPANS: list[int | tuple[int, int]] = [0, 1, 1, 2, 3, 5, 8, 31, 92, (12, 28), (12, 31), (2, 28), (2, 29), (3, 31)]

ALL = -1
small = st.integers(0, 7)
mostly = st.sampled_from([True, True, True, True, False])


class Killed(BaseException):
    """kill -9: nothing after this line runs, nothing catches it."""


class Nobody(RuleBasedStateMachine):
    """Nobody falls between two chairs."""

    town: ClassVar[Town]
    clock: ClassVar[Clock]
    counted: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.counted["runs"] += 1
        self.clock.ahead = type(self.clock.ahead)()
        self.point = transaction.savepoint()
        self.town.people_changed()
        self.moment, self.checked, self.looked_on = look(), 0, date.min
        self.verified = audit.AuditLine.objects.order_by("-seq").values_list("seq", "hash").first() or (0, audit.ORIGIN)
        self.killing = ""

    def teardown(self) -> None:
        try:
            self._deliver(ALL, "")
            laws.everything_was_heard_once(CHANNEL)
        finally:
            transaction.savepoint_rollback(self.point)

    # --- people --------------------------------------------------------------------------------------------------

    @initialize(n=small)
    def somebody_comes(self, n: int) -> None:
        self._act("begin", Scene(self.town, self.moment, True, "miki", n % 5, 0), False)

    @rule(name=st.sampled_from(sorted(ACTS)), right=mostly, who=st.sampled_from(PEOPLE), n=small, m=small, again=mostly)
    def act(self, name: str, right: bool, who: str, n: int, m: int, again: bool) -> None:
        self._act(name, Scene(self.town, self.moment, right, who, n, m), again)

    @rule(name=st.sampled_from(sorted(ACTS)), right=mostly, who=st.sampled_from(PEOPLE), n=small, m=small, again=mostly)
    def act_too(self, name: str, right: bool, who: str, n: int, m: int, again: bool) -> None:
        self._act(name, Scene(self.town, self.moment, right, who, n, m), again)

    def _go_on(self, n: int, m: int, again: bool) -> None:
        name, thunk = next_step(Scene(self.town, self.moment, True, "miki", n, m))
        self._do(thunk, name, again)

    @rule(n=small, m=small, again=st.booleans())
    def go_on(self, n: int, m: int, again: bool) -> None:
        self._go_on(n, m, again)

    @rule(n=small, m=small, again=st.booleans())
    def go_on_too(self, n: int, m: int, again: bool) -> None:
        self._go_on(n, m, again)

    @rule(n=small, m=small)
    def go_far(self, n: int, m: int) -> None:
        """Five steps on at once, so that what comes late in a way comes often."""
        for _ in range(5):
            self._go_on(n, m, False)
        self.counted["steps"] -= 4

    @rule(name=st.sampled_from(sorted(COMINGS)), right=mostly, who=st.sampled_from(PEOPLE), n=small, m=small)
    def come_and_go(self, name: str, right: bool, who: str, n: int, m: int) -> None:
        scene = Scene(self.town, self.moment, right, who, n, m)
        self._do(COMINGS[name](scene), name, False)

    # --- time ----------------------------------------------------------------------------------------------------

    @rule(span=st.sampled_from(SPANS), hours=st.integers(0, 9), jobs=mostly)
    def time_passes(self, span: int | tuple[int, int], hours: int, jobs: bool) -> None:
        """Hours, days, months, or on to New Year or the leap day; the clock never runs back."""
        self.counted["steps"] += 1
        if isinstance(span, int):
            self.clock.go(days=span, hours=hours)
        else:
            self.clock.stand_on(laws.next_such_day(self.clock.today(), *span))
        self.counted["time, jobs" if jobs else "time"] += 1
        if jobs:
            self._jobs()
        self._check(everything=True)

    def _jobs(self) -> None:
        for job in timetable.jobs():
            if job.name.startswith(_OURS):
                for _ in range(1 + (self.counted["time, jobs"] % 4 == 0)):  # it must bear being run twice
                    outbox._channels[job.name].reaction(None)  # type: ignore[arg-type]
        self.town.people_changed()
        self.looked_on = self.clock.today()
        laws.every_holder_may_hold(look())

    # --- the worker ----------------------------------------------------------------------------------------------

    @rule(count=st.integers(1, 6), kill=st.sampled_from(["", "", "claimed", "acted"]))
    def worker(self, count: int, kill: str) -> None:
        self.counted["steps"] += 1
        self.counted["killed" if kill else "worker"] += 1
        self._deliver(count, kill)
        if kill:
            self.clock.go(seconds=31)
            timetable.reap(timezone.now())
            timetable._wake_overdue(timezone.now())
        self._check()

    def _deliver(self, count: int, kill: str) -> None:
        ready = DBTaskResult.objects.filter(status="READY", task_path=outbox.deliver.module_path)
        if count == ALL:
            open_ones = Delivery.objects.filter(channel=CHANNEL, done_at=None).values_list("pk", flat=True)
            wanted = {str(pk) for pk in open_ones}
            tasks = [one for one in ready if one.args_kwargs["args"][0] in wanted]
        else:
            tasks = list(ready.order_by("enqueued_at")[:count])
        for number, task in enumerate(tasks):
            task.claim(uuid4().hex)
            self.killing = kill if number == 0 else ""
            try:
                with self._dying():
                    outbox.deliver.func(task.args_kwargs["args"][0])
            except Killed:
                continue
            task.set_successful(None)

    @contextmanager
    def _dying(self) -> Iterator[None]:
        """Killed between the claim and the tick, or after the effect and before its commit."""
        if self.killing != "claimed":
            yield
            return
        with mock.patch.object(outbox, "_event", side_effect=Killed):
            yield

    @classmethod
    def hear(cls, event: outbox.Event) -> None:
        """A reaction of our own: one row an effect."""
        Slot.objects.create(name=f"heard.{event.key}.{uuid4().hex}", next_at=timezone.now())
        machine = cls.living
        if machine is not None and machine.killing == "acted":
            raise Killed

    living: ClassVar["Nobody | None"] = None

    # --- one act ---------------------------------------------------------------------------------------------------

    def _act(self, name: str, scene: Scene, again: bool) -> None:
        thunk = ACTS[name](scene)
        if thunk is None:
            name, thunk = next_step(scene)
        self._do(thunk, name, again)

    def _do(self, thunk: Thunk | None, name: str, again: bool) -> None:
        type(self).living = self
        self.counted["steps"] += 1
        if thunk is None:
            self.counted["nothing to do"] += 1
            return
        self.clock.go(seconds=7)
        if not self._try(thunk, name):
            return
        everything = name in ("consent", "take_back", "take_back_with_receipt", "close", "end", "withdraw")
        self._check(everything=everything)
        if name.startswith("take_back"):
            self.counted["pages looked at"] += laws.pages_show_only_what_is_allowed(self.town, self.moment)
            self.moment = look()  # that she looked is written down
        if again:
            before = self.moment
            self._try(thunk, "second click")
            laws.nothing_changed(before, look(), name)

    def _try(self, thunk: Thunk, name: str) -> bool:
        """Refused acts leave nothing behind."""
        try:
            thunk()
        except REFUSALS as refused:
            self.counted["refused"] += 1
            self.counted[f"refused: {type(refused).__name__} {getattr(refused, 'why', '')}".strip()] += 1
            after = look()
            if isinstance(refused, Conflict):  # it was shown the other text: the line of that stays
                after = laws.without_the_last_line(after)
            laws.nothing_changed(self.moment, after, name)
            self.moment = look()
            return False
        self.counted[name] += 1
        if name in COMINGS:
            self.town.people_changed()
        return True

    def _check(self, everything: bool = False) -> None:
        before, self.moment = self.moment, look()
        laws.every_open_row_has_a_holder_and_a_date(self.town, self.moment, self.looked_on)
        laws.only_known_ways(self.moment)
        laws.counts_fit(self.moment)
        laws.changed_rows_are_seen_by_their_holders(self.town, before, self.moment)
        laws.protected_stay_between(before, self.moment)
        if everything:
            laws.nothing_taken_back_is_readable(self.moment)
        self.verified = laws.chain_goes_on(self.verified)


def heard_by(machine: type[Nobody]) -> None:
    """Subscribe the machine's own reaction."""

    def heard(event: outbox.Event) -> None:
        machine.hear(event)

    heard.__module__, heard.__qualname__ = CHANNEL.rpartition(".")[0], "heard"
    outbox.reacts(*HEARD)(heard)

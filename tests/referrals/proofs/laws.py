"""What must hold at every moment, whatever happened."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from tests.referrals.proofs.town import Moment, Town, referrals_with_a_window, switches_on
from tsunagari.kernel import access, audit
from tsunagari.kernel.models import AuditLine, Delivery, Slot
from tsunagari.network import standing
from tsunagari.referrals import sealing
from tsunagari.referrals.actions import consents
from tsunagari.referrals.terms import OPEN_STATES, Item, Purpose

WAYS = {
    "": {"drafted"},
    "drafted": {"asked", "withdrawn"},
    "asked": {"sent", "declined", "withdrawn"},
    "sent": {"accepted", "declined", "withdrawn"},
    "accepted": {"met", "came", "ended", "withdrawn"},
    "met": {"came", "ended", "withdrawn"},
    "came": {"came_again", "ended", "withdrawn"},
    "came_again": {"still_going", "ended", "withdrawn"},
}
READING = {"Slip": "contact.read", "Referral": "referral.read", "Wipe": "wipe.read"}


def next_such_day(after: date, month: int, day: int) -> date:
    """The next 31 December, the next 29 February: some year within eight has it."""
    years = (year for year in range(after.year, after.year + 9) if day <= monthrange(year, month)[1])
    return next(date(year, month, day) for year in years if date(year, month, day) > after)


def _is_open(table: str, row: dict[str, object]) -> bool:
    if table == "Referral":
        return row["state"] in OPEN_STATES
    if table == "Slip":
        return row["state"] != "closed"
    return row["answer"] == "" if table == "Wipe" else row["holder_id"] is not None


def every_open_row_has_a_holder_and_a_date(town: Town, moment: Moment, looked_on: date) -> None:
    """One holder with an open account, and one next date not behind the day on which the clock last looked."""
    for table, rows in moment.rows.items():
        for row in rows.values():
            if _is_open(table, row):
                assert row["holder_id"] in town.open_accounts, (table, row)
                assert row["due_on"] is not None, (table, row)
                assert row["promised_on"] is not None, (table, row)
                assert row["due_on"] >= looked_on, (table, row, looked_on)
            else:
                assert (row["holder_id"], row["held_for"], row["due_on"], row["promised_on"], row["climbed"]) == (
                    None, None, None, None, 0,
                ), (table, row)  # fmt: skip


def every_holder_may_hold(moment: Moment) -> None:
    """After the clock looked: who holds for an organisation acts there, who holds for the town is named by it."""
    able, above = standing.pairs_today(), set(standing.above())
    for rows in moment.rows.values():
        for row in rows.values():
            if row["holder_id"] and row["held_for"]:
                assert (row["holder_id"], row["held_for"]) in able, row
            elif row["holder_id"]:
                assert row["holder_id"] in above, row


def only_known_ways(moment: Moment) -> None:
    """Every referral went a way that exists, each step once, and stands where its last step says."""
    for pk, row in moment.rows["Referral"].items():
        way = moment.steps.get(pk, [])
        assert len(way) == len(set(way)), way
        for before, after in zip(["", *way], way, strict=False):
            assert after in WAYS.get(before, ()), way
        assert row["state"] == way[-1], (row, way)


def counts_fit(moment: Moment) -> None:
    """Nothing has an effect twice: two questions for who came, an unmet need for each refusal at most."""
    ways = list(moment.steps.values())
    assert moment.counts[3] == 2 * sum("came" in way for way in ways)
    reasons = sum("declined" in way for way in ways)
    reasons += sum(row["ending"] == "not_met" for row in moment.of("Slip"))
    reasons += sum(row["ending"] == "wish" for row in moment.of("Referral"))
    assert moment.counts[4] <= reasons
    per_pair = [(row["slip_id"], row["receiver_id"]) for row in moment.open_referrals()]
    assert len(per_pair) == len(set(per_pair))


def changed_rows_are_seen_by_their_holders(town: Town, before: Moment, after: Moment) -> None:
    """Who answers for something sees that it is there: a name on a thing she cannot find is no holder."""
    for table, rows in after.rows.items():
        for pk, row in rows.items():
            old = before.rows.get(table, {}).get(pk)
            if row["holder_id"] is None or row == old or row["holder_id"] not in town.names:
                continue
            if (row["holder_id"], row["held_for"]) in town.pairs or row["held_for"] is None:
                actor = town.actor(town.names[row["holder_id"]])
                assert access.visible(actor, READING[table]).filter(pk=pk).exists(), (table, row, actor)


def protected_stay_between(before: Moment, after: Moment) -> None:
    """A protected person climbs to nobody outside while anybody is left who may hold her matter."""
    slips = after.rows["Slip"]
    hidden = {pk for pk, row in slips.items() if row["protected_at"]}
    referrals = {pk for pk, row in after.rows["Referral"].items() if row["slip_id"] in hidden}
    for table, pks in (("Slip", hidden), ("Referral", referrals)):
        for pk in pks:
            row, old = after.rows[table][pk], before.rows[table].get(pk)
            if row["holder_id"] and row["held_for"] is None and old and old["held_for"] is not None:
                assert not standing.holders(old["held_for"]), (table, old, row)


def nothing_taken_back_is_readable(moment: Moment) -> None:
    """What the receiver would read now is what stands on yes today, counted by hand."""
    today = standing._today()
    for referral in referrals_with_a_window(moment):
        slip = referral.slip
        allowed = consents.allowed_items(slip, referral.receiver_id, referral.state)
        if not slip.named:
            assert not allowed & {Item.NAME, Item.CONTACT}
            continue
        purpose = Purpose.FOLLOW_UP if referral.state in ("came", "came_again") else Purpose.ARRANGE
        assert allowed == switches_on(slip.pk, referral.receiver_id, purpose, today)
        assert set(sealing.read(slip, allowed)) <= allowed


def pages_show_only_what_is_allowed(town: Town, moment: Moment) -> int:
    """The next request: the receiver's own page of each referral, through the whole of our middleware."""
    looked = 0
    for referral in referrals_with_a_window(moment):
        name = town.names.get(referral.cared_by) if referral.cared_by else None
        there = (referral.cared_by, referral.receiver_id) in town.pairs
        # Who acts for both sides reads as the sender does.
        if name is None or not there or (referral.cared_by, referral.slip.sender_id) in town.pairs:
            continue
        allowed = consents.allowed_items(referral.slip, referral.receiver_id, referral.state)
        answer = town.client(name).get(f"/net/referrals/{referral.pk}/sheet/")
        assert answer.status_code == 200, (name, referral.state, answer.status_code)
        page, words = answer.content.decode(), sealing.read(referral.slip)
        for item, text in words.items():
            assert item in allowed or text not in page, (item, text)
        looked += 1
    return looked


def nothing_changed(before: Moment, after: Moment, name: str) -> None:
    """A refused act, or one done twice, leaves no trace."""
    assert before == after, (name, before.counts, after.counts)


def without_the_last_line(moment: Moment) -> Moment:
    return replace(moment, counts=(moment.counts[0] - 1, *moment.counts[1:]))


def chain_goes_on(last: tuple[int, str]) -> tuple[int, str]:
    """The new lines of the record follow the ones before."""
    for line in AuditLine.objects.filter(seq__gt=last[0]).order_by("seq"):
        assert (line.seq, line.prev) == (last[0] + 1, last[1])
        assert line.hash == audit._digest(line)
        last = line.seq, line.hash
    return last


def everything_was_heard_once(channel: str) -> None:
    """After the last worker: each message had its effect once, none is left."""
    deliveries = Delivery.objects.filter(channel=channel)
    assert not deliveries.filter(done_at=None).exists()
    heard = [
        name.split(".")[1] for name in Slot.objects.filter(name__startswith="heard.").values_list("name", flat=True)
    ]
    assert sorted(heard) == sorted(str(pk) for pk in deliveries.values_list("message_id", flat=True))

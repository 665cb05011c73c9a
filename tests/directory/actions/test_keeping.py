"""Entries stay true: one tap, a second person for a number, dates somebody confirmed."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import now

from tsunagari.directory.actions import dates, details, entries, keeping, reporting, workshop
from tsunagari.directory.actions.seeding import seed, seed_id
from tsunagari.directory.models import (
    Attribute,
    GuideQuestion,
    GuideRule,
    Keeper,
    KeeperLink,
    Line,
    Metadata,
    Occurrence,
    PendingChange,
    Service,
)
from tsunagari.directory.terms import OccurrenceState
from tsunagari.kernel.access import PUBLIC, Forbidden, NotVisible
from tsunagari.kernel.models import AuditLine, Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast):
    """An entry of the member NPO, last confirmed a hundred days ago."""
    return Service.objects.create(
        organization=cast.organization("npo-hidamari"),
        name="ひだまりの茶の間（架空）",
        url="https://example.jp/old",
        confirmed_at=now() - dt.timedelta(days=100),
    )


@pytest.fixture
def keeper(entry):
    entry.phones.create(number="079-000-0001")
    return Keeper.objects.create(service=entry, name="茶の間の人", email="keeper@example.jp")


@pytest.fixture
def link(cast, keeper):
    return keeping.ask(keeper, by=cast.actor("shirahama"))


def test_one_tap_by_link_makes_an_entry_fresh_again(entry, link):
    keeping.confirm_by_link(keeping.open_link(keeping.token_of(link)), by=PUBLIC)
    entry.refresh_from_db()
    assert now() - entry.confirmed_at < dt.timedelta(minutes=1)
    assert entry.confirmed_by == link.keeper_id
    assert AuditLine.objects.filter(event="entry.confirmed", about_id=str(entry.pk)).exists()


def test_the_table_of_links_opens_nothing(link):
    stored = KeeperLink.objects.get()
    assert keeping.token_of(link) not in (stored.token_hash, str(stored.pk))
    with pytest.raises(NotVisible):
        keeping.open_link(stored.token_hash)


@pytest.mark.parametrize("spoil", ["expired", "ended", "withdrawn", "guessed"])
def test_a_link_that_is_no_good_looks_like_no_link(entry, link, spoil):
    token = keeping.token_of(link)
    if spoil == "expired":
        KeeperLink.objects.update(expires_at=now() - dt.timedelta(seconds=1))
    elif spoil == "ended":
        Keeper.objects.update(ended_at=now())
    elif spoil == "withdrawn":
        Service.objects.filter(pk=entry.pk).update(withdrawn_at=now())
    else:
        token = token[::-1]
    with pytest.raises(NotVisible):
        keeping.open_link(token)


def test_a_changed_number_waits_for_a_second_person(cast, entry, link):
    (change,) = keeping.propose_changes(link, values={"phone": "079-000-9999"}, by=PUBLIC)
    assert entry.phones.get().number == "079-000-0001"
    keeping.accept_change(change, by=cast.actor("shirahama"))
    assert entry.phones.get().number == "079-000-9999"


def test_nobody_decides_on_her_own_change(cast, entry, link):
    (change,) = keeping.propose_changes(link, values={"url": "https://example.jp/new"}, by=PUBLIC)
    PendingChange.objects.update(proposed_by=cast.account("shirahama").pk)
    with pytest.raises(Forbidden):
        keeping.accept_change(change, by=cast.actor("shirahama"))


def test_a_declined_change_leaves_the_entry_as_it_was(cast, entry, link):
    (change,) = keeping.propose_changes(link, values={"url": "https://example.jp/new"}, by=PUBLIC)
    keeping.decline_change(change, by=cast.actor("oshio"))
    keeping.accept_change(change, by=cast.actor("shirahama"))  # too late: decided once
    entry.refresh_from_db()
    assert entry.url == "https://example.jp/old"


def test_keepers_are_asked_before_their_entry_fades_and_not_twice(keeper):
    assert keeping.ask_who_is_due() == 1
    assert keeping.ask_who_is_due() == 0
    assert Message.objects.filter(event="keeper.asked").count() == 1


def test_the_mail_to_a_keeper_says_nothing_about_the_entry(link):
    from tsunagari.directory.reactions import mail_the_keeper
    from tsunagari.kernel.outbox import _event

    mail_the_keeper(_event(Message.objects.get(event="keeper.asked")))
    (sent,) = mail.outbox
    assert f"/keep/{keeping.token_of(link)}/" in sent.body
    assert "茶の間" not in sent.subject + sent.body


def test_a_voice_that_something_is_wrong_reaches_the_keepers(entry, keeper):
    report, code = reporting.send(entry, kind="phone", text="つながらない", key="k" * 20, by=PUBLIC)
    assert report.due_on > now().date()
    from tsunagari.directory.reactions import ask_the_keepers
    from tsunagari.kernel.outbox import _event

    ask_the_keepers(_event(Message.objects.get(event="report.sent")))
    assert keeper.links.count() == 1
    assert reporting.of_code(code) == report


def test_an_answer_can_be_read_with_the_code(cast, entry):
    report, code = reporting.send(entry, kind="other", text="名前がちがう", key="k" * 20, by=PUBLIC)
    reporting.answer(report, text="直しました", by=cast.actor("oshio"))
    assert reporting.of_code(code).answer == "直しました"


def test_six_dates_are_confirmed_in_one_act(cast, entry):
    start = now() + dt.timedelta(days=3)
    made = [Occurrence.objects.create(service=entry, starts_at=start + dt.timedelta(days=7 * n)) for n in range(6)]
    dates.confirm_dates(entry, dates=[one.pk for one in made], by=cast.actor("shirahama"))
    assert entry.occurrences.filter(state="confirmed", confirmed_at__isnull=False).count() == 6
    assert AuditLine.objects.filter(event="entry.dates_confirmed").count() == 1


def test_a_date_added_twice_stands_once(cast, entry):
    day = (now() + dt.timedelta(days=2), None)
    dates.add_dates(entry, starts=[day, day], by=cast.actor("oshio"))
    dates.add_dates(entry, starts=[day], by=cast.actor("oshio"))
    assert entry.occurrences.count() == 1


def test_the_second_editor_is_shown_both_texts(cast, entry):
    values = {"description": "ひとつめ"}
    entries.edit(entry, values=values, version=entry.version, by=cast.actor("oshio"))
    with pytest.raises(entries.Conflict) as clash:
        entries.edit(entry, values={"description": "ふたつめ"}, version=entry.version, by=cast.actor("shirahama"))
    assert clash.value.theirs == {"description": "ひとつめ"}
    assert clash.value.yours == {"description": "ふたつめ"}


def test_a_withdrawn_entry_can_be_put_back(cast, entry):
    entries.withdraw(entry, by=cast.actor("oshio"))
    assert Service.objects.get(pk=entry.pk).withdrawn_at
    entries.restore(entry, by=cast.actor("oshio"))
    entries.restore(entry, by=cast.actor("oshio"))
    assert Service.objects.get(pk=entry.pk).withdrawn_at is None


def test_a_double_click_adds_one_entry(cast):
    npo = cast.organization("npo-hidamari")
    values = {"name": "あたらしい会", "kind": "activity"}
    one = entries.add(npo, values=values, key="same", by=cast.actor("oshio"))
    two = entries.add(npo, values=values, key="same", by=cast.actor("oshio"))
    assert one.pk == two.pk


@pytest.mark.parametrize("who", ["hanako", "tonomura", "aga", "saeki"])
def test_others_may_not_touch_an_entry(cast, entry, who):
    for act in (
        lambda by: entries.edit(entry, values={"name": "x"}, version=1, by=by),
        lambda by: entries.withdraw(entry, by=by),
        lambda by: keeping.confirm(entry, by=by),
        lambda by: keeping.add_keeper(entry, name="x", email="x@example.jp", by=by),
        lambda by: dates.add_dates(entry, starts=[(now(), None)], by=by),
    ):
        with pytest.raises(Forbidden):
            act(cast.actor(who))


def test_what_the_editor_writes_about_days_becomes_rules(cast, entry):
    values = {"when_text": "毎月第2・第4水曜 13:30〜15:30"}
    entries.edit(entry, values=values, version=entry.version, by=cast.actor("oshio"))
    rule = entry.schedules.get()
    assert (rule.freq, rule.byday, rule.opens_at) == ("MONTHLY", "2WE,4WE", dt.time(13, 30))
    entry.refresh_from_db()
    entries.edit(entry, values={"when_text": "気が向いたとき"}, version=entry.version, by=cast.actor("oshio"))
    assert not entry.schedules.exists()


def test_the_keeper_confirms_dates_by_link(entry, link):
    one = Occurrence.objects.create(service=entry, starts_at=now() + dt.timedelta(days=3))
    dates.confirm_dates_by_link(link, dates=[one.pk], by=PUBLIC)
    one.refresh_from_db()
    assert (one.state, one.confirmed_by) == ("confirmed", link.keeper_id)


def test_a_date_is_called_off_or_taken_out(cast, entry):
    by = cast.actor("oshio")
    (one,) = dates.add_dates(entry, starts=[(now() + dt.timedelta(days=1), None)], by=by)
    dates.set_state(entry, dates=[one.pk], state=OccurrenceState.CANCELLED, by=by)
    assert entry.occurrences.get().state == "cancelled"
    dates.remove_date(entry, date=one.pk, by=by)
    dates.remove_date(entry, date=one.pk, by=by)
    assert not entry.occurrences.exists()


def test_a_keeper_who_ends_cannot_use_her_link(cast, keeper, link):
    keeping.end_keeper(keeper, by=cast.actor("oshio"))
    with pytest.raises(NotVisible):
        keeping.open_link(keeping.token_of(link))


def test_what_changed_is_noted_field_by_field(cast, entry):
    entries.note_changes(entry, {"name": ("a", "b")}, by=cast.actor("oshio"))
    noted = Metadata.objects.get(resource_id=entry.pk)
    assert (noted.field_name, noted.previous_value, noted.replacement_value) == ("name", "a", "b")


PLACE = {
    "name": "会館", "kana": "", "area": "飾磨", "transportation": "", "latitude": 34.79, "longitude": 134.67,
    "address_hidden": False, "address_1": "1-1", "address_2": "", "city": "姫路市", "state_province": "兵庫県",
    "postal_code": "672-8031",
}  # fmt: skip


def test_a_place_is_set_and_taken_away(cast, entry):
    by = cast.actor("oshio")
    place = details.set_place(entry, location=None, values=PLACE, by=by)
    details.set_place(entry, location=place.pk, values=PLACE | {"area": "網干"}, by=by)
    assert entry.service_at_locations.get().location.area == "網干"
    details.remove_place(entry, location=place.pk, by=by)
    assert not entry.service_at_locations.exists()


def test_the_history_of_a_hidden_place_does_not_say_where_it_was(cast, entry):
    by = cast.actor("oshio")
    place = details.set_place(entry, location=None, values=PLACE | {"address_hidden": True}, by=by)
    details.set_place(entry, location=place.pk, values=PLACE | {"address_hidden": True, "name": "ひみつの家"}, by=by)
    noted = "".join(Metadata.objects.values_list("previous_value", flat=True))
    noted += "".join(Metadata.objects.values_list("replacement_value", flat=True))
    assert "会館" not in noted
    assert "ひみつの家" not in noted


def test_phones_tags_and_texts_replace_what_was_there(cast, entry):
    seed()
    by = cast.actor("oshio")
    details.set_phones(entry, phones=[("079-000-0001", "受付"), ("", "")], by=by)
    details.set_tags(entry, terms=[seed_id("term", "worry", "family")], by=by)
    details.set_tags(entry, terms=[seed_id("term", "worry", "health")], by=by)
    details.set_text(entry, language="en", values={"name": "Tea room", "description": "", "when_text": ""}, by=by)
    details.set_text(entry, language="en", values={"name": "", "description": "", "when_text": ""}, by=by)
    assert entry.phones.count() == 1
    assert Attribute.objects.get(link_id=entry.pk).taxonomy_term.code == "health"
    assert not entry.texts.exists()


def test_the_town_changes_its_own_words(cast):
    seed()
    by = cast.actor("shirahama")
    line, question, mapping = Line.objects.first(), GuideQuestion.objects.first(), GuideRule.objects.first()
    values = {"number": "1", "names": {"ja": "a"}, "hidden": True}
    line = workshop.edit_line(line, values=values, version=line.version, by=by)
    assert line.hidden_at
    assert line.checked_by == by.account_id
    with pytest.raises(entries.Conflict):
        workshop.edit_line(line, values=values, version=1, by=by)
    answer = question.answers.first()
    change = {answer.code: {"texts": {"ja": "あたらしい答え"}}}
    workshop.edit_question(question, values={"texts": {"ja": "問い"}}, answers=change, version=question.version, by=by)
    answer.refresh_from_db()
    assert answer.texts == {"ja": "あたらしい答え"}
    mapping = workshop.edit_mapping(mapping, values={"suggests": {"grief": 2}}, version=mapping.version, by=by)
    assert mapping.suggests == {"grief": 2}


def test_a_reading_is_corrected_and_taken_back(cast):
    by = cast.actor("shirahama")
    reading = workshop.correct_reading(surface="飾磨", reading="しかま", by=by)
    again = workshop.correct_reading(surface="飾磨", reading="しかまあ", by=by)
    assert again.pk == reading.pk
    with pytest.raises(Forbidden):
        workshop.correct_reading(surface="飾磨", reading="x", by=cast.actor("oshio"))
    workshop.remove_reading(again, by=by)


def test_one_entry_takes_only_so_many_voices_an_hour(client, entry):
    for n in range(reporting.MOST_IN_AN_HOUR):
        reporting.send(entry, kind="phone", text="", key=f"{n:020}", by=PUBLIC)
    reporting.send(entry, kind="phone", text="", key=f"{0:020}", by=PUBLIC)  # the same again is no new voice
    sent = {"kind": "phone", "text": "", "key": "x" * 20}
    assert client.post(reverse("place_reports", args=[entry.pk]), sent).status_code == 429

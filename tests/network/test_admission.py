"""The secretariat decides with a day, singly or many at once; who is admitted is a member and is invited."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.network.conftest import applied
from tsunagari.accounts.models import Invitation
from tsunagari.directory.models import Organization
from tsunagari.kernel.access import Forbidden
from tsunagari.kernel.models import AuditLine, Message
from tsunagari.network.actions import joining, membership
from tsunagari.network.models import Application, Criterion, Member, Terms

pytestmark = pytest.mark.django_db
OTHERS = ["saeki", "oshio", "aga", "tonomura", "shirahama", "shosha"]


def test_who_is_admitted_takes_part_from_the_day_of_the_decision_and_is_invited(
    application: Application, cast: Cast
) -> None:
    on = timezone.localdate() - timedelta(3)
    member = joining.admit(application, decided_on=on, by=cast.actor("miki"))
    period = member.periods.get()
    assert (period.since, period.until, period.decided_on, period.decided_by) == (
        on, None, on, cast.account("miki").pk,
    )  # fmt: skip
    assert member.organization.name == application.name
    assert (member.words, member.published) == (application.words, application.published)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.organization_id) == ("mega@example.jp", member.organization_id)
    assert invitation.duties == []
    assert AuditLine.objects.filter(event__in=("application.admitted", "member.came")).count() == 2
    assert Message.objects.filter(event="application.admitted").count() == 1


def test_admitting_twice_changes_nothing(application: Application, cast: Cast) -> None:
    today = timezone.localdate()
    first = joining.admit(application, decided_on=today, by=cast.actor("miki"))
    assert joining.admit(application, decided_on=today, by=cast.actor("miki")) == first
    assert (first.periods.count(), Invitation.objects.count()) == (1, 1)


def test_an_organisation_of_the_directory_with_this_very_name_is_the_one_that_is_meant(cast: Cast) -> None:
    known = Organization.objects.create(name="なぎさの 縁台（架空）")
    member = joining.admit(applied("なぎさの縁台(架空)"), decided_on=timezone.localdate(), by=cast.actor("miki"))
    assert member.organization == known
    chosen = Organization.objects.create(name="港の縁台（架空）")
    other = applied("みなとの縁台", key="another-form-00000001", mail="x@example.jp")
    today = timezone.localdate()
    assert joining.admit(other, decided_on=today, organization=chosen, by=cast.actor("miki")).organization == chosen


def test_many_are_admitted_at_once_and_who_takes_part_already_is_left_to_look_at(cast: Cast) -> None:
    Application.objects.all().delete()
    new = [applied(f"会{n}（架空）", key=f"a-form-of-number-{n:04d}", mail=f"{n}@example.jp") for n in range(3)]
    member = cast.members["npo-hidamari"]
    there = applied(member.organization.name, key="a-form-of-number-9999")
    left = joining.admit_all([*new, there], decided_on=timezone.localdate(), by=cast.actor("miki"))
    assert left == [there]
    assert Application.objects.filter(state="admitted").count() == 3
    there.refresh_from_db()
    assert (there.state, member.periods.count()) == ("waiting", 1)


def test_a_known_address_is_not_posted_because_a_stranger_typed_it(cast: Cast) -> None:
    hers = cast.account("saeki")
    member = joining.admit(applied(mail=hers.email), decided_on=timezone.localdate(), by=cast.actor("miki"))
    assert not member.postings.exists()
    assert not Invitation.objects.exists()


def test_a_refusal_has_a_day_and_a_reason_and_says_it_once(application: Application, cast: Cast) -> None:
    on = timezone.localdate()
    for _ in range(2):
        joining.refuse(application, decided_on=on, reason="市外の団体のため", by=cast.actor("miki"))
    application.refresh_from_db()
    assert (application.state, application.reason, application.decided_on) == ("refused", "市外の団体のため", on)
    assert AuditLine.objects.filter(event="application.refused").count() == 1
    with pytest.raises(Forbidden):
        joining.admit(application, decided_on=on, by=cast.actor("miki"))
    with pytest.raises(Forbidden):
        joining.ask(application, question="?", by=cast.actor("miki"))


def test_many_are_refused_with_one_reason(application: Application, cast: Cast) -> None:
    both = [application, applied("別の会", key="another-form-00000002")]
    joining.refuse_all(both, decided_on=timezone.localdate(), reason="重なるため", by=cast.actor("miki"))
    assert set(Application.objects.values_list("state", "reason")) == {("refused", "重なるため")}


@pytest.mark.parametrize("name", OTHERS)
def test_only_the_secretariat_decides(application: Application, cast: Cast, name: str) -> None:
    today, by = timezone.localdate(), cast.actor(name)
    for act in (
        lambda: joining.ask(application, question="?", by=by),
        lambda: joining.admit(application, decided_on=today, by=by),
        lambda: joining.refuse(application, decided_on=today, reason="x", by=by),
        lambda: joining.publish_terms(text="x", in_force_from=today, by=by),
        lambda: joining.word_criteria(sentences=["x"], by=by),
        lambda: membership.take_in(name="x", kana="", told={"sector": "other"}, since=today, by=by),
    ):
        with pytest.raises(Forbidden):
            act()
    assert Application.objects.get().state == "waiting"


def test_a_new_version_of_the_terms_leaves_the_old_one_as_it_was(application: Application, cast: Cast) -> None:
    today, text = timezone.localdate(), Terms.objects.get().text
    for _ in range(2):
        new = joining.publish_terms(text="あたらしい規約", in_force_from=today, by=cast.actor("miki"))
    assert (new.version, joining.terms_in_force()) == (2, new)
    application.refresh_from_db()
    assert (application.terms.version, application.terms.text) == (1, text)


def test_who_ticked_a_sentence_keeps_it_when_it_is_worded_anew(application: Application, cast: Cast) -> None:
    before = list(Criterion.objects.values_list("sentence", flat=True))
    joining.word_criteria(sentences=["新しい条件です。", before[0]], by=cast.actor("miki"))
    asked = list(Criterion.objects.filter(withdrawn_at=None).values_list("sentence", flat=True))
    assert asked == ["新しい条件です。", before[0]]
    application.refresh_from_db()
    assert application.agreed == before
    assert Criterion.objects.filter(withdrawn_by=cast.account("miki").pk).count() == len(before) - 1


def test_a_shop_that_only_receives_takes_part_in_one_step_without_an_account(cast: Cast) -> None:
    told: dict[str, Any] = {"sector": "business", "area": "白浜", "contact_mail": "", "published": ["name"]}
    today, by = timezone.localdate(), cast.actor("miki")
    member = membership.take_in(name="喫茶なぎさ（架空）", kana="きっさなぎさ", told=told, since=today, by=by)
    assert membership.take_in(name="喫茶なぎさ（架空）", kana="", told=told, since=today, by=by) == member
    assert member in Member.objects.on(today)
    assert (member.applications.count(), member.postings.count(), member.periods.count()) == (0, 0, 1)
    with pytest.raises(membership.AlreadyMember):
        membership.take_in(name=cast.organization("minsei").name, kana="", told=told, since=today - timedelta(1), by=by)

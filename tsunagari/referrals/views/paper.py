"""A receiver without an account and without a telephone that opens links: a sheet of paper, and typing it back in."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tsunagari.kernel.access import Forbidden, NotVisible
from tsunagari.kernel.pages import acting, lists, reads, render, writes
from tsunagari.referrals.actions import answering
from tsunagari.referrals.actions.holding import NotYet
from tsunagari.referrals.forms.answers import AnswerForm
from tsunagari.referrals.forms.receipt import typed_code
from tsunagari.referrals.models import Referral
from tsunagari.referrals.showing.arrival import arrival_page
from tsunagari.referrals.terms import Reason, RoomAnswer, Said, Wiped
from tsunagari.referrals.views.quiet import quiet

Errors = tuple[tuple[str, str], ...]


@reads("referral.print_paper")
@quiet
def sheet(request: HttpRequest, referral: Referral) -> HttpResponse:
    """One sheet of A4; before it has a code, the button that makes one."""
    context = {
        "referral": referral,
        "page": arrival_page(referral) if referral.paper_code else None,
        "rooms": RoomAnswer.choices,
        "reasons": Reason.choices,
        "wipes": Wiped.choices,
    }
    return render(request, "referrals/paper_sheet.html", context)


@writes("referral.print_paper")
def papers(request: HttpRequest, referral: Referral) -> HttpResponse:
    answering.print_paper(referral, by=acting(request))
    return HttpResponseRedirect(reverse("referral_paper", args=[referral.pk]))


def _form(request: HttpRequest, errors: Errors = (), status: int = 200) -> HttpResponse:
    context = {
        "typed": request.POST,
        "errors": errors,
        "done": request.GET.get("done") == "1",
        "says": Said.choices,
        "rooms": RoomAnswer.choices,
        "reasons": Reason.choices,
        "wipes": Wiped.choices,
    }
    return render(request, "referrals/paper.html", context, status=status)


@lists("referral.answer_for_receiver")
def typing(request: HttpRequest, _rows: QuerySet[Referral]) -> HttpResponse:
    return _form(request)


@writes("referral.answer_for_receiver")
@quiet
def answers(request: HttpRequest) -> HttpResponse:
    try:
        referral = answering.of_paper(typed_code(request.POST.get("code", "")), by=acting(request))
        form = AnswerForm.read(request.POST.dict())
        if form.answer is None:
            return _form(request, form.errors, 422)
        answering.answer_on_paper(referral, answer=form.answer, by=acting(request))
    except (NotVisible, Forbidden):
        return _form(request, (("f-code", _unknown()),), 422)
    except NotYet:
        return _form(request, (("said", _too_late()),), 422)
    return HttpResponseRedirect(f"{reverse('paper')}?done=1")


def _unknown() -> str:
    """One sentence for a code that was mistyped, is too old, or belongs to somebody else."""
    return _("このコードの紙は見つかりませんでした。紙のコードを、もう一度見てください。")


def _too_late() -> str:
    return _("いまの段階では、この返事は受けとれません。つなぎのページで様子を見てください。")

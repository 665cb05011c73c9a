"""Words of the register of members."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Item(TextChoices):
    """What a member may allow to be published, each for itself."""

    NAME = "name", _("団体の名前")
    FIELDS = "fields", _("関わっている分野")
    AREA = "area", _("活動している地域")
    WORDS = "words", _("参加したわけ（ひとこと）")
    CONTACT = "contact", _("担当者の名前")
    MAIL = "mail", _("メールアドレス")


class ApplicationState(TextChoices):
    """What became of an application."""

    WAITING = "waiting", _("お返事待ち")
    ASKED = "asked", _("おたずね中")
    ADMITTED = "admitted", _("参加が決まりました")
    REFUSED = "refused", _("見送りになりました")


# Nobody has decided yet.
UNDECIDED = (ApplicationState.WAITING, ApplicationState.ASKED)


class NoticeKind(TextChoices):
    """What sort of news waits. Coarse on purpose: a lock screen, a list or a log must not tell one matter by it."""

    ARRIVED = "arrived", _("新しく届いたものがあります")
    ANSWERED = "answered", _("お返事やその後のことがあります")
    DUE = "due", _("期日のことでお知らせがあります")
    HANDED = "handed", _("引きつがれたものがあります")
    ASKED = "asked", _("たしかめてほしいことがあります")


class Rhythm(TextChoices):
    """How often somebody wants a mail about what is new."""

    AT_ONCE = "at_once", _("そのつど（15分ごとにまとめて）")
    TWICE = "twice", _("1日に2回（朝と夕方）")
    DAILY = "daily", _("1日に1回（朝）")
    NONE = "none", _("メールはいらない（画面だけで見る）")

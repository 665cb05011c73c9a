"""The words for what the town asks of somebody."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Duty(TextChoices):
    """A task the town gives a person for a time. It opens rules; a title or a posting alone opens nothing."""

    SECRETARIAT = "secretariat", _("事務局")
    EDITOR = "editor", _("情報の編集")
    LISTENER = "listener", _("相談員")
    LINK_WORKER = "link_worker", _("つなぎ手")
    COORDINATOR = "coordinator", _("つなぎの調整役")


# Duties that see class 2 (consultations, contact data, referrals) or decide who does: a password alone is not enough.
NEEDS_SECOND_FACTOR = frozenset({Duty.SECRETARIAT, Duty.LISTENER, Duty.LINK_WORKER, Duty.COORDINATOR})
# Duties that let somebody hold what others wait for.
ANSWERS_FOR = frozenset({Duty.SECRETARIAT, Duty.LISTENER, Duty.LINK_WORKER, Duty.COORDINATOR})

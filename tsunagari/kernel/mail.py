"""Mail says that there is something new, and where. Whatever it is about stays here."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override


def send(to: str, *, link: str, key: UUID, subject: str = "", line: str = "", language: str = "ja") -> None:
    """Send one short mail: a sentence and a link. For reactions with `outside=True`; raises when the server refuses.

    `link` is a path of ours. `line` and `subject` are sentences of the program, never of a person: a mail lies open
    in servers, on lock screens and in family inboxes. `key` (the event's) makes the Message-ID, so that a mail sent
    twice is recognised as one.
    """
    with override(language):
        text = [line or _("下のリンクからご覧ください。"), settings.PUBLIC_URL + link, settings.TOWN["name"]]
        message = EmailMessage(
            subject=subject or _("新しいお知らせがあります"),
            body="\n\n".join(text),
            to=[to],
            headers={"Message-ID": f"<{key}@tsunagari.invalid>"},
        )
        message.send()

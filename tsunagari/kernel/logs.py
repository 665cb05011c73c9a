"""Logs say what happened, never to whom or what was typed."""

import logging
import re
from typing import Any

_QUERY = re.compile(r"\?[^\s'\"<>]*")
# Bounded on both sides: without the bound a line of 60,000 letters and no "@" took 45 seconds.
_MAIL = re.compile(r"[^\s@<>'\"]{1,64}@[^\s@<>'\"]{1,255}")
_KEY = re.compile(r"(/(?:keep|link|reports|invitations|reset/key)/)[^/\s'\"<>]+")
_LONGEST = 500
_OWN = ("tsunagari",)


def _plain(value: Any) -> Any:
    """An argument that may be printed: numbers as they are, texts without query and address, the rest by its type."""
    if value is None or isinstance(value, (int, float, bool)):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, type):
        return value.__qualname__
    return f"<{type(value).__qualname__}>"


def clean(text: str) -> str:
    """A line without what was typed: query strings go, mail addresses go, addresses that are keys lose the key."""
    return _MAIL.sub("<address>", _KEY.sub(r"\1…", _QUERY.sub("?…", text))[:_LONGEST])


class NoPersonalData(logging.Filter):
    """Keeps the sentence of a log line and drops what people typed.

    Attack: a stolen log. Query strings hold what people looked for; database errors quote the row that failed
    (`Key (email)=(…) already exists`), so an exception is logged as its type and the places it passed through only.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        args = record.args
        if isinstance(args, dict):
            record.args = {key: _plain(value) for key, value in args.items()}
        elif args:
            record.args = tuple(_plain(value) for value in args)
        try:
            record.msg, record.args = clean(record.getMessage()), ()
        except (TypeError, ValueError):
            record.msg, record.args = clean(str(record.msg)), ()
        if record.exc_info:
            record.exc_text = self._trail(record.exc_info)
            record.exc_info = None
        record.stack_info = None
        return True

    @staticmethod
    def _trail(exc_info: Any) -> str:
        kind, _, trace = exc_info
        steps = []
        while trace is not None:
            code = trace.tb_frame.f_code
            steps.append(f"  {code.co_filename}:{trace.tb_lineno} in {code.co_name}")
            trace = trace.tb_next
        return "\n".join([*steps, f"{kind.__module__}.{kind.__qualname__}" if kind else "no exception"])

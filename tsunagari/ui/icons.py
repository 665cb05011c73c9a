"""Small line drawings that stand beside words: no request for them, and they take the colour of the words."""

from functools import lru_cache

from markupsafe import Markup

_PATHS = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "arrow": '<path d="M4 12h15m-6-6 6 6-6 6"/>',
    "phone": (
        '<path d="M6.5 3.5h3l1.6 4.4-2.2 1.6a13 13 0 0 0 5.6 5.6l1.6-2.2 4.4 1.6v3a2.5 2.5 0 0 1-2.7'
        ' 2.5C10.5 19.4 4.6 13.5 4 6.2A2.5 2.5 0 0 1 6.5 3.5Z"/>'
    ),
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.2l3.5 2"/>',
    "pin": (
        '<path d="M12 21s-6.5-6.2-6.5-11a6.5 6.5 0 0 1 13 0c0 4.8-6.5 11-6.5 11Z"/><circle cx="12" cy="10" r="2.3"/>'
    ),
    "globe": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17M12 3.5c-5 5.5-5 11.5 0 17"/>'
    ),
    "letters": '<path d="M3 18.5 8 6l5 12.5M4.7 14.5h6.6M15 18.5l3-7.5 3 7.5M16 16.2h4"/>',
    "leaf": '<path d="M5 19c0-9 5-14 15-14 0 10-5 15-13 14-1-5 3-9 8-10"/>',
    "person": '<circle cx="12" cy="8" r="3.7"/><path d="M4.5 20c.8-4.3 3.7-6.5 7.5-6.5s6.7 2.2 7.5 6.5"/>',
    "people": (
        '<circle cx="8.5" cy="8.5" r="3.2"/>'
        '<path d="M2.5 19.5c.6-4 2.9-6 6-6s5.4 2 6 6"/>'
        '<circle cx="16.5" cy="9.5" r="2.5"/>'
        '<path d="M16.5 14c2.8 0 4.5 1.7 5 5"/>'
    ),
    "heart": '<path d="M12 20S4 15 4 9.3A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 8 2.1C20 15 12 20 12 20Z"/>',
    "house": '<path d="M4 11.5 12 4.5l8 7M6 10v9.5h12V10"/><path d="M10 19.5v-5h4v5"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "check": '<path d="m5 12.5 5 5 9.5-11"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.5v.5"/>',
    "warn": '<path d="M12 4 3 19.5h18Z"/><path d="M12 10v4.5M12 16.8v.4"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "printer": '<path d="M7 9V4h10v5M7 17H4.5V9h15v8H17"/><rect x="7" y="14" width="10" height="6.5"/>',
    "up": '<path d="M12 20V5m-6 6 6-6 6 6"/>',
    "star": '<path d="m12 4 2.3 5.2 5.7.6-4.3 3.8 1.3 5.6-5-3-5 3 1.3-5.6L4 9.8l5.7-.6Z"/>',
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6Z"/><path d="M14 3.5V8h4.5"/>',
    "talk": '<path d="M4 5.5h16v11h-9l-4.5 3.5v-3.5H4Z"/><path d="M8 9.5h8M8 12.5h5"/>',
}
NAMES = tuple(_PATHS)


@lru_cache(maxsize=256)
def icon(name: str, extra: str = "") -> Markup:
    """The drawing `name`, hidden from readers; `extra` is one more class."""
    classes = f"icon {extra}".strip()
    return Markup(
        f'<svg class="{classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{_PATHS[name]}</svg>'
    )

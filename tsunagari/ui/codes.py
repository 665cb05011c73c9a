"""QR codes as inline SVG: no file, no picture server, sharp on paper."""

import io

from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """The address as a QR code whose colours follow the page's own (class `qr-code`); hidden from readers.

    The visible address stands beside it: see ui/qr.html.
    """
    import segno  # when the first slip is printed: a start need not wait for it

    out = io.BytesIO()
    look = {"border": 2, "svgclass": "qr-code", "lineclass": None, "dark": "#1a1a1a", "light": "#fff"}
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, omitsize=True, **look)
    return Markup(out.getvalue().decode().replace("<svg ", '<svg aria-hidden="true" ', 1))

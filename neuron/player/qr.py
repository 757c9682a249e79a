"""A link as a QR code, to be read off a wall."""

from __future__ import annotations

import segno

LONGEST = 1500
"""Characters; a code of more could not be read from the last row."""

TOO_LONG = "<p>This link is too long for a QR code.</p>"


def qr_code(link: str) -> str:
    """The code as an SVG element, dark on light in any theme; a sentence for a link too long."""
    if len(link) > LONGEST:
        return TOO_LONG
    code = segno.make_qr(link, error="m" if len(link) < 300 else "l")
    return str(code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, unit=""))

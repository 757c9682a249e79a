"""A link as a QR code, to be scanned from a projected screen."""

from __future__ import annotations

import segno

LONGEST = 1500
"""The most characters; a longer code could not be scanned from the back row."""

BORDER = 4
"""The width of the light border in squares, as the standard requires."""


def qr_code(link: str) -> tuple[int, str]:
    """A code's width in squares and its dark squares as an SVG path; (0, "") if it is too long."""
    if len(link) > LONGEST:
        return 0, ""
    code = segno.make_qr(link, error="m" if len(link) < 300 else "l")
    rows = enumerate(code.matrix_iter(border=BORDER))
    dark = [f"M{x} {y}h1v1h-1z" for y, row in rows for x, square in enumerate(row) if square]
    return int(code.symbol_size(border=BORDER)[0]), "".join(dark)

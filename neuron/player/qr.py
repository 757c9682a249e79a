"""A link as a QR code, to be read off a wall."""

from __future__ import annotations

import segno

LONGEST = 1500
"""Characters; a code of more could not be read from the last row."""

BORDER = 4
"""How many squares around a code stay light, as the standard has it."""


def qr_code(link: str) -> tuple[int, str]:
    """How many squares a code has across, and the dark ones as an SVG path; "" if too long."""
    if len(link) > LONGEST:
        return 0, ""
    code = segno.make_qr(link, error="m" if len(link) < 300 else "l")
    rows = enumerate(code.matrix_iter(border=BORDER))
    dark = [f"M{x} {y}h1v1h-1z" for y, row in rows for x, square in enumerate(row) if square]
    return int(code.symbol_size(border=BORDER)[0]), "".join(dark)

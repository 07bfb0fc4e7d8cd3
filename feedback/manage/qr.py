"""A QR code as one path of an inline drawing: nothing to fetch, sharp at every size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class Qr:
    address: str
    side: int  # modules, with the white around
    path: str


def draw(address: str) -> Qr:
    """Error correction M: up to a seventh of it may be torn or stained."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    pieces = []
    for y, row in enumerate(code.matrix_iter(border=QUIET)):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                pieces.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return Qr(address, int(code.symbol_size(border=QUIET)[0]), "".join(pieces))

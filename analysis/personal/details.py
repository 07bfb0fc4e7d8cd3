"""What a found detail is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name", "phone", "email", "url", "postcode", "address", "birth", "nhs", "ni", "reference", "role"
]

# Surest first: where two finds overlap, the earlier kind keeps its span.
KINDS: tuple[Kind, ...] = (
    "email", "url", "ni", "nhs", "birth", "phone", "postcode", "reference", "address", "name", "role",
)  # fmt: skip


@dataclass(frozen=True)
class Detail:
    """`text[start:end]` (code points) may point at somebody; `why` is the cue as written, or the rule.

    A "role" is a post that one person holds ("the manager"): a hint for who reads, not a thing to mask.
    """

    kind: Kind
    start: int
    end: int
    why: str


def apart(found: list[Detail]) -> list[Detail]:
    """In the order of the text and none over another: what an earlier one covers is cut off or dropped."""
    rank = {kind: place for place, kind in enumerate(KINDS)}
    kept: list[Detail] = []
    # Sweeping in the order of the text keeps this linear after the sort.
    for detail in sorted(found, key=lambda d: (d.start, rank[d.kind], -d.end)):
        last = kept[-1] if kept else None
        if last is None or detail.start >= last.end:
            kept.append(detail)
        elif rank[detail.kind] < rank[last.kind] and detail.end >= last.end:
            if detail.start > last.start:
                kept[-1] = Detail(last.kind, last.start, detail.start, last.why)
                kept.append(detail)
            else:
                kept[-1] = detail
        elif detail.end > last.end:
            kept.append(Detail(detail.kind, last.end, detail.end, detail.why))
    return kept

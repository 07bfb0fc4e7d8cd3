"""Comments to read before they are passed on, with what the computer would take out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from analysis.personal import places_of
from feedback.report import labels, taken_out
from feedback.store import redactions
from feedback.store.comments import ReadableComment, readable
from feedback.store.database import Store
from feedback.store.redactions import HINT_ONLY, OTHER, Out, Piece, pieces
from feedback.store.surveys import PublishedSurvey
from feedback.survey.edition import Phrase
from feedback.survey.reading_choice import Reader
from feedback.web.detail_names import kind_name

from .problem import Problem

ON_A_PAGE = 20
SHORTEST = 2  # of words that somebody types: one letter would be all over the text
READER = Reader.COMMISSIONER


@dataclass(frozen=True)
class Proposal:
    """What the computer found. A hint stays unless it is ticked; anything else goes unless it is ticked."""

    out: Out
    words: str
    kind: str
    is_hint: bool
    is_ticked: bool

    @property
    def value(self) -> str:
        return f"{self.out.start}-{self.out.end}"

    @property
    def goes(self) -> bool:
        return self.is_ticked if self.is_hint else not self.is_ticked


@dataclass(frozen=True)
class Entry:
    """A comment to read, with what somebody has said of it so far."""

    comment: ReadableComment
    question: Phrase | None
    proposals: list[Proposal]
    typed: str = ""
    later: bool = False

    @property
    def pieces(self) -> list[Piece]:
        """All of the words; those that the computer found carry their kind."""
        text, outs = self.comment.text, [proposal.out for proposal in self.proposals]
        found: list[Piece] = []
        at = 0
        for out in outs:
            found += [Piece(text[at : out.start]), Piece(text[out.start : out.end], out.kind)]
            at = out.end
        return [piece for piece in [*found, Piece(text[at:])] if piece.text]

    @property
    def field(self) -> str:
        return f"words-{self.comment.id}"


@dataclass(frozen=True)
class Decided:
    """What is to be stored, or what is wrong with it."""

    outs: dict[str, list[Out]]
    problems: list[Problem]


@dataclass(frozen=True)
class Line:
    """A comment that was read."""

    reading: redactions.Reading
    language: str
    pieces: list[Piece]


def entries(
    store: Store, survey: PublishedSurvey, ids: Sequence[str], fields: MultiDict[str, str] | None = None
) -> list[Entry]:
    """The comments `ids`, with what was ticked and typed in `fields`."""
    comments = readable(store, READER, ids)
    return [entry(survey, comments[each], fields) for each in ids if each in comments]


def entry(survey: PublishedSurvey, comment: ReadableComment, fields: MultiDict[str, str] | None) -> Entry:
    given: MultiDict[str, str] = MultiDict() if fields is None else fields
    ticked = set(given.getlist(f"tick-{comment.id}"))
    proposals = [
        Proposal(
            out,
            comment.text[out.start : out.end],
            kind_name(out.kind),
            out.kind == HINT_ONLY,
            f"{out.start}-{out.end}" in ticked,
        )
        for out in redactions.proposed(comment.text, comment.language)
    ]
    return Entry(
        comment,
        labels.question_label(survey, comment.question),
        proposals,
        given.get(f"words-{comment.id}", ""),
        f"later-{comment.id}" in given,
    )


def decided(found: Sequence[Entry]) -> Decided:
    outs: dict[str, list[Out]] = {}
    problems: list[Problem] = []
    for each in found:
        if each.later:
            continue
        taken = [proposal.out for proposal in each.proposals if proposal.goes]
        for line in filter(None, map(str.strip, each.typed.splitlines())):
            places = places_of(line, each.comment.text) if len(line) >= SHORTEST else []
            if not places:
                problems.append(Problem(each.field, not_there(line)))
            taken += [Out(start, end, OTHER) for start, end in places]
        outs[each.comment.id] = taken
    return Decided(outs, problems)


def not_there(line: str) -> str:
    if len(line) < SHORTEST:
        return str(_("Type at least two letters of what is to be taken out."))
    return str(_("“%(words)s” is not in the comment. Copy the words as they stand there.", words=line[:80]))


def lines(store: Store, survey: PublishedSurvey, page: int) -> list[Line]:
    """One page of what was read, the newest first."""
    done = redactions.done(store, survey.survey_id, (page - 1) * ON_A_PAGE, ON_A_PAGE)
    may_be_shown = set(taken_out.spoken(store, survey))
    comments: Mapping[str, ReadableComment] = {
        each: comment
        for each, comment in readable(store, READER, [reading.comment_id for reading in done]).items()
        if comment.language in may_be_shown
    }
    outs = redactions.taken_out(store, comments)
    return [
        Line(
            reading,
            comments[reading.comment_id].language,
            pieces(
                comments[reading.comment_id].text,
                0,
                len(comments[reading.comment_id].text),
                outs[reading.comment_id],
            ),
        )
        for reading in done
        if reading.comment_id in outs
    ]

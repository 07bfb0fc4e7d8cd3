"""One analysis from comments to themes: language, clauses, vectors, codebook, leftovers, names, quotes,
tone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from threadpoolctl import threadpool_limits

from analysis.assemble import themes_and_codings
from analysis.by_codebook import Sorted, by_codebook, nothing
from analysis.centre import no_offsets, shipped_offsets
from analysis.checking import current, refuse_faults
from analysis.codebook import Codebook
from analysis.encode import Encoder
from analysis.hear import Heard, hear
from analysis.language import detect
from analysis.lasting import keep_ids, named, with_confirmed
from analysis.moved import moved
from analysis.own_groups import Shown, own_groups
from analysis.records import Change, Checked, CheckedTone, Comment, Earlier, ThemeChange, ThemeSet
from analysis.texts import Texts, examples, read
from analysis.to_check import COUNT
from analysis.vectors import VectorCache
from analysis.watch import flags
from analysis.watchlist import Watchlist, load_watchlist

Progress = Callable[[str, int, int], None]

VERSION = "2"


def analyse(
    comments: Sequence[Comment],
    *,
    codebook: Codebook | None,
    encoder: Encoder | None,
    seed: int = 0,
    cache: VectorCache | None = None,
    languages: Sequence[str] | None = None,
    earlier: Earlier | None = None,
    checked: Sequence[Checked] = (),
    checked_tones: Sequence[CheckedTone] = (),
    queue: int = COUNT,
    watchlist: Watchlist | Literal["shipped"] | None = "shipped",
    progress: Progress | None = None,
) -> ThemeSet:
    """Sorts comments into the themes of `codebook` (None: pure discovery) and into groups of their own.

    `encoder` None sorts by words alone and says so in `model`. `languages` are the survey's BCP-47 tags.
    Themes keep the ids and what people decided in the `earlier` run, and `changes` says what moved since.
    What people `checked` stands, and the other comments are sorted by what was learnt from it; `to_check`
    lists at most `queue` comments to check next. `checked_tones` teaches the tone model and may open more
    languages to it. `flags` are what a person should read first by this `watchlist` (None: off, as always
    without an encoder). Equal arguments give an equal ThemeSet on the same machine.
    Raises ValueError where two comments have one id, and where a check names a theme or a comment that is
    not here.
    """
    if len({comment.id for comment in comments}) < len(comments):
        raise ValueError("two comments have the same id")
    report = progress or _silent
    # One BLAS thread, or sums could run in another order from one time to the next.
    with threadpool_limits(1):
        spoken = detect(
            [comment.text for comment in comments], [comment.language for comment in comments], languages
        )
        report("language", len(comments), len(comments))
        last = earlier or Earlier({})
        codebook = with_confirmed(codebook, last, comments, spoken)
        refuse_faults(checked, comments, codebook, last)
        said = current(checked, codebook, last)
        texts, used = read(comments, spoken, codebook, encoder, cache, lambda *at: report("vectors", *at))
        heard = hear(comments, spoken, texts, encoder, checked_tones)
        found = _sorted(texts, used, codebook, said, seed, queue, last, heard, fallback=encoder is None)
        present = {row.id: (row, vector) for row, vector in zip(texts.rows, texts.whole, strict=True)}
        members = keep_ids(found.members, last, present, codebook, {check.comment_id for check in said})
        watched = load_watchlist() if watchlist == "shipped" else watchlist
        flagged = flags(texts, watched, encoder, shipped_offsets(encoder)) if watched and encoder else []
        report("themes", 1, 1)
        themes, codings = themes_and_codings(comments, spoken, members, codebook, found.settled, heard.scores)
        report("quotes", 1, 1)
    model = _model(comments, used, codebook, seed, said, found, heard, fallback=encoder is None)
    model["watchlist"] = watched.about if watched and encoder else None
    changes: list[Change] = []
    theme_changes: list[ThemeChange] = []
    if earlier:
        changes, theme_changes = moved(
            codings,
            model,
            {comment.id for comment in comments},
            earlier,
            {check.comment_id for check in said},
        )
    return ThemeSet(
        model, named(themes, last), codings, flagged,
        {c.id: tag for c, tag in zip(comments, spoken, strict=True)}, heard.tones,
        to_check=found.queue, expected=found.expected, changes=changes, theme_changes=theme_changes,
        tone_scores=heard.scores,
    )  # fmt: skip


def _silent(stage: str, done: int, total: int) -> None:
    """No one is watching."""


def _sorted(
    texts: Texts, encoder: Encoder, codebook: Codebook | None, checked: Sequence[Checked], seed: int,
    queue: int, last: Earlier, heard: Heard, *, fallback: bool,
) -> Sorted:  # fmt: skip
    """Who belongs where: the codebook first, then what a few people said, then groups among the rest."""
    if not texts.rows:
        return nothing(checked)
    offsets = no_offsets(encoder.dim) if fallback else shipped_offsets(encoder)
    found = nothing(checked)
    if codebook:
        found = by_codebook(
            texts, examples(codebook, encoder), offsets, codebook, checked, seed, queue, words=not fallback
        )
    sorted_ids = {member.comment.id for member in found.members}
    taken = {row for row, comment in enumerate(texts.rows) if comment.id in sorted_ids}
    negative = {comment_id: (1 - score) / 2 for comment_id, score in heard.scores.items()}
    shown = Shown(examples(codebook, encoder) if codebook else None, negative)
    groups = own_groups(texts, offsets, shown, taken, seed, last, by_words=fallback)
    return replace(found, members=[*found.members, *groups])


def _model(
    comments: Sequence[Comment], encoder: Encoder, codebook: Codebook | None, seed: int,
    checked: Sequence[Checked], found: Sorted, heard: Heard, *, fallback: bool,
) -> dict[str, Any]:  # fmt: skip
    """What made this analysis: enough to make it again."""
    return {
        "analysis": VERSION,
        "name": encoder.name,
        "revision": encoder.revision,
        "sha256": encoder.sha256,
        "dim": encoder.dim,
        "fallback": fallback,
        "codebook": {"name": codebook.name, "sha256": codebook.sha256, "themes": len(codebook.themes)}
        if codebook
        else None,
        "seed": seed,
        "thresholds": {"first": found.edges.enough, "more": found.edges.more},
        "checked": {"comments": len(checked), "random": sum(check.random for check in checked)},
        "tone": heard.how,
        "comments": len(comments),
        "people": len({comment.person for comment in comments}),
    }

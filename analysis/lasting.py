"""Themes that last from one run to the next: the same id, and what people decided about them.

Found groups are matched to those of the earlier run by the comments that both runs hold. A theme that a
person named, confirmed or merged is never lost for want of a match: its comments are taken up as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from analysis.assemble import Member, group_id
from analysis.codebook import Codebook, CodebookTheme, Example
from analysis.encode import Vectors
from analysis.records import Comment, Earlier, EarlierTheme, Edits, Kind, Theme

# Two groups are one theme where they share a third of the comments that either has ...
SAME = 1 / 3
# ... and a theme that a person has worked on is preferred to one that nobody touched.
TOUCHED = 0.25
# With this much of a group in what people called no theme, it is that again.
REJECTED = 0.5
MOST_EXAMPLES = 40
PIVOT = "en"

Present = Mapping[str, tuple[Comment, Vectors]]


def with_confirmed(
    codebook: Codebook | None, earlier: Earlier, comments: Sequence[Comment], spoken: Sequence[str | None]
) -> Codebook | None:
    """The codebook and, after its own, each theme that people confirmed, with its id and their name.

    Its examples are the words it had when it was confirmed, of readable comments of this run, at most
    `MOST_EXAMPLES`; they live as long as the run. Without a codebook there is nothing to tell a theme from,
    and None stays None.
    """
    if codebook is None:
        return None
    own = {theme.id for theme in codebook.themes}
    said = {c.id: (c, tag or PIVOT) for c, tag in zip(comments, spoken, strict=True) if c.readable}
    more: list[CodebookTheme] = []
    for theme_id, theme in sorted(earlier.themes.items()):
        if theme_id in own or not _is_confirmed(theme.edits):
            continue
        mine = [(said[known], place) for known, place in sorted(theme.edits.words.items()) if known in said]
        examples = tuple(
            Example(comment.text[slice(*place)], tag)
            for (comment, tag), place in mine[:: len(mine) // MOST_EXAMPLES + 1]
        )
        if examples:
            name = theme.edits.name or theme_id
            more.append(CodebookTheme(theme_id, name, theme.edits.meaning or "", examples))
    return replace(codebook, themes=(*codebook.themes, *more)) if more else codebook


def keep_ids(
    members: Sequence[Member],
    earlier: Earlier,
    present: Present,
    codebook: Codebook | None,
    checked: Collection[str] = (),
) -> list[Member]:
    """`members` with the ids of the earlier run, merged and taken out as people decided.

    `present` holds every comment that says something with its vector (dim,); `codebook` is the one with
    the confirmed themes; to the comments in `checked`, whose themes a person gave, nothing is added. Each
    comment has exactly one primary membership.
    """
    fixed = {theme.id for theme in codebook.themes} if codebook else set()
    found: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, Kind] = {}
    for member in members:
        kinds[member.theme_id] = member.kind
        if member.kind != "codebook":
            found[member.theme_id].add(member.comment.id)
    same = match(found, earlier, present)
    for theme_id in found.keys() & earlier.themes.keys() - same.keys():
        same[theme_id] = group_id(kinds[theme_id], [theme_id, *found[theme_id]])
    kinds |= {lasting: kinds[theme_id] for theme_id, lasting in same.items()}
    settled = []
    for member in members:
        target = goes_to(same.get(member.theme_id, member.theme_id), earlier, fixed)
        if target is not None:
            settled.append(replace(member, theme_id=target))
    settled += _taken_up(earlier, fixed, present, checked, set(same.values()))
    return _tidy([replace(member, kind=_kind(member, kinds, earlier, fixed)) for member in settled])


def named(themes: Sequence[Theme], earlier: Earlier) -> list[Theme]:
    """`themes` with the names and meanings that people gave them."""
    edits = [_edits(theme.id, earlier) for theme in themes]
    return [
        replace(
            theme, name=edit.name or theme.name, meaning=edit.meaning or theme.meaning,
            names={} if edit.name else theme.names,
        )
        for theme, edit in zip(themes, edits, strict=True)
    ]  # fmt: skip


def match(groups: Mapping[str, set[str]], earlier: Earlier, present: Collection[str]) -> dict[str, str]:
    """From each found group to the earlier theme that it is, where it is one.

    One to one, so that the shares in common (Jaccard index over the comments of both runs) are largest
    together (Hungarian method, Kuhn 1955). What people called no theme takes all that is most of it.
    """
    names = sorted(groups)
    themes = sorted(theme_id for theme_id, theme in earlier.themes.items() if theme.kind != "codebook")
    if not names or not themes:
        return {}
    before = {theme_id: _members(earlier.themes[theme_id]) & set(present) for theme_id in themes}
    known = {name: groups[name] & _known(earlier) for name in names}
    alike = np.array(
        [[len(known[n] & before[t]) / max(len(known[n] | before[t]), 1) for t in themes] for n in names]
    )
    touched = np.array([TOUCHED * is_touched(earlier.themes[theme_id].edits) for theme_id in themes])
    rows, columns = linear_sum_assignment(np.where(alike >= SAME, alike + touched, 0), maximize=True)
    same = {names[r]: themes[c] for r, c in zip(rows, columns, strict=True) if alike[r, c] >= SAME}
    for name in names:
        if name not in same and (again := rejected(groups[name], earlier)):
            same[name] = again
    return same


def rejected(comment_ids: Collection[str], earlier: Earlier) -> str | None:
    """The theme people called none that holds half or more of a group's known comments, if there is one."""
    known = set(comment_ids) & _known(earlier)
    for name, theme in sorted(earlier.themes.items()):
        if known and theme.edits.not_a_theme and len(known & _members(theme)) >= REJECTED * len(known):
            return name
    return None


def is_wanted(comment_ids: Collection[str], earlier: Earlier) -> bool:
    """Whether a group is what people named, confirmed or merged before, and so must not be left out."""
    known = set(comment_ids) & _known(earlier)
    touched = [
        _members(theme)
        for theme in earlier.themes.values()
        if is_touched(theme.edits) and not theme.edits.not_a_theme
    ]
    return any(len(known & theirs) >= SAME * len(known | theirs) for theirs in touched if known)


def is_touched(edits: Edits) -> bool:
    """Whether a person decided anything about the theme."""
    return bool(
        edits.name
        or edits.meaning
        or edits.merged_into
        or edits.not_a_theme
        or edits.confirmed
        or edits.shown
    )


def _is_confirmed(edits: Edits) -> bool:
    return edits.confirmed and not edits.not_a_theme and edits.merged_into is None


def _members(theme: EarlierTheme) -> set[str]:
    return set(theme.comment_ids) or set(theme.edits.words)


def _known(earlier: Earlier) -> set[str]:
    return set(earlier.comment_ids).union(*(_members(theme) for theme in earlier.themes.values()))


def goes_to(theme_id: str, earlier: Earlier, fixed: set[str]) -> str | None:
    """Where a theme's comments go after all that people decided; None where it is no theme."""
    passed = {theme_id}
    while (target := _edits(theme_id, earlier).merged_into) and target not in passed:
        known = earlier.themes.get(target)
        # A theme that is in no codebook any more can't take anything.
        if target not in fixed and (known is None or known.kind == "codebook"):
            break
        passed.add(target)
        theme_id = target
    return None if _edits(theme_id, earlier).not_a_theme else theme_id


def _edits(theme_id: str, earlier: Earlier) -> Edits:
    theme = earlier.themes.get(theme_id)
    return theme.edits if theme else Edits()


def _taken_up(
    earlier: Earlier, fixed: set[str], present: Present, checked: Collection[str], found: set[str]
) -> list[Member]:
    """What people decided about, as it was then, wherever this run did not find it by itself."""
    more = []
    for theme_id, theme in sorted(earlier.themes.items()):
        target = goes_to(theme_id, earlier, fixed)
        decided = theme.edits.confirmed or target != theme_id or theme_id not in found
        if target is None or theme.kind == "codebook" or not is_touched(theme.edits) or not decided:
            continue
        for comment_id, (start, end) in sorted(theme.edits.words.items()):
            if comment_id in present and comment_id not in checked:
                comment, vector = present[comment_id]
                place = (start, end) if 0 <= start < end <= len(comment.text) else None
                more.append(Member(comment, target, theme.kind, 0.0, place, vector, primary=False))
    return more


def _kind(member: Member, kinds: Mapping[str, Kind], earlier: Earlier, fixed: set[str]) -> Kind:
    if member.theme_id in fixed:
        return "codebook"
    theme = earlier.themes.get(member.theme_id)
    return kinds.get(member.theme_id) or (theme.kind if theme else member.kind)


def _tidy(members: Sequence[Member]) -> list[Member]:
    """Each comment once in a theme, where it fits best, and one of its themes the primary one."""
    best: dict[tuple[str, str], Member] = {}
    for member in members:
        key = (member.comment.id, member.theme_id)
        first = best.setdefault(key, member)
        if member is not first:
            better = max(first, member, key=lambda one: one.score)
            best[key] = replace(better, primary=first.primary or member.primary)
    main: dict[str, tuple[bool, float, str]] = {}
    for member in best.values():
        rank = (member.primary, member.score, member.theme_id)
        main[member.comment.id] = max(rank, main.get(member.comment.id, rank))
    return [
        replace(member, primary=main[member.comment.id][2] == member.theme_id) for member in best.values()
    ]

"""What moved between two runs, and why: data for a page to put into words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from analysis.records import UNSORTED, Because, Change, Coding, Earlier, Fate, ThemeChange

# Half of a theme or more in one place: it went there.
MOST = 0.5
_MODEL = ("name", "revision", "sha256", "analysis", "fallback", "seed")


def moved(
    codings: Sequence[Coding],
    model: Mapping[str, Any],
    comment_ids: Collection[str],
    earlier: Earlier,
    checked: Collection[str] = (),
) -> tuple[list[Change], list[ThemeChange]]:
    """Comments of both runs whose themes differ, in the order of their ids, and what became of each theme.

    `codings` and `model` are the new run's, `comment_ids` all that it read, `checked` those that people
    gave themes.
    """
    before, after = _before(earlier), _after(codings)
    both = set(comment_ids) & (set(earlier.comment_ids) or set(before))
    why = _Why(model, comment_ids, earlier, checked).of
    other = [one for one in sorted(both) if before[one] != after[one]]
    changes = [
        Change(one, tuple(sorted(before[one])), tuple(sorted(after[one])), why(one, before[one], after[one]))
        for one in other
    ]
    return changes, _themes(before, after, both, earlier)


class _Why:
    """Looks for the first cause that holds."""

    def __init__(
        self,
        model: Mapping[str, Any],
        comment_ids: Collection[str],
        earlier: Earlier,
        checked: Collection[str],
    ) -> None:
        self._themes = earlier.themes
        self._checked = set(checked)
        last = earlier.model
        self._codebook = model.get("codebook") != last.get("codebook")
        self._everywhere: Because = "new comments"
        if any(model.get(key) != last.get(key) for key in _MODEL):
            self._everywhere = "model changed"
        elif self._codebook:
            self._everywhere = "codebook changed"
        elif model.get("thresholds") != last.get("thresholds"):
            self._everywhere = "line moved"
        elif set(comment_ids) == set(earlier.comment_ids):
            self._everywhere = "others checked"

    def of(self, comment_id: str, before: set[str], after: set[str]) -> Because:
        edits = [self._themes[theme_id].edits for theme_id in before - after if theme_id in self._themes]
        if comment_id in self._checked:
            return "a person checked it"
        if any(edit.merged_into for edit in edits):
            return "themes merged"
        if any(edit.not_a_theme for edit in edits):
            return "not a theme"
        new = [self._themes[theme_id].edits for theme_id in after - before if theme_id in self._themes]
        if self._codebook and any(edit.confirmed for edit in new):
            return "theme confirmed"
        return self._everywhere


def _before(earlier: Earlier) -> dict[str, set[str]]:
    themes: dict[str, set[str]] = defaultdict(set)
    for theme_id, theme in earlier.themes.items():
        for comment_id in theme.comment_ids:
            themes[comment_id].add(theme_id)
    return themes


def _after(codings: Sequence[Coding]) -> dict[str, set[str]]:
    themes: dict[str, set[str]] = defaultdict(set)
    for coding in codings:
        if coding.theme_id != UNSORTED:
            themes[coding.comment_id].add(coding.theme_id)
    return themes


def _themes(
    before: Mapping[str, set[str]], after: Mapping[str, set[str]], both: set[str], earlier: Earlier
) -> list[ThemeChange]:
    had, has = _turned(before), _turned(after)
    changes = []
    for theme_id in sorted(had.keys() | has.keys()):
        was, now = had.get(theme_id, set()), has.get(theme_id, set())
        fate, of = _fate(theme_id, was & both, now & both, before, after, had, has, earlier)
        changes.append(ThemeChange(theme_id, fate, len(was), len(now), len(was & now), len(now - both), of))
    return changes


def _turned(themes: Mapping[str, set[str]]) -> dict[str, set[str]]:
    comments: dict[str, set[str]] = defaultdict(set)
    for comment_id, theme_ids in themes.items():
        for theme_id in theme_ids:
            comments[theme_id].add(comment_id)
    return comments


def _fate(
    theme_id: str,
    was: set[str],
    now: set[str],
    before: Mapping[str, set[str]],
    after: Mapping[str, set[str]],
    had: Mapping[str, set[str]],
    has: Mapping[str, set[str]],
    earlier: Earlier,
) -> tuple[Fate, tuple[str, ...]]:
    if theme_id not in had:
        from_there = _most(now, before)
        return ("split", from_there) if from_there and from_there[0] in has else ("new", from_there)
    if theme_id not in has:
        edits = earlier.themes[theme_id].edits
        if edits.merged_into:
            return "merged", (edits.merged_into,)
        return ("not a theme" if edits.not_a_theme else "gone"), _most(was, after)
    gone = {other for other in had if other not in has and _most(had[other], after) == (theme_id,)}
    return ("joined", tuple(sorted(gone))) if gone else ("kept", ())


def _most(comment_ids: set[str], themes: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The theme that half of the comments or more have on the other side, if there is one."""
    count = Counter(theme_id for one in sorted(comment_ids) for theme_id in sorted(themes.get(one, ())))
    for theme_id, number in count.most_common(1):
        if number >= MOST * len(comment_ids):
            return (theme_id,)
    return ()

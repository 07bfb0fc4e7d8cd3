"""What would be different with another codebook, theme by theme."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask_babel import gettext as _

from analysis.codebook import Codebook, CodebookTheme, Example


@dataclass(frozen=True)
class ThemeChange:
    """`said` names what changed beside the examples."""

    before: CodebookTheme
    after: CodebookTheme
    said: list[str]
    examples_added: list[Example]
    examples_removed: list[Example]


@dataclass(frozen=True)
class Changes:
    added: list[CodebookTheme]
    removed: list[CodebookTheme]
    changed: list[ThemeChange]
    reordered: bool
    about_itself: bool  # its own name, version, or the languages whose names are drafts


def compare(before: Codebook, after: Codebook) -> Changes:
    old = {theme.id: theme for theme in before.themes}
    new = {theme.id: theme for theme in after.themes}
    about = [(book.id, book.name, book.version, set(book.drafts)) for book in (before, after)]
    kept = [theme_id for theme_id in old if theme_id in new]
    return Changes(
        added=[theme for theme_id, theme in new.items() if theme_id not in old],
        removed=[theme for theme_id, theme in old.items() if theme_id not in new],
        changed=[theme_change(old[each], new[each]) for each in kept if old[each] != new[each]],
        reordered=kept != [theme_id for theme_id in new if theme_id in old],
        about_itself=about[0] != about[1],
    )


def theme_change(before: CodebookTheme, after: CodebookTheme) -> ThemeChange:
    said = {
        _("another name"): before.name != after.name,
        _("another meaning"): before.definition != after.definition,
        _("something else does not belong here"): before.exclusions != after.exclusions,
        _("other names in other languages"): before.names != after.names,
        _("its number in other programs"): before.guid != after.guid,
    }
    added = minus(after.examples, before.examples)
    removed = minus(before.examples, after.examples)
    texts = Counter((e.text, e.language) for e in added) & Counter((e.text, e.language) for e in removed)
    if texts:
        said[_("marks of drafts or questions")] = True
    return ThemeChange(
        before,
        after,
        [words for words, differs in said.items() if differs],
        [example for example in added if (example.text, example.language) not in texts],
        [example for example in removed if (example.text, example.language) not in texts],
    )


def minus(these: tuple[Example, ...], those: tuple[Example, ...]) -> list[Example]:
    left = Counter(these) - Counter(those)
    return list(left.elements())

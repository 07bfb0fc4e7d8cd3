"""Which words a survey goes on with when it is published again: its files', and what came in since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from feedback.survey.definition import Survey
from feedback.survey.edition import Edition, source_texts

from .models import TextEdition


@dataclass(frozen=True)
class Before:
    """What was published last: our own words, and every number of every translation, oldest first."""

    sources: Mapping[str, str] = field(default_factory=dict)
    editions: Sequence[TextEdition] = ()

    def of(self, language: str) -> list[TextEdition]:
        return [each for each in self.editions if each.language == language]

    def knows(self, edition: Edition) -> bool:
        """Whether a file has brought just this before: then what came in since is newer than the file."""
        return edition.hash in {each.hash for each in self.of(edition.language)}


def news(before: Before, files: Mapping[str, Edition]) -> list[Edition]:
    """What to add where the survey itself is as it was."""
    return [edition for edition in files.values() if not before.knows(edition)]


def for_a_new_version(before: Before, survey: Survey, files: Mapping[str, Edition]) -> Iterator[Edition]:
    """What a new version begins with. A translation whose source has changed stays behind with its source."""
    sources = source_texts(survey)
    same = {key for key, text in sources.items() if before.sources.get(key) == text}
    for language in dict.fromkeys([*files, *(each.language for each in before.editions)]):
        file, stored = files.get(language), before.of(language)
        if file is not None:  # also one that is older than what is in use: so it is known next time
            yield file
        if stored and (file is None or before.knows(file)):
            texts = (file.texts if file else {}) | kept(stored[-1], same)
            if texts:
                yield with_reader(texts, file, stored[-1], nothing_new=len(same) == len(sources))


def kept(newest: TextEdition, same: set[str]) -> dict[str, str]:
    return {key: text for key, text in newest.texts.items() if key in same}


def with_reader(
    texts: dict[str, str], file: Edition | None, newest: TextEdition, nothing_new: bool
) -> Edition:
    """Who read it still counts where they read just these words, and all there are."""
    if file is not None and file.reviewed_by and texts == file.texts:
        return file
    if nothing_new and texts == newest.texts:
        return Edition(
            language=newest.language,
            reviewed_by=newest.reviewed_by,
            reviewed_on=newest.reviewed_on,
            texts=texts,
        )
    return Edition(language=newest.language, texts=texts)

"""`make translations` compiles what has no fault, names what has, and stops nothing."""

from __future__ import annotations

import subprocess
import sys
from gettext import GNUTranslations
from pathlib import Path

import pytest

from feedback.manage.compiling import compiled
from feedback.web.languages import LANGUAGES

ROOT = Path(__file__).parents[2]
FILE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

#, python-format
msgid "Page %(number)s"
msgstr "{words}"
"""


@pytest.fixture
def polish(tmp_path: Path) -> Path:
    path = tmp_path / "pl/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    return path


def translator_sends(path: Path, words: str) -> Path:
    path.write_text(FILE.format(plurals=LANGUAGES["pl"].plurals, words=words), encoding="utf-8")
    return path


def said(path: Path) -> str:
    with path.with_suffix(".mo").open("rb") as file:
        return GNUTranslations(file).gettext("Page %(number)s")


def test_what_is_whole_is_compiled(polish: Path) -> None:
    assert compiled([translator_sends(polish, "Strona %(number)s")]) == []
    assert said(polish) == "Strona %(number)s"


def test_a_fault_is_named_with_its_line_and_what_was_there_stays(polish: Path) -> None:
    compiled([translator_sends(polish, "Strona %(number)s")])
    faults = " ".join(compiled([translator_sends(polish, "Strona %(numer)s")]))
    assert all(each in faults for each in ("line 7", "“Page %(number)s”", "%(numer)s"))
    assert said(polish) == "Strona %(number)s"


def test_one_that_never_was_whole_is_not_compiled(polish: Path) -> None:
    assert compiled([translator_sends(polish, "Strona %(numer)s")])
    assert not polish.with_suffix(".mo").exists()


@pytest.mark.parametrize("content", [b"", b"msgid", b"\xff\xfe\x00", b'msgid "a"\nmsgstr "b"\nmsgid'])
def test_what_is_no_catalogue_is_said(polish: Path, content: bytes) -> None:
    polish.write_bytes(content)
    assert compiled([polish])
    assert not polish.with_suffix(".mo").exists()


def test_a_folder_of_no_language_is_said(tmp_path: Path) -> None:
    path = tmp_path / "tlh/LC_MESSAGES/messages.po"
    path.parent.mkdir(parents=True)
    assert "tlh" in compiled([translator_sends(path, "Strona %(number)s")])[0]


@pytest.mark.slow
def test_make_goes_on_and_names_the_fault(polish: Path) -> None:
    translator_sends(polish, "Strona %(numer)s")
    command = [sys.executable, "-m", "feedback.manage.compiling", str(polish)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "%(numer)s" in done.stderr and not polish.with_suffix(".mo").exists()

"""The page of figures says what was measured, what is short of its aim, and what it can't say."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analysis.evaluate import Figure, Section, page, write_page
from analysis.evaluate.figure import bootstrap, macro_f1, micro_f1, samples_f1
from analysis.outputs import OutputError
from analysis.words import WordEncoder

SECTIONS = [
    Section(
        "said.csv",
        "4 comments",
        {
            "grouping": [Figure("A|B", 0.5, 0.4, 0.6, reach=0.6), Figure("more", 0.7, 0.6, 0.8, reach=0.7)],
            "watch": [Figure("false alarms", 6, 5, 7, reach=5, at_most=True, note="by eye")],
            "tone": [],
        },
    )
]


def written() -> str:
    return page(SECTIONS, WordEncoder(["words"]), "python -m analysis evaluate said.csv", date(2026, 11, 22))


def test_the_page_marks_what_falls_short_and_only_that() -> None:
    lines = written().splitlines()
    assert "| A\\|B | 0.500 | 0.400 to 0.600 | at least 0.600 | **short** |" in lines
    assert "| more | 0.700 | 0.600 to 0.800 | at least 0.700 |  |" in lines
    assert "| false alarms | 6.000 | 5.000 to 7.000 | at most 5.000 | **short** by eye |" in lines


def test_the_page_says_when_with_what_and_what_people_reach() -> None:
    text = written()
    assert "2026-11-22" in text and "python -m analysis evaluate said.csv" in text
    assert ".74" in text and "### Tone" not in text


def test_a_page_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't be written"):
        write_page(tmp_path / "absent" / "page.md", "text")
    write_page(tmp_path / "page.md", "text")
    assert (tmp_path / "page.md").read_text() == "text"


def test_an_interval_holds_its_figure_and_narrows_with_more_rows() -> None:
    def share(size: int) -> Figure:
        hits = np.arange(size) % 2 == 0
        return bootstrap("share", size, 0, lambda at: float(hits[at].mean()))

    few, many = share(20), share(2_000)
    assert few.low < few.value < few.high
    assert many.high - many.low < (few.high - few.low) / 3
    assert np.isnan(bootstrap("nothing", 0, 0, lambda at: 1.0).value)


def test_f1_scores_on_a_case_done_by_hand() -> None:
    truth = np.array([[1, 0], [1, 1], [0, 1]], dtype=bool)
    said = np.array([[1, 0], [1, 0], [1, 0]], dtype=bool)
    assert micro_f1(truth, said) == pytest.approx(4 / 7)
    assert macro_f1(truth, said) == pytest.approx((4 / 5 + 0) / 2)
    assert samples_f1(truth, said) == pytest.approx((1 + 2 / 3 + 0) / 3)

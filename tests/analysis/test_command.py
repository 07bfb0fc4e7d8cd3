"""python -m analysis, as an owner types it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from analysis.__main__ import main
from analysis.weights import ensure

from .conftest import CODEBOOK, SAID, Group, Write

ROOT = Path(__file__).parents[2]
FILES = {"themes.json", "codings.csv", "flags.csv", "check.csv", "changes.csv", "report.html"}
HEADER = ["comment_id", "theme_id", "score", "start", "end", "primary"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one sentence on standard error with which the command ends at 2."""
    assert main([str(argument) for argument in arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    return said.err


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.weights
def test_group_writes_the_four_files(group: Group) -> None:
    found = group([*SAID, "", "😀 The lady was very kind 😀 but I waited five hours."])
    assert list(found["themes"]) == ["model", "themes"]
    assert [list(theme) for theme in found["themes"]["themes"]] == [
        [
            "id", "name", "meaning", "kind", "keywords", "people", "languages", "quotes", "names",
            "keywords_by_language", "subtitle", "other_view",
        ]
    ] * len(found["themes"]["themes"])  # fmt: skip
    assert list(found["themes"]["themes"][0]["quotes"][0]) == [
        "comment_id",
        "start",
        "end",
        "text",
        "language",
    ]
    assert list(found["codings"][0]) == HEADER
    assert found["flags"] == "comment_id,topic,score\n"
    assert [c for c in found["codings"] if c["comment_id"] == "c8"] == [
        dict(zip(HEADER, ["c8", "unsorted", "0.0000", "0", "0", "1"], strict=True))
    ]


@pytest.mark.weights
def test_places_are_code_points_of_the_text_as_given(group: Group) -> None:
    text = "👩‍👩‍👧 The lady was very kind 😀 but I waited five hours."
    found = group([text])
    parts = {c["theme_id"]: text[int(c["start"]) : int(c["end"])] for c in found["codings"]}
    assert parts["waiting"] == "but I waited five hours."
    assert "kind" in parts["kindness"]


@pytest.mark.weights
def test_each_comment_has_exactly_one_primary_row(group: Group) -> None:
    found = group([*SAID, "", "one", "The lady was kind but I waited. The lady was kind but I waited."])
    primary = [c["comment_id"] for c in found["codings"] if c["primary"] == "1"]
    assert sorted(primary) == sorted(f"c{n}" for n in range(11))
    assert {c["primary"] for c in found["codings"]} <= {"0", "1"}


THREE_LANGUAGES = [
    *((text, "en") for text in SAID),
    ("Czekałem na wizytę kilka godzin, ale pani była bardzo miła.", "pl"),
    ("Nikt do mnie nie oddzwonił, chociaż prosiłam trzy razy.", "pl"),
    ("اضطررت إلى الانتظار ساعات طويلة. لم يشرح لي أحد السبب.", "ar"),
    ("كان الموظفون لطفاء جدا معي ومع أمي", "ar"),
    ("😀 =1+1 <b>kind</b> \u202estaff\u202c, but we waited", "en"),
    ("", ""),
]


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize("codebook", ["two themes", "none"])
def test_the_same_input_gives_the_same_bytes_in_another_process(
    write_csv: Write, codebook_file: Path, tmp_path: Path, codebook: str
) -> None:
    said = [
        (f"{text} ({n})" if text else "", language) for n in range(3) for text, language in THREE_LANGUAGES
    ]
    path = write_csv([(f"c{n}", *each) for n, each in enumerate(said)], header=["id", "text", "language"])
    one, two = tmp_path / "one", tmp_path / "two"
    options = ["--codebook", codebook_file if codebook == "two themes" else "none", "--seed", "7"]
    assert main(["group", str(path), "--out", str(one), *map(str, options)]) == 0
    done = run("group", path, "--out", two, *options, PYTHONHASHSEED="11")
    assert done.returncode == 0, done.stderr
    assert "100%" in done.stderr
    assert done.stdout == ""
    files = [{file.name: file.read_bytes() for file in folder.iterdir()} for folder in (one, two)]
    assert files[0] == files[1]
    assert set(files[0]) == FILES
    texts = {f"c{n}": text for n, (text, _) in enumerate(said)}
    for theme in json.loads(files[0]["themes.json"])["themes"]:
        for quote in theme["quotes"]:
            assert quote["text"] == texts[quote["comment_id"]][quote["start"] : quote["end"]] != ""


@pytest.mark.weights
def test_pure_discovery_names_no_codebook(group: Group) -> None:
    found = group([f"{text} Part {n}." for n in range(4) for text in SAID], "--codebook", "none")
    assert found["themes"]["model"]["codebook"] is None
    assert {theme["kind"] for theme in found["themes"]["themes"]} <= {"suggested", "few"}


@pytest.mark.weights
@pytest.mark.parametrize(
    "texts",
    [
        ["One comment."],
        ["The same words"] * 20,
        ["", "  "],
        ["😀", "👍👍", "💔"],
        ["word " * 12_000],
        ["nul\x00inside it", "\u202eright to left\u202c and back", '=HYPERLINK("http://x","y")', "Z̷̡̛͚a̵l̶g̴o̸"],
    ],
    ids=["one", "all the same", "all blank", "only emoji", "60,000 characters", "odd"],
)
def test_odd_comments_end_well(group: Group, texts: list[str]) -> None:
    found = group(texts)
    assert len([c for c in found["codings"] if c["primary"] == "1"]) == len(texts)
    html5lib.HTMLParser(strict=True).parse(found["report"])


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "There is no file" in refused(capsys, "group", tmp_path / "no.csv", "--out", tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"id,text\n", "has a header but no rows"),
        (b"id,comment\n1,hello\n", "has no column text"),
        (b"id,text\n1,caf\xe9\n", "is not UTF-8"),
        ("id,text\n1,hello\n".encode("utf-16"), "is not UTF-8"),
        (b"id,text\n1,hello\n1,again\n", "has the id '1' twice"),
        (b"id,text\n,hello\n", "has no id"),
        (b"id,text\n1,hello,again\n", "has 3 cells where 2 are named"),
        (b'id,text\n1,"hello\n', "is not CSV"),
        (b"id,text,text\n1,a,b\n", "names a column twice"),
    ],
)
def test_input_that_cannot_be_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "comments.csv"
    path.write_bytes(content)
    assert sentence in refused(capsys, "group", path, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_broken_codebook_names_each_fault(
    capsys: pytest.CaptureFixture[str], write_csv: Write, tmp_path: Path
) -> None:
    broken = json.loads(json.dumps(CODEBOOK))
    del broken["themes"][0]["examples"][2]["text"]
    broken["themes"][1]["id"] = "waiting"
    path = tmp_path / "broken.json"
    path.write_text(json.dumps(broken))
    said = refused(capsys, "group", write_csv([("1", "hello")]), "--out", tmp_path / "o", "--codebook", path)
    assert "themes[0].examples[2].text: is missing; write one sentence that shows the theme" in said
    assert "themes[1].id: is the same as themes[0].id" in said


@pytest.mark.parametrize("seed", ["x", "-1", "1.5", "4294967296", "٣", ""])
def test_a_seed_that_is_no_whole_number_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], seed: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["group", "comments.csv", "--out", "out", f"--seed={seed}"])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.count("\n") == 1
    assert "--seed: must be a whole number from 0 to 4294967295" in said


def test_a_folder_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], write_csv: Write, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    said = refused(capsys, "group", write_csv([("1", "hello")]), "--out", tmp_path / "file" / "out")
    assert "can't be written" in said


@pytest.mark.weights
def test_weights_that_are_another_file_are_refused_and_not_passed_over(
    capsys: pytest.CaptureFixture[str], write_csv: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(ensure().read_bytes())
    data[-1] ^= 1
    changed = tmp_path / "weights.bin"
    changed.write_bytes(data)
    monkeypatch.setenv("HEARD_WEIGHTS", str(changed))
    said = refused(capsys, "group", write_csv([("1", "hello")]), "--out", tmp_path / "out")
    assert "not the file we know" in said
    assert "not the file we know" in refused(capsys, "weights")


@pytest.mark.slow
def test_without_weights_it_sorts_by_words_and_says_so_everywhere(
    write_csv: Write, codebook_file: Path, tmp_path: Path
) -> None:
    path = write_csv([(f"c{n}", text) for n, text in enumerate(SAID * 3)])
    nowhere = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}
    absent = str(tmp_path / "weights" / "absent.bin")
    done = run(
        "group", path, "--out", tmp_path / "out", "--codebook", codebook_file, HEARD_WEIGHTS=absent, **nowhere
    )
    assert done.returncode == 0, done.stderr
    assert "can't be downloaded just now" in done.stderr
    assert "Sorting by words alone" in done.stderr
    found = json.loads((tmp_path / "out" / "themes.json").read_text("utf-8"))
    assert (found["model"]["fallback"], found["model"]["name"]) == (True, "words")
    assert {theme["id"] for theme in found["themes"]} >= {"waiting", "kindness"}
    assert "Sorted by words alone." in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert not Path(absent).exists()


@pytest.mark.weights
def test_a_byte_order_mark_and_other_columns_do_no_harm(
    write_csv: Write, codebook_file: Path, tmp_path: Path
) -> None:
    rows = [("2026", "é1", "The wait was long.", "ann", "en"), ("2026", "é2", "Kind\nstaff", "ann", "../..")]
    path = write_csv(rows, header=["year", "id", "text", "person", "language"], encoding="utf-8-sig")
    assert main(["group", str(path), "--out", str(tmp_path / "out"), "--codebook", str(codebook_file)]) == 0
    with (tmp_path / "out" / "codings.csv").open(newline="", encoding="utf-8") as file:
        assert {row["comment_id"] for row in csv.DictReader(file)} == {"é1", "é2"}
    found = json.loads((tmp_path / "out" / "themes.json").read_text("utf-8"))
    assert found["model"]["people"] == 1


class _Outside(HTMLParser):
    """Collects what a page would fetch or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.h1 = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.h1 += tag == "h1"
        self.found += [tag] if tag in ("script", "link", "img", "iframe", "object") else []
        self.found += [
            name
            for name, value in attrs
            if name == "src"
            or name.startswith("on")
            or (name == "href" and not (value or "").startswith("#"))
        ]


@pytest.mark.weights
def test_the_report_is_one_whole_page_and_what_people_wrote_is_inert(group: Group) -> None:
    naughty = [
        "<script>alert(1)</script> I waited for hours and hours",
        '"><img src=x onerror=alert(1)> they were very kind to me',
        "{{ 7*7 }} {% raw %} I waited a long time here",
        "<a href='javascript:alert(1)'>the wait was far too long</a>",
    ]
    page = group([*naughty, *SAID])["report"]
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    outside = _Outside(page)
    assert outside.found == []
    assert outside.h1 == 1
    assert tree.get("lang") == "en"
    assert tree.findtext("head/title") == "What we heard"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page


@pytest.mark.weights
def test_quotes_in_the_report_have_their_own_language_and_direction(
    write_csv: Write, codebook_file: Path, tmp_path: Path
) -> None:
    rows = [
        ("1", "اضطررت إلى الانتظار ساعات طويلة.", "ar"),
        ("2", "Bu'n rhaid i mi aros am oriau maith.", "cy"),
    ]
    path = write_csv(rows, header=["id", "text", "language"])
    assert main(["group", str(path), "--out", str(tmp_path / "out"), "--codebook", str(codebook_file)]) == 0
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert '<blockquote lang="ar" dir="rtl"><p>اضطررت إلى الانتظار ساعات طويلة.</p></blockquote>' in page
    assert '<blockquote lang="cy" dir="ltr">' in page
    assert "a few people" in page
    assert "1 person" not in page.replace("from a few people", "")


@pytest.mark.weights
def test_evaluate_prints_figures_with_their_intervals(
    capsys: pytest.CaptureFixture[str], write_csv: Write, codebook_file: Path
) -> None:
    rows = [
        (f"c{n}", f"{text} Number {n}.", "en", "waiting" if n % 8 < 4 else "kindness|staff", "negative")
        for n, text in enumerate(SAID * 5)
    ]
    path = write_csv(rows, header=["id", "text", "language", "labels", "sentiment"])
    assert main(["evaluate", str(path), "--codebook", str(codebook_file)]) == 0
    figures = capsys.readouterr().out
    for name in ("AMI", "ARI", "micro F1", "macro F1", "samples F1", "negative comments found"):
        assert name in figures


def test_evaluate_needs_labels(capsys: pytest.CaptureFixture[str], write_csv: Write) -> None:
    assert "has no column labels or topic" in refused(capsys, "evaluate", write_csv([("1", "hello")]))

"""python -m analysis codebook check | convert | copy"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from analysis.codebook import SHIPPED, Codebook, Reading, load_codebook, read_file, write_file
from analysis.tag import is_tag

EACH_ON_ITS_LINE = ";\n  "


def add_to(commands: argparse._SubParsersAction[Any]) -> None:
    """Puts the three commands under `codebook`."""
    parser = commands.add_parser("codebook", help="check, convert or copy a codebook (.json, .csv, .qdc)")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    one = actions.add_parser("check", help="say what is wrong with a codebook, or what is in it")
    one.add_argument("file", metavar="FILE|NAME", help=f"a file, or one of {', '.join(SHIPPED)}")
    one.set_defaults(run=check, between_faults=EACH_ON_ITS_LINE)
    two = actions.add_parser("convert", help="write a codebook as another kind of file")
    two.add_argument("source", metavar="IN")
    two.add_argument("target", type=Path, metavar="OUT")
    two.add_argument(
        "--language", type=_tag, default="en", help="of the words of a .qdc, which does not say (default: en)"
    )
    two.add_argument(
        "--with", dest="known", metavar="FILE|NAME",
        help="a codebook whose themes keep their ids and examples where a .qdc has their guid",
    )  # fmt: skip
    two.set_defaults(run=convert, between_faults=EACH_ON_ITS_LINE)
    three = actions.add_parser("copy", help="copy a shipped codebook, to make it your own")
    three.add_argument("name", choices=SHIPPED)
    three.add_argument("target", type=Path, metavar="OUT")
    three.set_defaults(run=copy, between_faults=EACH_ON_ITS_LINE)


def check(options: argparse.Namespace) -> None:
    """Prints what is in a codebook."""
    reading = _read(options.file)
    print(f"{options.file} can be used: {_counted(reading.codebook)}.")
    _print_gaps(reading)


def convert(options: argparse.Namespace) -> None:
    """Writes a codebook as another kind of file, and prints what that kind can't hold."""
    known = load_codebook(options.known) if options.known else None
    reading = _read(options.source, options.language, known)
    write_file(reading.codebook, options.target)
    print(f"{options.target}: {_counted(reading.codebook)}.")
    _print_gaps(reading)
    if options.target.suffix.lower() == ".qdc":
        print("A .qdc holds names and definitions only: keep the examples in a .json or .csv beside it.")


def copy(options: argparse.Namespace) -> None:
    """Writes a shipped codebook to a file of one's own."""
    codebook = load_codebook(options.name)
    write_file(codebook, options.target)
    print(f"{options.target}: {_counted(codebook)}.")


def _read(source: str, language: str = "en", known: Codebook | None = None) -> Reading:
    if source in SHIPPED:
        return Reading(load_codebook(source))
    return read_file(Path(source), language, known)


def _counted(codebook: Codebook) -> str:
    examples = [example for theme in codebook.themes for example in theme.examples]
    languages = Counter(example.language for example in examples)
    said = ", ".join(f"{tag} {number}" for tag, number in languages.most_common())
    drafts = sum(example.draft for example in examples)
    return f"{len(codebook.themes)} themes, {len(examples)} examples ({said}), {drafts} of them drafts"


def _print_gaps(reading: Reading) -> None:
    if reading.without_examples:
        print(
            "Without examples, so their name and definition stand in for them; write some: "
            + ", ".join(reading.without_examples)
        )
    if reading.groups:
        print("These only held other codes together and are no themes: " + ", ".join(reading.groups))


def _tag(text: str) -> str:
    if not is_tag(text):
        raise argparse.ArgumentTypeError("must be a language tag, such as en")
    return text

"""python -m analysis group | codebook | weights | evaluate | speed"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from analysis import evaluate, group_command, outputs, speed, weights
from analysis.codebook import Codebook, CodebookError
from analysis.codebook import command as codebook_command
from analysis.encode import EncoderUnavailable, load_encoder
from analysis.group_command import codebook_of
from analysis.inputs import InputError, read_comments
from analysis.kept import WARNING, FolderCache

FAULT = 2
# What scikit-learn takes.
LARGEST_SEED = 2**32 - 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when done, 2 with one sentence on standard error when it can't be."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except CodebookError as error:
        between = getattr(options, "between_faults", "; ")
        return _refuse(f"The codebook can't be used: {between.join(error.faults)}.")
    except (InputError, outputs.OutputError, EncoderUnavailable, weights.WeightsUnavailable) as error:
        return _refuse(str(error))
    except KeyboardInterrupt:
        return _refuse("Stopped; nothing was written.")
    return 0


def fetch_weights(options: argparse.Namespace) -> None:
    """Fetches the weights, or finds them in place and right."""
    path = weights.ensure()
    weights.read_checked(path)
    print(path)


def measure(options: argparse.Namespace) -> None:
    """Prints how well the grouping agrees with labels that people gave."""
    encoder = load_encoder(weights.ensure())
    cache = FolderCache(options.cache) if options.cache else None
    if cache:
        print(WARNING.format(folder=cache.folder), file=sys.stderr)
    sections = [
        evaluate.measure(path, _codebook_for(path, options.codebook), encoder, options.seed, cache)
        for path in options.labelled
    ]
    if cache:
        cache.close()
    print(evaluate.as_text(sections))
    if options.page:
        command = shlex.join(["python", "-m", "analysis", "evaluate", *map(str, options.labelled)])
        evaluate.write_page(options.page, evaluate.page(sections, encoder, command, date.today()))


def time_encoder(options: argparse.Namespace) -> None:
    """Prints comments a second, the share of what this machine's products can do, and what the rest takes."""
    print(speed.report(read_comments(options.input) if options.input else None))


def _codebook_for(path: Path, choice: str | None) -> Codebook | None:
    """Topics of another field than services have no codebook of ours, unless one is named."""
    return None if choice is None and evaluate.has_topics(path) else codebook_of(choice)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAULT


class _Parser(argparse.ArgumentParser):
    """Refuses in one sentence; what there is to choose from is behind --help."""

    def error(self, message: str) -> NoReturn:
        self.exit(FAULT, f"{message[:1].upper()}{message[1:]}; see {self.prog} --help\n")


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_SEED):
        raise argparse.ArgumentTypeError(f"must be a whole number from 0 to {LARGEST_SEED}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m analysis", description="From comments to themes.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    group_command.add_to(commands, _seed)
    codebook_command.add_to(commands)
    two = commands.add_parser("weights", help="fetch the model's weights, or check them")
    two.set_defaults(run=fetch_weights)
    three = commands.add_parser(
        "evaluate", help="compare with labels that people gave (id,text,labels or topic)"
    )
    three.add_argument("labelled", type=Path, nargs="+", metavar="LABELLED.csv")
    three.add_argument("--page", type=Path, metavar="FILE.md", help="also write the figures as a page")
    three.add_argument("--codebook", metavar="FILE|NAME|none")
    three.add_argument("--seed", type=_seed, default=0)
    three.add_argument(
        "--cache", type=Path, metavar="FOLDER", help="keep vectors there; as secret as the comments"
    )
    three.set_defaults(run=measure)
    four = commands.add_parser("speed", help="time the encoder, and all the rest, on this machine")
    four.add_argument("input", type=Path, nargs="?", metavar="INPUT.csv", help="comments to time the rest on")
    four.set_defaults(run=time_encoder)
    return parser


if __name__ == "__main__":
    sys.exit(main())

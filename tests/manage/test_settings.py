"""A wrong setting stops the start, by name; nothing unsafe starts by mistake."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedback.settings import ROOT, SettingError, Settings


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"HEARD_DEMO": "1", "HOST": "0.0.0.0"}, "HEARD_DEMO"),
        ({"HEARD_DEMO": "1", "HOST": "heard.example"}, "HEARD_DEMO"),
        ({"HEARD_DEMO": "1", "HOST": "192.168.1.7"}, "HEARD_DEMO"),
        ({"HEARD_DEMO": "maybe"}, "HEARD_DEMO"),
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"HEARD_BACKUP_DAYS": "-1"}, "HEARD_BACKUP_DAYS"),
        ({"HEARD_PROXIES": "nginx"}, "HEARD_PROXIES"),
    ],
)
def test_a_wrong_setting_is_named(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingError, match=named):
        Settings.load(environ)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "::1"])
def test_the_demonstration_starts_on_this_machine(host: str) -> None:
    assert Settings.load({"HEARD_DEMO": "1", "HOST": host}).demo


def test_outside_the_demonstration_any_host_may_be_served() -> None:
    assert not Settings.load({"HOST": "0.0.0.0"}).demo


@pytest.mark.parametrize("given", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_goes_by_its_usual_names(given: str) -> None:
    assert Settings.load({"DATABASE_URL": given}).database_url == "postgresql+psycopg://u@h/d"


def flask(*command: str, instance: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT, env=os.environ | {"HEARD_INSTANCE": str(instance)} | environ,
        text=True, capture_output=True,
    )  # fmt: skip


@pytest.mark.slow
def test_without_a_key_it_refuses_to_start_and_says_how_to_make_one(tmp_path: Path) -> None:
    refused = flask("db", "migrate", instance=tmp_path)
    assert refused.returncode == 1
    assert "Heard can't start." in refused.stderr and "key create" in refused.stderr
    assert "Traceback" not in refused.stderr

    made = flask("key", "create", instance=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "heard.key").stat().st_mode & 0o777 == 0o600
    assert flask("db", "migrate", instance=tmp_path).returncode == 0

    before = (tmp_path / "heard.key").read_bytes()
    again = flask("key", "create", instance=tmp_path)
    assert again.returncode == 1 and "left as it was" in again.stderr
    assert (tmp_path / "heard.key").read_bytes() == before


@pytest.mark.slow
def test_a_wrong_setting_is_one_sentence_in_the_terminal(tmp_path: Path) -> None:
    refused = flask("db", "migrate", instance=tmp_path, HEARD_DEMO="1", HOST="0.0.0.0")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Heard can't start. HEARD_DEMO works on this machine only")


@pytest.mark.slow
def test_a_web_process_carries_no_model(migrated: Path) -> None:
    """Two of them and a worker must fit one small machine: numpy belongs to the worker."""
    heavy = {"numpy", "scipy", "sklearn", "py3langid", "textblob"}
    code = f"import sys, wsgi; print(sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=os.environ | {"HEARD_INSTANCE": str(migrated)},
        text=True, capture_output=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "[]"

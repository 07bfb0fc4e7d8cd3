"""What Lighthouse says of the first pages on a slow phone: performance and accessibility, median of five."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import sync_playwright

from feedback.settings import ROOT
from feedback.store import surveys
from feedback.survey.loading import load_bundle
from tests.browser.phone import CHROMIUMS

from .sites import Site, site

VERSION = "12.8.2"
LEAST, TIMES = 0.98, 5
CATEGORIES = ("performance", "accessibility")


@dataclass(frozen=True)
class Judged:
    page: str
    performance: float
    accessibility: float
    machine: float  # Lighthouse's own index of how fast this machine was just then

    @property
    def is_met(self) -> bool:
        return min(self.performance, self.accessibility) >= LEAST


def missing() -> str | None:
    """What would have to be installed first; None where all is there."""
    lacking = [name for name in ("node", "npx") if shutil.which(name) is None]
    return f"{' and '.join(lacking)} (Node.js 20 or newer)" if lacking else None


def judge_all() -> Iterator[Judged]:
    """The start page and the first question page of the experience survey, as a browser first meets them."""
    with site("SQLite") as here:
        surveys.publish(
            here.store, load_bundle(ROOT / "feedback/survey/library/experience.json"), date.today()
        )
        address, cookie = first_question(here)  # and the server is awake
        yield judge("start page", f"{here.server.url}/s/experience", {})
        yield judge("first question", address, {"Cookie": cookie})


def first_question(here: Site) -> tuple[str, str]:
    connection = HTTPConnection("127.0.0.1", here.server.port, timeout=10)
    connection.request("POST", "/s/experience/begin", headers={"Content-Length": "0"})
    answer = connection.getresponse()
    place, cookie = answer.getheader("Location", ""), answer.getheader("Set-Cookie", "")
    return f"{here.server.url}{place}", cookie.partition(";")[0]


def judge(page: str, url: str, headers: dict[str, str]) -> Judged:
    found: list[dict[str, float]] = [look(url, headers) for _ in range(TIMES)]
    performance, accessibility, machine = (
        statistics.median(each[name] for each in found) for name in (*CATEGORIES, "machine")
    )
    return Judged(page, performance, accessibility, machine)


def look(url: str, headers: dict[str, str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="heard-lighthouse-") as folder:
        report = Path(folder) / "report.json"
        done = subprocess.run(
            [
                "npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--form-factor=mobile",
                "--output=json", f"--output-path={report}", f"--only-categories={','.join(CATEGORIES)}",
                f"--extra-headers={json.dumps(headers)}",
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
            ],
            env=os.environ | {"CHROME_PATH": chromium()}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode or not report.exists():
            raise RuntimeError(f"Lighthouse came to a halt:\n{done.stderr[-2000:]}")
        said = json.loads(report.read_text())
    if said.get("runtimeError"):
        raise RuntimeError(f"Lighthouse could not look at {url}: {said['runtimeError']['message']}")
    scores = {name: said["categories"][name]["score"] for name in CATEGORIES}
    return scores | {"machine": said["environment"]["benchmarkIndex"]}


def chromium() -> str:
    """The system's, else Playwright's own, as for the tests in a browser."""
    system = next((path for name in reversed(CHROMIUMS) if (path := shutil.which(name))), None)
    if system:
        return system
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path

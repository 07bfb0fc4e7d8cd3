"""`python -m tests.bench`: one run, printed as it goes. Ends with 1 where a promise was broken,
and with 2 where something that is promised could not be measured here."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys

from feedback.settings import ROOT
from tests.browser.every_page import LANGUAGES
from tests.faults.killing import kill_under_load

from . import lighthouse
from .guessing import LEAST, MOST, compare_all
from .sites import fsyncs_per_second, site
from .slow_link import MOST_MS, open_slowly
from .verdict import judged, verdict
from .weights import LIMIT, weigh_all

CLIENTS, SECONDS, DRAFTS = 16, 12, 480
LEAST_SHARE, MOST_P95 = 0.30, 150
KILLS, ACKNOWLEDGED = 20, 2000


def main() -> int:
    say(f"Python {platform.python_version()}, {os.cpu_count()} cores shared with the load; ", end="")
    say(f"{fsyncs_per_second():,.0f} fsync/s. Judge by the shares: they are from one run.\n")
    text, status = judged(
        {
            "answering": throughput(),
            "killed during load": killed(),
            "guessed codes": guessed(),
            "weight of the first question": weights(),
            "slow link": slow_link(),
            "without a network": without_a_network(),
            "Lighthouse": seen_by_lighthouse(),
            "axe": looked_at_by_axe(),
            "analysis": analysis(),
        }
    )
    say(f"\n{text}")
    return status


def throughput() -> bool:
    say(f"Answering, {CLIENTS} clients: start page to receipt, and the final sending alone")
    say(
        f"  {'store':<11} {'walks/s':>8} {'share':>6} {'sends/s':>8} {'share':>6} {'p95 ms':>7} {'max ms':>7}"
    )
    nothing = measured("nothing")
    met = True
    for name in ("nothing", "SQLite", "PostgreSQL"):
        figures = nothing if name == "nothing" else measured(name)
        walking, sending = figures["walks_per_second"], figures["sends_per_second"]
        walks = walking / nothing["walks_per_second"]
        sends = sending / nothing["sends_per_second"]
        say(
            f"  {name:<11} {walking:>8.1f} {walks:>6.0%} {sending:>8.0f} {sends:>6.0%}"
            f" {figures['send_p95_ms']:>7.0f} {figures['send_max_ms']:>7.0f}"
        )
        met = met and walks >= LEAST_SHARE and sends >= LEAST_SHARE and figures["send_p95_ms"] < MOST_P95
    say(f"  target: at least {LEAST_SHARE:.0%} of nothing, p95 under {MOST_P95} ms: {verdict(met)}\n")
    return met


def measured(name: str) -> dict[str, float]:
    with site(name) as measured_site:
        port = str(measured_site.server.port)
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.crowd", port, str(CLIENTS), str(SECONDS), str(DRAFTS)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        sys.exit(f"The crowd over {name} came to a halt:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def killed() -> bool:
    say(f"kill -9 of the server during load: {KILLS} kills, {ACKNOWLEDGED:,} acknowledged, 5 % sent again")
    met = True
    for name in ("SQLite", "PostgreSQL"):
        with site(name) as doomed:

            def kill(server=doomed.server) -> None:
                server.kill()
                server.start()

            tally = kill_under_load(doomed.server, doomed.store, kill, KILLS, ACKNOWLEDGED, longest=900)
        enough = tally.kills >= KILLS and len(tally.acknowledged) >= ACKNOWLEDGED
        met = met and tally.is_clean and enough
        say(
            f"  {name:<11} {tally.kills} kills, {len(tally.acknowledged):,} acknowledged: lost {tally.lost}, "
            f"partial {tally.partial}, doubled {tally.doubled}, other receipt {tally.replies_differ}"
        )
        for error in tally.errors:
            say(f"    {error}")
    say(f"  target: lost 0, doubled 0: {verdict(met)}\n")
    return met


def guessed() -> bool:
    say("A right code against a wrong one, by turns: ms, medians")
    met = True
    for compared in compare_all():
        met = met and compared.is_met
        say(
            f"  {compared.database:<11} {compared.what:<23} {compared.right:>6.2f} {compared.wrong:>6.2f}"
            f"   ratio {compared.ratio:.2f}"
        )
    say(f"  target: each ratio from {LEAST} to {MOST}: {verdict(met)}\n")
    return met


def weights() -> bool:
    say("First question page, gzipped bytes: HTML + style + script")
    met = True
    for weight in weigh_all():
        met = met and weight.total <= LIMIT
        say(
            f"  {weight.survey:<12} {weight.language:<8} {weight.html:>6,} + {weight.style:>5,} + "
            f"{weight.script:>5,} = {weight.total:>6,}"
        )
    say(f"  target: at most {LIMIT:,} in every language: {verdict(met)}\n")
    return met


def seen_by_lighthouse() -> bool | None:
    say(f"Lighthouse {lighthouse.VERSION}, mobile, median of {lighthouse.TIMES}")
    if lacking := lighthouse.missing():
        say(f"  !! NOT MEASURED: {lacking} is not installed. Everything else goes on.\n")
        return None
    met = True
    for page in lighthouse.judge_all():
        met = met and page.is_met
        say(
            f"  {page.page:<15} performance {page.performance:.2f}, accessibility "
            f"{page.accessibility:.2f} (machine {page.machine:,.0f})"
        )
    say(f"  target: each at least {lighthouse.LEAST}: {verdict(met)}\n")
    return met


def without_a_network() -> bool:
    say("200 answers kept in three tabs; 5 kills, a quarter of the replies lost, tokens expired or missing")
    met = passes(["tests/browser/test_offline_crowd.py"], "HEARD_CROWD")
    say(f"  target: 200 rows, 0 lost, 0 doubled: {verdict(met)}\n")
    return met


def passes(tests: list[str], asked: str) -> bool:
    """Whether these tests pass, with more asked of them than in `make test`."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", *tests],
        cwd=ROOT, env=os.environ | {asked: "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith(("E  ", "FAILED", "ERROR"))]
    for line in lines[:20]:
        say(f"  {line}")
    return done.returncode == 0


def looked_at_by_axe() -> bool:
    say("axe (light, dark, forced colours), 44 px, keyboard, 400 %, text spacing: every page, every language")
    met = passes(["tests/browser/test_accessible.py"], "HEARD_EVERY_LANGUAGE")
    say(f"  target: nothing found in {len(LANGUAGES)} languages: {verdict(met)}\n")
    return met


def slow_link() -> bool:
    say("Over 400 kbit/s and 400 ms, nothing kept yet: ms until words show and until all is there")
    met = True
    for opened in open_slowly():
        met = met and opened.slowest <= MOST_MS
        start, question = opened.start, opened.question
        say(
            f"  {opened.language:<10} start page {start[0]:>5.0f} {start[1]:>5.0f}   "
            f"first question {question[0]:>5.0f} {question[1]:>5.0f}   "
            f"then {opened.later:,} bytes, to go on without a network"
        )
    say(f"  target: at most {MOST_MS:,} ms: {verdict(met)}\n")
    return met


def analysis() -> bool:
    say("Analysis")
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    for line in (done.stdout or done.stderr).strip().splitlines():
        say(f"  {line}")
    return done.returncode == 0


def say(text: str, end: str = "\n") -> None:
    print(text, end=end, flush=True)


if __name__ == "__main__":
    sys.exit(main())

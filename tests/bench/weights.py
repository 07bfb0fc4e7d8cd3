"""What the first question page weighs on the way to a phone: HTML, style and script, gzipped."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from feedback import create_app
from feedback.settings import ROOT
from feedback.store import surveys
from feedback.store.database import Store
from feedback.survey.loading import load_bundle
from tests.support.respondent import Respondent

LIMIT = 12 * 1024
LIBRARY = ROOT / "feedback" / "survey" / "library"


@dataclass(frozen=True)
class Weight:
    survey: str
    language: str
    html: int
    style: int
    script: int

    @property
    def total(self) -> int:
        return self.html + self.style + self.script


def weigh_all() -> Iterator[Weight]:
    """Each ready survey in each language it is offered in."""
    with tempfile.TemporaryDirectory(prefix="heard-weights-") as folder:
        app = create_app(
            instance=Path(folder), key_file=Path(folder) / "heard.key",
            database_url=f"sqlite:///{folder}/heard.db", demo=True,
        )  # fmt: skip
        store: Store = app.extensions["heard_store"]
        store.migrate()
        for path in sorted(LIBRARY.glob("*.json")):
            if path.suffixes == [".json"]:
                bundle = load_bundle(path)
                surveys.publish(store, bundle, date.today())
                published = surveys.find(store, bundle.survey.slug)
                assert published is not None
                for language in published.languages:
                    yield weigh(app, bundle.survey.slug, language)
        store.engine.dispose()


def weigh(app: Flask, slug: str, language: str) -> Weight:
    someone = Respondent(app).opens(slug, language).begins()
    page = someone.page
    assert someone.response is not None
    html = someone.response.request.path + "?" + someone.response.request.query_string.decode()
    style = sum(gzipped(someone, link.get("href", "")) for link in page.all("link") if is_style(link))
    script = sum(gzipped(someone, each.get("src", "")) for each in page.all("script") if each.get("src"))
    return Weight(slug, language, gzipped(someone, html), style, script)


def is_style(link) -> bool:
    return link.get("rel") == "stylesheet"


def gzipped(someone: Respondent, url: str) -> int:
    """Bytes of the body as served to a browser that takes gzip."""
    response = FlaskClient.open(  # not the strict client's: it would want to read the page
        someone.client, url, headers={"Accept-Encoding": "gzip"}, base_url=someone.base_url
    )
    assert response.status_code == 200 and response.headers["Content-Encoding"] == "gzip", url
    return len(response.get_data())

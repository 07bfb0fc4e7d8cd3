from __future__ import annotations

from flask import Flask

from feedback.report.labels import language_name


def test_a_language_nobody_could_tell_is_not_called_english(app: Flask) -> None:
    with app.test_request_context():
        names = [language_name(tag) for tag in ("so", "und", "xx-what")]
    assert names == ["Somali", "Language not known", "xx-what"]

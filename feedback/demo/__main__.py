"""`python -m feedback.demo`: what `make demo` runs once everything is installed."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

from flask import Flask
from flask_security import hash_password

from feedback import create_app
from feedback.manage.serve import serve
from feedback.settings import SettingError, Settings
from feedback.store import runs, staff, surveys
from feedback.store.database import Store
from feedback.store.encryption import KeyFileError
from feedback.store.surveys import PublishedSurvey

from . import card, load

ROUGH = (
    "The language model's weights could not be had, so the report was made with the fallback: "
    "words alone, much rougher. Try again later with: make demo"
)


def main() -> int:
    try:
        settings = Settings.load(demo=True)
        app = create_app(settings)
    except (SettingError, KeyFileError) as error:
        say(f"The demonstration can't start. {error}")
        return 1
    return serve(settings, Demonstration(app, settings).announce)


class Demonstration:
    """Everything that is ready before the first page is served."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.settings = settings
        self.store: Store = app.extensions["heard_store"]
        self.store.migrate()
        load.publish_library(self.store, date.today())
        self.survey = found(self.store, load.SLUG)
        if new := load.load_answers(self.store, self.survey):
            say(f"{new} invented answers were loaded.")
        load.analyse(app, self.survey)
        self.passwords = card.passwords(settings.instance / "demo.json")
        with app.app_context():
            self.let_staff_in()

    def let_staff_in(self) -> None:
        datastore = staff.StaffDatastore(self.store)
        for role, email in card.STAFF.items():
            given = self.passwords[role]
            user = datastore.find_user(email=email)
            if user is None or not user.verify_and_update_password(given):
                staff.save(self.store, email, hash_password(given), [role])

    def announce(self, address: str) -> None:
        offered = [
            {"slug": slug, "languages": found(self.store, slug).languages}
            for slug in surveys.slugs(self.store)
        ]
        made = card.make(address, offered, load.SLUG, self.passwords)
        card.write(self.settings.instance / "demo.json", made)
        done = runs.newest_done(self.store, self.survey.survey_id)
        if done is None or load.is_rough(done):
            say(ROUGH)
        say(what_to_open(made))


def found(store: Store, slug: str) -> PublishedSurvey:
    survey = surveys.find(store, slug)
    if survey is None:
        raise LookupError(f"the library has no survey called {slug}")
    return survey


def what_to_open(made: dict[str, Any]) -> str:
    lines = ["", "Heard is ready. All answers in it are invented, for demonstration.", ""]
    lines += [
        f"  Answer   {made['url']}/s/{each['slug']}  ({', '.join(each['languages'])})"
        for each in made["surveys"]
    ]
    lines += [f"  Sign in  {made['url']}/sign-in"]
    lines += [f"             {each['role']}: {each['user']}  {each['password']}" for each in made["sign_ins"]]
    lines += [f"  Read     {made['report']}", "", "Stop with Ctrl-C.", ""]
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

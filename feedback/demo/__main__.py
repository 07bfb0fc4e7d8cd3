"""`python -m feedback.demo`: what `make demo` runs once everything is installed."""

from __future__ import annotations

import multiprocessing
import sys
from datetime import date
from typing import Any

from flask import Flask
from flask_security import hash_password

from feedback import create_app
from feedback.manage.serve import serve
from feedback.settings import SettingError, Settings
from feedback.store import redactions, runs, staff, surveys
from feedback.store.database import Store
from feedback.store.encryption import KeyFileError

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
    # A process of its own, so that the model's memory is given back before anything is served.
    preparing = multiprocessing.get_context("fork").Process(target=prepare, args=(app,))
    preparing.start()
    preparing.join()
    if preparing.exitcode:
        return 1
    store: Store = app.extensions["heard_store"]
    passwords = card.passwords(settings.instance / card.NAME)
    with app.app_context():
        let_staff_in(store, passwords)
    owner = staff.StaffDatastore(store).find_user(email=card.STAFF["owner"])
    if owner is not None:
        load.look_at_groups(store, load.find(store, load.SLUG), owner.id, date.today())

    def announce(address: str) -> None:
        made = card.make(address, offered(store), load.SLUG, passwords)
        card.write(settings.instance / card.NAME, made)
        if is_rough(store):
            say(ROUGH)
        say(what_to_open(made))

    return serve(settings, announce)


def prepare(app: Flask) -> None:
    """Migrate, publish, load, analyse: whatever of it is not done yet."""
    store: Store = app.extensions["heard_store"]
    store.migrate()
    load.publish_library(store, date.today())
    survey = load.find(store, load.SLUG)
    if new := load.load_answers(store, survey):
        say(f"{new} invented answers were loaded.")
    if new or not redactions.done(store, survey.survey_id, 0, 1):
        load.read_invented(store, survey, date.today())
    load.analyse(app, survey)


def let_staff_in(store: Store, passwords: dict[str, str]) -> None:
    datastore = staff.StaffDatastore(store)
    for role, email in card.STAFF.items():
        user = datastore.find_user(email=email)
        if user is None or not user.verify_and_update_password(passwords[role]):
            staff.save(store, email, hash_password(passwords[role]), [role])


def offered(store: Store) -> list[dict[str, Any]]:
    return [{"slug": slug, "languages": load.find(store, slug).languages} for slug in surveys.slugs(store)]


def is_rough(store: Store) -> bool:
    done = runs.newest_done(store, load.find(store, load.SLUG).survey_id)
    return done is None or load.is_rough(done)


def what_to_open(made: dict[str, Any]) -> str:
    lines = ["", "Heard is ready. All answers in it are invented, for demonstration.", ""]
    for survey in made["surveys"]:
        lines.append(f"  Answer   {made['url']}/s/{survey['slug']}  ({', '.join(survey['languages'])})")
    lines.append(f"  Sign in  {made['url']}/sign-in")
    for person in made["sign_ins"]:
        lines.append(f"             {person['role']}: {person['user']}  {person['password']}")
    lines += [f"  Read     {made['report']}", "", "Stop with Ctrl-C.", ""]
    return "\n".join(lines)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

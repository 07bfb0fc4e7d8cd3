"""How answers come in."""

from __future__ import annotations

from flask import Flask

from feedback.survey.signposts import signposts_for

from .aloud import aloud
from .coming_back import coming_back
from .embed import init_embed
from .guard_rules import guard_rules
from .kiosk import kiosk
from .offline import offline, on_this_phone
from .outbox import outbox
from .promise import the_promise
from .receipt import receipt
from .routes import collect
from .short_links import short_links
from .voice import voice


def init_collect(app: Flask) -> None:
    app.register_blueprint(collect)
    app.register_blueprint(coming_back)
    app.register_blueprint(receipt)
    app.register_blueprint(short_links)
    app.register_blueprint(kiosk)
    init_embed(app)
    app.register_blueprint(guard_rules)
    app.register_blueprint(offline)
    app.register_blueprint(outbox)
    app.register_blueprint(voice)
    app.register_blueprint(aloud)
    app.jinja_env.globals.update(
        the_promise=the_promise, signposts_for=signposts_for, on_this_phone=on_this_phone
    )

"""What is done from a terminal: `flask --app wsgi COMMAND`, one file for each group."""

from __future__ import annotations

from flask import Flask

from . import analyse, comments, database, key, retention, serving, staff, survey, translations

COMMANDS = (
    survey.survey,
    staff.staff,
    key.key,
    database.db,
    retention.retention,
    comments.import_comments,
    analyse.analyse,
    serving.serve,
    translations.translations,
)


def init_commands(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)

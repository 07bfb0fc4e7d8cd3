"""What people have decided about themes by now, and line by line how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import func, select

from . import runs
from .database import Store
from .loop_models import ThemeEdit
from .models import Run
from .staff_models import User

CODEBOOK = "codebook"


@dataclass(frozen=True)
class Decided:
    """All that people have decided about a theme by now; `seen` is its newest row, 0 where there is none."""

    seen: int = 0
    kind: str = CODEBOOK
    name: str | None = None
    meaning: str | None = None
    merged_into: str | None = None
    not_a_theme: bool = False
    confirmed: bool = False
    shown: bool = False

    @property
    def sorting(self) -> tuple[str | None, bool, bool]:
        """What the next analysis goes by."""
        return self.merged_into, self.not_a_theme, self.confirmed

    @property
    def is_out(self) -> bool:
        return self.not_a_theme or self.merged_into is not None


@dataclass(frozen=True)
class Edit:
    """A line of the history."""

    id: int
    theme_id: str
    deed: str
    state: Decided
    by: str | None
    made_on: date
    is_newest: bool


def decided(store: Store, survey_id: int) -> dict[str, Decided]:
    """By theme; themes that nobody decided about are not in it."""
    with store.read() as session:
        rows = session.scalars(select(ThemeEdit).where(ThemeEdit.id.in_(newest_ids(survey_id)))).all()
    return {row.theme_id: state_of(store, row) for row in rows}


def newest_ids(survey_id: int) -> Any:
    return select(func.max(ThemeEdit.id)).where(ThemeEdit.survey_id == survey_id).group_by(ThemeEdit.theme_id)


def history(store: Store, survey_id: int) -> list[Edit]:
    """Every decision, the newest first."""
    with store.read() as session:
        newest = set(session.scalars(newest_ids(survey_id)))
        rows = session.execute(
            select(ThemeEdit, User.email)
            .outerjoin(User, User.id == ThemeEdit.user_id)
            .where(ThemeEdit.survey_id == survey_id)
            .order_by(ThemeEdit.id.desc())
        ).all()
    return [
        Edit(row.id, row.theme_id, row.deed, state_of(store, row), email, row.made_on, row.id in newest)
        for row, email in rows
    ]


def number(store: Store, survey_id: int) -> int:
    with store.read() as session:
        return (
            session.scalar(
                select(func.count()).select_from(ThemeEdit).where(ThemeEdit.survey_id == survey_id)
            )
            or 0
        )


def state_of(store: Store, row: ThemeEdit) -> Decided:
    words: dict[str, str | None] = {}
    if row.words_sealed is not None:
        words = cast(
            dict[str, str | None],
            store.keyring.open_json(row.words_sealed, place(row.survey_id, row.theme_id)),
        )
    return Decided(
        seen=row.id,
        kind=row.kind,
        name=words.get("name"),
        meaning=words.get("meaning"),
        merged_into=row.merged_into,
        not_a_theme=row.not_a_theme,
        confirmed=row.confirmed,
        shown=row.shown,
    )


def newest_run(survey_id: int) -> Any:
    return (
        select(Run.id)
        .where(Run.survey_id == survey_id, Run.state == runs.DONE)
        .order_by(Run.id.desc())
        .limit(1)
    )


def place(survey_id: int, theme_id: str) -> str:
    return f"theme_edit.words:{survey_id}:{theme_id}"

"""What is kept. Columns named *_sealed hold ciphertext; see encryption.py."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {  # named, so that an error can be mapped to what it means and a migration can drop it
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {dict[str, Any]: JSON, bytes: LargeBinary}


class Survey(Base):
    __tablename__ = "survey"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)


class SurveyVersion(Base):
    """Immutable once published: answers stay readable for ever."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    definition: Mapped[dict[str, Any]]
    published_on: Mapped[date]


class TextEdition(Base):
    """The words of one survey version in one language; several numbers, the newest is offered."""

    __tablename__ = "text_edition"
    __table_args__ = (UniqueConstraint("survey_version_id", "language", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    language: Mapped[str] = mapped_column(String(35))
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
    reviewed_by: Mapped[str | None] = mapped_column(String(200))
    reviewed_on: Mapped[date | None]
    texts: Mapped[dict[str, Any]]


class Draft(Base):
    """Answers on their way; dies at expires_at, at submission and at quick exit."""

    __tablename__ = "draft"
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    answers_sealed: Mapped[bytes]
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds since 1970
    # Where one may come back with the code: by what it is found, and the key that it opens.
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    key_sealed: Mapped[bytes | None]


class Import(Base):
    """Comments an organisation already held: where from, and what people had been told."""

    __tablename__ = "import"
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    source: Mapped[str] = mapped_column(String(200))
    told: Mapped[str] = mapped_column(String(2000))
    reading_choice: Mapped[int]
    imported_on: Mapped[date]


class Response(Base):
    """One person's answers. Nothing about their device; the day, never the time."""

    __tablename__ = "response"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    survey_version_id: Mapped[int] = mapped_column(ForeignKey("survey_version.id"))
    text_edition_id: Mapped[int | None] = mapped_column(ForeignKey("text_edition.id"))  # none: source text
    language: Mapped[str] = mapped_column(String(35))
    mode: Mapped[str] = mapped_column(String(20))
    service: Mapped[str | None] = mapped_column(String(100))
    received_on: Mapped[date]
    reading_choice: Mapped[int]
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    words_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    answers_sealed: Mapped[bytes]  # every answer that is not free text
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"))
    came_by: Mapped[str | None] = mapped_column(String(10))  # open, invited; none where it was brought in


class Comment(Base):
    """One free-text answer."""

    __tablename__ = "comment"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(60))
    text_sealed: Mapped[bytes]


class Amendment(Base):
    """A change to a response by its teller, under the key of the draft that brought it."""

    __tablename__ = "amendment"
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    response_id: Mapped[str] = mapped_column(ForeignKey("response.id", ondelete="CASCADE"), index=True)
    receipt_sealed: Mapped[bytes]


class MissedGuesses(Base):
    """How many receipt codes were guessed in vain in one hour, in one of many boxes; see guesses.py."""

    __tablename__ = "missed_guesses"
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # hours since 1970
    box: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class Tombstone(Base):
    """A withdrawn or expired response: keeps a late retry from bringing it back."""

    __tablename__ = "tombstone"
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))  # withdrawn, retention
    gone_on: Mapped[date]


class Run(Base):
    """One analysis. The truth of it is this row and its lease; the queue only carries the id."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    state: Mapped[str] = mapped_column(String(10))  # waiting, running, done, failed
    requested_on: Mapped[date]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None] = mapped_column(String(32))  # whose: a worker proves its lease when it writes
    lease_until: Mapped[int] = mapped_column(BigInteger, default=0)
    stage: Mapped[str] = mapped_column(String(40), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(300), default="")
    finished_on: Mapped[date | None]
    model: Mapped[dict[str, Any] | None]
    figures: Mapped[dict[str, Any] | None]  # the numbers as they stood: a withdrawal never rewrites them


class Theme(Base):
    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("run_id", "theme_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    theme_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10))  # codebook, suggested, few
    position: Mapped[int]
    from_codebook: Mapped[dict[str, Any] | None]  # name and meaning that we wrote; none for a suggested theme
    learned_words_sealed: Mapped[
        bytes | None
    ]  # name, meaning, keywords made of people's words: as secret as they


class Coding(Base):
    """Comment span -> theme: a reference, never a copy of words."""

    __tablename__ = "coding"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[str] = mapped_column(String(80))
    score: Mapped[float]
    start: Mapped[int]
    end: Mapped[int]
    primary: Mapped[bool]
    by_person: Mapped[bool] = mapped_column(default=False)  # a person said so
    near: Mapped[list[Any] | None] = mapped_column(JSON)  # the machine's reasons: analysis.records.Near


class ThemeQuote(Base):
    """Words that stand for a theme: the most typical come first, and one may say otherwise."""

    __tablename__ = "theme_quote"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    language: Mapped[str | None] = mapped_column(String(35))
    other_view: Mapped[bool] = mapped_column(default=False)


class CommentReading(Base):
    """What the machine made of a comment as a whole in one run."""

    __tablename__ = "comment_reading"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    comment_id: Mapped[str] = mapped_column(
        ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    language: Mapped[str | None] = mapped_column(String(35))
    tone: Mapped[str] = mapped_column(String(12))


class Vector(Base):
    """The vector cache: sealed, under keyed hashes, gone with its comment."""

    __tablename__ = "vector"
    comment_id: Mapped[str] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    vector_sealed: Mapped[bytes]

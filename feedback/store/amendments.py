"""A sent response, corrected or added to by its teller: whole or not at all, and once.

Unchanged words keep their comment, and with it all that people made of it. Changed ones are new words: what
leaned on the old goes with them.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from . import recordings, runs
from .comments import open_text
from .database import Store
from .drafts import draft_hash
from .models import Amendment, Comment, Draft, Response, Tombstone
from .removal import forget_theme_words
from .responses import Outcome, Submission, became_of, sealed_comments, words_hash
from .voice_models import Transcript


class ChangedElsewhere(Exception):
    """The response is no longer as it was when this change was begun; `now` names how it is."""

    def __init__(self, now: str) -> None:
        super().__init__()
        self.now = now


def state_of(store: Store, response_id: str) -> str | None:
    """Names what a response says now, so that a later change to it can be told; None where it is gone."""
    with store.read() as session:
        found = session.scalar(select(Response.words_hash).where(Response.id == response_id))
    return found.hex() if found else None


def amend(
    store: Store, submission: Submission, response_id: str, receipt: str, was: str, today: date
) -> Outcome:
    """Put what was submitted in place of what the response says. A retry with the same key does nothing.

    Raises ChangedElsewhere unless the response still is as `was` says.
    """
    earlier = became_of(store, submission.key)
    if earlier is not None:
        return earlier
    key_hash = draft_hash(store, submission.key)
    with store.write() as session:
        runs.lock_survey(session, submission.survey_id)
        response = session.get(Response, response_id)
        if response is None:
            session.execute(delete(Draft).where(Draft.key_hash == key_hash))
            gone = {"survey_id": submission.survey_id, "reason": "withdrawn", "gone_on": today}
            session.merge(Tombstone(key_hash=key_hash, **gone))
            return Outcome(None, first=False, same_words=True)
        if session.get(Amendment, key_hash) is None:
            if response.words_hash.hex() != was:
                raise ChangedElsewhere(response.words_hash.hex())
            put_in_place(store, session, response, submission, key_hash)
            sealed = store.keyring.seal(receipt.encode(), f"amendment.receipt:{key_hash.hex()}")
            session.add(Amendment(key_hash=key_hash, response_id=response_id, receipt_sealed=sealed))
            runs.request_if_analysed(session, submission.survey_id, today)
        session.execute(delete(Draft).where(Draft.key_hash == key_hash))
    return Outcome(receipt, first=True, same_words=True)


def put_in_place(
    store: Store, session: Session, response: Response, submission: Submission, key_hash: bytes
) -> None:
    comments = session.scalars(select(Comment).where(Comment.response_id == response.id)).all()
    spoken = set(session.scalars(select(Transcript.comment_id).where(Transcript.comment_id.in_(
        [comment.id for comment in comments]
    ))))  # fmt: skip
    unsaid = recordings.put_in_place(session, response.id, key_hash, submission.voices)
    typed = [comment for comment in comments if comment.id not in spoken]
    kept = {c.question for c in typed if submission.words.get(c.question) == open_text(store, c)}
    gone = [comment.id for comment in typed if comment.question not in kept] + unsaid
    quieter = submission.reading_choice < response.reading_choice
    forget_theme_words(session, [comment.id for comment in comments] if quieter else gone)
    session.execute(delete(Comment).where(Comment.id.in_(gone)))
    new = {question: text for question, text in submission.words.items() if question not in kept}
    if new:
        session.execute(insert(Comment), sealed_comments(store, response.id, new))
    values = {
        "service": submission.service,
        "reading_choice": int(submission.reading_choice),
        "words_hash": words_hash(store, submission),
        "answers_sealed": store.keyring.seal_json(
            dict(submission.answers), f"response.answers:{response.id}"
        ),
    }
    if not kept and spoken <= set(unsaid):  # all the words are new, so their language is the one of now
        values |= {"language": submission.language, "text_edition_id": submission.edition_id}
    session.execute(update(Response).where(Response.id == response.id).values(values))

"""Who may read a person's words: four steps, each with the ones before it."""

from __future__ import annotations

from enum import IntEnum


class ReadingChoice(IntEnum):
    NOBODY = 1  # counted, sorted by a computer, seen by no person
    PLAN_AND_PAY = 2  # those who plan and pay for the service
    SERVICE = 3  # the service too
    ANYONE = 4  # may be published

    @classmethod
    def from_answer(cls, answer: str | None) -> ReadingChoice:
        """Unanswered means the first step: silence is never permission."""
        return cls[answer.upper()] if answer else cls.NOBODY

    @property
    def answer(self) -> str:
        return self.name.lower()


class Reader(IntEnum):
    """Who is asking; the value is the lowest step whose words they may see."""

    COMMISSIONER = ReadingChoice.PLAN_AND_PAY
    SERVICE = ReadingChoice.SERVICE
    PUBLIC = ReadingChoice.ANYONE

"""What people said about themselves, one question at a time: never crossed with another, nor with themes."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from feedback.store.counted_answers import LEFT_OUT
from feedback.store.report import StoredReport
from feedback.survey import about_you
from feedback.survey.about_you import SetQuestion, Topic, question_set
from feedback.survey.edition import Phrase

from . import tables
from .small_numbers import Count, count
from .tables import Row

MOST_ROWS = 12  # of a longer list only what somebody chose is shown


@dataclass(frozen=True)
class AskedAbout:
    label: Phrase
    rows: list[Row]  # in the order they were offered; empty where so few answered that nothing may be shown


@dataclass(frozen=True)
class AboutPeople:
    """One set of questions. Who was never asked is in none of its numbers."""

    asked: Count
    yes: Count
    questions: list[AskedAbout]


def about_people(report: StoredReport) -> list[AboutPeople]:
    """Each set that people were asked; a run that was made before there were any has none."""
    return [
        AboutPeople(
            asked=count(numbers["asked"]),
            yes=count(numbers["yes"]),
            questions=[
                asked_about(name, topic, question, numbers["questions"][about_you.PREFIX + question.id])
                for topic in question_set(name).topics
                for question in topic.questions
                if about_you.PREFIX + question.id in numbers["questions"]
            ],
        )
        for name, numbers in report.figures.get("about_you", {}).items()
        if name in about_you.set_names()
    ]


def asked_about(set_name: str, topic: Topic, question: SetQuestion, answers: dict[str, int]) -> AskedAbout:
    say = about_you.words_of(question_set(set_name), question)
    label = say["label"]("")
    if question.show_if:  # "Which of these?" says nothing without the answer it followed from
        first = about_you.words_of(question_set(set_name), topic.questions[0])
        led_here = first[f"options.{question.show_if}"]("").text
        label = Phrase(_("%(answer)s: %(question)s", answer=led_here, question=label.text), label.language)
    offered = [option.id for option in question.options]
    if len(offered) > MOST_ROWS:
        offered = [each for each in offered if each in answers]
    labels = {each: say[f"options.{each}"]("").text for each in offered} | {LEFT_OUT: _("Left out")}
    shown = {
        row.key: row
        for row in tables.table({each: answers.get(each, 0) for each in labels}, lambda key: labels[key])
    }
    return AskedAbout(label, [shown[each] for each in labels if each in shown])

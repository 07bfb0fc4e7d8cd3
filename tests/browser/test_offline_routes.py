"""The script's way through a survey is the server's way: the same cases, both asked."""

from __future__ import annotations

import json
import random
from typing import Any

from playwright.sync_api import Browser
from werkzeug.datastructures import MultiDict

from feedback.collect.offline import rule
from feedback.settings import ROOT
from feedback.survey import routing
from feedback.survey.definition import Survey
from feedback.survey.forms import PageForm
from feedback.survey.loading import parse_survey
from feedback.survey.typed import whole_number

SCRIPT = (ROOT / "feedback/static/offline-routes.js").read_text()
ASK = """cases => cases.map(([rules, pages]) => {
  const answers = heardRoutes.answersOf(rules, pages);
  return [heardRoutes.path(rules, answers), heardRoutes.onPath(rules, answers)];
})"""
NUMBERS = [
    "", " ", "5", " 5 ", "1 000", "-3", "\u22123", "٣", "۴۲", "४२", "৭", "７", "5.5", "five", "--1", "-",
    "\u200e12\u200f", "999999999999", "1234567890123", "1\u00a0000", "1e3", "٣3", "𝟗",
]  # fmt: skip
OPTIONS = ("yes", "no", "some")
CASES = 300


def a_survey(chance: random.Random) -> Survey:
    """Pages of every kind, some of them shown only after some answers, or only after others."""
    asked: list[tuple[str, str]] = []
    pages = []
    for number in range(chance.randint(2, 7)):
        questions: list[dict[str, Any]] = []
        for each in range(chance.randint(1, 3)):
            kind = chance.choice(["one_choice", "several_choices", "scale", "number", "month", "short_text"])
            question: dict[str, Any] = {"id": f"q{number}_{each}", "type": kind, "label": "?"}
            if kind in {"one_choice", "several_choices", "scale"}:
                question["options"] = [{"id": option, "label": option} for option in OPTIONS]
            questions.append(question | show_if(chance, asked))
        pages.append({"id": f"p{number}", "questions": questions} | show_if(chance, asked))
        asked += [(question["id"], question["type"]) for question in questions]
    return parse_survey({"slug": "any", "title": "Any", "intro": "Any", "pages": pages})


def show_if(chance: random.Random, asked: list[tuple[str, str]]) -> dict[str, Any]:
    if not asked or chance.random() < 0.5:
        return {}
    question, kind = chance.choice(asked)
    values = {"number": ["0", "3", "42", "-3"], "month": ["2026-03", "0007-01"], "short_text": ["Yes", "x"]}
    wanted = chance.sample(values.get(kind, list(OPTIONS)), k=chance.randint(1, 2))
    return {"show_if": {"question": question, "is": wanted, "not": chance.random() < 0.4}}


def what_a_form_held(chance: random.Random, survey: Survey) -> dict[str, list[tuple[str, str]]]:
    held: dict[str, list[tuple[str, str]]] = {}
    for page in survey.pages:
        fields: list[tuple[str, str]] = []
        for question in page.questions:
            name = question.id
            if question.type == "several_choices":
                fields += [(name, option) for option in OPTIONS if chance.random() < 0.4]
            elif question.type == "number":
                fields.append((name, chance.choice([*NUMBERS, "3", "42", "0"])))
            elif question.type == "month":
                fields.append((f"{name}-month", chance.choice(["", "3", "٣", "13", "1"])))
                fields.append((f"{name}-year", chance.choice(["", "2026", "٢٠٢٦", "7", "x"])))
            elif question.type == "short_text":
                fields.append((name, chance.choice(["", "  ", "Yes", "x", "<b>no</b>"])))
            elif chance.random() < 0.7:
                fields.append((name, chance.choice(["", *OPTIONS])))
        if chance.random() < 0.8:
            held[page.id] = fields
    return held


def in_order(kept: dict[str, Any]) -> dict[str, Any]:
    """A form orders ticks as the survey does; a phone as they stand on the page: both are the same."""
    return {name: sorted(value) if isinstance(value, list) else value for name, value in kept.items()}


def test_both_find_the_same_path_and_the_same_answers(browser: Browser) -> None:
    chance = random.Random(4)
    cases, expected = [], []
    for _case in range(CASES):
        survey = a_survey(chance)
        held = what_a_form_held(chance, survey)
        answers: dict[str, Any] = {}
        for page in survey.pages:
            form = PageForm(survey, page, MultiDict(held.get(page.id, [])))
            answers |= {name: value for name, value in form.values().items() if value is not None}
        rules = [
            {
                "id": page.id,
                "show_if": rule(page.show_if),
                "questions": [
                    {"id": each.id, "type": each.type, "show_if": rule(each.show_if)}
                    for each in page.questions
                ],
            }
            for page in survey.pages
        ]
        cases.append([rules, held])
        path = [page.id for page in routing.path(survey, answers)]
        expected.append([path, in_order(routing.on_path(survey, answers))])
    page = browser.new_page()
    page.evaluate(SCRIPT)
    found = [[path, in_order(kept)] for path, kept in page.evaluate(ASK, json.loads(json.dumps(cases)))]
    page.close()
    for case, ours, theirs in zip(cases, expected, found, strict=True):
        assert ours == theirs, case
    forked = [case for case, (path, _kept) in zip(cases, expected, strict=True) if len(path) < len(case[0])]
    assert len(forked) > CASES / 4, "enough of them leave something out"


def test_both_read_the_same_numbers_in_every_script(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate(SCRIPT)
    found = page.evaluate("texts => texts.map(heardRoutes.wholeNumber)", NUMBERS)
    page.close()
    assert dict(zip(NUMBERS, found, strict=True)) == {text: whole_number(text) for text in NUMBERS}

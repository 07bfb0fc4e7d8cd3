"""Many open answers at once, or the same words again and again, are said; nothing is left out for it."""

from __future__ import annotations

from datetime import date, timedelta

from feedback.store.bursts import OpenAnswer, find, number_alike

FIRST = date(2026, 3, 2)
TOLD = "The lift was broken for three weeks and nobody came to look at it although we rang every day."


def answers(*by_day: int, service: str | None = None) -> list[OpenAnswer]:
    return [
        OpenAnswer(f"{service}-{day}-{each}", FIRST + timedelta(days=day), service)
        for day, number in enumerate(by_day)
        for each in range(number)
    ]


def days(found: list[OpenAnswer]) -> list[tuple[str, str | None, int, int]]:
    return [tuple(each.values()) for each in find(found, {})["days"]]


def test_most_of_them_on_one_day() -> None:
    assert days(answers(2, 3, 42, 2, 4, 3, 4)) == [("2026-03-04", None, 42, 60)]


def test_what_is_usual_is_no_burst() -> None:
    assert days(answers(30, 32, 41, 28)) == []
    assert days(answers(2, 3, 19, 2, 4)) == [], "too few to say"


def test_nothing_is_usual_on_the_first_day() -> None:
    assert days(answers(60)) == []


def test_a_small_place_is_where_it_matters_most() -> None:
    assert days(answers(60, 5, 4)) == [("2026-03-02", None, 60, 69)]
    assert days(answers(3, 0, 0, 500)) == [("2026-03-05", None, 500, 503)]


def test_a_burst_about_one_service_shows_in_a_busy_survey() -> None:
    busy = answers(90, 95, 88, 92, service="hostel")
    pushed = answers(4, 3, 25, 4, service="clinic")
    assert days([*busy, *pushed]) == [("2026-03-04", "clinic", 25, 36)]


def said(*texts: str) -> dict[str, list[str]]:
    return {str(number): [text] for number, text in enumerate(texts)}


def test_nearly_the_same_words_are_found_however_they_are_dressed() -> None:
    dressed = [TOLD, TOLD.upper(), f"Hello. {TOLD}", TOLD.replace("three", "four"), f"{TOLD}!!"]
    assert number_alike(said(*dressed)) == 5
    assert number_alike(said(*dressed[:4])) == 0, "four are a few"


def test_in_a_script_without_spaces_too() -> None:
    assert number_alike(said(*["电梯坏了三个星期，没有人来看，虽然我们每天都打电话，真的很难受。"] * 6)) == 6


def test_what_people_say_alike_by_chance_is_not_the_same() -> None:
    short = ["Very good service, thank you."] * 8
    stories = [f"I waited weeks for my {what}." for what in ("bed", "key", "bus", "form", "cup")]
    different = [
        "The lift was broken and my mother could not leave the house for a whole month.",
        "Nobody rang back although they had promised to do so by the end of that week.",
        "A kind woman at the desk found me a room the same night and even a warm meal.",
        "They lost my papers twice and I had to tell everything again from the beginning.",
        "The rooms are cold in winter and the heating is only on for two hours a day.",
    ]
    assert number_alike(said(*short, *stories, *different)) == 0


def test_one_person_with_the_same_words_twice_is_one_answer() -> None:
    assert number_alike({"one": [TOLD] * 6}) == 0

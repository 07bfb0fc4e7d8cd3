"""From files to a checked survey: every fault named by its path, with what to do."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from .definition import Survey
from .edition import Edition, source_texts
from .parts import NOBODY_IS_WATCHING

ADVICE = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not known here: take it out or correct its name",
    "literal_error": "must be {expected}",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "model_type": "must be an object in braces",
    "string_too_short": "is empty: write something",
    "string_too_long": "is too long: at most {max_length} characters",
    "too_short": "needs at least {min_length} entry",
    "string_pattern_mismatch": "may only hold small letters, digits and joins: {pattern}",
}


class SurveyError(Exception):
    """Why a survey can't be used: one line for each fault, `path: what to do`."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Bundle:
    """A survey and its text editions, by language."""

    survey: Survey
    editions: dict[str, Edition]


def load_bundle(path: Path) -> Bundle:
    """Read NAME.json, the services CSV it names and the editions beside it (NAME.<tag>.json)."""
    document = read_json(path)
    if isinstance(document, dict) and isinstance(document.get("services"), str):
        document = document | {"services": read_services(path.parent / document["services"])}
    survey = parse_survey(document)
    editions: dict[str, Edition] = {}
    for file in sorted(path.parent.glob(f"{path.stem}.*.json")):
        edition = parse_edition(read_json(file), survey, file.name)
        if file.name != f"{path.stem}.{edition.language}.json":
            raise SurveyError([f"{file.name}: language: says {edition.language}; name the file after it"])
        editions[edition.language] = edition
    return Bundle(survey, editions)


def parse_survey(document: Any) -> Survey:
    try:
        return Survey.model_validate(document)
    except ValidationError as error:
        raise SurveyError(faults(error)) from None


def parse_edition(document: Any, survey: Survey, name: str) -> Edition:
    try:
        edition = Edition.model_validate(document)
    except ValidationError as error:
        raise SurveyError([f"{name}: {fault}" for fault in faults(error)]) from None
    unknown = sorted(set(edition.texts) - set(source_texts(survey)))
    if unknown:
        raise SurveyError(
            [f"{name}: texts.{key}: the survey has no such text: take it out" for key in unknown]
        )
    if edition.language == survey.default_language:
        raise SurveyError([f"{name}: language: is the survey's own; its words belong in the survey"])
    return edition


def publishing_faults(survey: Survey) -> list[str]:
    """What is still missing before people may be asked."""
    missing = []
    if survey.notice is None:
        missing.append("notice: is missing: say who is responsible, contact, purpose, how to complain")
    if survey.keep_months is None:
        missing.append("keep_months: is missing: say how many months words are kept")
    if survey.minimum_age is None:
        missing.append("minimum_age: is missing: say from what age people may answer (0 for any)")
    if survey.sensitive and not survey.signposts:
        missing.append("signposts: a sensitive survey needs at least one place to get help")
    if survey.safeguarding and survey.nobody_is_watching:
        missing.append("nobody_is_watching: take it out, as safeguarding names somebody who reads")
    someone_reads = survey.readers or survey.safeguarding
    if survey.sensitive and not someone_reads and survey.nobody_is_watching != NOBODY_IS_WATCHING:
        missing.append(
            "readers: a sensitive survey names its readers and their hours, or has "
            f'nobody_is_watching: "{NOBODY_IS_WATCHING}"'
        )
    return missing


def faults(error: ValidationError) -> list[str]:
    return [f"{dotted(fault['loc'])}: {advice(fault)}" for fault in error.errors()]


def dotted(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "survey"


def advice(fault: Any) -> str:
    template = ADVICE.get(fault["type"])
    if template:
        return template.format(**fault.get("ctx", {}))
    return str(fault["msg"]).removeprefix("Value error, ")


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SurveyError([f"{path}: there is no such file"]) from None
    except UnicodeDecodeError:
        raise SurveyError([f"{path}: is not UTF-8 text: save it as UTF-8"]) from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise SurveyError([f"{path}: is not JSON: {error}"]) from None
    except OSError as error:
        raise SurveyError([f"{path}: can't be read: {error.strerror}"]) from None


def read_services(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise SurveyError([f"services: {path} can't be read: give a UTF-8 CSV with id,name"]) from None
    if not rows or not {"id", "name"} <= set(rows[0]):
        raise SurveyError([f"services: {path} needs the columns id,name and at least one row"])
    return [{"id": row["id"], "name": row["name"]} for row in rows]

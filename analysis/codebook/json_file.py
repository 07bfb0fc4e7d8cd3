"""A codebook as JSON: everything in it, one example a line, so that two versions compare well."""

from __future__ import annotations

import json
from typing import Any

from analysis.codebook.checks import checked
from analysis.codebook.model import Codebook, CodebookError


def read_json(raw: bytes) -> Codebook:
    """The codebook in these bytes (UTF-8, with or without a byte order mark).

    Raises CodebookError: each fault by its path, or the line and column where it stops being JSON.
    """
    try:
        document = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CodebookError(["The file is not UTF-8; save it as UTF-8"]) from None
    except json.JSONDecodeError as error:
        raise CodebookError(
            [f"line {error.lineno}, column {error.colno}: is not JSON ({error.msg}); correct it there"]
        ) from None
    except (RecursionError, ValueError):  # ValueError: a number of thousands of digits
        raise CodebookError(["The file is not JSON that a codebook is made of"]) from None
    return checked(document)


def write_json(codebook: Codebook) -> bytes:
    """UTF-8, laid out as the shipped codebooks are."""
    document = codebook.as_json()
    themes = ",\n".join(_theme(theme) for theme in document.pop("themes"))
    head = "".join(f" {_line(key)}: {_line(value)},\n" for key, value in document.items())
    return f'{{\n{head} "themes": [\n{themes}\n ]\n}}\n'.encode()


def _theme(theme: dict[str, Any]) -> str:
    examples = ",\n".join(f"    {_line(example)}" for example in theme.pop("examples"))
    head = "".join(f"   {_line(key)}: {_line(value)},\n" for key, value in theme.items())
    return f'  {{\n{head}   "examples": [\n{examples}\n   ]\n  }}'


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

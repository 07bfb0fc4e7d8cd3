"""Where to turn for help, for the nation and the language somebody reads in."""

from __future__ import annotations

from .definition import Survey
from .parts import Nation, Signpost

# Who reads Welsh most likely lives in Wales, so what is there for Wales comes first.
AT_HOME: dict[str, Nation] = {"cy": "wales"}


def signposts_for(survey: Survey, language: str) -> list[Signpost]:
    """Those that serve the survey's nations and this language; what serves everyone keeps its place."""
    fitting = [
        post
        for post in survey.signposts
        if (not survey.nations or not post.nations or set(post.nations) & set(survey.nations))
        and (not post.languages or language in post.languages)
    ]
    near = [post for post in fitting if AT_HOME.get(language) in post.nations or post.languages]
    if not near:
        return fitting
    first = next((place for place, post in enumerate(fitting) if post.nations or post.languages), 0)
    rest = [post for post in fitting if post not in near]
    return [*rest[:first], *near, *rest[first:]]

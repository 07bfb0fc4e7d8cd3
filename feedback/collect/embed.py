"""A survey within another site's page, where its owner named that site. Never a sensitive one."""

from __future__ import annotations

from flask import Flask, g, request

from feedback.store import framing_sites, surveys
from feedback.web.current import store


def init_embed(app: Flask) -> None:
    app.before_request(let_its_sites_frame_it)


def is_framed() -> bool:
    """Browsers say so since 2023; an older one gets what everyone gets, and shows nothing."""
    return request.headers.get("Sec-Fetch-Dest") == "iframe"


def let_its_sites_frame_it() -> None:
    slug = (request.view_args or {}).get("slug")
    if slug is None or not is_framed() or request.blueprint != "collect":
        return
    sites = framing_sites.of_slug(store(), slug)
    survey = surveys.find(store(), slug) if sites else None
    if survey and not survey.definition.sensitive:
        g.frame_ancestors = " ".join(sites)

"""Every page says who may open it, and nobody else gets in."""

from __future__ import annotations

from collections.abc import ItemsView

import pytest
from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Rule

from feedback.web.access import ROLES, declarations
from tests.support.client import StrictClient
from tests.support.visitor import Visitor

# Public on purpose. A new public page belongs on this list after somebody has thought about it.
PUBLIC_ROOMS = {
    "collect",
    "coming_back",
    "receipt",
    "offline",
    "outbox",
    "static",
    "guard",
    "favicon",
    "accessibility",
    "kiosk",
    "short_links",
    "voice",
    "aloud",
}
PUBLIC_PAGES = {"manage.sign_in", "manage.healthy"}


def protected(app: Flask) -> dict[str, frozenset[str]]:
    return {endpoint: roles for endpoint, roles in declarations(app).items() if roles}


def urls(app: Flask, endpoint: str) -> list[tuple[str, str]]:
    """(method, address) of each rule of an endpoint, its placeholders filled with something harmless."""
    found = []
    for rule in app.url_map.iter_rules(endpoint):
        values = {name: 1 if isinstance(part, IntegerConverter) else "story" for name, part in parts(rule)}
        with app.test_request_context():
            address = app.url_for(endpoint, **values)
        found += [(method, address) for method in (rule.methods or ()) if method in {"GET", "POST"}]
    return found


def parts(rule: Rule) -> ItemsView[str, BaseConverter]:
    return rule._converters.items()


def test_every_endpoint_declares_who_may_open_it(app: Flask) -> None:
    silent = [endpoint for endpoint, roles in declarations(app).items() if roles is None]
    assert not silent, f"neither @public nor @needs(...): {silent}"


def test_only_pages_on_the_list_are_public(app: Flask) -> None:
    public = {endpoint for endpoint, roles in declarations(app).items() if roles == frozenset()}
    unexpected = {
        endpoint
        for endpoint in public
        if endpoint.split(".")[0] not in PUBLIC_ROOMS and endpoint not in PUBLIC_PAGES
    }
    assert not unexpected


def test_a_page_without_a_declaration_opens_for_nobody(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    app.testing = False
    assert app.test_client().get("/forgotten").status_code == 500


def test_someone_who_is_not_signed_in_is_sent_to_sign_in(app: Flask) -> None:
    visitor = Visitor(app)
    assert protected(app)
    for endpoint in protected(app):
        for method, address in urls(app, endpoint):
            response = visitor.client.open(address, method=method)
            assert response.status_code in {302, 303}, f"{method} {address}: {response.status_code}"
            assert response.location.startswith("/sign-in"), address


@pytest.mark.parametrize("role", [*ROLES, None])
def test_each_role_opens_its_own_pages_only(app: Flask, new_staff, story, role: str | None) -> None:
    person = new_staff(*([role] if role else [])).signs_in()
    for endpoint, roles in protected(app).items():
        if role in roles:
            continue
        for method, address in urls(app, endpoint):
            response = person.client.open(address, method=method)
            assert response.status_code == 403, f"{role}: {method} {address}: {response.status_code}"


def test_a_form_for_staff_is_refused_without_its_token(app: Flask, owner, story) -> None:
    posts = [
        address
        for endpoint, roles in protected(app).items()
        if "owner" in roles
        for method, address in urls(app, endpoint)
        if method == "POST"
    ]
    assert posts
    client: StrictClient = owner.client
    for address in posts:
        assert client.post(address).status_code in {400, 403}, address


def test_a_form_sent_from_another_site_is_refused(app: Flask) -> None:
    client = Visitor(app).client
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert client.post("/sign-in", headers=headers, data={"email": "x"}).status_code == 403

"""axe-core on a page as it is: everything in light, and what depends on colours in the other schemes too."""

from __future__ import annotations

from typing import Any, cast

from axe_playwright_python.base import AXE_SCRIPT

from .phone import Phone

SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
COLOURS_ONLY = {"runOnly": {"type": "tag", "values": ["cat.color"]}}
# Without what passed, and without looking for the shortest selector of each node.
QUICK = {"resultTypes": ["violations"], "selectors": False}
RUN = """async options => (await axe.run(document, options)).violations.map(
  each => `${each.id}: ${each.help}: ${each.nodes.map(node => node.html.slice(0, 160)).join(" | ")}`)"""


def violations(phone: Phone) -> list[str]:
    phone.page.evaluate(AXE_SCRIPT)
    found = []
    for name, scheme in SCHEMES.items():
        phone.page.emulate_media(**scheme)
        options = QUICK | ({} if name == "light" else COLOURS_ONLY)
        found += [f"{name}: {each}" for each in cast(list[str], phone.page.evaluate(RUN, options))]
    phone.page.emulate_media(color_scheme="light", forced_colors="none")
    return found

"""What a screen reader is told: the accessibility tree as Chromium computes it, a line for each thing."""

from __future__ import annotations

from typing import Any

from .phone import Phone

ROLES = {
    "alert", "button", "checkbox", "combobox", "DisclosureTriangle", "group", "heading", "link", "note",
    "radio", "radiogroup", "status", "textbox",
}  # fmt: skip
STATES = ("invalid", "checked", "required", "disabled")


def spoken(phone: Phone, within: str = "main") -> list[str]:
    """`role "name" (description) [states]`, in the order in which it is read."""
    chromium = phone.context.new_cdp_session(phone.page)
    nodes = chromium.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    top = next(node for node in nodes if of(node, "role") == within)
    return [line(node) for node in below(top, by_id) if of(node, "role") in ROLES and not node["ignored"]]


def below(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    children = [by_id[each] for each in node.get("childIds", []) if each in by_id]
    return [each for child in children for each in (child, *below(child, by_id))]


def line(node: dict[str, Any]) -> str:
    states = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    said = [name for name in STATES if states.get(name) not in (None, False, "false")]
    description = of(node, "description")
    return " ".join(
        [
            of(node, "role"),
            f'"{of(node, "name")}"',
            *([f"({description})"] if description else []),
            *(f"[{name}]" for name in said),
        ]
    )


def of(node: dict[str, Any], part: str) -> str:
    return " ".join(str(node.get(part, {}).get("value", "")).split())

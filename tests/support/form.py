"""A form on a page, filled in by the names and labels that the page really has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from .page import Page

BUTTONS = {"submit", "button", "image", "reset"}


class Form:
    """Holds what a browser would send: each control's name with its values now."""

    def __init__(self, page: Page, element: Element) -> None:
        self.page = page
        self.element = element
        self.method = element.get("method", "get").upper()
        self.action = urljoin(page.url, element.get("action") or page.url)
        self.controls: dict[str, list[Element]] = {}
        self.buttons: list[Element] = []
        form_id = element.get("id")
        for control in page.all("input", "select", "textarea", "button"):
            owner = control.get("form") or None
            if (owner and owner == form_id) or (owner is None and page.inside(control, "form") is element):
                self._add(control)
        self.values: dict[str, list[str]] = {
            name: [value for control in controls for value in initial_values(control)]
            for name, controls in self.controls.items()
        }

    def _add(self, control: Element) -> None:
        if control.tag == "button" or control.get("type") in BUTTONS:
            self.buttons.append(control)
        elif (name := control.get("name")) and "disabled" not in control.attrib:
            self.controls.setdefault(name, []).append(control)

    def label_of(self, control: Element) -> str:
        from .page import text_of

        label = next(
            (each for each in self.page.all("label") if each.get("for") == control.get("id", object())), None
        )
        if label is None:
            label = self.page.inside(control, "label")
        return text_of(label) if label is not None else control.get("aria-label", "")

    def name_for(self, wanted: str) -> str:
        """A control's name from its name, or from its label or its legend."""
        if wanted in self.controls:
            return wanted
        for name, controls in self.controls.items():
            if any(self.label_of(control) == wanted for control in controls):
                return name
        raise AssertionError(f"{self.page.url}: nothing to fill in called {wanted!r}: {list(self.controls)}")

    def fill(self, wanted: str, value: Any) -> None:
        if isinstance(value, tuple):  # a month: (month, year)
            for part, piece in zip(("month", "year"), value, strict=True):
                self.fill(self._part(wanted, part), piece)
            return
        name = self.name_for(wanted)
        given = [str(each) for each in value] if isinstance(value, list) else [str(value)]
        if self.kind(name) in {"radio", "checkbox", "select"}:
            given = [self._choice(name, each) for each in given]
        self.values[name] = [each for each in given if each != ""] if isinstance(value, list) else given

    def kind(self, name: str) -> str:
        control = self.controls[name][0]
        return control.get("type", "text") if control.tag == "input" else control.tag

    def _part(self, wanted: str, part: str) -> str:
        for name in self.controls:
            if name.startswith(wanted) and name.endswith(part):
                return name
        raise AssertionError(f"{self.page.url}: no {part} for {wanted!r}: {list(self.controls)}")

    def _choice(self, name: str, wanted: str) -> str:
        choices: dict[str, str] = {}
        for control in self.controls[name]:
            if control.tag == "select":
                from .page import text_of

                for option in control.iter("option"):
                    choices[text_of(option)] = choices[option.get("value", "")] = option.get("value", "")
            else:
                value = control.get("value", "on")
                choices[self.label_of(control)] = choices[value] = value
        assert wanted in choices, f"{self.page.url}: {name} offers no {wanted!r}: {sorted(choices)}"
        return choices[wanted]

    def data(self, button: str | None = None) -> dict[str, list[str]]:
        """What is sent when a button is pressed: by its words or its name; else the one that goes on."""
        from .page import text_of

        sent = {name: values for name, values in self.values.items() if values}
        submits = [each for each in self.buttons if each.get("type", "submit") == "submit"]
        wanted = [
            each
            for each in submits
            if (button is None and not each.get("name"))
            or button in {text_of(each), each.get("name") or None, each.get("value") or None} - {None}
        ]
        pressed = next(iter(wanted or (submits if button is None else [])), None)
        assert button is None or pressed is not None, f"{self.page.url}: no button {button!r}"
        if pressed is not None and (name := pressed.get("name")):
            sent[name] = [pressed.get("value", "")]
        return sent


def initial_values(control: Element) -> list[str]:
    if control.tag == "textarea":
        return ["".join(control.itertext())]
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        chosen = chosen or ([] if "multiple" in control.attrib else options[:1])
        return [option.get("value", "".join(option.itertext())) for option in chosen]
    if control.get("type") in {"radio", "checkbox"}:
        return [control.get("value", "on")] if "checked" in control.attrib else []
    return [control.get("value", "")]

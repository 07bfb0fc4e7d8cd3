"""What a personal detail is called, and what stands where one was taken out."""

from __future__ import annotations

from flask_babel import gettext as _


def mark(kind: str) -> str:
    """Within the words: it must not pass for something that the person wrote."""
    names: dict[str, str] = {
        "name": _("[name taken out]"),
        "phone": _("[phone number taken out]"),
        "email": _("[e-mail taken out]"),
        "url": _("[web address taken out]"),
        "postcode": _("[postcode taken out]"),
        "address": _("[address taken out]"),
        "birth": _("[date of birth taken out]"),
        "nhs": _("[NHS number taken out]"),
        "ni": _("[National Insurance number taken out]"),
        "reference": _("[number taken out]"),
        "role": _("[job taken out]"),
    }
    return names.get(kind) or str(_("[words taken out]"))


def kind_name(kind: str) -> str:
    names: dict[str, str] = {
        "name": _("a name"),
        "phone": _("a phone number"),
        "email": _("an e-mail address"),
        "url": _("a web address"),
        "postcode": _("a postcode"),
        "address": _("an address"),
        "birth": _("a date of birth"),
        "nhs": _("an NHS number"),
        "ni": _("a National Insurance number"),
        "reference": _("a number that stands for something"),
        "role": _("a job that one person has"),
    }
    return names.get(kind) or str(_("other words"))

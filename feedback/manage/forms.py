"""Forms of staff pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(
        _("E-mail"),
        validators=[InputRequired(_("Type your e-mail.")), Length(max=255)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Password"),
        validators=[InputRequired(_("Type your password.")), Length(max=1024)],
        render_kw={"autocomplete": "current-password"},
    )

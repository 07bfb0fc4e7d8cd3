"""Someone who works with what people said: signs in, opens reports."""

from __future__ import annotations

from typing import Self

from flask import Flask

from .visitor import Visitor


class Staff(Visitor):
    def __init__(self, app: Flask, email: str, password: str) -> None:
        super().__init__(app)
        self.email, self.password = email, password

    def signs_in(self, password: str | None = None) -> Self:
        self.goes_to("/sign-in")
        [secret] = [name for name in self.form.controls if self.form.kind(name) == "password"]
        user = next(name for name in self.form.controls if self.form.kind(name) in {"text", "email"})
        self.form.fill(user, self.email)
        self.form.fill(secret, self.password if password is None else password)
        return self.presses()

    def signs_out(self) -> Self:
        form = next(form for form in self.page.forms if "sign-out" in form.action)
        return self.presses(form=form)

    def opens_report(self, slug: str) -> Self:
        return self.goes_to(f"/report/{slug}")

    def opens_theme(self, slug: str, theme_id: str) -> Self:
        return self.goes_to(f"/report/{slug}/themes/{theme_id}")

"""Settings from the environment, checked at start: a wrong one stops the start, by name."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class SettingError(Exception):
    """A setting that can't be used; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    database_url: str
    key_file: Path
    instance: Path
    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    proxies: int = 0  # that stand before it, each adding the address it saw to X-Forwarded-For
    backup_days: int = 30
    contact: str = ""  # how to reach whoever runs the site, as the accessibility statement says it
    languages: tuple[str, ...] = ()  # only these; none named: all that are wholly translated
    extra: Mapping[str, Any] = field(default_factory=dict)  # Flask's own configuration

    @property
    def queue_file(self) -> Path:
        return self.instance / "queue.db"

    @classmethod
    def load(cls, environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
        instance = Path(environ.get("HEARD_INSTANCE", ROOT / "instance"))
        values: dict[str, Any] = {
            "instance": instance,
            "database_url": database_url(environ.get("DATABASE_URL", "").strip(), instance),
            "key_file": Path(environ.get("HEARD_KEY_FILE", instance / "heard.key")),
            "demo": flag(environ, "HEARD_DEMO"),
            "host": environ.get("HOST", "127.0.0.1"),
            "port": whole(environ, "PORT", 8000, 1, 65535),
            "proxies": whole(environ, "HEARD_PROXIES", 0, 0, 9),
            "contact": environ.get("HEARD_CONTACT", "").strip(),
            "languages": tuple(environ.get("HEARD_LANGUAGES", "").replace(",", " ").split()),
            "backup_days": whole(environ, "HEARD_BACKUP_DAYS", 30, 0, 3650),
        }
        settings = cls(**(values | overrides))
        if settings.demo and not is_loopback(settings.host):
            raise SettingError(
                "HEARD_DEMO works on this machine only, because its cookies are not Secure: "
                "leave HOST at 127.0.0.1, or unset HEARD_DEMO and serve over https."
            )
        return settings


def database_url(given: str, instance: Path) -> str:
    if not given:
        return f"sqlite:///{instance / 'heard.db'}"
    if given.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + given.split("://", 1)[1]
    if given.startswith(("sqlite:///", "postgresql+psycopg://")):
        return given
    raise SettingError("DATABASE_URL must start with sqlite:/// or postgresql://.")


def flag(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "").strip().lower()
    if value in {"", "0", "no", "false"}:
        return False
    if value in {"1", "yes", "true"}:
        return True
    raise SettingError(f"{name} must be 1 or 0.")


def whole(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise SettingError(f"{name} must be a whole number from {low} to {high}.")
    return int(value)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

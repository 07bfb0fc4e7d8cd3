"""What every page shares."""

from __future__ import annotations

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from .access import init_access
from .assets import init_assets
from .errors import init_errors
from .headers import init_headers
from .kiosk import init_kiosk
from .languages import init_languages
from .origin import init_origin
from .posted import init_posted
from .statement import init_statement
from .uploads import init_uploads


def init_web(app: Flask) -> None:
    app.config.setdefault("COMPRESS_MIN_SIZE", 500)
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_ALGORITHM_STREAMING", ["br", "gzip"])  # files; its default has no gzip
    Compress(app)
    init_proxies(app)
    init_headers(app)
    init_languages(app)  # first to look at a request, so that every refusal is in the person's language
    init_origin(app)
    init_uploads(app)  # before anything reads a form
    init_posted(app)  # keeps the form's bytes, which asking for its token would use up
    init_access(app)
    init_assets(app)
    init_kiosk(app)
    init_statement(app)
    init_errors(app)


def init_proxies(app: Flask) -> None:
    """Whose address asks: else one who guesses behind a proxy would lock out all who come through it."""
    if proxies := app.extensions["heard_settings"].proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]

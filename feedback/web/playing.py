"""Sound as an answer."""

from __future__ import annotations

import io

from flask import Response, send_file

from feedback.store.recordings import Sound


def play(sound: Sound) -> Response:
    """In parts too, as some phones ask for nothing else."""
    return send_file(io.BytesIO(sound.audio), mimetype=sound.media, etag=False, conditional=True)

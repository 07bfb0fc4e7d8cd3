"""AES-256-GCM for what people wrote, with keys that live in a file outside the database."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12


class KeyFileError(Exception):
    """The key file is absent or unusable; the message says which and what to do."""


class CannotOpen(Exception):
    """A ciphertext that was moved, altered, or sealed under a key we don't hold."""


class Keyring:
    """Seals and opens with `place` as associated data, so that rows can't be swapped."""

    def __init__(self, keys: dict[bytes, bytes], current: bytes, pepper: bytes) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = current
        self._pepper = pepper

    def seal(self, plain: bytes, place: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        header = FORMAT + self._current
        sealed = self._ciphers[self._current].encrypt(nonce, plain, header + place.encode())
        return header + nonce + sealed

    def open(self, sealed: bytes, place: str) -> bytes:
        header = sealed[: 1 + KEY_ID_BYTES]
        nonce = sealed[len(header) : len(header) + NONCE_BYTES]
        cipher = self._ciphers.get(header[1:])
        if header[:1] != FORMAT or cipher is None:
            raise CannotOpen(f"{place}: sealed under a key that is not in the key file")
        try:
            return cipher.decrypt(nonce, sealed[len(header) + NONCE_BYTES :], header + place.encode())
        except (InvalidTag, ValueError):  # ValueError: cut short
            raise CannotOpen(f"{place}: this is not what was stored here") from None

    def seal_json(self, value: object, place: str) -> bytes:
        return self.seal(json.dumps(value, ensure_ascii=False).encode(), place)

    def open_json(self, sealed: bytes, place: str) -> object:
        return json.loads(self.open(sealed, place))

    def keyed_hash(self, purpose: str, *parts: bytes) -> bytes:
        """A hash nobody can recompute from a stolen database: 32 bytes."""
        key = hmac.digest(self._pepper, purpose.encode(), "sha256")
        mac = hmac.new(key, digestmod=hashlib.sha256)
        for part in parts:  # length first, so that ("a", "bc") and ("ab", "c") differ
            mac.update(len(part).to_bytes(8, "big") + part)
        return mac.digest()


def create_key_file(path: Path) -> None:
    """Write a new key file, readable by its owner only; never over an existing one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key_id = secrets.token_bytes(KEY_ID_BYTES).hex()
    content = {
        "current": key_id,
        "keys": {key_id: base64.b64encode(secrets.token_bytes(32)).decode()},
        "pepper": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def passing_keyring() -> Keyring:
    """Keys that nothing can be opened with tomorrow, for a process that stores nothing."""
    key_id = secrets.token_bytes(KEY_ID_BYTES)
    return Keyring({key_id: secrets.token_bytes(32)}, key_id, secrets.token_bytes(32))


def read_key_file(path: Path) -> Keyring:
    try:
        content = json.loads(path.read_text())
        keys = {bytes.fromhex(key_id): base64.b64decode(key) for key_id, key in content["keys"].items()}
        current = bytes.fromhex(content["current"])
        pepper = base64.b64decode(content["pepper"])
    except FileNotFoundError:
        raise KeyFileError(
            f"There is no key file at {path}. Make one with `flask --app wsgi key create`, "
            "and keep a copy where the database is not."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise KeyFileError(f"The key file {path} can't be read: restore it from your copy.") from None
    if current not in keys or len(pepper) != 32 or any(len(key) != 32 for key in keys.values()):
        raise KeyFileError(f"The key file {path} is damaged: restore it from your copy.")
    return Keyring(keys, current, pepper)

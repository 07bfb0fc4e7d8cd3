"""An owner's own model: a folder as sentence-transformers saves it, read from this disk and nowhere else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analysis.encode import DECIMALS, EncoderUnavailable, Vectors

# Pickles, which run code when they are read. Weights belong into .safetensors.
CODE = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".py"}
BATCH = 32


class LocalModel:
    """A sentence-transformers model from `folder`; satisfies the Encoder protocol.

    Its name is the folder's, its hash that of all files in it. Raises EncoderUnavailable.
    """

    revision = "a folder of the owner's"

    def __init__(self, folder: Path) -> None:
        self.name = folder.resolve().name
        self.sha256 = _hash(folder)
        # Set before the library is loaded: whatever a model's configuration names, nothing is fetched.
        os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise EncoderUnavailable(
                f"To read the model in {folder}, install the package sentence-transformers."
            ) from None
        try:
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # whatever the library makes of a folder that is no model
            first = str(error).partition("\n")[0]
            raise EncoderUnavailable(f"{folder} can't be read as a model: {first}") from None
        self.dim = int(self.encode([""]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 (len(texts), dim) unit rows rounded to 4 decimals."""
        if not len(texts):
            return np.zeros((0, self.dim), dtype=np.float32)
        found = self._model.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(found, dtype=np.float32).round(DECIMALS)


def _hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files."""
    if not folder.is_dir():
        raise EncoderUnavailable(f"There is no model folder {folder}.")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    code = [path.name for path in files if path.suffix in CODE]
    if code:
        raise EncoderUnavailable(
            f"The model in {folder} holds {code[0]}, which could run code; save its weights as .safetensors."
        )
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()

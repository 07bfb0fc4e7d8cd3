"""From comments to themes, with the words behind each: no web framework, no database.

from analysis import Comment, analyse, load_codebook, load_encoder
themes = analyse([Comment("1", "The wait was long.", "1", "en")], codebook=load_codebook(), encoder=load_encoder())
"""

from analysis.codebook import Codebook, CodebookError, load_codebook
from analysis.encode import Encoder, EncoderUnavailable, load_encoder
from analysis.pipeline import analyse
from analysis.records import UNSORTED, Coding, Comment, Flag, Quote, Theme, ThemeSet
from analysis.vectors import VectorCache

__all__ = [
    "UNSORTED", "Codebook", "CodebookError", "Coding", "Comment", "Encoder", "EncoderUnavailable", "Flag", "Quote",
    "Theme", "ThemeSet", "VectorCache", "analyse", "load_codebook", "load_encoder",
]  # fmt: skip

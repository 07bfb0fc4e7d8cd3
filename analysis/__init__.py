"""From comments to themes, with the words behind each: no web framework, no database.

from analysis import Comment, analyse, load_codebook, load_encoder
said = [Comment("1", "The wait was long.", person="1", language="en")]
found = analyse(said, codebook=load_codebook(), encoder=load_encoder())
"""

from analysis.codebook import Codebook, CodebookError, load_codebook
from analysis.encode import Encoder, EncoderUnavailable, load_encoder
from analysis.pipeline import analyse
from analysis.records import UNSORTED, Coding, Comment, Flag, Quote, Theme, ThemeSet
from analysis.vectors import VectorCache

__all__ = [
    "UNSORTED", "Codebook", "CodebookError", "Coding", "Comment", "Encoder", "EncoderUnavailable", "Flag",
    "Quote", "Theme", "ThemeSet", "VectorCache", "analyse", "load_codebook", "load_encoder",
]  # fmt: skip

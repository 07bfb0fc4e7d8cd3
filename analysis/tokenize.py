"""Text to the model's token ids: SentencePiece unigram, the best split of each word by Viterbi.

Steps as the model was trained with: each character through the file's character map, runs of spaces to one,
one space in front, spaces to U+2581; then the split of highest summed log probability. No piece crosses a
word's start, so words are split one by one and remembered.
"""

from __future__ import annotations

from functools import lru_cache

from analysis.e5file import Vocabulary

WORD_START = "\u2581"
QUERY = "query: "
# An unknown character costs a little more than the rarest piece, as SentencePiece has it.
UNKNOWN_PENALTY = 10.0
REMEMBERED_WORDS = 200_000


class Tokenizer:
    """Turns text into ids; `limit` counts the begin and end marks."""

    def __init__(self, vocabulary: Vocabulary, limit: int = 512) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
        self._scores: list[float] = vocabulary.scores.tolist()
        self._longest = max(map(len, vocabulary.pieces))
        self._unknown = vocabulary.unknown
        self._unknown_score = min(self._scores) - UNKNOWN_PENALTY
        self._characters = vocabulary.characters
        self._begin, self._end, self._limit = vocabulary.bos, vocabulary.eos, limit
        for special in (vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unknown):
            self._ids.pop(vocabulary.pieces[special], None)
        self._split = lru_cache(REMEMBERED_WORDS)(self._split_word)

    def forget(self) -> None:
        """Drops the words it remembers: they are people's own, and a worker lives for weeks."""
        self._split.cache_clear()

    def ids(self, text: str) -> list[int]:
        """Token ids of `text` with begin and end marks, at most `limit`; what is longer is cut at the end."""
        room = self._limit - 2
        found: list[int] = []
        # A token is never longer than `_longest`, so text far beyond the limit need not be split at all.
        for word in text[: room * self._longest].translate(self._characters).split():
            for piece in self._split(WORD_START + word):
                # Neighbouring unknown characters are one unknown token.
                if piece != self._unknown or not found or found[-1] != self._unknown:
                    found.append(piece)
            if len(found) >= room:
                break
        return [self._begin, *found[:room], self._end]

    def _split_word(self, word: str) -> tuple[int, ...]:
        length = len(word)
        best = [0.0] + [-1e30] * length
        back = [(0, self._unknown)] * (length + 1)
        for start in range(length):
            reached = best[start]
            if reached + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = reached + self._unknown_score, (start, self._unknown)
            for end in range(start + 1, min(length, start + self._longest) + 1):
                piece = self._ids.get(word[start:end])
                if piece is not None and reached + self._scores[piece] > best[end]:
                    best[end], back[end] = reached + self._scores[piece], (start, piece)
        pieces: list[int] = []
        at = length
        while at:
            at, piece = back[at]
            pieces.append(piece)
        return tuple(reversed(pieces))

"""A hint at the tone of English comments, by TextBlob's word list; every other language is "not scored".

It is what there is without an encoder, and what the model in tone.py is compared with: on labelled patient
comments it found 21 % of the negative ones. Who shows it says so.
"""

from __future__ import annotations

from textblob import TextBlob

from analysis.language import base
from analysis.records import Tone
from analysis.segment import clauses

# Polarity runs from -1 to 1; nearer to 0 than this the word list has no opinion.
EDGE = 0.1
MEASURED = "TextBlob word list, English only; found 21 % of negative comments when measured"


def hint(text: str, language: str | None) -> Tone:
    """The hint for one comment; "mixed" where clauses point both ways."""
    if not language or base(language) != "en":
        return "not scored"
    spans = clauses(text)
    polarities = [TextBlob(text[start:end]).sentiment.polarity for start, end in spans]
    if any(value >= EDGE for value in polarities) and any(value <= -EDGE for value in polarities):
        return "mixed"
    mean = sum(polarities) / len(polarities) if polarities else 0.0
    if mean >= EDGE:
        return "positive"
    return "negative" if mean <= -EDGE else "not scored"

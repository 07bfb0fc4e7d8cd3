"""What Chromium printed: how many pages, and the codes on them as a camera would see them.

It draws shapes as plain paths, so no PDF library is needed to measure ink on paper.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MM = 25.4 / 72  # of a point
FEWEST = 60  # boxes; a code has hundreds of runs, a dashed border a few dozen lines
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PAGE = re.compile(rb"/Type\s*/Page\b")

Matrix = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, bottom, right, top, in millimetres


@dataclass(frozen=True)
class Shape:
    boxes: list[Box]

    @property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.edges
        return right - left, top - bottom

    @property
    def edges(self) -> Box:
        lefts, bottoms, rights, tops = zip(*self.boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def picture(self, dots: int = 5, quiet: int = 40) -> npt.NDArray[np.uint8]:
        """In black on white, so many dots to a millimetre."""
        left, _bottom, _right, top = self.edges
        width, height = (int(side * dots) + 2 * quiet for side in self.size)
        seen = np.full((height, width), 255, dtype=np.uint8)
        for box in self.boxes:
            x, x_end = (quiet + round((each - left) * dots) for each in (box[0], box[2]))
            y, y_end = (quiet + round((top - each) * dots) for each in (box[3], box[1]))
            seen[y:y_end, x:x_end] = 0
        return seen


def pages(pdf: bytes) -> int:
    return len(PAGE.findall(pdf))


def shapes(pdf: bytes) -> list[Shape]:
    """Each fill of many boxes at once."""
    found = [shape for stream in STREAM.findall(pdf) for shape in drawn(stream)]
    return [shape for shape in found if len(shape.boxes) >= FEWEST]


def drawn(stream: bytes) -> Iterator[Shape]:
    try:
        # Its last byte may look like the end of a line, and be cut off: then a checksum is short.
        lines = zlib.decompressobj().decompress(stream).decode("latin-1").split("\n")
    except zlib.error:  # packed in another way: no page
        return
    if not lines[0].endswith(" cm"):  # a font; a page begins with its scale
        return
    at: Matrix = np.eye(3)
    kept: list[Matrix] = []
    boxes: list[Box] = []
    corners: list[tuple[float, float]] = []
    for line in lines:
        *given, what = line.split(" ")
        if what == "q":
            kept.append(at)
        elif what == "Q" and kept:
            at = kept.pop()
        elif what == "cm":
            at = matrix([float(each) for each in given]) @ at
        elif what in {"m", "l"}:
            corners.append((float(given[0]), float(given[1])))
        elif what == "h":
            boxes.append(box(corners, at))
            corners = []
        elif what in {"f", "f*"}:
            if boxes:
                yield Shape(boxes)
            boxes, corners = [], []
        elif what in {"n", "S"}:
            boxes, corners = [], []


def matrix(given: list[float]) -> Matrix:
    a, b, c, d, e, f = given
    return np.array([[a, b, 0], [c, d, 0], [e, f, 1]])


def box(corners: list[tuple[float, float]], at: Matrix) -> Box:
    placed = np.array([[x, y, 1] for x, y in corners]) @ at * MM
    (left, bottom), (right, top) = placed[:, :2].min(axis=0), placed[:, :2].max(axis=0)
    return float(left), float(bottom), float(right), float(top)

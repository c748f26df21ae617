"""Pictures of characters that were read once need not be read again."""

import cv2
import numpy as np

from extractors.against_pixels import bare
from extractors.readers.glyphs import Glyphs
from extractors.readers.ocr_child import Reading

LINE = (10.0, 10.0, 90.0, 40.0)
SPANS = [(10.0, 40.0), (50.0, 80.0)]


def cells_of(text, glyphs):
    """Return the cells of a line that shows 17 and is claimed to say the text."""
    page = np.full((50, 100), 255, np.uint8)
    cv2.putText(page, "1", (15, 36), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    cv2.putText(page, "7", (55, 36), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    return glyphs.cells(page, LINE, SPANS, text, range(2))


def reads_17(strips):
    """Read every strip as it looks."""
    return [Reading("17", 0.99) for _ in strips]


def reads_nothing(strips):
    """Read no strip at all."""
    return [Reading("", 0.0) for _ in strips]


def test_remembered_glyphs_are_known_to_others():
    """What one has confirmed, another one believes without a reading."""
    first = Glyphs(bare)
    first.are_shown([cells_of("17", first)], reads_17)
    second = Glyphs(bare, first.remembered())

    shown = second.are_shown([cells_of("17", second)], reads_nothing)

    assert shown == [True]


def test_remembered_glyphs_prove_no_other_claim():
    """The same picture under another claim is not known."""
    first = Glyphs(bare)
    first.are_shown([cells_of("17", first)], reads_17)
    second = Glyphs(bare, first.remembered())

    shown = second.are_shown([cells_of("71", second)], reads_17)

    assert shown == [False]

"""A sheet is cut out of a photo only where its outline is sure; a wrong cut would lose lines without a word."""

import cv2
import numpy as np
import pytest

from extractors.readers.photo import cut_out

DESK = (96, 70, 48)


def photo(corners, shadow=None):
    """Return a white sheet with these corners on a brown desk, with the part left of a slanted line in shadow."""
    picture = np.full((1200, 900, 3), DESK, np.float32)
    cv2.fillConvexPoly(picture, np.array(corners, np.int32), (244, 243, 240))
    for y in range(150, 1000, 60):
        cv2.line(picture, (250, y), (600, y), (30, 30, 30), 6)
    if shadow is not None:
        dark = np.zeros((1200, 900), np.uint8)
        cv2.fillConvexPoly(dark, np.array(shadow, np.int32), 1)
        soft = cv2.GaussianBlur(dark.astype(np.float32), (0, 0), 20)
        picture *= (1 - 0.55 * soft)[:, :, None]
    return picture.astype(np.uint8)


SHEET = [(150, 90), (740, 110), (760, 1080), (130, 1060)]


@pytest.mark.parametrize("shadow", [None, [(400, 300), (900, 200), (900, 1200), (300, 1200)]])
def test_sheet_is_cut_at_its_edges(shadow):
    """The sheet fills the cut, also where a hand's shadow falls across it."""
    cut = cut_out(photo(SHEET, shadow))

    height, width = cut.shape[:2]
    assert (width, height) == (pytest.approx(620, abs=25), pytest.approx(970, abs=30))
    saturation = cv2.cvtColor(cut, cv2.COLOR_RGB2HSV)[:, :, 1]
    assert np.mean(saturation > 80) < 0.02


def test_sheet_without_a_sure_outline_is_left_as_it_is():
    """A white sheet on a white desk keeps every pixel."""
    picture = np.full((1200, 900, 3), 238, np.uint8)
    cv2.rectangle(picture, (120, 90), (780, 1100), (225, 225, 225), 3)

    assert cut_out(picture) is picture


def test_frame_printed_on_a_sheet_is_no_edge():
    """A licence's own border is not taken for the edge of the paper."""
    picture = np.full((1200, 900, 3), 250, np.uint8)
    cv2.rectangle(picture, (80, 80), (820, 1120), (120, 90, 40), 14)

    assert cut_out(picture) is picture

"""The OCR process is renewed before it grows, and no page is lost by it."""

import os

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.readers.ocr import OcrProcess, resident
from tests.specimens import fonts

pytestmark = pytest.mark.skipif(not fonts.complete(), reason="the fonts of the specimens are not installed")


def page(text):
    picture = Image.new("RGB", (640, 120), "white")
    font = ImageFont.load_default(size=40)
    ImageDraw.Draw(picture).text((30, 35), text, fill="black", font=font)
    return np.asarray(picture)


def test_worn_process_is_replaced_between_two_pages(tmp_path):
    """After so many answers another process answers, and every page is read."""
    with OcrProcess(tmp_path, renewed_after=2) as ocr:
        pids, texts = [], []
        for number in range(4):
            texts.append("".join(line.text for line in ocr.read(page(f"PAGE {number}")).lines))
            pids.append(ocr._process.pid)

    assert [text.replace(" ", "") for text in texts] == ["PAGE0", "PAGE1", "PAGE2", "PAGE3"]
    assert len(set(pids)) == 3


def test_memory_of_a_process_is_told():
    """This process holds some memory, and one that is gone holds none."""
    assert resident(os.getpid()) > 10_000_000
    assert resident(2**22 + 1) == 0

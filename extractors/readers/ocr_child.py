"""The OCR process: the only place that imports PaddleOCR.

It runs apart from the program, so that its memory and its crashes stay its own, and is kept warm.
It speaks over one pipe: a picture in (height × width × 3, RGB, uint8), a Recognition out.
"""

import contextlib
import logging
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners of a line, clockwise from its own top left, in pixels."""


class RawLine(NamedTuple):
    """One line as the engine gave it."""

    quad: Quad
    text: str
    score: float


class Recognition(NamedTuple):
    """What was seen on one picture."""

    turned: int
    """Degrees counter-clockwise by which the picture was turned upright before reading: 0, 90, 180, 270."""
    lines: tuple[RawLine, ...]
    """In pixels of the picture after turning."""


DETECTION_SIDE = 1280
"""Longest side shown to the text detector; larger costs time and gains no characters."""


def serve(pipe: Connection, models: Path, cache: Path, threads: int) -> None:
    """Answer pictures until the other end closes."""
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    os.environ["PADDLE_PDX_CACHE_HOME"] = str(cache)
    # The engine's libraries print to stdout, which belongs to the program's own data.
    sys.stdout = sys.stderr
    logging.disable(logging.WARNING)
    engine = _Engine(models, threads)
    pipe.send("ready")
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            pipe.send(engine.read(pipe.recv()))


class _Engine:
    def __init__(self, models: Path, threads: int) -> None:
        import paddleocr  # noqa: PLC0415

        def model(name: str) -> dict[str, str]:
            return {"name": name, "dir": str(models / name)}

        detection, recognition = model("PP-OCRv6_small_det"), model("PP-OCRv6_small_rec")
        common: dict[str, Any] = {
            "engine": "onnxruntime",
            "device": "cpu",
            "engine_config": {"intra_op_num_threads": threads, "enable_cpu_mem_arena": False},
        }
        self._text = paddleocr.PaddleOCR(
            text_detection_model_name=detection["name"],
            text_detection_model_dir=detection["dir"],
            text_recognition_model_name=recognition["name"],
            text_recognition_model_dir=recognition["dir"],
            text_recognition_batch_size=1,
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
            # The pipeline's own defaults override the model's and lose whole lines without a word.
            text_det_thresh=0.2,
            text_det_box_thresh=0.45,
            text_det_unclip_ratio=1.4,
            text_det_limit_side_len=DETECTION_SIDE,
            text_det_limit_type="max",
            **common,
        )
        orientation = model("PP-LCNet_x1_0_doc_ori")
        self._orientation = paddleocr.DocImgOrientationClassification(
            model_name=orientation["name"], model_dir=orientation["dir"], **common
        )

    def read(self, picture: np.ndarray) -> Recognition:
        bgr = np.ascontiguousarray(picture[:, :, ::-1])
        turned = self._turned(bgr)
        if turned:
            bgr = np.ascontiguousarray(np.rot90(bgr, turned // 90))
        (result,) = self._text.predict(bgr)
        rows = zip(result["rec_polys"], result["rec_texts"], result["rec_scores"], strict=True)
        lines = (RawLine(_quad(poly), str(text), float(score)) for poly, text, score in rows if text)
        return Recognition(turned, tuple(lines))

    def _turned(self, bgr: np.ndarray) -> int:
        (result,) = self._orientation.predict(bgr)
        return int(result["label_names"][0])


def _quad(poly: np.ndarray) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in poly)
    return a, b, c, d

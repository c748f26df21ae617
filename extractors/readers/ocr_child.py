"""The OCR process: the only place that imports PaddleOCR.

It runs apart from the program, so that its memory and its crashes stay its own, and is kept warm.
It speaks over one pipe: a picture in (height × width × 3, RGB, uint8), a Recognition out; or a list of
pictures of one line each in, a list of Readings out. A picture comes as its shape and then its bytes.
"""

import contextlib
import logging
import os
import re
import sys
import unicodedata
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np

from extractors.memory import keep_freed
from extractors.readers.characters import decoded, hesitations

Shape = tuple[int, ...]
Quad = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Corners of a line, clockwise from its own top left, in pixels."""


class RawLine(NamedTuple):
    """One line as the engine gave it."""

    quad: Quad
    text: str
    score: float
    doubted: tuple[int, ...] = ()
    """Where in the text the recogniser hesitated over a character."""


class Recognition(NamedTuple):
    """What was seen on one picture."""

    turned: int
    """Degrees counter-clockwise by which the picture was turned upright before reading: 0, 90, 180, 270."""
    lines: tuple[RawLine, ...]
    """In pixels of the picture after turning."""


class Reading(NamedTuple):
    """What a picture of one line says."""

    text: str
    score: float


_HOPELESS, _CERTAIN = 0.6, 0.995
"""Below the one a second reading saves nothing, above the other only numbers are read twice."""
_LONG_NUMBER = re.compile(r"\d{8}")
_AGREEMENT = 0.3
"""Two readings that agree leave so much of the first one's doubt."""
_DISAGREEMENT = 0.85
DETECTION_SIDE = 1280
"""Longest side shown to the text detector; larger costs time and gains no characters."""
DETECTION = {
    "text_det_thresh": 0.2,
    "text_det_box_thresh": 0.45,
    "text_det_unclip_ratio": 1.4,
    "text_det_limit_side_len": DETECTION_SIDE,
    "text_det_limit_type": "max",
}
"""How lines are found; the pipeline's own defaults override the model's and lose whole lines without a word."""


def serve(pipe: Connection, models: Path, cache: Path, threads: int) -> None:
    """Answer pictures until the other end closes."""
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    os.environ["PADDLE_PDX_CACHE_HOME"] = str(cache)
    # The engine's libraries print to stdout, which belongs to the program's own data.
    sys.stdout = sys.stderr
    logging.disable(logging.WARNING)
    keep_freed()
    engine = _Engine(models, threads)
    pipe.send("ready")
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            shapes: list[Shape] | Shape = pipe.recv()
            if isinstance(shapes, list):
                pipe.send(engine.lines([_received(pipe, shape) for shape in shapes]))
            else:
                pipe.send(engine.read(_received(pipe, shapes)))


def _received(pipe: Connection, shape: Shape) -> np.ndarray:
    return np.frombuffer(pipe.recv_bytes(), np.uint8).reshape(shape)


class _Engine:
    def __init__(self, models: Path, threads: int) -> None:
        import paddleocr  # noqa: PLC0415
        from paddlex.inference.models.text_recognition.processors import CTCLabelDecode  # noqa: PLC0415

        CTCLabelDecode.__call__ = decoded

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
            **DETECTION,
            **common,
        )
        self._line = paddleocr.TextRecognition(
            model_name=recognition["name"], model_dir=recognition["dir"], **common
        )
        orientation = model("PP-LCNet_x1_0_doc_ori")
        self._orientation = paddleocr.DocImgOrientationClassification(
            model_name=orientation["name"], model_dir=orientation["dir"], **common
        )

    def read(self, picture: np.ndarray) -> Recognition:
        bgr = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        turned = self._turned(bgr)
        if turned:
            bgr = np.ascontiguousarray(np.rot90(bgr, turned // 90))
        (result,) = self._text.predict(bgr)
        rows = zip(result["rec_polys"], result["rec_texts"], result["rec_scores"], strict=True)
        lines = (
            RawLine(_quad(poly), str(text), float(score), hesitations(text, score))
            for poly, text, score in rows
            if text
        )
        return Recognition(turned, tuple(self._weighed(bgr, line) for line in lines))

    def lines(self, crops: list[np.ndarray]) -> list[Reading]:
        pictures = [np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2BGR)) for crop in crops]
        results = (result for picture in pictures for result in self._line.predict(picture))
        return [Reading(str(result["rec_text"]), float(result["rec_score"])) for result in results]

    def _weighed(self, bgr: np.ndarray, line: RawLine) -> RawLine:
        """Read a doubtful line again from a crop prepared otherwise, and weigh the two readings."""
        if not is_doubtful(line):
            return line
        (again,) = self._line.predict(_crop(bgr, line.quad))
        text, score = str(again["rec_text"]), float(again["rec_score"])
        return line._replace(score=weighed(line, text, score))

    def _turned(self, bgr: np.ndarray) -> int:
        (result,) = self._orientation.predict(bgr)
        return int(result["label_names"][0])


def is_doubtful(line: RawLine) -> bool:
    """Tell whether a second reading is worth its time: a middling score, or a long number.

    A number carries no sense that a missing digit would break, and its score does not show it.
    """
    middling = _HOPELESS < line.score < _CERTAIN
    return middling or (line.score >= _CERTAIN and _LONG_NUMBER.search(line.text) is not None)


def weighed(line: RawLine, text: str, score: float) -> float:
    """Return the score of a line after a second reading: raised by agreement, capped by disagreement."""
    if _same(line.text, text):
        return 1 - (1 - line.score) * _AGREEMENT if score > _HOPELESS else line.score
    return min(line.score, score, _DISAGREEMENT)


def _same(one: str, other: str) -> bool:
    """Compare without spaces and without the width of marks, which no reader tells apart."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


def _crop(bgr: np.ndarray, quad: Quad) -> np.ndarray:
    """Return a line cut out with more air than the first reading had, enlarged and sharpened."""
    a, b, _, d = (np.array(corner) for corner in quad)
    along, down = b - a, d - a
    width, height = max(float(np.linalg.norm(along)), 1), max(float(np.linalg.norm(down)), 1)
    out, in_ = along / width * height * 0.25, down * 0.12
    corners = np.array(
        [a - out - in_, b + out - in_, b + out + down + in_, a - out + down + in_], dtype=np.float32
    )
    scale = 64 / (height * 1.24)
    size = (max(int((width + 0.5 * height) * scale), 8), 64)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    line = cv2.warpPerspective(bgr, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    soft = cv2.GaussianBlur(line, (0, 0), 1.2)
    return np.asarray(cv2.addWeighted(line, 1.4, soft, -0.4, 0))


def _quad(poly: np.ndarray) -> Quad:
    a, b, c, d = ((float(x), float(y)) for x, y in poly)
    return a, b, c, d

"""The OCR engine alone, in a process of its own: what reading is held against."""

import logging
import multiprocessing
import os
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extractors.readers import models
from extractors.readers.ocr_child import DETECTION

_spawn = multiprocessing.get_context("spawn")


class BareEngine:
    """Reads pictures with the same models and threads, and does nothing else."""

    def __init__(self, home: Path) -> None:
        self._pipe, theirs = _spawn.Pipe()
        args = (theirs, models.prepare(home), home / "paddlex")
        self._process = _spawn.Process(target=serve, args=args, daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()

    def read(self, path: Path) -> tuple[float, list[str]]:
        """Return the seconds that decoding and reading took in the engine's process, and the lines."""
        self._pipe.send(path)
        seconds, lines = self._pipe.recv()
        return seconds, lines


def serve(pipe: Connection, folder: Path, cache: Path) -> None:
    """Answer pictures until the other end closes."""
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    os.environ["PADDLE_PDX_CACHE_HOME"] = str(cache)
    sys.stdout = sys.stderr
    logging.disable(logging.WARNING)
    engine = _engine(folder)
    pipe.send("ready")
    try:
        while True:
            pipe.send(_timed(engine, pipe.recv()))
    except (EOFError, KeyboardInterrupt):
        return


def _timed(engine: Any, path: Path) -> tuple[float, list[str]]:
    begun = time.perf_counter()
    (result,) = engine.predict(str(path))
    return time.perf_counter() - begun, [str(text) for text in result["rec_texts"]]


def _engine(folder: Path) -> Any:
    import paddleocr

    detection, recognition = models.DETECTION.name, models.RECOGNITION.name
    return paddleocr.PaddleOCR(
        text_detection_model_name=detection,
        text_detection_model_dir=str(folder / detection),
        text_recognition_model_name=recognition,
        text_recognition_model_dir=str(folder / recognition),
        text_recognition_batch_size=1,
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
        # The same thresholds and detection size as the product: only what the product adds is measured.
        **DETECTION,
        engine="onnxruntime",
        device="cpu",
        engine_config={"intra_op_num_threads": os.cpu_count() or 1, "enable_cpu_mem_arena": False},
    )

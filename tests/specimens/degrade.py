"""What scanners and phones do to paper; the same seed gives the same picture."""

import io

import cv2
import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def scan(
    page: Image.Image,
    seed: int,
    *,
    tilt: float = 0.7,
    noise: float = 5,
    grey: bool = False,
    longest: int = 2000,
) -> bytes:
    """Return a scan as JPEG: a little crooked, a little noisy."""
    rng = np.random.default_rng(seed)
    page = _shrunk(page, longest)
    picture = np.asarray(page.convert("L").convert("RGB") if grey else page).astype(np.float32)
    picture = _tilted(picture, tilt)
    picture += rng.normal(0, noise, picture.shape)
    return _jpeg(picture, 72)


def photo(page: Image.Image, seed: int, *, longest: int = 2000) -> bytes:
    """Return a phone photo as JPEG: on a desk, from an angle, one side darker."""
    rng = np.random.default_rng(seed)
    source = np.asarray(_shrunk(page, longest)).astype(np.float32)
    height, width = source.shape[:2]
    big_w, big_h = int(width * 1.25), int(height * 1.2)
    shift = rng.uniform(-0.035, 0.035, (4, 2)) * (width, height)
    inner = np.array([[0.1, 0.08], [0.9, 0.08], [0.9, 0.92], [0.1, 0.92]]) * (big_w, big_h)
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    matrix = cv2.getPerspectiveTransform(corners, np.float32(inner + shift))
    desk = np.full((big_h, big_w, 3), (112, 88, 66), np.float32)
    grain = cv2.resize(rng.normal(0, 10, (big_h // 6, 12, 1)).astype(np.float32), (big_w, big_h))
    desk += grain[:, :, None]
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (big_w, big_h))
    picture = cv2.warpPerspective(source, matrix, (big_w, big_h)) + desk * (1 - mask[:, :, None])
    light = np.linspace(1.0, 0.74, big_w, dtype=np.float32)[None, :, None]
    picture = cv2.GaussianBlur(picture * light, (3, 3), 0) + rng.normal(0, 3, picture.shape)
    return _jpeg(picture, 78)


def poor_scan(page: Image.Image, seed: int) -> bytes:
    """Return a scan as an old machine makes it: grey, pale, coarse and striped."""
    rng = np.random.default_rng(seed)
    picture = np.asarray(_shrunk(page, 1500).convert("L").convert("RGB")).astype(np.float32)
    picture = cv2.GaussianBlur(picture * 0.8 + 46, (3, 3), 0)
    picture += rng.normal(0, 3, (1, picture.shape[1], 1)) + rng.normal(0, 9, picture.shape)
    return _jpeg(_tilted(picture, float(rng.uniform(-1.5, 1.5))), 55)


def turned(jpeg: bytes, degrees: int) -> bytes:
    """Return a picture that lies on its side or its head."""
    picture = Image.open(io.BytesIO(jpeg)).rotate(degrees, expand=True)
    return _jpeg(np.asarray(picture).astype(np.float32), 80)


def scanned_pdf(*jpegs: bytes) -> bytes:
    """Return a PDF that holds one picture a page and no text, as office scanners write it."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for jpeg in jpegs:
        width, height = Image.open(io.BytesIO(jpeg)).size
        canvas.setPageSize((width * 72 / 200, height * 72 / 200))
        canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, width * 72 / 200, height * 72 / 200)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _tilted(picture: np.ndarray, degrees: float) -> np.ndarray:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=(250, 250, 250))


def _shrunk(page: Image.Image, longest: int) -> Image.Image:
    small = page.copy()
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return small


def _jpeg(picture: np.ndarray, quality: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()

"""What scanners and phones do to paper; the same seed gives the same picture."""

import io

import cv2
import numpy as np
import pypdfium2 as pdfium
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


def photo(page: Image.Image, seed: int, *, longest: int = 2000, shade: bool = False) -> bytes:
    """Return a phone photo as JPEG: on a desk, from an angle, one side darker; in the phone's shade if wanted."""
    rng = np.random.default_rng(seed)
    source = np.asarray(_shrunk(page, longest)).astype(np.float32)
    height, width = source.shape[:2]
    big_w, big_h = int(width * 1.25), int(height * 1.2)
    shift = rng.uniform(-0.035, 0.035, (4, 2)) * (width, height)
    inner = np.array([[0.1, 0.08], [0.9, 0.08], [0.9, 0.92], [0.1, 0.92]]) * (big_w, big_h)
    picture = _on_desk(source, inner + shift, (big_w, big_h), rng)
    return _jpeg(picture * _shade(big_w, big_h, rng) if shade else picture, 78)


def skewed_photo(page: Image.Image, seed: int, *, longest: int = 2000) -> bytes:
    """Return a phone photo as JPEG that was taken askew, by 8 to 16 degrees, and from far aside."""
    rng = np.random.default_rng(seed)
    source = np.asarray(_shrunk(page, longest)).astype(np.float32)
    height, width = source.shape[:2]
    angle = np.radians(rng.uniform(8, 16) * rng.choice((-1, 1)))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) - (width / 2, height / 2)
    corners = corners + rng.uniform(-0.06, 0.06, (4, 2)) * (width, height)
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = corners - corners.min(axis=0) + 0.05 * longest
    big_w, big_h = (int(side) for side in corners.max(axis=0) + 0.05 * longest)
    return _jpeg(_on_desk(source, corners, (big_w, big_h), rng), 78)


def _on_desk(
    source: np.ndarray, corners: np.ndarray, size: tuple[int, int], rng: np.random.Generator
) -> np.ndarray:
    """Lay a sheet with these corners on a desk of this size (width, height)."""
    (height, width), (big_w, big_h) = source.shape[:2], size
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    matrix = cv2.getPerspectiveTransform(flat, np.float32(corners))
    desk = np.full((big_h, big_w, 3), (112, 88, 66), np.float32)
    grain = cv2.resize(rng.normal(0, 10, (big_h // 6, 12, 1)).astype(np.float32), size)
    desk += grain[:, :, None]
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size)
    picture = cv2.warpPerspective(source, matrix, size) + desk * (1 - mask[:, :, None])
    light = np.linspace(1.0, 0.74, big_w, dtype=np.float32)[None, :, None]
    return cv2.GaussianBlur(picture * light, (3, 3), 0) + rng.normal(0, 3, picture.shape)


def _shade(width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """Return the light that a phone held over the desk leaves: a soft dark block from one side."""
    light = np.ones((height // 8, width // 8), np.float32)
    left, top = rng.uniform(0.1, 0.5), rng.uniform(0.3, 0.6)
    corners = np.array([[left, 1.1], [left - 0.1, top], [left + 0.5, top - 0.08], [left + 0.6, 1.1]])
    block = (corners * (width // 8, height // 8)).astype(np.int32)
    cv2.fillConvexPoly(light, block, float(rng.uniform(0.5, 0.65)))
    return cv2.resize(cv2.GaussianBlur(light, (0, 0), 5), (width, height))[:, :, None]


def folded(page: Image.Image, seed: int) -> bytes:
    """Return a scan as JPEG of a sheet that was folded in three to fit an envelope."""
    rng = np.random.default_rng(seed)
    picture = np.asarray(_shrunk(page, 2000)).astype(np.float32)
    height, width = picture.shape[:2]
    rows = np.arange(height, dtype=np.float32)
    light, bend = np.ones(height, np.float32), np.zeros(height, np.float32)
    for share in (1 / 3, 2 / 3):
        away = (rows - (share + rng.uniform(-0.02, 0.02)) * height) / height
        light -= 0.3 * np.exp(-np.abs(away) / 0.004) + 0.06 * np.exp(-np.abs(away) / 0.03)
        bend += 4 * np.exp(-np.abs(away) / 0.01)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), rows + bend)
    bent = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    picture = bent * light[:, None, None] + rng.normal(0, 5, picture.shape)
    return _jpeg(_tilted(picture, float(rng.uniform(-1, 1))), 72)


def squeezed(jpeg: bytes) -> bytes:
    """Return a picture as chat programs pass it on: smaller, and compressed until it shows."""
    return _jpeg(np.asarray(_shrunk(Image.open(io.BytesIO(jpeg)), 1600)), 22)


def webp(jpeg: bytes) -> bytes:
    """Return a picture as WebP."""
    buffer = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).save(buffer, "WEBP", quality=75)
    return buffer.getvalue()


def tiff(*jpegs: bytes) -> bytes:
    """Return a grey TIFF with one page a picture, as office scanners write it."""
    first, *rest = (Image.open(io.BytesIO(jpeg)).convert("L") for jpeg in jpegs)
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", compression="tiff_lzw", save_all=True, append_images=rest)
    return buffer.getvalue()


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


def mixed_pdf(printed: bytes, *jpegs: bytes) -> bytes:
    """Return a PDF whose first page has text, and whose other pages were signed, scanned and put back."""
    mixed = pdfium.PdfDocument(printed)
    scans = pdfium.PdfDocument(scanned_pdf(*jpegs))
    for number in reversed(range(1, len(mixed))):
        mixed.del_page(number)
    mixed.import_pages(scans)
    buffer = io.BytesIO()
    mixed.save(buffer)
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

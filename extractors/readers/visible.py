"""Which characters of a PDF's text layer its page shows, and whether the page shows ink that is no text.

A text layer may say what no one sees: white, without ink, under a picture, outside of the page. And a
page may show what its layer does not say: a scan pasted into it, glyphs drawn as outlines.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.pdfinternals import resolve_and_decode

Character = dict[str, Any]

LEAST_SIZE = 3.0
"""Points; smaller print cannot be read on paper."""
_INVISIBLE = "invisible"
_EDGE = 24
"""Least step in brightness between neighbouring pixels that an eye sees as print."""
_WHITE = 0.93
_DARK_GROUND = 140
"""Mean brightness under white print, at most; black print on white paper has a higher one."""
_INK = 150
"""Pixels darker than this, and not red as a seal, are print."""
_REDNESS = 35
_SCAN = 0.6
"""Pictures over this part of a page are a scan of the page."""
_LEAST_INK = 40
_WHITE_WHEN: dict[str, Callable[[Sequence[float]], bool]] = {
    "DeviceGray": lambda colour: min(colour, default=0) >= _WHITE,
    "DeviceRGB": lambda colour: min(colour, default=0) >= _WHITE,
    "DeviceCMYK": lambda colour: max(colour, default=1) <= 1 - _WHITE,
}
"""The colour spaces that say plainly what is white; in the other ones only missing ink is noticed."""


_SLANT = 0.09
"""Tangent of five degrees."""


class Seen(NamedTuple):
    """What a page shows of its text layer."""

    printed: list[Character]
    hidden: bool
    """There are letters or digits that the page does not show."""
    unread: bool
    """The page shows lines of print that its layer does not hold."""


def note_drawing(page: Any) -> None:
    """Make pdfplumber note with each object when it was drawn (mcid), and with what is drawn without ink (tag)."""
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()  # noqa: SLF001 - pdfplumber lets nobody choose the device
    page.process_object = partial(_told, page, page.process_object)


def _told(page: Any, others: Callable[[Any], Character], drawn: Any) -> Character:
    """Return what pdfplumber tells of an object; of a character only what is asked here, in a fifth of the time."""
    if not isinstance(drawn, LTChar):
        return others(drawn)
    colour = drawn.graphicstate.ncolor
    left, top = page.mediabox[:2]
    return {
        "text": drawn.get_text(),
        "x0": drawn.x0 + left,
        "x1": drawn.x1 + left,
        "top": (page.height - drawn.y1) + top,
        "bottom": (page.height - drawn.y0) + top,
        "size": drawn.size,
        "upright": drawn.upright and not _is_slanted(drawn.matrix),
        "mcid": drawn.mcid,
        "tag": drawn.tag,
        "ncs": resolve_and_decode(drawn.ncs.name),
        "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
        "object_type": "char",
    }


def _is_slanted(matrix: Sequence[float]) -> bool:
    """Tell whether a character stands askew, as watermarks across a page do; papers are set straight."""
    along, across = sorted((abs(matrix[0]), abs(matrix[1])))[::-1]
    return across > _SLANT * along


class _Device(PDFPageAggregatorWithMarkedContent):  # type: ignore[misc]  # pdfplumber has no types
    """Uses the two marks that pdfplumber hands on, which nothing else here reads, for what it does not hand on."""

    _drawn = 0
    _mode = 0

    def render_string(self, textstate: Any, *args: Any, **kwargs: Any) -> None:
        self._mode = textstate.render
        super().render_string(textstate, *args, **kwargs)
        self._mode = 0

    def tag_cur_item(self) -> None:
        if self.cur_item._objs:  # noqa: SLF001
            self._drawn += 1
            self.cur_mcid = self._drawn
            # Modes 3 and 7 of the PDF reference, 9.3.6: neither filled nor stroked.
            self.cur_tag = _INVISIBLE if self._mode in {3, 7} else None
            super().tag_cur_item()


def look(page: Any, grey: np.ndarray, colours: Callable[[], np.ndarray]) -> Seen:
    """Hold a page's characters against its picture.

    Args:
        page: pdfplumber's page, after note_drawing().
        grey: The page drawn in any size, in levels of grey.
        colours: Draws it as large in RGB; asked only where there is ink that is no text.
    """
    spaces = [c for c in page.chars if str(c["text"]).isspace()]
    characters = [c for c in page.chars if not str(c["text"]).isspace()]
    shown = _shown(characters, page, grey)
    visible = [c for c, is_shown in zip(characters, shown, strict=True) if is_shown]
    printed = list(_without_clashes(visible))
    lost = [c for c, is_shown in zip(characters, shown, strict=True) if not is_shown]
    return Seen([*printed, *spaces], _is_hiding(lost, page), _has_unread_ink(page, printed, grey, colours))


def _shown(characters: list[Character], page: Any, grey: np.ndarray) -> np.ndarray:
    if not characters:
        return np.zeros(0, dtype=bool)
    boxes = _boxes(characters, page, grey)
    kernel = np.ones((2, 2), np.uint8)
    edges = np.asarray(cv2.dilate(grey, kernel) - cv2.erode(grey, kernel) >= _EDGE).astype(np.uint8)
    shown = _sums(edges, boxes) > 0
    white = np.array([_is_white(c) for c in characters])
    area = np.maximum((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]), 1)
    shown &= ~(white & (_sums(grey, boxes) / area > _DARK_GROUND))
    shown &= np.array([c["tag"] != _INVISIBLE and c["size"] >= LEAST_SIZE for c in characters])
    for image in filter(_is_opaque, page.images):
        shown &= np.array([not _covers(image, c) for c in characters])
    return np.asarray(shown)


def _boxes(things: Iterable[Character], page: Any, picture: np.ndarray) -> np.ndarray:
    """Return boxes in whole pixels of the picture, clipped to it."""
    left, top, right, bottom = (float(v) for v in page.cropbox)
    height, width = picture.shape[:2]
    across, down = width / (right - left), height / (bottom - top)
    raw = np.array([(t["x0"], t["top"], t["x1"], t["bottom"]) for t in things], dtype=float).reshape(-1, 4)
    scaled = (raw - [left, top, left, top]) * [across, down, across, down]
    return np.asarray(np.clip(np.round(scaled), 0, [width, height, width, height]), dtype=int)


def _sums(values: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Return the sum of the values in each box."""
    table = cv2.integral(values, sdepth=cv2.CV_32S)
    x0, y0, x1, y1 = boxes.T
    return np.asarray(table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0])


def _is_white(character: Character) -> bool:
    colour = character["non_stroking_color"] or ()
    if character.get("ncs") not in _WHITE_WHEN or not all(isinstance(c, int | float) for c in colour):
        return False
    return _WHITE_WHEN[character["ncs"]](colour)


def _is_opaque(image: Character) -> bool:
    """Tell whether nothing under an image can show through; seals are drawn with a mask."""
    return not any(key in image["stream"].attrs for key in ("SMask", "Mask", "ImageMask", "IM"))


def _covers(image: Character, character: Character) -> bool:
    return bool(image["mcid"] > character["mcid"]) and _holds(image, character)


def _holds(image: Character, character: Character) -> bool:
    x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
    return bool(image["x0"] < x < image["x1"] and image["top"] < y < image["bottom"])


def _without_clashes(characters: list[Character]) -> Iterator[Character]:
    """Leave out what stands where another character stands: the same one is bold print, another one is a doubt.

    Of two different characters in one place only the picture tells which one is seen.
    """
    order = sorted(range(len(characters)), key=lambda n: (round(characters[n]["top"]), characters[n]["x0"]))
    left_out: set[int] = set()
    for one, other in pairwise(order):
        if _stand_on_each_other(characters[one], characters[other]):
            same = characters[one]["text"] == characters[other]["text"]
            left_out.update({other} if same else {one, other})
    return (c for n, c in enumerate(characters) if n not in left_out)


def _stand_on_each_other(one: Character, other: Character) -> bool:
    width = min(one["x1"] - one["x0"], other["x1"] - other["x0"])
    height = min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    aside = abs(one["x0"] + one["x1"] - other["x0"] - other["x1"]) / 2
    below = abs(one["top"] + one["bottom"] - other["top"] - other["bottom"]) / 2
    return bool(aside < 0.25 * width and below < 0.4 * height)


def _is_hiding(lost: list[Character], page: Any) -> bool:
    """Tell whether lost text says something; a scan's own layer lies on the scan, and people see the scan."""
    area = sum(float(image["width"] * image["height"]) for image in page.images)
    scans = page.images if area >= _SCAN * float(page.width * page.height) else []
    return any(str(c["text"]).isalnum() and not any(_holds(scan, c) for scan in scans) for c in lost)


def _has_unread_ink(
    page: Any, printed: list[Character], grey: np.ndarray, colours: Callable[[], np.ndarray]
) -> bool:
    ink = (grey < _INK).astype(np.uint8)
    printed = [*printed, *(c for c in page.chars if not c.get("upright", True))]
    for x0, y0, x1, y1 in _boxes(printed, page, grey).tolist():
        air = 1 + (y1 - y0) // 6
        ink[max(y0 - air, 0) : y1 + air, max(x0 - 2, 0) : x1 + 2] = 0
    for x0, y0, x1, y1 in _boxes([*page.lines, *page.rects], page, grey).tolist():
        if min(x1 - x0, y1 - y0) <= 4:
            ink[max(y0 - 2, 0) : y1 + 2, max(x0 - 2, 0) : x1 + 2] = 0
    if cv2.countNonZero(ink) < _LEAST_INK:
        return False
    ink[_is_red(colours())] = 0
    return _has_lines(ink)


def _is_red(picture: np.ndarray) -> np.ndarray:
    red, green, blue = (picture[:, :, n] for n in range(3))
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)) > _REDNESS)


def _has_lines(ink: np.ndarray) -> bool:
    """Tell whether ink forms lines of print: wider than high, neither solid nor sparse."""
    if not ink.any():
        return False
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 11), np.uint8))
    _, marks, stats, _ = cv2.connectedComponentsWithStats(joined)
    inked = np.bincount(marks.ravel(), weights=ink.ravel(), minlength=len(stats))
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    density = inked / (width * height)
    like = (height >= 7) & (height <= 60) & (width >= 1.5 * height) & (inked >= _LEAST_INK)
    like &= (density > 0.06) & (density < 0.7)
    return bool(like[1:].any())

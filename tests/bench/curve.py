"""The reliability curves as a picture: one small panel for each kind of element."""

import math
from collections.abc import Iterator

from tests.bench.calibration import Bin, at_least, at_most

_SIDE, _GAP, _ACROSS = 170, 54, 4
_NINES = 4
"""Both axes count nines, for all that matters lies between 0.9 and 1: 0, 0.9, 0.99, 0.999, 0.9999."""
_STYLE = (
    "text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.frame{fill:none;stroke:#999}"
    ".even{stroke:#bbb;stroke-dasharray:4 3}.bound{stroke:#2a6db0}.bin{fill:#2a6db0}.sure{stroke:#c33}"
)


def svg(curves: dict[str, list[Bin]], sure: float) -> str:
    """Return the picture.

    Args:
        curves: Bins by kind of element.
        sure: Confidence from which nobody is asked; drawn as a line.
    """
    rows = math.ceil(len(curves) / _ACROSS)
    width, height = _ACROSS * (_SIDE + _GAP) + _GAP, rows * (_SIDE + _GAP) + _GAP
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (kind, found) in enumerate(curves.items()):
        x = _GAP + number % _ACROSS * (_SIDE + _GAP)
        y = _GAP / 2 + number // _ACROSS * (_SIDE + _GAP)
        parts += [f'<g transform="translate({x} {y})">', *_panel(kind, found, sure), "</g>"]
    words = "Across: confidence. Up: share that was right. Both count nines."
    caption = f'<text x="{_GAP}" y="{height - 12}">{words}</text>'
    return "\n".join([*parts, caption, "</svg>"]) + "\n"


def place(share: float) -> float:
    """Return where a share lies on an axis from 0 to 1 that counts nines.

    >>> place(0.99)
    0.5
    """
    return 1.0 if share >= 1 else round(min(-math.log10(1 - share) / _NINES, 1.0), 4)


def _panel(kind: str, found: list[Bin], sure: float) -> Iterator[str]:
    count = sum(one.count for one in found)
    line = place(sure) * _SIDE
    yield f'<text class="title" x="0" y="-6">{kind} ({count})</text>'
    yield f'<rect class="frame" width="{_SIDE}" height="{_SIDE}"/>'
    yield f'<line class="even" x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0"/>'
    yield f'<line class="sure" x1="{line}" y1="0" x2="{line}" y2="{_SIDE}"/>'
    for tick in (0, 0.9, 0.99, 0.999):
        at = place(tick) * _SIDE
        yield f'<text x="{at}" y="{_SIDE + 14}" text-anchor="middle">{tick}</text>'
        yield f'<text x="-4" y="{_SIDE - at + 4}" text-anchor="end">{tick}</text>'
    for one in found:
        yield from _point(one)


def _point(one: Bin) -> Iterator[str]:
    """Draw a bin as a dot as large as its count, with the 95 % interval of its share."""
    x = place(one.mean) * _SIDE
    low, high = at_least(one.right, one.count, 0.975), at_most(one.right, one.count, 0.975)
    top, bottom = (_SIDE * (1 - place(share)) for share in (high, low))
    radius = 2 + math.log10(one.count)
    yield f'<line class="bound" x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}"/>'
    yield (
        f'<circle class="bin" cx="{x:.1f}" cy="{_SIDE * (1 - place(one.share)):.1f}" r="{radius:.1f}">'
        f"<title>{one.right} of {one.count} right at {one.mean:.4f}</title></circle>"
    )

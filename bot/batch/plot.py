"""The dial as a picture: how much goes straight through at each tolerated error, and what clerks must look at."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from bot.batch.dial import Setting

_WIDTH, _HEIGHT, _LEFT, _TOP = 560, 260, 70, 40
_STYLE = (
    "text{font:12px sans-serif;fill:#333}.frame{fill:none;stroke:#999}.grid{stroke:#e4e4e4}"
    ".band{fill:#2a6db0;opacity:.15}.through{stroke:#2a6db0;fill:none;stroke-width:2}"
    ".dot{fill:#2a6db0}.none{fill:#fff;stroke:#2a6db0}.minutes{stroke:#c33;fill:none;stroke-dasharray:5 3;stroke-width:2}"
)


def svg(settings: Sequence[Setting]) -> str:
    """Return the picture of at least two positions; hollow dots are those for which too little was checked."""
    most = max((s.clerk_minutes for s in settings), default=0) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT * 2 + _WIDTH} {_TOP * 2 + _HEIGHT + 20}">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{_LEFT * 2 + _WIDTH}" height="{_TOP * 2 + _HEIGHT + 20}" fill="#fff"/>',
        *_frame(settings, most),
        f'<polygon class="band" points="{_band(settings)}"/>',
        f'<polyline class="through" points="{_line(settings, [s.straight_through for s in settings])}"/>',
        f'<polyline class="minutes" points="{_line(settings, [s.clerk_minutes / most for s in settings])}"/>',
        *_dots(settings),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(settings: Sequence[Setting], error: float) -> float:
    """Place an error on an axis of powers of ten."""
    low, high = (math.log10(one.error) for one in (settings[0], settings[-1]))
    return round(_LEFT + (math.log10(error) - low) / ((high - low) or 1) * _WIDTH, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _HEIGHT, 1)


def _frame(settings: Sequence[Setting], most: float) -> Iterator[str]:
    yield f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{_WIDTH}" height="{_HEIGHT}"/>'
    for step in range(5):
        share = step / 4
        yield f'<line class="grid" x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{_y(share)}" y2="{_y(share)}"/>'
        yield f'<text x="{_LEFT - 8}" y="{_y(share) + 4}" text-anchor="end">{share:.0%}</text>'
        yield f'<text x="{_LEFT + _WIDTH + 8}" y="{_y(share) + 4}">{share * most:.0f}</text>'
    for one in settings:
        at = _x(settings, one.error)
        yield f'<text x="{at}" y="{_TOP + _HEIGHT + 18}" text-anchor="middle">{one.error:.2%}</text>'
    yield f'<text x="{_LEFT}" y="{_TOP - 14}">{escape("实线：直接办成的比例（带：95% 区间）　虚线：每百件人工分钟")}</text>'
    yield f'<text x="{_LEFT}" y="{_TOP + _HEIGHT + 42}">{escape("横轴：容许的错误率　空心：核对过的值还不够多，不放行")}</text>'


def _line(settings: Sequence[Setting], shares: Sequence[float]) -> str:
    return " ".join(f"{_x(settings, s.error)},{_y(v)}" for s, v in zip(settings, shares, strict=True))


def _band(settings: Sequence[Setting]) -> str:
    upper = _line(settings, [s.straight_through_high for s in settings])
    lower = _line(settings, [s.straight_through_low for s in settings]).split()
    return " ".join([upper, *reversed(lower)])


def _dots(settings: Sequence[Setting]) -> Iterator[str]:
    for one in settings:
        kind = "dot" if one.threshold is not None else "none"
        at = f'cx="{_x(settings, one.error)}" cy="{_y(one.straight_through)}"'
        yield f'<circle class="{kind}" {at} r="4"><title>{one.checked} / {one.wrong}</title></circle>'

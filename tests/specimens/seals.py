"""A round red seal pressed on a page."""

import math

from PIL import Image, ImageChops, ImageDraw

from tests.specimens.fonts import face

_INK = (222, 62, 64)


def press(page: Image.Image, centre: tuple[int, int], radius: int, words: str) -> None:
    """Press a seal; its ink lets print shine through, as stamp pads do."""
    layer = Image.new("RGB", page.size, (255, 255, 255))
    draw = ImageDraw.Draw(layer)
    x, y = centre
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_INK, width=max(radius // 26, 3))
    for n, char in enumerate(words):
        _turned(layer, centre, radius, (char, 150 + n * 240 / max(len(words) - 1, 1)))
    draw.polygon([_corner(centre, radius, n) for n in range(10)], fill=_INK)
    page.paste(ImageChops.multiply(page, layer))


def _turned(layer: Image.Image, centre: tuple[int, int], radius: int, sign: tuple[str, float]) -> None:
    """Write one character on the rim with its foot to the centre; the angle is in degrees."""
    char, degrees = sign
    size, angle = max(radius // 5, 14), math.radians(degrees)
    small = Image.new("L", (size * 2, size * 2), 0)
    ImageDraw.Draw(small).text((size, size), char, font=face("song", size), fill=255, anchor="mm")
    small = small.rotate(-degrees - 90, resample=Image.Resampling.BICUBIC)
    left = int(centre[0] + radius * 0.78 * math.cos(angle)) - size
    top = int(centre[1] + radius * 0.78 * math.sin(angle)) - size
    layer.paste(_INK, (left, top), small)


def _corner(centre: tuple[int, int], radius: int, number: int) -> tuple[float, float]:
    reach = radius * (0.14 if number % 2 else 0.34)
    angle = number * math.pi / 5
    return centre[0] + reach * math.sin(angle), centre[1] - reach * math.cos(angle)

"""Write shapes.tsv: for each character those that look almost the same in print.

Two characters are near if their drawings in two typefaces (Noto Sans CJK SC and Noto Serif CJK SC, OFL) agree very
much; or agree, and have the same strokes but for one (stroke.txt), or stand in one group of same_stroke.txt, both
of shibing624/pycorrector (Apache-2.0). Characters: GB 2312 and those that names of companies use.

    python rules/tables/names/make_shapes.py FOLDER_OF_THE_TABLES FOLDER_OF_THE_FONTS
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

HERE = Path(__file__).parent
_FONTS = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc")
_SIMPLIFIED = 2
"""Place of the simplified typeface in the collections."""
_ALONE, _BY_STROKES, _BY_GROUP = 0.80, 0.60, 0.65
"""Agreement, from -1 to 1, that is enough by itself, with the strokes, with the group."""
_MOST = 8


def characters(tables: Path) -> list[str]:
    """Return the characters that are compared."""
    seen = Counter((tables / "brand_28w.txt").read_text(encoding="utf-8"))
    standard = [
        bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)
    ]
    used = [c for c, n in seen.items() if n >= 3 and "\u4e00" <= c <= "\u9fff"]
    return sorted({*filter(None, standard), *used})


def drawings(font: Path, of: list[str]) -> np.ndarray:
    """Return one row for each character, so that the product of two rows is their agreement."""
    face = ImageFont.truetype(str(font), 44, index=_SIMPLIFIED)
    rows = []
    for character in of:
        image = Image.new("L", (48, 48), 0)
        ImageDraw.Draw(image).text((24, 24), character, fill=255, font=face, anchor="mm")
        small = image.filter(ImageFilter.GaussianBlur(1.2)).resize((32, 32), Image.Resampling.BILINEAR)
        rows.append(np.asarray(small, dtype=np.float32).ravel())
    table = np.array(rows)
    table -= table.mean(axis=1, keepdims=True)
    return np.asarray(table / np.linalg.norm(table, axis=1, keepdims=True))


def one_apart(a: str, b: str) -> bool:
    """Whether two rows of strokes are equal but for one stroke, added, left out or another."""
    a, b = sorted((a, b), key=len)
    if not a or len(b) - len(a) > 1:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return b[first + 1 :] in (a[first:], a[first + 1 :])


def groups(tables: Path) -> set[tuple[str, str]]:
    """Return the pairs that stand in one group."""
    lines = (tables / "same_stroke.txt").read_text(encoding="utf-8").splitlines()
    return {(a, b) for line in lines for a in line.split() for b in line.split()}


def pairs(tables: Path, fonts: Path) -> Iterator[tuple[float, str, str]]:
    """Yield each near pair in both orders, with its agreement."""
    compared, grouped = characters(tables), groups(tables)
    rows = (line.split() for line in (tables / "stroke.txt").read_text(encoding="utf-8").splitlines())
    strokes = {row[0]: row[1] for row in rows if len(row) == 2}
    drawn = [drawings(fonts / font, compared) for font in _FONTS]
    agreement = sum(table @ table.T for table in drawn) / len(drawn)
    for i, j in np.argwhere(agreement >= _BY_STROKES):
        a, b, agree = compared[i], compared[j], float(agreement[i, j])
        by_strokes = one_apart(strokes.get(a, ""), strokes.get(b, ""))
        is_grouped = agree >= _BY_GROUP and (a, b) in grouped
        if a != b and (agree >= _ALONE or by_strokes or is_grouped):
            yield agree, a, b


def main() -> None:
    """Write one line for each character that has near ones, the nearest first."""
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for agree, a, b in pairs(Path(sys.argv[1]), Path(sys.argv[2])):
        near[a].append((agree, b))
    best = {a: [b for _, b in sorted(found, reverse=True)[:_MOST]] for a, found in near.items()}
    kept = {a: "".join(b for b in found if a in best[b]) for a, found in best.items()}
    lines = [f"{a}\t{kept[a]}" for a in sorted(kept) if kept[a]]
    (HERE / "shapes.tsv").write_text("character\tnear\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

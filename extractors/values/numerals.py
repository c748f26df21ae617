"""Numbers in Chinese characters, common (一百) and in capital letters (壹佰).

Strict: a number is taken only where writing its value again gives the same characters, so that 一千一
(1,100 to some and 1,001 to others) is nobody's number.
"""

from typing import Final

_PLAIN = "零一二三四五六七八九"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_VARIANTS = str.maketrans(
    "〇○零壹弌贰貳弍二两兩叁叄參叄肆伍陆陸柒捌玖拾佰仟萬億圆圓",
    "零零零一一二二二二二二三三三三四五六六七八九十百千万亿元元",
)
_TO_CAPITAL = str.maketrans(_PLAIN + "十百千", _CAPITAL + "拾佰仟")
_SMALL_UNITS = (("千", 1000), ("百", 100), ("十", 10))
_LONGEST = 60
LIMIT: Final = 10**16
"""Numbers below it can be written with 万 and 亿."""
NUMERALS = "零〇○一二三四五六七八九十百千万亿壹弌贰貳弍两兩叁叄參肆伍陆陸柒捌玖拾佰仟萬億"


def plain(text: str) -> str:
    """Return capital letters and variants as common numerals."""
    return text.translate(_VARIANTS)


def to_capital(text: str) -> str:
    """Return common numerals as capital letters."""
    return text.translate(_TO_CAPITAL)


def written(number: int) -> str:
    """Return a number from 0 to 10**16 - 1 in common numerals, ten as 一十."""
    return _written(number) or "零"


def integer(text: str) -> int | None:
    """Return the number that Chinese characters write, or None where they write none for sure."""
    numeral = _with_leading_one(plain(text))
    if not numeral or len(numeral) > _LONGEST:
        return None
    number = _lenient(numeral)
    if number is None or number >= LIMIT:
        return None
    return number if same_but_for_zeros(numeral, written(number)) else None


def digits(text: str) -> str | None:
    """Return digits that are read one by one (二〇二四), or None where a character is no digit."""
    found = [str(_PLAIN.find(c)) for c in plain(text)]
    return None if "-1" in found else "".join(found)


def same_but_for_zeros(text: str, canonical: str) -> bool:
    """Tell whether a text is the canonical writing with at most some more 零 in it."""
    at = 0
    for char in text:
        if at < len(canonical) and char == canonical[at]:
            at += 1
        elif char != "零":
            return False
    return at == len(canonical)


def _with_leading_one(numeral: str) -> str:
    """Write 一十 where a number, or the part after 万 or 亿, begins with 十, after 零 too: 一千零十.

    Not after 百: 六百零十 is nobody's writing of 610, but 六百一十 misread.
    """
    out = ""
    for char in numeral:
        before = out.rstrip("零")
        begins = out[-1:] in {"", "万", "亿"} or (before != out and before[-1:] in {"万", "亿", "千"})
        out += "一十" if char == "十" and begins else char
    return out


def _written(number: int) -> str:
    if number >= 10**8:
        return _joined(number, 10**8, "亿")
    return _joined(number, 10**4, "万") if number >= 10**4 else _four(number)


def _joined(number: int, unit: int, character: str) -> str:
    high, low = divmod(number, unit)
    gap = "零" if 0 < low < unit // 10 else ""
    return f"{_written(high)}{character}{gap}{_written(low)}"


def _four(number: int) -> str:
    out, rest = "", number
    for character, unit in (*_SMALL_UNITS, ("", 1)):
        digit, rest = divmod(rest, unit)
        if digit:
            out += _PLAIN[digit] + character
        elif out and rest and not out.endswith("零"):
            out += "零"
    return out


def _lenient(numeral: str) -> int | None:
    for character, unit in (("亿", 10**8), ("万", 10**4)):
        high, found, low = numeral.rpartition(character)
        if found:
            parts = _lenient(high), _lenient(low) if low else 0
            return None if parts[0] is None or parts[1] is None else parts[0] * unit + parts[1]
    return _lenient_four(numeral)


def _lenient_four(numeral: str) -> int | None:
    total, digit = 0, 0
    units = dict(_SMALL_UNITS)
    for character in numeral:
        if character in units:
            total, digit = total + digit * units[character], 0
        elif character in _PLAIN:
            digit = _PLAIN.index(character)
        else:
            return None
    return total + digit if numeral else None

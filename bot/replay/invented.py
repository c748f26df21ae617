"""An invented value in place of a true one: as long, of the same kind, valid where the true one is, always the same.

Which value follows from a key and the true value alone. The parts that rules look at stay: the region and month of
birth of an identity number and its sex, the region of a credit code, the divisions of an address.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from extractors.identifiers import organization_code, phone, resident_id, uscc
from extractors.values import address
from rules.names.organization_forms import ending
from rules.names.parse import parse

_FILE = Path(__file__).with_name("pseudonyms.yaml")
_SURNAMES = Path(__file__).parents[2] / "extractors" / "data" / "surnames.txt"
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHJKLMNPQRTUWXY"
_HAN = re.compile("[\u3400-\u9fff]")
_LONG_NAME = 5
_TRIES = 200


@cache
def words() -> dict[str, Any]:
    """Return what invented values are made of."""
    return dict(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


@cache
def _surnames() -> tuple[str, ...]:
    lines = _SURNAMES.read_text(encoding="utf-8").splitlines()
    return tuple(name for line in lines if not line.startswith("#") for name in line.split())


class Inventor:
    """Invents values.

    Args:
        key: Whoever has it may learn which value stands for a value that they know.
        salt: Another number gives other values.
    """

    def __init__(self, key: bytes, salt: int = 0) -> None:
        self._key = key
        self._salt = salt

    def of(self, kind: str, true: str) -> str:
        """Return the invented value of a true one, of the same length."""
        makers: dict[str, Callable[[str], str]] = {
            "id_number": self._id_number,
            "uscc": self._uscc,
            "phone": self._phone,
            "account": lambda text: text[:4] + self._alike(text[4:], "account"),
            "bank_licence": lambda text: text[:5] + self._alike(text[5:], "bank_licence"),
            "name": self._name,
            "trade": self._trade,
            "address": self.address,
            "reference": self._reference,
            "email": self._email,
        }
        return makers[kind](true) if kind in makers else self._alike(true, kind)

    def birthday(self, born: date) -> date:
        """Return another day of the same month, written with as many digits."""
        days = range(1, 10) if born.day < 10 else range(10, 29)
        others = [day for day in days if day != born.day]
        return born.replace(day=others[next(self._numbers("day", born.isoformat())) % len(others)])

    def address(self, text: str) -> str:
        """Return an address with the same divisions, its names and numbers invented one by one."""
        rest = address.parts(text).rest
        head = text[: len(text) - len(rest)] if rest and text.endswith(rest) else ""
        return head + "".join(self._piece(piece) for piece in pieces(text[len(head) :]))

    def run(self, text: str) -> str:
        """Return other digits and letters for a number of which nobody knows what it is."""
        return self._alike(text, "run")

    def _piece(self, piece: str) -> str:
        if _HAN.match(piece):
            units = words()["units"]
            pool = self._from(words()["place"], "place", piece)
            return "".join(char if char in units else next(pool) for char in piece)
        return self._alike(piece, "house")

    def _id_number(self, true: str) -> str:
        born = resident_id.birth_date(true)
        if born is None:
            return true[:6] + self._alike(true[6:], "id_number")
        last = int(true[16])
        numbers = self._numbers("id_number", true)
        sequence = f"{next(numbers) % 99 + 1:02}{next(numbers) % 5 * 2 + last % 2}"
        body = f"{true[:6]}{self.birthday(born):%Y%m%d}{sequence}"
        return body + resident_id.check_character(body)

    def _uscc(self, true: str) -> str:
        if len(true) != 18 or not uscc.is_valid(true):
            return true[:8] + self._alike(true[8:], "uscc")
        body = self._alike(true[8:16], "uscc")
        check = organization_code.check_character(body)
        if not uscc.has_organization_check(true):
            check = _LETTERS[(_LETTERS.find(check) + 1) % len(_LETTERS)]
        return true[:8] + body + check + uscc.check_character(true[:8] + body + check)

    def _phone(self, true: str) -> str:
        kept = 3 if phone.kind(true) == "mobile" else 4
        for turn in range(_TRIES):
            made = true[:kept] + self._alike(true[kept:], f"phone{turn}")
            if phone.kind(made) == phone.kind(true):
                return made
        return made

    def _name(self, true: str) -> str:
        if len(true) >= _LONG_NAME and "·" not in true and (ending(true) or _HAN.match(true)):
            return self.company(true)
        return self._person(true)

    def company(self, true: str) -> str:
        """Return a company's name with another trade name."""
        trade = trade_name(true)
        at = true.find(trade)
        return true[:at] + self._trade(trade) + true[at + len(trade) :]

    def _person(self, true: str) -> str:
        if not _HAN.match(true) or "·" in true:
            pool = self._from(words()["given"], "person", true)
            return "".join(
                next(pool) if _HAN.match(c) else self._alike(c, f"{n}{true}") for n, c in enumerate(true)
            )
        own = 2 if len(true) > 2 and true[:2] in _surnames() else 1
        family = [name for name in _surnames() if len(name) == own and name != true[:own]]
        chosen = family[next(self._numbers("family", true)) % len(family)]
        pool = self._from(words()["given"], "given", true)
        return chosen + "".join(next(pool) for _ in true[own:])

    def _trade(self, true: str) -> str:
        pool = self._from(words()["trade"], "trade", true)
        return "".join(
            next(pool) if _HAN.match(c) else self._alike(c, f"{n}{true}") for n, c in enumerate(true)
        )

    def _reference(self, true: str) -> str:
        return re.sub(r"[0-9A-Za-z]{5,}", lambda found: self._alike(found[0], "reference"), true)

    def _email(self, true: str) -> str:
        local, _, domain = true.partition("@")
        host, dot, end = domain.partition(".")
        return f"{self._alike(local, 'local')}@{self._alike(host, 'host')}{dot}{end}"

    def _alike(self, true: str, what: str) -> str:
        """Return digits for digits and letters for letters; a first digit other than 0 stays so."""
        numbers = self._numbers(what, true)
        made = "".join(_other(char, next(numbers), is_first=n == 0) for n, char in enumerate(true))
        return made if made != true or not any(c.isalnum() for c in true) else self._alike(true, f"{what}'")

    def _from(self, pool: str, what: str, true: str) -> Iterator[str]:
        """Yield characters of a pool that do not stand in the true value."""
        others = [char for char in pool if char not in true]
        return (others[number % len(others)] for number in self._numbers(what, true))

    def _numbers(self, what: str, true: str) -> Iterator[int]:
        for turn in count():
            text = f"{self._salt}\n{what}\n{true}\n{turn}".encode()
            digest = hmac.new(self._key, text, hashlib.sha256).digest()
            yield from (int.from_bytes(digest[n : n + 4]) for n in range(0, 32, 4))


def trade_name(company: str) -> str:
    """Return the part of a company's name that is its own, all of it where nothing is known."""
    found = parse(company)[0].trade_name
    return found if found and found in company else company


def pieces(text: str) -> list[str]:
    """Return an address in names with the unit that follows, and numbers."""
    units = words()["units"]
    return re.findall(rf"[\u3400-\u9fff]*?[{units}]|[\u3400-\u9fff]+|[0-9A-Za-z]+|.", text)


def _other(char: str, number: int, *, is_first: bool) -> str:
    if char in _DIGITS:
        return _DIGITS[1 + number % 9] if is_first and char != "0" else _DIGITS[number % 10]
    if char.isascii() and char.isalpha():
        letter = _LETTERS[number % len(_LETTERS)]
        return letter if char.isupper() else letter.lower()
    return char

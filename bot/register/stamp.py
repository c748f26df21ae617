"""What shaped the keys of a register: other tables make other keys, and a register made by them finds nothing."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.register.errors import RegisterMissingError, RegisterOutdatedError
from extractors.model import Record

FORMAT = 2
FILE = "register.json"
_TABLES = {
    "readings": ("rules", "tables/names/readings.tsv"),
    "industry_words": ("rules", "tables/names/industry_words.tsv"),
    "industry_classes": ("rules", "tables/names/industry_classes.tsv"),
    "organization_forms": ("rules", "tables/names/organization_forms.tsv"),
    "divisions": ("extractors", "data/regions.tsv"),
}
_LABELS = {
    "readings": "读音表",
    "industry_words": "行业词表",
    "industry_classes": "行业类别表",
    "organization_forms": "组织形式表",
    "divisions": "行政区划表",
}


class Stamp(Record):
    """A register's own description."""

    format: int = FORMAT
    tables: dict[str, str]
    """Name of a table to the beginning of its SHA-256."""
    names: int = 0
    keys: int = 0
    built_on: str = ""
    skipped: int = 0
    """Rows of the input that are no longer compared with: gone for more than a year, or twice there."""


@cache
def tables() -> dict[str, str]:
    """Return the tables that shape keys, each with the beginning of its hash."""
    return {
        name: hashlib.sha256(files(package).joinpath(path).read_bytes()).hexdigest()[:16]
        for name, (package, path) in _TABLES.items()
    }


def write(folder: Path, stamp: Stamp) -> None:
    """Write a register's stamp; it is what makes a folder a register, so it is written last."""
    text = json.dumps(stamp.model_dump(), ensure_ascii=False, indent=1)
    (folder / FILE).write_text(text + "\n", encoding="utf-8")


def is_of_this_format(folder: Path) -> bool:
    """Tell whether a folder holds a register of this program's format, whatever its tables."""
    try:
        return Stamp.model_validate_json((folder / FILE).read_text(encoding="utf-8")).format == FORMAT
    except (OSError, ValueError):
        return False


def read(folder: Path) -> Stamp:
    """Return a register's stamp, if this program can use it.

    Raises:
        RegisterMissingError: The folder holds no register.
        RegisterOutdatedError: Its keys were made by other tables or by another format.
    """
    try:
        stamp = Stamp.model_validate_json((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise RegisterMissingError("文件夹里没有名称库，没有查询。") from None
    current = tables()
    changed = [label for name, label in _LABELS.items() if stamp.tables.get(name) != current[name]]
    if stamp.format != FORMAT or changed:
        what = "、".join(changed) or "格式"
        raise RegisterOutdatedError(f"建库之后{what}有改动，按旧表查询会漏掉名称，没有查询。")
    return stamp

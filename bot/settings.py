"""Settings, from the environment; every one is listed by `zeromeet doctor` with where it came from."""

import os
from pathlib import Path
from typing import Literal

from extractors.errors import UsageError
from extractors.model import Record

PREFIX = "ZEROMEET_"


class Setting(Record):
    """One setting as it is in force."""

    name: str
    value: str
    origin: Literal["environment", "default"]
    meaning: str


class Settings(Record):
    """What scripts may rely on (docs/reference/settings.md)."""

    home: Path
    """Where the store, the caches and the models lie."""
    lang: Literal["zh", "en"]
    chromium: str | None
    """Path of the browser to drive; without it one is looked for."""
    database: str
    """SQLAlchemy address of the store."""
    name_register: Path | None
    """The folder of the register of names; without it names are judged by the rules alone."""
    files: Path
    """Where papers handed in over the API lie; a fleet shares it."""
    rate: int
    """Calls that one API key may make in a second."""
    audit: float
    """Share of cases that a person looks at although nothing is open in them."""
    webhook_allow: str
    """Networks that are not public and may still be called back, as CIDR, parted by commas."""


def load() -> Settings:
    """Return the settings in force and make the home folder, readable by its owner only."""
    home = Path(os.environ.get(f"{PREFIX}HOME") or _default_home()).expanduser().resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = os.environ.get(f"{PREFIX}NAME_REGISTER")
    return Settings(
        home=home,
        lang="en" if os.environ.get(f"{PREFIX}LANG") == "en" else "zh",
        chromium=os.environ.get(f"{PREFIX}CHROMIUM") or None,
        database=os.environ.get(f"{PREFIX}DATABASE") or f"sqlite:///{home / 'zeromeet.sqlite'}",
        name_register=Path(names).expanduser().resolve() if names else None,
        files=Path(os.environ.get(f"{PREFIX}FILES") or home / "served").expanduser().resolve(),
        rate=int(os.environ.get(f"{PREFIX}RATE") or 200),
        audit=_share(os.environ.get(f"{PREFIX}AUDIT") or "0"),
        webhook_allow=os.environ.get(f"{PREFIX}WEBHOOK_ALLOW") or "",
    )


def listed(settings: Settings) -> tuple[Setting, ...]:
    """Return every setting with its value, where that came from and what it means."""
    meanings = {
        "home": "数据文件夹：案件库、读取结果、模型",
        "lang": "界面语言：zh 或 en（英文尚未提供）",
        "chromium": "指定浏览器程序的路径",
        "database": "案件库的地址",
        "name_register": "名称库的文件夹，名称申报时与其中的名称比对",
        "files": "接口收到的材料放在哪里；多台机器要共用",
        "rate": "每个接口密钥每秒最多多少次请求",
        "audit": "随机抽查的比例，0 到 1；抽中的案件没有待定事项也要人看过才办",
        "webhook_allow": "允许回调的内部网段，CIDR，用逗号分开",
    }
    return tuple(
        Setting(
            name=f"{PREFIX}{name.upper()}",
            value=_shown(name, getattr(settings, name)),
            origin="environment" if os.environ.get(f"{PREFIX}{name.upper()}") else "default",
            meaning=meaning,
        )
        for name, meaning in meanings.items()
    )


def _shown(name: str, value: object) -> str:
    if value in {None, ""}:
        return "（未设置）" if name in {"name_register", "webhook_allow"} else "（自动查找）"
    return str(value)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise UsageError(f"{PREFIX}AUDIT 不是 0 到 1 之间的数，什么也没有做。", "例如抽查百分之二写 0.02。")
    return share


def _default_home() -> Path:
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "zeromeet"

"""Is this machine ready? Each thing the program needs, whether it is there, and what to do where not."""

import platform
import shutil
import sys
from collections.abc import Iterator

from bot import settings as settings_module
from bot.portals.browser import find_browser
from bot.settings import Settings
from bot.store import Store
from extractors.errors import ZeromeetError
from extractors.model import Record
from extractors.readers import models
from extractors.sandbox import Sandbox

_LEAST_FREE_GB = 2


class Check(Record):
    """One thing that was looked at."""

    name: str
    ok: bool
    value: str
    origin: str = ""
    """Where the value comes from."""
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return every check, settings first."""
    machine = (*_machine(settings), _sandbox(), _models(settings), _browser(), _store(settings))
    return (*_settings(settings), *machine)


def _settings(settings: Settings) -> Iterator[Check]:
    for setting in settings_module.listed(settings):
        yield Check(
            name=setting.name,
            ok=True,
            value=setting.value,
            origin=f"{setting.meaning}（{_ORIGIN[setting.origin]}）",
        )


_ORIGIN = {"environment": "来自环境变量", "default": "默认"}


def _machine(settings: Settings) -> Iterator[Check]:
    version = platform.python_version()
    yield Check(name="Python", ok=sys.version_info >= (3, 11), value=version)
    free = shutil.disk_usage(settings.home).free / 1e9
    enough = free > _LEAST_FREE_GB
    remedy = "" if enough else "磁盘空间不足，请清理后再办理。"
    yield Check(name="磁盘剩余", ok=enough, value=f"{free:.0f} GB", remedy=remedy)


def _sandbox() -> Check:
    """Show which walls this machine's kernel puts up around the process that opens papers; it runs with any."""
    try:
        with Sandbox() as sandbox:
            level = sandbox.held().level
    except ZeromeetError as error:
        return Check(name="材料隔离", ok=False, value="无法启动", remedy=str(error))
    return Check(name="材料隔离", ok=True, value=_WALLS[level], origin=level)


_WALLS = {
    "strict": "无网络，系统调用受限",
    "filtered": "系统调用受限",
    "namespace": "无网络",
    "limits": "仅限内存、时间和文件",
}


def _models(settings: Settings) -> Check:
    try:
        folder = models.prepare(settings.home)
    except ZeromeetError as error:
        return Check(name="识别模型", ok=False, value="没有", remedy=str(error))
    return Check(name="识别模型", ok=True, value=f"{len(models.MODELS)} 个", origin=str(folder))


def _browser() -> Check:
    try:
        found = find_browser()
    except ZeromeetError as error:
        return Check(name="浏览器", ok=False, value="没有", remedy=str(error))
    return Check(name="浏览器", ok=True, value=found.path, origin=found.origin)


def _store(settings: Settings) -> Check:
    try:
        store = Store(settings.database)
        count = len(store.cases())
        store.close()
    except Exception as error:  # noqa: BLE001 - whatever a database driver raises means: not usable
        return Check(
            name="案件库",
            ok=False,
            value="打不开",
            remedy=f"请核对 ZEROMEET_DATABASE（{type(error).__name__}）。",
        )
    return Check(name="案件库", ok=True, value=f"{count} 件")

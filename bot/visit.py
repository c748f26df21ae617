"""A visit to a portal: within its hours, alone with its account, at its pace, in a browser of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.portals import courtesy, fingerprint
from bot.portals.browser import browser
from bot.portals.handover import Handover
from bot.portals.portal_map import PortalMap, file_of, load
from bot.portals.session import Credentials, PortalSession, Terms
from bot.practice import server
from bot.settings import Settings
from bot.workshop import Told, practice_account
from extractors.errors import UsageError

PRACTICE = "practice"
ACCOUNTS = "accounts.yaml"
_ACCOUNTS = TypeAdapter(dict[str, Credentials])


@contextmanager
def visit(
    have: Settings, portal: str, url: str | None, tell: Told, *, wait_s: float = 0
) -> Iterator[PortalSession]:
    """Yield a session at a portal, which signs in when it is first used.

    Args:
        have: Settings in force; locks and accounts lie in the home folder.
        portal: Name of a known portal, or path of a map. The practice portal is started where url is None.
        url: Address to start from, where it is not the map's own.
        tell: Takes a line for people while something is waited for.
        wait_s: How long to wait for a person at a gate of the portal; 0 where nobody is there.

    Raises:
        UsageError: No such map, an address outside of it, or no account for it.
        PortalClosedError: It is outside the portal's hours.
        FilingTakenError: Another process keeps the account.
        BrowserMissingError: There is no browser.
    """
    portal_map = load(portal)
    courtesy.assert_open(portal_map, datetime.now(UTC))
    shared = have.home / "portals"
    with ExitStack() as stack:
        credentials = account(have, portal_map)
        stack.enter_context(courtesy.account(shared, portal_map, credentials.user, tell=tell))
        if url is None and portal == PRACTICE:
            secret = credentials.password.get_secret_value()
            running = server.running(have.home / "practice.sqlite", credentials.user, secret)
            url = stack.enter_context(running)
        chromium = stack.enter_context(browser())
        terms = Terms(
            courtesy.Pace(shared, portal_map),
            fingerprint.load(file_of(portal)),
            have.home,
            Handover(wait_s, lambda task, link: tell(f"门户要求由人完成：{task}。请打开 {link}"))
            if wait_s
            else None,
        )
        yield stack.enter_context(PortalSession(portal_map, url, credentials, chromium, terms=terms))


def account(have: Settings, portal: PortalMap) -> Credentials:
    """Return the account for a portal: of accounts.yaml in the home folder, or this machine's practice account.

    Raises:
        UsageError: There is none, or the file is not as it should be.
    """
    file = have.home / ACCOUNTS
    known: dict[str, Credentials] = {}
    if file.is_file():
        if file.stat().st_mode & 0o077:
            raise UsageError(f"{ACCOUNTS} 其他人也能读，没有登录。", f"请运行 chmod 600 {file}。")
        try:
            known = _ACCOUNTS.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")) or {})
        except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
            # The library's own message repeats what stands in the file.
            raise UsageError(
                f"{ACCOUNTS} 不合格式，没有登录。", "每个门户一项：门户名: {user: …, password: …}。"
            ) from None
    if portal.id in known:
        return known[portal.id]
    if portal.id == PRACTICE:
        return practice_account(have)
    remedy = f"请在 {file} 里写一项：{portal.id}: {{user: …, password: …}}，并运行 chmod 600。"
    raise UsageError(f"没有门户“{portal.title}”的账号，没有登录。", remedy)

"""Which account a portal is visited with."""

import pytest

from bot import settings
from bot.portals.portal_map import load
from bot.visit import account
from extractors.errors import UsageError

SECRET = "geheim-1"


@pytest.fixture
def have(tmp_path, monkeypatch):
    monkeypatch.setenv("ZEROMEET_HOME", str(tmp_path))
    return settings.load()


@pytest.fixture
def other():
    return load("practice").model_copy(update={"id": "elsewhere", "title": "别处"})


def write(have, text: str, mode: int = 0o600) -> None:
    file = have.home / "accounts.yaml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def test_account_of_the_file(have, other):
    """A portal's account is the one that stands under its name."""
    write(have, f"elsewhere: {{user: desk-7, password: {SECRET}}}\n")

    found = account(have, other)

    assert (found.user, found.password.get_secret_value()) == ("desk-7", SECRET)
    assert SECRET not in repr(found)


def test_practice_portal_has_an_account_of_its_own(have):
    """The practice portal needs no entry; its password is made on this machine and stays."""
    first, second = account(have, load("practice")), account(have, load("practice"))

    assert first == second


def test_portal_without_an_account_is_not_visited(have, other):
    """Another portal never sees the practice account."""
    with pytest.raises(UsageError, match="没有门户“别处”的账号"):
        account(have, other)


@pytest.mark.parametrize(
    ("text", "mode"), [("elsewhere: {user: a}\n", 0o600), (f"elsewhere: [{SECRET}", 0o600)]
)
def test_broken_file_is_refused_without_its_contents(have, other, text, mode):
    """A mistake in the file is told without repeating what stands in it."""
    write(have, text, mode)

    with pytest.raises(UsageError) as failed:
        account(have, other)

    assert SECRET not in str(failed.value)


def test_file_that_others_may_read_is_refused(have, other):
    """Passwords lie in a file for its owner alone."""
    write(have, f"elsewhere: {{user: desk-7, password: {SECRET}}}\n", 0o644)

    with pytest.raises(UsageError, match="其他人也能读"):
        account(have, other)

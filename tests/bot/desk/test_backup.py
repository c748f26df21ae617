"""The drill: what was handed in is there again after a restore, or nothing is."""

import hashlib
import json
import sqlite3
import tarfile
import time
from contextlib import closing

import pytest

from bot import settings
from bot.desk.backup import BackupError, backup, restore
from bot.desk.service import opened
from bot.engine.acts import add_uploads
from bot.engine.model import Intake, State, Upload
from extractors.errors import UsageError

CASES = 500


@pytest.fixture
def have(tmp_path, monkeypatch):
    """Return the settings of an empty home."""
    monkeypatch.setenv("ZEROMEET_HOME", str(tmp_path / "home"))
    return settings.load()


@pytest.fixture
def elsewhere(have, tmp_path):
    """Return the settings of another empty home."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    update = {"home": home, "files": home / "served", "database": f"sqlite:///{home / 'zeromeet.sqlite'}"}
    return have.model_copy(update=update)


def hand_in(works, number):
    case = f"c{number:024x}"
    folder = works.folder(case)
    folder.mkdir(parents=True)
    paper = f"paper {number}".encode() * 100
    (folder / "001.pdf").write_bytes(paper)
    upload = Upload(file="001.pdf", label="a", sha256=hashlib.sha256(paper).hexdigest(), size=len(paper))
    from sqlmodel import Session

    with Session(works.engine) as session:
        works.cases.add(session, Intake(tenant="hall", folder=str(folder), on="2026-11-23"), case)
        add_uploads(session, case, [upload])
        session.commit()
    return case


def test_restored_service_goes_on_where_the_copy_was_made(have, elsewhere, tmp_path):
    """Hundreds of cases come back with their papers and their jobs, under the new folder, within seconds."""
    with opened(have) as works:
        made = [hand_in(works, number) for number in range(CASES)]
        kept = backup(have, tmp_path / "copy.tar")

    start = time.monotonic()
    back = restore(elsewhere, tmp_path / "copy.tar")
    seconds = time.monotonic() - start

    assert (kept.cases, kept.files) == (back.cases, back.files) == (CASES, CASES)
    assert seconds < 15
    with opened(elsewhere) as works:
        assert works.cases.stuck() == []
        assert works.cases.counts()[State.RECEIVED] == CASES
        found = works.cases.find(made[7])
        assert found.folder == str(elsewhere.files / made[7] / "papers")
        assert (elsewhere.files / made[7] / "papers" / "001.pdf").is_file()


@pytest.mark.parametrize("spoil", ["paper", "missing", "hash"])
def test_spoilt_backup_is_not_restored(have, elsewhere, tmp_path, spoil):
    """A changed or missing paper, even where its hash was changed with it: nothing is put there."""
    with opened(have) as works:
        case = hand_in(works, 1)
    backup(have, tmp_path / "copy.tar")
    place = tmp_path / "open"
    with tarfile.open(tmp_path / "copy.tar") as archive:
        archive.extractall(place, filter="data")
    paper = place / "served" / case / "papers" / "001.pdf"
    if spoil == "missing":
        paper.unlink()
    else:
        paper.write_bytes(b"another")
    if spoil == "hash":
        hashes = json.loads((place / "hashes.json").read_bytes())
        hashes[f"served/{case}/papers/001.pdf"] = hashlib.sha256(b"another").hexdigest()
        (place / "hashes.json").write_text(json.dumps(hashes))
    with tarfile.open(tmp_path / "spoilt.tar", "w") as archive:
        archive.add(place, ".")

    with pytest.raises(BackupError):
        restore(elsewhere, tmp_path / "spoilt.tar")

    assert list(elsewhere.home.iterdir()) == []


def test_backup_is_for_its_owner_only(have, tmp_path):
    """It holds personal data: mode 0600, and it never takes the place of a file that is there."""
    with opened(have) as works:
        hand_in(works, 1)
    backup(have, tmp_path / "copy.tar")

    assert (tmp_path / "copy.tar").stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError):
        backup(have, tmp_path / "copy.tar")


def test_restore_never_lands_on_cases(have, tmp_path):
    """Where there are cases already, nothing is touched."""
    with opened(have) as works:
        hand_in(works, 1)
    backup(have, tmp_path / "copy.tar")

    with pytest.raises(UsageError):
        restore(have, tmp_path / "copy.tar")

    with closing(sqlite3.connect(have.home / "zeromeet.sqlite")) as connection:
        assert connection.execute('SELECT count(*) FROM "case"').fetchone() == (1,)

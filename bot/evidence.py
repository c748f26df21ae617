"""Proof of a filing that shows no personal value: what was planned, read back, sent and received, chained.

Values are kept as digests under a key of this home (HMAC-SHA-256): who holds the store can show that a value was
the one that was filed; who holds the evidence alone learns nothing. Each bundle's manifest is a line of one chain,
and each line holds the digest of the line before, so that none can be changed or taken away unnoticed.
"""

import fcntl
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bot import leaks
from bot.errors import EvidenceError
from bot.portals.plan import Outcome, Submission
from bot.portals.trail import PageTrail
from extractors.model import Record

FOLDER = "evidence"
MANIFEST = "manifest.json"
_CHAIN = "chain.jsonl"
_START = "0" * 64
_TELLING = frozenset({"name", "number", "mobile", "phone", "telephone", "email", "address", "account"})


class Link(Record):
    """One line of the chain."""

    number: int
    at: datetime
    bundle: str
    """Its folder, below the evidence folder."""
    manifest: str
    """SHA-256 of its manifest, in hex."""
    previous: str
    """SHA-256 of the line before, in hex; of zeros for the first."""


class Bundle:
    """The evidence of one filing while it is made.

    Args:
        home: The home folder.
        case: The case's id.
        submission: What is filed.
    """

    def __init__(self, home: Path, case: str, submission: Submission) -> None:
        self._root = home / FOLDER
        self._submission = submission
        self._name = f"{case}/{submission.hall}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
        self._files: dict[str, bytes] = {}
        self._begun = datetime.now(UTC)

    @property
    def texts(self) -> list[str]:
        """Everything that was planned, to be blotted out of pictures."""
        return [value.text for form in self._submission.forms for value in form.values if len(value.text) > 1]

    @property
    def _personal(self) -> list[str]:
        """What names a person or leads to one: told by the last word of its field."""
        values = (value for form in self._submission.forms for value in form.values)
        return [v.text for v in values if v.field.rsplit(".", 1)[-1].rsplit("_", 1)[-1] in _TELLING]

    def picture(self, name: str, png: bytes) -> None:
        """Add a picture that has been blotted out."""
        self._files[f"{name}.png"] = png

    def close(self, outcome: Outcome, trail: Sequence[PageTrail], versions: dict[str, str]) -> Path:
        """Write the bundle and its line of the chain; return its folder.

        Raises:
            EvidenceError: A planned value would stand in it; nothing was written.
        """
        key = _key(self._root)
        manifest = json.dumps(self._manifest(outcome, trail, versions, key), ensure_ascii=False, indent=1)
        if leaks.found(manifest, self._personal):
            raise EvidenceError("凭证里会出现申请人的信息，没有写下凭证；办理结果不受影响。")
        folder = self._root / self._name
        folder.mkdir(parents=True, mode=0o700)
        for name, data in self._files.items():
            (folder / name).write_bytes(data)
        (folder / MANIFEST).write_text(manifest, encoding="utf-8")
        _chain(self._root, self._name, manifest)
        return folder

    def _manifest(
        self, outcome: Outcome, trail: Sequence[PageTrail], versions: dict[str, str], key: bytes
    ) -> dict[str, Any]:
        planned = {
            f"{f.form}.{v.field}": _digest(key, v.text) for f in self._submission.forms for v in f.values
        }
        pages = [
            page.model_dump(mode="json") | {"shown": {f: _digest(key, t) for f, t in page.shown.items()}}
            for page in trail
        ]
        return {
            "hall": self._submission.hall,
            "business_key": _digest(key, self._submission.business_key),
            "plan_hash": self._submission.plan_hash,
            "plan": planned,
            "begun": self._begun.isoformat(),
            "ended": datetime.now(UTC).isoformat(),
            "state": outcome.state.value,
            "already": outcome.already,
            "readback_equal": outcome.readback_equal,
            "receipt": outcome.receipt.model_dump(mode="json") if outcome.receipt else None,
            "pages": pages,
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in self._files.items()},
            "versions": versions | {"zeromeet": version("zeromeet")},
        }


def verify(home: Path) -> list[str]:
    """Return what is wrong with the chain and its bundles, one sentence each; nothing where all is whole."""
    root, previous, wrong = home / FOLDER, _START, []
    for number, line in enumerate(_lines(root), 1):
        link = Link.model_validate_json(line)
        if (link.number, link.previous) != (number, previous):
            wrong.append(f"第 {number} 条与前一条接不上：有凭证被改动或拿走。")
        wrong.extend(f"第 {number} 条：{fault}" for fault in _faults(root / link.bundle, link.manifest))
        previous = hashlib.sha256(line.encode()).hexdigest()
    return wrong


def bundles(home: Path, case: str) -> list[Path]:
    """Return the folders of a case's evidence, oldest first."""
    names = [Link.model_validate_json(line).bundle for line in _lines(home / FOLDER)]
    return [home / FOLDER / name for name in names if name.split("/")[0] == case]


def is_of(home: Path, folder: Path, field: str, text: str) -> bool:
    """Tell whether a bundle proves that a field was filed with this text; field is "form.field"."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return hmac.compare_digest(manifest["plan"].get(field, ""), _digest(_key(home / FOLDER), text))


def _faults(folder: Path, manifest: str) -> Iterator[str]:
    file = folder / MANIFEST
    if not file.is_file():
        yield "凭证不见了。"
        return
    text = file.read_text(encoding="utf-8")
    if hashlib.sha256(text.encode()).hexdigest() != manifest:
        yield "凭证的清单被改动。"
        return
    for name, told in json.loads(text)["files"].items():
        data = (folder / name).read_bytes() if (folder / name).is_file() else b""
        if hashlib.sha256(data).hexdigest() != told:
            yield f"{name} 被改动或拿走。"


def _lines(root: Path) -> list[str]:
    file = root / _CHAIN
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _chain(root: Path, bundle: str, manifest: str) -> None:
    with (root / _CHAIN).open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = _lines(root)
        link = Link(
            number=len(before) + 1,
            at=datetime.now(UTC),
            bundle=bundle,
            manifest=hashlib.sha256(manifest.encode()).hexdigest(),
            previous=hashlib.sha256(before[-1].encode()).hexdigest() if before else _START,
        )
        file.write(link.model_dump_json() + "\n")


def _digest(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() if text else ""


def _key(root: Path) -> bytes:
    """Return this home's key, made once."""
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = root / "key"
    with suppress(FileExistsError), file.open("xb") as fresh:
        file.chmod(0o600)
        fresh.write(secrets.token_bytes(32))
    return file.read_bytes()

"""A recording without the people and companies in it: what was read is rewritten, and everything after it made anew."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from bot.judging import conclude, understand
from bot.leaks import found
from bot.model import Review
from bot.portals.portal_map import load
from bot.replay import invented
from bot.replay.invented import Inventor
from bot.replay.masking import Mask, fold
from bot.replay.model import Filled, NotedName, Outcome, Recording
from bot.replay.stages import NotedNames, extracted, plan
from bot.review import seen
from extractors.elements import element_kind
from extractors.identifiers import resident_id, uscc
from extractors.model import Element, Money, Paper, Value
from extractors.readers.recorded import Answers
from extractors.values import address
from forms.facts import gather
from forms.vocabulary import fact_specs

_TRIES = 4
"""Sets of invented values of which one, it is hoped, gives every rule the same verdict."""
_TYPES = frozenset({"name", "uscc", "id_number", "phone", "account"})
_LEAST = 2
_BORN = (
    "{0}年{1}月{2}日",
    "{0}年{1:02}月{2:02}日",
    "{0}{1:02}{2:02}",
    "{0}.{1}.{2}",
    "{0}.{1:02}.{2:02}",
    "{0}/{1:02}/{2:02}",
)


class Known(NamedTuple):
    """One value of a person or a company."""

    kind: str
    true: str


class Pseudonymised(NamedTuple):
    """A recording that may be passed on."""

    recording: Recording
    originals: frozenset[str]
    """What must not be found in it any more."""
    changed: tuple[str, ...]
    """Rules whose verdict is another one with the invented values."""


def key_of(home: Path) -> bytes:
    """Return the key of this machine's invented values, made once: the same value is always replaced alike."""
    file = home / "pseudonym-key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(secrets.token_bytes(32))
    return file.read_bytes()


def pseudonymised(case: Recording, key: bytes) -> Pseudonymised:
    """Return a case with invented values; of several sets of them the one that leaves the verdicts as they are."""
    every = list(dict.fromkeys(known(case)))
    best: Pseudonymised | None = None
    for salt in range(_TRIES):
        made = _pseudonymised(case, every, Inventor(key, salt), key)
        if best is None or len(made.changed) < len(best.changed):
            best = made
        if not best.changed:
            break
    assert best is not None  # noqa: S101 - there is at least one try
    return best


def known(case: Recording) -> Iterator[Known]:
    """Yield every value of a person or a company that was read or decided."""
    for paper in case.papers:
        for element in paper.elements:
            yield from _stated(paper, element)
    for review in case.reviews:
        spec = fact_specs().get(review.fact)
        texts = [text for text in (review.value, review.machine_value) if text]
        if spec and spec.type in _TYPES:
            yield from (Known(spec.type, text) for text in texts)
        elif "address" in review.fact:
            yield from (Known("address", text) for text in texts)


def _stated(paper: Paper, element: Element) -> Iterator[Known]:
    words = invented.words()
    kind = element_kind(paper.kind, element.name).type
    kind = kind if kind in _TYPES else words["elements"].get(element.name, "")
    if isinstance(element.value, str) and kind:
        yield Known(kind, element.value)
        if kind in {"uscc", "id_number", "phone", "account"}:
            yield from (Known(kind, source.raw) for source in element.sources)
    elif isinstance(element.value, tuple):
        for row in element.value:
            for column, cell in row.items():
                if column in words["columns"] and isinstance(cell, str):
                    yield Known(words["columns"][column], cell)


def _replaced(every: Iterable[Known], inventor: Inventor) -> dict[str, str]:
    """Return true values as they are searched with the invented ones."""
    made: dict[str, str] = {}
    for kind, true in every:
        plain = true if kind == "birthday" else fold(true)
        for part, new in _parts(kind, plain, inventor):
            if part != new:
                made.setdefault(part, new)
    return made


def _parts(kind: str, true: str, inventor: Inventor) -> Iterator[tuple[str, str]]:
    if kind == "address":
        yield from _address_parts(true, inventor)
        return
    if kind == "birthday":
        yield from _days(date.fromisoformat(true), inventor)
        return
    new = inventor.of(kind, true)
    yield true, new
    if kind == "uscc" and uscc.is_valid(true):
        yield true[8:17], new[8:17]
    if kind == "id_number" and (born := resident_id.birth_date(true)):
        yield from _days(born, inventor)
    trade = invented.trade_name(true) if kind == "name" else ""
    if len(trade) >= _LEAST and trade != true and len(true) == len(new):
        at = true.find(trade)
        yield trade, new[at : at + len(trade)]


def _days(born: date, inventor: Inventor) -> Iterator[tuple[str, str]]:
    """Yield a birthday in every way that it is written."""
    other = inventor.birthday(born)
    for pattern in _BORN:
        texts = (pattern.format(day.year, day.month, day.day) for day in (born, other))
        before, after = map(fold, texts)
        yield before, after


def _address_parts(true: str, inventor: Inventor) -> Iterator[tuple[str, str]]:
    """Yield an address without its divisions, and each name of a place in it."""
    rest = address.parts(true).rest
    if len(rest) >= _LEAST * 2:
        yield rest, inventor.address(rest)
    streets = invented.words()["streets"]
    for piece in invented.pieces(rest):
        if len(piece) > _LEAST and piece[-1] in streets:
            yield piece, inventor.address(piece)


def _pseudonymised(case: Recording, every: Sequence[Known], inventor: Inventor, key: bytes) -> Pseudonymised:
    values = _replaced(every, inventor)
    mask = Mask(values, _amounts(case.papers), inventor)
    ids = {one.document.id: _digest(key, one.document.id) for one in case.answers}
    answers = tuple(_answers(one, mask, ids) for one in case.answers)
    papers, _ = extracted(answers)
    manifest = case.manifest.model_copy(
        update={
            "is_pseudonymised": True,
            "files": tuple(
                f.model_copy(update={"id": ids.get(f.id, ""), "name": mask.text(f.name), "is_kept": False})
                for f in case.manifest.files
            ),
            "unreadable": tuple(
                u.model_copy(update={"file": mask.text(u.file), "message": mask.text(u.message)})
                for u in case.manifest.unreadable
            ),
        }
    )
    names = tuple(_name(one, mask) for one in case.names)
    reviews = tuple(_review(one, case.papers, papers, mask) for one in case.reviews)
    parts = {"manifest": manifest, "answers": answers, "papers": papers, "names": names, "reviews": reviews}
    made = _anew(case.model_copy(update={**parts, "traffic": ()}))
    changed = _verdicts(case) ^ _verdicts(made)
    gone = frozenset(true for true in values if len(true) >= _LEAST)
    return Pseudonymised(made, gone, tuple(sorted({rule for rule, _, _ in changed})))


def _anew(case: Recording) -> Recording:
    on = date.fromisoformat(case.manifest.on)
    known_now = understand(case.papers, case.reviews, on, NotedNames(case.names))
    found = conclude(case.papers, case.manifest.unreadable, known_now, on)
    outcome = Outcome(
        findings=found.findings,
        named=known_now.named,
        status=found.status,
        why=found.why,
        settlement=found.settlement,
    )
    filled = Filled(forms=known_now.forms, not_needed=known_now.not_needed)
    made = case.model_copy(update={"facts": known_now.facts, "filled": filled, "outcome": outcome})
    return made.model_copy(update={"plan": plan(made, load(case.manifest.portal))})


def _verdicts(case: Recording) -> set[tuple[str, str, str]]:
    return {(f.rule, f.verdict.value, f.severity.value) for f in case.outcome.findings}


def _answers(one: Answers, mask: Mask, ids: Mapping[str, str]) -> Answers:
    document = one.document
    pages = []
    for page in document.pages:
        texts = mask.lines([line.text for line in page.lines])
        lines = (line.model_copy(update={"text": text}) for line, text in zip(page.lines, texts, strict=True))
        pages.append(page.model_copy(update={"lines": tuple(lines)}))
    update = {"id": ids[document.id], "filename": mask.text(document.filename), "pages": tuple(pages)}
    looked = {place: (mask.text(text), score) for place, (text, score) in one.seen.items()}
    return one.model_copy(update={"document": document.model_copy(update=update), "seen": looked})


def _name(one: NotedName, mask: Mask) -> NotedName:
    return NotedName.model_validate(_through(one.model_dump(mode="json"), mask))


def _through(value: Any, mask: Mask) -> Any:
    if isinstance(value, str):
        return mask.text(value)
    if isinstance(value, dict):
        return {name: _through(one, mask) for name, one in value.items()}
    return [_through(one, mask) for one in value] if isinstance(value, list) else value


def _review(one: Review, old: Sequence[Paper], new: Sequence[Paper], mask: Mask) -> Review:
    """Return a decision on the invented value; one that was in force stays in force."""
    held = one.witnesses == seen(gather(old, {}).get(one.fact))
    update: dict[str, object] = {
        "value": mask.text(one.value),
        "machine_value": mask.text(one.machine_value) if one.machine_value else one.machine_value,
        "who": "a person",
        "why": mask.text(one.why),
        "witnesses": seen(gather(new, {}).get(one.fact)) if held else "changed",
    }
    return one.model_copy(update=update)


def _amounts(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        for element in paper.elements:
            for amount in _money(element.value):
                yield from (amount, amount.partition(".")[0], amount.replace(".", ""))


def _money(value: Value) -> Iterator[str]:
    if isinstance(value, Money):
        yield value.amount
    elif isinstance(value, tuple):
        yield from (cell.amount for row in value for cell in row.values() if isinstance(cell, Money))


def _digest(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def leaks(members: Mapping[str, bytes], gone: Iterable[str]) -> tuple[str, ...]:
    """Return the members of a file in which a true value is left: as it is, spaced out, in full width, as digits only.

    Args:
        members: The parts of a recording as JSON.
        gone: True values.
    """
    wanted = {fold(one) for one in gone}
    digits = {one for one in wanted if one.isdecimal() and len(one) >= 9}
    return tuple(name for name, data in sorted(members.items()) if _leaks(json.loads(data), wanted, digits))


def _leaks(content: Any, wanted: set[str], digits: set[str]) -> bool:
    texts = list(_texts(content))
    only = "\0".join("".join(c for c in fold(text) if c.isdecimal()) for text in texts)
    # Lines of one page follow each other: a value may go on in the next one.
    across = fold("".join(_lines(content)))
    long = {one for one in wanted if len(one) >= 8}
    return (
        bool(found("\0".join(texts), wanted))
        or any(one in only for one in digits)
        or any(one in across for one in long)
    )


def _lines(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            yield from [value] if name == "text" and isinstance(value, str) else _lines(value)
    elif isinstance(content, list):
        for value in content:
            yield from _lines(value)


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for name, value in content.items():
            yield name
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)

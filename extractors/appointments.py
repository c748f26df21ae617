"""Who is appointed to what: 选举王某为公司执行公司事务的董事，并担任公司法定代表人.

Papers word this in countless ways; what they share is a verb of appointment, a person and the posts.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.interpret import DOUBTED
from extractors.kinds import KINDS
from extractors.model import Element
from extractors.phrases import Flow, flow
from extractors.take import Candidate, Taker, confidence_of

_VERB = re.compile("选举|推选|推举|委派|委任|聘任|聘请|聘用|任命|指定|由")
_TAIL = re.compile(
    r"(?P<name>[\u3400-\u9fff·]{2,20}?)(?:先生|女士|同志)?(?:\([^)]{1,60}\))?[,、]?(?:继续)?(?:为|担任|出任|兼任|任)"
    r"(?P<posts>[^。;]*?)(?=[。;]|选举|推选|推举|委派|委任|聘任|聘请|聘用|任命|由|同意|$)"
)
_BEFORE = re.compile("[。;]")
_POSTS = {
    "legal_representative": re.compile("法定代表人"),
    "executive_director": re.compile("董事(?!会)"),
    "manager": re.compile("(?<!副)(?<!副总)经理"),
    "supervisor": re.compile("监事(?!会)"),
}
_NOT_SET = re.compile("^不(再)?设")
_SAME_PERSON = re.compile(
    r"(?P<post>董事|经理)(?:同时)?(?:为|是|担任|兼任)公司(?:的)?法定代表人"
    r"|法定代表人由(?:公司)?(?:代表公司)?(?:执行公司事务的)?(?:执行)?(?P<by>董事|经理)担任"
)
_POST_OF = {"董事": "executive_director", "经理": "manager"}


class _Appointment(NamedTuple):
    name: str
    start: int
    end: int
    posts: frozenset[str]


def take_appointments(taker: Taker, *elements: str) -> Iterator[Element]:
    """Yield the persons appointed to these posts; two different persons for one post are a doubt.

    Args:
        taker: Of the paper.
        elements: Some of legal_representative, executive_director, manager, supervisor.
    """
    running = flow(taker)
    found = list(_appointments(running.text))
    for element in elements:
        holders = [a for a in found if element in a.posts] or _same_person(running.text, element, found)
        if holders:
            yield taker.keep(element, _candidate(running, holders))


def _candidate(running: Flow, holders: list[_Appointment]) -> Candidate:
    first = holders[0]
    spans = running.spans(first.start, first.end)
    confidence = confidence_of(first.name, spans, KINDS["person"], proven=False)
    if len({h.name for h in holders}) > 1:
        confidence = min(confidence, DOUBTED)
    return Candidate(first.name, spans, None, confidence, rank=2.0)


def _appointments(text: str) -> Iterator[_Appointment]:
    for verb in _VERB.finditer(text):
        tail = _TAIL.match(text, verb.end())
        name = KINDS["person"].parse(tail["name"]) if tail else None
        if tail is None or not isinstance(name, str) or KINDS["person"].doubts(name) or _posts(name):
            continue
        posts = _posts(tail["posts"]) or _posts(_last_post(_clause_before(text, verb.start())))
        if posts:
            yield _Appointment(name, *tail.span("name"), posts)


def _posts(text: str) -> frozenset[str]:
    return frozenset(post for post, pattern in _POSTS.items() if pattern.search(text))


def _clause_before(text: str, end: int) -> str:
    start = max((m.end() for m in _BEFORE.finditer(text, max(end - 80, 0), end)), default=max(end - 80, 0))
    return text[start:end]


def _last_post(clause: str) -> str:
    """Return the part of a clause that names a post and comes last: 设执行董事一人."""
    parts = [p for p in re.split("[,、]", clause) if not _NOT_SET.match(p.removeprefix("公司"))]
    return next((p for p in reversed(parts) if _posts(p)), "")


def _same_person(text: str, element: str, found: list[_Appointment]) -> list[_Appointment]:
    """Return who is legal representative by holding another post: 执行董事为公司法定代表人."""
    said = _SAME_PERSON.search(text) if element == "legal_representative" else None
    if said is None:
        return []
    post = _POST_OF[said["post"] or said["by"]]
    return [a for a in found if post in a.posts]

"""What people have checked: decisions on values, and whole cases of the random sample."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bot import audit
from bot.batch.dial import Label, Load
from bot.model import CaseResult, CaseStatus, Review
from bot.store import Store
from extractors.errors import UsageError
from forms.answers import parse_answer
from forms.compare import same
from forms.facts import gather
from forms.model import Fact
from forms.vocabulary import fact_specs
from rules.model import Finding, Verdict


class Evidence(NamedTuple):
    """All that is known of some cases."""

    labels: list[Label]
    loads: list[Load]
    sample: list[Label]
    """Those of the labels that come from the random sample: no doubt has chosen them."""
    audited: int


def collect(store: Store, folder: Path, share: float) -> Evidence:
    """Return what is known of the cases in a folder, and of the labels in its .jsonl files.

    Args:
        store: Where cases, decisions and releases are kept.
        folder: That of a batch, of its results, or of files with a label a line.
        share: Of the random sample.

    Raises:
        UsageError: Nothing in the folder is known.
    """
    found = Evidence([], [], [], 0)
    root = str(folder.resolve())
    for case_id, path in store.folders().items():
        stored = store.find(case_id) if Path(path).is_relative_to(root) else None
        if stored is not None and stored.result is not None:
            found = _with_case(found, store, stored.result, share)
    for file in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        found.labels.extend(_labels_in(file))
    if not (found.labels or found.loads):
        raise UsageError(
            "这个文件夹里没有办理过的案件，没有什么可以计算。",
            "请先运行 zeromeet batch 或 zeromeet process。",
        )
    return found


def _with_case(found: Evidence, store: Store, result: CaseResult, share: float) -> Evidence:
    machine = gather(result.papers, {})
    reviews = {review.fact: review for review in store.reviews(result.case)}
    labels = list(_decided(reviews.values(), machine))
    found.loads.append(load(result, machine))
    found.labels.extend(labels)
    sampled = audit.is_chosen(result.case, share) and store.approval(result.case) is not None
    if sampled:
        confirmed = [Label(fact.confidence, right=True) for fact in _unquestioned(result, machine, reviews)]
        found.labels.extend(confirmed)
        found.sample.extend([*labels, *confirmed])
    return found._replace(audited=found.audited + sampled)


def _decided(reviews: Iterable[Review], machine: dict[str, Fact]) -> Iterator[Label]:
    for review in reviews:
        fact = machine.get(review.fact)
        if fact is not None and review.machine_value is not None:
            said = parse_answer(review.fact, review.value)
            yield Label(fact.confidence, right=same(fact_specs()[review.fact], fact.value, said))


def _unquestioned(result: CaseResult, machine: dict[str, Fact], reviews: dict[str, Review]) -> Iterator[Fact]:
    """Yield what a person released without changing it: facts that the forms take from papers."""
    used = {value.fact for form in result.forms for value in form.values if value.fact}
    yield from (machine[key] for key in sorted(used & machine.keys() - reviews.keys()))


def load(result: CaseResult, machine: dict[str, Fact]) -> Load:
    """Return what a case would ask of a clerk, had nobody decided anything in it yet."""
    used = {value.fact for form in result.forms for value in form.values if value.fact}
    confidences = tuple(machine[key].confidence for key in sorted(used & machine.keys()))
    failed = any(_is_wrong(f) for f in result.findings if f.stops)
    broken = result.status in {CaseStatus.QUARANTINED, CaseStatus.FAILED, CaseStatus.UNKNOWN}
    return Load(confidences, bool(failed or broken or result.unreadable))


def _is_wrong(finding: Finding) -> bool:
    """Tell whether a finding stands however sure its facts are; a doubt goes when the facts are believed."""
    return finding.verdict is Verdict.FAIL or not finding.facts


def _labels_in(file: Path) -> Iterator[Label]:
    """Yield the labels of a file, one a line: {"confidence": 0.99, "right": true}; other lines are passed over."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            said = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{file.name} 第 {number} 行不是 JSON，没有计算。", "请改正这一行。") from error
        if isinstance(said, dict) and {"confidence", "right"} <= said.keys():
            yield Label(float(said["confidence"]), bool(said["right"]))

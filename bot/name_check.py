"""The name declaration's own check: is a name well formed, allowed and free, and if not, which near it is."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from bot.register import keys
from bot.register.register import Register
from bot.register.search import Found, Question
from extractors.values import regions
from rules.names import form_rules, industries, rescue
from rules.names.divisions import NATION, short
from rules.names.model import Hit, Outcome, Parts, Proposal, Suggestion, outcome
from rules.names.organization_forms import COMPANIES, ending
from rules.names.parse import parse
from rules.names.rescue import Variant
from rules.names.text import fold

SUGGESTED = 5
_SCREENED_AT_ONCE = 100
_CHECKED_IN_FULL = 200
_LIMITED = "有限公司"
_NOT_THE_TRADE_NAME = {"N-A07a", "N-A07b", "N-A07c", "N-A06", "N-A10", "N-B12", "N-C11", "N-C14", "N-C20"}
"""Rules on the division, the form or the order: mended without another trade name."""
_ON_INDUSTRY = {"N-A06", "N-A09", "N-C13", "N-C28", "N-C29", "N-B20"}


@dataclass(frozen=True, slots=True)
class NameCheck:
    """What the check says of one name."""

    name: str
    parts: Parts
    readings: tuple[Parts, ...]
    outcome: Outcome
    hits: tuple[Hit, ...]
    """The gravest first."""
    suggestions: tuple[Suggestion, ...] = ()
    is_compared: bool = False
    """Whether there was a register to compare with."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many names of the register are alike in each way."""
    ms: float = 0.0


class _Wish(NamedTuple):
    """What suggestions start from."""

    parts: Parts
    changed: str


class NameChecker:
    """Checks names against the rules, and against a register where there is one."""

    def __init__(self, register: Register | None = None) -> None:
        self._register = register

    def check(self, proposal: Proposal, alternates: Sequence[str] = (), *, suggest: bool = True) -> NameCheck:
        """Check a name.

        Args:
            proposal: The name and what is known of the enterprise.
            alternates: The founder's other trade names, in order.
            suggest: Whether free names near it are looked for where it does not pass.
        """
        start = time.perf_counter()
        found = self._checked(proposal)
        if suggest and found.outcome is not Outcome.PASS:
            found = replace(found, suggestions=tuple(self._suggested(proposal, found, alternates)))
        return replace(found, ms=round((time.perf_counter() - start) * 1000, 2))

    def _checked(self, proposal: Proposal) -> NameCheck:
        name = fold(proposal.name)
        words = self._register.words if self._register else None
        readings = (proposal.parts,) if proposal.parts else parse(name, region=proposal.region, words=words)
        written = form_rules.judge(proposal, readings[0])
        compared = self._compared(name, proposal, readings)
        hits = (*written, *compared.hits)
        ranked = tuple(sorted(hits, key=_rank))
        return NameCheck(
            name=name,
            parts=readings[0],
            readings=readings,
            outcome=outcome(ranked),
            hits=ranked,
            is_compared=self._register is not None,
            counts=dict(compared.counts),
        )

    def _compared(self, name: str, proposal: Proposal, readings: tuple[Parts, ...]) -> Found:
        if self._register is None or readings[0].branch:
            return Found((), {})
        return self._register.search(_question(name, proposal, readings))

    def _suggested(
        self, proposal: Proposal, found: NameCheck, alternates: Sequence[str]
    ) -> Iterator[Suggestion]:
        """Yield free names near the wish, each checked in full."""
        wish = _wished(proposal, found)
        good = (
            Suggestion(checked.name, checked.parts, checked.outcome, changed)
            for parts, changed in islice(self._near(proposal, found, wish, alternates), _CHECKED_IN_FULL)
            for checked in [self._checked(replace(proposal, name=_composed(parts), parts=None))]
            if checked.outcome is Outcome.PASS and checked.name != found.name
        )
        return islice(good, SUGGESTED)

    def _near(
        self, proposal: Proposal, found: NameCheck, wish: _Wish, alternates: Sequence[str]
    ) -> Iterator[tuple[Parts, str]]:
        """Yield parts of names near the wish that are worth a full check, the nearest first."""
        if wish.changed and len(wish.parts.trade_name) > 1:
            yield wish.parts, wish.changed
        variants = rescue.variants(wish.parts.trade_name, alternates)
        while block := list(islice(variants, _SCREENED_AT_ONCE)):
            for variant in self._screened(proposal, found, wish, block):
                changed = "，".join(part for part in (wish.changed, variant.changed) if part)
                yield replace(wish.parts, trade_name=variant.trade_name), changed

    def _screened(
        self, proposal: Proposal, found: NameCheck, wish: _Wish, block: list[Variant]
    ) -> Iterable[Variant]:
        if self._register is None:
            return block
        question = _question(found.name, proposal, (wish.parts,))
        free = set(self._register.free((variant.trade_name for variant in block), question))
        return [variant for variant in block if variant.trade_name in free]


def _question(name: str, proposal: Proposal, readings: tuple[Parts, ...]) -> Question:
    return Question(
        name, readings, _authorities(proposal, readings[0]), proposal.on, tuple(map(fold, proposal.related))
    )


def _authorities(proposal: Proposal, parts: Parts) -> tuple[int, ...]:
    """Return whose names a name is compared with: its city's, its province's if it is named so, the country's."""
    found = [keys.authority(proposal.region or parts.division_code)]
    if parts.division_code.endswith("0000"):
        found.append(keys.authority(parts.division_code))
    if not parts.division or parts.division_code == NATION:
        found.append(0)
    return tuple(dict.fromkeys(found))


def _rank(hit: Hit) -> tuple[int, float, str, str]:
    order = (Outcome.FORBIDDEN, Outcome.RESTRICTED, Outcome.HINT, Outcome.PASS)
    return order.index(outcome((hit,))), -hit.closeness, hit.rule, hit.other_name


def _wished(proposal: Proposal, found: NameCheck) -> _Wish:
    """Return the wish with all that can be put right but the trade name."""
    parts, taken = rescue.mended(found.parts, found.hits)
    changes = [taken] if taken else []
    rules = {hit.rule for hit in found.hits}
    seat = _seat(proposal.region)
    if seat and (rules & _NOT_THE_TRADE_NAME or not parts.division) and parts.division != seat:
        parts = replace(parts, division=seat, order="F1")
        changes.append(f"行政区划写作“{seat}”")
    form = ending(parts.organization_form)
    is_company = proposal.company_type.startswith("11")
    if "N-A14" in rules or (is_company and (form is None or form.family not in COMPANIES)):
        parts = replace(parts, organization_form=_LIMITED)
        changes.append(f"组织形式写作“{_LIMITED}”")
    industry = _industry(proposal, parts, found.hits)
    if industry != parts.industry:
        parts = replace(parts, industry=industry)
        changes.append(f"行业写作“{industry}”（应当与主营业务一致）")
    return _Wish(parts, "，".join(changes))


def _seat(region: str) -> str:
    """Return the short name of the city of a region, or of the municipality."""
    code = f"{keys.authority(region):06}" if region else ""
    found = regions.find(code) if code else None
    return short(found.name) if found else ""


def _industry(proposal: Proposal, parts: Parts, hits: Sequence[Hit]) -> str:
    """Return the wording of the industry, another one where the rules object to it or there is none."""
    objected = any(
        hit.rule in _ON_INDUSTRY and (not parts.industry or parts.industry in hit.words) for hit in hits
    )
    if not objected and parts.industry and industries.classify(parts.industry):
        return parts.industry
    known = rescue.industry_wording(proposal.industry_code)
    return known or (rescue.USUAL_INDUSTRIES[0] if objected or not parts.industry else parts.industry)


def _composed(parts: Parts) -> str:
    if parts.order in {"F2", "F3"} and parts.division:
        division = f"（{parts.division}）"
        ordered = (
            (parts.trade_name, division, parts.industry)
            if parts.order == "F2"
            else (parts.trade_name, parts.industry, division)
        )
        return "".join((*ordered, parts.organization_form))
    return parts.division + parts.trade_name + parts.industry + parts.organization_form

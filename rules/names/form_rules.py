"""Judging a name by itself: its form, its characters, banned and restricted words. Pure, and never raises.

What a comparison with other names tells is rules.names.compare; what no program can tell from a name is UNDECIDED.
"""

import pkgutil
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import NamedTuple

from forms.law import in_force
from rules.model import Severity
from rules.names import topics
from rules.names.declare import FormRule, Name, declared
from rules.names.model import Hit, Parts, Proposal


class Undecided(NamedTuple):
    """A rule that asks what a name does not tell."""

    rule: str
    who: str
    """Who decides, in Chinese."""
    why: str


UNDECIDED = (
    Undecided("N-A04", "登记机关", "一个企业是否只有一个名称，看登记档案，不看名称。"),
    Undecided("N-A11-1", "登记机关", "词表只列常见词；是否损害国家尊严或者利益，由人判断。"),
    Undecided("N-A11-2", "登记机关", "词表只列常见词；是否损害社会公共利益，由人判断。"),
    Undecided("N-A11-7", "登记机关", "是否违背公序良俗或者有其他不良影响，由人判断。"),
    Undecided("N-A11-8", "登记机关", "是否可能使公众受骗或者产生误解，取决于企业实际情况，由人判断。"),
    Undecided("N-A16", "申请人", "申报承诺在申报表中，不在名称中。"),
    Undecided("N-A17", "名称库", "须与已登记、保留中的名称比对。"),
    Undecided("N-A18", "名称库", "保留期由名称库计算。"),
    Undecided("N-A20", "登记机关", "登记时仍可不予登记。"),
    Undecided("N-B10b", "申请人", "投资人姓名可以作字号，这是许可，不是要求。"),
    Undecided("N-B15", "登记机关", "字号是否为外国投资者名称的翻译，看投资人证明文件。"),
    Undecided("N-B16-3", "登记机关", "在先名称是否有一定影响，须另有证明；高知名度的字号见 N-C27。"),
    Undecided("N-B21", "全国名称系统", "不含行政区划的名称须在全国系统比对。"),
    Undecided("N-B23", "登记机关", "是否囤积、恶意申报，看申请人的申报记录。"),
    Undecided("N-B24", "名称库", "须与已登记、保留中的名称比对。"),
    Undecided("N-B25", "名称库", "保留告知书依申请出具。"),
    Undecided("N-C04", "名称库", "须与已登记、保留中的名称比对。"),
    Undecided("N-C15", "名称库", "须与已登记、保留中的名称比对。"),
    Undecided("N-C21", "登记机关", "由哪一级登记机关管辖，不是名称的瑕疵。"),
    Undecided("N-C28", "登记机关", "行业用语是否超出经营范围，须看经营范围。"),
)
"""The rules of the handbooks that are not judged here, or not to the end; a test holds this complete."""


class _Active(NamedTuple):
    rule: FormRule
    cites: tuple[str, ...]


@cache
def rules() -> tuple[FormRule, ...]:
    """Return every rule, by id."""
    for module in pkgutil.iter_modules(topics.__path__):
        import_module(f"{topics.__name__}.{module.name}")
    return tuple(sorted(declared(), key=lambda rule: (rule.id, rule.begin)))


@lru_cache(maxsize=64)
def _active(on: date) -> tuple[_Active, ...]:
    """Return the rules of a day with the articles that they rest on; one without any is no law that day."""
    found = (_Active(rule, _references(rule.cites, on)) for rule in rules() if rule.holds(on))
    return tuple(active for active in found if active.cites)


def _references(cites: Iterable[str], on: date) -> tuple[str, ...]:
    return tuple(citation.reference for citation in in_force(cites, on))


def judge(proposal: Proposal, parts: Parts) -> tuple[Hit, ...]:
    """Return what speaks against a name by itself, what forbids it first.

    Args:
        proposal: The name, the day and what is known of the enterprise; what is not known is not held against it.
        parts: The reading of the name that is judged.
    """
    name = Name(proposal, parts)
    hits = [
        active.rule.hit(flaw, active.cites)
        for active in _active(proposal.on)
        if (flaw := active.rule.check(name)) is not None and not _is_approved(active.rule, proposal)
    ]
    return tuple(sorted(hits, key=_weight)) if len(hits) > 1 else tuple(hits)


def _is_approved(rule: FormRule, proposal: Proposal) -> bool:
    """Tell whether an approval was shown for a rule that an approval can lift."""
    if rule.severity is not Severity.ESCALATE:
        return False
    return any(shown in {rule.id, *rule.also} for shown in proposal.approvals)


_WEIGHTS = (Severity.BLOCK, Severity.ESCALATE, Severity.WARN, Severity.INFO)


def _weight(hit: Hit) -> int:
    return _WEIGHTS.index(hit.severity)

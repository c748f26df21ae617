"""Why a fact cannot be relied on, in sentences for a clerk, and which paper would settle it."""

from collections.abc import Iterable, Mapping

from extractors.recognise import modules
from forms.model import Fact, Witness
from forms.reasons import disagreement, missing
from forms.vocabulary import FactSpec, fact_specs


def label(key: str) -> str:
    """Return what a clerk calls a fact."""
    return fact_specs()[key].label if key in fact_specs() else key


def is_doubtful(fact: Fact | None) -> bool:
    """Tell whether a fact is missing, in conflict or not read surely enough."""
    return fact is None or fact.conflict or not fact.sure


def roots(key: str, facts: Mapping[str, Fact], seen: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the facts that make a fact doubtful: itself, or those it would be derived from.

    A fact that follows from others is settled by settling these, so a clerk is asked about them.
    """
    spec, fact = fact_specs().get(key), facts.get(key)
    if spec is None or spec.derive is None or key in seen:
        return (key,)
    if fact is None and spec.sources:
        return (key,)
    if fact is not None and fact.origin != "derived":
        return (key,)
    grounds = spec.derive.needs if fact is None else (*spec.derive.needs, *spec.derive.maybe)
    bad = [k for k in grounds if is_doubtful(facts.get(k)) and (fact is None or k in facts)]
    below = (root for k in bad for root in roots(k, facts, seen | {key}))
    return tuple(dict.fromkeys(below)) or (key,)


def sentence(key: str, facts: Mapping[str, Fact]) -> str:
    """Say why a fact cannot be relied on."""
    fact = facts.get(key)
    if fact is None:
        spec = fact_specs().get(key)
        has_papers = spec is None or bool(spec.sources) or spec.derive is None
        return missing(label(key)) if has_papers else f"由现有材料推不出{label(key)}，请人工填写。"
    return disagreeing(fact) if fact.conflict else unclear(fact)


def disagreeing(fact: Fact) -> str:
    """Name the places that disagree."""
    return f"{fact.label}{disagreement(fact)}"


def unclear(fact: Fact) -> str:
    """Name the places that were not read surely."""
    doubtful = [w for w in fact.witnesses if not w.sure] or list(fact.witnesses)
    if not doubtful:
        return f"{fact.label}没有可靠的依据，请核对。"
    return f"{fact.label}读得不够清楚：{'，'.join(map(_place, doubtful[:3]))}，请核对。"


def _place(witness: Witness) -> str:
    return f"{witness.file} 第 {witness.page} 页“{witness.raw}”"


def settled_by(keys: Iterable[str], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the papers and answers that would settle facts, each one a Chinese phrase."""
    return tuple(dict.fromkeys(phrase for key in keys for phrase in _ways(key, facts)))


def _ways(key: str, facts: Mapping[str, Fact]) -> list[str]:
    spec = fact_specs().get(key)
    papers = _papers(spec) if spec else ()
    if not papers:
        return [f"人工填写{label(key)}"]
    listed = "、".join(f"《{name}》" for name in papers)
    if key not in facts:
        return [
            f"补交写明{label(key)}的{listed}之一" if len(papers) > 1 else f"补交写明{label(key)}的{listed}"
        ]
    return [f"对照{listed}原件核对{label(key)}"]


def _papers(spec: FactSpec) -> tuple[str, ...]:
    """Return the papers that state a fact, or those that state what it is derived from."""
    grounds = spec.derive.needs if spec.derive else ()
    own = paper_names(spec)
    return own or tuple(dict.fromkeys(p for key in grounds for p in _papers(fact_specs()[key])))


def paper_names(spec: FactSpec) -> tuple[str, ...]:
    """Return the Chinese names of the papers that state a fact, highest authority first."""
    kinds = [source.paper for source in spec.sources] + ([spec.rows.paper] if spec.rows else [])
    kinds += spec.presence.papers if spec.presence else ()
    return tuple(dict.fromkeys(modules()[kind].WORDS.titles[0] for kind in kinds))

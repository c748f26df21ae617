"""What papers show or only people can see: signatures, whole photographs, promises, lists kept elsewhere.

Nothing here passes in silence: what no reader sees is said, as information, and stops no case.
"""

from collections.abc import Iterator

from extractors.model import Paper
from extractors.recognise import modules
from rules.engine import rule
from rules.model import Severity
from rules.registry import Case, Objection, Unclear

_SIGNED = {"articles_of_association", "shareholder_resolution", "authorization_letter", "lease_contract"}
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp", ".heic")
_PHOTO = ("registration_regulation:第十六条", "good_practice:照片应完整清晰")
_OFFICERS = (
    "company_law_2018:第一百四十六条",
    "company_law_2023:第一百七十八条",
    "registration_regulation:第十二条",
)
_ELIGIBLE = "officers.eligible"


@rule(
    "seen.signatures",
    title="需要签字盖章的材料由人看过原件",
    cites=(
        "company_law_2018:第二十五条",
        "company_law_2023:第四十六条",
        "registration_rules:第十五条",
        "good_practice:签字盖章由人看",
    ),
    severity=Severity.INFO,
    takes="case",
    codes="C-27",
)
def signatures(case: Case) -> Iterator[Objection]:
    """Nobody here reads signatures and seals, so the papers that need them are named."""
    papers = [paper for paper in case.papers if paper.kind in _SIGNED and paper.copy_of is None]
    if papers:
        named = "、".join(sorted({f"{_title(paper)}（{paper.file}）" for paper in papers}))
        yield Objection(
            message=f"签字和盖章不由程序判断，请看原件：{named}。",
            settled_by=("由经办人对照原件核对签字和盖章",),
        )


def _title(paper: Paper) -> str:
    return f"《{modules()[paper.kind].WORDS.titles[0]}》"


@rule(
    "seen.whole_page",
    title="材料拍摄完整，没有缺页缺边",
    cites=_PHOTO,
    severity=Severity.WARN,
    takes="case",
    codes="C-28",
)
def whole_page(case: Case) -> Iterator[Objection]:
    """What the reader noticed of a paper: parts that are not there, pages without text."""
    for paper in case.papers:
        # Papers of an unknown kind have a rule of their own.
        for warning in paper.warnings if paper.kind != "unknown" else ():
            yield Objection(message=f"{paper.file}：{warning}", settled_by=("重新拍摄或扫描该材料",))


@rule(
    "seen.photographs",
    title="照片由人看过，不是翻拍屏幕，没有反光",
    cites=_PHOTO,
    severity=Severity.INFO,
    takes="case",
    codes="C-28",
)
def photographs(case: Case) -> Iterator[Objection]:
    """Glare and pictures of screens are not looked for, so the pictures of cards are named."""
    files = [leaf.file for paper in case.papers if paper.kind == "id_card" for leaf in paper.leaves]
    pictures = sorted({file for file in files if file.lower().endswith(_PICTURES)})
    if pictures:
        yield Objection(
            message=f"证件照片是否反光、是否翻拍屏幕不由程序判断，请看原图：{'、'.join(pictures)}。",
            settled_by=("由经办人看原图",),
        )


@rule(
    "seen.undertaking",
    title="承诺由申请人作出",
    cites=("registration_regulation:第十七条", "name_regulation:第十六条", "good_practice:承诺由申请人作出"),
    needs=("applicant.undertaking",),
    when=("applicant.undertaking",),
    codes="C-29",
    settled_by=("由申请人阅读并签署承诺",),
)
def undertaking(promised: str) -> str | None:
    """A form that carries a promise is filed only where the applicant has made it."""
    if promised == "是":
        return None
    return "申请人没有作出申报承诺。" if promised == "否" else Unclear(f"申报承诺写作“{promised}”，请核对。")


@rule(
    "seen.undertaking_signed",
    title="申报承诺由人看过签字",
    cites=("registration_regulation:第十七条", "good_practice:承诺由申请人作出"),
    when=("applicant.undertaking",),
    severity=Severity.INFO,
    takes="case",
    codes="C-29",
)
def undertaking_signed(case: Case) -> Iterator[Objection]:
    """A promise that rests on a paper alone is as good as the signature under it."""
    fact = case.facts["applicant.undertaking"]
    if fact.origin != "person":
        files = "、".join(dict.fromkeys(witness.file for witness in fact.witnesses))
        yield Objection(
            message=f"承诺以申请人的签字为准，程序没有核对签字：{files}。",
            facts=(fact.key,),
            settled_by=("由经办人核对申请人的签字",),
        )


@rule(
    "seen.officers_eligible",
    title="董事、监事、高级管理人员没有任职限制",
    cites=_OFFICERS,
    needs=(_ELIGIBLE,),
    when=(_ELIGIBLE,),
    severity=Severity.ESCALATE,
    codes="C-24",
    settled_by=("更换有任职限制的人员",),
)
def officers_eligible(eligible: str) -> str | None:
    """What a person found in the lists that are kept elsewhere."""
    if eligible == "是":
        return None
    return (
        "核查发现有任职限制的人员。" if eligible == "否" else Unclear(f"核查结果写作“{eligible}”，请核对。")
    )


@rule(
    "seen.officers_unchecked",
    title="董事、监事、高级管理人员的任职限制已核查",
    cites=(*_OFFICERS, "good_practice:外部名单由人核查"),
    severity=Severity.INFO,
    takes="case",
    codes="C-24",
)
def officers_unchecked(case: Case) -> Iterator[Objection]:
    """The lists of judgment debtors and revoked licences are not among the papers."""
    if _ELIGIBLE not in case.facts and "legal_rep.name" in case.facts:
        yield Objection(
            message="失信被执行人、吊销企业责任人等名单不在材料之内，程序没有核查任职限制。",
            settled_by=("由经办人核查任职限制后填写结果",),
        )

"""The company's organs: who may be its legal representative, how many sit where, who may not sit in both."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.identifiers import resident_id
from extractors.values.text import same_name_key
from rules import tables
from rules.engine import rule
from rules.model import Severity
from rules.plain import Scalar
from rules.registry import Case, Objection, Unclear

Rows = tuple[dict[str, Scalar], ...]

_REPRESENTS = {"董事", "经理"}
"""Posts that make a legal representative; before July 2024 a chairman or executive director, both directors."""
_RESOLUTION = ("对照《股东会决议》或《股东决定》原件核对任职人员", "更正后的任职文件")
_BOARDS = (
    "company_law_2018:第四十四条",
    "company_law_2018:第五十条",
    "company_law_2023:第六十八条",
    "company_law_2023:第七十五条",
)
_SUPERVISORS = (
    "company_law_2018:第五十一条",
    "company_law_2023:第六十九条",
    "company_law_2023:第七十六条",
    "company_law_2023:第八十三条",
)


@rule(
    "organs.legal_rep_holds_post",
    title="法定代表人由董事或者经理担任",
    cites=("company_law_2018:第十三条", "company_law_2023:第十条"),
    needs=("legal_rep.name", "posts"),
    when=("legal_rep.name", "posts"),
    # The posts are not filed: reading them badly stops nothing.
    doubt=Severity.WARN,
    codes="C-04",
    settled_by=_RESOLUTION,
)
def legal_rep_holds_post(legal_rep: str, posts: Rows) -> str | None:
    """Where the papers fill both posts, one of the two holders is the legal representative."""
    holders = {str(row["post"]): str(row["name"]) for row in posts if "post" in row and "name" in row}
    named = {post: holder for post, holder in holders.items() if post in _REPRESENTS}
    if any(_same(holder, legal_rep) for holder in named.values()):
        return None
    if named.keys() >= _REPRESENTS:
        who = "，".join(f"{post}是{holder}" for post, holder in named.items())
        return f"法定代表人{legal_rep}既不是董事也不是经理：{who}。"
    return Unclear(f"由现有材料看不出法定代表人{legal_rep}担任董事还是经理，请核对任职文件。")


@rule(
    "organs.supervisor_is_no_officer",
    title="董事、高级管理人员不兼任监事",
    cites=(
        "company_law_2018:第五十一条",
        "company_law_2018:第二百一十六条",
        "company_law_2023:第七十六条",
        "company_law_2023:第二百六十五条",
    ),
    needs=("posts.supervisor",),
    maybe=("posts.director", "posts.manager", "finance_head.name", "people"),
    when=("posts.supervisor",),
    doubt=Severity.WARN,
    codes="C-14, T-27",
    settled_by=_RESOLUTION,
)
def supervisor_is_no_officer(
    supervisor: str, director: str | None, manager: str | None, finance_head: str | None, people: Rows | None
) -> str | None:
    """A supervisor is neither director nor manager nor head of finance; two namesakes can be two persons."""
    officers = {"董事": director, "经理": manager, "财务负责人": finance_head}
    both = [post for post, holder in officers.items() if holder and _same(holder, supervisor)]
    if not both:
        return None
    posts = "、".join(both)
    if _namesakes(supervisor, people or ()):
        return Unclear(f"监事与{posts}都叫{supervisor}，材料中有同名的两人，请核对是否同一人。")
    return f"{supervisor}既任监事又任{posts}。"


def _namesakes(name: str, people: Rows) -> bool:
    numbers = [str(row.get("id_number", "")) for row in people if _same(str(row.get("name", "")), name)]
    return len({number for number in numbers if resident_id.is_valid(number)}) > 1


def _same(a: str, b: str) -> bool:
    return same_name_key(a) == same_name_key(b)


@rule(
    "organs.board_size",
    title="董事人数合法",
    cites=_BOARDS,
    needs=("organs.directors",),
    when=("organs.directors",),
    codes="C-13",
    settled_by=("修改后的《章程》或任职文件",),
)
def board_size(directors: Decimal, on: date) -> str | None:
    """One director, or a board."""
    least = tables.number("organs.board_least", on)
    if least is None or directors == 1 or directors >= least:
        return None
    return f"董事有 {directors} 名，应为 1 名（不设董事会）或者 {least} 名以上（设董事会）。"


@rule(
    "organs.supervisors_size",
    title="监事人数合法",
    cites=_SUPERVISORS,
    needs=("organs.supervisors",),
    maybe=("organs.employee_supervisors", "organs.without_supervisor"),
    when=("organs.supervisors",),
    codes="C-13",
    settled_by=("修改后的《章程》或任职文件", "全体股东同意不设监事的文件"),
)
def supervisors_size(
    supervisors: Decimal, employees: Decimal | None, consent: str | None, on: date
) -> str | None:
    """A few, a board with a third from the staff, or none where the law of the day lets the shareholders agree."""
    least = tables.number("organs.supervisory_board_least", on)
    most = tables.number("organs.supervisors_without_board_most", on)
    if least is None or most is None:
        return None
    if supervisors == 0:
        return _without_supervisor(consent, may_agree=most == 1)
    if most < supervisors < least:
        return f"监事有 {supervisors} 名，不设监事会的至多 {most} 名，设监事会的至少 {least} 名。"
    if supervisors < least:
        return None
    if employees is None:
        return Unclear("监事会中职工代表的人数没有写明，不得低于三分之一。")
    return (
        None
        if employees * 3 >= supervisors
        else f"监事会 {supervisors} 人中职工代表 {employees} 人，低于三分之一。"
    )


def _without_supervisor(consent: str | None, *, may_agree: bool) -> str | None:
    if not may_agree:
        return "当时的公司法要求设监事会或者一至二名监事。"
    if consent is None:
        return Unclear("不设监事须经全体股东一致同意，或者在董事会中设审计委员会，材料没有写明。")
    return None if consent == "是" else "不设监事须经全体股东一致同意，或者在董事会中设审计委员会。"


@rule(
    "organs.director_term",
    title="董事任期每届不超过三年",
    cites=("company_law_2018:第四十五条", "company_law_2023:第七十条"),
    needs=("organs.term_years",),
    when=("organs.term_years",),
    codes="C-13",
    settled_by=("修改任期后的《章程》",),
)
def director_term(years: Decimal, on: date) -> str | None:
    """No term is longer than the law's."""
    most = tables.number("organs.director_term_most", on)
    return f"董事每届任期 {years} 年，超过 {most} 年。" if most is not None and years > most else None


@rule(
    "organs.set_up",
    title="决议写明董事和监事",
    cites=(*_BOARDS, *_SUPERVISORS),
    when=("posts",),
    severity=Severity.WARN,
    takes="case",
    codes="C-13",
)
def set_up(case: Case) -> Iterator[Objection]:
    """What a resolution does not say of the organs is named, since the articles may say it."""
    told = {"posts.director": "organs.directors", "posts.supervisor": "organs.supervisors"}
    for key, count in told.items():
        if key not in case.facts and count not in case.facts:
            post = "董事" if key == "posts.director" else "监事"
            yield Objection(
                message=f"决议没有写明{post}，请核对《章程》对公司机构的规定。",
                facts=("posts",),
                settled_by=(f"补交写明{post}的任职文件", f"人工填写{post}人数"),
            )


@rule(
    "organs.signed_by_all",
    title="全体股东在设立决议上签字",
    cites=("company_law_2023:第五十九条", "registration_rules:第十五条", "good_practice:签字盖章由人看"),
    needs=("resolution.signers", "investors"),
    when=("resolution.signers", "investors"),
    severity=Severity.WARN,
    codes="C-27, C-22",
    settled_by=("对照《股东会决议》原件核对签字", "补签后的《股东会决议》"),
)
def signed_by_all(signers: Rows, investors: Rows) -> str | None:
    """The shareholders named under the resolution are those of the articles."""
    under, all_names = _names(signers), _names(investors)
    missing = [name for key, name in all_names.items() if key not in under]
    strange = [name for key, name in under.items() if key not in all_names]
    if strange:
        return f"决议上签字的{'、'.join(strange)}不是股东名录中的股东。"
    return f"决议上没有股东{'、'.join(missing)}的签字。" if missing else None


def _names(rows: Rows) -> dict[str, str]:
    return {same_name_key(str(row["name"])): str(row["name"]) for row in rows if row.get("name")}

"""Banned and restricted words: what words.tsv lists under each rule, said in the rule's own sentence.

The rules of 2017 tell apart what 企业名称登记管理规定 says in general; in the years before, their words go under it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.model import Severity
from rules.names.declare import OF_1991, OF_2017, OF_2021, OF_2023, REWRITTEN, Flaw, FormRule, Name, register
from rules.names.model import Kind

_BEFORE_2017 = OF_2017 - timedelta(days=1)
_BEFORE_2023 = OF_2023 - timedelta(days=1)
_GENERAL = ("name_regulation_1991:第九条", "name_regulation:第十一条")
_BANS = "name_ban_rules_2017:"
_PERMIT = ("行业主管部门的批准文件或者许可证", *REWRITTEN)
_RELATION = ("投资关系证明或者权利人的授权书", *REWRITTEN)
_MEANT = ("另有含义的说明", *REWRITTEN)
_OWNED = frozenset(("N-C16", "N-C27"))
"""Rules on words that belong to somebody, who may allow their use."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """The check that objects to the words that the table lists under some rules."""

    groups: tuple[str, ...]
    title: str

    def __call__(self, name: Name) -> Flaw | None:
        if not name.found:
            return None
        found = tuple(word for group in self.groups for word in name.found.get(group, ()))
        if self.groups[0] == "N-A12b":
            found = tuple(word for word in found if not name.text.startswith(word))
        if not found or (self.groups[0] in _OWNED and _is_allowed(found, name)):
            return None
        return Flaw(f"名称中的“{'”“'.join(found)}”{self.title}。", found)


def _is_allowed(found: tuple[str, ...], name: Name) -> bool:
    """Tell whether a relation was shown to somebody whose name holds the words."""
    return all(any(word in other for other in name.proposal.related) for word in found)


def _ban(  # noqa: PLR0913  a declaration names everything that a reader of the rule asks
    rule_id: str,
    title: str,
    article: str = "",
    *,
    lists: tuple[str, ...] = (),
    begin: date = OF_1991,
    end: date = date.max,
    also: tuple[str, ...] = (),
) -> None:
    """Declare words that no name may hold; lists are those of other rules whose words count as well."""
    cites = (*_GENERAL, _BANS + article) if article else _GENERAL
    check = _Listed((rule_id, *lists), title)
    register(
        FormRule(
            rule_id, f"名称不得含有：{title}", check, cites, Kind.BANNED, begin=begin, end=end, also=also
        )
    )


def _limit(  # noqa: PLR0913  as above
    rule_id: str,
    title: str,
    *cites: str,
    lists: tuple[str, ...] = (),
    begin: date = OF_2017,
    end: date = date.max,
    settled_by: tuple[str, ...] = _MEANT,
    severity: Severity = Severity.ESCALATE,
    also: tuple[str, ...] = (),
) -> None:
    """Declare words that a name may hold with a proof."""
    check = _Listed((rule_id, *lists), title)
    register(
        FormRule(
            rule_id,
            f"名称使用须有依据：{title}",
            check,
            cites,
            Kind.RESTRICTED,
            severity,
            begin,
            end,
            settled_by,
            also,
        )
    )


_ban(
    "N-A11-1",
    "有损国家尊严或者利益",
    lists=("N-C05-1", "N-C05-2", "N-C05-3", "N-C06-1", "N-C06-2"),
    end=_BEFORE_2017,
)
_ban("N-A11-2", "有损社会公共利益", lists=("N-C05-5",), end=_BEFORE_2017)
_ban("N-C05-1", "有消极或者不良政治影响", "第五条", begin=OF_2017, also=("N-A11-1",))
_ban("N-C05-2", "涉及恐怖主义、分裂主义或者极端主义", "第五条", begin=OF_2017, also=("N-A11-1",))
_ban("N-C05-3", "带有殖民文化色彩，有损民族尊严", "第五条", begin=OF_2017, also=("N-A11-1",))
_ban("N-C05-5", "含有封建文化糟粕或者违背公序良俗", "第五条", begin=OF_2017, also=("N-A11-7",))
_ban("N-C05-6", "涉及毒品、淫秽、色情、暴力或者赌博", "第五条", begin=OF_2017, also=("N-A11-5",))
_ban("N-C06-1", "是党和国家领导人、老一辈革命家、知名烈士或者模范的姓名", "第六条", begin=OF_2017)
_ban("N-C06-2", "是非法组织、反动政治人物或者公众熟知的反面人物的名称", "第六条", begin=OF_2017)
_ban("N-C06-3", "是宗教组织名称或者带有显著宗教色彩", "第六条", begin=OF_2017, also=("N-A11-6",))
_ban(
    "N-A11-3",
    "是政党、党政军机关、群团组织的名称、简称、特定称谓或者部队番号",
    "第八条",
    also=("N-C08",),
)
_ban("N-A11-4", "是外国国家（地区）、国际组织的名称、通用简称或者特定称谓", "第七条", also=("N-C07",))
_ban("N-A11-5", "含有淫秽、色情、赌博、迷信、恐怖或者暴力的内容", lists=("N-C05-6",), end=_BEFORE_2017)
_ban("N-A11-5", "含有迷信的内容", begin=OF_2017)
_ban("N-A11-6", "含有民族、种族、宗教或者性别歧视的内容", lists=("N-C06-3",), end=_BEFORE_2017)
_ban("N-A11-6", "含有民族、种族、宗教或者性别歧视的内容", "第五条", begin=OF_2017, also=("N-C05-4",))
_ban("N-C13", "是国家禁止经营的行业", "第十三条", begin=OF_2017)
_ban("N-B16-1", "与国家重大战略政策相关，使公众误认为与国家出资、政府信用有关联", begin=OF_2023)
_limit(
    "N-A11-9",
    "须经行业主管部门批准后使用",
    "name_regulation:第十一条",
    "illegal_fundraising_2021:第九条",
    "commercial_bank_law_2003:第十一条",
    begin=OF_2021,
    settled_by=_PERMIT,
    also=("N-C10",),
)
_limit(
    "N-A12a",
    "冠于名称之首，须报国务院批准",
    "name_regulation_1991:第十三条",
    "name_measures_2004:第十条",
    "name_ban_rules_2017:第十九条",
    "name_regulation:第十二条",
    "name_measures_2023:第十四条",
    begin=OF_1991,
    settled_by=("国务院批准文件", *REWRITTEN),
    also=("N-B14", "N-C19"),
)
_limit(
    "N-A12b",
    "在名称中间使用，应当是行业限定语",
    "name_measures_2004:第十条",
    "name_ban_rules_2017:第十九条",
    "name_regulation:第十二条",
    begin=OF_1991,
    settled_by=("说明该字词为行业限定语的材料", *REWRITTEN),
    also=("N-C19",),
)
_limit(
    "N-C19",
    "冠于名称之首，须经批准",
    "name_regulation_1991:第十三条",
    "name_measures_2004:第十条",
    "name_ban_rules_2017:第十九条",
    begin=OF_1991,
    settled_by=("国务院或者市场监管总局的批准文件", *REWRITTEN),
)
_limit(
    "N-B16-4",
    "明示或者暗示为非营利组织",
    "name_measures_2023:第十六条",
    "name_ban_rules_2017:第十八条",
    begin=OF_2023,
    also=("N-C18",),
)
_limit(
    "N-C18", "明示或者暗示为非营利组织", "name_ban_rules_2017:第十八条", lists=("N-B16-4",), end=_BEFORE_2023
)
_limit(
    "N-B16-2",
    "带有误导性",
    "name_measures_2023:第十六条",
    "name_ban_rules_2017:第二十三条",
    begin=OF_2023,
    severity=Severity.BLOCK,
    also=("N-C23",),
)
_limit("N-C23", "带有误导性", "name_ban_rules_2017:第二十三条", lists=("N-B16-2",), end=_BEFORE_2023)
_limit(
    "N-C16",
    "是其他非营利法人的名称或者简称",
    "name_ban_rules_2017:第十六条",
    "name_regulation:第十五条",
    settled_by=_RELATION,
    also=("N-A15",),
)
_limit("N-C24", "是外国城市或者辖区的名称，不得作字号，另有含义的除外", "name_ban_rules_2017:第二十四条")
_limit(
    "N-C26", "是职务、学位、职称、军衔或者警衔，不得作字号，另有含义的除外", "name_ban_rules_2017:第二十六条"
)
_limit(
    "N-C27",
    "是他人有较高知名度的商标或者字号，同行业使用须有授权",
    "name_ban_rules_2017:第二十七条",
    settled_by=_RELATION,
    also=("N-B16-3",),
)

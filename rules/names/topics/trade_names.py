"""字号: two characters or more, a word and no sentence, no form of organisation, distinctive."""

import re

from rules.model import Severity
from rules.names import industries
from rules.names.declare import OF_2017, OF_2023, Flaw, Name, rule
from rules.names.model import Kind
from rules.names.topics.places import is_industry, other_meanings

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FORMS = (
    "有限责任公司",
    "有限公司",
    "股份公司",
    "总公司",
    "分公司",
    "公司",
    "有限",
    "股份",
    "集团",
    "合伙企业",
    "合作社",
)
_LONGEST = 6
_LONGEST_READ = 10
"""Characters of a trade name; one that was only read from the name may hold an unknown industry."""
_SENTENCE = re.compile("[的了着吗呢吧啊呀]|我们|你们|他们|怎么|什么|一群|可以|不要|没有|一起|就是")
_SENTENCE_FROM = 7


@rule(
    "N-A08a",
    title="字号由两个以上汉字组成",
    cites=(
        "name_regulation_1991:第十条",
        "name_measures_2004:第十四条",
        "name_ban_rules_2017:第十二条",
        "name_regulation:第八条",
    ),
    also=("N-C12",),
)
def two_characters(name: Name) -> Flaw | None:
    """There is a trade name, and it has two Chinese characters or more."""
    own = name.parts.trade_name
    if len(own) >= 2 and len(_HAN.findall(own)) >= 2:
        return None
    return Flaw(f"字号“{own}”应当由两个以上汉字组成。" if own else "名称中没有字号。", (own,) if own else ())


@rule(
    "N-C12",
    title="组织形式不作字号",
    cites=("name_ban_rules_2017:第十二条",),
    begin=OF_2017,
)
def no_form_as_trade_name(name: Name) -> Flaw | None:
    """A trade name neither is nor ends with a form of organisation."""
    own = name.parts.trade_name
    form = next((form for form in _FORMS if own.endswith(form)), None)
    return Flaw(f"字号“{own}”含有组织形式“{form}”。", (form,)) if form else None


@rule(
    "N-C22",
    title="字号是字、词或者其组合，不是语句",
    cites=("name_ban_rules_2017:第二十二条",),
    severity=Severity.WARN,
    begin=OF_2017,
)
def no_sentence(name: Name) -> Flaw | None:
    """A trade name is a word; a long one, or one with the particles of speech, a person looks at."""
    own = name.parts.trade_name
    is_spoken = len(own) >= _SENTENCE_FROM and _SENTENCE.search(own) is not None
    is_long = len(own) > (_LONGEST if name.proposal.parts else _LONGEST_READ)
    if not is_long and not is_spoken:
        return None
    return Flaw(f"字号“{own}”可能是语句，字号应当是字、词或者其组合。", (own,))


@rule(
    "N-B10a",
    title="字号具有显著性",
    cites=("name_measures_2023:第十条",),
    severity=Severity.WARN,
    kind=Kind.RESTRICTED,
    begin=OF_2023,
)
def distinctive(name: Name) -> Flaw | None:
    """A trade name does not read as a part of the industry: 动力|机械."""
    own, industry = name.parts.trade_name, name.parts.industry
    is_for_another_rule = is_industry(own) and own not in other_meanings()
    if not own or not industry or is_for_another_rule or own + industry not in industries.words():
        return None
    return Flaw(f"字号“{own}”与“{industry}”连读是行业用语，字号应当具有显著性。", (own,))

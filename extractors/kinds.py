"""Kinds of value: whether a text is one, what it is in normal form, whether it looks complete.

A kind is an element's normal form (elements.yaml) or a narrower one that a paper's YAML names:
person and company for names, paragraph for text that runs over many lines.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from extractors import doubtful
from extractors.identifiers import bank_account, basic_account_number, email, phone, resident_id, uscc
from extractors.model import Value
from extractors.options import EMPTY, TICKED
from extractors.values import dates, money, numbers, text

_TRAILING = "。；;，,、:："
_LEADING = ":：;；，,、。.．·-—_ "
_IS = re.compile(r"^[为是][:：]\s*")
_SHORT_FORM = re.compile(r"[（(](?:以下)?(?:下称|简称|称)[^）)]*[）)].*$")
_NUMBERED = re.compile(r"^[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?[.、．:：]")
_SIGNATURE = re.compile(
    r"[（(](?:代表|持有|持股|占|出资)[^)）]*[)）]|[（(](签字|签章|签名|盖章|公章|签字或盖章|签字、盖章)[^）)]*[）)]"
)
_EMAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_SAYS = re.compile(r"\w")
"""A stroke or a dash in a cell says that there is nothing to say."""
_LIES_IN = re.compile("^(为|是|[坐座]落[于在]|位于|设[于在])[:：]?\\s*")
_AFTER_ADDRESS = re.compile(
    r"[，,。；;].*$|\s*(?:邮政编码|邮编|联系电话|电话|建筑面积|之房屋|的房屋|第[一二三四五六七八九十\d]+条).*$"
)
_SHORTEST_USAGE = 2
"""办公, 商业: what a room is used for takes two characters; one alone was cut at the end of a line."""
_NO_NAME = re.compile(
    "(类型|种类|号码|名称|姓名|方式|日期|时间|期限|比例|金额|额度|序号|备注|权限|地址|住所|电话|签字|盖章|签章)$"
)
"""How the heads of columns end that stand beside a column of names."""
_ROLE = re.compile(
    r"^(代表公司)?(执行公司事务的)?(公司)?(执行董事|董事长|董事|总经理|经理|股东|监事)+(?=[\u3400-\u9fff]{2,4}$)"
)
_FLOOR_AREA = re.compile(r"(?<!专有)(?<!分摊)(?<!套内)建筑面积[:为]?\s*(\d[\d,.]*)")
_OTHER_AREA = re.compile("土地|专有|分摊|套内")
_BANK_END = re.compile("((?<!银)行|支行|分行|总行|[社部所处]|中心)([（(][^（）()]*[)）])?$")
"""An account is kept at a branch; the name of a whole bank, or its first line, is not one."""
_BETWEEN_ITEMS = re.compile(
    "(?<!项目)(?<!是)(?<!为)(?<!范围)(?<!活动)(?<!业务)(?<!内容)(?<!以下)(?<!如下)(?<!包括)(?<!事项)："
)
_FORMULA = re.compile("(经营活动|为准)。?$")
_AUTHORITY = re.compile(
    r"[\u3400-\u9fff()（）]{2,40}?(局|委员会|管委会|公司登记机关|中心)(?![\u3400-\u9fff]{1,12}(局|分局|委员会))"
)
_PERSON = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{1,6}(·[\u3400-\u9fff\U00020000-\U0003ffff]{1,15})*|[A-Za-z][A-Za-z .,'-]+"
)


class Kind(NamedTuple):
    """What is done with a text of one kind."""

    parse: Callable[[str], Value | None]
    """The normal form, or None where the text is not of this kind."""
    proves: Callable[[Value], bool] = lambda _: False
    """Whether the value proves itself by check digits."""
    doubts: Callable[[Value], bool] = lambda _: False
    """Whether the value is readable but cannot be right."""
    lines: int = 1
    """How many printed lines such a value may fill."""
    free: bool = False
    """Whether any text is one: then look-alike characters (l, 1, I; O, 0) cannot be told by the kind."""
    latin: bool = False
    """Whether it is mostly Latin letters, of which a recogniser takes l for 1 and O for 0 without a doubt."""
    repairs: Callable[[str], tuple[str, ...]] = lambda _: ()
    """The values that a misread text may have been; none where only a person can tell."""
    settles: Callable[[str, str], bool] = lambda _read, _mended: False
    """Whether a repair is sure, from the text as read and as mended: nothing else could have stood there."""
    closes: Callable[[str], bool] = lambda _: False
    """Whether nothing beside a text can belong to its value any more."""
    seen: Callable[[str], str] = text.chinese_marks
    """What a text that was recognised, not written, is printed as: no recogniser sees the width of marks."""
    complete: Callable[[str], bool] = lambda _: True
    """Whether a first line may be all of it; where not, the next line is tried with it."""


_RESIDENT, _OLD_RESIDENT = 18, 15
"""Characters of a resident's number now and before 1999."""
_BARE_DATE = re.compile(
    r"[\d〇○零一二三四五六七八九十]{2,4}\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
)
_REMARK = re.compile(r"^[（(][^）)]*[）)]\s*[:：]?\s*")


def _text(raw: str) -> str | None:
    value = _IS.sub("", text.fold(raw).strip(_LEADING)).rstrip(_TRAILING).strip()
    return None if _BARE_DATE.fullmatch(value) or not _SAYS.search(value) else value


def _paragraph(raw: str) -> str | None:
    value = _IS.sub("", text.fold(raw).lstrip(_LEADING)).strip()
    return value if _SAYS.search(value) else None


def _address(raw: str) -> str | None:
    """Return an address without the clause or the next item of the form that goes on after it."""
    value = _text(_LIES_IN.sub("", text.fold(raw).strip(_LEADING)))
    return _AFTER_ADDRESS.sub("", value).rstrip(_TRAILING) if value else None


def _area(raw: str) -> str | None:
    """Return the floor area; certificates print that of the land, and of parts, beside it."""
    said = text.half_width(raw)
    floor = _FLOOR_AREA.search(said)
    if floor:
        return numbers.number(floor.group(1))
    # A recogniser loses the small 2 of m².
    return None if _OTHER_AREA.search(said) else numbers.number(said.strip().removesuffix("m"))


def _wide_marks(raw: str) -> str:
    """Return prose with the wide brackets that it is printed with; in types and names narrow ones are as common."""
    return text.chinese_marks(raw).replace("(", "（").replace(")", "）")


def _scope_marks(raw: str) -> str:
    """Return a scope with semicolons between its items: recognisers take ； for ：, which only heads a list."""
    return _BETWEEN_ITEMS.sub("；", _wide_marks(raw))


def _closed_scope(scope: str) -> tuple[str, ...]:
    """Return a scope with the bracket that ends its closing formula, where only that is missing."""
    closed = (f"{scope}{bracket}" for bracket in "）】")
    return tuple(c for c in closed if text.is_balanced(c)) if _FORMULA.search(scope) else ()


def _authority(raw: str) -> str | None:
    """Return the name of an authority; what a seal leaves behind it is cut off."""
    found = _AUTHORITY.match(text.fold(raw).strip(_LEADING))
    return text.squash(found.group()) if found else None


_HELD = re.compile(r"(?<=公司)于\d{4}年.*")
"""How the minutes of a meeting go on after the company's name."""


def _person(raw: str) -> str | None:
    value = _ROLE.sub("", _bare_name(raw))
    return value if _PERSON.fullmatch(value) and len(value) > 1 and not _NO_NAME.search(value) else None


def _bare_name(raw: str) -> str:
    """Return a name without what papers print around it: numbers, ticks, quotes, short forms, signature notes."""
    name = _SHORT_FORM.sub("", _REMARK.sub("", _SIGNATURE.sub("", raw).strip(_LEADING)))
    name = name.rsplit("“", 1)[-1] if "“" in name.strip(_LEADING)[1:] else name
    name = _NUMBERED.sub("", name.strip(_LEADING + TICKED + EMPTY[:3] + '“”"')).rstrip(_TRAILING + '“”"')
    return text.name(name)


def _company(raw: str) -> str | None:
    value = _HELD.sub("", _bare_name(raw))
    if _BARE_DATE.fullmatch(value) or _NO_NAME.search(value):
        return None
    return value if value and 4 <= len(value) <= 80 and any(c > "\u2e80" for c in value) else None


def _name(raw: str) -> str | None:
    return _person(raw) or _company(raw)


def _email(raw: str) -> str | None:
    """Return the address that a text begins with; what a neighbouring cell left behind it is cut off."""
    found = _EMAIL.match(email.compact(raw).strip(_LEADING))
    return found.group() if found else None


def _bare_number(raw: str) -> str:
    """Return a number without the marks of the sentence that it stands in."""
    return raw.strip(_LEADING + _TRAILING + "()（）")


def _uscc(raw: str) -> str | None:
    value = uscc.compact(_bare_number(raw))
    return value if len(value) == 18 and value.isascii() and value.isalnum() else None


def _id_number(raw: str) -> str | None:
    value = resident_id.compact(_bare_number(raw))
    return (
        value
        if 7 <= len(value) <= 18 and value.isascii() and value.isalnum() and any(c.isdigit() for c in value)
        else None
    )


def _phone(raw: str) -> str | None:
    value = phone.compact(_bare_number(raw))
    return value if phone.is_valid(value) else None


def _account(raw: str) -> str | None:
    value = numbers.account(_bare_number(raw))
    return value if value and bank_account.is_valid(value) else None


def _approval_number(raw: str) -> str | None:
    value = basic_account_number.compact(raw)
    return value if len(value) >= 8 and value.isascii() and value.isalnum() else None


def _term_end(raw: str) -> str | None:
    _, end = dates.span(raw)
    return end or dates.term_end(raw)


def _until(raw: str) -> str | None:
    return dates.span(raw)[1] or dates.date(raw)


def _uscc_holds(value: Value) -> bool:
    return isinstance(value, str) and uscc.is_valid(value) and uscc.has_organization_check(value)


def _id_holds(value: Value) -> bool:
    return isinstance(value, str) and resident_id.is_valid(value)


def _id_breaks(value: Value) -> bool:
    """Tell whether a number is that of a resident and fails, or has lost or gained a digit; others are unknown."""
    if not isinstance(value, str) or resident_id.is_valid(value):
        return False
    return len(value) == _RESIDENT or (value.isdigit() and len(value) > _OLD_RESIDENT)


KINDS: dict[str, Kind] = {
    "text": Kind(_text, lines=3, free=True),
    "line": Kind(_text, free=True),
    "paragraph": Kind(_paragraph, lines=40, free=True, seen=_wide_marks),
    "scope": Kind(
        _paragraph,
        lines=40,
        free=True,
        seen=_scope_marks,
        doubts=doubtful.is_garbled_scope,
        repairs=_closed_scope,
        settles=lambda _read, _mended: True,
    ),
    "usage": Kind(
        _text,
        lines=2,
        free=True,
        doubts=lambda v: len(str(v)) < _SHORTEST_USAGE,
        complete=lambda raw: len(raw.strip()) >= _SHORTEST_USAGE,
    ),
    "type": Kind(_text, lines=3, free=True, doubts=doubtful.is_no_type),
    "title_number": Kind(
        _text,
        lines=2,
        free=True,
        seen=lambda raw: _wide_marks("".join(raw.split())),
        doubts=lambda v: "第" not in str(v),
    ),
    "division": Kind(_text, free=True, doubts=doubtful.is_no_division),
    "reference": Kind(_text, lines=2, free=True, seen=lambda raw: _wide_marks("".join(raw.split()))),
    "authority": Kind(
        _authority,
        lines=2,
        free=True,
        complete=lambda raw: _authority(raw) is not None,
        closes=lambda raw: _authority(raw) is not None,
    ),
    "address": Kind(_address, lines=4, free=True, doubts=doubtful.is_no_address),
    "email": Kind(_email, latin=True),
    "name": Kind(_name, doubts=doubtful.is_surname_unknown, lines=2, free=True, complete=text.is_balanced),
    "person": Kind(_person, doubts=doubtful.is_surname_unknown),
    "company": Kind(
        _company,
        doubts=lambda v: (
            doubtful.holds_more(v) or not (isinstance(v, str) and doubtful.COMPANY_END.search(v))
        ),
        lines=3,
        free=True,
        complete=lambda raw: bool(doubtful.COMPANY_END.search(raw.strip(_TRAILING))),
    ),
    "uscc": Kind(
        _uscc,
        proves=_uscc_holds,
        doubts=lambda v: not _uscc_holds(v),
        # A code with its own check right but no organisation code in it is rare, not misread.
        repairs=lambda v: () if uscc.is_valid(v) else uscc.repair_candidates(v),
        settles=uscc.only_impossible_replaced,
    ),
    "id_number": Kind(_id_number, proves=_id_holds, doubts=_id_breaks, repairs=resident_id.repair_candidates),
    "date": Kind(dates.date, lines=2, complete=lambda raw: dates.date(raw) is not None),
    "term_end": Kind(_term_end, lines=2, complete=lambda raw: _term_end(raw) is not None),
    "span_from": Kind(
        lambda raw: dates.span(raw)[0], lines=2, complete=lambda raw: dates.span(raw)[1] is not None
    ),
    "span_to": Kind(
        lambda raw: dates.span(raw)[1], lines=2, complete=lambda raw: dates.span(raw)[1] is not None
    ),
    "until": Kind(_until, lines=2, complete=lambda raw: _until(raw) is not None),
    "money": Kind(money.money, lines=2, complete=lambda raw: money.money(raw) is not None),
    "number": Kind(numbers.number),
    "area": Kind(_area),
    "bank": Kind(
        _text,
        lines=2,
        free=True,
        doubts=lambda v: not _BANK_END.search(str(v)),
        complete=lambda raw: _BANK_END.search(raw.strip(_TRAILING)) is not None,
    ),
    "percent": Kind(numbers.percent),
    "phone": Kind(_phone),
    "approval_number": Kind(_approval_number, doubts=lambda v: not basic_account_number.is_valid(str(v))),
    "account": Kind(_account, lines=2, complete=lambda raw: _account(raw) is not None),
}

ROW_KINDS = {
    "name": "name",
    "id_number": "id_number",
    "subscribed_capital": "money",
    "max_amount": "money",
    "percent": "percent",
    "due_on": "date",
    "monthly_quantity": "number",
    "holding_quantity": "number",
    "company_name": "company",
    "phone": "phone",
}
"""Kind of a column's values; a column that is not named here holds text."""

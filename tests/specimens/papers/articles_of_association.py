"""Articles of association (公司章程): clauses of 公司法 第四十六条; shareholders in a table or in sentences."""

from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.people import Company, Share
from tests.specimens.prints import capitals, day, money, wan

_BODY = (
    "公司股东会由全体股东组成，是公司的权力机构，依照《公司法》行使职权。",
    "股东会会议由股东按照出资比例行使表决权。修改公司章程、增加或者减少注册资本的决议，以及公司合并、分立、解散或者变更公司形式的决议，应当经代表三分之二以上表决权的股东通过。",
    "公司不设董事会，设董事一名，由股东会选举产生，任期三年，任期届满，连选可以连任。",
    "公司不设监事会，设监事一名，由股东会选举产生。董事、高级管理人员不得兼任监事。",
    "公司应当依照法律、行政法规和国务院财政部门的规定建立本公司的财务、会计制度。",
    "公司分配当年税后利润时，应当提取利润的百分之十列入公司法定公积金。",
    "公司因章程规定的解散事由出现、股东会决议解散等原因解散的，应当依法进行清算。",
)


def _capital(c: Company) -> int:
    return c.articles_capital or c.capital


def _amount(share: Share) -> int:
    """Return what a holder subscribes: the shares add up to the licence's capital, also where the articles err."""
    return share.amount


def _head(c: Company, flow: Flow) -> None:
    holders = "、".join(share.holder.name for share in c.shares)
    flow.gap(30)
    flow.title(c.name, 20)
    flow.title("章  程", 24)
    flow.gap(16)
    _chapter(flow, "第一章  总  则")
    flow.para(
        f"第一条  为规范公司的组织和行为，保护公司、股东、职工和债权人的合法权益，根据《中华人民共和国公司法》（以下简称《公司法》）及有关法律、行政法规的规定，由{holders}共同出资设立公司，特制定本章程。",
        indent=2,
    )
    flow.para("第二条  本章程对公司、股东、董事、监事、高级管理人员具有约束力。", indent=2)


def _chapter(flow: Flow, heading: str) -> None:
    flow.gap(8)
    flow.need(70)
    flow.title(heading, 13)


def _bodies(flow: Flow, first: int) -> int:
    for n, text in enumerate(_BODY):
        flow.para(f"第{_numeral(first + n)}条  {text}", indent=2)
    return first + len(_BODY)


def _numeral(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


def _foot(c: Company, flow: Flow, form: int) -> None:
    flow.gap(26)
    flow.para("全体股东签名：" + "　　　　".join(s.holder.name for s in c.shares))
    flow.gap(30)
    flow.right(day(c.signed, form))


def with_table(company: Company, easel: Easel) -> None:
    """Name and place as 公司名称：…; the shareholders in a ruled table."""
    c, flow = company, Flow(easel)
    _head(c, flow)
    _chapter(flow, "第二章  公司名称和住所")
    flow.para(f"第三条  公司名称：{c.name}。", indent=2)
    flow.para(f"第四条  公司住所：{c.address}。", indent=2)
    _chapter(flow, "第三章  公司经营范围")
    flow.para(f"第五条  公司经营范围：{c.scope}", indent=2)
    _chapter(flow, "第四章  公司注册资本")
    flow.para(f"第六条  公司注册资本：人民币{wan(_capital(c))}万元。", indent=2)
    _chapter(flow, "第五章  股东的姓名、出资额、出资方式和出资时间")
    flow.para("第七条  股东的姓名、认缴出资额、出资方式和出资时间如下：", indent=2)
    rows = [["股东姓名或名称", "证件号码", "认缴出资额（万元）", "出资比例", "出资方式", "出资时间"]]
    rows += [
        [s.holder.name, s.holder.number, wan(_amount(s)), f"{s.percent}%", "货币", day(s.due)]
        for s in c.shares
    ]
    flow.gap(6)
    flow.table(rows, [26, 46, 24, 20, 18, 32], size=9)
    flow.gap(8)
    _chapter(flow, "第六章  公司的机构及其产生办法、职权、议事规则")
    number = _bodies(flow, 8)
    _chapter(flow, "第七章  公司的法定代表人")
    flow.para(
        f"第{_numeral(number)}条  公司的法定代表人由代表公司执行公司事务的董事担任，现由{c.head.name}担任法定代表人。",
        indent=2,
    )
    _chapter(flow, "第八章  附  则")
    end = f"至{day(c.term_to)}" if c.term_to else "长期"
    flow.para(f"第{_numeral(number + 1)}条  公司的营业期限为{end}。", indent=2)
    flow.para(f"第{_numeral(number + 2)}条  本章程一式三份，股东各执一份，报公司登记机关一份。", indent=2)
    _foot(c, flow, 0)


def in_sentences(company: Company, easel: Easel) -> None:
    """Clauses that run on without chapters; each shareholder is a sentence."""
    c, flow = company, Flow(easel, left=78, size=11.5, leading=1.6)
    flow.title(f"{c.name}章程", 19)
    flow.para(
        "依据《中华人民共和国公司法》及其他有关法律、行政法规的规定，由以下股东共同出资设立本公司，并于签署之日订立本章程。",
        indent=2,
    )
    end = f"至{day(c.term_to)}" if c.term_to else "长期"
    clauses = [
        f"公司名称为{c.name}。",
        f"公司住所为{c.address}。",
        f"公司的经营范围为：{c.scope}",
        f"公司注册资本为人民币{capitals(_capital(c))}。",
        *(
            f"股东{s.holder.name}（身份证号码：{s.holder.number}）认缴出资{wan(_amount(s))}万元，占注册资本的{s.percent}%，以货币方式出资，于{day(s.due)}前缴足。"
            for s in c.shares
        ),
        *_BODY,
        f"公司的法定代表人由{c.head.name}担任。",
        f"公司营业期限为{end}。",
        "本章程自全体股东签字之日起生效。",
    ]
    for n, text in enumerate(clauses, 1):
        flow.para(f"第{_numeral(n)}条  {text}", indent=2)
    _foot(c, flow, 4)


def share_cards(company: Company, easel: Easel) -> None:
    """Chapters with numbered items; shares as a table without lines, amounts in yuan."""
    c, flow = company, Flow(easel, left=64, size=11, leading=1.65)
    flow.title("公司章程", 24)
    flow.title(c.name, 15)
    _chapter(flow, "第一章 公司名称、住所和经营范围")
    flow.para(f"第一条 公司名称是{c.name}（以下简称“公司”）。", indent=2)
    flow.para(f"第二条 公司住所是{c.address}。", indent=2)
    flow.para(f"第三条 公司经营范围是：{c.scope}", indent=2)
    _chapter(flow, "第二章 公司注册资本和股东出资")
    flow.para(f"第四条 公司注册资本是{_capital(c):,}元人民币。", indent=2)
    flow.para("第五条 股东名称、出资额、出资方式及缴付期限：", indent=2)
    rows = [["姓名或名称", "身份证号码", "认缴额（元）", "占比", "出资方式", "缴付期限"]]
    rows += [
        [s.holder.name, s.holder.number, f"{_amount(s):,}", f"{s.percent}%", "货币", day(s.due, 2)]
        for s in c.shares
    ]
    flow.table(rows, [26, 46, 26, 16, 20, 30], size=9, ruled=False)
    _chapter(flow, "第三章 公司机构")
    number = _bodies(flow, 6)
    flow.para(f"第{_numeral(number)}条 董事为公司的法定代表人，由{c.head.name}担任公司法定代表人。", indent=2)
    end = f"自公司成立之日起至{day(c.term_to)}" if c.term_to else "长期"
    flow.para(f"第{_numeral(number + 1)}条 公司营业期限：{end}。", indent=2)
    _foot(c, flow, 3)


LAYOUTS = {"with_table": with_table, "in_sentences": in_sentences, "share_cards": share_cards}
SPLITS = {"build": ("with_table", "in_sentences"), "judge": ("share_cards", "in_sentences")}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the articles say."""
    c = company
    shares = [
        {
            "name": s.holder.name,
            "id_number": s.holder.number,
            "subscribed_capital": money(_amount(s)),
            "percent": str(s.percent),
            "contribution_form": "货币",
            "due_on": s.due.isoformat(),
        }
        for s in c.shares
    ]
    return {
        "company_name": c.name,
        "address": c.address,
        "business_scope": c.scope,
        "registered_capital": money(_capital(c)),
        "legal_representative": c.head.name,
        "term_to": c.term_to.isoformat() if c.term_to else "indefinite",
        "shareholders": shares,
        "signed_on": c.signed.isoformat(),
    }

"""Articles of association over several pages: shareholders in a table, or one clause each."""

from random import Random

from tests.specimens import prints
from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.papers.layout import Elements, layout
from tests.specimens.people import Company, Share

_DUTIES = (
    "公司股东会由全体股东组成，是公司的权力机构，行使下列职权：（一）选举和更换董事、监事，决定有关董事、监事的报酬事项；（二）审议批准董事的报告；（三）审议批准监事的报告；（四）审议批准公司的利润分配方案和弥补亏损方案；（五）对公司增加或者减少注册资本作出决议；（六）修改公司章程。",
    "股东会会议由股东按照出资比例行使表决权。股东会作出修改公司章程、增加或者减少注册资本的决议，以及公司合并、分立、解散或者变更公司形式的决议，应当经代表三分之二以上表决权的股东通过。",
    "公司不设董事会，设董事一名，由股东会选举产生。董事任期三年，任期届满，可以连选连任。",
    "公司不设监事会，设监事一名，由股东会选举产生，任期三年。董事、高级管理人员不得兼任监事。",
    "股东之间可以相互转让其全部或者部分股权。股东向股东以外的人转让股权的，应当将股权转让的数量、价格、支付方式和期限等事项书面通知其他股东。",
    "公司应当依照法律、行政法规和国务院财政部门的规定建立本公司的财务、会计制度，并应在每个会计年度终了时编制财务会计报告。",
    "公司因本章程规定的解散事由出现、股东会决议解散、依法被吊销营业执照等原因解散。清算组在清理公司财产后，依照法律规定清偿。",
)


def truth(c: Company) -> Elements:
    """Return what the articles say."""
    return {
        "company_name": c.name,
        "address": c.address,
        "business_scope": c.scope,
        "registered_capital": prints.money(c.articles_capital or c.capital),
        "legal_representative": c.head.name,
        "term_to": "indefinite",
        "shareholders": [_row(s) for s in c.shares],
        "signed_on": c.signed.isoformat(),
    }


def _row(s: Share) -> Elements:
    return {
        "name": s.holder.name, "id_number": s.holder.number, "subscribed_capital": prints.money(s.amount), "percent": str(s.percent),
        "contribution_form": "货币", "due_on": s.due.isoformat(),
    }


@layout("articles_of_association", "build")
def with_table(e: Easel, c: Company, rng: Random) -> Elements:
    """Chapters; the shareholders stand in one table."""
    flow = Flow(e, left=80, top=80, size=11)
    flow.gap(30)
    flow.title(f"{c.name}章程", 19)
    holders = "、".join(s.holder.name for s in c.shares)
    flow.title("第一章 总则", 13)
    flow.para(f"第一条 依据《中华人民共和国公司法》及有关法律、法规的规定，由{holders}共同出资，设立{c.name}（以下简称公司），特制定本章程。", indent=2)
    flow.para("第二条 本章程中的各项条款与法律、法规、规章不符的，以法律、法规、规章的规定为准。", indent=2)
    flow.title("第二章 公司名称和住所", 13)
    flow.para(f"第三条 公司名称：{c.name}。", indent=2)
    flow.para(f"第四条 住所：{c.address}。", indent=2)
    flow.title("第三章 公司经营范围", 13)
    flow.para(f"第五条 公司经营范围：{c.scope}", indent=2)
    flow.title("第四章 公司注册资本", 13)
    flow.para(f"第六条 公司注册资本：{prints.wan(c.articles_capital or c.capital)}万元人民币。", indent=2)
    flow.title("第五章 股东的姓名、出资方式、出资额和出资时间", 13)
    flow.para("第七条 股东的姓名、证件号码、认缴的出资额、出资方式和出资时间如下：", indent=2)
    rows = [[s.holder.name, s.holder.number, prints.wan(s.amount), f"{s.percent}%", "货币", prints.day(s.due)] for s in c.shares]
    total = ["合计", "", prints.wan(c.capital), "100%", "", ""]
    flow.table([["股东姓名", "身份证号码", "认缴出资额（万元）", "出资比例", "出资方式", "出资时间"], *rows, total], [20, 38, 22, 18, 16, 30], size=9)
    flow.gap(10)
    _organs(flow, 8, "第六章 公司的机构及其产生办法、职权、议事规则")
    flow.title("第七章 公司的法定代表人", 13)
    flow.para(f"第十五条 公司的法定代表人由代表公司执行公司事务的董事{c.head.name}担任。", indent=2)
    flow.title("第八章 附则", 13)
    flow.para("第十六条 公司的营业期限为长期，自公司营业执照签发之日起计算。", indent=2)
    flow.para("第十七条 本章程一式三份，公司留存一份，股东各执一份，并报公司登记机关一份。", indent=2)
    flow.gap(30)
    flow.para("全体股东签字：")
    flow.gap(40)
    flow.right(prints.day(c.signed))
    return truth(c)


@layout("articles_of_association", "judge")
def in_clauses(e: Easel, c: Company, rng: Random) -> Elements:
    """No table: each shareholder has a clause with capital letters; the day in Chinese numerals."""
    flow = Flow(e, left=90, top=90, size=12, leading=1.9)
    flow.title(c.name, 20)
    flow.title("公 司 章 程", 22)
    flow.para("为适应社会主义市场经济的要求，发展生产力，依据《中华人民共和国公司法》（以下简称《公司法》）及其他有关法律、行政法规的规定，由全体股东共同制定本章程。", indent=2)
    flow.title("第一章 公司名称、住所和经营范围", 13)
    flow.para(f"第一条 公司名称为{c.name}（以下简称“公司”）。", indent=2)
    flow.para(f"第二条 公司住所为{c.address}。", indent=2)
    flow.para(f"第三条 公司的经营范围为：{c.scope}", indent=2)
    flow.title("第二章 注册资本及股东出资", 13)
    amount = c.articles_capital or c.capital
    flow.para(f"第四条 公司注册资本为人民币{prints.capitals(amount)}（￥{amount:,}元）。", indent=2)
    flow.para("第五条 股东的姓名、出资额、出资方式和出资日期如下：", indent=2)
    for n, s in enumerate(c.shares):
        mark = "一二三四五"[n]
        flow.para(
            f"（{mark}）股东{s.holder.name}，身份证号码：{s.holder.number}，以货币方式认缴出资{prints.wan(s.amount)}万元，占注册资本的{s.percent}%，于{prints.day(s.due)}前缴足。",
            indent=2,
        )
    _organs(flow, 6, "第三章 公司的组织机构")
    flow.title("第四章 法定代表人和营业期限", 13)
    flow.para(f"第十三条 {c.head.name}为公司的法定代表人，由代表公司执行公司事务的董事担任。", indent=2)
    flow.para("第十四条 公司营业期限为长期。", indent=2)
    flow.gap(40)
    flow.para("全体股东签名：")
    flow.gap(50)
    flow.right(prints.written(c.signed))
    return truth(c)


def _organs(flow: Flow, first: int, heading: str) -> None:
    flow.title(heading, 13)
    numerals = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四".split()
    for n, duty in enumerate(_DUTIES):
        flow.para(f"第{numerals[first + n - 1]}条 {duty}", indent=2)

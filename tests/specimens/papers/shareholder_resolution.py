"""First resolution of the shareholders (股东会决议)."""

from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.people import Company
from tests.specimens.prints import day


def _signatures(c: Company, flow: Flow) -> None:
    flow.para("全体股东签字：" + "、".join(s.holder.name for s in c.shares))


def numbered(company: Company, easel: Easel) -> None:
    """A sentence on the meeting, then the decisions one by one."""
    c, flow = company, Flow(easel, size=13, left=76, leading=1.9)
    flow.gap(20)
    flow.title("股东会决议", 22)
    flow.para(
        f"{c.name}首次股东会于{day(c.signed)}在公司住所召开。应到股东{len(c.shares)}名，实到{len(c.shares)}名，会议由出资最多的股东召集和主持，符合《中华人民共和国公司法》的规定。经全体股东一致通过，作出如下决议：",
        indent=2,
    )
    decisions = [
        "一、通过公司章程。",
        f"二、选举{c.head.name}为公司董事，由{c.head.name}担任公司法定代表人。",
        f"三、选举{c.supervisor.name}为公司监事。",
        f"四、聘任{c.manager.name}为公司经理。",
    ]
    for line in decisions:
        flow.para(line, indent=2)
    flow.gap(60)
    _signatures(c, flow)
    flow.gap(40)
    flow.right(day(c.signed))


def minutes(company: Company, easel: Easel) -> None:
    """Labels as in minutes, then decisions under Arabic numbers."""
    c, flow = company, Flow(easel, size=12.5, left=84, leading=1.8)
    flow.title("首次股东会会议决议", 20)
    for line in (
        f"公司名称：{c.name}",
        f"会议时间：{day(c.signed, 1)}",
        f"会议地点：{c.address}",
        f"参加会议人员：{'、'.join(s.holder.name for s in c.shares)}",
        "会议议题：设立公司有关事项",
    ):
        flow.para(line)
    flow.para("会议经表决，一致通过以下决议：", indent=2)
    flow.para("1. 审议通过公司章程；", indent=2)
    flow.para(f"2. 选举{c.head.name}担任公司董事；公司的法定代表人由{c.head.name}担任；", indent=2)
    flow.para(f"3. 选举{c.supervisor.name}担任公司监事；", indent=2)
    flow.para(f"4. 聘任{c.manager.name}担任公司经理。", indent=2)
    flow.gap(50)
    _signatures(c, flow)


LAYOUTS = {"numbered": numbered, "minutes": minutes}
SPLITS = {"build": ("numbered",), "judge": ("minutes",)}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the resolution says."""
    c = company
    return {
        "company_name": c.name,
        "executive_director": c.head.name,
        "legal_representative": c.head.name,
        "manager": c.manager.name,
        "supervisor": c.supervisor.name,
        "shareholders": [{"name": s.holder.name} for s in c.shares],
        "resolved_on": c.signed.isoformat(),
    }

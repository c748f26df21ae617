"""（中国） in a name: only of enterprises that foreigners own or control."""

from rules.model import Severity
from rules.names.declare import OF_2004, Flaw, Name, rule
from rules.names.model import Kind


@rule(
    "N-A12c",
    title="含有（中国）的，是使用外国投资者字号的外商独资或者控股企业",
    cites=(
        "name_measures_2004:第十条",
        "name_ban_rules_2017:第十九条",
        "name_regulation:第十二条",
        "name_measures_2023:第十五条",
    ),
    severity=Severity.ESCALATE,
    kind=Kind.RESTRICTED,
    begin=OF_2004,
    settled_by=("外国投资者的主体资格证明", "改写后的《企业名称申报信息表》"),
    also=("N-B15", "N-C19"),
)
def of_foreign_owner(name: Name) -> Flaw | None:
    """（中国） stands in the name of an enterprise that is foreign-owned."""
    if "（中国）" not in name.text or name.proposal.is_foreign_owned:
        return None
    return Flaw("名称含有“（中国）”，应当是使用外国投资者字号的外商独资或者控股企业。", ("（中国）",))

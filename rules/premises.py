"""Where the company is."""

from extractors.values import address
from rules.engine import rule
from rules.model import Severity
from rules.registry import Unclear


@rule(
    "premises.region_known",
    title="注册地址写明所在区县",
    cites=("company_registration_2016:第九条", "registration_regulation:第八条"),
    needs=("addr.registered",),
    when=("addr.registered",),
    severity=Severity.WARN,
    codes="T-25",
    settled_by=("人工选择注册地址所在的区县",),
)
def region_known(registered: str) -> str | None:
    """The address begins with divisions down to a county: they decide the tax office."""
    return None if address.region_code(registered) else f"由“{registered}”看不出所在区县。"


@rule(
    "premises.registrar_is_local",
    title="登记机关与注册地址在同一地区",
    cites=("company_registration_2016:第十二条", "registration_regulation:第五条"),
    needs=("enterprise.authority", "addr.registered"),
    when=("enterprise.authority", "addr.registered"),
    severity=Severity.WARN,
    codes="T-25, C-17",
    settled_by=("对照《营业执照》原件核对住所与登记机关",),
)
def registrar_is_local(authority: str, registered: str) -> str | None:
    """The registrar's divisions are those of the address, as far as both print them."""
    one, other = address.parts(authority), address.parts(registered)
    pairs = [(one.province, other.province), (one.city, other.city), (one.county, other.county)]
    if not any(a and b for a, b in pairs):
        return Unclear("由登记机关名称或注册地址看不出所在地区，请人工核对。")
    differs = any(a and b and a != b for a, b in pairs)
    return f"登记机关“{authority}”与注册地址“{registered}”不在同一地区。" if differs else None

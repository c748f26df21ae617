"""Invoices and the tax-control device."""

from extractors.model import Cell, Row
from forms.code_lists import Code, code_list
from forms.derive import Derived, derivation, text
from forms.derive import rows as rows_of
from forms.model import Fact


def _kind(row: Row) -> Code | None:
    return code_list("invoice_kinds").match(str(row.get("invoice_kind", "")))


def _has(row: Row, tags: set[str]) -> bool:
    code = _kind(row)
    return code is not None and tags <= set(code.tags)


def _is_granted(row: Row) -> bool:
    """Tell whether a kind needs no approval: digital invoices come with a limit of their own."""
    code = _kind(row)
    return code is not None and "device" not in code.tags


@derivation
def invoices_requested(requests: Fact | None, sheet_read: Fact | None) -> Derived | None:
    """Yes where kinds are listed; no only where the sheet is there and nothing of it was left unread."""
    if requests and rows_of(requests):
        return Derived("是", "办税信息采集表填写了发票票种。", (requests,))
    return Derived("否", "办税信息采集表没有填写发票票种。", (sheet_read,)) if sheet_read else None


@derivation
def special_requested(requests: Fact | None, sheet_read: Fact | None) -> Derived | None:
    """Whether a special invoice is asked for that a device issues: item 7 rests on it."""
    return _requested({"special", "device"}, "用税控设备开具的增值税专用发票", requests, sheet_read)


@derivation
def paper_requested(requests: Fact | None, sheet_read: Fact | None) -> Derived | None:
    """Whether a kind on paper is asked for: only such are picked up."""
    return _requested({"paper"}, "纸质发票", requests, sheet_read)


@derivation
def device_needed(requests: Fact | None, sheet_read: Fact | None) -> Derived | None:
    """Whether a kind is asked for that is issued with a tax-control device."""
    return _requested({"device"}, "需用税控设备开具的发票", requests, sheet_read)


def _requested(tags: set[str], label: str, requests: Fact | None, sheet_read: Fact | None) -> Derived | None:
    """Yes where such a kind is listed; no only where every kind that is listed is known."""
    listed = rows_of(requests)
    if requests and any(_has(row, tags) for row in listed):
        return Derived("是", f"申请的票种中有{label}。", (requests,))
    if requests and listed:
        is_clear = all(_kind(row) for row in listed)
        return Derived("否", f"申请的票种中没有{label}。", (requests,)) if is_clear else None
    return Derived("否", "办税信息采集表没有填写发票票种。", (sheet_read,)) if sheet_read else None


@derivation
def invoice_kinds(requests: Fact) -> Derived | None:
    """The requests, with the most that is taken at once: what both other counts allow."""
    rows = tuple(_with_each(row) for row in rows_of(requests) if not _is_granted(row))
    return (
        Derived(rows, "每次最高领票数量取每月数量与持票数量中较小者；数电发票不需要核定。") if rows else None
    )


def _with_each(row: Row) -> Row:
    counts = [_count(row.get(column)) for column in ("monthly_quantity", "holding_quantity")]
    known = [c for c in counts if c is not None]
    return row | ({"each_quantity": str(min(known))} if len(known) == len(counts) else {})


def _count(cell: Cell | None) -> int | None:
    return int(cell) if isinstance(cell, str) and cell.isdecimal() else None


@derivation
def special_kinds(requests: Fact) -> Derived | None:
    """The requests for special invoices."""
    columns = ("invoice_kind", "max_amount")
    rows = tuple(
        {c: row[c] for c in columns if c in row}
        for row in rows_of(requests)
        if _has(row, {"special", "device"})
    )
    return Derived(rows, "取自申请的增值税专用发票。") if rows else None


@derivation
def pickups(kinds: Fact) -> Derived | None:
    """What can be taken first of each paper kind: the least of the three counts."""
    rows = tuple(_pickup(row) for row in rows_of(kinds) if _is_taken_on_paper(row))
    return Derived(rows, "首次领用数量取每次、每月、持票三项中最小者。") if rows else None


def _is_taken_on_paper(row: Row) -> bool:
    """A kind that is not known stays in the list, where its wording is asked about."""
    code = _kind(row)
    return code is None or "paper" in code.tags


def _pickup(row: Row) -> Row:
    taken: Row = {"invoice_kind": row["invoice_kind"]} if "invoice_kind" in row else {}
    counts = [_count(row.get(c)) for c in ("each_quantity", "monthly_quantity", "holding_quantity")]
    known = [c for c in counts if c is not None]
    return taken | ({"quantity": str(min(known))} if len(known) == len(counts) else {})


@derivation
def device_vendor(kind: Fact) -> Derived | None:
    """The only vendor of a device; a 税控盘 has two, so a person chooses."""
    vendors = {"税务UKey": "税务UKey（税务机关免费提供）", "金税盘": "航天信息"}
    vendor = vendors.get(text(kind))
    return Derived(vendor, "该种设备只有这一家提供。") if vendor else None


@derivation
def device_wanted(_: Fact) -> Derived:
    """Whoever names a device asks for one."""
    return Derived("是", "办税信息采集表选择了税控设备。")

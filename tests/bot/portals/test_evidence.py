"""Evidence proves a filing and shows nobody's data."""

import json
from pathlib import Path

import pytest
from small_portal import PASSWORD, SmallPortal

from bot import evidence, leaks
from bot.errors import EvidenceError
from bot.evidence import Bundle
from bot.filing import StoreJournal, file_all
from bot.model import CaseResult, CaseStatus
from bot.portals.filler import Credentials, PortalSession, load
from bot.portals.plan import Outcome, Receipt, State, Submission
from bot.portals.session import Terms
from bot.store import Store
from forms.model import Fact, FilledForm, FormValue

CANARIES = {"name": "上海云栖欧阳科技有限公司", "remark": "联系人欧阳林晓，电话13912345678"}


@pytest.fixture
def portal():
    running = SmallPortal()
    yield running
    running.close()


@pytest.fixture
def store(tmp_path):
    kept = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield kept
    kept.close()


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def form(title: str, /, **texts: str) -> FilledForm:
    values = tuple(FormValue(form=title, field=f, label=f, text=t, shown=t) for f, t in texts.items())
    return FilledForm(form=title, title=title, values=values)


@pytest.fixture
def filed(chromium, portal, store, home, tmp_path) -> str:
    """File one case at the small portal, with evidence; return its id."""
    small = load(Path(__file__).with_name("pages") / "small.yaml")
    account = Credentials(user="agent", password=PASSWORD)
    case = store.open_case(tmp_path / "case")
    key = Fact(key="enterprise.uscc", label="", value="KEY-1", confidence=1.0, sure=True)
    forms = (form("name", **CANARIES), form("accounting", standard="102", begun="2026-03-01"))
    ready = CaseResult(
        case=case,
        folder="f",
        status=CaseStatus.READY,
        on="2026-11-23",
        forms=forms,
        facts={"enterprise.uscc": key},
    )
    with PortalSession(small, portal.base, account, chromium, 2.0, terms=Terms(home=home)) as session:
        done = file_all(ready, session, StoreJournal(store, case, "small"), dry_run=False)
    assert done.status is CaseStatus.FILED
    return case


def test_bundle_proves_what_was_filed(filed, home):
    """Pages, requests, receipt, versions and digests: the right value is proved, any other is not."""
    (folder,) = evidence.bundles(home, filed)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))

    assert [page["page"] for page in manifest["pages"]] == ["新申报", "名称申报", "会计备案", "核对"]
    assert all(len(request["sha256"]) == 64 for page in manifest["pages"] for request in page["requests"])
    assert manifest["receipt"]["number"] == "2026-0001"
    assert manifest["readback_equal"] is True
    assert set(manifest["files"]) == {"check.png", "receipt.png"}
    assert manifest["versions"].keys() >= {"zeromeet", "browser", "map", "portal"}
    assert evidence.is_of(home, folder, "name.name", CANARIES["name"])
    assert not evidence.is_of(home, folder, "name.name", CANARIES["remark"])


def test_no_artefact_holds_a_canary(filed, home):
    """Nothing below the evidence folder shows a value, nor do the names of its files."""
    texts = [*CANARIES.values(), "13912345678", "欧阳林晓"]

    shown = [
        (path, found)
        for path in (home / "evidence").rglob("*")
        for found in leaks.found(
            path.name + (path.read_bytes().decode("utf-8", "ignore") if path.is_file() else ""), texts
        )
    ]

    assert shown == []


def test_planted_leak_is_refused(home):
    """A receipt that repeats a name would bring it into the evidence: nothing is written then."""
    planned = form("realname", legal_representative_name="欧阳林晓")
    submission = Submission(hall="tax", business_key="k", forms=(planned,), plan_hash="0" * 64)
    receipt = Receipt(hall="tax", number="T1-欧阳 林晓")

    with pytest.raises(EvidenceError):
        Bundle(home, "1", submission).close(Outcome(state=State.FILED, receipt=receipt), [], {})

    assert evidence.bundles(home, "1") == []


@pytest.mark.parametrize("harm", ["manifest", "picture", "picture gone", "line gone", "line changed"])
def test_any_change_is_found(home, harm):
    """Of three filings, whatever is changed or taken away later is found."""
    submission = Submission(hall="tax", business_key="k", forms=(), plan_hash="0" * 64)
    for number in ("2026-0001", "2026-0002", "2026-0003"):
        bundle = Bundle(home, number, submission)
        bundle.picture("check", b"check")
        bundle.picture("receipt", b"receipt")
        bundle.close(Outcome(state=State.FILED, receipt=Receipt(hall="tax", number=number)), [], {})
    root = home / "evidence"
    chain = root / "chain.jsonl"
    lines = chain.read_text(encoding="utf-8").splitlines()
    folder = root / json.loads(lines[1])["bundle"]
    assert evidence.verify(home) == []

    if harm == "manifest":
        file = folder / "manifest.json"
        file.write_text(file.read_text(encoding="utf-8").replace("2026-0002", "2026-0003"), encoding="utf-8")
    elif harm == "picture":
        (folder / "check.png").write_bytes(b"other")
    elif harm == "picture gone":
        (folder / "receipt.png").unlink()
    elif harm == "line gone":
        chain.write_text("\n".join([lines[0], lines[2], ""]), encoding="utf-8")
    else:
        chain.write_text(
            "\n".join([lines[0], lines[1].replace("2026", "2025"), lines[2], ""]), encoding="utf-8"
        )

    assert len(evidence.verify(home)) >= 1

"""The program as clerks and scripts call it: real OCR, real Chromium, a real portal process."""

import json
import shutil
from pathlib import Path

import pytest

from tests.kept import planned, written
from tests.program import ON, ROOT, Program, filed_by_hall, rows

SAMPLES = ROOT / "samples"
STRAIGHT, DISPUTED = SAMPLES / "qiming-software", SAMPLES / "hengyue-trading"
ONCE_EACH = [("name", 1), ("tax", 1)]


@pytest.fixture(scope="module")
def program(home, tmp_path_factory):
    """Return the program on a home of its own that knows the samples' readings, each page read once a session."""
    for case in (STRAIGHT, DISPUTED):
        Program(home)("check", case, "--on", ON)
    return knowing(home, tmp_path_factory.mktemp("cli"))


@pytest.fixture
def fresh(program, tmp_path):
    """Return the program on a new home that knows the readings and nothing else."""
    return knowing(program.home, tmp_path / "fresh")


def knowing(old, new):
    for name in ("readings", "models"):
        shutil.copytree(old / name, new / name)
    return Program(new)


@pytest.fixture(scope="module")
def filed(program, tmp_path_factory):
    """Return what `process` printed for the straight sample, and the folder it reported to."""
    out = tmp_path_factory.mktemp("out")
    return program.json("process", STRAIGHT, "--on", ON, "--out", out), out


@pytest.fixture(scope="module")
def disputed(program, tmp_path_factory):
    """Return the program on a home where the disputed sample waits, and what `process` printed."""
    run = knowing(program.home, tmp_path_factory.mktemp("disputed"))
    return run, run.json("process", DISPUTED, "--on", ON)


def test_straight_case_ends_with_all_receipts(filed):
    """Name declaration and all ten items are filed, and the portal kept what was planned."""
    (code, result), _ = filed

    assert code == 0
    assert result["status"] == "filed"
    assert len(result["filings"]) == 11
    assert all(f["state"] == "filed" and f["receipt"] and f["readback_equal"] for f in result["filings"])
    assert len({f["receipt"] for f in result["filings"]}) == 11


def test_every_value_from_paper_names_its_witnesses(filed):
    """A form value leads to its fact, and the fact to file, page and box."""
    (_, result), _ = filed

    facts = {v["fact"] for form in result["forms"].values() for v in form.values() if v["origin"] == "paper"}

    assert facts
    for key in facts:
        witness = result["facts"][key]["witnesses"][0]
        assert (STRAIGHT / witness["file"]).is_file()
        assert witness["page"] >= 1
        assert len(witness["box"]) == 4


@pytest.mark.parametrize("hall", ["name", "tax"])
def test_portal_keeps_what_was_planned(program, filed, hall):
    """The portal's own database equals the plan field by field: nothing other, nothing less, nothing more."""
    (_, result), _ = filed
    ((answers,),) = rows(
        program.home / "practice.sqlite",
        f"SELECT answers FROM filing WHERE hall = '{hall}'",  # noqa: S608 - hall is ours
    )

    kept = written(hall, json.loads(answers))

    assert len(kept) > 20
    assert kept == planned(hall, result["forms"])


def test_case_says_where_the_time_went(filed):
    """Machine time is told by stage and apart from the time of people."""
    (_, result), _ = filed

    clock = result["clock"]

    assert {"read", "understand", "judge", "file"} <= {span["stage"] for span in clock["spans"]}
    assert sum(span["seconds"] for span in clock["spans"]) <= clock["machine_s"] + 0.1
    assert clock["human_s"] == 0


def test_second_run_files_nothing_and_says_so(program, filed):
    """The same case twice is filed once."""
    code, result = program.json("process", STRAIGHT, "--on", ON)

    assert code == 0
    assert all(f["already"] and f["receipt"] for f in result["filings"])
    assert filed_by_hall(program.home / "practice.sqlite") == ONCE_EACH


def test_copy_of_the_folder_files_nothing_either(program, filed, tmp_path):
    """What was filed is known by the company, not by the folder; on a terminal it is said in words."""
    shutil.copytree(STRAIGHT, tmp_path / "copy")

    done = program("process", tmp_path / "copy", "--on", ON)

    assert done.returncode == 0
    assert "未重复提交" in done.stdout
    assert filed_by_hall(program.home / "practice.sqlite") == ONCE_EACH


def test_disputed_case_waits_and_names_both_places(disputed):
    """Two papers that disagree stop the case with one line that names both, and nothing is filed."""
    program, (code, result) = disputed

    assert code == 3
    assert result["status"] == "review"
    assert all(f["state"] == "waiting_human" for f in result["filings"])
    assert [key for key, fact in result["facts"].items() if fact["conflict"]] == ["capital.amount"]
    (line,) = result["why_not_automatic"]
    assert "1.jpg" in line
    assert "6.pdf" in line
    assert filed_by_hall(program.home / "practice.sqlite") == []


def test_open_conflict_is_shown_with_both_crops(disputed):
    """`review show` has one item, with the file, the page and a picture of each place that disagrees."""
    program, _ = disputed

    _, shown = program.json("review", "show", DISPUTED)

    (item,) = shown["items"]
    assert item["facts"] == ["capital.amount"]
    assert item["cites"]
    assert item["settled_by"]
    assert {"1.jpg", "6.pdf"} <= {place["file"] for place in item["places"]}
    assert all(Path(place["crop"]).stat().st_size for place in item["places"])


def test_waiting_case_is_listed(disputed):
    """`review list` names the case and its folder."""
    program, (_, result) = disputed

    code, line = program.json("review", "list")

    assert code == 0
    assert (line["case"], line["folder"]) == (result["case"], str(DISPUTED))


@pytest.mark.parametrize(
    ("fact", "value", "why"),
    [
        ("capital.amount", "2000000", " "),
        ("capital.colour", "红", "看错了"),
        ("capital.amount", "很多", "核实"),
    ],
    ids=["no-reason", "unknown-fact", "no-money"],
)
def test_decision_that_cannot_hold_is_refused(disputed, fact, value, why):
    """A decision without a reason, on no fact or of no value is a usage error with a sentence."""
    program, _ = disputed

    done = program("review", "set", DISPUTED, fact, value, "--why", why)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "没有" in done.stderr


def test_decision_of_a_person_leads_to_the_receipts(program, tmp_path):
    """Set and release take a disputed case to its end; who, why, the value before and the time are kept."""
    run = knowing(program.home, tmp_path / "home")
    run("process", DISPUTED, "--on", ON)

    run("review", "set", DISPUTED, "capital.amount", "2000000", "--why", "电话核实，以营业执照为准")
    code, result = run.json("review", "release", DISPUTED)

    assert (code, result["status"]) == (0, "filed")
    assert all(f["receipt"] and f["readback_equal"] for f in result["filings"])
    assert result["forms"]["registration_confirmation"]["registered_capital"]["text"] == "2000000.00"
    (kept,) = result["reviews"]
    assert (kept["fact"], kept["value"], kept["why"]) == (
        "capital.amount",
        "2000000",
        "电话核实，以营业执照为准",
    )
    assert kept["who"]
    assert kept["at"]
    assert kept["machine_value"]
    assert result["clock"]["human_s"] > 0


def test_report_is_one_offline_file(filed):
    """--out receives the report, with the receipts, and nothing in it is fetched from elsewhere."""
    (_, result), out = filed

    text = (out / "report.html").read_text(encoding="utf-8")

    assert all(f["receipt"] in text for f in result["filings"])
    assert not [mark for mark in ('src="http', "src='http", "@import", 'href="http') if mark in text]


def test_dry_run_fills_everything_and_files_nothing(fresh):
    """The last request is held back and shown."""
    code, result = fresh.json("process", STRAIGHT, "--on", ON, "--dry-run")

    assert code == 0
    assert result["status"] == "ready"
    assert {f["state"] for f in result["filings"]} == {"blocked"}
    assert set(result["requests"]) == {"name", "tax"}
    assert all(result["requests"].values())
    assert filed_by_hall(fresh.home / "practice.sqlite") == []


def test_check_judges_by_the_law_of_the_day(program):
    """What was due within five years in 2026 is due too late for a day before; no portal is opened."""
    code, now = program.json("check", STRAIGHT, "--on", ON)
    early_code, early = program.json("check", STRAIGHT, "--on", "2026-11-01")

    assert (code, now["status"], now["on"]) == (0, "ready", ON)
    assert (early_code, early["status"], early["on"]) == (3, "review", "2026-11-01")
    assert now["filings"] == early["filings"] == []
    open_then = {f["rule"] for f in early["findings"] if f["verdict"] != "pass"}
    assert open_then > {f["rule"] for f in now["findings"] if f["verdict"] != "pass"}


def test_extract_prints_one_line_for_each_paper(program):
    """JSON lines with the keys of the contract."""
    done = program("extract", STRAIGHT, "--json")

    papers = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert len(papers) == 12
    keys = {"file", "pages", "document_type", "confidence", "elements", "left_over", "warnings"}
    assert all(keys <= set(p) for p in papers)
    keys = {"name", "value", "raw", "confidence", "sure", "page", "box", "reader", "repaired"}
    assert all(keys <= set(e) for p in papers for e in p["elements"])
    assert {e["reader"] for p in papers for e in p["elements"]} == {"pdf", "paddleocr", "xlsx", "docx"}


def test_words_and_data_are_apart(program):
    """With --json stdout is one object and stderr silent; without it stdout is for people."""
    plain = program("check", STRAIGHT, "--on", ON)
    data = program("check", STRAIGHT, "--on", ON, "--json")

    assert (plain.returncode, data.returncode) == (0, 0)
    assert data.stderr == ""
    assert json.loads(data.stdout)["status"] == "ready"
    with pytest.raises(json.JSONDecodeError):
        json.loads(plain.stdout)


def test_process_prints_the_keys_of_the_contract(filed):
    """Scripts find every key that docs/reference/cli.md names."""
    (_, result), _ = filed

    assert {
        "case", "status", "company_name", "papers", "facts", "forms", "findings", "filings",
        "why_not_automatic", "clock",
    } <= set(result)  # fmt: skip
    finding = {"rule", "verdict", "severity", "message", "cites", "facts", "settled_by"}
    assert all(finding <= set(f) for f in result["findings"])
    assert all({"form", "state", "receipt", "readback_equal"} <= set(f) for f in result["filings"])


def test_doctor_lists_every_setting(fresh):
    """Each setting with where its value comes from."""
    done = fresh("doctor", "--json")

    checks = json.loads(done.stdout)

    assert done.returncode == 0
    assert {"ZEROMEET_HOME", "ZEROMEET_LANG", "ZEROMEET_CHROMIUM", "ZEROMEET_DATABASE"} <= {
        c["name"] for c in checks
    }


def test_unknown_fault_of_the_practice_portal_is_refused(fresh):
    """A misspelt fault starts nothing."""
    done = fresh("practice", "--faults", "mantenance")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr

"""The program as clerks and scripts call it: real OCR, real Chromium, a real portal process."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.practice import server

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
STRAIGHT, DISPUTED = SAMPLES / "qiming-software", SAMPLES / "hengyue-trading"
ON = "2026-11-23"


class Program:
    """Runs the program on a home of its own."""

    def __init__(self, home):
        self.home = home

    def __call__(self, *arguments):
        """Run one command and return the finished process."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | {"ZEROMEET_HOME": str(self.home)},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def json(self, *arguments):
        """Run one command with --json and return its exit code and its one object."""
        done = self(*arguments, "--json")
        lines = done.stdout.splitlines()
        assert len(lines) == 1, done.stderr
        return done.returncode, json.loads(lines[0])

    def rows(self, query):
        """Return rows of the practice portal's own database."""
        with sqlite3.connect(self.home / "practice.sqlite") as database:
            return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Return the program on a home where the samples have been read."""
    run = Program(tmp_path_factory.mktemp("cli"))
    for case in (STRAIGHT, DISPUTED):
        run("check", case, "--on", ON)
    return run


@pytest.fixture
def fresh(program, tmp_path):
    """Return the program on a new home that knows the readings and nothing else."""
    shutil.copytree(program.home / "readings", tmp_path / "readings")
    shutil.copytree(program.home / "models", tmp_path / "models")
    return Program(tmp_path)


@pytest.fixture(scope="module")
def filed(program, tmp_path_factory):
    """Return what `process` printed for the straight sample, and the folder it reported to."""
    out = tmp_path_factory.mktemp("out")
    return program.json("process", STRAIGHT, "--on", ON, "--out", out), out


def portal(tmp_path, *faults):
    """Return a practice portal of its own with faults, to be entered."""
    password = tmp_path / "practice-password"
    password.write_text("secret", encoding="utf-8")
    return server.running(tmp_path / "portal.sqlite", "desk", "secret", faults=faults)


def filings_of(database):
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT hall, count(*) FROM filing GROUP BY hall ORDER BY hall").fetchall()


def test_straight_case_ends_with_all_receipts(filed):
    """Name declaration and all ten items are filed, and the portal kept what was planned."""
    (code, result), _ = filed

    assert code == 0
    assert result["status"] == "filed"
    assert len(result["filings"]) == 11
    assert all(f["state"] == "filed" and f["receipt"] and f["readback_equal"] for f in result["filings"])


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


def test_portal_keeps_what_was_planned(program, filed):
    """The portal's own database holds the planned name, code and account."""
    (_, result), _ = filed
    (answers,) = program.rows("SELECT answers FROM filing WHERE hall = 'tax'")[0]

    kept = json.loads(answers)

    plan = result["forms"]["bank_account_report"]
    assert kept["bank"]["accounts[0].number"] == plan["accounts[0].account_number"]["text"]
    assert kept["confirmation"]["taxpayerName"] == result["company_name"]


def test_report_is_one_offline_file(filed):
    """--out receives the report."""
    _, out = filed

    assert "已办成" in (out / "report.html").read_text(encoding="utf-8")


def test_second_run_files_nothing_and_says_so(program, filed):
    """The same case twice is filed once."""
    code, result = program.json("process", STRAIGHT, "--on", ON)

    assert code == 0
    assert all(f["already"] for f in result["filings"])
    assert program.rows("SELECT count(*) FROM filing") == [(2,)]


def test_copy_of_the_folder_files_nothing_either(program, filed, tmp_path):
    """What was filed is known by the company, not by the folder."""
    shutil.copytree(STRAIGHT, tmp_path / "copy")

    code, result = program.json("process", tmp_path / "copy", "--on", ON)

    assert code == 0
    assert all(f["already"] for f in result["filings"])


def test_disputed_case_waits_and_names_both_places(fresh):
    """Two papers that disagree stop the case with one line and nothing is filed."""
    code, result = fresh.json("process", DISPUTED, "--on", ON)

    assert code == 3
    assert result["status"] == "review"
    assert all(f["state"] == "waiting_human" for f in result["filings"])
    assert [line for line in result["why_not_automatic"] if "1.jpg" in line and "6.pdf" in line]
    assert [ask["facts"] for ask in result["settlement"]["asks"]] == [["capital.amount"]]
    assert "注册资本" in result["settlement"]["message"]
    assert not (fresh.home / "practice.sqlite").exists()


def test_decision_of_a_person_leads_to_the_receipts(fresh):
    """show, set and release take a disputed case to its end; who, why and the value before are kept."""
    fresh("process", DISPUTED, "--on", ON)
    items = fresh.json("review", "show", DISPUTED)[1]["items"]

    for item in items:
        for key in item["facts"][:1]:
            value = "2000000" if key == "capital.amount" else item["places"][0]["raw"]
            assert (
                fresh("review", "set", DISPUTED, key, value, "--why", "电话核实，以营业执照为准").returncode
                == 0
            )
    code, result = fresh.json("review", "release", DISPUTED)

    assert all(Path(place["crop"]).is_file() for item in items for place in item["places"] if place["crop"])
    assert (code, result["status"]) == (0, "filed")
    capital = next(r for r in result["reviews"] if r["fact"] == "capital.amount")
    assert capital["why"] == "电话核实，以营业执照为准"
    assert capital["machine_value"]
    assert result["clock"]["human_s"] > 0


def test_decision_without_reason_is_refused(fresh):
    """A value without a why is not kept."""
    fresh("process", DISPUTED, "--on", ON)

    done = fresh("review", "set", DISPUTED, "capital.amount", "2000000", "--why", " ")

    assert done.returncode == 2


def test_dry_run_fills_everything_and_files_nothing(fresh):
    """The last request is held back."""
    code, result = fresh.json("process", STRAIGHT, "--on", ON, "--dry-run")

    assert code == 0
    assert {f["state"] for f in result["filings"]} == {"blocked"}
    assert fresh.rows("SELECT count(*) FROM filing") == [(0,)]


@pytest.mark.parametrize(
    ("fault", "code", "halls"),
    [
        ("maintenance", 6, []),
        ("renamed-label", 7, []),
        ("refuse-submit", 5, []),
        ("500-on-submit", 5, []),
        ("lost-receipt", 0, [("name", 1), ("tax", 1)]),
    ],
)
def test_portal_that_breaks_is_survived(fresh, tmp_path, fault, code, halls):
    """Each way of breaking has its exit code, and never a filing that was not asked for or a second one."""
    with portal(tmp_path, fault) as url:
        found, result = fresh.json("process", STRAIGHT, "--on", ON, "--url", url)

    assert found == code
    assert filings_of(tmp_path / "portal.sqlite") == halls
    assert (result["status"] == "filed") == (code == 0)


def test_portal_that_does_not_answer_is_named(fresh):
    """Nothing listens: exit 6, and nothing was filed."""
    code, result = fresh.json("process", STRAIGHT, "--on", ON, "--url", "http://127.0.0.1:9")

    assert code == 6
    assert result["status"] == "failed"


@pytest.mark.parametrize("command", ["process", "check"])
def test_folder_that_is_no_case_is_refused(fresh, tmp_path, command):
    """A missing and an empty folder are usage errors with a sentence."""
    empty = tmp_path / "empty"
    empty.mkdir()

    missing, nothing = fresh(command, tmp_path / "none"), fresh(command, empty)

    assert (missing.returncode, nothing.returncode) == (2, 2)
    assert "没有找到" in missing.stderr
    assert "空的" in nothing.stderr


def test_folder_of_unreadable_files_is_quarantined(fresh, tmp_path):
    """Every file is named with its reason; nothing is filed."""
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "a.pdf").write_text("只是文本", encoding="utf-8")
    (folder / "b.pdf").write_bytes(b"")

    code, result = fresh.json("process", folder)

    assert (code, result["status"]) == (4, "quarantined")
    assert [p["error"]["code"] for p in result["papers"]] == ["malformed", "empty"]
    assert len(result["why_not_automatic"]) == 2


def test_one_bad_file_stops_a_good_case_until_it_is_replaced(fresh, tmp_path):
    """What cannot be opened may matter: the case waits, its neighbours are read."""
    folder = tmp_path / "case"
    shutil.copytree(STRAIGHT, folder)
    (folder / "99.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")

    code, result = fresh.json("process", folder, "--on", ON)

    assert (code, result["status"]) == (4, "review")
    assert any("99.pdf" in line for line in result["why_not_automatic"])
    assert sum(1 for p in result["papers"] if "document_type" in p) == 12


def test_extract_prints_one_line_for_each_paper(fresh):
    """JSON lines with the keys of the contract, errors among them."""
    done = fresh("extract", STRAIGHT, "--json")

    papers = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 0
    assert len(papers) == 12
    keys = {"name", "value", "raw", "confidence", "sure", "page", "box", "reader", "repaired"}
    assert all(set(e) >= keys for p in papers for e in p["elements"])


def test_nothing_personal_is_printed_or_named(program, filed):
    """Words on stderr and names of files hold no number and no name of a person."""
    done = program("process", STRAIGHT, "--on", ON, "--json")
    (_, result), out = filed
    people = [
        str(f["value"])
        for key, f in result["facts"].items()
        if key.endswith((".id_no", ".mobile")) or key in {"legal_rep.name", "finance_head.name"}
    ]
    names = [str(p.relative_to(p.anchor)) for folder in (program.home, out) for p in folder.rglob("*")]

    assert people
    assert not [p for p in people if p in done.stderr or any(p in name for name in names)]


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

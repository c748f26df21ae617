"""A change that is put into a copy of the program is found with its cause, and nothing else is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.replay.conftest import CARD, of_company, of_lines

ROOT = Path(__file__).parents[3]
PACKAGES = ("bot", "extractors", "forms", "rules")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Return a copy of the program that may be changed."""
    copy = tmp_path_factory.mktemp("program")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "cli.py", copy)
    return copy


def changed(program, path, old, new):
    """Change one file of the program; return what puts it back."""
    file = program / path
    before = file.read_text(encoding="utf-8")
    assert before.count(old) >= 1
    file.write_text(before.replace(old, new, 1), encoding="utf-8")
    return lambda: file.write_text(before, encoding="utf-8")


def replayed(program, *arguments, **environment):
    """Replay with the program in its folder and return the exit code and the report."""
    told = os.environ | {"PYTHONPATH": str(program), "PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-m", "cli", "replay", *map(str, arguments), "--json"]
    done = subprocess.run(command, cwd=program, env=told, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_table_step(program, folder):
    """Another number in one table is the cause of every difference there is, in each case."""
    recordings = folder(of_company(1), of_company(2))
    undo = changed(program, "rules/tables/capital.yaml", "value: 5\n", "value: 1\n")

    code, report = replayed(program, recordings, "--from", "rules")
    undo()

    causes = {cause for one in report["classes"] for cause in one["because"]}
    verdicts = {one["difference"]: one["count"] for one in report["classes"]}
    assert code == 3
    assert len(causes) == 1
    assert causes.pop().startswith("table capital.contribution_years: 5 (from 2024-07-01")
    assert verdicts["verdict capital.paid_within_limit verdict: pass → fail"] == 2


def test_one_rule(program, folder):
    """A rule that objects otherwise is the only cause."""
    undo = changed(
        program,
        "rules/capital.py",
        "def paid_within_limit(",
        "def paid_within_limit(*_, **__):\n    return '不同了。'\n\n\ndef _unused(",
    )

    code, report = replayed(program, folder(of_company(1)), "--from", "rules")
    undo()

    assert code == 3
    assert {cause for one in report["classes"] for cause in one["because"]} == {
        "rule capital.paid_within_limit"
    }
    assert "verdict capital.paid_within_limit verdict: pass → fail" in {
        one["difference"] for one in report["classes"]
    }


def test_label_of_a_paper(program, folder):
    """A label that is no longer known takes its element, the facts and all that rests on them; the word is the cause."""
    undo = changed(program, "extractors/documents/id_card.yaml", "住址", "没有的词")

    code, report = replayed(program, folder(of_lines("card", *CARD)))
    undo()

    causes = {cause for one in report["classes"] for cause in one["because"]}
    assert code == 3
    assert causes == {"words id_card.labels.address"}
    assert any(one["difference"].startswith("element id_card.address") for one in report["classes"])


def test_control_of_a_map(program, folder):
    """Another label in a map changes what is planned for that control, and nothing else."""
    undo = changed(program, "bot/portals/maps/practice.yaml", "label: 住所", "label: 注册住所")

    code, report = replayed(program, folder(of_company(1)), "--from", "plan")
    undo()

    (one,) = report["classes"]
    assert code == 3
    assert one["because"][0].startswith("map ")
    assert (one["before"], one["after"]) == ("住所行政区划代码", "注册住所行政区划代码")


def test_form_definition(program, folder):
    """A blank that is filled from another fact is named by its form and field."""
    undo = changed(
        program,
        "forms/definitions/bank_account_report.yaml",
        "source: enterprise.name, max_length: 64",
        "source: enterprise.uscc, max_length: 64",
    )

    code, report = replayed(program, folder(of_company(1)), "--from", "elements")
    undo()

    causes = {cause for one in report["classes"] for cause in one["because"]}
    assert code == 3
    assert all(cause.startswith("form bank_account_report.") for cause in causes)


def test_same_bytes_whatever_the_machine(program, folder):
    """Neither time zone, language, order of hashes nor number of processes reaches the report."""
    recordings = folder(*(of_company(number) for number in range(10)))
    machines = [
        {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"},
    ]
    undo = changed(program, "rules/tables/capital.yaml", "value: 5\n", "value: 1\n")

    written = []
    for number, machine in enumerate(machines):
        html, xml = program / f"{number}.html", program / f"{number}.xml"
        _, report = replayed(
            program, recordings, "--from", "elements", "--html", html, "--junit", xml, **machine
        )
        written.append((json.dumps(report), html.read_bytes(), xml.read_bytes()))
    undo()

    assert len(set(written)) == 1

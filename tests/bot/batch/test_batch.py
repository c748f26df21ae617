"""A batch over small folders: what is taken up, in which order, what is written, how it ends."""

import csv
import json
import signal
import subprocess
import zipfile
from datetime import date

import pytest
from reportlab.pdfgen.canvas import Canvas

from bot import exits
from bot.batch import jobs
from bot.batch.model import BatchOrder
from bot.model import CaseStatus
from bot.store import Store
from extractors.errors import UsageError
from tests.bot.batch import cases
from tests.program import ON, Program, filed_by_hall
from tests.specimens import fonts

with_fonts = pytest.mark.skipif(not fonts.complete(), reason="the fonts of the specimens' README are missing")


class Seen:
    """A view that remembers."""

    def __init__(self):
        self.ended, self.states = [], []

    def show(self, now):
        self.states.append(now)

    def done(self, one):
        self.ended.append((one.name, one.stage))

    def close(self):
        pass


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """Give the test a home of its own."""
    monkeypatch.setenv("ZEROMEET_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(root, **order):
    """Run a batch over root/cases in this process; a case that is no company never meets a portal."""
    seen = Seen()
    wish = {"folder": root / "cases", "out": root / "out", "on": date(2026, 11, 23), "readers": 1}
    return jobs.run(BatchOrder(**wish | order), [seen]), seen


@pytest.fixture
def batch(tmp_path, own_home):
    """Return what runs a batch over tmp_path/cases."""
    return lambda **order: run(tmp_path, **order)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Return the folder and the summary of a run over a folder, an archive, something broken and what is no case."""
    root = tmp_path_factory.mktemp("mixed")
    letter(root / "cases/张三公司/张三.pdf")
    broken(root / "cases/坏件/1.pdf")
    letter(root / "cases/.hidden/1.pdf")
    (root / "cases/notes.txt").write_text("none")
    letter(root / "one.pdf")
    with zipfile.ZipFile(root / "cases/b.zip", "w") as made:
        made.write(root / "one.pdf", "inner/1.pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZEROMEET_HOME", str(root / "home"))
        summary, _ = run(root)
    return root, summary


def letter(path, text="Dear Sir"):
    """Write a PDF that is no paper of a company: its case waits for a person."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path))
    canvas.drawString(100, 700, text)
    canvas.save()


def broken(path):
    """Write a file that no reader opens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"nothing of a PDF")


def results(tmp_path):
    lines = (tmp_path / "out/results.jsonl").read_text("utf-8").splitlines()
    return {line["folder"]: line for line in map(json.loads, lines)}


def test_folders_and_archives_are_cases(mixed):
    """Every sub-folder and every ZIP is a case; the rest and hidden folders are none."""
    root, summary = mixed

    found = results(root)

    assert summary.stages == {"quarantined": 1, "review": 2}
    assert set(found) == {"张三公司", "坏件", "b.zip"}
    assert found["b.zip"]["papers"][0]["file"] == "b.zip/inner/1.pdf"


def test_worst_exit_code_wins(mixed):
    """Cases that wait and one that cannot be read end with the code of the worse."""
    assert mixed[1].exit_code == exits.QUARANTINED


def test_what_cannot_be_read_is_listed_with_its_remedy_and_left_alone(mixed):
    """Quarantine names the file, the reason and what helps; the file keeps its bytes and its place."""
    root, _ = mixed

    (note,) = (root / "out/quarantine").iterdir()

    text = note.read_text("utf-8")
    assert "1.pdf" in text
    assert "原因：" in text
    assert "办法：" in text
    assert (root / "cases/坏件/1.pdf").read_bytes() == b"nothing of a PDF"


def test_names_of_files_say_nothing_of_the_applicant(mixed):
    """Everything under the results is named by case ids and fixed words."""
    root, _ = mixed

    names = [str(path.relative_to(root / "out")) for path in (root / "out").rglob("*")]

    assert names
    assert all(name.isascii() for name in names)


def test_message_to_the_applicant_is_a_file_and_a_column(mixed):
    """The text is the one of the settlement, in messages/ and in the table, which begins with a mark for Excel."""
    root, _ = mixed

    with (root / "out/results.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = {row["文件夹"]: row for row in csv.DictReader(table)}

    case = results(root)["张三公司"]
    file = root / f"out/messages/{case['case']}.txt"
    assert rows["张三公司"]["可以发给申请人的话"] == case["settlement"]["message"]
    assert file.read_text("utf-8").strip() == case["settlement"]["message"]
    assert (root / "out/results.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_progress_file_ends_with_all_counts(mixed):
    """progress.json says at the end that it is done, and how every case stands; no draft stays behind."""
    root, _ = mixed

    said = json.loads((root / "out/progress.json").read_text("utf-8"))

    assert (said["state"], said["total"], said["finished"]) == ("done", 3, 3)
    assert said["stages"] == {"quarantined": 1, "review": 2}
    assert not list((root / "out").glob(".*"))


def test_summary_names_causes_and_the_next_command(mixed):
    """The summary counts each cause once a case and says what to type."""
    _, summary = mixed

    assert summary.causes
    assert max(cause.cases for cause in summary.causes) <= 2
    assert summary.next_command == "zeromeet review list"
    assert summary.straight_through == 0


def test_later_run_does_only_what_is_new(batch, tmp_path):
    """What is done stays done and its results as they are; new files and new cases are taken up, others at will."""
    letter(tmp_path / "cases/a/1.pdf")
    broken(tmp_path / "cases/b/1.pdf")
    first, _ = batch()
    written = (tmp_path / "out/results.xlsx").stat().st_mtime_ns

    same, nothing = batch()
    untouched = (tmp_path / "out/results.xlsx").stat().st_mtime_ns == written
    letter(tmp_path / "cases/a/2.pdf", "Dear Madam")
    _, late = batch()
    papers = results(tmp_path)["a"]["papers"]
    _, retried = batch(retry=jobs.stages("quarantined"))

    assert (same, nothing.ended, untouched) == (first, [], True)
    assert late.ended == [("a", "review")]
    assert len(papers) == 2
    assert [name for name, _ in retried.ended] == ["b"]


def test_urgent_case_goes_first(batch, tmp_path):
    """Priority goes before arrival; a file that says nothing usable changes nothing."""
    for name in "abc":
        broken(tmp_path / f"cases/{name}/1.pdf")
    (tmp_path / "cases/c/case.yaml").write_text("priority: 5")
    (tmp_path / "cases/b/case.yaml").write_text("priority: [")

    _, seen = batch()

    assert next(name for name, _ in seen.ended) == "c"
    assert len(seen.ended) == 3


def test_case_that_ended_outside_of_the_batch_is_shown_as_it_ended(batch, tmp_path, own_home):
    """A person's release files a case by itself; the next run of the batch says so and does nothing again."""
    letter(tmp_path / "cases/a/1.pdf")
    batch()
    store = Store(f"sqlite:///{own_home / 'zeromeet.sqlite'}")
    (stored,) = store.cases()
    store.keep(stored.result.model_copy(update={"status": CaseStatus.FILED}))
    store.close()

    summary, seen = batch()

    assert seen.ended == []
    assert summary.stages == {"filed": 1}


def test_unknown_stage_is_refused():
    """A misspelt stage is an error of use and not an empty run."""
    with pytest.raises(UsageError):
        jobs.stages("reveiw")


def test_folder_without_a_case_is_refused(batch, tmp_path):
    """An empty folder is an error of use, and nothing is left behind."""
    (tmp_path / "cases").mkdir()

    with pytest.raises(UsageError):
        batch()

    assert not (tmp_path / "out").exists()


def test_second_batch_over_one_folder_is_refused(batch, tmp_path, own_home, monkeypatch):
    """Two runs over one folder would do the same work twice."""
    letter(tmp_path / "cases/a/1.pdf")
    monkeypatch.setattr(jobs, "_OTHER_ENDS_S", 0.1)
    own_home.mkdir()

    from bot import settings

    with jobs._alone(settings.load(), tmp_path / "cases"), pytest.raises(UsageError):
        batch()


@with_fonts
def test_dry_run_sends_nothing_and_the_run_after_it_files(tmp_path):
    """A rehearsed case is filed by the next run without --dry-run; a third run has nothing to do."""
    program = Program(tmp_path / "home")
    program.home.mkdir()
    folder = cases.folder(tmp_path / "cases", 1)
    database = tmp_path / "portal.sqlite"

    with program.portal(database) as url:
        words = ("batch", folder, "--on", ON, "--url", url)
        dry_code, dry = program.json(*words, "--dry-run")
        sent_by_dry = filed_by_hall(database)
        code, real = program.json(*words)
        again_code, again = program.json(*words)

    assert (dry_code, dry["stages"], sent_by_dry) == (0, {"rehearsed": 1}, [])
    assert (code, real["stages"], real["straight_through"]) == (0, {"filed": 1}, 1.0)
    assert (again_code, again["stages"]) == (0, {"filed": 1})
    assert filed_by_hall(database) == [("name", 1), ("tax", 1)]


@with_fonts
def test_portal_that_is_not_there_leaves_cases_ready(tmp_path):
    """Interrupted while the portal is away, a batch ends with 130, and its judged case waits to be filed."""
    program = Program(tmp_path / "home")
    folder = cases.folder(tmp_path / "cases", 1)
    words = program.command("batch", folder, "--on", ON, "--url", "http://127.0.0.1:9", "--json")

    process = subprocess.Popen(words, env=program.environment, stdout=subprocess.PIPE, text=True)
    progress = tmp_path / "cases-out/progress.json"
    _wait(lambda: progress.is_file() and "ready" in json.loads(progress.read_text("utf-8"))["stages"])
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=60)

    assert process.returncode == exits.INTERRUPTED
    assert json.loads(told)["stages"] == {"ready": 1}


def _wait(is_so, limit_s=90):
    import time

    until = time.monotonic() + limit_s
    while not is_so() and time.monotonic() < until:
        time.sleep(0.1)

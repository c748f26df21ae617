"""Building: from every kind of file, all or nothing, and on again after a kill."""

import csv
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from pyarrow import parquet

from bot.register import build as build_module
from bot.register import stamp
from bot.register.build import build
from bot.register.errors import (
    NameTakenError,
    RegisterError,
    RegisterInputError,
    RegisterMissingError,
    RegisterOutdatedError,
)
from bot.register.register import Register
from rules.names.model import Parts
from rules.names.parse import parse
from tests.bot.register.conftest import ON, ROWS, quiet
from tests.bot.register.generate import write
from tests.bot.register.test_search import SHANGHAI, question

TAKEN = "上海云栖网络科技有限公司"
WISH = question(Parts("云栖", "上海", "", "网络科技", "有限公司"))


def found(folder):
    return [hit.other_name for hit in Register(folder).search(WISH).hits]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("suffix", "separator"), [("csv", ","), ("tsv", "\t")])
def test_table_in_any_usual_encoding_is_built(tmp_path, encoding, suffix, separator):
    """Commas or tabs, with or without a mark in front, or as Windows writes Chinese."""
    path = tmp_path / f"rows.{suffix}"
    rows = [["id", "name", "region"], ["1", TAKEN, SHANGHAI], ["2", "苏州海沐贸易有限公司", "320500"]]
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)

    made = build([path], tmp_path / "out", ON, quiet, workers=1)

    assert made.names == 2
    assert found(tmp_path / "out") == [TAKEN]


def test_bare_list_of_names_is_enough(tmp_path):
    """One name a line, parts and authority read from the names; commas and quotes are part of them."""
    path = tmp_path / "names.txt"
    path.write_text(f"{TAKEN}\n苏州“海沐”,贸易有限公司\n\n", encoding="utf-8")

    made = build([path], tmp_path / "out", ON, quiet, workers=1)

    assert made.names == 2
    assert found(tmp_path / "out") == [TAKEN]


def test_second_row_of_one_name_is_left_out_and_counted(tmp_path):
    """Registers list names twice; the one that is registered stays."""
    path = tmp_path / "rows.csv"
    path.write_text(
        f"name,region,status\n{TAKEN},{SHANGHAI},保留\n{TAKEN},{SHANGHAI},存续\n", encoding="utf-8"
    )

    made = build([path], tmp_path / "out", ON, quiet, workers=1)

    assert (made.names, made.skipped) == (1, 1)
    assert Register(tmp_path / "out").search(WISH).hits[0].other_status.name == "REGISTERED"


def test_name_gone_for_more_than_a_year_is_left_out(tmp_path):
    """A day more than a year after its end a name is nobody's."""
    path = tmp_path / "rows.csv"
    rows = f"{TAKEN},{SHANGHAI},注销,2025-11-22\n上海云栖信息技术有限公司,{SHANGHAI},注销,2025-11-23\n"
    path.write_text("name,region,status,status_on\n" + rows, encoding="utf-8")

    made = build([path], tmp_path / "out", ON, quiet, workers=1)

    assert (made.names, made.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "空文件"),
        ("a.csv", "企业名称,区划\n甲,乙\n".encode(), "缺少名称列"),
        ("a.csv", "name,region\n上海云栖网络科技有限公司,310000\n多,一,列\n".encode(), "第 3 行有 3 列"),
        ("a.csv", "name\n上海\n".encode() + b"\xff\xfe\xff\n", "编码"),
        ("a.csv", f"name,status\n{TAKEN},飞走\n".encode(), "状态“飞走”"),
        ("a.csv", f"name,status,status_on\n{TAKEN},注销,昨天\n".encode(), "不是日期"),
        ("a.parquet", b"PAR1" + b"\x00" * 100, "Parquet"),
        ("a.xml", b"<x/>", "不是 CSV"),
    ],
)
def test_file_that_is_not_as_it_should_be_builds_nothing(tmp_path, name, content, said):
    """The message names the file, and the line where there is one; no folder is left half built."""
    (tmp_path / name).write_bytes(content)

    with pytest.raises(RegisterInputError, match=said) as caught:
        build([tmp_path / name], tmp_path / "out", ON, quiet, workers=1)

    assert name in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_truncated_parquet_builds_nothing(tmp_path):
    """A file that was cut off in transfer is refused before anything is made of it."""
    whole = tmp_path / "whole.parquet"
    write(5_000, whole)
    (tmp_path / "cut.parquet").write_bytes(whole.read_bytes()[:-2_000])

    with pytest.raises(RegisterInputError, match=r"cut\.parquet"):
        build([tmp_path / "cut.parquet"], tmp_path / "out", ON, quiet, workers=1)

    assert not (tmp_path / "out").exists()


def test_bad_byte_far_down_names_its_line(tmp_path):
    """The beginning of a file may be right and the rest not."""
    lines = [f"上海云栖{n}号网络科技有限公司".encode() for n in range(9_000)]
    lines[7_000] = b"\xff\xfe\xff"
    (tmp_path / "a.csv").write_bytes(b"name\n" + b"\n".join(lines) + b"\n")

    with pytest.raises(RegisterInputError, match="第 7002 行"):
        build([tmp_path / "a.csv"], tmp_path / "out", ON, quiet, workers=1)


def test_build_goes_on_after_a_kill(rows_file, tmp_path):
    """Killed in the middle, the next run keeps what was finished and makes the same register."""
    code = (
        "import sys; from datetime import date; from pathlib import Path; from bot.register.build import build\n"
        "if __name__ == '__main__':\n"
        "    build([Path(sys.argv[1])], Path(sys.argv[2]), date(2026, 11, 23), print, workers=1)\n"
    )
    script = tmp_path / "build.py"
    script.write_text(code, encoding="utf-8")
    out, work = tmp_path / "out", tmp_path / "out.building"
    run = subprocess.Popen(
        [sys.executable, str(script), str(rows_file), str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    while not list(work.glob("part-*/done.json")):
        assert run.poll() is None
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    done = {path: path.stat().st_mtime_ns for path in work.glob("part-*/done.json")}

    made = build([rows_file], out, ON, quiet, workers=1)

    assert done
    assert made.names + made.skipped == ROWS
    assert not work.exists()


def test_rebuilt_register_takes_the_place_of_the_old_one(tmp_path):
    """Readers find the old one until the new one is ready."""
    for name in ("苏州海沐贸易有限公司", TAKEN):
        (tmp_path / "a.txt").write_text(name, encoding="utf-8")
        build([tmp_path / "a.txt"], tmp_path / "out", ON, quiet, workers=1)

    assert found(tmp_path / "out") == [TAKEN]


def test_folder_with_other_things_in_it_is_left_alone(tmp_path):
    """A register never takes the place of what is none."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("x", encoding="utf-8")
    (tmp_path / "a.txt").write_text(TAKEN, encoding="utf-8")

    with pytest.raises(RegisterError, match="别的文件"):
        build([tmp_path / "a.txt"], tmp_path / "out", ON, quiet)

    assert (tmp_path / "out" / "letter.txt").exists()


def test_register_of_other_tables_is_refused(own):
    """Keys of another table of readings would find nothing; nobody is told that a name is free."""
    made = stamp.read(own)
    stamp.write(own, made.model_copy(update={"tables": made.tables | {"readings": "0" * 16}}))

    with pytest.raises(RegisterOutdatedError, match="读音表"):
        Register(own)


def test_folder_without_a_register_is_refused(tmp_path):
    """An empty folder is no register."""
    with pytest.raises(RegisterMissingError):
        Register(tmp_path)


def test_rows_are_what_the_generator_wrote(folder, rows_file):
    """Every row is kept, or left out for a reason that is counted."""
    made = stamp.read(folder)

    assert made.names + made.skipped == parquet.read_metadata(rows_file).num_rows
    assert made.built_on == date(2026, 11, 23).isoformat()


def test_words_that_the_register_taught_read_wishes_too(tmp_path):
    """A trade that no table knows is learned from the names, and kept with the register for who asks later."""
    names = [f"上海{a}{b}蔸蔸屋有限公司" for a in "云海天恒源泰和瑞" for b in "栖沐丰隆昌盛发达"]
    (tmp_path / "a.txt").write_text("\n".join(names), encoding="utf-8")

    build([tmp_path / "a.txt"], tmp_path / "out", ON, quiet, workers=1)

    register = Register(tmp_path / "out")
    assert parse("上海鑫罡蔸蔸屋有限公司", words=register.words)[0].trade_name == "鑫罡"


def test_landing_that_was_cut_off_is_made_good(rows_file, tmp_path):
    """Killed when the register stood but its workings did too, the next run builds no empty one."""
    out, work = tmp_path / "out", tmp_path / "out.building"
    made = build([rows_file], out, ON, quiet, workers=1)
    shutil.copytree(out, tmp_path / "kept")
    land, build_module._land = build_module._land, lambda *_: None
    try:
        build([rows_file], out, ON, quiet, workers=1)
    finally:
        build_module._land = land
    shutil.rmtree(work / "ready")

    again = build([rows_file], out, ON, quiet, workers=1)

    assert (again.names, again.keys) == (made.names, made.keys)
    assert {path.name for path in out.glob("*.sqlite")} == {
        path.name for path in (tmp_path / "kept").glob("*.sqlite")
    }


def test_mark_that_a_kill_left_half_written_is_no_mark(rows_file, tmp_path):
    """What is not whole is done again, not trusted and not stumbled over."""
    out, work = tmp_path / "out", tmp_path / "out.building"
    land, build_module._land = build_module._land, lambda *_: None
    try:
        build([rows_file], out, ON, quiet, workers=1)
    finally:
        build_module._land = land
    for path in (*work.glob("part-*/done.json"), *work.glob("*.done")):
        path.rename(path.with_name(f"{path.name}.draft"))

    made = build([rows_file], out, ON, quiet, workers=1)

    assert made.names + made.skipped == ROWS


def test_rebuilt_register_takes_over_what_was_entered_by_hand(tmp_path):
    """A reservation, a new name and an end outlive the rebuild from an export that does not know them."""
    (tmp_path / "a.txt").write_text("上海鑫罡茶叶有限公司\n上海海沐贸易有限公司", encoding="utf-8")
    out = tmp_path / "out"
    build([tmp_path / "a.txt"], out, ON, quiet, workers=1)
    old = Register(out)
    old.reserve(TAKEN, SHANGHAI, ON)
    old.add("上海云栖茶叶有限公司", SHANGHAI)
    old.deregister("上海海沐贸易有限公司", SHANGHAI, ON)

    build([tmp_path / "a.txt"], out, ON, quiet, workers=1)
    build([tmp_path / "a.txt"], out, ON, quiet, workers=1)

    new = Register(out)
    gone = new.search(question(Parts("海沐", "上海", "", "贸易", "有限公司"))).hits
    assert found(out) == [TAKEN]
    assert (
        new.search(question(Parts("云栖", "上海", "", "茶叶", "有限公司"))).hits[0].other_name
        == "上海云栖茶叶有限公司"
    )
    assert [hit.other_status.name for hit in gone] == ["DEREGISTERED"]


def test_worker_that_has_the_old_register_open_writes_into_the_new_one(tmp_path):
    """A reservation is never confirmed into files that nobody reads any more."""
    (tmp_path / "a.txt").write_text("上海鑫罡茶叶有限公司", encoding="utf-8")
    out = tmp_path / "out"
    build([tmp_path / "a.txt"], out, ON, quiet, workers=1)
    worker = Register(out)
    worker.search(WISH)
    build([tmp_path / "a.txt"], out, ON, quiet, workers=1)

    worker.reserve(TAKEN, SHANGHAI, ON)

    assert found(out) == [TAKEN]
    with pytest.raises(NameTakenError):
        Register(out).reserve(TAKEN, SHANGHAI, ON)


def test_second_build_of_one_folder_is_refused_while_the_first_works(rows_file, tmp_path):
    """Two builds would write into one another's workings."""
    code = (
        "import sys; from pathlib import Path; from bot.register import locks\n"
        "with locks.building(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "out")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    ) as first:
        assert first.stdout.readline() == "held\n"
        with pytest.raises(RegisterError, match="另一个进程"):
            build([rows_file], tmp_path / "out", ON, quiet, workers=1)
        first.communicate("\n")


def test_register_with_a_file_missing_is_not_asked(own):
    """A province whose file is gone is no province without names."""
    (own / "31.sqlite").unlink()

    with pytest.raises(RegisterMissingError, match=r"31\.sqlite"):
        Register(own).search(WISH)


def test_row_of_an_unknown_region_is_kept(tmp_path):
    """A code of no province loses no name: the whole country's file has it."""
    (tmp_path / "a.csv").write_text(f"name,region\n{TAKEN},990000\n", encoding="utf-8")

    made = build([tmp_path / "a.csv"], tmp_path / "out", ON, quiet, workers=1)

    assert (made.names, made.skipped) == (1, 0)

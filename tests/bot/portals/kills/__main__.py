"""Files under every fault, before and after the write, and under kill -9; prints what came of it.

python -m tests.bot.portals.kills --filings 5000
python -m tests.bot.portals.kills --filings 300 --naive
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bot.portals.kills.scenarios import scenarios
from tests.bot.portals.kills.trial import Case, Order, Table, trial

COLUMNS = (
    "filings",
    "filed",
    "review",
    "failed",
    "unknown",
    "killed",
    "runs",
    "doubled",
    "lost",
    "misjudged",
)
INTRO = """# Filing under faults

How `python -m tests.bot.portals.kills` ended: a real browser, the practice portal as a process of its own that takes
whatever is sent as often as it is sent, the store on disk. A case is filed anew until it is settled, four times at
most; each fault bites once for each case unless the line says otherwise. What is not filed then is with a person:
`failed` (the page or the portal's message stopped it) or `unknown` (sent, and nothing tells what became of it).
`doubled`, `lost` and `misjudged` are counted in the portal's own database.
"""


def page(found: Table, naive: Table | None, words: str) -> Iterator[str]:
    """Yield the page of a run."""
    yield INTRO
    yield f"{date.today().isoformat()}, `{words}`: {found.total['filings']} filings, {found.total['runs']} runs, "  # noqa: DTZ011
    yield f"{found.seconds:.0f} s."
    if naive:
        total = naive.total
        yield ""
        yield f"A bot that clicks again after any error, over {total['filings']} filings of the same kinds: "
        yield f"{total['doubled']} doubled, {total['lost']} lost, {total['misjudged']} misjudged."
    yield ""
    yield f"| what befalls it | {' | '.join(COLUMNS)} |"
    yield f"|---|{'---:|' * len(COLUMNS)}"
    for name, row in [*found.rows.items(), ("**all**", found.total)]:
        yield f"| {name} | {' | '.join(str(row[column]) for column in COLUMNS)} |"


def run(order: Order) -> tuple[Table, list[Case]]:
    """Run a trial in a folder that goes away."""
    with TemporaryDirectory(prefix="zeromeet-kills-") as scratch:
        return trial(Path(scratch), order)


def main() -> None:
    """Read the command line, file, and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot.portals.kills", description=__doc__)
    parser.add_argument("--filings", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--naive", type=int, default=0, help="as many filings by a bot that just clicks again"
    )
    parser.add_argument("--only", default="", help="scenarios whose name contains this")
    parser.add_argument("--out", type=Path, help="a page of Markdown in place of stdout")
    parser.add_argument("--cases", type=Path, help="every case with what each run said, JSON lines")
    ask = parser.parse_args()
    among = tuple(one for one in scenarios() if ask.only in one.name)
    found, cases = run(Order(ask.filings, ask.seed, ask.workers, among=among))
    naive = run(Order(ask.naive, ask.seed, ask.workers, naive=True, among=among))[0] if ask.naive else None
    text = "\n".join(page(found, naive, f"--filings {ask.filings} --seed {ask.seed}")) + "\n"
    if ask.out:
        ask.out.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    if ask.cases:
        ask.cases.write_text(
            "".join(json.dumps(c, ensure_ascii=False) + "\n" for c in cases), encoding="utf-8"
        )
    sys.exit(not found.is_clean)


if __name__ == "__main__":
    main()

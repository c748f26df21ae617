"""A replay as JUnit XML: a recording is a test case, a class of differences in it that nobody accepted a failure."""

from xml.sax.saxutils import escape, quoteattr

from bot.replay.report import CaseDiff, ChangeClass, Report


def junit(report: Report) -> str:
    """Return the report as XML; it holds no value of a person and no time."""
    failed = {name for one in report.unexpected for name in one.cases}
    errors = [one for one in report.cases if one.error]
    cases = "".join(_case(one, report) for one in report.cases)
    unused = "".join(_unused(one.difference) for one in report.unused)
    counts = (
        f'tests="{len(report.cases) + len(report.unused)}" '
        f'failures="{len(failed) + len(report.unused)}" errors="{len(errors)}"'
    )
    name = quoteattr(f"zeromeet replay from {report.start}")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n'
        f"<testsuite name={name} {counts}>\n{cases}{unused}</testsuite>\n</testsuites>\n"
    )


def _case(case: CaseDiff, report: Report) -> str:
    head = f"<testcase classname={quoteattr(f'replay.{report.start}')} name={quoteattr(_clean(case.name))}"
    if case.error:
        return f'{head}><error type="unreadable" message={quoteattr(_clean(case.error))}/></testcase>\n'
    failures = "".join(_failure(one) for one in report.unexpected if case.name in one.cases)
    return f"{head}>{failures}</testcase>\n" if failures else f"{head}/>\n"


def _failure(one: ChangeClass) -> str:
    because = "; ".join(one.because)
    kind, message = quoteattr(one.example.level.value), quoteattr(_clean(one.difference))
    return f"<failure type={kind} message={message}>{escape(_clean(f'because {because}'))}</failure>"


def _unused(difference: str) -> str:
    name = quoteattr(_clean(difference))
    message = '<failure type="unused" message="expected, and seen in no case"/>'
    return f'<testcase classname="replay.expected" name={name}>{message}</testcase>\n'


def _clean(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )

"""Log lines as JSON, one a line: what is logged is named here, so that nothing of an applicant slips in."""

import json
import logging
import sys
from datetime import UTC, datetime

FIELDS = (
    "worker",
    "workers",
    "case",
    "key",
    "method",
    "route",
    "status",
    "ms",
    "error",
    "end",
    "call",
    "code",
)
"""Everything else that a caller hands to the logger is dropped."""


class Lines(logging.Formatter):
    """Formats a record as one line of JSON; a line break inside a value stays inside it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": str(record.msg),  # without its arguments
        }
        said |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__  # its text may hold a value
        return json.dumps(said, ensure_ascii=True, default=str)


def set_up() -> None:
    """Send every log line of this process to stderr in that form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "dbos", "httpx", "python_multipart"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.WARNING)

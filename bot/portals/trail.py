"""What one filing left behind on its way: the pages, what was read back of them, and the requests that left."""

import hashlib
from datetime import UTC, datetime

from playwright.sync_api import Request

from extractors.model import Record


class SentRequest(Record):
    """One request that changed something at the portal; its address is left out, it may hold a person's number."""

    method: str
    sha256: str
    """Of its body, in hex."""
    at: datetime


class PageTrail(Record):
    """One page that was filled and left."""

    page: str
    """Its heading."""
    at: datetime
    shown: dict[str, str] = {}
    """Our field to what its control held when it was read back, in the portal's words."""
    requests: tuple[SentRequest, ...] = ()


def sent_request(request: Request) -> SentRequest:
    """Return what is kept of a request."""
    digest = hashlib.sha256(request.post_data_buffer or b"").hexdigest()
    return SentRequest(method=request.method, sha256=digest, at=datetime.now(UTC))

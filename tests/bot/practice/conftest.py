"""A portal with its own database, and the invented filings that it accepts."""

from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient

from bot.practice.app import create_app

FILINGS = Path(__file__).with_name("filings.yaml")


@pytest.fixture
def visit(tmp_path):
    """Return what opens a portal with faults and signs a visitor in; all on one database."""

    def opened(*faults, signed_in=True):
        app = create_app(tmp_path / "practice.sqlite", "desk", "secret", faults=faults)
        client = TestClient(app, follow_redirects=True)
        if signed_in:
            client.post("/login", data={"user": "desk", "password": "secret"})
        return client

    return opened


@pytest.fixture
def answers():
    """The two invented filings, page by page, in the portal's codes."""
    return yaml.safe_load(FILINGS.read_text(encoding="utf-8"))


@pytest.fixture
def begun(visit, answers):
    """Return what begins a filing and gives the visitor and the draft's address."""

    def begin(hall, *faults):
        client = visit(*faults)
        page = client.post(f"/halls/{hall}", data={"key": answers[hall]["key"]})
        return client, page.url.path.rpartition("/")[0]

    return begin


@pytest.fixture
def checked(begun, answers):
    """Return what fills every page of a hall and shows the check page."""

    def check(hall, *faults, skip=()):
        client, draft = begun(hall, *faults)
        for item, data in answers[hall]["items"].items():
            sent = {"act": "skip", "skipReason": skip[item]} if item in skip else data | {"act": "next"}
            page = client.post(f"{draft}/{item}", data=sent)
            assert page.status_code == 200, (item, page.text)
        return client, page

    return check

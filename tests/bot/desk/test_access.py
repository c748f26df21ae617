"""Every route, every role, every tenant: the table of routes is the program's own, so a new route is tested too."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from fastapi.routing import APIRoute

from bot import settings
from bot.desk.app import make
from bot.desk.keys import Keys, Scope
from tests.bot.desk.serving import SCOPES

MATRIX = yaml.safe_load((Path(__file__).parent / "roles.yaml").read_text(encoding="utf-8"))
ROLES = [*SCOPES, "nobody"]
MINE = "c" + "0" * 24
"""Stands for a case that is not the caller's."""


def routes():
    """Return "METHOD path" of every route, those of included routers too."""
    paths = make(settings.load()).openapi()["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


def call(served, line, role, case, tenant="hall"):
    method, path = line.split(" ")
    told = MATRIX[line]
    form = {"files": [("files", ("a.pdf", b"x"))]} if told.get("form") or line == "POST /v1/cases" else {}
    return served.client(role, tenant).request(
        method, path.replace("{case}", case), json=told.get("json"), **form
    )


def test_every_route_stands_in_the_matrix():
    """A route that nobody has thought about fails here, and so does a line without a route."""
    assert routes() == set(MATRIX) - {"GET /openapi.json"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("line", [line for line in MATRIX if "{case}" in line])
def test_other_tenants_case_is_not_there(served, line, role):
    """Whoever may not: 401 or 403; whoever may: 404, and not a byte of the case."""
    case = served.made(tenant="other", reference="THEIR-REFERENCE")

    answer = call(served, line, role, case)

    wanted = 401 if role == "nobody" else 404 if role in MATRIX[line]["may"] else 403
    assert answer.status_code == wanted
    assert "THEIR-REFERENCE" not in answer.text
    assert served.works.cases.find(case).version == 1


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("line", MATRIX)
def test_roles_are_let_in_as_the_matrix_says(served, line, role):
    """Exactly the cells of the matrix get past the door."""
    case = served.made()
    may = MATRIX[line]["may"]

    answer = call(served, line, role, case)

    if may == "everybody":
        assert answer.status_code == 200
    elif role == "nobody":
        assert answer.status_code == 401
    else:
        assert (answer.status_code != 403) == (role in may)
        assert answer.status_code < 500


def test_list_shows_only_the_tenants_own(served):
    """No page of one tenant names a case of another."""
    theirs = served.made(tenant="other")
    mine = served.made()

    listed = served.client().get("/v1/cases", params={"limit": 500}).text

    assert mine in listed
    assert theirs not in listed


@pytest.mark.parametrize(
    "shown", ["zm_", "zm__", "zm_000000000000_x", "Basic x", "zm_' OR 1=1_x", "é", "x" * 5000]
)
def test_what_is_no_key_is_refused(served, shown):
    """Whatever stands in the header: 401, in the same form."""
    answer = served.client("nobody").get("/v1/cases", headers={"Authorization": f"Bearer {shown}".encode()})

    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_key_ends_when_it_is_revoked_or_expires(served):
    """An ended key is no key; its secret is nowhere in the database."""
    keys = Keys(served.works.engine)
    gone = keys.create("hall", frozenset(Scope), timedelta(days=1))
    late = keys.create("hall", frozenset(Scope), timedelta(seconds=-1))
    keys.revoke(gone.key.id)

    assert keys.known(gone.secret) is None
    assert keys.known(late.secret) is None
    database = Path(served.works.engine.url.database)
    kept = b"".join(p.read_bytes() for p in database.parent.glob("zeromeet.sqlite*"))
    assert gone.secret.split("_", 2)[2].encode() not in kept


def test_route_table_is_that_of_the_application():
    """The pages that are not described are few and known: nothing is served beside the matrix."""
    app = make(settings.load())
    served = {route.path for route in app.routes if isinstance(route, APIRoute)}

    assert served <= {line.split(" ")[1] for line in MATRIX}

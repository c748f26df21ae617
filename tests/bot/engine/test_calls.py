"""Messages to portals: signed, tried again, given up and sent again; and only where they may go."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlmodel import Session, select
from standardwebhooks import Webhook

from bot import database
from bot.desk.keys import Keys
from bot.engine import calls
from bot.engine.calls import Addresses, Caller, send_again
from bot.engine.cases import Cases, create_tables
from bot.engine.model import Intake, Outcome, State, Step, Ticket
from bot.engine.queue import Queue
from bot.engine.tables import CallRow

LOOPBACK = Addresses("127.0.0.0/8")


@pytest.fixture
def engine(tmp_path):
    made = database.connect(f"sqlite:///{tmp_path / 'zeromeet.sqlite'}")
    create_tables(made)
    yield made
    made.dispose()


@pytest.fixture
def secret(engine):
    return Keys(engine).create("hall", frozenset(), timedelta(days=1)).webhook_secret


@pytest.fixture
def receiver():
    """Run a portal that takes messages; its answers are set by the test."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((self.path, dict(self.headers), body))
            status = server.answers.pop(0) if server.answers else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{server.server_port}/elsewhere")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.got, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def told(engine, tmp_path, url):
    """Bring a case to review, so that its portal is told, and return it."""
    queue = Queue(engine)
    cases = Cases(engine, queue)
    case = cases.receive(Intake(tenant="hall", folder=str(tmp_path), reference="R", callback_url=url))
    ticket = Ticket(case=case, number=1, step=Step.READ)
    cases.start(ticket)
    cases.finish(ticket, Outcome(state=State.REVIEW))
    queue.close()
    return case


def message(engine):
    with Session(engine, expire_on_commit=False) as session:
        return session.exec(select(CallRow)).one()


def make_due(engine):
    with Session(engine) as session:
        row = session.exec(select(CallRow)).one()
        row.due_at = datetime.now(UTC) - timedelta(seconds=1)
        session.add(row)
        session.commit()


def test_message_is_signed_as_the_standard_has_it(engine, secret, receiver, tmp_path):
    """The receiver verifies it with the tenant's secret, and finds three things in it."""
    case = told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/hook?a=1")

    tried = Caller(engine, LOOPBACK).deliver_due()
    path, headers, body = receiver.got[0]

    assert tried == 1
    assert path == "/hook?a=1"
    assert Webhook(secret).verify(body, headers) == {"case": case, "status": "review", "reference": "R"}
    assert headers["webhook-id"] == message(engine).id
    assert headers["Host"] == f"127.0.0.1:{receiver.server_port}"
    assert message(engine).state == "delivered"


@pytest.mark.parametrize("spoilt", ["body", "timestamp", "id"])
def test_changed_message_does_not_verify(engine, secret, receiver, tmp_path, spoilt):
    """Neither body nor time nor id can be changed, and an old message is refused."""
    from standardwebhooks.webhooks import WebhookVerificationError

    told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/")
    Caller(engine, LOOPBACK).deliver_due()
    _, headers, body = receiver.got[0]
    if spoilt == "body":
        body = body.replace(b"review", b"filed")
    else:
        old = {"timestamp": str(int(headers["webhook-timestamp"]) - 301), "id": "msg_other"}
        headers[f"webhook-{spoilt}"] = old[spoilt]

    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers)


def test_both_secrets_sign_while_one_is_rotated(engine, secret, receiver, tmp_path):
    """A receiver may change over whenever it likes between two rotations."""
    fresh = Keys(engine).rotate_webhook_secret("hall")
    told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/")

    Caller(engine, LOOPBACK).deliver_due()
    _, headers, body = receiver.got[0]

    assert Webhook(secret).verify(body, headers) == Webhook(fresh).verify(body, headers)


def test_message_is_tried_again_with_its_id_until_it_is_taken(engine, secret, receiver, tmp_path):
    """Errors of the receiver move the next try on; the id stays, so that it counts once."""
    told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/")
    receiver.answers = [500, 404]
    caller = Caller(engine, LOOPBACK)

    tries = []
    for _ in range(3):
        tries.append(caller.deliver_due())
        waits = message(engine).due_at > datetime.now(UTC)
        make_due(engine)

    assert tries == [1, 1, 1]
    assert waits
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    assert message(engine).state == "delivered"


def test_message_that_nobody_takes_is_given_up_and_can_be_sent_again(engine, secret, receiver, tmp_path):
    """After the last try it is dead, and a person revives it."""
    case = told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/")
    receiver.answers = [503] * len(calls.WAITS_S)
    caller = Caller(engine, LOOPBACK)

    for _ in calls.WAITS_S:
        make_due(engine)
        caller.deliver_due()
    given_up = message(engine).state
    make_due(engine)
    idle = caller.deliver_due()
    send_again(engine, case)
    caller.deliver_due()

    assert (given_up, idle) == ("dead", 0)
    assert message(engine).state == "delivered"


def test_redirect_is_not_followed(engine, secret, receiver, tmp_path):
    """A receiver cannot send us elsewhere; the message is not delivered."""
    told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/")
    receiver.answers = [302]

    Caller(engine, LOOPBACK).deliver_due()

    assert [path for path, _, _ in receiver.got] == ["/"]
    assert message(engine).error == "HTTP 302"


def test_two_callers_deliver_a_message_once(engine, secret, receiver, tmp_path):
    """Whoever claims it first sends it."""
    told(engine, tmp_path, f"http://127.0.0.1:{receiver.server_port}/")
    callers = [Caller(engine, LOOPBACK) for _ in range(4)]

    threads = [threading.Thread(target=caller.deliver_due) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(receiver.got) == 1


REFUSED = [
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://0/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.0.1/",
    "https://100.64.0.1/",
    "https://[::ffff:127.0.0.1]/",
    "https://[fe80::1]/",
    "https://[fc00::1]/",
    "https://224.0.0.1/",
    "https://0.0.0.0/",
    "http://93.184.216.34/",
    "http://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "https://user@example.com/",
    "https://user:secret@example.com/",
    "https://example.com:0/",
    "https://example.com:99999/",
    "https:///nothing",
    "https://exa mple.com/",
    "https://example.com/\r\nHost: other",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize("url", REFUSED)
def test_address_that_may_not_be_called_is_refused(url):
    """Private, odd or unsafe addresses are refused when the case is handed in, and again when they are called."""
    assert Addresses().refusal(url)
    assert Addresses().target(url) is None


def test_public_address_is_called_over_https():
    """What is public passes, and the connection goes to the address under the name."""
    target = Addresses().target("https://93.184.216.34:8443/a?b=c")

    assert target.url == "https://93.184.216.34:8443/a?b=c"
    assert Addresses().refusal("https://portal.example.com/hook") == ""


def test_name_that_points_inside_is_refused(monkeypatch):
    """It is the address that counts; one private answer among public ones is enough."""
    answers = [
        (socket.AF_INET, 1, 6, "", ("93.184.216.34", 443)),
        (socket.AF_INET, 1, 6, "", ("10.0.0.1", 443)),
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)

    assert Addresses().target("https://portal.example.com/") is None


def test_name_that_flips_after_the_check_changes_nothing(monkeypatch):
    """The name is asked for once, and the checked address is the one that is called."""
    asked = []

    def flipping(*_, **__):
        asked.append(1)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, 1, 6, "", (address, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", flipping)

    target = Addresses().target("https://portal.example.com/hook")

    assert target.url == "https://93.184.216.34:443/hook"
    assert (target.host, target.name) == ("portal.example.com", "portal.example.com")
    assert len(asked) == 1


def test_message_waits_with_the_change_it_tells_of(engine, secret, tmp_path):
    """The message is there as soon as the change is, and holds nothing but the three."""
    told(engine, tmp_path, "https://portal.example.com/")

    assert json.loads(message(engine).body).keys() == {"case", "status", "reference"}
    assert message(engine).state == "pending"

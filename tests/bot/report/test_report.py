"""The report: one file, self-contained, every value traceable, hostile texts shown as they are."""

import re
import stat
from html.parser import HTMLParser

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from bot.model import CaseStatus
from bot.portals.browser import find_browser
from bot.report import words
from bot.report.places import Places, window
from bot.report.report import digest, render, write
from extractors.model import Element, Leaf, Money, Paper, Provenance
from rules.settle import Ask, Chore, Settlement

HOSTILE = '<img src=x onerror=alert(1)>{{7*7}}"><script>alert(2)</script>'


class _Page(HTMLParser):
    """What a page holds, as a parser sees it."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.said, self.script, self._in = [], [], "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag):
        if tag in {"script", "style"}:
            self._in = ""

    def handle_data(self, data):
        if self._in == "script":
            self.script += data
        elif self._in != "style":
            self.said.append(data)

    def all(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.said))


@pytest.fixture
def page(case, pages):
    """Return the parsed report of the invented case."""
    return _Page(render(case, pages))


def test_nothing_is_fetched_from_elsewhere(case, pages):
    """Every address in the report is a place in it or data inside it."""
    html = render(case, pages)

    page = _Page(html)

    assert all(a.startswith(("#", "data:image/jpeg;base64,")) for a in page.all("href") + page.all("src"))
    assert not {"link", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in page.tags}
    assert "url(" not in html
    assert "@import" not in html


def test_ids_are_unique_and_every_link_inside_resolves(page):
    """A link never leads nowhere, and never to one of two places."""
    ids = page.all("id")

    links = [a[1:] for a in page.all("href") if a.startswith("#")]

    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)


def test_every_value_with_a_fact_links_to_its_crop(case, page):
    """Each blank filled from paper shows a crop that leads to the box on the page's picture."""
    filled = [v for f in case.forms for v in f.values if v.fact and case.facts[v.fact].witnesses]

    start = next(n for n, (_, attrs) in enumerate(page.tags) if attrs.get("id") == "forms")
    end = next(n for n, (_, attrs) in enumerate(page.tags) if attrs.get("id") == "findings")
    crops = [attrs["href"] for _, attrs in page.tags[start:end] if attrs.get("class") == "thumb"]

    assert len(crops) == len(filled)
    assert {c[1:] for c in crops} <= {i for i in page.all("id") if i.startswith("box-")}


def test_value_is_traced_to_the_box_that_states_it(case):
    """The crop beside a value is the box of the witness that says it, on the right page."""
    places = Places(case)
    value = next(v for v in case.forms[0].values if v.field == "address")
    witness = case.facts["premises.address"].witnesses[0]

    place = places.of_value(value, case.facts["premises.address"])

    assert (place.file, place.page, place.box) == (witness.file, witness.page, witness.box)


def test_value_in_a_table_is_traced_to_its_own_row(case):
    """The second investor's name leads to the second row, not to the head of the table."""
    rows = ({"name": "沈知远", "share": "60"}, {"name": "陆一鸣", "share": "40"})
    boxes = [(100.0, top, 900.0, top + 40) for top in (500.0, 560.0)]
    sources = tuple(
        Provenance(document="d" * 64, page=1, box=b, raw="行", reader="pdf") for b in boxes
    )  # fmt: skip
    table = Element(name="shareholders", value=rows, confidence=1, sources=sources, sure=True)
    paper = Paper(
        document="d" * 64,
        file="章程.pdf",
        kind="articles_of_association",
        pages=(1,),
        confidence=1,
        elements=(table,),
    )
    fact = case.facts["enterprise.name"]
    witness = fact.witnesses[0].model_copy(
        update={
            "document": "d" * 64,
            "file": "章程.pdf",
            "element": "articles_of_association.shareholders",
            "value": rows,
        }
    )
    fact = fact.model_copy(update={"value": rows, "witnesses": (witness,)})
    value = (
        case.forms[0]
        .values[0]
        .model_copy(update={"field": "investors[1].name", "text": "陆一鸣", "shown": "陆一鸣"})
    )

    place = Places(case.model_copy(update={"papers": (paper,)})).of_value(value, fact)

    assert place.box == boxes[1]


def test_papers_that_disagree_stand_side_by_side(case, pages):
    """Both values are shown with their own cut, and the character that differs is marked."""
    html = render(case, pages)

    part = html[html.index('id="open"') : html.index('id="receipts"')]

    assert part.count('<img src="data:image/jpeg') == 2
    assert "<mark>远</mark>" in part
    assert "<mark>运</mark>" in part
    assert "银行更正后的开户证明" in part
    assert "zeromeet review set" in part


def test_hostile_texts_are_shown_as_they_are(case, pages):
    """Markup and template signs read from paper are text in the report."""
    hostile = _hostile(case)

    page = _Page(render(hostile, pages))

    assert HOSTILE in "".join(page.said)
    assert not [
        attrs for tag, attrs in page.tags if "onerror" in attrs or (tag == "img" and attrs["src"] == "x")
    ]
    assert [tag for tag, _ in page.tags].count("script") == 1


def test_hostile_texts_do_nothing_in_a_browser(case, pages, tmp_path):
    """No dialog, no error, no request beyond the file itself; the filters work under the policy."""
    out = write(_hostile(case), pages, tmp_path / "report.html")
    path = find_browser().path
    seen = []

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.on("dialog", lambda d: (seen.append("dialog"), d.dismiss()))
        tab.on("pageerror", lambda e: seen.append(str(e)))
        tab.on("console", lambda m: seen.append(m.text))
        tab.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else seen.append(r.url))
        tab.goto(out.as_uri())
        tab.locator("#forms input[type=search]").fill("开户银行")
        shown = tab.locator("#forms tr[data-row]:visible").count()
        broken = tab.evaluate("[...document.images].filter(i => !i.complete || !i.naturalWidth).length")
        browser.close()

    assert seen == []
    assert shown == 1
    assert broken == 0


def test_hidden_characters_show(case, pages):
    """A text that turns its neighbours round is shown with its code, not obeyed."""
    turned = case.model_copy(update={"company_name": "杭州\u202e司公"})

    html = render(turned, pages)

    assert "\u202e" not in html
    assert "⟨U+202E⟩" in html


def test_policy_allows_the_own_script_only(case, pages):
    """The hash in the policy is that of the script in the page."""
    page = _Page(render(case, pages))

    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")

    assert policy.startswith("default-src 'none'; img-src data:;")
    assert f"script-src '{digest(page.script)}'" in policy


def test_page_without_a_picture_is_drawn_from_what_was_read(case):
    """Values stay traceable where a page's picture cannot be had."""
    page = _Page(render(case, lambda *_: None))

    said = page.text

    assert "image" not in {tag for tag, _ in page.tags}
    assert "沈知运" in said
    assert {a[1:] for a in page.all("href") if a.startswith("#box-")} <= set(page.all("id"))


def test_source_in_an_office_file_is_quoted(case, pages):
    """A blank sheet proves nothing: a value from a workbook shows the text that stands there."""
    elements = tuple(
        e.model_copy(update={"sources": (e.sources[0].model_copy(update={"reader": "xlsx"}),)})
        for e in case.papers[2].elements
    )
    book = case.papers[2].model_copy(update={"elements": elements})

    html = render(case.model_copy(update={"papers": (*case.papers[:2], book)}), pages)

    assert "<q>沈知运</q>" in html
    assert html.count("<image ") == len(case.papers) - 1


@pytest.mark.parametrize("doubt", [True, False])
def test_command_decides_the_fact_that_is_in_doubt(case, pages, doubt):
    """The command names the doubtful fact of a finding, and its first where none is in doubt."""
    keys = ("enterprise.established_on", "legal_rep.name")
    facts = {k: case.facts["legal_rep.name"].model_copy(update={"key": k, "sure": True}) for k in keys}
    calm = {k: f.model_copy(update={"conflict": False}) for k, f in facts.items()}
    held = calm | {keys[1]: facts[keys[1]]} if doubt else calm
    finding = case.findings[0].model_copy(update={"facts": keys})

    html = render(case.model_copy(update={"facts": held, "findings": (finding,)}), pages)

    wanted = keys[1] if doubt else keys[0]
    assert re.search(rf"review set \S+ {re.escape(wanted)} ", html)


def test_page_is_asked_for_once(case, pages):
    """Drawing a page is dear: each is drawn once, however many crops it gives."""
    asked = []

    render(case, lambda document, number: (asked.append((document, number)), pages(document, number))[1])

    assert sorted(asked) == sorted(set(asked))
    assert len(asked) == len(case.papers)


def test_write_leaves_one_private_file(case, pages, tmp_path):
    """The report takes an older one's place whole; nobody else can read it and no draft stays."""
    out = tmp_path / "report.html"
    out.write_text("older")

    written = write(case, pages, out)

    assert written == out
    assert "</html>" in out.read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_failed_write_keeps_the_older_report(case, pages, tmp_path):
    """Where the report cannot take its place, nothing is lost and no draft stays."""
    taken = tmp_path / "report.html"
    (taken / "inside").mkdir(parents=True)

    with pytest.raises(OSError, match=re.escape("report.html")):
        write(case, pages, taken)

    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_name_that_is_no_text_does_not_break_the_report(case, pages, tmp_path):
    """A file name of bytes that are no UTF-8 is shown by its codes."""
    first = case.papers[0].model_copy(update={"file": "坏\udce4.pdf"})

    out = write(case.model_copy(update={"papers": (first,)}), pages, tmp_path / "report.html")

    assert "坏\\udce4.pdf" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("status", list(CaseStatus))
def test_every_status_says_what_happened_and_what_is_next(case, pages, status):
    """A case in any state has its badge and its two sentences."""
    page = _Page(render(case.model_copy(update={"status": status}), pages))

    head = words.HEADS[status]

    assert head.mark.word in page.text
    assert head.happened in page.text
    assert head.next_step in page.text


def test_case_without_anything_read_still_has_its_report(case, pages):
    """A quarantined case names its files and what to do with them."""
    update = {"papers": (), "facts": {}, "forms": (), "findings": (), "filings": (), "reviews": ()}
    empty = case.model_copy(update=update | {"status": CaseStatus.QUARANTINED, "company_name": None})

    page = _Page(render(empty, pages))

    assert "企业名称不明" in page.text
    assert "请去掉密码后重新上传。" in page.text


def test_paper_in_two_files_stands_under_each_with_its_own_pages(case, pages):
    """Whoever looks at one file learns which of its pages belong to the paper, and where the rest is."""
    licence, card, *rest = case.papers
    back = Leaf(document=licence.document, file=licence.file, pages=(3,), sizes=licence.sizes)
    joined = case.model_copy(update={"papers": (licence, card.model_copy(update={"also": (back,)}), *rest)})

    page = _Page(render(joined, pages))

    assert f"第 1 页 · 识别可信度 99.8% · 其余在 {licence.file}" in page.text
    assert f"第 3 页 · 识别可信度 99.8% · 其余在 {card.file}" in page.text


def test_copy_names_the_paper_that_it_copies(case, pages):
    """A sheet handed in twice is said to be one, so that nobody takes it for a second opinion."""
    licence, card, *rest = case.papers
    leaf = Leaf(document=licence.document, file=licence.file, pages=licence.pages)
    twice = case.model_copy(update={"papers": (licence, card.model_copy(update={"copy_of": leaf}), *rest)})

    page = _Page(render(twice, pages))

    assert f"与 {licence.file} 是同一份材料" in page.text


def test_fourteen_photographed_pages_stay_below_three_megabytes(case):
    """A large case can still be sent by mail."""
    noise = Image.effect_noise((1240, 1754), 18).convert("RGB")
    paper = case.papers[0].model_copy(
        update={"pages": tuple(range(1, 15)), "sizes": case.papers[0].sizes * 14}
    )

    html = render(case.model_copy(update={"papers": (paper,)}), lambda *_: noise)

    assert html.count("<image ") >= 14
    assert len(html) < 3_000_000


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1.00", "1.00 元"), ("999999.50", "999,999.50 元"), ("12345678.00", "12,345,678.00 元")],
)
def test_money_has_its_thousands_parted(amount, shown):
    """Amounts are shown as a person checks them."""
    held = Money(amount=amount)

    text = words.money(held)

    assert text == shown


def test_term_without_end_is_said_in_words(case, pages):
    """The normal form of an open term is not something that people read."""
    fact = case.facts["enterprise.established"].model_copy(update={"value": "indefinite"})
    changed = case.model_copy(update={"facts": {fact.key: fact}})

    page = _Page(render(changed, pages))

    assert "长期" in page.text
    assert "indefinite" not in page.text


def test_window_of_a_box_stays_on_the_page():
    """A box in the corner is cut with the margin that there is."""
    corner = (0.0, 0.0, 50.0, 20.0)

    cut = window(corner, (60.0, 25.0))

    assert cut == (0, 0, 60, 25)


def _hostile(case):
    """Return the case with markup wherever a paper, a file name or a person can put text."""
    old = case.papers[0].elements[1]
    paper = case.papers[0].model_copy(
        update={
            "file": HOSTILE,
            "left_over": (HOSTILE,),
            "elements": (old.model_copy(update={"value": HOSTILE}), *case.papers[0].elements[2:]),
        }
    )
    fact = case.facts["legal_rep.name"]
    said = tuple(
        w.model_copy(update={"value": HOSTILE, "raw": HOSTILE, "file": HOSTILE}) for w in fact.witnesses[:1]
    )
    fact = fact.model_copy(update={"value": HOSTILE, "witnesses": said + fact.witnesses[1:]})
    value = case.forms[0].values[0].model_copy(update={"shown": HOSTILE, "label": HOSTILE, "why": HOSTILE})
    form = case.forms[0].model_copy(update={"title": HOSTILE, "values": (value,)})
    return case.model_copy(
        update={
            "case": HOSTILE,
            "company_name": HOSTILE,
            "papers": (paper, *case.papers[1:]),
            "facts": case.facts | {"legal_rep.name": fact},
            "forms": (form, *case.forms[1:]),
            "findings": (case.findings[0].model_copy(update={"message": HOSTILE}), *case.findings[1:]),
            "reviews": tuple(r.model_copy(update={"why": HOSTILE, "who": HOSTILE}) for r in case.reviews),
        }
    )


def test_message_to_the_applicant_stands_in_the_report(case, pages):
    """What is asked of the applicant can be copied whole, and what the desk does stands apart from it."""
    ask = Ask(kind="answer", what="请确认注册资本", why="写得不一致", settles=("a.b",), facts=())
    desk = (Chore(what="对照原件<b>", settles=("c.d",)),)
    settlement = Settlement(asks=(ask,), desk=desk, message="还需补充：\n1. 请确认注册资本。")

    page = render(case.model_copy(update={"settlement": settlement}), pages)

    assert "还需补充：\n1. 请确认注册资本。</pre>" in page
    assert "对照原件&lt;b&gt;" in page


def test_report_without_asks_has_no_section_for_them(case, pages):
    """A case that asks for nothing shows no empty heading."""
    assert 'id="settlement"' not in render(case, pages)

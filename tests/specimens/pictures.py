"""Papers drawn as pictures: business licence, identity card, bank account notice; with seals."""

import math
from datetime import date

from PIL import Image, ImageDraw

from tests.specimens.fonts import face
from tests.specimens.people import Company, Person

INK = (24, 24, 24)
LABEL = (140, 84, 40)
RED = (205, 38, 42)
_BLUE = (28, 82, 150)


def spaced(value: date) -> str:
    """Return a day as licences print it."""
    return f"{value.year}年{value.month:02d}月{value.day:02d}日"


def seal(page: Image.Image, centre: tuple[int, int], radius: int, words: str) -> None:
    """Press a round red seal on a page."""
    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    x, y = centre
    ink = (*RED, 190)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=ink, width=max(radius // 26, 3))
    size = max(radius // 5, 14)
    for n, char in enumerate(words):
        angle = math.radians(150 + n * 240 / max(len(words) - 1, 1))
        turned = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
        ImageDraw.Draw(turned).text((size // 2, size // 2), char, font=face("song", size), fill=ink)
        turned = turned.rotate(-math.degrees(angle) - 90, resample=Image.Resampling.BICUBIC)
        place = (int(x + (radius * 0.76) * math.cos(angle)) - size, int(y + (radius * 0.76) * math.sin(angle)) - size)
        layer.alpha_composite(turned, (max(place[0], 0), max(place[1], 0)))
    star = [(x + radius * r * math.sin(n * math.pi / 5), y - radius * r * math.cos(n * math.pi / 5)) for n, r in enumerate([0.34, 0.14] * 5)]
    draw.polygon(star, fill=ink)
    page.paste(Image.alpha_composite(page.convert("RGBA"), layer).convert("RGB"))


def wrapped(text: str, width: int) -> list[str]:
    """Cut a text into lines of so many characters."""
    return [text[n : n + width] for n in range(0, len(text), width)]


def licence_landscape(company: Company, style: str) -> Image.Image:
    """Return a licence of 2019: two columns of labels and values."""
    page = Image.new("RGB", (2200, 1560), (252, 249, 240))
    draw = ImageDraw.Draw(page)
    draw.rectangle((40, 40, 2160, 1520), outline=(190, 150, 90), width=10)
    draw.rectangle((62, 62, 2138, 1498), outline=(190, 150, 90), width=3)
    draw.text((1100, 210), "营业执照", font=face("song", 120), fill=INK, anchor="mm")
    draw.text((1100, 300), "（副本）", font=face("song", 40), fill=INK, anchor="mm")
    draw.text((150, 250), "统一社会信用代码", font=face(style, 34), fill=INK)
    draw.text((150, 300), company.code, font=face("hei", 38), fill=INK)
    c = company
    left = [("名　　称", [c.name]), ("类　　型", [c.kind]), ("法定代表人", [c.head.name]), ("经营范围", wrapped(c.scope, 24))]
    right = [("注册资本", [_capital(c.capital)]), ("成立日期", [spaced(c.established)]), ("住　　所", wrapped(c.address, 16))]
    _column(draw, (150, 430), left, style, label_width=230)
    _column(draw, (1330, 430), right, style, label_width=200)
    draw.text((1400, 1130), "登记机关", font=face(style, 38), fill=LABEL)
    draw.text((1400, 1200), c.registrar, font=face(style, 36), fill=INK)
    draw.text((1480, 1330), f"{c.established.year} 年 {c.established.month:02d} 月 {c.established.day:02d} 日", font=face(style, 38), fill=INK)
    draw.text((150, 1440), "国家企业信用信息公示系统网址：http://www.gsxt.gov.cn", font=face(style, 24), fill=INK)
    draw.text((1500, 1440), "国家市场监督管理总局监制", font=face(style, 24), fill=INK)
    seal(page, (1650, 1270), 165, c.registrar)
    return page


def licence_portrait(company: Company, style: str) -> Image.Image:
    """Return a licence in the portrait layout of 2014: one column, labels to the left."""
    page = Image.new("RGB", (1600, 2260), (253, 251, 246))
    draw = ImageDraw.Draw(page)
    draw.rectangle((50, 50, 1550, 2210), outline=(120, 150, 120), width=12)
    draw.text((800, 330), "营 业 执 照", font=face("song", 130), fill=INK, anchor="mm")
    draw.text((800, 430), "（副  本）", font=face("song", 44), fill=INK, anchor="mm")
    draw.text((430, 500), f"统一社会信用代码  {company.code}", font=face("hei", 36), fill=INK)
    c = company
    rows = [
        ("名　　　　称", [c.name]), ("类　　　　型", [c.kind]), ("住　　　　所", wrapped(c.address, 22)), ("法 定 代 表 人", [c.head.name]),
        ("注 册 资 本", [f"人民币{c.capital / 10000:.4f}万元整"]), ("成 立 日 期", [spaced(c.established)]), ("经 营 范 围", wrapped(c.scope, 22)),
    ]
    _column(draw, (200, 640), rows, style, label_width=320)
    draw.text((880, 1800), "登记机关", font=face(style, 40), fill=LABEL)
    draw.text((820, 1870), c.registrar, font=face(style, 38), fill=INK)
    draw.text((860, 1990), f"{c.established.year} 年 {c.established.month} 月 {c.established.day} 日", font=face(style, 40), fill=INK)
    seal(page, (1080, 1920), 180, c.registrar)
    return page


def _capital(amount: int) -> str:
    return {1_000_000: "壹佰万元整", 2_000_000: "贰佰万元整"}.get(amount, f"{amount / 10000:g}万元整")


def _column(draw: ImageDraw.ImageDraw, at: tuple[int, int], rows: list[tuple[str, list[str]]], style: str, *, label_width: int) -> None:
    x, y = at
    for label, lines in rows:
        draw.text((x, y), label, font=face(style, 36), fill=LABEL)
        for line in lines:
            draw.text((x + label_width, y), line, font=face(style, 34), fill=INK)
            y += 54
        y += 36


def identity_card(person: Person, style: str) -> Image.Image:
    """Return both sides of a card on one sheet, as copied at a desk."""
    sheet = Image.new("RGB", (1240, 1754), (250, 250, 249))
    sheet.paste(_portrait_side(person, style), (110, 160))
    sheet.paste(_emblem_side(person, style), (110, 930))
    return sheet


def _portrait_side(person: Person, style: str) -> Image.Image:
    card = Image.new("RGB", (1012, 638), (224, 235, 242))
    draw = ImageDraw.Draw(card)
    small, big = face("hei", 27), face(style, 36)
    born = person.born
    for y, label, text in ((70, "姓名", person.name), (140, "性别", person.sex)):
        draw.text((64, y + 6), label, font=small, fill=_BLUE)
        draw.text((164, y), text, font=big, fill=INK)
    draw.text((290, 146), "民族", font=small, fill=_BLUE)
    draw.text((380, 140), "汉", font=big, fill=INK)
    draw.text((64, 216), "出生", font=small, fill=_BLUE)
    for x, text, unit in ((164, str(born.year), "年"), (320, str(born.month), "月"), (420, str(born.day), "日")):
        draw.text((x, 210), text, font=big, fill=INK)
        draw.text((x + len(text) * 24 + 14, 216), unit, font=small, fill=_BLUE)
    draw.text((64, 292), "住址", font=small, fill=_BLUE)
    for n, line in enumerate(wrapped(person.home, 11)):
        draw.text((164, 286 + n * 48), line, font=big, fill=INK)
    draw.text((64, 538), "公民身份号码", font=small, fill=_BLUE)
    draw.text((330, 528), person.number, font=face("hei", 42), fill=INK)
    draw.rounded_rectangle((690, 80, 940, 410), 24, fill=(206, 212, 216))
    draw.ellipse((760, 120, 870, 250), fill=(180, 186, 190))
    draw.ellipse((725, 265, 905, 480), fill=(180, 186, 190))
    draw.rectangle((690, 410, 940, 480), fill=(224, 235, 242))
    return card


def _emblem_side(person: Person, style: str) -> Image.Image:
    card = Image.new("RGB", (1012, 638), (229, 238, 243))
    draw = ImageDraw.Draw(card)
    draw.ellipse((70, 60, 210, 200), outline=RED, width=8)
    draw.text((600, 120), "中华人民共和国", font=face("song", 62), fill=INK, anchor="mm")
    draw.text((600, 230), "居 民 身 份 证", font=face("song", 78), fill=INK, anchor="mm")
    end = f"{person.card_to:%Y.%m.%d}" if person.card_to else "长期"
    for y, label, text in ((456, "签发机关", person.police), (532, "有效期限", f"{person.card_from:%Y.%m.%d}-{end}")):
        draw.text((210, y + 4), label, font=face("hei", 30), fill=INK)
        draw.text((390, y), text, font=face(style, 34), fill=INK)
    return card


def bank_notice(company: Company, style: str) -> Image.Image:
    """Return the print that banks give since account licences were abolished, with the branch's seal."""
    page = Image.new("RGB", (1654, 1240), (253, 253, 252))
    draw = ImageDraw.Draw(page)
    draw.text((827, 130), "基本存款账户信息", font=face("song", 62), fill=INK, anchor="mm")
    c = company
    rows = [
        ("账户名称：", c.name), ("账户号码：", c.account_number), ("开户银行：", c.bank), ("法定代表人：", c.head.name),
        ("（单位负责人）", ""), ("基本存款账户编号：", c.account), ("开户日期：", spaced(c.opened)),
    ]
    for n, (label, text) in enumerate(rows):
        draw.text((210, 260 + n * 96), f"{label}{text}", font=face(style, 38), fill=INK)
    seal(page, (1150, 960), 170, "业务专用章")
    return page


def bank_licence(company: Company, style: str) -> Image.Image:
    """Return the older form: a sentence names the company, the number stands in the corner."""
    page = Image.new("RGB", (1700, 1200), (250, 246, 238))
    draw = ImageDraw.Draw(page)
    draw.rectangle((40, 40, 1660, 1160), outline=(170, 60, 60), width=8)
    draw.text((850, 160), "开户许可证", font=face("song", 84), fill=INK, anchor="mm")
    c = company
    draw.text((120, 260), f"核准号：{c.account}", font=face(style, 36), fill=INK)
    draw.text((160, 380), f"经审核，{c.name}符合开户条件，准予开立基本存款账户。", font=face(style, 36), fill=INK)
    for n, (label, text) in enumerate((("法定代表人（单位负责人）", c.head.name), ("开户银行", c.bank), ("账　　号", c.account_number))):
        draw.text((160, 500 + n * 90), f"{label}  {text}", font=face(style, 38), fill=INK)
    draw.text((1040, 900), "发证机关（盖章）", font=face(style, 34), fill=INK)
    draw.text((1040, 1000), spaced(c.opened), font=face(style, 36), fill=INK)
    seal(page, (1230, 930), 150, "账户管理专用章")
    return page

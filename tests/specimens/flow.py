"""Running text, pairs of labels and values, and tables, set from the top of a page downwards."""

from dataclasses import dataclass

from tests.specimens.easel import Easel

Rows = list[list[str]]


def lines(easel: Easel, text: str, width: float, size: float, first_indent: float = 0) -> list[str]:
    """Break a text into lines that fit, at any character, as Chinese is set, and where the text breaks."""
    result: list[str] = []
    for part in text.split("\n"):
        line, room = "", width - first_indent
        for char in part:
            if line and easel.measure(line + char, size) > room and char not in "，。；：、）”":
                result.append(line)
                line, room = "", width
            line += char
        result.append(line)
    return result


@dataclass
class Flow:
    """A cursor that goes down the page and on to the next."""

    easel: Easel
    left: float = 70
    top: float = 72
    size: float = 10.5
    leading: float = 1.7
    bottom: float = 70
    y: float = 0

    def __post_init__(self) -> None:
        self.y = self.top

    @property
    def width(self) -> float:
        """Room between the margins."""
        return self.easel.width - 2 * self.left

    def gap(self, height: float) -> None:
        """Leave white."""
        self.y += height

    def need(self, height: float) -> None:
        """Go to the next page when this much does not fit."""
        if self.y + height > self.easel.height - self.bottom:
            self.easel.new_page()
            self.y = self.top

    def title(self, text: str, size: float = 18, style: str = "") -> None:
        """Write a centred heading."""
        self.need(size * 2)
        self.easel.centred(self.easel.width / 2, self.y, text, size, style=style)
        self.y += size * 2

    def right(self, text: str) -> None:
        """Write a line at the right margin."""
        self.need(self.size * self.leading)
        at = self.easel.width - self.left - self.easel.measure(text, self.size)
        self.easel.text((at, self.y), text, self.size)
        self.y += self.size * self.leading

    def para(self, text: str, *, indent: float = 0) -> None:
        """Write a paragraph; indent counts characters of the first line."""
        shift = indent * self.size
        for n, line in enumerate(lines(self.easel, text, self.width, self.size, shift)):
            self.need(self.size * self.leading)
            self.easel.text((self.left + (0 if n else shift), self.y), line, self.size)
            self.y += self.size * self.leading

    def pairs(self, rows: list[tuple[str, str]], label: float, *, gap: float = 4, mark: str = "") -> None:
        """Write labels with values beside them; the lines of a long value stand below each other."""
        for name, value in rows:
            self.need(self.size * self.leading)
            self.easel.text((self.left, self.y), name + mark, self.size)
            for line in lines(self.easel, value, self.width - label, self.size):
                self.easel.text((self.left + label, self.y), line, self.size)
                self.y += self.size * self.leading
            self.y += gap

    def above(self, rows: list[list[tuple[str, str]]], *, gap: float = 8) -> None:
        """Write labels small, with their values below them, several a row."""
        for row in rows:
            room = self.width / len(row)
            deepest = 0
            for n, (name, value) in enumerate(row):
                self.easel.text((self.left + n * room, self.y), name, self.size * 0.85, colour=(90, 90, 90))
                broken = lines(self.easel, value, room - 12, self.size)
                deepest = max(deepest, len(broken))
                for k, line in enumerate(broken):
                    self.easel.text(
                        (self.left + n * room, self.y + self.size * (1.35 + 1.45 * k)), line, self.size
                    )
            self.y += self.size * (1.35 + 1.45 * deepest) + gap

    def table(
        self, rows: Rows, widths: list[float], *, ruled: bool = True, size: float = 9.5, pad: float = 4
    ) -> None:
        """Write a table whose cells wrap; the widths are shares of the room."""
        columns = [self.width * share / sum(widths) for share in widths]
        for row in rows:
            cells = [
                lines(self.easel, cell, width - 2 * pad, size)
                for cell, width in zip(row, columns, strict=True)
            ]
            height = max(len(cell) for cell in cells) * size * 1.4 + 2 * pad
            self.need(height)
            self._row(cells, columns, height, ruled=ruled, size=size)
            self.y += height

    def _row(
        self, cells: list[list[str]], columns: list[float], height: float, *, ruled: bool, size: float
    ) -> None:
        x = self.left
        for cell, width in zip(cells, columns, strict=True):
            if ruled:
                self.easel.box(x, self.y, width, height)
            start = self.y + (height - len(cell) * size * 1.4) / 2 + size * 0.2
            for n, line in enumerate(cell):
                self.easel.text((x + 4, start + n * size * 1.4), line, size)
            x += width

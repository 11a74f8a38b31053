# SPDX-License-Identifier: MIT
"""
A LaTeX file of the specification: its listings, and its prose without listings and comments, with line
numbers kept.
"""

import re
from collections import namedtuple

Listing = namedtuple("Listing", "line text")
Item = namedtuple("Item", "line name number title")  # \item[NAME (number)], under that title
Row = namedtuple("Row", "line cells table")  # a row of a table; table: the line of its \begin
Heading = namedtuple("Heading", "line level title")  # level: 0 of a chapter
Register = namedtuple("Register", "line name offset direction legacy")

_LISTING = re.compile(r"\\begin\{lstlisting\}[^\n]*\n(.*?)\\end\{lstlisting\}", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_INPUT = re.compile(r"\\input\{([^}]+)\}")
_LEVELS = ("chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
_HEADING = re.compile(rf"\\({'|'.join(_LEVELS)})\*?\{{([^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*)\}}")
_NORMATIVE = re.compile(r"\\(driver|device)normative\{\\(\w+)\}\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\label\{[^{}]*\}|\\\w+\{([^{}]*)\}")
_ITEM = re.compile(r"\\item\s*\[?\s*(\w+)\s*\((0x[0-9a-fA-F]+|\d+)\)")
_TABLE = re.compile(r"\\begin\{(longtable|tabularx?)\}(.*?)\\end\{\1\}", re.DOTALL)
_HYPERREF = re.compile(r"\\hyperref\[[^\]]*\]\{([^}]*)\}")
_REGISTER = re.compile(r"\\mmio(d?)reg((?:\{[^{}]*\}){4,6})")
_REQUIRES = re.compile(
    r"\\item\s*\[\s*(\w+_F_\w+)[^\]]*\]((?:(?!\\item|\\end\{).)*?)\bRequires\s+"
    r"((?:(?!\\item|\\end\{|\n\s*\n)[^.])*)",
    re.DOTALL,
)


class Tex:
    """One file."""

    def __init__(self, path, name):
        self.name = name
        text = path.read_text(encoding="utf-8", errors="replace")
        self.words = " ".join(text.split())
        self._text = text
        self.listings = [
            Listing(_line(text, match.start(1)), match.group(1)) for match in _LISTING.finditer(text)
        ]
        blank = _LISTING.sub(lambda match: "\n" * match.group(0).count("\n"), text)
        self.prose = _COMMENT.sub("", blank)
        self.inputs = _INPUT.findall(self.prose)
        self._headings = [
            (match.start(), " ".join(match.group(2).split())) for match in _HEADING.finditer(self.prose)
        ]

    def line(self, pattern):
        """The line of the first match, or None."""
        match = pattern.search(self._text)
        return match and _line(self._text, match.start())

    def title(self, position):
        """The last heading before a position."""
        return next((title for start, title in reversed(self._headings) if start < position), "")

    def outline(self):
        """Headings and the names of included files, in their order."""
        matches = [match for one in (_HEADING, _NORMATIVE, _INPUT) for match in one.finditer(self.prose)]
        for match in sorted(matches, key=lambda one: one.start()):
            line = _line(self.prose, match.start())
            if match.re is _INPUT:
                yield match.group(1)
            elif match.re is _HEADING:
                title = " ".join(_COMMAND.sub(r"\1", match.group(2)).split())
                yield Heading(line, _LEVELS.index(match.group(1)), title)
            else:
                side, level, title = match.group(1, 2, 3)
                yield Heading(
                    line, _LEVELS.index(level), f"{side.title()} Requirements: {' '.join(title.split())}"
                )

    def normative(self):
        """(line, section) of the lists of normative clauses, by the section that their labels name."""
        for match in _NORMATIVE.finditer(self.prose):
            yield _line(self.prose, match.start()), " ".join(match.group(4).split())

    def items(self):
        """Names with a number in lists."""
        for match in _ITEM.finditer(self.prose):
            yield Item(
                _line(self.prose, match.start()),
                match.group(1),
                int(match.group(2), 0),
                self.title(match.start()),
            )

    def rows(self):
        """Rows of all tables, cells without their links."""
        for match in _TABLE.finditer(self.prose):
            table, at = _line(self.prose, match.start()), match.start(2)
            for row in match.group(2).split("\\\\"):
                cells = [_HYPERREF.sub(r"\1", cell).replace("\\hline", "").strip() for cell in row.split("&")]
                begins = at + len(row) - len(re.sub(r"^(?:\s|\\hline)+", "", row))
                if len(cells) > 1:
                    yield Row(_line(self.prose, begins), cells, table)
                at += len(row) + 2

    def registers(self):
        """Rows of the two tables of MMIO registers; a pair is two rows."""
        for match in _REGISTER.finditer(self.prose):
            line, legacy = _line(self.prose, match.start()), "egacy" in self.title(match.start())
            cell = re.findall(r"\{([^{}]*)\}", match.group(2))
            places = (
                [(cell[0], cell[3], cell[5]), (cell[1], cell[4], cell[5])]
                if match.group(1)
                else [(cell[0], cell[2], cell[3])]
            )
            for name, offset, direction in places:
                if offset.startswith("0x"):
                    yield Register(line, name, int(offset.rstrip("+"), 0), direction, legacy)

    def requires(self):
        """(line, feature, text of its requirement)."""
        for match in _REQUIRES.finditer(self.prose):
            yield _line(self.prose, match.start()), match.group(1), " ".join(match.group(3).split())


def _line(text, position):
    return text.count("\n", 0, position) + 1

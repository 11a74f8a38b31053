# SPDX-License-Identifier: MIT
"""Problems of the spec: collected during a run, and shown at its end in the style of a compiler."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vwr.meant import nearest
from vwr.spec.catalogue import CHECKS

CAP = 20  # problems shown for one file; a user with more fixes these first
MAX_LINE = 160  # of a longer source line only the part around the caret is shown
MAX_TEXT = 600  # a message may quote a name of any length
MAX_CHOICES = 15

# The text that a caret underlines: a quoted text, a word or number, else one character.
Note = tuple[str, int, int, str]  # file, line, col, text
_TOKEN = re.compile(r""""[^"]*"|'[^']*'|[\w.+-]+|.""")


class Problem(NamedTuple):
    """One error with its position; `notes` are other positions (file, line, col, text) that belong to it."""

    file: str
    line: int
    col: int
    object: str
    message: str
    hint: str
    notes: tuple[Note, ...]
    check_id: str

    def text(self) -> str:
        """The sentence after `error:`, in one line for any contents of the spec file."""
        where = f"{self.object}: " if self.object else ""
        hint = f" ({self.hint})" if self.hint else ""
        text = f"{where}{self.message}{hint}"
        return printable(text[:MAX_TEXT] + "…" if len(text) > MAX_TEXT else text) + f" [{self.check_id}]"


class Problems:
    """All problems of a run; a repeated problem is kept once."""

    def __init__(self, checks: dict[str, str] = CHECKS) -> None:
        self._checks = checks
        self._found: set[Problem] = set()
        self._sources: dict[str, list[str]] = {}

    def add_source(self, file: str, lines: list[str]) -> None:
        """Lines of a file, to show the source line of a problem."""
        self._sources[file] = lines

    def error(
        self,
        file: str,
        line: int,
        col: int,
        object_path_text: str,
        message: str,
        hint: str | None = None,
        notes: Iterable[Note] = (),
        check_id: str = "",
    ) -> None:
        """Adds a problem; line and col count from 1."""
        if check_id not in self._checks:
            raise KeyError(f"{check_id} is not in the catalogue")
        self._found.add(
            Problem(file, line, col, object_path_text, message, hint or "", tuple(notes), check_id)
        )

    @property
    def count(self) -> int:
        """Their number, including those above the cap."""
        return len(self._found)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Problem]:
        """In the order of file, line, column."""
        return iter(sorted(self._found))

    def in_file(self, file: str) -> bool:
        """True if `file` has a problem."""
        return any(problem.file == file for problem in self._found)

    def findings(self) -> list[tuple[Problem, int]]:
        """(the first place, the number of places) of each: the same sentence about the same object stands once."""
        first: dict[Problem, Problem] = {}
        places: Counter[Problem] = Counter()
        for problem in self:
            finding = problem._replace(line=0, col=0, notes=())
            first.setdefault(finding, problem)
            places[finding] += 1
        return [(problem, places[finding]) for finding, problem in first.items()]

    def render(self, format: str = "text") -> str:
        """The problems as text, json or github annotations."""
        return {"text": self._text, "json": self._json, "github": self._github}[format]()

    def _text(self) -> str:
        parts = []
        for file, shown, more in self._capped():
            for problem, places in shown:
                parts.append(f"{file}:{problem.line}:{problem.col}: error: {problem.text()}{_others(places)}")
                parts += self._excerpt(file, problem.line, problem.col)
                for note_file, line, col, text in problem.notes:
                    parts.append(f"{note_file}:{line}:{col}: note: {printable(text)}")
                    parts += self._excerpt(note_file, line, col)
            if more:
                parts.append(f"{file}: … {more} more")
        if parts:
            count = len(self.findings())
            parts.append("1 error." if count == 1 else f"{count} errors.")
        return "".join(part + "\n" for part in parts)

    def _json(self) -> str:
        rows = [
            {
                "file": p.file,
                "line": p.line,
                "column": p.col,
                "severity": "error",
                "check": p.check_id,
                "object": p.object,
                "message": p.message,
                "hint": p.hint or None,
                "notes": [dict(zip(("file", "line", "column", "message"), note)) for note in p.notes],
                "places": places,
            }
            for p, places in self.findings()
        ]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"

    def _github(self) -> str:
        lines = []
        for file, shown, more in self._capped():
            for p, places in shown:
                place = f"file={github_escape(file, True)},line={p.line},col={p.col},title={p.check_id}"
                lines.append(f"::error {place}::{github_escape(p.text() + _others(places))}\n")
            if more:
                lines.append(f"::error file={github_escape(file, True)}::… {more} more\n")
        return "".join(lines)

    def _capped(self) -> list[tuple[str, list[tuple[Problem, int]], int]]:
        """(file, the findings to show, number of the others) for each file."""
        by_file: dict[str, list[tuple[Problem, int]]] = {}
        for problem, places in self.findings():
            by_file.setdefault(problem.file, []).append((problem, places))
        return [(file, found[:CAP], len(found) - len(found[:CAP])) for file, found in by_file.items()]

    def _excerpt(self, file: str, line: int, col: int) -> list[str]:
        """The source line with its number, and a caret line below; nothing if the file has no such line."""
        lines = self._sources.get(file, [])
        if not 1 <= line <= len(lines) or not lines[line - 1].strip():
            return []
        source, at = _window(lines[line - 1].rstrip(), col - 1)
        token = _TOKEN.match(source, at)
        width = len(token.group()) if token else 1
        # Tabs stay tabs, so that the caret is below its token for any tab width of the terminal.
        indent = "".join("\t" if char == "\t" else " " for char in source[:at])
        return [f"{line:5} | {printable(source)}", f"      | {indent}^{'~' * (width - 1)}"]


class Refused(Exception):
    """The spec has problems. They are reported, and nothing else is done."""

    def __init__(self, problems: Problems) -> None:
        super().__init__()
        self.problems = problems


def printable(text: str) -> str:
    """
    `text` without characters that move a terminal's cursor or break a line: each is replaced by one
    character.
    """
    return "".join(char if char.isprintable() or char == "\t" else "\ufffd" for char in text)


def _others(places: int) -> str:
    """What follows a finding that has more places than the shown one."""
    if places == 1:
        return ""
    return " … and at 1 other place" if places == 2 else f" … and at {places - 1} other places"


def _window(source: str, at: int) -> tuple[str, int]:
    """A long line cut to the part around `at`, and the position of `at` in it."""
    if len(source) <= MAX_LINE:
        return source, at
    start = max(0, at - MAX_LINE // 2)
    lead = "…" if start else ""
    tail = "…" if start + MAX_LINE < len(source) else ""
    return lead + source[start : start + MAX_LINE] + tail, at - start + len(lead)


def github_escape(text: str, in_property: bool = False) -> str:
    """Text in an annotation of GitHub's CI."""
    for char, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        text = text.replace(char, code)
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def did_you_mean(word: object, choices: Iterable[object], what: str | None, most: int = MAX_CHOICES) -> str:
    """
    Hint for a word that is not among `choices`: the nearest, and all if they are few. Without a near one, up to
    `most` of them. `what` is their kind.
    """
    names = [str(choice) for choice in choices]
    word = str(word).lower() if any(char.isalpha() for char in str(word)) else ""
    near = nearest(word, names)
    best = f"did you mean '{near}'?" if near else ""
    if what is None or best and len(names) > MAX_CHOICES:
        return best
    if not names:
        return f"{what}: none"
    listed = ", ".join(names[:most]) + (", …" if len(names) > most else "")
    return f"{best} {what}: {listed}".lstrip()

# SPDX-License-Identifier: MIT
"""Cases with one mistake each, some of a subject in a file of bad/: a case has the place and the id of its message, one
list beside them has the wording.

    -- c001-field-name-twice.yaml --   begins a case; its name begins with the check
    # expect: LINE:COL VWR-C001        in its first three lines; a line of the case, or PATH:LINE:COL of another file

VWR_UPDATE_GOLDEN=1 writes the list anew, and never a case: read the difference before you commit it.
"""

import difflib
import os
import re
from typing import NamedTuple

from vwr import txtar
from vwr.spec.problems import printable

UPDATE = os.environ.get("VWR_UPDATE_GOLDEN") == "1"
LICENCE = "# SPDX-License-Identifier: MIT\n"


class Case(NamedTuple):
    """A file with one mistake."""

    name: str
    raw: bytes

    @property
    def stem(self):
        """Its name without the suffix."""
        return self.name.removesuffix(".yaml")


def cases(folder):
    """The cases in all files of a folder, sorted by name."""
    return [Case(*one) for one in txtar.read_all(folder).items()]


def header(raw, key):
    """The text behind `# key: ` in the first three lines of a case, or None."""
    lines = "\n".join(raw.decode("utf-8", "replace").split("\n")[:3])
    match = re.search(rf"^# {key}: (.*)$", lines, re.MULTILINE)
    return match and match.group(1)


def place(problem, path):
    """A problem in the file `path`, in the form of `# expect:`."""
    other = "" if problem.file == path else f"{problem.file}:"
    return f"{other}{problem.line}:{problem.col} {problem.check_id}"


def printed(problem):
    """The lines of a problem and its notes, as printed for the user, without the source."""
    yield f"{problem.file}:{problem.line}:{problem.col}: error: {problem.text()}"
    for file, line, col, text in problem.notes:
        yield f"{file}:{line}:{col}: note: {printable(text)}"


def listed(found):
    """The list of messages for {file name: problems}."""
    parts = [LICENCE]
    for name, problems in sorted(found.items()):
        parts.append(f"{name}\n")
        parts += [f"    {line}\n" for problem in problems for line in printed(problem)]
    return "".join(parts)


def compare(path, text):
    """Fails if the file `path` differs from `text`, or writes it if requested."""
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    lines = (one.splitlines(keepends=True) for one in (kept, text))
    assert kept == text, "".join(difflib.unified_diff(*lines, path.name, "as found", n=1))

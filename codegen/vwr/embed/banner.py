# SPDX-License-Identifier: MIT
"""The header of a copy: version, commit, description, and the complete profile."""

import functools
import re
import subprocess
import textwrap
from typing import Any

from vwr import ROOT, description
from vwr.embed import choice as profiles
from vwr.embed.choice import Choice
from vwr.version import version

WIDTH = 110


def _git(*arguments: str) -> Any:
    try:
        return subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return None


@functools.cache
def commit() -> str:
    """The commit of this checkout, marked if sources have changed since; '' without a commit."""
    top = _git("rev-parse", "--show-toplevel", "HEAD")
    lines = top.stdout.splitlines() if top is not None and top.returncode == 0 else []
    if len(lines) != 2 or lines[0] != str(ROOT):
        return ""
    changed = _git("status", "--porcelain", "--", "runtime", "generated", "codegen", "CMakeLists.txt").stdout
    return lines[1][:12] + ("+changes" if changed.strip() else "")


def licence() -> str:
    """The project's licence, which is written next to a copy."""
    return (ROOT / "LICENSE").read_text(encoding="utf-8")


def copyright_line() -> str:
    """The copyright line of the licence."""
    return next(line for line in licence().splitlines() if line.startswith("Copyright"))


def title() -> str:
    """The title of a copy, in one line."""
    found = commit()
    return f"Virtwright {version()}{f', commit {found}' if found else ''}, {description.package().DOCUMENT}"


def as_of(origin: str, text: str) -> str:
    """A text with the title of an earlier run, and with the numbers of its version."""
    text = text.replace(title(), origin, 1)
    match = re.match(r"Virtwright (\d+)\.(\d+)\.(\d+)", origin)
    for part, number in zip(("MAJOR", "MINOR", "PATCH"), match.groups() if match else ()):
        text = re.sub(rf"^(#define VWR_VERSION_{part} )\d+$", rf"\g<1>{number}", text, flags=re.MULTILINE)
    return text


def left_out(choice: Choice) -> str:
    """For the header: the calls that this copy lacks, and the part that adds each of them."""
    absent = dict(choice.left_out)
    if choice.addable_calls:
        absent["by their own names"] = choice.addable_calls
    rows = [
        line
        for part, calls in absent.items()
        for line in textwrap.wrap(
            f"{part}: {', '.join(calls)}", WIDTH, initial_indent=" *     ", subsequent_indent=" *         "
        )
    ]
    return (
        "/*\n * Not in this copy; the part (./vwr embed --with PART) that adds each:\n"
        + "\n".join(rows)
        + "\n */\n"
        if rows
        else ""
    )


def comment(choice: Choice, what: str) -> str:
    """The first lines of a file."""
    profile = "".join(f" *     {line}\n" for line in profiles.text(choice).splitlines() if line[0] != "#")
    return _first(what) + f" *\n{profile} */\n"


def _first(what: str) -> str:
    return (
        "/* SPDX-License-Identifier: MIT */\n/* clang-format off */\n"
        f"/*\n * {title()}. {what}\n * {copyright_line()}; see LICENSE.\n"
        " * Written by ./vwr embed: do not edit; change the profile (vwr-profile.yaml) and run it again.\n"
    )


def short(what: str) -> str:
    """The first lines of a file that is accompanied by one with the profile."""
    return _first(what) + " */\n"


def of_header(choice: Choice, what: str) -> str:
    """The first lines of a header, with the profile; its parts by name."""
    lines = [line for line in profiles.text(choice).splitlines() if line[0] != "#"]
    # the copy does not depend on the path to its callers
    keys = [
        re.sub(r"^callers: .*", "callers: named in vwr-profile.yaml", line)
        for line in lines[: lines.index("parts:")]
    ]
    have = ", ".join(choice.parts) or "none"
    parts = textwrap.wrap(f"parts: {have}", WIDTH, initial_indent=" *     ", subsequent_indent=" *         ")
    return _first(what) + " *\n" + "".join(f" *     {line}\n" for line in keys) + "\n".join(parts) + "\n */\n"

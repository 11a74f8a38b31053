# SPDX-License-Identifier: MIT
"""
The tools' manuals: pages of the site and man pages, both from docs/help.txtar.

A page of help consists of paragraphs that begin with `vwr VERB …: what it does`, rows of two columns below
them, and notes on exit codes.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from vwr.front.verbs import VERBS, grouped
from vwr.help_text import help_texts
from vwr.version import version

OPENING = re.compile(r"^(vwr [^:]*(?:\[[^\]]*\][^:]*)*): ?(.*)$")
ROW = re.compile(r"^  (\S.*?)(?:  +(\S.*))?$")
EXIT = re.compile(r"^Exit codes?:? ")


@dataclass
class Part:
    """A form of the command, with its description and its rows of options."""

    usage: str
    text: list[str] = field(default_factory=list)  # paragraphs, each in one line
    rows: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Manual:
    verb: str
    brief: str
    parts: list[Part]
    exits: str = ""


def read(verb: str, text: str) -> Manual:
    """A page of help in its parts."""
    manual = Manual(verb, brief(verb), [])
    into = ""
    for line in text.splitlines():
        opening = OPENING.match(line)
        if opening or not manual.parts:
            usage, rest = (opening[1], opening[2]) if opening else (f"vwr {verb}", line)
            manual.parts.append(Part(usage, [rest] if rest else []))
            into = "text"
        elif EXIT.match(line) or (into == "exits" and not line.startswith(" ")):
            manual.exits = f"{manual.exits} {line}".strip()
            into = "exits"
        else:
            into = _line(manual.parts[-1], line, into)
    return manual


def _line(part: Part, line: str, into: str) -> str:
    """A line after the first of a part. Returns what the next line may continue."""
    if re.match(r"^ {6,}\S", line) and part.rows:
        name, text = part.rows[-1]
        part.rows[-1] = (name, f"{text} {line.strip()}".strip())
        return "rows"
    if match := ROW.match(line):
        part.rows.append((match[1], match[2] or ""))
        return "rows"
    if not line.strip():
        return "blank"
    if into == "text" and part.text:
        part.text[-1] += " " + line
    else:
        part.text.append(line)
    return "text"


def brief(verb: str) -> str:
    return VERBS[verb].brief


def manuals() -> list[Manual]:
    """One manual for each verb, in the order of `./vwr help all`."""
    return [read(verb, help_texts()[verb]) for rows in grouped().values() for verb in rows if " " not in verb]


# Pages of the site.


def _literal(text: str) -> str:
    return f"``{text}``"


def escaped(text: str) -> str:
    """A sentence in reST: options, commands and paths between backquotes are code."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        _literal(part.strip("`")) if part.startswith("`") else re.sub(r"([\\*`|_])", r"\\\1", part)
        for part in parts
    )


def page(manual: Manual) -> str:
    title = f"vwr {manual.verb}"
    out = [title, "=" * len(title), "", escaped(manual.brief[0].upper() + manual.brief[1:]) + ".", ""]
    for part in manual.parts:
        out += [".. code-block:: text", "", f"   ./{part.usage}", ""]
        for text in part.text:
            out += [escaped(text[0].upper() + text[1:]), ""]
        for name, text in part.rows:
            out += [_literal(name), f"   {escaped(text) or ' '}".rstrip() or "   ", ""]
    if manual.exits:
        out += [escaped(manual.exits), ""]
    return "\n".join(out)


def index(made: list[Manual]) -> str:
    out = [
        "Tools: ./vwr",
        "============",
        "",
        "Each verb of ``./vwr``; ``./vwr help VERB`` shows the same.",
        "",
    ]
    out += [".. list-table::", "   :widths: 25 75", ""]
    for manual in made:
        out += [f"   * - :doc:`vwr {manual.verb} <vwr-{manual.verb}>`", f"     - {escaped(manual.brief)}"]
    out += ["", ".. toctree::", "   :hidden:", "", *(f"   vwr-{manual.verb}" for manual in made), ""]
    return "\n".join(out)


def written() -> list[tuple[str, str]]:
    """(name, text) of each page."""
    made = manuals()
    return [*((f"vwr-{manual.verb}.rst", page(manual)) for manual in made), ("index.rst", index(made))]


# Man pages.


def roff(text: str) -> str:
    """Text that groff prints literally."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...")
    text = re.sub(r"`([^`]+)`", r"\\fB\1\\fR", text)
    text = "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in text.split("\n"))
    return text.replace("’", "'")


def header(name: str, version: str, about: str) -> list[str]:
    return [
        '.\\" SPDX-License-Identifier: MIT',
        '.\\" Made from docs/help.txtar.',
        f'.TH {name.upper()} 1 "" "Virtwright {version}" "Virtwright"',
        ".SH NAME",
        f"{roff(name)} \\- {roff(about)}",
    ]


def man_page(manual: Manual, version: str) -> str:
    out = [*header(f"vwr-{manual.verb}", version, manual.brief), ".SH SYNOPSIS"]
    for number, part in enumerate(manual.parts):
        out += [*([".br"] if number else []), f"\\fBvwr\\fR {roff(part.usage.removeprefix('vwr '))}"]
    out.append(".SH DESCRIPTION")
    for number, part in enumerate(manual.parts):
        if len(manual.parts) > 1:
            out += [".TP", f"\\fB{roff(part.usage)}\\fR"]
        for at, text in enumerate(part.text):
            out += [
                *([".IP" if len(manual.parts) > 1 else ".PP"] if at else []),
                roff(text[0].upper() + text[1:]),
            ]
        out += [".RS"] if part.rows and len(manual.parts) > 1 else []
        for name, text in part.rows:
            out += [".TP", f"\\fB{roff(name)}\\fR", roff(text) or "\\&"]
        out += [".RE"] if part.rows and len(manual.parts) > 1 else []
    if manual.exits:
        out += [".SH EXIT STATUS", roff(manual.exits)]
    return "\n".join([*out, ".SH SEE ALSO", "\\fBvwr\\fR(1)"]) + "\n"


def first_man_page(made: list[Manual], version: str) -> str:
    about = "VirtIO drivers and devices: build, test, generate, explain"
    out = [
        *header("vwr", version, about),
        ".SH SYNOPSIS",
        "\\fBvwr\\fR [\\-y] \\fIVERB\\fR [\\fIARGUMENT\\fR...]",
    ]
    out += [
        ".SH DESCRIPTION",
        "\\fBvwr\\fR is in the root of Virtwright's tree, where it is called \\fB./vwr\\fR. Its verbs:",
    ]
    for manual in made:
        out += [".TP", f"\\fB{roff(manual.verb)}\\fR", roff(manual.brief)]
    out += [".SH SEE ALSO", ",\n".join(f"\\fBvwr\\-{roff(manual.verb)}\\fR(1)" for manual in made)]
    return "\n".join(out) + "\n"


def write_man(folder: Path) -> list[Path]:
    """Writes all man pages into a folder."""
    made, found = manuals(), []
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in [
        ("vwr", first_man_page(made, version())),
        *((f"vwr-{manual.verb}", man_page(manual, version())) for manual in made),
    ]:
        found.append(folder / f"{name}.1")
        found[-1].write_text(text, encoding="utf-8")
    return found

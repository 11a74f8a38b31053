# SPDX-License-Identifier: MIT
"""
A comment of a header in its parts. Linux's kernel-doc form:

    /**
     * name() - What it does
     * @parameter: Meaning, unit, owner.
     *
     * Paragraphs.
     *
     * Context: …
     * Return: …
     * Section: of the specification.
     */

and `DOC: title` for a manual. A plain comment is a body and nothing else; with the first line of kernel-doc it is read
as one.
"""

import re
from dataclasses import dataclass, field

OPENING = re.compile(r"^(?:(?:struct|union|enum|typedef|macro) )?(\w+)(?:\([^)]*\))? ?[-:] (.*)")
PARAMETER = re.compile(r"^@([\w.]+|\.\.\.): ?(.*)")
PART = re.compile(r"^(Context|Return|Returns|Section|Note|Example|Examples):(?: +(.*))?$")


@dataclass
class Doc:
    """The parts of a comment, each a list of lines without the margin."""

    what: dict[str, str] = field(default_factory=dict)  # name: one-line description
    title: str = ""  # of a DOC block
    parameters: dict[str, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)  # Context, Return, Section and others

    @property
    def empty(self) -> bool:
        return not (self.what or self.title or self.parameters or any(self.body) or self.parts)


def lines_of(comment: str) -> list[str]:
    """The lines of a comment without its stars."""
    text = re.sub(r"^/\*+ ?|\s*\*+/$", "", comment.strip()) if comment.startswith("/*") else comment[2:]
    first, *others = text.split("\n")
    kept = [first.rstrip(), *(re.sub(r"^\s*\*? ?", "", line, count=1).rstrip() for line in others)]
    while kept and not kept[0]:
        del kept[0]
    while kept and not kept[-1]:
        del kept[-1]
    return kept


def parse(comment: str) -> Doc:
    """A comment; "" is one without content."""
    doc, lines = Doc(), lines_of(comment) if comment else []
    if lines and lines[0].startswith("DOC:"):
        doc.title = lines.pop(0).removeprefix("DOC:").strip()
    formal = bool(comment.startswith("/**") or (lines and re.match(r"\w+\(\) - ", lines[0])))
    last = ""
    while formal and lines and (match := OPENING.match(lines[0])):
        last = match[1]
        doc.what[last] = match[2]
        del lines[0]
    while last and lines and lines[0] and not re.match(r"@|\w+:", lines[0]):
        doc.what[last] += " " + lines.pop(0).strip()
    into = doc.body
    for line in lines:
        if formal and (match := PARAMETER.match(line)):
            into = doc.parameters.setdefault(match[1], [])
            into.append(match[2])
        elif match := PART.match(line):
            name = "Return" if match[1] == "Returns" else match[1]
            into = doc.parts.setdefault(name, [])
            into.append(match[2] or "")
        elif not line and into is not doc.body and any(into is one for one in doc.parameters.values()):
            into = doc.body
        else:
            into.append(line)
    return doc


@dataclass
class Block:
    """Lines of one form: a paragraph, a list item, or literal text."""

    kind: str  # text, item, literal
    lines: list[str]


def blocks(lines: list[str]) -> list[Block]:
    """
    Text as blocks. A line directly below text or an item continues it, however far it is indented; indented text
    after an empty line is literal.
    """
    found: list[Block] = []
    fresh = True
    for line in lines:
        inner = line.lstrip()
        deep = len(line) - len(inner)
        last = found[-1] if found else None
        if not inner:
            if last and last.kind == "literal":
                last.lines.append("")
            fresh = True
        elif match := re.match(r"(?:[-*]|\d+[.)])\s+(.*)", inner):
            found.append(Block("item", [match[1]]))
            fresh = False
        elif last and last.kind == "literal" and deep >= 2:
            last.lines.append(line)
        elif last and not fresh and last.kind != "literal":
            last.lines.append(inner)
        elif deep >= 2:
            found.append(Block("literal", [line]))
            fresh = False
        else:
            found.append(Block("text", [inner]))
            fresh = False
    for block in found:
        while block.lines and not block.lines[-1]:
            del block.lines[-1]
    return found

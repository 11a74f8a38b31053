# SPDX-License-Identifier: MIT
"""reStructuredText from the text of comments: names of the library are links, other names are code."""

import re
import textwrap
from collections.abc import Iterable, Mapping

from vwr.docs.kerneldoc import blocks

# Code in a sentence: text between backquotes, kernel-doc markup, names with an underscore or a member.
WORD = re.compile(
    r"`(?P<quoted>[^`\n]+)`|@(?P<parameter>\w+)|%(?P<constant>\w+)|&?(?:struct|union|enum) (?P<tag>\w+)"
    r"|(?P<path>[\w.-]+(?:/[\w.-]*\w)+)|(?P<member>[A-Za-z]\w*(?:(?:\.|->)[A-Za-z_]\w*)+(?:\(\))?)"
    r"|(?P<name>&?[A-Za-z]\w*_\w*(?:(?<=_)\*)?)(?P<call>\(\))?"
)
ROLES = {
    "function": "func",
    "macro": "macro",
    "struct": "struct",
    "union": "union",
    "enum": "enum",
    "type": "type",
    "variable": "var",
    "enumerator": "enumerator",
}


def escape(text: str) -> str:
    return re.sub(r"([\\*`|_])", r"\\\1", text)


def literal(text: str) -> str:
    return f"``{text}``" if text.strip() == text and "`" not in text else escape(text)


class Prose:
    """Text as reST, given the kinds of all names that have a place on the site."""

    def __init__(self, kinds: Mapping[str, str], pages: Mapping[str, str] | None = None) -> None:
        self.kinds, self.pages = kinds, pages or {}

    def name(self, name: str, shown: str = "") -> str:
        """A name; a link if the site has the name."""
        shown = shown or name
        role = ROLES.get(self.kinds.get(name, ""))
        return f":c:{role}:`{shown} <{name}>`" if role else literal(shown)

    def word(self, match: re.Match[str]) -> str:
        if match["quoted"]:
            return self.name(match["quoted"]) if match["quoted"] in self.kinds else literal(match["quoted"])
        if match["parameter"]:
            return literal(match["parameter"])
        if match["constant"]:
            return self.name(match["constant"])
        if match["tag"]:
            return self.name(match["tag"], match[0].lstrip("&"))
        if match["path"]:
            page = self.pages.get(match["path"])
            return f":doc:`{match['path']} </{page}>`" if page else literal(match["path"])
        if match["member"]:
            plain = re.fullmatch(r"(?:[a-z]+\.)+[a-z]+", match["member"]) and not re.search(
                r"\.(?:h|c|py|md|yaml|txt)$", match["member"]
            )
            page = self.pages.get(match["member"])
            if page:
                return f":doc:`{match['member']} </{page}>`"
            return escape(match["member"]) if plain and match["member"].count(".") > 2 else literal(match[0])
        name = match["name"]
        if name.rstrip("_*") != name:
            return literal(name)
        return self.name(name, name + ("()" if match["call"] else ""))

    def inline(self, text: str) -> str:
        """One paragraph, in one line."""
        text = re.sub(r"::$", ":", re.sub(r"\s+", " ", text).strip())  # the text below it shows that
        out, at = "", 0
        for match in WORD.finditer(text):
            out += escape(text[at : match.start()])
            before = "" if not out or out[-1] in " \"'([{<-/:" else "\\ "
            at = match.end()
            after = "" if at == len(text) or text[at] in " \"')]}>-/:.,;!?" else "\\ "
            out += before + self.word(match) + after
        return out + escape(text[at:])

    def text(self, lines: list[str]) -> list[str]:
        """Paragraphs, lists and literal text."""
        out: list[str] = []
        for block in blocks(lines):
            if out and not (block.kind == "item" and out[-1].startswith("- ")):
                out.append("")
            if block.kind == "literal":
                code = textwrap.dedent("\n".join(block.lines)).split("\n")
                out += code_block(code, "c" if looks_like_c(code) else "text")
            else:
                out.append(("- " if block.kind == "item" else "") + self.inline(" ".join(block.lines)))
        return out


def looks_like_c(lines: Iterable[str]) -> bool:
    return any(re.search(r"[;{}]\s*(/\*.*)?$|^#", line) for line in lines)


def code_block(lines: list[str], language: str) -> list[str]:
    return [f".. code-block:: {language}", "   :force:", "", *indented(lines)]


def indented(lines: Iterable[str], by: int = 3) -> list[str]:
    return [" " * by + line if line else "" for line in lines]


def heading(text: str, mark: str) -> list[str]:
    return [escape(text), mark * max(3, len(escape(text))), ""]


def directive(name: str, signatures: list[str], content: list[str], index: bool = True) -> list[str]:
    """
    A directive with one signature or several; without `index` a term and its definition, which links do not
    target.
    """
    if not index:
        kind = name.partition(":")[2]
        shown = literal(f"{kind} {signatures[0]}" if kind in ("struct", "union", "enum") else signatures[0])
        return [shown, *indented(content if any(content) else ["\\ "]), ""]
    head = f".. {name}:: "
    lines = [head + signatures[0], *(" " * len(head) + one for one in signatures[1:]), ""]
    return [*lines, *indented(content), ""]

# SPDX-License-Identifier: MIT
"""
Comments of a copy. Removes sentences that are only about items missing from the copy: functions of omitted
parts, files of the library, removed members.
"""

import re
from collections.abc import Callable, Collection, Iterator, Set

WIDTH = 100  # of comments, as in the library
_FILE = re.compile(
    r"\b(?:generated|docs|tests|spec|examples)/(?:[\w/.]*\w)?|\bvwr/[\w/]+\.h|(?<![\w/<])\w+\.[ch]\b"
    r"|\bCMakeLists\.txt|\.\./\w+|`?(?<!\.)\./vwr \w+`?"
)
# A member, after the structures that have it or as kernel-doc writes it; not a row of the description.
_PATH = re.compile(
    r"(?<![\w@.>/-])(@?)(?!(?:structs|enums|flags|messages|e|i)\.)([A-Za-z]\w*(?:(?:\.|->)[a-z]\w*)*)(?![\w/-])"
)
_NAME = re.compile(r"\b(?:vwr|VWR)_\w*\w\b(?:_?\*)?|\bvwr_\w+")
_SENTENCE = re.compile(r"(?<=\.)\s+(?=[A-Z@`\[]|vwr|VWR|\./|docs/|generated/|tests/|spec/)")
# It says something on the sentence before.
_FOLLOWS = re.compile(
    r"(?:It|They|This|These|Its|Their|The compiler then|All functions require|The caller holds)\b"
)
_WORDS = re.compile(r"\b(?:vwr|VWR)_\w*\w\b(?!\*)")
# What may begin the part of a sentence that says more, up to its end or the next one.
_MORE = re.compile(
    r"(?:;|:? (?:see|(?:for )?the same(?: reasons)? as)\b"
    r"|, (?:in|to|except|as|such as|which|and|because|unless|but|until|so|where|with|for|after|when|if|or)\b| \()"
)
_COMMENT = re.compile(r"^([^\n]*?)/\*(.*?)\*/(\n?)", re.MULTILINE | re.DOTALL)
_LISTED = r"(?:vwr_\w+\(\)|VWR_\w+(?![\w*(]))"  # what a list consists of
_SAME = re.compile(r"([Tt]he same) as (vwr_\w+\(\)(?:(?:,| and|, and) vwr_\w+\(\))*)(?=[.,;]|$)")
_VARIANT = re.compile(r"(?:^|(?<= - ))(vwr_\w+)\(\)(?= (?:with|for)\b)")  # of another function
_OF_HEADERS = re.compile(r"\b(?:includes this header|must include)\b")
_ENTRY = re.compile(r"@\w[\w.]*:|Context:|Return:|Section:|[*-] |\d+\. ")


def without_file(comment: str) -> str:
    """A comment without the file name at its start; '' if it contains nothing else."""
    comment = re.sub(r"/\* vwr_\w+\.c \*/\n", "", comment)
    return re.sub(r"(/\*(?:\n \*)? )vwr_\w+\.c: (\w)", lambda m: m[1] + m[2].upper(), comment)


def as_sentence(comment: str) -> str:
    """A comment after a declaration, converted to one before a definition."""
    inside = " ".join(comment.removeprefix("/*").removesuffix("*/").split())
    return f"/* {inside[:1].upper()}{inside[1:]}{'' if inside.endswith('.') else '.'} */"


_QUIRK = re.compile(r" \(quirk [\w.-]+\)")  # a reference; no copy has the list


def without_quirks(text: str) -> str:
    """A text whose comments do not list the peers that differ: generated/docs has them."""

    def cut(m: re.Match[str]) -> str:
        kept = re.sub(r"[\s*]*\bQuirk\s.*", "", m[2], flags=re.DOTALL)
        if kept == m[2]:
            return m[0]
        return f"{m[1]}{kept}{m[3] if m[2].startswith(chr(10)) else ' '}*/" if kept else ""

    return re.sub(r"([ \t]*/\*)((?:(?!\*/).)*?)(\s*)\*/", cut, text, flags=re.DOTALL)


_RETURN = re.compile(r"\AReturn: ((?:[A-Z](?=[a-z ]))?)(\w*)")


def _returns(m: re.Match[str]) -> str:
    """The start of a sentence on the result: of a noun, with its article."""
    has_article = not m[1] or m[1] + m[2] in ("The", "A", "An", "Whether", "True", "False", "What", "One")
    return f"Returns {'' if has_article else 'the '}{m[1].lower()}{m[2]}"


_FOR_CALLERS = ("Context:", "Section:")


def of_private(comment: str) -> str:
    """
    The documentation of a function that is not called from outside, in the form of other comments in a
    source: what it does and returns, without its name and parameters, which the definition below has.
    """
    m = re.fullmatch(r"/\*\*\n(.*?)\n? \*/\n", comment, re.DOTALL)
    if m is None:
        return re.sub(r"\A/\*\* ", "/* ", comment)
    lines = [line[2:].removeprefix(" ").rstrip() for line in m[1].split("\n")]
    kept: list[list[str]] = []  # paragraphs
    said = ""
    for number, part in enumerate(_parts(lines)):
        text = " ".join(line.strip() for line in part.lines)
        if number == 0:
            text = re.sub(r"\A\w+\(\) - |\s\(for [^()]*\)$", "", text)
            said = text if text.endswith(".") else f"{text}."
        elif part.entry in _FOR_CALLERS or part.entry.startswith("@"):
            continue
        elif not part.is_blank and (part.is_code or part.entry and part.entry != "Return:"):
            kept += [_filled(said, "", "", WIDTH - 3)] if said else []
            said = ""
            kept.append(part.lines)
        elif not part.is_blank:
            said += " " * bool(said) + _RETURN.sub(_returns, text)
    kept += [_filled(said, "", "", WIDTH - 3)] if said else []
    out = [line for part in kept for line in part]
    if len(out) == 1 and len(out[0]) <= WIDTH - 6:
        return f"/* {out[0]} */\n"
    return "/*\n" + "".join(f" * {line}".rstrip() + "\n" for line in out) + " */\n"


# Beginnings of sentences and clauses about what a macro includes.
_OF_PARTS = {
    "VWR_WITH_PACKED": re.compile(r"(?:^|; | \()(?:[Ii]n a packed ring\b|packed:)"),
    "VWR_WITH_IN_ORDER": re.compile(r"(?:^|; )[Ww]ith IN_ORDER\b"),
    "VWR_WITH_RECOVERY": re.compile(r"(?:^|; )(?:A |a )?[Rr]ecovery\b"),
}


class Part:
    """A paragraph or an entry of a comment: its lines without the stars."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    @property
    def is_code(self) -> bool:
        """Lines that are kept unchanged: an example, a table."""
        return all(not line or line.startswith("    ") for line in self.lines)

    @property
    def is_blank(self) -> bool:
        """Only empty lines."""
        return not any(self.lines)

    @property
    def entry(self) -> str:
        """The word that begins it: @name:, Return:, *; or ''."""
        m = _ENTRY.match(self.lines[0])
        return m[0].strip() if m else ""


def _parts(lines: list[str]) -> Iterator[Part]:
    found: list[str] = []
    for line in lines:
        begins = bool(_ENTRY.match(line)) or (bool(found) and not line) != (bool(found) and not found[-1])
        code = line.startswith("    ") and (not found or not found[-1] or found[-1].startswith("    "))
        if (
            found
            and (begins or code != found[-1].startswith("    "))
            and not (code and found[-1].startswith("    "))
        ):
            yield Part(found)
            found = []
        found.append(line)
    if found:
        yield Part(found)


def _filled(text: str, first: str, others: str, width: int) -> list[str]:
    """A text in lines."""
    out, line = [], first
    for word in text.split():
        if len(line) + 1 + len(word) > width and line.strip():
            out.append(line.rstrip())
            line = others
        line += word if line in (first, others) else " " + word
    return [*out, line.rstrip()]


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


_CONDITION = re.compile(r"(?:[*-] |@\w+: )?(?:If|When|Where|While|After|Until|For|With|Without|In)\b")
_CLAUSE = re.compile(r"[;: ]|, (?:and|or|but|because|until|unless|so)\b")  # another may follow it


def _may_end(sentence: str, at: int) -> bool:
    """Whether what is before this place is a sentence."""
    if sentence[at] in ",:" and _CONDITION.match(sentence):
        return False
    return bool(_CLAUSE.match(sentence, at)) or ", " not in re.sub(r"\([^()]*\)", "", sentence[at + 1 :])


def _joined(found: list[str], word: str) -> str:
    return ", ".join(found[:-1]) + f" {word} " * (len(found) > 1) + found[-1]


def _members(text: str) -> Iterator[str]:
    for m in _PATH.finditer(text):
        yield from re.split(r"\.|->", m[2])[0 if m[1] else 1 :]


class Cleaner:
    """Removes what a comment says about absent items."""

    def __init__(
        self,
        is_there: Callable[[str], bool],
        words: Set[str],
        absent_parts: Collection[str],
        documentation: Callable[[str], str],
    ) -> None:
        self.is_there = is_there  # whether the copy has a name, or a section of that name
        self.words = words  # every name in the code of the copy
        self.absent_parts = [word for part, word in _OF_PARTS.items() if part in absent_parts]
        self.documentation = documentation  # of a function of the library
        self.said = frozenset[str]()  # results that a comment lists
        self.subject = frozenset[str]()  # the names in the code that a comment is for

    def _goes(self, sentence: str) -> bool:
        """Whether a sentence is only about absent things."""
        if re.search(r"(?<!:):$", sentence):  # what follows belongs to it
            return False
        if re.match(r"(?:/\*\s*)?(?:Interface between|Shared by) (?:the files|vwr_)", sentence):
            return True
        files = _FILE.findall(sentence)
        functions = re.findall(r"\b(vwr_\w+)\(", sentence)
        names = functions or _NAME.findall(_FILE.sub(" ", sentence))  # the results of these are in every copy
        there = [one for one in files + names if self.is_there(one)]
        return bool(files or names) and not there

    def _lacks(self, name: str) -> bool:
        return name not in self.subject and not self.is_there(name)

    def _absent(self, text: str) -> list[str]:
        """The names and files of the library in a text that the copy does not have."""
        files = [one for one in _FILE.findall(text) if not self.is_there(one)]
        names = _WORDS.findall(_FILE.sub(" ", text))
        starts = re.findall(r"\bVWR_\w*_\*", text)
        return [
            *files,
            *_QUIRK.findall(text),
            *(one for one in starts if not self.is_there(one)),
            *(one for one in names if self._lacks(one)),
            *(word for part in self.absent_parts for word in part.findall(text)),
            *(one for one in _members(_FILE.sub(" ", text)) if one not in self.words),
        ]

    def _cut(self, sentence: str) -> str:
        """A sentence without the last parts of it that name absent items; '' if its first part does."""
        sentence = re.sub(
            r"[;,:]? ?(?:1 << each of )?\benum (vwr_\w+)(?=[.;:,]|$)",
            lambda m: m[0] if self.is_there(m[1]) else "",
            sentence,
        )
        sentence = re.sub(
            r", such as [^,.;]*(?=, )", lambda m: "" if self._absent(m[0]) else m[0], sentence
        ).replace("  ", " ")
        if re.fullmatch(r"@[\w.]+\.?", sentence):
            return ""
        while self._absent(sentence):
            end = re.search(r"(?:[.:]*|\.? \*/)$", sentence)
            assert end is not None
            parts = [m.start() for m in _MORE.finditer(sentence) if _may_end(sentence, m.start())]
            at = next((at for at in reversed(parts) if self._absent(sentence[at:])), None)
            if at is None:
                return ""
            follows = sentence.find(";", at + 1)
            rest = sentence[follows:] if follows > 0 and not self._absent(sentence[follows:]) else end[0]
            sentence = sentence[:at] + (rest if rest != "::" else ".")
        return sentence

    def _without_lists(self, text: str) -> str:
        """A text without absent functions in lists, and without brackets that are only about absent items."""

        def listed(m: re.Match[str]) -> str:
            found = re.findall(_LISTED, m[0])
            there = [one for one in found if not self._lacks(one.removesuffix("()"))]
            if len(there) == len(found) or not there:
                return m[0]
            last = re.search(rf" (and|or) {_LISTED}$", m[0])
            if last and len(there) > 1:
                return ", ".join(there[:-1]) + f" {last[1]} {there[-1]}"
            return ", ".join(there)

        def without_brackets(m: re.Match[str]) -> str:
            return "" if self._goes(m[0]) or any(one.match(m[0]) for one in self.absent_parts) else m[0]

        text = re.sub(  # the headers of the library are sections of vwr.h
            r"\bvwr/([\w/]+)\.h\b", lambda m: f"section {m[1]}" if self.is_there(m[0]) else m[0], text
        )
        text = re.sub(r" \((?:[^()]|\(\))*\)", without_brackets, text)
        text = _SAME.sub(self._in_full, _QUIRK.sub("", text))
        text = _VARIANT.sub(self._title, text)
        text = re.sub(rf"{_LISTED}(?:, {_LISTED})+(?:,? (?:and|or) {_LISTED})?", listed, text)
        return re.sub(rf"{_LISTED} or {_LISTED}", listed, text)

    def _title(self, m: re.Match[str]) -> str:
        """What an absent function does, in place of its name."""
        found = (
            re.search(rf"\b{m[1]}\(\) - ([^\n(]*\w)", self.documentation(m[1])) if self._lacks(m[1]) else None
        )
        return f"{found[1]}," if found else m[0]

    def _results(self, name: str, seen: set[str]) -> list[str]:
        """The errors that a function may return, as its documentation lists them."""
        if name in seen:
            return []
        seen.add(name)
        text = re.sub(r"[\s*]+", " ", self.documentation(name).partition("Return:")[2])
        others = [other for m in _SAME.finditer(text) for other in re.findall(r"\w+(?=\(\))", m[0])]
        found = [
            *re.findall(r"\bVWR_E[A-Z]+\b", text),
            *(one for x in others for one in self._results(x, seen)),
        ]
        return [one for one in dict.fromkeys(found) if one not in self.said and self.is_there(one)]

    def _in_full(self, m: re.Match[str]) -> str:
        """The results of absent functions, in place of a reference to these."""
        names, seen = re.findall(r"\w+(?=\(\))", m[2]), set[str]()
        there = [f"{one}()" for one in names if not self._lacks(one)]
        if len(there) == len(names):
            return m[0]
        found = list(
            dict.fromkeys(one for name in names if self._lacks(name) for one in self._results(name, seen))
        )
        if there:
            found.insert(0, f"the same as {_joined(there, 'and')}")
        if not found:
            return m[0]
        said = _joined(found, "or")
        return said[:1].upper() + said[1:] if m[1][0] == "T" else said

    def _kept(self, text: str, protects_first: bool) -> tuple[str, bool]:
        """(the sentences that remain, whether any were removed)."""
        before, text = text, self._without_lists(text)
        if text != before:
            return self._kept(text, protects_first)[0], True
        sentences = _SENTENCE.split(text)
        kept, follows = [], False
        for number, sentence in enumerate(sentences):
            protects = number == 0 and protects_first
            goes = not protects and (self._goes(sentence) or bool(_OF_HEADERS.search(sentence)))
            if not goes and self._absent(sentence):
                cut = self._cut(sentence)
                entry = re.match(r"@[\w.]+:", sentence) if protects and not cut else None
                sentence = entry[0] if entry else cut or sentence
                goes = not cut and not protects
            follows = goes or follows and bool(_FOLLOWS.match(sentence))
            kept += [] if follows else [sentence]
        if len(kept) == 1 and re.fullmatch(r"@[\w.]+:", kept[0]):
            kept = []
        return " ".join(kept), kept != sentences

    def inside(self, text: str) -> str:
        """A definition with its own comments, at members and statements, cleaned."""
        return _COMMENT.sub(self._inner, text)

    def _inner(self, m: re.Match[str]) -> str:
        words = " ".join(re.sub(r"^[ \t]*\*(?!/)", "", m[2], flags=re.MULTILINE).split())
        if not self._absent(words):
            return m[0]
        kept, changed = self._kept(words, False)
        if not changed:
            return m[0]
        if not kept.strip(" .;:*"):
            return m[1].rstrip() + m[3] if m[1].strip() else ""
        is_alone = not m[1].strip() and "\n" in m[2].strip()
        if not is_alone and len(m[1]) + len(kept) + 6 <= 120 or len(m[1]) + len(kept) + 6 <= WIDTH:
            return f"{m[1]}/* {kept} */{m[3]}"
        indent = m[1] if not m[1].strip() else _indent(m[1])
        lines = _filled(kept, f"{indent} * ", f"{indent} * ", WIDTH)
        before = "" if not m[1].strip() else m[1].rstrip() + "\n"
        return before + f"{indent}/*\n" + "\n".join(lines) + f"\n{indent} */{m[3]}"

    def comment(self, comment: str, subject: str) -> str:
        """A comment; `subject` is the text that it documents, '' if it stands alone. '' if nothing of it is left."""
        self.said = frozenset(re.findall(r"\bVWR_E[A-Z]+\b", comment))
        if "\n" not in comment.strip():
            inside = re.fullmatch(r"(\s*/\*+ )(.*?)( \*/\s*)", comment)
            if inside is None or inside[2].startswith(("DOC:", "---")):
                return comment
            kept, changed = self._kept(inside[2], bool(subject))
            return comment if not changed else inside[1] + kept + inside[3] if kept else ""
        begun = re.sub(r"^/\*(\*?) (?=\S)", r"/*\1\n * ", comment)  # text in the first line
        if begun != comment:
            begun = re.sub(r"(?<=\S) \*/\n\Z", "\n */\n", begun)
            made = self.comment(begun, subject)
            return comment if made == begun else made
        m = re.fullmatch(r"/\*(\*?)\n(.*?)\n? \*/\n", comment, re.DOTALL)
        if m is None or not all(line.startswith(" *") for line in m[2].split("\n")):
            return comment
        lines = [line[2:].removeprefix(" ").rstrip() for line in m[2].split("\n")]
        out = self._cleaned(lines, subject, bool(m[1]))
        if not out:
            return ""
        body = "".join(f" * {line}".rstrip() + "\n" for line in out)
        return f"/*{m[1]}\n{body} */\n"

    def _cleaned(self, lines: list[str], subject: str, is_kernel_doc: bool) -> list[str]:
        out: list[str] = []
        words = self.subject = frozenset(re.findall(r"\w+", subject))
        example = True  # whether the code that follows stays
        orphaned = False  # whether the sentence that announces a list has gone
        for number, part in enumerate(_parts(lines)):
            first = part.lines[0]
            if part.is_blank:
                if out and out[-1]:
                    out.append("")
                continue
            if part.is_code:
                if example and self._absent("\n".join(part.lines)):
                    example = False
                    while out and not out[-1]:
                        out.pop()
                    if out:
                        out[-1] = re.sub(r"::$", ".", out[-1])
                out += part.lines if example else []
                continue
            if orphaned and part.entry in ("-", "*"):
                continue
            named = re.match(r"@(\w+)", first)
            if named and is_kernel_doc and words and named[1] not in words:
                continue
            macro = re.match(r"(VWR_\w+): ", first)  # one of several that a comment describes
            if macro and not self.is_there(macro[1]):
                continue
            heads = number == 0 and (bool(subject) or first.startswith("DOC:"))
            protects = heads or part.entry[:1] == "@" or part.entry in ("Context:", "Return:")
            protects = protects or bool(re.match(r"\* (?:VWR_|Other )", first))  # a result
            text = " ".join(line.strip() for line in part.lines)
            kept, changed = self._kept(text, protects)
            orphaned = text.endswith(":") and not text.endswith("::") and not kept.endswith(":")
            example = bool(kept) and (kept.endswith("::") or not text.endswith("::"))
            if part.entry == "Section:":
                kept, changed = text, False
            if not changed:
                out += part.lines
            elif kept and not re.fullmatch(r"[*-]|\d+\.", kept):
                others = _indent(part.lines[1]) if len(part.lines) > 1 else "  " * bool(part.entry)
                width = WIDTH - 3 if max(map(len, part.lines)) <= WIDTH - 3 else 107
                out += _filled(kept, _indent(first), others, width)
            if first.startswith("DOC:"):
                continue
            if (
                not kept
                and not subject
                and not [line for line in out if line and not line.startswith("DOC:")]
            ):
                return []  # the comment is about an absent item
        while out and not out[-1]:
            out.pop()
        return out if any(line and not line.startswith("DOC:") for line in out) else []

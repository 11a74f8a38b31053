# SPDX-License-Identifier: MIT
"""
The library as one vwr.c and one vwr.h: everything that the profile's calls need, and nothing else; internals are
static.
"""

import re
from collections.abc import Iterable, Iterator, Set

from vwr.back_end import BackEnd, Output
from vwr.c import conditions
from vwr.c.bodies import head
from vwr.c.items import SourceError
from vwr.c.tokens import code, uses
from vwr.embed import banner, comments, example, unread, layout, order, unused, tree
from vwr.embed.choice import Choice
from vwr.embed.mentioned import TAG, mentions
from vwr.embed.reach import HOOK, MUST_HAVE, Entry, Reach, is_declaration

PORT = """\
/* Your platform: see vwr_port.h. */
#if defined(VWR_PORT_HEADER)
#include VWR_PORT_HEADER
#else
#include "vwr_port.h"
#endif
"""
WITH_TRACE = """
#ifndef vwr_port_trace
#error "this profile has the trace: vwr_port.h must define its destination, vwr_port_trace"
#endif
"""
MAY_HAVE = "VWR_PORT_MAY_HAVE"  # the same in a copy, which has only the checks of hooks that it uses
OPEN, CLOSE = '#ifdef __cplusplus\nextern "C" {\n#endif\n', "#ifdef __cplusplus\n}\n#endif\n"
ATTRIBUTE = re.compile(r"\bVWR_(?:MUST_CHECK|COLD|OUT_OF_LINE|PACKED)\b")


def _static(text: str, attributes: Iterable[str]) -> str:
    """A definition with internal linkage, and the attributes of its declaration."""
    text = re.sub(r"^(?:extern|static)\s+", "", text)
    own = set(ATTRIBUTE.findall(head(text)))
    return "static " + "".join(f"{one} " for one in attributes if one not in own) + text


def _declared(one: Entry, text: str) -> str:
    """The declaration of a definition."""
    if one.item.kind == "object":
        return text.split(" = ")[0].rstrip() + ";\n"
    return head(text).rstrip() + ";\n"


class Writer:
    """Writes entries one after the other, with headings and comments."""

    def __init__(self, reach: Reach, by_file: bool, cleaner: comments.Cleaner) -> None:
        self.cleaner = cleaner
        self.reach = reach
        self.out: list[str] = []
        self.by_file = by_file  # sections are headers of the library; otherwise subjects
        self.origin = ""
        self.group = (0, "")  # entries of one paragraph of the library stay together
        self.commented: set[int] = set()
        self.headed: set[str] = set()

    def heading(self, one: Entry, dividers: bool) -> None:
        """The name of the section, if another one begins; comments that stand alone."""
        section = one.item.origin if self.by_file else one.section
        if section != self.origin:
            self.origin = section
            name = re.sub(r"^vwr/(.*)\.h$", r"\1", self.origin)
            self.out.append(f"\n/* --- {name} --- */\n")
            self.group = (0, "")
        divider = one.divider
        if dividers and divider is not None and not divider.written:
            divider.written = True
            for text in divider.texts:
                if self.reach.choice.side == "device" and re.match(
                    r"/\*\*\n \* DOC: .*\(driver side\)\n", text
                ):
                    continue
                text = self.cleaner.comment(comments.without_quirks(text), "")
                self.out.append("\n" + text if text else "")
            self.group = (0, "")

    def put(self, one: Entry, text: str, comment: str, dividers: bool = True) -> None:
        """An entry."""
        self.heading(one, dividers)
        about = text if one.item.kind == "type" else "@"  # members may be absent
        text = self.cleaner.inside(text)
        found = re.findall(r"/\*.*?\*/\n", comments.without_quirks(comment), re.DOTALL)
        comment = "".join(self.cleaner.comment(part, about) for part in found)
        group = (one.item.paragraph, one.where)
        is_new = group != self.group or comment or "\n{\n" in text
        self.out.append(("\n" if is_new else "") + comment + text)
        self.group = group if "\n{\n" not in text else (0, "")

    def text(self) -> str:
        """All of it."""
        return "".join(self.out)


def _is_used_inside(block: str, name: str) -> bool:
    """Whether a conditional block uses a macro that it defines."""
    return bool(re.search(rf"(?<!define )(?<!\w){name}\b", code(block)))


def _defined_text(reach: Reach, one: Entry, wanted: Set[str], hooks: Set[str]) -> str:
    """The text of an entry without unused parts."""
    text = one.item.text
    if one.item.kind == "type" and "enum" in text.split("{")[0]:
        return comments.without_quirks(reach.values(one, wanted))
    if one.item.kind in ("type", "macro"):
        return comments.without_quirks(text)
    if one.item.kind == "object":
        return layout.table(text)
    if one.item.kind == "block":
        text = HOOK.sub(lambda m: m[0] if m[1] in hooks else "", text)
        text = text.replace(f"#define {MAY_HAVE} {MUST_HAVE}\n", "").replace(MAY_HAVE, MUST_HAVE)
        text = re.sub(
            r"^static inline [^{}\n]*;(?: /\*.*\*/)?\n", "", text, flags=re.MULTILINE
        )  # defined below
        text = re.sub(
            r"^#define (\w+)(?:\([^)]*\))? .*[^\\]\n",
            lambda m: m[0] if m[1] in wanted or _is_used_inside(one.item.text, m[1]) else "",
            text,
            flags=re.MULTILINE,
        )
        if one not in reach.header:
            text = conditions.resolve(text, {"__cplusplus": None, "VWR_SAME_TYPE": 1})
    return text


def _forward(reach: Reach, text: str, seen: set[str]) -> str:
    """Declarations of the structures that parameters mention for the first time."""
    plain = code(text)
    parameters = " ".join(re.findall(r"\(([^(){}]*)\)", plain))
    new = [
        name
        for name in dict.fromkeys(re.findall(r"\bstruct\s+(\w+)", parameters))
        if name.startswith("vwr_") and TAG + name not in seen
    ]
    seen |= mentions(text)
    return "".join(f"struct {name};\n" for name in new)


def _header(reach: Reach, wanted: Set[str], cleaner: comments.Cleaner, covered: set[int]) -> str:
    writer, seen = Writer(reach, True, cleaner), set[str]()
    kept = [one for one in reach.entries if one in reach.header]
    for one in kept:
        text = _defined_text(reach, one, wanted, wanted)
        comment = ""
        if one.comments and id(one.comments) not in covered:
            covered.add(id(one.comments))
            comment = one.comment
        before = _forward(reach, text, seen)
        for_caller = bool(one.names & reach.public)
        if before:
            writer.heading(one, for_caller)
            writer.out.append("\n" + before)
        writer.put(one, text, comment, for_caller)
    return writer.text()


def _documentation(reach: Reach) -> dict[str, str]:
    """{function or object of vwr.c that vwr.h does not declare: its comment, which stands at its declaration}."""
    found: dict[str, str] = {}
    for one in reach.entries:
        if not is_declaration(one.item) or one in reach.header:
            continue
        own = one.with_others == [one]
        comment = one.comment if own else ""
        behind = re.search(r"; (/\*.*?\*/)\s*$", one.item.text, re.DOTALL)
        if behind and not comment:
            comment = comments.as_sentence(behind[1]) + "\n"
        comment = comments.without_file(comment)
        if comment:
            found.setdefault(one.item.name, comment)
    return found


def _attributes(reach: Reach) -> dict[str, list[str]]:
    """{function: attributes of its declarations}."""
    found: dict[str, list[str]] = {}
    for one in reach.entries:
        if is_declaration(one.item):
            found.setdefault(one.item.name, []).extend(ATTRIBUTE.findall(one.item.text))
    return found


def _code(reach: Reach, wanted: Set[str], cleaner: comments.Cleaner, covered: set[int]) -> str:
    body = [
        one
        for one in reach.entries
        if one in reach.code and one not in reach.header and not is_declaration(one.item)
    ]
    seen = set().union(*(one.names for one in reach.header)) | reach.extern
    writer = Writer(reach, False, cleaner)
    documentation, attributes = _documentation(reach), _attributes(reach)
    declared = {TAG + name for one in reach.header for name in re.findall(r"\bstruct (\w+)", one.item.text)}
    for step in order.steps(body, reach.defined, seen):
        one = step.entry
        item = one.item
        text = _defined_text(reach, one, wanted, wanted)
        if item.kind in ("function", "object") and item.name not in reach.extern:
            given = attributes.get(item.name, [])
            text = layout.function(text if item.static and not given else _static(text, given))
        elif item.kind == "function":
            text = layout.function(text)
        if step.is_declared:
            writer.put(one, _declared(one, text), "")
            continue
        comment = ""
        if one.comments and id(one.comments) not in covered:
            covered.add(id(one.comments))
            comment = one.comment
        if item.name not in reach.extern and item.kind in ("function", "object"):
            comment = documentation.get(item.name, "") or comments.without_file(comment)
            found = re.findall(r"/\*.*?\*/\n", comment, re.DOTALL)
            comment = "".join(map(comments.of_private, found)) if item.kind == "function" else comment
        before = _forward(reach, text, declared) if item.kind in ("type", "function") else ""
        if before:
            writer.heading(one, True)
            writer.out.append("\n" + before)
        writer.put(one, text, comment)
    return writer.text()


def _outputs(choice: Choice) -> Iterator[Output]:
    """The pair."""
    library = tree.load(choice, True)
    absent = tree.missing(choice, library)
    if absent:
        raise SourceError(f"the library has no {', '.join(absent)}")
    reach = Reach(choice, library)
    while unused.sweep(reach) | unread.prune(reach, [*reach.texts, example.port(choice)]):
        reach = Reach(choice, library)
    kept = reach.header | reach.code
    wanted = set().union(*(one.refs for one in kept)) | reach.public
    cleaners = [_cleaner(reach, some, wanted, set(choice.macros)) for some in (reach.header, kept)]
    covered = set[int]()  # comments that are written
    head = "".join(f"#define {name} {value}\n" for name, value in choice.macros.items())
    trace = WITH_TRACE if "trace" in choice.parts else ""
    h = "\n".join(
        [
            banner.of_header(choice, "Declarations; the code is vwr.c."),
            "#ifndef VWR_H\n#define VWR_H\n",
            PORT + trace,
            f"/* Contents of this copy, from its profile. */\n{head}",
            banner.left_out(choice),
            OPEN,
            _header(reach, wanted, cleaners[0], covered),
            CLOSE,
            "#endif\n",
        ]
    )
    c = "\n".join(
        [
            banner.short("Code; vwr.h declares its interface."),
            '#include "vwr.h"\n',
            _code(reach, wanted, cleaners[1], covered),
        ]
    )
    yield Output("vwr.h", _tidy(h))
    yield Output("vwr.c", _tidy(c))


def _cleaner(reach: Reach, kept: Set[Entry], wanted: Set[str], macros: Set[str]) -> comments.Cleaner:
    """What comments may speak of."""
    sections = {one.item.origin for one in reach.header} | {"vwr_port.h", "vwr.h", "vwr.c"}
    sections |= {example.SOURCE, example.HEADER}
    have, values = set(macros), set[str]()
    for one in kept:
        is_enum = one.item.kind == "type" and "enum" in one.item.text.split("{")[0]
        (values if is_enum or one.item.kind == "block" else have).update(
            name.removeprefix(TAG) for name in one.names
        )
    have |= values & wanted | {name for name in values if not name.isupper()}
    have |= {name for name in values if name.startswith("VWR_PORT_")}

    def is_there(name: str) -> bool:
        if name.endswith("*"):
            return any(one.startswith(name[:-1]) for one in have)
        return name in have or name in sections or name.startswith(("vwr_port_", "VWR_PORT_"))

    used = [uses(one.item.text) for one in reach.header | reach.code]
    words = set().union(*(one.names | one.members for one in used))
    absent = [name for name, value in reach.choice.macros.items() if value == 0]

    def documentation(name: str) -> str:
        return next((one.comment for one in reach.declared.get(name, reach.defined.get(name, []))), "")

    return comments.Cleaner(is_there, words, absent, documentation)


def _tidy(text: str) -> str:
    text = re.sub(
        r"^[ \t]+/\* clang-format o(?:n|ff) \*/\n", "", text, flags=re.MULTILINE
    )  # the head has one for all
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"


BACK_END = BackEnd("pair", "the profile: parts, calls", ("vwr.h", "vwr.c"), _outputs)

# SPDX-License-Identifier: MIT
"""
The library as one vwr.c and one vwr.h: everything that the profile's calls need, with internals static or
omitted.
"""

import re
from collections.abc import Iterable, Iterator, Set

from vwr.back_end import BackEnd, Output
from vwr.embed import banner, csource, tree
from vwr.embed.choice import Choice
from vwr.embed.csource import Item
from vwr.embed.tree import Library

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
WITHOUT_TRACE = """
#undef vwr_port_trace /* this profile has no trace */
"""
OPEN, CLOSE = '#ifdef __cplusplus\nextern "C" {\n#endif\n', "#ifdef __cplusplus\n}\n#endif\n"


def _used(library: Library, needed: set[str]) -> set[str]:
    """The sources that define a needed item."""
    return {
        item.origin for item in library.sources if item.kind in ("function", "object") and item.name in needed
    }


def _lengths(library: Library, needed: set[str]) -> set[str]:
    """
    The macros that types of these sources, and of the internal headers, mention, for example as lengths of
    arrays.
    """
    used = _used(library, needed)
    inside = [item for item in library.sources if item.origin in used] + library.inner
    macros = {item.name for item in [*library.sources, *library.inner] if item.kind == "macro"}
    return macros & set().union(*(item.refs for item in inside if item.kind == "type"))


def _unused_types(library: Library, needed: set[str]) -> list[Item]:
    """
    Enumerations and structures of the internal headers that nothing mentions, such as registers of an omitted
    transport.
    """

    def is_one(item: Item) -> bool:
        return item.kind == "type" and bool(re.match(r"\s*(?:enum|struct)\b", csource.code(item.text)))

    def is_kept(item: Item) -> bool:
        return item.name in needed or item.kind in ("type", "assertion", "block")

    used = _used(library, needed)
    names = {id(item): _called(item) for item in library.inner if is_one(item)}
    unused = [item for item in library.inner if id(item) in names]
    kept = [item for item in [*library.public, *library.inner] if is_kept(item)]
    kept += [item for item in library.sources if item.origin in used and is_kept(item)]
    todo = [item for item in kept if id(item) not in names]
    while todo:
        words = csource.references(todo.pop().text)
        todo += [item for item in unused if words & names[id(item)]]
        unused = [item for item in unused if not words & names[id(item)]]
    return unused


def _called(item: Item) -> Set[str]:
    """The names by which code refers to a type; for an enumeration also its enumerators."""
    text = csource.code(item.text).lstrip()
    return (
        csource.references(item.text) - {"enum"}
        if text.startswith("enum")
        else set(re.findall(r"\Astruct\s+(\w+)", text))
    )


class Plan:
    """The place of each item."""

    def __init__(self, choice: Choice, library: Library) -> None:
        self.edges = tree.graph(library)
        asserted = {name for item in library.sources if item.kind == "assertion" for name in item.refs}
        self.needed = tree.closure([*choice.calls, *asserted], self.edges)
        self.needed |= tree.closure(_lengths(library, self.needed), self.edges)
        for item in _unused_types(library, self.needed):
            library.inner.remove(item)
        outside = {
            item.name for item in library.sources if item.kind in ("function", "object") and not item.static
        }
        self.inline = inline = {
            item.name for item in [*library.public, *library.inner] if item.kind == "function"
        }
        self.public = set(choice.calls) & outside
        for name in set(choice.calls) & inline:
            self.public |= tree.closure([name], {**self.edges, **dict.fromkeys(outside, set())}) & outside
        absent = (
            {item.name for item in [*library.public, *library.inner] if item.kind == "prototype"}
            - outside
            - inline
        )
        hidden = outside - self.public | absent  # omitted sources contain no definition
        open_edges = {name: refs for name, refs in self.edges.items() if name not in outside}
        self.inside = {
            name
            for name in inline
            if hidden
            & set().union(*(self.edges[one] for one in tree.closure([name], open_edges)), self.edges[name])
        }

    def place(self, item: Item, public_header: bool) -> str:
        """'h', 'c' or '' for an item of a header."""
        if item.kind in ("function", "prototype", "object"):
            if (
                item.name in self.inside
                or item.kind != "function"
                and item.name not in self.public | self.inline
            ):
                return "c" if item.name in self.needed else ""
            if public_header:
                return "h"
            return "c" if item.name in self.needed else ""
        if item.kind == "macro" and not public_header:
            return "c" if item.name in self.needed else ""
        return "h" if public_header else "c"


def _static(item: Item) -> str:
    """The item with internal linkage."""
    if item.static:
        return item.text
    text = re.sub(r"^extern\s+", "", item.text)
    return f"static {text}"


def _is_licence(item: Item) -> bool:
    return item.kind == "comment" and ("SPDX" in item.text or "do not edit" in item.text)


def _is_open_array(item: Item) -> bool:
    """
    The declaration of an array whose length comes from the definition. In vwr.c tables come first and need none,
    and C has none for an internal one; vwr.h has it.
    """
    return item.kind == "object" and bool(re.match(r"extern\b[^=]*\[\]\s*;", csource.code(item.text)))


def _paragraphs(rows: Iterable[tuple[Item, str]]) -> list[list[tuple[Item, str]]]:
    """[(item, place)] in groups that stay together."""
    groups: list[list[tuple[Item, str]]] = []
    last = None
    for item, place in rows:
        key = item.origin, item.paragraph
        if key != last:
            groups.append([])
            last = key
        groups[-1].append((item, place))
    return groups


def _emit(rows: Iterable[tuple[Item, str]], want: str) -> str:
    """
    Text of the rows of one place. A comment goes with the item below it; a file with only comments is
    omitted.
    """
    texts: list[tuple[str, str]] = []
    code = set()
    for group in _paragraphs(rows):
        kept, comments = [], []
        alone = all(item.kind == "comment" for item, _ in group)
        for item, place in group:
            if _is_licence(item):
                continue
            if item.kind == "comment":
                comments.append(item)
                if alone and place == want:
                    kept.append(item.text)
            elif place == want and not (want == "c" and _is_open_array(item)):
                code.add(item.origin)
                kept += [comment.text for comment in comments]
                comments = []
                kept.append(
                    _static(item)
                    if want == "c" and item.kind in ("function", "prototype", "object")
                    else item.text
                )
        if kept:
            texts.append((group[0][0].origin, "".join(kept)))
    out, origin = [], None
    for name, text in texts:
        if name in code:
            out += ([] if name == origin else [f"/* --- {name} --- */\n"]) + [text]
            origin = name
    return "\n".join(out)


def _sources(plan: Plan, library: Library) -> Iterator[tuple[Item, str]]:
    """Rows of the sources."""
    used = _used(library, plan.needed)
    for item in library.sources:
        if item.kind in ("function", "object", "macro", "prototype"):
            is_kept = item.name in plan.needed
        else:
            is_kept = item.origin in used
        if is_kept and item.name in plan.public:
            item.static = True  # unchanged: vwr.h declares it
        yield item, "c" if is_kept else ""


def _outputs(choice: Choice) -> Iterator[Output]:
    """The pair."""
    library = tree.load(choice)
    absent = tree.missing(choice, library)
    if absent:
        raise csource.SourceError(f"the library has no {', '.join(absent)}")
    plan = Plan(choice, library)
    public = [(item, plan.place(item, True)) for item in library.public]
    inner = [(item, plan.place(item, False)) for item in library.inner]
    head = "".join(f"#define {name} {value}\n" for name, value in choice.macros.items())
    trace = WITH_TRACE if "trace" in choice.parts else WITHOUT_TRACE
    h = "\n".join(
        [
            banner.comment(choice, "Declarations; the code is vwr.c."),
            "#ifndef VWR_H\n#define VWR_H\n",
            PORT + trace,
            f"/* Contents of this copy, from its profile. */\n{head}",
            banner.left_out(choice),
            OPEN,
            _emit(public, "h"),
            CLOSE,
            "#endif\n",
        ]
    )
    inside = _emit(public, "c"), _emit(inner, "c"), _emit(_sources(plan, library), "c")
    c = "\n".join(
        [banner.comment(choice, "Code; vwr.h declares its interface."), '#include "vwr.h"\n', *inside]
    )
    yield Output("vwr.h", _tidy(h))
    yield Output("vwr.c", _tidy(c))


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text)


BACK_END = BackEnd("pair", "the profile: parts, calls", ("vwr.h", "vwr.c"), _outputs)

# SPDX-License-Identifier: MIT
"""
Members of structures that no code in a copy reads or sets: an option without its part, a counter that is never
incremented. Structures whose layout matters are kept whole.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Set

from vwr.c.bodies import declarations
from vwr.c.items import Item
from vwr.c.tokens import code as code_of, uses
from vwr.embed.mentioned import TAG
from vwr.embed.reach import Entry, held
from vwr.c.nested import Token, flat, joined, led, mapped, nested, split, text_of

_STRUCT = re.compile(r"\Astruct (\w+) \{\n(.*)\n(\}[^}]*;\n)\Z", re.DOTALL)
# Only numbers of a byte order: it is laid over memory.
_LAID = re.compile(
    r"\Astruct (\w+) \{\n(?:\s*(?:vwr_(?:[lb]e(?:16|32|64)|tree_cell) \w+(?:\[\w+\])?;|/\*.*?\*/))+\s*\}",
    re.DOTALL,
)
_KEPT = re.compile(r"(?:pad|reserved|unused|resvd)\w*\Z")
_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)


@functools.lru_cache(maxsize=1 << 14)
def mentioned(text: str) -> set[str]:
    """The members that text names which is not a function."""
    code = code_of(text)
    own = re.findall(r"\w+", "".join(re.findall(r"#define \w+\(([^)]*)\)", code)))
    return set(re.findall(r"(?:(?<=[\w\])])\.|->)\s*([A-Za-z_]\w*)", code)) - set(own)


def table_of(item: Item) -> str:
    """The structure of a table; '' for other items."""
    found = (
        re.match(r"(?:VWR_\w+ )?(?:static )?(?:const )?struct (\w+) \w+", item.text)
        if item.kind == "object"
        else None
    )
    return found[1] if found else ""


_CALL = r"\b{}\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)"


Places = Mapping[int, int]  # {place of an argument that is a member: that of what has it}


def macros_of(texts: Iterable[str]) -> dict[str, Places]:
    """{macro: the places of the arguments that are members}, and offsetof."""
    found: dict[str, Places] = {"offsetof": {1: 0}, "__builtin_offsetof": {1: 0}}
    rows = [
        (name, re.findall(r"\w+", parameters), code_of(body))
        for text in texts
        for name, parameters, body in re.findall(
            r"^#define (\w+)\(([^)]*)\)((?:.*\\\n)*.*)", text, re.MULTILINE
        )
    ]
    while True:
        before = sum(map(len, found.values()))
        for name, parameters, body in rows:
            inside = [*in_arguments(body, found), *re.findall(r"\(?(\w+)\)?(?:->|\.)\s*(\w+)", body)]
            places = {
                parameters.index(member): parameters.index(whose) if whose in parameters else -1
                for whose, member in inside
                if member in parameters
            }
            if places:
                found[name] = {**found.get(name, {}), **places}
        if sum(map(len, found.values())) == before:
            return found


def in_arguments(text: str, macros: Mapping[str, Places]) -> set[tuple[str, str]]:
    """(what has it, member) in the arguments of these macros."""
    found = set[tuple[str, str]]()
    if not any(name in text for name in macros):
        return found
    for m in re.finditer(_CALL.format(f"({'|'.join(macros)})"), code_of(text)):
        arguments = (
            m[2].split(",") if "(" not in m[2] else [text_of(part) for part in split(nested(m[2])[:-1], ",")]
        )
        for place, owner in macros[m[1]].items():
            names = re.findall(r"\w+", arguments[place]) if place < len(arguments) else []
            found.update(
                (arguments[owner].strip() if owner >= 0 and number == 0 else "", name)
                for number, name in enumerate(names)
            )
    return found


def fixed(texts: Iterable[str]) -> set[str]:
    """The structures in which the order or the offset of members matters."""
    return set().union(*map(_fixed, texts))


@functools.lru_cache(maxsize=1 << 14)
def _fixed(text: str) -> frozenset[str]:
    found = set[str]()
    if "struct" in text:
        if laid := _LAID.match(text):
            found.add(laid[1])
        values = r"\{(?=\s*[^\s.{}])(?!\s*0\})"
        found.update(re.findall(rf"struct (\w+) \w+(?:\[[^\]]*\])*\s*=\s*{values}", text))
        rows = re.match(r"(?:[\w ]+ )?struct (\w+) \w+\[.*?\] = \{(?=\s*\{)", text)
        if rows and re.search(r"(?<!= )\{\s*[^\s.{}0]", code_of(text[rows.end() :])):
            found.add(rows[1])
        found.update(re.findall(rf"\(struct (\w+)\)\s*{values}", text))
        found.update(re.findall(r"^/\*\* VWR_\w+ - .*: a struct (\w+) \*/$", text, re.MULTILINE))  # of a row
        if "VWR_STATIC_ASSERT" in text or "offsetof" in text:
            for part in re.findall(r"VWR_STATIC_ASSERT\(.*?\);", text, re.DOTALL):
                found.update(re.findall(r"(?:sizeof|alignof_*|_Alignof)\(\s*struct (\w+)", part))
    return frozenset(found)


def neighbours(rows: list[Entry]) -> dict[str, set[str]]:
    """{structure: its members from the first to the last of those whose places an assertion compares}."""
    asserted: dict[str, list[set[str]]] = {}
    for one in rows:
        parts = (
            re.findall(r"VWR_STATIC_ASSERT\(.*?\);", one.item.text, re.DOTALL)
            if "offsetof" in one.item.text
            else ()
        )
        for part in parts:
            pairs = re.findall(r"offsetof\(\s*struct (\w+),\s*(\w+)", part)
            for tag in {tag for tag, _ in pairs}:
                asserted.setdefault(tag, []).append({name for other, name in pairs if other == tag})
    found: dict[str, set[str]] = {}
    for one in rows:
        tag = tag_of(one.item) if one.item.kind == "type" else ""
        if tag in asserted and "{" in one.item.text:
            inside = one.item.text.partition("{")[2].rpartition("}")[0]
            names = [name for _, row in declarations(inside) for name in row]
            found[tag] = set()
            for few in asserted[tag]:
                places = [place for place, name in enumerate(names) if name in few]
                first = (
                    min(places, default=0) if len(few) > 1 else 0
                )  # a place of its own depends on all before it
                found[tag].update(names[first : max(places) + 1] if places else ())
    return found


def _without(text: str, keep: Set[str]) -> str:
    """A structure without the members that are not in `keep`. A structure that comes first stays."""
    m = _STRUCT.match(text)
    if m is None or "VWR_PACKED" in m[3] or "#" in text:
        return text
    out, is_first = [], True
    for declaration, names in declarations(m[2] + "\n"):
        if len(names) > 1 and "{" not in declaration:
            declaration = _fewer(declaration, names, keep)
        stays = (
            is_first
            and _is_structure(declaration)
            or not names
            or any(name in keep or _KEPT.match(name) for name in names)
        )
        if stays and re.search(r"\b(?:union|struct) \{", declaration):
            declaration = _in_union(declaration, keep)
        is_first = is_first and not names
        marks = "".join(re.findall(r" */\* (?:private|public): \*/\n", declaration)) if not stays else ""
        out.append(declaration if stays else marks)
    made = "".join(out)
    if not any(names for _, names in declarations(made)):
        return ""
    for _ in range(3):
        made = re.sub(
            r" */\* (?:private|public): \*/\n(?=(?: */\* (?:private|public): \*/\n|\s*\Z))", "", made
        )
        if "private:" not in made:
            made = re.sub(r" */\* public: \*/\n", "", made)
        made = re.sub(r"( */\* private: \*/\n)((?:(?!/\* public: \*/).)*)\1", r"\1\2", made, flags=re.DOTALL)
    return f"struct {m[1]} {{\n{made.rstrip()}\n{m[3]}"


def _fewer(declaration: str, names: tuple[str, ...], keep: Set[str]) -> str:
    """A declaration of several members without those that are not in `keep`, if there are others."""
    lost = [name for name in names if name not in keep and not _KEPT.match(name)]
    if len(lost) == len(names) or not re.match(
        r"(?:\s|/\*.*?\*/)*[\w ]+\b\w+(?:, \w+)+;", declaration, re.DOTALL
    ):
        return declaration
    for name in lost:
        declaration = re.sub(rf"\b{name}, |, {name}\b(?=[,;])", "", declaration, count=1)
    return declaration


def _is_structure(declaration: str) -> bool:
    """Whether it is a structure: a pointer to one that comes first is a pointer to the whole."""
    code = _COMMENTS.sub(" ", declaration)
    return bool(re.match(r"\s*(?:const )?struct \w+ \w", code)) or "union" in code


def _in_union(declaration: str, keep: Set[str]) -> str:
    """A union in a structure; one that has only one member left is that member."""
    m = re.match(r"(.*?\b(?:union|struct) \{\n)(.*?)(\n *\};.*)\Z", declaration, re.DOTALL)
    if m is None:
        return declaration
    kept = [one for one, names in declarations(m[2] + "\n") if not keep.isdisjoint(names)]
    if len(kept) == 1 and "\n    union {" in "\n" + m[1]:
        return m[1][: m[1].rindex("    union {")] + re.sub(r"^    ", "", kept[0], flags=re.MULTILINE)
    return m[1] + "".join(kept).rstrip("\n") + m[3] if kept else declaration


_TAG = re.compile(r"\s*(?:struct|union|enum) (\w+)")


def tag_of(item: Item) -> str:
    """The name of a structure in the copy."""
    found = _TAG.match(item.text)
    return found[1] if found else item.name


def _with_parts(found: set[str], rows: list[Entry]) -> set[str]:
    """The structures, and those that they contain."""
    texts = {tag_of(row.item): row.item.text for row in rows if row.item.kind == "type"}
    todo = list(found)
    while todo:
        for name in held(texts.get(todo.pop(), "")):
            if name[:1] == TAG and name[1:] not in found:
                found.add(name[1:])
                todo.append(name[1:])
    return found


@functools.lru_cache(maxsize=1 << 14)
def _initialised(text: str) -> frozenset[str]:
    """The structures to which a text gives values, some of which are found by their places."""
    found = re.finditer(
        r"(?:struct (\w+) \w+(?:\[[^\]]*\])*\s*=|\(struct (\w+)\))\s*(\{.*?\}(?=[;,)]))", text, re.DOTALL
    )
    return frozenset(m[1] or m[2] for m in found if re.search(r"(?:= |[{,]\s*)\{\s*[^\s.}0]", m[3]))


def whole(rows: list[Entry], callers: Iterable[str], has_lines: bool = True) -> set[str]:
    """The structures that keep all their members. `has_lines`: also those that are laid out for cache lines."""
    texts = [*(one.item.text for one in rows if one.item.kind != "type"), *callers]
    lines = {tag_of(one.item) for one in rows if one.item.kind == "type" and "cache line" in one.comment}
    fixed_too = fixed([*texts, *(one.comment for one in rows)])
    found = (lines if has_lines else set[str]()) | fixed_too
    types = {tag_of(row.item): row.item.text for row in rows if row.item.kind == "type"}
    for tag in set().union(*map(_initialised, texts)):  # a structure in these is initialised by position
        found |= {name[1:] for name in held(types.get(tag, "")) if name[:1] == TAG} - {tag}
    return _with_parts(found, rows)


_BY_VALUE = re.compile(r"\bstruct (\w+) (?!\*|\{)\w|\(struct (\w+)\)")
_POINTER = re.compile(r"\bstruct (\w+) \*+(?:const )?(\w+)")
_SIZE = re.compile(r"sizeof\(\*((?:[\w.>-]+[.>])?)(\w+)\)")
_MOVES = re.compile(r"([>.]?)\b(\w+)(?:\[|\+\+| [-+] )")


@functools.lru_cache(maxsize=1 << 14)
def _sized(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The structures whose size a text needs; the members of which it needs the size of what they point to."""
    found = {tag for both in _BY_VALUE.findall(text) for tag in both if tag}
    pointers = _POINTER.findall(text)
    used = {*_SIZE.findall(text), *_MOVES.findall(text)}
    names = {name for _, name in used}
    found |= {tag for tag, name in pointers if name in names}
    return frozenset(found), frozenset(name for before, name in used if before)


def complete(rows: list[Entry], callers: Iterable[str]) -> set[str]:
    """The structures whose size something needs."""
    pointers = [pair for one in rows if one.item.kind == "type" for pair in _POINTER.findall(one.item.text)]
    found = set[str]()
    for text in (*(code_of(one.item.text) for one in rows), *callers):
        tags, names = _sized(text)
        found |= tags
        found |= {tag for tag, name in pointers if name in names} if names else set[str]()
    return found


def prune(
    rows: list[Entry], callers: Iterable[str], kept_whole: Set[str], used_in: Callable[[str], Set[str]]
) -> bool:
    """
    Removes unused members from the structures of a copy. Returns whether there were any. `used_in`: the members of a
    structure that something uses.
    """
    changed = False
    gone: dict[str, set[str]] = {}
    for one in rows:
        item = one.item
        if (
            item.kind != "type"
            or item.origin.startswith("vwr/gen/")
            and "vwr_le" in item.text
            or tag_of(item) in kept_whole
        ):
            continue
        text = _without(item.text, used_in(tag_of(item)))
        if not text:  # nothing is known of it but where it is
            if tag_of(item) not in complete(rows, callers):
                item.text, item.refs, changed = f"struct {tag_of(item)};\n", set(), True
        elif text != item.text:
            words = [set(re.findall(r"\w+", part)) for part in (item.text, code_of(text))]
            gone[tag_of(item)] = words[0] - words[1]
            item.changed(text)
            changed = True
    for one in rows:
        lost = gone.get(table_of(one.item), set())
        if lost:
            one.item.text = _without_values(one.item.text, lost)
            one.item.refs = uses(one.item.text).names - {one.item.name}
    return changed


def _without_values(text: str, lost: Set[str]) -> str:
    """A table without the values of some members."""

    def change(tokens: list[Token]) -> list[Token]:
        parts = split(tokens, ",")
        kept = [part for part in parts if not (part[:1] == ["."] and part[1:2] and part[1] in lost)]
        if len(kept) == len(parts) or not kept:
            return tokens if kept else []
        return led(joined(kept, ","), next(flat(tokens)).before)

    return text_of(mapped(nested(text), change))

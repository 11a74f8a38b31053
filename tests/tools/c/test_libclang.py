# SPDX-License-Identifier: MIT
"""
The reader of C compared with libclang: the same tokens; the same items by kind and name; the same members, values and
parameters. libclang sees one configuration: what it has is among our items, and ours outside of conditionals are among
its.
"""

import re
from bisect import bisect_right
from itertools import zip_longest

import pytest

from vwr import ROOT
from vwr.c.bodies import members, parameter_name, parameters, values
from vwr.c.items import items, word_of
from vwr.c.tokens import code, tokens

clang = pytest.importorskip("clang.cindex", reason="python3-clang is missing")
KIND, TOKEN, UNIT = clang.CursorKind, clang.TokenKind, clang.TranslationUnit
KEEP_GOING = 0x200  # behind a header that is missing; the bindings have no name for it
OPTIONS = UNIT.PARSE_DETAILED_PROCESSING_RECORD | KEEP_GOING
INCLUDE = (
    "runtime/include",
    "generated/include",
    "generated/client",
    "generated/service",
    "runtime/port/template",
)
FIRST = ("stdint.h", "stdbool.h", "stddef.h")  # for headers that leave it to their file
FOLDERS = (
    "bench",
    "classes",
    "codegen",
    "examples",
    "generated",
    "hosted",
    "integrations",
    "plan",
    "runtime",
    "tests",
)
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.[ch]")
    if "build" not in str(path.relative_to(ROOT))
)
LACKING = (ROOT / "tests/unit/arrays/worlds.c",)  # libclang loses declarations: a build writes its header
SHARE = 60  # of the files, one is compared in each run
TOKENS = {
    TOKEN.COMMENT: "comment",
    TOKEN.IDENTIFIER: "name",
    TOKEN.KEYWORD: "name",
    TOKEN.LITERAL: "literal",
    TOKEN.PUNCTUATION: "mark",
}
KINDS = {
    KIND.FUNCTION_DECL: "prototype",
    KIND.STRUCT_DECL: "type",
    KIND.UNION_DECL: "type",
    KIND.ENUM_DECL: "type",
    KIND.TYPEDEF_DECL: "type",
    KIND.VAR_DECL: "object",
    KIND.MACRO_DEFINITION: "macro",
}
KINDS_OF_OURS = {*KINDS.values(), "function"}
is_here = clang.conf.lib.clang_Location_isFromMainFile
is_here.argtypes = [clang.SourceLocation]
AGGREGATES = (KIND.STRUCT_DECL, KIND.UNION_DECL, KIND.ENUM_DECL)


def parsed(path):
    """A file as libclang reads it."""
    arguments = ["-xc", "-std=c11", "-ferror-limit=0", "-DFAR=", "-iquote", str(path.parent)]
    arguments += [word for folder in INCLUDE for word in ("-I", str(ROOT / folder))]
    first = [*FIRST, *(["vwr/base.h"] if path.stem.endswith("_hot") else [])]  # such a header is in its owner
    arguments += [word for name in first for word in ("-include", name)]
    return clang.Index.create().parse(str(path), arguments, options=OPTIONS)


def their_tokens(unit, path, size):
    """[(kind, offset, text)]."""
    file = unit.get_file(str(path))
    ends = (clang.SourceLocation.from_offset(unit, file, at) for at in (0, size))
    for one in unit.get_tokens(extent=clang.SourceRange.from_locations(*ends)):
        text = (
            one.spelling.encode().decode("latin-1").removeprefix("\\\n")
        )  # of a mark behind a continued line
        yield TOKENS[one.kind], one.extent.start.offset + 2 * one.spelling.startswith("\\\n"), text


def our_tokens(text, at=0):
    """The same; a directive by its tokens."""
    for one in tokens(text):
        if one.kind == "directive":
            mark = one.text.index("#")
            yield "mark", at + one.at + mark, "#"
            yield from our_tokens(one.text[mark + 1 :], at + one.at + mark + 1)
        elif one.text != "\\":  # before the end of a line
            kind = "literal" if one.kind in ("quoted", "number") else one.kind
            yield kind, at + one.at, one.text


def fields(cursor):
    """Names of members, also of structures inside, or of values."""
    found = []
    for one in cursor.get_children():
        if one.kind in (KIND.FIELD_DECL, KIND.ENUM_CONSTANT_DECL):
            found.append(one.spelling)
        if one.kind in (KIND.STRUCT_DECL, KIND.UNION_DECL):
            found += fields(one)
    return sorted(found)


def names(found):
    """The same, of our members."""
    for one in found:
        yield from [one.name] if one.name else []
        yield from names(one.members)


def their_items(unit):
    """[(offset, kind, name, names inside)] at the outer level of the file."""
    for one in unit.cursor.get_children():
        if one.kind not in KINDS or not is_here(one.location):
            continue
        kind, inside = KINDS[one.kind], None
        if one.kind == KIND.FUNCTION_DECL:
            kind = "function" if one.is_definition() else kind
            inside = [parameter.spelling for parameter in one.get_arguments()]
        elif one.kind in AGGREGATES and one.is_definition():
            inside = fields(one)
        named = re.fullmatch(r"\w+", one.spelling)
        yield one.location.offset, kind, one.spelling if named else "", inside


def inside_of(one):
    """Names in an item of ours: parameters, members or values."""
    if one.kind in ("function", "prototype"):
        return [parameter_name(text) for text in parameters(one.text) if text != "..."]
    is_enum = re.search(r"\b(struct|union|enum)\b[^{]*\{", code(one.text))[1] == "enum"
    return sorted(names(values(one.text) if is_enum else members(one.text)))


def conditional(found):
    """Items, each with the number of conditionals around it; a header's guard does not count."""
    depth = 0
    for one in found:
        word = word_of(one.text) if one.kind == "directive" else ""
        if re.match(r"\s*#\s*ifndef \w+_H_?\s", one.text):
            depth -= 1
        depth -= word == "endif"
        yield one, depth
        depth += word.startswith("if")


def tokens_differ(unit, path, data):
    """The first token that is not the same."""
    theirs, ours = [*their_tokens(unit, path, len(data))], [*our_tokens(data.decode("latin-1"))]
    if theirs != ours:
        yield "libclang: {}, ours: {}".format(
            *next(pair for pair in zip_longest(theirs, ours) if pair[0] != pair[1])
        )


def item_differs(one, kind, name, inside):
    """What libclang has at an item of ours."""
    within = kind == "type" and (one.kind != "type" or name != one.name)  # a structure in its declaration
    if within and inside is not None and one.tag != name and "{" in one.text:
        yield f"libclang: tag {name}, ours: {one.tag}: {one.text}"
    if not within and (one.kind != kind or name not in (one.name, *one.also)):
        yield f"libclang: {kind} {name}, ours: {one.kind} {one.name}: {one.text}"
    by_macro = kind == "type" and "{" not in one.text
    if inside is not None and not by_macro and not re.search(r"^\s*#", one.text, re.MULTILINE):
        found = inside_of(one)
        if found != inside:
            yield f"libclang: {inside}, ours: {found}: {one.text}"


def differences(path):
    """What the two see differently."""
    data = path.read_bytes()
    unit = parsed(path)
    yield from tokens_differ(unit, path, data)
    known = [*conditional(items(data.decode("latin-1"), flat=True))]  # libclang counts bytes
    starts = [one.at for one, _ in known]
    met = set()
    for at, kind, name, inside in their_items(unit):
        one, _ = known[max(bisect_right(starts, at) - 1, 0)]
        if (kind, one.kind) == (
            "prototype",
            "object",
        ) and "(" not in one.text:  # by the name of a function type
            kind, inside = "object", None
        if kind == one.kind and name in (one.name, *one.also):
            met.add(one.at)
        is_made = (
            one.kind in ("call", "assertion") or kind == "macro" != one.kind
        )  # by a macro; in a function
        yield from () if is_made else item_differs(one, kind, name, inside)
    for one, depth in known if path not in LACKING else ():
        if depth == 0 and one.kind in KINDS_OF_OURS and one.at not in met:
            yield f"ours alone: {one.kind} {one.name}: {one.text}"


def wrong(paths):
    return [f"{path.relative_to(ROOT)}: {one[:300]}" for path in paths for one in differences(path)]


def test_a_share_of_the_files():
    found = wrong(FILES[::SHARE])
    assert not found, "\n".join(found)


@pytest.mark.soak("c.libclang reads a share of the files")
def test_all_files():
    found = wrong(FILES)
    assert len(FILES) > 1800 and not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("int f(int n);\nstruct s {\n    int a;\n};\n", ""),
        ("void f(int *a)\n{\n    a<:2:> = 1;\n}\n", "libclang: ('mark', 22, '<:'), ours: ('mark', 22, '<')"),
        ("#define ONE = 1\nint a ONE;\n", "libclang: object a, ours: object ONE"),
        ("#define PAIR int x; int y\nstruct s {\n    PAIR;\n};\n", "libclang: ['x', 'y'], ours: ['PAIR']"),
        ("#define gone(x)\ngone(int a);\n", "ours alone: prototype gone"),
    ],
)
def test_differences_are_found(work, text, says):
    """Of each kind: C that needs a preprocessor."""
    (work / "a.c").write_text(text, encoding="utf-8")
    found = [*differences(work / "a.c")]
    assert says in "".join(found) and bool(found) == bool(says), found

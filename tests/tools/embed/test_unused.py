# SPDX-License-Identifier: MIT
"""
Nothing in a pair is unused: no static function, variable or parameter of one, and no member of the library's own structures.

clang's syntax tree says what reads what. A caller may read the members outside `private:`; the others are read by this code or
by nothing. Members stay that nothing reads in a structure of the specification, in one that is laid out for a cache line or has
a part that the port decides on, in one of which only the size counts, and where the structure would be empty or lose the structure that it begins with.
"""

import functools
import itertools
import json
import re
from typing import NamedTuple

import pytest

from processes import completed, need
from world import request

from vwr import ROOT
from vwr.c.tokens import code as code_of
from vwr.embed import command, example
from vwr.embed.classes import DEVICES

PRESETS = ("least", "kernel", "bringup", "emulator", "everything")
SOAK = pytest.mark.soak("the other rows: each side, both interfaces")
# Each side, each interface.
ROWS = [
    {"preset": "least", "side": "driver", "device": "blk", "interface": "modern"},
    {"preset": "bringup", "side": "driver", "device": "net,console", "interface": "both"},
    {"preset": "kernel", "side": "driver", "device": "blk", "interface": "legacy"},
    {"preset": "everything", "side": "device", "device": "console,9p", "interface": "both"},
]
MORE = [
    {
        "preset": preset,
        "side": side,
        "device": device,
        "interface": "both" if preset == "everything" else "modern",
    }
    for side, preset in itertools.product(("driver", "device"), PRESETS)
    for device in DEVICES[side]
]
WARNINGS = "-Wall -Wextra -Wunused -Wunused-parameter -Wunused-function -Wunused-but-set-variable -Werror"
FOR_CALLERS = {"vwr_req": "token", "vwr_vm": "context", "vwr_vconsole_options": "context"}
PADDING = re.compile(r"(?:pad|reserved|unused|resvd)\w*")


class Place(NamedTuple):
    """A node of the syntax tree, below another one."""

    node: dict
    above: "Place | None"

    @property
    def kind(self):
        """What it is."""
        return self.node.get("kind", "")

    def is_first(self):
        """Whether it is the first operand."""
        return self.above.node["inner"][0] is self.node

    def out(self):
        """The same without the brackets around it."""
        place = self
        while place.above.kind == "ParenExpr":
            place = place.above
        return place


def places(root):
    """All nodes."""
    todo = [Place(root, None)]
    while todo:
        one = todo.pop()
        yield one
        todo += [Place(node, one) for node in reversed(one.node.get("inner", ())) if node]


def tree_of(folder):
    """What clang makes of vwr.c."""
    need("clang")
    done = completed(
        ["clang", "-std=c11", "-Xclang", "-ast-dump=json", "-fsyntax-only", f"-I{folder}", folder / "vwr.c"]
    )
    assert done.returncode == 0, done.stderr
    return list(places(json.loads(done.stdout)))


def only_sets(place):
    """Whether a member is only set here."""
    place = place.out()
    above = place.above
    if above.kind == "UnaryOperator" and above.node["opcode"] in ("++", "--"):
        return above.above.kind in ("CompoundStmt", "IfStmt", "ForStmt", "WhileStmt")
    sets = (
        above.kind == "BinaryOperator"
        and above.node["opcode"] == "="
        or above.kind == "CompoundAssignOperator"
    )
    return sets and place.is_first()


def conditional(text):
    """The names in what the port or the compiler decides, of which clang sees one branch."""
    parts = re.findall(r"^ *#if.*?^ *#endif", code_of(text), re.MULTILINE | re.DOTALL)
    return set(re.findall(r"\w+", "".join(parts)))


def structures(text):
    """{structure: (its body, that behind `private:`)}."""
    found = re.findall(r"^struct (\w+) \{\n(.*?)\n\}", text, re.MULTILINE | re.DOTALL)
    return {
        name: (body, body.partition("/* private: */")[2].partition("/* public: */")[0])
        for name, body in found
    }


@functools.cache
def of_messages():
    """The structures of messages: their members are the fields in the specification."""
    texts = (
        path.read_text(encoding="utf-8") for path in (ROOT / "generated/include/vwr/messages").glob("*.h")
    )
    return {name for text in texts for name in re.findall(r"^struct (\w+) \{", text, re.MULTILINE)}


def of_layout(texts):
    """
    The structures in which places count: they are asserted, or values are given by position; and those of which the port
    decides a part.
    """
    found = {name for text in texts for name in re.findall(r"cache line[^{}]*\*/\nstruct (\w+) \{", text)}
    for text in map(code_of, texts):
        found.update(re.findall(r"(?:sizeof|offsetof|alignof_*)\(\s*struct (\w+)", text))
        found.update(re.findall(r"struct (\w+) \w+(?:\[[^=;]*\])* =\s*\{+\s*[^\s.}0]", text))
        found.update(re.findall(r"struct (\w+) \w+(?:\[[^=;]*\])* =\s*\{\s*\[[^\]]*\] = \{", text))
        found.update(
            re.findall(
                r"^struct (\w+) \{(?:(?!^\}).)*(?:vwr_le(?:16|32|64) |^#if)", text, re.MULTILINE | re.DOTALL
            )
        )
    return found


def unread(folder, tree):
    """(structure, member) of the library's own members that nothing reads."""
    header, code = ((folder / name).read_text(encoding="utf-8") for name in ("vwr.h", "vwr.c"))
    fields, begun, read, written = {}, set(), set(), set()
    for one in tree:
        if one.kind == "FieldDecl" and "name" in one.node:
            above = one.above
            while above.kind == "RecordDecl" and "name" not in above.node:
                above = above.above
            tag = above.node.get("name", "")
            if tag in begun or not re.fullmatch(r"struct \w+", one.node["type"]["qualType"]):
                fields[one.node["id"]] = (tag, one.node["name"])
            begun.add(tag)
        elif one.kind == "MemberExpr":
            (written if only_sets(one) else read).add(one.node["referencedMemberDecl"])
    macros = re.findall(r"^#define (\w+)\((?:.*\\\n)*.*offsetof", header + code, re.MULTILINE)
    takes = "|".join(["offsetof", *macros])  # a member by its name, of whichever structure
    named = {
        name
        for text in (header, code)
        for m in re.findall(rf"\b(?:__builtin_)?(?:{takes})\([^;]*", text)
        for name in re.findall(r"\w+", m)
    }
    named |= conditional(header) | conditional(code)
    for macro in re.findall(
        r"^#define (?:.*\\\n)*.*", code_of(header + code), re.MULTILINE
    ):  # of any structure
        named |= set(re.findall(r"(?:->|\.)(\w+)", macro))
    tags = [tag for tag, _ in fields.values()]
    accessed = {tag for key, (tag, _) in fields.items() if key in read | written and tags.count(tag) > 1}
    skipped = of_layout([header, code]) | of_messages()
    public, private = structures(header), structures(code)
    for key, (tag, name) in fields.items():
        own = private.get(tag, ("",))[0] or public.get(tag, ("", ""))[1]
        is_own = re.search(rf"\b{name}\b", code_of(own)) and tag in accessed - skipped
        if is_own and key not in read and name not in named and not PADDING.fullmatch(name):
            yield tag, name


def marked(folder, tree):
    """(function, name) of parameters of static functions, and of variables, that are only marked as used."""
    code = (folder / "vwr.c").read_text(encoding="utf-8")
    own = set(re.findall(r"^static[^;{=]*?\b(\w+)\((?!\()", code_of(code), re.MULTILINE))
    used, taken, found = set(), set(), []
    for one in tree:
        if one.kind in ("ParmVarDecl", "VarDecl") and "name" in one.node:
            above = one.above
            while above and above.kind != "FunctionDecl":
                above = above.above
            if (
                above
                and above.node.get("name") in own
                and any(row["kind"] == "CompoundStmt" for row in above.node["inner"])
            ):
                found.append(
                    (above.node["name"], one.node["name"], one.node["id"], one.kind == "ParmVarDecl")
                )
        if one.kind != "DeclRefExpr":
            continue
        place, target = one.out(), one.node["referencedDecl"]
        if target["kind"] == "FunctionDecl":
            decay = place.above.out()
            taken |= set() if decay.above.kind == "CallExpr" and decay.is_first() else {target["name"]}
        else:
            cast = place.above.above if place.above.kind == "ImplicitCastExpr" else place.above
            is_mark = cast.node.get("castKind") == "ToVoid" and cast.above.kind == "CompoundStmt"
            used |= set() if is_mark else {target["id"]}
    there = conditional(code)
    for function, name, key, is_parameter in found:
        if key not in used and not (is_parameter and function in taken) and name not in there:
            yield function, name


def assert_is_lean(folder):
    """Nothing in the copy is unused."""
    done = completed(
        ["clang", "-std=c11", *WARNINGS.split(), "-fsyntax-only", f"-I{folder}", folder / "vwr.c"]
    )
    assert done.returncode == 0, done.stderr
    tree = tree_of(folder)
    lost = [f"{tag}: nothing reads {name}" for tag, name in unread(folder, tree)]
    lost += [f"{function}(): nothing uses {name}" for function, name in marked(folder, tree)]
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize(
    "said", [*ROWS, *(pytest.param(one, marks=SOAK) for one in MORE)], ids=lambda row: "-".join(row.values())
)
def test_nothing_is_unused(said, tmp_path):
    need("clang")
    choice = request(said)
    for name, text in command.render(choice).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "vwr_port.h").write_text(example.port(choice), encoding="utf-8")
    assert_is_lean(tmp_path)
    there = structures((tmp_path / "vwr.h").read_text(encoding="utf-8"))
    for tag, name in FOR_CALLERS.items():  # nothing in the library reads them
        assert tag not in there or re.search(rf"\b{name};", there[tag][0]), (tag, name)
    assert there.keys() & FOR_CALLERS.keys()


HEADER = """\
struct one {
    int shown;
    /* private: */
    int hidden;
    int counted;
};
int call(struct one *o);
"""
CODE = """\
#include "vwr.h"
struct two {
    int read;
    int set;
};
static int helper(struct two *t, int other)
{
    (void)other;
    t->set = 1;
    return t->read;
}
static int kept(int other)
{
    (void)other;
    return 1;
}
int call(struct one *o)
{
    struct two t = {0};
    int (*const f)(int) = kept;

    o->shown = 2;
    o->counted++;
    return helper(&t, 3) + o->hidden + f(1);
}
"""


def test_the_check_finds_them(tmp_path):
    """Members that are only set, and a parameter that is only marked; not what a caller may read or a pointer calls."""
    (tmp_path / "vwr.h").write_text(HEADER, encoding="utf-8")
    (tmp_path / "vwr.c").write_text(CODE, encoding="utf-8")
    tree = tree_of(tmp_path)
    assert set(unread(tmp_path, tree)) == {("two", "set"), ("one", "counted")}
    assert set(marked(tmp_path, tree)) == {("helper", "other")}
    with pytest.raises(AssertionError, match="helper.*other"):
        assert_is_lean(tmp_path)

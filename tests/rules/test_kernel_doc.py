# SPDX-License-Identifier: MIT
"""
Public headers are documented in kernel-doc: each function has a comment with its name, each of its parameters in their
order, and `Return:` if it returns something; a documented structure has a line for each public member, an enum one for
each value (or comments beside them). A comment of one line that ends with `see other()` has what the other function's
comment says. generated/docs/contexts.md has the calling context of each function that calls anything; a `Context:`
agrees with it and says more.
What `Return:` lists is compared with what a function can answer by test_results.py. A definition names its parameters
as the declaration does, which its comment explains.
"""

import re

import pytest

from tree import ROOT, files, read
from vwr.c import bodies
from vwr.c.items import items
from vwr.docs.header import read as read_header

HEADERS = (
    "runtime/include/vwr/*.h",
    "monitor/include/vwr/*.h",
    *(
        f"{folder}/vwr_*.h"
        for folder in ("hosted/engine", "integrations/fdt", "hosted/posix", "hosted/vhost")
    ),
)
SOURCES = (
    "runtime/*.[ch]",
    "monitor/*.[ch]",
    "plan/*.[ch]",
    "generated/include/*.h",
    "generated/src/*.c",
    "generated/client/*.c",
    "generated/service/*.c",
    *(f"hosted/{folder}/*.[ch]" for folder in ("engine", "posix", "vhost")),
)
# Headers whose comments are still in another form.
NOT_YET = set()
# For the inline functions of another header alone.
HIDDEN = ("vqueue_hot.h",)
# Hooks of a port: docs/porting.md, and the type that base.h checks.
HOOK = re.compile(r"vwr_port_(?!selftest)")
COMMENT = re.compile(r"/\*\*(?:\n| (?=\w+\(\) - ))(.*?)\*/", re.DOTALL)
HANDLER = {
    "yes": (r"\b(?:interrupt|trap) handler\b", r"Not from an interrupt handler"),
    "owner": (r"\b[Oo]wner\b|\block is held\b", r"Not from an interrupt handler"),
    "no": (r"Not from an interrupt handler", None),
}
WAITS = {
    "no": (r"Does not wait", None),
    "yes": (r"\b[Ww]aits\b", r"Does not wait"),
    "for": (r"Does not wait, except for the VM's lock", None),
}


def functions(text):
    """{function: (parameters, whether it returns something)} of a header or a source."""
    return {
        one.name: (
            [name for name in map(bodies.parameter_name, bodies.parameters(one.text)) if name],
            not bodies.signature(one.text).startswith(f"void {one.name}("),
        )
        for one in items(text, flat=True)
        if one.kind in ("function", "prototype") and one.name.startswith("vwr_") and not HOOK.match(one.name)
    }


def documentation(text):
    """{name, or "struct name": comment} of kernel-doc comments, without what stands before their lines."""
    found = {}
    for match in COMMENT.finditer(text):
        body = re.sub(r"^ *\* ?", "", match[1], flags=re.MULTILINE)
        head = re.match(r"((?:struct |enum |union |typedef )?\w+)(?:\(\))? - \S", body)
        if head:
            found[head[1]] = body
    return found


def part(comment, title):
    """A section of a comment; None: it has none."""
    match = re.search(
        rf"^{title}:(.*?)(?=^(?:Context|Return|Section):|\Z)", comment, re.MULTILINE | re.DOTALL
    )
    return match and " ".join(match[1].split())


def named(found):
    """Names of members; those of a structure without a name are its owner's."""
    return [name for one in found for name in ([one.name] if one.name else named(one.members))]


def members(text):
    """(structure or enum, its public members) of a header."""
    for one in read_header(text):
        if one.key[0] and one.name:
            describes_itself = one.kind == "enum" and any(value.comment for value in one.members)
            yield f"{one.kind} {one.name}", [] if describes_itself else named(one.members)


def referred(comment):
    """The function that a comment of one line leaves the rest to; None: it says all itself."""
    match = re.fullmatch(r"\w+\(\) - [^;]+; see (vwr_\w+)\(\)", " ".join(comment.split()))
    return match and match[1]


def wrong_comments(text, elsewhere=frozenset()):
    """What is missing in a header's comments. `elsewhere`: functions that other headers document."""
    docs, found = documentation(text), []
    full = {name for name, comment in docs.items() if not referred(comment)} | elsewhere
    for name, (parameters, returns) in functions(text).items():
        if name not in docs:
            found.append(f"{name}: no kernel-doc comment")
            continue
        if other := referred(docs[name]):
            found += [] if other in full else [f"{name}: no header documents {other}"]
            continue
        said = re.findall(r"^@(\w+):", docs[name], re.MULTILINE)
        if said != parameters:
            found.append(f"{name}: parameters {', '.join(parameters)}; its comment has {', '.join(said)}")
        if bool(part(docs[name], "Return")) != returns:
            found.append(f"{name}: {'no' if returns else 'a'} Return:")
    for name, names in members(text):
        if name in docs:
            missing = [one for one in names if not re.search(rf"^@{one}:", docs[name], re.MULTILINE)]
            found += [f"{name}: {', '.join(missing)}: no line"] if missing else []
    return found


def contexts(text):
    """{function: (interrupt handler, waits)} of generated/docs/contexts.md."""
    return {
        name: (re.match(r"\w+", handler)[0], re.match(r"\w+", waits)[0])
        for name, handler, waits in re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|", text, re.MULTILINE)
    }


def wrong_contexts(text, measured):
    """Functions whose `Context:` is not what generated/docs/contexts.md has."""
    found = []
    for name, comment in documentation(text).items():
        if name not in measured:
            continue
        context = part(comment, "Context")
        if context is None:
            continue
        for column, table, value in zip(("interrupt handler", "waits"), (HANDLER, WAITS), measured[name]):
            must, must_not = table[value]
            if not re.search(must, context) or (must_not and re.search(must_not, context)):
                found.append(f"{name}: {column}: {value}; its comment: {context}")
    return found


def other_parameters(root):
    """Functions whose declaration and definition name a parameter differently."""
    found, seen = [], {}
    for path in files(root, *SOURCES):
        if "port" in path.parts:
            continue
        for name, (parameters, _) in functions(read(root, path)).items():
            first = seen.setdefault(name, (path, parameters))
            if first[1] != parameters:
                found.append(
                    f"{name}({', '.join(first[1])}) in {first[0]}, ({', '.join(parameters)}) in {path}"
                )
    return found


def test_headers():
    """This tree."""
    texts = {path.name: read(ROOT, path) for path in files(ROOT, *HEADERS) if path.name not in HIDDEN}
    full = {
        name
        for text in texts.values()
        for name, comment in documentation(text).items()
        if not referred(comment)
    }
    found = {name: wrong_comments(text, full) for name, text in texts.items()}
    done = [f"{name}: {one}" for name in found if name not in NOT_YET for one in found[name]]
    assert not done, "\n" + "\n".join(done)
    stale = [name for name in NOT_YET if not found.get(name)]
    assert not stale, f"in kernel-doc: take it out of NOT_YET: {stale}"


def test_contexts():
    """This tree."""
    measured = contexts(read(ROOT, "generated/docs/contexts.md"))
    found = [
        f"{path.name}: {one}"
        for path in files(ROOT, *HEADERS)
        if path.name not in (*NOT_YET, *HIDDEN)
        for one in wrong_contexts(read(ROOT, path), measured)
    ]
    assert len(measured) > 400 and not found, "\n" + "\n".join(found)


GOOD = """/**
 * vwr_a() - Do it
 * @n: Number.
 * @each: Called for each.
 *
 * Context: The queue's owner. Does not wait.
 * Return: 0.
 */
VWR_MUST_CHECK int vwr_a(int n, void (*each)(void *p, int n));

/**
 * struct vwr_s - It
 * @a: One.
 * @b: Two.
 * @d: Three.
 */
struct vwr_s {
    int a, b[2];
    /* private: */
    int c;
    /* public: */
    int d;
};

/**
 * enum vwr_e - It
 * @VWR_ONE: One.
 */
enum vwr_e {
    VWR_ONE
};

/** enum vwr_f - It */
enum vwr_f {
    VWR_THREE, /* three */
    VWR_FOUR
};
"""


SAYS = GOOD[: GOOD.index("VWR_MUST_CHECK")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("", "", None),
        ("vwr_a() - Do it", "vwr_b() - Do it", "vwr_a: no kernel-doc comment"),
        (" * @n: Number.\n", "", "vwr_a: parameters n, each; its comment has each"),
        (" * Context: The queue's owner. Does not wait.\n", "", None),
        (" * Return: 0.\n", "", "vwr_a: no Return:"),
        ("int vwr_a(", "void vwr_a(", "vwr_a: a Return:"),
        (" * @b: Two.\n", "", "struct vwr_s: b: no line"),
        (" * @VWR_ONE: One.\n", "", "enum vwr_e: VWR_ONE: no line"),
        (SAYS, "/** vwr_a() - Do it; see vwr_b() */\n", "vwr_a: no header documents vwr_b"),
        (SAYS, "/** vwr_a() - Do it; see vwr_c() */\n", None),
    ],
)
def test_bad_comments_are_found(old, new, words):
    """One mistake each."""
    assert old in GOOD
    assert wrong_comments(GOOD.replace(old, new, 1), frozenset({"vwr_c"})) == ([words] if words else [])


@pytest.mark.parametrize(
    ("handler", "waits", "number"),
    [
        ("owner", "no", 0),
        ("owner of all queues", "no: a step in each call", 0),
        ("yes", "no", 1),
        ("no", "yes: 1 s", 2),
    ],
)
def test_bad_contexts_are_found(handler, waits, number):
    """Against a table."""
    measured = contexts(
        f"| Function | Interrupt handler | Waits |\n|---|---|---|\n| `vwr_a` | {handler} | {waits} | 16 |\n"
    )
    assert len(wrong_contexts(GOOD, measured)) == number


def test_parameters(make):
    """This tree; a source that abbreviates a name, and one that swaps two."""
    assert not other_parameters(ROOT), "\n".join(other_parameters(ROOT))
    root = make(
        {
            "runtime/include/vwr/a.h": "int vwr_a(const char *text, void (*done)(int r));\n"
            "VWR_COLD void vwr_b(int from, int to);\nint vwr_c(unsigned n,\n          int array[2]);\n",
            "runtime/base/vwr_a.c": "int vwr_a(const char *t, void (*done)(int result))\n{\n    return vwr_c(1, t);\n}\n"
            "int vwr_c(unsigned n, int array[2])\n{\n}\n",
            "runtime/driver/blk/vwr_b.c": "void vwr_b(int to, int from)\n{\n}\n",
        }
    )
    assert [line.partition("(")[0] for line in other_parameters(root)] == ["vwr_a", "vwr_b"]

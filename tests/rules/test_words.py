# SPDX-License-Identifier: MIT
"""
The ring code of both sides, messages, pages and programs of users have the words of the specification and of Linux, and a
backtrace tells the files of the ring code apart.

The table holds the words that were there before, and what to write instead. A word of ANYWHERE does not stand in code,
comments or names, nor does a part of a name (`used_turn`). A word of NAMES is no name, and no part of one; in a sentence
it is good English. KEPT has the names that stay, each with a reason, and is as long as it has to be.

Tests, tools, the description and the bench have the words of ANYWHERE too; there the wire is a format ("wire test"), and
whatever KEPT_IN_OTHERS has may stand.

A static function's name begins with its file's subject: split_ in vwr_split.c; in a header that several files include,
with that of one of them. No two files share one.
"""

import functools
import re
from collections import defaultdict

import pytest

from tree import ROOT, code, files, read

RUNTIME = [
    "runtime/include/vwr/ring.h",
    "runtime/include/vwr/queue*.h",
    "runtime/include/vwr/vqueue*.h",
    "runtime/driver/core/queue/queue_common.h",
    "runtime/driver/core/queue/vwr_queue*.c",
    "runtime/driver/core/queue/vwr_split*.c",
    "runtime/driver/core/queue/vwr_packed*.c",
    "runtime/device/core/vqueue/vqueue_common.h",
    "runtime/device/core/vqueue/vwr_v*.c",
]
TESTS = [
    "tests/unit/driver/*ring*.[ch]",
    "tests/unit/driver/*bound.[ch]",
    "tests/unit/driver/*events*.[ch]",
    "tests/memory/explore/*.[ch]",
    "tests/memory/explore/*.md",
    "tests/memory/explore/*.py",
    "tests/memory/explore/*.txt",
    "tests/memory/model/*.pml",
    "tests/memory/model/*.md",
    "tests/memory/model/*.py",
    "tests/memory/model/*.txt",
]
# Pages, and programs of users of the runtime: the words of ANYWHERE, no rule on names.
PAGES = [
    "docs/*.md",
    "runtime/adapt/*.[chS]",
    "runtime/adapt/*.md",
    "examples/*.[ch]",
    "examples/*.cpp",
    "examples/*.hpp",
    "examples/*.md",
    "codegen/vwr/*.md",
    "runtime/base/vwr_message.c",
    "runtime/base/vwr_strerror.c",
    "runtime/base/vwr_text.c",
    "runtime/driver/*explain*.[ch]",
    "runtime/device/*explain*.[ch]",
    "runtime/device/core/vdev/vwr_vdev_show.c",
    "runtime/include/vwr/*fault.h",
    "runtime/include/vwr/message.h",
    "runtime/include/vwr/result.h",
    "runtime/include/vwr/text.h",
]
NOT_PAGES = ("docs/versions.md",)  # names what there was
# Everything else that we write but the runtime and what is generated.
OTHERS = ["bench/*", "cmake/*", "codegen/*", "docs/help.txtar", "examples/*", "spec/*", "tests/*", "vwr"]
NOT_OTHERS = (
    "tests/rules/",  # names the words
    "tests/ports/avatar/tree.txtar",  # stands in for another project's sources
    "tests/qemu/replay/recorded.txtar",
    "tests/tools/mutate/result.json",  # quotes lines of C
)
LANGUAGES = (".c", ".h", ".pml")  # whose names are told from their comments

# word: what to write
ANYWHERE = {
    r"short ways?": "fast path",
    r"on (its|their) way": "in flight",
    r"pieces?": "segment; contiguous, of memory",
    r"(un)?wire[ds]?|wiring": "bind, bound, pre-built; vwr_guest16 and its like for byte order",
    r"(un)?settle[ds]?": "bind",
    r"turns?": "wrap counter; toggle, for what a wrap does to it",
    r"rounds?(?! (up|down)\b|\(|\\\")": "wrap; generation, of a queue's lives",
    r"wish(es|ed)?": "event suppression; the event that is asked for",
    r"lied|a lie": "protocol violation; what the device did, as in 'the id is not in flight'",
    r"lent|lends": "owned by the device; has",
    r"told(?! apart)": "notified; says",
    r"hears? of": "is notified",
    r"the document('s)?": "the specification",
    r"in words(?!\[)": "as a message",
}
NAMES = {
    r"never": "a state of its own in `layout`, or NULL",
    r"mark": "in_flight",
    r"is_out": "is_in_flight",
    r"short": "fast; no name for the common case at all",
    r"slowly": "_slow",
    r"place[ds]?": "post; slot, index, position",
    r"look(s|ed|_at)?": "poll, of a ring; validate, of what somebody said",
    r"wants?": "need_event",
    r"lies?": "a protocol violation",
}
# Of the runtime only: a test may give and take.
RUNTIME_NAMES = {
    r"shows?|shown": "publish",
    r"gives?|given": "put_used; next_used",
    r"takes?|taken": "get_used, pop_avail; next_avail, next_used",
    r"seen": "cached_avail_idx, cached_used_idx",
}
KEPT = {
    "VWR_TRACE_TAKE": "the name of a trace event is part of the format of traces",
    # Of what is free: descriptors, ids, tables. Nothing that the other side gave.
    "packed_take_id": "a free id",
    "split_take_table": "a free descriptor for a table",
}
KEPT_NAME = re.compile("|".join(KEPT))
# Of the others a wire is a format; that which somebody does is not.
WIRE = r"(un)?wire[ds]?|wiring"
OTHER_WORDS = {
    r"(un)?wired|(un)?wires|unwire|wiring" if word == WIRE else word: instead
    for word, instead in ANYWHERE.items()
}
KEPT_IN_OTHERS = {
    "vwr_wish": "the runtime's interface",
    r"in words(?=[:\])}]|\.\w| if\b| for\b)|\" in words$|for \w+ in words$": "a loop of Python",
}
KEPT_IN_PAGES = r"\bvwr_wish( wish)?\b|&wish\b|\.pieces\b|`pieces`"  # of the runtime's interface


def ring_files(root):
    """Ring code and its tests."""
    return files(root, *RUNTIME, *TESTS)


def pages(root):
    """Pages and programs whose text the rule reads."""
    return [path for path in files(root, *PAGES) if not path.as_posix().startswith(NOT_PAGES)]


@functools.cache
def pattern(*words):
    """One of these words of the table, also across the end of a line of a comment."""
    either = "|".join(re.sub(r" (?=[\w(])", r"(?:\\s|\\*)+", word) for word in words)
    return re.compile(rf"(?<![A-Za-z])(?:{either})(?![A-Za-z])", re.IGNORECASE)


def others(root):
    """Tests, tools, description."""
    return [path for path in files(root, *OTHERS) if not path.as_posix().startswith(NOT_OTHERS)]


def text_of(root, path):
    """What is read of one of the others: nothing of a file that is no text."""
    try:
        return read(root, path)
    except UnicodeDecodeError:
        return ""


def wrong_text(text, table):
    """(offset, word, what to write) for words that stand nowhere."""
    text = re.sub(rf"\b(?:{KEPT_NAME.pattern})\b", lambda match: "." * len(match.group()), text)
    if not pattern(*table).search(text):  # of most texts: a pass for each word costs a dozen times as much
        return
    for word, instead in table.items():
        for match in pattern(word).finditer(text):
            yield match.start(), " ".join(re.sub(r"[\s*]+", " ", match.group()).split()), instead


def wrong_names(text, table):
    """The same for parts of names, in text without comments."""
    for match in re.finditer(r"[A-Za-z_]\w*", text):
        for word, instead in table.items():
            part = re.search(rf"(?:^|_)(?:{word})(?:_|$)", match.group(), re.IGNORECASE)
            if part and not KEPT_NAME.fullmatch(match.group()):
                yield match.start(), match.group(), instead


def wrong_words(root):
    """`file:line: "word": write …`."""
    found = set()
    for paths, kept, table in (
        (ring_files(root), None, ANYWHERE),
        (pages(root), KEPT_IN_PAGES, ANYWHERE),
        (others(root), "|".join(KEPT_IN_OTHERS), OTHER_WORDS),
    ):
        for path in paths:
            text = text_of(root, path)
            if kept:
                text = re.sub(kept, lambda match: "." * len(match.group()), text, flags=re.MULTILINE)
            wrong = [*wrong_text(text, table)]
            if kept is None and path.suffix in LANGUAGES:
                names = {**NAMES, **(RUNTIME_NAMES if path.parts[0] == "runtime" else {})}
                wrong += wrong_names(code(text), names)
            found.update((path.as_posix(), text.count("\n", 0, at) + 1, *words) for at, *words in wrong)
    return [f'{path}:{line}: "{word}": write {instead}' for path, line, word, instead in sorted(found)]


def unused(root):
    """Names of KEPT that no ring file has."""
    text = "\n".join(read(root, path) for path in files(root, *RUNTIME))
    return [name for name in KEPT if not re.search(rf"\b{name}\b", text)]


def idle(root):
    """What of KEPT_IN_OTHERS none of the others has."""
    text = "\n".join(text_of(root, path) for path in others(root))
    return [name for name in KEPT_IN_OTHERS if not re.search(name, text, flags=re.MULTILINE)]


def statics(text):
    """(line, name) of each static function."""
    text = re.sub(r"__attribute__\(\(.*?\)\)", lambda match: " " * len(match.group()), code(text))
    for match in re.finditer(r"^(?:\w+ )*?static\b[^;={}()]*?\b(\w+)\(", text, flags=re.MULTILINE):
        yield text.count("\n", 0, match.start()) + 1, match.group(1)


def subject(path):
    """What names of a source begin with."""
    return path.stem.removeprefix("vwr_") + "_"


def wrong_statics(root):
    """Static functions that do not carry their file's subject, and names of several files."""
    found, owners = [], defaultdict(set)
    for path in files(root, *RUNTIME):
        if path.parts[1] == "include":
            continue  # public: vwr_
        subjects = {subject(path)}
        if path.suffix == ".h":
            subjects = {
                subject(other)
                for other in files(root, *RUNTIME)
                if other.parent == path.parent and other.suffix == ".c"
            } | {path.stem.removesuffix("common")}
        for line, name in statics(read(root, path)):
            owners[name].add(path.as_posix())
            if not name.startswith(tuple(subjects)):
                found.append(
                    f"{path.as_posix()}:{line}: {name}: its name begins with {' or '.join(sorted(subjects))}"
                )
    return found + [
        f"{name}: in {' and '.join(sorted(paths))}"
        for name, paths in sorted(owners.items())
        if len(paths) > 1
    ]


def test_words():
    """This tree."""
    found = wrong_words(ROOT)
    assert not found, "\n" + "\n".join(found)
    assert not unused(ROOT)
    assert not idle(ROOT)


def test_statics():
    """This tree."""
    found = wrong_statics(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_files_are_found():
    """Of each kind: the patterns fit the tree."""
    assert len(pages(ROOT)) > 60
    for pattern in OTHERS:
        assert any(path.as_posix().startswith(pattern.rstrip("*")) for path in others(ROOT)), pattern
    for pattern in RUNTIME + TESTS:
        folder = pattern.rsplit("/", 1)[0]
        assert (
            any(path.parent.as_posix() == folder for path in files(ROOT, pattern)) or "*" in pattern
        ), pattern
    assert len(files(ROOT, *RUNTIME)) > 12
    assert len(ring_files(ROOT)) > 24


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("/* the short way */\n", "short way"),
        ("/* the short\n * way of it */\n", "short way"),
        ("/* it is on its way */\n", "on its way"),
        ("int pieces;\n", "pieces"),
        ("int wired_one;\n", "wired"),
        ("int vwr_wire16(int);\n", "wire"),
        ("int a_settled;\n", "settled"),
        ("int used_turn;\n", "turn"),
        ("#define QUEUE_TURN 1\n", "TURN"),
        ("    return 1;\n", None),
        ("/* the ring's second round */\n", "round"),
        ("/* round up to 4; rounded */\n", None),
        ("/* the device lied */\n", "lied"),
        ("/* as they lie there */\n", None),
        ("/* lent to the device */\n", "lent"),
        ("int vwr_chain_lend_table(void);\n", None),
        ("/* as the document says */\n", "the document"),
        ("/* in words of 8 bytes */\n", "in words"),
        ("/* keywords */\n", None),
        ("/* a WISH */\n", "WISH"),
        ("/* it is told */\n", "told"),
        ("/* told apart */\n", None),
        ("struct c *never;\n", "never"),
        ("/* that is never so */\n", None),
        ("c->mark = c;\n", "mark"),
        ("/* a benchmark, a mark */\n", None),
        ("int vwr_place(void);\n", "vwr_place"),
        ("/* in its place */\n", None),
        ("int replace;\n", None),
        ("int look_at(void);\n", "look_at"),
        ("int v_looks;\n", "v_looks"),
        ("/* a look at it */\n", None),
        ("bool wants(void);\n", "wants"),
        ("int short_used;\n", "short_used"),
        ("int push_slowly(void);\n", "push_slowly"),
        ("int other_side;\n", None),
        ("int vwr_vpacked_show(void);\n", "vwr_vpacked_show"),
        ("int given;\n", "given"),
        ("int taken;\n", "taken"),
        ('const char *s = "never taken";\n', None),
        ("VWR_TRACE_TAKE\n", None),
    ],
)
def test_bad_words_are_found(make, text, word):
    """In a file of the ring code; elsewhere they may stand."""
    root = make(
        {
            "runtime/driver/core/queue/vwr_split.c": "\n" + text,
            "runtime/driver/blk/vwr_blk.c": text,
            "docs/versions.md": text,
        }
    )
    found = wrong_words(root)
    assert len(found) == (word is not None), found
    assert word is None or found[0].startswith(f'runtime/driver/core/queue/vwr_split.c:2: "{word}": write ')


def test_other_files(make):
    """Prose is read as prose; a test may take, and may not look."""
    root = make(
        {
            "tests/memory/model/README.md": "Who takes a turn\n",
            "tests/unit/driver/test_ring.c": "int take(int look);\n",
            "tests/memory/model/cases.txt": "# a wish\n",
            "tests/memory/explore/main.c": "int a; /* the\n * document */\n",
        }
    )
    assert [text.split(": write")[0] for text in wrong_words(root)] == [
        'tests/memory/explore/main.c:1: "the document"',
        'tests/memory/model/README.md:1: "turn"',
        'tests/memory/model/cases.txt:1: "wish"',
        'tests/unit/driver/test_ring.c:1: "look"',
    ]


def test_pages(make):
    """A page and a user's program may look, take and give; their words are the specification's."""
    root = make(
        {
            "docs/a.md": "He looks;\nwhat the\ndocument says\n",
            "runtime/adapt/x/a.c": "int take(int wired, int look);\n",
            "examples/hypervisor/a.c": "int parts;\n",
            "examples/b.c": "o.pieces = 2; /* `pieces` */ int pieces;\n",
        }
    )
    assert [text.split(": write")[0] for text in wrong_words(root)] == [
        'docs/a.md:2: "the document"',
        'examples/b.c:1: "pieces"',
        'runtime/adapt/x/a.c:1: "wired"',
    ]


def test_others(make):
    """Tests and tools: a wire may be a format, Python may have `words`, what is made or somebody else's is not read."""
    root = make(
        {
            "tests/qemu/driver/a.c": "/* the wire's order */ struct vwr_wish request; int wired, look;\n",
            "tests/spec/generated/test_a.py": "a = [one for one in words if one]  # the wire test; the document\n",
            "tests/spec/checks/bad/a.txtar": "brief: a piece\n",
            "examples/demo/run.sh": "turns=0\n",
            "vwr": "# it is told\n",
            "spec/a.yaml": "# round up\nrows: round(3)\n",
            "tests/rules/test_a.py": "told = 1\n",
            "tests/ports/avatar/tree.txtar": "-- a.c --\nint turn;\n",
            "generated/a.h": "int turn;\n",
        }
    )
    (root / "tests" / "spec" / "checks" / "bad" / "b.txtar").write_bytes(b"a piece \xf6")
    assert [text.split(": write")[0] for text in wrong_words(root)] == [
        'examples/demo/run.sh:1: "turns"',
        'tests/qemu/driver/a.c:1: "wired"',
        'tests/spec/checks/bad/a.txtar:1: "piece"',
        'tests/spec/generated/test_a.py:1: "the document"',
        'vwr:1: "told"',
    ]


def test_kept_names_are_used(make):
    """A reason without a name."""
    root = make({"runtime/driver/core/queue/vwr_split.c": "int a = VWR_TRACE_TAKE;\n"})
    assert unused(root) == [name for name in KEPT if name != "VWR_TRACE_TAKE"]


def test_bad_statics_are_found(make):
    """Each shape of a definition."""
    root = make(
        {
            "runtime/driver/core/queue/queue_common.h": "static inline int queue_a(void)\n{\n}\nstatic inline int split_b(void)\n{\n}\n"
            "static inline int vsplit_c(void)\n{\n}\n",
            "runtime/driver/core/queue/vwr_split.c": "static int split_d(int a)\n{\n}\nstatic __attribute__((noinline)) int look(void)\n{\n}\n"
            "static const int number = 1;\nstatic VWR_COLD struct a *queue_e(int a,\n  int b)\n{\n}\n"
            "int f(void)\n{\n    static int a = sizeof(int);\n}\n",
            "runtime/driver/core/queue/vwr_split_in_order.c": "static int split_in_order_g(void);\nstatic int split_d(void)\n{\n}\n",
            "runtime/driver/blk/vwr_blk.c": "static int look(void)\n{\n}\n",
            "runtime/include/vwr/queue.h": "static inline int vwr_queue_h(void)\n{\n}\n",
        }
    )
    assert wrong_statics(root) == [
        "runtime/driver/core/queue/queue_common.h:7: vsplit_c: its name begins with queue_ or split_ or split_in_order_",
        "runtime/driver/core/queue/vwr_split.c:4: look: its name begins with split_",
        "runtime/driver/core/queue/vwr_split.c:8: queue_e: its name begins with split_",
        "runtime/driver/core/queue/vwr_split_in_order.c:2: split_d: its name begins with split_in_order_",
        "split_d: in runtime/driver/core/queue/vwr_split.c and runtime/driver/core/queue/vwr_split_in_order.c",
    ]

# SPDX-License-Identifier: MIT
"""What is left of a function where a profile decides something in it (codegen/vwr/embed/fold.py)."""

import re

import pytest

from vwr.c.items import items
from vwr.c.tokens import code
from vwr.embed import fold

from processes import need
from world import written

KNOWN = {"VWR_WITH_PACKED": 0, "VWR_WITH_STATS": 1}
PREDICATES = {"is_packed": 0, "has_stats": 1}


@pytest.mark.parametrize(
    "before, after",
    [
        ("    if (is_packed(q->layout))\n        other(q);\n    f(q);\n", "    f(q);\n"),
        ("    if (!is_packed(q))\n        f(q);\n", "    f(q);\n"),
        (
            "    if (VWR_RARELY(is_packed(q)))\n        return other(q);\n    return f(q);\n",
            "    return f(q);\n",
        ),
        ("    if (q->on && is_packed(q))\n        f(q);\n    g(q);\n", "    g(q);\n"),
        ("    return is_packed(kind(q)) ? f(q) : g(q);\n", "    return g(q);\n"),
        ("    f(q, is_packed(q), 1);\n", "    f(q, false, 1);\n"),
        ("    f(q, is_packed(q) ? a(q, 1) : b(q, 2));\n", "    f(q, b(q, 2));\n"),
        ("    if (has_stats(q) || q->on)\n        f(q);\n", "    f(q);\n"),
        # what is never reached
        (
            "    while (f(q)) {\n        if (!is_packed(q))\n            continue;\n        g(q);\n    }\n",
            "    while (f(q)) {\n        continue;\n    }\n",
        ),
        (
            "    switch (f(q)) {\n    case 1:\n        if (!is_packed(q))\n            return 0;\n    default:\n        g(q);\n    }\n",
            "    switch (f(q)) {\n    case 1:\n        return 0;\n    default:\n        g(q);\n    }\n",
        ),
        # what may have to happen, does
        ("    if (is_packed(next(q)))\n        f(q);\n", "    if (is_packed(next(q)))\n        f(q);\n"),
        ("    if (is_packed(q++))\n        f(q);\n", "    if (is_packed(q++))\n        f(q);\n"),
        ("    if (next(q) && is_packed(q))\n        f(q);\n", "    if (next(q) && false)\n        f(q);\n"),
        # a statement that happens once at least
        (
            "    do {\n        f(q);\n    } while (is_packed(q) && g(q));\n",
            "    do {\n        f(q);\n    } while (0);\n",
        ),
        (
            "    do\n        f(q);\n    while (!is_packed(q) && g(q));\n",
            "    do\n        f(q);\n    while (g(q));\n",
        ),
        # an else stays with its own if
        (
            "    if (q->on) {\n        if (is_packed(q))\n            f(q);\n    } else if (q->off)\n        g(q);\n    else\n        h(q);\n",
            "    if (q->on) {\n    } else if (q->off)\n        g(q);\n    else\n        h(q);\n",
        ),
        # a name that is no call
        ("    f(is_packed);\n", "    f(is_packed);\n"),
    ],
)
def test_predicates(before, after):
    """A call of a function that always answers the same is its answer, if its arguments do nothing."""
    made_of = fold.function(
        f"static void one(struct queue *q)\n{{\n{before}}}\n", KNOWN, PREDICATES, {"kind"}
    )
    assert made_of == f"static void one(struct queue *q)\n{{\n{after}}}\n"


@pytest.mark.parametrize(
    "body, answer",
    [
        ("    return VWR_WITH_PACKED && (layout & 4) != 0;\n", 0),
        ("    return is_packed(layout);\n", 0),
        ("    return VWR_WITH_STATS || layout != 0;\n", 1),
        ("    return (layout & 4) != 0;\n", None),
        ("    f(layout);\n    return VWR_WITH_PACKED && layout != 0;\n", None),
    ],
)
def test_predicate(body, answer):
    """What a function always answers."""
    text = f"/* Is it? */\nstatic inline bool one(unsigned layout)\n{{\n{body}}}\n"
    assert fold.predicate(text, KNOWN, PREDICATES) == answer
    assert fold.predicate(text.replace("bool", "int"), KNOWN, PREDICATES) is None


@pytest.mark.parametrize(
    "text, only",
    [
        ("static inline int one(const struct queue *q)\n{\n    return q->size + two(q);\n}\n", True),
        ("static inline int one(struct queue *q)\n{\n    return q->size;\n}\n", False),
        ("static inline int one(const struct queue *q)\n{\n    return three(q);\n}\n", False),
        ("static inline int one(const struct queue *q)\n{\n    return *(volatile int *)q->reg;\n}\n", False),
        ("static inline int one(const struct queue *q)\n{\n    q->at->n = 1;\n    return 0;\n}\n", False),
    ],
)
def test_harmless(text, only):
    """A function that only computes something may stand in an argument of a call that goes."""
    assert fold.harmless(text, {"two"}) == only


@pytest.mark.parametrize(
    "before, after",
    [
        (
            "    const bool packed = VWR_WITH_PACKED && layout != 0;\n\n    if (packed)\n        other(q);\n    f(q);\n",
            "    f(q);\n",
        ),
        (
            "    const bool packed = is_packed(q);\n\n    if (!packed && q->packed != 0)\n        f(q, packed);\n",
            "    const bool packed = false;\n\n    if (q->packed != 0)\n        f(q, packed);\n",
        ),
    ],
)
def test_variables(before, after):
    """A variable that is constant by the profile decides what hangs on it; a member of its name does not."""
    made_of = fold.function(f"static void one(struct queue *q)\n{{\n{before}}}\n", KNOWN, PREDICATES)
    assert made_of == f"static void one(struct queue *q)\n{{\n{after}}}\n"


@pytest.mark.parametrize(
    "text, name",
    [
        ("typedef bool each_one(void *context, uint32_t written);\n", "each_one"),
        ("typedef int (*vwr_call)(void *context);\n", "vwr_call"),
        ("typedef uint64_t __attribute__((may_alias)) half;\n", "half"),
    ],
)
def test_name_of_a_type(text, name):
    """Of a function's type it is the function's, not that of its last parameter."""
    assert [(item.kind, item.name) for item in items(text)] == [("type", name)]


def test_a_copy_without_packed_rings(work):
    """Nothing asks whether a ring is packed, and nothing of a packed ring is reached; a function of a layout is not called."""
    need("gcc")
    written(work, "--without", "packed,in_order,speed")
    text = (work / "vwr.c").read_text(encoding="utf-8")
    assert not re.findall(r"\w+_is_packed\(|\w+_is_in_order\(|VWR_IN_(?:NEVER|ALWAYS)\b", text)
    reached = r"vwr_(?:queue_)?packed_|[.>]packed\b"
    lines = [line for line in code(text).splitlines() if re.search(reached, line)]
    assert not lines, "its code has something about packed rings"

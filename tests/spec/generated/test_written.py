# SPDX-License-Identifier: MIT
"""What is taken out of a function that a template has filled in, and what stays (codegen/vwr/generate/written.py)."""

import pytest

from gen_help import ROOT
from vwr.generate.written import written

HEAD = "static int one(struct vwr_thing *t, const uint8_t *bytes, uint32_t n)"


@pytest.mark.parametrize(
    "before, after",
    [
        # a parameter is spoken of, or is said not to be
        ("    (void)n;\n    return f(t, bytes, n);\n", "    return f(t, bytes, n);\n"),
        ("    return f(t);\n", "    (void)bytes;\n    (void)n;\n    return f(t);\n"),
        ("    return t->n + bytes[0];\n", "    (void)n;\n    return t->n + bytes[0];\n"),
        # a variable that nothing speaks of, and what only it was for
        (
            "    const struct vwr_dev *const d = t->dev;\n\n    (void)d;\n    return f(t, bytes, n);\n",
            "    return f(t, bytes, n);\n",
        ),
        (
            "    const int a = t->a;\n    const int b = a;\n\n    return f(t, bytes, n);\n",
            "    return f(t, bytes, n);\n",
        ),
        (
            "    int r;\n    int s;\n\n    (void)s;\n    r = f(t, bytes, n);\n    return r;\n",
            "    int r;\n\n    r = f(t, bytes, n);\n    return r;\n",
        ),
        # a call happens
        (
            "    const int r = f(t, bytes, n);\n\n    g(t);\n    return r;\n",
            "    const int r = f(t, bytes, n);\n\n    g(t);\n    return r;\n",
        ),
        ("    (void)f(t, bytes, n);\n    return 0;\n", "    (void)f(t, bytes, n);\n    return 0;\n"),
    ],
)
def test_functions(before, after):
    assert written(f"{HEAD}\n{{\n{before}}}\n") == f"{HEAD}\n{{\n{after}}}\n"


def test_flags_begin_with_a_flag():
    assert written("    .flags = 0 | A | B,\n    .none = 0,\n") == "    .flags = A | B,\n    .none = 0,\n"


def test_a_prototype_is_left_alone():
    text = "int f(int a);\nstruct s {\n    int (*call)(int n);\n};\n"
    assert written(text) == text


def test_generated_says_nothing_twice():
    """No (void) of what the function uses; no flag that is none."""
    for path in [*(ROOT / "generated/service").glob("*.c"), *(ROOT / "generated/client").glob("*.c")]:
        text = path.read_text("utf-8")
        assert written(text) == text and "0 | " not in text, path

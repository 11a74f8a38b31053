# SPDX-License-Identifier: MIT
"""What is found in preprocessed text, and that no text brings the reader down."""

import random

import pytest

from world import GOOD

from vwr.lint import names
from vwr.lint import source


def fields(text, name="t"):
    """The paths that the reader finds in a struct; those that are arrays or pointers marked."""
    found = source.Source(text)
    return [
        path + "[]" * member.array + "*" * member.pointer
        for path, member, _ in source.leaves(found, found.bodies[name].members)
    ]


@pytest.mark.parametrize(
    "text, found",
    [
        ("struct t { unsigned char a, b[3]; unsigned short c : 3, : 2, d; };", ["a", "b[]", "c", "d"]),
        ("struct t { int (*f)(int x, int y); void *p, *q[2]; };", ["f*", "p*", "q[]*"]),
        ("struct t { union { int u; struct { int v, w; }; }; int x; };", ["u", "v", "w", "x"]),
        ("struct t { struct { int v; } s; struct { int v; } a[2]; };", ["s", "s.v", "a[]"]),
        (
            "struct s { int v; }; struct t { struct s s; struct s *p; struct s a[3]; };",
            ["s", "s.v", "p*", "a[]"],
        ),
        (
            "typedef struct { int v; } s; typedef struct __attribute__((packed)) { s one; } t;",
            ["one", "one.v"],
        ),
        ("struct s { int v; }; typedef struct s t;", ["v"]),
        (
            "struct t { enum { A, B } e; enum other f; const volatile unsigned long long g; };",
            ["e", "f", "g"],
        ),
        (
            "struct __attribute__((aligned(4))) t { int a __attribute__((packed)); _Alignas(8) int b; } u;",
            ["a", "b"],
        ),
        ("struct t { unsigned char class; int final; };", ["class", "final"]),
        ("struct t : a::b { std::uint8_t c; ::d::e f : 3; };", ["c", "f"]),
        ("class t : base { public: int a = 1; private: int f() const { return 2; } int b{3}; };", ["a", "b"]),
    ],
)
def test_bodies(text, found):
    assert fields(text) == found


def test_places_and_macros():
    found = source.Source(
        '# 1 "a.h"\n#define A 1\n# 7 "dir/b \\"q\\".h" 1\nstruct t {\nint x;\n};\n#undef A\n'
        '# 0 "<built-in>"\n#define B 2\n# 3 "a.h" 2\n#define C(x) x\n#define D (1 << 2)\n#define E\n'
    )
    assert found.bodies["t"].place == ('dir/b "q".h', 7)
    assert found.bodies["t"].members[0].place == ('dir/b "q".h', 8)
    assert found.macros == {"D": ("(1 << 2)", ("a.h", 4)), "E": ("", ("a.h", 5))}


@pytest.mark.parametrize("theirs", ["VIRTIO_BLK_F_RO", "virtio_blk_f_ro", "kVirtioBlkFRo", "VirtioBlkFRo"])
def test_spellings(theirs):
    assert names.key(theirs) == names.key("VIRTIO_BLK_F_RO")


def test_no_text_brings_it_down():
    text = GOOD.read_text(encoding="utf-8")
    tokens = "struct { } ; ( ) [ , : = typedef union * x # #define \" ' __attribute__ class \0 enum".split(
        " "
    )
    chance = random.Random(4)
    for _ in range(300):
        start = chance.randrange(len(text))
        words = text[start : start + 400].split() + chance.choices(tokens, k=30)
        chance.shuffle(words)
        found = source.Source(" ".join(words) + "\n" * chance.randrange(2))
        for body in found.bodies.values():
            list(source.leaves(found, body.members))
    deep = source.Source("struct t { " * 5000 + "int x; " + "}; " * 5000)
    assert deep.bodies["t"].members


def test_a_struct_that_has_itself_inside():
    found = source.Source("struct t { struct t t; int x; };")
    assert len(list(source.leaves(found, found.bodies["t"].members))) < 100

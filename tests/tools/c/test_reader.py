# SPDX-License-Identifier: MIT
"""The reader of C on awkward text: comments in odd places, continued lines, attributes, function pointers, nested unions."""

import pytest

from vwr.c import referring
from vwr.c.bodies import declared, members, parameter_name, parameters, signature, values
from vwr.c.items import items, without_guard
from vwr.c.tokens import code, replace_names, split, tokens, uses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a /* b\n c */ d", ["name a", "comment /* b\n c */", "name d"]),
        ("a // b /*\nc", ["name a", "comment // b /*", "name c"]),
        ("'\\'' \"/* \\\" */\"", ["quoted '\\''", 'quoted "/* \\" */"']),
        ("#define A \\\n    b /* c\n d */ e\nf", ["directive #define A \\\n    b /* c\n d */ e", "name f"]),
        ("  # include <a//b>\nc", ["directive   # include <a//b>", "name c"]),
        (
            "a->b... <<= 0x1fu 1.5e+3",
            "name a|mark ->|name b|mark ...|mark <<=|number 0x1fu|number 1.5e+3".split("|"),
        ),
    ],
)
def test_tokens(text, found):
    assert [f"{one.kind} {one.text}" for one in tokens(text)] == found
    assert all(text[one.at : one.end] == one.text for one in tokens(text))


def test_code_keeps_places():
    text = 'a /* b\n */ "c\\"" \'d\' // e\nf'
    assert code(text) == "a     \n    \"   \" ' '     \nf"


def test_uses():
    found = uses('struct s *f(enum e a) { return a.b->c + 0x1f * g /* h */("i"); }')
    assert found.tags == {"s", "e"} and found.members == {"b", "c"}
    assert found.plain == {"f", "a", "return", "g"} and found.names == found.tags | found.plain


def test_replaced_names():
    text = 's = x.s + p->s; struct s s2; "s" /* s */'
    assert replace_names(text, {"s": "t"}) == 't = x.s + p->s; struct t s2; "s" /* s */'
    assert replace_names(text, {"struct s": "struct t"}) == 's = x.s + p->s; struct t s2; "s" /* s */'


def test_split():
    assert split("a(b, c), {d, e}, f[g, h]") == ["a(b, c)", " {d, e}", " f[g, h]"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('/* { */\n#define A(b) \\\n    { b\n#include "c.h"\n', ["comment ", "macro A", "include c.h"]),
        ("int f(void) /* { */\n{\n    return '}'; /* } */\n}\nint a;\n", ["function f", "object a"]),
        ("__attribute__((format(printf, 1, 2))) int f(const char *s, ...);\n", ["prototype f"]),
        ('__attribute__((a("b"), c(4))) void f(void)\n{\n}\n', ["function f"]),
        ("VWR_COLD struct s *f(int (*g)(int), int h[2]) VWR_PURE __attribute__((a(b)));\n", ["prototype f"]),
        ("static int (*table[2])(int) = {f, g};\nint (*one)(void);\n", ["object table", "object one"]),
        ("static const struct {\n    int a;\n} *b[2] = {{1}}, c;\n", ["object b c"]),
        ("enum e {\n    A = 1,\n    B = 2\n};\n", ["type e"]),
        ("struct s {\n    int a;\n} b;\nunion u;\nenum {\n    A\n};\n", ["object b", "type u", "type "]),
        ("extern const struct s VWR_ONE;\nint a VWR_COLD;\n", ["object VWR_ONE", "object a"]),
        ("struct s *a = &(struct s){\n    1};\n", ["object a"]),
        ("typedef int (*f)(int (*)(void));\ntypedef int g(int a);\n", ["type f", "type g"]),
        ("typedef struct s {\n    int a;\n} t[2];\ntypedef enum e u;\n", ["type t", "type u"]),
        ("struct VWR_PACKED s {\n    int a;\n} __attribute__((aligned(4)));\n", ["type s"]),
        (
            'MAKE(a, b)\n/* c */\nMAKE(d);\n__asm__("e");\nint f;\n',
            ["call MAKE", "comment ", "call MAKE", "call __asm__", "object f"],
        ),
        ('_Static_assert(sizeof(int) == 4, "a");\n', ["assertion "]),
        ("#if A\nint a;\n#ifdef B\n#else\n#endif\n#endif\nint b;\n", ["block ", "object b"]),
        (
            'extern "C" {\nint a;\n}\nextern "C" int f(void);\n',
            ["call VWR_BEGIN_C", "object a", "call }", "prototype f"],
        ),
    ],
)
def test_items(text, found):
    """Kind and names."""
    read = items(text)
    assert [f"{one.kind} {' '.join([one.name, *one.also])}" for one in read] == found
    assert "".join(one.text for one in read) == text


def test_what_an_item_knows():
    text = "/* a */\n\nstatic struct s {\n    int b;\n} c; /* d\n e */\n#if F\nint g;\n#endif\ntypedef struct t {\n    int h;\n} i;\n"
    comment, c, begin, g, end, i = items(text, "file.c", flat=True)
    assert (c.static, g.static, c.tag, i.tag, g.tag) == (True, False, "s", "t", "")
    assert (comment.paragraph, c.paragraph, g.paragraph) == (0, 1, 1) and c.text.endswith("e */\n")
    assert (begin.kind, end.text, text[g.at :][:6], i.origin) == ("directive", "#endif\n", "int g;", "file.c")
    assert "s" in c.refs and "c" not in c.refs


def test_guards():
    text = '/* a */\n#ifndef VWR_A_H\n#define VWR_A_H\n#ifdef __cplusplus\nextern "C" {\n#endif\nint a;\nVWR_END_C\n#endif\n'
    assert without_guard(text) == "/* a */\nint a;\n"


STRUCT = """struct s {
    int *a, b[2]; /* both */
    /* of c */
    int (*c)(int n, void (*d)(void)); // behind
    unsigned e : 3;
    union {
        struct { /* inside */
            int f;
        };
        struct { int g; } h VWR_PACKED;
    } VWR_PACKED;
    _Static_assert(sizeof(int) == 4, "no; member");
    struct t *i __attribute__((aligned(4))); /* private: by one */
    /* private: */
    const char *j /* k; */ [sizeof("a;b")];
    /* public: */
    enum { A, B } l;
} __attribute__((packed));
"""


def test_members():
    found = members(STRUCT)
    assert [one.name for one in found] == ["a", "b", "c", "e", "", "i", "j", "l"]
    assert [one.text for one in found][:4] == [
        "int *a",
        "int b[2]",
        "int (*c)(int n, void (*d)(void))",
        "unsigned e : 3",
    ]
    assert [one.comment for one in found][:4] == ["/* both */", "/* both */", "/* of c */", ""]
    inner = found[4].members
    assert [one.name for one in inner] == ["", "h"] and [one.name for one in inner[0].members] == ["f"]
    assert [one.private for one in found] == [False] * 5 + [True, True, False]
    assert STRUCT[found[6].at : found[6].end] == 'const char *j /* k; */ [sizeof("a;b")];\n'


def test_values():
    text = "enum e {\n    /* of A */\n    A = F(1, 2), /* one */\n    B, C /* two */\n    ,\n    D = ',' // three\n};\n"
    found = values(text)
    assert [one.name for one in found] == ["A", "B", "C", "D"]
    assert [one.text for one in found] == ["A = F(1, 2)", "B", "C", "D = ','"]
    assert [one.comment for one in found] == ["/* of A */", "", "/* two */", "// three"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("int a", "a"),
        ("unsigned", ""),
        ("const struct s *", ""),
        ("struct s b[static 4]", "b"),
        ("foo_t", ""),
        ("const foo_t", ""),
        ("foo_t *restrict c", "c"),
        ("int (*d)(int, void (*)(void))", "d"),
        ("void (*)(int e)", ""),
        ("unsigned long", ""),
    ],
)
def test_parameter_names(text, name):
    assert parameter_name(text) == name


def test_functions():
    text = "VWR_COLD __attribute__((format(a, 1, 2))) static int *f(int a, void (*b)(int c, int d), ...) VWR_PURE\n{\n}\n"
    assert (
        signature(text) == "int *f(int a, void (*b)(int c, int d), ...)" and declared(signature(text)) == "f"
    )
    assert (
        parameters(text) == ["int a", "void (*b)(int c, int d)", "..."] and parameters("int g(void);") == []
    )


REAPS = """\
/**
 * vwr_a_reap() - Return requests
 * @q: Queue.
 * @done: Filled in with up to @max requests of @q.
 * @max: Size of @done.
 *
 * Return: Their number.
 */
"""


@pytest.mark.parametrize(
    "declaration, wanted",
    [
        (
            "int vwr_b_reap(struct b *p, struct vwr_req **done, unsigned most);\n",
            REAPS.replace("_a_", "_b_")
            .replace("Return requests", "Return messages")
            .replace("@q", "@p")
            .replace("@max", "@most"),
        ),
        ("int vwr_b_reap(struct b *p);\n", None),  # other parameters
    ],
)
def test_a_comment_that_refers_to_another_is_spelled_out(declaration, wanted):
    comment = "/** vwr_b_reap() - Return messages; see vwr_a_reap() */\n"
    assert referring.referred(comment) == "vwr_a_reap"
    assert referring.spelled_out(comment, declaration, REAPS) == (wanted or comment)
    assert referring.spelled_out(comment, declaration, "") == comment
    assert referring.referred(REAPS) == referring.referred("/** A - One */\n") == ""

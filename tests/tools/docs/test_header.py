# SPDX-License-Identifier: MIT
"""The reader of headers and of kernel-doc, and the pages that are made of them."""

import re

import pytest

from vwr.docs import api, contexts
from vwr.docs.header import read
from vwr.docs.kerneldoc import blocks, parse
from vwr.docs.restructured import Prose

HEADER = """\
/* SPDX-License-Identifier: MIT */
#ifndef VWR_X_H
#define VWR_X_H

/**
 * DOC: A made-up header
 *
 * Two calls.
 */

/** VWR_X_SIZE - Size of a thing */
#define VWR_X_SIZE(n) ((n) * \\
                       4u)
#define VWR_X_MOST 8u /* of them */

/**
 * struct vwr_x - A thing
 * @a: First.
 */
struct vwr_x {
    uint32_t a;
    /** @b: Second. */
    uint32_t *b, c;
    int (*call)(struct vwr_x *x, int n); /* may be NULL */
    union {
        uint8_t bytes[4];
        uint32_t word;
    } u;
    /* private */
    int hidden;
} __attribute__((aligned(4)));

enum vwr_y { VWR_Y_ONE = 1, /* one */ VWR_Y_TWO /* two, and more */ };

/**
 * vwr_x_do() - Do it
 * @x: The thing.
 * @map: Called for each.
 *
 * Uses &struct vwr_x and VWR_X_MOST.
 *
 * Context: Any.
 * Return: VWR_OK, or
 *   VWR_EIO.
 */
VWR_MUST_CHECK int vwr_x_do(struct vwr_x *x, void (*map)(void *p)) VWR_COLD;
static inline int vwr_x_again(struct vwr_x *x)
{
    return vwr_x_do(x, ";{"); /* a comment */
}

typedef void (*vwr_x_call)(void *context);
extern const struct vwr_x vwr_x_first;

#endif
"""


def test_every_form_is_read():
    items = read(HEADER)
    assert [(item.kind, item.name) for item in items] == [
        ("text", ""),
        ("macro", "VWR_X_SIZE"),
        ("macro", "VWR_X_MOST"),
        ("struct", "vwr_x"),
        ("enum", "vwr_y"),
        ("function", "vwr_x_do"),
        ("function", "vwr_x_again"),
        ("type", "vwr_x_call"),
        ("variable", "vwr_x_first"),
    ]
    struct, enum, function, again = items[3:7]
    assert [(member.text, member.name) for member in struct.members] == [
        ("uint32_t a", "a"),
        ("uint32_t *b", "b"),
        ("uint32_t c", "c"),
        ("int (*call)(struct vwr_x *x, int n)", "call"),
        ("union", "u"),
    ]
    assert [one.text for one in struct.members[4].members] == ["uint8_t bytes[4]", "uint32_t word"]
    assert struct.private and "may be NULL" in struct.members[3].comment
    assert [(member.name, member.comment) for member in enum.members] == [
        ("VWR_Y_ONE", "/* one */"),
        ("VWR_Y_TWO", "/* two, and more */"),
    ]
    assert function.text == "int vwr_x_do(struct vwr_x *x, void (*map)(void *p))"
    assert again.text == "int vwr_x_again(struct vwr_x *x)" and not again.comment
    assert function.group == again.group


def test_kernel_doc():
    doc = parse(read(HEADER)[5].comment)
    assert doc.what == {"vwr_x_do": "Do it"}
    assert doc.parameters == {"x": ["The thing."], "map": ["Called for each."]}
    assert [line for line in doc.body if line] == ["Uses &struct vwr_x and VWR_X_MOST."]
    assert doc.parts == {
        "Context": ["Any."],
        "Return": [
            "VWR_OK, or",
            "  VWR_EIO.",
        ],
    }
    assert parse(read(HEADER)[0].comment).title == "A made-up header"


def test_a_plain_comment_is_a_body():
    doc = parse("/*\n * What it does. VWR_OK: done.\n *\n *     code();\n */")
    assert not doc.what and not doc.parameters
    assert doc.body == ["What it does. VWR_OK: done.", "", "    code();"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("a vwr_x_do() b", "a :c:func:`vwr_x_do() <vwr_x_do>` b"),
        ("%VWR_X_MOST, @n", ":c:macro:`VWR_X_MOST <VWR_X_MOST>`, ``n``"),
        ("&struct vwr_x", ":c:struct:`struct vwr_x <vwr_x>`"),
        ("2 * a_b*c|d", "2 \\* ``a_b``\\ \\*c\\|d"),
        ("options.request.replay", "``options.request.replay``"),
        ("`x` and VWR_Z_...", "``x`` and ``VWR_Z_``..."),
        ("So::", "So:"),
    ],
)
def test_prose(text, made):
    kinds = {"vwr_x_do": "function", "VWR_X_MOST": "macro", "vwr_x": "struct"}
    assert Prose(kinds).inline(text) == made


def test_a_page_has_every_name_once():
    header = api.Header("x", read(HEADER))
    page = "\n".join(api.Pages([header], Prose(api.kinds([header]))).page(header))
    for line in (
        ".. c:macro:: VWR_X_SIZE(n)",
        ".. c:struct:: vwr_x",
        "   .. c:member:: uint32_t *b",
        "   .. c:enumerator:: VWR_Y_ONE = 1",
        ".. c:function:: int vwr_x_do(struct vwr_x *x, void (*map)(void *p))",
        "                int vwr_x_again(struct vwr_x *x)",
        "   :param x: The thing.",
        "   :Context: Any.",
        "Other members are private.",
    ):
        assert page.count(line) == 1, line
    assert "hidden" not in page


def test_every_function_of_ours_is_found():
    """The table of contexts has a row for each function that is not a small inline one, by the compiler."""
    named = {item.name for header in api.headers() for item in header.items if item.kind == "function"}
    assert len(named) > 500
    assert not set(contexts.rows()) - named


def test_nothing_of_ours_is_left_unread():
    for header in api.headers():
        for item in header.items:
            assert (
                item.kind == "text" or re.fullmatch(r"(?:VWR|vwr)_\w+", item.name) or item.kind == "enum"
            ), item
        assert header.brief(), header.name


def described(header):
    """(name, lines) of each text of a parameter, a member, a value, and of each part such as Return."""
    waiting = list(header.items)
    for one in waiting:
        waiting += one.members
        doc = parse(one.comment)
        yield from doc.parameters.items()
        yield from doc.parts.items()


def test_texts_of_parameters_and_members_are_text():
    """A second line that is indented continues the first: in HTML a code block would be cut off at the right."""
    texts = [(header.name, *one) for header in api.headers() for one in described(header)]
    assert len(texts) > 5000 and sum(line.startswith("  ") for *_, lines in texts for line in lines) > 500
    assert [one for one in texts if any(block.kind == "literal" for block in blocks(one[2]))] == []


def test_blocks():
    kinds = [(one.kind, " ".join(one.lines)) for one in blocks(["a", "  b", "- c", "  d", "", "    e", "f"])]
    assert kinds == [("text", "a b"), ("item", "c d"), ("literal", "    e"), ("text", "f")]


@pytest.mark.parametrize("name", re.findall(r"`vwr/(\w+)\.h`", api.DEVICES.read_text(encoding="utf-8")))
def test_class_headers_open_alike(name):
    """What the end does, its calls, then details, the table of contexts and the section."""
    doc = parse(next(header for header in api.headers() if header.name == name).items[0].comment)
    text, calls, *_, last = blocks(doc.body)
    side = "device side" if api.side(name) == "device" else "driver side"
    assert re.fullmatch(rf"[\w ]+, {side}(?: \(2D\))?", doc.title)
    assert (text.kind, calls.kind) == ("text", "literal") and text.lines[-1].endswith("::")
    assert "generated/docs/contexts.md" in last.lines[0] and doc.parts["Section"]


def test_headers_are_of_a_side():
    sides = {header.name: api.side(header.name) for header in api.headers()}
    assert sides["blk"] == sides["queue"] == sides["pci"] == "driver"
    assert sides["vblk"] == sides["vm"] == sides["vnet_switch"] == "device"
    assert sides["result"] == sides["base"] == sides["vblk_disk"] == "both"

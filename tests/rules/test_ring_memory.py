# SPDX-License-Identifier: MIT
"""
Memory of a ring is accessed through vwr/ring.h and nowhere else, and the barriers of the rings are those of vwr/ring.h.

Two ways. The compiler sees the runtime with rings and descriptors whose fields no number goes into or comes out of
(sealed.h): direct access to a field does not compile, its address does. What a compiler does not see is in
BANNED, for the ring code alone: casts, volatile, copies, barriers of the port. KEPT has what stays, with a reason.
"""

import re

import pytest

from test_statics import RING_CODE
from processes import completed
from tree import ROOT, files, read
from vwr.c.tokens import code

INCLUDE = ["runtime/include", "monitor/include", "generated/include", "runtime/port/template"]
HERE = ROOT / "tests/rules"
ALL = [
    "runtime/driver/*.c",
    "runtime/device/*.c",
    "runtime/parts/*.c",
    "runtime/bridge/*.c",
    "monitor/*.c",
]
RING = "runtime/include/vwr/ring.h"

BANNED = {
    r"\bvolatile\b(?! void \*)": "volatile: the accessors of vwr/ring.h have it",  # of a register there is an address
    r"\bvwr_port_(?:mb|rmb|wmb|release)\b": "a barrier of the port: vwr_ring_publish16, vwr_ring_acquire, vwr_ring_mb",
    r"\b(?:may_alias|VWR_MAY_ALIAS)\b": "another type for the same memory: an accessor of vwr/ring.h",
    r"\((?:const )?u?int(?:16|32|64)_t \*\)": "a cast to what can be accessed: an accessor of vwr/ring.h",
    r"\bstruct vwr_p?virtq_\w+ \w+ =": "a copy of what the other side writes: its fields, by vwr/ring.h",
    r"\bvwr_copy\([^;]*(?:desc|avail|used|event)": "a copy of what the other side writes: its fields, by vwr/ring.h",
}
KEPT = {
    "(uint16_t *)(void *)(q->slot + size)": "links of free descriptors are the driver's own memory",
    "uint64_t half VWR_MAY_ALIAS": "three neighbours in a chain, the driver's own memory, as the half that they are",
    "volatile uint8_t open": "whoever gives the device up clears it, and may own another queue",
    "volatile bool runs": "the same",
}


def compiler_errors(root, paths, *options):
    """What of these sources, as one, does not compile over sealed memory."""
    done = completed(
        [
            "gcc",
            "-std=c11",
            "-fsyntax-only",
            "-Wall",
            "-Wextra",
            "-Werror",
            f"-I{HERE}",
            *(f"-I{folder}" for folder in INCLUDE),
            "-include",
            "sealed.h",
            '-DVWR_RING_MEMORY_HEADER="sealed_memory.h"',
            *options,
            "-xc",
            "-",
        ],
        input="".join(f'#include "{path}"\n' for path in paths),
        cwd=root,
    )
    errors = re.findall(r"^([^:\s]+:\d+):\d+: (?:fatal )?error: (.*)$", done.stderr, re.MULTILINE)
    assert errors or done.returncode == 0, done.stderr
    return {f"{where}: {what}" for where, what in errors}


def direct_accesses(root):
    """In all of the runtime; in ring code also through a pointer to a field's type."""
    ring = files(root, *(pattern for pattern in RING_CODE if pattern.endswith(".c")))
    rest = [path for path in files(root, *ALL) if path not in ring]
    return sorted(
        compiler_errors(root, [path for path in files(root, *ALL) if path in ring], "-DSEALED_TYPES")
        | compiler_errors(root, rest)
    )


def banned(root):
    """What BANNED has, in ring code."""
    found = []
    for path in files(root, *RING_CODE):
        if path.as_posix() == RING:
            continue
        text = code(read(root, path))
        for kept in KEPT:
            text = text.replace(kept, " " * len(kept))
        for pattern, instead in BANNED.items():
            found += [
                f"{path.as_posix()}:{text.count(chr(10), 0, match.start()) + 1}: {instead}"
                for match in re.finditer(pattern, text)
            ]
    return sorted(found)


def unused(root):
    """Of KEPT, what is not there."""
    text = "\n".join(code(read(root, path)) for path in files(root, *RING_CODE))
    return [kept for kept in KEPT if kept not in text]


def test_direct_accesses():
    """This tree."""
    found = direct_accesses(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_banned():
    """This tree."""
    found = banned(ROOT)
    assert not found, "\n" + "\n".join(found)
    assert not unused(ROOT)


def test_accessors_are_those_of_ring_h():
    """sealed_memory.h is not behind."""
    accessor = re.compile(
        r"^(?:static inline )?[a-z]\w* (vwr_ring_(?!need_event|distance)\w+)\(", re.MULTILINE
    )
    names = [set(accessor.findall(read(ROOT, path))) for path in (RING, "tests/rules/sealed_memory.h")]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("    vwr_ring_store16(&d->flags, 1);\n    vwr_ring_store64(&d[n].addr, 1);", False),
        ("    d->flags = 1;", True),
        ("    d[n].len = n;", True),
        ("    if (d->id != n)\n        vwr_ring_mb();", True),
        ("    n += d->len;", True),
        ("    *d = d[n];", True),
        ("    d[0].addr = d[1].addr;", True),
        ("    uint16_t *p = &d->flags;\n\n    vwr_ring_store16(p, (uint16_t)n);", True),
        ("    vwr_le16 *p = &d->flags;\n\n    vwr_ring_store16(p, (uint16_t)n);", False),
        ("    vwr_le16 *p = &d->flags;\n\n    *p = (uint16_t)n;", True),
        ("    n += vwr_le16_to_cpu(d->flags);", True),
        ("    vwr_ring_store32(d, n ^ (uint32_t)sizeof(d->len));", False),
    ],
)
def test_direct_access_is_found(make, body, wrong):
    """Each way to access a field of a descriptor."""
    root = make(
        {
            "runtime/driver/core/queue/vwr_queue_packed.c": '#include "vwr/ring.h"\n\nvoid vwr_f(struct vwr_pvirtq_desc *d, uint32_t n);\n'
            f"void vwr_f(struct vwr_pvirtq_desc *d, uint32_t n)\n{{\n    (void)d;\n    (void)n;\n{body}\n}}\n"
        }
    )
    for folder in INCLUDE:
        (root / folder).parent.mkdir(parents=True, exist_ok=True)
        (root / folder).symlink_to(ROOT / folder)
    found = direct_accesses(root)
    assert bool(found) == wrong, found
    assert all(
        re.match(r"runtime/driver/core/queue/vwr_queue_packed\.c:(8|9|10): ", error) for error in found
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("*(volatile uint16_t *)p = 1;\n", 1),
        ("volatile void *reg;\n", 0),
        ("vwr_port_rmb();\n", 1),
        ("vwr_port_dma(p);\n", 0),
        ("typedef uint64_t __attribute__((may_alias)) half;\n", 1),
        ("*(uint64_t *)(void *)d = 1;\n", 1),
        ("struct vwr_virtq_desc d = *p;\n", 1),
        ("struct vwr_virtq_desc copy;\n", 0),
        ("/* volatile */\n", 0),
        ("vwr_copy(&d, &q->desc[i], n);\n", 1),
        ("vwr_copy(to, from, n);\n", 0),
        ("(uint16_t *)(void *)(q->slot + size);\n", 0),
    ],
)
def test_banned_is_found(make, text, count):
    """In ring code, and not in ring.h or elsewhere."""
    root = make(
        {"runtime/include/vwr/queue_hot.h": text, RING: text, "runtime/driver/core/dev/vwr_dev.c": text}
    )
    assert len(banned(root)) == count
    assert all(found.startswith("runtime/include/vwr/queue_hot.h:1: ") for found in banned(root))
    assert any("slot + size" in kept for kept in unused(root)) == ("slot + size" not in text)

# SPDX-License-Identifier: MIT
"""floor.py counts what it says: on a small tree with folders, on one without, and on this one."""

import pytest

import floor
from tree import ROOT

HEADER = """/* SPDX-License-Identifier: MIT */
#ifndef VWR_BLK_H
#include "vwr/queue.h"
#include "vwr/gen/blk.h"
/* #include "vwr/net.h" */

int vwr_blk_submit_as(int a); /* vwr_blk_gone_as */
#endif
"""
SOURCE = """#include "vwr/blk.h"
#if VWR_WITH_ZONED && VWR_WITH_ASYNC
static int read_slow(void) { return vwr_blk_submit_as(VWR_WITH_ASYNC); } // VWR_WITH_ASYNC
static const char *name = "vwr_text_else VWR_WITH_TEXTS";

#endif
"""
FILES = {
    "runtime/include/vwr/blk.h": HEADER,
    "runtime/include/vwr/queue.h": "#include VWR_PORT_HEADER\nint vwr_queue_add_other(void);\n",
    "runtime/include/vwr/net.h": "int net;\n",
    "runtime/include/vwr/vblk.h": "int guest;\nint disk;\n",
    "generated/include/vwr/gen/blk.h": "int facts;\n",
    "runtime/port/template/vwr_port.h": "#include <stdint.h>\n",
    "runtime/driver/blk/vwr_blk.c": SOURCE,
    "runtime/driver/core/queue/vwr_chain.c": "int chain;\n",
    "runtime/driver/core/receive/vwr_transmit.c": "int sent;\n",
    "runtime/parts/blk/vwr_vblk_memory.c": "#define VWR_FAST_PATHS 1\n",
}
FLAT = {
    path.replace("/blk/vwr_blk", "/vwr_blk")
    .replace("/queue/vwr_chain", "/vwr_queue")
    .replace("/receive/", "/"): text
    for path, text in FILES.items()
}
WANTED = {
    "lines: queue": 3,
    "lines: request": 0,
    "lines: receive": 1,
    "lines: blk": 5 + 5,
    "lines: net": 1,
    "lines: these together": 15,
    "lines: runtime/driver and include/vwr": 17,
    "lines: runtime/parts": 1,
    "lines: generated": 1,
    "files: queue": 2,
    "headers behind vwr/blk.h": 4,
    "lines behind vwr/blk.h": 9,
    "with comments and blanks": 12,
    "names: _as": 1,
    "names: _other": 1,
    "names: _else": 0,
    "names: _slow": 1,
    "switches VWR_WITH_*": 2,
    "uses of switches": 3,
    "uses of VWR_FAST_PATHS": 1,
}


@pytest.mark.parametrize("tree", [FILES, FLAT])
def test_a_small_tree(make, tree):
    found = {one.what: one.value for one in floor.figures(make(tree))}
    assert {what: found[what] for what in WANTED} == WANTED


def test_goals(make, capsys):
    """What is missed says by how much; --check makes an exit code of it."""
    root = str(make(FILES))
    assert floor.main([root]) == 0 and floor.main([root, "--check"]) == 1
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["names:", "_as", "1", "0", "1", "more"] in said and [
        "lines:",
        "these",
        "together",
        "15",
        "6100",
    ] in said


def test_this_tree():
    """Every subject has files: a folder that gets another name is to be named in SUBJECTS."""
    paths = floor.driver_files(ROOT)
    assert {floor.subject(ROOT, path) for path in paths} == {*floor.SUBJECTS, "rest"}
    assert {
        name
        for words in floor.SUBJECTS.values()
        for name in words
        if (ROOT / "runtime/driver" / name).is_dir()
    } >= set(floor.SUBJECTS)

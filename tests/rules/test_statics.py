# SPDX-License-Identifier: MIT
"""A backtrace tells the files of the ring code apart: a static function's name begins with its file's subject, split_ or
queue_split_ in vwr_queue_split.c; in a header that several files include, with that of one of them. No two files share one."""

from collections import defaultdict

from tree import ROOT, files, read
from vwr.c.items import items

RING_CODE = [
    "runtime/include/vwr/ring.h",
    "runtime/include/vwr/queue*.h",
    "runtime/include/vwr/vqueue*.h",
    "runtime/driver/*queue/queue_common.h",
    "runtime/driver/*queue/vwr_queue*.c",
    "runtime/device/*vqueue/vqueue_common.h",
    "runtime/device/*vqueue/vwr_v*.c",
]


def statics(text):
    """(line, name) of each static function."""
    for one in items(text, flat=True):
        if one.static and one.kind in ("function", "prototype"):
            yield text.count("\n", 0, one.at) + 1, one.name


def subjects_of(path):
    """What names of a source begin with: its file's name, or what that adds to the folder's; vqueue_split_ or vsplit_."""
    name = path.stem.removeprefix("vwr_")
    side, _, rest = name.partition("queue_")
    return {f"{name}_", f"{side}{rest}_"} if rest else {f"{name}_"}


def wrong_statics(root):
    """Static functions that do not carry their file's subject, and names of several files."""
    found, owners = [], defaultdict(set)
    for path in files(root, *RING_CODE):
        if path.parts[1] == "include":
            continue  # public: vwr_
        subjects = subjects_of(path)
        if path.suffix == ".h":
            subjects = {
                subject
                for other in files(root, *RING_CODE)
                if other.parent == path.parent and other.suffix == ".c"
                for subject in subjects_of(other)
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


def test_statics():
    """This tree."""
    found = wrong_statics(ROOT)
    assert not found, "\n" + "\n".join(found)


def test_files_are_found():
    """The patterns fit the tree."""
    assert all(files(ROOT, pattern) for pattern in RING_CODE)


def test_bad_statics_are_found(make):
    """Each shape of a definition."""
    root = make(
        {
            "runtime/driver/core/queue/queue_common.h": "static inline int queue_a(void)\n{\n}\nstatic inline int split_b(void)\n{\n}\n"
            "static inline int vsplit_c(void)\n{\n}\n",
            "runtime/driver/core/queue/vwr_queue_split.c": "static int split_d(int a)\n{\n}\nstatic __attribute__((noinline)) int look(void)\n{\n}\n"
            "static const int number = 1;\nstatic VWR_COLD struct a *queue_e(int a,\n  int b)\n{\n}\n"
            "int f(void)\n{\n    static int a = sizeof(int);\n}\n",
            "runtime/driver/core/queue/vwr_queue_split_in_order.c": "static int split_in_order_g(void);\nstatic int split_d(void)\n{\n}\n",
            "runtime/driver/blk/vwr_blk.c": "static int look(void)\n{\n}\n",
            "runtime/include/vwr/queue.h": "static inline int vwr_queue_h(void)\n{\n}\n",
        }
    )
    assert wrong_statics(root) == [
        "runtime/driver/core/queue/queue_common.h:7: vsplit_c: its name begins with queue_ or queue_split_ or queue_split_in_order_ or split_ or split_in_order_",
        "runtime/driver/core/queue/vwr_queue_split.c:4: look: its name begins with queue_split_ or split_",
        "runtime/driver/core/queue/vwr_queue_split.c:8: queue_e: its name begins with queue_split_ or split_",
        "runtime/driver/core/queue/vwr_queue_split_in_order.c:2: split_d: its name begins with queue_split_in_order_ or split_in_order_",
        "split_d: in runtime/driver/core/queue/vwr_queue_split.c and runtime/driver/core/queue/vwr_queue_split_in_order.c",
    ]

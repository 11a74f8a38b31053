# SPDX-License-Identifier: MIT
"""
System calls that get a descriptor of another end of vhost-user, or a pointer into its memory: hosted/vhost/README.md has a
table of them, and one of the same calls on objects of the program alone. Each such call of a file is in one of them, and
each file of a row makes each of its calls. vwr_vhost_processes.c, the parent, is only in the second one.

The calls of a file are the undefined symbols of its object, and the numbers of syscall() in its text. Where the header of
a library is missing, they are the calls in its text.
"""

import re

import pytest
from objects import compiled, needed
from processes import need
from tree import ROOT, files, read
from vwr.c.tokens import code

PAGE = "hosted/vhost/README.md"
FOLDERS = (
    "hosted/vhost",
    "hosted/posix",
    "hosted/engine",
    "hosted/programs/vhost",
    "hosted/programs/monitor",
)
OTHERS = "## Calls on objects of the other end\n"
OWN = "## Calls on objects of the program\n"
PARENT = "vwr_vhost_processes.c"
# Of the other end, never in the parent: the children accept, and map.
NOT_OF_THE_PARENT = {"accept", "accept4", "mmap", "munmap", "madvise", "ioctl", "io_submit", "splice"}
NAMES = re.compile(r"`([\w./]+)`")
# Calls that get a descriptor, or a pointer through which the kernel or a library reads or writes.
CALLS = set(
    """
    accept accept4 connect close close_range dup dup2 dup3 shutdown getsockopt setsockopt getpeername getsockname
    recv recvfrom recvmsg recvmmsg send sendto sendmsg sendmmsg sendfile splice tee vmsplice copy_file_range
    read write readv writev pread pwrite preadv pwritev preadv2 pwritev2 fread fwrite getrandom getdents64
    fcntl flock lockf ioctl fstat fstatfs statx fchmod fchown lseek ftruncate fallocate fsync fdatasync sync_file_range
    mmap mremap munmap madvise msync mlock mlock2 mprotect poll ppoll select pselect epoll_ctl epoll_wait epoll_pwait
    process_vm_readv process_vm_writev process_madvise pidfd_getfd fexecve
    io_submit io_uring_enter io_uring_register io_uring_submit io_uring_register_files
    nbd_aio_pread nbd_aio_pwrite nbd_aio_notify_read nbd_aio_notify_write rbd_aio_readv rbd_aio_writev
    """.split()
)
ALIASES = {"mmap2": "mmap"}


def name_of(path):
    """The name of a file on the page: with its folder, if it is a program's."""
    return f"{path.parent.name}/{path.name}" if "programs" in path.parts else path.name


def sources(root):
    """{name on the page: path}."""
    return {
        name_of(path): path
        for path in files(root, *(f"{folder}/*.c" for folder in FOLDERS))
        if path.parent.as_posix() in FOLDERS
    }


def plain(symbol):
    """A function of libc without the suffix of 64-bit offsets, and without the one of checks."""
    symbol = re.sub(r"^__(\w+)_chk$", r"\1", symbol)
    symbol = symbol if symbol in CALLS else re.sub(r"64(?=$|v2$)", "", symbol)
    return ALIASES.get(symbol, symbol)


def calls_of(root, path, work):
    """The calls of a file."""
    text = code(read(root, path))
    target = compiled(root, path, work)
    symbols = needed(target) if target else set(re.findall(r"\b(\w+)\(", text))
    symbols |= set(re.findall(r"\bSYS_(\w+)", text))
    return {plain(symbol) for symbol in symbols} & CALLS


def rows(text, heading):
    """The cells of the table below a heading."""
    part = text.partition(heading)[2].partition("\n## ")[0]
    return [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| ")][1:]


def tables(text):
    """[(calls of a row, files of the row)] of other ends, and of the program."""
    other, own = (
        [(set(NAMES.findall(cells[0])), set(NAMES.findall(cells[1]))) for cells in rows(text, heading)]
        for heading in (OTHERS, OWN)
    )
    return other, own


def pairs(table):
    """{(file, call)} that the rows allow."""
    return {(name, call) for calls, names in table for name in names for call in calls}


def unused(table, made):
    """Files of rows that make none of their calls, and calls that no file of the row makes."""
    for calls, names in table:
        for name in sorted(names):
            if not any((name, call) in made for call in calls):
                yield f"{PAGE}: {name} makes none of these calls: {', '.join(sorted(calls))}"
        for call in sorted(calls):
            if names and not any((name, call) in made for name in names):
                yield f"{PAGE}: none of these files calls {call}(): {', '.join(sorted(names))}"


def violations(root, work):
    """Calls that are in no row, rows that no file fulfils, and what the parent must not call."""
    other, own = tables(read(root, PAGE))
    made = {(name, call) for name, path in sources(root).items() for call in calls_of(root, path, work)}
    found = [
        f"{name} calls {call}(), in no table of {PAGE}"
        for name, call in sorted(made - pairs(other) - pairs(own))
    ]
    found += [*unused(other, made), *unused(own, made)]
    known = {call for calls, _ in other + own for call in calls}
    found += [f"{PAGE}: {call}: not a call that this test knows" for call in sorted(known - CALLS)]
    found += [
        f"{PAGE}: {PARENT} makes no call on an object of another end: {', '.join(sorted(calls))}"
        for calls, names in other
        if PARENT in names
    ]
    return found + [
        f"{PARENT} calls {call}(): only a child does"
        for name, call in sorted(made | pairs(own))
        if name == PARENT and call in NOT_OF_THE_PARENT
    ]


def test_this_tree(tmp_path):
    need("gcc", "nm", debian="gcc")
    found = violations(ROOT, tmp_path)
    assert not found, "\n".join(found)


def test_the_tables_have_rows():
    other, own = tables(read(ROOT, PAGE))
    assert len(other) > 20 and len(own) > 5 and (PARENT, "poll") in pairs(own)


TABLES = f"""{OTHERS}
| call | file | object |
|---|---|---|
| `recvmsg`, `mmap` | `vwr_a.c` | a file |
| the start of a ring | | no call |

{OWN}
| call | file | objects |
|---|---|---|
| `close` | `vwr_a.c` | its own |
| `poll` | `{PARENT}` | its own |
"""
GOOD = {
    PAGE: TABLES,
    "hosted/vhost/vwr_a.c": "#include <sys/syscall.h>\nint recvmsg(), close(), helper();\n"
    "void a(void) { recvmsg(); close(); helper(); syscall(SYS_mmap); }\n",
    f"hosted/vhost/{PARENT}": "int poll();\nint p(void) { return poll(); }\n",
}
BAD = [
    ("hosted/vhost/vwr_a.c", "close(); helper", "close(); recv", "vwr_a.c calls recv(), in no table"),
    ("hosted/vhost/vwr_a.c", "SYS_mmap", "SYS_vmsplice", "vwr_a.c calls vmsplice(), in no table"),
    ("hosted/vhost/vwr_a.c", "{ recvmsg();", "{", "none of these files calls recvmsg(): vwr_a.c"),
    (
        "hosted/vhost/vwr_a.c",
        "<sys/syscall.h>",
        "<no/such.h>\nint b() { return pread64(); }",
        "vwr_a.c calls pread()",
    ),
    ("hosted/vhost/vwr_a.c", " close();", "", "vwr_a.c makes none of these calls: close"),
    (
        PAGE,
        "`recvmsg`, `mmap` | `vwr_a.c`",
        f"`recvmsg`, `mmap` | `vwr_a.c`, `{PARENT}`",
        "makes no call on an object of another end",
    ),
    (PAGE, "`close`", "`close`, `helper`", "helper: not a call that this test knows"),
]
PARENTS = [
    ("int poll(), accept4();\nint p(void) { return poll() + accept4(); }\n", "accept4(): only a child does"),
    ("int poll(), read();\nint p(void) { return poll() + read(); }\n", "calls read(), in no table"),
    ("int p(void) { return 0; }\n", "makes none of these calls: poll"),
]


def test_a_good_tree_passes(make, tmp_path):
    need("gcc", "nm", debian="gcc")
    assert not violations(make(GOOD), tmp_path)


@pytest.mark.parametrize("path, was, becomes, says", BAD)
def test_each_bad_tree(make, tmp_path, path, was, becomes, says):
    need("gcc", "nm", debian="gcc")
    assert was in GOOD[path]
    found = violations(make({**GOOD, path: GOOD[path].replace(was, becomes)}), tmp_path)
    assert any(says in line for line in found), found


@pytest.mark.parametrize("text, says", PARENTS)
def test_the_parent(make, tmp_path, text, says):
    need("gcc", "nm", debian="gcc")
    found = violations(make({**GOOD, f"hosted/vhost/{PARENT}": text}), tmp_path)
    assert any(says in line for line in found), found

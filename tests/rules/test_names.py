# SPDX-License-Identifier: MIT
"""Every name that an embedder meets carries the prefix, and no two sources have the same file name.

Embedders flatten objects into one folder and have names of their own: read32, mb, MIN, VIRTIO_*.
"""

import re
from collections import defaultdict
from pathlib import Path

from processes import output
from tree import ROOT, files, read
from vwr.c.bodies import values
from vwr.c.items import items
from vwr.c.tokens import code

INCLUDE = ["runtime/include", "monitor/include", "generated/include", "runtime/port/template"]
PREFIX = re.compile(r"(vwr|VWR)_\w+")


def same_names(root):
    """Sources with one file name."""
    by_name = defaultdict(list)
    for path in files(root, "runtime/*.c", "hosted/*.c", "integrations/*.c", "generated/src/*.c"):
        if "programs" not in path.parts:
            by_name[path.name].append(path.as_posix())
    return [" and ".join(paths) for paths in by_name.values() if len(paths) > 1]


def wrong_file_names(root):
    """Sources without the prefix."""
    return [
        path.as_posix()
        for path in files(root, "runtime/*.c", "generated/src/*.c")
        if not path.name.startswith("vwr_") and "runtime/port/" not in path.as_posix()
    ]


def names_of_other_folders(root):
    """Files of driver/ and device/ whose name does not begin with that of their folder."""
    found = []
    for path in files(root, "runtime/driver/*.[ch]", "runtime/device/*.[ch]"):
        side, *middle, folder = path.parts[1:-1]
        subjects = ["v" + folder] if side == "device" else [folder]
        if side == "device" and middle == ["core"]:
            subjects.append(folder)
        stem = path.stem.removeprefix("vwr_")
        if not any(stem == subject or stem.startswith(f"{subject}_") for subject in subjects):
            found.append(f"{path.as_posix()}: its name begins with {' or '.join(subjects)}")
    return found


def public_headers(root):
    """Headers that an embedder includes: not those that say that another one brings them."""
    return [
        path
        for path in files(root, "runtime/include/*.h", "monitor/include/*.h", "generated/include/*.h")
        if not re.search(r"vwr/\w+\.h includes this header", read(root, path))
    ]


def symbols(root, folder):
    """{symbol of the library that others can link to: whether it is a function}."""
    sources = [
        str(root / path)
        for path in files(
            root,
            "runtime/base/*.c",
            "runtime/shared/*.c",
            "runtime/driver/*.c",
            "runtime/device/*.c",
            "runtime/parts/*.c",
            "runtime/bridge/*.c",
            "monitor/*.c",
            "generated/src/*.c",
        )
    ]
    include = [f"-I{root / path}" for path in INCLUDE]
    (folder / "all.c").write_text("".join(f'#include "{source}"\n' for source in sources), encoding="utf-8")
    output(["gcc", "-std=c11", "-c", *include, "all.c"], cwd=folder)
    lines = output(["nm", "-g", "--defined-only", "all.o"], cwd=folder).splitlines()
    names = {line.split()[2]: line.split()[1] == "T" for line in lines if len(line.split()) == 3}
    assert names, "nm was not understood"
    return names


def wrong_symbols(names):
    """Those without the prefix."""
    return sorted(name for name in names if not name.startswith("vwr_"))


def undocumented(root, names):
    """
    Functions of the library that no public header documents, and that no underscore at the end marks as
    private; and those that have both. Generated functions have their pages.
    """
    documented = {
        name
        for path in files(root, "runtime/include/*.h", "monitor/include/*.h")
        for name in re.findall(
            r"^(?: \*|/\*\*) (vwr_\w+)\(\) - (?!.*\(for vwr[_/]\w+\.[ch]\))", read(root, path), re.MULTILINE
        )
    }
    made = set(
        re.findall(r"\bvwr_\w+", "".join(read(root, path) for path in files(root, "generated/include/*.h")))
    )
    functions = {name for name, is_function in names.items() if is_function} - made
    return [
        *(
            f"{name}: document it in a public header, or end its name in _"
            for name in sorted(functions)
            if name not in documented and not name.endswith("_")
        ),
        *(
            f"{name}: it is documented, so its name does not end in _"
            for name in sorted(functions & documented)
            if name.endswith("_")
        ),
    ]


def calls_from_outside(root):
    """Calls of private functions in what uses the library as a program does."""
    return [
        f"{path.as_posix()}: {name}"
        for path in files(root, "hosted/*.[ch]", "integrations/*.[ch]", "plan/*.[ch]", "examples/*.[ch]")
        for name in re.findall(r"\b(vwr_\w+_)\(", code(read(root, path)))
    ]


def macros_of(root, text):
    """Macros that this text defines, each with the path that it is in."""
    include = [f"-I{root / path}" for path in INCLUDE]
    said = output(["gcc", "-std=c11", "-dD", "-E", "-x", "c", *include, "-"], input=text)
    found = re.findall(r'^# \d+ "([^"]*)"|^#define (\w+)', said, flags=re.MULTILINE)
    path = ""
    for place, macro in found:
        path = place or path
        if macro:
            yield path, macro


def wrong_macros(root):
    """Macros of public headers without the prefix; those of the port and of the compiler are not ours."""
    names = [path.as_posix().split("include/", 1)[1] for path in public_headers(root)]
    ours = tuple(str(root / path) for path in INCLUDE[:2])
    return sorted(
        f"{Path(path).relative_to(root)}: {macro}"
        for path, macro in set(macros_of(root, "".join(f'#include "{name}"\n' for name in names)))
        if path.startswith(ours) and not PREFIX.fullmatch(macro)
    )


def switches_of_tests(root):
    """What the library is compiled by for a test or a figure: such a build is nobody's, and may lack a check."""
    return [
        f"{path}: {name}"
        for path in files(root, "runtime/*.[ch]", "hosted/*.[ch]", "integrations/*.[ch]")
        for name in re.findall(
            r"^\s*#\s*(?:el)?if.*?\b(VWR_(?:BENCH|TEST)\w*)", read(root, path), flags=re.MULTILINE
        )
    ]


def declared(text):
    """Tags, enumerators, types, objects and functions that a header declares at its outer level."""
    for one in items(text, flat=True):
        if one.kind in ("type", "object", "prototype", "function"):
            yield from [one.name] if one.name else []
            yield from [value.name for value in values(one.text)] if one.text.startswith("enum") else []


def wrong_declarations(root):
    """What public headers declare without the prefix."""
    return [
        f"{path}: {name}"
        for path in public_headers(root)
        for name in declared(read(root, path))
        if not PREFIX.fullmatch(name)
    ]


def test_sources_have_names_of_their_own():
    assert not same_names(ROOT)
    assert not wrong_file_names(ROOT)


def test_file_names_show_their_folder(make):
    assert not names_of_other_folders(ROOT), "\n".join(names_of_other_folders(ROOT))
    assert names_of_other_folders(
        make(
            {
                "runtime/driver/core/queue/vwr_queue.c": "",
                "runtime/driver/core/queue/vwr_queue_split.c": "",
                "runtime/driver/core/queue/vwr_queues.c": "",
                "runtime/driver/9p/vwr_9p_fids.c": "",
                "runtime/driver/9p/p9_common.h": "",
                "runtime/device/core/vm/vwr_vm.c": "",
                "runtime/device/core/index/vindex_common.h": "",
                "runtime/device/blk/vwr_vblk_serve.c": "",
                "runtime/device/blk/vwr_blk_serve.c": "",
                "runtime/base/vwr_text.c": "",
            }
        )
    ) == [
        "runtime/device/blk/vwr_blk_serve.c: its name begins with vblk",
        "runtime/driver/9p/p9_common.h: its name begins with 9p",
        "runtime/driver/core/queue/vwr_queues.c: its name begins with queue",
    ]


def test_symbols(tmp_path):
    names = symbols(ROOT, tmp_path)
    assert not wrong_symbols(names)
    assert not undocumented(ROOT, names), "\n".join(undocumented(ROOT, names))
    assert sum(name.endswith("_") for name in names) > 300 and not calls_from_outside(ROOT)


def test_macros():
    assert not wrong_macros(ROOT)


def test_no_switch_is_for_a_test_or_a_figure(make):
    assert not switches_of_tests(ROOT)
    bad = make(
        {
            "runtime/include/vwr/a.h": "#ifdef VWR_BENCH_A\n#endif\n",
            "runtime/base/vwr_b.c": "#if defined(VWR_TEST_B)\n",
        }
    )
    assert switches_of_tests(bad) == [
        "runtime/base/vwr_b.c: VWR_TEST_B",
        "runtime/include/vwr/a.h: VWR_BENCH_A",
    ]


def test_declarations():
    assert not wrong_declarations(ROOT)
    assert sum(1 for path in public_headers(ROOT) for _ in declared(read(ROOT, path))) > 300


def test_bad_file_names_are_found(make):
    root = make({"runtime/base/vwr_a.c": "", "runtime/driver/vwr_a.c": "", "runtime/driver/b.c": ""})
    assert same_names(root) == ["runtime/base/vwr_a.c and runtime/driver/vwr_a.c"]
    assert wrong_file_names(root) == ["runtime/driver/b.c"]


def test_bad_names_are_found(make, tmp_path_factory):
    root = make(
        {
            "runtime/port/template/vwr_port.h": "#define PORT_NAME 1\n",
            "runtime/include/vwr/a.h": '#include "vwr_port.h"\n#define MIN 1\n#define VWR_A 2\n'
            "struct desc { int field; };\n"
            "enum vwr_e { VWR_ONE = (1), TWO };\nint helper(void);\n/**\n * vwr_good() - Good\n */\nint vwr_good(int a);\n"
            "/**\n * vwr_both_() - Both\n */\nint vwr_both_(void);\nint vwr_hidden(void);\nint vwr_inner_(void);\n"
            "static inline int other(void)\n{\n    return vwr_good(1);\n}\n",
            "runtime/base/vwr_a.c": "int vwr_good(int a)\n{\n    return a;\n}\nint helper(void)\n{\n    return 1;\n}\n"
            "int vwr_both_(void)\n{\n    return 1;\n}\nint vwr_hidden(void)\n{\n    return 1;\n}\n"
            "int vwr_inner_(void)\n{\n    return 1;\n}\n",
            "hosted/a.c": "int a(void)\n{\n    return vwr_good(1) + vwr_inner_();\n}\n",
        }
    )
    names = symbols(root, tmp_path_factory.mktemp("objects"))
    assert wrong_symbols(names) == ["helper"]
    assert undocumented(root, names) == [
        "helper: document it in a public header, or end its name in _",
        "vwr_hidden: document it in a public header, or end its name in _",
        "vwr_both_: it is documented, so its name does not end in _",
    ]
    assert calls_from_outside(root) == ["hosted/a.c: vwr_inner_"]
    assert wrong_macros(root) == ["runtime/include/vwr/a.h: MIN"]
    assert [text.split(": ")[1] for text in wrong_declarations(root)] == ["desc", "TWO", "helper", "other"]

# SPDX-License-Identifier: MIT
"""Names and signatures of a tree's headers, as a compiler for Avatar sees them.

    python3 tests/ports/avatar/facts.py AVATAR COMMIT >tests/ports/avatar/facts.yaml

writes them anew from a clone of Avatar: of what the stand-in has in full, of all else the names."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

import declared
import host
from declared import flat

# What the layers and the port include, and what Avatar's own files do that the page changes.
HEADERS = [
    "avatar_types.h",
    "gic.h",
    "io.h",
    "lib/avatar_string.h",
    "os_cfg.h",
    "exception.h",
    "mem/barrier.h",
    "mem/mem.h",
    "mem/stage2page.h",
    "mmio.h",
    "task/task.h",
    "timer.h",
    "vmm/vgic.h",
    "vmm/vm.h",
    "vmm/vpl011.h",
]
PORT = [
    "avatar_types.h",
    "io.h",
    "mem/barrier.h",
    "mmio.h",
    "os_cfg.h",
    "timer.h",
]  # all that the library sees
SOURCES = {"task_wait_for_irq": "kernel/task/task.c"}  # what the layers call, and no header has
REPLACED = ["virtio_block_frontend.h", "vmm/virtio.h"]  # by the layers: what callers know
FLAGS = [
    "-mgeneral-regs-only",
    "-fno-builtin",
    "-nostdinc",
    "-w",
    "-DSMP_NUM=1",
    "-DHV=1",
    "-D__LOG_LEVEL=1",
    "-D__DEBUG_MODULE=0",
]


def compiler(tree, source, *flags):
    """What it says, run in the tree."""
    done = subprocess.run(
        ["aarch64-linux-gnu-gcc", *FLAGS, "-Iinclude", "-Iguest", *flags, source],
        cwd=tree,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout


def header_of(path):
    """Its name in an include directive."""
    path = re.sub(r"[^/]+/\.\./", "", path.removeprefix("./"))
    return path.removeprefix("include/")


def functions(tree, source):
    """{name: [header, prototype]} for all declared functions."""
    command = ["aarch64-linux-gnu-gcc", *FLAGS, "-Iinclude", "-Iguest", source]
    return {name: [header_of(path), text] for name, (path, text) in declared.functions(command, tree).items()}


def closing(text, start):
    """The position of the brace that closes the one at `start`."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place
    raise ValueError(text[start : start + 40])


def fields(body):
    """Of a structure, in their order; one in it is the keyword, and its name."""
    body = re.sub(r"(struct|union)(?: (\w+))?\s*\{[^{}]*\}", r"\1 \2", body)
    return [flat(field) for field in body.split(";") if field.strip()]


def structures(text):
    """{name: fields}; for an enumeration, its constants."""
    found = {}
    for match in re.finditer(r"(struct|union|enum)((?: __attribute__\(\(.*?\)\))?)(?: (\w+))?\s*\{", text):
        end = closing(text, match.end() - 1)
        body = text[match.end() : end]
        name = match[3] or re.match(r"\}(?:\s*__attribute__\(\(.*?\)\))?\s*(\w*)", text[end:])[1]
        if name:
            found[name] = (
                [flat(e) for e in body.split(",") if e.strip()] if match[1] == "enum" else fields(body)
            )
    return found


def read(tree, headers=None):
    """All facts from these headers."""
    with tempfile.NamedTemporaryFile("w", suffix=".c", encoding="utf-8") as source:
        source.write("".join(f'#include "{header}"\n' for header in headers or HEADERS))
        source.flush()
        plain = re.sub(r"^#.*$", "", compiler(tree, source.name, "-E"), flags=re.M)
        return {
            "functions": functions(tree, source.name),
            "macros": declared.macros(compiler(tree, source.name, "-E", "-dD"), header_of),
            "structures": structures(plain),
            "types": {name: flat(text) for text, name in re.findall(r"typedef ([\w ]+?) (\w+);", plain)},
        }


def defined(tree, names):
    """{name: [file, prototype]} for functions that no header declares."""
    found = {}
    for name, file in names.items():
        text = (tree / file).read_text(encoding="utf-8")
        found[name] = [file, flat(re.search(rf"^(\w[\w *]*\s+\**{name}\([^)]*\))\s*\{{", text, re.M)[1])]
    return found


def facts(avatar, commit):
    """Of the stand-in's names what Avatar says of them; and the names that it has besides."""
    with tempfile.TemporaryDirectory() as folder:
        there, here = read(avatar), read(host.fresh_tree(pathlib.Path(folder) / "tree"))
    said = {
        kind: {name: there[kind][name] for name in sorted(there[kind]) if name in here[kind]}
        for kind in there
    }
    seen = read(avatar, PORT)
    for user, names in ("library", seen), ("layers", there):
        free = {kind: set(here[kind]) | (set(seen[kind]) if names is there else set()) for kind in here}
        said[f"taken from the {user}"] = {
            kind: textwrap.wrap(" ".join(sorted(set(names[kind]) - free[kind])), 100)
            for kind in ("functions", "macros", "types")
        }
    said["sources"] = defined(avatar, SOURCES)
    said["replaced"] = {
        header: sorted(
            text for where, text in read(avatar, [header])["functions"].values() if where == header
        )
        for header in REPLACED
    }
    return {"tree": "pengzechen/Avatar", "commit": commit, **said}


def written(value, indent=""):
    """Lines of YAML of limited length. Lists have several names per line."""
    for name, inner in value.items():
        key = json.dumps(name) if name in ("NULL", "true", "false") else name  # words of YAML
        if isinstance(inner, dict):
            yield f"{indent}{key}:"
            yield from written(inner, indent + "  ")
        elif isinstance(inner, str) or (
            len(inner) == 2 and inner[0].endswith(".h")
        ):  # a header and what it has
            yield f"{indent}{key}: {json.dumps(inner)}"
        else:
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {json.dumps(text)}" for text in inner)


if __name__ == "__main__":
    print(
        "# SPDX-License-Identifier: MIT\n# Written by facts.py from a clone of Avatar: names, types and numbers, nothing of its code."
    )
    print("\n".join(written(facts(pathlib.Path(sys.argv[1]), sys.argv[2]))))

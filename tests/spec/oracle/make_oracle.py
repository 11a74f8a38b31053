#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the generated constants and structs with the kernel's UAPI headers, by a program that includes both."""

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

import headers
from candidates import candidates, several
from kernel import Kernel

from vwr.oracle.errata import LIST, BadErrata, Errata

HERE = Path(__file__).resolve().parent
NAMES = LIST.parent / "names.yaml"
# The lists were made with the first of these headers, and extended to those that Debian has had since. Other headers
# lack, or have, other things, so there only what both have can be wrong.
REFERENCE, KNOWN = "6.1", ("6.1", "6.12")
SKIPPED = 77

PROGRAM = """/* Written by tests/spec/oracle/make_oracle.py, which says what this is; not kept. */
#include <stdio.h>
{include}
static void compare(unsigned row, unsigned long long ours, unsigned long long theirs)
{{
    printf("%u %s %llu %llu\\n", row, ours == theirs ? "agreed" : "differing", ours, theirs);
}}

int main(void)
{{
{body}
    return 0;
}}
"""


class Broken(Exception):
    """The comparison could not be made."""


def compare(rows, ours, kernel, root):
    """Builds and runs the program: (our value, their value) for each row."""
    include = kernel.include + "".join(f'#include "{header}"\n' for header in ours["headers"])
    body = "\n".join(
        f"    compare({i}, (unsigned long long)({row.ours}), (unsigned long long)({row.theirs}));"
        for i, row in enumerate(rows)
    )
    source, program = kernel.build / "oracle.c", kernel.build / "oracle"
    source.write_text(PROGRAM.format(include=include, body=body), encoding="utf-8")
    paths = [
        kernel.build,
        root / "runtime" / "port" / "host",
        root / "runtime" / "include",
        root / "generated" / "include",
    ]
    command = [
        *kernel.command,
        "-D_POSIX_C_SOURCE=200809L",
        *(f"-I{path}" for path in paths),
        str(source),
        "-o",
        str(program),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode != 0:
        raise Broken(f"the comparison does not compile:\n{done.stderr}")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=True, timeout=60)
    result = [line.split() for line in done.stdout.splitlines()]
    if [line[0] for line in result] != [str(i) for i in range(len(rows))]:
        raise Broken("the comparison did not answer for every row")
    return [(int(line[2]), int(line[3])) for line in result]


# What one finding says, and the entry that explains it, of each kind of findings.
KINDS = {
    "differing": (
        lambda row, ours, theirs: f"{row.label} is {ours} ({ours:#x}), the kernel's {row.theirs} is {theirs} "
        f"({theirs:#x}); ours comes from {row.source}",
        lambda errata, row, ours, theirs: errata.differing(row.kind, row.name, ours, theirs),
    ),
    "absent": (
        lambda kind, name, source: f"{kind} {name}: the kernel's headers do not have it; ours comes from {source}",
        lambda errata, kind, name, source: errata.only("ours", kind, name),
    ),
    "only in the kernel": (
        lambda kind, name: f"{kind} {name}: either spec/ lacks it or names.yaml does not say what we call it",
        lambda errata, kind, name: errata.only("theirs", kind, name),
    ),
}


def check(what, found, errata):
    """(lines for findings of this kind without a reason, how many have one)."""
    words, entry = KINDS[what]
    lines = [f"{what}: {words(*one)}" for one in found if not entry(errata, *one)]
    return lines, len(found) - len(lines)


def check_names(rows, known, names):
    """
    Lines for what names.yaml says that the kernel has, and it has not: else a slip would pass as absent. A struct
    that is newer than these headers has no fields here.
    """
    structs = {row.name for row in rows if row.theirs in known and row.there and not row.there[1]}
    here = {(row.name, row.theirs) for row in rows if row.theirs in known}
    here |= {(row.name, there) for row in rows if row.theirs in known and row.there for there in row.there}
    wanted = [
        *names["constants"].items(),
        *((row["ours"], row["theirs"]) for row in names["expressions"]),
        *names["structs"].items(),
        *((name, path) for name, path in names["fields"].items() if path and name.split(".")[0] in structs),
    ]
    return [
        f"names.yaml: {ours}: the kernel has no {theirs}"
        for ours, value in wanted
        for theirs in several(value)
        if (ours, theirs) not in here
    ]


def missing_there(ours, compared):
    """(kind, name, source) of what the specification names and nothing was compared with."""
    done = {(row.kind, row.name) for row in compared}
    ours = {
        what: {label: of for label, of in ours[what].items() if not label.startswith(headers.OWN)}
        for what in ("constants", "structs", "documents")
    }
    for label, source in ours["constants"].items():
        names = ours["documents"].get(label, ())
        if names and not any(("constant", name) in done for name in names):
            yield "constant", names[0], source
    for label, (source, fields) in ours["structs"].items():
        names = ours["documents"].get(label, ())
        here = next((name for name in names if ("size", name) in done), None)
        if names and not here:
            yield "struct", names[0], source
        for field, _ in fields if here else ():
            if ("offset", f"{here}.{field}") not in done:
                yield "field", f"{here}.{field}", source


def missing_here(kernel, compared):
    """(kind, name) of what they have and nothing was compared with."""
    words = {word for row in compared for word in re.findall(r"\w+", row.theirs)}
    there = {row.there for row in compared if row.there} | {(struct, "") for struct in words}
    there |= {
        place for row in compared for place in re.findall(r"offsetof\(struct (\w+), ([\w.]+)\)", row.theirs)
    }
    for kind, name in kernel.names():
        struct, _, path = name.partition(".")
        if kind == "constant" and name not in words:
            yield kind, name
        elif kind == "struct" and (struct, "") not in there:
            yield kind, name
        elif kind == "field" and (struct, "") in there and (struct, path) not in there:
            yield kind, name


def listing(path, compared, result, absent, only):
    """Every name, for who wants to know."""
    lines = [
        f"{'agreed' if a == b else 'differing'}: {row.kind} {row.label} {a}, {row.theirs} {b}"
        for row, (a, b) in zip(compared, result)
    ]
    lines += [f"absent: {kind} {name}" for kind, name, _ in absent]
    lines += [f"only in the kernel: {kind} {name}" for kind, name in only]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines


def report(given, compared, result, rest, wrong):
    """Prints the counts, and answers the exit code. rest: (what, all, explained) of what does not agree."""
    agreed = [row for row, (a, b) in zip(compared, result) if a == b]
    for kind in ("constant", "size", "offset"):
        alone = sum(row.kind == kind for row in agreed if headers.OWN in row.ours)
        count = sum(row.kind == kind for row in agreed) - alone
        print(f"oracle: {kind}s: agreed {count}, of the stand-alone headers {alone}")
        if not count or not alone:
            wrong.append(f"not one {kind} was compared: the headers are not read as they are written")
    print("\n".join(wrong + [f"oracle: every name is in {Path(given.build) / 'oracle.txt'}"]))
    counts = ", ".join(f"{what} {total} (explained {explained})" for what, total, explained in rest)
    verdict = "each with its reason" if not wrong else f"{len(wrong)} lines above need something done"
    print(f"oracle: agreed {len(agreed)}, {counts}; {verdict}")
    if wrong:
        print(f"next: fix spec/ and ./vwr generate, or give the reason in codegen/vwr/oracle/{LIST.name}")
    return 1 if wrong else 0


def run(given):
    build, root = Path(given.build), Path(given.root).resolve()
    build.mkdir(parents=True, exist_ok=True)
    kernel = Kernel(given.cc, given.include, build.resolve())
    why = kernel.missing()
    if why:
        print(f"oracle: skipped: no headers of the kernel (apt-get install linux-libc-dev): {why}")
        return SKIPPED
    version = given.version or "{}.{}".format(*kernel.version())
    print(f"oracle: {len(kernel.headers) - 1} headers of Linux {version}")
    errata, names = Errata("kernel", version=version), yaml.safe_load(NAMES.read_text(encoding="utf-8"))
    ours = headers.read(root, build)
    rows, wrong = candidates(ours, names)
    known = kernel.known([row.theirs for row in rows])
    compared = [row for row in rows if row.theirs in known]
    result = compare(compared, ours, kernel, root)
    differing = [(row, a, b) for row, (a, b) in zip(compared, result) if a != b]
    absent, only = list(missing_there(ours, compared)), list(missing_here(kernel, compared))
    full, rest = listing(build / "oracle.txt", compared, result, absent, only), []
    if given.verbose:
        print("\n".join(full))
    for what, found in zip(KINDS, (differing, absent, only)):
        lines, explained = check(what, found, errata)
        if version in KNOWN or what == "differing":
            wrong += lines
        else:
            print("\n".join(lines))
        rest.append((what, len(found), explained))
    errata.prose(lambda words: True)  # of its drivers, which are not here
    if version == REFERENCE:
        wrong += check_names(rows, known, names) + errata.stale()
    return report(given, compared, result, rest, wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", metavar="DIR", default=HERE.parents[2], help="compare this checkout")
    parser.add_argument(
        "--build", metavar="DIR", required=True, help="folder for the program and the full list"
    )
    parser.add_argument("--cc", metavar="COMPILER", default=os.environ.get("CC", "cc"))
    parser.add_argument(
        "--include", metavar="DIR", help="UAPI headers of another kernel: the folder above linux/"
    )
    parser.add_argument("--version", metavar="X.Y", help="and which kernel they are of")
    parser.add_argument(
        "--verbose", action="store_true", help="print every name, not only what needs something done"
    )
    try:
        return run(parser.parse_args())
    except (Broken, BadErrata) as error:
        print(f"oracle: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

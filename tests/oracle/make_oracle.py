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
from candidates import candidates
from kernel import HEADERS, Kernel

HERE = Path(__file__).resolve().parent
SKIPPED = 77

PROGRAM = """/* Written by tests/oracle/make_oracle.py, which says what this is; not kept. */
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
    """Builds and runs the program: (agrees, our value, their value) for each row."""
    include = "".join(f"#include <{header}>\n" for header in HEADERS)
    include += "".join(f'#include "{header}"\n' for header in ours["headers"])
    body = "\n".join(f"    compare({i}, (unsigned long long)({row.ours}), (unsigned long long)({row.theirs}));"
                     for i, row in enumerate(rows))
    source, program = kernel.build / "oracle.c", kernel.build / "oracle"
    source.write_text(PROGRAM.format(include=include, body=body), encoding="utf-8")
    paths = [root / "runtime" / "port" / "host", root / "runtime" / "include", root / "generated" / "include"]
    command = [*kernel.command, "-D_POSIX_C_SOURCE=200809L", *(f"-I{path}" for path in paths), str(source),
               "-o", str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    if done.returncode != 0:
        raise Broken(f"the comparison does not compile:\n{done.stderr}")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=True, timeout=60)
    result = [line.split() for line in done.stdout.splitlines()]
    if [line[0] for line in result] != [str(i) for i in range(len(rows))]:
        raise Broken("the comparison did not answer for every row")
    return [(line[1] == "agreed", int(line[2]), int(line[3])) for line in result]


def applies(entry, version):
    number = lambda text: tuple(int(part) for part in text.split("."))
    return number(entry.get("since", "0.0")) <= version < number(entry.get("before", "999.0"))


def check_differing(differing, entries, version):
    """Lines for what differs without a reason, and for reasons without a difference."""
    expected = {(entry["name"], entry["ours"], entry["theirs"]) for entry in entries if applies(entry, version)}
    found = {(row.name, ours, theirs) for row, ours, theirs in differing}
    lines = [f"differing: {row.name} is {ours} ({ours:#x}), the kernel's {row.theirs} is {theirs} ({theirs:#x}); "
             f"ours comes from {row.source}"
             for row, ours, theirs in differing if (row.name, ours, theirs) not in expected]
    return lines + [f"differences.yaml: differing: {name}, {ours} and {theirs}: not so, take the entry out"
                    for name, ours, theirs in sorted(expected - found)]


def check_only_in_kernel(only, entries, version):
    """The same for what they have and we have not."""
    expected = [name for entry in entries if applies(entry, version) for name in entry["names"]]
    lines = [f"only in the kernel: {name}: either spec/ lacks it or names.yaml does not say what we call it"
             for name in only if name not in expected]
    return lines + [f"differences.yaml: only-in-kernel: {name}: not so, take the entry out"
                    for name in expected if name not in only]


def check_names(rows, known, names):
    """Lines for what names.yaml says that the kernel has, and it has not: else a slip would pass as absent."""
    here = {row.name for row in rows if row.theirs in known}
    wanted = {**names["constants"], **names["fields"], **{row["ours"]: row["theirs"] for row in names["expressions"]}}
    wanted |= {f"sizeof(struct {ours})": theirs for ours, theirs in names["structs"].items()}
    return [f"names.yaml: {ours}: the kernel has no {theirs}" for ours, theirs in wanted.items() if ours not in here]


def report(given, reasons, compared, result, absent, only, wrong):
    """Prints the counts, writes the whole list, and answers the exit code."""
    agreed = [(row, value) for row, (same, value, _) in zip(compared, result) if same]
    differing = len(compared) - len(agreed)
    full = [f"agreed: {row.name} = {row.theirs} = {value}" for row, value in agreed]
    full += [f"differing: {row.name} {mine}, {row.theirs} {theirs}"
             for row, (same, mine, theirs) in zip(compared, result) if not same]
    full += [f"absent: {name}" for name in absent] + [f"only in the kernel: {name}" for name in only]
    listing = Path(given.build) / "oracle.txt"
    listing.write_text("\n".join(full) + "\n", encoding="utf-8")
    if given.verbose:
        print("\n".join(full))
    for kind in ("constant", "size", "offset"):
        print(f"oracle: {kind}s: agreed {sum(row.kind == kind for row, _ in agreed)}")
        if not any(row.kind == kind for row, _ in agreed):
            wrong.append(f"not one {kind} was compared: the headers are not read as they are written")
    print("\n".join(wrong + [f"oracle: every name is in {listing}"]))
    for entry in reasons:
        print(f"differing, and rightly so: {entry['name']} is {entry['ours']}, in the kernel {entry['theirs']}: "
              f"{entry['reason']}")
    verdict = "each with its reason" if not wrong else f"{len(wrong)} lines above need something done"
    print(f"oracle: agreed {len(agreed)}, differing {differing}, absent {len(absent)}; "
          f"only in the kernel {len(only)}; {verdict}")
    if wrong:
        print("next: mend spec/ and ./vwr generate, or give the reason in tests/oracle/differences.yaml")
    return 1 if wrong else 0


def run(given):
    build = Path(given.build)
    build.mkdir(parents=True, exist_ok=True)
    kernel = Kernel(given.cc, given.include, build.resolve())
    why = kernel.missing()
    if why:
        print(f"oracle: skipped: no headers of the kernel (apt-get install linux-libc-dev): {why}")
        return SKIPPED
    version = tuple(map(int, given.version.split("."))) if given.version else kernel.version()
    print(f"oracle: headers of Linux {version[0]}.{version[1]}")
    names, lists = (yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
                    for name in ("names.yaml", "differences.yaml"))
    ours = headers.read(Path(given.root).resolve())
    rows, wrong = candidates(ours, names)
    known = kernel.known([row.theirs for row in rows])
    compared = [row for row in rows if row.theirs in known]
    result = compare(compared, ours, kernel, Path(given.root).resolve())
    done = {row.name for row in compared}
    mine = list(ours["constants"]) + [row.name for row in rows]
    absent = [name for name in dict.fromkeys(mine) if name not in done]
    used = set(re.findall(r"\w+", " ".join(row.theirs for row in compared)))
    only = [name for name in kernel.names() if name not in used]
    differing = [(row, a, b) for row, (same, a, b) in zip(compared, result) if not same]
    wrong += check_names(rows, known, names) + check_differing(differing, lists["differing"], version)
    wrong += check_only_in_kernel(only, lists["only-in-kernel"], version)
    reasons = [entry for entry in lists["differing"] if applies(entry, version)]
    return report(given, reasons, compared, result, absent, only, wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", metavar="DIR", default=HERE.parent.parent, help="compare this checkout")
    parser.add_argument("--build", metavar="DIR", required=True, help="folder for the program and the full list")
    parser.add_argument("--cc", metavar="COMPILER", default=os.environ.get("CC", "cc"))
    parser.add_argument("--include", metavar="DIR", help="UAPI headers of another kernel: the folder above linux/")
    parser.add_argument("--version", metavar="X.Y", help="and which kernel they are of")
    parser.add_argument("--verbose", action="store_true", help="print every name, not only what needs something done")
    try:
        return run(parser.parse_args())
    except Broken as error:
        print(f"oracle: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

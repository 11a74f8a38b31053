# SPDX-License-Identifier: MIT
"""Object files of single sources: what each function of a source calls, and what a source needs of others."""

import re

from processes import completed, output

INCLUDE = (
    "runtime/include",
    "monitor/include",
    "generated/include",
    "runtime/port/host",
    "hosted/vhost",
    "hosted/posix",
    "hosted/engine",
)
DEFINES = ("_GNU_SOURCE", "VWR_ACCESS_CALLS=1")
LABEL = re.compile(r"^[0-9a-f]+ <([\w.]+)>:$")
RELOCATION = re.compile(r"\bR_\w+\s+(\w+)")


def compiled(root, path, work):
    """The object of a source, without optimisation: nothing is inlined. None: a header of a library is missing."""
    target = work / (path.as_posix().replace("/", "_") + ".o")
    include = [f"-I{root / folder}" for folder in INCLUDE]
    defines = [f"-D{name}" for name in DEFINES]
    command = ["gcc", "-std=c11", "-w", "-O0", "-c", "-o", target, *defines, *include, root / path]
    done = completed(command)
    if done.returncode != 0:
        assert re.search(r"fatal error: \S+: No such file or directory", done.stderr), done.stderr
        return None
    return target


def defined(target):
    """Functions and variables that other sources can use."""
    lines = output(["nm", "--extern-only", "--defined-only", target]).splitlines()
    return {line.split()[-1] for line in lines}


def needed(target):
    """Symbols that other sources or libraries define."""
    return {line.split()[-1] for line in output(["nm", "-u", target]).splitlines()}


def uses(target):
    """{(function, symbol)}: what the code of each function calls, or takes the address of."""
    found, function = set(), ""
    for line in output(["objdump", "-dr", "--no-show-raw-insn", target]).splitlines():
        label, relocation = LABEL.match(line), RELOCATION.search(line)
        if label:
            function = label[1]
        elif relocation and function:
            found.add((function, relocation[1]))
    return found

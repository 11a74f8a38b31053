#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs spin on one model of this folder, or on each, and says what came of it.

    run_model.py BUILD-FOLDER             every case of cases.txt
    run_model.py BUILD-FOLDER CASE...     some of them

A case that `holds` or `ends` passes if spin has searched every state and found nothing; `ends` searches
for runs without end in which no request does. Any other case passes if just that property fails.
Exit code 77: no spin here.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS = 250  # of one search, before it is ended: 25 times what the longest takes
MEGABYTES = 4000  # which it may take
DEPTH = 4000000  # of a search for everything; it must not be reached
COMMON = ["-w", "-DVECTORSZ=512", f"-DMEMLIM={MEGABYTES}"]
# -O2 takes longer to compile than it saves; where nothing is optimised, clang takes half as long as gcc, if it is here. A
# property that fails is searched in breadth, for the shortest way there.
QUICK = "clang" if shutil.which("clang") else "gcc"
KINDS = {
    "holds": (["-O1", "-DSAFETY"], [f"-m{DEPTH}", "-w24"]),
    "ends": (["-O1", "-DNP", "-DNOFAIR"], [f"-m{DEPTH}", "-w24", "-l"]),
    "fails": (["-O0", "-DSAFETY", "-DBFS"], ["-w20"]),
}


class Wrong(Exception):
    """The error in a case, as text."""


def cases():
    """{name: (what it expects, model, definitions)} of cases.txt."""
    found = {}
    for number, line in enumerate((HERE / "cases.txt").read_text(encoding="utf-8").splitlines(), 1):
        words = line.split("#")[0].split()
        if words and (len(words) < 3 or words[0] in found):
            raise Wrong(f"cases.txt:{number}: want a name of its own, an expectation, a model: {line}")
        if words:
            found[words[0]] = (words[1], words[2], [f"-D{word}" for word in words[3:]])
    return found


def run(folder, *command):
    """The output of a command, which must succeed in time."""
    done = subprocess.run(
        ["timeout", "-k", "5", str(SECONDS), *map(str, command)],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode in (124, 137):
        raise Wrong(f"{command[0]} was ended after {SECONDS} s\n{done.stdout}")
    if done.returncode != 0:
        raise Wrong(f"{command[0]}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


def failed_property(output):
    """The property for which pan found a violation, or None."""
    first = re.search(r"^pan:1: (.*?)(?: \(at depth \d+\))?$", output, re.MULTILINE)
    if not first:
        return None
    if first.group(1).startswith("invalid end state"):
        return "lost_wake_up"
    if first.group(1).startswith("non-progress cycle"):
        return "no_end"
    name = re.search(r"\|\|\s*(\w+)\)+$", first.group(1))
    return name.group(1) if name else first.group(1)


def figures(output):
    """(errors, states, depth) as pan counts them."""
    found = [
        re.search(pattern, output)
        for pattern in (r"errors: (\d+)", r"(\d+(?:\.\d+e\+\d+)?) states, stored", r"depth reached (\d+)")
    ]
    if None in found:
        raise Wrong(f"pan's output was not understood:\n{output}")
    return int(found[0].group(1)), int(float(found[1].group(1))), int(found[2].group(1))


def must_be_complete(output):
    """Rejects an incomplete search."""
    if not re.search(r"^Full statespace search for:", output, re.MULTILINE):
        raise Wrong(f"not a search of all states:\n{output}")
    for word in ("max search depth too small", "Search not completed", "out of memory", "VECTORSZ"):
        if word in output:
            raise Wrong(f"the search is not complete: {word}\n{output}")


def never_reached(output):
    """Statements that no run reaches, so that nothing was learned of them; memory.pml's apart."""
    states = re.findall(r'^\s+(\S+:\d+), state \d+, "(.*)"$', output, re.MULTILINE)
    return [
        f"{where}: {text}"
        for where, text in states
        if text != "-end-" and not text.startswith(("D_STEP", "loaded[", "stored[", "memory["))
    ]


def trail(folder, model, definitions):
    """The shortest way to the failure, a line for each step, and what is not 0 at its end."""
    run(folder, "gcc", *COMMON, *KINDS["fails"][0], "-o", "pan", "pan.c")
    run(folder, "./pan", *KINDS["fails"][1])
    path = f"{model}.pml.trail"
    if not (folder / path).is_file():
        return f"no {path} was written"
    output = run(folder, "spin", "-t", "-p", "-k", path, *definitions, HERE / f"{model}.pml")
    steps = re.findall(
        r"^\s*\d+:\s+proc\s+\d+ \((\w+):\d+\) \S*/(\S+:\d+) .*\t\[(.*)\]$", output, re.MULTILINE
    )
    values = re.findall(r"^\t+(\S+ = [1-9]\d*)$", output, re.MULTILINE)
    shown = [
        f"{who}  {where:<16} {what}"
        for who, where, what in steps
        if not re.search(r"^(else|\.\(goto\)|\(1\)|sub-sequence)$|location|^\w+ = 0$|^age\[", what)
        and (not where.startswith("memory.pml") or " = " in what)
    ]
    return "\n".join([*shown, ", ".join(values)])


def check(build, name):
    """Runs one case and prints a line of figures, or raises Wrong."""
    expects, model, definitions = cases()[name]
    kind = expects if expects in KINDS else "fails"
    folder = build / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run(folder, "spin", "-a", *definitions, HERE / f"{model}.pml")
    run(folder, QUICK if kind == "fails" else "gcc", *COMMON, *KINDS[kind][0], "-o", "pan", "pan.c")
    output = run(folder, "./pan", *KINDS[kind][1])
    errors, states, depth = figures(output)
    failed = failed_property(output)
    print(f"{name}: {failed or 'nothing'} failed; {states} states, depth {depth}", flush=True)
    if kind == "fails" and failed == expects:
        return
    if failed == "no_end":
        raise Wrong("a run without end in which no request ends")
    if failed:
        instead = f", not {expects}" if kind == "fails" else ""
        raise Wrong(f"{failed} fails{instead}:\n{trail(folder, model, definitions)}")
    if kind == "fails":
        raise Wrong(f"{expects} was to fail, and the model does not notice")
    if errors:
        raise Wrong(f"pan's output was not understood:\n{output}")
    must_be_complete(output)
    if never_reached(output):
        raise Wrong("no run reaches\n" + "\n".join(never_reached(output)))


def main(arguments):
    """The exit code."""
    if not arguments:
        print(__doc__)
        return 2
    for tool in ("spin", "gcc"):
        if shutil.which(tool) is None:
            print(f"skipped: no {tool} here (Debian: {tool})")
            return 77
    wrong = 0
    try:
        known = cases()
        unknown = [name for name in arguments[1:] if name not in known]
        if unknown:
            raise Wrong(f"no such case in cases.txt: {', '.join(unknown)}")
    except Wrong as what:
        print(f"error: {what}")
        return 2
    for name in arguments[1:] or known:
        try:
            check(Path(arguments[0]).resolve(), name)
        except Wrong as what:
            print(f"FAILED: {name}: {what}")
            wrong = 1
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
Shows that a change of comments changed no code: python3 tests/rules/same_objects.py REV

Compiles every source of the runtime (host port, gcc -O2 -g0) in this tree and in revision REV, and compares the
objects' SHA-256. Compares each public header as well, preprocessed with its macros (gcc -E -dD), white space aside,
which covers inline functions and macros that no source uses. Exit code 1 and a list of files: they differ.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("base", "driver", "device", "parts", "monitor", "bridge")
TOKEN = re.compile(rb'"(?:\\.|[^"\\])*"|\w+|[^\w\s]')  # gcc -P breaks lines within a declaration
INCLUDE = ("runtime/include", "generated/include", "runtime/port/host")


def gcc(tree, *arguments):
    """What gcc writes to its standard output; its messages go to the caller's."""
    command = ["gcc", "-std=c11", "-O2", "-g0", *(f"-I{folder}" for folder in INCLUDE), *arguments]
    done = subprocess.run(command, cwd=tree, check=False, stdout=subprocess.PIPE)
    if done.returncode:
        raise SystemExit(f"{arguments[-1]}: does not compile in {tree}")
    return done.stdout


def object_of(tree, source):
    """SHA-256 of a source's object."""
    with tempfile.NamedTemporaryFile(suffix=".o") as out:
        gcc(tree, "-c", "-o", out.name, source)
        return hashlib.sha256(Path(out.name).read_bytes()).hexdigest()


def tokens_of(tree, header):
    """SHA-256 of a header's declarations and macros; where they stand in the file does not count."""
    text = gcc(tree, "-E", "-P", "-dD", "-x", "c", header)
    return hashlib.sha256(b" ".join(TOKEN.findall(text))).hexdigest()


def hashes(tree):
    """{file: SHA-256} of a tree."""
    sources = [
        str(path.relative_to(tree)) for part in PARTS for path in (tree / "runtime" / part).rglob("*.c")
    ]
    headers = [str(path.relative_to(tree)) for path in (tree / "runtime/include/vwr").glob("*.h")]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(sources, pool.map(lambda one: object_of(tree, one), sources)))
        found.update(zip(headers, pool.map(lambda one: tokens_of(tree, one), headers)))
    return found


def hashes_of_revision(revision):
    """The same of a revision, kept in build/ by its commit."""
    commit = subprocess.run(
        ["git", "rev-parse", "--verify", revision + "^{commit}"],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.strip()
    kept = ROOT / "build" / "same_objects" / (commit + ".json")
    if kept.is_file():
        return json.loads(kept.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", commit, "runtime", "generated/include"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        found = hashes(Path(folder))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(found), encoding="utf-8")
    return found


def main(arguments):
    """Compares; prints what differs."""
    if len(arguments) != 1:
        sys.exit(__doc__.strip())
    before, now = hashes_of_revision(arguments[0]), hashes(ROOT)
    wrong = [file for file in sorted(before.keys() | now.keys()) if before.get(file) != now.get(file)]
    for file in wrong:
        print(f"{file}: differs")
    print(f"{len(now)} files compared with {arguments[0]}, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

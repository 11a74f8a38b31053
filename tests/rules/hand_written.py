# SPDX-License-Identifier: MIT
"""
How much is written by hand: statements of Python (NEWLINE tokens, so that no formatter has a say) and lines of schemas, of this
tree and of a revision; features that are new since are counted apart.

    python3 tests/rules/hand_written.py [REV]
"""

import io
import sys
import tokenize
from collections import Counter

from tree import ROOT, files, of_revision

# What is a feature that the revision before had not, counted apart.
NEW = {
    "convert": ("codegen/vwr/convert/", "tests/spec/checks/test_convert.py"),
    "mutate": ("codegen/vwr/mutate/", "tests/tools/mutate/"),
    "conditions (MC/DC)": ("codegen/vwr/cover/", "tests/tools/cover/"),
    "proofs": ("codegen/vwr/prove/", "tests/prove/"),
    "random descriptions": ("tests/spec/random/",),
    "a folder of one's own": (
        "codegen/vwr/embed/generated.py",
        "tests/spec/generated/test_own_folder.py",
        "tests/tools/embed/test_own.py",
    ),
    "limits of the C of a description": ("codegen/vwr/check/limits.py", "tests/spec/checks/test_limits.py"),
    "C as if written": ("codegen/vwr/generate/written.py", "tests/spec/generated/test_written.py"),
    "own kinds in plan": ("codegen/vwr/plan/own.py", "tests/tools/plan/test_own.py"),
    "the vault": ("tests/pair/ends/test_vault.py",),
    "answers with a length, states": ("codegen/vwr/check/answers.py", "codegen/vwr/spec/queues.py"),
    "data by itself": ("tests/spec/generated/test_data_consistent.py",),
    "site": ("codegen/vwr/docs/", "tests/tools/docs/"),
    "kernel-doc": ("tests/rules/test_kernel_doc.py", "tests/rules/same_objects.py"),
    "words before and after": ("tests/rules/samples.py",),
    "golden lists of messages": ("tests/golden.py",),
    "costs of tests": ("tests/costs.py", "tests/rules/test_costs.py"),
    "archives of fuzz inputs": ("tests/hostile/fuzz/inputs.py",),
    "processes by vhost-user": ("tests/qemu/process/", "bench/vhost"),
    "a hypervisor's state and PCI": (
        "tests/qemu/hypervisor/functions.py",
        "tests/qemu/hypervisor/saves.py",
        "tests/qemu/hypervisor/soak_saves.py",
        "tests/qemu/hypervisor/soak_guests.py",
        "tests/qemu/hypervisor/test_modules.py",
        "tests/qemu/hypervisor/test_on_pci.py",
    ),
    "recorded traces in the monitor": ("codegen/vwr/monitor/",),
    "exchanges of guests behind the hypervisor": (
        "tests/qemu/exchanges/behind.py",
        "tests/qemu/exchanges/record_behind.py",
    ),
    "rules of the monitor": (
        "codegen/vwr/generate/back_ends/rules.py",
        "codegen/vwr/grammar/rules.py",
        "codegen/vwr/model/rules.py",
        "tests/tools/explain/test_same_rules.py",
    ),
    "conform": ("codegen/vwr/conform/",),
    "the Python package": ("codegen/templates/virtwright.py",),
    "explorer": ("codegen/vwr/explorer/", "tests/tools/explorer/"),
    "Wireshark": (
        "codegen/vwr/wireshark/",
        "tests/qemu/exchanges/pcap.py",
        "tests/qemu/exchanges/test_wireshark.py",
    ),
    "GDB": ("hosted/programs/gdb/", "tests/qemu/baremetal/test_gdb.py"),
}


def counted(path, raw):
    """(what it is, how much) of a file, or nothing."""
    if path.startswith("generated/"):
        return None
    if path.endswith(".py"):
        tokens = tokenize.tokenize(io.BytesIO(raw).readline)
        new = next((what for what, places in NEW.items() if path.startswith(places)), None)
        what = f"new: {new}" if new else f"Python in {path.split('/')[0]}/"
        return what, sum(token.type == tokenize.NEWLINE for token in tokens)
    return ("lines of schemas", raw.count(b"\n")) if path.endswith(".schema.json") else None


def total(listed):
    """{what: how much} of {path: bytes}."""
    found = Counter()
    for path, raw in listed:
        if row := counted(path, raw):
            found[row[0]] += row[1]
    return found


def of_tree():
    for path in files(ROOT, "*.py", "*.schema.json"):
        yield path.as_posix(), (ROOT / path).read_bytes()


if __name__ == "__main__":
    before = total(of_revision(ROOT, sys.argv[1]).items()) if len(sys.argv) > 1 else Counter()
    now = total(of_tree())
    for what in sorted(before | now):
        print(f"{before[what]:>7} {now[what]:>7} {now[what] - before[what]:>+7}  {what}")
    for what, apart in (
        ("all but what is new", [one for one in now if one.startswith("new: ")]),
        ("all", []),
    ):
        old, new = (sum(count for one, count in found.items() if one not in apart) for found in (before, now))
        print(f"{old:>7} {new:>7} {new - old:>+7}  {what}")

# SPDX-License-Identifier: MIT
"""Tiers of tests: the packages that each needs, the selected tests, and their durations."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from vwr import ROOT
from vwr.front.place import BUILD, COMMAND, stop
from vwr.meant import unknown

TABLE = ROOT / "tests" / "tiers.txt"
SLOWEST = 10
LAST = 20  # lines of a test that failed
FEW = 8  # up to this number of programs are built without the rest of their tier
ROW = re.compile(r"^(\w+) *\| *(\S+) *\|([^|]*)\|", re.MULTILINE)
RESULT = re.compile(r"^ *\d+/\d+ Test +#\d+: (\S+) [.]*.*?([0-9.]+) sec$")
CLOSING = re.compile(r"^\d+% tests passed")
SKIPPED = re.compile(r"^ *\d+/\d+ Test +#\d+: (\S+) [.]*\*\*\*Skipped")
# CTest writes its own log anew for each `ctest -N`, and tests call that while others run.
RESULTS = BUILD / "tests.xml"
# A program's own line, pytest's summary, and a sentence from the fixture `note`.
REASON = re.compile(r"^(?:skipped: |note: |SKIPPED \[\d+\] \S+: )(.+)", re.MULTILINE)


class Tier(NamedTuple):
    name: str
    folder: str  # of tests/, without the tier's own
    packages: tuple[str, ...]


def tiers() -> dict[str, Tier]:
    """The rows of tests/tiers.txt, by name."""
    rows = ROW.findall(TABLE.read_text(encoding="utf-8"))
    return {
        name: Tier(name, folder.partition("/")[0].strip("."), tuple(packages.split()))
        for name, folder, packages in rows
    }


def words() -> list[str]:
    """The words that select tiers: tier names and folders in tests/."""
    return sorted({word for tier in tiers().values() for word in (tier.name, tier.folder) if word})


def named(names: Sequence[str]) -> list[Tier]:
    """The tiers with these names; a folder of tests/ selects all tiers in it."""
    known, found = tiers(), []
    for name in names:
        chosen = [tier for tier in known.values() if name in (tier.name, tier.folder)]
        if not chosen:
            stop(
                f"{unknown('tier', name, words())}\nTiers: {' '.join(words())}",
                f"{COMMAND} test -N   (all tests)",
            )
        found += [tier for tier in chosen if tier not in found]
    return found


def chosen_by(options: Sequence[str]) -> list[Tier]:
    """
    The tiers of the tests that these options of ctest select; the first word of a test's name is its tier.
    """
    listed = subprocess.run(
        ["ctest", "--test-dir", str(BUILD), "-N", *options], text=True, capture_output=True, check=False
    )
    names = set(re.findall(r"^ *Test *#\d+: (\w+)\.", listed.stdout, re.MULTILINE))
    return [tier for tier in tiers().values() if tier.name in names]


def targets(chosen: Sequence[Tier], options: Sequence[str]) -> list[str]:
    """The targets to build: whole tiers, or only the programs for a few tests."""
    listed = subprocess.run(
        ["ctest", "--test-dir", str(BUILD), "--show-only=json-v1", *options],
        text=True,
        capture_output=True,
        check=False,
    )
    rows = (
        json.loads(listed.stdout)["tests"] if listed.returncode == 0 and listed.stdout.startswith("{") else []
    )
    commands = {Path(row["command"][0]) for row in rows if row.get("command")}
    if (
        0 < len(commands) <= FEW
        and len(commands) == len(rows)
        and all(BUILD in path.parents for path in commands)
    ):
        return sorted(path.name for path in commands)
    return [f"{kind}_{tier.name}" for tier in chosen for kind in ("tier", "soak")]


def slowest(times: dict[str, float]) -> str:
    first = sorted(times, key=lambda name: -times[name])[:SLOWEST]
    return (
        f"The {len(first)} slowest of {len(times)} tests, {sum(times.values()):.0f} seconds in all:\n"
        + "".join(f"  {times[name]:7.1f} s  {name}\n" for name in first)
    )


def left_out(results: Path, skipped: set[str]) -> str:
    """
    The parts that tests skipped or ran differently on this machine, with the reasons, from CTest's JUnit
    XML results.
    """
    rows = []
    for test in ElementTree.parse(results).iter("testcase"):
        name, output = test.get("name", ""), test.findtext("system-out", "")
        reasons = REASON.findall(output)
        if name in skipped and not reasons:
            reasons = output.split("\n")[-2:-1]
        rows += [f"  {name}: {reason}\n" for reason in dict.fromkeys(reasons)]
    return "What this machine does in another way, or not at all:\n" + "".join(sorted(rows)) if rows else ""


def failed(results: Path) -> str:
    """The last lines of each failed test. The whole output is far above, and a log may be truncated."""
    said = ""
    for test in ElementTree.parse(results).iter("testcase"):
        if test.find("failure") is not None:
            lines = test.findtext("system-out", "").rstrip().split("\n")[-LAST:]
            said += f"{test.get('name', '')} failed:\n" + "".join(f"  {line}\n" for line in lines)
    return said


def run(options: Sequence[str]) -> int:
    """Runs ctest and shows its output. Before the final lines, lists skipped, failed and slow tests."""
    command = ["ctest", "--test-dir", str(BUILD), "--output-on-failure", "--output-junit", str(RESULTS)]
    times: dict[str, float] = {}
    skipped: set[str] = set()
    closing: list[str] = []
    RESULTS.unlink(missing_ok=True)
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True, errors="replace") as ctest:
        assert ctest.stdout
        for line in ctest.stdout:
            if result := RESULT.match(line.rstrip()):
                times[result[1]] = float(result[2])
            if result := SKIPPED.match(line):
                skipped.add(result[1])
            if closing or CLOSING.match(line):
                closing.append(line)
            else:
                print(line, end="", flush=True)
    if RESULTS.is_file():
        for said in filter(None, (left_out(RESULTS, skipped), failed(RESULTS))):
            print(said)
    if len(times) > 1:
        print(slowest(times))
    print("".join(closing), end="", flush=True)
    return ctest.returncode

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""costs.py BUILD-FOLDER: writes tests/costs.txt, by which the costly tests start first, from what a run of ./vwr test took.

CTest keeps the seconds of each test in Testing/Temporary/CTestCostData.txt. Only a run of all tests on an idle machine is
worth writing down. A row stays as it is while the test takes between half and twice as long; tests below SHORT have no row.
"""

import re
import subprocess
import sys
from pathlib import Path

TABLE = Path(__file__).resolve().parent / "costs.txt"
SHORT = 3  # seconds
HEADING = """# SPDX-License-Identifier: MIT
# Seconds that a test takes, if they are 3 or more: cmake/VwrTests.cmake reads this, tests/costs.py writes it.
"""


def measured(text: str) -> dict[str, float]:
    """Seconds by test name. The lines are `name runs seconds`; failed tests follow after ---."""
    rows = [line.split() for line in text.partition("---")[0].splitlines()]
    return {row[0]: float(row[2]) for row in rows if len(row) == 3 and row[1] != "0"}


def rows(text: str) -> dict[str, int]:
    """The table."""
    words = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {name: int(seconds) for name, seconds in words}


def merged(before: dict[str, int], new: dict[str, float], tests: set[str]) -> dict[str, int]:
    """
    The rows for the existing tests, unchanged unless a run took less than half or more than twice as
    long.
    """
    found = {name: seconds for name, seconds in before.items() if name in tests}
    for name, seconds in new.items():
        if name in tests and not seconds / 2 < found.get(name, 0) < seconds * 2:
            found[name] = round(seconds)
    return {name: seconds for name, seconds in found.items() if seconds >= SHORT}


def main(arguments: list[str]) -> int:
    """The exit code."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    build = Path(arguments[0])
    data = build / "Testing/Temporary/CTestCostData.txt"
    if not data.is_file():
        print(f"{data}: no such file. Next: ./vwr test")
        return 1
    listed = subprocess.run(["ctest", "--test-dir", build, "-N"], text=True, capture_output=True, check=True)
    tests = {line.split(": ")[1] for line in listed.stdout.splitlines() if re.match(r" *Test +#", line)}
    found = merged(rows(TABLE.read_text("utf-8")), measured(data.read_text("utf-8")), tests)
    text = "".join(
        f"{name:<50} {found[name]}\n" for name in sorted(found, key=lambda name: (-found[name], name))
    )
    TABLE.write_text(HEADING + text, encoding="utf-8")
    print(f"{TABLE.name}: {len(found)} tests, {sum(found.values())} seconds")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

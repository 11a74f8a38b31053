# SPDX-License-Identifier: MIT
"""The project's own tests that name clauses, and CTest's results for them."""

import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from vwr.generate import named
from vwr.stop import Stop

TESTS = "^(hostile|device|pair|unit|driver|classes|vblk|v9p|vhost|vfront)[.]"
_LINE = re.compile(r"^\[ +(OK|FAILED) +\] (\w+)", re.MULTILINE)  # of cmocka
_OUTPUT_BYTES = "10000000"
_CASE = re.compile(r"[A-Z]\d\d_")
_COMMON = ("bench", "files")  # cases of several devices


def _ctest(build: Path, tests: str) -> dict[str, list[tuple[str, str]]]:
    """{function: (OK or FAILED, test of CTest)}."""
    found: dict[str, list[tuple[str, str]]] = {}
    with tempfile.TemporaryDirectory(prefix="vwr-conform-") as folder:
        junit = Path(folder, "junit.xml")
        command = [
            "ctest",
            "--test-dir",
            str(build),
            "-R",
            tests,
            "-LE",
            "^soak$",
            "-Q",
            "--output-junit",
            str(junit),
        ]
        for option in ("passed", "failed"):
            command += [f"--test-output-size-{option}", _OUTPUT_BYTES]
        subprocess.run(command, check=False)
        if not junit.is_file():
            raise Stop("CTest has run nothing", "./vwr test unit")
        for case in ElementTree.parse(junit).iter("testcase"):
            for result, function in _LINE.findall(case.findtext("system-out") or ""):
                found.setdefault(function, []).append((result, case.get("name", "")))
    return found


def run(root: Path, build: Path, tests: str) -> list[dict[str, Any]]:
    """A row for each test that names clauses."""
    ran = _ctest(build, tests)
    tables = [row for row in named.cases(root) if row[0].parts[0] == "tests" or _CASE.match(row[1])]
    cases = list(dict.fromkeys((*tables, *(row for row in named.commented(root) if row[1]))))
    count = Counter(function for _, function, _ in cases)
    rows = []
    for path, function, basis in cases:
        results = ran.get(function, [])
        subject = path.stem.removeprefix("test_").removesuffix("_shapes")
        if count[function] > 1 and subject not in _COMMON:  # the name of CTest's test identifies the device
            results = [one for one in results if subject in re.split("[._]", one[1])]
        failed = sorted({test for result, test in results if result == "FAILED"})
        rows.append(
            {
                "case": f"{path.stem}.{function}",
                "basis": basis,
                "expects": f"{path} passes",
                "result": "broken" if failed else "kept" if results else "not tested",
                "seen": (
                    f"it fails in {', '.join(failed)}"
                    if failed
                    else ("" if results else "no test of this name ran")
                ),
            }
        )
    return rows

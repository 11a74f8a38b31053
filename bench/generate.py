# SPDX-License-Identifier: MIT
"""What ./vwr generate takes for all of spec/, into an empty folder and where nothing differs."""

import shutil
import subprocess
import sys
import time

from rows import row

GOAL = "goal 1.5 s on two cores of 2026; time is shown and not judged"
RUNS = 3


def rows(root, out):
    """Two rows: the best of a few runs, since what disturbs a run only makes it longer."""
    modules = subprocess.run([sys.executable, "-c", "import yaml, jsonschema, jinja2"], capture_output=True, check=False)
    if modules.returncode:
        return [row("generate", "all", "", reason=f"{sys.executable} lacks yaml, jsonschema or jinja2")]
    folder = out / "generate"
    shutil.rmtree(folder, ignore_errors=True)
    first = _seconds(root, folder)
    again = min(_seconds(root, folder) for _ in range(RUNS))
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    return [row("generate", f"all of spec/, {files} files, into an empty folder ({GOAL})", "s", first),
            row("generate", f"the same where nothing differs, best of {RUNS}", "s", again)]


def _seconds(root, folder):
    """One run of the generator as ./vwr starts it."""
    begin = time.monotonic()
    subprocess.run([sys.executable, "-B", str(root / "codegen"), "generate", "--out", str(folder)],
                   check=True, capture_output=True, timeout=120)
    return time.monotonic() - begin

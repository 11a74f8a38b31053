# SPDX-License-Identifier: MIT
"""What the demos that are Python have in common: how they talk, how they fail, how their images are built."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Failed(Exception):
    """What is wrong, and the next command to type."""

    def __init__(self, what, command):
        super().__init__(what)
        self.command = command.replace("./vwr ", f"{os.environ.get('VWR_COMMAND', './vwr')} ")


def say(text):
    print(f"demo: {text}", flush=True)


def build_folder():
    return Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build").absolute()


def is_configured(folder):
    """By this tree, with its cross compilers, for this Python."""
    cache = folder / "CMakeCache.txt"
    lines = cache.read_text("utf-8").splitlines() if cache.exists() else []
    return (
        f"CMAKE_HOME_DIRECTORY:INTERNAL={ROOT}" in lines
        and any(line.startswith("VWR_AARCH64_GCC:FILEPATH=/") for line in lines)
        and not any(re.fullmatch(r"VWR_BOARD_\w+:FILEPATH=.*-NOTFOUND", line) for line in lines)
        and any(re.fullmatch(f"VWR_PYTHON:[A-Z]+={re.escape(sys.executable)}", line) for line in lines)
    )


def succeed(commands, log):
    """Runs commands, of which the last one that ran has its output in a file, up to one that fails."""
    for command in commands:
        with open(log, "w", encoding="utf-8") as output:
            if subprocess.run(command, stdout=output, stderr=output, check=False).returncode:
                return False
    return True


def build(target):
    """
    Has CMake make an image; in the folder that ./vwr test uses, too. An earlier configuration may lack the target: CMake
    leaves out what a package was missing for then.
    """
    folder = build_folder()
    log = folder / "demo-build.txt"
    folder.mkdir(parents=True, exist_ok=True)
    generator = [] if (folder / "CMakeCache.txt").exists() or not shutil.which("ninja") else ["-G", "Ninja"]
    configure = [
        "cmake",
        "-S",
        str(ROOT),
        "-B",
        str(folder),
        *generator,
        "-DVWR_REGENERATE=OFF",
        "-DVWR_IMAGES=ON",
        f"-DVWR_PYTHON={sys.executable}",
    ]
    make = ["cmake", "--build", str(folder), "--target", target]
    if (is_configured(folder) and succeed([make], log)) or succeed([configure, make], log):
        return
    print(log.read_text("utf-8")[-2000:], file=sys.stderr)
    raise Failed(f"{target} does not build, see {log}", f"cat '{log}'")


def run(demo):
    """Calls it; the exit code, and the last line."""
    try:
        demo()
    except Failed as failure:
        print(f"demo: FAILED: {failure}\nNext: {failure.command}", file=sys.stderr)
        return 1
    return 0

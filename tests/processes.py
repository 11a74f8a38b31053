# SPDX-License-Identifier: MIT
"""Programs that a test runs: where one is missing the test is skipped, where one fails it says what was printed."""

import shutil
import subprocess

import pytest


def need(*tools, debian=""):
    """Skips the test without these programs; `debian` is the package that has them, if its name is another."""
    for tool in tools:
        if shutil.which(tool) is None:
            pytest.skip(f"no {tool} here" + (f" (Debian: {debian})" if debian else ""))


def completed(command, **more):
    """A program with its output as text; what the exit code means is the caller's to say."""
    return subprocess.run(
        list(map(str, command)), **{"capture_output": True, "text": True, "check": False, **more}
    )


def output(command, **more):
    """What a program prints, which has to succeed."""
    done = completed(command, **more)
    assert (
        done.returncode == 0
    ), f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout

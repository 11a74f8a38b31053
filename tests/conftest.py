# SPDX-License-Identifier: MIT
"""
For all tests: a new folder in the build folder, which is removed when the test has passed; both layouts of
virtio-mmio.
"""

import gc
import sys
from pathlib import Path

import pytest

from folders import BUILD, ROOT, fresh, pytest_runtest_makereport  # noqa: F401 (a hook)

ALWAYS = list(sys.path)  # before any folder of tests is searched
NOTES = pytest.StashKey[list[str]]()

gc.set_threshold(1_000_000)  # as codegen/__main__.py: a test keeps nearly all that it reads

TESTS = Path(__file__).parent


def alone(folder):
    """
    Two folders may have modules of one name, and Python knows a module by its name alone. So while a test of one
    folder is imported or runs, no other folder of tests is searched, and what was imported from one is forgotten.
    """
    if sys.path[:1] == [str(folder)] and sys.path[1:] == ALWAYS:
        return
    sys.path[:] = [str(folder), *ALWAYS]
    for name, module in list(sys.modules.items()):
        place = str(Path(getattr(module, "__file__", None) or "/").parent)
        hidden = place != str(folder) and (folder / f"{name}.py").is_file()
        if hidden or place.startswith(f"{TESTS}/") and place not in sys.path:
            del sys.modules[name]


def pytest_collectstart(collector):
    if isinstance(collector, pytest.Module):
        alone(collector.path.parent)


def pytest_runtest_setup(item):
    alone(item.path.parent)


@pytest.fixture
def work(request):
    """A new folder, which is kept if the test fails. It is named by its file too: files of tests run side by side."""
    yield from fresh(request, BUILD / request.path.parent.relative_to(ROOT) / "work" / request.path.stem)


@pytest.fixture(params=["legacy", "modern"])
def version(request):
    """Both layouts of virtio-mmio."""
    return request.param


@pytest.fixture
def note(request):
    """
    Adds a sentence to the output: how a test ran on this machine, or which parts it skipped. ./vwr test
    prints these sentences.
    """
    return request.config.stash.setdefault(NOTES, []).append


def pytest_terminal_summary(terminalreporter, config):
    for sentence in config.stash.get(NOTES, []):
        terminalreporter.write_line(f"note: {sentence}")

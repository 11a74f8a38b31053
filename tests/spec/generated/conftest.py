# SPDX-License-Identifier: MIT
"""Fixtures for the tests of models, templates and the command line."""

import functools
import shutil

import pytest

from vwr import ROOT


# The core, a transport and a device of the checkout; all chapters would take a second each time.
SOME = [
    f"spec/{name}.yaml"
    for name in (
        "core/ids",
        "core/features",
        "core/status",
        "core/split-ring",
        "core/packed-ring",
        "transport/mmio",
        "device/blk",
    )
]


@pytest.fixture(scope="session")
def texts():
    """{path: text} of these, and what all need."""
    return {
        path: (ROOT / path).read_text("utf-8")
        for path in (*SOME, "spec/clauses.json", "spec/rules.yaml", "runtime/options.yaml")
    }


@pytest.fixture(scope="session")
def files(texts):
    """What they make: {path: text}."""
    from gen_help import rendered

    return rendered(texts)


@pytest.fixture(scope="session")
def generated_once(tmp_path_factory):
    """The generator, these spec files and what they make."""
    from gen_help import called, copy_options

    copy = tmp_path_factory.mktemp("some") / "a checkout"
    shutil.copytree(ROOT / "codegen", copy / "codegen", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for path in (*SOME, *(path.relative_to(ROOT) for path in (ROOT / "spec").rglob("*.json"))):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, copy / path)
    copy_options(copy)
    (copy / "generated").mkdir()
    assert called(copy, "generate").returncode == 0
    return copy


@pytest.fixture
def checkout(generated_once, tmp_path):
    """A copy of these, where a test may change things."""
    return shutil.copytree(generated_once, tmp_path / "a checkout")


@pytest.fixture
def vwr(checkout):
    """Runs the tools of the copy."""
    from gen_help import called

    return functools.partial(called, checkout)

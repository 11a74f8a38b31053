# SPDX-License-Identifier: MIT
"""
The description for the tools: the Python package that is generated from spec/. This module needs only Python.
"""

import functools
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from vwr import ROOT
from vwr.stop import Stop

PACKAGE = ROOT / "generated" / "python"
NAME = "virtwright"
_chosen: list[Path | str] = [PACKAGE]


def use(folder: Path | str) -> None:
    """From now on uses another package, generated with the devices of a user's folder."""
    _chosen[0] = folder


def package(folder: Path | str | None = None) -> Any:
    """The package of a folder, which need not be on Python's search path."""
    folder = folder or _chosen[0]
    start = (Path(folder) / NAME / "__init__.py").absolute()  # as __file__ is
    there = sys.modules.get(NAME)
    if there is not None and there.__file__ == str(start):
        return there
    found = importlib.util.spec_from_file_location(
        NAME, start, submodule_search_locations=[str(start.parent)]
    )
    if not start.is_file() or found is None or found.loader is None:
        raise Stop(
            f"there is no {_shown(folder)}/{NAME}, which has the specification's names and numbers",
            "./vwr generate",
        )
    made = importlib.util.module_from_spec(found)
    try:
        found.loader.exec_module(made)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise Stop(f"{_shown(folder)} is incomplete ({error})", "./vwr generate") from error
    sys.modules[NAME] = made
    return made


def module(name: str) -> ModuleType:
    """One module of the package."""
    package()
    return importlib.import_module(f"{NAME}.{name}")


@functools.cache
def rules(folder: Path | str = PACKAGE) -> dict[str, Any]:
    """{name: rule} of the monitor. A user's package has none of its own."""
    start = Path(folder) / NAME / "rules.py"
    found = importlib.util.spec_from_file_location("vwr_rules", start)
    if not start.is_file() or found is None or found.loader is None:
        raise Stop(f"there is no {_shown(start)}, which has the monitor's rules", "./vwr generate")
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    rows: dict[str, Any] = made.RULES
    return rows


def specs(folder: Path | str | None = None) -> dict[str, Any]:
    """{name: virtwright.Spec} of all spec files."""
    found: dict[str, Any] = package(folder).spec()
    return found


@functools.cache
def needs_modern(feature: str) -> bool:
    """Whether the specification requires VERSION_1 for one of the features of all devices."""
    return any(rule.feature == feature and rule.any == ("VERSION_1",) for rule in specs()["features"].rules)


def data() -> dict[str, Any]:
    """The whole description, as in virtwright.json. Only there are the layouts of messages."""
    found: dict[str, Any] = package().DATA
    return found


def version(text: str) -> tuple[int, ...]:
    """A version of the specification as a value that can be compared; legacy comes first."""
    return tuple(int(part) for part in text.split(".")) if text[:1].isdigit() else ()


def _shown(folder: Path | str) -> str:
    path = Path(folder)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(folder)

# SPDX-License-Identifier: MIT
"""The description as the tools know it: the Python package that is generated from spec/. It needs nothing but Python."""

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
    """Another package than ours from now on: one with devices of somebody's own."""
    _chosen[0] = folder


def package(folder: Path | str | None = None) -> Any:
    """The package of a folder, which need not be where Python looks for modules."""
    folder = folder or _chosen[0]
    start = Path(folder) / NAME / "__init__.py"
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
        raise Stop(f"{_shown(folder)} is not whole ({error})", "./vwr generate") from error
    sys.modules[NAME] = made
    return made


def module(name: str) -> ModuleType:
    """One module of it."""
    package()
    return importlib.import_module(f"{NAME}.{name}")


def specs(folder: Path | str | None = None) -> dict[str, Any]:
    """{name: virtwright.Spec} of all spec files."""
    found: dict[str, Any] = package(folder).spec()
    return found


def data() -> dict[str, Any]:
    """All of it as virtwright.json has it: what a message looks like is nowhere else."""
    found: dict[str, Any] = package().DATA
    return found


def version(text: str) -> tuple[int, ...]:
    """A version of the specification as something to compare; legacy comes first."""
    return tuple(int(part) for part in text.split(".")) if text[:1].isdigit() else ()


def _shown(folder: Path | str) -> str:
    path = Path(folder)
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(folder)

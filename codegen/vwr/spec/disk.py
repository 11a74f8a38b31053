# SPDX-License-Identifier: MIT
"""The files of a tree, as bytes. This module imports nothing that only a change needs."""

import re
from pathlib import Path

from vwr.spec.clauses import PATH
from vwr.stop import Stop

FOLDERS = ("core", "transport", "device")
CLAUSES = PATH
SECTIONS = "spec/sections.json"
OPTIONS = "runtime/options.yaml"  # not part of the specification
RULES = "spec/rules.yaml"  # what an observer decides
PROFILE = re.compile(
    rb"^virtwright:", re.MULTILINE
)  # what vwr embed writes into a folder, which may be the same one
# All other files refer to these.
CORE = ("spec/core/ids.yaml", "spec/core/features.yaml", "spec/core/status.yaml")


def is_ours(path: str) -> bool:
    """Whether a file belongs to this checkout's spec/, not to a user's folder."""
    return path.startswith("spec/")


def is_own(path: str) -> bool:
    """Whether it is a description in a user's folder."""
    return path.endswith((".yaml", ".yml")) and not is_ours(path) and path != OPTIONS


def own_folder(said: Path | None) -> Path | None:
    """The folder of --spec, which must exist."""
    if said and not said.is_dir():
        raise Stop(
            f"--spec {said}: there is no such folder",
            "--spec DIR: the folder of your descriptions, NAME.yaml",
        )
    return said


def read_texts(root: Path, own: Path | None = None) -> tuple[dict[str, bytes], list[tuple[str, str | None]]]:
    """
    ({path: bytes}, [(path, reason why it cannot be read)]) of all sources of a tree; the path of a folder
    ends in /. Paths are relative to the checkout; those of a user's folder are as given.
    """
    texts, unreadable = dict[str, bytes](), list[tuple[str, str | None]]()
    rooms = {f"spec/{folder}": Path(root) / "spec" / folder for folder in FOLDERS}
    if own:
        shown = own.as_posix()
        rooms[f"./{shown}" if is_ours(f"{shown}/") else shown] = own
    for room, folder in rooms.items():
        for entry in sorted(folder.glob("*")):
            if entry.name.startswith(".") or entry.name.endswith("~"):  # editors' own files
                continue
            path = f"{room}/{entry.name}"
            if folder is own and not is_own(path):  # and any other files there
                continue
            try:
                if entry.is_dir():
                    texts[path + "/"] = b""
                    continue
                raw = entry.read_bytes()
                if folder is not own or not PROFILE.search(raw):
                    texts[path] = raw
            except OSError as error:
                unreadable.append((path, error.strerror))
    for path in (CLAUSES, SECTIONS, OPTIONS, RULES):
        try:
            texts[path] = (Path(root) / path).read_bytes()
        except FileNotFoundError:
            pass  # the generator of all files reports it
        except OSError as error:
            unreadable.append((path, error.strerror))
    return texts, unreadable

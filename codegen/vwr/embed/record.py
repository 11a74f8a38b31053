# SPDX-License-Identifier: MIT
"""The record of a copy: checksums, so that no edit of the user is lost, and the source of the copy."""

import difflib
import hashlib
import json
from pathlib import Path
from typing import Any

from vwr.stop import Failed

MANIFEST = "vwr-manifest.json"
NOTE = "SPDX-License-Identifier: MIT. Written by ./vwr embed, for its next run: keep it with the copy."


def checksum(text: str) -> str:
    """SHA-256 of a file's text."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def read(folder: Path) -> dict[str, Any]:
    """The manifest of a folder, {} if there is none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if (
            isinstance(data["files"], dict)
            and isinstance(data["facts"], dict)
            and isinstance(data["profile"], str)
        ):
            return data
    except (ValueError, KeyError, TypeError):
        pass
    raise Failed(f"{path} has changed since ./vwr embed wrote it; restore it, or remove it and the copy")


def names(manifest: dict[str, Any]) -> list[str]:
    """The files of a manifest, also those of a run that was interrupted."""
    return sorted({**manifest.get("files", {}), **manifest.get("interrupted", {})})


def both(old: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """The manifest of a folder in which some files are old and others are already new."""
    known = {name: old.get("interrupted", {}).get(name, []) for name in names(old)}
    for name, one in made["files"].items():
        known[name] = sorted({*known.get(name, []), one})
    shown = {name: list(sums) for name, sums in old.get("example", {}).items()}
    for name, sums in made["example"].items():
        shown[name] = sorted({*shown.get(name, []), *sums})
    return {**(old or {**made, "files": {}}), "interrupted": known, "example": shown}


def made(
    title: str, profile: str, calls: list[str], files: dict[str, str], facts: dict[str, dict[str, str]]
) -> dict[str, Any]:
    """The manifest of a copy."""
    return {
        "note": NOTE,
        "from": title,
        "profile": profile,
        "calls": sorted(calls),
        "files": {name: checksum(files[name]) for name in sorted(files)},
        "facts": facts,
    }


def text(data: dict[str, Any]) -> str:
    """The manifest's text."""
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def current(path: Path) -> str | None:
    """The text of a file, None if there is none."""
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.is_file() else None


def edited(folder: Path, manifest: dict[str, Any], new: dict[str, str]) -> dict[str, str]:
    """{name: its text} of files that match neither the last run nor this one."""
    found = {}
    for name in sorted({*names(manifest), *new}):
        now = current(folder / name)
        if now is None or now == new.get(name):
            continue
        ours = {manifest.get("files", {}).get(name), *manifest.get("interrupted", {}).get(name, [])}
        if checksum(now) not in ours:
            found[name] = now
    return found


def example(files: dict[str, str]) -> dict[str, list[str]]:
    """{name: checksums} of the example's files, which a run replaces only if nobody has edited either."""
    return {name: [checksum(text)] for name, text in files.items()}


def edited_example(folder: Path, manifest: dict[str, Any], new: dict[str, str]) -> list[str]:
    """The files of the example that match neither an earlier run nor this one."""
    found = []
    for name, text in new.items():
        now = current(folder / name)
        ours = manifest.get("example", {}).get(name, [])
        if now is not None and now != text and checksum(now) not in ours:
            found.append(name)
    return found


def refusal(
    folder: Path, manifest: dict[str, Any], found: dict[str, str], before: dict[str, str], new: dict[str, str]
) -> str:
    """
    The message for edited files. `before` are the texts that an unchanged description would have generated.
    """
    words = []
    for name, now in found.items():
        was = manifest.get("files", {}).get(name)
        if was is None:
            words.append(f"{folder / name} exists, but ./vwr embed did not write it")
            continue
        exact = name in before and checksum(before[name]) == was
        base = before[name] if exact else new.get(name, "")
        words.append(
            f"{folder / name} was edited after it was written"
            + ("" if exact else " (Virtwright has also changed: compared with its current output)")
        )
        words += difflib.unified_diff(
            base.splitlines(), now.splitlines(), f"{name} as written", f"{name} as edited", lineterm=""
        )
    return "\n".join(words)

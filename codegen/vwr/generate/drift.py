# SPDX-License-Identifier: MIT
"""
Compares generated/ with the output of the spec: files that differ, are missing, or have no spec file; and
writes it.
"""

import difflib
import json
import os
from pathlib import Path
from typing import Any

# Written by other programs: tests/ports/freestanding/stack.py, and ./vwr api.
MEASURED = {"docs/contexts.md", "api.txt"}
LINES = 40  # lines of a file's diff; the others are counted


def present(folder: Path) -> dict[str, Path]:
    """
    Files below a folder by their path in it, without dot files of editors and git, and without Python's
    caches.
    """
    found = {}
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(base, name)
                found[path.relative_to(folder).as_posix()] = path
    return found


def _manifest(folder: Path) -> dict[str, str]:
    """The spec file of each output, from the existing MANIFEST."""
    try:
        text = (folder / "MANIFEST").read_text("utf-8", "replace")
    except OSError:
        return {}
    return dict(line.split(None, 1) for line in text.splitlines() if len(line.split(None, 1)) == 2)


def compare(folder: Path, files: dict[str, bytes], sources: dict[str, str]) -> list[Any]:
    """Rows of the differences in `folder`, in the order of the outputs, extra files last; `file` is a path in it."""
    here, old, rows = present(folder), _manifest(folder), []
    for path, content in files.items():
        source = sources.get(path, "spec/")
        if path not in here:
            rows.append({"file": path, "line": 1, "why": "is missing", "source": source, "diff": []})
        elif (found := here[path].read_bytes()) != content:
            lines = _diff(f"{shown(folder)}{path}", source, found, content)
            rows.append(
                {
                    "file": path,
                    "line": first_line(found, content),
                    "source": source,
                    "diff": lines,
                    "why": f"is not what {source} makes",
                }
            )
    for path in here:
        if path not in files and path not in MEASURED:
            source = old.get(path, "").strip()
            why = f"is made by no spec file any more ({source} did)" if source else "is made by no spec file"
            rows.append({"file": path, "line": 1, "why": why, "source": source, "diff": []})
    return rows


def _lines(content: Any) -> Any:
    return content.decode("utf-8", "replace").split("\n")


def first_line(found: Any, content: Any) -> Any:
    pairs = zip(_lines(found), _lines(content))
    return next(
        (n for n, (a, b) in enumerate(pairs, 1) if a != b), min(found.count(b"\n"), content.count(b"\n")) + 1
    )


def _diff(here: str, source: Any, found: Any, content: Any) -> Any:
    return list(difflib.unified_diff(_lines(found), _lines(content), here, f"from {source}", lineterm=""))


def report(rows: list[Any], form: str, specs: int, outputs: int, folder: Path, again: str) -> str:
    """The rows of `folder` as text, JSON or GitHub annotations; `again` is the command that writes it."""
    place = shown(folder)
    if form == "json":
        keys = lambda row: {
            "file": f"{place}{row['file']}",
            "line": row["line"],
            "column": 1,
            "severity": "error",
            "check": "drift",
            "object": "",
            "message": row["why"],
            "hint": again,
            "notes": [],
            "source": row["source"],
            "diff": row["diff"],
        }
        return json.dumps([keys(row) for row in rows], indent=2, ensure_ascii=False) + "\n"
    if form == "github":
        return "".join(
            f"::error file={place}{row['file']},line={row['line']},title=drift::{row['why']}: run {again}\n"
            for row in rows
        )
    if not rows:
        return f"{specs} spec files without a problem, {outputs} generated files as they make them\n"
    lines = []
    for row in rows:
        lines.append(f"{place}{row['file']}:{row['line']}: error: {row['why']}")
        lines += row["diff"][:LINES]
        if len(row["diff"]) > LINES:
            lines.append(f"… {len(row['diff']) - LINES} more lines")
    what = f"1 file of {place} is" if len(rows) == 1 else f"{len(rows)} files of {place} are"
    lines += [f"{what} not what the spec makes.", f"Next: {again}"]
    return "\n".join(lines) + "\n"


def shown(folder: Path) -> str:
    """A folder, as a user would type it in the current folder."""
    try:
        return Path(folder).relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return f"{folder}/"


def put(path: Path, content: bytes) -> None:
    """Writes the whole file or nothing, even if two builds write it at the same time."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_bytes(content)
        os.replace(scratch, path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise


def write(folder: Path, files: dict[str, bytes], only_listed: bool) -> list[tuple[str, str]]:
    """
    Writes files that differ and removes those without a spec file; in a user's folder only files that we once
    wrote.
    """
    here, old, changes = present(folder), _manifest(folder), []
    for path, content in files.items():
        if path not in here:
            changes.append(("new", path))
        elif here[path].read_bytes() != content:
            changes.append(("changed", path))
        else:
            continue
        put(folder / path, content)
    for path, place in here.items():
        if path not in files and path not in MEASURED and (path in old or not only_listed):
            place.unlink()
            changes.append(("removed", path))
            for parent in place.parents:
                if parent == folder or any(parent.iterdir()):
                    break
                parent.rmdir()
    return changes

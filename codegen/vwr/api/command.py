# SPDX-License-Identifier: MIT
"""./vwr api: what changed in the public interface, and whether CHANGELOG.md knows of it."""

import hashlib
import re
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.api import listing
from vwr.api.listing import Change
from vwr.stop import Failed, Stop, typed
from vwr.version import version

API = "generated/api.txt"
LOG = "CHANGELOG.md"
LINE = re.compile(r"^API: `([0-9a-f]{16})`", re.MULTILINE)
RELEASED = re.compile(r"\(\d{4}-\d\d-\d\d\)")  # an entry with a date is a release: its interface is fixed
SHOWN = 80  # changes; the others are counted
ASKS = {
    "removed": "callers must change",
    "changed": "callers may have to change",
    "added": "callers need not change",
    "size": "any version may do this",
    "value": "any version may do this",
}

BREAKS = ("removed", "changed")
WORDS = {"size": "of other sizes", "value": "of other values"}


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("rev", nargs="?", metavar="REV")
    parser.add_argument("--write", action="store_true")


def mark(text: str) -> str:
    """What the change log has of a version of the file."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _git(root: Path, *words: str) -> str:
    """What git says; "" without a repository, or if it refuses."""
    try:
        done = subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def at(root: Path, rev: str) -> str:
    """The file at a revision."""
    text = _git(root, "show", f"{rev}:{API}")
    if not text:
        raise Stop(f"git finds no {API} at {rev}", "git log --oneline -- " + API)
    return text


class Entry(NamedTuple):
    """A version in the change log; `mark` is "" if it names none."""

    version: str
    mark: str
    released: bool


def entries(root: Path) -> list[Entry]:
    """The entries of the change log, the newest first."""
    found = []
    for text in re.split(r"^## ", (root / LOG).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        match, heading = LINE.search(text), text.partition("\n")[0]
        found.append(
            Entry(heading.partition(" ")[0], match[1] if match else "", bool(RELEASED.search(heading)))
        )
    return found or [Entry("none", "", False)]


def release(root: Path) -> Entry | None:
    """The last release, which `new` must keep, unless its version may break callers."""
    return next((one for one in entries(root) if one.released and one.mark), None)


def needed(released: str, found: list[Change]) -> str:
    """The lowest version that may follow a release with these changes."""
    major, minor, patch = (int(one) for one in released.split("."))
    if not any(one.kind in BREAKS for one in found):
        return f"{major}.{minor}.{patch + 1}"
    return f"{major + 1}.0.0" if major else f"0.{minor + 1}.0"


def may_break(former: str, newest: str) -> bool:
    """Whether callers may have to change: from 1.0 on with a major version, before with a minor one too."""
    fixed = 1 if newest.partition(".")[0] != "0" else 2
    return former.split(".")[:fixed] != newest.split(".")[:fixed]


def broken(root: Path, new: str) -> list[str]:
    """What the last release promised, and this version does not keep, although it has to."""
    newest, former = entries(root)[0].version, release(root)
    if former is None or may_break(former.version, newest):
        return []
    base = before(root, former)
    found = listing.changes(listing.parsed(base), listing.parsed(new)) if base else []
    lines = sentences([one for one in found if one.kind in BREAKS])
    return lines and [
        f"{newest} breaks what {former.version} promised:",
        *lines,
        "Next: restore these, or raise the version further (docs/versions.md).",
    ]


def before(root: Path, entry: Entry) -> str:
    """The file of a version: that of its tag, else the committed one with the entry's mark; "" if git has neither."""
    if entry.released and (text := _git(root, "show", f"v{entry.version}:{API}")):
        return text
    revs = _git(root, "rev-list", "HEAD", "--", API).split()
    texts = (_git(root, "show", f"{rev}:{API}") for rev in revs)
    return next((text for text in texts if mark(text) == entry.mark), "")


def sentences(found: list[Change]) -> list[str]:
    """The changes, and what they ask of callers."""
    lines = [one.text for one in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"… and {len(found) - SHOWN} more")
    for kind, asked in ASKS.items():
        if count := sum(one.kind == kind for one in found):
            lines.append(f"{count} {WORDS.get(kind, kind)}: {asked}")
    return lines


def compared(old: str, new: str) -> list[str]:
    """What a text of the file has that another one lacks, and the reverse."""
    return sentences(listing.changes(listing.parsed(old), listing.parsed(new)))


def wrong(root: Path, new: str) -> list[str]:
    """What is wrong in a tree whose interface is `new`: the file is out of date, or the change log is."""
    path = root / API
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    if old != new:
        said = compared(old, new) or [f"{API} has the same lines in another form."]
        return [
            f"{API} does not match the headers:",
            *said,
            typed("Next: ./vwr api --write") + f", and commit {API} with the headers.",
        ]
    newest = entries(root)[0]
    base = before(root, newest)
    if newest.released and mark(new) != (mark(base) if base else newest.mark):
        return after(newest.version, base, new)
    if mark(new) == newest.mark:
        return broken(root, new)
    said = (
        compared(base, new)
        if base
        else [f"git has no {API} with the mark `{newest.mark or 'none'}` to compare."]
    )
    return [
        f"{API} has changed, and the newest entry of {LOG} does not say so:",
        *said,
        f"Next: describe this below `Callers must change` or `Ports must change` in {LOG}, for version {version(root)},",
        f"or raise the version (docs/versions.md). Then its line is: API: `{mark(new)}`",
    ]


def after(released: str, base: str, new: str) -> list[str]:
    """The interface has changed after a release, and the change log has no entry for the version that follows."""
    found = listing.changes(listing.parsed(base), listing.parsed(new)) if base else []
    return [
        f"The interface is not that of {released}, which is released:",
        *(sentences(found) or ["git does not have the interface of this release to compare."]),
        f"Next: begin {LOG} with `## {needed(released, found)}`, without a date, and say there what has changed"
        f" (docs/versions.md). Its line is: API: `{mark(new)}`",
    ]


def kept(root: Path, new: str) -> list[str]:
    """What was added since the last release."""
    if not (former := release(root)):
        return []
    if former.mark == mark(new):
        return [f"It is that of {former.version}."]
    if not (base := before(root, former)):
        return [f"git does not have the interface of {former.version} to compare."]
    return [f"Since {former.version}:", *compared(base, new)]


def run(args: Namespace) -> int:
    """0: the file and the change log know the interface; 1: one of them does not."""
    new = listing.written(listing.listing(ROOT))
    if args.rev:
        lines = compared(at(ROOT, args.rev), new)
        print("\n".join([*lines, "" if lines else f"the same as at {args.rev}"]).strip())
        return 0
    if args.write:
        path = ROOT / API
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        path.write_text(new, encoding="utf-8")
        print(f"{API}: {'unchanged' if old == new else 'written'}")
    if lines := wrong(ROOT, new):
        sys.stdout.flush()
        raise Failed("\n".join(lines))
    print(f"{API} matches the headers, and {LOG} names it")
    print("\n".join(kept(ROOT, new)))
    return 0

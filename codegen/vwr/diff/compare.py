# SPDX-License-Identifier: MIT
"""The changes between two revisions of the spec, with the specification's names: WIRE, API, DOC."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vwr.check.tree import check_tree
from vwr.diff.facts import Fact, facts, names
from vwr.model.nodes.files import Model
from vwr.spec import disk, load
from vwr.spec.load import Tree
from vwr.stop import Stop

CLASSES = ("WIRE", "API", "DOC")
MOVES = ("bit", "offset")
CHOICES = (
    "by",
    "is",
    "contains",
)  # said for the first time, they change only the structures of messages in C
TEXTS = (
    "brief",
    "section",
    "since",
    "unit",
    "aka",
    "label",
    "clauses",
    "by_hand",
    "remedy",
)  # keys that no program depends on
Difference = tuple[str, str, str, Any, Any]  # class, spec file, text, before, after


def _git(root: Path, *arguments: str) -> tuple[int, bytes, str]:
    try:
        run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError as error:
        raise Stop(f"git cannot be started: {error.strerror}") from None
    return run.returncode, run.stdout, run.stderr.decode("utf-8", "replace").strip()


def _commit(root: Path, rev: str) -> str:
    """The commit of a revision."""
    code, _, why = _git(root, "rev-parse", "--git-dir")
    if code:
        raise Stop(
            f"{root} is not a git checkout that git can read: there is no revision to compare with\n  {why}"
        )
    code, found, _ = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    if code:
        hint = (
            "nothing has been committed yet" if rev == "HEAD" else "`git log --oneline` lists the revisions"
        )
        raise Stop(f"no revision '{rev}' ({hint})")
    return found.decode().strip()


def own_tree_at(root: Path, own: Path, rev: str) -> Tree:
    """The descriptions of a user's folder in a revision of its repository, with the current spec/."""
    commit = _commit(own, rev)
    names = _git(own, "ls-tree", "-z", "--name-only", commit)[1].decode("utf-8", "replace").split("\0")
    texts = {path: raw for path, raw in disk.read_texts(root)[0].items()}
    shown = own.as_posix()
    for name in names:
        if disk.is_own(f"{shown}/{name}"):
            texts[f"{shown}/{name}"] = _git(own, "show", f"{commit}:./{name}")[1]
    return load.load_texts(texts)


def tree_at(root: Path, rev: str) -> Tree:
    """The spec tree of a revision."""
    commit = _commit(root, rev)
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", commit, "--", "spec")[1].decode(
        "utf-8", "replace"
    )
    paths = [path for path in names.split("\0") if path.endswith(".yaml") or path == disk.CLAUSES]
    if not paths:
        raise Stop(f"revision '{rev}' has no spec/")
    texts = {path: _git(root, "show", f"{commit}:./{path}")[1] for path in paths}
    return load.load_texts(texts)


def models_of(tree: Tree, name: str) -> dict[str, Model]:
    """Models of a tree; refused if the current checks refuse it."""
    if not tree.problems.count:
        check_tree(tree)
    if tree.problems.count:
        first = tree.problems.render("text").splitlines()[0]
        raise Stop(f"the spec of {name} has {tree.problems.count} problem(s), the first is\n  {first}")
    return {m.name: m for m in tree.models}


def _names_only(value: Any) -> Any:
    """
    A value of the data in which named numbers are replaced by their names; the number belongs to the named
    item.
    """
    if isinstance(value, list):
        return [_names_only(one) for one in value]
    return value["name"] if isinstance(value, dict) and value.keys() == {"name", "value"} else value


def _said(value: Any) -> str:
    """A value of the data as text; a named number by its name."""
    if isinstance(value, list):
        between = "; " if any(isinstance(one, list) for one in value) else ", "
        return between.join(map(_said, value)) or "none"
    if isinstance(value, dict):
        words = " ".join(f"{key} {_said(one)}" for key, one in value.items())
        return value["name"] if value.keys() == {"name", "value"} else words
    return str(value)


def _change(what: str, key: str, old: Any, new: Any) -> str:
    absent = "no" if True in (old, new) else "absent"
    before, after = (absent if one is None else "yes" if one is True else _said(one) for one in (old, new))
    if key == "value" and what.startswith("feature "):
        key = "bit"
    elif key == "offset" and what.rpartition(" ")[0].endswith("register"):
        before, after = f"0x{old:03x}", f"0x{new:03x}"
    change = f"moved from {key}" if key in MOVES else f"{key.replace('_', ' ')} changed from"
    return f"{what} {change} {before} to {after}"


def _compare_fact(name: str, what: str, old: Fact, new: Fact) -> Iterator[Difference]:
    """Rows of one item that both revisions have."""
    pairs = {key: (old.values.get(key), new.values.get(key)) for key in {**old.values, **new.values}}
    changed = {key: pair for key, pair in pairs.items() if _names_only(pair[0]) != _names_only(pair[1])}
    if "type" in changed:
        changed.pop("size", None)
    is_text = what.startswith("quirk ")
    for key, pair in changed.items():
        if not (is_text or key in TEXTS):
            kind = "API" if key in CHOICES and pair[0] is None else "WIRE"
            yield kind, name, _change(what, key, *pair), *pair
    texts = [key for key in changed if is_text or key in TEXTS]
    if texts:
        yield "DOC", name, f"{what} {', '.join(texts)}", None, None


def _only_in(some: dict[str, Fact], others: dict[str, Fact]) -> dict[str, Fact]:
    """Items that the others lack, without those inside them."""
    return {what: fact for what, fact in some.items() if what not in others and fact.outer in ("", *others)}


def _compare_file(name: str, old: Model, new: Model) -> Iterator[Difference]:
    """Rows of one spec file that both revisions have."""
    before, after = facts(old), facts(new)
    for what, fact in before.items():
        if what in after:
            yield from _compare_fact(name, what, fact, after[what])
    for what in _only_in(before, after):
        yield "WIRE", name, f"{what} removed", None, None
    for what, fact in _only_in(after, before).items():
        if not fact.has_name:
            yield "WIRE", name, f"{what} added", None, None
    was, now = names(old), names(new)
    for c, kind in was.items():
        if c not in now:
            yield "API", name, f"- {c}", None, None
        elif now[c] != kind:
            yield "API", name, f"{c} changed from {kind} to {now[c]}", kind, now[c]
    for c in now:
        if c not in was:
            yield "API", name, f"+ {c}", None, None


def compare(old: dict[str, Model], new: dict[str, Model]) -> list[Difference]:
    """Rows (class, spec name, text, before, after), breaking changes first."""
    rows: list[Difference] = []
    for name, m in old.items():
        if name in new:
            rows += _compare_file(name, m, new[name])
        else:
            rows += [
                ("WIRE", name, "all of it removed", None, None),
                ("API", name, f"- vwr/gen/{m.stem}.h ({len(names(m))} names)", None, None),
            ]
    for name, m in new.items():
        if name not in old:
            rows.append(("API", name, f"+ vwr/gen/{m.stem}.h ({len(names(m))} names)", None, None))
    return sorted(rows, key=lambda row: CLASSES.index(row[0]))


def _line(row: Difference) -> str:
    """An API row needs no heading: the C name identifies the item."""
    kind, name, text = row[:3]
    return f"{kind:<5} {text}" if text[:2] in ("+ ", "- ") else f"{kind:<5} {name}: {text}"


def text(rows: list[Difference], rev: str) -> str:
    """The comparison as text."""
    count = Counter(row[0] for row in rows)
    total = ", ".join(f"{count[kind]} {kind}" for kind in CLASSES)
    lines = [_line(row) for row in rows] + [f"since {rev}: {total}" if rows else f"no difference since {rev}"]
    return "\n".join(lines) + "\n"


def as_json(rows: list[Difference]) -> str:
    """The comparison as JSON."""
    keys = ("class", "spec", "text", "before", "after")
    return json.dumps([dict(zip(keys, row)) for row in rows], indent=2, ensure_ascii=False) + "\n"


def diff(root: Path, rev: str, own: Path | None = None) -> list[Difference]:
    """
    Rows of the differences between a revision and the working tree; for a user's folder only of its devices.
    """
    if own:
        before = models_of(own_tree_at(root, own, rev), rev)
        now = models_of(load.load_tree(root, own), "the working tree")
        return compare(
            *({name: m for name, m in some.items() if disk.is_own(m.path)} for some in (before, now))
        )
    old = models_of(tree_at(root, rev), rev)
    return compare(old, models_of(load.load_tree(root), "the working tree"))

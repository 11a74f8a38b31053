# SPDX-License-Identifier: MIT
"""The table of the specification's sections, and the sections that rows name."""

import json
from collections.abc import Iterator
from typing import Any

from vwr.check import schema
from vwr.spec.disk import SECTIONS, is_own
from vwr.spec.load import NodePath, SpecFile, Tree
from vwr.spec.problems import did_you_mean

_TABLE = "VWR-Y031"


def table(tree: Tree) -> None:
    """Reads the table, if there is one: a revision may have none."""
    if tree.section_text is None:
        return
    try:
        found = json.loads(tree.section_text.decode("utf-8"))
    except ValueError as error:
        line, col = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        tree.problems.error(SECTIONS, line, col, "", f"not JSON: {error}", None, (), _TABLE)
        return
    wrong = next(iter(schema.errors("sections", found)), None)
    if wrong:
        about = ".".join(map(str, wrong.absolute_path))
        tree.problems.error(
            SECTIONS, 1, 1, about, wrong.message, "codegen/vwr/grammar/clauses.py", (), _TABLE
        )
        return
    tree.sections = dict.fromkeys(found["titles"])


def known(tree: Tree, spec: SpecFile) -> None:
    """
    Each section that a row names is one of the specification. A device of a user's folder, and a file with
    `document`, has sections of a document that we do not know.
    """
    if not tree.sections or is_own(spec.path) or "document" in spec.data:
        return
    for path, title in _named(spec.data):
        if title not in tree.sections:
            hint = did_you_mean(title, tree.sections, None) or f"see {SECTIONS}"
            hint += "; a device of another document has the key 'document'" if path == ("section",) else ""
            tree.error(spec, path, f"the specification has no section '{title}'", "VWR-C113", hint)


def _named(node: Any, path: NodePath = ()) -> Iterator[tuple[NodePath, str]]:
    """(path, title) of each section that a mapping or a list names."""
    for step, child in node.items() if isinstance(node, dict) else enumerate(node):
        if step == "section":
            yield (*path, step), child
        elif isinstance(child, (dict, list)):
            yield from _named(child, (*path, step))

# SPDX-License-Identifier: MIT
"""Quirks refer to rows that exist."""

from vwr.spec.load import SpecFile, Tree
from vwr.spec.quirks import row_about
from vwr.spec.shapes import items


def about(tree: Tree, spec: SpecFile) -> None:
    """Checks that the row named by a quirk is in the file, and has a comment that can mention the quirk."""
    for path, quirk in items(spec, "quirks"):
        if "about" in quirk and row_about(spec.data, quirk["about"]) is None:
            tree.error(
                spec,
                path + ("about",),
                f"'about' cannot name '{quirk['about']}'",
                "VWR-C102",
                "name a feature, register, field, value, constant, queue or bit of this file, for example features.bits.RO",
            )

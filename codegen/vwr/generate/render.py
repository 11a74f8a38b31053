# SPDX-License-Identifier: MIT
"""A description to {path below generated/: bytes}, and the spec file of each."""

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace

import jinja2

from vwr import ROOT
from vwr.back_end import BackEnd, outputs
from vwr.generate import units
from vwr.generate.back_ends import BACK_ENDS
from vwr.generate.back_ends.common import Description
from vwr.generate.named import named
from vwr.generate.share import share
from vwr.model.nodes.files import Model
from vwr.model.tree import models
from vwr.spec.clauses import Clauses
from vwr.spec.load import SpecFile, Tree
from vwr.stop import Failed

Files = dict[str, bytes]


def description(
    found: list[Model], options: SpecFile | None = None, clauses: Clauses | None = None
) -> Description:
    """The input of the back ends."""
    return Description(found, [share(m) for m in found], options, clauses or {})


def of_tree(tree: Tree, version: str | None = None) -> Description:
    """A checked tree; for an older version of the specification without newer items."""
    whole = description(models(tree, version) if version else tree.models, tree.options, tree.clauses)
    return replace(whole, named=named(ROOT), rules=tree.rules)


def files(back_ends: Iterable[BackEnd[Description]], subject: Description) -> Files:
    """The outputs of these back ends."""
    return {one.path: one.content for one in made(back_ends, subject)}


def render(subject: Description) -> tuple[Files, dict[str, str]]:
    """({path: bytes}, {path: its source}) of all of generated/."""
    return units.listed([*made(BACK_ENDS, subject)], [m.path for m in subject.models])


def made(back_ends: Iterable[BackEnd[Description]], subject: Description) -> Iterator[units.Made]:
    """The outputs with their sources. An error in one of our templates is reported with its line."""
    try:
        for one in outputs(back_ends, subject):
            yield units.Made(one.path, one.source, one.content)
    except (jinja2.TemplateError, AttributeError) as error:
        lines = [
            f"{row.filename}:{row.lineno}"
            for row in traceback.extract_tb(error.__traceback__)
            if row.filename.endswith(".j2")
        ]
        raise Failed(f"{lines[-1] if lines else 'a template'}: error: {error}", "") from None


def render_tree(tree: Tree, version: str | None = None) -> tuple[Files, dict[str, str]]:
    """All outputs of a checked tree."""
    return render(of_tree(tree, version))

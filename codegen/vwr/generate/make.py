# SPDX-License-Identifier: MIT
"""
Units to outputs. Each unit is checked and generated only from the files in its view, so that its key is
complete.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from vwr.check import clauses, features, sections
from vwr.check.tree import check_files, check_models, check_options, check_rules
from vwr.generate import render
from vwr.generate.back_ends import OF_ALL, OF_EACH, OF_NONE
from vwr.generate.back_ends.common import Description
from vwr.generate.named import Named
from vwr.generate.share import Share
from vwr.generate.units import NONE, Known, Unit
from vwr.model.tree import models
from vwr.spec import disk, load
from vwr.spec.load import SpecFile, Tree
from vwr.spec.problems import Refused


class Maker:
    """
    Generates units from these texts. A file in several views is read once. Raises Refused if there is a
    problem.
    """

    def __init__(self, texts: dict[str, bytes], names: Named) -> None:
        self._texts = texts
        self._named = names
        self._files: dict[str, SpecFile] = {}
        self._whole = Tree(clause_text=texts[disk.CLAUSES], section_text=texts.get(disk.SECTIONS))
        clauses.table(self._whole)
        sections.table(self._whole)
        self._stop()

    def make(self, unit: Unit, shares: list[Sequence[Any]]) -> Known:
        """The output of a unit; without a file of its own, it is generated from the shares of the others."""
        if unit.own:
            subject = self.described(unit)
            return Known([*render.made(OF_EACH, subject)], [*subject.shares])
        back_ends = OF_NONE if unit.name == NONE else OF_ALL
        return Known([*render.made(back_ends, self.described_all(unit, shares))])

    def described(self, unit: Unit) -> Description:
        """Its files, after they have passed the checks."""
        tree = self._view(unit)
        own = [self._files[path] for path in unit.own]
        check_files(tree, own)
        features.device_ids(tree)
        self._stop()
        found = models(tree, of=own)
        check_models(Tree(own, tree.problems, models=found))
        self._stop()
        return render.description(found, None, tree.clauses)

    def described_all(self, unit: Unit, kept: list[Sequence[Any]]) -> Description:
        """
        Checks of several files at once run on all of them together. The unit of none has the shares of its
        view only.
        """
        tree = self._view(unit)
        check_options(tree)
        check_rules(tree)
        self._stop()
        order = {path: index for index, path in enumerate(self._texts)}
        shares = sorted((Share(*one) for one in kept), key=lambda share: order[share.path])
        if unit.name == NONE:
            shares = [share for share in shares if share.path in unit.view]
        numbers = [share.id for share in shares if share.id is not None]
        declared = Counter(name for share in shares for name in share.names)
        if len(set(numbers)) < len(numbers) or max(declared.values()) > 1:
            raise Refused(tree.problems)
        return Description([], shares, tree.options, tree.clauses, self._named, tree.rules)

    def _view(self, unit: Unit) -> Tree:
        for path in unit.view:
            if path not in self._files:
                spec = load.load_text(path, self._texts[path], self._whole.problems)
                self._stop()
                assert spec
                self._files[path] = spec
        whole = self._whole
        files = {path: self._files[path] for path in unit.view}
        options, rules = files.pop(disk.OPTIONS, None), files.pop(disk.RULES, None)
        return Tree(
            [*files.values()],
            whole.problems,
            clause_text=whole.clause_text,
            clauses=whole.clauses,
            section_text=whole.section_text,
            sections=whole.sections,
            options=options,
            rules=rules,
        )

    def _stop(self) -> None:
        if self._whole.problems.count:
            raise Refused(self._whole.problems)

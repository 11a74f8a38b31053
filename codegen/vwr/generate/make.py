# SPDX-License-Identifier: MIT
"""
Units to outputs. Each unit is checked and generated only from the files in its view, so that its key is
complete.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from vwr.check import clauses, features
from vwr.check.tree import check_files, check_models, check_options, check_rules
from vwr.generate import render
from vwr.generate.back_ends import OF_ALL, OF_EACH
from vwr.generate.back_ends.common import Description
from vwr.generate.share import Share
from vwr.generate.units import Known, Unit
from vwr.model.tree import models
from vwr.spec import disk, load
from vwr.spec.load import SpecFile, Tree
from vwr.spec.problems import Refused


class Maker:
    """Generates units from these texts. A file of several views is read once. Refused: there is a problem."""

    def __init__(self, texts: dict[str, bytes], tested: frozenset[str]) -> None:
        self._texts = texts
        self._tested = tested
        self._files: dict[str, SpecFile] = {}
        self._whole = Tree(clause_text=texts[disk.CLAUSES])
        clauses.table(self._whole)
        self._stop()

    def make(self, unit: Unit, shares: list[Sequence[Any]]) -> Known:
        """The output of a unit; that of the unit of all is generated from the shares of the others."""
        return self._all(unit, shares) if not unit.own else self._each(unit)

    def _each(self, unit: Unit) -> Known:
        subject = self.described(unit)
        return Known([*render.made(OF_EACH, subject)], [*subject.shares])

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

    def _all(self, unit: Unit, kept: list[Sequence[Any]]) -> Known:
        return Known([*render.made(OF_ALL, self.described_all(unit, kept))])

    def described_all(self, unit: Unit, kept: list[Sequence[Any]]) -> Description:
        """Checks of several files at once run on all of them together."""
        tree = self._view(unit)
        tree.options = load.load_text(disk.OPTIONS, self._texts[disk.OPTIONS], tree.problems)
        check_options(tree)
        tree.rules = load.load_text(disk.RULES, self._texts[disk.RULES], tree.problems)
        check_rules(tree)
        self._stop()
        order = {path: index for index, path in enumerate(self._texts)}
        shares = sorted((Share(*one) for one in kept), key=lambda share: order[share.path])
        numbers = [share.id for share in shares if share.id is not None]
        declared = Counter(name for share in shares for name in share.names)
        if len(set(numbers)) < len(numbers) or max(declared.values()) > 1:
            raise Refused(tree.problems)
        return Description([], shares, tree.options, tree.clauses, self._tested, tree.rules)

    def _view(self, unit: Unit) -> Tree:
        for path in unit.view:
            if path not in self._files:
                spec = load.load_text(path, self._texts[path], self._whole.problems)
                self._stop()
                assert spec
                self._files[path] = spec
        whole = self._whole
        return Tree(
            [self._files[path] for path in unit.view],
            whole.problems,
            clause_text=whole.clause_text,
            clauses=whole.clauses,
        )

    def _stop(self) -> None:
        if self._whole.problems.count:
            raise Refused(self._whole.problems)

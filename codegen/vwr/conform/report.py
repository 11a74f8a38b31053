# SPDX-License-Identifier: MIT
"""Cases by clause."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from vwr.generate import named
from vwr.spec import clauses
from vwr.stop import Stop

KEPT, BROKEN, UNTESTED = RESULTS = ("kept", "broken", "not tested")
_ANY_CLASS = ("status", "feat", "reset", "suspend", "config", "vq", "rfeat", "split", "packed")

Chosen = Callable[[clauses.Clause], bool]


def of_class(*names: str) -> Chosen:
    """Clauses of the device side that do not depend on a transport, and those of a class or transport."""
    return lambda clause: clause.side == "device" and clause.id.split(".")[0] in (*_ANY_CLASS, *names)


def every(clause: clauses.Clause) -> bool:
    """All clauses, of both sides."""
    return bool(clause)


class Report:
    """
    The results of cases by clause; `chosen` are the clauses that the report lists. `lacks`: why the run has
    not tested
    all clauses that the device could keep or break.
    """

    def __init__(
        self, root: Path, device: str, cases: list[dict[str, Any]], lacks: str, chosen: Chosen
    ) -> None:
        self.device, self.lacks = device, lacks
        table = json.loads((root / clauses.PATH).read_text(encoding="utf-8"))
        self.document = table["specification"]
        self.known = clauses.by_id(table)
        self.chosen = chosen
        self.cases: list[dict[str, Any]] = [{**case, "clauses": self._ids(case)} for case in cases]
        rules = yaml.safe_load((root / "spec" / "rules.yaml").read_text(encoding="utf-8"))
        self.why = clauses.reasons(rules, self.known)

    def _ids(self, case: dict[str, Any]) -> list[str]:
        ids = named.parts(case["basis"])[0]
        for one in ids:
            if one not in self.known:
                raise Stop(f"case {case['case']} names {one}, which is no clause", "spec/clauses.json")
        return ids

    def _clause(self, clause: clauses.Clause) -> dict[str, Any]:
        cases = [case for case in self.cases if clause.id in case["clauses"]]
        results = {case["result"] for case in cases}
        result = BROKEN if BROKEN in results else KEPT if KEPT in results else UNTESTED
        because = "; ".join(sorted({case["seen"] for case in cases if case["result"] == UNTESTED}))
        if not cases:
            because = f"No case. {self.why[clause.id]}" if clause.id in self.why else "No case"
        return {
            "clause": clause.id,
            "level": clause.level,
            "side": clause.side,
            "section": clause.section,
            "result": result,
            "cases": [case["case"] for case in cases],
            "because": because if result == UNTESTED else "",
        }

    def basis(self, case: dict[str, Any]) -> str:
        """The clauses of a case with their keywords, or else what it has in their place."""
        found = ", ".join(f"{one} {self.known[one].level}" for one in case["clauses"])
        return found or str(case["basis"])

    def blames(self, case: dict[str, Any], level: str) -> bool:
        """Whether the device has broken what `level` demands: "must" leaves out clauses that say SHOULD."""
        levels = [self.known[one].level for one in case["clauses"]]
        is_advice = bool(levels) and all(one.startswith("SHOULD") for one in levels)
        return bool(case["result"] == BROKEN and (level == "should" or not is_advice))

    def data(self) -> dict[str, Any]:
        """The report, as JSON has it."""
        rows = [self._clause(clause) for clause in self.known.values() if self.chosen(clause)]
        return {
            "device": self.device,
            "document": self.document,
            "lacks": self.lacks,
            "clauses": rows,
            "cases": self.cases,
        }

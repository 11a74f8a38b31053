# SPDX-License-Identifier: MIT
"""The normative clauses as a table for other programs: CSV of RFC 4180 in UTF-8, a row for each clause."""

import csv
import io
from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.spec.clauses import PATH, reasons

_FILE = "clauses.csv"
HEAD = ("id", "section", "side", "keyword", "rules", "tests", "cases", "why_no_rule")


def _outputs(description: Description) -> Iterator[Output]:
    """Without spec/rules.yaml, a user's tree has neither rules nor reasons."""
    data = description.rules.data if description.rules else {"rules": []}
    by_rule: dict[str, list[str]] = {}
    for rule in data["rules"]:
        for one in rule.get("clauses", ()):
            by_rule.setdefault(one, []).append(rule["name"])
    why = reasons(data, description.clauses)
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(HEAD)
    for clause in description.clauses.values():
        names = (by_rule, description.named.tests, description.named.cases)
        table.writerow(
            [clause.id, clause.section, clause.side, clause.level]
            + [" ".join(each.get(clause.id, ())) for each in names]
            + [why.get(clause.id, "")]
        )
    yield Output(_FILE, text.getvalue(), PATH)


CLAUSES = BackEnd(
    "table of clauses", "all clauses, spec/rules.yaml, what names each clause", (_FILE,), _outputs
)

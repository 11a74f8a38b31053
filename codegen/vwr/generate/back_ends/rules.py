# SPDX-License-Identifier: MIT
"""spec/rules.yaml: the monitor's rules and what devices tolerate, as enums, tables for C and Python, and pages."""

from collections.abc import Iterator

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description
from vwr.generate.fill import filled, ours
from vwr.model.rules import build, tolerances

_FILES = {
    "include/vwr/gen/rules.h": "rules.h.j2",
    "src/vwr_gen_rules.c": "rules.c.j2",
    "docs/rules.md": "rules.md.j2",
    "include/vwr/gen/tolerances.h": "tolerances.h.j2",
    "src/vwr_gen_tolerances.c": "tolerances.c.j2",
    "docs/tolerances.md": "tolerances.md.j2",
    "python/virtwright/rules.py": "rules.py.j2",
}


def _outputs(description: Description) -> Iterator[Output]:
    file = description.rules
    if file:
        rules = build(file, description.clauses)
        words = {"rules": rules, "file": file, "document": description.shares[0].document}
        words["tolerances"] = tolerances(file, description.clauses)
        words["undecided"] = file.data.get("undecided", [])
        for path, template in _FILES.items():
            yield Output(path, filled(ours().get_template(template), **words), file.path)


BACK_END = BackEnd(
    "rules",
    "spec/rules.yaml, spec/clauses.json, shares: version of the specification",
    tuple(_FILES),
    _outputs,
)

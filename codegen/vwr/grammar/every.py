# SPDX-License-Identifier: MIT
"""All kinds of files that have a grammar."""

from vwr.grammar.clauses import Clauses, Sections
from vwr.grammar.files import KINDS
from vwr.grammar.options import Options
from vwr.grammar.plan import Plan
from vwr.grammar.row import Row
from vwr.grammar.rules import Rules

EVERY: dict[str, type[Row]] = {
    **KINDS,
    "clauses": Clauses,
    "options": Options,
    "plan": Plan,
    "rules": Rules,
    "sections": Sections,
}

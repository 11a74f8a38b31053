# SPDX-License-Identifier: MIT
"""spec/rules.yaml: what an observer of driver and device decides."""

from typing import Annotated, Literal

from vwr.grammar.row import Row, Text, Words, key
from vwr.grammar.words import Clauses, ClauseSections, Line, Side, Upper

Sentence = Annotated[
    str,
    Text("Text", '^[^\\n"\\\\]*[^\\n"\\\\.]$', "one line without quotes, backslashes, final full stop"),
]


class Rule(Row):
    """
    A rule. It names the normative clauses that it decides, the first of which gives its side and section; a
    rule of a statement outside of the clauses has `side` and `section`.
    """

    UNLESS = ("clauses", ("side", "section"))
    name: Upper = key("Its name: in C preceded by VWR_RULE_.")
    clauses: Clauses | None = key("Normative clauses that the rule decides.")
    side: Side | None = key("Side that the rule binds.")
    section: Line | None = key("Title of the specification's section, preceded by its parents.")
    sees: Annotated[
        Literal["registers", "config", "notifications", "interrupts", "ring", "memory", "space"],
        Words(
            "What an observer looks at",
            "What an observer has to see: accesses of registers or of the configuration, notifications, "
            "interrupts, the ring, where memory is, or the configuration space of PCI.",
        ),
    ]
    text: Sentence = key("What was seen; {a} and {b} are values, {queue} and {place} where.")


class Undecided(Row):
    """Clauses that an observer of driver and device cannot decide."""

    ONE_OF = ("clauses", "sections")
    clauses: Clauses | None = key("Normative clauses.")
    sections: ClauseSections | None = key("Sections: their clauses that no rule and no other row names.")
    because: Line = key("Why what an observer sees does not decide them.")


class Tolerance(Row):
    """A violation by the driver that our devices tolerate."""

    UNLESS = ("clauses", ("section",))
    name: Upper = key("Its name: in C preceded by VWR_TOLERATED_.")
    clauses: Clauses | None = key(
        "Normative clauses that the driver breaks; the first one is named in messages."
    )
    section: Line | None = key("Title of the specification's section, preceded by its parents.")
    switch: Literal["qemu"] | None = key(
        "Switch that the device needs to tolerate it. Default: none, it is always tolerated."
    )
    drivers: Line = key("Drivers that need it.")
    tests: list[Line] = key("Tests that fail if it is not tolerated, as `./vwr test` names them.")
    text: Sentence = key("What the driver did, and what the device does.")


class Rules(Row):
    """Rules of an observer, and what devices tolerate. See codegen/README.md."""

    rules: list[Rule] = key("The rules.")
    undecided: list[Undecided] | None = key("Clauses that no rule can decide.")
    tolerances: list[Tolerance] | None = key("What devices tolerate.")

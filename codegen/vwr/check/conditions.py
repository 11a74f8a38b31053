# SPDX-License-Identifier: MIT
"""Conditions: the facts that each place allows, and the features, status bits and commands that they name."""

from collections import Counter

from vwr.check.common import feature_hint, known_features, status_bits, value_groups
from vwr.grammar.row import Logic
from vwr.spec.condition import Clause, Condition, Fact, Literal, text_of
from vwr.spec.load import NodePath, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items

_SHOWN = {
    "not": "'not A'",
    "offered": "'offered FEATURE'",
    "not offered": "'not offered FEATURE'",
    "bit": "'FIELD has VALUE'",
    "value": "'FIELD == VALUE'",
    "values": "'FIELD == VALUE or FIELD == OTHER'",
    "register": "'REGISTER == NUMBER'",
    "part": "the name of a part",
}
_SEVERAL = ("not", "register")  # a condition has at most one fact of another kind


def conditions(tree: Tree, spec: SpecFile) -> None:
    """Each condition uses the facts that its place allows, and names items that exist."""
    for path, condition in spec.conditions.items():
        _check_form(tree, spec, path, condition)
        for index, fact in enumerate(condition.all_facts()):
            if fact.kind in ("name", "offered"):
                _check_name(tree, spec, (*path, index), condition.logic.names, fact)


def _check_form(tree: Tree, spec: SpecFile, path: NodePath, condition: Condition) -> None:
    units = [clause[0] for clause in condition.clauses if len(clause) == 1]
    seen, choices, index = Counter[str](), 0, 0
    for clause in condition.clauses:
        here, kind = (*path, index), _kind(clause)
        seen[kind] += 1
        choices += len(clause) > 1 and kind == "name"
        index += len(clause)
        if not clause[0].so and len(clause) == 1 and Literal(clause[0].fact) in units:
            check = "VWR-C034" if spec.kind == "status" else "VWR-C017"
            tree.error(
                spec,
                here,
                f"'{clause[0].fact}' and '{clause[0]}' contradict each other",
                check,
                "remove one of the two",
            )
        elif choices > condition.logic.choices or not _fits(condition.logic, clause, kind, seen[kind]):
            text = text_of([clause])
            tree.error(spec, here, f"'{text}' is not allowed here", "VWR-C017", _allowed(condition.logic))


def _kind(clause: Clause) -> str:
    """The form of a clause: a name or a choice of names; another fact; or a form that no place allows."""
    kinds = {("" if so else "not ") + fact.kind for fact, so in clause}
    kind = kinds.pop().replace("not name", "not")
    if kinds or len(clause) > 1 and kind not in ("name", "offered", "value"):
        return ""
    return kind if kind != "value" or len({fact.name for fact, _ in clause}) == 1 else ""


def _fits(logic: Logic, clause: Clause, kind: str, count: int) -> bool:
    """Whether a place allows another clause of this form, as number `count`."""
    if kind == "name":
        return count <= logic.all and len(clause) <= logic.most
    several = "values" in logic.also and kind == "value"
    if len(clause) > 1 and kind == "value" and not several:
        return False
    return (several or kind in logic.also) and len(clause) <= logic.most and (count == 1 or kind in _SEVERAL)


def _allowed(logic: Logic) -> str:
    """The facts that a place allows, for a message."""
    several = "'A and B'" if logic.all > 1 else f"one {logic.names}"
    words = [several] if logic.all else []
    words += [f"'A or B' with up to {logic.most} names"] if logic.choices else []
    words += [_SHOWN[kind] for kind in _SHOWN if kind in logic.also]
    return "allowed forms: " + ", ".join(words)


def _check_name(tree: Tree, spec: SpecFile, path: NodePath, names: str, fact: Fact) -> None:
    """The feature, status bit or command exists."""
    known = {"feature": known_features, "status bit": _status_bits, "command": _commands}[names](tree, spec)
    if known is None or fact.name in known:
        return
    what = "feature" if fact.how == "offered" else names
    hint = (
        feature_hint(spec, fact.name, known)
        if what == "feature"
        else did_you_mean(fact.name, known, _LISTED[names])
    )
    tree.error(spec, path, f"unknown {what} '{fact.name}'", _check_id(spec, path, names, fact), hint)


_LISTED = {"status bit": "known bits", "command": "known names"}


def _check_id(spec: SpecFile, path: NodePath, names: str, fact: Fact) -> str:
    if names == "feature":
        rule = path[-2] == "requires" or path[:2] == ("features", "conflicts")
        return "VWR-C012" if rule else "VWR-C016" if fact.how else "VWR-C015"
    return "VWR-C088" if names == "command" else "VWR-C032" if spec.kind == "status" else "VWR-C046"


def _status_bits(tree: Tree, spec: SpecFile) -> list[str] | None:
    return [bit["name"] for _, bit in items(spec, "bits")] if spec.kind == "status" else status_bits(tree)


def _commands(_: Tree, spec: SpecFile) -> list[str]:
    return [row["name"] for _, group in value_groups(spec) for row in group["values"]]

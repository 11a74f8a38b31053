# SPDX-License-Identifier: MIT
"""A condition is the same however it is written, and knows where its facts stand."""

import pytest
from vwr.grammar.row import Logic
from vwr.spec.condition import Fact, Wrong, read, text_of

LOGIC = Logic("")


def plain(text):
    return text_of(read(text, LOGIC).clauses)


@pytest.mark.parametrize(
    "text, same",
    [
        ("A", "A"),
        ("((A))", "A"),
        ("A or B and C", "(A or B) and (A or C)"),
        ("(A or B) and C", "(A or B) and C"),
        ("A and (A or B)", "A"),
        ("(A and B) or (A and C)", "A and (B or C)"),
        ("A or A", "A"),
        ("not not A", "A"),
        ("not (A or B)", "not A and not B"),
        ("not (A and B)", "not A or not B"),
        ("not A and B", "not A and B"),
        ("not (not A and not B) and C", "(A or B) and C"),
        ("zoned.model == HM and not offered RO", "zoned.model == HM and not offered RO"),
        ("services has HASH", "services has HASH"),
        ("QueueReady == 0x10", "QueueReady == 16"),
        ("  A\n   or  B ", "A or B"),
    ],
)
def test_clauses(text, same):
    assert plain(text) == same
    assert plain(same) == same


def test_facts_know_their_places_and_kinds():
    made = read("A and (kind == X or kind == Y) and a.b has Z and R == 0 and ask and not offered RO", LOGIC)
    assert [fact.kind for fact in made.all_facts()] == [
        "name",
        "value",
        "value",
        "bit",
        "register",
        "part",
        "offered",
    ]
    assert [
        made[fact.at :].split()[0].strip("()") for fact in made.all_facts()
    ] == "A kind kind a.b R ask RO".split()
    assert [
        made[fact.value_at :].split()[0].strip("()") for fact in made.all_facts()[1:5]
    ] == "X Y Z 0".split()
    assert (
        made.choice == ["A"]
        and made.beside == []
        and made.facts("offered", so=False) == [Fact("RO", "offered")]
    )


@pytest.mark.parametrize("text", ["(" * 400 + "A" + ")" * 400, "not " * 400 + "A"])
def test_a_fact_within_too_many_terms(text):
    with pytest.raises(Wrong, match="more than 16 parentheses"):
        read(text, LOGIC)


def test_a_choice_goes_before_what_is_beside_it():
    made = read("VIRGL and (BLOB or CONTEXT) and not LEAN", LOGIC)
    assert (made.choice, made.beside, made.named(so=False)) == (["BLOB", "CONTEXT"], ["VIRGL"], ["LEAN"])


def test_what_is_left_of_an_older_version():
    made = read("(A or B) and not C", LOGIC)
    known = lambda *names: lambda fact: fact.name in names
    assert str(made.kept(known("A", "C"))) == "A and not C"
    assert str(made.kept(known("A"))) == "A" and made.kept(known()) is None
    assert made.can(known("B")) and not made.can(known("C"))

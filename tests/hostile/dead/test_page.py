# SPDX-License-Identifier: MIT
"""The page and the tests have the same rows, and the comparison of the words is strict enough."""

import re

import pytest

import page
import rows

TEXT = page.PAGE.read_text(encoding="utf-8")
LEAST = 12
GOOD = "| `a` | hangs | `tool -x` | `it reads … and` and `b` | because |\n"


def names(pairs):
    """First of each pair."""
    return [name for name, _ in pairs]


def test_every_row_has_its_test_and_every_test_its_row():
    here = [row.name for row in page.rows(TEXT)]
    assert sorted(here) == sorted(names(rows.MAKERS))
    assert len(here) == len(set(here)) >= LEAST


def test_every_row_names_a_command_that_is_documented():
    """In front of the tables."""
    before = TEXT[: TEXT.index("\n| row |")]
    assert not [row.command for row in page.rows(TEXT) if row.command.split()[0] not in before]


def test_what_the_page_calls_by_name_is_there():
    """Calls, results, macros, hooks."""
    here = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("include", "port")
        for path in (rows.ROOT / "runtime" / folder).rglob("*.h")
    )
    named = set(re.findall(r"\b(?:vwr|VWR)_\w+\b", TEXT))
    assert len(named) > 20
    assert not [name for name in sorted(named) if not re.search(rf"\b{name}\b", here)]


def test_a_row_in_parts():
    assert page.rows(GOOD) == [page.Row("a", "hangs", "tool -x", ("it reads … and", "b"), "because")]


@pytest.mark.parametrize(
    "bad",
    [
        GOOD.replace("`a`", "a"),
        GOOD.replace("`tool -x`", "tool"),
        GOOD.replace("because", ""),
        GOOD.replace("| hangs ", ""),
        "| some | text |\n",
    ],
)
def test_what_is_no_row_is_reported(bad):
    with pytest.raises(ValueError, match="not a row"):
        page.rows(bad)


@pytest.mark.parametrize(
    "said",
    [
        [],
        [("tool -x", "it reads 5 and")],
        [("tool -x", "b")],
        [("other", "it reads 5 and"), ("tool -x", "b")],
        [("tool -x", "it reads 5 and more"), ("tool -x", "b")],
        [("tool -x", "it reads  and"), ("tool -x", "c")],
    ],
)
def test_words_that_were_not_said_are_missed(said):
    assert page.missing(page.rows(GOOD)[0], said)


def test_words_that_were_said_are_not():
    assert not page.missing(
        page.rows(GOOD)[0], [("tool -x", "it reads 5 and"), ("tool -x", "b"), ("tool -x", "c")]
    )

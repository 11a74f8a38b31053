# SPDX-License-Identifier: MIT
"""The report as one page of HTML, in the explorer's style. It loads nothing and works without JavaScript."""

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Any

from vwr.conform.report import BROKEN, KEPT, RESULTS, UNTESTED
from vwr.explorer.page import PARTS

Row = dict[str, Any]
_STYLE = ".kept { color: var(--good); } .not { color: var(--quiet); }\n"
_CLASS = {KEPT: "kept", BROKEN: "bad", UNTESTED: "not"}


def _result(result: str) -> str:
    return f"<b class={_CLASS[result]}>{result}</b>"


def _clauses(rows: list[Row], cases: dict[str, Row]) -> Iterator[str]:
    """A table for each section."""
    section = ""
    for row in rows:
        if row["section"] != section:
            yield f"{'</table>' if section else ''}\n<h3>{escape(row['section'])}</h3><table>\n"
            section = row["section"]
        said = [
            f"<a href=#case.{name}>{name}</a> {_result(cases[name]['result'])}: {escape(cases[name]['seen'] or cases[name]['expects'])}"
            for name in row["cases"]
        ]
        last = "<br>".join(said) or escape(row["because"])
        yield f"<tr id={row['clause']}><th>{_result(row['result'])}<td>{row['clause']}<br><small>{row['level']}</small><td>{last}\n"
    if section:
        yield "</table>\n"


def _cases(rows: list[Row]) -> Iterator[str]:
    yield "<table>\n"
    for row in rows:
        basis = " ".join(f"<a href=#{one}>{one}</a>" for one in row["clauses"]) or escape(row["basis"])
        seen = f"<br>{escape(row['seen'])}" if row["seen"] else ""
        yield (
            f"<tr id=case.{row['case']}><th>{_result(row['result'])}<td>{row['case']}"
            f"<td>{escape(row['expects'])}{seen}<td>{basis}\n"
        )
    yield "</table>\n"


def _counts(rows: list[Row]) -> str:
    counts = Counter(row["result"] for row in rows)
    return ", ".join(f"{counts[result]} {_result(result)}" for result in RESULTS)


def page(data: Row) -> str:
    """The whole page."""
    cases = {row["case"]: row for row in data["cases"]}
    decided = [row for row in data["clauses"] if row["result"] != UNTESTED]
    rest = [row for row in data["clauses"] if row["result"] == UNTESTED]
    theme = (PARTS / "theme.js").read_text(encoding="utf-8")
    style = (PARTS / "style.css").read_text(encoding="utf-8") + _STYLE
    parts = [
        "<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n",
        "<meta name=viewport content='width=device-width,initial-scale=1'>\n",
        f"<title>Conformance report</title>\n<style>\n{style}</style>\n<header id=top><h1>Conformance report</h1>\n",
        f"<p>{escape(data['device'])}. {escape(data['document'])}.\n",
        "<button id=theme hidden type=button>Light or dark</button>\n",
        f"<p>This run does not show what the device keeps: {escape(data['lacks'])}.\n"
        if data["lacks"]
        else "",
        f"<p>Clauses: {_counts(data['clauses'])}. <p>Cases: {_counts(data['cases'])}.\n",
        "<nav><p><a href=#decided>Clauses that cases decide</a> <a href=#cases>Cases</a> ",
        "<a href=#rest>Clauses that are not tested</a></nav></header>\n<main>\n",
        "<h2 id=decided>Clauses that cases decide</h2>\n",
        *_clauses(decided, cases),
        "<h2 id=cases>Cases</h2>\n",
        *_cases(data["cases"]),
        "<h2 id=rest>Clauses that are not tested</h2>\n",
        *_clauses(rest, cases),
        f"</main>\n<script>\n{theme}</script>\n</html>\n",
    ]
    return "".join(parts)

# SPDX-License-Identifier: MIT
"""Help texts as manuals: pages of the site, and man pages that groff and mandoc read without a word."""


import pytest

from vwr.docs import manuals
from vwr.front.verbs import VERBS
from vwr.help_text import help_texts
from processes import completed, need

HELP = """\
vwr make DIR [OPTION...]: writes it; then
looks at it.
  --force             overwrites
  --long-option NAME,...
                      of these: a, b
                      and c
vwr make .all: the rest.
Exit code 0: made, 1: refused, 2: could not run.
"""


@pytest.fixture(name="manual")
def fixture_manual(monkeypatch):
    monkeypatch.setattr(manuals, "brief", lambda verb: "makes a-b\\c")
    return manuals.read("make", HELP)


def test_a_help_text_is_read(manual):
    assert [(part.usage, part.text, part.rows) for part in manual.parts] == [
        (
            "vwr make DIR [OPTION...]",
            ["writes it; then looks at it."],
            [("--force", "overwrites"), ("--long-option NAME,...", "of these: a, b and c")],
        ),
        ("vwr make .all", ["the rest."], []),
    ]
    assert manual.exits == "Exit code 0: made, 1: refused, 2: could not run."


def test_a_man_page(manual):
    page = manuals.man_page(manual, "1.2.3")
    assert '.TH VWR-MAKE 1 ""' in page
    assert "vwr\\-make \\- makes a\\-b\\ec" in page
    assert ".TP\n\\fB\\-\\-force\\fR\noverwrites\n" in page
    assert ".SH EXIT STATUS\n" in page
    assert manuals.roff(".x\n'y") == "\\&.x\n\\&'y"


def test_every_verb_has_its_pages(tmp_path):
    verbs = {verb for verb in VERBS if " " not in verb}
    written = manuals.write_man(tmp_path)
    assert {path.name for path in written} == {"vwr.1", *(f"vwr-{verb}.1" for verb in verbs)}
    assert {name for name, _ in manuals.written()} == {"index.rst", *(f"vwr-{verb}.rst" for verb in verbs)}
    first = (tmp_path / "vwr.1").read_text(encoding="utf-8")
    for verb in verbs:
        assert f"\\fB{verb}\\fR" in first
        assert f"\\fBvwr\\fR {verb}" in (tmp_path / f"vwr-{verb}.1").read_text(encoding="utf-8")


def test_nothing_of_a_help_text_is_lost():
    """Each word of it is in the man page."""
    for manual in manuals.manuals():
        text = help_texts()[manual.verb]
        page = manuals.man_page(manual, "1").replace("\\-", "-").replace("\\&", "").lower()
        missing = [word for word in text.replace("`", "").split() if word.strip(":").lower() not in page]
        assert not [word for word in missing if "…" not in word and "\\" not in word], manual.verb


@pytest.mark.parametrize(
    "command",
    [
        ("groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-z"),
        ("mandoc", "-Tlint", "-Wwarning"),
        ("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"),
    ],
    ids=lambda command: command[0],
)
def test_nobody_complains(command, tmp_path):
    need(command[0])
    pages = manuals.write_man(tmp_path)
    done = completed([*command, *pages])
    said = done.stderr + (done.stdout if command[0] == "mandoc" else "")
    assert [line for line in said.splitlines() if "missing date" not in line] == []


def test_a_wrong_page_is_complained_of(tmp_path):
    need("groff")
    (tmp_path / "a.1").write_text(".TH A 1\n.SH NAME\na \\- b\n.NOSUCH\n", encoding="utf-8")
    done = completed(["groff", "-man", "-ww", "-Tutf8", "-z", tmp_path / "a.1"])
    assert "NOSUCH" in done.stderr

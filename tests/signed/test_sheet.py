# SPDX-License-Identifier: MIT
"""The sheet can be read and its rows exist; planted errors are in the copy and are graded; a changed row is unsigned."""

import yaml

import pytest

import described
import sentences
import sheet
import signatures

LAMP = """# a comment of the file
kind: device
name: lamp
section: Lamp Device
brief: A lamp.
features:
  section: Lamp Device / Feature bits
  bits:
    - {name: DIM, bit: 0, since: "1.2", brief: The device can dim.}  # a comment of the row
    - {name: FADE, bit: 1, requires: DIM, brief: The driver sets the time before a change.}
config:
  section: Lamp Device / Device configuration layout
  fields:
    - {name: max_level, type: le16, if: DIM, brief: Maximum level of the lamp.}
    - {name: max_fade, type: le32, if: FADE, unit: milliseconds, range: {min: 1, max: 64},
       brief: Maximum time of the lamp.}
"""


@pytest.fixture
def lamp(work):
    """A file of spec/, and what a command makes of it."""
    path = work / "lamp.yaml"
    path.write_text(LAMP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def rows():
    """{file: rows} of the description."""
    return {path.stem: described.read(path) for path in described.files()}


def run(work, *words):
    """A command with a sheet of the test's own."""
    sheet.main(["--sheet", str(work / "sheet"), *map(str, words)])


def rows_of(text):
    """{id: row} of a text."""
    return {row.id: row for row in described.rows_of("lamp", described.composed(text))}


def test_ids_and_what_is_inherited():
    rows = rows_of(LAMP)
    fields = ["lamp/config", "lamp/config/fields/max_level", "lamp/config/fields/max_fade"]
    assert list(rows) == [
        "lamp",
        "lamp/features",
        "lamp/features/bits/DIM",
        "lamp/features/bits/FADE",
        *fields,
    ]
    assert rows["lamp/features/bits/DIM"].inherited["since"] == "1.2"
    assert rows[fields[1]].inherited == {
        "section": "Lamp Device / Device configuration layout",
        "since": "1.0",
    }
    assert "features" not in rows["lamp"].content()


@pytest.mark.parametrize(
    "old, new, changed",
    [
        ("type: le16, if: DIM", "if: DIM,\n       type: le16", []),
        ("Maximum level", "Minimum level", ["lamp/config/fields/max_level"]),
        ("max: 64", "max: 65", ["lamp/config/fields/max_fade"]),
        ("/ Feature bits", "/ Features", [f"lamp/features{row}" for row in ("", "/bits/DIM", "/bits/FADE")]),
        ("A lamp.", "A light.", ["lamp"]),
    ],
)
def test_a_changed_row_becomes_unsigned(lamp, work, capsys, old, new, changed):
    run(work, "sign", lamp, "--round", "1", "--reader", "ann", "--document", "abc")
    lamp.write_text(LAMP.replace(old, new), encoding="utf-8")
    capsys.readouterr()
    run(work, "list", lamp)
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in printed if line.startswith("    changed")] == changed
    assert printed[-1].split() == ["all", "0", str(len(changed)), str(7 - len(changed))]


def test_a_second_reader_and_a_refused_row(lamp, work):
    run(work, "sign", lamp, "--round", "1", "--reader", "ann", "--document", "abc")
    refused = "lamp/features/bits/DIM"
    run(work, "sign", lamp, "--round", "2", "--reader", "bob", "--document", "abc", "--except", refused)
    lines = signatures.load(work / "sheet/lamp.txt")
    assert refused not in lines and len(lines) == 6
    assert {",".join(line.rounds) for line in lines.values()} == {"1:ann,2:bob"}
    lamp.write_text(LAMP.replace("A lamp.", "A light."), encoding="utf-8")
    run(work, "sign", lamp, "--round", "3", "--reader", "ann", "--document", "def")
    lines = signatures.load(work / "sheet/lamp.txt")
    assert lines["lamp"].rounds == ["3:ann"] and lines["lamp/features"].rounds[-1] == "3:ann"
    with pytest.raises(SystemExit, match="do not have the rows lamp/none"):
        run(work, "sign", lamp, "--round", "3", "--reader", "ann", "--document", "d", "--except", "lamp/none")


def test_a_copy_has_the_rows_and_no_comments(lamp, work, capsys):
    run(work, "read", lamp)
    printed = capsys.readouterr().out
    assert "a comment of" not in printed and "# 3  lamp/features/bits/DIM\n" in printed
    assert yaml.safe_load(printed) == yaml.safe_load(LAMP)


@pytest.mark.parametrize("name, count", [("blk", 20), ("packed-ring", 8), ("rtc", 20)])
def test_planted_errors_are_there_and_are_graded(work, capsys, name, count):
    (path,) = [path for path in described.files() if path.stem == name]
    key = work / "key"
    run(work, "read", path, "--plant", "7", "--count", count, "--key", key)
    copy = {row.id: row for row in described.rows_of(name, described.composed(capsys.readouterr().out))}
    rows = {row.id: row for row in described.read(path)}
    plants = [line.split("\t") for line in key.read_text(encoding="utf-8").splitlines()[1:]]
    changed = [row for row in rows if rows[row].content() != copy[row].content()]
    assert list(rows) == list(copy) and len(plants) == count
    assert sorted(changed) == sorted(row for plant in plants for row in plant[0].split(","))
    assert all(plant[2] != plant[3] for plant in plants)


def test_the_grade(lamp, work, capsys):
    run(work, "read", lamp, "--plant", "3", "--count", "3", "--key", work / "key")
    plants = (work / "key").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t")[0].split(",")[0] for line in plants]
    findings = work / "findings"
    findings.write_text(f"{rows[0]}\tbrief\tis wrong\tis right\nlamp/none\tunit\ta real one\t\n", "utf-8")
    capsys.readouterr()
    run(work, "grade", findings, work / "key")
    printed = capsys.readouterr().out
    assert printed.startswith("planted 3, found 1, missed 2\nmissed:\n")
    assert "found as: brief | is wrong | is right" in printed
    assert "not planted: 1\n  lamp/none\tunit\ta real one" in printed


def test_the_same_seed_plants_the_same(lamp, work, capsys):
    copies = []
    for seed in ("1", "1", "2"):
        run(work, "read", lamp, "--plant", seed, "--count", "3", "--key", work / "key")
        copies.append(capsys.readouterr().out)
    assert copies[0] == copies[1] != copies[2]


@pytest.mark.parametrize(
    "text, words",
    [
        ("abc  1:ann  lamp\n", "lamp.txt:1: not a hash"),
        ("a  1:ann  d  lamp\n" * 2, "lamp.txt:2: a second line"),
    ],
)
def test_a_sheet_that_cannot_be_read(work, text, words):
    (work / "lamp.txt").write_text(text, encoding="utf-8")
    with pytest.raises(signatures.Unreadable, match=words):
        signatures.load(work / "lamp.txt")


def test_all_that_a_reader_reads_is_in_a_row():
    for path in described.files():
        briefs = sum(row.get("brief") is not None for row in described.read(path))
        assert briefs == path.read_text(encoding="utf-8").count("brief: "), path.name


def test_the_sheet(rows, note):
    sheets = sorted(signatures.SHEET.glob("*.txt"))
    assert [path.stem for path in sheets if path.stem not in rows] == []
    unsigned = 0
    for name, of_file in rows.items():
        lines = signatures.load(signatures.SHEET / f"{name}.txt")
        assert signatures.gone(of_file, lines) == [], name
        unsigned += sum(signatures.state(row, lines) != "signed" for row in of_file)
    if unsigned:
        note(f"{unsigned} rows of spec/ are not signed: tests/signed/sheet.py list")


TWINS = """name: lamp
queues:
  - {name: requestq, brief: Requests.}
config:
  section: Lamp
  fields:
    - {name: max_level, type: le16, brief: Level.}
    - {name: level, type: le16, brief: Level.}
    - {name: tail, type: req_tail, brief: Status.}
    - {name: plug, type: u8, brief: Blocks.}
    - {name: unplug, type: u8, brief: Blocks.}
    - {name: space, type: le32, unit: bytes, brief: Sectors in the lamp.}
    - {name: length, type: le32, unit: 512-byte sectors, brief: Number of sectors.}
    - {name: answers, type: le32, brief: Requests.}
structs:
  - name: req_tail
    fields:
      - {name: status, type: u8, brief: Status.}
messages:
  - {queue: requestq, name: request, brief: Requests.}
"""


def test_equal_sentences_and_other_units_are_found():
    rows = list(rows_of(TWINS).values())
    fields = "lamp/config/fields"
    assert sorted(map(sorted, sentences.equal(rows))) == [
        [f"{fields}/answers", "lamp/queues/requestq"],
        [f"{fields}/plug", f"{fields}/unplug"],
    ]
    assert sentences.against_unit(rows) == [f"{fields}/space"]


def test_no_equal_sentences_but_those_with_a_reason(rows):
    found = {tuple(group) for of_file in rows.values() for group in sentences.equal(of_file)}
    reasons = sentences.reasons()
    assert found == set(reasons), "write what differs into the sentences, or the reason into equal.txt"
    assert all(reasons.values())


def test_no_sentence_against_its_unit(rows):
    assert [row for of_file in rows.values() for row in sentences.against_unit(of_file)] == []

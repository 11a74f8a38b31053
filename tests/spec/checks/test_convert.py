# SPDX-License-Identifier: MIT
"""./vwr convert: edits at the marks of a text, and what each step makes of an older description."""

import inprocess
import pytest
import yaml
from specs import ROOT
from vwr.convert.convert import converted
from vwr.convert.steps import conditions, lists, names, repeated
from vwr.convert.text import Text, pair_of, plain, value_of

BLOCK = """\
# above
a: 1  # of a
b:
  - {x: 1, y: two, z: 3}  # a row
  - x: 4
    y: five  # of y
    # between
    z: 6
c: [1, 2]
"""


def edited(change, text=BLOCK):
    one = Text(text)
    change(one, [mapping for _, mapping in one.mappings()])
    return one.edited()


def test_paths_and_plain_values():
    one = Text(BLOCK)
    assert [path for path, _ in one.mappings()] == [(), ("b", 0), ("b", 1)]
    assert plain(one.root) == yaml.load(BLOCK, yaml.BaseLoader)
    assert pair_of(one.root, "none") is None and one.source(value_of(one.root, "c")) == "[1, 2]"


@pytest.mark.parametrize(
    "key, flow, block",
    [
        ("x", "{y: two, z: 3}", "  - y: five  # of y\n    # between\n    z: 6\n"),
        ("y", "{x: 1, z: 3}", "  - x: 4\n    # between\n    z: 6\n"),
        ("z", "{x: 1, y: two}", "  - x: 4\n    y: five  # of y\n    # between\n"),
    ],
)
def test_remove(key, flow, block):
    text = edited(lambda one, found: [one.remove(mapping, key) for mapping in found[1:]])
    assert text == f"# above\na: 1  # of a\nb:\n  - {flow}  # a row\n{block}c: [1, 2]\n"


def test_remove_neighbours():
    text = edited(lambda one, found: [one.remove(found[1], key) for key in ("y", "z")])
    assert "- {x: 1}  # a row" in text
    assert "- {z: 3}  # a row" in edited(lambda one, found: one.remove(found[1], "x", "y"))


def test_an_edit_in_what_is_removed_is_left_out():
    def change(one, found):
        one.remove(found[0], "b")
        one.replace(value_of(found[1], "x"), "9")
        one.add(found[0], "a", "new", "8")

    assert edited(change) == "# above\na: 1\nnew: 8  # of a\nc: [1, 2]\n"


def test_replace_rename_and_add():
    def change(one, found):
        one.replace(value_of(found[0], "c"), "new")
        one.rename(found[1], "y", "yy")
        one.rename(found[1], "none", "some")
        one.add(found[1], "x", "w", "7")
        one.add(found[2], "x", "w", "7")

    assert edited(change) == BLOCK.replace("[1, 2]", "new").replace(
        "{x: 1, y: two", "{x: 1, w: 7, yy: two"
    ).replace("x: 4\n", "x: 4\n    w: 7\n")


def test_a_line_in_place_of_a_block_stands_beside_its_key():
    def change(one, found):
        one.replace(value_of(found[0], "b"), "x or y")

    assert edited(change, "b:\n- x\n- y\nc: 1\n") == "b: x or y\nc: 1\n"
    assert edited(change, "b:\n  - x\n  - y\nc: 1\n") == "b: x or y\nc: 1\n"


def shout(one):
    for _, mapping in one.mappings():
        one.rename(mapping, "a", "A")


def test_a_page_has_blocks():
    page = "a: 1\n```yaml\na: 1\n```\n```c\na: 1\n```\n```yaml\n- {a: 2}\n```\n"
    assert (
        converted("page.md", page, [shout])
        == "a: 1\n```yaml\nA: 1\n```\n```c\na: 1\n```\n```yaml\n- {A: 2}\n```\n"
    )
    assert converted("page.yaml", "a: 1\n", [shout]) == "A: 1\n"


@pytest.mark.soak("codegen.check refuses what is of an older grammar")
def test_our_descriptions_are_of_today():
    files = sorted(
        path for folder in ("core", "transport", "device") for path in (ROOT / "spec" / folder).glob("*")
    )
    done = inprocess.run("convert", "--check", *files)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_no_yaml(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_text("a: {\n")
    done = inprocess.run("convert", file)
    assert done.returncode == 2 and f"{file}:2:1: " in done.stderr


@pytest.mark.parametrize(
    "old, new",
    [
        ("{if: [A, B], x: 1}", "{if: A or B, x: 1}"),
        ("{if: A, also: B, if-not: [C, D], x: 1}", "{if: A and B and not C and not D, x: 1}"),
        ("{x: 1, if: [A, B],\n also: C}", "{x: 1, if: (A or B) and C}"),
        ("{if-bit: {field: services, value: HASH}, x: 1}", "{if: services has HASH, x: 1}"),
        ("{x: 1, refused-by: RO, if: A}", "{x: 1, if: A and not offered RO}"),
        ("{part: a, with: ask}", "{part: a, if: ask}"),
        (
            "{sizes: [{size: 4, if: [A, [B, C]]}, {size: 2}]}",
            "{sizes: [{size: 4, if: A and (B or C)}, {size: 2}]}",
        ),
        ("{requires: [A, [B, C]], offer-with: [D]}", "{requires: A and (B or C) and offered D}"),
        ("{needs: [[A, B]], bits: []}", "{requires: A or B, bits: []}"),
        (
            "{features: [A], without: [B], when: {field: a.b, value: V}, side: driver}",
            "{if: A and a.b == V and not B, side: driver}",
        ),
        (
            "{name: u, by: kind, union: [{name: a, is: [X, Y]}, {name: b, if: F}]}",
            "{name: u, union: [{name: a, if: kind == X or kind == Y}, {name: b, if: F}]}",
        ),
        (
            "{absent: 0x10, absent-with: {if: F, value: 0xff}}",
            "{absent: [{value: 0xff, if: F}, {value: 0x10}]}",
        ),
        ("{absent-with: {if: F, value: 1}}", "{absent: [{value: 1, if: F}, {value: 0}]}"),
        ("{absent-in: [{field: end, value: 0xff}]}", "{absent: {end: 0xff}}"),
        (
            "{when: {status-set: [A], status-clear: [B], registers: {R: 0}, legacy: {status-set: [C]}}}",
            "{when: A and not B and R == 0, legacy: {when: C and not B and R == 0}}",
        ),
        ("{done: {after: 1, reads: {R: 0, S: 2}}}", "{done: {value: 1, when: R == 0 and S == 2}}"),
        (
            "{set: A, after: [B], before: [C], notify: config-change, notify-after: [D]}",
            "{set: A, when: B and not C, notify: D}",
        ),
        ("- a: 1\n  if:  # why\n    - A\n    - B\n  b: 2\n", "- a: 1\n  if:  # why\n    A or B\n  b: 2\n"),
        (
            "channel:\n- {command: A, excludes: [B]}\n- {command: B}\n",
            "channel:\n- {command: A}\n- {command: B, when: not A}\n",
        ),
        ("channel:\n- {command: A, excludes: [Z]}\n", "channel:\n- {command: A, excludes: [Z]}\n"),
        (
            "{presets: [{with: [a], without: [b]}], if: {a: b}}",
            "{presets: [{with: [a], without: [b]}], if: {a: b}}",
        ),
    ],
)
def test_conditions(old, new):
    assert converted("x.yaml", old, [conditions.step]) == new
    assert converted("x.yaml", new, [conditions.step]) == new


@pytest.mark.parametrize(
    "step, old, new",
    [
        (
            repeated,
            "{name: s, size: 4, fields: [{name: a, type: le32, at: 0}]}",
            "{name: s, fields: [{name: a, type: le32}]}",
        ),
        (repeated, "{name: R, at: 4, dir: R}", "{name: R, at: 4, dir: R}"),
        (repeated, "{sizes: [{size: 4, if: A}, {size: 2}]}", "{size: [{value: 4, if: A}, {value: 2}]}"),
        (
            repeated,
            'kind: device\nsince: "1.2"\nenums:\n- {name: a, since: "1.2"}\n- {name: b, since: "1.3"}\n',
            'kind: device\nsince: "1.2"\nenums:\n- {name: a}\n- {name: b, since: "1.3"}\n',
        ),
        (
            names,
            "{part: a, bytes: 4, least: 1, max: config.n}",
            "{part: a, count: 4, range: {min: 1, max: config.n}}",
        ),
        (names, "{part: a, max: config.n, unlimited: true}", "{part: a, range: {max: config.n, except: 0}}"),
        (names, "{part: a, holds: [{field: b, value: C}]}", "{part: a, values: [{field: b, value: C}]}"),
        (names, "{name: a, type: u8, holds: x}", "{name: a, type: u8, foreign: x}"),
        (names, "{name: A, within: {from: a.b, end: 3}}", "{name: A, range: {min: a.b, max: 3}}"),
        (names, "{name: A, spans: {parts: a.b, if: C}}", "{name: A, count: {field: a.b, if: C}}"),
        (
            names,
            "{name: q, count-by: {field: n, less: 1}, dir: in}",
            "{name: q, count: {field: n - 1}, dir: in}",
        ),
        (names, "{name: q, count: 1, count-by: {field: n, if: MQ}}", "{name: q, count: {field: n, if: MQ}}"),
        (names, "{name: a, type: u8, count: n, plus: 1}", "{name: a, type: u8, count: n + 1}"),
        (
            names,
            "{queue: q, order: queue, empty: true, rows: []}",
            "{queue: q, used: [in-order, empty-if-unknown], rows: []}",
        ),
        (names, "{name: A, held: true}", "{name: A, used: [on-event]}"),
        (names, "{name: A, dir: RW, window: 4, widths: [8]}", "{name: A, dir: RW, size: 4, width: [8]}"),
        (
            names,
            "{name: a, type: u8, if: B, at-any-time: true}",
            "{name: a, type: u8, if: B, writable: offered}",
        ),
        (names, "{legacy: {order: little}, fields: []}", "{legacy-order: little, fields: []}"),
        (
            names,
            "{name: p, struct: d, align: 16, head: 0, per-entry: 16, writer: both}",
            "{name: p, type: d, align: 16, count: queue-size, side: both}",
        ),
        (
            names,
            "{type: A, struct: cap, place: cfg, least: 1}",
            "{name: A, type: cap, part: cfg, range: {min: 1}}",
        ),
        (
            names,
            "kind: ring\nparts:\n- {name: used, align: 4}\nlegacy: {align: 4096, align-before: used}\n",
            "kind: ring\nparts:\n- {name: used, align: 4, legacy: {align: 4096}}\n",
        ),
        (
            lists,
            "{set: A, opens: [queues], device-may-refuse: true}",
            "{set: A, behaviour: [opens queues, may-refuse]}",
        ),
        (lists, "{set: A, legacy: {opens: [queues]}}", "{set: A, behaviour: [opens queues in legacy]}"),
        (
            lists,
            "{name: R, dir: R, kept: true, read-clears: true}",
            "{name: R, dir: R, behaviour: [kept, cleared-by-read]}",
        ),
        (
            lists,
            "{name: A, bit: 1, accept: must, insist: [driver, device]}",
            "{name: A, bit: 1, device: [may-fail], driver: [must-accept, may-fail]}",
        ),
        (
            lists,
            "- queue: q\n  max-segments: config.n\n  rows:\n  - {name: A, sector: start, limits: {sectors: m}}\n",
            "- queue: q\n  disk:\n    range: {count: config.n}\n    rows:\n"
            "      - {name: A, sector: start, range: {max: m}}\n  rows:\n  - {name: A}\n",
        ),
    ],
)
def test_names(step, old, new):
    assert converted("x.yaml", old, [step.step]) == new
    assert converted("x.yaml", new, [step.step]) == new

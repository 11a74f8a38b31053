# SPDX-License-Identifier: MIT
"""What the benchmark's programs do with figures; the figures themselves are bench.quick."""

import json
import os
import re
import shutil
import subprocess

import pytest

import blocks
import calls
import classes
import count
import device
import forms
import limits
import linux_ring
import page as tables_of_page
import pairs
import peers
import regions
import report
import run
import sizes
import tables
import usual
from rows import holds, row, table, write_json

CALLGRIND = """events: Ir Dr Dw
fl=(1) a.c
fn=(1) ring_measured
10 5 2 1
+1 3 0 0
cfn=(2) vwr_queue_kick
calls=1 40
12 100 50 25
* 1 1 1
fn=(2)
40 60 20 10
cfn=(3) bench_mmio_write
calls=1 70
-3 7 7 7
fn=(3)
70 2 0 0
"""


def test_self_cost_leaves_out_what_is_called():
    costs = count.self_cost(CALLGRIND)
    assert costs["ring_measured"] == {"Ir": 9, "Dr": 3, "Dw": 2}
    assert costs["vwr_queue_kick"] == {"Ir": 60, "Dr": 20, "Dw": 10}
    assert [name for name in costs if count.is_excluded(name)] == ["bench_mmio_write"]


SOURCE = """static int put(int a)
{
    return a;
}

static __attribute__((noinline)) int loop(
    int b)
{
    return put(b);
}
"""
INLINED = """events: Ir
fl=(1) {path}
fn=(1) loop
8 2
fi=(1)
-5 5
fe=(2) elsewhere.c
+1 4
fe=(1)
9 1
cfn=(2) other
calls=1 3
9 100
* 7
"""


def test_instructions_are_those_of_the_function_that_they_are_written_in(tmp_path):
    (tmp_path / "a.c").write_text(SOURCE, encoding="utf-8")
    assert count.by_source(INLINED.format(path=tmp_path / "a.c")) == {"loop": 2 + 4 + 1 + 7, "put": 5}


def test_a_broken_limit_says_where_the_instructions_are(capsys, monkeypatch):
    monkeypatch.setattr(report, "version", lambda compiler: report.GCC)
    one = row("ring", "n", "u", 12.0, limit=11.0, where="run")
    assert report.judge([one], {"run": {"where": {"a": 2.0, "b": 9.6, "c": 0.4}}}) == 1
    assert "the limit is 11.0\n    9.6 b, 2.0 a\n" in capsys.readouterr().err


def test_another_gcc_may_need_a_little_more(capsys, monkeypatch):
    monkeypatch.setattr(report, "version", lambda compiler: report.GCC + 2)
    little, much = (row("ring", "n", "u", value, limit=10.0) for value in (12.0, 13.0))
    assert report.judge([little], {}) == 0
    assert (
        f"the limit is 10.0; set for gcc {report.GCC}, this is gcc {report.GCC + 2}"
        in capsys.readouterr().err
    )
    assert report.judge([much], {}) == 1
    assert report.judge([row("ring", "n", "u", 1.0, exact=2.0)], {}) == 1
    monkeypatch.setattr(report, "version", lambda compiler: report.GCC)
    assert report.judge([little], {}) == 1


@pytest.mark.parametrize(
    "one, fine",
    [
        (row("g", "n", "u", 96.0, limit=96.9), True),
        (row("g", "n", "u", 97.0, limit=96.9), False),
        (row("g", "n", "u", 1.0, exact=1.0), True),
        (row("g", "n", "u", 0.5, exact=1.0), False),
        (row("g", "n", "u", 0.0, exact=0.0), True),
        (row("g", "n", "u", 0.001, exact=0.0), False),
        (row("g", "n", "u", 1e9), True),
        (row("g", "n", "u", limit=1.0, reason="no tool"), True),
    ],
)
def test_limits(one, fine):
    assert holds(one) == fine


def test_row_without_value_says_why(tmp_path):
    one = row("ring", "all", "", reason="valgrind is not installed")
    assert "valgrind is not installed" in "\n".join(table([one]))
    write_json(tmp_path / "rows.json", [one, row("g", "n", "u", 1.5, limit=2, ratio=0.5, of="them")])
    first, second = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert first["value"] is None and first["reason"] == "valgrind is not installed"
    assert second == {
        "group": "g",
        "name": "n",
        "value": 1.5,
        "unit": "u",
        "limit": 2,
        "ratio": 0.5,
        "of": "them",
    }


def test_missing_tools_are_reasons(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    monkeypatch.setattr(count.platform, "machine", lambda: "x86_64")
    assert count.missing() == "gcc is not installed (apt-get install gcc)"
    monkeypatch.setattr(count.platform, "machine", lambda: "aarch64")
    assert "this is aarch64" in count.missing()
    assert {one["reason"] for one in run.counted_rows(True, None, None, {})[0]} == {count.missing()}
    assert sizes.missing().startswith("aarch64-linux-gnu-gcc is not installed")


def test_names_of_rows_are_different():
    rows = count.flat("split, depth 1", "queues", {1: 100.0, 8: 101.5})
    assert [one["value"] for one in rows] == [100.0, 101.5, pytest.approx(1.5)]
    assert [holds(one) for one in rows] == [True, True, False] and len({one["name"] for one in rows}) == 3


def test_peers_and_what_ours_may_be_of_the_best():
    rows = run.peer_rows({"split-batch 32": 300.0})
    (to_best,) = [one for one in rows if one["limit"] is not None]
    assert to_best["value"] == pytest.approx(300.0 / 194.5) and not holds(to_best)
    assert set(peers.LIMITS) == {"split-depth 1", "split-batch 32"}
    figures = {f"{form.peers}-{label}" for form in count.FORMATS if form.peers for _, label in count.DEPTHS}
    assert figures <= set(peers.FIGURES)


def test_a_build_appears_with_its_switch(tmp_path):
    before = [profile.name for profile, _ in sizes.builds(tmp_path)]
    assert before[:4] == ["both MMIO versions", "modern MMIO alone", "legacy MMIO alone", "queues alone"]
    (tmp_path / "x.h").write_text("#if VWR_WITH_PACKED\n#elif VWR_WITH_STATSUES\n#endif\n", encoding="utf-8")
    now = {profile.name: options for profile, options in sizes.builds(tmp_path)}
    assert set(now) - set(before) == {
        "with packed rings",
        "all rings, queues alone",
        "everything, all calls",
        "everything, all calls, modern MMIO alone",
    }
    disk = "-DVWR_ONE_CLASS=vwr_blk_class"
    assert now["both MMIO versions"] == [disk, "-DVWR_WITH_PACKED=0"] and now["with packed rings"] == [disk]
    assert now["modern MMIO alone"] == [disk, "-DVWR_ONE_TRANSPORT=vwr_mmio_modern", "-DVWR_WITH_PACKED=0"]


@pytest.mark.parametrize("profile", sizes.PROFILES, ids=lambda profile: profile.name)
def test_profiles_name_what_there_is(profile):
    assert set(profile.without) <= set(sizes.SWITCHES)
    assert (count.BENCH / profile.program).is_file()


def test_a_broken_limit_is_shown(monkeypatch):
    """xv6's rows say why they are not there."""
    assert len([profile for profile in sizes.PROFILES if profile.goal]) == len(sizes.LIMITS_OBJECTS) == 5
    assert "LIMIT BROKEN" in "\n".join(table([row("size", "n", "bytes", 5448, limit=4608)]))
    monkeypatch.setattr(shutil, "which", lambda tool: None)
    rows = sizes.xv6_rows(count.BENCH.parent)
    assert len(rows) == 2 and all(one["limit"] and "not installed" in one["reason"] for one in rows)


def test_lines_of_c():
    assert (
        classes.lines(
            '/* a */\n\nint a; // b\nchar *s = "/* no";\n  /* x\n y */ int b;\n/*\n\n*/\n#define A "\\"//"\n'
        )
        == 4
    )
    assert [
        name
        for name in ("net", "vwr_net", "vwr_net_send", "net_common", "vwr_network", "vwr_gen_net")
        if classes.is_of("net", name)
    ] == ["net", "vwr_net", "vwr_net_send", "net_common"]


def test_lines_of_the_device_side():
    """Glue is what any class has; a function is one or the other as a whole; classes are found by the name of their files."""
    text = (
        "#include <a.h>\nstatic int f(int a,\n      int b)\n{\n    x();\n}\n/* no */\nint vwr_vx_init(void)\n{\n    y();\n}\n"
        "static const struct a b = {\n    1\n};\nvoid g(void);\n"
    )
    assert classes.split(text) == (5, 9)
    figures = classes.device_counts()
    assert {"blk", "console", "entropy"} <= set(figures)
    assert all(one.work > 0 and one.glue > 0 and one.header > 0 for one in figures.values())
    assert figures["blk"].bridge > 0 and figures["entropy"].bridge == 0
    assert figures["can"].parts > 0 and figures["entropy"].parts == 0
    assert {name for name, one in figures.items() if one.protocol} == set(classes.PROTOCOLS)
    assert figures["blk"].shared > 0 and figures["entropy"].shared == 0
    page = classes.device_page(figures).splitlines()
    assert page[0].split()[:6] == "device side work glue limit shared".split()
    assert "1886" in "".join(page)


CLASSES = """# Above.
ring:  # all of it
  net: 670
class:
  lines of C, net: 669  # of one
  # Kept.
  .text above the engines, net: 5012
  lines of C, gpu: 765
  .text above the engines, gpu: 4560
  lines of C, device side, net: 400
  lines of C, entropy: 120
"""


def test_update_lowers_the_limits_of_classes(tmp_path, monkeypatch):
    """A lower figure is written; a rise and all else stay as they are."""
    monkeypatch.setattr(limits, "FILE", tmp_path / "limits.yaml")
    limits.FILE.write_text(CLASSES, encoding="utf-8")
    classes.update(
        {
            "net": classes.Count(350, 1, 1, 5011),
            "gpu": classes.Count(766, 1, 1, None),
            "entropy": classes.Count(121, 1, 1, 513),
        },
        {"net": classes.DeviceCount(300, 20, 1, 1, 1, 1, 1, 1)},
    )
    lower = CLASSES.replace("669", "350").replace("5012", "5011").replace("400", "320")
    assert limits.FILE.read_text(encoding="utf-8") == lower


def test_limits_of_classes(monkeypatch):
    """Each driver has one, but the disk's, whose code is that of the engines."""
    most = {name: one.limit for name, one in classes.limits_of_rows().items()}
    assert {
        name
        for name in classes.CLASSES
        for form in (classes.LINES, classes.BYTES)
        if not most[form.format(name)]
    } == {"blk"}
    monkeypatch.setattr(sizes, "missing", lambda: "no compiler")
    found = classes.rows()
    assert [one["reason"] for one in found if one["unit"] == "bytes"] == ["no compiler"] * (
        len(classes.CLASSES) - 1
    )
    assert all(map(holds, found))
    figures = classes.counts()
    assert all(one.header and one.generated and one.driver > 50 for one in figures.values())
    assert (
        classes.page(figures).splitlines()[0].split()
        == "class driver limit protocol header generated .text limit".split()
    )


# ---- the page ----


class AnyFigure:
    """Stands for the rows of a run in which each figure is 0."""

    def value(self, _group, _name):
        return "0"

    def both(self, _group, names):
        return ["0" for _ in names]


def labels(text):
    """The heads of a block's tables, and the first cell of each row with the number of cells."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    heads = {n - 1 for n, cells in enumerate(lines) if set("".join(cells)) <= set("-| ")}
    return [cells if n in heads else (cells[0], len(cells)) for n, cells in enumerate(lines)]


def test_the_tables_of_the_pages_are_as_they_were_written():
    for path, of_page in tables_of_page.PAGES.items():
        found = blocks.parts(path.read_text(encoding="utf-8"))
        assert set(found) == {*of_page, *(tables_of_page.OTHERS if path == blocks.PAGE else ())}
        for name, (mark, text) in found.items():
            assert mark == blocks.digest(text), f"the block {name} was edited by hand: ./vwr bench --write"


@pytest.mark.parametrize(
    "path, name", [(path, name) for path, of_page in tables_of_page.PAGES.items() for name in of_page]
)
def test_a_table_of_a_page_has_the_rows_of_the_bench(path, name):
    _, text = blocks.parts(path.read_text(encoding="utf-8"))[name]
    assert labels(text) == labels(tables_of_page.PAGES[path][name](AnyFigure())), "./vwr bench --write"


def test_the_other_tables_of_the_page_have_rows_of_the_bench():
    found = blocks.parts(blocks.PAGE.read_text(encoding="utf-8"))
    lines = labels(found["features"][1])
    assert lines[0] == ["message", *(f"usual, {end}" for end in pairs.ENDS), *pairs.FEATURES.values()]
    assert [cells[0] for cells in lines[2:]] == [call.words for call in pairs.CALLS.values()]


@pytest.mark.parametrize("path", tables_of_page.PAGES, ids=lambda path: path.parent.name)
def test_a_measured_value_of_a_page_is_in_a_block(path):
    page = path.read_text(encoding="utf-8")
    for name, (_, text) in blocks.parts(page).items():
        assert text.strip(), name
        page = page.replace(text, "")
    for line in page.splitlines():
        cells = line.strip("| ").split(" | ") if line.startswith("|") else []
        assert not [one for one in cells if re.fullmatch(r"[+-]?[0-9][0-9., ]*( [%×x])?", one.strip())], line


def test_a_block_that_is_edited_by_hand_is_noticed():
    page = blocks.written("a\n<!-- bench x: begin -->\n<!-- bench x: end -->\nb\n", {"x": "| 1 |\n"})
    mark, text = blocks.parts(page)["x"]
    assert mark == blocks.digest(text) and page.startswith("a\n") and page.endswith("b\n")
    mark, text = blocks.parts(page.replace("| 1 |", "| 2 |"))["x"]
    assert mark != blocks.digest(text)
    assert blocks.written(page, {"x": "| 1 |\n"}) == page
    with pytest.raises(ValueError, match="no block y"):
        blocks.written(page, {"y": ""})


def test_the_rows_of_a_usual_pair_have_its_features():
    assert pairs.ring_of(usual.features("blk")) == "indirect_event_idx"
    assert pairs.ring_of(usual.features("net")) == "indirect_event_idx_merge"
    assert {call.usual for call in pairs.CALLS.values() if call.usual} <= set(usual.names())


# The library is under sanitizers in tests/unit, in which each of its objects costs twice as much.
LIBRARY = ["-O0", "-g0"]
# A batch of 3 ends at every position of a ring of 256; the 16 bits of an index overflow by batches of 256.
BATCHES = 300
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-O1", "-g1"]


SOAK = pytest.mark.soak(
    "bench.quick runs the same programs, unit.* and pair.* the same queues under sanitizers"
)


@pytest.fixture(name="out", scope="module")
def folder_of_programs(tmp_path_factory):
    """Where programs are built, whose library is the same."""
    if count.missing():
        pytest.skip(count.missing())
    return tmp_path_factory.mktemp("bench")


def served(program):
    """A program that runs a case a line, as count.Cases has it under valgrind."""
    with subprocess.Popen(
        ["timeout", "-k", "5", str(count.TIMEOUT), program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"ASAN_OPTIONS": "detect_leaks=0"},  # which takes longer than a case, in each child
    ) as process:
        yield process


@pytest.fixture(name="host", scope="module")
def host_program(out):
    """bench_host under ASan and UBSan; nothing is counted."""
    root = count.BENCH.parent
    yield from served(count.build(root, root / "runtime", out, LIBRARY, SANITIZE))


@pytest.fixture(name="device_side", scope="module")
def device_program(out):
    """bench_device likewise."""
    root = count.BENCH.parent
    yield from served(device.build(root, root / "runtime", out, options=LIBRARY, alone=SANITIZE))


def ask(process, *arguments):
    """Exit code of a case, and what it said."""
    return count.asked(process, arguments)[1:]


YARDSTICKS = [
    (level, form) for form in count.FORMATS for level in (form.yardstick, form.any_shape) if level
] + [(form.hand_blk, form) for form in count.CALLS if form.hand_blk]


@pytest.mark.parametrize(
    "level, form", YARDSTICKS, ids=[f"{form.name}-{level}" for level, form in YARDSTICKS]
)
@pytest.mark.parametrize(
    "size, depth", [(count.QUEUE, depth) for depth in (1, 2, 3, 32, 64)] + [(8, 2), (1024, 256)]
)
@SOAK
def test_yardsticks_are_right(host, level, form, size, depth):
    """Over many wraps, with batches that end at every position of it, one notification each."""
    depth = min(depth, 64) if level.startswith("hand_blk") else depth  # it has 64 requests
    code, said = ask(host, level, size, depth, BATCHES, form.features)
    assert code == 0 and f"requests={BATCHES * depth} notifications={BATCHES} mmio_reads=0" in said


@pytest.mark.parametrize("form", count.FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize(
    "level, size, depth, queues",
    [
        ("ring", 4, 1, 1),
        ("ring", 1024, 256, 1),
        ("add", 8, 2, 1),
        ("queues", 4, 1, 8),
        ("queues", 1024, 32, 3),
        ("requests", 4, 1, 1),
    ],
)
@SOAK
def test_the_library_is_right(host, form, level, size, depth, queues):
    code, said = ask(host, level, size, depth, BATCHES, form.features, queues)
    assert code == 0 and f"requests={BATCHES * depth} notifications={BATCHES} mmio_reads=0" in said


def is_right(host, level, form, size, depth, features):
    """Whether a case of a form of request did all of its requests, with one notification per batch."""
    code, said = ask(host, level, size, depth, BATCHES, features, 1, form)
    return code == 0 and f"requests={BATCHES * depth} notifications={BATCHES} mmio_reads=0" in said


@pytest.mark.parametrize(
    "calls_, form",
    [
        pytest.param(calls_, form, id=f"{calls_.name}-{form.name}")
        for calls_ in count.CALLS
        for form in forms.FORMS
        if form.segments < forms.MOST and forms.has(calls_, form)
    ],
)
@SOAK
def test_requests_of_every_form_are_right(host, calls_, form):
    """In batches that end at every position of the ring; the disk checks each segment."""
    assert is_right(host, "forms", form.given, count.QUEUE, 3, forms.features(calls_, form))


@pytest.mark.parametrize("form", [form for form in forms.FORMS if form.by_hand], ids=lambda form: form.given)
@pytest.mark.parametrize(
    "calls_", [one for one in count.CALLS if one.name in forms.BY_HAND], ids=lambda one: one.name
)
@SOAK
def test_the_yardstick_for_arrays_is_right(host, calls_, form):
    for depth in (1, 3, 32):
        assert is_right(
            host,
            forms.BY_HAND[calls_.name],
            form.given,
            forms.queue_for(calls_, form, depth),
            depth,
            calls_.features,
        )


@pytest.mark.parametrize("features", ("none", "indirect", "packed", "packed,indirect"))
@pytest.mark.parametrize("form", [form for form, _ in linux_ring.FORMS])
@SOAK
def test_the_ring_is_right_with_requests_of_every_form(host, features, form):
    for depth in (1, 3, 32):
        assert is_right(host, "add_forms", form, linux_ring.QUEUE, depth, features)


def test_quick_does_not_touch_linux(monkeypatch):
    monkeypatch.setattr(run.linux_ring, "rows", lambda *_: ["a row"])
    assert [run.GROUPS["linux"](None, None, quick, {}) for quick in (True, False)] == [[], ["a row"]]


def test_without_the_source_of_linux_there_are_reasons(tmp_path, monkeypatch):
    """No package, no program that finds one, and a source that does not compile."""
    reason = lambda: [one["reason"] for one in linux_ring.rows(classes.ROOT, None, tmp_path, {})]
    monkeypatch.setattr(linux_ring, "package", lambda: ("linux-source-0.0", "1"))
    monkeypatch.setenv("VWR_NO_INSTALL", "1")
    assert reason() == ["linux-source-0.0 is not installed, and VWR_NO_INSTALL=1 forbids its download"]
    monkeypatch.undo()
    monkeypatch.setattr(linux_ring.shutil, "which", lambda tool: None)
    assert reason() == ["apt-cache is not installed"]
    monkeypatch.setattr(linux_ring, "source", lambda out: (tmp_path, "1"))
    monkeypatch.setattr(linux_ring, "headers", lambda folder: ())

    def fails(*_, **__):
        raise subprocess.CalledProcessError(1, ["gcc"])

    monkeypatch.setattr(linux_ring, "link", fails)
    monkeypatch.setattr(linux_ring.count, "parts", lambda root, runtime: ((), ()))
    assert "does not compile" in reason()[0]


def test_headers_that_the_package_has_not_are_stubs(tmp_path):
    for name, text in (
        (linux_ring.RING, "#include <linux/slab.h>\n#include <linux/virtio.h>\n"),
        ("include/linux/virtio.h", "#include <xen/xen.h>\n#include <stdint.h>\n"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    folders = linux_ring.headers(tmp_path)
    stubs = tmp_path / "stubs"
    assert folders[:2] == (linux_ring.FOLDER, stubs)
    assert {path.relative_to(stubs).as_posix() for path in stubs.rglob("*.h")} == {
        "linux/slab.h",
        "xen/xen.h",
    }


@pytest.mark.parametrize("form", count.CALLS, ids=lambda form: form.name)
@pytest.mark.parametrize(
    "size, depth", [(count.QUEUE, depth) for depth in (1, 3, 64)] + [(count.CACHE_QUEUE, count.CACHE_DEPTH)]
)
@SOAK
def test_the_class_api_is_right(host, form, size, depth):
    for level in ("requests", "block") if depth == 1 else ("requests",):
        code, said = ask(host, level, size, depth, BATCHES, form.features)
        assert code == 0 and f"requests={BATCHES * depth} notifications={BATCHES} mmio_reads=0" in said


def test_every_row_has_its_limit():
    """Each format of the class API and each way of a packet, one by one and in batches."""
    assert all(
        count.ANY_SHAPE[name].limit
        for name in count._rows(count.ANY, [one for one in count.FORMATS if one.any_shape])
    )
    shown = {one.limit or one.name for program in calls.PROGRAMS for one in program.cases if one.shown}
    goals = [count.BLOCK, *(calls.LIMITS[group] for group in ("console", "gpu", "net"))]
    assert all(one.limit for group in goals for name, one in group.items() if name not in shown)


def test_every_row_of_limits_is_asked_for():
    """A group is asked for as a whole, by the modules that run.py imports and by one of tests/."""
    matrix = (classes.ROOT / "tests/tools/embed/test_matrix.py").read_text(encoding="utf-8")
    assert 'limits.of("embed", PROFILES' in matrix
    assert set(limits.parse(limits.FILE.read_text(encoding="utf-8"))) == limits.ASKED | {"embed"}


@pytest.mark.parametrize(
    "text, said",
    [
        ("g: {a: 1, b: 2.5}", None),
        ("g: {a: 1, b: {least: 2}}", None),
        ("g: {a: {limit: 1, known: 2}, b: 2}", "g: a: unknown key 'known'"),
        ("g: {a: {limit: '1'}, b: {limit: 2}}", "g: a: 'limit' is not a number"),
        ("g: {a: true, b: {limit: 2}}", "g: a: 'limit' is not a number"),
        ("g: {a: , b: {limit: 2}}", "g: a: 'limit' is not a number"),
        ("g: {a: {}, b: {limit: 2}}", "g: a: needs 'limit' or 'least', one of them"),
        ("g: {a: {limit: 1, least: 1}, b: {limit: 2}}", "g: a: needs 'limit' or 'least', one of them"),
        ("g: {a: {limit: 1}, b: {limit: 2}, c: {limit: 3}}", "g: c: no measurement asks for this row"),
        ("g: {a: {limit: 1, compilers: {gcc 14: 2}}, b: {limit: 2}}", None),
        (
            "g: {a: {limit: 1, compilers: {icc 14: 2}}, b: {limit: 2}}",
            "g: a: 'compilers' has keys other than",
        ),
        ("g: {a: {limit: 1, compilers: {gcc 14: two}}, b: {limit: 2}}", "g: a: 'gcc 14' is not a number"),
        ("g: {a: {limit: 1}}", "g: b: has no row"),
        ("h: {a: {limit: 1}}", "g: a: has no row"),
        ("g: 1", "not groups of rows"),
        ("", "not groups of rows"),
    ],
)
def test_what_a_file_of_limits_may_say(tmp_path, text, said):
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    if said is None:
        assert set(limits.of("g", ("a", "b"), path=path)) == {"a", "b"}
    else:
        with pytest.raises(limits.LimitsError, match=f"^some.yaml: {re.escape(said)}"):
            limits.of("g", ("a", "b"), path=path)


def test_a_figure_without_a_row_has_no_limit(tmp_path):
    path = tmp_path / "some.yaml"
    path.write_text("g: {a: 1}", encoding="utf-8")
    found = limits.of("g", ("a", "b"), every=False, path=path)
    assert (found["a"].bounds(2), found["b"].bounds(2)) == ({"limit": 2}, {"limit": None})


def test_a_compiler_may_have_its_own_value():
    figure = limits.Figure(limit=3, compilers={"gcc 2": 5, limits.compiler("gcc -Os"): 7})
    assert figure.most("gcc -O2") == 7
    assert figure._replace(compilers={"gcc 2": 5}).most("gcc -O2") == 3
    assert limits.Figure(limit=1).most("gcc") == 1


@pytest.mark.parametrize(
    "level, form",
    [
        ("hand", "split"),
        ("hand_packed", "packed"),
        *[
            (level, form)
            for level in ("ours", "serve", "disk", "requests", "watched")
            for form in ("split", "packed")
        ],
    ],
)
@pytest.mark.parametrize("depth", (1, 3, 32))
@SOAK
def test_the_device_side_is_right(device_side, level, form, depth):
    """The scripted driver checks the used entries of each batch."""
    code, said = ask(device_side, level, form, depth, BATCHES)
    assert code == 0 and f"count={BATCHES * depth}" in said


@pytest.mark.parametrize(
    "level, form",
    [(level, form) for form, _ in device.FORMATS for level in ("ours", "disk", tables.YARDSTICKS[form])],
)
@pytest.mark.parametrize("shape", (*tables.SHAPES, ("ring", 3)), ids=lambda shape: f"{shape[0]}-{shape[1]}")
@SOAK
def test_chains_of_other_shapes_are_right(device_side, level, form, shape):
    """The longest ones exhaust the byte budget of a device, which serves the rest in another call."""
    for depth in (1, 3, 32):
        code, said = ask(device_side, level, form, depth, BATCHES, *shape)
        assert code == 0 and f"count={BATCHES * depth}" in said


@pytest.mark.parametrize("place", regions.PLACES)
@pytest.mark.parametrize("form", [form for form, _ in device.FORMATS])
@SOAK
def test_chains_in_several_regions_are_right(device_side, form, place):
    for count_ in (1, *regions.REGIONS):
        for shape in (("ring", 3), ("ring", 18), ("table", 18)):
            code, said = ask(device_side, "disk", form, 32, BATCHES, *shape, count_, place)
            assert code == 0 and f"count={BATCHES * 32}" in said


# Rules that a driver breaks in a table: those of both layouts, and of one.
FAULTS = ("empty", "length", "more", "place", "order", "address", "below")
FAULTS_OF = {"split": ("nested", "first", "next", "loop"), "packed": ("long",)}


@pytest.mark.parametrize(
    "form, fault", [(form, fault) for form in FAULTS_OF for fault in FAULTS + FAULTS_OF[form]]
)
@SOAK
def test_yardsticks_refuse_what_the_library_refuses(device_side, form, fault):
    for level in ("ours", tables.YARDSTICKS[form]):
        code, said = ask(device_side, level, form, 1, 1, "table", 16, fault)
        assert code == 0 and "count=0" in said


@pytest.mark.parametrize("level", ("mmio", "pci"))
@pytest.mark.parametrize("register", (0, 1))
@SOAK
def test_each_access_of_the_device_side_has_an_effect(device_side, level, register):
    """By MMIO and by PCI; the program checks notifications and refused accesses."""
    code, said = ask(device_side, level, "split", register, 100)
    assert code == 0 and "count=100" in said


@pytest.mark.parametrize("level", device.STATES)
@pytest.mark.parametrize("form", ("split", "packed"))
@SOAK
def test_a_disk_is_as_it_was_before(device_side, level, form):
    """Saved and loaded, with requests that it has."""
    code, said = ask(device_side, level, form, 5, 10)
    assert code == 0 and "count=10" in said


def test_the_runtime_without_checks_is_a_copy(tmp_path):
    copy = device.copy_trusting(classes.ROOT / "runtime", tmp_path)
    for name, checked, trusted in device.TRUSTING:
        text = (copy / name).read_text(encoding="utf-8")
        assert trusted in text and checked not in text
    (copy / "include/vwr/vqueue_hot.h").write_text("", encoding="utf-8")
    with pytest.raises(count.Failed, match="include/vwr/vqueue_hot.h does not have once"):
        device.copy_trusting(copy, tmp_path / "again")


@pytest.mark.parametrize(
    "arguments, code, word",
    [
        (("hand", 256, 1, 10, "indirect"), 1, "does not take all features"),
        (("hand_packed", 256, 1, 10, "packed"), 1, "lacks a feature"),
        (("hand_in_order", 256, 1, 10, "in_order"), 1, "lacks a feature"),
        (("hand_any_shape", 256, 1, 10, "packed"), 1, "does not take all features"),
        (("hand", 256, 86, 10), 2, "does not fit"),
        (("hand", 256, 1, 10, "none", 2), 2, "QUEUES"),
        (("hand", "x", 1, 10), 2, "QUEUE_SIZE"),
        (("hand", 256, 1, 10, "event_idx,packt"), 2, "packt"),
        (("hands", 256, 1, 10), 2, "no such level"),
        (("hand", 256), 2, "not as many arguments"),
        (("hand_blk", 256, 1, 10, "none", 1, "2"), 2, "a form that this level does not have"),
        (("forms", 256, 1, 10, "none", 1, "3"), 2, "a form that this level does not have"),
        (("forms", 256, 64, 10, "none", 1, "4"), 2, "does not fit"),
        (("add_forms", 256, 1, 10, "none", 1, "discard"), 1, "no ranges"),
        (("linux", 256, 1, 10, "none", 1, "1"), 2, "no such level"),
    ],
)
@SOAK
def test_a_run_that_would_measure_something_else(host, arguments, code, word):
    got, said = ask(host, *arguments)
    assert got == code and word in said


def commands():
    """Commands of the pages. Commands that start the same program are merged into one with all their arguments."""
    found = {}
    for folder in ("guest", "hypervisor", "vhost"):
        page = (count.BENCH / folder / "README.md").read_text(encoding="utf-8")
        for command in re.findall(r"^    (\S+(?: \S+)*)  ", page, re.M):
            *words, last = re.match(r"(\S+) (\S+) (\S+)(.*)", command).groups()
            found.setdefault(" ".join(words), []).append(last)
    return [" ".join([words, *last]) for words, last in found.items()]


@pytest.mark.parametrize("command", commands())
def test_a_page_s_command_finds_its_modules(command):
    """In a shell that says nothing of where they are: it gets as far as its arguments, of which --nosuch alone is wrong."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {
        "VWR_NO_INSTALL": "1"
    }
    done = subprocess.run(
        [*command.split(), "--nosuch"],
        cwd=classes.ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if "needs packages that are missing" in done.stderr:
        pytest.skip(done.stderr)
    assert done.returncode == 2 and "unrecognized arguments: --nosuch\n" in done.stderr, done.stderr

# SPDX-License-Identifier: MIT
"""The text of llvm-cov, which conditions decide, the list of those that cannot, and the verb on a project of one file."""

import shutil
from pathlib import Path

import pytest

from vwr import main
from vwr.cover import command, measure, page, reasons, shown
from vwr.stop import Stop

SOURCE = """static int both(int a, int b)
{
    if (a && (b > 1 || K))
        return 1;
    return a ? 2 : 3;
}
"""
# A header of two programs, with half of the vectors in each; a line with a branch of its own; K is constant in one.
SHOWN = """{root}/runtime/a.h:
    1|      2|static int both(int a, int b)
    2|      2|{{
    3|      2|    if (a && (b > 1 || K))
  ------------------
  |  Branch (3:9): [True: 1, False: 0]
  |  Branch (3:9): [True: 0, False: 1]
  |  Branch (3:15): [True: 1, False: 0]
  |  Branch (4:9): [Folded - Ignored]
  ------------------
  |---> MC/DC Decision Region (3:9) to (3:26)
  |
  |  Number of Conditions: 3
  |     Condition C1 --> (3:9)
  |     Condition C2 --> (3:15)
  |     Condition C3 --> (1:11)
  |
  |  Executed MC/DC Test Vectors:
  |
  |     C1, C2, C3    Result
  |  1 {{ T,  T,  -  = T      }}
  |
  |  C1-Pair: not covered
  |  C2-Pair: not covered
  |  C3-Pair: constant folded
  |  MC/DC Coverage for Decision: 0.00%
  |
  |---> MC/DC Decision Region (3:9) to (3:26)
  |
  |  Number of Conditions: 3
  |     Condition C1 --> (3:9)
  |     Condition C2 --> (3:15)
  |     Condition C3 --> (1:11)
  |
  |  Executed MC/DC Test Vectors:
  |
  |     C1, C2, C3    Result
  |  1 {{ F,  -,  -  = F      }}
  |
  |  C1-Pair: not covered
  |  C2-Pair: not covered
  |  C3-Pair: {third}
  |  MC/DC Coverage for Decision: 0.00%
  |
  ------------------
    4|      1|        return 1;
    5|      1|    return a ? 2 : 3;
  ------------------
  |  Branch (5:12): [True: 0, False: 1]
  ------------------
    6|      2|}}
"""


def known(third="not covered"):
    files = shown.read(SHOWN.format(root="/t", third=third), Path("/t"))
    assert list(files) == ["runtime/a.h"]
    return files["runtime/a.h"], list(shown.conditions("runtime/a.h", SOURCE, files["runtime/a.h"]))


def test_instances_are_one():
    """One program sets `a`, the other does not: together they show that it decides."""
    file, found = known()
    assert [(each.text, each.decided) for each in found] == [
        ("a", True),
        ("b > 1", False),
        ("K", False),
        ("a", False),
    ]
    assert {each.function for each in found} == {"both"} and found[1].decision == "a && (b > 1 || K)"
    assert file.lines == dict.fromkeys(range(1, 7), True)


def test_a_constant_is_no_condition():
    assert [each.text for each in known("constant folded")[1]] == ["a", "b > 1", "a"]


def test_a_build_with_fewer_conditions_does_not_count():
    long = shown.Decision((1, 9), [(1, 1), (1, 5)], {("T", "T", "T")})
    short = shown.Decision((1, 9), [(1, 1)], {("F", "F")})
    assert long.joined(short) is long and short.joined(long) is long and len(long.vectors) == 1
    assert long.joined(None) is long


def test_a_macro_of_the_command_line_is_the_same_condition():
    """`if (K && a)`: K is where a header defines it, and comes last, or where it stands; it is constant in both."""
    header = shown.Decision((1, 11), [(1, 10), (9, 20)], {("T", "C", "T")}, {1})
    words = shown.Decision((1, 11), [(1, 5), (1, 10)], {("C", "F", "F")}, {0})
    both = words.joined(header)
    assert both.vectors == {("T", "C", "T"), ("F", "C", "F")} and both.constant == {1}
    assert both.decided(0) and not both.counts(1)
    same = shown.Decision((1, 1), [(9, 31), (9, 31)], {("T", "F", "F")})
    assert same.order([(9, 31), (9, 31)]) == [0, 1]


@pytest.mark.parametrize(
    "first, second, places", [("K", "a > 1", [(1, 10), (9, 20)]), ("a > 1", "K", [(1, 5), (9, 20)])]
)
def test_the_text_of_a_macro_is_not_that_of_another(first, second, places):
    file = shown.File(decisions={(1, 5): shown.Decision((1, 5 + len(f"{first} && {second}")), places)})
    found = shown.conditions("a.c", f"if ({first} && {second})\n", file)
    assert [each.text for each in found] == ["a > 1", "K"]


@pytest.mark.parametrize(
    "vectors, wanted",
    [
        (["TT=T", "TF=F", "F-=F"], [True, True]),
        (["TT=T", "F-=F"], [True, False]),
        (["TF=F", "F-=F"], [False, False]),
        (["TF=F", "FT=T"], [False, False]),  # two that differ
    ],
)
def test_one_condition_alone_decides(vectors, wanted):
    decision = shown.Decision((1, 1), [(1, 1), (1, 5)], {tuple(each.replace("=", "")) for each in vectors})
    assert [decision.decided(0), decision.decided(1)] == wanted


def test_where_a_condition_ends():
    code = ["    case VWR_A: if (f(a, 1)[1] == 2 &&", "        b) return g(x ? 1 : 2, y && z, 3);"]
    assert [shown.from_here(code, place) for place in ((1, 21), (2, 9), (2, 21), (2, 37))] == [
        "f(a, 1)[1] == 2",
        "b",
        "x",
        "z",
    ]


def test_a_switch_is_no_condition():
    file = shown.File(branches={(1, 9): [True, True], (2, 1): [True, False], (3, 5): [True, True]})
    found = shown.conditions("a.c", "switch (a) {\ncase B:\nif (b)\n", file)
    assert [each.text for each in found] == ["b"]


def test_what_is_behind_a_constant_is_no_condition():
    decision = shown.Decision((1, 1), [(1, 1), (1, 5)], {("C", "-", "F")}, {0})
    assert not decision.counts(0) and not decision.counts(1)
    assert shown.Decision((1, 1), [(1, 1), (1, 5)], {("C", "T", "T")}, {0}).counts(1)


def test_a_reason_of_what_is_decided_is_wrong(work):
    path = work / "undecided.txt"
    path.write_text(
        "# text\nruntime/a.h both: K  # constant\nruntime/a.h both: a && b  # gone\n", encoding="utf-8"
    )
    rows = reasons.read(path)
    found = known()[1]
    lacking, excused, stale = reasons.compared(rows, found, ["runtime/a.h"])
    assert [each.text for each in lacking] == ["b > 1", "a"] and [each.text for each in excused] == ["K"]
    assert stale == ["runtime/a.h both: a && b"]
    assert not reasons.compared(rows, [], ["runtime/b.h"])[2], "other files are not measured"
    for wrong in ("runtime/a.h both: K\n", "runtime/a.h both: K  # a\nruntime/a.h both: K  # b\n"):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(Stop):
            reasons.read(path)


def test_the_committed_reasons_are_of_functions_that_are_here():
    for key in reasons.read(reasons.COMMITTED):
        name, function, *_ = key.replace(":", "").split(" ")
        assert function in (reasons.ROOT / name).read_text(encoding="utf-8"), key


def test_the_page():
    file, found = known()
    row = page.counts(file, found, {"runtime/a.h both: K": "constant"})
    assert row.cells() == ["100.0 % of 6", "66.6 % of 6", "25.0 % of 4", "33.3 %"]
    assert page.by_folder({"runtime/a.h": row, "runtime/b.h": row})["all"].lines == 12
    text = page.html({"runtime/a.h": row}, found, {"runtime/a.h both: K": "constant <1>"})
    assert "constant &lt;1&gt;" in text and text.count("<h3") == 1


CMAKE = """cmake_minimum_required(VERSION 3.21)
project(small LANGUAGES C)
enable_testing()
add_custom_target(tier_unit)
add_custom_target(tier_fuzz)
add_custom_target(tier_plan)
add_executable(most tests/unit/test.c runtime/base/most.c runtime/base/same.c)
add_dependencies(tier_unit most)
add_test(NAME unit.test COMMAND most)
set_tests_properties(unit.test PROPERTIES LABELS unit)
"""
SAME = (
    "int same(int a);\nint same(int a)\n{\n    return a;\n}\n"  # llvm-cov does not name a file that is alone
)
MOST = "int most(int a, int b);\nint most(int a, int b)\n{\n    return a && b;\n}\n"
TEST = "int most(int a, int b);\nint main(void)\n{\n    return most(0, 1) || !most(1, 1);\n}\n"


@pytest.mark.skipif(
    not all(map(shutil.which, (measure.CLANG, measure.MERGE, measure.SHOW, "cmake"))),
    reason="no clang-19 or cmake",
)
def test_the_verb(work, monkeypatch, capsys):
    root = work / "small"
    texts = {
        "runtime/base/most.c": MOST,
        "runtime/base/same.c": SAME,
        "tests/unit/test.c": TEST,
        "CMakeLists.txt": CMAKE,
        "undecided.txt": "",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for module in (command, measure):
        monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(reasons, "COMMITTED", root / "undecided.txt")
    monkeypatch.setattr(reasons, "ROOT", root)
    monkeypatch.setattr("vwr.mutate.tree.TIERS", ("unit",))
    monkeypatch.setenv("VWR_BUILD_DIR", str(work / "build"))
    assert main.main(["cover", "--jobs", "1"]) == 1
    printed = capsys.readouterr().out
    assert "runtime/base/most.c:4: most: b   in a && b\n" in printed and "50.0 % of 2" in printed
    assert (work / "build/cover/cover.html").is_file()
    (root / "undecided.txt").write_text("runtime/base/most.c most: b  # a reason\n", encoding="utf-8")
    assert main.main(["cover", str(root / "runtime")]) == 0
    (root / "tests/unit/test.c").write_text(TEST.replace("!most", "most(1, 0) || !most"), encoding="utf-8")
    assert main.main(["cover"]) == 1
    assert "undecided.txt: decided now, or gone: runtime/base/most.c most: b" in capsys.readouterr().out
    assert main.main(["cover", str(root / "tests")]) == 2
    assert main.main(["cover", "--again", "no such test"]) == 2 == main.main(["cover", "--again", "("])
    (root / "tests/unit/test.c").write_text(TEST, encoding="utf-8")
    kept = work / "build/cover/counters/other.0.profraw"
    shutil.copyfile(next(kept.parent.glob("most.*.profraw")), kept)
    assert (
        main.main(["cover", "--again", "^unit[.]test$"]) == 1 and kept.is_file()
    ), "what others decided stays"
    assert main.main(["cover"]) == 0 and not kept.is_file()

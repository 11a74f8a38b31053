# SPDX-License-Identifier: MIT
"""Operators on lines of C, a seed's draw, and the whole verb on a project of one file and two tests."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from vwr import ROOT, main
from vwr.mutate import command, draw, operators, tree

HERE = Path(__file__).resolve().parent


def after(line):
    """All that becomes of a line, by operator."""
    found = {}
    for mutant in operators.mutants("a.c", line):
        found.setdefault(mutant.operator, []).append(mutant.after.strip())
    return found


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("    x = a < b ? a->c << 2 : d;", {"relation": ["x = a <= b ? a->c << 2 : d;"], "shift": ["x = a < b ? a->c >> 2 : d;"]}),
        ("    if (a >= 0xfu || f(b))", {"condition": ["if (!(a >= 0xfu || f(b)))"], "number": ["if (a >= 0x10u || f(b))"]}),
        ("    if (a &&", {"logic": ["if (a ||"]}),
        ("        return VWR_EINVAL;", {"error": ["return VWR_OK;"]}),
        ("    return f(x);", {}),
        ("    q->next[i] = p - *q;", {"sum": ["q->next[i] = p + *q;"], "statement": [";"]}),
        ("    f(&x, true | y);", {"bits": ["f(&x, true & y);"], "truth": ["f(&x, false | y);"], "statement": [";"]}),
        ("    const uint8_t x = *y;", {}),
        ("    for (;; i++)", {"step": ["for (;; i--)"]}),
        ("        break;", {"jump": ["continue;"]}),
        ('    a = "b < 1"; /* c == 2 */ // 3', {"statement": ["; /* c == 2 */ // 3"]}),
        ("#if A == 1", {}),
        ("#define A \\\n    1", {}),
    ],
)  # fmt: skip
def test_operators(line, wanted):
    found = after(line)
    assert {name: found.get(name) for name in wanted} == wanted
    assert set(found) - set(wanted) <= {"relation", "logic", "number", "statement"} and bool(found) == bool(
        wanted
    )


def test_each_operator_is_somewhere_in_the_runtime():
    texts = draw.sources(tree.tracked())
    found = {mutant.operator for file in texts for mutant in operators.mutants(file, texts[file])}
    assert found == {*operators.SWAPS, "number", "condition", "statement"}


def test_a_seed_takes_the_same_of_lines_that_stay():
    """Lines before them, and another function with the same line, change nothing."""
    text = "int f(int a)\n{\n    a++;\n    a++;\n    return a + 1;\n}\n"
    more = "/* 1 */\nint e(int a)\n{\n    a++;\n    return a == 2;\n}\n\n"

    def order(text, seed):
        drawn = draw.ranked({"a.c": text}, ["a.c"], seed)
        return [mutant[:6] + (mutant.after,) for mutant in drawn if mutant.function == "f"]

    assert all(order(text, seed) == order(more + text, seed) for seed in range(9))
    assert any(order(text, seed) != order(text, 1) for seed in range(9))
    assert len({mutant[:6] for mutant in order(text, 1)}) == 3, "one of each line, although two are the same"


SOURCE = """int most(int a, int b);
int most(int a, int b)
{
    int r = b;

    if (a == 2)
        r = a;
    return r;
}
"""
TEST = "int most(int a, int b);\nint main(void)\n{\n    return !(most(1, 2) == 2 && most(2, 1) == 2);\n}\n"
CMAKE = """cmake_minimum_required(VERSION 3.21)
project(small LANGUAGES C)
enable_testing()
add_custom_target(tier_unit)
file(GLOB tests tests/unit/*.c)
foreach(test ${tests})
    get_filename_component(name ${test} NAME_WE)
    add_executable(${name} ${test} runtime/most.c)
    add_dependencies(tier_unit ${name})
    add_test(NAME unit.${name} COMMAND ${name})
    set_tests_properties(unit.${name} PROPERTIES LABELS unit)
endforeach()
"""


@pytest.fixture
def small(work, monkeypatch):
    """A tree of one function and two tests, of which one looks at what it returns."""
    root = work / "small"
    texts = {
        "runtime/most.c": SOURCE,
        "tests/unit/good.c": TEST,
        "tests/unit/poor.c": TEST.replace("return !", "return 0 && !"),
        "CMakeLists.txt": CMAKE,
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for module in (command, draw, tree):
        monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(command, "COMMITTED", root / "result.json")
    monkeypatch.setattr(tree, "TIERS", ("unit",))
    monkeypatch.setenv("VWR_BUILD_DIR", str(work / "build"))
    return root


@pytest.mark.skipif(not all(map(shutil.which, ("gcov", "cmake", "git"))), reason="no gcov, cmake or git here")
def test_what_no_test_finds_any_more_is_said(small, capsys):
    result = small / "result.json"
    verb = ["mutate", "--jobs", "2"]
    assert main.main([*verb, "--out", str(result)]) == 0
    printed = capsys.readouterr().out
    found = json.loads(result.read_text(encoding="utf-8"))
    assert found["counts"] == {"killed": 2} and {row["by"] for row in found["mutants"]} == {
        "unit.good"
    }, printed
    assert (small / "runtime/most.c").read_text(encoding="utf-8") == SOURCE
    assert main.main([*verb, "--resume", "--out", str(result)]) == 0
    assert ": killed" not in capsys.readouterr().out, "nothing is run again"
    assert main.main([*verb, "--against"]) == 0
    (small / "tests/unit/good.c").unlink()
    assert main.main([*verb, "--against", str(result)]) == 1
    assert "2 were killed: 0 are in lines that no longer exist, 2 survive now" in capsys.readouterr().out
    assert main.main([*verb, str(small / "tests")]) == 2
    assert main.main([*verb, "--against", str(small / "CMakeLists.txt")]) == 2


def test_the_committed_result_is_of_this_tree():
    """A draw of before can be compared with: most of its lines are still here."""
    rows = command.read(command.COMMITTED)
    texts = draw.sources(tree.tracked())
    known = {mutant[:6] for file in texts for mutant in operators.mutants(file, texts[file])}
    keys = [tuple(row[name] for name in command.KEY) for row in rows]
    assert len(keys) == len(set(keys)) >= 300 and command.COMMITTED == ROOT / "tests/tools/mutate/result.json"
    assert sum(key in known for key in keys) > len(keys) // 4

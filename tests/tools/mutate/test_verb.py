# SPDX-License-Identifier: MIT
"""Operators on C, a seed's draw, and the whole verb on a project of one file and two tests."""

import json
import shutil

import pytest

from processes import output
from vwr import main
from vwr.mutate import command, coverage, draw, operators, run, tree
from vwr.stop import Stop

CLANG = pytest.mark.skipif(shutil.which("clang") is None, reason="no clang here")
HEAD = """#include <stdbool.h>
#include <stddef.h>
#define EITHER(a, b) ((a) != 0 ? (a) : (b))
#define RARELY(c) __builtin_expect(!!(c), 0)
#define LIMIT 4u
#define VWR_OK 0
#define VWR_EINVAL (-22)
enum state { STATE_FREE, STATE_USED };
void f(int *p, int n);
void barrier(void);
#define BARRIER() do { barrier(); } while (0)
"""


def all_of(folder, text):
    (folder / "a.c").write_text(text, encoding="utf-8")
    return operators.mutants(folder, {"a.c": text.encode()}, ["a.c"])


def after(folder, line, kind="int"):
    """All that becomes of a line of a function, by operator; and of HEAD's macros, by their names."""
    text = f"{HEAD}{kind} g(int a, int b, unsigned c, int *q, enum state s)\\n{{\\n{line}\\n}}\\n".replace(
        "\\n", "\n"
    )
    found = {}
    for mutant in all_of(folder, text):
        data = text.encode()
        changed = data[: mutant.start] + mutant.after.encode() + data[mutant.end :]
        assert changed.count(b"\n") == data.count(b"\n") and changed != data, mutant
        name = mutant.operator if mutant.function == "g" else mutant.function
        found.setdefault(name, set()).add(changed.decode().split("\n")[mutant.line - 1].strip())
    return found


@CLANG
@pytest.mark.parametrize(
    "line, wanted",
    [
        ("a = b < *q ? b : *q;", {"relation": {"a = b <= *q ? b : *q;", "a = b >= *q ? b : *q;"}, "condition": {"a = !(b < *q) ? b : *q;"}, "statement": {";"}}),
        ("if (a == 0x1f || b) return a;", {"relation": {"if (a != 0x1f || b) return a;"}, "logic": {"if (a == 0x1f && b) return a;"},
            "operand": {"if ( b) return a;", "if (a == 0x1f ) return a;"}, "condition": {"if (!(a == 0x1f || b)) return a;"},
            "number": {"if (a == 0x20 || b) return a;", "if (a == 0x1e || b) return a;", "if (a == 0x00 || b) return a;"}, "return": {"if (a == 0x1f || b) return 0;"}}),
        ("q[a] += -b - c; /* a < b */", {"sum": {"q[a] -= -b - c; /* a < b */", "q[a] += -b + c; /* a < b */"}, "sign": {"q[a] += b - c; /* a < b */"}, "statement": {"; /* a < b */"}}),
        ("c = (c << a) | ~c & c;", {"shift": {"c = (c >> a) | ~c & c;"}, "bits": {"c = (c << a) & ~c & c;", "c = (c << a) | ~c | c;"}, "sign": {"c = (c << a) | c & c;"}, "statement": {";"}}),
        ("for (; a < b; a++) f(q, a);", {"relation": {"for (; a <= b; a++) f(q, a);", "for (; a >= b; a++) f(q, a);"}, "bound": {"for (; a < b - 1; a++) f(q, a);"},
            "condition": {"for (; !(a < b); a++) f(q, a);"}, "step": {"for (; a < b; a--) f(q, a);"}, "statement": {"for (; a < b; a++) ;"}}),
        ("while (a) { if (b) break; else continue; }", {"condition": {"while (!(a)) { if (b) break; else continue; }", "while (a) { if (!(b)) break; else continue; }"},
            "jump": {"while (a) { if (b) continue; else continue; }", "while (a) { if (b) break; else break; }"}}),
        ("return VWR_EINVAL;", {"return": {"return 0;"}, "constant": {"return (VWR_EINVAL + 1);"}}),
        ("return VWR_OK;", {"return": {"return -1;"}, "constant": {"return (VWR_OK + 1);"}}),
        ("s = STATE_USED;", {"constant": {"s = (STATE_USED + 1);"}, "statement": {";"}}),
        # Macros: an argument is changed where it is spelled, a body in its definition, a barrier as a whole.
        ("if (RARELY(a > b)) BARRIER();", {"condition": {"if (!(RARELY(a > b))) BARRIER();"}, "relation": {"if (RARELY(a >= b)) BARRIER();", "if (RARELY(a <= b)) BARRIER();"},
            "statement": {"if (RARELY(a > b)) ;"}}),
        ("a = EITHER(b, *q) + b;", {"sum": {"a = EITHER(b, *q) - b;"}, "statement": {";"}}),
        ("c = LIMIT;", {"constant": {"c = (LIMIT + 1);"}, "statement": {";"}}),
        ("c = sizeof(a + 1);", {"statement": {";"}}),
    ],
)  # fmt: skip
def test_operators(work, line, wanted):
    found = after(work, line)
    assert {name: row for name, row in found.items() if name not in ("EITHER", "RARELY", "BARRIER")} == wanted


@CLANG
def test_macros_are_changed_once(work):
    """Wherever it is used, a macro's body has one place, with the lines that use it."""
    text = f"{HEAD}int g(int a)\n{{\n    int b = EITHER(a, 1);\n    return EITHER(b, a);\n}}\n"
    found = [mutant for mutant in all_of(work, text) if mutant.function == "EITHER"]
    line = text.split("\n").index("int g(int a)") + 1
    assert [mutant.after for mutant in found if mutant.operator == "relation"] == ["=="]
    assert all(
        mutant.uses == (("a.c", line + 2), ("a.c", line + 3))
        for mutant in found
        if mutant.operator != "number"
    )
    assert after(work, "return a != b;", "bool")["return"] == {"return !(a != b);"}
    assert "return" not in after(work, "return NULL;", "int *")


@CLANG
def test_functions_of_headers_are_changed_in_the_header(work):
    (work / "a.h").write_text("static inline int h(int a)\n{\n    return a > 1;\n}\n", encoding="utf-8")
    (work / "a.c").write_text('#include "a.h"\nint g(int a)\n{\n    return h(a);\n}\n', encoding="utf-8")
    texts = {name: (work / name).read_bytes() for name in ("a.c", "a.h")}
    assert {each.function for each in operators.mutants(work, texts, ["a.h"])} == {"h"}
    assert {(each.file, each.function) for each in operators.mutants(work, texts, ["a.c", "a.h"])} == {
        ("a.h", "h"),
        ("a.c", "g"),
    }


@CLANG
def test_a_seed_takes_the_same_of_lines_that_stay(work):
    """Lines before them, and another function with the same line, change nothing."""
    text = "int f(int a)\n{\n    a++;\n    a++;\n    return a + 1;\n}\n"
    more = "/* 1 */\nint e(int a)\n{\n    a++;\n    return a == 2;\n}\n\n"
    few, many = all_of(work, text), all_of(work, more + text)

    def order(every, seed):
        return [mutant[:6] + (mutant.after,) for mutant in draw.ranked(every, seed) if mutant.function == "f"]

    assert all(order(few, seed) == order(many, seed) for seed in range(9))
    assert any(order(few, seed) != order(few, 1) for seed in range(9))
    assert len({mutant[:6] for mutant in order(few, 1)}) == 3, "one of each line, although two are the same"


def measured(work, tests):
    """What tests of a line ran: seconds and program of each."""
    found = coverage.Coverage()
    for name, (seconds, program) in tests.items():
        counters = coverage.Counters(
            tree.Build(work), work, tree.Program(name, (program, name), ".", {}, False)
        )
        counters.seconds, counters.lines = seconds, {f"{program}.o": {"runtime/a.c": ([2], [2])}}
        found.add(counters, {"runtime/a.c"})
    return found


def test_each_program_runs_before_one_runs_again(work):
    """A longer program is not left out for the many tests of a short one."""
    tests = {f"pair.{at:02}": (5.0, "pair") for at in range(20)} | {"device.state": (6.0, "state")}
    plans = draw.Plans({"runtime/a.c": b"a\nb\n"}, measured(work, tests))
    line = operators.Mutant("runtime/a.c", "f", "b", 0, "step", 0, 2, 0, 0, "", "", ())
    chosen = plans.of(line)
    assert [test for test, _ in chosen[:3]] == ["pair.00", "device.state", "pair.01"]
    assert len(chosen) == 11, "a minute"
    assert chosen[1][1] == ["state.o"]


def test_what_gcov_does_not_count_runs_with_the_line_before_it(work):
    found = measured(work, {"unit.a": (1.0, "a")})
    text = "}\nint f(void)\n{\n    always();\n    g(\n        1);\n}\nint g(void)\n{\n}\n".split("\n")
    for line, ran in ((2, True), (4, True), (6, True), (1, False), (8, False), (9, False)):
        assert set(found.of("runtime/a.c", line, text)) == ({"unit.a"} if ran else set()), line


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
add_library(both STATIC runtime/most.c)
set_target_properties(both PROPERTIES UNITY_BUILD ON)
file(GLOB tests tests/unit/*.c)
foreach(test ${tests})
    get_filename_component(name ${test} NAME_WE)
    add_executable(${name} ${test})
    target_link_libraries(${name} both)
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
    output(["git", "init", "-q", str(root)])
    for module in (command, draw, tree, run):
        monkeypatch.setattr(module, "ROOT", root)
    monkeypatch.setattr(command, "EQUIVALENT", root / "equivalent.txt")
    monkeypatch.setattr(tree, "TIERS", ("unit",))
    monkeypatch.setenv("VWR_BUILD_DIR", str(work / "build"))
    return root


@pytest.mark.skipif(
    not all(map(shutil.which, ("gcov", "cmake", "git", "clang", "ninja"))),
    reason="no gcov, cmake, git, clang or ninja here",
)
def test_what_no_test_finds_any_more_is_said(work, small, capsys):
    result = small / "result.json"
    verb = ["mutate", "--jobs", "2"]
    assert main.main([*verb, "--out", str(result)]) == 0
    printed = capsys.readouterr().out
    found = json.loads(result.read_text(encoding="utf-8"))
    assert found["counts"] == {"killed": 3} and {row["by"] for row in found["mutants"]} == {
        "unit.good"
    }, printed
    assert (small / "runtime/most.c").read_text(encoding="utf-8") == SOURCE
    (work / "build/mutate/counters/unit.good/lines.json").unlink()  # as if interrupted there
    assert main.main([*verb, "--out", str(result)]) == 0
    assert ": killed" not in capsys.readouterr().out, "nothing is run again"
    assert main.main([*verb, "--against", str(result)]) == 0
    (small / "tests/unit/good.c").unlink()
    assert main.main([*verb, "--against", str(result)]) == 1
    assert "3 were killed: 0 are in lines that no longer exist, 3 survive now" in capsys.readouterr().out
    assert main.main([*verb, str(small / "tests")]) == 2
    assert main.main([*verb, "--against", str(small / "CMakeLists.txt")]) == 2
    (small / "tests/unit/good.c").write_text(TEST, encoding="utf-8")
    same = SOURCE.replace("r = a;", "r = a;\n    r = r;")
    (small / "runtime/most.c").write_text(same, encoding="utf-8")
    assert main.main([*verb, "--out", str(result)]) == 0
    rows = {row["text"]: row for row in json.loads(result.read_text(encoding="utf-8"))["mutants"]}
    assert rows["r = r;"]["verdict"] == "same object code", rows
    block = "runtime/most.c most\n    return r;\n    return.0\n    It is not so.\n"
    (small / "equivalent.txt").write_text(block, encoding="utf-8")
    assert main.main([*verb, "--out", str(result)]) == 0
    rows = {row["text"]: row for row in json.loads(result.read_text(encoding="utf-8"))["mutants"]}
    assert rows["return r;"]["verdict"] == "listed as equivalent", rows


def test_equivalents_have_reasons(work):
    list_file = work / "equivalent.txt"
    list_file.write_text(
        "# Those.\n\na.c f\n    a++;\n    step.0.1\n    It is\n    not read.\n", encoding="utf-8"
    )
    assert command.equivalents(list_file) == {"a.c\0f\0a++;\0001\0step\0000": "It is not read."}
    for wrong in ("a.c f\n    a++;\n    step.0\n", "a.c f\n    a++;\n"):
        list_file.write_text(wrong, encoding="utf-8")
        with pytest.raises(Stop):
            command.equivalents(list_file)


def test_equivalents_are_of_this_tree():
    """No line is listed that is gone."""
    texts = {file: data.decode() for file, data in draw.sources(tree.tracked()).items()}
    lines = {file: {line.strip() for line in text.split("\n")} for file, text in texts.items()}
    keys = [key.split("\0") for key in command.equivalents(command.EQUIVALENT)]
    assert [key[:3] for key in keys if key[2] not in lines.get(key[0], ())] == []

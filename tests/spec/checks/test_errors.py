# SPDX-License-Identifier: MIT
"""What the user reads: place, object, message, hint, source line, caret; for people, editors and programs.

messages.txt has the wordings; here a message is what the problem has.
"""

import json

import pytest
from specs import DEVICE, checked, overlay, problems_of
from vwr.spec.problems import CAP, Problems, did_you_mean

TWO = """features:
  section: Foo Device / Feature bits
  bits:
    - {name: A, bit: 1, since: "1.0", brief: A feature.}
    - {name: B, bit: 1, since: "1.0", requries: A, brief: Another.}
"""


def test_looks_like_a_good_compiler():
    problems = problems_of(TWO.replace("requries", "requires"))
    [problem] = problems
    [(*_, note)] = problem.notes
    assert (problem.object, problem.hint, problem.check_id) == ("features.bits.B.bit", "", "VWR-C010")
    assert (
        problems.render()
        == f"""\
spec/device/foo.yaml:11:22: error: features.bits.B.bit: {problem.message} [VWR-C010]
   11 |     - {{name: B, bit: 1, since: "1.0", requires: A, brief: Another.}}
      |                      ^
spec/device/foo.yaml:10:22: note: {note}
   10 |     - {{name: A, bit: 1, since: "1.0", brief: A feature.}}
      |                      ^
1 error.
"""
    )


def test_did_you_mean_and_caret_under_the_key():
    problems = problems_of(TWO)
    [problem] = problems
    assert "'requries'" in problem.message and "'requires'" in problem.hint
    assert (
        problems.render()
        == f"""\
spec/device/foo.yaml:11:39: error: features.bits.B: {problem.message} ({problem.hint}) [VWR-S001]
   11 |     - {{name: B, bit: 1, since: "1.0", requries: A, brief: Another.}}
      |                                       ^~~~~~~~
1 error.
"""
    )


def test_caret_under_a_quoted_text():
    body = 'features: {section: X, bits: [{name: A, bit: 1, since: "0.9", brief: X.}]}\n'
    lines = problems_of(body).render().split("\n")
    assert lines[1].index('"0.9"') == lines[2].index("^~~~~")
    assert lines[2].endswith("^~~~~")


def test_several_errors_in_one_run():
    """Of the same file and of others, the loader's and the schema's and those of meaning; in order."""
    texts = overlay("spec/device/foo.yaml", DEVICE + TWO.replace("since", "sinc", 1))
    texts["spec/device/bar.yaml"] = (
        DEVICE.replace("foo", "bar") + "queues: [{name: q, index: 010, brief: Requests.}]\n"
    )
    texts["spec/device/zap.yaml"] = DEVICE.replace("foo", "zap").replace("CAIF", "ZAP")
    found = [(problem.file.rpartition("/")[2], problem.line, problem.check_id) for problem in checked(texts)]
    assert found == [
        ("bar.yaml", 7, "VWR-Y011"),
        ("foo.yaml", 10, "VWR-S001"),
        ("foo.yaml", 11, "VWR-S001"),
        ("zap.yaml", 4, "VWR-C022"),
    ]


def test_cap():
    problems = Problems()
    for line in range(1, CAP + 6):
        problems.error("spec/a.yaml", line, 1, "x", f"wrong {line}", check_id="VWR-C001")
    problems.error("spec/b.yaml", 1, 1, "", "wrong too", check_id="VWR-C001")
    lines = problems.render().splitlines()
    assert lines[CAP - 1 :] == [
        f"spec/a.yaml:{CAP}:1: error: x: wrong {CAP} [VWR-C001]",
        "spec/a.yaml: … 5 more",
        "spec/b.yaml:1:1: error: wrong too [VWR-C001]",
        f"{CAP + 6} errors.",
    ]
    assert problems.count == CAP + 6
    assert len(json.loads(problems.render("json"))) == CAP + 6, "programs get all"
    assert problems.render("github").count("\n") == CAP + 2


def test_same_problem_once():
    problems = Problems()
    for _ in range(2):
        problems.error("spec/a.yaml", 1, 1, "x", "wrong", check_id="VWR-C001")
    assert problems.count == len(problems) == 1


def test_same_problem_at_many_places_once():
    problems = Problems()
    for line in range(1, 5001):
        problems.error("spec/a.yaml", line, 1, "x", "wrong", "", [("a", line, 1, "so")], "VWR-C001")
    problems.error("spec/a.yaml", 7, 1, "y", "wrong", check_id="VWR-C001")
    rows = json.loads(problems.render("json"))
    assert [(row["line"], row["object"], row["places"]) for row in rows] == [(1, "x", 5000), (7, "y", 1)]
    assert problems.render().splitlines() == [
        "spec/a.yaml:1:1: error: x: wrong [VWR-C001] … and at 4999 other places",
        "a:1:1: note: so",
        "spec/a.yaml:7:1: error: y: wrong [VWR-C001]",
        "2 errors.",
    ]
    assert problems.render("github").count("\n") == 2


def test_no_problem_is_no_text():
    assert Problems().render() == Problems().render("github") == ""
    assert json.loads(Problems().render("json")) == []


def test_json():
    problems = problems_of(TWO.replace("requries", "requires"))
    [problem] = problems
    [(*_, note)] = problem.notes
    assert json.loads(problems.render("json")) == [
        {
            "file": "spec/device/foo.yaml",
            "line": 11,
            "column": 22,
            "severity": "error",
            "check": "VWR-C010",
            "object": "features.bits.B.bit",
            "message": problem.message,
            "hint": None,
            "notes": [{"file": "spec/device/foo.yaml", "line": 10, "column": 22, "message": note}],
            "places": 1,
        }
    ]


def test_github():
    problems = Problems()
    problems.error("spec/a,b.yaml", 3, 4, "x", "100% wrong", "is: so\n", (), "VWR-C001")
    assert (
        problems.render("github")
        == "::error file=spec/a%2Cb.yaml,line=3,col=4,title=VWR-C001::x: 100%25 wrong (is: so\ufffd) [VWR-C001]\n"
    )


def test_unknown_id_is_our_mistake():
    with pytest.raises(KeyError):
        Problems().error("a", 1, 1, "", "wrong", check_id="VWR-C999")


def test_terminal_is_left_alone():
    """What stands in a file may not move the cursor of whoever reads the message."""
    text = problems_of('"\\e[2J": 1\n').render()
    assert "\x1b" not in text and "unknown key '\ufffd[2J'" in text


def test_long_line_is_shown_around_the_caret():
    body = (
        "queues: [" + "{name: q, index: 0, brief: Requests.}, " * 50 + "{name: z, index: x, brief: Last.}]\n"
    )
    lines = problems_of(body).render().splitlines()
    message = next(index for index, line in enumerate(lines) if "'x'" in line)
    assert len(lines[message + 1]) < 180
    assert lines[message + 1][lines[message + 2].index("^")] == "x"


def test_long_word_is_cut():
    assert max(map(len, problems_of("x" * 5000 + ": 1\n").render().splitlines())) < 700


def test_tab_keeps_the_caret_in_its_column():
    lines = problems_of("a:\tb\n").render().splitlines()
    assert lines[1:3] == ["    7 | a:\tb", "      |   ^"]


@pytest.mark.parametrize(
    "word, hint",
    [
        ("requries", "did you mean 'requires'? keys: requires, brief"),
        ("BRIEF", "did you mean 'brief'? keys: requires, brief"),
        ("xyz", "keys: requires, brief"),
        ("1.7", "keys: requires, brief"),
    ],
)
def test_did_you_mean(word, hint):
    assert did_you_mean(word, ["requires", "brief"], "keys") == hint


def test_did_you_mean_among_many():
    many = [f"NAME_{number}" for number in range(100, 200)]
    assert did_you_mean("NAM_150", many, "names") == "did you mean 'NAME_150'?"
    assert did_you_mean("xyz", many, "names").endswith("NAME_114, …")
    assert did_you_mean("xyz", [], "names") == "names: none"

# SPDX-License-Identifier: MIT
"""Reading: what is where, and files that cannot be a case of bad/."""

import pytest
import yaml

from specs import DEVICE, ROOT, checked, overlay, real_texts, small_texts
from vwr.check.tree import Refused, checked_tree
from vwr.spec import load
from vwr.spec.problems import Problems

FEATURES = (
    DEVICE
    + """features:
  section: Foo Device / Feature bits
  bits:
    - {name: A, bit: 1, since: "1.0", brief: A feature.}
    - name: B
      bit: 0x2
      since: "1.0"
      requires: A and (VERSION_1 or A1)
      brief: Another.
"""
)


def spec_of(text, path="spec/device/foo.yaml"):
    return load.load_text(path, text)


def ids_of(problems):
    return [problem.check_id for problem in problems]


def test_tree_has_the_folders_in_order():
    tree = load.load_tree(ROOT)
    paths = [spec.path for spec in tree.files]
    assert paths == [
        path for folder in load.FOLDERS for path in sorted(real_texts()) if f"/{folder}/" in path
    ]
    assert tree.by_name("blk").path == "spec/device/blk.yaml"
    assert tree.by_name("nothing") is None
    assert [spec.name for spec in tree.by_kind("ring")] == ["packed-ring", "split-ring"]


def test_tree_from_texts_is_the_tree_from_files():
    texts = {path: raw.decode() for path, raw in real_texts().items()}
    texts |= {"spec/README.md": "not a spec file", "spec/schema/ids.schema.json": "{}", "Makefile": ""}
    read, given = load.load_tree(ROOT), load.load_texts(texts)
    assert [(spec.path, spec.data) for spec in read.files] == [(spec.path, spec.data) for spec in given.files]
    assert given.problems.count == 0


def test_data_is_plain():
    spec = spec_of(FEATURES)
    assert spec.kind == "device" and spec.name == "foo" and spec.license == "MIT"
    assert spec.data["features"]["bits"][1] == {
        "name": "B",
        "bit": 2,
        "since": "1.0",
        "requires": "A and (VERSION_1 or A1)",
        "brief": "Another.",
    }


def test_scalars():
    body = (
        "a: 0\nb: -7\nc: 0xffffffffffffffff\nd: 18446744073709551615\ne: true\nf: false\n"
        'g: 512-byte sectors\nh: 9P\ni: "010"\nj: \'no\'\nk: VERSION_1\nl: 1.2.3\nm: ""\no: |\n  12\n'
    )
    data = spec_of(DEVICE + body).data
    assert [data[key] for key in "abcdefghijklmo"] == [
        0,
        -7,
        2**64 - 1,
        2**64 - 1,
        True,
        False,
        "512-byte sectors",
        "9P",
        "010",
        "no",
        "VERSION_1",
        "1.2.3",
        "",
        "12\n",
    ]


def test_marks():
    spec = spec_of(FEATURES)
    assert spec.mark(("features", "bits", 0, "bit")) == (10, 22)
    assert spec.mark_key(("features", "bits", 0, "bit")) == (10, 17)
    assert spec.mark(("features", "bits", 1)) == (11, 7)
    assert [spec.mark(("features", "bits", 1, "requires", fact)) for fact in range(3)] == [
        (14, 17),
        (14, 24),
        (14, 37),
    ]
    assert spec.mark(()) == (2, 1)
    assert spec.mark(("features", "bits", 1, "only")) == (11, 7), "of what is not there: where it would be"


def test_paths_have_names():
    spec = spec_of(FEATURES)
    assert spec.path_text(("features", "bits", 1, "requires", 1)) == "features.bits.B.requires"
    assert spec.path_text(("features", "bits", 0, "name")) == "features.bits.A"
    status = load.load_tree(ROOT).by_name("status")
    assert status.path_text(("steps", 0, "when", 1)) == "steps.ACKNOWLEDGE.when"
    assert status.path_text(("steps", 5, "clear")) == "steps.clear-DRIVER_OK.clear"


@pytest.mark.parametrize("text", ["", "\n", "# SPDX-License-Identifier: MIT\n", "---\n"])
def test_nothing_in_a_file(text):
    assert ids_of(checked(overlay("spec/device/foo.yaml", text))) in (["VWR-Y004"], ["VWR-Y007"])


def test_licence_may_follow_other_comments_and_names_any_tag():
    spec = spec_of(
        "# one\n# two\n# SPDX-License-Identifier: BSD-3-Clause OR MIT\n" + "kind: device\nname: foo\n"
    )
    assert spec.license == "BSD-3-Clause OR MIT"
    tree = load.load_texts({"spec/device/foo.yaml": "# 1\n# 2\n# 3\n" + DEVICE})
    assert ids_of(tree.problems) == ["VWR-Y008"]


def test_line_ends_of_other_systems():
    for end in ("\r\n", "\r"):
        spec = spec_of(FEATURES.replace("\n", end))
        assert spec.mark(("features", "bits", 1)) == (11, 7)
        assert spec.text_lines == spec_of(FEATURES).text_lines


def test_column_counts_characters():
    problems = checked(
        overlay("spec/device/foo.yaml", DEVICE + "# äöü\nqueues:\n  - {brief: Größe., size: 010}\n")
    )
    assert (8 + 1, 27) in [
        (problem.line, problem.col) for problem in problems if problem.check_id == "VWR-Y011"
    ]
    raw = (DEVICE + "# ä").encode() + b"\xff\n"
    [problem] = checked(overlay("spec/device/foo.yaml", raw))
    assert (problem.line, problem.col, problem.check_id) == (7, 4, "VWR-Y001")


def test_refused_scalar_hides_nothing_else():
    """All mistakes of a run at once: a bad number does not keep the schema from looking at the rest."""
    body = "queues:\n  - {name: q, index: 010, brief: Requests.}\n  - {name: p, index: 1, breif: Answers.}\n"
    assert ids_of(checked(overlay("spec/device/foo.yaml", DEVICE + body))) == [
        "VWR-Y011",
        "VWR-S002",
        "VWR-S001",
    ]


def test_broken_core_file_is_the_only_problem():
    """Whatever names its features is not wrong because of it: of one device and one transport."""
    for path in ("spec/core/features.yaml", "spec/core/status.yaml", "spec/core/ids.yaml"):
        for more, check_id in ((b"oops: 1\n", "VWR-S001"), (b"}\n", "VWR-Y005")):
            texts = small_texts() | {path: real_texts()[path] + more}
            assert [(problem.file, problem.check_id) for problem in checked(texts)] == [(path, check_id)]


def copy_of_the_tree(folder):
    for path, raw in real_texts().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    return folder


def test_unreadable_file(tmp_path):
    copy_of_the_tree(tmp_path)
    (tmp_path / "spec/device/foo.yaml").symlink_to("nowhere")
    problems = load.load_tree(tmp_path).problems
    assert (
        problems.render()
        == "spec/device/foo.yaml:1:1: error: the file cannot be read: No such file or directory "
        "[VWR-Y028]\n1 error.\n"
    )


def test_strays_in_the_folders(tmp_path):
    copy_of_the_tree(tmp_path)
    for name in (".foo.yaml.swp", "foo.yaml~", "notes.txt"):
        (tmp_path / "spec/device" / name).write_text("x")
    (tmp_path / "spec/device/net").mkdir()
    (tmp_path / "spec/README.md").write_text("x")
    problems = load.load_tree(tmp_path).problems
    assert [(problem.file, problem.check_id) for problem in problems] == [
        ("spec/device/net", "VWR-Y025"),
        ("spec/device/notes.txt", "VWR-Y025"),
    ]


def test_tree_without_a_spec_folder(tmp_path):
    tree = load.load_tree(tmp_path)
    assert tree.files == []
    assert set(ids_of(checked({}))) == {"VWR-Y027"}


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML without libyaml")
def test_both_parsers_read_the_same(monkeypatch):
    texts = {path: text for path, text in small_texts().items() if path != load.CLAUSES}
    fast = [load.read_text(path, text, Problems()) for path, text in texts.items()]
    monkeypatch.setattr(load, "_read_fast", lambda spec, text: None)
    assert len(fast) > 6
    assert fast == [load.read_text(path, text, Problems()) for path, text in texts.items()]


def test_what_all_of_generated_needs_is_missed(tmp_path):
    with pytest.raises(Refused) as refused:
        checked_tree(tmp_path)
    assert {load.CLAUSES, load.OPTIONS, load.RULES} <= {
        problem.file for problem in refused.value.problems if problem.check_id == "VWR-Y027"
    }

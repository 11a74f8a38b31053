# SPDX-License-Identifier: MIT
"""./vwr oracle on a small document of our own: it agrees; each seeded error is reported in one exact line."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from processes import completed, output
from vwr import ROOT

SAMPLE = Path(__file__).resolve().parent / "sample"
ORACLE = ROOT / "codegen"
DOCUMENT = os.environ.get("VWR_DOCUMENT")

# file, what stands there, what is put in its place, the line that tells it
SEEDED = yaml.safe_load((Path(__file__).parent / "seeded.yaml").read_text(encoding="utf-8"))
# More lines that an error brings with it.
ALSO = {
    "device-id": ["only here: device-id 50: 'lamp device' (spec/ids.yaml)"],
    "unread": ["only here: struct virtio_lamp_req: there (spec/lamp.yaml)"],
}


@pytest.fixture(name="sample")
def fixture_sample(tmp_path):
    """Document and package in a folder of their own."""
    (tmp_path / "document").mkdir()
    for name in ("content.tex", "lamp.tex"):
        shutil.copy(SAMPLE / name, tmp_path / "document")
    (tmp_path / "document" / "REVISION").write_text("lamp-v1.4-sample01\n", encoding="utf-8")
    package = tmp_path / "package" / "virtwright"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "generated" / "python" / "virtwright" / "__init__.py", package)
    shutil.copy(ROOT / "generated" / "virtwright.json", tmp_path)
    for name in ("lamp.py", "rules.py"):
        shutil.copy(SAMPLE / name, package)
    with (package / "__init__.py").open("a", encoding="utf-8") as stream:
        stream.write(
            "\n\nimport importlib\n\n\ndef spec(names=None):\n    return importlib.import_module(__name__ + '.lamp').spec()\n"
        )
    (tmp_path / "errata.yaml").write_text("[]\n", encoding="utf-8")
    return tmp_path


def oracle(sample, *more):
    done = completed(
        [
            sys.executable,
            "-B",
            str(ORACLE),
            "oracle",
            "--document",
            str(sample / "document"),
            "--package",
            str(sample / "package"),
            "--errata",
            str(sample / "errata.yaml"),
            *more,
        ],
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def seed(sample, name, old, new):
    path = sample / "document" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def findings(said):
    return [
        line
        for line in said.splitlines()
        if line.startswith(("differing: ", "only ", "lamp.tex:", "errata.yaml:"))
    ]


def test_sample_agrees(sample):
    code, said, wrong = oracle(sample)
    assert (code, wrong) == (0, ""), said + wrong
    assert said.splitlines()[0].endswith("document is lamp-v1.4-sample01")
    assert said.splitlines()[-1] == (
        "in all: agreed 46, differing 0 (explained 0), only in the specification 0 "
        "(explained 0), only here 0 (explained 0)"
    )


@pytest.mark.parametrize("what", SEEDED)
def test_seeded_error(sample, what):
    name, old, new, line = SEEDED[what].values()
    seed(sample, name, old, new)
    code, said, _ = oracle(sample)
    assert code == 1, said
    assert sorted(findings(said)) == sorted([line, *ALSO.get(what, [])]), said


def test_offset_and_size(sample):
    seed(sample, "lamp.tex", "le16 level;", "le32 level;")
    code, said, _ = oracle(sample)
    assert code == 1
    lines = findings(said)
    assert (
        "differing: size virtio_lamp_config: 18 (0x12) in the specification (lamp.tex:18), 16 (0x10) here "
        "(spec/lamp.yaml)"
    ) in lines
    assert (
        "differing: field virtio_lamp_config.names: 'u8[4] at 4' in the specification (lamp.tex:20), 'u8[4] at 2' here "
        "(spec/lamp.yaml)"
    ) in lines


def test_number_in_a_sentence(sample):
    described = sample / "package" / "virtwright" / "lamp.py"
    described.write_text(described.read_text("utf-8").replace('"GLOW", 30', '"GLOW", 31'), "utf-8")
    code, said, _ = oracle(sample)
    assert code == 1
    assert findings(said) == [
        "differing: constant VWR_LAMP_GLOW: 30 (0x1e) in the specification (lamp.tex:64), 31 (0x1f) here (spec/lamp.yaml)"
    ]


def test_slip_in_a_sentence(sample):
    entry = "{against: document, kind: prose, name: Lamp Device, theirs: It can be dimmed., ours: yes, reason: None.}"
    (sample / "errata.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    code, said, _ = oracle(sample)
    assert code == 0 and said.splitlines()[1] == "oracle: 1 known slips in its sentences", said


def test_explained(sample):
    seed(sample, "lamp.tex", "BLINK(66)", "BLINK(65)")
    entry = "- {against: document, kind: feature, name: VIRTIO_LAMP_F_BLINK, ours: 66, theirs: 65, reason: A slip.}\n"
    (sample / "errata.yaml").write_text(entry, encoding="utf-8")
    code, said, _ = oracle(sample, "--verbose")
    assert code == 0, said
    assert "features: agreed 1, differing 1 (explained 1)," in said and "(spec/lamp.yaml): A slip." in said


@pytest.mark.parametrize(
    "entry, line",
    [
        (
            "{against: document, kind: feature, name: VIRTIO_LAMP_F_BLINK, ours: 66, theirs: 64, reason: A slip.}",
            "errata.yaml:1: feature VIRTIO_LAMP_F_BLINK: explains nothing any more, take the entry out",
        ),
        (
            "{against: document, kind: prose, name: Lamp Device, theirs: It cannot be dimmed, ours: it can, reason: A slip.}",
            "errata.yaml:1: prose Lamp Device: explains nothing any more, take the entry out",
        ),
        (
            '{against: document, kind: constant, only: theirs, names: ["VIRTIO_LAMP_X*"], reason: None.}',
            "errata.yaml:1: constant VIRTIO_LAMP_X*: explains nothing any more, take the entry out",
        ),
    ],
)
def test_stale(sample, entry, line):
    (sample / "errata.yaml").write_text(f"- {entry}\n", encoding="utf-8")
    code, said, _ = oracle(sample)
    assert code == 1 and findings(said) == [line], said


@pytest.mark.parametrize(
    "entry, words",
    [
        ("{against: document, kind: feature, name: X, ours: 1, reason: So.}", "both values are needed"),
        (
            "{against: nobody, kind: feature, name: X, ours: 1, theirs: 2, reason: So.}",
            "'against' is document or kernel",
        ),
        (
            "{against: document, kind: feature, ours: 1, theirs: 2, reason: So.}",
            "an entry has 'name' or 'names'",
        ),
        (
            "{against: document, kind: feature, name: X, ours: 1, their: 2, reason: So.}",
            "unknown key 'their'",
        ),
        (
            "{against: document, kind: feature, name: X, only: nobody, reason: So.}",
            "an entry has 'only: theirs'",
        ),
    ],
)
def test_bad_errata(sample, entry, words):
    (sample / "errata.yaml").write_text(f"# one\n- {entry}\n", encoding="utf-8")
    code, _, wrong = oracle(sample)
    assert code == 2 and wrong.startswith("vwr oracle: errata.yaml:2: ") and words in wrong, wrong


def test_newer_than_the_document(sample):
    (sample / "document" / "REVISION").write_text("lamp-v1.2-cs01\n", encoding="utf-8")
    package = sample / "package" / "virtwright" / "lamp.py"
    text = package.read_text(encoding="utf-8")
    package.write_text(
        text.replace(
            'Value(name, number, f"VWR_LAMP_{name}", f"VIRTIO_LAMP_{name}")',
            'Value(name, number, f"VWR_LAMP_{name}", f"VIRTIO_LAMP_{name}",\n'
            '                 "1.3" if name == "FAST" else "1.0")',
        ),
        encoding="utf-8",
    )
    seed(sample, "lamp.tex", "#define VIRTIO_LAMP_FAST (1 << 4)\n", "")
    code, said, _ = oracle(sample)
    assert code == 0, said
    assert said.splitlines()[1].endswith("1 things of ours are newer and left out")


def test_json(sample):
    seed(sample, "lamp.tex", "BLINK(66)", "BLINK(65)")
    code, said, _ = oracle(sample, "--format", "json")
    answer = json.loads(said)
    assert code == 1 and answer["counts"]["feature"]["differing"] == {"count": 1, "explained": 0}
    assert answer["findings"] == [
        {
            "what": "differing",
            "kind": "feature",
            "name": "VIRTIO_LAMP_F_BLINK",
            "document": 65,
            "place": "lamp.tex:7",
            "ours": 66,
            "spec": "spec/lamp.yaml",
            "explained": False,
            "reason": None,
        }
    ]


def test_no_document(sample):
    shutil.rmtree(sample / "document")
    code, said, wrong = oracle(sample)
    assert (code, said) == (2, "") and "there is no content.tex in it" in wrong and "Next: git clone" in wrong
    (sample / "document").mkdir()
    (sample / "document" / "content.tex").write_text("\\section{A letter}\n", encoding="utf-8")
    code, said, wrong = oracle(sample)
    assert (code, said) == (2, "") and "no listing in content.tex" in wrong


@pytest.mark.skipif(not DOCUMENT, reason="no checkout of the specification named in $VWR_DOCUMENT")
def test_the_document_itself():
    output([sys.executable, "-B", str(ORACLE), "oracle", "--document", DOCUMENT], timeout=120)

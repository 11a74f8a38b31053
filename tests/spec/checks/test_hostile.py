# SPDX-License-Identifier: MIT
"""Bad input is a problem and never a traceback: good files with a few random changes, the same in every run."""

import random
import re

import pytest
from specs import checked, small_texts


def change_byte(chance, text):
    at = chance.randrange(len(text))
    return text[:at] + bytes([chance.randrange(256)]) + text[at + 1 :]


def drop_bytes(chance, text):
    at = chance.randrange(len(text))
    return text[:at] + text[at + chance.randrange(1, 20) :]


def double_line(chance, text):
    lines = text.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def drop_line(chance, text):
    lines = text.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def other_number(chance, text):
    found = chance.choice(list(re.finditer(rb"\b[0-9]+\b", text)) or [re.match(b"", text)])
    number = chance.choice((0, 1, 2, 3, 8, 64, 127, 128, 255, 65535, 65536, -1, 1 << 64))
    return text[: found.start()] + str(number).encode() + text[found.end() :]


def other_word(chance, text):
    words = list(re.finditer(rb"[A-Za-z_][A-Za-z0-9_]+", text))
    found, other = chance.choice(words), chance.choice(words)
    return text[: found.start()] + other.group() + text[found.end() :]


CHANGES = (
    change_byte,
    drop_bytes,
    double_line,
    drop_line,
    other_number,
    other_number,
    other_word,
    other_word,
)


@pytest.mark.parametrize("seed", range(20))  # ./vwr soak spec tries more
def test_changed_file(seed):
    chance = random.Random(seed)
    path = chance.choice(sorted(small_texts()))
    text = small_texts()[path]
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(CHANGES)(chance, text)
    problems = checked(small_texts() | {path: text})
    for form in ("text", "json", "github"):
        problems.render(form)


@pytest.mark.parametrize(
    "text",
    [
        "kind: device\nname: [foo]\n",
        "kind: [device]\n",
        "kind: {}\nname: foo\n",
        "[]\n",
        "{}\n",
        "x\n",
        "- - -\n",
        "? \n",
        "kind: device\nname: foo\nqueues: [[], {}, 1, true]\n",
        "kind: device\nname: foo\nfeatures: {bits: {}}\n",
        "kind: status\nname: status\nbits: [{name: {}}]\nsteps: [{set: []}]\n",
        "kind: device\n" + "  " * 3000 + "x: 1\n",
        "kind: device\nname: foo\nbrief: " + "9" * 5000 + "\n",
        "kind: device\nname: foo\nbrief: 0x" + "f" * 5000 + "\n",
        "a: {" * 400,
        "\x00",
        "\ud800",
        "%YAML 9.9\n---\na: 1\n",
        "%TAG ! x\n---\na: 1\n",
        "key: |9\n x\n",
        "'\n",
        '"\\xZZ"\n',
        "\\\n",
        "@\n",
        '!!python/object/apply:os.system ["false"]: x\n',
        "a: b: c\n",
        "...\n...\n",
        "a: 1\n...\nb: 2\n",
    ],
)
def test_odd_file(text):
    head = "# SPDX-License-Identifier: MIT\n"
    for path in ("spec/device/foo.yaml", "spec/core/status.yaml"):
        problems = checked(small_texts() | {path: head + text})
        assert problems.count > 0
        problems.render()


def test_many_features_in_a_chain():
    """Deep where nothing is nested."""
    rows = "".join(
        f'    - {{name: F{n}, bit: {n % 128}, since: "1.0", requires: F{n + 1}, brief: X.}}\n'
        for n in range(1200)
    )
    text = (
        "# SPDX-License-Identifier: MIT\nkind: device\nname: foo\nid: CAIF\nsection: X\nbrief: X.\nfeatures:\n"
        f"  section: X\n  bits:\n{rows}"
    )
    assert checked(small_texts() | {"spec/device/foo.yaml": text}).count > 1000


def test_many_structs_in_a_chain():
    rows = "".join(
        f"  - {{name: s{n}, section: X, brief: X., fields: [{{name: a, type: s{n + 1}, brief: X.}}]}}\n"
        for n in range(1200)
    )
    text = (
        "# SPDX-License-Identifier: MIT\nkind: device\nname: foo\nid: CAIF\nsection: X\nbrief: X.\nstructs:\n"
        f"{rows}  - {{name: s1200, section: X, brief: X., fields: [{{name: a, type: u8, brief: X.}}]}}\n"
    )
    assert checked(small_texts() | {"spec/device/foo.yaml": text}).render() == ""

# SPDX-License-Identifier: MIT
"""The bytes of a bench (classes/) that name a recording are in it, with their answer."""

import ast
import re

from processes import output
from recordings import RECORDINGS
from vwr import ROOT

ONE_DIGIT = re.compile(r"((?<!\\)(?:\\\\)*\\x)([0-9a-fA-F])(?![0-9a-fA-F])")
LITERALS = r'((?:\s*"(?:[^"\\]|\\.)*")+)'
BYTES = r"\{\s*\(const uint8_t \*\)\(" + LITERALS + r"\s*\)[^}]*\}"
SHAPE = re.compile(r'\{\s*"(\w+)",\s*"[^"]*",' + LITERALS + r",\s*" + BYTES + r",\s*" + BYTES + r",\s*(\d+)")
RECORDED = re.compile(r"tests/qemu/exchanges/recorded.txtar, (\S+)$")


def said(literals):
    """The bytes of adjacent C literals. Python wants two digits behind \\x, C also takes one."""
    each = re.findall(r'"(?:[^"\\]|\\.)*"', literals)
    return b"".join(ast.literal_eval("b" + ONE_DIGIT.sub(r"\g<1>0\2", one)) for one in each)


def shapes(path):
    """(name, recording or None, R, W, queue) of each shape of a class."""
    include = [f"-I{ROOT}/{place}" for place in ("runtime/include", "generated/include", "runtime/port/host")]
    text = output(["cc", "-E", "-P", *include, str(path)])
    for name, source, out, back, queue in SHAPE.findall(text):
        found = RECORDED.search(said(source).decode())
        yield name, found and found.group(1), said(out), said(back), int(queue)


def missing(rows):
    """Shapes that are not in the recording which they name."""
    return [
        name
        for name, recording, out, back, queue in rows
        if recording
        and (queue, out.hex(), back.hex())
        not in {
            (row[0], "".join(read), "".join(write))
            for row, (read, write) in zip(
                RECORDINGS[recording].exchanges, RECORDINGS[recording].segments, strict=True
            )
        }
    ]


def test_recorded_shapes_are_in_their_recording():
    for path in sorted((ROOT / "classes").glob("*_shapes.c")):
        rows = list(shapes(path))
        recorded = sum(row[1] is not None for row in rows)
        assert recorded * 2 > len(rows) or path.name.replace("_shapes.c", ".txt") not in RECORDINGS, path
        assert rows, path
        assert not missing(rows)


def test_literals_of_c_are_read():
    assert said(r'"\x6" "\x54\0"  "\4a\xb\\\x0c"') == b"\x06\x54\0\4a\x0b\\\x0c"
    assert said(r'"\\x6g"') == b"\\x6g"


def test_a_changed_byte_is_found():
    (name, recording, out, back, queue), *_ = shapes(ROOT / "classes" / "i2c_shapes.c")
    assert missing([(name, recording, out[:-1] + b"\xff", back, queue)]) == [name]
    assert missing([(name, recording, out, b"\x01", queue)]) == [name]


def requests_of_linux(name, count):
    """(count numbers, the message's bytes without its header) of each LINUX() in a test of a driver."""
    text = (ROOT / "tests/unit/driver" / name).read_text().replace("ZEROES8", r'"\0\0\0\0\0\0\0\0"')
    for call in re.findall(r"^    LINUX\((.*?)\);$", text, re.DOTALL | re.MULTILINE):
        *numbers, literals = re.search(r"(\d+),\s*" * count + LITERALS + "$", call).groups()
        yield *map(int, numbers), said(literals).hex()


def test_requests_of_9p_are_in_its_recording():
    """Those with which test_9p.c compares what the driver sends."""
    messages = ["".join(read) for read, _ in RECORDINGS["9p.txt"].segments]
    recorded = {(int(text[8:10], 16), text[14:]) for text in messages}
    requests = list(requests_of_linux("test_9p.c", 1))
    assert len(requests) > 10
    assert set(requests) <= recorded


def test_requests_of_fuse_are_in_its_recording():
    """Those with which test_fs.c compares what the driver sends: of each its node and opcode, too."""
    messages = [bytes.fromhex("".join(read)) for read, _ in RECORDINGS["fs.txt"].segments]
    recorded = {(message[16], message[4], message[40:].hex()) for message in messages}
    requests = list(requests_of_linux("test_fs.c", 2))
    assert len(requests) > 20
    assert set(requests) <= recorded
    (init,) = [message for message in messages if message[4] == 26]
    (literals,) = re.findall(r"init\[\] =" + LITERALS, (ROOT / "tests/unit/driver/test_fs.c").read_text())
    assert said(literals) == init[40:56]

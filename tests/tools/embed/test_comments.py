# SPDX-License-Identifier: MIT
"""
A pair is closed: its comments name only what it has, and speak of no file that only the library has. It has the IDs of
its devices.
"""

import functools
import itertools
import re

import pytest

from pairs import pairs
from world import ROOT, request

from vwr.c.items import items
from vwr.c.tokens import code
from vwr.embed import command
from vwr.embed.classes import DEVICES

# Beside the words of the pair, its port and the specification: of C, and of Linux and its protocols.
WORDS = {
    *("memcpy", "memset", "msync", "I/O", "linux/input-event-codes.h", "linux/fuse.h", "net/9p/9p.h"),
    *("virtnet_send_command", "virtio_fs_enqueue_req", "EV_SYN", "SYN_REPORT", "ATIME_SET", "max_write"),
    *("SKB_TRUESIZE", "MADV_DONTNEED", "V9FS_MAGIC", "GEAR_UP", "GEAR_DOWN", "client_id"),
    *("x_count", "x_bytes", "usr/"),
}
FILES = {"vwr.h", "vwr.c", "vwr_port.h", "vwr_example.c", "vwr_example.h", "vwr-profile.yaml"}
FILE = re.compile(
    r"[\w/]*\w\.(?:[chS]|md|py|json|yaml|txt|cmake)\b|\b[\w/]+/(?=[\s.,;)]|\w+/)|\./\w+|\bCMake\w*"
)
QUOTED = re.compile(r"\b(?:structs|enums|flags|messages)\.[\w-]+; \"[^\"]*\"|(?:\bsection |--- )[\w/]+")
NAME = re.compile(r"(?<![\w/.>@])(?:[A-Za-z]\w*_\w*\b|[A-Za-z]\w*(?=\(\)))\*?")
PATH = re.compile(r"(?<![\w./>@-])(@?)([A-Za-z]\w*(?:(?:\.|->)[a-z]\w*)*)(?![\w/-])")
TAG = re.compile(r"\b(?:struct|union|enum) (?!for\b|and\b)([a-z]\w+_\w+)")
SAID = re.compile(r"\b[Tt]h(?:is (?:header|file|source)|e other files|e generated (?:header|file)s)\b")
BANNER = re.compile(r"/\*\n \* (?:Not in this copy; the part|Virtwright \d).*?\*/\n", re.DOTALL)
ENTRY = re.compile(r"^ \* @(\w+)[\w.]*:", re.MULTILINE)
BETWEEN = ("directive", "macro", "comment")  # a hook of the port, and its default
DRIVERS, CLASSES = ",".join(DEVICES["driver"]), ",".join(DEVICES["device"])


@functools.cache
def specification():
    """The words of the specification's description; the last parts of a name stand for it."""
    words = set(re.findall(r"[A-Za-z]\w*", (ROOT / "generated" / "virtwright.json").read_text("utf-8")))
    return words | {word[at + 1 :] for word in words for at in range(len(word)) if word[at] == "_"}


def plain(comment):
    """The words of a comment; of an example, the library's names."""
    comment = re.sub(r"^ \* {4,}.*", lambda m: " ".join(re.findall(r"\bvwr_\w+", m[0])), comment, flags=re.M)
    return " ".join(re.sub(r"^\s*\*(?!/)", "", comment, flags=re.MULTILINE).split())


def named(words, have, fields):
    """What a comment names and neither the pair nor the specification has."""
    words = QUOTED.sub(" ", words)
    yield from (one for one in FILE.findall(words) if one not in FILES | WORDS)
    words = FILE.sub(" ", words)
    known = have | WORDS | fields

    def is_known(word):
        return word in known or word.lower().startswith("vwr_port_")

    for m in NAME.finditer(words):
        word = m[0].rstrip("*")
        starts = word.endswith("_") and any(one.startswith(word) for one in have | specification())
        if not starts and not is_known(word) and (word[:4].lower() == "vwr_" or word not in specification()):
            yield m[0]
    for m in PATH.finditer(words):
        parts = re.split(r"\.|->", m[2])
        for word in parts if m[1] else parts[1:]:
            if word not in have and m[2] not in ("i.e", "e.g"):
                yield m[0]
    yield from (m[1] for m in TAG.finditer(words) if m[1] not in have and m[1] not in specification())
    yield from SAID.findall(words)
    yield from re.findall(r"\bquirk [a-z0-9_]+\.[a-z]", words)


def entries(text):
    """Members and parameters that a comment describes and what follows it lacks."""
    found = items(text, flat=True)
    for comment, *behind in (found[at : at + 16] for at in range(len(found))):
        if comment.kind == "comment" and comment.text.startswith("/**"):
            ends = next((at for at, one in enumerate(behind) if one.kind not in BETWEEN), 0)
            title = re.search(r"\w+", comment.text.removeprefix("/**"))
            same = [one for one in found if title and one.name == title[0]]  # a hook in another section
            have = set(re.findall(r"\w+", code("".join(one.text for one in [*behind[: ends + 1], *same]))))
            yield from (name for name in ENTRY.findall(comment.text) if name not in have)


def absent(texts):
    """(file, what, comment) of each name in a comment that the pair lacks."""
    have = {word for text in texts.values() for word in re.findall(r"\w+", code(text))}
    # of messages of other protocols, as comments show them
    fields = {word for text in texts.values() for word in re.findall(r"\b(\w+)\[\d+\]", text)}
    for file, text in texts.items():
        text = BANNER.sub("", text)
        for comment in re.findall(r"/\*.*?\*/", text, re.DOTALL):
            words = plain(comment)
            yield from ((file, one, words) for one in named(words, have, fields))
            if words.endswith("; */"):  # what followed was cut off
                yield file, "an end", words
        yield from ((file, f"@{one}:", "") for one in entries(text))


SIDES, PRESETS = ("driver", "device", "both"), ("least", "usual", "everything")
SOME = (
    "blk",
    "net,console",
    "gpu,input",
    "9p,fs",
    "scsi,balloon,entropy",
    "crypto,i2c",
    "sound,vsock,gpio,pmem,iommu,rtc,mem,can,spi,scmi",
)
ROWS = [
    *pairs(SIDES, PRESETS, SOME[:2], ("modern", "both")),
    ("driver", "bringup", "blk"),
    ("driver", "least", DRIVERS, "modern"),
]
ALL = [
    *itertools.product(SIDES[:2], PRESETS, SOME, ("modern", "both")),
    *itertools.product(SIDES[2:], PRESETS, SOME[:2], ("modern", "both")),
    ("driver", "everything", DRIVERS, "both", "mmio,pci"),
    ("driver", "usual", "spi,client/gpu", "both", "pci"),
    ("driver", "bringup", DRIVERS),
    ("device", "least", CLASSES),
    ("device", "everything", CLASSES),
]


def check(row):
    side, preset, device, interface, transport = (*row, *("both", "mmio")[len(row) - 3 :])
    preset = preset if preset != "usual" else "emulator" if side == "device" else "kernel"
    said = {"side": side, "preset": preset, "device": device, "interface": interface, "transport": transport}
    choice = request(said)
    texts = command.render(choice)
    found = [f"{file}: {what}: {words[:300]}" for file, what, words in absent(texts)]
    assert not found, "\n".join(found)
    ids = {"blk": "VWR_ID_BLOCK", "net": "VWR_ID_NET"}
    assert all(f" {ids[one]} = " in texts["vwr.h"] for one in ids.keys() & set(choice.drivers))
    if "blk" in choice.devices:
        assert "VWR_BLK_T_IN = 0" in texts["vwr.h"] + texts["vwr.c"]


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_comments(row):
    check(row)


@pytest.mark.soak("test_comments; sides and presets of the disk and two other devices")
@pytest.mark.parametrize("row", ALL, ids=" ".join)
def test_each_device(row):
    check(row)


GONE = (
    "see vwr/gone.h",
    "docs/gone.md",
    "in tests/ and elsewhere",
    "vwr_gone.c has it",
    "CMakeLists.txt reads it",
    "run ./vwr",
    "vwr_gone()",
    "gone()",
    "VWR_GONE_*",
    "VWR_GONE",
    "what_is_gone",
    "enum what_is_gone",
    "queue.gone counts",
    "@here->gone",
    "@gone is set",
    "This header has them.",
    "It may wait (quirk mmio.no-queue-align).",
)


@pytest.mark.parametrize("words", GONE)
def test_the_check_finds_it(words):
    assert list(absent({"vwr.h": f"/* {words} */\nint vwr_here(void);\n"}))


def test_what_is_there():
    text = "/**\n * vwr_here() - Has @number\n * @{}: Of a ring->{}\n */\nint vwr_here(int number);\n"
    assert not list(absent({"vwr.h": text.format("number", "number")}))
    assert list(absent({"vwr.h": text.format("other", "number") + "int other;"}))
    assert list(absent({"vwr.h": text.format("number", "other")}))
    for words in ("vwr_here() of vwr.h", "vwr_port_mb()", "VIRTIO_F_IN_ORDER", "IN_ORDER, I/O", "vwr_her_*"):
        assert not list(absent({"vwr.h": f"/* {words} */\nint vwr_here(void), vwr_her_s;\n"})), words

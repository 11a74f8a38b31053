# SPDX-License-Identifier: MIT
"""A pair is closed: its comments name no file and no item of the library that it lacks, and it has the IDs of its devices."""

import re

import pytest

from world import ROOT

from vwr.embed import choice as profiles
from vwr.c.tokens import code
from vwr.embed import command
from vwr.embed.classes import DEVICES

FILE = re.compile(r"\b(?:(?:generated|docs|tests|spec|examples|runtime|vwr)/[\w/.]*\w|\w+\.[ch]\b(?!\w))")
NAME = re.compile(r"\b(?:vwr|VWR)_\w*\w\b(?=(\*?))")
BESIDE = {"vwr.h", "vwr.c", "vwr_port.h", "vwr_example.c"}
NOT_HERE = re.compile(r"/\*\n \* Not in this copy; the part.*?\*/\n", re.DOTALL)
DRIVER = ",".join(DEVICES["driver"])
DEVICE = ",".join(DEVICES["device"])
SOAK = pytest.mark.soak("the other rows have each device, part and side")
ROWS = [
    pytest.param({"preset": "kernel"}, id="a disk"),
    pytest.param({"device": DRIVER, "preset": "least", "interface": "modern"}, id="all drivers, least"),
    pytest.param({"device": DEVICE, "side": "device", "preset": "everything"}, id="all classes"),
    pytest.param(
        {"device": "blk,net,9p,fs", "side": "device", "preset": "least"}, id="classes, least", marks=SOAK
    ),
    pytest.param({"device": "blk", "side": "device"}, id="an emulator's disk"),
    pytest.param({"device": "blk,net", "side": "both"}, id="both sides"),
    pytest.param(
        {"device": DRIVER, "preset": "everything", "transport": "mmio,pci"}, id="all drivers", marks=SOAK
    ),
    pytest.param({"device": "spi,client/gpu", "transport": "pci"}, id="clients", marks=SOAK),
    pytest.param({"preset": "bringup"}, id="the first copy", marks=SOAK),
]


def of_the_library():
    """The names in the code of the library."""
    rooms = (
        "runtime/include",
        "runtime/base",
        "runtime/shared",
        "runtime/driver",
        "runtime/device",
        "generated/include",
    )
    paths = [path for room in rooms for path in (ROOT / room).rglob("*.[ch]")]
    return {m[0] for path in paths for m in NAME.finditer(code(path.read_text(encoding="utf-8")))}


def absent(texts, library):
    """(file, name, comment) of what comments name and the pair lacks."""
    have = {name for text in texts.values() for name in re.findall(r"\w+", code(text))}
    for file, text in texts.items():
        for comment in re.findall(r"/\*.*?\*/", NOT_HERE.sub("", text), re.DOTALL):
            words = " ".join(re.sub(r"^\s*\*", "", comment, flags=re.MULTILINE).split())
            if "Written by ./vwr embed" in words:
                continue
            yield from ((file, one, words) for one in FILE.findall(words) if one not in BESIDE)
            for m in NAME.finditer(FILE.sub(" ", words)):
                if m[0].lower().startswith("vwr_port_") or m[0] in have:
                    continue
                starts = m[0].endswith("_") and any(one.startswith(m[0]) for one in have)
                if not starts and (m[1] or m[0] in library):
                    yield file, m[0], words


def request(said):
    """The request of a row."""
    made = {**profiles.defaults(), **said}
    if made["interface"] == "modern":
        profiles.interface_drops(made, [])
    return profiles.made(made)


@pytest.mark.parametrize("said", ROWS)
def test_comments_name_what_is_there(said):
    choice = request(said)
    texts = command.render(choice)
    found = list(absent(texts, of_the_library()))
    assert not found, "\n".join(f"{file}: {name}: {words}" for file, name, words in found)
    ids = {"VWR_ID_BLOCK" if "blk" in choice.drivers else "", "VWR_ID_NET" if "net" in choice.drivers else ""}
    assert all(re.search(rf"\b{one} = ", texts["vwr.h"]) for one in ids - {""})
    if "blk" in choice.devices:
        assert "VWR_BLK_T_IN = 0" in texts["vwr.h"] + texts["vwr.c"]


def test_the_check_finds_them():
    """Each kind of what is not there."""
    have = "/* {} */\nint vwr_here(void);\n"
    for words in (
        "see vwr/gone.h",
        "docs/gone.md",
        "vwr_gone.c has it",
        "vwr_gone()",
        "VWR_GONE_*",
        "VWR_GONE",
    ):
        assert list(absent({"vwr.h": have.format(words)}, {"vwr_gone", "VWR_GONE"})), words
    for words in ("vwr_here() of vwr.h", "vwr_port_mb()", "VWR_HERS"):
        assert not list(absent({"vwr.h": have.format(words)}, {"vwr_gone", "VWR_GONE"})), words

# SPDX-License-Identifier: MIT
"""Files and tables in formats of others: each is read by a program of other authors, whose warnings count."""

import re
import struct

import pytest

from processes import completed, need, output
from folders import BUILD, ROOT
from host import cells
from vwr.plan import command as plan
from vwr.plan import render

PROGRAM = BUILD / "tests/formats/formats_write"
EDID_BYTES = 128
SIDES = (1, 63, 199, 320, 377, 378, 379, 480, 768, 1366, 2160, 4095)
SCREENS = [(0, 0), (640, 480), (800, 600), (1024, 768), (1280, 800), (1920, 1080), (3840, 2160), (4094, 3001)]
SCREENS += [(width, height) for width in SIDES for height in SIDES]


def written(*words, **more):
    """What our program writes to standard output."""
    done = completed([PROGRAM, *words], text=False, **more)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_edid_decode_reads_the_edid_of_every_screen(tmp_path):
    """Without a failure or a warning, and as a preferred mode of the screen's size with 30 or 60 Hz."""
    need("edid-decode")
    data = written("edid", *(side for screen in SCREENS for side in screen))
    assert len(data) == EDID_BYTES * len(SCREENS)
    for number, (width, height) in enumerate(SCREENS):
        file = tmp_path / f"{width}x{height}"
        file.write_bytes(data[number * EDID_BYTES :][:EDID_BYTES])
        said = output(["edid-decode", "--check", file])
        assert said.endswith("EDID conformity: PASS\n") and "Warnings:" not in said, said
        mode = re.search(r"^    DTD 1: +(\d+)x(\d+) +([\d.]+) Hz", said, re.MULTILINE)
        assert mode, said
        assert (int(mode[1]), int(mode[2])) == ((width, height) if width else (640, 480))
        assert abs(float(mode[3]) - 60) < 0.1 or abs(float(mode[3]) - 30) < 0.1, said


# ---- sound ----

# Format and its type for sox and struct; each value is one that the format has.
FORMATS = {
    1: ("mu-law", "8", "B", lambda n: (n * 37) % 127),
    2: ("a-law", "8", "B", lambda n: (n * 37) % 256),
    4: ("unsigned-integer", "8", "B", lambda n: (n * 37) % 256),
    5: ("signed-integer", "16", "<h", lambda n: (n * 1237) % 65536 - 32768),
    11: ("signed-integer", "24", None, lambda n: (n * 123457) % (1 << 24)),
    17: ("signed-integer", "32", "<i", lambda n: (n * 12345671) % (1 << 32) - (1 << 31)),
    19: ("floating-point", "32", "<f", lambda n: ((n * 1237) % 65536 - 32768) / 65536),
    20: ("floating-point", "64", "<d", lambda n: ((n * 1237) % 65536 - 32768) / 65536),
}
RATES = {0: 5512, 1: 8000, 6: 44100, 7: 48000, 13: 384000}
FRAMES = 701  # odd, so that the data of some formats has an odd size
SOUNDS = [(kind, rate, channels) for kind in FORMATS for rate, channels in ((6, 1), (7, 2))]
SOUNDS += [(5, rate, 1) for rate in RATES] + [(4, 1, 3), (11, 7, 8)]


def frames_of(kind, channels):
    """Frames of a format, as they are in memory."""
    _, _, form, value = FORMATS[kind]
    values = map(value, range(FRAMES * channels))
    return b"".join(struct.pack(form, one) if form else one.to_bytes(3, "little") for one in values)


def sox(*words):
    """What sox writes, which must not warn."""
    done = completed(["sox", "-D", "-V2", *words], text=False)
    assert done.returncode == 0 and done.stderr == b"", done.stderr.decode()
    return done.stdout


def raw(kind):
    """The options of sox for samples without a header."""
    encoding, bits, _, _ = FORMATS[kind]
    return ("-t", "raw", "-e", encoding, "-b", bits)


@pytest.mark.parametrize("kind, rate, channels", SOUNDS)
def test_sox_reads_what_a_guest_plays(tmp_path, kind, rate, channels):
    need("sox")
    file, frames = tmp_path / "played.wav", frames_of(kind, channels)
    written("play", file, kind, rate, channels, input=frames)
    said = [output(["soxi", option, file]).strip() for option in ("-r", "-c", "-s", "-b")]
    assert said == [str(RATES[rate]), str(channels), str(FRAMES), FORMATS[kind][1]]
    assert sox(file, *raw(kind), "-") == frames
    size = file.stat().st_size
    assert struct.unpack("<I", file.read_bytes()[4:8]) == (size - 8,) and size % 2 == 0


@pytest.mark.parametrize("kind, rate, channels", SOUNDS)
def test_a_guest_records_what_sox_writes(tmp_path, kind, rate, channels):
    """Its header has an extension and chunks that ours does not have."""
    need("sox")
    file, frames = tmp_path / "written.wav", frames_of(kind, channels)
    (tmp_path / "raw").write_bytes(frames)
    sox(*raw(kind), "-r", str(RATES[rate]), "-c", str(channels), tmp_path / "raw", file)
    assert written("record", file) == b"%d %d %d %d\n" % (kind, rate, channels, len(frames)) + frames


# ---- tables of firmware ----


@pytest.mark.parametrize(
    "file", sorted((ROOT / "examples/hypervisor").glob("vms*.yaml")), ids=lambda one: one.stem
)
def test_dtc_reads_the_trees_of_the_hypervisors_guests(tmp_path, file):
    """As host.py makes them, without a warning; and from the blob again."""
    need("dtc", debian="device-tree-compiler")
    vms, _, _ = plan.read("vms.yaml", file.read_bytes())
    trees = [text for name, text in render.render(vms, "", "vms.yaml").items() if name.endswith(".dtsi")]
    assert trees
    for nodes in trees:
        fields = {"bootargs": "quiet", "nodes": nodes.decode(), "ram": f"{cells(1 << 30)} {cells(1 << 28)}"}
        fields |= {"initrd_start": cells(0x48000000), "initrd_end": cells(0x48001000)}
        text = (ROOT / "examples/hypervisor/guest.dts").read_text(encoding="utf-8")
        text = re.sub(r"@(\w+)@", lambda match: fields[match[1]], text)  # pylint: disable=cell-var-from-loop
        (tmp_path / "tree.dts").write_text(text, encoding="utf-8")
        for given, made in (("dts", "dtb"), ("dtb", "again")):
            words = [
                "dtc",
                "-I",
                given,
                "-O",
                "dts" if made == "again" else made,
                "-o",
                tmp_path / f"tree.{made}",
            ]
            done = completed([*words, tmp_path / f"tree.{given}"])
            assert (done.returncode, done.stderr) == (0, "")

# SPDX-License-Identifier: MIT
"""What can be asked for, what cannot, and what is said then: one sentence."""

import re
import subprocess

import pytest
import yaml

from folders import BUILD, fresh
from processes import need, output
from world import COMPILERS, ROOT, STRICT, made, run, written

from virtwright.options import OPTIONS, PRESETS
from vwr.c.tokens import code
from vwr.version import version
from vwr.embed import command
from vwr.embed.classes import CLASSES, DRIVERS, brief_of, class_calls, header_calls, header_of

REFUSED = [
    (["--device", "blkk"], "there is no device 'blkk' (did you mean blk?); device is one of blk"),
    (
        ["--driver", "nett"],
        "there is no device 'nett' (did you mean net?); device is one of blk, console, input, net, entropy, gpu,"
        " balloon, 9p, fs, scsi, vsock, crypto, i2c, gpio, pmem, iommu, can, spi, scmi, rtc, mem, sound, and by its generated client also media, ",
    ),
    (["--driver", "net,scony"], "there is no device 'scony' (did you mean sound?); device is one of"),
    (["--driver", "service/net"], "there is no device 'service/net'; device is one of"),
    (["--driver", "net,client/net"], "device net and its generated client in one profile: choose one"),
    (
        ["--side", "device", "--device", "input,consol"],
        "there is no device 'consol' (did you mean console?); device is one of blk,"
        " console, input, net, entropy, gpu, balloon, 9p, fs, scsi, vsock, crypto, i2c, gpio, pmem, iommu, can, spi, scmi, rtc, mem, sound, and by its generated service also media, ",
    ),
    (
        ["--driver", "net", "--side", "device"],
        "--driver NAME,… stands for --side driver --device NAME,…: use only one of them",
    ),
    (
        ["--driver", "net", "--with", "zoned"],
        "part zoned belongs to the driver of blk, which this profile does not have",
    ),
    (["--with", "control"], "part control belongs to the driver of net, which this profile does not have"),
    (["--device", "toaster"], "there is no device 'toaster'; device is one of blk"),
    (
        ["--side", "device", "--device", "blk", "--transport", "pci"],
        "transport is of the driver side: with side device it is mmio",
    ),
    (
        ["--side", "device", "--device", "service/gpu", "--transport", "mmio,pci"],
        "transport is of the driver side: ",
    ),
    (
        ["--transport", "mimo"],
        "there is no transport 'mimo' (did you mean mmio?); transport is one of mmio, pci",
    ),
    (["--transport", "pci,"], "there is no transport ''; transport is one of mmio, pci"),
    (
        ["--with", "place"],
        "part place belongs to transport pci, which this profile does not have: --transport mmio,pci adds it",
    ),
    (
        ["--with", "find"],
        "part find belongs to transport mmio,pci, which this profile does not have: --transport mmio,pci adds it",
    ),
    (
        ["--transport", "pci", "--with", "vwr_mmio_scan_next"],
        "call vwr_mmio_scan_next is of vwr/mmio.h, which belongs to no device, transport or part of this profile; "
        "transport mmio has it",
    ),
    (
        ["--transport", "pci", "--interface", "legacy", "--with", "vwr_pci_scan_next"],
        "vwr_pci_scan_next (it probes for both interfaces) needs interface: both, but this profile has legacy",
    ),
    (
        ["--interface", "modrn"],
        "there is no interface 'modrn' (did you mean modern?); interface is one of both, legacy, modern",
    ),
    (
        ["--preset", "kernal"],
        "there is no preset 'kernal' (did you mean kernel?); preset is one of least, kernel, bringup, emulator, everything",
    ),
    (
        ["--interface", "legacy", "--with", "bell"],
        "bell has the modern interface: interface is both or modern, not legacy",
    ),
    (
        ["--transport", "ccw"],
        "ccw is a part, which a copy has beside a transport: --with ccw",
    ),
    (
        ["--interface", "modern", "--with", "rproc"],
        "rproc has the legacy interface: interface is both or legacy, not modern",
    ),
    (
        ["--interface", "legacy", "--with", "packed"],
        "packed is feature RING_PACKED, which requires VERSION_1, but the legacy interface has none",
    ),
    (
        ["--interface", "legacy", "--with", "in_order"],
        "in_order is feature IN_ORDER, which requires VERSION_1, but the legacy interface has none",
    ),
    (
        ["--interface", "modern", "--with", "vwr_mmio_scan_next"],
        "vwr_mmio_scan_next (it probes for both interfaces) needs interface: both, but this profile has modern",
    ),
    (["--with", "asink"], "there is no part 'asink' (did you mean async?); parts are "),
    (
        ["--with", "vwr_find_begin"],
        "call vwr_find_begin is of vwr/find.h, which belongs to no device, transport or part of this profile; part find has it",
    ),
    (["--with", "vwr_blk_wirte"], "there is no call 'vwr_blk_wirte' (did you mean vwr_blk_write?)"),
    (
        ["--with", "vwr_net_submit"],
        "call vwr_net_submit is of vwr/net.h, which belongs to no device, transport or part of this profile; driver net has it",
    ),
    (
        ["--side", "device", "--with", "vwr_blk_write"],
        "call vwr_blk_write is of vwr/blk.h, which belongs to no device, transport or part of this profile",
    ),
    (["--with", "msix"], "there is no part 'msix': name vwr_pci_use_msix instead"),
    (
        ["--with", "suspend"],
        "part suspend is for side device, but this profile is for side driver: name vwr_dev_suspend and vwr_dev_resume instead",
    ),
    (["--port", "xv7"], "there is no port 'xv7' (did you mean xv6?); port is one of "),
    (
        ["--side", "both", "--device", "console"],
        "side both connects a guest's disk or card to a real one: it requires device blk or net",
    ),
    (
        ["--side", "both", "--driver", "blk,tape", "--device", "console"],
        "there is no driver 'tape'; driver is one of blk, console, input, net, entropy, gpu, balloon, 9p, fs, scsi, vsock, crypto, i2c, gpio, pmem, iommu, can, spi, scmi, rtc, mem, sound",
    ),
    (
        ["--side", "both", "--driver", "media", "--device", "console"],
        "driver 'media' is a generated client, which side both does not have: make a second copy with --driver media",
    ),
    (
        ["--side", "device", "--device", "blk,gpu", "--interface", "legacy"],
        "the specification has no legacy gpu: interface is both or modern",
    ),
    (
        ["--side", "device", "--device", "net", "--with", "draw"],
        "part draw belongs to the device side of gpu, which this profile does not have",
    ),
    (
        ["--side", "device", "--with", "tree"],
        "part tree is for side driver, but this profile is for side device",
    ),
    (["--with", "memory"], "part memory is for side device, but this profile is for side driver"),
    (
        ["--side", "devise"],
        "there is no side 'devise' (did you mean device?); side is one of driver, device, both",
    ),
]
BAD_FILES = [
    ("preset: everything\ninterface: legacy\nparts: {packed: true}\n", "packed is feature RING_PACKED"),
    ("preset: all\n", "there is no preset 'all'"),
    (
        "parts: {write: true}\n",
        "there is no part 'write': name vwr_blk_write and vwr_blk_flush instead",
    ),
    ("parts: {write: false}\n", "there is no part 'write': "),
    ("parts: {vwr_blk_write: 1}\n", "call vwr_blk_write is true or false, not 1"),
    ("parts: {async: maybe}\n", "part async is true or false, not 'maybe'"),
    ("parts: {asnyc: true}\n", "there is no part 'asnyc' (did you mean async?)"),
    ("parts: [async]\n", "parts is a list of 'part: true' or 'part: false'"),
    ("devise: blk\n", "unknown key 'devise' (did you mean device?)"),
    ("- blk\n", "a profile is a list of 'key: value'"),
    ("virtwright: 9\n", "virtwright must be 1"),
    ("form: zip\n", "form is pair or files, not zip"),
    ("a: [\n", "not YAML: "),
]


@pytest.mark.parametrize("arguments, words", REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_refused(work, arguments, words):
    done = run(work / "copy", *arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(f"vwr embed: {words}"), done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (work / "copy").exists()


def test_the_side_of_a_device(work):
    """Without --side, --device selects drivers, and the output says so once."""
    said = "side: driver, the default for --device net; --side device selects the device side"
    assert said in written(work / "copy", "--device", "net").splitlines()
    for options in (["--device", "blk"], ["--side", "driver", "--device", "net"]):
        assert "the default for --device" not in written(work / "copy", *options)
    assert "the default" not in written(work / "other", "--preset", "emulator", "--device", "net")


def test_no_copy_in_our_own_tree(monkeypatch):
    """The root, and every folder that a clone or an archive has; a folder for what is built is no such folder."""
    monkeypatch.chdir(ROOT)
    for place in (".", ROOT / "docs" / ".."):
        done = run(place, "--driver", "blk")
        assert done.returncode == 2 and "is the root of Virtwright's own tree" in done.stderr, done.stderr
    tracked = output(["git", "ls-files"], cwd=ROOT).splitlines()
    tops = {name.partition("/")[0] for name in tracked if "/" in name and not name.startswith(".")}
    for top in [*tops, "man", "standalone"]:
        done = run(f"{top}/none", "--driver", "blk")
        assert done.returncode == 2 and not (ROOT / top / "none").exists(), top
        assert done.stderr == (
            f"vwr embed: {top}/none is a folder of Virtwright's own tree, {ROOT}: nothing was written\n"
            "Next: name a folder of your tree, such as ../vwr\n"
        )
    for top in ("build", "pairs"):  # dist writes the pairs of an archive
        command.check_folder(ROOT / top / "none")


@pytest.mark.parametrize("text, words", BAD_FILES, ids=[row[0].strip() for row in BAD_FILES])
def test_bad_file(work, text, words):
    (work / "profile.yaml").write_text(text, encoding="utf-8")
    done = run(work / "copy", "--profile", work / "profile.yaml")
    assert done.returncode == 2 and words in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr


def test_absent_file(work):
    done = run(work / "copy", "--profile", work / "none.yaml")
    assert done.returncode == 2 and "none.yaml: No such file or directory" in done.stderr


def test_profile_is_kept_and_run_again(work):
    """The same copy comes from the file that lies beside it, in another folder."""
    need("gcc")
    written(
        work / "a",
        "--side",
        "driver",
        "--transport",
        "mmio",
        "--device",
        "blk",
        "--interface",
        "modern",
        "--preset",
        "everything",
        "--without",
        "zoned,texts",
    )
    profile = yaml.safe_load((work / "a" / "vwr-profile.yaml").read_text(encoding="utf-8"))
    assert profile["interface"] == "modern" and not profile["parts"]["zoned"] and profile["parts"]["async"]
    written(work / "b", "--profile", work / "a" / "vwr-profile.yaml")
    for name in ("vwr.c", "vwr.h", "vwr-profile.yaml"):
        assert (work / "a" / name).read_bytes() == (work / "b" / name).read_bytes()


def test_the_port_can_be_named(work):
    """One of ours instead of the template: as it is, in the profile, and never over a port that is there."""
    need("riscv64-linux-gnu-gcc")
    cc = "riscv64-linux-gnu-gcc -Os -std=c11"
    least = ["--without", "all"]
    ours = (ROOT / "runtime" / "port" / "xv6" / "vwr_port.h").read_text(encoding="utf-8")
    said = made(work / "a", "--port", "xv6", *least, cc=cc)
    assert "needs at link: ticks, vwr_xv6_page (the port's own)" in said
    assert (work / "a" / "vwr_port.h").read_text(encoding="utf-8").split("*/", 1)[1].replace(
        "VWR_PORT_H", "VWR_PORT_XV6_H"
    ) == ours.split("*/", 1)[1]
    assert "port: xv6\n" in (work / "a" / "vwr-profile.yaml").read_text(encoding="utf-8")
    written(work / "b", "--profile", work / "a" / "vwr-profile.yaml")
    assert (work / "b" / "vwr_port.h").read_bytes() == (work / "a" / "vwr_port.h").read_bytes()
    assert "exists and is kept" not in written(work / "a", "--port", "xv6")
    written(work / "c", *least)
    template = (work / "c" / "vwr_port.h").read_bytes()
    said = written(work / "c", "--port", "xv6")
    assert "vwr_port.h exists and is kept; remove it to have port xv6 written" in said
    assert (work / "c" / "vwr_port.h").read_bytes() == template


def test_a_port_of_another_machine(work):
    """The compiler of this one cannot compile it: the sentence says what to give."""
    need("cc")
    done = run(work, "--port", "avatar", "--without", "all")
    assert (
        done.returncode == 1 and "Next: name the compiler of port avatar with --cc" in done.stderr
    ), done.stderr


@pytest.mark.parametrize("form", ["--pair", "--files"])
def test_what_is_left_out_is_named_with_its_part(work, form):
    """Who misses a call finds in the copy's header which part has it."""
    need("gcc")
    written(work, form, "--without", "all", "--with", "async")
    text = (work / ("vwr.h" if form == "--pair" else "include/vwr/profile.h")).read_text(encoding="utf-8")
    rows = dict(
        re.findall(
            r"^ \*     ([\w ]+): ([\w, ]+)$", text.split("Not in this copy")[1].split("*/")[0], re.MULTILINE
        )
    )
    assert (
        rows["texts"] == "vwr_strerror, vwr_dev_explain, vwr_blk_explain, vwr_blk_explain_queue"
        and "async" not in rows
    )
    assert "vwr_blk_report_zones" in rows["zoned"]
    assert {"vwr_blk_write", "vwr_dev_irq"} <= set(rows["by their own names"].split(", "))
    written(work, form, "--with", "texts")
    text = (work / ("vwr.h" if form == "--pair" else "include/vwr/profile.h")).read_text(encoding="utf-8")
    assert " texts: vwr_strerror" not in text


def test_without_options_it_is_what_a_kernel_needs(work):
    """Preset kernel, on the driver side; what was left out is listed, with how to add it, and is there once it is added."""
    need("gcc")
    said = written(work)
    parts = yaml.safe_load((work / "vwr-profile.yaml").read_text(encoding="utf-8"))["parts"]
    assert [name for name, wanted in parts.items() if wanted] == [
        "indirect",
        "async",
        "recovery",
        "vwr_blk_write",
        "vwr_blk_flush",
        "vwr_dev_irq",
    ]
    (line,) = [line for line in said.splitlines() if line.startswith("left out: ")]
    assert set(re.findall(r"(?:: |; )(\w+) \(", line)) == {
        name for name, wanted in parts.items() if not wanted
    }
    assert (
        "  --with NAME,... adds them, --preset everything adds all but the trace, the monitor, the readers of trees and tables, PCI for guests, channel I/O, resource tables, bells, and states; vwr.h lists the calls of each"
        in said
    )
    assert "trace (the last events" in written(work, "--preset", "everything")
    assert "left out: packed (" in written(work, "--preset", "kernel")
    written(work / "least", "--preset", "least")
    written(work / "all", "--without", "all")
    assert (work / "least" / "vwr.c").read_bytes() == (work / "all" / "vwr.c").read_bytes()


def test_a_call_is_chosen_by_its_name(work):
    """It and what it needs is there and nothing else, with the macro of its part; and it is in the profile, which is run again."""
    need("gcc")
    least = {"vwr_mmio_probe_modern", "vwr_blk_open", "vwr_blk_read", "vwr_close"}
    written(
        work, "--interface", "modern", "--without", "all", "--with", "vwr_blk_get_id,vwr_blk_get_lifetime"
    )
    assert calls(work) == least | {"vwr_blk_get_id", "vwr_blk_get_lifetime"}
    parts = yaml.safe_load((work / "vwr-profile.yaml").read_text(encoding="utf-8"))["parts"]
    assert [name for name, wanted in parts.items() if wanted] == ["vwr_blk_get_id", "vwr_blk_get_lifetime"]
    assert parts["vwr_blk_write"] is False and "vwr_blk_do_ranges" not in parts
    assert "#define VWR_WITH_RANGES 1" in (work / "vwr.h").read_text(encoding="utf-8")
    assert "wrote" not in written(work)
    written(work, "--without", "vwr_blk_get_lifetime")
    assert calls(work) == least | {"vwr_blk_get_id"}
    written(work, "--without", "all")
    assert calls(work) == least
    written(
        work / "tree", "--without", "all", "--with", "vwr_tree_open"
    )  # of a header that nothing else needs
    assert "vwr_tree_open" in calls(work / "tree") and "vwr_tree_next" not in calls(work / "tree")


@pytest.mark.parametrize("form, texts", (([], "open,texts"), (["--files"], "open")))
def test_rows_of_open_link(work, form, texts):
    """A program's table has the rows of the copy's drivers, and the pair has no others."""
    need("gcc")
    made(work, *form, "--driver", "blk,net", "--without", "all", "--with", texts)
    headers = ("vwr/blk.h", "vwr/net.h", "vwr/open/rows.h") if form else ("vwr.h",)
    (work / "table.c").write_text(
        "".join(f'#include "{name}"\n' for name in headers)
        + "extern const struct vwr_open_class classes[];\n"
        "const struct vwr_open_class classes[] = {VWR_OPEN_BLK, VWR_OPEN_NET};\n"
        "int main(void)\n{\n    return classes[0].bringup == classes[1].bringup;\n}\n",
        encoding="utf-8",
    )
    sources = [*sorted((work / "src").glob("*.c"))] if form else [work / "vwr.c"]
    done = subprocess.run(
        ["gcc", "-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", f"-I{work / 'include' if form else work}"]
        + [f"-I{ROOT / 'runtime/port/host'}", f"-I{ROOT / 'runtime/include'}", *sources, work / "table.c"]
        + ["-o", work / "table"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert form or "VWR_OPEN_SCSI" not in (work / "vwr.h").read_text(encoding="utf-8")


def test_calls_of_the_presets_are_there():
    """A call that no header declares would be left out of each copy without a word."""
    named = {call for preset in PRESETS for call in preset.calls}
    assert named and not [call for call in named if not header_of(call) or not brief_of(call)]
    calls = {call for option in OPTIONS for call in (*option.calls, *dict(option.device_calls).values())}
    assert not [call for call in calls if "*" in brief_of(call)], "a brief is in a comment of the copy"
    assert not named & {call for option in OPTIONS for call in option.calls}


@pytest.fixture(name="everything", scope="module")
def fixture_everything(request):
    """A copy with all drivers and one with all devices, each with all parts: {side: its folder}."""
    for work in fresh(request, BUILD / "tests/tools/embed/work/test_profile"):
        words = {
            "driver": f"--transport mmio,pci --driver {','.join(DRIVERS)} --preset everything",
            "device": f"--side device --interface both --device {','.join(CLASSES)}",
        }
        for side, said in words.items():
            written(work / side, *said.split(), "--with", "all")
        yield {side: work / side for side in words}


@pytest.mark.parametrize("side", ["driver", "device"])
def test_a_copy_with_everything_compiles(everything, side):
    """All drivers or all devices together, which embed.devices has one by one; the headers in C++ too."""
    need("gcc", "g++", "clang++")
    (everything[side] / "header.cc").write_text('#include "vwr_example.h"\n', encoding="utf-8")
    for words in (
        "gcc -std=c11 -ffreestanding -Wall -Wextra -Wconversion -Werror -fsyntax-only vwr.c vwr_example.c",
        *(f"{one} -std=c++17 -Wall -Wextra -Werror -fsyntax-only header.cc" for one in ("g++", "clang++")),
    ):
        output(words.split(), cwd=everything[side])


def test_calls_of_the_options_are_there(everything):
    """A part with a call that no header declares would be noticed here: each has one that the copy declares."""
    inline = set(
        re.findall(r"(vwr_\w+)(?:[(;]| =)", "".join((at / "vwr.h").read_text() for at in everything.values()))
    )
    wanted = {
        call
        for name in ("vwr/net_control.h", "vwr/open.h", *DRIVERS.values())
        for call in header_calls(name)
        if name != "vwr/blk.h"
    }
    wanted |= {call for name in CLASSES for call in class_calls(name)}
    wanted |= {
        call for option in OPTIONS for call in (*option.calls, *(call for _, call in option.device_calls))
    }
    assert wanted and wanted - inline == set()


def head_of(path):
    """The comment at the top, which has the profile."""
    return path.read_text(encoding="utf-8").split("*/\n")[2]


def test_the_copy_names_where_it_comes_from(work):
    need("gcc")
    written(work, "--interface", "legacy", "--preset", "everything", "--without", "texts")
    for name in ("vwr.c", "vwr.h"):
        head = (work / name).read_text(encoding="utf-8").split("*/\n")
        assert head[:2] == ["/* SPDX-License-Identifier: MIT ", "/* clang-format off "]
        assert (
            f"Virtwright {version()}" in head[2]
            and "VIRTIO 1." in head[2]
            and "Copyright (c) 2026 The Virtwright authors" in head[2]
        )
    assert "interface: legacy" in head_of(work / "vwr.h") and " texts" not in head_of(work / "vwr.h")
    assert (work / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def calls(folder):
    """What vwr.h declares for callers."""
    text = (folder / "vwr.h").read_text(encoding="utf-8")
    return set(
        re.findall(
            r"^(?!static|typedef|VWR_(?:ALWAYS|FAST|SWAP)_INLINE)[A-Za-z][\w *]*[ *](vwr_\w*[a-z0-9])\(",
            text,
            re.MULTILINE,
        )
    )


def test_just_the_calls_that_were_chosen(work):
    """What is not chosen is not declared, and its code is not there."""
    need("gcc")
    written(work, "--interface", "modern", "--without", "all")
    assert calls(work) == {"vwr_mmio_probe_modern", "vwr_blk_open", "vwr_blk_read", "vwr_close"}
    code = (work / "vwr.c").read_text(encoding="utf-8").split('#include "vwr.h"')[1]
    for name in (
        "vwr_mmio_legacy",
        "vwr_blk_write(",
        "vwr_blk_zone_",
        "vwr_strerror",
        "vwr_trace_line",
        "vwr_status_names",
    ):
        assert name not in code, name
    written(work, "--with", "vwr_blk_write,vwr_blk_flush,texts")
    assert {"vwr_blk_write", "vwr_blk_flush", "vwr_strerror", "vwr_blk_explain"} <= calls(work)
    assert "vwr_status_names" in (work / "vwr.c").read_text(encoding="utf-8")


# A transport names registers by their offsets on MMIO, enum vwr_mmio_offset.
OTHER = {
    "mmio": r"vwr_v?mmio_(?!offset\b)\w+|VWR_MMIO_REG_\w+|VWR_MMIO_SIZE",
    "pci": r"(?i)vwr_pci_\w+",
}


@pytest.mark.parametrize("form", ["--pair", "--files"])
@pytest.mark.parametrize("transport, other", [("mmio", "pci"), ("pci", "mmio")])
def test_nothing_of_a_transport_that_was_not_chosen(work, transport, other, form):
    """Neither a file of it, nor a call, nor a register: of the sources the header of its numbers alone may be there."""
    written(work, "--transport", transport, form, "--driver", "blk,net", "--preset", "everything")
    names = {path.name for path in work.rglob("*.[ch]")}
    assert (
        not [name for name in names if other in name and name != "mmio.h"] and f"vwr/{other}.h" not in names
    )
    text = (
        "".join(code((work / name).read_text(encoding="utf-8")) for name in ("vwr.c", "vwr.h"))
        if form == "--pair"
        else ""
    )
    assert set(re.findall(OTHER[other], text)) == set()


def test_both_transports(work):
    """Each has its probe; the parts of PCI are there, and go by name."""
    written(work, "--transport", "pci, mmio")
    assert {
        "vwr_mmio_probe",
        "vwr_pci_probe",
        "vwr_pci_place",
        "vwr_pci_scan_next",
        "vwr_pci_use_msix",
    } <= calls(work)
    assert "transport: mmio,pci\n" in (work / "vwr-profile.yaml").read_text(encoding="utf-8")
    written(work, "--without", "place,vwr_pci_scan_next,vwr_pci_use_msix")
    assert not {"vwr_pci_place", "vwr_pci_scan_next", "vwr_pci_use_msix"} & calls(work)
    text = code((work / "vwr.c").read_text(encoding="utf-8"))
    assert "place_bars" not in text and "vwr_pci_place_" not in text and "vwr_pci_use_msix" not in text


S390X = "s390x-linux-gnu-gcc -march=z10 -msoft-float"


@pytest.mark.parametrize(
    "form, interface, compiler",
    [
        ("--pair", "both", S390X),
        ("--pair", "modern", COMPILERS["aarch64 clang"]),
        ("--files", "legacy", S390X),
    ],
)
def test_channel_io(work, form, interface, compiler):
    """A copy for an owner of either byte order."""
    made(work, "--with", "ccw,texts", "--interface", interface, form, cc=f"{compiler} -O1 {STRICT}")
    assert form == "--files" or {"vwr_ccw_probe", "vwr_ccw_scan_next", "vwr_ccw_explain"} <= calls(work)


def test_parts_go_with_the_device_that_had_them(work):
    """Another device in a folder that has a copy: parts of the old one are not asked of it; `all` is what there is of a device."""
    written(work, "--without", "all", "--with", "vwr_blk_write")
    written(work, "--driver", "net")
    assert "vwr_blk_write:" not in (work / "vwr-profile.yaml").read_text(encoding="utf-8")
    written(work / "card", "--side", "both", "--device", "net", "--with", "all", "--without", "trace")
    assert {"vwr_vnet_card_service", "vwr_vnet_switch_tick", "vwr_net_set_mode"} <= calls(work / "card")


@pytest.mark.parametrize(
    "chosen",
    [
        "net,console,entropy",
        "gpu",
        "fs",
        *(
            pytest.param(name, marks=pytest.mark.soak("those above; embed.devices compiles a copy with each"))
            for name in (
                "input",
                "console",
                "balloon",
                "vsock",
                "i2c",
                "sound",
                "crypto",
                "gpio",
                "pmem",
                "rtc",
                "can",
                "spi",
                "scmi",
                "mem",
            )
        ),
    ],
)
def test_nothing_of_a_driver_that_was_not_chosen(work, chosen):
    """Neither a call of it, nor a type, nor a constant of its device."""
    written(work, "--driver", chosen, "--preset", "everything")
    text = "".join(code((work / name).read_text(encoding="utf-8")) for name in ("vwr.c", "vwr.h"))
    found = set(re.findall(rf"(?i)\bvwr_({'|'.join(DRIVERS)})_\w+", text))
    assert {name.lower() for name in found} == set(chosen.split(","))
    assert all(f"vwr_{name}_open" in calls(work) for name in chosen.split(","))


def test_every_name_has_the_prefix(everything):
    """One translation unit with somebody else's headers in it: nothing of ours has a plain name."""
    text = re.sub(
        r"/\*.*?\*/|\"(?:\\.|[^\"])*\"",
        "",
        (everything["driver"] / "vwr.c").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    assert set(re.findall(r"^#define (?!VWR_)(\w+)", text, re.MULTILINE)) == set()
    names = re.findall(
        r"^(?!typedef|struct \w+ \{|enum|#|VWR_STATIC_ASSERT|VWR_PORT_M)[A-Za-z][^;{}()=]*?(\w+)(?:\(|\[| =)",
        text,
        re.MULTILINE,
    )
    assert len(names) > 200
    assert [name for name in names if not re.match(r"(?i)vwr_|__attribute__", name)] == []

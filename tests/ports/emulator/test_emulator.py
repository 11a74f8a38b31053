# SPDX-License-Identifier: MIT
"""examples/emulator, built as docs/emulator.md says: its guest uses our devices, restarts the machine, breaks a device."""

import random
import re
import subprocess

import pytest

import inprocess
from folders import BUILD, fresh
from processes import completed, need, output
from vwr import ROOT

EXAMPLE = ROOT / "examples" / "emulator"
PAGE = ROOT / "docs" / "emulator.md"
DEVICES = "blk,console,net,entropy,input,gpu,9p,sound"
WARNINGS = "-Wall -Wextra -Werror"
CROSS = "riscv64-linux-gnu-gcc -march=rv32im_zicsr -mabi=ilp32 -O1 -ffreestanding -DVWR_RISCV_WFI -DVWR_RISCV_MACHINE"
SECTOR = 512
LABEL = b"a disk of the host\n\0"
ONCE = ["random bytes", "frame: 60"]
LIMIT = 60


def copy(folder, *arguments):
    """A copy of the library; what was printed."""
    done = inprocess.run("embed", folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def guest(work):
    """The image, with our drivers."""
    need("riscv64-linux-gnu-gcc", debian="gcc-riscv64-linux-gnu")
    main = EXAMPLE / "guest" / "main.c"
    options = "--driver blk,console,net,entropy --interface modern --port riscv".split()
    copy(work / "driver", *options, "--callers", main, "--cc", CROSS)
    output(
        [
            *f"{CROSS} -std=c11 {WARNINGS} -nostdlib -static -fno-pic -fno-stack-protector".split(),
            "-Wl,--build-id=none,--no-warn-rwx-segments",
            f"-I{work / 'driver'}",
            "-T",
            EXAMPLE / "guest" / "link.ld",
            EXAMPLE / "guest" / "start.S",
            main,
            work / "driver" / "vwr.c",
            "-o",
            work / "guest.elf",
        ]
    )
    output(["riscv64-linux-gnu-objcopy", "-O", "binary", work / "guest.elf", work / "guest.bin"])


def emulator(work, example=EXAMPLE):
    """The program. Sanitizers watch the emulator and its glue."""
    need("gcc")
    folder = work / "devices"
    if not folder.exists():
        copy(folder, "--preset", "emulator", "--device", DEVICES, "--cc", "gcc -O0 -std=c11")
        output(["gcc", "-std=c11", "-O0", "-c", folder / "vwr.c", "-o", work / "vwr.o"])
    output(
        [
            *f"gcc -std=gnu11 -O1 {WARNINGS} -fsanitize=address,undefined -fno-sanitize-recover=all".split(),
            f"-I{folder}",
            *sorted(example.glob("*.c")),
            folder / "vwr_example.c",
            work / "vwr.o",
            "-o",
            work / "emulator",
        ]
    )


def disk(work, label=LABEL, starts=0):
    """A file with a label in sector 0, and in sector 1 how often a machine has started."""
    content = bytearray(64 * SECTOR)
    content[: len(label)] = label
    content[SECTOR] = starts
    (work / "disk").write_bytes(content)
    return bytes(content)


def run(work, last):
    """What the machine prints. A key is pressed after the line `last`."""
    with subprocess.Popen(
        ["timeout", "-k", "5", str(LIMIT), work / "emulator", work / "guest.bin", work / "disk"],
        cwd=work,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as machine:
        said = []
        for line in machine.stdout:
            said.append(line.rstrip("\n"))
            if said.count("frame: 60") == last and said[-1] == "frame: 60":
                machine.stdin.write("k")
                machine.stdin.flush()
    return machine.returncode, said


@pytest.fixture(name="machine", scope="module")
def _machine(request):
    """The image and the program, for all tests."""
    for work in fresh(request, BUILD / "tests" / "ports" / "emulator"):
        guest(work)
        emulator(work)
        yield work


def test_a_guest_restarts_its_machine(machine):
    """Each device works in both lives; the file has what the guest wrote; no device is live at the second start."""
    before = disk(machine)
    code, said = run(machine, 2)
    lives = [["devices: 8", "label: a disk of the host", f"starts: {n}", *ONCE] for n in (1, 2)]
    assert said == [*lives[0], *lives[1], "key: k, after an interrupt"] and code == 0, said
    after = (machine / "disk").read_bytes()
    assert after[SECTOR] == 2
    assert after[:SECTOR] == before[:SECTOR] and after[SECTOR + 1 :] == before[SECTOR + 1 :]


def test_a_guest_breaks_a_device(machine):
    """The device says why, in numbers that `./vwr explain` turns into a sentence, and works after a reset."""
    disk(machine, b"hostile\n\0", 1)
    code, said = run(machine, 1)
    assert code == 0, said
    before, fault = said[1].split(" fault ")
    sentence = inprocess.run("explain", "--device-fault", fault).stdout
    assert before == "device 0:" and (
        "queue 0: its rings of 16 descriptors overlap, or are not each in one region of guest memory; "
        "see address 0x40000000" in sentence
    ), said
    assert said[2:] == ["label: hostile", "starts: 2", *ONCE, "key: k, after an interrupt"]


def test_a_reset_that_leaves_the_devices_is_seen(machine):
    """Without the call in the machine's reset the second life finds a device that is live."""
    example = machine / "example"
    example.mkdir()
    for path in EXAMPLE.glob("*.[ch]"):
        text = path.read_text(encoding="utf-8").replace("    vwr_example_reset();\n", "")
        (example / path.name).write_text(text, encoding="utf-8")
    emulator(machine, example)
    disk(machine)
    code, said = run(machine, 2)
    emulator(machine)
    assert code == 1 and said[-1].startswith("the guest failed") and said.count("frame: 60") == 1, said


def test_images_that_are_no_programs(machine):
    """Random words, and the guest with wrong bits: the emulator ends by itself, and a sanitizer finds nothing."""
    good = (machine / "guest.bin").read_bytes()
    numbers = random.Random(90)
    images = [b"", b"\0" * 64, b"\xff" * 64, good[:700]]
    images += [numbers.randbytes(4096) for _ in range(8)]
    for _ in range(24):
        wrong = bytearray(good)
        for _ in range(20):
            wrong[numbers.randrange(len(wrong))] ^= 1 << numbers.randrange(8)
        images.append(bytes(wrong))
    for image in images:
        disk(machine)
        (machine / "bad.bin").write_bytes(image)
        words = [
            "timeout",
            "-k",
            "5",
            LIMIT,
            machine / "emulator",
            machine / "bad.bin",
            machine / "disk",
            "300",
        ]
        done = completed(list(map(str, words)), cwd=machine, stdin=subprocess.DEVNULL, errors="replace")
        assert done.returncode in (0, 1) and not done.stderr, done.stderr


def test_the_page_has_the_example():
    """Each block of C on the page is lines of a file that this test compiles."""
    shown = re.findall(r"^```c(?: (\S+))?$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert shown and all(name.startswith("examples/emulator/") for name in shown), shown

# SPDX-License-Identifier: MIT
"""Our drivers on the devices of v86, an emulator in JavaScript and WebAssembly, which the npm registry has."""

import platform

import boot
import pytest
from folders import BUILD, ROOT
from processes import completed, need, output

PACKAGE = "v86@0.5.462"
FLAGS = (
    "-m32 -march=i686 -std=c11 -O1 -Wall -Wextra -Werror -ffreestanding -nostdlib -static -fno-pic -no-pie -fno-stack-protector"
    " -mgeneral-regs-only -fcf-protection=none -ffunction-sections -fdata-sections"
    " -Wl,--build-id=none,--gc-sections,-z,max-page-size=4096"
).split()
BOARDS = ROOT / "examples" / "boards"
SAID = {
    "9p": ["name: hello.txt", "content: a file of v86"],
    "net": ["on the wire: 60 bytes", "frame: 60 bytes, 42"],
    "balloon": ["balloon: open", "pages: 10, kept 0"],
    "console": ["on the console: who is there?", "answer: node"],
}


def installed():
    """The package, which stays in the build folder."""
    need("node", debian="nodejs")
    need("npm")
    folder = BUILD / "tests" / "ports" / "v86" / "npm"
    package = folder / "node_modules" / "v86"
    if not (package / "build" / "v86.wasm").exists():
        folder.mkdir(parents=True, exist_ok=True)
        done = completed(
            [
                "npm",
                "install",
                "--no-save",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--prefix",
                folder,
                PACKAGE,
            ],
            timeout=120,
        )
        if done.returncode != 0:
            pytest.skip(f"npm does not install {PACKAGE}: {done.stderr.strip().splitlines()[-1]}")
    return package


def runtime():
    """What the guest may need; the linker drops the rest."""
    for name in ("base", "shared", "driver"):
        yield from (ROOT / "runtime" / name).rglob("*.c")
    yield from (ROOT / "generated" / "src").glob("*.c")


def image(work):
    """The guest, by one command of the compiler."""
    sources = [
        *(ROOT / "tests" / "ports" / "v86").glob("*.c"),
        BOARDS / "x86" / "start_i386.S",
        BOARDS / "say.c",
        ROOT / "examples" / "demo" / "memory.c",
        boot.joined(work, runtime()),
    ]
    folders = [BOARDS, ROOT / "runtime" / "include", ROOT / "generated" / "include"]
    made = work / "guest.elf"
    words = ["gcc", *FLAGS, "-iquote", BOARDS / "x86", *(f"-I{folder}" for folder in folders)]
    output([*words, "-T", BOARDS / "x86" / "link.ld", *sources, "-o", made])
    return made


def test_v86(work):
    """9P, network, balloon and console: data in both directions; each on PCI, by I/O ports."""
    if platform.machine() != "x86_64":
        pytest.skip("gcc -m32 is a compiler of x86")
    package = installed()
    script = ROOT / "tests" / "ports" / "v86" / "v86.mjs"
    done = completed(["timeout", "-k", "5", "120", "node", script, package, image(work)])
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    for name, said in SAID.items():
        assert f"device: {name}" in lines
        assert [line for line in said if line not in lines] == [], done.stdout

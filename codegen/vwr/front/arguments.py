# SPDX-License-Identifier: MIT
"""The command line of each verb, once: for the verb itself, for `help VERB`, and for completion in a shell."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

Parser = argparse.ArgumentParser


def _format(parser: Parser, *choices: str) -> None:
    parser.add_argument("--format", choices=choices, default="text")


def address(text: str) -> int:
    """An address on the command line."""
    value = int(text, 0)
    if not 0 <= value < 1 << 64:
        raise ValueError(text)
    return value


def demo(parser: Parser) -> None:
    parser.add_argument("image", nargs="?", metavar="DISK-IMAGE", help="read this disk, which is not changed")


def demo_linux(parser: Parser) -> None:
    parser.add_argument("kernel", nargs="?", type=Path, metavar="KERNEL", help="an arm64 Image with virtio-mmio, virtio-blk"
                        " and ext4 built in (Debian's by default)")
    parser.add_argument("--shell", action="store_true", help="a shell in the guest; Ctrl-] is the hypervisor's console")


def test(parser: Parser) -> None:
    parser.add_argument("tier", nargs="*", metavar="TIER", help="a tier, or a folder of tests/: ./vwr test unit")
    parser.add_argument("option", nargs="*", metavar="CTEST-OPTION", help="-N lists the tests and builds nothing; "
                        "-R NAME -V runs one test and shows all that it prints")


def generate(parser: Parser) -> None:
    parser.add_argument("--out", metavar="DIR", help="write there instead of generated/")
    parser.add_argument("--version", metavar="VERSION", help="leave out what is newer than that version of the specification"
                        " (with --out); 'legacy': what the legacy interface has")


def check(parser: Parser) -> None:
    _format(parser, "text", "json", "github")
    parser.add_argument("--count", action="store_true", help="print how much the spec holds instead")


def diff(parser: Parser) -> None:
    parser.add_argument("rev", nargs="?", default="HEAD", metavar="REV")
    _format(parser, "text", "json")


def explain(parser: Parser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a trace or a register dump; - for standard input")
    _format(parser, "text", "json")
    parser.add_argument("--base", type=address, action="append", default=[], metavar="ADDR",
                        help="where a register block begins; only those named are explained")
    parser.add_argument("--device", metavar="NAME", help="type, where the trace does not tell it")


def lint(parser: Parser) -> None:
    parser.add_argument("headers", nargs="+", metavar="HEADER", help="a header, or a folder of them")
    parser.add_argument("--cc", default=os.environ.get("CC") or "cc", metavar="COMMAND",
                        help="the compiler with its options, in one word: --cc 'aarch64-linux-gnu-gcc -nostdinc'")
    parser.add_argument("-I", dest="folders", action="append", default=[], metavar="DIR", help="as for the compiler")
    parser.add_argument("-D", dest="macros", action="append", default=[], metavar="NAME[=VALUE]", help="as for the compiler")
    parser.add_argument("--include", action="append", default=[], metavar="HEADER",
                        help="include this before: a file, or <name>")
    parser.add_argument("--map", action="append", default=[], metavar="THEIRS=DOCUMENT_NAME",
                        help="what they call a constant, a struct, or a field (STRUCT.FIELD)")
    parser.add_argument("--only", metavar="NAME,…", help="parts of the specification, such as blk,mmio")
    parser.add_argument("--version", metavar="X.Y", help="what is newer in the specification need not be there")
    parser.add_argument("--errata", metavar="FILE", help="differences that are known")
    _format(parser, "github", "json", "text")


def embed(parser: Parser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="where it goes")
    parser.add_argument("--profile", metavar="FILE", help="begin with this profile, not with the folder's own")
    parser.add_argument("--side", help="driver, device or both")
    parser.add_argument("--transport", help="mmio")
    parser.add_argument("--device", metavar="NAME,…", help="blk; on the device side also console, entropy")
    parser.add_argument("--mmio", metavar="VERSION", help="legacy, modern or both")
    parser.add_argument("--port", metavar="NAME", help="what vwr_port.h is at first: a folder of runtime/port")
    parser.add_argument("--preset", metavar="NAME", help="the parts to begin with: least, kernel, everything")
    parser.add_argument("--with", dest="on", action="append", default=[], metavar="PART,…", help="or all")
    parser.add_argument("--without", dest="off", action="append", default=[], metavar="PART,…",
                        help="or all; taken before --with")
    parser.add_argument("--files", action="store_true", default=None, help="the sources, with lists for make and CMake")
    parser.add_argument("--pair", dest="files", action="store_false", help="vwr.c and vwr.h (the default)")
    parser.add_argument("--cc", metavar="COMMAND", help="your compiler and its flags, in one word, for the proof")
    parser.add_argument("--force", action="store_true", help="overwrite a copy that was edited")


def plan(parser: Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="the plan, such as examples/plan/vms.yaml")
    parser.add_argument("--out", metavar="DIR", type=Path, help="write vwr_plan_NAME.h, .c and a .dtsi for each VM there")
    parser.add_argument("--list", action="store_true", help="show what is where (without --out: always)")
    parser.add_argument("--check", action="store_true", help="write nothing; with --out: say which files there differ")
    _format(parser, "text", "json", "github")


def oracle(parser: Parser) -> None:
    parser.add_argument("--document", metavar="DIR", required=True, help="a checkout of the specification's source:"
                        " git clone https://github.com/oasis-tcs/virtio-spec")
    _format(parser, "text", "json")
    parser.add_argument("--verbose", action="store_true", help="print also what agrees and what is explained")
    parser.add_argument("--package", metavar="DIR", help="the Python package's folder")
    parser.add_argument("--errata", metavar="FILE", help="another list of known differences")


def bench(parser: Parser) -> None:
    parser.add_argument("--quick", action="store_true", help="fewer batches and queue lengths; the same limits")
    parser.add_argument("--no-guest", action="store_true", help="leave out what is measured in guests")
    parser.add_argument("--json", metavar="FILE", help="write the rows to FILE as well")
    parser.add_argument("--where", action="store_true", help="say which functions the instructions and bytes are in")
    parser.add_argument("--runtime", metavar="DIR", help="measure this runtime/ instead")


def soak(parser: Parser) -> None:
    parser.add_argument("kind", nargs="?", metavar="KIND", help="one kind of ring on QEMU's disks, such as "
                        "modern_packed_event (all of them: five minutes); fuzz: the fuzzers of the device side; pair: our "
                        "driver against our device; explore: rings in all executions on a memory that reorders; "
                        "hypervisor: a Linux in examples/hypervisor")
    parser.add_argument("amount", nargs="?", metavar="N", help="how often each index wraps (1); seconds of fuzzing (600); "
                        "times as long as in the tests (10); switches of thread (4: ten minutes, each one more twenty times "
                        "as long); hours of the guest's own time (24)")


def completion(parser: Parser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh"))


def nothing(_parser: Parser) -> None:
    pass


def made(verb: str, brief: str, more: str, add: Callable[[Parser], None]) -> Parser:
    """The parser of a verb."""
    parser = argparse.ArgumentParser(prog=f"vwr {verb}", description=f"{brief[:1].upper()}{brief[1:]}. {more}".strip(),
                                     fromfile_prefix_chars="@" if verb == "lint" else None)
    add(parser)
    return parser

# SPDX-License-Identifier: MIT
"""What holds of every description: it is refused with messages of ours that say where, or it gives C that compiles without a
warning, and whose tests pass."""

import ast
import json
import re
import shutil
import subprocess
import traceback
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from vwr import ROOT
from vwr.generate import units
from vwr.generate.make import Maker
from vwr.generate.named import NOTHING
from vwr.spec import disk
from vwr.spec.problems import Refused

Row = dict[str, Any]
WARNINGS = "-std=c11 -Wall -Wextra -Wconversion -Werror -D_GNU_SOURCE -DVWR_HOST_EXTERNAL_BUS".split()
INCLUDE = [
    f"-I{ROOT / place}"
    for place in "runtime/include generated/include runtime/port/host tests/pair/ends tests/pair tests/qemu/driver tests/common".split()
]
SANITIZE = "-fsanitize=address,undefined -fno-sanitize-recover=all".split()
LINKER = ["-fuse-ld=lld"] if shutil.which("ld.lld") else []
WIRE = """#undef VWR_HOST_EXTERNAL_BUS /* it reads memory */
#include "{}"
"""
FIRST = (
    f"#define main wire_main\n{WIRE}"
    + """#undef main
#include <stdlib.h>
__attribute__((constructor)) static void wire_first(void)
{{
    if (wire_main() != 0)
        exit(1);
}}
"""
)
LIBRARIES = (
    "tests/pair/ends/libends_harness.a",
    "tests/common/libvwr_sanitized_both_monitor.a",
    "tests/common/libvwr_sanitized_both.a",
    "libvwr_tables_sanitized.a",
)
CROSS = ("aarch64-linux-gnu-gcc", "arm-linux-gnueabi-gcc -march=armv7-a")
OTHERS_WORDS = re.compile(
    r"is not valid under|does not match|is not of type|\{'|\['|Traceback|is a required property"
)


class Failure(NamedTuple):
    """Which step failed, and what it said; `alike` is the same of two failures of one kind."""

    step: str
    said: str

    @property
    def alike(self) -> tuple[str, str]:
        line = next(
            (line for line in self.said.split("\n") if re.search(r"error:|Error|^FAIL|warning:", line)),
            self.said[:80],
        )
        line = re.sub(r"^.*?(?=error:|warning:)", "", line)
        line = re.sub(r"[‘'\"`][^’'\"`]*[’'\"`]", "_", line)
        if found := re.match(r"FAIL \S*?\.\S*?\.(\S+)", line):
            line = found[1]
        return self.step, re.sub(r"0x[0-9a-f]+|\d+|\b\w*rnd\w*\b", "_", line)


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def text_of(data: Row) -> str:
    return "# SPDX-License-Identifier: MIT\n" + yaml.dump(
        data, Dumper=Dumper, sort_keys=False, width=110, allow_unicode=True
    )


class Specification:
    """What a description is read beside."""

    def __init__(self) -> None:
        self.core = {
            path: (ROOT / path).read_bytes() for path in (*disk.CORE, disk.CLAUSES, disk.OPTIONS, disk.RULES)
        }
        self.maker = Maker(self.core, NOTHING)

    def made(self, name: str, text: str) -> dict[str, bytes]:
        """Its outputs by their paths; Refused."""
        path = f"spec/device/{name}.yaml"
        maker = Maker({**self.core, path: text.encode("utf-8")}, NOTHING)
        maker._files |= {path: file for path, file in self.maker._files.items() if path in disk.CORE}
        try:
            known = maker.make(units.Unit(name, (path,), (*disk.CORE, path), ""), [])
        finally:
            self.maker._files |= {path: file for path, file in maker._files.items() if path in disk.CORE}
        for share in known.shares:
            json.loads(share.data)
        return {one.path: one.content for one in known.outputs}


class Trial(NamedTuple):
    """`refused`: what was said of it; `failure`: what must not be."""

    refused: str
    failure: Failure | None
    files: dict[str, bytes]


def read(known: Specification, name: str, text: str) -> Trial:
    """Checks it and makes its files."""
    try:
        files = known.made(name, text)
        for path, content in files.items():
            if path.endswith(".py"):
                ast.parse(content)
        return Trial("", None, files)
    except Refused as refused:
        return Trial(refused.problems.render("text"), wrong_words(refused.problems, name, text), {})
    except RecursionError:
        return Trial("", Failure("exception", "RecursionError"), {})
    except Exception:
        said = traceback.format_exc().strip().split("\n")
        return Trial(
            "",
            Failure(
                "exception",
                "\n".join(
                    [
                        f"Error: {said[-1]} at {said[-3 if '^' in said[-2] else -2].strip()} {said[-4].strip()}",
                        *said,
                    ]
                ),
            ),
            {},
        )


def wrong_words(problems: Any, name: str, text: str) -> Failure | None:
    """A message that says no place in the file, or is somebody else's."""
    lines = text.count("\n") + 1
    for problem in problems:
        said = f"{problem.file}:{problem.line}:{problem.col}: {problem.text()}"
        if (
            problem.file != f"spec/device/{name}.yaml"
            or not 0 < problem.line <= lines
            or not re.search(r"\[VWR-[YSC]\d+\]$", said)
        ):
            return Failure("message", f"Error: no place or no check: {said}")
        if OTHERS_WORDS.search(problem.text()):
            return Failure("message", f"Error: no words of ours: {said}")
    return None


class Compilers:
    """Compiles and runs what a description makes, in a folder; `build` has the libraries."""

    def __init__(self, build: Path, folder: Path) -> None:
        self.libraries = [str(build / one) for one in LIBRARIES]
        self.folder = folder

    def written(self, name: str, files: dict[str, bytes]) -> Path:
        place = self.folder / name
        for path, content in files.items():
            if not path.endswith((".md", ".py")):
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(content)
        return place

    def failure(self, name: str, files: dict[str, bytes], cross: bool, only: str = "") -> Failure | None:
        """Of each compiler, and of its tests; or of one of these steps."""
        place = self.written(name, files)
        sources = sorted(path for path in files if path.endswith(".c"))
        headers = sorted(path.removeprefix("include/") for path in files if path.startswith("include/"))
        own = [path for path in sources if not path.startswith("test/")]
        wire, ends = (
            [path for path in sources if path.startswith(f"test/{test}")] for test in ("wire", "ends")
        )

        def unit(name: str, *included: str) -> str:
            (place / name).write_text("".join(f'#include "{path}"\n' for path in included), "utf-8")
            return str(place / name)

        whole = unit("whole.c", *own)
        lone = unit("headers.c", *headers, *(path for path in files if path.startswith("standalone/")))
        # In one program: what of the wire is wrong ends it before the other test begins.
        first = unit("first.c")
        if wire:
            Path(first).write_text((FIRST if ends else WIRE).format(wire[0]), "utf-8")
        include = [f"-I{place}", f"-I{place}/include", f"-I{place}/standalone", *INCLUDE]
        # One source, as a start of clang takes longer than the reading; gcc has them apart.
        every = unit("every.c", *own, *["first.c"] * bool(wire), *ends, "headers.c")
        steps = [("clang", ["clang", *WARNINGS, "-fsyntax-only", *include, every])]
        for compiler in CROSS if cross else ():
            steps.append(
                (compiler, [*compiler.split(), *WARNINGS, "-O1", "-fsyntax-only", *include, whole, lone])
            )
        gcc = ["gcc", *WARNINGS, "-O0", *include]
        if not ends:
            steps.append(("gcc", [*gcc, "-fsyntax-only", whole]))
        if wire or ends:
            program = str(place / "tests")
            tests = [first] * bool(wire) + [unit("tests.c", *ends)] * bool(ends)
            tests += [whole, *self.libraries, *SANITIZE, *LINKER] if ends else []
            steps.append(("gcc tests", [*gcc, "-o", program, *tests]))
            steps.append(("tests", ["timeout", "-k", "5", "60", program]))
        for step, command in steps:
            if only not in (step, step.removeprefix("gcc "), ""):
                continue
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", check=False, cwd=place
            )
            if done.returncode:
                return Failure(
                    step, f"{done.stderr}\n{done.stdout}"[:6000] + f"\nexit code {done.returncode}"
                )
        return None

# SPDX-License-Identifier: MIT
"""Runs a proof with CBMC or Eva: on the tree, or on a copy of one file with a mistake."""

import os
import re
import resource
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.prove.table import FOLDER, Proof

CHECKS = (
    "--unwinding-assertions",
    "--bounds-check",
    "--pointer-check",
    "--signed-overflow-check",
    "--undefined-shift-check",
    "--div-by-zero-check",
    "--slice-formula",
    "--drop-unused-functions",
)


EVA = (
    "-c11",
    "-machdep=gcc_x86_64",
    "-eva",
    "-eva-precision=5",
    "-eva-ilevel=128",  # so many values of a number one by one: the offsets of capabilities are 49
    "-eva-no-alloc-returns-null",
    "-no-warn-invalid-bool",  # any value of a structure is any value of its members
)


class Verdict(NamedTuple):
    """`why`: what was refuted, or the tool's words if it could not run."""

    holds: bool | None
    why: str
    seconds: float


def found(eva: bool) -> str | None:
    """CBMC, or Frama-C, which has Eva; None: it is not there."""
    return shutil.which("frama-c" if eva else os.environ.get("VWR_CBMC", "cbmc"))


def _with_mistake(proof: Proof, place: Path, folders: list[str]) -> list[str]:
    """The files, where the one with the mistake is a copy in `place`; the folder of one that is included comes first."""
    whole = ROOT / proof.mutant.file
    names = [str(ROOT / source) for source in proof.sources]
    if str(whole) in names:
        copy = place / whole.name
        names[names.index(str(whole))] = str(copy)
        folders.append(str(whole.parent))  # its relative includes
    else:
        above = next(folder for folder in folders if whole.is_relative_to(folder))
        copy = place / "include" / whole.relative_to(above)
        folders.insert(0, str(place / "include"))
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(proof.mutant.text(), encoding="utf-8")
    return names


def _stubs(device: str, place: Path) -> None:
    """Writes functions of a class that give any result, for each function of a generated service."""
    header = (ROOT / f"generated/include/vwr/service/{device}.h").read_text(encoding="utf-8")
    calls = re.search(r"struct (\w+)_vservice_calls \{(.*?)\n\};", header, re.DOTALL)
    assert calls
    members = re.findall(r"(\w+) \(\*(\w+)\)\((.*?)\);", calls[2], re.DOTALL)
    text = "\n".join(
        f"static {kind} stub_{name}({arguments})\n{{\n"
        + (f"    PROVE_ANY({kind}, result);\n\n    return result;\n" if kind != "void" else "")
        + "}\n"
        for kind, name, arguments in members
    )
    table = "".join(f"    .{name} = stub_{name},\n" for _, name, _ in members)
    text += f"static const struct {calls[1]}_vservice_calls stub_calls = {{\n{table}}};\n"
    (place / "stubs.h").write_text(text, encoding="utf-8")


def _inputs(proof: Proof, place: Path, mistake: bool) -> tuple[list[str], list[str]]:
    """The files, and the preprocessor's words; `place` is the proof's folder."""
    folders = [str(ROOT / folder) for folder in proof.includes]
    names = [str(ROOT / source) for source in proof.sources]
    if proof.device:
        _stubs(proof.device, place)
        folders.append(str(place))
    if mistake:
        names = _with_mistake(proof, place, folders)
    words = [word for folder in folders for word in ("-I", folder)]
    return [str(FOLDER / proof.harness), *names], [*words, *(f"-D{name}" for name in proof.defines)]


def command(proof: Proof, program: str, place: Path, mistake: bool) -> list[str]:
    """The words that run a proof with CBMC; `place` is its folder."""
    files, words = _inputs(proof, place, mistake)
    loops = ",".join(f"{loop}:{bound}" for loop, bound in proof.loops.items())
    return [
        program,
        *files,
        *words,
        "--function",
        proof.function,
        "--unwind",
        str(proof.unwind),
        *(("--unwindset", loops) if loops else ()),
        *CHECKS,
        *(("--stop-on-fail",) if mistake else ()),  # the first failure is enough, and much earlier than all
        *proof.options,
    ]


def eva_command(proof: Proof, program: str, place: Path, mistake: bool) -> list[str]:
    """The same with Eva."""
    files, words = _inputs(proof, place, mistake)
    return [program, f"-cpp-extra-args={shlex.join(words)}", *EVA, "-main", proof.function, *files]


def _verdict(code: int, text: str) -> tuple[bool | None, str]:
    undeclared = re.search(r"function '.*' is not declared", text)
    if undeclared:
        return None, undeclared[0]
    if code == 0 and "VERIFICATION SUCCESSFUL" in text:
        return True, ""
    failed = re.findall(r"^\[(.*?)\] (.*): FAILURE$", text, re.MULTILINE)
    failed += re.findall(
        r"^Violated property:\n  file .* function (\w+ line \d+) .*\n  (.*)$", text, re.MULTILINE
    )
    if code == 10 and failed:
        name, what = min(failed, key=lambda one: "unwinding" in one[1])
        return False, f"{name}: {what}"
    return None, "\n".join(text.splitlines()[-5:])


def _eva_verdict(code: int, text: str) -> tuple[bool | None, str]:
    """An alarm is what Eva cannot show; a function without a body is none that it has analysed."""
    missing = re.search(r"Neither code nor specification for function \w+", text)
    count = re.search(r"^ *(\d+) alarms? generated by the analysis", text, re.MULTILINE)
    if code != 0 or missing or not count:
        return None, missing[0] if missing else "\n".join(text.splitlines()[-5:])
    alarm = re.search(r"^\[eva:alarm\] (.*?): Warning:\s*(.*?)\n", text, re.MULTILINE | re.DOTALL)
    return int(count[1]) == 0, f"{alarm[1]}: {alarm[2].strip()}" if alarm else ""


def run(proof: Proof, program: str, place: Path, mistake: bool, eva: bool = False) -> Verdict:
    """Runs a proof; `seconds` are those of the CPU. The folder keeps what the tool says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = (eva_command if eva else command)(proof, program, place, mistake)
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", cwd=FOLDER, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = done.stdout + done.stderr
    log = place / ("mistake.log" if mistake else "holds.log")
    log.write_text(f"{' '.join(words)}\n{text}", encoding="utf-8")
    holds, why = (_eva_verdict if eva else _verdict)(done.returncode, text)
    return Verdict(holds, why, after.ru_utime - before.ru_utime)

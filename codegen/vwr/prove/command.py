# SPDX-License-Identifier: MIT
"""vwr prove: runs each proof on the runtime, then on a mistake, which it has to refute."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr.meant import unknown
from vwr.output import build_folder
from vwr.prove import table, tools
from vwr.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--with", choices=("cbmc", "eva"), default="cbmc", dest="tool")


def _chosen(names: list[str], eva: bool) -> list[table.Proof]:
    """The tool's proofs with these names, or those of a harness; all without a name."""
    proofs = [proof for proof in table.load() if proof.eva or not eva]
    harnesses = {Path(proof.harness).stem for proof in proofs}
    known = [*harnesses, *(proof.name for proof in proofs)]
    for name in names:
        if name not in known:
            raise Stop(unknown("proof", name, known), "./vwr prove --list")
    return [p for p in proofs if not names or p.name in names or Path(p.harness).stem in names]


def _program(eva: bool) -> str:
    """The tool's program."""
    program = tools.found(eva)
    if program:
        return program
    if eva:
        raise Stop("no frama-c in PATH", "apt install frama-c-base")
    raise Stop(
        "no CBMC in PATH; package cbmc of Debian 13, and VWR_CBMC may name it",
        "docs/proofs.md says how it runs on Debian 12",
    )


def _one(proof: table.Proof, program: str, place: Path, eva: bool) -> tuple[bool, float]:
    """Runs both; True if the proof holds and refutes its mistake."""
    place.mkdir(parents=True, exist_ok=True)
    right = tools.run(proof, program, place, mistake=False, eva=eva)
    if not right.holds:
        what = "is refuted" if right.holds is False else "could not run"
        print(f"{proof.name}: {what}: {right.why}", flush=True)
        return False, right.seconds
    wrong = tools.run(proof, program, place, mistake=True, eva=eva)
    begin = f"{proof.name}: holds ({right.seconds:.1f} s)"
    if wrong.holds is None:
        print(f"{begin}; its mistake could not run: {wrong.why}", flush=True)
    elif wrong.holds:
        print(f"{begin}; it does not refute its mistake", flush=True)
    else:
        print(f"{begin}; refutes its mistake ({wrong.seconds:.1f} s): {wrong.why}", flush=True)
    return wrong.holds is False, right.seconds


def run(args: Namespace) -> int:
    """Exit code 1: a proof fails, or does not refute its mistake."""
    eva = args.tool == "eva"
    proofs = _chosen(args.names, eva)
    if args.list:
        for proof in proofs:
            print(f"{proof.name}: {proof.calls}: {proof.property}")
        return 0
    if args.write and eva:
        raise Stop("--write has no --with eva: the page has the times of CBMC", "./vwr prove --write")
    program = _program(eva)
    place = build_folder() / ("prove/eva" if eva else "prove")
    seconds: dict[str, float] = {}
    failed = 0
    for proof in proofs:
        good, took = _one(proof, program, place / proof.name, eva)
        failed += not good
        if good:
            seconds[proof.name] = took
    print(f"{len(seconds)} proofs hold and refute their mistakes, {failed} do not; logs: {place}")
    if args.write:
        table.write(table.load(), seconds)
    return 1 if failed else 0

# SPDX-License-Identifier: MIT
"""The table of proofs, tests/prove/proofs.yaml, and the same as rows of a page."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from vwr import ROOT
from vwr.stop import Stop

FOLDER = ROOT / "tests" / "prove"
PAGE = ROOT / "docs" / "proofs.md"
MARKS = ("<!-- proofs begin -->\n", "<!-- proofs end -->\n")
HEAD = "| Proof | Function | Property | Bound | Refutes | Eva | CPU s |\n|---|---|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Mutant:
    """A mistake: `before`, which is once in the file, becomes `after`."""

    file: str
    before: str
    after: str

    def text(self) -> str:
        """The file with the mistake."""
        text = (ROOT / self.file).read_text(encoding="utf-8")
        if text.count(self.before) != 1:
            raise Stop(f"{self.file}: '{self.before}' is there {text.count(self.before)} times, not once")
        return text.replace(self.before, self.after)


@dataclass(frozen=True)
class Proof:
    """A row; `name` is the function in `harness`, and of a template the device's name. `loops` are bounds of single loops, by CBMC's names."""

    name: str
    harness: str
    calls: str
    property: str
    bound: str
    sources: list[str]
    mutant: Mutant
    unwind: int = 1
    loops: dict[str, int] = field(default_factory=dict)
    defines: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    includes: tuple[str, ...] = ("runtime/include", "generated/include", "runtime/port/host")
    device: str = ""  # of a generated service
    eva: bool = False  # Eva shows it too

    @cached_property
    def function(self) -> str:
        """The harness's function."""
        return self.name.removesuffix(f"_{self.device}") if self.device else self.name


# A row of a generated service whose messages have a fixed part, and its size.
_ROW = re.compile(r"\.out = ([1-9]\d*),[^{}]*?\.call = \w+,")


def _services() -> dict[str, Path]:
    """The generated services whose messages have a fixed part, by device."""
    files = sorted((ROOT / "generated" / "service").glob("vwr_gen_*_service.c"))
    named = {file.name.removeprefix("vwr_gen_").removesuffix("_service.c"): file for file in files}
    return {device: file for device, file in named.items() if _ROW.search(file.read_text(encoding="utf-8"))}


def _of_device(values: dict[str, Any], device: str, path: Path) -> dict[str, Any]:
    """The proof of a generated service. The mistake: its longest fixed part is half as long."""
    file = str(path.relative_to(ROOT))
    text = path.read_text(encoding="utf-8")
    row = max(_ROW.finditer(text), key=lambda found: int(found[1]))
    most = int(row[1])
    owner = re.search(r"^static struct vwr_(\w+)_vservice \*(\w+)_of\(", text, re.MULTILINE)
    assert owner
    return {
        **values,
        "name": f"{values['name']}_{device}",
        "calls": f"{owner[2]}_serve",
        "device": device,
        "defines": [f"DEVICE={owner[1]}", f"SERVE={owner[2]}_serve", f'SERVICE="{path.name}"'],
        "includes": (*Proof.includes, "generated/service"),
        "mutant": {
            "file": file,
            "before": row[0],
            "after": row[0].replace(f".out = {most}", f".out = {most // 2}"),
        },
    }


def _rows(group: dict[str, Any]) -> list[dict[str, Any]]:
    """The group's proofs with the values that they share; of a template, one for each service."""
    common = {key: value for key, value in group.items() if key not in ("proofs", "each")}
    rows = [{**common, **row} for row in group["proofs"]]
    if group.get("each") != "service":
        return rows
    return [_of_device(row, device, path) for row in rows for device, path in _services().items()]


def load(path: Path = FOLDER / "proofs.yaml") -> list[Proof]:
    """The proofs in the table's order. Values of a group are those of each of its proofs."""
    found = []
    for group in yaml.safe_load(path.read_text(encoding="utf-8")):
        for values in _rows(group):
            values["mutant"] = Mutant(**values["mutant"])
            found.append(Proof(**values))
    return found


def lines(proofs: list[Proof]) -> dict[str, str]:
    """A line for each proof, without its time."""
    return {
        proof.name: f"| {proof.name} | `{proof.calls}` | {proof.property} | {proof.bound} | "
        f"`{_cell(proof.mutant.before)}` → `{_cell(proof.mutant.after)}` | {'yes' if proof.eva else ''} |"
        for proof in proofs
    }


def _cell(text: str) -> str:
    """C on one line of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def on_page(text: str) -> tuple[str, dict[str, tuple[str, str]], str]:
    """What is before the table, its lines and times by proof, what is after it."""
    before, rest = text.split(MARKS[0])
    table, after = rest.split(MARKS[1])
    rows = {}
    for line in table.removeprefix(HEAD).splitlines():
        whole, seconds = line.removesuffix(" |").rsplit("|", 1)
        rows[whole.split(" | ")[0].strip("| ")] = (whole + "|", seconds.strip())
    return before, rows, after


def write(proofs: list[Proof], seconds: dict[str, float]) -> None:
    """Writes the page's table; a proof that did not run keeps its time."""
    before, rows, after = on_page(PAGE.read_text(encoding="utf-8"))
    table = HEAD
    for name, line in lines(proofs).items():
        took = f"{seconds[name]:.1f}" if name in seconds else rows.get(name, ("", ""))[1]
        table += f"{line} {took} |\n"
    PAGE.write_text(before + MARKS[0] + table + MARKS[1] + after, encoding="utf-8")

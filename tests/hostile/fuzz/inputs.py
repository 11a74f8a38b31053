#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The committed inputs: inputs/TARGET.tar has those of a target, as files of a folder TARGET.

inputs.py add TARGET FILE NAME                     keeps FILE as NAME: it has found something
inputs.py minimise TARGET PROGRAM [FOLDER...]      keeps what reaches an edge that no other input does, of these and of the
                                                   files in FOLDER..., by the fuzzer PROGRAM; inputs with a name stay
inputs.py unpack FOLDER [TARGET...]                as files, FOLDER/TARGET/NAME
inputs.py pack FOLDER TARGET...                    and back

An archive is a tar as this file writes it: members by name, no times, no owners. The same inputs are the same bytes.
"""

import io
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

ARCHIVES = Path(__file__).resolve().parent / "inputs"
BY_CONTENT = re.compile(r"[0-9a-f]{40}")  # the names that a fuzzer gives


def targets() -> list[str]:
    return sorted(path.stem for path in ARCHIVES.glob("*.tar"))


def archive(target: str) -> Path:
    path = ARCHIVES / f"{target}.tar"
    if not path.is_file():
        sys.exit(f"inputs.py: no target '{target}'; there are {' '.join(targets())}")
    return path


def members(target: str) -> dict[str, bytes]:
    """Each input of a target by its path."""
    found = {}
    with tarfile.open(archive(target)) as tar:
        for entry in tar:
            content = tar.extractfile(entry)
            assert content is not None, entry.name
            found[entry.name] = content.read()
    return found


def packed(inputs: dict[str, bytes]) -> bytes:
    """The archive of these."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in sorted(inputs):
            entry = tarfile.TarInfo(name)
            entry.size = len(inputs[name])
            tar.addfile(entry, io.BytesIO(inputs[name]))
    return made.getvalue()


def write(target: str, inputs: dict[str, bytes]) -> None:
    archive(target).write_bytes(packed(inputs))
    print(f"{target}: {len(inputs)} inputs")


def unpack(folder: Path, chosen: Iterable[str]) -> None:
    for target in chosen:
        for name, content in members(target).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def pack(folder: Path, chosen: Iterable[str]) -> None:
    for target in chosen:
        paths = (folder / target).iterdir()
        write(target, {f"{target}/{path.name}": path.read_bytes() for path in paths})


def add(target: str, file: Path, name: str) -> None:
    if not re.fullmatch(r"\w+", name):
        sys.exit(f"inputs.py: '{name}' is not a name: letters, digits and _")
    write(target, {**members(target), f"{target}/{name}": file.read_bytes()})


def minimise(target: str, program: Path, folders: Iterable[Path]) -> None:
    named = {name: one for name, one in members(target).items() if not BY_CONTENT.fullmatch(Path(name).name)}
    with tempfile.TemporaryDirectory() as made:
        unpack(Path(made), [target])
        kept = Path(made) / "kept"
        kept.mkdir()
        command = [program.resolve(), "-set_cover_merge=1", "-use_counters=0", kept]
        subprocess.run([*command, Path(made) / target, *folders], check=True)
        found = {f"{target}/{path.name}": path.read_bytes() for path in kept.iterdir()}
    contents = set(named.values())
    write(target, {**{name: one for name, one in found.items() if one not in contents}, **named})


def main(verb: str = "", *words: str) -> None:
    if verb == "add" and len(words) == 3:
        add(words[0], Path(words[1]), words[2])
    elif verb == "minimise" and len(words) > 1:
        minimise(words[0], Path(words[1]), [Path(folder) for folder in words[2:]])
    elif verb == "unpack" and words:
        unpack(Path(words[0]), words[1:] or targets())
    elif verb == "pack" and len(words) > 1:
        pack(Path(words[0]), words[1:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])

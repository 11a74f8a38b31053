# SPDX-License-Identifier: MIT
"""vwr live: writes the page."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from vwr import ROOT, description
from vwr.check.tree import checked_tree
from vwr.generate import drift, render
from vwr.generate.current import current
from vwr.live import compile as compiled
from vwr.live.generic import scene
from vwr.live.page import monitor_rules, page, parts
from vwr.live.wasm import Wasm
from vwr.model.nodes.files import Device
from vwr.output import build_folder, write
from vwr.spec import disk
from vwr.spec.problems import Refused

NAME = "live.html"


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE")
    parser.add_argument("--spec", type=Path, metavar="DIR")


def run(args: Namespace) -> int:
    """0: the page is written; 1: the user's description has problems."""
    build = build_folder()
    try:
        text = made(build / "live", disk.own_folder(args.spec))
    except Refused as refused:
        sys.stderr.write(refused.problems.render("text"))
        return 1
    out = write(args.out, NAME, text, "live")
    print(f"{out}: {len(text.encode())} bytes; open it in a browser")
    return 0


def made(build: Path, folder: Path | None) -> str:
    """The page, compiled in a folder. `folder`: the user's own descriptions."""
    scenes = generated_scenes(folder)
    own = own_files(build / "own", folder) if folder else None
    names = [*compiled.scene_names(), *scenes]
    files = {f"scene_{name}": text for name, text in scenes.items()}
    machine = compiled.Machine(build, {"scenes": compiled.scene_table(names), **files}, own)
    return page(parts(Wasm(machine.build()), description.data(), monitor_rules()))


def generated_scenes(folder: Path | None) -> dict[str, str]:
    """{name: C} of the devices that have a generated client and service, and no class written by hand."""
    by_hand = set(compiled.scene_names())
    models = render.of_tree(checked_tree(ROOT, folder), None).models
    devices = [one for one in models if isinstance(one, Device) and one.stem not in by_hand]
    return {one.stem: text for one in devices if (text := scene(one)) is not None}


def own_files(out: Path, folder: Path) -> Path:
    """Where the generated files of the user's devices are; the description's package then has them, too."""
    drift.write(out, current(out, folder, left_out=True).files, only_listed=True)
    description.use(out / "python")
    return out

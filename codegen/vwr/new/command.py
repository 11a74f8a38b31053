# SPDX-License-Identifier: MIT
"""
vwr new device: writes a commented description of a new device, and the functions that its service calls.
"""

import os
import re
import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from urllib.parse import quote

from vwr import ROOT
from vwr.check.tree import checked_tree
from vwr.generate import drift, render
from vwr.generate.fill import filled, ours
from vwr.spec.load import Tree
from vwr.spec.problems import Refused
from vwr.stop import Stop, typed

IDS = ROOT / "spec" / "core" / "ids.yaml"
DEVICES = ROOT / "spec" / "device"


def integer(text: str) -> int:
    """The number that a text contains, in decimal or with 0x."""
    return int(text, 0)


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("what", choices=("device",))
    parser.add_argument("name", metavar="NAME")
    parser.add_argument("--id", metavar="NUMBER", type=integer)
    parser.add_argument("--out", metavar="DIR", type=Path)
    parser.add_argument("--spec", metavar="DIR", type=Path)


def run(args: Namespace) -> int:
    """Does not overwrite existing files."""
    folder = args.spec or DEVICES
    described = [path.stem for path in folder.glob("*.yaml")]
    if args.spec and (DEVICES / f"{args.name}.yaml").exists():
        raise Stop(f"'{args.name}' is a device of the specification", "another name")
    if args.name not in described and not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", args.name):
        raise Stop(
            f"'{args.name}' is not a valid device name",
            "a letter first, then lower-case letters, digits, and - between words: lamp, hall-light",
        )
    path = (args.out or args.spec or Path()) / f"{args.name.replace('-', '_')}_device.c"
    if path.exists():
        raise Stop(f"{path} exists already", "--out DIR, or edit it")
    try:
        if args.name not in described:
            _describe(args.name, args.id, args.spec)
        text = _functions(checked_tree(ROOT, args.spec), args.name)
    except Refused as refused:
        sys.stderr.write(refused.problems.render("text"))
        return 1
    drift.put(path, text.encode("utf-8"))
    edit = "edit it" if args.name in described else "edit both"
    named = f" --spec {shlex.quote(str(args.spec))} --out DIR" if args.spec else ""
    verb = typed(f"./vwr generate{named}")
    print(f"new      {path}\nNext: {edit}, then {verb}; docs/new-device.md continues from there")
    return 0


def _describe(name: str, number: int | None, own: Path | None) -> None:
    """
    Writes its file below spec/, and its line of the device types. In a user's folder the file contains the
    number.
    """
    tree = checked_tree(ROOT, own)
    device_id, line = _device_id(tree, name, number)
    path = (own or DEVICES) / f"{name}.yaml"
    schema = quote(os.path.relpath(ROOT / "generated" / "grammar.schema.json", path.parent))  # a URL
    if line and own:
        device_id = str(number)
    elif line:
        drift.put(IDS, IDS.read_bytes() + line.encode("utf-8"))
        print(f"changed  {IDS.relative_to(ROOT)}")
    title = _title(name)
    other = f"{title} Device" not in tree.sections
    text = _filled("device.yaml.j2", name=name, id=device_id, title=title, schema=schema, other=other)
    drift.put(path, text.encode("utf-8"))
    print(f"new      {path if own else path.relative_to(ROOT)}")


def _device_id(tree: Tree, name: str, number: int | None) -> tuple[str, str]:
    """(name of the device type, the line that the device types need for it, or nothing)."""
    data = tree.by_kind("ids")[0].data
    known = {row["name"]: row["id"] for row in data["ids"]}
    taken = {device.data["id"]: device.path for device in tree.by_kind("device")}
    own = name.replace("-", "_").upper()
    found: str | None = own if number is None else {its: one for one, its in known.items()}.get(number)
    if found in taken:
        raise Stop(f"device type {found} is described by {taken[found]}", "--id NUMBER: another one")
    if found in known:
        return str(found), ""
    if number is None:
        raise Stop(
            f"there is no device type {own}",
            f"--id NUMBER: its number; the largest that has a name is {max(known.values())}",
        )
    if own in known or not 0 < number < 64 * 1024 or number in data["reserved"]:
        raise Stop(
            f"{number} is not a valid number for {own}",
            f"{own} is {known[own]}" if own in known else "an unused number",
        )
    return own, f"  - {{name: {own}, id: {number}, brief: {_title(name)} device}}\n"


def _functions(tree: Tree, name: str) -> str:
    """A function for each message."""
    m = next(one for one in render.of_tree(tree).models if one.name == name)
    if not getattr(m, "ends", None):
        raise Stop(
            f"{m.path} has no messages that a service could receive", "messages: the messages of its queues"
        )
    return _filled("device.c.j2", m=m)


def _filled(template: str, **facts: object) -> str:
    return filled(ours(Path(__file__).parent).get_template(template), facts)


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()

# SPDX-License-Identifier: MIT
"""vwr embed: copies the library into another tree, as one .c/.h pair or as files."""

import functools
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import yaml

from vwr import ROOT
from vwr.back_end import outputs
from vwr.c.items import SourceError
from vwr.embed import (
    banner,
    callers,
    description,
    example,
    files,
    generated,
    interface,
    known,
    pair,
    placed,
    proof,
    record,
)
from vwr.embed import choice as profiles
from vwr.embed.choice import Choice
from vwr.embed.classes import brief_of, header_of
from vwr.spec.problems import Refused
from vwr.stop import Failed

OWN = (  # folders of Virtwright's tree and archive, in which no copy may be; dist writes copies to `pairs`
    *(
        "LICENSES",
        "bench",
        "classes",
        "cmake",
        "codegen",
        "conform",
        "debian",
        "docs",
        "examples",
        "generated",
    ),
    *("hosted", "integrations", "man", "monitor", "plan", "runtime", "spec", "standalone", "tests"),
)
CLASSES = ("side", "transport", "device", "driver")  # keys of a profile that determine its parts
PROFILE, PORT, LICENCE = "vwr-profile.yaml", "vwr_port.h", "LICENSE"
MACHINES = {  # of a port: the names that compilers have for its machine, and such a compiler
    "aarch64": (r"aarch64|arm64", "aarch64-linux-gnu-gcc"),
    "armv7": (r"arm(?!64)|thumb", "arm-linux-gnueabi-gcc -march=armv7-a"),
    "riscv": (r"riscv", "riscv64-linux-gnu-gcc"),
    "s390x": (r"s390x", "s390x-linux-gnu-gcc -DVWR_ACCESS_CALLS=1"),
    "x86": (r"x86|amd64|i[3-6]86", "x86_64-linux-gnu-gcc"),
    "xv6": (r"riscv64", "riscv64-linux-gnu-gcc"),
}


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--profile", metavar="FILE")
    for name in profiles.CHOICES:
        parser.add_argument(f"--{name}")
    parser.add_argument("--driver", metavar="NAME,…")
    parser.add_argument("--spec", metavar="DIR", type=Path)
    parser.add_argument("--callers", metavar="FILE,…")
    parser.add_argument("--preset", metavar="NAME")
    parser.add_argument("--with", dest="on", action="append", default=[], metavar="NAME,…")
    parser.add_argument("--without", dest="off", action="append", default=[], metavar="NAME,…")
    parser.add_argument("--files", action="store_true", default=None)
    parser.add_argument("--pair", dest="files", action="store_false")
    parser.add_argument("--cc", metavar="COMMAND")
    parser.add_argument("--force", action="store_true")


def start_of(args: Namespace) -> Path | None:
    """The profile to start with: a file, the folder's own one, or none."""
    own = args.folder / PROFILE
    return Path(args.profile) if args.profile else own if own.is_file() else None


def spec_of(args: Namespace, start: Path | None, request: dict[str, Any]) -> Path | None:
    """The folder of the user's descriptions. In a profile it is relative to the profile."""
    if args.spec or not (start and request["spec"]):
        return args.spec
    return Path(os.path.normpath(start.parent / request["spec"]))


def requested(args: Namespace, start: Path | None, request: dict[str, Any]) -> Choice:
    """The choice: the profile to start with, then the options of the command line."""
    if args.driver is not None and args.side == "both":
        request["driver"] = args.driver
    elif args.driver is not None:
        if args.device is not None or args.side not in (None, "driver"):
            raise profiles.ChoiceError(
                "--driver NAME,… stands for --side driver --device NAME,…: use only one of them"
            )
        args.side, args.device = "driver", args.driver
    if args.side in ("driver", "device"):
        request["driver"] = ""  # only of side both
    if args.side and request["port"] == profiles.port_of({**request, "port": None}):
        request["port"] = None  # the default of the other side
    given = {key: value for key in profiles.CHOICES if (value := getattr(args, key)) is not None}
    if args.preset is not None:
        request.update(preset=args.preset, parts={})
    request.update(given)
    if args.preset is not None or start is None:
        profiles.assume(request, given)
    if args.files is not None:
        request["form"] = "files" if args.files else "pair"
    if args.interface is not None:
        profiles.interface_drops(request, ",".join(args.on).split(","))
    if start and (args.device, args.side, args.transport) != (None, None, None):
        profiles.device_drops(request, ",".join(args.on).split(","))
    profiles.change(request, args.off, False)
    profiles.change(request, args.on, True)
    return profiles.made(request)


def render(choice: Choice) -> dict[str, str]:
    """{file name: text}."""
    return _rendered(choice, generated.folders())


@functools.cache
def _rendered(choice: Choice, folders: tuple[Path, ...]) -> dict[str, str]:
    del folders  # they are read; so the same choice of other folders is rendered again
    return {
        output.path: output.text for output in outputs([(files if choice.files else pair).BACK_END], choice)
    }


def before(manifest: dict[str, Any], folder: Path) -> dict[str, str]:
    """
    The files that the profile of the last run generates now. They are unchanged if the description is the
    same.
    """
    try:
        data = yaml.safe_load(manifest["profile"])
        request = profiles.of_data(data, record.MANIFEST)
        request["caller_texts"] = callers.read(request["callers"], folder)
        made = render(profiles.made(request))
        return {name: banner.as_of(manifest["from"], text) for name, text in made.items()}
    except (KeyError, profiles.ChoiceError, callers.CallersError, yaml.YAMLError, SourceError):
        return {}


def _said(profile: str) -> dict[str, Any]:
    """{key: value} of a profile's text, without the comments, which belong to Virtwright."""
    data = yaml.safe_load(profile)
    return {
        key: str(value).lower() if isinstance(value, bool) else value
        for key, value in {**data, **data.get("parts", {})}.items()
        if key != "parts"
    }


def tell_profile(old: str, new: str, asked: Container[str]) -> None:
    """
    Lists the keys of the profile that changed: by the embedder's choice, or because Virtwright has a new
    part, for which nobody has asked. Other classes have other parts.
    """
    was, now = _said(old), _said(new)
    others = any(was.get(key) != now.get(key) for key in CLASSES)
    rows = [key for key in now if now[key] != was.get(key) and (key in was or others or key in asked)]
    if rows:
        print("the profile has changed: " + ", ".join(sorted(f"{key}: {now[key]}" for key in rows)))
    fresh = [key for key in now if key not in was and key not in rows]
    if fresh:
        print("Virtwright has new parts: " + ", ".join(f"{key}: {now[key]}" for key in fresh))
    gone = [key for key in was if not (key in now or others or header_of(key))]  # a call is still there
    if gone:
        print("Virtwright no longer has the parts " + ", ".join(gone))


def tell_left_out(choice: Choice) -> None:
    """Lists the parts that the copy lacks, so that the user knows that they exist."""
    out = [f"{name} ({part.brief})" for name, part in choice.addable.items()]
    out += [f"{call} ({brief_of(call)})" for call in choice.addable_calls]
    if out:
        print(
            f"left out: {'; '.join(out)}\n  --with NAME,... adds them, --preset everything adds {profiles.PRESETS['everything'].brief};"
            f" {'include/vwr/profile.h' if choice.files else 'vwr.h'} lists the calls of each"
        )


def tell_calls(old: list[str], new: list[str]) -> None:
    """Lists the calls that the copy gains and loses, regardless of the names of their parts."""
    for what, calls in (("gains", set(new) - set(old)), ("loses", set(old) - set(new))):
        if calls:
            print(f"the copy {what} the calls {', '.join(sorted(calls))}")


def tell_changes(
    manifest: dict[str, Any],
    facts: dict[str, dict[str, str]],
    profile: str,
    calls: list[str],
    asked: Container[str],
) -> None:
    """Lists the changes since the existing copy."""
    if not manifest:
        return
    if manifest["profile"] != profile:
        tell_profile(manifest["profile"], profile, asked)
    tell_calls(manifest.get("calls", calls), calls)
    rows = list(description.changes(manifest["facts"], facts))
    quirks = [row for row in rows if description.is_quirk(row)]
    rows = [row for row in rows if row not in quirks]
    if rows or quirks:
        print(f"since {manifest['from']} the description has changed:")
        print("".join(f"  {row}\n" for row in rows), end="")
        if quirks:
            pages = ", ".join(sorted({description.page_of(row) for row in quirks}))
            print(f"  {pages}: new or changed quirks of other implementations: {len(quirks)}")
    elif manifest["from"] != banner.title():
        print(f"since {manifest['from']} the description of this copy's contents is unchanged")


def _headers(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name.endswith(".h")}


def tell_interface(manifest: dict[str, Any], old: dict[str, str], new: dict[str, str], profile: str) -> None:
    """
    Lists what the callers must change, because Virtwright has changed. With another profile, members and constants
    that the copy lacks are what the user left out.
    """
    if not old or _headers(old) == _headers(new):
        return
    was, now = interface.of(_headers(old)), interface.of(_headers(new))
    if _said(manifest["profile"]) != _said(profile):
        now = now._replace(constants=was.constants, members=was.members)
    rows = list(interface.changes(was, now))
    if rows:
        print("your code must change where it uses these:")
        print("\n".join(f"  {row}" for row in rows))


def _theirs(args: Namespace, choice: Choice, profile: str) -> dict[str, str]:
    """The files that the user maintains, as far as they are missing: {name: text}; and the profile, if it changes."""
    found, own = {}, args.folder / PROFILE
    if not own.is_file() or profiles.text(profiles.made(profiles.read(own))) != profile:
        found[PROFILE] = profile
    once = {PORT: example.port(choice, _has_no_headers(args)), LICENCE: banner.licence()}
    found.update({name: text for name, text in once.items() if not (args.folder / name).exists()})
    return found


def _has_no_headers(args: Namespace) -> bool:
    """Whether the compiler's command takes its headers away."""
    return "-nostdinc" in (args.cc or "").split()


def tell_example(folder: Path, edited: list[str], new: dict[str, str]) -> None:
    """Says that an edited example is kept, and what it lacks of the one that this profile has."""
    if not edited:
        return
    have = record.current(folder / example.SOURCE) or ""
    lacks = [name for name in example.functions(new[example.SOURCE]) if not re.search(rf"\b{name}\(", have)]
    print(
        f"{' and '.join(str(folder / name) for name in edited)} edited: the example is kept"
        + (f", without {', '.join(lacks)}" if lacks else "")
        + f"; remove {' and '.join(new)} to have new ones written"
    )


def write(args: Namespace, choice: Choice, new: dict[str, str], asked: Container[str]) -> None:
    """Writes all files. Unedited files of another form are removed. `asked`: what the user has named."""
    manifest = record.read(args.folder)
    found = record.edited(args.folder, manifest, new)
    if found and not args.force:
        raise Failed(
            record.refusal(args.folder, manifest, found, before(manifest, args.folder), new)
            + "\nNothing was written. Next: keep the edit elsewhere (a port, an option), or --force"
        )
    profile, facts = profiles.text(choice), description.digest(choice)
    shown = {} if choice.callers else example.files(choice)  # the callers' calls need no example
    kept = record.edited_example(args.folder, manifest, shown)
    written = {} if kept else shown
    made = record.made(banner.title(), profile, choice.calls, new, facts)
    made["example"] = {**manifest.get("example", {}), **record.example(written)}
    gone = [name for name in record.names(manifest) if name not in new and (args.folder / name).is_file()]
    every = {**new, record.MANIFEST: record.text(made), **written, **_theirs(args, choice, profile)}
    changed = placed.differing(args.folder, every)
    old = {name: record.current(args.folder / name) or "" for name in manifest.get("files", {})}
    placed.put(args.folder, changed, gone, record.text(record.both(manifest, made)))
    tell_changes(manifest, facts, profile, choice.calls, asked)
    tell_interface(manifest, old, new, profile)
    for name in gone:
        print(f"removed {args.folder / name}: not in this profile")
    for name in changed:
        print(f"wrote {args.folder / name}")
    tell_example(args.folder, kept, shown)
    if args.port is not None and record.current(args.folder / PORT) != example.port(
        choice, _has_no_headers(args)
    ):
        print(f"{args.folder / PORT} exists and is kept; remove it to have port {choice.port} written")


def _which_compiler(args: Namespace, choice: Choice, words: list[str]) -> str:
    """
    What to do if a compiler does not compile the copy: name that of the port's machine, if this is another. A port that
    was copied into the folder names itself in its first lines.
    """
    named = re.match(r"[^#]*#ifndef VWR_PORT_(\w+)_H\n", record.current(args.folder / PORT) or "")
    port = named[1].lower() if named else choice.port
    names, example = MACHINES.get(port, ("", ""))
    have = proof.machine(words, args.folder)
    if names and have and not re.match(names, have):
        why = f"{PORT} is port {port}, but {words[0]} compiles for {have}"
        return f"--cc '{example} -Os -ffreestanding', for example: {why}"
    if args.cc or port in (profiles.TEMPLATE, profiles.VMM) or names and have:
        return ""
    return f"name the compiler of port {port} with --cc"


def tell_unused(choice: Choice) -> None:
    """Warns of devices that the copy does not have, although the profile does."""
    for name in choice.unused:
        print(
            f"vwr embed: warning: the copy has no call of {name}, because callers ({choice.callers}) use none:"
            " --callers '' adds all calls of the profile",
            file=sys.stderr,
        )


def show_proof(args: Namespace, choice: Choice, new: dict[str, str], words: list[str] | None) -> int:
    """Compiles the copy with this command. The exit code is 0 if it has the promised properties."""
    if words is None:
        print("no C compiler found: name yours with --cc to have the copy verified")
        return 0
    sources = [name for name in new if name.endswith(".c")]
    folder = args.folder.resolve()
    include = [folder / "include", folder] if choice.files else [folder]
    try:
        made = proof.prove(words, folder, sources, include, of_devices=choice.side == "device")
    except Failed as error:
        written = f"{error}\nThe copy in {args.folder} has been written, but not verified"
        raise Failed(written, _which_compiler(args, choice, words)) from None
    if made.warnings:
        print(made.warnings, file=sys.stderr)
    for sentence in made.weak:
        print(f"vwr embed: warning: {PORT}: {sentence}", file=sys.stderr)
    needs = ", ".join(made.of_port + made.of_library + made.loose) or "nothing"
    whose = " (the port's own)" if made.of_port and not made.of_library and not made.loose else ""
    text, rodata, data, bss = made.sizes
    print(
        f"{' '.join(words)}: text {text}, rodata {rodata}, data {data}, bss {bss} bytes;"
        f" needs at link: {needs}{whose}"
    )
    wrong = list(_wrong(made, "-lgcc" in words))
    for sentence in wrong:
        print(f"vwr embed: {sentence}", file=sys.stderr)
    return int(bool(wrong))


def _wrong(made: proof.Proof, has_library: bool) -> Iterator[str]:
    """A sentence for each promised property that the copy lacks."""
    if made.of_library and not has_library:
        yield (
            f"the copy needs {', '.join(made.of_library)}: your compiler generates calls of it, and its library"
            f" {made.library} has it; if your program links that library (-lgcc), add -lgcc to --cc"
        )
    if made.loose:
        yield (
            f"the copy needs {', '.join(made.loose)}, which the port does not declare: your compiler generates calls of"
            " it, or VWR_PORT_HEADER is another port"
        )
    if made.sizes.data or made.sizes.bss:
        yield "the copy defines variables, which it must not"


def check_folder(folder: Path) -> None:
    """Refuses a place for the copy that is no folder, or that belongs to Virtwright."""
    if folder.exists() and not folder.is_dir():
        raise profiles.ChoiceError(f"{folder} is not a folder")
    place = folder.resolve()
    top = place.relative_to(ROOT).parts[:1] if place.is_relative_to(ROOT) else None
    if top == () or top and top[0] in OWN:
        raise profiles.ChoiceError(
            f"{folder} is {'the root' if top == () else 'a folder'} of Virtwright's own tree, {ROOT}: nothing was"
            " written",
            "name a folder of your tree, such as ../vwr",
        )


def run(args: Namespace) -> int:
    """Writes and proves the copy; 1: refused or not proved."""
    check_folder(args.folder)
    start = start_of(args)
    request = profiles.read(start) if start else profiles.defaults()
    spec = spec_of(args, start, request)
    if spec:
        request["spec"] = Path(os.path.relpath(spec, args.folder)).as_posix()
    callers.given(request, args.callers, start, args.folder)
    try:
        with generated.with_devices(spec):
            return _copy(args, requested(args, start, request), request["parts"])
    except Refused as refused:
        sys.stderr.write(refused.problems.render("text"))
        sys.stderr.write("Nothing was written. Next: fix the descriptions in --spec\n")
        return 1


def _copy(args: Namespace, choice: Choice, asked: Container[str]) -> int:
    words = proof.command(args.cc, args.folder)
    if args.device is not None and args.side is None and start_of(args) is None and choice.side == "driver":
        print(f"side: driver, the default for --device {args.device}; --side device selects the device side")
    new = render(choice)
    port = record.current(args.folder / PORT) or example.port(choice, _has_no_headers(args))
    known.check(choice, args.folder, port, new)
    write(args, choice, new, asked)
    tell_left_out(choice)
    tell_unused(choice)
    return show_proof(args, choice, new, words)

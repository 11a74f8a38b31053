#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command line: embed.py DIR …: the library for somebody's tree, as one .c/.h pair or as files. See ./vwr embed."""

import argparse
import os
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

try:
    import banner
    import beside
    import choice as profiles
    import proof
except ModuleNotFoundError as missing:
    if missing.name not in ("yaml", "elftools"):
        raise
    sys.exit(f"vwr: Python module '{missing.name}' is missing for {sys.executable}\n"
             "Next: apt install python3-yaml python3-pyelftools")


import csource  # noqa: E402  (after the word on what is missing)
import example  # noqa: E402
import files  # noqa: E402
import pair  # noqa: E402
import record  # noqa: E402
import description  # noqa: E402

PROFILE, PORT, EXAMPLE = "vwr-profile.yaml", "vwr_port.h", "vwr_example.c"


def parse(argv):
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="vwr embed", description="Writes the library into a folder of yours: what a profile names, nothing else.",
        epilog="Presets: " + "; ".join(f"{name} ({preset.brief})" for name, preset in profiles.PRESETS.items())
        + ". Parts: " + "; ".join(f"{name} ({part.brief})" for name, part in profiles.PARTS.items())
        + ". Exit code 0: written and proved, 1: not proved or refused, 2: could not run.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="where it goes")
    parser.add_argument("--profile", metavar="FILE", help="begin with this profile, not with the folder's own")
    parser.add_argument("--side", help="driver, device or both")
    parser.add_argument("--transport", help="mmio")
    parser.add_argument("--device", metavar="NAME,…", help="blk; on the device side also console, entropy")
    parser.add_argument("--mmio", metavar="VERSION", help="legacy, modern or both")
    parser.add_argument("--port", metavar="NAME", help="what vwr_port.h is at first: " + ", ".join(profiles.PORTS))
    parser.add_argument("--preset", metavar="NAME", help="the parts to begin with: " + ", ".join(profiles.PRESETS))
    parser.add_argument("--with", dest="on", action="append", default=[], metavar="PART,…", help="or all")
    parser.add_argument("--without", dest="off", action="append", default=[], metavar="PART,…",
                        help="or all; taken before --with")
    parser.add_argument("--files", action="store_true", default=None, help="the sources, with lists for make and CMake")
    parser.add_argument("--pair", dest="files", action="store_false", help="vwr.c and vwr.h (the default)")
    parser.add_argument("--cc", metavar="COMMAND", help="your compiler and its flags, in one word, for the proof")
    parser.add_argument("--force", action="store_true", help="overwrite a copy that was edited")
    return parser.parse_args(argv)


def requested(args):
    """The choice: a profile file, the folder's own, or a preset; then what the command line says."""
    own = args.folder / PROFILE
    start = args.profile or (own if own.is_file() else None)
    request = profiles.read(start) if start else profiles.defaults()
    for key in profiles.CHOICES:
        if getattr(args, key) is not None:
            request[key] = getattr(args, key)
    if args.preset is not None:
        request.update(preset=args.preset, parts={})
    if args.files is not None:
        request["form"] = "files" if args.files else "pair"
    if args.mmio is not None:
        profiles.mmio_drops(request, ",".join(args.on).split(","))
    profiles.change(request, args.off, False)
    profiles.change(request, args.on, True)
    return profiles.made(request)


def render(choice):
    """{file name: text}."""
    return (files if choice.files else pair).render(choice)


def before(manifest):
    """The files as the profile of the last run makes them now: as they were, if the description is the same."""
    try:
        data = profiles.yaml.safe_load(manifest["profile"])
        made = render(profiles.made(profiles.of_data(data, record.MANIFEST)))
        return {name: text.replace(banner.title(), manifest["from"], 1) for name, text in made.items()}
    except (KeyError, profiles.ChoiceError, profiles.yaml.YAMLError, csource.SourceError):
        return {}


def _said(profile):
    """{key: value} of a profile's text; its comments are Virtwright's and not the embedder's."""
    data = profiles.yaml.safe_load(profile)
    return {key: str(value).lower() if isinstance(value, bool) else value
            for key, value in {**data, **data.get("parts", {})}.items() if key != "parts"}


def tell_profile(old, new):
    """Which keys of the profile are other ones now: by the embedder's choice, or because Virtwright has a new part."""
    was, now = _said(old), _said(new)
    rows = [key for key in now if now[key] != was.get(key) and (key in was or was["side"] != now["side"])]
    if rows:
        print("the profile has changed: " + ", ".join(sorted(f"{key}: {now[key]}" for key in rows)))
    fresh = [key for key in now if key not in was and key not in rows]
    if fresh:
        print("Virtwright has new parts: " + ", ".join(f"{key}: {now[key]}" for key in fresh))
    gone = [key for key in was if key not in now and was["side"] == now["side"]]
    if gone:
        print("Virtwright no longer has the parts " + ", ".join(gone))


def tell_left_out(choice):
    """What the copy could have besides, so that nobody takes what is missing for all there is."""
    out = [f"{name} ({part.brief})" for name, part in profiles.PARTS.items()
           if name not in choice.parts and profiles.is_of(part, choice.side)]
    if out:
        print(f"left out: {'; '.join(out)}\n  --with NAME,... adds them, --preset everything adds all but the trace;"
              f" {'include/vwr/profile.h' if choice.files else 'vwr.h'} lists the calls of each")


def tell_changes(manifest, facts, profile):
    """What is different since the copy that is there."""
    if not manifest:
        return
    if manifest["profile"] != profile:
        tell_profile(manifest["profile"], profile)
    rows = list(description.changes(manifest["facts"], facts))
    if rows:
        print(f"since {manifest['from']} the description says something else:")
        print("\n".join(f"  {row}" for row in rows))
    elif manifest["from"] != banner.title():
        print(f"since {manifest['from']} the description says nothing else of what is in this copy")


def put(path, text):
    """Writes a file if it is not so already."""
    if record.current(path) != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        print(f"wrote {path}")


def write(args, choice, new):
    """All files; those of another form that nobody has edited go."""
    manifest = record.read(args.folder)
    found = record.edited(args.folder, manifest, new)
    if found and not args.force:
        raise record.RecordError(record.refusal(args.folder, manifest, found, before(manifest), new)
                                 + "\nNothing was written. Next: keep the edit elsewhere (a port, an option), or --force")
    profile, facts = profiles.text(choice), description.digest(choice)
    tell_changes(manifest, facts, profile)
    for name in sorted(set(manifest.get("files", {})) - set(new)):
        if (args.folder / name).is_file():
            (args.folder / name).unlink()
            print(f"took away {args.folder / name}: not in this profile")
    for name, text in new.items():
        put(args.folder / name, text)
    put(args.folder / record.MANIFEST, record.text(banner.title(), profile, new, facts))
    own = args.folder / PROFILE
    if not own.is_file() or profiles.text(profiles.made(profiles.read(own))) != profile:
        put(own, profile)
    for name, made in ((PORT, beside.port), (EXAMPLE, example.text)):
        if not (args.folder / name).exists():
            put(args.folder / name, made(choice))
    if args.port is not None and record.current(args.folder / PORT) != beside.port(choice):
        print(f"{args.folder / PORT} is there already and stays as it is; take it away to have port {choice.port} written")


def show_proof(args, choice, new):
    """The exit code: 0 if the copy is as promised."""
    words = proof.command(args.cc)
    if words is None:
        print("no C compiler here: name yours with --cc to have the copy proved")
        return 0
    sources = [name for name in new if name.endswith(".c")]
    folder = args.folder.resolve()
    include = [folder / "include", folder] if choice.files else [folder]
    try:
        sizes, theirs, loose, warnings = proof.prove(words, folder, sources, include)
    except proof.ProofError as error:
        if args.cc or choice.port == profiles.TEMPLATE:
            raise
        raise proof.ProofError(f"{error}\nNext: name the compiler of port {choice.port} with --cc") from None
    if warnings:
        print(warnings, file=sys.stderr)
    print(f"{' '.join(words)}: text {sizes.text}, rodata {sizes.rodata}, data {sizes.data}, bss {sizes.bss} bytes;"
          f" needs at link: {', '.join(theirs + loose) or 'nothing'}" + (" (the port's own)" if theirs and not loose else ""))
    if loose:
        print(f"vwr embed: the copy needs {', '.join(loose)}, which the port does not declare: your compiler calls it by"
              " itself, or VWR_PORT_HEADER is another port", file=sys.stderr)
    if sizes.data or sizes.bss:
        print("vwr embed: the copy has variables of its own, which it must not", file=sys.stderr)
    return int(bool(loose or sizes.data or sizes.bss))


def embed(args):
    """Writes and proves; the exit code."""
    if args.folder.exists() and not args.folder.is_dir():
        raise profiles.ChoiceError(f"{args.folder} is no folder")
    choice = requested(args)
    new = render(choice)
    write(args, choice, new)
    tell_left_out(choice)
    return show_proof(args, choice, new)


def main(argv):
    """Exit code: 0 written and proved, 1 refused or not proved, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        return embed(parse(argv))
    except (record.RecordError, proof.ProofError) as error:
        sys.stdout.flush()
        print(f"vwr embed: {error}", file=sys.stderr)
        return 1
    except profiles.ChoiceError as error:
        print(f"vwr embed: {error}", file=sys.stderr)
    except OSError as error:
        print(f"vwr embed: {error.filename or 'system'}: {error.strerror}", file=sys.stderr)
    except KeyboardInterrupt:
        print("vwr embed: interrupted", file=sys.stderr)
    except Exception as error:  # pylint: disable=broad-except
        print(f"vwr embed: bug in embed: {type(error).__name__}: {error}"
              " (VWR_DEBUG=1 shows where; please report it)", file=sys.stderr)
        if os.environ.get("VWR_DEBUG") == "1":
            traceback.print_exc()
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Command line: oracle.py --document DIR: the description against the specification's own LaTeX. See ./vwr oracle."""

import argparse
import os
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

try:
    import errata
except ModuleNotFoundError as missing:
    if missing.name != "yaml":
        raise
    sys.exit(f"vwr: Python module 'yaml' is missing for {sys.executable}\nNext: apt install python3-yaml")

import described  # noqa: E402  (after the word on what is missing)
import document  # noqa: E402
import show  # noqa: E402
from compare import AGREED, compare  # noqa: E402

CLONE = "git clone https://github.com/oasis-tcs/virtio-spec"


def parse(argv):
    """The command line."""
    parser = argparse.ArgumentParser(prog="vwr oracle", description=__doc__.split(": ", 2)[2])
    parser.add_argument("--document", metavar="DIR", required=True, help="a checkout of the specification's source")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--verbose", action="store_true", help="print also what agrees and what is explained")
    parser.add_argument("--package", metavar="DIR", default=described.PACKAGE, help="the Python package's folder")
    parser.add_argument("--errata", metavar="FILE", default=errata.LIST, help="another list of known differences")
    return parser.parse_args(argv)


def run(given):
    """Compares; exit code 1 if something is not explained."""
    there = document.Document(given.document)
    ours = described.Described(given.package)
    facts = [fact for fact in ours.facts if not there.version or not ours.since[fact]
             or described.order(ours.since[fact]) <= described.order(there.version)]
    known = errata.Errata("document", given.errata, there.version)
    found = compare(ours.named_as_here(there.facts), facts, known)
    slips = known.prose(there.has)
    wrong = there.unread + (known.stale() if there.version == ours.version else [])
    failed = bool(wrong) or any(one.what != AGREED and not one.erratum for one in found)
    if given.format == "json":
        sys.stdout.write(show.as_json(there, found, wrong))
        return int(failed)
    print("\n".join(show.head(there, ours.version, len(ours.facts) - len(facts))
                    + show.text(found, wrong, given.verbose, slips)))
    if failed:
        print(f"next: mend spec/ and ./vwr generate, or give the reason in {given.errata}")
    return int(failed)


def main(argv):
    """Exit code: 0 all agrees or is explained, 1 something is not, 2 could not run."""
    try:
        code = run(parse(argv))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except document.NoDocument as error:
        print(f"vwr oracle: {error}\nNext: {CLONE}", file=sys.stderr)
    except described.NoDescription as error:
        print(f"vwr oracle: {error}\nNext: ./vwr generate", file=sys.stderr)
    except errata.BadErrata as error:
        print(f"vwr oracle: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("vwr oracle: interrupted", file=sys.stderr)
    except Exception as error:  # pylint: disable=broad-except
        print(f"vwr oracle: bug in the oracle: {type(error).__name__}: {error}"
              " (VWR_DEBUG=1 shows where; please report it)", file=sys.stderr)
        if os.environ.get("VWR_DEBUG") == "1":
            traceback.print_exc()
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

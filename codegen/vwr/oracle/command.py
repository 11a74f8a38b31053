# SPDX-License-Identifier: MIT
"""vwr oracle: compares the description with the specification's own LaTeX."""

import sys
from argparse import ArgumentParser, Namespace

from vwr import description
from vwr.oracle import described, document, errata, show
from vwr.oracle.compare import AGREED, compare


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("--document", metavar="DIR", required=True)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--package", metavar="DIR", default=description.PACKAGE)
    parser.add_argument("--errata", metavar="FILE", default=errata.LIST)


def run(given: Namespace) -> int:
    """1: a difference is not explained."""
    there = document.Document(given.document)
    ours = described.Described(given.package)
    facts = [
        fact
        for fact in ours.facts
        if not there.version
        or not ours.since[fact]
        or description.version(ours.since[fact]) <= description.version(there.version)
    ]
    known = errata.Errata("document", given.errata, there.version)
    found = compare(ours.named_as_here(there.facts), facts, known)
    slips = known.prose(there.has)
    wrong = there.unread + (known.stale() if there.version == ours.version else [])
    failed = bool(wrong) or any(one.what != AGREED and not one.erratum for one in found)
    if given.format == "json":
        sys.stdout.write(show.as_json(there, found, wrong))
        return int(failed)
    print(
        "\n".join(
            show.head(there, ours.version, len(ours.facts) - len(facts))
            + show.text(found, wrong, given.verbose, slips)
        )
    )
    if failed:
        print(f"next: fix spec/ and ./vwr generate, or give the reason in {given.errata}")
    return int(failed)

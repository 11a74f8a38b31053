# SPDX-License-Identifier: MIT
"""vwr oracle: compares the description with the specification's own LaTeX."""

import json
import sys
from argparse import ArgumentParser, Namespace

from vwr import ROOT, description
from vwr.oracle import described, document, errata, show
from vwr.oracle.compare import AGREED, compare
from vwr.spec.disk import SECTIONS


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("--document", metavar="DIR", required=True)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--package", metavar="DIR", default=description.PACKAGE)
    parser.add_argument("--errata", metavar="FILE", default=errata.LIST)


def _is_there(since: str, version: str) -> bool:
    """Whether this version of the specification has the item."""
    return not version or not since or description.version(since) <= description.version(version)


def _titles(there: document.Document) -> list[str]:
    """How the table of sections differs from the specification."""
    ours = json.loads((ROOT / SECTIONS).read_text(encoding="utf-8"))["titles"]
    theirs = there.titles()
    found = [f"{SECTIONS}: the specification has no section '{one}'" for one in ours if one not in theirs]
    found += [f"{SECTIONS}: '{one}' is missing" for one in theirs if one not in ours]
    return found or ([] if ours == theirs else [f"{SECTIONS}: not in the order of the specification"])


def run(given: Namespace) -> int:
    """1: a difference is not explained."""
    there = document.Document(given.document)
    ours = described.Described(given.package)
    facts = [fact for fact in ours.facts if _is_there(ours.since[fact], there.version)]
    stated = {
        fact: there.stated(fact, words)
        for fact, words in ours.quotes.items()
        if _is_there(ours.since[fact], there.version)
    }
    known = errata.Errata("document", given.errata, there.version)
    found = compare(
        ours.named_as_here(there.facts) + there.named(facts) + [other for other in stated.values() if other],
        facts + [fact for fact, other in stated.items() if other],
        known,
    )
    slips = known.prose(there.has)
    wrong = there.unread + (known.stale() if there.version == ours.version else [])
    if there.version == ours.version and given.package == description.PACKAGE:
        wrong += _titles(there)
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

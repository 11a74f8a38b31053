# SPDX-License-Identifier: MIT
"""Pages for people: one for each file of spec/, the keys of the YAML, and the clauses of the specification."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vwr.back_end import BackEnd, Output
from vwr.generate.back_ends.common import Description, each
from vwr.generate.copies import QUIRKS
from vwr.generate.fill import filled, ours
from vwr.generate.share import Share
from vwr.model.clauses import sections
from vwr.grammar.every import EVERY
from vwr.grammar.files import KINDS
from vwr.grammar.row import meaning
from vwr.model.keys import mappings
from vwr.spec.clauses import PATH, decided

_KEYS = "docs/grammar/keys.md"
_BY_HAND = "docs/grammar/by-hand.md"
_CLAUSES = "docs/clauses.md"
_INDEX = "docs/README.md"
_FOLDERS = (("device", "Devices"), ("transport", "Transports"), ("core", "Core"))
_FIRST = ("mmio", "pci", "features", "status", "split-ring", "packed-ring")  # what most readers look for


def _keys(_: Description) -> Iterator[Output]:
    rows = {kind: EVERY[kind] for kind in (*KINDS, "options", "rules")}
    kinds = [{"name": kind, "meaning": meaning(row), "mappings": mappings(row)} for kind, row in rows.items()]
    yield Output(_KEYS, filled(ours().get_template("keys.md.j2"), kinds=kinds), "codegen/vwr/grammar")


def _clauses(description: Description) -> Iterator[Output]:
    rules = description.rules
    rows = sections(
        description.clauses,
        {share.name: share.clauses for share in description.shares},
        description.named.tests,
    )
    text = filled(
        ours().get_template("clauses.md.j2"),
        sections=rows,
        document=description.shares[0].document,
        decided=decided(rules.data, description.clauses, description.named.tests) if rules else [],
    )
    yield Output(_CLAUSES, text, PATH)


def _by_hand(description: Description) -> Iterator[Output]:
    yield Output(
        _BY_HAND, filled(ours().get_template("by_hand.md.j2"), shares=description.shares), "spec/device"
    )


class _Quirk(NamedTuple):
    side: str
    who: str
    versions: str
    seen: str
    about: str
    brief: str
    breaks: str
    remedy: str
    name: str


def _of_peers(quirk: _Quirk) -> Iterator[_Quirk]:
    """A quirk of several peers as one quirk of each."""
    peers, versions = (re.split(", | and ", text) for text in (quirk.who, quirk.versions))
    for index, who in enumerate(peers):
        own = versions[index] if len(versions) == len(peers) else quirk.versions
        yield quirk._replace(who=who, versions=own)


def _quirks(description: Description) -> Iterator[Output]:
    rows = [one for share in _ordered(description) for row in share.quirks for one in _of_peers(_Quirk(*row))]
    rows.sort(key=lambda row: row.who.casefold())
    yield Output(QUIRKS, filled(ours().get_template("quirks.md.j2"), rows=rows), "spec/")


def _ordered(description: Description) -> list[Share]:
    """
    The files in spec/, with the devices in the order of runtime/options.yaml. Files in neither list follow
    by name.
    """
    options = description.options.data if description.options else {}
    first = [*_FIRST, *(row["name"] for row in options.get("devices", ()))]
    return sorted(
        description.shares,
        key=lambda share: (first.index(share.name) if share.name in first else len(first), share.name),
    )


def _index(description: Description) -> Iterator[Output]:
    text = filled(
        ours().get_template("index.md.j2"),
        shares=_ordered(description),
        folders=_FOLDERS,
        document=description.shares[0].document,
    )
    yield Output(_INDEX, text, "spec/")


OF_QUIRKS = BackEnd("quirks", "shares: their quirks", (QUIRKS,), _quirks)
PAGES = each("pages", "docs/{name}.md", "{kind}.md.j2")
CLAUSES = BackEnd(
    "clauses",
    "all clauses, spec/rules.yaml, shares: those that their rows say, and those that tests name",
    (_CLAUSES,),
    _clauses,
)
BY_HAND = BackEnd("by hand", "shares: what is left by hand", (_BY_HAND,), _by_hand)
KEYS = BackEnd("keys", "the grammar", (_KEYS,), _keys)
INDEX = BackEnd(
    "index of pages", "shares: their names; runtime/options.yaml: the order of devices", (_INDEX,), _index
)

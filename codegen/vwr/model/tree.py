# SPDX-License-Identifier: MIT
"""Spec data -> plain model: offsets, masks, table rows, names. Templates only format it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from vwr.cname import const_name, document_const, ident, module, stem
from vwr.model import channel, clauses, device, registers, ring, status
from vwr.model.ends import ends
from vwr.model.nodes import changed
from vwr.model.nodes.files import Device, Features, Ids, Model, Quirk
from vwr.model.nodes.values import Barred, IdValue, Value, Word
from vwr.model.parts import constant, enum, feature_words, link, rules
from vwr.spec import since
from vwr.spec.clauses import Clauses
from vwr.spec.load import SpecFile, Tree
from vwr.spec.quirks import with_words, words
from vwr.spec.versions import VERSIONS

OTHER = "other"  # a transport that the specification does not describe, in names of constants


def _ids(file: SpecFile, edition: str, **common: Any) -> Ids:
    """Device types; the readable name is the specification's description."""
    rows: list[Value] = [
        IdValue(
            **vars(
                constant(
                    row,
                    row["id"],
                    const_name("ID", row["name"]),
                    document_const("ID", row["name"]),
                    label=row["brief"],
                )
            ),
            transitional=row.get("transitional-pci"),
            short=row.get("call", row["name"].lower().replace("_", "-")),
        )
        for row in file.data["ids"]
    ]
    return Ids(
        **common,
        short_table=ident("id_short_names"),
        enums=[enum(ident("id"), rows, link(file, "ids"), file.data["section"], what="id", title="ids")],
        edition=edition,
        edition_c=const_name("SPEC_VERSION"),
        edition_guard=const_name("edition", "H"),
        reserved=file.data.get("reserved", []),
        unassigned=file.data.get("unassigned", []),
    )


def _device(file: SpecFile, **more: Any) -> Device:
    """A device with its ends, which are derived from the rest of the model."""
    made = device.build(file, **more)
    return changed(made, ends=ends(made))


def _features(file: SpecFile, transports: list[str], **common: Any) -> Features:
    """
    Reserved feature bits, the features that each requires, and the features that a transport cannot have. A
    transport that the specification does not describe has only those that all of them have.
    """
    bits = device.features(file)
    named = transports + [t for row in bits.rows for t in row.transports]
    return Features(
        **common,
        enums=[bits],
        rules=rules(bits.rows, "requires", {row.name: row.c for row in bits.rows}),
        rule_table=ident("feature_rules"),
        rule_count_c=const_name("FEATURE_RULE_COUNT"),
        barred=[
            Barred(
                transport,
                "another transport" if transport == OTHER else transport,
                _words(
                    ["FEATURES_NOT_ON", transport],
                    [row.value for row in bits.rows if row.transports and transport not in row.transports],
                ),
            )
            for transport in dict.fromkeys([*named, OTHER])
        ],
        ranges={{"unassigned": "future"}.get(who, who): bits for who, bits in file.data["range"].items()},
        legacy_word=_words(["F_LEGACY_ONLY"], [row.value for row in bits.rows if row.only == "legacy"])[0],
        reserved_words=_words(["FEATURES_RESERVED"], _not_the_devices(file)),
    )


def _words(name: list[str], bits: list[int]) -> list[Word]:
    """These feature bits as constants of 32 bits."""
    return [Word(const_name(*name, f"W{i}"), mask) for i, mask in enumerate(feature_words(bits))]


def _not_the_devices(file: SpecFile) -> list[int]:
    """The bits that a device type must not define."""
    devices = {bit for low, high in file.data["range"]["device"] for bit in range(low, high + 1)}
    return [
        bit
        for bit in range(128)
        if bit not in devices or bit in {row["bit"] for row in file.data["features"]}
    ]


def _common(file: SpecFile, edition: str, table: Clauses) -> dict[str, Any]:
    """The source of an output, for its first lines."""
    return {
        "kind": file.kind,
        "name": file.name,
        "stem": stem(file.name),
        "module": module(file.name),
        "prefix": stem(file.prefix or file.name),
        "path": file.path,
        "license": file.license,
        "section": file.data["section"],
        "brief": file.data["brief"],
        "since": file.data["since"],
        "document": file.data.get("document", f"VIRTIO {edition.partition('-')[0]}"),
        "foreign": "document" in file.data,
        "guard": const_name("GEN", file.name, "H"),
        "document_guard": const_name("STANDALONE", file.name, "H"),
        "clauses": clauses.of_file(file, table),
        "quirks": _quirks(file),
        "by_hand": file.data.get("by-hand", []),
        "legacy_order": file.data.get("legacy-order", ""),
        "readable": file.data.get("readable", ""),
    }


def _quirks(file: SpecFile) -> list[Quirk]:
    """Known devices and drivers that deviate."""
    return [
        Quirk(
            place=file.place(("quirks", index)),
            unseen=row.get("unseen", False),
            about=row.get("about", ""),
            breaks=row.get("breaks", []),
            words=words(file.name, row),
            **{key: row[key] for key in ("name", "who", "versions", "side", "brief", "remedy")},
        )
        for index, row in enumerate(file.data.get("quirks", []))
    ]


def models(tree: Tree, version: str | None = None, of: list[SpecFile] | None = None) -> list[Model]:
    """
    Models of all files in a tree that has passed the checks, or only of the files `of`, in their order, for
    an older version of the specification.
    """
    paths = {file.path for file in of or tree.files}
    files = [since.inherited(file) if version or file.path in paths else file for file in tree.files]
    if version:
        files = since.at_version(files, version)
    for file in files:
        if file.path in paths:
            with_words(file.data)
    first = lambda kind: next(file for file in files if file.kind == kind)
    reserved = {row["name"]: const_name("F", row["name"]) for row in first("features").data["features"]}
    ids = {row["name"]: row["id"] for row in first("ids").data["ids"]}
    bit_versions = status.bit_versions(first("status"))
    transports = [file.name for file in files if file.kind in ("registers", "channel")]
    edition = first("ids").data.get("edition", VERSIONS[-1])
    if version and version != edition.partition("-")[0]:
        edition = version  # its headers are generated from this edition, so it has no stage
    builders: dict[str, Callable[..., Model]] = {
        "ids": partial(_ids, edition=edition),
        "features": partial(_features, transports=transports),
        "status": partial(status.build, reserved=reserved),
        "ring": partial(ring.build, reserved=reserved),
        "registers": partial(registers.build, reserved=reserved, status=bit_versions),
        "channel": partial(channel.build, reserved=reserved),
        "structs": partial(device.build_structs, reserved=reserved),
        "device": partial(_device, reserved=reserved, ids=ids),
    }
    return [
        builders[file.kind](file, **_common(file, edition, tree.clauses))
        for file in files
        if file.path in paths
    ]

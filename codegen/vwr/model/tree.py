# SPDX-License-Identifier: MIT
"""Spec data -> plain model: offsets, masks, table rows, names. Templates only lay it out."""

from vwr.cname import const_name, document_const, ident, module, stem
from vwr.model import device, registers, ring, status
from vwr.model.parts import constant, enum, feature_words, link, rules
from vwr.spec import since


def _ids(file, edition):
    """Device types; the word for people is the specification's description."""
    rows = [dict(constant(row, row["id"], const_name("ID", row["name"]), document_const("ID", row["name"]),
                          label=row["brief"]), transitional=row.get("transitional-pci"),
                 short=row.get("short", row["name"].lower().replace("_", "-"))) for row in file.data["ids"]]
    return {"short_table": ident("id_short_names"),
            "enums": [enum(ident("id"), rows, link(file, "ids"), file.data["section"], what="id", title="ids")],
            "edition": edition, "edition_c": const_name("SPEC_VERSION"),
            "edition_guard": const_name("GEN", "version", "H"),
            "reserved": file.data.get("reserved", []), "unassigned": file.data.get("unassigned", [])}


def _features(file, transports):
    """Reserved feature bits, what each needs, and what a transport cannot have."""
    bits = device.features(file)
    scope = {row["name"]: row["c"] for row in bits["rows"]}
    named = transports + [t for row in bits["rows"] for t in row["transports"]]
    barred = []
    for transport in dict.fromkeys(named):
        rows = [row for row in bits["rows"] if row["transports"] and transport not in row["transports"]]
        barred.append({"name": transport, "words": [
            {"c": const_name("FEATURES_NOT_ON", transport, f"W{i}"), "mask": mask}
            for i, mask in enumerate(feature_words(rows))]})
    legacy = [row for row in bits["rows"] if row["only"] == "legacy"]
    return {"enums": [bits], "rules": rules(bits["rows"], "requires", scope), "rule_table": ident("feature_rules"),
            "rule_count_c": const_name("FEATURE_RULE_COUNT"), "barred": barred, "ranges": file.data.get("ranges", {}),
            "legacy_word": {"c": const_name("F_LEGACY_ONLY_W0"), "mask": feature_words(legacy)[0]},
            "reserved_words": [{"c": const_name("FEATURES_RESERVED", f"W{i}"), "mask": mask}
                               for i, mask in enumerate(feature_words(_not_the_devices(file)))]}


def _not_the_devices(file):
    """The bits that no device type may give a meaning of its own, as rows with a bit."""
    devices = {bit for low, high in file.data["ranges"]["device"] for bit in range(low, high + 1)}
    here = {row["bit"] for row in file.data["features"]}
    return [{"value": bit} for bit in range(128) if bit not in devices or bit in here]


def _common(file, edition):
    """What every output says about its source."""
    return {"kind": file.kind, "name": file.name, "stem": stem(file.name), "module": module(file.name),
            "prefix": stem(file.prefix or file.name), "path": file.path, "license": file.license,
            "section": file.data["section"], "brief": file.data["brief"], "since": file.data["since"],
            "document": f"VIRTIO {edition.partition('-')[0]}", "guard": const_name("GEN", file.name, "H"),
            "document_guard": const_name("GEN_DOCUMENT", file.name, "H")}


def models(tree, version=None):
    """Models of all files of a tree that has passed the checks, in its order; of an older version of the specification."""
    files = [since.inherited(file) for file in tree.files]
    if version:
        files = since.at_version(files, version)
    first = lambda kind: next(file for file in files if file.kind == kind)
    reserved = {row["name"]: const_name("F", row["name"]) for row in first("features").data["features"]}
    ids = {row["name"]: row["id"] for row in first("ids").data["ids"]}
    bit_versions = status.bit_versions(first("status"))
    transports = [file.name for file in files if file.kind == "registers"]
    edition = first("ids").data.get("edition", since.VERSIONS[-1])
    if version and version != edition.partition("-")[0]:
        edition = version  # its headers come from this edition, so it has no stage
    builders = {
        "ids": lambda file: _ids(file, edition),
        "features": lambda file: _features(file, transports),
        "status": lambda file: status.build(file, reserved),
        "ring": lambda file: ring.build(file, reserved),
        "registers": lambda file: registers.build(file, reserved, bit_versions),
        "structs": lambda file: device.build_structs(file, reserved),
        "device": lambda file: device.build(file, reserved, ids),
    }
    return [{**_common(file, edition), **builders[file.kind](file)} for file in files]

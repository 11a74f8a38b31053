# SPDX-License-Identifier: MIT
"""The specification's numbers by their names, from the Python package in generated/."""


import virtwright

_specs = virtwright.spec()
_mmio = _specs["mmio"].more

REGISTER = {row["name"]: row["offset"] for row in _mmio["registers"]}
NAME = {row["offset"]: row["name"] for row in _mmio["registers"]}
WINDOW = _mmio["size"]
SECTOR_BYTES = 512  # a unit of the specification without a name of its own in the package


def values(spec, group):
    """{name: number} of a group of a spec file."""
    return {row.name: row.value for one in _specs[spec].groups if one.name == group for row in one.values}


def fields(spec, struct):
    """{name: offset} of a struct of a spec file."""
    return {row.name: row.offset for one in _specs[spec].structs if one.name == struct for row in one.fields}


DESC = values("split-ring", "desc-flags")
AVAIL = values("split-ring", "avail-flags")
PACKED = values("packed-ring", "desc-flags")
EVENT = values("packed-ring", "event-flags")
STATUS = values("status", "bits")
FEATURE = {**values("features", _specs["features"].groups[0].name), **values("blk", "features")}
TYPE = values("blk", "type")
DONE = values("blk", "status")
BLK_ID = next(one.id for one in _specs.values() if one.kind == "device" and one.name == "blk")


def name_of(offset):
    """A register or a byte of the configuration, for people."""
    config = REGISTER["Config"]
    return NAME.get(offset) or (f"Config+{offset - config:#x}" if offset >= config else f"{offset:#x}")

# SPDX-License-Identifier: MIT
"""
The table of a disk's requests: the data of each, the features that enable it, its limits in the
configuration.
"""

from vwr.cname import const_name, ident
from vwr.model.nodes.messages import Exchange, Limit, Message, MessagePart, Reference, Request, RequestType
from vwr.model.parts import VERSIONS

_PAYLOAD = {
    (False, False): "VWR_PAYLOAD_NONE",
    (True, False): "VWR_PAYLOAD_OUT",
    (False, True): "VWR_PAYLOAD_IN",
    (True, True): "VWR_PAYLOAD_BOTH",
}
_SECTOR = {
    "": "VWR_SECTOR_UNUSED",
    "zero": "VWR_SECTOR_ZERO",
    "start": "VWR_SECTOR_START",
    "zone": "VWR_SECTOR_ZONE",
}
_LIMITS = {"num_sectors": "sectors", "sectors": "sectors", "alignment": "alignment"}


def requests(prefix: str, listed: list[Exchange]) -> Request | None:
    """The requests of a device with messages that refer to sectors."""
    rows = [row for one in listed for row in one.rows if any(other.sector for other in one.rows)]
    if not rows:
        return None
    return Request(
        types=[_type(row) for row in rows],
        limits=[limit for row in rows for limit in _limit(prefix, row)],
        table=ident(prefix, "requests"),
        count_c=const_name(prefix, "REQUEST_COUNT"),
        limit_table=ident(prefix, "request_limits"),
        limit_count_c=const_name(prefix, "REQUEST_LIMIT_COUNT"),
    )


def _type(row: Message) -> RequestType:
    """One row of the table of requests."""
    apart = {place.part for place in (*row.select, row.status) if place}  # header and status
    out, back = ([part for part in parts if part.name not in apart] for parts in (row.out, row.back))
    unit, exact = _sizes((*out, *back))
    return RequestType(
        type=row.c,
        payload=_PAYLOAD[bool(out), bool(back)],
        sector=_SECTOR[row.sector],
        versions=[one for one in VERSIONS if row.only in (None, one)],
        gate=row.gate,
        refused_by=row.refused_by,
        unit=unit,
        exact=exact,
    )


def _sizes(parts: tuple[MessagePart, ...]) -> tuple[int, int]:
    """(unit, exact) in bytes of the only possible part; 0 without a rule."""
    if len(parts) != 1:
        return 0, 0
    part = parts[0]
    if not part.type:
        return (part.multiple_of if isinstance(part.multiple_of, int) else 0), (
            part.bytes if isinstance(part.bytes, int) else 0
        )
    return (0, part.size * part.count) if isinstance(part.count, int) else (part.size, 0)


def _limit(prefix: str, row: Message) -> list[Limit]:
    """Limits in the configuration, as constants of offsets."""
    fields = {_LIMITS[key]: name for key, name in {**row.limits, **row.hints}.items()}
    fields.update({"segments": part.max.path for part in row.out if isinstance(part.max, Reference)})
    if not fields:
        return []
    cells = {
        key: const_name(prefix, "CONFIG", *fields[key].split(".")) if key in fields else "VWR_LIMIT_NONE"
        for key in ("segments", "sectors", "alignment")
    }
    return [Limit(**cells, type=row.c)]

# SPDX-License-Identifier: MIT
"""Requests of one form: what stands before the payload, what the payload may be, what stands behind it."""

from dataclasses import replace

from vwr.cname import const_name, ident
from vwr.model.nodes.messages import Limit, Request, RequestType
from vwr.model.nodes.structs import Size, Struct
from vwr.model.nodes.values import Enum
from vwr.model.parts import enum, gate, link, shown, versions_of
from vwr.model.structs import Maker
from vwr.model.values import named
from vwr.spec.load import Row, SpecFile
from vwr.spec.since import AT

_PAYLOAD = {"in": "VWR_PAYLOAD_IN", "out": "VWR_PAYLOAD_OUT", "both": "VWR_PAYLOAD_BOTH"}
_SECTOR = {"zero": "VWR_SECTOR_ZERO", "start": "VWR_SECTOR_START", "zone": "VWR_SECTOR_ZONE"}
_LIMITS = {"num_sectors": "sectors", "sectors": "sectors", "alignment": "alignment"}


def _values(file: SpecFile, key: str, prefix: str, values: list[Row], section: str) -> Enum:
    """An enum of the request's own."""
    made = enum(ident(file.prefix, prefix), named(file, prefix, values), link(file, "request", key), section,
                title=f"request.{key}")
    return replace(made, kind=key, name=f"request-{key}")


def _part_struct(file: SpecFile, fields: list[Row], part: str, suffix: str, maker: Maker, row: Row) -> Struct:
    """What stands before or behind the payload; packed where C would pad it."""
    data: Row = {"name": f"req_{part}{suffix}", "fields": fields, "since": row.get("since"), AT: row.get(AT),
            "brief": "What the driver writes before the payload." if part == "out"
            else "What the device writes behind the payload."}
    where = link(file, "request", part) if not suffix else link(file, "request.types", row["name"], part)
    return maker.snug(data, ident(file.prefix, data["name"]), where, file.data["request"]["section"])


def _payload(row: Row, known: dict[str, Struct]) -> tuple[int, int]:
    """(unit, exact) in bytes: a list of structs has a unit, one whole struct an exact size."""
    payload = row.get("payload", {})
    inner = known.get(payload.get("struct"))
    if inner is None:
        return payload.get("multiple-of", 0), payload.get("bytes", 0)
    if "max" in payload:
        return inner.size, 0
    return 0, 0 if inner.fields[-1].flexible else inner.size


def _payload_words(payload: Row) -> str:
    """What a request carries, as text."""
    if not payload:
        return ""
    words = [f"multiple of {payload['multiple-of']} bytes"] if "multiple-of" in payload else []
    words += [f"{payload['bytes']} bytes"] if "bytes" in payload else []
    words += [payload["struct"]] if "struct" in payload else []
    words += [f"at most {payload['max']}"] if "max" in payload else []
    return f"{payload['dir']}: {', '.join(words)}" if words else payload["dir"]


def _limit_words(limits: dict[str, str]) -> str:
    """Which field of the configuration limits what, as text."""
    return ", ".join(f"{what}: {field}" for what, field in limits.items())


def _request(row: Row, c: str, in_bytes: int, maker: Maker) -> RequestType:
    """One row of the request table."""
    unit, exact = _payload(row, maker.known)
    payload = row.get("payload", {})
    return RequestType(place=row.get(AT), name=row["name"], c=c, value=row["value"], shown=shown(row["value"]),
                       brief=row["brief"], since=row.get("since"),
                       payload=_PAYLOAD.get(payload.get("dir", ""), "VWR_PAYLOAD_NONE"), dir=payload.get("dir"),
                       struct=payload.get("struct"), sector=_SECTOR.get(row.get("sector", ""), "VWR_SECTOR_UNUSED"),
                       sector_rule=row.get("sector"), versions=versions_of(row), only=row.get("only"),
                       gate=gate(maker.scope, row.get("if")), refused_by=gate(maker.scope, row.get("refused-by")),
                       in_bytes=in_bytes, unit=unit, exact=exact, max=payload.get("max"),
                       limits={**row.get("limits", {}), **row.get("hints", {})},
                       payload_words=_payload_words(payload), limit_words=_limit_words(row.get("limits", {})),
                       hint_words=_limit_words(row.get("hints", {})))


def _limits(file: SpecFile, types: list[RequestType]) -> list[Limit]:
    """One row for each type that the configuration limits, as constants of offsets."""
    field = lambda name: const_name(file.prefix, "CONFIG", *name.split(".")) if name else "VWR_LIMIT_NONE"
    out = []
    for row in types:
        fields = {_LIMITS[key]: name for key, name in row.limits.items()}
        fields.update({"segments": row.max} if row.max else {})
        if fields:
            cells = {key: field(fields.get(key)) for key in ("segments", "sectors", "alignment")}
            out.append(Limit(**cells, type=row.c))
    return out


def requests(file: SpecFile, maker: Maker) -> Request | None:
    """Request layout, types, limits and status codes."""
    data = file.data.get("request")
    if not data:
        return None
    parts = {part: _part_struct(file, data[part], part, "", maker, {AT: data.get(AT)}) for part in ("out", "in") if part in data}
    section, structs, types, sizes = data["section"], list(parts.values()), [], []
    kinds = _values(file, "types", "T", data["types"], section)
    for row, kind in zip(data["types"], kinds.rows):
        own = {part: _part_struct(file, row[part], part, "_" + row["name"], maker, row)
               for part in ("out", "in") if part in row}
        structs += own.values()
        behind = maker.known[row["in-struct"]] if "in-struct" in row else own.get("in") or parts.get("in")
        types.append(_request(row, kind.c, behind.size if behind else 0, maker))
        if "bytes" in row.get("payload", {}):
            sizes.append(Size(row.get(AT), const_name(file.prefix, row["name"], "BYTES"), row["payload"]["bytes"],
                              f"Payload of {row['name']}."))
    if "sector-bytes" in data:
        sizes.insert(0, Size(data.get(AT), const_name(file.prefix, "SECTOR_BYTES"), data["sector-bytes"],
                             "What the sector numbers of requests and configuration count."))
    flags = _values(file, "type-flags", "T", data.get("type-flags", []), section)
    status = _values(file, "status", "S", data["status"], section) if "status" in data else None
    return Request(structs=structs, types=types, kinds=kinds, flags=flags, status=status, sizes=sizes,
                   limits=_limits(file, types), section=section, queue=data["queue"],
                   max_segments=data.get("max-segments"), max_segment_bytes=data.get("max-segment-bytes"),
                   table=ident(file.prefix, "requests"), count_c=const_name(file.prefix, "REQUEST_COUNT"),
                   limit_table=ident(file.prefix, "request_limits"),
                   limit_count_c=const_name(file.prefix, "REQUEST_LIMIT_COUNT"))

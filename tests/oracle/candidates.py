# SPDX-License-Identifier: MIT
"""What could be compared: our constants, sizes and offsets, each with what the kernel may call it."""

from collections import namedtuple

# kind: constant, size or offset; ours and theirs: C expressions; source: the spec file.
Row = namedtuple("Row", "kind name ours theirs source")


def candidates(ours, names):
    """All rows, and a line for each entry of names.yaml that speaks of something that we do not have."""
    fields = {f"{struct}.{field}" for struct, (_, rows) in ours["structs"].items() for field, _ in rows}
    known = {"constants": ours["constants"], "structs": ours["structs"], "fields": fields}
    stale = [f"names.yaml: {kind}: {name}: not in generated/, take the entry out"
             for kind, here in known.items() for name in names[kind] if name not in here]
    rows = [*_constants(ours, names), *_structs(ours, names)]
    rows += [Row("constant", row["ours"], row["ours"], row["theirs"], "names.yaml") for row in names["expressions"]]
    return rows, stale


def _theirs(name, mapped, documents):
    return dict.fromkeys(([mapped] if mapped else []) + documents)


def _constants(ours, names):
    for name, source in ours["constants"].items():
        for theirs in _theirs(name, names["constants"].get(name), ours["documents"].get(name, [])):
            yield Row("constant", name, name, theirs, source)


def _structs(ours, names):
    for struct, (source, fields) in ours["structs"].items():
        for theirs in _theirs(struct, names["structs"].get(struct), ours["documents"].get(struct, [])):
            size = f"sizeof(struct {struct})"
            yield Row("size", size, size, f"sizeof(struct {theirs})", source)
            for field, has_size in fields:
                there = names["fields"].get(f"{struct}.{field}", field)
                yield from _field(struct, field, theirs, there, has_size, source)
                constant = f"{struct}_{field.replace('.', '_')}".upper()
                if constant in ours["constants"]:
                    yield Row("offset", constant, constant, _offset(theirs, there), source)


def _field(struct, field, their_struct, their_field, has_size, source):
    yield Row("offset", f"{struct}.{field}", _offset(struct, field), _offset(their_struct, their_field), source)
    if has_size:
        size = "sizeof(((struct {0} *)0)->{1})"
        yield Row("size", f"sizeof({struct}.{field})", size.format(struct, field),
                  size.format(their_struct, their_field), source)


def _offset(struct, field):
    return f"offsetof(struct {struct}, {field})"

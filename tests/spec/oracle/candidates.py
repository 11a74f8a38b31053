# SPDX-License-Identifier: MIT
"""What could be compared: our constants, sizes and offsets, each with what the kernel may call it."""

from collections import namedtuple

# kind: constant, size or offset; name: as in the errata; label: our C name; ours and theirs: C expressions;
# there: (struct, path) of theirs; source: the spec file.
Row = namedtuple("Row", "kind name label ours theirs there source")


def candidates(ours, names):
    """All rows, and a line for each entry of names.yaml that speaks of something that we do not have."""
    structs = {name: struct for struct in ours["structs"] for name in known_as(ours, struct)}
    fields = {
        f"{name}.{field}" for name, struct in structs.items() for field, _ in ours["structs"][struct][1]
    }
    constants = {name for constant in ours["constants"] for name in known_as(ours, constant)}
    known = {"constants": constants, "structs": structs, "fields": fields}
    stale = [
        f"names.yaml: {kind}: {name}: not in generated/, take the entry out"
        for kind, here in known.items()
        for name in names[kind]
        if name not in here
    ]
    rows = [*_constants(ours, names), *_structs(ours, names)]
    rows += [
        Row("constant", row["ours"], row["ours"], row["ours"], row["theirs"], None, "names.yaml")
        for row in names["expressions"]
    ]
    return rows, stale


def known_as(ours, name):
    """The specification's names of something of ours, or our own."""
    return ours["documents"].get(name) or [name]


def _constants(ours, names):
    for label, source in ours["constants"].items():
        for name in known_as(ours, label):
            theirs = names["constants"].get(name, name)
            yield Row("constant", name, label, label, theirs, None, source)


def _structs(ours, names):
    for struct, (source, fields) in ours["structs"].items():
        for name in known_as(ours, struct):
            for theirs in several(names["structs"].get(name, name)):
                size = f"sizeof(struct {struct})"
                yield Row("size", name, size, size, f"sizeof(struct {theirs})", (theirs, ""), source)
                for field, has_size in fields:
                    for there in their_paths(names["fields"], name, field):
                        yield from _field(struct, name, field, theirs, there, has_size, source)


def several(value):
    """One name or a list of them, as a list."""
    return value if isinstance(value, list) else [value]


def their_paths(names, struct, field):
    """The paths that a field may have in the kernel's struct."""
    parts = [part.rstrip("_") for part in field.split(".")]  # `class_` is `class` there
    for end in range(len(parts), 0, -1):
        mapped = names.get(f"{struct}.{'.'.join(field.split('.')[:end])}")
        if mapped is not None:
            paths = [".".join(filter(None, [path, *parts[end:]])) for path in several(mapped)]
            return [path for path in paths if path]
    return [".".join(parts)]


def _field(struct, name, field, their_struct, their_field, has_size, source):
    there, label = (their_struct, their_field), f"{struct}.{field}"
    yield Row(
        "offset",
        f"{name}.{field}",
        label,
        _offset(struct, field),
        _offset(their_struct, their_field),
        there,
        source,
    )
    if has_size:
        size = "sizeof(((struct {0} *)0)->{1})"
        yield Row(
            "size",
            f"{name}.{field}",
            f"sizeof({label})",
            size.format(struct, field),
            size.format(their_struct, their_field),
            there,
            source,
        )


def _offset(struct, field):
    return f"offsetof(struct {struct}, {field})"

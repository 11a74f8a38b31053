# SPDX-License-Identifier: MIT
"""The shape of a spec file's data, for checks and models alike: widths of numbers, structs by name, their order."""

WIDTHS = {"u8": 1, "u16": 2, "u32": 4, "u64": 8, "le16": 2, "le32": 4, "le64": 8, "be16": 2, "be32": 4, "be64": 8}
OPEN_COUNTS = ("trailing", "open", "queue-size")


def items(spec, *path):
    """(path, item) of the list at `path`; nothing where the file has none."""
    node = spec.data
    for step in path:
        node = node.get(step) if isinstance(node, dict) else node[step] if step < len(node) else None
        if node is None:
            return []
    return [(path + (index,), item) for index, item in enumerate(node)]


def structs(spec):
    """name -> (path, struct) of what a type may name; of a name told twice the first."""
    named = {}
    for path, struct in items(spec, "structs"):
        named.setdefault(struct["name"], (path, struct))
    return named


def inner_first(uses):
    """Names of `uses` (name -> names) in an order in which what is used comes before what uses it, circles apart."""
    done, seen, todo = [], set(), [(name, False) for name in reversed(uses)]
    while todo:
        name, ready = todo.pop()
        if ready:
            done.append(name)
        elif name not in seen:
            seen.add(name)
            todo.append((name, True))
            todo += [(other, False) for other in reversed(uses[name]) if other in uses and other not in seen]
    return done


def parts(rows):
    """(fields that come first, fields that the device writes behind them); one list if all are the device's."""
    back = [row for row in rows if row.get("dir") == "in"]
    return ([row for row in rows if row.get("dir") != "in"], back) if len(back) < len(rows) else (rows, [])

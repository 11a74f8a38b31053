# SPDX-License-Identifier: MIT
"""The same facts as the description has them, from the Python package that is generated from spec/."""

import importlib
import sys
from pathlib import Path

from document import Fact

PACKAGE = Path(__file__).resolve().parent.parent / "generated" / "python"
NO_CONSTANTS = ("features", "ids", "status", "registers", "queues")


class NoDescription(Exception):
    """There is no package to ask."""


class Described:
    """Facts with the spec file as place; `since` of each."""

    def __init__(self, folder=PACKAGE):
        sys.path.insert(0, str(folder))
        try:
            package = importlib.import_module("virtwright")
            self.specs = package.spec()
        except ImportError as error:
            raise NoDescription(f"{folder}: no package of the description: {error}") from error
        finally:
            sys.path.remove(str(folder))
        self.version = getattr(package, "VERSION", "1.4")
        self.facts, self.since = [], {}
        self.names = {value.name: value for one in self.specs.values() for group in one.groups
                      if group.kind == "features" for value in group.values}
        for one in self.specs.values():
            self._groups(one)
            self._requires(one)
            self._structs(one)
            self._registers(one)

    def _add(self, one, kind, name, value, since):
        fact = Fact(kind, name, value, one.path)
        self.facts.append(fact)
        self.since[fact] = since

    def _groups(self, one):
        for group in one.groups:
            for value in group.values:
                if group.kind == "ids":
                    self._id(one, value)
                elif group.kind == "status" and one.kind == "status":
                    self._add(one, "status", value.name, value.value, value.since)
                elif group.kind == "features" and value.document:
                    self._add(one, "feature", value.document, value.value, value.since)
                elif group.kind not in NO_CONSTANTS and value.document:
                    self._add(one, "constant", value.document, value.value, value.since)

    def _id(self, one, value):
        self._add(one, "device-id", str(value.value), words(value.brief), value.since)

    def _requires(self, one):
        features = {value.name: value for group in one.groups if group.kind == "features" for value in group.values}
        for name, value in features.items():
            groups = [[self._document(features, other) for other in rule.any]
                      for rule in one.rules if rule.feature == name]
            if groups and value.document:
                text = "; ".join(sorted(" or ".join(sorted(group)) for group in groups))
                self._add(one, "requires", value.document, text, value.since)

    def _document(self, features, name):
        value = features.get(name) or self.names.get(name)
        return value.document if value else name

    def _structs(self, one):
        for struct in one.structs:
            if not struct.document:
                continue
            self._add(one, "struct", struct.document, "", struct.since)
            self._add(one, "size", struct.document, struct.size if struct.fixed else "not fixed", struct.since)
            for path, text, since in fields(one, struct.fields, "", ""):
                self._add(one, "field", f"{struct.document}.{path}", text, max(since, struct.since, key=order))

    def _registers(self, one):
        for row in one.more.get("registers", ()):
            self._add(one, "register", row[0], row[1], row[2])


def order(since):
    """What comes first."""
    return () if since == "legacy" else tuple(int(part) for part in since.split("."))


def words(text):
    """Words of a title as they are compared."""
    return text.strip().rstrip(".").casefold()


def fields(one, members, path, before):
    """(path, text, since) of each field, as layout.Layout has them for the document."""
    known = []
    for field in members:
        name = "" if field.anonymous else field.name
        where = f"at {field.offset}" if field.offset is not None else f"behind {before}"
        local = one.struct(field.type)
        if name and not field.bits:
            yield path + name, f"{_type(field, local)}{_count(field, known)} {where}", field.since
        yield from _bits(field, path, where)
        inner = field.members or (local.fields if local and not local.document and not field.array else ())
        inside = f"{path}{name}." if name else path
        if field.type == "union":
            for member in inner:
                yield from fields(one, (member,), inside, before)
        else:
            yield from fields(one, inner, inside, before)
        before = path + name if name else before
        known.append(field.name)


def _type(field, local):
    if getattr(field, "holds", ""):
        return field.holds
    if local:
        return f"struct {local.document}" if local.document else "struct"
    return field.type


def _count(field, known):
    if not field.array or getattr(field, "holds", ""):
        return ""
    return f"[{field.count if isinstance(field.count, int) or field.count in known else ''}]"


def _bits(field, path, where):
    for name, shift, width, _ in field.bits:
        last = f"-{shift + width - 1}" if width > 1 else ""
        yield f"{path}{field.name}.{name}", f"bits {shift}{last} of {field.type} {where}", field.since

# SPDX-License-Identifier: MIT
"""The same facts from the description, through the Python package that is generated from spec/."""

import re
from pathlib import Path

from vwr import description
from vwr.oracle.document import Fact, title

NO_CONSTANTS = ("features", "ids", "bits", "registers", "queues")


class Described:
    """Facts with the spec file as place; `since` is the version of each."""

    def __init__(self, folder=description.PACKAGE):
        self.specs = description.specs(folder)
        self.version = description.package(folder).VERSIONS[-1]
        self.facts, self.since, self.aliases = [], {}, {}
        self.quotes = {}  # {a number without a name, by its fact: the specification's words for it}
        self.names = {
            value.name: value
            for one in self.specs.values()
            for group in one.groups
            if group.kind == "features"
            for value in group.values
        }
        for one in self.specs.values():
            for number in one.more.get("reserved", ()) if one.kind == "ids" else ():
                self._add(one, "device-id", str(number), "reserved", "1.0")
            if one.more.get("document"):
                continue  # another document describes it
            self._groups(one)
            self._requires(one)
            self._structs(one)
            self._registers(one)
            self._sections(one)
        self._rules(Path(folder))

    def _add(self, one, kind, name, value, since):
        fact = Fact(kind, name, value, one.path)
        self.facts.append(fact)
        self.since[fact] = since

    def _groups(self, one):
        for group in one.groups:
            for value in group.values:
                if group.kind == "ids":
                    self._id(one, value)
                elif group.kind == "bits" and one.kind == "status":
                    self._add(one, "status", value.name, value.value, value.since)
                elif group.kind == "features":
                    self._value(one, "feature", value)
                elif group.kind not in NO_CONSTANTS:
                    self._value(one, "constant", value)

    def _value(self, one, kind, value):
        if is_name(value.document):
            self._add(one, kind, value.document, value.value, value.since)
            self.aliases.update({(kind, name): value.document for name in value.aka})
        elif value.quote:
            self.quotes[Fact(kind, value.c, value.value, one.path)] = value.quote
            self.since[Fact(kind, value.c, value.value, one.path)] = value.since

    def _id(self, one, value):
        self._add(one, "device-id", str(value.value), title(value.label), value.since)
        number = one.more["transitional"].get(value.name)
        if number is not None:
            self._add(one, "device-id", f"pci {number:#06x}", title(value.label), value.since)

    def _requires(self, one):
        features = {
            value.name: value for group in one.groups if group.kind == "features" for value in group.values
        }
        for name, value in features.items():
            groups = [
                [self._document(features, other) for other in rule.any]
                for rule in one.rules
                if rule.feature == name
            ]
            if groups and is_name(value.document):
                text = "; ".join(sorted(" or ".join(sorted(group)) for group in groups))
                self._add(one, "requires", value.document, text, value.since)

    def _document(self, features, name):
        value = features.get(name) or self.names.get(name)
        return value.document if value else name

    def _structs(self, one):
        for struct in one.structs:
            name = struct.document
            if not is_name(name):
                continue
            self._add(one, "struct", name, "", struct.since)
            self._add(one, "size", name, struct.size if struct.fixed else "not fixed", struct.since)
            for path, text, since, other in fields(one, struct.fields, "", ""):
                self._add(
                    one, "field", f"{name}.{path}", text, max(since, struct.since, key=description.version)
                )
                self.aliases[("field", f"{name}.{other}")] = f"{name}.{path}"

    def _registers(self, one):
        for row in one.more.get("registers", ()):
            for version in row["versions"]:
                before = "legacy " if version == "legacy" else ""
                name = before + row["name"]
                self._add(one, "register", name, f"{row['offset']:#05x} {row['dir']}", row["since"])
                self.aliases.update({("register", before + other): name for other in row["aka"]})

    def _sections(self, one):
        named = [one, *one.groups, *one.structs, *(row for group in one.groups for row in group.values)]
        messages = [row for exchange in one.more.get("messages", ()) for row in (exchange, *exchange["rows"])]
        names = [row.section for row in named] + [row.get("section") for row in messages]
        self._names("section", names, one.path)

    def _rules(self, folder):
        """The sections of the monitor's rules. A rule with a clause has the clause's section."""
        there = (folder / description.NAME / "rules.py").is_file()  # a user's package has none
        for rule in description.rules(folder).values() if there else ():
            self._names("clause" if rule.clause else "section", [rule.section], "spec/rules.yaml")

    def _names(self, kind, names, path):
        for fact in (Fact(kind, name, "", path) for name in names if name):
            if fact not in self.since:
                self.facts.append(fact)
                self.since[fact] = ""

    def named_as_here(self, facts):
        """The specification's facts, with our names where these differ."""
        ours = {(fact.kind, fact.name, str(fact.value).startswith("bits ")) for fact in self.facts}
        return [
            (
                fact
                if (fact.kind, fact.name, str(fact.value).startswith("bits ")) in ours
                else fact._replace(name=self.aliases.get((fact.kind, fact.name), fact.name))
            )
            for fact in facts
        ]


def is_name(text):
    """Whether the name is a name of the specification, not a phrase."""
    return bool(re.fullmatch(r"[A-Za-z_]\w*", text))


def fields(one, members, path, before):
    """
    (path, text, since, other path) of each field, in the form of layout.Layout for the specification.

    The other path has an older name, or omits the name of a word of bits, which the specification may not
    have.
    """
    known = []
    for field in members:
        name = "" if field.anonymous else field.name
        where = f"at {field.offset}" if field.offset is not None else f"behind {before}"
        local = one.struct(field.type)
        named = local and is_name(local.document)
        if name:
            other = path + (field.aka[0] if field.aka else name)
            yield path + name, f"{_type(field, local)}{_count(field, known)} {where}", field.since, other
        for bits, shift, width, _ in field.bits:
            text = f"bits {shift}{f'-{shift + width - 1}' if width > 1 else ''} of {field.type} {where}"
            yield f"{path}{field.name}.{bits}", text, field.since, path + bits
        inner = field.members or (local.fields if local and not named else ())
        inside = f"{path}{name}." if name else path
        if field.type == "union":
            for member in inner:
                yield from fields(one, (member,), inside, before)
        else:
            yield from fields(one, inner, inside, before)
        before = path + name if name else before
        known.append(field.name)


def _type(field, local):
    if field.holds:
        return field.holds
    if local:
        return f"struct {local.document}" if is_name(local.document) else "struct"
    return field.type


def _count(field, known):
    if not field.array or field.holds:  # there it counts bytes
        return ""
    return f"[{field.count if isinstance(field.count, int) or field.count in known else ''}]"

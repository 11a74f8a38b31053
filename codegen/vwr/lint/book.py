# SPDX-License-Identifier: MIT
"""
The specification, as used by lint: names, numbers and layouts from the Python package generated from spec/.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vwr import description
from vwr.description import version
from vwr.lint import names
from vwr.meant import nearest
from vwr.stop import Stop

# Words in the name of a macro for the offset of a configuration field: VIRTIO_BLK_CFG_NUM_QUEUES.
BEFORE_A_FIELD = ("cfg", "config", "off", "offset", "cfgoff", "cfgoffset", "configoff", "configoffset")
BEHIND_A_FIELD = ("off", "offset")
# Prefixes that replace VIRTIO_MMIO_ in names of registers; some headers use them for another transport, which
# the numbers show.
REGISTER_PREFIXES = ("VIRTIO_REG_", "VIRTIO_MMIO_REG_", "VIRTIO_MMIO_OFFSET_")
REGISTER_ENDS = {
    "STATUS": "DEVICE_STATUS",
    "MAGIC_VALUE": "MAGIC",
    "CONFIG": "DEVICE_CONFIG",
}  # other names of some registers with these prefixes
FRONT = re.compile(r"(\w+) \(up to \w+\)")  # the first part of one of the specification's structs
SIZES = ("size", "len", "length")  # VIRTIO_X_CONFIG_SIZE may be the field, or the size of the configuration


MASKS = ("bits", "flags", "type-flags")  # kinds of groups whose numbers are masks
ENDING = re.compile(r"_(?:(MASK)|BIT|BITNUM|SHIFT)$")  # of a name that says which form its number has


class Entry(NamedTuple):
    """A number in the specification that a header may define. A field offset has no group."""

    value: Any  # virtwright.Value; for a field its offset in that form
    group: Any
    spec: Any
    form: str = ""  # bits, masks: that of the header's number, because its name ends in _BIT, _MASK

    @property
    def document(self) -> str:
        """The specification's name; without one an alias."""
        return called(self.value)


def form(group: Any, spec: Any) -> str:
    """The form of a group's numbers, if there are two: "bits" for bit numbers, "masks", or ""."""
    if group.kind in MASKS:
        return "masks"
    masked = {field.values for struct in spec.structs for field in struct.fields if field.mask}
    return "bits" if group.kind == "features" or group.name in masked else ""


class Family(NamedTuple):
    """Names with a common prefix."""

    before: str
    strong: bool  # `before` is longer than the common prefix of the whole file
    names: list[str]


Leaf = tuple[str, Any, Any, str]  # path, offset, Field, since


class Layout(NamedTuple):
    """A struct of the specification; leaves: (path, offset, Field, since)."""

    struct: Any
    spec: Any
    leaves: tuple[Leaf, ...]

    @property
    def document(self) -> str:
        """The specification's name; our name if the specification has none."""
        return self.struct.document or self.struct.c

    @property
    def begins(self) -> str:
        """The specification's struct that begins with this one, or ''."""
        found = FRONT.fullmatch(self.struct.document)
        return found[1] if found else ""


class Book:
    """The parts of the description that lint uses; `only` are the selected spec files, () for all."""

    def __init__(self, only: tuple[str, ...] = (), package: Path = description.PACKAGE) -> None:
        self.package = description.package(package)
        unknown = [name for name in only if name not in self.package.NAMES]
        if unknown:
            near = nearest(unknown[0], self.package.NAMES, 0.5)
            raise Stop(
                f"--only: there is no '{unknown[0]}'"
                + (f"; did you mean '{near}'?" if near else "")
                + f"\nThere are: {', '.join(self.package.NAMES)}"
            )
        self.specs = self.package.spec(only or self.package.NAMES)
        self.title, self.versions = self.package.DOCUMENT, self.package.VERSIONS
        self._exact: dict[str, list[Entry]] = {}
        # Registers by the specification's names, which are too short to be found in a header, and by names
        # with another prefix.
        self.registers: dict[str, list[Entry]] = {}
        self.prefixed: dict[str, list[Entry]] = {}
        self._spelled: dict[str, list[Entry]] = {}
        self._structs: dict[str, Layout] = {}
        self._types: dict[str, Layout] = {}
        self._families: dict[str, Family] = {}
        self._features = {
            value.name: value.since
            for value in self.package.spec(("features",))["features"].group("features").values
        }
        for one in self.specs.values():
            self._take_constants(one)
            self._take_structs(one)
        mmio = self.package.spec(("mmio",))["mmio"].group("registers")
        self.window = mmio.named("Config").value  # offset of the configuration in the register block

    def _take_constants(self, one: Any) -> None:
        for group in one.groups:
            for value in group.values:
                entry = Entry(value, group, one)
                self._take_family(one, group, value)
                if not group.scoped:
                    for name in (value.document, *value.aka):
                        self._know(name, entry)
                if group.kind == "registers":
                    self._take_register(value, entry)
                self._know(value.c, entry)
                self._spell(f"VIRTIO_{value.c.removeprefix('VWR_')}", entry)

    def _take_register(self, value: Any, entry: Entry) -> None:
        """Adds the specification's name, and names with another prefix instead of VIRTIO_MMIO_."""
        self.registers.setdefault(value.name, []).append(entry)
        ends = [name.removeprefix("VIRTIO_MMIO_") for name in value.aka if name.startswith("VIRTIO_MMIO_")]
        for end in [*ends, *(REGISTER_ENDS[end] for end in ends if end in REGISTER_ENDS)]:
            for prefix in REGISTER_PREFIXES:
                self.prefixed.setdefault(prefix + end, []).append(entry)

    def _take_family(self, one: Any, group: Any, value: Any) -> None:
        """Adds the prefix of a name in a group; weak if it is the prefix of the whole file."""
        before = value.document.removesuffix(value.name)
        if group.kind == "registers":
            before = f"VIRTIO_{names.key(one.name).upper()}_"
        if group.scoped or before in ("", "VIRTIO_") or not before.endswith("_"):
            return
        family = self._families.setdefault(
            before, Family(before, names.key(before) != names.key(f"virtio_{one.name}"), [])
        )
        family.names.append(called(value))

    def _know(self, name: str, entry: Entry) -> None:
        if name and entry not in self._exact.setdefault(name, []):
            self._exact[name].append(entry)
            self._spell(name, entry)

    def _spell(self, name: str, entry: Entry) -> None:
        found = self._spelled.setdefault(names.key(name), [])
        if entry not in found:
            found.append(entry)

    def _take_structs(self, one: Any) -> None:
        for struct in one.structs:
            layout = Layout(struct, one, tuple(self._leaves(one, struct)))
            alike = f"virtio_{struct.c.removeprefix('vwr_')}"
            for name in (layout.begins, struct.document, struct.c, alike, *getattr(struct, "aka", ())):
                if name:
                    self._structs[name] = layout
                    self._types[names.type_key(name)] = layout
            if struct.name == "config":
                self._take_offsets(one, layout)

    def _leaves(self, one: Any, struct: Any) -> Iterator[Leaf]:
        """A field is as new as its struct, its type, and the features that it requires."""
        newest: dict[str, str] = {}
        for path, offset, field in self.package.leaves(one, struct):
            inside = one.struct(field.type)
            needs = [self._features[name] for name in field.gate if name in self._features]
            own = [
                value.since
                for group in one.groups
                if group.kind == "features"
                for value in group.values
                if value.name in field.gate
            ]
            above = newest.get(path.rpartition(".")[0], struct.since)
            feature = min(own or needs or ["legacy"], key=version)
            newest[path] = max([above, field.since, feature, inside.since if inside else above], key=version)
            yield path, offset, field, newest[path]

    def _take_offsets(self, one: Any, layout: Layout) -> None:
        """Adds names that a header may use for the offset of a configuration field."""
        device = names.key(layout.document).removesuffix("config")
        for path, offset, field, _ in layout.leaves:
            entry = self.offset(layout, path)
            if offset is None or entry is None:
                continue
            word = names.key(path)
            before = [form for form in BEFORE_A_FIELD if word not in SIZES or "off" in form]
            for form in [*(way + word for way in before), *(word + way for way in BEHIND_A_FIELD)]:
                self._spelled.setdefault(device + form, []).append(entry)

    def constants(self, name: str) -> list[Entry]:
        """
        Candidates for a name, with the specification's own spelling first. Several groups may contain the
        same number.
        """
        if name in self._exact:
            return self._exact[name]
        found = self._spelled.get(names.key(name), []) if names.is_virtio(name) else []
        if not found and (ending := ENDING.search(name)):
            rows = [one for one in self.constants(name[: ending.start()]) if one.group]
            found = [
                one._replace(form="masks" if ending[1] else "bits")
                for one in rows
                if form(one.group, one.spec)
            ]
        return found if len({entry.value.value for entry in found}) == 1 else []

    def offset(self, layout: Layout, path: str) -> Entry | None:
        """The offset of a field as a number that a header may define, or None."""
        offset = next((offset for one, offset, _, _ in layout.leaves if one == path), None)
        if offset is None:
            return None
        name = f"{layout.document}.{path}"
        return Entry(self.package.Value(path, offset, name, name), None, layout.spec)

    def family(self, name: str) -> Family | None:
        """The family whose prefix a name has, or None."""
        fitting = [
            one for before, one in self._families.items() if name.startswith(before) and name != before
        ]
        return max(fitting, key=lambda one: len(one.before)) if fitting else None

    def layout(self, name: str) -> Layout | None:
        """The struct with this name, or None."""
        return self._structs.get(name) or self._types.get(names.type_key(name))

    def all_names(self) -> list[str]:
        """Every name that is valid on the right side of --map."""
        fields = [f"{one.document}.{path}" for one in self._structs.values() for path, _, _, _ in one.leaves]
        return [*self._exact, *self.registers, *self._structs, *fields]


def called(value: Any) -> str:
    """The specification's name of a number, else an alias, else ours."""
    return value.document or (value.aka or (value.c,))[0]

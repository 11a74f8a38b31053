# SPDX-License-Identifier: MIT
"""
A profile, read from YAML and the command line, and the combinations that are not possible.

A copy has the calls of its devices, those of the parts that were chosen, and calls that were chosen by their names.
"""

import functools
import math
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from vwr import ROOT, description
from vwr.embed import callers, generated
from vwr.embed.classes import (
    BRIDGES,
    CLASSES,
    DEVICE_ALWAYS,
    DEVICES,
    DRIVERS,
    ENDS,
    ENDS_ALWAYS,
    INTERFACES,
    MODERN_ONLY,
    OPEN_ROWS,
    WITH_TEXTS,
    RECOVERY,
    TRANSPORTS,
    brief_of,
    bridge_calls,
    class_calls,
    class_headers,
    declared_by,
    driver_calls,
    end_calls,
    ends,
    header_calls,
    header_of,
    has_service,
    open_row,
    options,
    part_calls,
    probe,
)
from vwr.meant import nearest
from vwr.stop import Stop

FORMAT = 1


class ChoiceError(Stop):
    """The reason why the copy is not possible, in one sentence."""


# Parts that a copy may have or lack, in the order of a profile; runtime/options.yaml is the list.
PARTS = {option.name: option for option in options.OPTIONS if option.part}
PRESETS = {preset.name: preset for preset in options.PRESETS}
PORTS = tuple(sorted(path.parent.name for path in (ROOT / "runtime" / "port").glob("*/vwr_port.h")))
TEMPLATE = "template"
VMM = "vmm"  # the default of the device side alone
CHOICES = {
    "side": tuple(DEVICES),
    "transport": (),
    "interface": tuple(INTERFACES),
    "device": (),
    "port": PORTS,
}
# Calls that parts have no name for, in the order of a profile: those of the presets. Any other call may be named too.
CALLS = tuple(dict.fromkeys(call for preset in options.PRESETS for call in preset.calls))
# Words that a profile may take for parts of the driver side: a call has the work.
BY_CALL = {
    "write": "name vwr_blk_write and vwr_blk_flush instead",
    "id": "name vwr_blk_get_id instead",
    "interrupts": "name vwr_dev_irq instead",
    "suspend": "name vwr_dev_suspend and vwr_dev_resume instead",
    "scan": "name vwr_mmio_scan_next instead",
    "ecam": "name vwr_pci_ecam instead",
    "pci_ports": "name vwr_pci_ports instead",
    "functions": "name vwr_pci_scan_next instead",
    "msix": "name vwr_pci_use_msix instead",
}
LEGACY_ONLY = ("rproc", "vrproc")  # resource tables have the legacy interface
MODERN = ("bell", "vbell")  # registers in shared memory, the modern one
ONE_INTERFACE = (*LEGACY_ONLY, *MODERN)
BY_CALLS = ("bell", "ccw", "rproc")  # transports that need VWR_ACCESS_CALLS
SCANS = ("find", "vwr_mmio_scan_next", "vwr_pci_scan_next")  # they probe for both interfaces
ONE_CLASS = "vwr_blk_class"  # of requests, which only the disk driver has
ONE_OF = ("VWR_ONE_TRANSPORT", "VWR_ONE_CLASS", "VWR_ONE_BRINGUP")


class Choice(NamedTuple):
    """A profile that is possible."""

    side: str
    transport: str  # one or several, separated by commas: of the driver side; guests have MMIO
    interface: str
    device: str  # one or several, separated by commas
    port: str  # of runtime/port: the initial contents of vwr_port.h
    parts: tuple[str, ...]  # names of the included parts, in the order of PARTS
    files: bool  # the sources instead of the pair
    driver: str = ""  # for side both: drivers besides the classes; '': those that a bridge uses
    spec: str = ""  # the folder of the user's descriptions, relative to the copy; '': none
    named: tuple[str, ...] = ()  # calls that were chosen by their names
    callers: str = ""  # sources that use the copy, or their folders, relative to the copy; '': any
    caller_texts: tuple[str, ...] = ()  # their contents: the copy has only what they mention

    @property
    def sides(self) -> tuple[str, ...]:
        """Sides of the runtime: one or both."""
        return ("driver", "device") if self.side == "both" else (self.side,)

    @property
    def transports(self) -> tuple[str, ...]:
        """Transports of the driver side."""
        return tuple(self.transport.split(",")) if "driver" in self.sides else ()

    @property
    def devices(self) -> tuple[str, ...]:
        """Names of the devices, in every form and in the user's order: that of the slots of the example's VM."""
        return tuple(name.rpartition("/")[2] for name in self.device.split(","))

    @property
    def by_hand(self) -> tuple[str, ...]:
        """Devices whose driver or device side is written by hand."""
        return tuple(name for name in DEVICES[self.side] if name in self.device.split(","))

    @property
    def ends(self) -> dict[str, str]:
        """{device: client or service} of the devices with a generated end."""
        return {
            name.rpartition("/")[2]: ENDS[self.side]
            for name in self.device.split(",")
            if name not in DEVICES[self.side]
        }

    @property
    def drivers(self) -> tuple[str, ...]:
        """Drivers of the runtime; for side both those that a bridge uses."""
        beside = tuple(self.driver.split(",")) if self.driver else self.bridges
        return {"driver": self.by_hand, "device": (), "both": beside}[self.side]

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of the device side that are written by hand."""
        return self.by_hand if "device" in self.sides else ()

    @property
    def bridges(self) -> tuple[str, ...]:
        """Classes that use a real device with side both."""
        joined = self.side == "both" and not self.driver
        return tuple(name for name in self.by_hand if name in BRIDGES) if joined else ()

    @property
    def services(self) -> tuple[str, ...]:
        """Devices whose generated client or service is included, for the embedder or for a class."""
        return tuple(name for name in self.classes if has_service(name))

    @property
    def opens(self) -> tuple[str, ...]:
        """Drivers that vwr_open finds."""
        return self.drivers if "open" in self.parts else ()

    def has(self, part: Any) -> bool:
        """Whether the part has an effect here: a part of some drivers or classes needs one of them."""
        sides = {side for side, *_ in part_calls(part)}
        return is_of(part, self.side) and (bool(self.calls_of(part)) or not sides & set(self.sides))

    def calls_of(self, part: Any) -> list[str]:
        """The calls of a part that belong to these devices and transports."""
        devices = {"driver": ("", *self.drivers), "device": ("", *self.classes)}
        return [
            call
            for side, device, transport, call in part_calls(part)
            if side in self.sides
            and device in devices[side]
            and transport in ("", *self.transports, self.transport)
            and ("texts" in self.parts or call not in WITH_TEXTS)
        ]

    @property
    def calls(self) -> list[str]:
        """Calls that are available to the embedder."""
        found = []
        if "driver" in self.sides:
            found += [
                *(probe(one, self.interface) for one in self.transports),
                *(call for name in self.drivers for call in driver_calls(name)),
            ]
            found += map(open_row, self.opens)
            found += RECOVERY if "recovery" in self.parts and set(self.drivers) - {"blk"} else ()
        if "device" in self.sides:
            found += [*DEVICE_ALWAYS, *(call for name in self.classes for call in class_calls(name))]
        found += [call for name in self.parts for call in self.calls_of(PARTS[name])]
        found += self.named
        for name, end in self.ends.items():
            found += [*end_calls(name, end, "texts" in self.parts), *ENDS_ALWAYS[end]]
        found += [call for name in self.bridges for call in bridge_calls(name)]
        named = callers.names(self.caller_texts) if self.caller_texts else set(found)
        return [call for call in dict.fromkeys(found) if call in named]

    @property
    def unused(self) -> list[str]:
        """Devices of the profile of which the callers use no call, so that the copy has none."""
        if not self.callers:
            return []
        drivers = {"driver": self.by_hand, "device": (), "both": self.driver.split(",")}[self.side]
        calls: dict[str, set[str]] = {}
        for name in filter(None, drivers):
            calls.setdefault(name, {open_row(name)}).update(header_calls(DRIVERS[name]))
        for name in self.classes:
            calls.setdefault(name, set()).update(*map(header_calls, class_headers(name)))
        for name, end in self.ends.items():
            calls[name] = set(end_calls(name, end))
        have = set(self.calls)
        return [name for name, own in calls.items() if own.isdisjoint(have)]

    @property
    def every_call(self) -> set[str]:
        """The calls of all parts and devices, also of those that this profile does not have."""
        parts = {call for part in PARTS.values() for *_, call in part_calls(part)}
        return parts.union(*map(driver_calls, DRIVERS), *map(class_calls, DEVICES["device"]))

    @property
    def addable(self) -> dict[str, Any]:
        """Parts that are not included and could be."""
        return {
            name: part
            for name, part in PARTS.items()
            if name not in self.parts and self.has(part) and not lacks(self.interface, name)
        }

    @property
    def addable_calls(self) -> list[str]:
        """Calls that belong to no part, are not included, and could be."""
        return [
            call
            for call in CALLS
            if call in self.nameable and call not in self.calls and not lacks(self.interface, call)
        ]

    @property
    def nameable(self) -> set[str]:
        """Calls that may be chosen by their names: those that its headers declare, and those of its parts."""
        return declared_by(self._own_headers) | {
            call for part in PARTS.values() if self.has(part) for call in self.calls_of(part)
        }

    def owners(self, call: str) -> list[str]:
        """The parts to which this call belongs."""
        return [name for name, part in PARTS.items() if call in self.calls_of(part)]

    @property
    def left_out(self) -> dict[str, list[str]]:
        """{part that is not included: calls that it would add}."""
        have = set(self.calls)
        found = {}
        for name, part in self.addable.items():
            missing = [call for call in dict.fromkeys(self.calls_of(part)) if call not in have]
            found.update({name: missing} if missing else {})
        return found

    @property
    def headers(self) -> tuple[str, ...]:
        """Public headers that declare these calls."""
        own = self._own_headers
        more = [header_of(call) for call in self.named if call not in declared_by(own)]
        return tuple(dict.fromkeys([*own, *more]))

    @property
    def _own_headers(self) -> tuple[str, ...]:
        """Headers of the devices, the transports and the parts."""
        found = []
        if "driver" in self.sides:
            found += ["vwr/gen/ids.h"]  # of struct vwr_dev's type
            found += [*(f"vwr/{one}.h" for one in self.transports), *(DRIVERS[name] for name in self.drivers)]
            found += [
                PARTS[name].header
                for name in self.parts
                if PARTS[name].header and "driver" in PARTS[name].sides
            ]
            found += [OPEN_ROWS] if self.opens else []
        if "device" in self.sides:
            found += [
                PARTS[name].header
                for name in self.parts  # the transport of a driver's calls is that of the driver
                if PARTS[name].header and "device" in PARTS[name].sides and not PARTS[name].calls
            ]
            found += [
                "vwr/vmmio.h",
                "vwr/vm.h",
                *(header for name in self.classes for header in class_headers(name)),
            ]
        found += [f"vwr/{end}/{name}.h" for name, end in self.ends.items()]
        return tuple(dict.fromkeys([*found, *(header for name in self.bridges for header in BRIDGES[name])]))

    @property
    def names(self) -> dict[str, str]:
        """
        {macro of ONE_OF: the name that it stands for}: the only one that the copy has, so that the compiler
        knows it.
        """
        found = {}
        if len(self.transports) == 1 and self.interface != "both" and not set(BY_CALLS) & set(self.parts):
            found["VWR_ONE_TRANSPORT"] = f"vwr_{self.transport}_{self.interface}"
        if len(self.drivers) == 1 and "client" not in self.ends.values():
            found["VWR_ONE_BRINGUP"] = f"vwr_{self.drivers[0]}_bringup"
            if self.drivers == ("blk",):
                found["VWR_ONE_CLASS"] = ONE_CLASS
        return found

    @property
    def macros(self) -> dict[str, int]:
        """{macro: 0 or 1} of vwr/profile.h."""
        reached = {name for call in self.named for name in self.owners(call)}
        found = {
            part.macro: int(name in self.parts or name in reached)
            for name, part in PARTS.items()
            if part.macro and set(part.sides) & set(self.sides)
        }
        if set(self.drivers) - {"blk"}:  # many requests are submitted
            found.update(VWR_WITH_ASYNC=1)
        if self.bridges or "client" in self.ends.values():  # and drained during a recovery
            found.update(VWR_WITH_ASYNC=1, VWR_WITH_RECOVERY=1)
        if "device" in self.sides:
            found.update(VWR_WITH_IOMMU=int("iommu" in self.classes))
        found.update(VWR_WITH_LEGACY=int(self.interface != "modern"))
        return found | ({"VWR_ACCESS_CALLS": 1} if set(BY_CALLS) & set(self.parts) else {})


def is_call(name: str) -> bool:
    """Whether it is the name of a call, not of a part."""
    return name.startswith("vwr_")


def defaults() -> dict[str, Any]:
    """The default request. Its parts depend on the side; `made` determines them."""
    return {
        "side": "driver",
        "transport": "mmio",
        "interface": "both",
        "device": "blk",
        "driver": "",
        "spec": "",
        "callers": "",
        "port": None,
        "form": "pair",
        "preset": None,
        "parts": {},
    }


def port_of(request: dict[str, Any]) -> Any:
    """The port of this request: the one that it names, or the default of its side."""
    return request["port"] or (VMM if request["side"] == "device" else TEMPLATE)


def preset_of(request: dict[str, Any]) -> Any:
    """The preset of this request: the one that it names, or the default of its side."""
    if request["preset"] is None:
        return next(
            (preset for preset in PRESETS.values() if request["side"] in preset.default_of),
            options.PRESETS[0],
        )
    if request["preset"] not in PRESETS:
        raise ChoiceError(
            f"there is no preset '{request['preset']}'{_meant(request['preset'], PRESETS)};"
            f" preset is one of {', '.join(PRESETS)}"
        )
    return PRESETS[request["preset"]]


def assume(request: dict[str, Any], given: Container[str]) -> None:
    """Sets the side and the interface that the preset has, unless they are given."""
    if "side" not in given:
        request["side"] = preset_of(request).side or request["side"]
    if "interface" not in given:
        request["interface"] = preset_of(request).interface or request["interface"]


def _parts(request: dict[str, Any]) -> dict[str, bool]:
    """{part: whether it is requested}: from the preset, and from options for single parts."""
    preset = preset_of(request)
    return {
        name: request["parts"].get(
            name, (name in preset.parts or _begins(part, request)) and not lacks(request["interface"], name)
        )
        and is_of(part, request["side"])
        for name, part in PARTS.items()
    }


def _begins(part: Any, request: dict[str, Any]) -> bool:
    """Whether a device of this request cannot be initialised without the part."""
    return any(
        (name, f"vwr_v{name}_init_with") in part.device_calls for name in str(request["device"]).split(",")
    )


def _named(request: dict[str, Any], choice: Choice) -> tuple[str, ...]:
    """The calls that are requested by their names: the preset's that these devices have, and single ones."""
    said = {name: value for name, value in request["parts"].items() if name not in PARTS}
    have = choice.nameable
    for name, wanted in said.items():
        if wanted and name not in have:
            where = header_of(name)
            raise ChoiceError(
                f"there is no call '{name}'{_meant(name, have)}"
                if not where
                else not_of_this_profile(name, where)
            )
    given = [
        name for name in preset_of(request).calls if name in have and not lacks(request["interface"], name)
    ]
    wanted = {name: said.get(name, name in given) for name in [*CALLS, *sorted(said)]}
    return tuple(name for name, value in wanted.items() if value)


def not_of_this_profile(call: str, header: str) -> str:
    """The message for a call of another device, transport or part, with what has it."""
    owners = [(f"transport {one}", f"vwr/{one}.h") for one in TRANSPORTS]
    owners += [(f"driver {name}", path) for name, path in DRIVERS.items()]
    owners += [(f"device {name}", path) for name, path in CLASSES.items()]
    owners += [(f"part {name}", part.header) for name, part in PARTS.items()]
    owner = next((f"; {name} has it" for name, path in owners if path == header), "")
    return f"call {call} is of {header}, which belongs to no device, transport or part of this profile{owner}"


def lacks(interface: str, name: str) -> bool:
    """Whether this interface alone excludes a part, or a call."""
    return (
        interface == "legacy"
        and name in PARTS
        and description.needs_modern(PARTS[name].feature)
        or name in SCANS
        and interface != "both"
        or name in LEGACY_ONLY
        and interface == "modern"
        or name in MODERN
        and interface == "legacy"
    )


def _meant(word: str, words: Any) -> Any:
    near = nearest(word, words)
    return f" (did you mean {near}?)" if near else ""


def described_devices() -> set[str]:
    """The devices of the description, which have a page each."""
    return set().union(*map(_devices_of, generated.folders()))


@functools.cache
def _devices_of(folder: Path) -> set[str]:
    pages = (folder / "docs").glob("*.md")
    return {path.stem for path in pages if "Device id " in path.read_text(encoding="utf-8")}


def _why_not(key: str, value: Any, have: Any) -> str:
    """The message for an unknown choice."""
    return f"there is no {key} '{value}'{_meant(value, have)}; {key} is one of {', '.join(have)}"


def _transports(request: dict[str, Any]) -> str:
    """Names of the transports in the order of TRANSPORTS; fails with a message for an unknown one."""
    names = [name.strip() for name in str(request["transport"]).split(",")]
    for name in names:
        if name in BY_CALLS:
            raise ChoiceError(f"{name} is a part, which a copy has beside a transport: --with {name}")
        if name not in TRANSPORTS:
            raise ChoiceError(_why_not("transport", name, TRANSPORTS))
    if request["side"] == "device" and names != [TRANSPORTS[0]]:
        raise ChoiceError(
            "transport is of the driver side: with side device it is mmio, and part vpci adds PCI for guests"
        )
    return ",".join(name for name in TRANSPORTS if name in names)


def _devices(request: dict[str, Any]) -> str:
    """
    Names in the user's order, each once; fails with a message for an unknown one.
    """
    have, end = DEVICES[request["side"]], ENDS[request["side"]]
    generated = {name: name if name in have else f"{end}/{name}" for name in ends()}
    names = [name.strip() for name in str(request["device"]).split(",")]
    for name in names:
        if name not in generated and name.removeprefix(f"{end}/") not in generated:
            raise ChoiceError(
                f"there is no device '{name}'{_meant(name, generated)}; device is one of {', '.join(have)}, and by its"
                f" generated {end} also {', '.join(one for one in generated if one not in have)}; or {end}/NAME of any"
            )
    if request["side"] == "both" and not request["driver"] and not set(BRIDGES) & set(names):
        raise ChoiceError(
            "side both connects a guest's disk or card to a real one: it requires device blk or net"
        )
    chosen = dict.fromkeys(generated.get(name, name) for name in names)
    twice = [name for name in chosen if f"{end}/{name}" in chosen]
    if twice:
        raise ChoiceError(f"device {twice[0]} and its generated {end} in one profile: choose one")
    return ",".join(chosen)


def _beside(request: dict[str, Any]) -> str:
    """
    Drivers of side both that no bridge joins to its classes, in the order of DRIVERS; fails with a message
    for an unknown one.
    """
    names = [name.strip() for name in str(request["driver"]).split(",") if name.strip()]
    if names and request["side"] != "both":
        raise ChoiceError("driver: only with side both; with side driver, device names the drivers")
    for name in names:
        if name in DRIVERS:
            continue
        if name in ends():
            raise ChoiceError(
                f"driver '{name}' is a generated client, which side both does not have: make a second copy with"
                f" --driver {name}"
            )
        raise ChoiceError(_why_not("driver", name, DRIVERS))
    return ",".join(name for name in DRIVERS if name in names)


def is_of(part: Any, side: str) -> bool:
    """Whether this side has the part."""
    return side == "both" or side in part.sides


def _check_interface(names: Iterable[str], interface: str) -> None:
    for name in names:
        if not lacks(interface, name):
            continue
        if name in SCANS:
            raise ChoiceError(
                f"{name} (it probes for both interfaces) needs interface: both, but this profile has {interface}: "
                "leave it out and probe each device"
            )
        if name in LEGACY_ONLY:
            raise ChoiceError(
                f"{name} has the legacy interface: interface is both or legacy, not {interface}"
            )
        if name in MODERN:
            raise ChoiceError(
                f"{name} has the modern interface: interface is both or modern, not {interface}"
            )
        raise ChoiceError(
            f"{name} is feature {PARTS[name].feature}, which requires VERSION_1, but the legacy interface has none"
        )


def _without_parts(request: dict[str, Any]) -> Choice:
    """The profile of a request, without its parts."""
    request = {**request, "port": port_of(request)}
    for key, values in CHOICES.items():
        if values and request[key] not in values:
            raise ChoiceError(_why_not(key, request[key], values))
    request = {
        **request,
        "transport": _transports(request),
        "device": _devices(request),
        "driver": _beside(request),
    }
    if request["form"] not in ("pair", "files"):
        raise ChoiceError(f"form is pair or files, not {request['form']}")
    choice = Choice(
        **{key: request[key] for key in CHOICES},
        parts=(),
        files=request["form"] == "files",
        driver=request["driver"],
        spec=request["spec"],
        callers=request["callers"],
        caller_texts=request.get("caller_texts", ()),
    )
    for name in choice.classes if choice.interface == "legacy" else ():
        if name in MODERN_ONLY:
            raise ChoiceError(f"the specification has no legacy {name}: interface is both or modern")
    return choice


def made(request: dict[str, Any]) -> Choice:
    """The profile of a request (in the form of `defaults`)."""
    choice = _without_parts(request)
    wanted = _parts(request)
    _check_interface((name for name in PARTS if wanted[name]), request["interface"])
    odd = [
        name
        for name, said in request["parts"].items()
        if said and name in PARTS and is_of(PARTS[name], choice.side) and not choice.has(PARTS[name])
    ]
    if odd:
        raise ChoiceError(f"part {odd[0]} belongs to {_lacking(PARTS[odd[0]], choice)}")
    choice = choice._replace(parts=tuple(name for name in PARTS if wanted[name] and choice.has(PARTS[name])))
    named = _named(request, choice)
    _check_interface((name for call in named for name in (call, *choice.owners(call))), request["interface"])
    return choice._replace(named=named)


def read(path: Path) -> dict[str, Any]:
    """A request from a profile file, with defaults for missing keys."""
    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ChoiceError(f"{path}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ChoiceError(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    return of_data(data, path)


def of_data(data: dict[str, Any], path: Path | str) -> dict[str, Any]:
    """A request from the contents of the YAML."""
    request = defaults()
    if not isinstance(data, dict):
        raise ChoiceError(
            f"{path}: a profile is a list of 'key: value'; codegen/vwr/embed/README.md has an example"
        )
    if data.pop("virtwright", FORMAT) != FORMAT:
        raise ChoiceError(f"{path}: virtwright must be {FORMAT}: this profile has another version")
    parts = data.pop("parts", {})
    if not isinstance(parts, dict):
        raise ChoiceError(f"{path}: parts is a list of 'part: true' or 'part: false'")
    for key, value in data.items():
        if key not in request:
            raise ChoiceError(f"{path}: unknown key '{key}'{_meant(key, request)}")
        request[key] = value
    if request["preset"] is not None:
        assume(request, data)
    for name, value in parts.items():
        _set_part(request, name, value, f"{path}: ")
    return request


def _set_part(request: dict[str, Any], name: str, value: bool, where: str = "") -> None:
    if name in BY_CALL and name not in PARTS:
        raise ChoiceError(f"{where}there is no part '{name}': {BY_CALL[name]}")
    if name not in PARTS and not is_call(name):
        raise ChoiceError(
            f"{where}there is no part '{name}'{_meant(name, PARTS)}; parts are {', '.join(PARTS)},"
            " and the names of calls"
        )
    if (
        value is True
        and name in PARTS
        and request["side"] in DEVICES
        and not is_of(PARTS[name], request["side"])
    ):
        raise ChoiceError(
            f"{where}part {name} is for side {PARTS[name].sides[0]}, but this profile is for side {request['side']}"
            + (f": {BY_CALL[name]}" if name in BY_CALL else "")
        )
    if not isinstance(value, bool):
        raise ChoiceError(
            f"{where}{'part' if name in PARTS else 'call'} {name} is true or false, not {value!r}"
        )
    request["parts"][name] = value


def _lacking(part: Any, choice: Choice) -> str:
    """The driver, class or transport to which a part belongs, and which the profile does not have."""
    absent = ", which this profile does not have"
    drivers, classes = (
        {device for of, device, *_ in part_calls(part) if of == side and side in choice.sides}
        for side in ("driver", "device")
    )
    if drivers and "" not in drivers:
        return f"the driver of {' or '.join(sorted(drivers))}{absent}"
    if classes:
        return f"the device side of {' or '.join(sorted(classes))}{absent}"
    transports = {transport for _, _, transport, _ in part_calls(part)}
    all_ = [one for one in TRANSPORTS if one in ",".join([*transports, *choice.transports]).split(",")]
    return f"transport {' or '.join(sorted(transports))}{absent}: --transport {','.join(all_)} adds it"


def change(request: dict[str, Any], names: list[str], value: bool) -> None:
    """
    Adds or removes parts and calls, as the command line lists them; 'all' is every part that the devices can have,
    and the calls that the presets name.
    """
    for name in filter(None, ",".join(names).split(",")):
        if name == "all":
            choice = _without_parts(request)
            there = [name for name, part in PARTS.items() if choice.has(part)]
            request["parts"].update(
                {
                    one: value
                    for one in there
                    if not value or one not in ONE_INTERFACE or not lacks(request["interface"], one)
                }
            )
            others = CALLS if value else [*CALLS, *(one for one in request["parts"] if is_call(one))]
            request["parts"].update({one: value for one in others if not value or one in choice.nameable})
        else:
            _set_part(request, name, value)


def device_drops(request: dict[str, Any], said: list[str]) -> None:
    """With other devices, removes parts and calls that these cannot have, unless the request names them."""
    choice = _without_parts(request)
    out = [name for name, part in PARTS.items() if not choice.has(part)]
    out += [name for name in request["parts"] if is_call(name) and name not in choice.nameable]
    request["parts"].update({name: False for name in out if name not in said})


def interface_drops(request: Any, said: Any) -> None:
    """With one interface, removes parts and calls that it cannot have, unless the request names them."""
    request["parts"].update(
        {name: False for name in [*PARTS, *CALLS] if name not in said and lacks(request["interface"], name)}
    )


def text(choice: Choice) -> str:
    """The profile file."""
    lines = [
        "# SPDX-License-Identifier: MIT",
        "# A profile of an embedded copy of Virtwright: ./vwr embed DIR --profile THIS-FILE",
        f"virtwright: {FORMAT}",
    ]
    lines += [f"{key}: {getattr(choice, key)}" for key in CHOICES]
    lines += [f"driver: {choice.driver}"] if choice.driver else []
    paths = {key: value for key, value in (("spec", choice.spec), ("callers", choice.callers)) if value}
    lines += [yaml.safe_dump({key: value}, width=math.inf).rstrip() for key, value in paths.items()]
    lines += [f"form: {'files' if choice.files else 'pair'}", "parts:"]
    rows = {name: part.brief for name, part in PARTS.items() if choice.has(part)}
    calls = [name for name in CALLS if name in choice.nameable]
    rows.update({name: brief_of(name) for name in [*calls, *choice.named]})
    width = max(map(len, rows)) + len(": false")
    for name, brief in rows.items():
        value = f"{name}: {'true' if name in (*choice.parts, *choice.named) else 'false'}"
        lines.append(f"  {value:<{width}}  # {brief}" if brief else f"  {value}")
    return "\n".join(lines) + "\n"

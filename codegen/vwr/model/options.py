# SPDX-License-Identifier: MIT
"""runtime/options.yaml to a model: macros, the options of Zephyr, and the table for embed and bench."""

from collections.abc import Iterable
from typing import Any

from vwr.check.options import chosen, is_call
from vwr.spec.load import SpecFile

MACRO = "VWR_WITH_"
ZEPHYR = "VIRTWRIGHT_"


def _option(data: dict[str, Any]) -> dict[str, Any]:
    name = data["name"]
    sides = tuple(data["sides"])
    of_device = sides == ("device",)
    device_calls = tuple(
        ("" if device == "any" else device, call)
        for device, calls in data.get("device-calls", {}).items()
        for call in calls
    )
    macro = f"{MACRO}{name.upper()}" if data.get("macro") else ""
    return {
        "name": name,
        "brief": data["brief"],
        "macro": macro,
        "of_device": of_device,
        "sides": sides,
        "part": data.get("part", True),
        "feature": data.get("feature", ""),
        "calls": tuple(data.get("calls", ())),
        "header": data.get("header", ""),
        "zephyr": f"{ZEPHYR}{name.upper()}",
        "zephyr_word": name.upper(),
        "prompt": (
            data["brief"][0].upper() + data["brief"][1:]
            if not data["brief"].startswith("vwr_")
            else data["brief"]
        ),
        "zephyr_needs": [f"{ZEPHYR}DEVICE"] if of_device else [],
        "python": [
            ("name", name, ...),
            ("brief", data["brief"], ...),
            ("sides", sides, ...),
            ("macro", macro, ""),
            ("part", data.get("part", True), True),
            ("feature", data.get("feature", ""), ""),
            ("header", data.get("header", ""), ""),
            ("calls", tuple(data.get("calls", ())), ()),
            ("device_calls", device_calls, ()),
        ],
        "all_calls": tuple(dict.fromkeys([*data.get("calls", ()), *(call for _, call in device_calls)])),
    }


def _with_transport(name: str, sides: list[tuple[str, dict[str, Any]]]) -> str:
    """The sides that have the option; a tick for all of them."""
    have = [word for word, side in sides if name in side["transports"]]
    return "✓" if len(have) == len(sides) else ", ".join(have)


def _device(data: dict[str, Any]) -> dict[str, Any]:
    """A row of the table of devices."""
    sides = [
        (word, data[key]) for key, word in (("driver", "driver"), ("device", "device side")) if key in data
    ]
    return {
        "name": data["name"],
        "driver": data.get("driver"),
        "device": data.get("device"),
        "python": [
            ("name", data["name"], ...),
            *((key, data.get(key, {}).get("header", ""), "") for key in ("driver", "device")),
        ],
        "transports": {one: _with_transport(one, sides) for one in ("mmio", "pci")},
    }


def _peers(devices: list[dict[str, Any]]) -> list[dict[str, tuple[str, ...]]]:
    """Rows of the table of peers: classes whose two sides are tested with the same peers share a row."""
    rows: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for data in devices:
        peers = tuple(tuple(data.get(side, {}).get("tested", ())) for side in ("driver", "device"))
        rows.setdefault(peers, []).append(data["name"])
    return [
        {"names": tuple(names), "driver": driver, "device": device}
        for (driver, device), names in rows.items()
    ]


def _row(data: dict[str, Any]) -> dict[str, str]:
    """The driver's row in the table of vwr_open."""
    driver = data["driver"]
    return {
        "name": data["name"],
        "header": driver["header"],
        "messages": driver["messages"],
        "feature_names": driver.get("feature-names", ""),
    }


def build(file: SpecFile, described: Iterable[str] = ()) -> dict[str, Any]:
    """The model of a file that has passed the checks; `described` are the names of devices."""
    options = [_option(data) for data in file.data["options"]]
    parts = [option["name"] for option in options if option["part"]]
    presets = [
        {
            "name": data["name"],
            "brief": data["brief"],
            "default_of": tuple(data.get("default-of", ())),
            "side": data.get("side", ""),
            "interface": data.get("interface", ""),
            "parts": tuple(name for name in parts if name in chosen(data, parts)),
            "calls": tuple(name for name in chosen(data, parts) if is_call(name)),
        }
        for data in file.data["presets"]
    ]
    for preset in presets:
        preset["python"] = [
            ("name", preset["name"], ...),
            ("brief", preset["brief"], ...),
            ("parts", preset["parts"], ...),
            ("calls", preset["calls"], ()),
            ("default_of", preset["default_of"], ()),
            ("side", preset["side"], ""),
            ("interface", preset["interface"], ""),
        ]
    devices = [_device(data) for data in file.data.get("devices", ())]
    rest = [name for name in described if name not in {row["name"] for row in devices}]
    return {
        "path": file.path,
        "license": file.license,
        "options": options,
        "presets": presets,
        "devices": devices,
        "peers": _peers(file.data.get("devices", [])),
        "rows": [_row(data) for data in file.data.get("devices", ()) if "driver" in data],
        "described": rest,
        "macros": [option for option in options if option["macro"]],
    }

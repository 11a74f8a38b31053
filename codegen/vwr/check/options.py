# SPDX-License-Identifier: MIT
"""
The options of the runtime: names exist, calls belong to a side that has them, one preset is the default for
each side.
"""

from vwr.check.common import core, find_twice
from vwr.spec.load import Row, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items

SIDES = ("driver", "device", "both")


def options(tree: Tree, spec: SpecFile) -> None:
    """All checks of runtime/options.yaml; none if the file does not match its schema."""
    names = [option["name"] for _, option in items(spec, "options")]
    for key, what in (("options", "option"), ("presets", "preset")):
        find_twice(
            tree,
            spec,
            [(path + ("name",), item["name"], f"'{item['name']}'") for path, item in items(spec, key)],
            "VWR-C090",
            what,
        )
    _unknown(tree, spec, names)
    _features(tree, spec)
    _calls(tree, spec)
    _defaults(tree, spec)


def _unknown(tree: Tree, spec: SpecFile, names: list[str]) -> None:
    for path, item in items(spec, "presets"):
        for key in ("with", "without"):
            for index, name in enumerate(item.get(key, [])):
                if name not in names and not (key == "with" and is_call(name)):
                    tree.error(
                        spec,
                        path + (key, index),
                        f"unknown option '{name}'",
                        "VWR-C091",
                        did_you_mean(name, names, None),
                    )


def _features(tree: Tree, spec: SpecFile) -> None:
    reserved = core(tree, "features")
    known = [row["name"] for row in reserved.data["features"]] if reserved else None
    for path, option in items(spec, "options"):
        name = option.get("feature")
        if name and known is not None and name not in known:
            tree.error(
                spec,
                path + ("feature",),
                f"unknown feature '{name}'",
                "VWR-C093",
                did_you_mean(name, known, None) or "use a feature from spec/core/features.yaml",
            )


def _calls(tree: Tree, spec: SpecFile) -> None:
    """A call belongs to a side that the option has, and to one option."""
    found = []
    for path, option in items(spec, "options"):
        for key, side in (("calls", "driver"), ("device-calls", "device")):
            if key in option and side not in option["sides"]:
                tree.error(
                    spec,
                    path + (key,),
                    f"'{key}' is allowed only in an option of the {side} side",
                    "VWR-C096",
                    key=True,
                )
        found += [(path + ("calls", index), call, call) for index, call in enumerate(option.get("calls", []))]
    find_twice(tree, spec, found, "VWR-C097", "call")


def is_call(name: str) -> bool:
    """Whether it is the name of a call, not of an option."""
    return name.startswith("vwr_")


def chosen(preset: Row, names: list[str]) -> list[str]:
    """Names of the options and calls of a preset."""
    most = [name for name in names if "without" in preset and name not in preset["without"]]
    return [*most, *preset.get("with", [])]


def _defaults(tree: Tree, spec: SpecFile) -> None:
    presets = items(spec, "presets")
    find_twice(
        tree,
        spec,
        [
            (path + ("default-of", index), side, side)
            for path, preset in presets
            for index, side in enumerate(preset.get("default-of", []))
        ],
        "VWR-C095",
        "default preset",
        "side '{shown}' already has a {what}",
    )
    have = {side for _, preset in presets for side in preset.get("default-of", [])}
    for side in SIDES:
        if side not in have:
            tree.error(spec, ("presets",), f"side '{side}' has no default preset", "VWR-C095", key=True)

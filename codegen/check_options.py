# SPDX-License-Identifier: MIT
"""The options of the runtime: names that are there, needs that a preset meets, one preset by default for each side."""

from check_common import core, cycles, find_twice
from problems import did_you_mean
from shapes import items

SIDES = ("driver", "device", "both")


def options(tree):
    """All checks of runtime/options.yaml; of a file that is wrong in its shape none."""
    spec = tree.options
    names = [option["name"] for _, option in items(spec, "options")]
    for key, what in (("options", "option"), ("presets", "preset")):
        find_twice(tree, spec, [(path + ("name",), item["name"], f"'{item['name']}'") for path, item in items(spec, key)],
                   "VWR-C090", what)
    _unknown(tree, spec, names)
    _circles(tree, spec)
    _features(tree, spec)
    _calls(tree, spec)
    _presets(tree, spec, names)
    _defaults(tree, spec)


def _unknown(tree, spec, names):
    for path, item in items(spec, "options") + items(spec, "presets"):
        for key in ("needs", "with", "without"):
            for index, name in enumerate(item.get(key, [])):
                if name not in names:
                    tree.error(spec, path + (key, index), f"unknown option '{name}'", "VWR-C091",
                               did_you_mean(name, names, None))


def _circles(tree, spec):
    paths = {option["name"]: path for path, option in items(spec, "options")}
    for loop in cycles({option["name"]: option.get("needs", []) for _, option in items(spec, "options")}):
        tree.error(spec, paths[loop[0]] + ("needs",), "needs itself" + (f" by way of {', '.join(loop[1:])}" if loop[1:] else ""),
                   "VWR-C092")


def _features(tree, spec):
    reserved = core(tree, "features")
    known = [row["name"] for row in reserved.data["features"]] if reserved else None
    for path, option in items(spec, "options"):
        name = option.get("feature")
        if name and known is not None and name not in known:
            tree.error(spec, path + ("feature",), f"unknown feature '{name}'", "VWR-C093",
                       did_you_mean(name, known, None) or "it is no reserved feature")


def _calls(tree, spec):
    """A call is of a side that the option has, and of one option."""
    found = []
    for path, option in items(spec, "options"):
        for key, side in (("calls", "driver"), ("device-calls", "device")):
            if key in option and side not in option["sides"]:
                tree.error(spec, path + (key,), f"'{key}' of an option that is not of side {side}", "VWR-C096", key=True)
        found += [(path + ("calls", index), call, call) for index, call in enumerate(option.get("calls", []))]
    find_twice(tree, spec, found, "VWR-C097", "call")


def chosen(preset, names):
    """Names of the options of a preset."""
    return preset["with"] if "with" in preset else [name for name in names if name not in preset["without"]]


def _presets(tree, spec, names):
    needs = {option["name"]: option.get("needs", []) for _, option in items(spec, "options")}
    for path, preset in items(spec, "presets"):
        key = "with" if "with" in preset else "without"
        mine = chosen(preset, names)
        for name in mine:
            for other in needs.get(name, []):
                if other in needs and other not in mine:
                    tree.error(spec, path + (key,), f"'{name}' needs '{other}', which this preset has not", "VWR-C094")


def _defaults(tree, spec):
    presets = items(spec, "presets")
    find_twice(tree, spec, [(path + ("default-of", index), side, f"of side {side}") for path, preset in presets
                            for index, side in enumerate(preset.get("default-of", []))], "VWR-C095", "preset by default")
    have = {side for _, preset in presets for side in preset.get("default-of", [])}
    for side in SIDES:
        if side not in have:
            tree.error(spec, ("presets",), f"no preset is the default of side {side}", "VWR-C095", key=True)

# SPDX-License-Identifier: MIT
"""Queues of a device: each index once, and each count in the configuration."""

from vwr.check.common import find_twice
from vwr.spec.load import NodePath, SpecFile, Tree
from vwr.spec.problems import did_you_mean
from vwr.spec.shapes import items, structs


def queues(tree: Tree, spec: SpecFile) -> None:
    """Each index once; the field that counts queues is in the configuration."""
    listed = items(spec, "queues")
    find_twice(
        tree,
        spec,
        [(path + ("index",), item["index"], item["index"]) for path, item in listed if "index" in item],
        "VWR-C076",
        "queue index",
    )
    for path, item in listed:
        if "count-by" in item:
            check_config_field(
                tree, spec, path + ("count-by", "field"), "VWR-C075", item["count-by"]["field"]
            )
        places = {other["name"]: None for _, other in listed if "index" in other}
        if item.get("behind", next(iter(places), None)) not in places and "behind" in item:
            tree.error(
                spec,
                path + ("behind",),
                f"no queue '{item['behind']}' with an index",
                "VWR-C077",
                did_you_mean(item["behind"], places, "queues"),
            )
    find_twice(
        tree,
        spec,
        [
            (path + ("behind",), item["behind"], f"behind '{item['behind']}'")
            for path, item in listed
            if "behind" in item
        ],
        "VWR-C076",
        "queue",
    )


def check_config_field(tree: Tree, spec: SpecFile, path: NodePath, check_id: str, said: str) -> None:
    """`said` names a configuration field; with a dot, one of a struct in it (zoned.max_append_sectors)."""
    known = structs(spec)
    fields = spec.data.get("config", {}).get("fields", [])
    for word in said.split("."):
        names = {field["name"]: field.get("type") for field in fields}
        if word not in names:
            tree.error(spec, path, f"no config field '{said}'", check_id, did_you_mean(word, names, "fields"))
            return
        fields = known[names[word]][1]["fields"] if names[word] in known else []

# SPDX-License-Identifier: MIT
"""How much the spec holds, counted from the models."""

import json

from facts import facts


def counts(models):
    """Numbers by what is counted."""
    names = [name for m in models for fact in facts(m).values() for name in fact["c"].items()]
    features = [row for m in models for e in [m.get("features"), *m["enums"]] if e and e["what"] == "bit"
                for row in e["rows"]]
    return {
        "spec files": len(models),
        "feature bits": len(features),
        "registers": sum(len(m.get("registers", [])) for m in models),
        "structs": sum(len(m.get("structs", [])) for m in models),
        "config fields": sum(len(m["config"]["accessors"]) for m in models if m.get("config")),
        "requests": sum(len(m["request"]["types"]) for m in models if m.get("request")),
        "constants": len({name for name, kind in names if kind == "constant" and name.startswith("VWR_")}),
        "document names": len({name for name, _ in names if not name.lower().startswith("vwr_")}),
    }


def report(models, form):
    """The counts as lines or JSON."""
    found = counts(models)
    if form == "json":
        return json.dumps(found, indent=2) + "\n"
    return "".join(f"{number:>5}  {what}\n" for what, number in found.items())

# SPDX-License-Identifier: MIT
"""Names that generated headers declare, and the page of the reference that explains each."""

import json
import re
from pathlib import Path

from vwr import ROOT
from vwr.c.bodies import values
from vwr.c.items import Item, items

# Names of C itself, or of the compiler.
PLAIN = {
    *(f"{sign}int{bits}_t" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    *("size_t", "uintptr_t", "intptr_t", "bool", "va_list", "NULL", "vec"),
}


def private(headers: Path) -> set[str]:
    """Structures that the public headers name but do not define."""
    found = [
        one for path in headers.glob("*.h") for one in items(path.read_text(encoding="utf-8"), flat=True)
    ]
    tags = [one for one in found if one.kind == "type" and re.match(r"(?:struct|union)\b", one.text)]
    return {one.name for one in tags} - {one.name for one in tags if "{" in one.text}


def structs(root: Path) -> dict[str, str]:
    """
    {structure in C: its heading on its page}, from the description. The anchor has the form that docutils
    gives it.
    """
    found = {}
    data = json.loads((root / "generated" / "virtwright.json").read_text(encoding="utf-8"))
    for file in data["files"]:
        page = file["name"].replace("_", "-")
        place = root / "generated" / "docs" / f"{page}.md"
        headings = set(re.findall(r"^### struct (\w+)$", place.read_text(encoding="utf-8"), re.MULTILINE))
        for struct in file.get("structs", []):
            if struct.get("document") in headings:
                heading = re.sub(r"[^a-z0-9]+", "-", f"struct {struct['document']}".lower())
                found[struct["c"]] = f"generated/docs/{page}#{heading}"
    return found


def declared(one: Item) -> list[str]:
    """The names of ours that a header's item declares; one of those that end in _H is of its guard."""
    if one.kind == "call":
        return []
    found = [value.name for value in values(one.text)] if one.text.startswith("enum") else []
    return [name for name in (one.name, *found) if re.match("vwr_|VWR_", name) and not name.endswith("_H")]


def generated(root: Path = ROOT) -> dict[str, str]:
    """{name: page, or page#heading} of all names that generated/include declares."""
    known = structs(root)
    found: dict[str, str] = {}
    for header in sorted((root / "generated" / "include").rglob("*.h")):
        stem = header.stem.replace("_", "-")
        page = f"generated/docs/{stem}" if (root / "generated/docs" / f"{stem}.md").is_file() else ""
        for one in items(header.read_text(encoding="utf-8"), flat=True):
            for name in declared(one):
                found.setdefault(name, known.get(name, page))
    return found

# SPDX-License-Identifier: MIT
"""Names that generated headers declare, and the page of the reference that explains each."""

import json
import re
from pathlib import Path

from vwr import ROOT

DECLARED = re.compile(
    r"^#define (VWR_\w+)|^    (VWR_\w+)(?: =|,)|^(?:struct|union|enum) (vwr_\w+) \{|^(?:[\w ]+[ *])?(vwr_\w+)\(",
    re.MULTILINE,
)
# Names of C itself, or of the compiler.
PLAIN = {
    *(f"{sign}int{bits}_t" for sign in ("", "u") for bits in (8, 16, 32, 64)),
    *("size_t", "uintptr_t", "intptr_t", "bool", "va_list", "NULL", "vec"),
}


def private(headers: Path) -> set[str]:
    """Structures that the public headers name but do not define."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(headers.glob("*.h")))
    defined = set(re.findall(r"^(?:struct|union) (?:VWR_\w+ )?(\w+) \{", text, re.MULTILINE))
    return set(re.findall(r"^(?:struct|union) (\w+);", text, re.MULTILINE)) - defined


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


def generated(root: Path = ROOT) -> dict[str, str]:
    """{name: page, or page#heading} of all names that generated/include declares."""
    known = structs(root)
    found: dict[str, str] = {}
    for header in sorted((root / "generated" / "include").rglob("*.h")):
        stem = header.stem.replace("_", "-")
        page = f"generated/docs/{stem}" if (root / "generated/docs" / f"{stem}.md").is_file() else ""
        for match in DECLARED.finditer(header.read_text(encoding="utf-8")):
            name = next(one for one in match.groups() if one)
            if name.endswith("_H"):
                continue
            found.setdefault(name, known.get(name, page))
    return found

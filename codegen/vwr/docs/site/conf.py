# SPDX-License-Identifier: MIT
"""
Configuration of Sphinx (Debian 12: 5.3) for the site. codegen/vwr/docs/build.py copies it next to the
sources.
"""

import gc
import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain, ObjType, c
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

gc.disable()  # a build keeps its trees to the end, and the collector walks them again and again: 60 s for 106

NAMES = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))

project = "Virtwright"
extensions = ["myst_parser"]
root_doc = "index"
html_theme = "furo"
html_title = f"Virtwright {NAMES['version']}"
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False  # the browser would fetch it, and a page from disk may fetch nothing
html_domain_indices = False
html_search_scorer = str(Path(__file__).with_name("scorer.js"))
html_theme_options = {"sidebar_hide_name": False, "navigation_with_keys": True}
html_permalinks_icon = "#"
toc_object_entries_show_parents = "hide"
myst_heading_anchors = 6
smartquotes = False
nitpicky = True
highlight_language = "text"
suppress_warnings = ["toc.excluded"]


def reference(app: Any, env: Any, node: Any, shown: Any) -> Any:
    """Resolves names of generated headers to the generated reference. Names of C itself have no target."""
    target = node.get("reftarget", "").partition(".")[0]
    if node.get("refdomain") != "c":
        return None
    if target in NAMES["plain"]:
        return shown
    if target not in NAMES["generated"]:
        return None
    page, _, place = NAMES["generated"][target].partition("#")
    place = place or env.get_domain("rows").place(page, target)
    if not page:
        return shown
    uri = app.builder.get_relative_uri(node["refdoc"], page) + (f"#{place}" if place else "")
    return nodes.reference("", "", shown, internal=True, refuri=uri)


class CDomain(c.CDomain):
    """References by name. C has one namespace here; Sphinx searches all of it for each reference."""

    def resolve_xref(
        self, env: Any, page: str, builder: Any, kind: str, target: str, node: Any, shown: Any
    ) -> Any:
        if not hasattr(env, "vwr_names"):
            env.vwr_names = {
                name.rpartition(".")[2] if kind == "enumerator" else name: (where, place)
                for name, _, kind, where, place, _ in super().get_objects()
            }
        where, place = env.vwr_names.get(target, ("", ""))
        return make_refnode(builder, page, where, place, shown, target) if where else None

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """What the search finds by its name: no parameters, and members only behind everything else."""
        for name, shown, kind, page, place, priority in super().get_objects():
            if kind != "functionParam":
                yield name, shown, kind, page, place, 2 if kind == "member" else priority


class Rows(Domain):
    """The rows of the generated reference, by each name of the row; the search finds them as it finds functions."""

    name = "rows"
    label = "Rows"
    object_types = {"row": ObjType("row")}
    initial_data = {"rows": {}}  # {page: [(name, place)]}

    def clear_doc(self, docname: str) -> None:
        self.data["rows"].pop(docname, None)

    def merge_domaindata(self, docnames: list[str], otherdata: dict[str, Any]) -> None:
        self.data["rows"] |= {page: otherdata["rows"][page] for page in docnames if page in otherdata["rows"]}

    def resolve_any_xref(self, *_: Any) -> list[Any]:
        return []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for page, rows in self.data["rows"].items():
            for name, place in rows:
                yield name, name, "row", page, place, 0

    def place(self, page: str, name: str) -> str:
        """The place of a name on a page, or nothing."""
        return next((place for known, place in self.data["rows"].get(page, ()) if known == name), "")


NAMED_BY = ("Name", "C", "C, specification", "Name; C, specification")  # headings of columns with names
ROW_NAME = re.compile(r"[A-Za-z]\w+")


def names_of(row: Any, columns: list[int]) -> list[str]:
    """The names in these columns of a row, without what is called in parentheses."""
    words = [word for at in columns for word in re.split(r"[\s;,]+", " ".join(map(text, row[at].children)))]
    found = [word.partition("(")[0] for word in words]
    return list(dict.fromkeys(word for word in found if ROW_NAME.fullmatch(word)))


def text(node: Any) -> str:
    return " ".join(part.astext() for part in node.findall(nodes.Text))


def rows(app: Any, document: Any) -> None:
    """Gives each named row of a table in the reference a place, and each term the place of its heading."""
    page = app.env.docname
    found = app.env.get_domain("rows").data["rows"].setdefault(page, [])
    for table in document.findall(nodes.table) if page.startswith("generated/docs/") else ():
        heads = [entry.astext() for entry in next(table.findall(nodes.thead))[0]]
        columns = [at for at, head in enumerate(heads) if head in NAMED_BY]
        for row in next(table.findall(nodes.tbody)):
            names = names_of(row, columns)
            place = next((name for name in reversed(names) if name not in document.ids), "")
            if place:
                row["ids"].append(place)
                document.ids[place] = row
                found += [(name, place) for name in names]
    terms(page, document)


def terms(page: str, document: Any) -> None:
    """Index entries of the terms that this page explains. Sphinx's search takes main entries first."""
    for term, (where, heading) in NAMES["terms"].items():
        if where != page:
            continue
        place = f"term-{term.replace(' ', '-')}"
        target = next((one for one in document.findall(nodes.title) if one.astext() == heading), None)
        if target is None:
            logging.getLogger(__name__).warning("no heading '%s' for the term '%s'", heading, term)
            continue
        target.parent["ids"].append(place)
        target.parent.insert(1, addnodes.index(entries=[("single", term, place, "main", None)]))


class Sidebar:
    """
    The tree of pages next to each page: the sections, of which one is open, and in it the pages on the path to this
    page. Sphinx resolves the whole tree for every page, which takes longer than everything else.
    """

    def __init__(self, app: Any) -> None:
        self.app, self.env = app, app.env
        root = self.env.get_doctree(root_doc)
        self.sections = [
            (tree.get("caption"), [name for _, name in tree["entries"]])
            for tree in root.findall(addnodes.toctree)
        ]
        self.above = {below: page for page, entries in self.env.toctree_includes.items() for below in entries}

    def rows(self, page: str, entries: list[str], trail: set[str], level: int) -> list[str]:
        out = ['<ul class="current">' if trail & set(entries) else "<ul>"]
        for one in entries:
            current = " current" if one in trail else ""
            title = escape(self.env.titles[one].astext())
            uri = self.app.builder.get_relative_uri(page, one) if one != page else "#"
            out.append(
                f'<li class="toctree-l{level}{current}"><a class="reference internal{current}" href="{uri}">{title}</a>'
            )
            if current and self.env.toctree_includes.get(one):
                out += self.rows(page, self.env.toctree_includes[one], trail, level + 1)
            out.append("</li>")
        return [*out, "</ul>"]

    def html(self, page: str) -> str:
        trail, one = set[str](), page
        while one and one not in trail:
            trail.add(one)
            one = self.above.get(one, "")
        trail -= {root_doc}
        captions = [caption for caption, entries in self.sections if caption and trail & set(entries)]
        out = []
        for caption, entries in self.sections:
            rows = self.rows(page, entries, trail, 1)
            out += self.group(caption, rows, caption in captions) if caption else rows
        return "\n".join(out)

    def group(self, caption: str, rows: list[str], opened: bool) -> list[str]:
        """A section. The browser closes it when another one of the same name opens."""
        shown = f'<summary class="caption"><span class="caption-text">{escape(caption)}</span></summary>'
        return [f'<details name="navigation"{" open" if opened else ""}>', shown, *rows, "</details>"]


def sidebar(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Runs before furo requests the tree."""
    if not hasattr(app, "vwr_sidebar"):
        app.vwr_sidebar = Sidebar(app)
    context["toctree"] = lambda **_: app.vwr_sidebar.html(page)


def setup(app: Any) -> dict[str, bool]:
    app.add_domain(CDomain, override=True)
    app.add_domain(Rows)
    app.connect("doctree-read", rows)
    app.connect("missing-reference", reference)
    app.connect("html-page-context", sidebar, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

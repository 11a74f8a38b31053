# SPDX-License-Identifier: MIT
"""Models and templates -> {path below generated/: bytes}, and which spec file each comes from."""

import re
import textwrap
import traceback
from dataclasses import replace

import jinja2

from vwr import ROOT
from vwr.check import schema
from vwr.generate import python_text
from vwr.model.tree import models
from vwr.model.keys import mappings
from vwr.model.options import build as build_options
from vwr.model.parts import shown
from vwr.model.python import NUMBERS, package
from vwr.model.structs import wire
from vwr.spec import since
from vwr.spec.load import KIND_FOLDER
from vwr.stop import Stop

TEMPLATES = ROOT / "codegen" / "templates"
WIDTH = 120
HINT = "docs/templates.md has what a template sees"

# Kind of spec file: (path of the output, template). A template that comes out empty makes no file.
_HEADER, _DOCUMENT = "include/vwr/gen/{stem}.h", "include/vwr/gen/document/{stem}.h"
_TABLES, _NAMES, _WIRE = "src/vwr_gen_{stem}.c", "src/vwr_names_{stem}.c", "test/wire_{stem}.c"
_SHORT = "src/vwr_short_{stem}.c"
_PYTHON = "python/virtwright/{module}.py"
_VERSION = "include/vwr/gen/version.h"
OUTPUTS = {
    kind: [(_HEADER, f"{kind}.h.j2"), (_DOCUMENT, "document.h.j2")]
    + ([(_TABLES, f"{kind}.c.j2")] if kind in ("features", "status", "registers", "device", "structs") else [])
    + ([(_VERSION, "version.h.j2")] if kind == "ids" else [])
    + [(_NAMES, "names.c.j2")]
    + ([(_SHORT, "short_names.c.j2")] if kind == "ids" else [])
    + ([(_WIRE, "wire.c.j2")] if kind in ("ring", "device", "structs") else [])
    + [("docs/{name}.md", f"{kind}.md.j2"), (_PYTHON, "python.py.j2")]
    for kind in ("ids", "features", "status", "ring", "registers", "device", "structs")
}
KEYS = "docs/grammar/keys.md"
DEVICES = "docs/devices.md"
# Of the options of the runtime.
OPTIONS = [("include/vwr/profile.h", "options.h.j2"), ("docs/options.md", "options.md.j2"),
           ("python/virtwright/options.py", "options.py.j2"), ("zephyr/Kconfig", "options.kconfig.j2"),
           ("zephyr/options.cmake", "options.cmake.j2"), (DEVICES, "devices.md.j2")]


class OwnTemplateError(Stop):
    """A template of the user's that cannot be filled in."""
    code = 1


def _comment(text):
    """Text that neither ends a comment nor looks like the start of one."""
    return text.replace("*/", "* /").replace("/*", "/ *")


def column(text, at, comment="", code=""):
    """`text`, and its comment in a fixed column: a long name or comment moves no other line."""
    if not comment:
        return f"{text:<{at - 1}} {code}".rstrip()
    start = max(at, len(text) + 1)
    lines = textwrap.wrap(_comment(comment), max(WIDTH - start - 6, 24), break_on_hyphens=False)
    return f"{text:<{start}}/* " + f"\n{'':<{start + 3}}".join(lines) + " */"


def block(*paragraphs):
    """A comment above something: one line where it fits, else one paragraph after the other."""
    lines = [line for text in paragraphs if text
             for line in textwrap.wrap(_comment(text), 96, break_on_hyphens=False)]
    if len(lines) == 1:
        return f"/* {lines[0]} */"
    return "\n".join(["/*"] + [f" * {line}" for line in lines] + [" */"])


def headed(text, link, section, more=""):
    """The comment above an enum or struct: what it is, its place in the spec, its section without the chapter."""
    place = f'{link.partition(" ")[2]}; "{section.partition(" / ")[2] or section}"'
    if more:
        return block(text, more, place)
    whole = f"{text} {place}".strip()
    return block(whole) if len(whole) <= 96 else block(text, place)


def signature(ctype, name, params):
    """The first line of an inline function whose parameters are all numbers of elements."""
    start = f"static inline {ctype} {name}("
    words = [f"size_t {param[1]}" for param in params]
    lines = textwrap.wrap(", ".join(words) + ")", WIDTH - len(start), break_on_hyphens=False) if words else ["void)"]
    return start + ("\n" + " " * len(start)).join(lines)


def opened(needs, features):
    """Whether features are there, as C asks: all of `needs`, of each of them any."""
    texts = [" || ".join(f"vwr_features_have({features}, {c})" for c in need.any) for need in needs]
    return " && ".join(f"({text})" if " || " in text and len(texts) > 1 else text for text in texts)


def define(name, value, comment="", at=56):
    """A constant that is no enumerator."""
    return column(f"#define {name} {value}", at, comment)


def c_string(text):
    """A C string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("??", "?\\?") + '"'


def cell(text):
    """Text in a Markdown table."""
    return " ".join(str(text).replace("|", "\\|").split())


def _environment(*more):
    env = jinja2.Environment(loader=jinja2.FileSystemLoader([*more, TEMPLATES], encoding="utf-8"), trim_blocks=True,
                             lstrip_blocks=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True,
                             autoescape=False, newline_sequence="\n")
    env.filters.update(shown=shown, column=column, c_string=c_string, cell=cell, py=python_text.text, rows=python_text.rows,
                       call=lambda arguments, name, indent: python_text.call(name, arguments, indent),
                       begun=lambda arguments, name, indent: python_text.begun(name, arguments, indent),
                       rest=python_text.rest, opened=opened,
                       docstring=lambda text: text.replace("\\", "\\\\").replace('"', "'"))
    env.globals.update(define=define, block=block, headed=headed, signature=signature, wire=wire)
    return env


def _tidy(text):
    """One blank line at most, none at the end: templates need not count them."""
    text = re.sub(r"[ ]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n" if text.strip() else ""


def _kinds():
    """What the page of keys has of each kind of file."""
    schemas = {kind: schema.validator(kind).schema for kind in (*KIND_FOLDER, "options")}
    return [{"name": kind, "meaning": one["description"], "mappings": mappings(one)} for kind, one in schemas.items()]


def render(models, options=None):
    """({path: bytes}, {path: its source}) in a fixed order, MANIFEST last; `options` are of runtime/options.yaml."""
    env, files, sources = _environment(), {}, {}
    for m in [replace(m, python=package(m)) for m in models]:
        for path, template in OUTPUTS[m.kind]:
            text = _tidy(env.get_template(template).render(m=m))
            if text:
                path = path.format(**vars(m))
                files[path], sources[path] = text.encode("utf-8"), m.path
    path = "python/virtwright/__init__.py"
    files[path] = _tidy(env.get_template("python_init.py.j2").render(
        models=models, document=models[0].document, versions=since.VERSIONS, numbers=NUMBERS)
    ).encode("utf-8")
    sources[path] = "codegen/templates/python_init.py.j2"
    files[KEYS] = _tidy(env.get_template("keys.md.j2").render(kinds=_kinds())).encode("utf-8")
    sources[KEYS] = "spec/schema"
    described = [m.name for m in models if m.kind == "device"]
    for path, template in OPTIONS if options else ():
        text = _tidy(env.get_template(template).render(m=build_options(options, described)))
        files[path], sources[path] = text.encode("utf-8"), options.path
    files["MANIFEST"] = "".join(f"{path:<48}  {source}\n" for path, source in sources.items()).encode("utf-8")
    return files, sources


def own(path, models):
    """{path: bytes} of a template of the user's: one file for each model if the template's name has a {stem} or the like."""
    try:
        template = _environment(path.parent).get_template(path.name)
        name = path.name.removesuffix(".j2")
        named = {name.format(**vars(m)): m for m in models}
        with_python = {m.name: replace(m, python=package(m)) for m in models}
        everything = {"models": list(with_python.values())}
        made = {out: template.render(everything, m=with_python[m.name]) for out, m in named.items()} \
            if len(named) > 1 else {name: template.render(everything)}
    except jinja2.TemplateNotFound as error:
        raise OwnTemplateError(f"{path}: there is no template {error}", HINT) from None
    except jinja2.TemplateSyntaxError as error:
        raise OwnTemplateError(f"{error.filename}:{error.lineno}: error: {error.message}", HINT) from None
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
        lines = [row.lineno for row in traceback.extract_tb(error.__traceback__) if row.filename == str(path)]
        raise OwnTemplateError(f"{path}:{lines[-1] if lines else 1}: error: {error}", HINT) from None
    return {out: text.encode("utf-8") for out, text in ((out, _tidy(text)) for out, text in made.items()) if text}


def render_tree(tree, version=None):
    """Everything that a checked tree makes; of an older version of the specification without what is newer."""
    return render(models(tree, version) if version else tree.models, tree.options)

# SPDX-License-Identifier: MIT
"""Templates to text: the functions that templates may call, and the treatment of blank lines."""

import functools
import re
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import jinja2

from vwr import ROOT
from vwr.generate import page_text, python_text, rust_text, standalone
from vwr.generate.compiled import Compiled
from vwr.generate.written import written
from vwr.model.ends_test import ends_test
from vwr.model.nodes.structs import Param
from vwr.model.nodes.values import Gate
from vwr.model.parts import shown
from vwr.model.structs import config_sample, place_samples, wire

TEMPLATES = ROOT / "codegen" / "templates"
WIDTH = 120


def _comment(text: str) -> str:
    """Text that neither ends a comment nor contains the start of one."""
    return text.replace("*/", "* /").replace("/*", "/ *")


def _lines(text: str, width: int) -> list[str]:
    """Lines of at most this width. Most comments fit in one line, and textwrap is slow."""
    fits = len(text) <= width and text.isprintable() and text.strip() == text != ""
    return [text] if fits else textwrap.wrap(text, width, break_on_hyphens=False)


def column(text: str, at: int, comment: str = "", code: str = "") -> str:
    """`text`, with its comment in a fixed column, so that a long name or comment moves no other line."""
    if not comment:
        return f"{text:<{at - 1}} {code}".rstrip()
    start = max(at, len(text) + 1)
    lines = _lines(_comment(comment), max(WIDTH - start - 6, 24))
    return f"{text:<{start}}/* " + f"\n{'':<{start + 3}}".join(lines) + " */"


def block(*paragraphs: str) -> str:
    """A comment above an item: one line if it fits, otherwise several paragraphs."""
    lines = [line for text in paragraphs if text for line in _lines(_comment(text), 96)]
    if len(lines) == 1:
        return f"/* {lines[0]} */"
    return "\n".join(["/*"] + [f" * {line}" for line in lines] + [" */"])


def headed(text: str, link: str, section: str, more: str = "") -> str:
    """
    The comment above an enum or struct: its description, its place in the spec, its section without the
    chapter.
    """
    place = f'{link.rpartition(" ")[2]}; "{section.partition(" / ")[2] or section}"'
    if more:
        return block(text, more, place)
    whole = f"{text} {place}".strip()
    return block(whole) if len(whole) <= 96 else block(text, place)


def signature(ctype: str, name: str, params: Sequence[Param]) -> str:
    """The first line of an inline function whose parameters are all numbers of elements."""
    start = f"static inline {ctype} {name}("
    words = [f"size_t {param[1]}" for param in params]
    lines = (
        textwrap.wrap(", ".join(words) + ")", WIDTH - len(start), break_on_hyphens=False)
        if words
        else ["void)"]
    )
    return start + ("\n" + " " * len(start)).join(lines)


def folded(text: str) -> str:
    """
    C without unused names, with long lines broken after a comma or an operator. A paragraph of a comment with
    a long line is filled again as a whole.
    """
    return "\n".join(
        _fold(line) if len(line) > WIDTH else line
        for line in _PARAGRAPH.sub(_fill, written(text)).split("\n")
    )


# Consecutive lines of a comment that begin with a word. A pattern that begins with plain text is found soon.
_PARAGRAPH = re.compile(r"\n \* \S.*(?:\n \* \S.*)*")


def _fill(found: re.Match[str]) -> str:
    lines = found[0].split("\n")
    if all(len(line) <= WIDTH for line in lines):
        return found[0]
    return "\n" + textwrap.fill(
        " ".join(line[3:] for line in lines[1:]),
        WIDTH,
        initial_indent=" * ",
        subsequent_indent=" * ",
        break_on_hyphens=False,
    )


def _fold(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip()))
    column = line.find("(") + 1
    more = " " * column if 0 < column <= WIDTH // 2 else indent + "    "
    words = re.split(r" (?:(?<=, )|(?<=\|\| )|(?<=&& ))", line)
    lines = [line[:column], more + words[0][column:]] if column and len(words[0]) > WIDTH else words[:1]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(more + word)
        else:
            lines[-1] += f" {word}"
    return "\n".join(lines)


def opened(needs: list[Gate], features: str) -> str:
    """A C condition for features: for each of `needs`, any of its features is negotiated."""
    texts = [" || ".join(f"vwr_features_have({features}, {c})" for c in need.any) for need in needs]
    return " && ".join(f"({text})" if " || " in text and len(texts) > 1 else text for text in texts)


def define(name: str, value: str | int, comment: str = "", at: int = 56) -> str:
    """A constant that is not an enumerator."""
    return column(f"#define {name} {value}", at, comment)


def hexadecimal(numbers: Iterable[int]) -> str:
    """Elements of an array in C."""
    return ", ".join(map(hex, numbers))


def literal(number: int, width: int) -> str:
    """A C constant of an unsigned type with that many bytes."""
    return f"UINT64_C({number:#x})" if width == 8 else f"{number:#x}u"


def literals(numbers: Iterable[int], width: int) -> str:
    """Elements of an array of such a type."""
    return ", ".join(literal(number, width) for number in numbers)


def compared(name: str, value: str | int) -> str:
    """A row in a table of constants: the name, the actual value, and the expected value."""
    return f'{{"{name}", {name}, {value}}},'


def c_string(text: str) -> str:
    """A C string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("??", "?\\?") + '"'


def cell(text: object) -> str:
    """Text in a Markdown table."""
    return " ".join(str(text).replace("|", "\\|").split())


class _Called(jinja2.runtime.Context):
    """For templates that call only functions that do not use it. Takes a quarter of the time."""

    def call(self, function: Callable[..., Any], /, *args: Any, _loop_vars: Any = None, **more: Any) -> Any:
        return function(*args, **more)


class OfModels(jinja2.Environment):
    """For templates that read only existing attributes of models. Takes a third of the time."""

    context_class = _Called
    getattr: Any = staticmethod(getattr)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The name in a filter's `attribute` is also a model attribute."""
        is_name = isinstance(argument, str) and not isinstance(obj, dict)
        return getattr(obj, argument) if is_name else obj[argument]


def environment(
    *folders: Path, kind: type[jinja2.Environment] = jinja2.Environment, **filters: Callable[..., Any]
) -> jinja2.Environment:
    """The environment for templates in these folders."""
    env = kind(
        loader=jinja2.FileSystemLoader(folders, encoding="utf-8"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
        newline_sequence="\n",
        auto_reload=False,
        bytecode_cache=Compiled(),
    )
    env.filters.update(filters)
    return env


def ours(*folders: Path, of_models: bool = False) -> jinja2.Environment:
    """The environment for templates that are filled in with models: ours, and those of further folders."""
    return _filled_in(*folders, TEMPLATES, of_models=of_models)


@functools.cache
def _filled_in(*folders: Path, of_models: bool) -> jinja2.Environment:
    """One environment for all back ends, since it compiles each template once."""
    env = environment(
        *folders,
        kind=OfModels if of_models else jinja2.Environment,
        shown=shown,
        column=column,
        c_string=c_string,
        hexadecimal=hexadecimal,
        literal=literal,
        literals=literals,
        compared=compared,
        cell=cell,
        opened=opened,
        call=lambda arguments, name, indent: python_text.call(name, arguments, indent),
        folded=folded,
        document_names=standalone.document_names,
        document_name=standalone.document_name,
        standalone=standalone.standalone,
        groups=standalone.groups,
        with_order=standalone.with_order,
        behind=standalone.behind,
        ends_test=ends_test,
    )
    env.filters.update(page_text.filters())
    env.filters.update(rust_text.filters())
    env.globals.update(define=define, block=block, headed=headed, signature=signature)
    env.globals.update(wire=wire, place_samples=place_samples, config_sample=config_sample)
    return env


def filled(template: jinja2.Template, *facts: dict[str, Any], **more: Any) -> str:
    """
    The text, with at most one consecutive blank line and none at the end, so that templates need not count
    them.
    """
    text = template.render(*facts, **more) + "\n"
    for many, one in ((" \n", "\n"), ("\n\n\n", "\n\n")):  # takes a tenth of the time of checking each line
        while many in text:
            text = text.replace(many, one)
    return text.strip("\n") + "\n" if text.strip() else ""

# SPDX-License-Identifier: MIT
"""
Tables of functions and numbers of which a copy has only one: where the code names a member of the table, the value of
the member replaces it. A table whose address is passed on stays.
"""

import functools
import re
from collections.abc import Iterable, Mapping

from vwr.c.items import Item
from vwr.c.tokens import code as code_of, uses
from vwr.embed import fold, members
from vwr.c.nested import Token, Word, mapped, nested, new_word, split, text_of

_TABLE = re.compile(r"(?:VWR_\w+ )?(?:static )?const struct (\w+) (\w+) = \{\n.*\n\};\n\Z", re.DOTALL)
_ROW = re.compile(r"\n    \.(\w+) = ")
_SIMPLE = re.compile(r"&?\w+")
_ADDRESS = re.compile(r"#define (\w+)\(\w+\) \(\(void\)\(\w+\), (&\w+)\)\s*\Z")


@functools.lru_cache(maxsize=1 << 14)
def members_of(text: str) -> dict[str, str]:
    """{member of a structure: what it is if nothing sets it}; a structure in it has none."""
    found = {}
    for one in code_of(text).partition("{")[2].rpartition("}")[0].split(";"):
        pointer = re.search(r"\(\*(?:const )?(\w+)\)\s*\(|\*(?:const )?(\w+)\s*$", one)
        number = re.fullmatch(r"\s*(uint\d+_t|bool|size_t|unsigned) ([\w, ]+)", one)
        if pointer:
            found[pointer[1] or pointer[2]] = "NULL"
        for name in number[2].split(",") if number else ():
            found[name.strip()] = "false" if number and number[1] == "bool" else "0"
    return found


def is_table(item: Item) -> bool:
    """Whether it is one."""
    return item.kind == "object" and bool(_TABLE.match(item.text))


def found(items: Iterable[Item]) -> dict[str, dict[str, str]]:
    """{table: {member: its value}} of the values that are a name or a number."""
    items = list(items)
    types = {members.tag_of(item): item.text for item in items if item.kind == "type"}
    made: dict[str, dict[str, str]] = {}
    for item in items:
        m = _TABLE.match(item.text) if item.kind == "object" else None
        if m is None or m[1] not in types or "\n#" in item.text or not re.search(r"=\s*\{\s*\.", item.text):
            continue
        code = code_of(item.text)
        rows = [part.strip() for part in _parts(code.partition("{")[2].rpartition("}")[0]) if part.strip()]
        said = [re.match(r"\.(\w+) = (.*)", row, re.DOTALL) for row in rows]
        given = {row[1]: row[2] for row in said if row}
        absent = members_of(types[m[1]]) if all(said) else {}  # a macro may set others
        made[m[2]] = {name: value for name, value in absent.items() if name not in given}
        made[m[2]] |= {name: value for name, value in given.items() if _SIMPLE.fullmatch(value)}
    return made


def _parts(text: str) -> list[str]:
    return [text_of(part) for part in split(nested(text), ",")]


def addresses(items: Iterable[Item]) -> dict[str, tuple[None, str]]:
    """Macros that are the address of a table, whatever their argument: as `fold.inlined` takes them."""
    return {m[1]: (None, m[2]) for item in items if (m := _ADDRESS.match(item.text))}


def used(text: str, tables: Mapping[str, Mapping[str, str]]) -> str:
    """A function's text in which members of tables are their values."""

    def change(tokens: list[Token]) -> list[Token]:
        out: list[Token] = []
        for token in tokens:
            if len(out) > 1 and out[-1] == "." and isinstance(out[-2], Word) and out[-2] in tables:
                value = tables[out[-2]].get(str(token))
                before = out[-3] if len(out) > 2 else ""
                if value is not None and before not in ("&", ".", "->"):
                    out[-2:], token = [], new_word(value, out[-2].before, token.behind)
            elif token == "->" and out and str(out[-1])[0] == "&" and len(out[-1]) > 1 and out[-1] != "&&":
                out[-1], token = new_word(out[-1][1:], out[-1].before), new_word(".", "")
            out.append(token)
        return out

    if tables.keys().isdisjoint(uses(text).names):
        return text
    made = text_of(mapped(nested(text), change))
    if made == text:
        return text
    functions = {value for table in tables.values() for value in table.values() if value.islower()} - {
        "false",
        "true",
    }
    return fold.quiet(text, fold.resolved(made, fold.not_null(functions & uses(made).names)))

# SPDX-License-Identifier: MIT
"""
Reads the spec tree: YAML to plain data with the position of each node. Bad input is a problem, not an
exception.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from yaml.composer import ComposerError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from vwr.grammar.files import KINDS
from vwr.spec import condition, scalars
from vwr.spec.clauses import Clauses
from vwr.spec.problems import Note, Problems, did_you_mean
from vwr.spec.disk import CLAUSES, FOLDERS, OPTIONS, RULES, SECTIONS, is_ours, is_own, read_texts

KIND_FOLDER = {kind: file.folder for kind, file in KINDS.items()}

Row = dict[str, Any]  # an item of the YAML
NodePath = tuple[str | int, ...]  # keys and list indices
# A problem of a node: its path, line and column, check, message, hint, notes.
Found = tuple[NodePath, tuple[int, int], str, str, str | None, tuple[Note, ...]]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
# Byte order marks, control characters, characters that are line breaks only in YAML 1.1, and those that change the
# direction of the text, which compilers refuse in comments.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_NUMBER = re.compile(r"0x[0-9a-fA-F]+|-?[0-9]+")
_SPDX = re.compile(r"# SPDX-License-Identifier: (\S.*?)\s*")
_SPDX_LINES = 3

# The likely mistake of a beginner, by a part of PyYAML's message.
_SYNTAX_HINTS = (
    ("mapping values are not allowed", "put a text that contains ': ' in quotes"),
    ("but found '<block mapping start>'", "check the indentation"),
    ("but found '<block sequence start>'", "check the indentation"),
    ("but found '?'", "check the indentation"),
    ("expected ',' or '}'", "put a text that contains ',' or ': ' in quotes, or add a missing '}'"),
    ("expected ',' or ']'", "check for a missing ']'"),
    ("could not find expected ':'", "add ': ' after the key"),
    ("cannot start any token", "put it in quotes if it is a text"),
    ("found unexpected end of stream", "check for a missing quote"),
)


class Place(NamedTuple):
    """The position of an item: line and col count from 1; path consists of keys and list indices."""

    file: str
    line: int
    col: int
    path: NodePath


@dataclass
class SpecFile:
    """One spec file: its data and the position of each node. A path is a tuple of keys and list indices."""

    path: str
    kind: str
    data: Row
    text_lines: list[str]
    license: str
    marks: dict[NodePath, tuple[int, int]] = field(default_factory=dict, repr=False)
    key_marks: dict[NodePath, tuple[int, int]] = field(default_factory=dict, repr=False)
    refused: set[NodePath] = field(
        default_factory=set, repr=False
    )  # paths with a substitute value: already reported
    valid: bool = True  # false once the schema rejects it
    typed: bool = True  # false once a field has an unknown type, so that no field behind it has a place
    conditions: dict[NodePath, condition.Condition] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> Any:
        """The name in the file, which the generated files have too."""
        return self.data.get("name")

    @property
    def prefix(self) -> Any:
        """The prefix of names in C and in the specification."""
        return self.data.get("prefix", self.name)

    def mark(self, path: NodePath) -> tuple[int, int]:
        """(line, col) of the value at `path`, or of the nearest node with a value; both from 1."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks[path]

    def place(self, path: NodePath) -> Place:
        """The position, with the file's name."""
        line, col = self.mark(path)
        return Place(self.path, line, col, path)

    def mark_key(self, path: NodePath) -> tuple[int, int]:
        """(line, col) of the key at `path`; of the value if it is in a list."""
        return self.key_marks.get(path) or self.mark(path)

    def at(self, path: NodePath) -> Any:
        """The value at `path`."""
        node: Any = self.data
        for step in path:
            node = node[step]
        return node

    def path_text(self, path: NodePath) -> str:
        """Path in readable form: list items by their names, features.bits.DISCARD.requires."""
        if path[-1:] == ("name",) and len(path) > 1:
            path = path[:-1]
        words: list[str] = []
        node: Any = self.data
        for step in path:
            has = step in node if isinstance(node, dict) else isinstance(node, list) and isinstance(step, int)
            node = node[step] if has else None
            words.append(step if isinstance(step, str) else _item_label(node, step))
        return ".".join(word for word in words if word)

    def written(self, path: NodePath, number: int) -> str:
        """`number` as the author writes it: in the base of the number at `path`, with its digits if it is that one."""
        line, col = self.mark(path)
        word = _NUMBER.match(self.text_lines[line - 1], col - 1)
        if word and int(word[0], 0) == number:
            return word[0]
        return str(number) if word and not word[0].startswith("0x") else f"{number:#x}"

    def note(self, path: NodePath, text: str, key: bool = False) -> Note:
        """A place for the notes of a problem."""
        return (self.path, *(self.mark_key(path) if key else self.mark(path)), text)


@dataclass
class Tree:
    """All spec files in the order of the folders, then of their paths."""

    files: list[SpecFile] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    unread: set[str] = field(default_factory=set)  # paths that exist but could not be read
    models: list[Any] = field(
        default_factory=list
    )  # one for each file, once all of them have passed the checks
    clause_text: bytes | None = None  # spec/clauses.json; a revision may lack it
    clauses: Clauses = field(default_factory=dict)  # once it has passed its check
    section_text: bytes | None = None  # spec/sections.json; a revision may lack it
    sections: dict[str, None] = field(default_factory=dict)  # titles, once it has passed its check
    options: SpecFile | None = None  # build options of the runtime; a revision may lack them
    rules: SpecFile | None = None  # what an observer decides; a revision may lack them

    def by_kind(self, kind: str) -> list[SpecFile]:
        """The files of a kind."""
        return [spec for spec in self.files if spec.kind == kind]

    def by_name(self, name: str) -> SpecFile | None:
        """The file of that name, or None."""
        return next((spec for spec in self.files if spec.name == name), None)

    def error(
        self,
        spec: SpecFile,
        path: NodePath,
        message: str,
        check_id: str,
        hint: str | None = None,
        notes: Iterable[Note] = (),
        key: bool = False,
    ) -> None:
        """Reports a problem at a node of a file; or at a key, and then as a problem of the enclosing node."""
        line, col = spec.mark_key(path) if key else spec.mark(path)
        about = spec.path_text(path[:-1] if key else path)
        self.problems.error(spec.path, line, col, about, message, hint, notes, check_id)


def load_tree(root: Path, own: Path | None = None) -> Tree:
    """The spec tree of the checkout `root`, with the devices of a user's folder, and with its problems."""
    texts, unreadable = read_texts(root, own)
    tree = load_texts(texts)
    for path, why in unreadable:
        tree.problems.error(path, 1, 1, "", f"the file cannot be read: {why}", check_id="VWR-Y028")
        tree.unread.add(path)
    return tree


def load_texts(texts: Mapping[str, bytes | str]) -> Tree:
    """
    A tree from {path: text or bytes}: files of the three folders, then the user's YAML; the clauses; OPTIONS;
    RULES.
    """
    tree = Tree()
    ours = [[path for path in texts if path.startswith(f"spec/{folder}/")] for folder in FOLDERS]
    for room in [*ours, [path for path in texts if is_own(path)]]:
        for path in sorted(room):
            if is_ours(path) and path.count("/") > 2 or not path.endswith(".yaml"):
                tree.problems.error(
                    path.rstrip("/"), 1, 1, "", "this is not a spec file", _stray_hint(path), (), "VWR-Y025"
                )
                continue
            spec = load_text(path, texts[path], tree.problems)
            if spec is None:
                tree.unread.add(path)
            else:
                tree.files.append(spec)
    tree.clause_text, tree.section_text = map(_bytes, (texts.get(CLAUSES), texts.get(SECTIONS)))
    if OPTIONS in texts:
        tree.options = load_text(OPTIONS, texts[OPTIONS], tree.problems)
    if RULES in texts:
        tree.rules = load_text(RULES, texts[RULES], tree.problems)
    return tree


def _bytes(text: bytes | str | None) -> bytes | None:
    return text.encode("utf-8", "replace") if isinstance(text, str) else text


def load_text(path: str, text: bytes | str, problems: Problems | None = None) -> SpecFile | None:
    """The file `path` with that text (or bytes), or None if it cannot be used."""
    problems = Problems() if problems is None else problems
    spec = read_text(path, text, problems)
    if spec is None:
        return None
    if not spec.license:
        hint = "the first line must be '# SPDX-License-Identifier: ' and your licence, such as MIT"
        problems.error(spec.path, 1, 1, "", "missing licence", hint, (), "VWR-Y008")
    if path in (OPTIONS, RULES):
        spec.kind = "options" if path == OPTIONS else "rules"  # such a file does not contain its kind
        return spec
    if not _kind_is_known(spec, problems):
        return None
    _read_conditions(spec, problems)
    return spec


def read_text(path: str, text: bytes | str, problems: Problems) -> SpecFile | None:
    """Any YAML file of ours: its data with the positions of all nodes. Its meaning is not checked."""
    text = _decode(path, text, problems)
    lines = _LINE_BREAK.split(text)
    problems.add_source(path, lines)
    licences = [match.group(1) for line in lines[:_SPDX_LINES] if (match := _SPDX.fullmatch(line))]
    if problems.in_file(path) or not _characters_are_fine(path, lines, problems):
        return None
    spec = SpecFile(path, "", {}, lines, licences[0] if licences else "")
    try:
        found = _read(spec, text, problems)
    except RecursionError:
        problems.error(path, 1, 1, "", "the file is nested too deeply", check_id="VWR-Y026")
        return None
    for at, place, check_id, message, hint, notes in found or ():
        problems.error(path, *place, spec.path_text(at), message, hint, notes, check_id)
    return None if found is None else spec


def _stray_hint(path: str) -> str:
    if path.endswith(".yml"):
        return "spec files end in .yaml"
    return "use one .yaml file per device, transport or other item, and no subfolders"


# Text ------------------------------------------------------------------------------------------------------------


def _decode(path: str, text: bytes | str, problems: Problems) -> str:
    """`text` as str; the part before the first bad byte if it is not UTF-8."""
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _LINE_BREAK.split(text[: error.start].decode("utf-8"))
        problems.error(
            path,
            len(before),
            len(before[-1]) + 1,
            "",
            f"byte 0x{text[error.start]:02x} is not UTF-8",
            "save the file as UTF-8",
            (),
            "VWR-Y001",
        )
        return text.decode("utf-8", "replace")


def _characters_are_fine(path: str, lines: list[str], problems: Problems) -> bool:
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            problems.error(
                path,
                number,
                line.index("\t") + 1,
                "",
                "unexpected tab",
                "indent and align with spaces",
                (),
                "VWR-Y003",
            )
        if bad := _UNPRINTABLE.search(line):
            what = (
                "unexpected byte order mark"
                if bad.group() == "\ufeff"
                else f"unexpected control character U+{ord(bad.group()):04X}"
            )
            problems.error(path, number, bad.start() + 1, "", what, "remove it", (), "VWR-Y002")
    return not problems.in_file(path)


# YAML ------------------------------------------------------------------------------------------------------------


class _Builder:
    """
    Makes plain data of the events of a parser, and records the marks of all nodes. Problems are added to
    `found`. It rejects anchors, aliases and tags.
    """

    get_event: Any  # the parser's

    def __init__(self, spec: SpecFile) -> None:
        self.spec = spec
        self.found: list[Found] = []
        self.refusals: list[tuple[tuple[int, int], str, str]] = []  # (place, check id, message)
        spec.marks = {}
        spec.key_marks = {}
        spec.refused = set()

    def data(self) -> Any:
        """The data of the only document, or None in an empty text."""
        self.get_event()  # the start of the text
        if isinstance(self.get_event(), yaml.StreamEndEvent):
            return None
        data = self._build(self._next(), ())
        self.get_event()  # its end
        if not isinstance(more := self.get_event(), yaml.StreamEndEvent):
            raise ComposerError(None, None, "but found another document", more.start_mark)
        return data

    def _next(self) -> Any:
        event = self.get_event()
        if not isinstance(event, yaml.NodeEvent):
            return event
        if isinstance(event, yaml.AliasEvent):
            self.refusals.append((_place(event), "VWR-Y017", f"alias *{event.anchor} is not allowed"))
            return yaml.ScalarEvent(None, None, (), "", event.start_mark, event.end_mark, style="*")
        if event.anchor is not None:
            self.refusals.append((_place(event), "VWR-Y017", f"anchor &{event.anchor} is not allowed"))
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refusals.append((_place(event), "VWR-Y018", f"tag {shown} is not allowed"))
            event.style = "'"  # one message is enough: the scalar is not checked
        return event

    def _build(self, event: Any, path: NodePath) -> Any:
        """The data of the node that begins with an event."""
        self.spec.marks[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, path)
        items: list[Any] = []
        while not isinstance(item := self._next(), yaml.SequenceEndEvent):
            items.append(self._build(item, (*path, len(items))))
        return items

    def _scalar(self, event: Any, path: NodePath) -> str | int:
        if event.style:
            return str(event.value)
        refused = scalars.refusal(event.value)
        if refused is None:
            return scalars.value_of(event.value)
        self._refuse(path, event, refused)
        return str(event.value)  # replaces the value, so that the rest of the file can be checked

    def _mapping(self, event: Any, path: NodePath) -> Row:
        data: Row = {}
        while not isinstance(key_event := self._next(), yaml.MappingEndEvent):
            if refused := _key_refusal(key_event):
                self._refuse(path, key_event, refused)  # its keys are not checked
                self._skip(key_event)
                self._skip(self._next())
                continue
            value_event = self._next()
            key, place = key_event.value, _place(key_event)
            here = path + (key,)
            if event.flow_style and self._is_cut(key_event, value_event):
                before = list(data)[-1] if data else ""
                message = f"'{key}' has no value"
                hint = f"put the text of '{before}' in quotes, because a comma inside {{ }} ends it"
                self.found.append(
                    (path + (before,), place, "VWR-Y016", message, hint if data else "add a value", ())
                )
            elif key in data:
                note = (self.spec.path, *self.spec.key_marks[here], "first occurrence")
                self.found.append((path, place, "VWR-Y009", f"duplicate key '{key}'", None, (note,)))
                self._skip(value_event)
            else:
                self.spec.key_marks[here] = place
                data[key] = self._build(value_event, here)
        return data

    def _refuse(self, path: NodePath, event: Any, refused: tuple[str, str, str | None]) -> None:
        self.found.append((path, _place(event), *refused, ()))
        self.spec.refused.add(path)

    def _skip(self, event: Any) -> None:
        """Passes the rest of a node."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = self._next()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def _is_cut(self, key: Any, value: Any) -> bool:
        """Whether a key in { } is in fact the text after a comma, since it has no colon."""
        if not isinstance(value, yaml.ScalarEvent) or value.style or value.value:
            return False
        return not self.spec.text_lines[key.end_mark.line][key.end_mark.column :].lstrip().startswith(":")


class _Loader(_Builder, Reader, Scanner, Parser):
    """Reports the errors for which we have hints."""

    def __init__(self, spec: SpecFile, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        _Builder.__init__(self, spec)


if yaml.__with_libyaml__:

    class _FastLoader(_Builder, yaml.CBaseLoader):
        """The same events from libyaml, in a fifth of the time."""

        def __init__(self, spec: SpecFile, text: str) -> None:
            yaml.CBaseLoader.__init__(self, text)
            _Builder.__init__(self, spec)


def _read_fast(spec: SpecFile, text: str) -> list[Found] | None:
    """What _read does, or None if the text has a problem."""
    if not yaml.__with_libyaml__:
        return None
    loader = _FastLoader(spec, text)
    try:
        data = loader.data()
    except (yaml.YAMLError, RecursionError):
        return None
    if loader.refusals or not isinstance(data, dict):
        return None
    spec.data = data
    return loader.found


def _read(spec: SpecFile, text: str, problems: Problems) -> list[Found] | None:
    """Reads the data of a file: the problems of its nodes; None if it has no data."""
    if (found := _read_fast(spec, text)) is not None:
        return found
    loader = _Loader(spec, text)
    try:
        data = loader.data()
    except yaml.MarkedYAMLError as error:
        _syntax_error(spec.path, error, problems)
        return None
    for place, check_id, message in loader.refusals:
        problems.error(spec.path, *place, "", message, "write the value itself", (), check_id)
    hint = "a spec file begins with `kind:` and `name:`"
    if data is None:
        problems.error(spec.path, 1, 1, "", "the file is empty", hint, (), "VWR-Y004")
        return None
    if not isinstance(data, dict):
        problems.error(spec.path, *spec.marks[()], "", "the file is not a mapping", hint, (), "VWR-Y007")
        return None
    spec.data = data
    spec.refused |= {()} if loader.refusals else set()
    return loader.found


def _syntax_error(path: str, error: Any, problems: Problems) -> None:
    if error.problem == "but found another document":
        mark, check_id, message, hint = (
            error.problem_mark,
            "VWR-Y006",
            "the file has a second YAML document",
            "use one document per file",
        )
    else:
        mark, check_id, message = (
            error.problem_mark or error.context_mark,
            "VWR-Y005",
            f"YAML: {error.problem}",
        )
        hint = next((hint for part, hint in _SYNTAX_HINTS if part in message), "")
    notes = []
    if error.context_mark and error.context_mark.line != mark.line and check_id == "VWR-Y005":
        notes = [(path, error.context_mark.line + 1, error.context_mark.column + 1, error.context)]
    problems.error(path, mark.line + 1, mark.column + 1, "", message, hint, notes, check_id)


def _key_refusal(event: Any) -> tuple[str, str, str | None] | None:
    """(check id, message, hint) if the key is rejected, else None."""
    if not isinstance(event, yaml.ScalarEvent):
        return "VWR-Y010", "a key must be a word", "not a list or mapping"
    return None if event.style else scalars.key_refusal(event.value)


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _item_label(item: Any, index: int) -> str:
    """
    The name of a list item: its name, the status bit of a step, else its index; nothing for a plain value.
    """
    if not isinstance(item, dict):
        return ""
    for key, lead in (("name", ""), ("set", ""), ("clear", "clear-")):
        if isinstance(item.get(key), str):
            return lead + item[key]
    return f"#{index + 1}"


# Conditions ------------------------------------------------------------------------------------------------------


def _read_conditions(spec: SpecFile, problems: Problems) -> None:
    """
    Parses each condition. Fact number `index` has the position of the path with the index, its value that
    with VALUE after it.
    """
    for mapping, path, logic in condition.places(KINDS[spec.kind], spec.data):
        text, (line, col) = mapping[str(path[-1])], spec.marks[path]
        shown = spec.text_lines[line - 1][col - 1 :]
        lead = next((len(quote) for quote in ("", "'", '"') if shown.startswith(quote + text)), None)
        place = lambda at: (
            line,
            col + (0 if lead is None else lead + at),
        )  # of the first line, if it has several
        try:
            made = condition.read(text, logic)
        except condition.Wrong as wrong:
            about = spec.path_text(path)
            problems.error(spec.path, *place(wrong.at), about, str(wrong), wrong.hint, (), "VWR-Y030")
            spec.refused.add(path)
            continue
        mapping[str(path[-1])] = spec.conditions[path] = made
        for index, fact in enumerate(made.all_facts()):
            spec.marks[(*path, index)] = place(fact.at)
            spec.marks[(*path, index, condition.VALUE)] = place(fact.value_at)


# Kinds -----------------------------------------------------------------------------------------------------------


def _kind_is_known(spec: SpecFile, problems: Problems) -> bool:
    """Sets spec.kind, and checks that the file is in the place of its kind and name."""
    kind = spec.data.get("kind")
    if ("kind",) in spec.refused:
        return False
    if kind is None:
        problems.error(
            spec.path,
            *spec.mark(()),
            "",
            "missing key 'kind'",
            did_you_mean("", KIND_FOLDER, "known kinds"),
            (),
            "VWR-Y021",
        )
        return False
    if not isinstance(kind, str) or kind not in KIND_FOLDER:
        problems.error(
            spec.path,
            *spec.mark(("kind",)),
            "kind",
            f"unknown kind '{kind}'",
            did_you_mean(kind, KIND_FOLDER, "known kinds"),
            (),
            "VWR-Y022",
        )
        return False
    spec.kind = kind
    _check_place(spec, problems)
    return True


def _check_place(spec: SpecFile, problems: Problems) -> None:
    folder, _, file = spec.path.removeprefix("spec/").rpartition("/")
    if not is_ours(spec.path):
        if spec.kind != "device":
            problems.error(
                spec.path,
                *spec.mark(("kind",)),
                "kind",
                f"a folder of your own cannot contain a file of kind '{spec.kind}'",
                "only files of kind 'device' are allowed there",
                (),
                "VWR-Y023",
            )
    elif folder not in KIND_FOLDER[spec.kind].split(" or "):
        problems.error(
            spec.path,
            *spec.mark(("kind",)),
            "kind",
            f"a file of kind '{spec.kind}' does not belong in spec/{folder}/",
            f"move it to spec/{KIND_FOLDER[spec.kind].replace(' or ', '/ or spec/')}/",
            (),
            "VWR-Y023",
        )
    name = spec.data.get("name")
    if isinstance(name, str) and ("name",) not in spec.refused and file != f"{name}.yaml":
        problems.error(
            spec.path,
            *spec.mark(("name",)),
            "name",
            f"'{name}' does not match the file name '{file}'",
            "use the file name without .yaml",
            (),
            "VWR-Y024",
        )

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
from yaml.composer import Composer
from yaml.nodes import MappingNode, ScalarNode, SequenceNode
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from vwr.grammar.files import KINDS
from vwr.spec import condition, scalars
from vwr.spec.clauses import Clauses
from vwr.spec.problems import Note, Problems, did_you_mean
from vwr.spec.disk import CLAUSES, FOLDERS, OPTIONS, RULES, is_ours, is_own, read_texts

KIND_FOLDER = {kind: file.folder for kind, file in KINDS.items()}

Row = dict[str, Any]  # an item of the YAML
NodePath = tuple[str | int, ...]  # keys and list indices
# A problem of a node: its path, line and column, check, message, hint, notes.
Found = tuple[NodePath, tuple[int, int], str, str, str | None, tuple[Note, ...]]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
# Byte order marks, control characters, and characters that are line breaks only in YAML 1.1.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
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
    clause_text: bytes | None = None  # spec/clauses.json; older revisions lack it
    clauses: Clauses = field(default_factory=dict)  # once it has passed its check
    options: SpecFile | None = None  # build options of the runtime; older revisions lack them
    rules: SpecFile | None = None  # what an observer decides; older revisions lack them

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
    table = texts.get(CLAUSES)
    tree.clause_text = table.encode("utf-8", "replace") if isinstance(table, str) else table
    if OPTIONS in texts:
        tree.options = load_text(OPTIONS, texts[OPTIONS], tree.problems)
    if RULES in texts:
        tree.rules = load_text(RULES, texts[RULES], tree.problems)
    return tree


def load_text(path: str, text: bytes | str, problems: Problems | None = None) -> SpecFile | None:
    """The file `path` with that text (or bytes), or None if it cannot be used."""
    problems = Problems() if problems is None else problems
    spec = read_text(path, text, problems)
    if spec is None:
        return None
    if not spec.license:
        hint = "the first line must be '# SPDX-License-Identifier: MIT'"
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
    found: list[Found] = []
    try:
        node, whole = _compose(path, text, problems)
        if node is None:
            return None
        spec = SpecFile(
            path, "", {}, lines, licences[0] if licences else "", refused=set() if whole else {()}
        )
        spec.data = _build(spec, node, (), found)
    except RecursionError:
        problems.error(path, 1, 1, "", "the file is nested too deeply", check_id="VWR-Y026")
        return None
    for at, place, check_id, message, hint, notes in found:
        problems.error(path, *place, spec.path_text(at), message, hint, notes, check_id)
    return spec


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


class _Composer(Composer):
    """Composes nodes with marks and without types. It rejects anchors, aliases and tags."""

    peek_event: Any  # the parser's
    get_event: Any

    def __init__(self) -> None:
        Composer.__init__(self)
        self.refusals: list[tuple[Any, str, str]] = []  # (mark, check id, message)

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.get_event()
        start = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            self.refusals.append((start, "VWR-Y017", f"alias *{event.anchor} is not allowed"))
            return ScalarNode("", "", start, event.end_mark, style="*")
        if event.anchor is not None:
            self.refusals.append((start, "VWR-Y017", f"anchor &{event.anchor} is not allowed"))
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refusals.append((start, "VWR-Y018", f"tag {shown} is not allowed"))
            event.style = "'"  # one message is enough: the scalar is not checked
        if isinstance(event, yaml.ScalarEvent):
            return ScalarNode("", event.value, start, event.end_mark, style=event.style)
        items: list[Any] = []
        if isinstance(event, yaml.SequenceStartEvent):
            while not isinstance(self.peek_event(), yaml.SequenceEndEvent):
                items.append(self.compose_node(None, None))
            return SequenceNode("", items, start, self.get_event().end_mark, event.flow_style)
        while not isinstance(self.peek_event(), yaml.MappingEndEvent):
            items.append((self.compose_node(None, None), self.compose_node(None, None)))
        return MappingNode("", items, start, self.get_event().end_mark, event.flow_style)


class _Loader(_Composer, Reader, Scanner, Parser):
    """Reports the errors for which we have hints."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        _Composer.__init__(self)


if yaml.__with_libyaml__:

    class _FastLoader(_Composer, yaml.CBaseLoader):
        """The same events from libyaml, in a fifth of the time."""

        def __init__(self, text: str) -> None:
            yaml.CBaseLoader.__init__(self, text)
            _Composer.__init__(self)


def _fast_root(text: str) -> Any:
    """The root node, or None if the text has a problem."""
    if not yaml.__with_libyaml__:
        return None
    loader = _FastLoader(text)
    try:
        root = loader.get_single_node()
    except (yaml.YAMLError, RecursionError):
        return None
    return root if isinstance(root, MappingNode) and not loader.refusals else None


def _compose(path: str, text: str, problems: Problems) -> tuple[Any, bool]:
    """(root node or None, whether the whole text was read)."""
    if root := _fast_root(text):
        return root, True
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        _syntax_error(path, error, problems)
        return None, False
    for mark, check_id, message in loader.refusals:
        problems.error(
            path, mark.line + 1, mark.column + 1, "", message, "write the value itself", (), check_id
        )
    if root is None:
        problems.error(
            path, 1, 1, "", "the file is empty", "a spec file begins with `kind:` and `name:`", (), "VWR-Y004"
        )
    elif not isinstance(root, MappingNode):
        mark = root.start_mark
        problems.error(
            path,
            mark.line + 1,
            mark.column + 1,
            "",
            "the file is not a mapping",
            "a spec file begins with `kind:` and `name:`",
            (),
            "VWR-Y007",
        )
    else:
        return root, not loader.refusals
    return None, False


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


# Nodes to data ---------------------------------------------------------------------------------------------------


def _build(spec: SpecFile, node: Any, path: NodePath, found: list[Found]) -> Any:
    """Plain data of a node. Records the marks of it and of all nodes below. Problems are added to `found`."""
    spec.marks[path] = _place(node)
    if isinstance(node, MappingNode):
        return _build_mapping(spec, node, path, found)
    if isinstance(node, SequenceNode):
        return [_build(spec, item, path + (index,), found) for index, item in enumerate(node.value)]
    if node.style:
        return node.value
    refused = scalars.refusal(node.value)
    if refused is None:
        return scalars.value_of(node.value)
    found.append((path, _place(node), *refused, ()))
    spec.refused.add(path)
    return node.value  # replaces the value, so that the rest of the file can be checked


def _build_mapping(spec: SpecFile, node: Any, path: NodePath, found: list[Found]) -> Row:
    data: Row = {}
    for key_node, value_node in node.value:
        refused = _key_refusal(key_node)
        key: Any = None if refused else key_node.value
        if refused:
            found.append((path, _place(key_node), *refused, ()))
            spec.refused.add(path)  # its keys are not checked
        elif _is_cut(spec, node, key_node, value_node):
            before = list(data)[-1] if data else ""
            message = f"'{key}' has no value"
            hint = f"put the text of '{before}' in quotes, because a comma inside {{ }} ends it"
            found.append(
                (path + (before,), _place(key_node), "VWR-Y016", message, hint if data else "add a value", ())
            )
        elif key in data:
            note = (spec.path, *spec.key_marks[path + (key,)], "first occurrence")
            found.append((path, _place(key_node), "VWR-Y009", f"duplicate key '{key}'", None, (note,)))
        else:
            spec.key_marks[path + (key,)] = _place(key_node)
            data[key] = _build(spec, value_node, path + (key,), found)
    return data


def _is_cut(spec: SpecFile, node: Any, key_node: Any, value_node: Any) -> bool:
    """Whether a key in { } is in fact the text after a comma, since it has no colon."""
    line, col = key_node.end_mark.line, key_node.end_mark.column
    empty = isinstance(value_node, ScalarNode) and not value_node.style and not value_node.value
    return bool(empty and node.flow_style and not spec.text_lines[line][col:].lstrip().startswith(":"))


def _key_refusal(node: Any) -> tuple[str, str, str | None] | None:
    """(check id, message, hint) if the key is rejected, else None."""
    if not isinstance(node, ScalarNode):
        return "VWR-Y010", "a key must be a word", "not a list or mapping"
    if node.style:
        return None
    if node.value == "<<":
        return "VWR-Y019", "merge key '<<' is not allowed", "write the keys out"
    if scalars.is_integer(node.value):
        return "VWR-Y010", f"a key must be a word, not {node.value}", "put it in quotes if it is a name"
    return scalars.refusal(node.value)


def _place(node: Any) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


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
        mapping[str(path[-1])] = made
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

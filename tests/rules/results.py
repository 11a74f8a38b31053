# SPDX-License-Identifier: MIT
"""
Which results a function of C can answer, by gcc's own view of it: the dump in SSA form before any optimization. The
set of values that a function returns is gathered through its assignments, through the functions that it calls (with
what it passes them), through fields of structures (one set for each name of a field, of all that is stored there) and
through pointers to functions (all functions that are assigned to a field of that name; the function that a call passes, or, if
that is a parameter again, all that are passed as it). A
comparison with a constant takes away what cannot be on its side. What is computed is no result. So the sets are too
large rather than too small, and what a caller's own callback answers is not in them.
"""

import copy
import os
import re
import subprocess
from collections import defaultdict
from itertools import groupby
from pathlib import Path

from vwr.c.bodies import members, signature
from vwr.c.items import items
from vwr.c.tokens import comments_in

NAME = r"(?:[A-Za-z_][\w.]*)?_\d+(?:\(D\))?"
SSA = re.compile(NAME + r"\Z")
NUMBER = re.compile(r"-?\d+(?:B)?\Z")
COMPARE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
HOLDS = {
    "==": int.__eq__,
    "!=": int.__ne__,
    "<": int.__lt__,
    ">=": int.__ge__,
    ">": int.__gt__,
    "<=": int.__le__,
}
STEPS = 8  # that are remembered of what becomes of a parameter


class Function:
    """One function of a dump. `code` is by block: [(target or None, text)]."""

    def __init__(self, file, name, params):
        self.file, self.name, self.params = file, name, params
        self.code = defaultdict(list)
        self.branch = {}  # block: (condition, block if true, block if false)
        self.after = defaultdict(list)
        self.before = defaultdict(list)
        self.defined = {}  # SSA name: (block, kind, details)
        self.calls = []  # (block, callee, arguments)
        self.stores = []  # (block, access, value)
        self.types = {}  # of variables that are structures, or pointers to some
        self.returns = []  # (block, value)
        self.above = {}

    def link(self, start):
        """Predecessors, and of each block the nearest that dominates it."""
        for block, following in self.after.items():
            for one in following:
                self.before[one].append(block)
        dominators, changed = {start: {start}}, True
        while changed:
            changed = False
            for block in self.before.keys() - {start}:
                known = [dominators[one] for one in self.before[block] if one in dominators]
                found = {block, *set.intersection(*known)} if known else None
                if found != dominators.get(block):
                    dominators[block] = found
                    changed = True
        for block, found in dominators.items():
            self.above[block] = max(found - {block}, key=lambda one: len(dominators[one]), default=block)


def split_arguments(text):
    """a, b of a call, commas within brackets aside."""
    found, depth, start = [], 0, 0
    for i, c in enumerate(text):
        depth += (c in "([{<") - (c in ")]}>")
        if c == "," and depth == 0:
            found.append(text[start:i].strip())
            start = i + 1
    return found + ([text[start:].strip()] if text[start:].strip() else [])


def access_of(text):
    """What an access goes through: `a_1->b[_2].c` is ["a_1", "b", "c"]; None: it names no field."""
    text = re.sub(r"\[[^\]]*\]", "", text)
    match = re.match(r"&?(" + NAME + r"|[A-Za-z_]\w*)((?:(?:->|\.)[A-Za-z_]\w*)+)\Z", text)
    if match:
        return [match.group(1), *re.findall(r"\w+", match.group(2))]
    match = re.search(r"(?:->|\.)([A-Za-z_]\w*)\Z", text)
    return ["", match.group(1)] if match and not SSA.match(text) else None


def read_value(text):
    """("number", n), ("name", SSA name), ("function", name) or None."""
    if NUMBER.match(text):
        return "number", int(text.rstrip("B"))
    if SSA.match(text):
        return "name", text
    if re.match(r"&?[A-Za-z_]\w*\Z", text):
        return "function", text.lstrip("&")
    return None


def read_statement(f, block, line):
    """Takes one statement of a block into the function."""
    if match := re.match(r"return (.+);\Z", line):
        f.returns.append((block, read_value(match.group(1))))
        return
    target, text = None, line.rstrip(";")
    if match := re.match(r"# (" + NAME + r") = PHI <(.*)>\Z", line):
        parts = [re.match(r"(.*)\((\d+)\)\Z", part) for part in split_arguments(match.group(2))]
        f.defined[match.group(1)] = block, "phi", [(read_value(p.group(1)), int(p.group(2))) for p in parts]
        return
    if match := re.match(r"(\S.*?) =(?:\{v\})? (.*);\Z", line):
        target, text = match.groups()
    if match := re.match(r"(" + NAME + r"|[A-Za-z_]\w*) \((.*)\)\Z", text):
        call = match.group(1), [read_value(a) for a in split_arguments(match.group(2))]
        f.calls.append((block, *call))
        if target and SSA.match(target):
            f.defined[target] = block, "call", call
        return
    if target is None:
        return
    if not SSA.match(target):
        if access := access_of(target):
            f.stores.append((block, access, read_value(text)))
        return
    text = re.sub(r"\A\((?:const )?[\w ]+\) ", "", text)  # a cast
    if match := re.match(r"(" + NAME + r") (==|!=|<|>|<=|>=|&|\||\+) (" + NAME + r"|-?\d+)\Z", text):
        f.defined[target] = (
            block,
            "binary",
            (match.group(2), read_value(match.group(1)), read_value(match.group(3))),
        )
    elif match := re.match(r"-(" + NAME + r")\Z", text):
        f.defined[target] = block, "minus", read_value(match.group(1))
    elif read_value(text):
        f.defined[target] = block, "copy", read_value(text)
    elif access := access_of(text):
        f.defined[target] = block, "load", access


def read_function(file, head, lines):
    """A function from its head and the lines of its body."""
    name, params = re.match(r".*?\b(\w+) \((.*)\)\Z", head).groups()
    f = Function(file, name, [p.split()[-1].lstrip("*") for p in split_arguments(params) if p != "void"])
    for declared in [*split_arguments(params), *lines]:
        if match := re.match(r"\s*(?:const |volatile )*struct (\w+) [*{}\w -]*?([\w.]+);?\Z", declared):
            f.types[match.group(2)] = match.group(1)
    block, start, labels, jumps, condition = None, None, {}, [], None
    for line in lines:
        line = line.strip()
        if match := re.match(r"<bb (\d+)>.*:\Z", line):
            following = int(match.group(1))
            if block is not None and not f.after[block] and not any(j[0] == block for j in jumps):
                f.after[block].append(following)
            block = following
            start = block if start is None else start
        elif block is None or not line or line.startswith("//"):
            continue
        elif match := re.match(r"<(L\d+)>:", line):
            labels[match.group(1)] = block
        elif match := re.match(r"if \((.*)\)\Z", line):
            condition = match.group(1)
        elif match := re.match(r"goto <bb (\d+)>;", line):
            f.after[block].append(int(match.group(1)))
            if condition is not None and len(f.after[block]) == 2:
                f.branch[block] = condition, *f.after[block]
                condition = None
        elif line.startswith("switch ("):
            jumps.append((block, re.findall(r"<(L\d+)>", line)))
        elif line != "else":
            read_statement(f, block, line)
            if line.startswith("return"):
                f.after[block].append(-1)
    for block, targets in jumps:
        f.after[block] += [labels[one] for one in dict.fromkeys(targets)]
    if start is not None:
        f.link(start)
    return f


def read_dump(file, text):
    """The functions of a dump."""
    for part in re.split(r"^;; Function .*$", text, flags=re.MULTILINE)[1:]:
        body = part.index("\n{\n")
        head = " ".join(
            line for line in part[:body].split("\n") if line and not line.startswith(("__attribute", ";;"))
        )
        yield read_function(file, head.strip(), part[body + 3 :].split("\n"))


def dump(gcc, sources, options, folder):
    """The dump of these files as one, and a file of their texts: [(file, dump)]. For link-time optimisation gcc ends soon
    behind what is dumped."""
    unit, out, texts = (Path(folder) / name for name in ("all.c", "all.ssa", "all.txt"))
    unit.write_text("".join(f'#include "{source}"\n' for source in sources), encoding="utf-8")
    texts.write_text("".join(Path(one).read_text(encoding="utf-8") for one in sources), encoding="utf-8")
    command = [gcc, "-std=c11", "-O1", "-fkeep-inline-functions", f"-fdump-tree-ssa={out}", "-flto"]
    subprocess.run([*command, "-fno-fat-lto-objects", *options, "-S", "-o", os.devnull, unit], check=True)
    return [(str(texts), out.read_text(encoding="utf-8"))]


def read_structures(found):
    """Of each field that is a structure, or a pointer to one: {(structure, field): structure}."""
    structures = {}

    def take(owner, fields):
        for field in fields:
            take(owner, field.members)
            if type_ := re.match(r"(?:const )?struct (\w+) ", field.text):
                structures[owner, field.name] = type_[1]

    for one in found:
        if one.kind == "type" and one.text.startswith("struct"):
            take(one.name, members(one.text))
    return structures


class Program:
    """
    All functions of these dumps. A static one is known in its own file alone. `never`: results that are not in a
    field where a function reads it; `impossible`: that a function does not answer; `constants`: by name, in tables.
    """

    def __init__(self, dumps, headers=(), never=None, impossible=(), constants=None):
        self.functions, self.pointed = {}, defaultdict(set)
        self.never, self.impossible = never or {}, defaultdict(set)
        for name, number in impossible:
            self.impossible[name].add(number)
        self.used = set()  # what of these two was met
        self.structures = {}
        for file in headers:
            self.structures.update(read_structures(items(Path(file).read_text(encoding="utf-8"), flat=True)))
        sources = {file: Path(file).read_text(encoding="utf-8") for file, _ in dumps}
        for file, text in dumps:
            found = items(sources[file], flat=True)
            self.structures.update(read_structures(found))
            own = {one.name for one in found if one.static and one.kind == "function"}
            for f in read_dump(file, text):
                self.functions.setdefault((file if f.name in own else None, f.name), f)
        for key, f in self.functions.items():
            f.key = key
        for file, text in sources.items():
            for field, name in re.findall(r"\.(\w+) = &?(\w+)", text):
                if self.find(file, name):
                    self.pointed[field].add(self.find(file, name))
        for key, f in self.functions.items():
            for _, access, value in f.stores:
                if value and value[0] == "function" and self.find(f.file, value[1]):
                    self.pointed[access[-1]].add(self.find(f.file, value[1]))
        for f in [*self.functions.values()]:
            self.specialise(f)
        self.passed = defaultdict(set)  # (function, i): functions that are passed
        for f in self.functions.values():
            for _, callee, arguments in f.calls:
                for i, value in enumerate(arguments):
                    if value and value[0] == "function" and self.find(f.file, value[1]):
                        self.passed[self.find(f.file, callee), i].add(self.find(f.file, value[1]))
        self.answers = {key: set() for key in self.functions}  # numbers, and ("parameter", i, steps)
        self.given = defaultdict(set)  # (function, i): numbers that are passed
        self.fields = defaultdict(set)  # (structure, field): numbers that are stored
        self.alike = defaultdict(set)  # field: those of this name in fields
        for text in sources.values():
            for field, name in re.findall(r"\.(\w+) = (\w+)", text):
                if name in (constants or {}):
                    self.fields[None, field].add(constants[name])
        for f in self.functions.values():
            self.prepare(f)
        self.settle()

    def find(self, file, name):
        """The key of the function that `name` is in this file; None: it is none of ours."""
        return next((key for key in ((file, name), (None, name)) if key in self.functions), None)

    def specialise(self, f):
        """Each callee to which a call passes functions becomes a copy for just these."""

        def special(callee, arguments):
            passed = [value[1] for value in arguments if value and value[0] == "function"]
            key = self.find(f.file, callee) if passed else None
            if key is None:
                return callee
            name = " ".join([callee, *passed])
            self.functions.setdefault((f.file, name), copy.copy(self.functions[key])).key = f.file, name
            return name

        f.calls = [(block, special(callee, arguments), arguments) for block, callee, arguments in f.calls]
        for name, (block, kind, what) in f.defined.items():
            if kind == "call":
                f.defined[name] = block, kind, (special(*what), what[1])

    def targets(self, f, callee):
        """Functions that a call may be of."""
        if not SSA.match(callee):
            key = self.find(f.file, callee)
            return [key] if key else []
        base = re.sub(r"_\d+\(D\)\Z", "", callee)
        if callee.endswith("(D)") and base in f.params:
            return self.passed[f.key, f.params.index(base)]
        _, kind, what = f.defined.get(callee, (None, None, None))
        return self.pointed[what[-1]] if kind == "load" else []

    def field(self, f, access):
        """Structure and name of the field that an access ends at; None where the structure is not known."""
        base = re.sub(r"_\d+\(D\)\Z", "", access[0])
        owner = f.types.get(access[0], f.types.get(base, f.types.get(re.sub(r"_\d+\Z", "", base))))
        for one in access[1:-1]:
            owner = self.structures.get((owner, one))
        self.alike[access[-1]].add((owner, access[-1]))
        return owner, access[-1]

    @staticmethod
    def origins(f, name):
        """The name, and those that it is a copy of."""
        while name:
            yield name
            _, kind, what = f.defined.get(name, (None, None, None))
            name = what[1] if kind == "copy" and what[0] == "name" else None

    def conditions(self, f, condition, is_true, depth=0):
        """What a condition that is true, or is not, says: (name, operator, number)."""
        match = re.match(r"(\S+) (==|!=|<|>|<=|>=) (-?\d+)\Z", condition)
        if not match or not SSA.match(match.group(1)):
            return
        name, op, number = match.group(1), match.group(2), int(match.group(3))
        op = op if is_true else COMPARE[op]
        for name in self.origins(f, name):
            yield name, op, number
        _, kind, what = f.defined.get(name, (None, None, None))
        if (
            kind == "binary" and what[0] == "+" and what[2][0] == "number"
        ):  # r == A || r == A + 1, as gcc writes it
            for origin in self.origins(f, what[1][1]):
                yield origin, "+", (what[2][1], op, number)
        if kind != "binary" or number != 0 or op not in ("==", "!=") or depth > 8:
            return
        is_set = op == "!="
        if what[0] in COMPARE and what[2][0] == "number":
            yield from self.conditions(f, f"{what[1][1]} {what[0]} {what[2][1]}", is_set, depth + 1)
        elif what[0] == ("&" if is_set else "|") and what[2][0] == "name":
            for part in what[1:]:
                yield from self.conditions(f, f"{part[1]} != 0", is_set, depth + 1)

    def known(self, f, name, block, edge=None):
        """What must hold of a name in a block, or on the edge from it: [(operator, number)]."""
        found, last = [], f.defined.get(name, (None,))[0]
        while True:
            if edge is not None and block in f.branch:
                condition, yes, no = f.branch[block]
                if yes != no:
                    found += [
                        (op, n) for who, op, n in self.conditions(f, condition, edge == yes) if who == name
                    ]
            if block == last or f.above.get(block, block) == block:
                return found
            edge = block if len(f.before[block]) == 1 else None
            block = f.above[block]

    @staticmethod
    def step(values, step):
        """What becomes of values in one step: a filter, a change of sign, a mask."""
        for value in values:
            if isinstance(value, tuple):
                steps = value[2]
                known = step in steps and step[0] not in ("minus", "&")
                yield value if known or len(steps) == STEPS else (*value[:2], (*steps, step))
            elif step[0] == "minus":
                yield -value
            elif step[0] == "&":
                yield value & step[1]
            elif step[0] == "+":
                add, op, limit = step[1]
                if HOLDS[op]((value + add) & 0xFFFFFFFF, limit):
                    yield value
            elif HOLDS[step[0]](value, step[1]):
                yield value

    def use(self, f, value, block, edge=None):
        """A value as it is used in a block: a number, or a name and what must hold of it there; None: no result."""
        if value is None or value[0] == "function":
            return None
        return (
            (value[1], ())
            if value[0] == "number"
            else (value[1], tuple(self.known(f, value[1], block, edge)))
        )

    def prepare(self, f):
        """All uses of values in a function, found once."""
        uses = {}
        for name, (block, kind, what) in f.defined.items():
            if kind == "phi":
                uses[name] = kind, [self.use(f, value, origin, block) for value, origin in what]
            elif kind in ("copy", "minus"):
                uses[name] = kind, [self.use(f, what, block)]
            elif kind == "binary" and what[0] == "&" and what[2][0] == "number":
                uses[name] = ("&", what[2][1]), [self.use(f, what[1], block)]
            elif kind == "load":
                uses[name] = kind, self.field(f, what)
            elif kind == "call":
                uses[name] = kind, (
                    self.targets(f, what[0]),
                    [self.use(f, value, block) for value in what[1]],
                )
        f.uses = uses
        f.values = defaultdict(set)
        f.returns = [self.use(f, value, block) for block, value in f.returns]
        f.stores = [(self.field(f, access), self.use(f, value, block)) for block, access, value in f.stores]
        f.calls = [
            (self.targets(f, callee), [self.use(f, value, block) for value in arguments])
            for block, callee, arguments in f.calls
        ]

    def value(self, f, use):
        """The set that a use can be."""
        if use is None:
            return set()
        name, steps = use
        if isinstance(name, int):
            return {name}
        if name.endswith("(D)"):
            base = re.sub(r"_\d+\(D\)\Z", "", name)
            found = {("parameter", f.params.index(base), ())} if base in f.params else set()
        else:
            found = f.values[name]
        for step in steps:
            found = set(self.step(found, step))
        return found

    def definition(self, f, kind, what):
        """The set that an SSA name is, as far as is known."""
        if kind == "load":
            found = self.fields[what] | self.fields[None, what[1]]
            if what[0] is None:
                found = set().union(*(self.fields[one] for one in self.alike[what[1]] | {(None, what[1])}))
            never = self.never.get((f.name, what[1]), set())
            gone = {
                n for n in found if n in never or (n > 0xFF and -(n & 0xFF) in never)
            }  # a fault kind has its result
            if gone:
                self.used.add((f.name, what[1]))
            return found - gone
        if kind == "call":
            return self.call(f, *what)
        found = set().union(*(self.value(f, use) for use in what))
        if kind in ("phi", "copy"):
            return found
        return set(self.step(found, (kind,) if kind == "minus" else kind))

    def call(self, f, targets, arguments):
        """What a call answers: the answers of the function, with its parameters replaced."""
        found = set()
        for target in targets:
            for answer in self.answers[target]:
                if not isinstance(answer, tuple):
                    found.add(answer)
                elif answer[1] < len(arguments):
                    values = self.value(f, arguments[answer[1]])
                    for step in answer[2]:
                        values = set(self.step(values, step))
                    found |= values
        return found

    def numbers(self, key, values):
        """The same without parameters: whatever is passed anywhere."""
        for value in values:
            if not isinstance(value, tuple):
                yield value
                continue
            passed = set(self.given[key, value[1]])
            for step in value[2]:
                passed = set(self.step(passed, step))
            yield from passed

    def possible(self, f, values):
        """Of what a function computes, what it can answer."""
        gone = self.impossible[f.name] & values
        self.used |= {(f.name, number) for number in gone}
        return values - gone

    def round(self):
        """Once through all functions. True: something is new."""
        changed = False
        for key, f in self.functions.items():
            again = True
            while again:
                again = False
                for name, use in f.uses.items():
                    new = self.definition(f, *use) - f.values[name]
                    f.values[name] |= new
                    again = again or bool(new)
                changed = changed or again
            places = [(self.answers[key], self.possible(f, self.value(f, use))) for use in f.returns]
            places += [(self.fields[field], self.numbers(key, self.value(f, use))) for field, use in f.stores]
            places += [
                (self.given[target, i], self.numbers(key, self.value(f, use)))
                for targets, arguments in f.calls
                for target in targets
                for i, use in enumerate(arguments)
            ]
            for place, values in places:
                new = set(values) - place
                place |= new
                changed = changed or bool(new)
        return changed

    def settle(self):
        """Until nothing is new."""
        for _ in range(40):
            if not self.round():
                return
        raise RuntimeError("the results do not settle")

    def results(self, name, codes):
        """Which of these codes the function can answer, besides what is passed to it; None: there is none."""
        key = self.find(None, name)
        return {codes[n] for n in self.answers[key] if n in codes} if key else None


def read_codes(text):
    """Numbers of the results: {-1: "VWR_ENODEV"}."""
    return {int(number): name for name, number in re.findall(r"\b(VWR_E\w+) = (-\d+)", text)}


def read_faults(text, codes):
    """Kinds of faults, as far as their result goes: {"VWR_FAULT_TYPE": 0x1004}."""
    numbers = {name: number for number, name in codes.items()}
    return {
        name: 0x1000 | -numbers[code]
        for name, code in re.findall(r"\b(VWR_FAULT_\w+) =\s*VWR_FAULT\([^,]*, (VWR_E\w+)\)", text)
    }


def return_of(comment, name):
    """What a kernel-doc comment says behind `Return:` of this function; None: it is no kernel-doc comment of it."""
    if not re.search(rf"^\s*\* {name}\(\) - ", comment, re.MULTILINE):
        return None
    match = re.search(
        r"^\s*\* Return:(.*?)(?=^\s*\* (?:Context|Section):|\Z)", comment, re.MULTILINE | re.DOTALL
    )
    return match.group(1) if match else ""


def read_header(text):
    """
    What the comment of each function says: [({function}, {result}, {function that it refers to})]. Of a kernel-doc
    comment that is its `Return:`.
    """
    for _, group in groupby(items(text, flat=True), lambda one: one.paragraph):
        group = [*group]
        functions = [one for one in group if one.kind in ("function", "prototype")]
        names = {one.name for one in functions if signature(one.text).startswith("int vwr_")}
        comments = [comment.strip("/*") for one in group for comment in comments_in(one.text)]
        returns = [return_of(one, name) for one in comments for name in names]
        if any(one is not None for one in returns):
            comments = [one for one in returns if one is not None]
        comment = " ".join(re.sub(r"\n\s*\*", " ", one) for one in comments)
        comment = re.sub(r"\s+", " ", comment)
        if names:
            yield names, set(re.findall(r"\bVWR_E[A-Z0-9]+\b", comment)), set(
                re.findall(
                    r"\bvwr_\w+",
                    " ".join(
                        re.findall(r"\bas (vwr_\w+(?:\(\))?(?:(?:,| and|, and) vwr_\w+(?:\(\))?)*)", comment)
                        + re.findall(r"; see (vwr_\w+)\(\) ?$", comment)  # it has the rest of this comment
                    ),
                )
            )


def resolve(said):
    """The same with the references replaced by what they refer to: {function: results}."""
    own, refers = {}, {}
    for names, results, references in said:
        for name in names:
            own.setdefault(name, set()).update(results)
            refers.setdefault(name, set()).update(references - names)

    def all_of(name, seen):
        found = set(own.get(name, ()))
        for one in refers.get(name, set()) - seen:
            found |= all_of(one, seen | {one})
        return found

    return {name: all_of(name, {name}) for name in own}


def compare(program, codes, said, elsewhere):
    """What is wrong: results that a header does not list, that it lists for nothing, and excuses that excuse nothing."""
    listed, wrong, used = resolve(said), [], set()
    answers = {name: program.results(name, codes) for name in listed}
    for name in sorted(listed):
        missing = sorted((answers[name] or set()) - listed[name])
        if missing:
            wrong.append(f"{name} can answer {', '.join(missing)}, and its header does not say so")
    for names, results, _ in said:
        for code in sorted(results - {"VWR_OK"}):
            if any(answers[name] is None or code in answers[name] for name in names):
                continue
            used |= {(name, code) for name in names}
            if not any((name, code) in elsewhere for name in names):
                wrong.append(f"{min(names)} does not answer {code}, which its header lists")
    wrong += [
        f"{name} {code}: nothing to be excused"
        for name, code in sorted(elsewhere)
        if (name, code) not in used
    ]
    wrong += [
        f"{name} {codes[number]}: nothing to be excused"
        for name in sorted(program.impossible)
        for number in sorted(program.impossible[name])
        if (name, number) not in program.used
    ]
    return wrong

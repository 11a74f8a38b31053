# SPDX-License-Identifier: MIT
"""No number of the document is typed in the runtime (ports apart: they are the machine's).

generated/virtwright.json, the description as the generator reads it, says which numbers the document has and what each is
called; what the generator computed from them (sizes, masks) are the literals of generated/include and generated/src.
Which of the two a literal is compared with depends on its place.

**A name.** `#define NAME 4`, an enumerator, a constant: the name says what the number is. It is refused if it says
what the document says of that number: the words of a name of the document, beside words that say nothing
(`GENERIC`) and that of its device, which the name or the path of the file has.

    #define REG_QUEUE_NOTIFY 0x50      refused: the register QueueNotify is at 0x50
    #define QUEUE_DEPTH 0x50           not, nor in (QUEUE_LEAST + 0x50)
    enum { BLK_FLUSH = 4 };            refused in a file of the disk: VWR_BLK_T_FLUSH is 4

**An expression.** Nothing says what the number is, so that each of the document's is refused:

    hex       has two or more hex digits                            base + 0x70
    decimal   has three or more digits                              n > 512
    shift     is the distance of a shift of 1; in a name, if the    1u << 5
              device of this file has that feature
    mask      is an operand of & or |                               status & 4
    compared  follows ==, != or case, and is 2 or more; not beside  type == 2
              sizeof(type)

One that is the same by accident gets a name. Not refused: numbers below 100 elsewhere, since counts, word widths and
loop ends cannot be told from the document's small numbers; all ones (7, 0xff, 0xffffffff: 2^n - 1), which is how one
writes "all bits" and "aligned"; the length of an array; what stands in a comment or in quotes.

**A row of a table**, `{1, 0x200}`, and the arguments of a macro: hex and decimal as above, if it is a value of the
part of the document that the file is about. `{VWR_GPU_X, 0x1203}` is refused in a file of the gpu.

What nobody writes by accident, such as 0x1af4 (`is_round`), is refused everywhere.

So a lone small number can still slip through, such as `queue = 2`: that is the reviewer's. Headers with other
people's names (`FOREIGN`) repeat the document's numbers; vwr_avatar.h compares the two.
"""

import json
import re
from typing import NamedTuple

import pytest

from tree import ROOT, files, read
from vwr.c.tokens import code

SOURCES = ("runtime/*.[ch]", "hosted/*.[ch]", "integrations/*.[ch]")
UNREAD = ("runtime/port/", "hosted/programs/")  # programs are no runtime
FOREIGN = ("virtio.h", "virtio_block_frontend.h")
LITERAL = r"(?<![\w.])(0[xX][0-9a-fA-F]+|\d+)([uUlL]*)(?![\w.])"
# A constant: one number, also as UINT64_C(1) << 38, with a cast, or less 1.
CAST = r"\(*(?:\((?:unsigned|int|\w+_t)\)\s*)?\(*"
BODY = rf"{CAST}-?\s*(?:UINT\d+_C\()?{LITERAL}\)*(?:\s*<<\s*(\d+)u?\)*)?(?:\s*-\s*(1)u?\)*)?"
NAMED = (
    re.compile(rf"^\s*#\s*define\s+(\w+)\s+{BODY}\s*$"),
    re.compile(rf"(?:^|[{{,])\s*([A-Za-z]\w+)\s*=\s*{BODY}\s*(?=[,}}]|$)"),
    re.compile(rf"\bstatic\s+const\s+\w+\s+(\w+)\s*=\s*{BODY}\s*;"),
)
# Words that any name may have.
GENERIC = set(
    "vwr virtio f s t a b u x the of and or in to no count data end first flag flags id index least level max min mode"
    " most msg none num number ok padding reserved size status step type unused value vq reg".split()
)
ALIKE = {"len": "size", "length": "size", "bytes": "size", "off": "offset", "features": "feature"}
# Where a part of the document that belongs to no device is meant: the words of which the name or the path has one.
PLACES = {
    "mmio": {"mmio"},
    "pci": {"pci", "vpci"},
    "ccw": {"ccw"},
    "admin": {"admin"},
    "split-ring": {
        "split",
        "ring",
        "desc",
        "descriptor",
        "virtq",
        "vring",
        "queue",
        "vqueue",
        "avail",
        "used",
        "chain",
    },
    "packed-ring": {"packed", "ring", "desc", "descriptor", "event", "queue", "vqueue", "chain"},
    "ids": {"id", "ids"},
    "vhost-user": {"vhost"},
}
EVERYWHERE = {"features", "status"}
OURS = {"state"}  # described in spec/, but by us: a saved device


class Fact(NamedTuple):
    """A number of the document."""

    value: int
    kind: str  # value, offset, size
    file: str  # of spec/
    within: frozenset[str]  # words of the struct or group that it belongs to
    words: frozenset[str]
    said: str


def words_of(name):
    """Words of a name, one for those that say the same: queue, notify of QueueNotify."""
    parts = re.split(r"[^a-z0-9]+", re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower())
    return frozenset(ALIKE.get(part, part) for part in parts if part)


def facts(root):
    """All numbers of the description that have a name."""
    found = []

    def walk(node, file, above):
        if isinstance(node, list):
            for one in node:
                walk(one, file, above)
        elif isinstance(node, dict):
            name = node.get("name", "")
            for kind in ("value", "offset", "size", "id"):
                value = node.get(kind)
                if name and isinstance(value, int) and not isinstance(value, bool):
                    if kind == "size" and "fields" not in node:
                        continue  # of a field: its type says it
                    said = f"{file}: {' '.join([*above, name])}"
                    within = frozenset().union(*map(words_of, above))
                    found.append(Fact(value, kind, file, within, words_of(name), said))
                    if kind == "value" and (file == "features" or any("feature" in one for one in above)):
                        found.append(Fact(1 << value % 32, kind, file, within, words_of(name), said))
            for one in node.values():
                walk(one, file, above + [name] if name else above)

    for file in json.loads(read(root, "generated/virtwright.json"))["files"]:
        if file["name"] not in OURS:
            walk({key: one for key, one in file.items() if key not in ("name", "id")}, file["name"], [])
    return found


def document_numbers(root):
    """(numbers of the document and of what is generated from it, masks of bits: a number below 128 may be a bit's)."""
    numbers = {fact.value for fact in facts(root)}
    for path in files(root, "generated/include/*.h", "generated/src/*.c"):
        numbers.update(
            int(m.group(1), 0)
            for m in re.finditer(LITERAL, code(read(root, path)))
            if not re.fullmatch(r"0\d+", m.group(1))
        )
    return numbers, {1 << number % 32 for number in numbers if 0 <= number < 128}


def core_numbers(root):
    """All integers that belong to no device: ids, registers, rings."""

    def walk(node):
        if isinstance(node, (dict, list)):
            for one in node.values() if isinstance(node, dict) else node:
                yield from walk(one)
        elif isinstance(node, int) and not isinstance(node, bool):
            yield node

    described = json.loads(read(root, "generated/virtwright.json"))["files"]
    return set(walk([file for file in described if file["name"] in PLACES]))


def is_round(value):
    """Powers of 2 and all ones, and nothing below 0x1000, are written by accident."""
    return value < 0x1000 or value & (value - 1) == 0 or value & (value + 1) == 0


def is_at_home(fact, place):
    """Whether what has these words in its name or path is about the part of the document that a fact belongs to."""
    place = place | {word[1:] for word in place if word.startswith("v")}
    if fact.file in PLACES:
        return bool(place & PLACES[fact.file])
    return fact.file in EVERYWHERE or words_of(fact.file) <= place


def is_meant(fact, name, path):
    """Whether a name in this file is that of a fact."""
    own = words_of(name)
    if not is_at_home(fact, words_of(path) | own):
        return False
    wanted = fact.words - GENERIC
    if fact.file == "mmio":  # Status, Version
        wanted = wanted or fact.words
    if fact.file != "ids":
        wanted = wanted - PLACES.get(fact.file, set()) - words_of(fact.file)
    if fact.kind == "size":
        return "size" in own and bool(wanted) and fact.words - {"size"} <= own
    if fact.kind == "offset" and not own & {"offset", "reg", "at"} and fact.file != "mmio":
        wanted = wanted and fact.within | wanted
    return bool(wanted) and wanted <= own


def why_refused(before, literal, value, after):
    """The rule that refuses this literal of the document in an expression between its neighbours, or None."""
    all_ones = value & (value + 1) == 0
    if re.search(r"(?<![\w.])(?<![-+] )1[uUlL]*\)?\s*<<\s*$", before):
        return "shift"
    if all_ones:
        return None
    if literal.lower().startswith("0x"):
        return "hex" if len(literal) >= 4 else None
    if value >= 100:
        return "decimal"
    right = re.search(r"(?<!&)&=?\s*~?\s*$|(?<!\|)\|=?\s*~?\s*$", before)
    left = re.search(r"(^|[=(,?:]|\breturn)\s*~?\s*$", before) and re.match(r"\s*(&(?!&)|\|(?!\|))", after)
    if left or right:
        return "mask"
    of_size = re.search(r"\bsizeof\s*\([^()]*\)\s*..\s*$", before) or re.match(r"\s*\*\s*sizeof\b", after)
    return "compared" if re.search(r"(==|!=|\bcase)\s*$", before) and not of_size else None


def brackets(text):
    """What is open at each place: `[`, `{`, `(`, or `M` for the bracket of a macro's arguments."""
    stack, found = [], []
    for at, char in enumerate(text):
        if char in "([{":
            macro = char == "(" and re.search(r"\b[A-Z][A-Z0-9_]{2,}$", text[max(0, at - 60) : at])
            stack.append("M" if macro and not re.match(r"U?INT\d+_C$", macro.group()) else char)
        elif char in ")]}" and stack:
            stack.pop()
        found.append(stack[-1] if stack else "")
    return found


def integer(word):
    """A literal of C."""
    return int(word, 8 if re.fullmatch(r"0\d+", word) else 0)


def logical(text):
    """(number, place, line) of each line, the lines of a macro as one."""
    at, lines = 0, text.split("\n")
    while at < len(lines):
        first, whole = at, lines[at]
        while whole.endswith("\\") and at + 1 < len(lines):
            at += 1
            whole = whole[:-1] + "  " + lines[at]  # as long as it was
        yield first + 1, sum(map(len, lines[:first])) + first, whole
        at += 1


class Numbers:
    """The document's numbers, and the literals that are theirs."""

    def __init__(self, root):
        self.root = root
        self.numbers, self.masks = document_numbers(root)
        self.rare = {number for number in core_numbers(root) if not is_round(number)}
        texts = [code(read(root, path)) for path in files(root, "generated/include/*.h")]
        self.names = {name for text in texts for name in re.findall(r"\bVWR_\w+(?= +=| +0x| +\d)", text)}
        self.facts = {}
        for fact in facts(root):
            self.facts.setdefault(fact.value, []).append(fact)

    def of_name(self, name, value, path):
        """The fact that a constant repeats, or None."""
        found = self.facts.get(value, []) if value >= 2 else []
        return next((fact.said for fact in found if is_meant(fact, name, path)), None)

    def in_row(self, value, path):
        """Whether the part of the document that this file is about has this value."""
        found = self.facts.get(value, [])
        here = words_of(path)
        return any(f.kind == "value" and f.file not in EVERYWHERE and is_at_home(f, here) for f in found)

    def in_features(self, bit, path):
        """Whether this is the bit of a feature of the device that this file is about."""
        here = words_of(path)
        return bit < 32 and any(
            "feature" in f.within and is_at_home(f, here) for f in self.facts.get(bit, [])
        )

    def of_line(self, line, opened, path):
        """(literal, why) of each literal that is refused; `opened`: brackets() of the line."""
        constants, told = [m for one in NAMED for m in one.finditer(line)], []
        for m in constants:
            value = integer(m.group(2)) << int(m.group(4) or 0)
            said = self.of_name(m.group(1), value - int(m.group(5) or 0), path)
            if said:
                told.append(m)
                yield m.group(1), said
            elif integer(m.group(2)) == 1 and m.group(4) and self.in_features(int(m.group(4)), path):
                yield m.group(0).strip(), "shift"
        macro = re.match(r"\s*#\s*define\s+(\w+)", line)
        for m in re.finditer(LITERAL, line):
            value, before, after = integer(m.group(1)), line[: m.start()], line[m.end() :]
            if any(one.start(2) <= m.start() < one.end() for one in told):
                continue
            if value in self.rare:
                yield m.group(0), "rare"
                continue
            if any(one.start(2) <= m.start() < one.end() for one in constants):
                continue
            why = why_refused(before, m.group(1), value, after)
            if why in ("hex", "decimal"):
                alone = re.search(r"(^|[{(,])\s*$", before) and re.match(r"\s*([,})]|$)", after)
                if opened[m.start()] == "[":
                    continue
                if macro and not self.names & set(re.findall(r"\bVWR_\w+", line)):
                    why = self.of_name(macro.group(1), value, path)
                elif opened[m.start()] in ("{", "M") and alone:
                    why = "row" if self.in_row(value, path) else None
            if why and (value in self.numbers or (value in self.masks and why in ("hex", "mask"))):
                yield m.group(0), why

    def violations(self):
        """Every literal of the runtime that is the document's."""
        found = []
        for path in files(self.root, *SOURCES):
            if path.as_posix().startswith(UNREAD) or path.name in FOREIGN:
                continue
            text = code(read(self.root, path))
            opened = brackets(text)
            for number, at, line in logical(text):
                if not re.match(r"\s*#\s*include", line):
                    for literal, why in self.of_line(
                        line, opened[at : at + len(line)] + [""], path.as_posix()
                    ):
                        found.append(
                            f"{path}:{number}: {' '.join(line.split())}: {literal} is a number of the document"
                            f" ({why}): use its name, or if it is another, give it one"
                        )
        return found


def test_this_tree():
    found = Numbers(ROOT).violations()
    assert not found, "\n".join(found)


def test_the_description_is_read():
    numbers, masks = document_numbers(ROOT)
    assert {0x74726976, 0x070, 512, 4096, 32768} <= numbers and {1 << 9, 1 << 0} <= masks
    told = {(fact.value, fact.said) for fact in facts(ROOT)}
    assert {(0x50, "mmio: registers QueueNotify"), (4, "blk: type FLUSH"), (2, "ids: ids BLOCK")} <= told


# A line of a file, and why it is refused. The names and numbers are those of this tree's description.
REFUSED = [
    ("driver/transport/mmio/x.c", "#define REG_QUEUE_NOTIFY 0x50", "mmio: registers QueueNotify"),
    ("driver/transport/mmio/x.c", "enum { MMIO_STATUS = 0x070 };", "mmio: registers Status"),
    ("driver/transport/mmio/x.c", "#define MAGIC UINT32_C(0x74726976)", "mmio: MagicValue"),
    ("driver/transport/mmio/x.c", "vwr_write(d, base + 0x70, 0);", "hex"),
    ("driver/transport/mmio/x.c", "vwr_write(d, 0x50, queue);", "hex"),
    ("driver/core/dev/x.c", "#define STATUS_FEATURES_OK 8u", "status: bits FEATURES_OK"),
    ("driver/core/dev/x.c", "if ((status & 4) != 0)", "mask"),
    ("driver/core/dev/x.c", "status |= 64u;", "mask"),
    ("driver/core/dev/x.c", "if (status == 4)", "compared"),
    ("driver/core/dev/x.c", "features[1] |= 1u << 0;", "shift"),
    ("driver/blk/x.c", "#define BLK_WANTED ((uint32_t)1 << 9)", "shift"),
    ("driver/blk/x.c", "#define BLK_FLUSH_BIT 9", "blk: features FLUSH"),
    ("driver/blk/x.c", "wanted = (uint32_t)1 << 9;", "shift"),
    ("driver/blk/x.c", "enum { BLK_GET_ID = 8, BLK_NEXT };", "blk: type GET_ID"),
    ("driver/blk/x.c", "static const uint32_t discard = 11;", "blk: type DISCARD"),
    ("driver/blk/x.c", "    case 11:", "compared"),
    ("driver/blk/x.c", "bytes = sectors * 512u;", "decimal"),
    ("driver/blk/x.c", "#define SECTOR_BYTES 512u", "blk: constants SECTOR_BYTES"),
    ("driver/blk/x.c", "#define BLK_BYTES(n) ((n) * 512u + VWR_BLK_GET_ID_BYTES)", "decimal"),
    ("driver/blk/x.c", "vwr_config_read32(c, 0x14);", "hex"),
    ("driver/blk/x.c", "#define OFFSET_SEG_MAX 12", "blk: config seg_max"),
    ("driver/core/queue/x.c", "#define DESC_INDIRECT 4u", "split-ring: desc-flags INDIRECT"),
    ("driver/core/queue/x.c", "const uint16_t wrap = 0x8000u;", "hex"),
    ("driver/core/queue/x.c", "if (desc->flags & 4u)", "mask"),
    ("driver/discover/find/x.c", "#define ID_GPU 16", "ids: ids GPU"),
    ("driver/discover/find/x.c", "if (vendor != 0x1af4u)", "rare"),
    ("driver/discover/find/x.c", "    {VWR_ID_CONSOLE, 0x1003},", "rare"),
    ("driver/transport/pci/x.c", "#define PCI_CAP_ISR_CFG 3", "pci: cap-type ISR_CFG"),
    ("driver/console/x.c", "#define QUEUE_CONTROL_TRANSMITQ 3u", "console: queues control_transmitq"),
    ("driver/gpu/x.c", '    {0x1203, "a resource"},', "row"),
    ("driver/blk/x.c", "#define DISCARD_WRITE_ZEROES_SIZE 16u", "blk: discard_write_zeroes"),
    ("monitor/x.c", "#define VHOST_REPLY 4u", "vhost-user: header-flags REPLY"),
]
FINE = [
    ("driver/blk/x.c", "i < 4u;"),
    ("driver/blk/x.c", "x = y / 5;"),
    ("driver/blk/x.c", "if (a && 4 < b)"),
    ("driver/blk/x.c", "s & 0xffu"),
    ("driver/blk/x.c", "n = 777777; /* 0x70 */"),
    ("driver/blk/x.c", 'say("512");'),
    ("driver/blk/x.c", "y << 9"),
    ("driver/blk/x.c", "a = x512;"),
    ("driver/blk/x.c", "if (n >= 2)"),
    ("driver/blk/x.c", "x & 3u"),
    ("driver/blk/x.c", "a || 4 > b"),
    ("driver/blk/x.c", "x >> y % 24u & 1u"),
    ("driver/blk/x.c", "sizeof(x) == 4"),
    ("driver/blk/x.c", "uint8_t text[512];"),
    ("driver/blk/x.c", "#define BLK_DEPTH 0x70"),
    ("driver/blk/x.c", "#define BLK_LIST_BYTES 512u"),
    ("driver/blk/x.c", "#define BLK_LINES (BLK_LEAST > 128u ? BLK_LEAST : 128u)"),
    ("driver/blk/x.c", "#define BLK_TIMES UINT64_C(1) << 38"),
    ("driver/net/x.c", "enum { VWR_T10_WRITE = 0x2a };"),
    ("driver/net/x.c", "#define NET_GET_ID 8"),  # of another device
    ("device/gpu/x.c", "    {0, 0, 252, 0, 160},"),
    ("port/x/x.c", "x = base + 0x70;"),
]


@pytest.fixture(scope="module")
def numbers():
    return Numbers(ROOT)


@pytest.mark.parametrize(("path", "line", "why"), REFUSED)
def test_each_kind_of_number_is_refused(numbers, make, path, line, why):
    numbers.root = make({f"runtime/{path}": "void f(void)\n{\n" + line + "\n}\n"})
    found = numbers.violations()
    assert len(found) == 1 and why in found[0], found


def test_other_numbers_are_not(numbers, make):
    for path, line in FINE:
        numbers.root = make({f"runtime/{path}": line + "\n"})
        assert not numbers.violations(), line

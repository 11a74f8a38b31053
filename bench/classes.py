# SPDX-License-Identifier: MIT
"""Lines of C of each class of the driver side, and the bytes of code that it adds to the engines (aarch64, -Os); and
lines of each class of the device side, what it does apart from what any class needs. What both sides share is
in a column of its own; it counts for neither.

`./vwr bench --classes` prints a table; with `update` it lowers the limits in limits.yaml to the figures. A
rise is written there by hand, with its reason.

Lines are without blanks and comments. A driver is vwr_X*.c and X_common.h. Code is .text: of a program with all calls of the engines and the class but the words, less
one with all calls of the engines alone; it includes the protocol that a class carries. A protocol is no virtio, and
its lines are a column of their own; so are those of the parts that a VMM may place behind a device.
"""

import functools
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import yaml

import limits
import sizes
from rows import holds, row

ROOT = Path(__file__).resolve().parent.parent
PROTOCOLS = {  # {class: names of its protocol's files}
    "9p": r"9p_(?:common|data|fids|io|message|names|request|session)",
    "fs": r"fs_(?:common|data|io|message|names|nodes|request|session)",
    "scsi": r"t10(?:_\w+)?|scsi_disk",
}
WORDS = "_explain"  # ends the name of a function that puts a fault into words
SECTIONS = ("-ffunction-sections", "-fdata-sections")
LINK = ["-nostdlib", "-static", "-fno-pie", "-no-pie", "-Wl,--gc-sections", "-Wl,--entry=0"]


CLASSES = (
    "balloon",
    "blk",
    "console",
    "entropy",
    "gpu",
    "input",
    "net",
    "9p",
    "fs",
    "scsi",
    "vsock",
    "crypto",
    "i2c",
    "gpio",
    "iommu",
    "pmem",
    "rtc",
    "can",
    "spi",
    "scmi",
    "mem",
    "sound",
)
LINES, BYTES = "lines of C, {}", ".text above the engines, {}"
DEVICE_LINES = "lines of C, device side, {}"


def limits_of_rows():
    """The figures of limits.yaml, by the names of their rows."""
    names = [name.format(one) for one in CLASSES for name in (LINES, BYTES, DEVICE_LINES)]
    return limits.of("class", names, every=False)


class Count(NamedTuple):
    """What a class has: lines by where they are, and bytes of code; None where there is no compiler for it."""

    driver: int
    header: int
    generated: int
    bytes: int = None
    protocol: int = 0


def stripped(text):
    """Lines of C without blanks and comments."""
    keep = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|/\*.*?\*/|//[^\n]*""", re.S)
    return [line for line in keep.sub(lambda found: found.group(1) or " ", text).splitlines() if line.strip()]


def lines(text):
    """How many there are."""
    return len(stripped(text))


def is_of(name, stem):
    """Whether a file of this name is the class's."""
    return re.fullmatch(rf"(?:vwr_)?{name}(?:_\w+)?", stem) is not None


def class_of(path):
    """The class of a file of the driver side, or ""."""
    return next(
        (name for name in CLASSES if is_of(name, path.stem) or _is_protocol(name, path.stem)),
        "",
    )


def _is_protocol(name, stem):
    """Whether a file of this name is of the protocol that the class carries."""
    return re.fullmatch(rf"(?:vwr_)?v?(?:{PROTOCOLS.get(name, '(?!)')})", stem) is not None


def _protocol(root, side, name):
    """The files of the protocol that a class carries."""
    return [
        path for path in sorted((root / "runtime" / side).rglob("*.[ch]")) if _is_protocol(name, path.stem)
    ]


def _sum(paths):
    return sum(lines(path.read_text(encoding="utf-8")) for path in paths)


def _files(root, name):
    """(driver, header, generated): paths of a class's files."""
    driver = [
        path
        for path in sorted((root / "runtime/driver").rglob("*.[ch]"))
        if is_of(name, path.stem) and not _is_protocol(name, path.stem)
    ]
    header = [path for path in sorted((root / "runtime/include/vwr").glob("*.h")) if is_of(name, path.stem)]
    made = [
        *(root / "generated/include/vwr").glob(f"gen/{name}.h"),
        *(root / "generated/include/vwr").glob(f"messages/{name}.h"),
        *(root / "generated/src").glob(f"vwr_gen_{name}.c"),
        *(root / "generated/src").glob(f"vwr_names_{name}.c"),
    ]
    return driver, header, made


def _run(tool, *arguments, folder=None):
    command = [sizes.PREFIX + tool, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder).stdout


def _functions(objects):
    """{object: names of the functions that others may call}: one nm for all of them."""
    said = re.split(r"^(\S.*):\n", _run("nm", *objects), flags=re.M)
    return {
        Path(name): re.findall(r"^\w+ T (\w+)$", text, re.M) for name, text in zip(said[1::2], said[2::2])
    }


def _text(objects, roots, out):
    """.text of a program of all calls named."""
    program = out / "program.elf"
    listed = out / "roots"
    listed.write_text("".join(f"-Wl,-u,{name}\n" for name in roots), encoding="utf-8")
    _run("gcc", *sizes.FLAGS, *LINK, f"@{listed}", *objects, "-o", program)
    return int(re.search(r"^\.text\s+(\d+)", _run("size", "-A", program), re.M).group(1))


@functools.cache
def code(root):
    """{class: bytes that it adds}."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        sources = [
            path
            for of in ("runtime/base", "runtime/shared", "runtime/driver")
            for path in sorted((root / of).rglob("*.c"))
        ]
        tables = out / "tables.c"  # which have no code: one source takes a tenth of the time
        tables.write_text(
            "".join(f'#include "{path}"\n' for path in sorted((root / "generated/src").glob("*.c"))),
            encoding="utf-8",
        )
        include = [
            f"-I{root / path}" for path in ("runtime/port/aarch64", "runtime/include", "generated/include")
        ]
        _run("gcc", *sizes.FLAGS, *SECTIONS, *include, "-c", *sources, tables, folder=out)
        objects = sorted(out.glob("*.o"))
        classes = {path.stem: class_of(path) for path in (root / "runtime/driver").rglob("*.c")}
        of = {target: classes.get(target.stem, "") for target in objects}
        functions = _functions(objects)
        calls = {
            name: [
                call
                for target in objects
                if of[target] == name
                for call in functions[target]
                if not (name and call.endswith(WORDS))
            ]
            for name in ("", *CLASSES)
        }
        engines = _text(objects, calls[""], out)
        return {name: _text(objects, calls[""] + calls[name], out) - engines for name in CLASSES}


def counts(root=ROOT):
    """{class: Count}."""
    made = {} if sizes.missing() else code(root)
    return {
        name: Count(*map(_sum, _files(root, name)), made.get(name), _sum(_protocol(root, "driver", name)))
        for name in CLASSES
    }


# ---- the device side ----

# Lines of vhost-device, which is in Rust, as the project's FACTS.md has them (section 4).
OTHERS = {"entropy": 871, "console": 1886, "vsock": 5069, "gpu": 7691}
TEMPLATE = 672  # of a class that does nothing
# What a class says of itself and has to have whatever it does: its set-up, resets, features, configuration.
GLUE = re.compile(
    r"(?:^|_)(?:init|reset|forget\w*|negotiated|features|offer\w*|limit|config\w*|setup|show_\w+|choose_\w+|is_window)$"
)


# The first line of a function's definition.
FUNCTION = re.compile(r"(?!typedef|struct \w+ \{|enum|union)\w[\w \*\(\)]*?\*?\b(\w+)\((?!.*;\s*$)")


class DeviceCount(NamedTuple):
    """Lines of a class's device side."""

    work: int
    glue: int
    shared: int
    header: int
    protocol: int
    parts: int
    bridge: int
    generated: int


def split(text):
    """(work, glue): lines of C. Glue is what is in no function, and functions whose name says so."""
    work = total = head = 0
    inside = False
    name = ""
    for line in stripped(text):
        total += 1
        found = FUNCTION.match(line)
        if not inside and found:
            name, head = found.group(1), 0
        head += bool(name)
        if line.startswith("{") and name:
            inside = True
        if line.startswith("}"):
            work += head if inside and not GLUE.search(name) else 0
            inside, name = False, ""
    return work, total - work


def device_classes(root=ROOT):
    """Names of the classes that have a device side: a file of it named as their description is."""
    return [
        path.stem
        for path in sorted((root / "spec/device").glob("*.yaml"))
        if (root / f"runtime/device/{path.stem}/vwr_v{path.stem}.c").is_file()
    ]


def _device_count(root, name):
    of = {
        folder: [path for path in sorted((root / folder).rglob("*.[ch]")) if is_of(f"v{name}", path.stem)]
        for folder in ("runtime/device", "runtime/parts", "runtime/bridge", "runtime/include/vwr")
    }
    ours = [
        split(path.read_text(encoding="utf-8"))
        for path in of["runtime/device"]
        if not _is_protocol(name, path.stem)
    ]
    made = [
        root / f"generated/include/vwr/service/{name}.h",
        root / f"generated/service/vwr_gen_{name}_service.c",
    ]
    return DeviceCount(
        sum(part[0] for part in ours),
        sum(part[1] for part in ours),
        _sum(path for path in sorted((root / "runtime/shared").glob("*.[ch]")) if is_of(name, path.stem)),
        _sum(of["runtime/include/vwr"]),
        _sum(_protocol(root, "device", name)),
        _sum(of["runtime/parts"]),
        _sum(of["runtime/bridge"]),
        _sum(path for path in made if path.is_file()),
    )


def device_counts(root=ROOT):
    """{class: DeviceCount}."""
    return {name: _device_count(root, name) for name in device_classes(root)}


def device_page(figures):
    """The table of the device side, a line a class."""
    most_of, names = limits_of_rows(), "shared header protocol parts bridge generated vhost-device".split()
    cells = [("device side", "work", "glue", "limit", *names)]
    for name, one in figures.items():
        goal = most_of.get(DEVICE_LINES.format(name), limits.Figure()).limit
        cells.append((name, one.work, one.glue, goal, *one[2:], OTHERS.get(name)))
    return _columns([*cells, ("a class that does nothing", *"---------", TEMPLATE)])


def figures_of(figures, devices):
    """{name of a row: (unit, figure)}."""
    found = {LINES.format(name): ("lines", one.driver) for name, one in figures.items()}
    found |= {BYTES.format(name): ("bytes", one.bytes) for name, one in figures.items()}
    return found | {
        DEVICE_LINES.format(name): ("lines", one.work + one.glue) for name, one in devices.items()
    }


def rows(root=ROOT):
    """The rows of ./vwr bench that have a limit."""
    found = figures_of(counts(root), device_counts(root))
    return [
        row("class", name, *found[name], limit=most.limit, reason="" if found[name][1] else sizes.missing())
        for name, most in limits_of_rows().items()
        if most.limit is not None
    ]


def lowered(text, figures, devices):
    """The text of limits.yaml with the limits of classes lowered to the figures."""
    values = {name: value for name, (_, value) in figures_of(figures, devices).items()}
    fields = lambda node: {key.value: value for key, value in node.value}
    edits = []  # from where to where, and what is written there
    for name, node in fields(fields(yaml.compose(text))["class"]).items():
        value = values.get(name)
        if value is not None and value < int(node.value):
            edits.append((node.start_mark.index, node.end_mark.index, str(value)))
    for start, end, put in sorted(edits, reverse=True):
        text = text[:start] + put + text[end:]
    return text


def update(figures, devices):
    """Writes limits.yaml."""
    text = lowered(limits.FILE.read_text(encoding="utf-8"), figures, devices)
    limits.parse(text)
    limits.FILE.write_text(text, encoding="utf-8")


def _columns(cells):
    texts = [["-" if cell is None else str(cell) for cell in line] for line in cells]
    widths = [max(map(len, column)) for column in zip(*texts)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(line, widths))
        )
        for line in texts
    )


def page(figures):
    """The table, a line a class."""
    most_of = limits_of_rows()
    cells = [("class", "driver", "limit", "protocol", "header", "generated", ".text", "limit")]
    for name, one in figures.items():
        lines_, bytes_ = (most_of[form.format(name)].limit for form in (LINES, BYTES))
        cells.append((name, one.driver, lines_, one.protocol, one.header, one.generated, one.bytes, bytes_))
    return _columns(cells)


def show(renew):
    """Prints the tables, and lowers the limits if asked to; 1 where one is broken."""
    figures, devices = counts(), device_counts()
    print(page(figures))
    print(f"\n{device_page(devices)}")
    if renew:
        update(figures, devices)
    news = [one for one in rows() if not holds(one)]
    for one in news:
        print(f"bench: {one['name']}: {one['value']}, the limit is {one['limit']}", file=sys.stderr)
    if news:
        print("next: less, or a higher limit in bench/limits.yaml, with its reason", file=sys.stderr)
    return int(bool(news))

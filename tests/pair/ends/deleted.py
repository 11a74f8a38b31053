# SPDX-License-Identifier: MIT
"""Takes each check out of the generated clients and services, and out of the two files below them, one at a time: the test of
both ends has to fail in the case that is named for it, of that message alone. deleted.py OUT [--each N] [--only WORD]: every Nth
of them; those whose place has the word in it. Needs gcc 12; builds without sanitizers, which are not asked.
"""

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
GENERATED = ROOT / "generated"
MADE = Path(os.environ.get("VWR_BUILD_DIR") or ROOT / "build") / "made"  # ./vwr generate --tests
HERE = ROOT / "tests/pair/ends"
INCLUDE = [
    HERE,
    ROOT / "tests/pair",
    ROOT / "tests/qemu/driver",
    ROOT / "tests/common",
    ROOT / "runtime/include",
    ROOT / "monitor/include",
    GENERATED / "include",
    MADE / "include",
    ROOT / "runtime/port/host",
]
FLAGS = [
    "-std=c11",
    "-O0",
    "-D_GNU_SOURCE",
    "-DVWR_HOST_EXTERNAL_BUS",
    "-w",
    "-ftrivial-auto-var-init=pattern",
]
ANY = ""


@dataclass(frozen=True)
class Deleted:
    """A check that is not there: `text` takes the place of what is from `begin` to `end`. Of `message` (ANY) `cases` fail."""

    what: str
    path: Path
    begin: int
    end: int
    text: str
    device: str
    message: str
    cases: tuple[str, ...]

    @property
    def name(self) -> str:
        """For people."""
        line = self.path.read_text("utf-8")[: self.begin].count("\n") + 1
        return f"{os.path.relpath(self.path, ROOT)}:{line}: {self.what}"


def generated(path: str) -> Path:
    """The file of generated/, or of what it does not keep."""
    kept = GENERATED / path
    return kept if kept.is_file() else MADE / path


STATUS = ("answer_of_another_status", "answer_short", "answer_of_no_byte", "status", "refused")
UNFIT = tuple(
    f"client_{what}"
    for what in (
        "too_many",
        "too_few",
        "beyond_the_last",
        "too_long",
        "too_short",
        "no_multiple",
        "room_too_long",
        "room_too_short",
        "room_no_multiple",
    )
)
SHORT = ("answer_short", "answer_of_no_byte", "answer_of_less")
DATA = (
    ("x->out.left !=", ("too_long", "too_short")),
    ("x->out.left <", ("too_short",)),
    ("vwr_remainder(x->out.left,", ("too_long",)),
    ("x->out.left >", ("too_many",)),
    ("x->in.left <", ("room_too_short",)),
    ("vwr_remainder(x->in.left,", ("room_no_multiple",)),
    ("x->in.left >", ("room_beyond",)),
    ("s->calls->", ("no_function", "feature_of_service")),
    ("&v->offered", ("feature_of_service",)),
    ("", ("beyond_the_last", "too_many", "too_few", "another_value", "another_size")),
)

# Of the two files below: (text, what takes its place, device, cases).
RUNTIME = {
    "runtime/device/core/service/vwr_vservice.c": (
        ("select->at + 0u + select->bytes > bytes", "false", "rtc", ("truncated", "direction")),
        (
            "            return false;\n    }\n    return true;",
            "            ;\n    }\n    return true;",
            "gpu",
            ANY,
        ),
        ("row->selects == 0 && q->count > 1 &&", "false &&", "balloon", ANY),
        ("!vservice_is_open(&s->dev, row) ||", "", "blk", ("feature_of_service",)),
        (
            "row->any[0] == VWR_FEATURE_NONE || vservice_has_any(v, row->any)",
            "true",
            "blk",
            ("feature_of_service",),
        ),
        (
            "row->also == VWR_FEATURE_NONE || vwr_vdev_has(v, row->also)",
            "true",
            "gpu",
            ("feature_of_service",),
        ),
        ("x->chain.in_bytes < (uint32_t)row->first + row->last", "false", "gpu", ("no_room", "direction")),
        ("x->chain.out_bytes == row->out ||", "true ||", "gpu", ("truncated", "too_long", "direction")),
        ("(x->chain.out_bytes > row->out &&", "(true &&", "gpu", ("truncated", "direction")),
        ("> row->out && (row->flags & VWR_SERVICE_MORE_OUT) != 0", "> row->out", "gpu", ("too_long",)),
        ("if (room < first + last)\n        return 0;", "", "blk", ("no_room", "direction")),
        ("result >= VWR_OK || !vservice_is_silent(x)", "true", "iommu", ANY),
        ("(row->flags & VWR_SERVICE_MORE_IN) != 0 ?", "true ?", "blk", ("room_beyond",)),
        ("(x->queue->alike && vservice_alike(x) == NULL)", "false", "crypto", ("direction",)),
        (
            "if (looked > x->row->out) /* the selector is in the data */\n        vservice_rewind(x);",
            "",
            "rpmb",
            ANY,
        ),
    ),
    "runtime/driver/core/client/vwr_client.c": (
        ("back[i] = 0xff;", "(void)back;", "gpu", STATUS),
        ("ok = ok || status == row->ok[i];", "ok = true;", "gpu", STATUS),
        ("r->written >= row->first && ", "", "gpu", SHORT),
        ("(!row->whole || call->data_bytes == room)", "true", "sound", SHORT),
        ("return written < most ? written : (uint32_t)most;", "return written;", "blk", ANY),
        ("bool ok = row->oks == 0;", "bool ok = false;", "console", ANY),
    ),
}


def _function(text: str, at: int) -> str:
    """The body from here to its end."""
    return text[at : text.index("\n}\n", at) + 3]


# An `if` of one of these functions with what it returns.
_IF = r"    if \(((?:[^;{{}}])*?)\)\n        return {};\n"
_SERVICE = r"^static int service_[a-z0-9]+?_(\w+)\(struct vwr_service \*service"
_BEGIN = r"static inline int vwr_\w+?_client_(\w+)_begin\("
FILE = r"\A"  # in place of the head of a function: anywhere
# In functions: (whose, head of the function, what is found in it, the group of that which goes, what takes its place, cases; none: by DATA).
CHECKS: tuple[tuple[str, str, str, int, str, tuple[str, ...] | None], ...] = (
    ("service", _SERVICE, _IF.format("VWR_EUNSUPP"), 0, "", None),
    (
        "service",
        _SERVICE,
        r"    if \((x->in\.left[^;{}]*? > [^;{}]*?)\)\n        x->in\.left = [^;{}]*;\n",
        0,
        "",
        ("room_beyond",),
    ),
    # the queue behind it is taken for it then
    (
        "service",
        FILE,
        r"if \((\((?:vwr_vdev_has\(v, \w+\)(?: \|\|\s+)?)+\) && )\s*\(?(?:queue ==|vwr_service_is_of)",
        1,
        "",
        ("queue_not_there", "pair", "submit", "later"),
    ),
    # what its features need
    ("client source", FILE, r"    \.rule_count = (\w+),\n", 1, "0", ("dependency",)),
    # the answer is zeros
    (
        "service",
        _SERVICE,
        r"    (vwr_zero\(&a, sizeof\(a\)\));\n",
        0,
        "",
        ("blank",),
    ),
    ("client", _BEGIN, _IF.format("VWR_EFEATURE"), 0, "", ("feature_of_client",)),
    ("client", _BEGIN, _IF.format("VWR_EINVAL"), 0, "", UNFIT),
    # all data have to come; a status
    ("client", _BEGIN, r"\.whole = (true),", 1, "false", SHORT),
    ("client", _BEGIN, r"\.oks = ([1-9]\d*),", 1, "0", STATUS),
    # the number of a queue of several
    (
        "client",
        r"static inline int vwr_\w+?_client_(\w+)_submit\(",
        r"    if \((n >= [^;{}]*?)\)\n        return VWR_ENOQUEUE;\n",
        0,
        "",
        ("no_queue",),
    ),
    # a queue that the device does not have
    (
        "client source",
        r"^int vwr_\w+?_client_poll_(\w+)\(",
        _IF.format("VWR_EFEATURE"),
        0,
        "",
        ("feature_of_client",),
    ),
    # what the device sends
    (
        "service header",
        r"static inline int vwr_\w+?_vservice_send_(\w+)\(",
        _IF.format("VWR_EFEATURE"),
        0,
        "",
        ("feature_of_service",),
    ),
    # each number that is encoded or decoded: 0 in its place
    (
        "values",
        r"static inline void vwr_\w+?_(\w+)_(?:msg|answer)_(?:en|de)code\(",
        r"^ +([wm]->[\w.\[\]]+) = (?!(?:vwr_guest\d+\(legacy, )?0(?:x0u)?\)?;)([^;]+);",
        2,
        "0",
        (),
    ),
)


def in_functions(whose: str, path: Path, device: str) -> Iterator[tuple[str, Deleted]]:
    """What CHECKS finds in the functions of a file, with the pattern that finds it."""
    text = path.read_text("utf-8")
    for of, head, pattern, group, put, cases in CHECKS:
        for function in re.finditer(head, text, re.MULTILINE) if of == whose else ():
            body = text if head == FILE else _function(text, function.start())
            for one in re.finditer(pattern, body, re.MULTILINE):
                begin, end = (function.start() + at for at in one.span(group))
                named = cases if cases is not None else next(of for words, of in DATA if words in one[1])
                message = ANY if head == FILE else called(body) if whose == "service" else function[1]
                yield pattern, Deleted(one[1].split("\n")[0], path, begin, end, put, device, message, named)


def called(body: str) -> str:
    """The name of the message whose function a service calls here."""
    found = re.search(r"s->calls->(\w+)", body)
    return found[1] if found else "?"


def of_service(path: Path, device: str) -> Iterator[Deleted]:
    """Features and selectors of each row."""
    text = path.read_text("utf-8")
    for row in re.finditer(r"    \{\n        \.value = .*?\.call = service_\w+,\n    \},\n", text, re.DOTALL):
        name = re.search(r"\.call = service_[a-z0-9]+?_(\w+),", row[0])
        known = message_of(text, name[0]) if name else "?"
        for key, pattern in (
            ("any", r"\.any = \{(VWR_(?!FEATURE_NONE)\w+(?:,\s+VWR_(?!FEATURE_NONE)\w+)*)"),
            ("also", r"\.also = (VWR_(?!FEATURE_NONE)\w+)"),
            ("unless", r"\.unless = \{(VWR_(?!FEATURE_NONE)\w+)"),
        ):
            if one := re.search(pattern, row[0]):
                yield Deleted(
                    f".{key} = {one[1]}",
                    path,
                    row.start() + one.start(1),
                    row.start() + one.end(1),
                    ", ".join(["VWR_FEATURE_NONE"] * (one[1].count(",") + 1)),
                    device,
                    known,
                    ("feature_of_service",),
                )


def message_of(text: str, call: str) -> str:
    """The name of the message, by the function of its row."""
    return called(
        _function(text, text.index(f"static int {call.removeprefix('.call = ').removesuffix(',')}("))
    )


def of_config(header: Path, client: Path, device: str) -> Iterator[Deleted]:
    """Limits of each field of the configuration, and who asks for them."""
    text = header.read_text("utf-8")
    fields = tuple(re.findall(r"vwr_config_exceeds\(wrong,\s+\w+,\s+info->(\w+),", text))
    for one in re.finditer(
        r"    if \([^;{}]*?vwr_config_exceeds\(wrong,\s+\w+,\s+info->(\w+),[^;{}]*?\)\)\n        return true;\n",
        text,
    ):
        yield Deleted(f"limits of {one[1]}", header, one.start(), one.end(), "", device, "device", (one[1],))
    for path, words in (
        (header, r"    if \(vwr_\w+_config_is_wrong\([^;{}]*?\)\)\n        return VWR_EINVAL;\n"),
        (
            client,
            r"    if \(vwr_\w+_config_is_wrong\([^;{}]*?\)\)\n        (?:r =|return) vwr_dev_give_up[^;{}]*;\n",
        ),
    ):
        for one in re.finditer(words, path.read_text("utf-8")):
            yield Deleted(
                "limits of the configuration", path, one.start(), one.end(), "", device, "device", fields
            )


def of_parser(path: Path, device: str) -> Iterator[Deleted]:
    """What an event is: its length, what selects it, its features."""
    text = path.read_text("utf-8")
    for parser in re.finditer(r"static inline bool vwr_\w+?_client_\w+_parse\(", text):
        body = _function(text, parser.start())
        for found in re.finditer(
            r"if \((n >= .*?|select\d.*?|\(?vwr_features.*?)\) \{\n        e->type = \w+;(?:(?!e->type).)*?(?:&e->m\.(\w+)\)|\n    \})",
            body,
            re.DOTALL,
        ):
            at = parser.start() + found.start(1)
            for one in re.finditer(
                r"(?:^|(?<= && ))(\([^()]*(?:\([^()]*\)[^()]*)*\)|[^&(]+(?:\([^()]*\))?)(?: && |$)", found[1]
            ):
                cases: tuple[str, ...] = (
                    ("event_truncated",)
                    if one[1].startswith("n >=")
                    else (
                        ("feature_of_client",)
                        if "features" in one[1]
                        else (
                            "event_unknown",
                            "event",
                            "pair",
                            "no_buffer",
                            "too_long",
                            "event_truncated",
                            "event_too_long",
                            "feature_of_client",
                        )
                    )
                )
                yield Deleted(
                    one[1],
                    path,
                    at + one.start(1),
                    at + one.end(1),
                    "true",
                    device,
                    ANY if "select" in one[1] else found[2] or ANY,
                    cases,
                )


def of_runtime() -> Iterator[Deleted]:
    """By their texts, each of which is there once."""
    for file, rows in RUNTIME.items():
        path = ROOT / file
        text = path.read_text("utf-8")
        for old, new, device, cases in rows:
            if text.count(old) != 1:
                sys.exit(
                    f"{file}: {text.count(old)} times {old!r}\nNext: say in {Path(__file__).name} what the check is now"
                )
            begin = text.index(old)
            yield Deleted(
                " ".join(old.split()), path, begin, begin + len(old), new, device, ANY, tuple(cases)
            )


def everything(values: bool) -> Iterator[Deleted]:
    """All checks."""
    kinds = set()
    for path in sorted((MADE / "test/ends").glob("*.c")):
        device, include = path.stem, GENERATED / "include/vwr"
        service = generated(f"service/vwr_gen_{device}_service.c")
        client = generated(f"client/vwr_gen_{device}_client.c")
        places = {
            "service": service,
            "client": generated(f"include/vwr/client/{device}.h"),
            "client source": client,
            "service header": generated(f"include/vwr/service/{device}.h"),
            "values": include / f"messages/{device}.h",
        }
        for whose, path in places.items():
            if values or whose != "values":
                for pattern, one in in_functions(whose, path, device):
                    kinds.add(pattern)
                    yield one
        yield from of_service(service, device)
        yield from of_config(include / f"gen/{device}.h", client, device)
        yield from of_parser(include / f"messages/{device}.h", device)
    lost = [
        pattern for whose, _, pattern, *_ in CHECKS if pattern not in kinds and (values or whose != "values")
    ]
    if lost:
        sys.exit(f"no file has {lost}\nNext: say in {Path(__file__).name} what the check is now")
    yield from of_runtime()


class Builder:
    """Objects of all that is as it is; programs with one file changed."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.objects = out / "objects"
        self.objects.mkdir(parents=True, exist_ok=True)

    def compiled(self, source: Path, to: Path, *include: Path) -> Path:
        """An object."""
        folders = [f"-I{folder}" for folder in [*include, *INCLUDE, source.parent]]
        subprocess.run(["gcc", *FLAGS, *folders, "-c", str(source), "-o", str(to)], check=True)
        return to

    def object_of(self, source: Path) -> Path:
        """Of a file of the tree."""
        return self.objects / (str(source.relative_to(ROOT.anchor)).replace("/", "_") + ".o")

    def harness(self) -> list[Path]:
        """Sources of the program of any device."""
        runtime = [
            path
            for room in (
                "runtime/base",
                "runtime/shared",
                "runtime/driver",
                "runtime/device",
                "runtime/parts",
                "monitor",
            )
            for path in sorted((ROOT / room).rglob("*.c"))
        ]
        listed = re.search(
            r"add_library\(ends_harness STATIC ([^)]*)\)", (HERE / "CMakeLists.txt").read_text("utf-8")
        )
        words = listed[1].replace('"', "").split() if listed else []
        own = [(HERE / word.replace("${VWR_ROOT}", str(ROOT))).resolve() for word in words]
        return [*runtime, *sorted((GENERATED / "src").glob("*.c")), *own]

    def device(self, device: str) -> list[Path]:
        """Sources of a device."""
        return [
            MADE / f"test/ends/{device}.c",
            generated(f"client/vwr_gen_{device}_client.c"),
            generated(f"service/vwr_gen_{device}_service.c"),
        ]

    def prepare(self, devices: set[str]) -> None:
        """All objects."""
        sources = self.harness() + [source for device in sorted(devices) for source in self.device(device)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda source: self.compiled(source, self.object_of(source)), sources))
        archive = self.out / "harness.a"
        archive.unlink(missing_ok=True)
        subprocess.run(
            ["ar", "rcs", str(archive), *(str(self.object_of(one)) for one in self.harness())], check=True
        )

    def failed(self, number: int, one: Deleted) -> list[str] | None:
        """The cases that fail without it; None: it does not compile."""
        folder = self.out / f"without_{number}"
        text = one.path.read_text("utf-8")
        below = (
            Path(*one.path.parts[one.path.parts.index("include", len(ROOT.parts)) + 1 :])
            if one.path.suffix == ".h"
            else Path(one.path.name)
        )
        changed = folder / below
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_text(text[: one.begin] + one.text + text[one.end :], "utf-8")
        objects = {source: self.object_of(source) for source in self.device(one.device)}
        sources = (
            [one.path]
            if one.path.suffix == ".c"
            else [
                source
                for source in objects
                if "test" in source.parts
                or ("messages" in below.parts)
                or ("service" in below.parts) == ("service" in source.parts)
            ]
        )
        try:
            for source in sources:
                to = folder / f"{source.parent.name}_{source.name}.o"
                objects[source] = self.compiled(
                    changed if source == one.path else source, to, folder, one.path.parent
                )
            program = folder / "ends"
            subprocess.run(
                ["gcc", *map(str, objects.values()), str(self.out / "harness.a"), "-o", str(program)],
                check=True,
            )
        except subprocess.CalledProcessError:
            return None
        try:
            run = subprocess.run([str(program)], capture_output=True, text=True, timeout=60, check=False)
            found = re.findall(r"^FAIL (\S+)$", run.stdout, re.MULTILINE)
            found += [f"{one.device}.crash.{-run.returncode}"] if run.returncode < 0 else []
        except subprocess.TimeoutExpired:
            found = [f"{one.device}.endless."]
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        return sorted(set(found))


# What no case can see, and why: (part of its place and text, reason).
UNSEEN = (
    (
        r"balloon.*out.left < 1u|entropy.*(in.left|in_data_bytes) < 1u",
        "a chain of no byte, which no queue of ours sends",
    ),
    (r"scsi_cmd|blk_service.c.*scsi", "its feature is of the legacy interface, which no client wants"),
)


def is_known(one: Deleted) -> bool:
    """Whether it is said above why it is not seen."""
    texts = (one.what, f"{one.path.name} {one.what} {one.message}")
    return any(re.search(words, text) for words, _ in UNSEEN for text in texts)


def verdict(one: Deleted, failed: list[str] | None) -> str:
    """exactly: the case of that message and no other; elsewhere: other cases too; not seen; does not compile."""
    if failed is None:
        return "does not compile"
    if not failed:
        return "said why not" if is_known(one) else "not seen"
    named = [
        case
        for case in failed
        if (one.message == ANY or case.split(".")[1] == one.message)
        and (not one.cases or case.split(".")[2] in one.cases)
    ]
    return "exactly" if named == failed else "elsewhere"


def main() -> int:
    """1: a check can be taken out without a case that is named for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--each", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--values", action="store_true", help="and each number that is encoded or decoded")
    args = parser.parse_args()
    chosen = [one for one in everything(args.values) if args.only in one.name][:: args.each]
    builder = Builder(args.out)
    builder.prepare({one.device for one in chosen})
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(lambda pair: builder.failed(*pair), enumerate(chosen)))
    table: dict[str, Counter[str]] = {}
    for one, failed in zip(chosen, found):
        said = verdict(one, failed)
        kind = one.path.parent.name + (
            f"/{one.path.name}" if one.path.is_relative_to(ROOT / "runtime") else ""
        )
        table.setdefault(kind, Counter())[said] += 1
        if said not in ("exactly", "said why not"):
            print(
                f"{said}: {one.name}: {' '.join((failed or [])[:4])}, named: {one.device}.{one.message or '*'}.{'|'.join(one.cases) or '*'}"
            )
    columns = ("exactly", "said why not", "elsewhere", "not seen", "does not compile")
    print(f"{'':<34}{'checks':>8}" + "".join(f"{column:>18}" for column in columns))
    for kind, row in [*sorted(table.items()), ("all", sum(table.values(), Counter()))]:
        print(f"{kind:<34}{sum(row.values()):>8}" + "".join(f"{row[column]:>18}" for column in columns))
    return any(row[column] for row in table.values() for column in columns[2:])


if __name__ == "__main__":
    sys.exit(main())

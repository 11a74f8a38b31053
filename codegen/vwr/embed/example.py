# SPDX-License-Identifier: MIT
"""
Files next to a copy that belong to the embedder: the port, and the example: for the driver side the basic use of each
device, for the device side a VM with devices. The example's header declares its functions.
"""

import re
import textwrap
from collections.abc import Iterator

from vwr import ROOT, description
from vwr.embed import generated, layout
from vwr.embed.choice import VMM, Choice
from vwr.embed.classes import DRIVERS, end_calls, probe
from vwr.embed.templates import filled
from vwr.sentence import joined

# For each class of the device side: words, the VMM's code for it, and a queue that its guests use.
WORDS = {
    "blk": "a disk",
    "console": "a console",
    "entropy": "a random number generator",
    "net": "a network card",
    "gpu": "a screen",
    "input": "a keyboard",
    "balloon": "a balloon",
    "9p": "a folder",
    "fs": "a file system",
    "vsock": "sockets",
    "scsi": "a SCSI host",
    "i2c": "an I2C bus",
    "sound": "a sound card",
    "pmem": "persistent memory",
    "rtc": "clocks",
    "mem": "memory that is plugged",
    "can": "a CAN controller",
    "spi": "an SPI bus",
    "scmi": "an SCMI platform",
    "crypto": "a crypto device",
    "gpio": "GPIO lines",
    "iommu": "an IOMMU",
}
HOOKS = {
    "console": "void vwr_example_put(uint8_t byte); /* written by the guest */\n",
    "entropy": "uint32_t vwr_example_random(uint8_t *bytes, uint32_t n); /* returns how many were available */\n",
    "net": "void vwr_example_frame(const uint8_t *frame, uint32_t bytes); /* sent by the guest */\n",
    "gpu": "void vwr_example_redraw(const struct vwr_vgpu_flush *part); /* the part of the screen that changed */\n",
    "balloon": "void vwr_example_given(uint64_t addr, uint64_t bytes); /* memory that the guest returned */\n",
    "vsock": "uint32_t vwr_example_echo(uint8_t *bytes, uint32_t n); /* from the guest; returns how many to send */\n",
    "pmem": "int vwr_example_flush(void); /* all bytes of the guest's persistent memory; 0 if they are safe */\n",
    "rtc": "uint64_t vwr_example_time(void); /* UTC in nanoseconds since 1970 */\n",
    "mem": "void vwr_example_plugged(uint64_t addr, uint64_t bytes, bool now); /* memory of the guest */\n",
    "spi": "int vwr_example_spi_transfer(struct vwr_vspi_transfer *t); /* with the chip of the bus */\n",
    "scmi": "int vwr_example_scmi_reading(uint32_t sensor, uint64_t *value); /* 0 if there is such a sensor */\n",
    "can": "int vwr_example_can_frame(const struct vwr_can_frame *f); /* of the guest; VWR_EFULL: later */\n",
    "gpio": "void vwr_example_line(unsigned line, bool high); /* an output of the guest */\n",
    "i2c": "int vwr_example_i2c_message(struct vwr_vi2c_message *m); /* on the bus; an error if no target answers */\n",
    "sound": "void vwr_example_frames(const uint8_t *frames, uint32_t bytes); /* that the guest plays */\n",
}
QUEUE_SIZES = {
    "net": 64,
    "gpu": 64,
    "input": 64,
    "balloon": 64,
    "9p": 128,
    "fs": 128,
    "vsock": 64,
    "scsi": 64,
    "i2c": 64,
    "sound": 32,
    "crypto": 64,
    "gpio": 64,
    "iommu": 64,
}
OTHERS = 16
OF_DRIVERS = re.compile(r"/\* The driver side, .*(?=#endif\n\Z)", re.DOTALL)  # of port vmm
FOLDERS = ("9p", "fs")  # classes that offer the same files
PREFIXES = {"blk": "", "9p": "folder_"}  # of the variables of a driver's example
SOURCE, HEADER = "vwr_example.c", "vwr_example.h"
FUNCTION = re.compile(  # of the example that others call: its comment, and its head
    r"^(/\*(?:(?!\*/).)*\*/\n|)^(\w[\w *]*?\b(vwr_example_\w+)\([^;{}]*\))(?=\n\{)", re.MULTILINE | re.DOTALL
)
BRINGUP = {"selftest": "vwr/selftest.h", "trace": "vwr/base.h"}  # parts that test a port, and their headers
WIDTH = 100  # of comments
COMMENT = re.compile(  # of its own, on one line or several, or behind a declaration
    r"^(?:(?P<before>\w.*;) )?/\* (?P<line>.*) \*/$|^/\*\n \* (?P<block>.*(?:\n \* .*)*)\n \*/$", re.MULTILINE
)
HEADING = re.compile(r"/\*.*\*/\n")  # of the code of a driver


def _include(choice: Choice) -> str:
    """The headers of the library that the example uses."""
    if not choice.files:
        return '#include "vwr.h"\n'
    if choice.side == "driver":
        found = [f"vwr/{one}.h" for one in choice.transports] + [DRIVERS[name] for name in choice.drivers]
        found += [f"vwr/client/{name}.h" for name in choice.ends]
    else:
        found = [name for name in choice.headers if name != "vwr/vmmio.h"]
    found += [BRINGUP[part] for part in _bringup_parts(choice)]
    return "".join(f'#include "{name}"\n' for name in sorted(set(found)))


def _found(choice: Choice, name: str) -> dict[str, str]:
    """
    Words of a template for the source of a device: with only MMIO, its registers; otherwise the result of a
    probe.
    """
    prefix = name if name == "card_" else ""  # a second real device in addition to a disk
    if choice.transports != ("mmio",):
        return {
            "where": " that a probe has found",
            "state": "",
            "parameter": f"struct vwr_dev *{prefix}dev",
            "argument": f"{prefix}dev",
            "open": "int r =",
            "dev": f"{prefix}dev",
            "opened": "\n",
            "of": "that",
        }
    mmio, registers = f"{name}mmio", f"{prefix}registers"
    return {
        "where": f" whose registers are at `{registers}`",
        "state": f"static struct vwr_mmio {mmio};\n",
        "parameter": f"volatile void *{registers}",
        "argument": registers,
        "dev": f"&{mmio}.dev",
        "opened": "",
        "of": f"{mmio}.dev",
        "open": f"int r = {probe('mmio', choice.interface)}(&{mmio}, {registers}, VWR_MMIO_SIZE);\n\n"
        "    if (r == VWR_OK)\n        r =",
    }


def _driver(choice: Choice, name: str) -> str:
    """Ten lines that read a sector, or use another device."""
    found = _found(choice, PREFIXES.get(name, f"{name}_"))
    code = filled(f"drive_{name}.c", **found)
    return code + (_explain(choice, name, code, found["dev"]) if "texts" in choice.parts else "")


def _explain(choice: Choice, name: str, code: str, dev: str) -> str:
    """The function that prints why a call failed, of the device that this code has."""
    parameter = "" if choice.transports == ("mmio",) else f"struct vwr_dev *{dev}, "
    (thing,) = re.findall(rf"^static struct vwr_{name} (\w+);", code, re.MULTILINE)
    header = (ROOT / "runtime" / "include" / DRIVERS[name]).read_text(encoding="utf-8")
    over_client = re.search(rf"^struct vwr_{name} {{\n +struct \w+ client;", header, re.MULTILINE)
    thing_dev = f"{thing}.client.bringup.dev" if over_client else f"{thing}.bringup.dev"
    return filled("explain.c", name=name, object=thing, opened_dev=thing_dev, dev=dev, parameter=parameter)


def _queues(name: str) -> int:
    """The number of the device's queues, with one of each kind. Queues without an index follow the others."""
    package = generated.found(f"docs/{name}.md").parents[1] / "python"
    found = [queue.index for queue in description.specs(package)[name].queues]
    return max(index for index in found if index is not None) + 1 + found.count(None)


def _c(name: str, end: str) -> str:
    """The device's name in C: sound is snd."""
    return re.sub(rf"vwr_(\w+?)_v?{end}_\w+", r"\1", end_calls(name, end)[0])


def _clients(choice: Choice) -> Iterator[str]:
    for name, end in choice.ends.items():
        yield filled("client.c", name=name, c=_c(name, end), **_found(choice, f"{name}_"))


def port(choice: Choice, has_no_headers: bool = False) -> str:
    """
    The port of this profile: the template or an existing port, unchanged except for the types, which port vmm has
    from the compiler's headers if there are any, and without what its side does not call.
    """
    text = (ROOT / "runtime" / "port" / choice.port / "vwr_port.h").read_text(encoding="utf-8")
    if choice.port != VMM or has_no_headers:
        text = re.sub(r"(#include <std(bool|def|int)\.h>\n)+", lambda _: filled("types.h"), text, count=1)
    if choice.side == "device" and not choice.files and not choice.ends:  # these have functions of both sides
        text = OF_DRIVERS.sub("", text)
    text = text.replace(f"VWR_PORT_{choice.port.upper()}_H", "VWR_PORT_H")
    if "trace" in choice.parts:
        head, end = text.rsplit("#endif", 1)
        text = head + filled("trace.h") + "#endif" + end
    return text


def _bringup_parts(choice: Choice) -> list[str]:
    return [part for part in BRINGUP if part in choice.parts and "driver" in choice.sides]


def _bringup(choice: Choice) -> list[str]:
    """The code that reports what is wrong with a port, if the profile contains the parts for it."""
    needed = _bringup_parts(choice)
    texts = [filled(f"bringup_{part}.c") for part in needed]
    return [filled("bringup.c") + "\n".join(texts)] if needed else []


def _find(choice: Choice) -> list[str]:
    """The code that finds devices on PCI."""
    if "pci" not in choice.transports:
        return []
    place = "vwr_pci_place(host)" if "place" in choice.parts else "VWR_OK"
    if "vwr_pci_scan_next" in choice.calls:
        reason = ": vwr_pci_explain gives the reason" if "texts" in choice.parts else ""
        search = filled("find_scan.c", place=place, reason=reason)
    else:
        search = filled("find_each.c", place=place, probe=probe("pci", choice.interface))
    return [filled("find.c", search=search)]


def _disk(choice: Choice) -> str:
    """The disk, and what stores it."""
    if "blk" in choice.bridges:
        replay = ", .request.replay = true" if "recovery" in choice.parts else ""
        store = filled("real.c", replay=replay, **_found(choice, "real_"))
    else:
        store = filled("memory.c" if "memory" in choice.parts else "yours.c")
    return filled("disk.c", store=store)


def _has_switch(choice: Choice) -> bool:
    return "net" in choice.bridges or "net" in choice.classes and "switch" in choice.parts


def _net(choice: Choice) -> str:
    """The card, and what its frames go to."""
    calls = ["vwr_vnet_init(&net, &setup, &own, &options)"]
    if not _has_switch(choice):
        return filled(
            "net.c", peer=filled("net_yours.c"), ops="&net_ops", context="NULL", start=_in_turn(calls)
        )
    calls += ["vwr_vnet_switch_connect(&lan, &net_port, &net)"]
    if "net" in choice.bridges:
        peer = filled("net_card.c", tick=filled("net_tick.c"), **_found(choice, "card_"))
    else:
        peer = filled("net_switch.c", tick=filled("net_tick.c"))
        calls = ["begin_switch()", *calls]
    return filled("net.c", peer=peer, ops="&vwr_vnet_switch_ops", context="&net_port", start=_in_turn(calls))


def _in_turn(calls: list[str]) -> str:
    """Statements of a function that ends at the first call that fails."""
    rows = [f"    if (r == VWR_OK)\n        r = {call};\n" for call in calls[1:]]
    return "".join([f"    r = {calls[0]};\n", *rows])


def _device(choice: Choice, name: str) -> str:
    """A device of the VM."""
    if name in choice.ends:
        return filled("service.c", name=name, c=_c(name, "service"), queues=_queues(name))
    by_name = {"blk": _disk, "net": _net}
    if name in by_name:
        return by_name[name](choice)
    first = next(
        (one for one in choice.devices if one in FOLDERS), None
    )  # has the files, and the others use them
    files = filled("9p_memory.c" if "memory" in choice.parts else "9p_yours.c") if name == first else ""
    return files + filled(f"{name}.c")


def _hooks(choice: Choice) -> str:
    """The declarations of the functions that a VM's devices call."""
    hooks = [name for name in choice.classes if name != "net" or "net" not in choice.bridges]
    prototypes = "".join(HOOKS.get(name, "") for name in hooks)
    purpose = ", and the functions that the devices call" if prototypes else ""
    return filled("hooks.h", purpose=purpose, prototypes=prototypes)


def _vm(choice: Choice) -> str:
    """A VM, and the code that runs it."""
    what = [WORDS[name] if name in choice.classes else f"the device {name}" for name in choice.devices]
    places = {"blk": ("real", _found(choice, "real_")), "net": ("card", _found(choice, "card_"))}
    real = [places[name] for name in choice.bridges]
    start = "".join(f"{words['parameter']}, " for _, words in real)
    opens = [f"open_{name}({words['argument']})" for name, words in real]
    adds = [f"add_{'disk' if name == 'blk' else name}({at})" for at, name in enumerate(choice.devices)]
    devices = "".join(_device(choice, name) for name in choice.devices)
    size = max(QUEUE_SIZES.get(name, OTHERS) for name in choice.devices)
    switched = _has_switch(choice)
    head = filled(
        "head.c",
        devices=joined(what),
        queue_size=f"#define QUEUE_SIZE {size}u\n" if "QUEUE_SIZE" in devices else "",
        again=filled("head_again.c") if switched else "",
        again_op=", .again = again" if switched else "",
        slots=len(choice.devices),
        legacy=", .legacy = true" if choice.interface == "legacy" else "",
    )
    tail = filled("tail.c", real=start, calls=_in_turn(["vwr_vm_init(&vm, &vm_setup)", *opens, *adds]))
    tail += filled("tail_reset.c") if "vwr_vm_reset" in choice.calls else ""
    lend = filled("head_lend.c") if "lend(" in devices else ""
    return head + lend + devices + tail


def _sections(choice: Choice) -> list[str]:
    """The code of the example, with the comment of each function in front of it."""
    if choice.side != "driver":
        return [*_bringup(choice), _vm(choice)]
    return [
        *_bringup(choice),
        *_find(choice),
        *(_driver(choice, name) for name in choice.drivers),
        *_clients(choice),
    ]


def _declared(section: str) -> Iterator[str]:
    """The declarations of a section's functions. The first has the section's heading, if it has no comment."""
    heading = HEADING.match(section)
    for comment, head, _ in FUNCTION.findall(section):
        yield f"{comment or (heading[0] if heading else '')}{_head(head)};\n"
        heading = None


def _comment(said: str) -> str:
    """A comment on one line, or on several that fit."""
    rows = textwrap.wrap(said, WIDTH - len(" * "), break_on_hyphens=False)
    block = "/*\n" + "".join(f" * {row}\n" for row in rows) + " */"
    return block if len(f"/* {said} */") > WIDTH else f"/* {said} */"


def _wrapped(text: str) -> str:
    """The text with comments that fit; a long one behind a declaration is then before it. One blank line at most."""

    def one(found: re.Match[str]) -> str:
        if max(map(len, found[0].split("\n"))) <= WIDTH:
            return found[0]
        said = " ".join((found["line"] or found["block"].replace("\n * ", " ")).split())
        return _comment(said) + (f"\n{found['before']}" if found["before"] else "")

    return re.sub(r"\n{3,}", "\n\n", COMMENT.sub(one, text))


def _head(text: str) -> str:
    """The head of a function on lines that fit."""
    return layout.head(text) if max(map(len, text.split("\n"))) > WIDTH else text


def functions(code: str) -> list[str]:
    """The functions of an example's source that others call."""
    return [name for _, _, name in FUNCTION.findall(code)]


def files(choice: Choice) -> dict[str, str]:
    """{name: text} of the example of a profile."""
    sections = _sections(choice)
    hooks = [] if choice.side == "driver" else [_hooks(choice)]
    declared = [*hooks, *(text for section in sections for text in _declared(section))]
    return {
        HEADER: _wrapped(filled("example.h", include=_include(choice), declarations="\n".join(declared))),
        SOURCE: _wrapped(
            filled(
                "example.c",
                first=filled("head_real.c") if "blk" in choice.bridges else "",
                code=FUNCTION.sub(lambda found: _head(found[2]), "\n".join(sections)).rstrip("\n"),
            )
        ),
    }

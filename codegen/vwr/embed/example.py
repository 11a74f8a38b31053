# SPDX-License-Identifier: MIT
"""The example beside a copy: of the driver side what each device is for, of the device side a VM with devices."""

import re
from collections.abc import Iterator

from vwr import description
from vwr.embed.choice import Choice
from vwr.embed.classes import DRIVERS, end_calls, probe
from vwr.embed.templates import template

WORDS = {"blk": "a disk", "console": "a console", "entropy": "random bytes"}
HOOKS = {"blk": "", "console": "void vwr_example_put(uint8_t byte); /* that the guest has written */\n",
         "entropy": "uint32_t vwr_example_random(uint8_t *bytes, uint32_t n); /* how many there were */\n"}
SCAN = """\
    struct vwr_pci_scan scan = {.host = host};
    unsigned n = 0;
    int r = %(place)s;

    while (r >= 0 && n < count && (r = vwr_pci_scan_next(&scan, &found[n])) != 0) {
        n += r == 1;
        r = VWR_OK; /* the others cannot be driven%(words)s */
    }
"""
PROBE = """\
    const uint32_t first = VWR_PCI_FUNCTION(host->first_bus, 0, 0);
    unsigned n = 0;
    const int r = %(place)s;

    for (uint32_t i = 0; i < 256 && n < count && r == VWR_OK; i++) /* of the first bus */
        if (%(probe)s(&found[n], host, first + i) == VWR_OK)
            n++;
"""
SIZES = "#define REQUESTS 8u  /* of the disk at once */\n#define SEGMENTS 16u /* of a request */\n"


def _include(choice: Choice) -> str:
    if not choice.files:
        return '#include "vwr.h"\n'
    headers = [name for name in choice.headers if name != "vwr/vmmio.h"]
    return "".join(f'#include "{name}"\n' for name in sorted(headers))


def _headers(choice: Choice) -> list[str]:
    """Of its transports."""
    return [f"vwr/{one}.h" for one in choice.transports]


def _found(choice: Choice, name: str) -> dict[str, str]:
    """Words of a template for how a device is found: by its registers where there is MMIO alone, else by what a probe made."""
    if choice.transports != ("mmio",):
        return {"where": " that a probe has found", "state": "", "parameter": "struct vwr_dev *dev", "open": "int r =", "dev": "dev",
                "opened": "\n", "of": "that"}
    mmio = f"{name}mmio"
    return {"where": " whose registers are at `registers`", "state": f"static struct vwr_mmio {mmio};\n",
            "parameter": "volatile void *registers", "dev": f"&{mmio}.dev", "opened": "", "of": f"{mmio}.dev",
            "open": f"int r = {probe('mmio', choice.interface)}(&{mmio}, registers, VWR_MMIO_SIZE);\n\n"
                    "    if (r == VWR_OK)\n        r ="}


def _find(choice: Choice) -> Iterator[str]:
    """What finds devices on PCI."""
    if "pci" not in choice.transports:
        return
    words = {"place": "vwr_pci_place(host)" if "place" in choice.parts else "VWR_OK", "probe": probe("pci", choice.interface),
             "words": ": vwr_pci_explain of it says why" if "texts" in choice.parts else ""}
    yield template("find.c") % {"include": '#include "vwr/pci.h"\n' if choice.files else _include(choice),
                                "walk": (SCAN if "functions" in choice.parts else PROBE) % words}


def _driver(choice: Choice, name: str) -> str:
    """Ten lines that read a sector, or what another device is for."""
    words = " /* vwr_dev_explain has the words for an error */" if "texts" in choice.parts else ""
    headers = sorted([DRIVERS[name], *_headers(choice)])
    include = "".join(f'#include "{header}"\n' for header in headers) if choice.files else _include(choice)
    return template(f"drive_{name}.c") % {"include": include, "words": words, **_found(choice, "" if name == "blk" else f"{name}_")}


def _disk(choice: Choice) -> str:
    if choice.side == "both":
        replay = ", .replay = &vwr_blk_replay" if "recovery" in choice.parts else ""
        return template("real.c") % {"replay": replay, **_found(choice, "real_")} + template("disk.c")
    return (template("memory.c") if "memory" in choice.parts else template("yours.c")) + template("disk.c")


def _vm(choice: Choice) -> str:
    """A VM, and how it is driven."""
    both, devices = choice.side == "both", choice.devices
    adds = [f"    r = open_real({'registers' if choice.transports == ('mmio',) else 'dev'});\n"] if both else []
    adds += [f"    if (r == VWR_OK)\n        r = add_{ {'blk': 'disk'}.get(name, name) }({slot});\n"
             for slot, name in enumerate(devices)]
    prototypes = "".join(HOOKS.get(name, "") for name in devices)
    words = {"devices": " and ".join(WORDS.get(name, f"the device {name}") for name in devices), "count": len(devices),
             "include": _include(choice), "hooks": ", and what devices are for" if prototypes else "",
             "prototypes": prototypes + ("\n" + SIZES if "blk" in devices else ""),
             "parameters": f"{_found(choice, 'real_')['parameter']}, " if both else "", "adds": "".join(adds),
             "legacy": ", .legacy = true" if choice.interface == "legacy" else ""}
    bodies = {"blk": _disk(choice), "console": template("console.c"), "entropy": template("entropy.c"),
              **{name: template("service.c") % {"name": name, "c": _c(name, end), "queues": _queues(name)} for name, end in choice.ends.items()}}
    return template("head.c") % words + "".join(bodies[name] for name in devices) + template("tail.c") % words


def _queues(name: str) -> int:
    """Of the device if it has one of each."""
    return max(queue.index or 0 for queue in description.specs()[name].queues) + 1


def _c(name: str, end: str) -> str:
    """The device in the names of C: sound is snd."""
    return re.sub(rf"vwr_(\w+?)_v?{end}_\w+", r"\1", end_calls(name, end)[0])


def _clients(choice: Choice) -> Iterator[str]:
    include = "".join(f'#include "{header}"\n' for header in _headers(choice)) if choice.files else _include(choice)
    for name, end in choice.ends.items():
        own = f'#include "vwr/client/{name}.h"\n' if choice.files else ""
        yield template("client.c") % {"name": name, "c": _c(name, end), "include": own + include, **_found(choice, f"{name}_")}


def text(choice: Choice) -> str:
    """The example of a profile."""
    if choice.side != "driver":
        return _vm(choice)
    return "\n".join([*_find(choice), *(_driver(choice, name) for name in choice.drivers), *_clients(choice)])

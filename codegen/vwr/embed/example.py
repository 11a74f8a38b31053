# SPDX-License-Identifier: MIT
"""The example beside a copy: of the driver side what each device is for, of the device side a VM with devices."""

import re
from collections.abc import Iterator

from vwr import description
from vwr.embed.choice import Choice
from vwr.embed.classes import DRIVERS, PROBES, end_calls
from vwr.embed.templates import template

WORDS = {"blk": "a disk", "console": "a console", "entropy": "random bytes"}
HOOKS = {"blk": "", "console": "void vwr_example_put(uint8_t byte); /* that the guest has written */\n",
         "entropy": "uint32_t vwr_example_random(uint8_t *bytes, uint32_t n); /* how many there were */\n"}
SIZES = "#define REQUESTS 8u  /* of the disk at once */\n#define SEGMENTS 16u /* of a request */\n"


def _include(choice: Choice) -> str:
    if not choice.files:
        return '#include "vwr.h"\n'
    headers = [name for name in choice.headers if name != "vwr/vmmio.h"]
    return "".join(f'#include "{name}"\n' for name in sorted(headers))


def _driver(choice: Choice, name: str) -> str:
    """Ten lines that read a sector, or what another device is for."""
    words = " /* vwr_dev_explain has the words for an error */" if "texts" in choice.parts else ""
    include = f'#include "{DRIVERS[name]}"\n#include "vwr/mmio.h"\n' if choice.files else _include(choice)
    return template(f"drive_{name}.c") % {"include": include, "probe": PROBES[choice.mmio], "words": words}


def _disk(choice: Choice) -> str:
    if choice.side == "both":
        replay = ", .replay = &vwr_blk_replay" if "recovery" in choice.parts else ""
        return template("real.c") % {"probe": PROBES[choice.mmio], "replay": replay} + template("disk.c")
    return (template("memory.c") if "memory" in choice.parts else template("yours.c")) + template("disk.c")


def _vm(choice: Choice) -> str:
    """A VM, and how it is driven."""
    both, devices = choice.side == "both", choice.devices
    adds = ["    r = open_real(registers);\n"] if both else []
    adds += [f"    if (r == VWR_OK)\n        r = add_{ {'blk': 'disk'}.get(name, name) }({slot});\n"
             for slot, name in enumerate(devices)]
    prototypes = "".join(HOOKS.get(name, "") for name in devices)
    words = {"devices": " and ".join(WORDS.get(name, f"the device {name}") for name in devices), "count": len(devices),
             "include": _include(choice), "hooks": ", and what devices are for" if prototypes else "",
             "prototypes": prototypes + ("\n" + SIZES if "blk" in devices else ""),
             "parameters": "volatile void *registers, " if both else "", "adds": "".join(adds),
             "legacy": ", .legacy = true" if choice.mmio == "legacy" else ""}
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
    include = '#include "vwr/mmio.h"\n' if choice.files else _include(choice)
    for name, end in choice.ends.items():
        own = f'#include "vwr/client/{name}.h"\n' if choice.files else ""
        yield template("client.c") % {"name": name, "c": _c(name, end), "include": own + include, "probe": PROBES[choice.mmio]}


def text(choice: Choice) -> str:
    """The example of a profile."""
    if choice.side != "driver":
        return _vm(choice)
    return "\n".join([*(_driver(choice, name) for name in choice.drivers), *_clients(choice)])

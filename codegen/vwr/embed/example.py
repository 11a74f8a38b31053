# SPDX-License-Identifier: MIT
"""The example beside a copy: of the driver side a disk that is read, of the device side a VM with devices."""

from vwr.embed.choice import Choice, PROBES
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


def _read(choice: Choice) -> str:
    """Ten lines that read a sector."""
    words = " /* vwr_dev_explain has the words for an error */" if "texts" in choice.parts else ""
    include = '#include "vwr/blk.h"\n#include "vwr/mmio.h"\n' if choice.files else _include(choice)
    return template("read.c") % {"include": include, "probe": PROBES[choice.mmio], "words": words}


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
    prototypes = "".join(HOOKS[name] for name in devices)
    words = {"devices": " and ".join(WORDS[name] for name in devices), "count": len(devices),
             "include": _include(choice), "hooks": ", and what devices are for" if prototypes else "",
             "prototypes": prototypes + ("\n" + SIZES if "blk" in devices else ""),
             "parameters": "volatile void *registers, " if both else "", "adds": "".join(adds),
             "legacy": ", .legacy = true" if choice.mmio == "legacy" else ""}
    bodies = {"blk": _disk(choice), "console": template("console.c"), "entropy": template("entropy.c")}
    return template("head.c") % words + "".join(bodies[name] for name in devices) + template("tail.c") % words


def text(choice: Choice) -> str:
    """The example of a profile."""
    return _read(choice) if choice.side == "driver" else _vm(choice)

# SPDX-License-Identifier: MIT
"""What somebody wants in their tree: a profile, read from YAML and the command line, and what it cannot be."""

import difflib
import functools
import re
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parents[1]
FORMAT = 1


class ChoiceError(Exception):
    """Why there is no such copy, in one sentence."""


class Part(NamedTuple):
    """Something that a copy has or has not."""
    words: str
    default: bool = True
    switch: str = ""     # of vwr/profile.h: VWR_WITH_<switch>
    calls: tuple = ()    # what it adds to vwr.h
    needs: tuple = ()    # other parts
    feature: str = ""    # the document's feature that it is


# In the order in which a profile is written.
PARTS = {
    "packed": Part("packed rings, besides split ones", switch="PACKED", feature="RING_PACKED"),
    "indirect": Part("indirect descriptors", switch="INDIRECT"),
    "event_idx": Part("notifications and interrupts at a named buffer", switch="EVENT_IDX"),
    "in_order": Part("devices that use buffers in order", switch="IN_ORDER", feature="IN_ORDER"),
    "notification_data": Part("notifications that say where the ring ends", switch="NOTIFICATION_DATA",
                              feature="NOTIFICATION_DATA"),
    "write": Part("writing, and flush", calls=("vwr_blk_write", "vwr_blk_flush")),
    "id": Part("the disk's id string", calls=("vwr_blk_get_id",)),
    "changes": Part("capacity and write cache that change while the disk runs",
                    calls=("vwr_blk_config_changed", "vwr_blk_set_write_cache")),
    "interrupts": Part("vwr_dev_irq for an interrupt handler", calls=("vwr_dev_irq",)),
    "async": Part("requests that nobody waits for, many at once, more queues, requests of several parts",
                  switch="ASYNC",
                  calls=("vwr_blk_submit", "vwr_blk_kick", "vwr_blk_reap", "vwr_blk_arm", "vwr_blk_disarm",
                         "vwr_blk_wait", "vwr_blk_do", "vwr_blk_service", "vwr_blk_readv", "vwr_blk_writev")),
    "ranges": Part("discard, write zeroes, secure erase, and how worn the disk is", needs=("async",),
                   calls=("vwr_blk_discard", "vwr_blk_write_zeroes", "vwr_blk_secure_erase", "vwr_blk_get_lifetime")),
    "zoned": Part("disks with zones", switch="ZONED", needs=("async",),
                  calls=("vwr_blk_zone_report", "vwr_blk_zone_open", "vwr_blk_zone_close", "vwr_blk_zone_finish",
                         "vwr_blk_zone_reset", "vwr_blk_zone_reset_all", "vwr_blk_zone_append")),
    "recovery": Part("bringing back a disk that has failed", switch="RECOVERY",
                     calls=("vwr_blk_recover", "vwr_blk_get_stage")),
    "scan": Part("looking through address windows for devices", calls=("vwr_mmio_scan_next",)),
    "selftest": Part("vwr_port_selftest, which looks at a port before the first request", calls=("vwr_port_selftest",)),
    "stats": Part("counters", switch="STATS"),
    "texts": Part("errors in words", calls=("vwr_strerror", "vwr_dev_explain", "vwr_blk_explain")),
    "trace": Part("the last events, for ./vwr explain; a hook of the port", default=False, calls=("vwr_trace_line",)),
}
SIDES, TRANSPORTS, DEVICES = ("driver",), ("mmio",), ("blk",)
MMIO = ("both", "legacy", "modern")
CHOICES = {"side": SIDES, "transport": TRANSPORTS, "mmio": MMIO, "device": DEVICES}
ALWAYS = ("vwr_blk_open", "vwr_blk_read", "vwr_blk_close")
PROBES = {"both": "vwr_mmio_probe", "legacy": "vwr_mmio_probe_legacy", "modern": "vwr_mmio_probe_modern"}
ONE_TRANSPORT = {"legacy": "vwr_mmio_legacy", "modern": "vwr_mmio_modern"}
HEADERS = ("vwr/mmio.h", "vwr/blk.h")
MORE_HEADERS = {"zoned": "vwr/blk_zone.h", "selftest": "vwr/selftest.h"}


class Choice(NamedTuple):
    """A profile that can be made."""
    side: str
    transport: str
    mmio: str
    device: str
    parts: tuple         # names of those that are in, in the order of PARTS
    files: bool          # the sources instead of the pair

    @property
    def calls(self):
        """What the embedder may call."""
        return [PROBES[self.mmio], *ALWAYS, *(call for name in self.parts for call in PARTS[name].calls)]

    @property
    def headers(self):
        """Headers with these calls, and what they include."""
        return HEADERS + tuple(header for name, header in MORE_HEADERS.items() if name in self.parts)

    @property
    def switches(self):
        """{macro: 0 or 1} of vwr/profile.h."""
        return {f"VWR_WITH_{part.switch}": int(name in self.parts) for name, part in PARTS.items() if part.switch}


def defaults():
    """All that there is, but the trace."""
    return {"side": "driver", "transport": "mmio", "mmio": "both", "device": "blk", "form": "pair",
            "parts": {name: part.default for name, part in PARTS.items()}}


def _meant(word, words):
    near = difflib.get_close_matches(str(word), list(words), 1)
    return f" (did you mean {near[0]}?)" if near else ""


@functools.cache
def documented():
    """Devices and transports of the description: they have a page each."""
    pages = sorted((ROOT / "generated" / "docs").glob("*.md"))
    return {path.stem: "device" if "Device id " in path.read_text(encoding="utf-8") else "other" for path in pages}


def _why_not(key, value):
    """The sentence on a choice that there is not."""
    have = ", ".join(CHOICES[key])
    known = documented()
    if key == "device" and known.get(str(value)) == "device":
        return f"there is no driver for device {value} yet: the description has it, the runtime drives {have}"
    if key == "transport" and value == "pci":
        return f"transport pci is in the description, the runtime has {have}"
    if key == "side" and value == "device":
        return f"the device side is not in the runtime yet, it has side {have}"
    near = _meant(value, [*CHOICES[key], *(name for name, kind in known.items() if kind == key)])
    return f"there is no {key} '{value}'{near}; {key} is one of {have}"


def requirements():
    """{feature: features of which it needs one each}, from the generated table of the reserved features."""
    text = (ROOT / "generated" / "src" / "vwr_gen_features.c").read_text(encoding="utf-8")
    found = {}
    for feature, any_of in re.findall(r"\.feature = VWR_F_(\w+), \.any = \{([^}]*)\}", text):
        found.setdefault(feature, []).append(re.findall(r"VWR_F_(\w+)", any_of))
    return found


def _check_parts(parts, mmio):
    needs = requirements()
    for name, part in PARTS.items():
        if not parts[name]:
            continue
        for other in part.needs:
            if not parts[other]:
                raise ChoiceError(f"{name} ({part.words}) needs {other}, which this profile turns off")
        if mmio == "legacy" and ["VERSION_1"] in needs.get(part.feature, []):
            raise ChoiceError(f"{name} is feature {part.feature}, which needs VERSION_1, and mmio: legacy turns that off")
    if parts["scan"] and mmio != "both":
        raise ChoiceError(f"scan (it probes for both versions) needs mmio: both, and this profile has {mmio}")


def made(wish):
    """The choice that a wish (as of `defaults`) stands for."""
    for key, values in CHOICES.items():
        if wish[key] not in values:
            raise ChoiceError(_why_not(key, wish[key]))
    if wish["form"] not in ("pair", "files"):
        raise ChoiceError(f"form is pair or files, not {wish['form']}")
    _check_parts(wish["parts"], wish["mmio"])
    parts = tuple(name for name in PARTS if wish["parts"][name])
    return Choice(*(wish[key] for key in CHOICES), parts, wish["form"] == "files")


def read(path):
    """A wish from a profile file; what it does not say is the default."""
    try:
        data = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ChoiceError(f"{path}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ChoiceError(f"{path}: not YAML: {' '.join(str(error).split())}") from None
    return of_data(data, path)


def of_data(data, path):
    """The same from what the YAML holds."""
    wish = defaults()
    if not isinstance(data, dict):
        raise ChoiceError(f"{path}: a profile is a list of 'key: value'; embed/README.md has one")
    if data.pop("virtwright", FORMAT) != FORMAT:
        raise ChoiceError(f"{path}: virtwright has to be {FORMAT}, this is a profile of another version")
    parts = data.pop("parts", {})
    if not isinstance(parts, dict):
        raise ChoiceError(f"{path}: parts is a list of 'part: true' or 'part: false'")
    for key, value in data.items():
        if key not in wish:
            raise ChoiceError(f"{path}: unknown key '{key}'{_meant(key, wish)}")
        wish[key] = value
    for name, value in parts.items():
        _set_part(wish, name, value, f"{path}: ")
    return wish


def _set_part(wish, name, value, where=""):
    if name not in PARTS:
        raise ChoiceError(f"{where}there is no part '{name}'{_meant(name, PARTS)}; parts are {', '.join(PARTS)}")
    if not isinstance(value, bool):
        raise ChoiceError(f"{where}part {name} is true or false, not {value!r}")
    wish["parts"][name] = value


def change(wish, names, value):
    """Switches parts on or off, as the command line lists them; 'all' is each."""
    for name in filter(None, ",".join(names).split(",")):
        for one in PARTS if name == "all" else [name]:
            _set_part(wish, one, value)


def mmio_legacy_drops(wish, said):
    """With one version of MMIO, parts that it cannot have go, unless they were asked for by name."""
    needs = requirements()
    for name, part in PARTS.items():
        if name in said:
            continue
        if wish["mmio"] == "legacy" and ["VERSION_1"] in needs.get(part.feature, []):
            wish["parts"][name] = False
        if name == "scan" and wish["mmio"] in ONE_TRANSPORT:
            wish["parts"][name] = False


def text(choice):
    """The profile file."""
    lines = ["# SPDX-License-Identifier: MIT",
             "# A profile of an embedded copy of Virtwright: ./vwr embed DIR --profile THIS-FILE",
             f"virtwright: {FORMAT}"]
    lines += [f"{key}: {getattr(choice, key)}" for key in CHOICES]
    lines += [f"form: {'files' if choice.files else 'pair'}", "parts:"]
    width = max(map(len, PARTS)) + len(": false")
    for name, part in PARTS.items():
        value = f"{name}: {'true' if name in choice.parts else 'false'}"
        lines.append(f"  {value:<{width}}  # {part.words}")
    return "\n".join(lines) + "\n"

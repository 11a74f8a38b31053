# SPDX-License-Identifier: MIT
"""
The barriers of a port: the instructions that the embedder's compiler generates for each hook, and the
requirements of
a device on this machine.

A barrier is the set of the pairs that it orders as a device sees them: an earlier access and a later one, of
memory (r, w) or of registers (i, o), with the letters of RISC-V's fence.
"""

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from vwr.sentence import joined

OF_THE_COMPILER = ("__sync_", "__atomic_")  # functions that the compiler may call for its built-in barriers
Pairs = frozenset[tuple[str, str]]

_PROBE = """\
#if defined(VWR_PORT_HEADER)
#include VWR_PORT_HEADER
#else
#include "vwr_port.h"
#endif
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
#define MACHINE cpu_arm_m
#elif defined(__aarch64__) || defined(__arm__) && __ARM_ARCH >= 7
#define MACHINE cpu_arm
#elif defined(__arm__)
#define MACHINE cpu_old_arm
#elif defined(__riscv)
#define MACHINE cpu_riscv
#elif defined(__x86_64__) || defined(__i386__)
#define MACHINE cpu_x86
#elif defined(__powerpc__)
#define MACHINE cpu_powerpc
#else
#define MACHINE cpu_other
#endif
#define NAME_OF(machine) vwr_##machine
#define NAME(machine) NAME_OF(machine)
void NAME(MACHINE)(void) {}
void vwr_probe_mb(void) { vwr_port_mb(); }
void vwr_probe_rmb(void) { vwr_port_rmb(); }
@of_drivers@#ifdef vwr_port_release
void vwr_probe_release(void) { vwr_port_release(); }
#endif
"""
OF_DRIVERS = "void vwr_probe_wmb(void) { vwr_port_wmb(); }\n"
CALLS = re.compile(r"b|bl|blx|call|callq|jmp|jmpq|tail|jal|j")
INDIRECT = re.compile(
    r"blr\s+x\d+|br\s+x\d+|blx\s+r\d+|jalr\s+\w+|jr\s+(?!ra)\w+|(?:call|jmp)q?\s+\*|bctrl?\b"
)


def _pairs(before: str, after: str) -> Pairs:
    return frozenset(product(before, after))


ALL = _pairs("iorw", "iorw")
# What the library requires of each hook.
NEEDS = {
    "mb": ALL,
    "rmb": _pairs("ir", "r"),  # the cause of an interrupt, or an index, before the rings
    "wmb": _pairs("w", "ow"),  # a ring before the register that passes it to the device
    "release": _pairs("rw", "w"),
}
TOTAL_STORE_ORDER = ALL - _pairs("ow", "ir")
# What the device side requires: its memory is that of a guest, which a CPU accesses.
OF_DEVICES = {"mb": _pairs("rw", "rw"), "rmb": _pairs("r", "r"), "release": _pairs("rw", "w")}
DOMAINS = {
    "ld": _pairs("ir", "iorw"),
    "st": _pairs("ow", "ow"),
    "": ALL,
}  # Arm's barriers, by the accesses that they order


def _fence(m: re.Match[str]) -> Pairs:
    return _pairs(m[1], m[2]) if m[1] else ALL


def _among_cpus(m: re.Match[str]) -> Pairs:
    option = (m[1] or "sy").removesuffix("nxs").removeprefix("ish").removeprefix("osh").removeprefix("sy")
    return DOMAINS.get(option, frozenset())


def _arm(m: re.Match[str]) -> Pairs:
    option = (m[1] or "sy").removesuffix("nxs")
    if option in ("sy", "ld", "st"):
        return DOMAINS[option.removeprefix("sy")]
    return DOMAINS[option[3:]] if option.startswith("osh") else frozenset()  # among CPUs only


class Machine(NamedTuple):
    """The instructions that order accesses on a kind of machine."""

    right: str  # a barrier for each hook
    always: Pairs  # without an instruction
    # (pattern of an instruction, its pairs or a function of the match)
    barriers: tuple[tuple[str, Pairs | Callable[[re.Match[str]], Pairs]], ...]
    among_cpus: tuple[
        tuple[str, Callable[[re.Match[str]], Pairs]], ...
    ] = ()  # that count for these, before those


CP15 = (r"mcr\s+p?15,\s*#?0,\s*\w+,\s*cr?7,\s*cr?10,\s*#?[45]", ALL)
MACHINES = {
    "arm": Machine(
        "dmb sy",
        frozenset(),
        ((r"d[ms]b(?:\s+(\w+))?", _arm), CP15),
        ((r"d[ms]b(?:\s+(\w+))?", _among_cpus),),
    ),
    "arm_m": Machine("dmb sy", frozenset(), ((r"d[ms]b(?:\s+\w+)?", ALL),)),  # one domain
    "old_arm": Machine("mcr p15, 0, r0, c7, c10, 4", frozenset(), (CP15,)),
    "riscv": Machine(
        "fence iorw, iorw",
        frozenset(),
        (
            (r"fence\.tso", _pairs("r", "rw") | _pairs("w", "w")),
            (r"fence(?:\s+([iorw]+)\s*,\s*([iorw]+))?", _fence),
        ),
    ),
    "x86": Machine("mfence", TOTAL_STORE_ORDER, ((r"mfence|lock\b.*|xchg\w?\s.*[(\[].*", ALL),)),
    "powerpc": Machine(
        "sync",
        frozenset(),
        (
            (r"(?:hw|m)?sync(?:\s+0)?", ALL),
            (r"lwsync|sync\s+1", _pairs("rw", "rw") - _pairs("w", "r")),
            (r"eieio", _pairs("w", "w") | _pairs("io", "io")),
        ),
    ),
}


def _functions(assembly: str) -> dict[str, list[str]]:
    """{label: its instructions, in lower case}, without those of the assembler."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in assembly.splitlines():
        text = line.strip()
        if re.match(r"[#@;]|//", text):
            continue
        label = re.match(r"([A-Za-z_]\w*):", text)
        if label:
            name = label[1]
            found[name] = []
        elif name and text and not re.match(r"\.[\w$]*:?", text):
            found[name] += [" ".join(one.split()) for one in re.split(r"[;\n]", text) if one.strip()]
    return found


def _reached(name: str, functions: dict[str, list[str]], seen: set[str]) -> Iterator[tuple[str, str]]:
    """(instruction, '') of a function and of those of the file that it calls, ('', name) of a call of another one."""
    seen.add(name)
    for instruction in functions[name]:
        word, _, rest = instruction.partition(" ")
        target = re.match(r"[A-Za-z_]\w*", re.sub(r"^(?:ra|zero)\s*,\s*", "", rest))
        if INDIRECT.match(instruction):
            yield "", "?"
        elif not CALLS.fullmatch(word) or target is None:
            yield instruction, ""
        elif target[0] not in functions:
            yield "", target[0]
        elif target[0] not in seen:
            yield from _reached(target[0], functions, seen)


def _ordered(machine: Machine, instruction: str, of_devices: bool) -> Pairs | None:
    """The pairs that an instruction orders; None: it is not a barrier."""
    for pattern, what in (*(machine.among_cpus if of_devices else ()), *machine.barriers):
        m = re.fullmatch(pattern, re.sub(r"\s*(?:@|//).*", "", instruction).strip().lower())
        if m:
            return what(m) if callable(what) else what
    return None


def _judged(
    machine: Machine, hook: str, functions: dict[str, list[str]], of_devices: bool
) -> tuple[str, ...]:
    """
    Describes the problem of a hook, if there is one: the verb in singular and plural, and the rest of the
    sentence.
    """
    rows = list(_reached(f"vwr_probe_{hook}", functions, set()))
    found = {one: pairs for one, _ in rows if (pairs := _ordered(machine, one, of_devices)) is not None}
    called = [name for _, name in rows if name]
    if (OF_DEVICES if of_devices else NEEDS)[hook] <= machine.always.union(*found.values()):
        return ()
    own = next((name for name in called if name.startswith(OF_THE_COMPILER)), None)
    if own:
        return "calls", "call", f"{own}, because the compiler knows no barrier of this CPU"
    if called:  # nothing is known about a function defined elsewhere
        return ()
    if not found:
        return "has", "have", "no barrier instruction, although this CPU reorders accesses"
    whom = "the CPUs of guests" if of_devices else "a device"
    return "is", "are", f"{joined([repr(one) for one in found])}, which is too weak for {whom}"


def probe(of_devices: bool) -> str:
    """The source whose assembly has the hooks, all or those that the device side calls."""
    return _PROBE.replace("@of_drivers@", "" if of_devices else OF_DRIVERS)


def weak(assembly: str, of_devices: bool = False) -> Iterator[str]:
    """
    Sentences on the hooks that are too weak for a device, or with `of_devices` for the CPUs of guests, from the
    assembly of the probe.
    """
    functions = _functions(assembly)
    kind = next((name for name in MACHINES if f"vwr_cpu_{name}" in functions), None)
    if kind is None:
        return
    hooks: dict[tuple[str, ...], list[str]] = {}
    for hook in OF_DEVICES if of_devices else NEEDS:
        if f"vwr_probe_{hook}" in functions:
            hooks.setdefault(_judged(MACHINES[kind], hook, functions, of_devices), []).append(
                f"vwr_port_{hook}"
            )
    for what, names in hooks.items():
        if what:
            right = f"'{MACHINES[kind].right}' is right: docs/porting.md, Barriers"
            yield f"{joined(names)} {what[len(names) > 1]} {what[2]}; {right}"

# SPDX-License-Identifier: MIT
"""
Configuration space of a function: the driver's accesses, and the settings that keep the device from working.

The numbers are PCI's own, on which the specification relies.
"""

from vwr import description
from vwr.explain import places
from vwr.explain.lines import Event
from vwr.explain.report import line_of
from vwr.explain.walk import Walk

TITLE = "Configuration space"
ID, COMMAND, SUBSYSTEM, FIRST_CAPABILITY, HEADER_END = 0x00, 0x04, 0x2C, 0x34, 0x40
VENDOR, MSIX = 0x09, 0x11
COMMANDS = {"I/O Space": 0x1, "Memory Space": 0x2, "Bus Master": 0x4, "Interrupt Disable": 0x400}
MSIX_ENABLE, MSIX_MASK = 0x80000000, 0x40000000
MOST_CAPABILITIES = 48
ENTRY, ENTRY_CONTROL, ENTRY_MASK = 16, 12, 0x1  # of the MSI-X table
ENTRY_PARTS = {
    0: "address",
    4: "address, high half",
    8: "data",
    ENTRY_CONTROL: "Vector Control; bit 0: masked",
}


class Space:
    """The state of one function, updated by each access."""

    def __init__(self, events: list[Event]) -> None:
        self.seen = any(event.region == "space" for event in events)
        self.function = places.Function(
            next((event.address & -places.PAGE for event in events if event.region == "space"), 0)
        )
        self.registers = [event for event in events if event.region not in ("", "space", "messages", "place")]
        self.commanded = False  # COMMAND was written
        self.vector: dict[str, int] = {}  # queue or configuration: the last vector written
        whole = places.Function(0)
        for event in events:
            if event.region == "space":
                places.put(whole, event)
        self.whole = whole  # at the end
        self.constants = {row.name: row.value for row in description.specs()["pci"].groups[0].values}
        self.no_vector = self.constants["MSI_NO_VECTOR"]
        self.entry: dict[int, dict[int, int]] = {}  # of the MSI-X table: {part of it: value}
        self.multiplier = next(
            (extra for kind, _, _, extra in structures(whole) if kind == "NOTIFY_CFG"), None
        )

    @property
    def number(self) -> str:
        """Device and function, in the form of an ECAM address."""
        return f"{self.function.page // places.PAGE >> 3 & 31:02x}.{self.function.page // places.PAGE & 7}"

    def command(self, name: str) -> bool:
        """Whether a bit of COMMAND is currently set."""
        return bool(self.function.word.get(COMMAND, 0) & COMMANDS[name])

    @property
    def type(self) -> int | None:
        """The device type from the ids of the function; for a transitional device, from the subsystem id."""
        device = self.whole.word.get(ID, 0) >> 16
        if device > self.constants["DEVICE_ID_TRANSITIONAL_MAX"]:
            return int(device - self.constants["DEVICE_ID_MODERN_BASE"])
        return self.whole.word[SUBSYSTEM] >> 16 if device and SUBSYSTEM in self.whole.word else None

    @property
    def msix(self) -> int | None:
        """The header of the MSI-X capability; None: not seen."""
        return next((head for head, _ in capabilities(self.function) if head & 0xFF == MSIX), None)

    @property
    def uses_messages(self) -> bool:
        """Whether MSI-X is enabled."""
        return bool((self.msix or 0) & MSIX_ENABLE)


def capabilities(one: places.Function) -> list[tuple[int, int]]:
    """(first 32 bits, offset) of each capability that was read."""
    out: list[tuple[int, int]] = []
    at = one.word.get(FIRST_CAPABILITY, 0) & 0xFC
    while at >= HEADER_END and at in one.word and len(out) < MOST_CAPABILITIES:
        out.append((one.word[at], at))
        at = one.word[at] >> 8 & 0xFC
    return out


def structures(one: places.Function) -> list[tuple[str, int, int, int | None]]:
    """(cfg_type, BAR, offset, the data after it) of the capabilities that were read."""
    group = next(group for group in description.specs()["pci"].groups if group.name == "cap-type")
    names = {row.value: row.name for row in group.values}
    out = []
    for head, at in capabilities(one):
        if head & 0xFF == VENDOR and head >> 24 in names and {at + 4, at + 8} <= set(one.word):
            out.append((names[head >> 24], one.word[at + 4] & 0xFF, one.word[at + 8], one.word.get(at + 16)))
    return out


def access(walk: Walk, space: Space, event: Event) -> None:
    """Handles one access. Accesses to COMMAND, BARs and MSI-X get a line; others are only recorded."""
    at = event.address % places.PAGE
    whole = at & ~3
    places.put(space.function, event)
    if event.verb != "write":
        return
    name = meaning = ""
    if whole == COMMAND and at < COMMAND + 2:
        space.commanded = True
        bits = [bit for bit, mask in COMMANDS.items() if event.value << 8 * (at - COMMAND) & mask]
        name, meaning = "COMMAND", ", ".join(bits) or "nothing is decoded"
    elif places.BAR_FIRST <= whole < places.BAR_END and event.value != places.ONES and event.value:
        name = _bar(space, whole)
    elif any(head & 0xFF == MSIX and offset == whole for head, offset in capabilities(space.function)):
        masked = ", all of them masked" if (space.msix or 0) & MSIX_MASK else ""
        name, meaning = "MSI-X", ("on" if space.uses_messages else "off") + masked
    if name:
        walk.report.add(TITLE, line_of(event, name, f"0x{event.value:x}", meaning), event.line)


def message(walk: Walk, space: Space, event: Event) -> None:
    """Handles an access to a part of the MSI-X table."""
    entry, part = divmod(event.address % places.PAGE, ENTRY)
    if event.verb == "write":
        space.entry.setdefault(entry, {})[part] = event.value
        walk.report.add(
            TITLE,
            line_of(event, f"MSI-X entry {entry}", f"0x{event.value:x}", ENTRY_PARTS.get(part, "")),
            event.line,
        )


def _messages(walk: Walk, space: Space) -> None:
    """Checks that each vector in use has an address and is not masked."""
    for what, vector in space.vector.items():
        entry = space.entry.get(vector, {})
        if vector == space.no_vector:
            continue
        if not entry.get(0) and not entry.get(4):
            walk.find(
                "message-address",
                f"{what.capitalize()} sends message {vector}, but entry {vector} of the MSI-X table has no address",
            )
        elif entry.get(ENTRY_CONTROL, ENTRY_MASK) & ENTRY_MASK:
            walk.find(
                "message-masked",
                f"{what.capitalize()} sends message {vector}, but entry {vector} of the MSI-X table is masked (bit 0"
                " of its Vector Control, which is 1 after a reset)",
            )


def _bar(space: Space, at: int) -> str:
    """The register of a BAR; a 64-bit BAR has two registers."""
    one = space.function
    number, below = (at - places.BAR_FIRST) // 4, one.kind.get(at - 4, one.word.get(at - 4, places.IO))
    return (
        f"BAR {number - 1}, high half"
        if number and not below & places.IO and below & places.WIDE
        else f"BAR {number}"
    )


def notified(walk: Walk, space: Space, line: int) -> None:
    """A device without Bus Master cannot access buffers."""
    if space.seen and space.commanded and not space.command("Bus Master"):
        walk.find(
            "master-off",
            "A queue was notified, but Bus Master (bit 2 of COMMAND) is 0: the device cannot access memory, so "
            "it sees no buffer",
            line,
            "",
        )


def end(walk: Walk, space: Space) -> None:
    """Missing events."""
    if space.seen and not space.registers:
        _untouched(walk, space)
    if space.seen and walk.reached and not space.uses_messages and space.command("Interrupt Disable"):
        walk.find(
            "intx-off",
            "Interrupt Disable (bit 10 of COMMAND) is 1 and MSI-X is off: the device cannot interrupt",
        )
    if space.seen and space.uses_messages and walk.reached:
        _messages(walk, space)
    if space.uses_messages and (space.msix or 0) & MSIX_MASK:
        walk.find("msix-masked", "MSI-X is enabled, but its Function Mask is set: no message is sent")


def _untouched(walk: Walk, space: Space) -> None:
    """The reason why the registers were never used."""
    bars = space.function.bars
    for kind, bar, _, _ in structures(space.function):
        if kind == "COMMON_CFG" and bar < len(bars) and bars[bar][0] == 0:
            walk.find(
                "bar-unplaced",
                f"BAR {bar}, which contains the common configuration, has no address: if no firmware has placed "
                "the BARs, the driver must",
            )
            return
    if space.commanded and not space.command("Memory Space") and not space.command("I/O Space"):
        walk.find(
            "decode-off",
            "COMMAND has neither Memory Space (bit 1) nor I/O Space (bit 0): no BAR is decoded, and registers"
            " read as all ones",
        )
    elif walk.alone:
        walk.find(
            "not-started",
            "Configuration space was read, but no register was: the driver examined the device and did not use it",
        )

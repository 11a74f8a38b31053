# SPDX-License-Identifier: MIT
"""Walks the events of one device: what they mean, and which rule of the document each of them breaks."""

import ends
import queues
import words
from report import Report
from rules import Findings
from session import Session

PROBE, RESET, FEATURES, CONFIG, OPERATION = "Probe", "Reset", "Features", "Configuration", "Operation"


class Walk:
    """One device. After `run`, `report` and `findings` say it all."""

    def __init__(self, book, base, events, wish=None):
        self.book, self.base, self.events = book, base, events
        self.report, self.findings = Report(), Findings(book.sections)
        self.session = Session()
        self.sessions = 1
        self.notes = []
        self.alone = True  # no other device of the trace is driven
        self.version_read, self.version = self._version()
        self.type_read, self.type = self._type(wish)
        self.device = book.devices.get(self.type)
        if self.device is None and wish and self.type_read is None:
            self.device = wish
        self.writes = sum(event.verb == "write" for event in events)
        self.blind = self._start_is_missing()
        self.findings.blind = self.blind

    # --- before anything else: what device is it? ---

    def _reads(self, name):
        at = self.base + self.book.offset(name) if self.base is not None else None
        return [event.value for event in self.events if event.verb == "read" and event.address == at]

    def _version(self):
        """(value that was read or None, name of the version to judge by)."""
        values = self._reads("Version")
        for value in values:
            if value in self.book.versions:
                return value, self.book.versions[value]
        for event in self.events:
            row = self.row(event)
            if row and len(row["versions"]) == 1:
                return (values or [None])[0], row["versions"][0]
        return (values or [None])[0], list(self.book.versions.values())[-1]

    def _type(self, wish):
        values = self._reads("DeviceID")
        real = [value for value in values if value not in self.book.empty]
        ids = [number for number, device in self.book.devices.items() if device is wish]
        return (values or [None])[0], (real or values or ids or [None])[0]

    def _start_is_missing(self):
        probed = any(self._reads(name) for name in ("MagicValue", "Version", "DeviceID"))
        resets = any(event.verb == "write" and self.name(event) == "Status" and event.value == self.book.reset
                     for event in self.events)
        return not probed and not resets

    @property
    def is_empty(self):
        """A slot in which nobody lives, and that the driver let alone."""
        return self.type_read in self.book.empty and not self.writes

    # --- helpers of all rules ---

    def row(self, event):
        """The register of an access, or None."""
        return self.book.at(event.address - self.base) if event.address is not None else None

    def name(self, event):
        """Its name, whole registers for halves."""
        row = self.row(event)
        return row["register"] if row else None

    def find(self, rule, sentence, line=None, key=None, section=None):
        """A finding of this device."""
        self.findings.add(rule, sentence, line, key, section)

    def has_status(self, name):
        """Whether a status bit is set; None if the trace does not tell."""
        return None if self.session.status is None else bool(self.session.status & self.book.status[name])

    @property
    def is_modern(self):
        """The version has a FEATURES_OK step."""
        return self.book.step("FEATURES_OK", self.version) is not None

    def shown(self, offset):
        """An address in this device."""
        return f"0x{self.base + offset:08x}"

    # --- the walk ---

    def run(self):
        """All events, then what never came."""
        if self.blind:
            self.notes.append("The start-up of this device is not in the trace: what it lacks is not judged.")
        if self.version_read is None and self.events and self.base is not None:
            self.notes.append(f"Version was not read: taken for {self.version} by the registers that are used.")
        for event in self.events:
            if event.verb in ("read", "write"):
                self.access(event)
            else:
                self.happening(event)
        ends.session(self, True)
        ends.device(self)
        return self

    def access(self, event):
        """A register was read or written."""
        row, session = self.row(event), self.session
        if event.verb == "write":
            session.writes += 1
        if not self.is_poll(event):
            session.after += 1
        if self.check_access(event, row):
            handler = getattr(self, f"{event.verb}_{row['register']}", None)
            self.show(event, row)
            if event.verb == "write":
                self.check_when(event, row)
            if handler:
                handler(event, row)

    def is_poll(self, event):
        """Reads that a driver repeats while it waits."""
        return event.verb == "read" and self.name(event) in ("Status", "InterruptStatus")

    def check_access(self, event, row):
        """Whether the access means anything: register, version, direction, width. Else it is told and left."""
        offset, told = event.address - self.base, f"0x{event.value:x}"
        if row is None:
            self.find("no-register", f"{words_of(event)} offset 0x{offset:03x}, where no register is", event.line,
                      (offset, event.verb))
            self.report.add(None, line_of(event, f"offset 0x{offset:03x}", told, "no register"), event.line)
            return False
        name = row["name"]
        if self.version not in row["versions"]:
            self.find("register-of-other-version", f"{words_of(event)} {name}, which only a {row['versions'][0]} device"
                      f" has, and this one is {self.version}{self.version_words()}{self.switch_words()}", event.line, "")
            self.report.add(None, line_of(event, name, told, f"not in {self.version}"), event.line)
            return False
        if {"read": "R", "write": "W"}[event.verb] not in row["dir"]:
            only = "be written" if row["dir"] == "W" else "be read"
            self.find("direction", f"{words_of(event)} {name}, which can only {only}", event.line, (name, event.verb))
            self.report.add(None, line_of(event, name, told, f"can only {only}"), event.line)
            return False
        inside = offset - row["offset"]
        if 8 * event.width not in row["widths_list"] or inside % event.width or (
                row["bytes"] == self.book.word and inside):
            wanted = words.joined([str(width) for width in row["widths_list"]], "or")
            self.find("width", f"{words_of(event)} {name} as {8 * event.width} bits at offset 0x{offset:03x}:"
                      f" its accesses are {wanted} bits wide and aligned", event.line, name)
            self.report.add(None, line_of(event, name, told, f"{8 * event.width} bits wide"), event.line)
            return False
        return True

    def version_words(self):
        """By which value the version is known."""
        return f" (Version reads {self.version_read})" if self.version_read is not None else ""

    def switch_words(self):
        """What to do about a version that the driver is not made for, where QEMU's trace says that it is QEMU."""
        return "; QEMU gives the modern layout with -global virtio-mmio.force-legacy=false" \
            if self.version == next(iter(self.book.versions.values())) else ""

    def check_when(self, event, row):
        """The state in which a write to this register counts."""
        if self.session.status is None or row["name"] in ("Status",):
            return
        must, must_not = self.book.when(row, self.version)
        lacking = [name for name in must if not self.has_status(name)]
        barring = [name for name in must_not if self.has_status(name)]
        name, line = row["register"], event.line
        if "FAILED" in barring:
            self.find("after-failed", f"{name} was written after FAILED: only a reset comes after it", line, "")
        elif name == "DriverFeatures" and barring:
            self.find("features-after-ok", f"DriverFeatures was written after {words.joined(barring)}, "
                      "by which the driver said that the set is complete", line, "")
        elif name == "QueueNotify" and lacking:
            self.find("notify-early", f"Queue {event.value} was notified before {words.joined(lacking)}: "
                      "a device does not look into a queue before", line, "")
        elif row["bank_name"] == "QueueSel" and lacking:
            self.find("queue-early", f"Queue {self.selected('QueueSel')} was set up before {words.joined(lacking)}"
                      f" was in Status (first {row['name']})", line, self.selected("QueueSel"))
        elif lacking:
            self.find("write-too-early", f"{name} was written before {words.joined(lacking)} was in Status", line, name)
        self.check_idle(event, row)

    def check_idle(self, event, row):
        """A queue that is in use may not be changed."""
        idle = row["idle_name"]
        if idle and self.book.has(self.version, idle):
            queue = self.session.queue(self.selected("QueueSel"))
            if queue.in_use:
                self.find("queue-busy", f"{row['name']} of queue {queue.index} was written while {idle} was not 0",
                          event.line, (queue.index, row["register"]))

    # --- lines of the report ---

    def show(self, event, row):
        """The line of an access, in the step that it belongs to."""
        name = row["register"]
        if name == "Config":
            return  # its handler knows the field
        if name in ("QueueNotify", "InterruptStatus", "InterruptACK"):
            self.operation()
            return
        if row["name"] == "QueueSel":
            if self.session.selected.get("QueueSel") == event.value and self.report.title == queue_title(event.value):
                return
        meaning = words.register(self.book, row, event.value, self.device, self.word_of(name))
        self.report.add(self.title(event, row), line_of(event, row["name"], f"0x{event.value:x}", meaning), event.line)

    def word_of(self, name):
        """Which word of the features a register shows now."""
        return self.session.selected.get(f"{name}Sel", 0)

    def title(self, event, row):
        """The step that an access belongs to."""
        name, bank = row["register"], row["bank_name"]
        if name in ("MagicValue", "Version", "DeviceID", "VendorID"):
            return PROBE
        if name.startswith(("DeviceFeatures", "DriverFeatures")):
            return FEATURES
        if name == "ConfigGeneration":
            return CONFIG
        if name == "QueueSel":
            return queue_title(event.value)
        if bank == "QueueSel":
            return queue_title(self.selected("QueueSel"))
        if name == "Status" and event.verb == "write":
            return self.status_title(event.value)
        return None

    def status_title(self, value):
        """The step that a write to Status takes."""
        if value == self.book.reset:
            return RESET
        new = value & ~(self.session.status or 0)
        for name in ("FAILED", "DRIVER_OK", "FEATURES_OK"):
            if new & self.book.status[name]:
                return name
        early = [name for name in ("ACKNOWLEDGE", "DRIVER") if new & self.book.status[name]]
        return "ACKNOWLEDGE / DRIVER" if early else None

    def operation(self):
        """The group of what is only counted."""
        if self.session.operation is None:
            self.session.operation = self.report.open(OPERATION)
        return self.session.operation

    def selected(self, register):
        """What a selector stands at: 0 after a reset."""
        return self.session.selected.get(register, 0)

    # --- probe ---

    def read_MagicValue(self, event, row):
        """Is it a register block at all?"""
        value, magic = event.value, self.book.magic
        if value == magic:
            return
        if value == (1 << 8 * self.book.word) - 1:
            self.find("gone", "All bits of MagicValue read as 1: no device answers at this address", event.line)
        elif value.to_bytes(self.book.word, "little") == magic.to_bytes(self.book.word, "big"):
            self.find("byte-order", "MagicValue reads with its bytes turned round: the registers are little-endian",
                      event.line)
        else:
            self.find("magic", f"MagicValue reads 0x{value:08x} and not 0x{magic:08x} (\"{words.text_of(magic)}\"):"
                      " there is no virtio-mmio register block at this address", event.line)

    def read_Version(self, event, row):
        """A version that there is."""
        if event.value not in self.book.versions:
            known = words.joined([f"{value} ({name})" for value, name in self.book.versions.items()], "or")
            self.find("version", f"Version reads {event.value}, and the document has {known}", event.line)

    # --- status ---

    def read_Status(self, event, row):
        """What the device makes of it."""
        session, value = self.session, event.value
        if value == self.book.reset:
            session.reset_confirmed = True
        if session.features_ok == "written":
            if value & self.book.status["FEATURES_OK"]:
                session.features_ok = "confirmed"
            else:
                session.features_ok = "refused"
                self.find("features-refused", "FEATURES_OK was written and reads back as 0: the device refuses the set"
                          " of features that the driver took", event.line)
        if value & self.book.status["DEVICE_NEEDS_RESET"] and session.needs_reset is None:
            session.needs_reset = event.line
        session.status = value

    def write_Status(self, event, row):
        """A step, or a reset."""
        value, old = event.value, self.session.status
        if value == self.book.reset:
            ends.session(self, False)
            self.sessions += 1
            self.session = Session(status=value, reset_line=event.line, reset_confirmed=False)
            return
        session = self.session
        if not session.reset_confirmed and session.reset_line is not None:
            self.find("reset-unread", "Status 0 was written and never read back: a reset is done when Status reads 0",
                      session.reset_line, "")
            session.reset_confirmed = True
        if session.reset_line is None and old in (None, 0) and self.sessions == 1:
            self.find("reset-never", "The device was not reset: no 0 was written to Status before the first step",
                      event.line, "")
        self.status_bits(event, old)
        session.status = value

    def status_bits(self, event, old):
        """Which bits come and which go."""
        value, bits, line = event.value, self.book.status, event.line
        unknown = value & ~sum(bits.values())
        if unknown:
            self.find("status-unknown", f"Status 0x{value:x} has bits that the document does not know (0x{unknown:x})",
                      line, unknown)
        gone = [name for name, bit in bits.items()
                if (old or 0) & bit & ~value and self.book.status_owner[name] == "driver" and name != "SUSPEND"]
        if gone:
            self.find("status-cleared", f"Status was written as 0x{value:x}, which takes {words.joined(gone)} away:"
                      " a driver never clears a bit, it resets", line, tuple(gone))
        for name, bit in bits.items():
            if value & bit & ~(old or 0):
                self.status_step(event, name, old or 0)
        if value & bits["DRIVER_OK"] & ~(old or 0):
            self.driver_ok(event)

    def status_step(self, event, name, old):
        """One bit that is new."""
        line, version, bits = event.line, self.version, self.book.status
        if name == "FEATURES_OK":
            self.features_ok(event)
        if name == "FAILED":
            self.session.failed = line
        step = self.book.step(name, version)
        if step is None:
            rule = "features-ok-legacy" if name == "FEATURES_OK" else "status-unknown"
            self.find(rule, f"{name} was set, and a {version} device has no such status bit", line, name)
            return
        if step["by"] != "driver":
            self.find("status-order", f"{name} was written by the driver, and it is the device's bit", line, name)
            return
        before = self.book.step_names(step, "before", version)
        late = [other for other in before if old & bits[other]]
        if late:
            self.find("status-order", f"{name} was set after {words.joined(late)}, which comes later in a start-up",
                      line, name)
        lacking = [other for other in self.book.step_names(step, "after", version)
                   if not event.value & bits[other] and not old & bits[other]]
        together = [other for other in self.book.step_names(step, "after", version)
                    if event.value & bits[other] and not old & bits[other]]
        if name == "DRIVER_OK" and "FEATURES_OK" in lacking:
            self.find("features-ok-never", "DRIVER_OK was set and FEATURES_OK never: the device was not asked whether it"
                      " takes the features", line)
            lacking.remove("FEATURES_OK")
        if lacking and self.session.reset_line is not None:
            self.find("status-skipped", f"{name} was set without {words.joined(lacking)}", line, name)
        if together:
            self.find("status-together", f"{name} was set in one write with {words.joined(together)}: these are steps"
                      " one after the other", line, name)

    def features_ok(self, event):
        """The driver says that its set of features is complete."""
        if not self.is_modern:
            return
        self.session.features_ok, self.session.features_ok_line = "written", event.line
        self.check_features(event.line)

    def driver_ok(self, event):
        """The driver says that all is set up."""
        session = self.session
        if self.is_modern and session.features_ok == "written":
            self.find("features-ok-unread", "FEATURES_OK was set and Status never read after it: the device may have"
                      " refused the features", session.features_ok_line)
        if not session.features_ok:
            self.check_features(event.line)
        if not any(queue.in_use for queue in session.queues.values()):
            self.find("queue-none", "DRIVER_OK was set and no queue had been set up", event.line)

    # --- features ---

    def check_features(self, line):
        """The set as a whole."""
        session, bit = self.session, self.book.feature_bit["VERSION_1"]
        word, inside = divmod(bit, words.WORD_BITS)
        offered = session.offered.get(word)
        if self.is_modern and not session.accepts(bit) and (offered is None or offered >> inside & 1):
            why = f"VERSION_1 (bit {inside} of DriverFeatures with DriverFeaturesSel {word}) was written as 0" \
                if word in session.accepted else \
                f"DriverFeatures was never written with DriverFeaturesSel {word}, where VERSION_1 (bit {bit}) is"
            self.find("version-1", f"VERSION_1 was not accepted, and a modern device needs it: {why}", line, "")
        if not session.accepted and not self.is_modern:
            self.find("features-unwritten", "DriverFeatures was never written: the device does not know what the driver"
                      " takes", line, "")
        if not session.offered:
            self.find("features-unread", "DeviceFeatures was never read: the driver does not know what is offered", line,
                      "")
        self.check_needs(line)

    def check_needs(self, line):
        """Features that need others."""
        taken = [bit + words.WORD_BITS * word for word, value in self.session.accepted.items()
                 for bit in words.bits_of(value)]
        names = {self.book.feature_name(bit, self.device) for bit in taken}
        for rule in self.book.feature_rules + (self.device.rules if self.device else []):
            if rule["name"] in names and not names & set(rule["names"]):
                self.find("feature-needs", f"{rule['name']} was accepted without {words.joined(rule['names'], 'or')},"
                          " which it needs", line, rule["name"])

    def write_DeviceFeaturesSel(self, event, row):
        """Selects a word of what is offered."""
        self.session.selected["DeviceFeaturesSel"] = event.value

    def write_DriverFeaturesSel(self, event, row):
        """Selects a word of what is taken."""
        self.session.selected["DriverFeaturesSel"] = event.value

    def read_DeviceFeatures(self, event, row):
        """What the device offers."""
        self.check_selected(event, row)
        self.session.offered[self.selected("DeviceFeaturesSel")] = event.value

    def write_DriverFeatures(self, event, row):
        """What the driver takes."""
        self.check_selected(event, row)
        word = self.selected("DriverFeaturesSel")
        self.session.accepted[word] = event.value
        offered = self.session.offered.get(word)
        if offered is None:
            if event.value:
                self.find("features-unread", f"DriverFeatures was written for word {word} of the features, and that word"
                          " of DeviceFeatures was never read", event.line, word)
            return
        extra = words.bits_of(event.value & ~offered)
        if extra:
            names = [self.book.feature_name(bit + words.WORD_BITS * word, self.device) for bit in extra]
            self.find("features-not-offered", f"{words.joined(names)} {'was' if len(names) == 1 else 'were'} accepted and"
                      " not offered", event.line, (word, event.value & ~offered))

    def check_selected(self, event, row):
        """A bank whose selector was never written since the reset."""
        if row["bank_name"] not in self.session.selected:
            self.find("sel-never", f"{row['register']} was used and {row['bank_name']} never written", event.line,
                      row["bank_name"])

    # --- configuration ---

    def read_Config(self, event, row):
        """A field of the configuration."""
        self.config(event, row)

    def write_Config(self, event, row):
        """The driver changes its device."""
        self.config(event, row)

    def read_ConfigGeneration(self, event, row):
        """By which the driver knows that what it read belongs together."""
        self.session.generation += 1

    def config(self, event, row):
        """A field: width, gate, and whether the driver may write it."""
        offset = event.address - self.base - row["offset"]
        meaning, field = words.config(self.device, offset, event.width, event.value)
        self.report.add(CONFIG, line_of(event, f"Config+0x{offset:02x}", f"0x{event.value:x}", meaning), event.line)
        if self.has_status("DRIVER") is False:
            self.find("config-early", "The configuration was read before DRIVER was in Status", event.line, "")
        if self.device and field is None and offset >= self.device.config_bytes:
            self.find("config-beyond", f"Byte {offset} of the configuration is behind the last field of a"
                      f" {self.device.name} device", event.line, offset, self.device.config_section)
        if field:
            self.field(event, offset, field)

    def field(self, event, offset, field):
        """A known field."""
        name, section = field["field"], self.device.config_section
        if event.verb == "write" and field["setter"] is None:
            self.find("config-read-only", f"{name} was written, and only the device sets it", event.line, name, section)
        widest = max(self.book.registers["Config"]["widths_list"])
        wanted = min(field["width"], widest)
        if self.is_modern and 8 * event.width != wanted:
            self.find("config-width", f"{name}, {field['width']} bits wide, was {event.verb} by {8 * event.width} bits and"
                      f" not by {wanted}", event.line, name, section)
        if field["width"] > widest and event.verb == "read":
            self.session.config.setdefault(name, {})[offset - field["offset"]] = event.line
        known = self.session.accepted or self.session.offered
        lacking = [gate["name"] for gate in field["gates"] if known and not self.knows_feature(gate["name"])]
        if lacking:
            self.find("config-gate", f"{name} was {event.verb}, and it means something only with "
                      f"{words.joined(lacking)}", event.line, name, section)

    def knows_feature(self, name):
        """Whether a feature is taken; before the driver has said it, whether it is offered."""
        bits = [bit for bit, row in self.device.features.items() if row["name"] == name]
        bits += [self.book.feature_bit[name]] if name in self.book.feature_bit else []
        words_of_set = self.session.accepted or self.session.offered
        return any(words_of_set.get(bit // words.WORD_BITS, 0) >> bit % words.WORD_BITS & 1 for bit in bits)

    # --- queues ---

    def write_QueueSel(self, event, row):
        """Selects a queue."""
        self.session.selected["QueueSel"] = event.value

    def queue_of(self, event, row):
        """The queue that a register of the bank speaks of."""
        self.check_selected(event, row)
        return self.session.queue(self.selected("QueueSel"))

    def read_QueueSizeMax(self, event, row):
        """How large it may be."""
        self.queue_of(event, row).largest = event.value

    def write_QueueSize(self, event, row):
        """How large it is."""
        queues.size(self, event, self.queue_of(event, row))

    def write_QueueAlign(self, event, row):
        """Legacy: where the used ring begins."""
        queues.align(self, event, self.queue_of(event, row))

    def write_GuestPageSize(self, event, row):
        """Legacy: what QueuePFN counts in."""
        queues.page_size(self, event)

    def write_QueuePFN(self, event, row):
        """Legacy: where the queue is."""
        queues.page(self, event, self.queue_of(event, row))

    def write_QueueReady(self, event, row):
        """Modern: the queue may be used."""
        queues.ready(self, event, self.queue_of(event, row))

    def write_QueueDesc(self, event, row):
        """Half of an address."""
        self.queue_of(event, row).halves[row["name"]] = (event.value, event.line)

    write_QueueDriver = write_QueueDesc
    write_QueueDevice = write_QueueDesc

    # --- running ---

    def write_QueueNotify(self, event, row):
        """The driver says that there is something new."""
        session = self.session
        part = self.book.bits("QueueNotify")[0]
        data = self.book.feature_bit["NOTIFICATION_DATA"]
        index = event.value & (1 << part["width"]) - 1 if session.accepts(data) else event.value
        if not self.blind and not (index in session.queues and session.queues[index].in_use):
            self.find("notify-unknown", f"Queue {index} was notified and never set up", event.line, index)
        session.queue(index).told += 1
        session.told += 1
        session.last_told, session.last_queue, session.after, session.signs_after = event.line, index, 0, 0

    def read_InterruptStatus(self, event, row):
        """Why there was an interrupt."""
        self.session.status_reads += 1
        self.session.raised |= event.value
        if event.value:
            self.sign()

    def write_InterruptACK(self, event, row):
        """Dealt with."""
        session = self.session
        session.acknowledged += 1
        extra = event.value & ~session.raised
        if extra and not self.blind:
            why = "was never raised" if session.status_reads else "InterruptStatus was never read"
            self.find("ack-unraised", f"InterruptACK was written with 0x{event.value:x}, of which"
                      f" {words.parts(self.book, 'InterruptStatus', extra) or f'0x{extra:x}'} {why}", event.line, extra)

    def sign(self):
        """The device lives."""
        self.findings.alive = True
        self.session.signs += 1
        self.session.signs_after += 1

    def happening(self, event):
        """What is no access: events of QEMU and of the runtime."""
        session = self.session
        getattr(self, f"on_{event.verb}")(event, session)
        if event.verb != "gap":
            self.operation()

    def on_notified(self, event, session):
        """QEMU has taken notice of a notification."""
        session.queue(event.value).passed += 1

    def on_answer(self, event, session):
        """QEMU's device has notified its driver."""
        if event.value is not None:
            session.queue(event.value).answers += 1
        session.interrupts += 1
        self.sign()

    def on_irq(self, event, session):
        """The runtime has dealt with an interrupt."""
        session.interrupts += 1
        session.raised |= event.numbers[0] if event.numbers[0] > 0 else 0
        self.sign()

    def on_add(self, event, session):
        """A buffer was made available."""
        session.queue(event.numbers[0]).count("added")

    def on_kick(self, event, session):
        """New buffers were told to the device, or it did not want to know."""
        session.queue(event.numbers[0]).count("kicks" if event.numbers[2] else "kicks not wanted")

    def on_take(self, event, session):
        """A used buffer came back."""
        session.queue(event.numbers[0]).count("taken")
        session.queue(event.numbers[0]).count("bytes", event.numbers[2])
        self.sign()
        session.after += 1

    def on_arm(self, event, session):
        """The driver waits for an interrupt."""
        session.queue(event.numbers[0]).count("armed")

    def on_stop(self, event, session):
        """The runtime gave a queue up."""
        index, result = event.numbers
        why = self.book.results.get(result, f"result {result}")
        self.find("queue-stopped", f"Queue {index} was stopped with {why}", event.line, index)

    def on_gap(self, event, session):
        """Lines of the runtime's trace are missing here."""
        self.notes.append(f"{words.plural(event.value, 'line')} of the trace {'is' if event.value == 1 else 'are'} missing"
                          f" before line {event.line}: its ring was overwritten.")
        self.blind = self.findings.blind = True
        session.status = None


def queue_title(index):
    """The step in which a queue is set up."""
    return f"Queue {index} set-up"


def words_of(event):
    """The driver's part in a sentence."""
    return "The driver read" if event.verb == "read" else "The driver wrote"


def line_of(event, name, value, meaning):
    """One line of the report."""
    return f"{event.verb:<5} {name:<18} {value:<10}  {meaning}".rstrip()

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Power cuts: what is left of a disk, had the lights gone out in the middle of case_power.c.

    power_cuts.py FOLDER [--cuts 1000] [--seed 1] [--expect-loss]

FOLDER has what the case has left: power.log, QEMU's blklogwrites of all that the disk was given;
power.notes, what the driver knew, and when; power.img, the disk at the end.

A cut falls before some entry of the log. What the disk was given up to the last flush before it is
there; of the rest each write is there or not, by lot. What must be there: each write that had come
back before a flush was submitted, if that flush had come back before the cut. That it had the log
itself says: there is something of a write in it that was submitted later.

Answers 0 if no cut has lost such a write; with --expect-loss if nearly all of them have.
"""
import argparse
import bisect
import pathlib
import random
import struct
import sys

SECTOR = 512
LINE = 16  # bytes; the case says in each which write they are of: "w000012 0001234\n"
# QEMU's block/blklogwrites.c: the format of Linux's dm-log-writes
SUPER = struct.Struct("<QQQI")
MAGIC = 0x6A736677736872
ENTRY = struct.Struct("<QQQQ")  # sector, sectors, flags, bytes of further data
FLUSH = 1
CAUGHT = 0.9  # of the cuts lose data if the driver does not flush
LEAST_FLUSHES = 20  # that the cuts are behind, each another
NEVER = -1  # no write, or one that has not come back
NOTHING = -2  # has to be there


class Problem(Exception):
    """What was given cannot be replayed."""


class Notes:
    """What the driver knew: positions are lines of the notes, one after the other."""

    def __init__(self, path):
        self.sectors = {}  # write: first sector, count
        self.submitted = {}
        self.back = {}
        self.flushes = []  # (came back, submitted), in the order in which they came back
        flush_submitted = {}
        for at, line in enumerate(read(path).decode(errors="replace").splitlines()):
            try:
                kind, *numbers = line.split()
                one, *where = map(int, numbers)
                if kind == "W":
                    first, count = where
                    self.sectors[one] = first, count
                    self.submitted[one] = at
                elif kind == "C":
                    self.back[one] = at
                elif kind == "F":
                    flush_submitted[one] = at
                elif kind == "D":
                    self.flushes.append((at, flush_submitted[one]))
                else:
                    raise ValueError(kind)
            except (ValueError, KeyError):
                raise Problem(f"{path}:{at + 1}: not a note: {line!r}") from None
        if set(self.back) != set(self.submitted):
            raise Problem(f"{path}: not all writes have come back")


def take(structure, log, at, path):
    if at + structure.size > len(log):
        raise Problem(f"{path}: ends at byte {len(log)}, in the middle of something")
    return structure.unpack_from(log, at)


def read(path):
    try:
        return path.read_bytes()
    except OSError as e:
        raise Problem(f"{path}: {e.strerror}; qemu_tier makes it (power_log)") from None


def who_wrote(data, sector, where):
    """The number of the write that a sector is of; all of the sector has to be."""
    line = data[:LINE]
    if data != line * (SECTOR // LINE) or line[8:] != b"%07d\n" % sector or line[:1] != b"w":
        raise Problem(f"{where}: not what the case writes to sector {sector}: {line!r}")
    return int(line[1:7])


def read_log(path):
    """The entries, in the order of the log: None for a flush, else (first sector, writes by sector)."""
    log = read(path)
    magic, version, count, sector_bytes = take(SUPER, log, 0, path)
    if (magic, version, sector_bytes) != (MAGIC, 1, SECTOR):
        raise Problem(f"{path}: not a log of blklogwrites with sectors of {SECTOR} bytes")
    entries, at = [], SECTOR
    for i in range(count):
        sector, sectors, flags, more = take(ENTRY, log, at, path)
        where = f"{path}, entry {i} of {count}"
        at += SECTOR
        if flags & ~FLUSH or more or (flags and sectors) or at + sectors * SECTOR > len(log):
            raise Problem(f"{where}: flags {flags}, {sectors} sectors, {more} bytes of data")
        by = []
        for s in range(sector, sector + sectors):
            by.append(who_wrote(log[at : at + SECTOR], s, where))
            at += SECTOR
        entries.append((sector, by) if by else None)
    return entries


def check_whole_log(entries, notes, image):
    """All entries together are all writes of the notes; the disk has the last one to each sector.

    Of writes that were in flight at once any may be the last, whatever the order of the log is.
    """
    logged, latest = {}, {}
    for entry in filter(None, entries):
        for s, write in enumerate(entry[1], entry[0]):
            logged.setdefault(write, set()).add(s)
            latest[s] = max(latest.get(s, NEVER), notes.submitted.get(write, NEVER))
    for write, (first, count) in notes.sectors.items():
        if logged.pop(write, None) != set(range(first, first + count)):
            raise Problem(f"write {write} is not in the log as the driver says")
    if logged:
        raise Problem(f"the log has writes that the driver does not know: {sorted(logged)}")
    for s in range(len(image) // SECTOR):
        data = image[s * SECTOR : (s + 1) * SECTOR]
        if s not in latest:
            if any(data):
                raise Problem(f"sector {s} of the disk was written to, and is not in the log")
        elif notes.back[who_wrote(data, s, "the disk")] < latest[s]:
            raise Problem(f"sector {s} of the disk is older than the last write to it")


class Replay:
    """The disk at each position of the log."""

    def __init__(self, entries, notes, sectors):
        self.entries, self.notes, self.sectors = entries, notes, sectors
        self.flush_before, self.latest = [0], [NEVER]  # by cut
        for i, entry in enumerate(entries):
            self.flush_before.append(self.flush_before[i] if entry else i + 1)
            seen = [notes.submitted[w] for w in set(entry[1])] if entry else []
            self.latest.append(max([self.latest[i], *seen]))
        self.flushes = []  # (came back, the latest submission of those that have)
        for back, submitted in sorted(notes.flushes):
            self.flushes.append((back, max(submitted, *(s for _, s in self.flushes[-1:]), NEVER)))
        self.by_submission = sorted(notes.back.items(), key=lambda w: notes.submitted[w[0]])
        self.known = None

    def covered(self, cut):
        """Writes that have come back before this are covered by a flush that has, before the cut."""
        n = bisect.bisect_left(self.flushes, (self.latest[cut],))
        return self.flushes[n - 1][1] if n else NEVER

    def at_flush(self, flushed, covered):
        """Of the disk as of a flush: what came when to each sector, what is to be there, what is missing."""
        if self.known and self.known[0] == (flushed, covered):
            return self.known[1]
        there, needed = [NEVER] * self.sectors, [NOTHING] * self.sectors
        for first, by in filter(None, self.entries[:flushed]):
            there[first : first + len(by)] = [self.notes.back[w] for w in by]
        for write, back in self.by_submission:
            if back < covered:
                first, count = self.notes.sectors[write]
                needed[first : first + count] = [self.notes.submitted[write]] * count
        missing = {s for s, (t, n) in enumerate(zip(there, needed)) if t <= n}
        self.known = (flushed, covered), (needed, missing)
        return self.known[1]

    def lost(self, cut, lot):
        """Sectors that are older than the newest write to them that must be there."""
        flushed = self.flush_before[cut]
        needed, missing = self.at_flush(flushed, self.covered(cut))
        kept = {}
        for first, by in filter(None, self.entries[flushed:cut]):
            if lot.random() < 0.5:
                kept.update(enumerate(by, first))
        stale = {s for s, write in kept.items() if self.notes.back[write] <= needed[s]}
        return stale | (missing - kept.keys())


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--expect-loss", action="store_true", help="the driver did not flush: is that seen?")
    args = parser.parse_args()
    if args.cuts < 1:
        parser.error(f"--cuts {args.cuts}: at least one")
    notes = Notes(args.folder / "power.notes")
    entries = read_log(args.folder / "power.log")
    image = read(args.folder / "power.img")
    check_whole_log(entries, notes, image)
    if not entries:
        raise Problem(f"{args.folder / 'power.log'}: has no entries")
    replay = Replay(entries, notes, len(image) // SECTOR)
    # A slow machine completes its first flush late: no cut before it can lose anything.
    first = next((cut for cut in range(1, len(entries) + 1) if replay.covered(cut) != NEVER), None)
    if first is None:
        raise Problem(f"{args.folder / 'power.notes'}: no flush completed before the last entry of the log")
    lot = random.Random(args.seed)
    cuts = sorted(lot.randint(first, len(entries)) for _ in range(args.cuts))
    losses = [(cut, lost) for cut in cuts if (lost := replay.lost(cut, lot))]
    flushes = len({replay.covered(cut) for cut in cuts})
    print(
        f"{len(notes.sectors)} writes, {len(notes.flushes)} flushes; {len(cuts)} cuts, behind {flushes} flushes"
    )
    print(f"{len(losses)} cuts lost what a completed flush covered")
    if flushes < LEAST_FLUSHES:
        raise Problem(f"the cuts are behind {flushes} flushes, at least {LEAST_FLUSHES} are needed")
    if args.expect_loss:
        return len(losses) < CAUGHT * len(cuts)
    if losses:
        cut, lost = losses[0]
        print(
            f"cut before entry {cut} of {len(entries)}: {len(lost)} sectors are lost, the first is {min(lost)}"
        )
    return bool(losses)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Problem as problem:
        sys.exit(f"power_cuts.py: {problem}")

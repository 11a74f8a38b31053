# SPDX-License-Identifier: MIT
"""Bytes of which some are not known: they were not written, or not recorded."""


def segment(text):
    """(bytes, how many more that are not known) of a segment as it is recorded: hexadecimal, and +N."""
    known, _, more = text.partition("+")
    return bytes.fromhex(known), int(more or 0)


class Mixed:
    """Chunks: bytes, or the number of those that are not known."""

    def __init__(self, chunks=()):
        self.chunks = []
        for chunk in chunks:
            if self.chunks and chunk and isinstance(chunk, int) == isinstance(self.chunks[-1], int):
                self.chunks[-1] += chunk
            elif chunk:
                self.chunks.append(chunk)

    @classmethod
    def of(cls, several):
        """Several behind each other."""
        return cls(chunk for one in several for chunk in one.chunks)

    @classmethod
    def read(cls, segments):
        """Segments as they are recorded."""
        chunks = []
        for text in segments:
            chunks += segment(text)
        return cls(chunks)

    def __len__(self):
        return sum(chunk if isinstance(chunk, int) else len(chunk) for chunk in self.chunks)

    def __eq__(self, other):
        return self.chunks == other.chunks

    @property
    def known(self):
        """Whether all of them are."""
        return not any(isinstance(chunk, int) for chunk in self.chunks)

    @property
    def bytes(self):
        """All of them."""
        return b"".join(self.chunks)

    def cut(self, at, count):
        """So many from there on."""
        made, end = [], at + count
        for chunk in self.chunks:
            size = chunk if isinstance(chunk, int) else len(chunk)
            first, last = max(at, 0), min(end, size)
            if first < last:
                made.append(last - first if isinstance(chunk, int) else chunk[first:last])
            at, end = at - size, end - size
        return Mixed(made)

    def shown(self, most=None):
        """As it is recorded; of many bytes the first, and how many there are."""
        if most is not None and len(self) > most:
            return f"{self.cut(0, most).shown()}…{len(self)}"
        return "".join(f"+{chunk}" if isinstance(chunk, int) else chunk.hex() for chunk in self.chunks) or "-"

#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
Writes recorded exchanges as a file that Wireshark reads, with codegen in PYTHONPATH: pcap.py NAME OUT. ./vwr
wireshark makes its dissector.
"""

import sys
from pathlib import Path

from mixed import segment
from recordings import RECORDINGS

from vwr.wireshark.capture import Buffer, Segment, write


def buffers(recording):
    """The buffers of a recording."""
    for (queue, used, *_), sides in zip(recording.exchanges, recording.segments):
        listed = [
            Segment(len(known) + more, known, writes)
            for writes, texts in enumerate(sides)
            for known, more in map(segment, texts)
        ]
        yield Buffer(recording.device, recording.features, recording.config, queue, used, listed)


if __name__ == "__main__":
    write(Path(sys.argv[2]), buffers(RECORDINGS[sys.argv[1]]))

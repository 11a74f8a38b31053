# SPDX-License-Identifier: MIT
"""Who else was at work while something was measured."""

import os
import time


class Others:
    """How much of the processors other programs (and, for a virtual machine, other machines) have meanwhile."""

    def __init__(self):
        self.begin = self.now()

    @staticmethod
    def now():
        """Seconds: passed on all processors, busy or taken away, and those of them that are ours."""
        with open("/proc/stat", encoding="ascii") as file:
            user, nice, system, _, _, *rest = map(int, file.readline().split()[1:9])
        busy = (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")
        return time.monotonic() * os.cpu_count(), busy, sum(os.times()[:4])

    def percent(self):
        passed, busy, ours = (now - begin for now, begin in zip(self.now(), self.begin))
        return max(0.0, 100.0 * (busy - ours) / passed)

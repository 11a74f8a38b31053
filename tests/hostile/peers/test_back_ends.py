# SPDX-License-Identifier: MIT
"""
Hostile back ends for our front end, examples/vhost/disk.c. Whatever it receives, it reports the error and
ends.
"""

import subprocess
import threading

import pytest

import back
import objects
import vhost_guests as guests

DISK = guests.built("tests/qemu/process/process_disk")
SECONDS = 60  # a bound for a hang; nobody listens any more after a few
AT_ONCE = 48


def ended(work, rows):
    """
    The exit codes and output of one driver per row; all run at the same time. The drivers are started before
    there is an object: a process that is started while a file of FUSE is open closes its copy, and a server
    that does not answer that keeps it from starting.
    """
    drivers, threads = {}, []
    for number, (way, thing) in rows:
        place = work / f"s{number}"
        end = back.Back(place, work, way, thing)
        driver = subprocess.Popen(  # pylint: disable=consider-using-with
            ["timeout", "-k", "5", str(SECONDS), DISK, place.name],
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threads.append(
            threading.Thread(
                target=end.serve, args=(lambda driver=driver: driver.poll() is not None,), daemon=True
            )
        )
        drivers[way.__name__, thing] = driver
    for thread in threads:
        thread.start()
    found = {row: (driver.communicate()[0], driver.returncode) for row, driver in drivers.items()}
    for thread in threads:
        thread.join(SECONDS)
    return found


def check(work, ways, things):
    """Each way, and each object with an answer that has no file: a front end takes none of this back end."""
    rows = list(enumerate([(way, None) for way in ways] + [(back.plain, name) for name in things]))
    found = {}
    for first in range(0, len(rows), AT_ONCE):
        found |= ended(work, rows[first : first + AT_ONCE])
    for row, (said, code) in found.items():
        assert code == 1 and said.strip() and "AddressSanitizer" not in said, (row, code, said)


def test_hostile_back_ends(work):
    """With a sixth of the objects."""
    check(work, back.WAYS, list(objects.MAKE)[::6])


@pytest.mark.soak("test_hostile_back_ends, with a sixth of them")
def test_all_objects(work):
    check(work, [], objects.MAKE)

# SPDX-License-Identifier: MIT
"""
Hostile back ends for our front end, examples/vhost/disk.c. Whatever it receives, it reports the error and
ends.
"""

import subprocess
import threading

import back
import objects
import vhost_guests as guests

DISK = guests.built("tests/qemu/process/process_disk")
SECONDS = 60  # a bound for a hang; nobody listens any more after a few


def ended(work, rows):
    """The exit codes and output of one driver per row; all run at the same time."""
    drivers, threads = {}, []
    for number, (way, thing) in enumerate(rows):
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
        thread = threading.Thread(
            target=end.serve, args=(lambda driver=driver: driver.poll() is not None,), daemon=True
        )
        thread.start()
        threads.append(thread)
        drivers[way.__name__, thing] = driver
    found = {row: (driver.communicate()[0], driver.returncode) for row, driver in drivers.items()}
    for thread in threads:
        thread.join(SECONDS)
    return found


def test_hostile_back_ends(work):
    """Each way, and each object with an answer that has no file: a front end takes none of this back end."""
    rows = [(way, None) for way in back.WAYS] + [(back.plain, name) for name in objects.MAKE]
    for row, (said, code) in ended(work, rows).items():
        assert code == 1 and said.strip() and "AddressSanitizer" not in said, (row, code, said)

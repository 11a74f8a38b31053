# SPDX-License-Identifier: MIT
"""Instructions and system calls of vwr-vhost fs for operations of a Linux guest in the folder. See README.md."""

import subprocess
import time

import costs
import vhost_guests as guests
from count import Failed
from hosted import GUEST, GUEST_LIMITS, GUEST_ROW, SERVED, TREE, WHAT, WORKS, Case, Work
from rows import row

SOCKET = "folders.sock"
NEW = "new"  # the folder in which the guest creates files
NOTHING = Work("", "nothing", 1)


def boot(folder, work):
    """Boots the guest, which performs the work and powers off."""
    command = [
        guests.UML, "mem=128M", "initrd=folders.initrd", "con=null", "con0=fd:0,fd:1", "quiet", "panic=-1",
        f"vwr_work={work.word}", f"vwr_rounds={work.rounds}", f"virtio_uml.device={SOCKET}:{guests.IDS['fs']}",
    ]  # fmt: skip
    done = subprocess.run(
        ["timeout", "-k", "5", str(costs.PATIENCE), *command],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if "guest: OK" not in done.stdout:
        raise Failed(f"{work.name or 'a guest'}: {done.stdout[-400:]}")


def served_rows(folder, program, how):
    """The cost of a round: a guest with all rounds, minus one that only mounts the folder, divided by the rounds."""
    server = Case(how.name, "round", ("fs", TREE, *how.words), "", (), (), (), sockets=(SOCKET,))
    taken = {
        what: [
            count(folder, program, server, lambda work=work: boot(folder, work)) for work in (NOTHING, *WORKS)
        ]
        for what, count in costs.COUNTS.items()
    }
    result = []
    for place, work in enumerate(WORKS, 1):
        for what, counts in taken.items():
            name = GUEST_ROW.format(how.name, work.name, what)
            value = (counts[place] - counts[0]) / work.rounds
            result.append(row(GUEST, name, "per round", value, **GUEST_LIMITS[name].bounds()))
    return result


def rows(folder, program):
    """
    Rows of each way to serve the folder. virtiofsd is not compared, because User Mode Linux reads the tag from the
    configuration space, which virtiofsd does not have.
    """
    costs.make_tree(folder)
    (folder / TREE / NEW).mkdir(exist_ok=True)
    image = guests.uml_initrd((costs.PAGE.parent / "folders.sh").read_bytes())
    (folder / "folders.initrd").write_bytes(image)
    return [one for how in SERVED for one in served_rows(folder, program, how)]


def blocks_of(result):
    """{name: text} of the page."""
    value = {one["name"]: one["value"] for one in result}
    cells = lambda how, what, work: costs.number(value[GUEST_ROW.format(how.name, work.name, what)])
    head = ("", *(f"{how.name}: {what}" for how in SERVED for what in WHAT))
    lines = [(work.name, *(cells(how, what, work) for how in SERVED for what in WHAT)) for work in WORKS]
    return {"folders": f"Measured on {time.strftime('%Y-%m-%d')}.\n\n" + costs.page_table(head, lines)}

# SPDX-License-Identifier: MIT
"""./vwr soak peers: random sequences of the cases, several at a time, on vwr-vhost under ASan and UBSan."""

import os
import random
import threading
import time

import pytest

import cases
import test_peers as peers
import vhost_guests as guests

PROGRAM = guests.built("tests/hostile/peers/peers_vhost")
SECONDS = int(os.environ.get("VWR_SECONDS", "10"))
AT_ONCE = 20  # cases between two looks at what is held


@pytest.mark.parametrize("name", list(peers.WORDS))
def test_random_sequences(work, name):
    """The seed of a case that fails is in its message. Two front ends are hostile at a time; one waits for the other."""
    end = time.monotonic() + SECONDS / len(peers.WORDS)
    first = int(os.environ.get("VWR_SEED", time.time_ns() >> 20))
    with peers.Stage(work, name, program=PROGRAM) as stage:
        before = peers.holds(stage.server.process.pid)
        while time.monotonic() < end:
            chooses = random.Random(first)
            names = chooses.choices(peers.OBJECTS, k=AT_ONCE // 2) + chooses.choices(
                peers.PLAYS, k=AT_ONCE // 2
            )
            chooses.shuffle(names)
            other = threading.Thread(target=beside, args=(stage, names[::-1], first))
            other.start()
            for case in names:
                stage.play(case, first)
            other.join(AT_ONCE * peers.good.PATIENCE)
            assert not other.is_alive(), f"seed {first}: a hostile front end hangs"
            stage.left(before)
            first += 1


def beside(stage, names, seed):
    """The other hostile front end; who is well-behaved is looked at by the first one."""
    peer = cases.Peer(stage.place, stage.work, random.Random(seed), stage.rings)
    for case in names:
        try:
            cases.play(peer, case)
        except OSError:
            continue  # the back end had no place for it

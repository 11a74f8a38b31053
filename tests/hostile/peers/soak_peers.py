# SPDX-License-Identifier: MIT
"""./vwr soak peers: random sequences of the cases, several at a time, on vwr-vhost under sanitizers."""

import os
import random
import threading
import time

import pytest

import cases
import good
import test_waits
import vhost_guests as guests
import waits
from stage import WORDS, Stage
from test_peers import OBJECTS, PLAYS

# ASan and UBSan; TSan, for a tenth of the time.
PROGRAMS = {"peers_vhost": 0.9, "peers_vhost_threads": 0.1}
SECONDS = int(os.environ.get("VWR_SECONDS", "10"))
AT_ONCE = 20  # cases between two looks at what is held


@pytest.mark.parametrize("name", list(WORDS))
@pytest.mark.parametrize("program", list(PROGRAMS))
def test_random_sequences(work, program, name):
    """
    The seed of a case that fails is in its message. Two front ends are hostile at a time; one waits for the other.
    Then one makes the kernel sleep or work for it.
    """
    built = guests.built(f"tests/hostile/peers/{program}")
    if not built.exists():
        pytest.skip("-fsanitize=thread does not run here")
    end = time.monotonic() + PROGRAMS[program] * SECONDS / len(WORDS)
    first = int(os.environ.get("VWR_SEED", time.time_ns() >> 20))
    attacks = [attack for attack in waits.ALL if attack.suits(name)]
    with Stage(work, name, program=built) as stage:
        before = stage.rests()
        while time.monotonic() < end:
            chooses = random.Random(first)
            names = chooses.choices(OBJECTS, k=AT_ONCE // 2) + chooses.choices(PLAYS, k=AT_ONCE // 2)
            chooses.shuffle(names)
            other = threading.Thread(target=beside, args=(stage, names[::-1], first))
            other.start()
            for case in names:
                stage.play(case, first)
            other.join(AT_ONCE * good.PATIENCE)
            assert not other.is_alive(), f"seed {first}: a hostile front end hangs"
            test_waits.attacked(stage, chooses.choice(attacks))
            stage.left(before)
            first += 1
        stage.stop()


def beside(stage, names, seed):
    """The second hostile front end. The first one checks the well-behaved front ends."""
    peer = cases.Peer(stage.place, stage.work, random.Random(seed), stage.rings)
    for case in names:
        try:
            cases.play(peer, case)
        except OSError:
            continue  # the back end had no room for it

# SPDX-License-Identifier: MIT
"""
While the kernel works or sleeps for a hostile front end, in the process of its back end, the other front ends and the
next one go on. Exchanges are counted, not seconds.
"""

import contextlib
import signal

import pytest

import children
import good
import waits
from objects import Absent, Objects
from stage import WORDS, Stage, report

END = 10  # seconds after SIGTERM that mean a hang; the program says it takes one


class Attacked:
    """A front end that attacks its back end, and what is known of the process that serves it."""

    def __init__(self, stage, attack):
        self.stage, self.attack = stage, attack
        self.ends = contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as begun:
            self.front = begun.enter_context(waits.Leaving(self.stage.place))
            self.objects = begun.enter_context(Objects(self.stage.work))
            self.front.begin(self.stage.rings)
            assert self.front.heard()
            self.users = children.users(self.stage.pid, self.front.files[0])
            self.front.objects = self.objects
            with contextlib.suppress(*waits.cases.LEFT):
                self.attack.run(self.front, self.objects, self.stage)
            self.ends = begun.pop_all()
        return self

    def __exit__(self, *_):
        """What sleeps is woken."""
        for served in self.objects.served:
            served.release()
        self.ends.close()
        for user in self.users:
            if user != self.stage.pid:
                good.until(lambda user=user: not children.is_there(user), f"process {user} does not end")

    def sleeps(self):
        """Whether the back end is in a call that ends when this program wants."""
        if self.objects.served:
            return any(served.held for served in self.objects.served)
        return all(waits.ASLEEP in children.states(user) for user in self.users)

    def seen(self):
        """The process does nothing: it sleeps, or it is gone. No other one uses what belongs to this front end."""
        if self.attack.sleeps:
            good.until(self.sleeps, lambda: f"nobody sleeps: {list(map(children.states, self.users))}")
        assert self.stage.pid not in self.users, "the first process serves a front end itself"
        assert len(self.users) == 1, self.users

    def leave(self):
        """The next front end is served, whatever this one's process does."""
        self.front.leave()
        if self.attack.sleeps:
            good.until(self.sleeps, "nobody sleeps")
        self.stage.check()
        if self.attack.sleeps:
            assert self.sleeps(), "it has waited for the end of the sleep"


def attacked(stage, attack):
    """The reason if the attack is impossible here."""
    try:
        with stage.told(attack.name), Attacked(stage, attack) as one:
            if stage.neighbours is not None:
                if attack.sleeps:
                    with contextlib.suppress(good.Hang):
                        good.until(one.sleeps, "")
                stage.neighbours.more(stage.EXCHANGES)
            one.leave()
            one.seen()
    except Absent as why:
        return f"{attack.name} ({why})"
    return None


def attacked_by_all(work, name, note, attacks):
    with Stage(work, name) as stage:
        before = stage.rests()
        for attack in attacks:
            if attack.suits(name) and (why := attacked(stage, attack)):
                report(note, [why])
            stage.left(before)
        stage.stop()


@pytest.mark.parametrize("name", list(WORDS))
def test_sleeps_for_one_front_end(work, name, note):
    attacked_by_all(work, name, note, waits.ALL)


@pytest.mark.soak("test_sleeps_for_one_front_end has the same attacks with fewer watches, bytes and marks")
@pytest.mark.parametrize("name", list(WORDS))
def test_large_attacks(work, name, note):
    attacked_by_all(work, name, note, waits.LARGE)


# ---- many at a time ----

MANY = 80  # processes that sleep


def test_many_sleep(work, note):
    """They all sleep for front ends of one socket. The front ends of the others are served, also new ones."""
    words = (*WORDS["net"], "--socket", "net3")
    with Stage(work, "net", words=words) as stage, contextlib.ExitStack() as ends:
        before = stage.rests()
        objects = ends.enter_context(Objects(work))
        try:
            file = objects.make("fuse_that_waits")
        except Absent as why:
            report(note, [f"{MANY} processes that sleep ({why})"])
            return
        for number in range(MANY):
            if not sleeps_too(stage, objects, file, number):
                break  # the socket has no room for more of them
        for _ in range(3):
            with good.Front(stage.places[-1]) as front:
                assert front.begin(stage.rings).heard(), "another socket has no process"
        stage.neighbours.more(stage.EXCHANGES)
        ends.close()
        stage.left(before)
        stage.stop()


def sleeps_too(stage, objects, file, number):
    """One more front end leaves a process that sleeps; false: the socket serves no more of them."""
    with good.Front(stage.place) as front:
        front.socket.settimeout(1)
        try:
            front.begin(stage.rings)
        except TimeoutError:
            return False
        front.number("SET_VRING_CALL", 0, [file])
        assert not front.heard()
    good.until(lambda: len(objects.served[0].held) > number, "nobody sleeps")
    return True


# ---- SIGTERM ----

CLASSES_OF_SLEEPS = {
    "as_call fuse_that_waits": ("net",),
    "as_region fuse_that_waits": ("net",),
    "as_call socket_tcp_lingers": ("net",),
    "files of FUSE in one message": tuple(WORDS),
    "lingering sockets in one message": ("net", "blk"),
    "a call with lingering sockets at the end": ("net", "fs"),
    "lingering sockets in a connection that nobody has accepted": ("net", "rng"),
    "the memory is locked": ("balloon",),
    "the pipe of the state is locked": ("rng",),
    "the last close of memory": ("blk",),
}


def begun(work, stack, note):
    """A program for each attack and class, all attacked at the same time."""
    found = []
    rows = [(attack, name) for attack in waits.ALL for name in CLASSES_OF_SLEEPS.get(attack.name, ())]
    for number, (attack, name) in enumerate(rows):
        found.append((attack, stack.enter_context(Stage(work / str(number), name))))
    # All programs first: each is a copy of this one for a moment, which would have the attackers' files.
    ends = []
    for attack, stage in found:
        if stage.neighbours is not None:
            stage.neighbours.finish()
        try:
            with stage.told(attack.name):
                ends.append(stack.enter_context(Attacked(stage, attack)))
                if attack.sleeps:
                    good.until(ends[-1].sleeps, "nobody sleeps")
        except Absent as why:
            report(note, [f"{attack.name} ({why})"])
    return ends


def test_end_during_a_sleep(work, note):
    """The first process does not wait for those that sleep, and says what it leaves behind. That ends when it wakes."""
    with contextlib.ExitStack() as stack:
        ends = begun(work, stack, note)
        for one in ends:
            one.stage.server.process.send_signal(signal.SIGTERM)
        for one in ends:
            with one.stage.told(one.attack.name):
                ended(one)


def ended(one):
    stage = one.stage
    assert stage.server.process.wait(END) in (0, 1), stage.server.process.returncode
    if one.attack.sleeps:
        assert one.sleeps(), "it has waited for the end of the sleep"
        assert all(map(children.is_there, one.users)), one.users
        assert "left behind" in stage.log.read_text("utf-8"), "it does not say what is left behind"
    assert not any(place.exists() for place in stage.places), "a socket is left"

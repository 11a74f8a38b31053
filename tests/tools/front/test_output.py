# SPDX-License-Identifier: MIT
"""
Every verb where its output goes wrong, and in a tree that nobody can write, whose path has a space; what it names as the
next command is run there.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess

import pytest

from folders import BUILD
from processes import completed
from vwr import ROOT
from vwr.front import verbs
from vwr.help_text import help_texts

TRACE = "0x000 0x74726976\n0x004 0x2\n0x008 0x2\n0x070 0x3\n"  # registers of a disk that its driver has found
LAMP = ["--spec", "my lamps", "--out", "made of it"]
# What prints in a second or two, and its exit code. Of the other verbs the page is printed: what they do takes minutes.
SHORT = {
    "new": (["device", "lamp", "--id", "60001", *LAMP[:2]], 0),
    "generate": (LAMP, 0),
    "check": (LAMP, 0),
    "api": ([], 0),
    "completion": (["bash"], 0),
    "diff": ([], 0),
    "dist": (["--pairs", "none", "--out", "an archive"], 0),
    "docs": (["--man", "man pages"], 0),
    "embed": (["a pair", "--driver", "entropy", "--transport", "mmio"], 0),
    "explain": (["a trace.txt"], 3),
    "explorer": (["-o", "a page.html"], 0),
    "help": (["all"], 0),
    "lint": (["their header.h"], 0),
    "plan": (["the vms.yaml", "--list"], 0),
    "prove": (["--list"], 0),
    "version": ([], 0),
    "wireshark": (["-o", "a dissector.lua"], 0),
}
ONCE = ("new",)  # it overwrites nothing
ALL = [*SHORT, *(verb for verb in verbs.VERBS if " " not in verb and verb not in SHORT)]

# The tree at another place, with an empty build folder; neither can be written.
READ_ONLY = """
mount --bind "$TREE" "$PLACE" || exit 77
[ ! -d "$PLACE/build" ] || mount -t tmpfs -o ro none "$PLACE/build" || exit 77
mount -o remount,ro,bind "$PLACE" || exit 77
exec "$@"
"""


class World:
    """A user's folder, with what the verbs read, and the tree below it."""

    def __init__(self, folder, before):
        self.before, self.place, self.folder = before, folder / "a tree", folder / "a folder"
        self.home = folder / "a home"
        for each in (self.place, self.folder, self.home):
            each.mkdir()
        files = {
            "a trace.txt": TRACE,
            "their header.h": "#define VIRTIO_BLK_F_RO 5\n",
            "the vms.yaml": (ROOT / "examples/plan/vms.yaml").read_text("utf-8"),
        }
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        self.env = {
            name: value for name, value in os.environ.items() if not name.startswith(("VWR_", "XDG_"))
        }
        self.env |= {
            "VWR_NO_INSTALL": "1",
            "HOME": str(self.home),
            "TREE": str(ROOT),
            "PLACE": str(self.place),
        }

    def run(self, *command, **more):
        """In the tree that cannot be written."""
        words = [*self.before, "sh", "-c", READ_ONLY, "sh", *command]
        return completed(words, **{"cwd": self.folder, "env": self.env, "stdin": subprocess.DEVNULL, **more})

    def vwr(self, *words, **more):
        return self.run(self.place / "vwr", *words, **more)


@pytest.fixture(name="world", scope="module")
def fixture_world(tmp_path_factory):
    before = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    made = World(tmp_path_factory.mktemp("world"), before)
    if not shutil.which("unshare") or made.run("true").returncode:
        pytest.skip("unshare(1) and mount(8) make no read-only tree here: that needs root or user namespaces")
    return made


def words_of(verb, folder):
    """The words after the verb, and its exit code."""
    words, code = SHORT.get(verb, (["--help"], 0))
    if verb in ONCE and (folder / "my lamps").exists():
        words, code = ["--help"], 0
    return words, code


def at_once(act, rows):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return [*pool.map(act, rows)]


def crashes(done):
    """What no user should see."""
    return re.findall(r"Traceback|bug in the tool|Broken pipe|Exception ignored|\[Errno", done.stderr or "")


def test_a_tree_that_cannot_be_written(world):
    """Every verb, from another folder; all paths have a space."""
    for verb in ALL[:3]:  # one takes what the one before it has made
        done = world.vwr(verb, *words_of(verb, world.folder)[0])
        assert (done.returncode, crashes(done)) == (0, []), done
    rows = ALL[3:]
    for verb, done in zip(
        rows, at_once(lambda verb: world.vwr(verb, *SHORT.get(verb, [["--help"]])[0]), rows)
    ):
        code = SHORT.get(verb, ([], 0))[1]
        assert (done.returncode, crashes(done)) == (code, []) and done.stdout, (verb, done)
        if verb not in SHORT:
            assert done.stdout == help_texts()[verb]
    assert (world.home / ".cache/virtwright/generated").is_dir()


# What `sh -c` does with a verb's output, and what is left of its exit code and of its output.
LOST = {
    "full": ('exec "$@" >/dev/full', "standard output, /dev/full, cannot be written"),
    "closed": ('exec "$@" >&-', "standard output is closed"),
    "full, and nobody listens": ('exec "$@" >/dev/full 2>/dev/full', ""),
    "all closed": ('exec "$@" <&- >&- 2>&-', ""),
}
KEPT = {
    "messages full": ('exec "$@" 2>/dev/full', False),
    "messages closed": ('exec "$@" 2>&-', False),
    "a reader ends first": ('"$@" | :; exit ${PIPESTATUS[0]}', True),
    "input closed": ('exec "$@" <&-', False),
}
FAST = [verb for verb in ALL if verb not in ("new", "check", "generate", "api", "diff", "dist", "embed")]


def ran(tmp_path, script, verb):
    words, code = words_of(verb, tmp_path)
    env = {**os.environ, "VWR_NO_INSTALL": "1", "VWR_BUILD": str(BUILD)}
    done = completed(
        ["bash", "-c", script, "bash", ROOT / "vwr", verb, *words],
        cwd=tmp_path,
        env=env,
        stdin=subprocess.DEVNULL,
    )
    assert not crashes(done), (verb, done)
    return verb, done, code


@pytest.fixture(name="inputs")
def fixture_inputs(tmp_path):
    return World(tmp_path, []).folder


@pytest.mark.parametrize("where", LOST)
def test_output_that_is_lost_is_an_error(inputs, where):
    """Exit code 2, and a sentence with what and where, if anybody reads it."""
    script, sentence = LOST[where]
    for verb, done, _ in at_once(lambda verb: ran(inputs, script, verb), FAST):
        assert done.returncode == 2 and done.stdout == "", (verb, done)
        lines = [line for line in done.stderr.splitlines() if line.startswith("vwr: standard output")]
        assert [line[: len(sentence) + 5] for line in lines] == (
            [f"vwr: {sentence}"] if sentence else []
        ), done


@pytest.mark.parametrize("where", KEPT)
def test_a_verb_does_what_it_was_called_for(inputs, where):
    """The exit code is the verb's own, whoever reads."""
    script, is_dropped = KEPT[where]
    for verb, done, code in at_once(lambda verb: ran(inputs, script, verb), FAST):
        assert done.returncode == code and (is_dropped or done.stdout), (verb, done)
    assert (inputs / "a page.html").stat().st_size > 100_000, "nobody read that it was written"


# What fails, and what the next command prints that it names, where it was named.
NEXT = [
    (["nosuch"], "usage: "),
    (["completion", "tcsh"], "complete -o "),
    (["test", "nosuch"], "Total Tests: "),
    (["soak", "nosuch"], "vwr soak "),
    (["bench", "--nosuch"], "vwr bench "),
    (["bench", "vhost", "--nosuch"], "vwr bench "),
    (["demo", "linux", "--nosuch"], "vwr demo "),
    (["demo", "--all", "--nosuch"], "vwr demo "),
    (["embed"], "vwr embed "),
    (["check", "--format", "xml"], "vwr check "),
    (["prove", "nosuch"], "ring_"),
    (["lint", "no header.h"], "vwr lint "),
    (["new", "device", "lamp", "--id", "60001"], "new      lamp_device.c"),
    (["api", "--write"], "/api.txt"),
    *(
        ([verb, "--nosuch"], f"vwr {verb}")
        for verb in (
            "api",
            "check",
            "diff",
            "dist",
            "embed",
            "explain",
            "explorer",
            "generate",
            "live",
            "mutate",
        )
    ),
    *(([verb, "--nosuch"], f"vwr {verb}") for verb in ("new", "oracle", "plan", "prove", "wireshark")),
]
# The same without a folder for what is built.
HOMELESS = [
    (["explorer"], "explorer.html: "),
    (["wireshark"], "virtio.lua: "),
    (["docs", "--man", "man pages"], " man pages in "),
]


def next_of(done):
    """The command that a verb names last, without what is said of it."""
    return re.fullmatch(r"Next: (.*?)(   \(.*\))?", done.stderr.splitlines()[-1])[1]


@pytest.mark.parametrize(
    "words, printed, more",
    [(*row, {}) for row in NEXT] + [(*row, {"XDG_CACHE_HOME": "/dev/null/no folder"}) for row in HOMELESS],
)
def test_the_next_command_helps(world, tmp_path, words, printed, more):
    done = world.vwr(*words, env={**world.env, **more}, cwd=tmp_path)
    assert done.returncode == 2 and not crashes(done), done
    then = world.run("sh", "-c", next_of(done), env={**world.env, **more}, cwd=tmp_path)
    assert then.returncode == 0 and printed in then.stdout, (next_of(done), then)

# SPDX-License-Identifier: MIT
"""./vwr VERB: finds or installs the packages of the verb, then runs it."""

import os
import sys

from vwr.front.packages import Installer
from vwr.front.place import BUILD, COMMAND, stop
from vwr.front.verbs import VERBS
from vwr.help_text import help_texts
from vwr.meant import unknown

FOOT = """
A verb lists the Debian packages that it lacks, then installs them with apt-get, as root or by sudo. At a terminal it
asks first. -y and CI (set to anything but 0, false or no) mean yes. In a script without a terminal, the verbs that build
(demo, test, bench, soak, build, setup) install, the others stop.
Environment: VWR_NO_INSTALL=1 (list the packages and stop), VWR_PYTHON (interpreter), VWR_BUILD (build folder).
Exit code: 0 success, 1 the verb ran and failed or found something to fix, 2 it could not run; explain adds 3."""


def usage() -> str:
    rows = [(verb.shown, verb.brief) for verb in VERBS.values()] + [
        ("help [VERB]", "this, or more on a verb")
    ]
    return "\n".join(
        [
            f"usage: {COMMAND} [-y] VERB [ARGUMENT...]",
            "",
            *(f"  {shown:<22} {brief}" for shown, brief in rows),
            FOOT,
        ]
    )


def known_verb(verb: str) -> str:
    if verb not in VERBS:
        stop(unknown("verb", verb, VERBS), f"{COMMAND} help")
    return verb


def show_help(words: list[str]) -> int:
    if words[:1] in ([], ["help"]):
        print(usage())
    else:
        print(help_texts()[known_verb(words[0])], end="")
    return 0


def main(words: list[str]) -> int:
    yes = bool({"-y", "--yes"} & set(words[:2]))  # before the verb, or after it
    words = [word for word in words[:2] if word not in ("-y", "--yes")] + words[2:]
    verb, words = (words[0], words[1:]) if words else ("help", [])
    verb = {"--version": "version", "-h": "help", "--help": "help"}.get(verb, verb)
    if verb == "help":
        return show_help(words)
    known_verb(verb)
    if {"-h", "--help"} & set(words[:2]):
        return show_help([verb])
    os.environ["VWR_BUILD_DIR"] = str(BUILD)
    return VERBS[verb].run(words, Installer(verb, yes, VERBS[verb].builds))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

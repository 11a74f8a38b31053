# SPDX-License-Identifier: MIT
"""./vwr VERB: what it needs is found, or installed, then it runs."""

import os
import sys

from .packages import Installer
from .place import BUILD, COMMAND, stop
from .verbs import VERBS

FOOT = """
What is missing is named, and installed by apt-get, as root or by sudo: at a terminal you are asked before; -y, CI=true
and a script without a terminal mean yes.
Environment: VWR_NO_INSTALL=1 (only list it), VWR_PYTHON (interpreter), VWR_BUILD (folder, instead of build/)."""


def usage() -> str:
    def row(name: str) -> str:
        head = f"  {name} {VERBS[name].example}".rstrip()
        return f"{head:<21} {VERBS[name].brief}" if len(head) < 21 else f"{head}\n{'':21} {VERBS[name].brief}"
    return "\n".join([f"usage: {COMMAND} [-y] VERB [ARGUMENT...]", "", *map(row, VERBS),
                      f"  {'help [VERB]':18} {'':0}this, or more on a verb", FOOT])


def show_help(words: list[str]) -> int:
    name = " ".join(words[:2]) if " ".join(words[:2]) in VERBS else (words or [""])[0]
    print(VERBS[name].parser(name).format_help() if name in VERBS else usage())
    return 0


def main(words: list[str]) -> int:
    yes = False
    while words[:1] in (["-y"], ["--yes"]):
        yes, words = True, words[1:]
    verb, words = (words[0], words[1:]) if words else ("help", [])
    verb = {"--version": "version", "-h": "help", "--help": "help"}.get(verb, verb)
    if words[:1] in (["-y"], ["--yes"]):
        yes, words = True, words[1:]
    if verb == "help":
        return show_help(words)
    if verb not in VERBS:
        stop(f"there is no verb '{verb}'", f"{COMMAND} help")
    if {"-h", "--help"} & set(words[:2]):
        return show_help([verb, *words])
    os.environ["VWR_BUILD_DIR"] = str(BUILD)
    return VERBS[verb].run(words, Installer(verb, yes))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

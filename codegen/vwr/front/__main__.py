# SPDX-License-Identifier: MIT
"""./vwr VERB: what it needs is found, or installed, then it runs."""

import os
import sys

from vwr.front.packages import Installer
from vwr.front.place import BUILD, COMMAND, PAGES, stop
from vwr.front.verbs import VERBS

FOOT = """
What is missing is named, and installed by apt-get, as root or by sudo: at a terminal you are asked before; -y, CI=true
and a script without a terminal mean yes.
Environment: VWR_NO_INSTALL=1 (only list it), VWR_PYTHON (interpreter), VWR_BUILD (folder, instead of build/)."""


def usage() -> str:
    rows = [(verb.shown, verb.brief) for verb in VERBS.values()] + [("help [VERB]", "this, or more on a verb")]
    return "\n".join([f"usage: {COMMAND} [-y] VERB [ARGUMENT...]", "", *(f"  {shown:<22} {brief}" for shown, brief in rows), FOOT])


def show_help(words: list[str]) -> int:
    page = PAGES / f"{(words or [''])[0]}.txt"
    print(page.read_text(encoding="utf-8") if words and words[0] in VERBS else usage(), end="" if words else "\n")
    return 0


def main(words: list[str]) -> int:
    yes = bool({"-y", "--yes"} & set(words[:2]))  # before the verb, or behind it
    words = [word for word in words[:2] if word not in ("-y", "--yes")] + words[2:]
    verb, words = (words[0], words[1:]) if words else ("help", [])
    verb = {"--version": "version", "-h": "help", "--help": "help"}.get(verb, verb)
    if verb == "help":
        return show_help(words)
    if verb not in VERBS:
        stop(f"there is no verb '{verb}'", f"{COMMAND} help")
    if {"-h", "--help"} & set(words[:2]):
        return show_help([verb])
    os.environ["VWR_BUILD_DIR"] = str(BUILD)
    return VERBS[verb].run(words, Installer(verb, yes))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

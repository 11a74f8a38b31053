# SPDX-License-Identifier: MIT
"""./vwr VERB: finds or installs the packages that the verb needs, then runs it."""

import os
import sys
from collections.abc import Iterable

from vwr.front.packages import Installer
from vwr.front.place import BUILD, COMMAND, can_build, stop
from vwr.front.verbs import USERS, VERBS, grouped
from vwr.help_text import help_texts
from vwr.meant import unknown
from vwr.output import again_elsewhere, printed

FOOT = """
A verb lists the Debian packages that it lacks, then installs them with apt-get, as root or by sudo. At a terminal it
asks first. -y and CI (set to anything but 0, false or no) mean yes. In a script without a terminal, the verbs that build
(demo, test, docs, bench, soak, vhost, monitor, conform, build, setup) install, the others stop.
Environment: VWR_NO_INSTALL=1 (list the packages and stop), VWR_PYTHON (interpreter), VWR_BUILD (build folder: build/,
or ~/.cache/virtwright for a tree that you cannot write).
Exit code: 0 success, 1 the verb ran and failed or found something to fix, 2 it could not run, or could not print; explain
adds 3. A reader that ends first, such as head, changes nothing."""


def _rows(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f"  {shown:<23} {brief}" for shown, brief in rows]


def usage(every: bool = False) -> str:
    """The verbs that users need; with `every`, all verbs, by group."""
    more = [("help VERB", "more on a verb")]
    if every:
        lists = [
            [f"{title}:", *_rows((VERBS[row].shown, VERBS[row].brief) for row in rows), ""]
            for title, rows in grouped().items()
        ]
        lists.append(_rows([("help", "the verbs for users"), *more]))
    else:
        more.append(("help all", f"all {sum(' ' not in row for row in VERBS)} verbs"))
        lists = [_rows((VERBS[verb].shown, VERBS[verb].brief) for verb in USERS), [""], _rows(more)]
    return "\n".join(
        [f"usage: {COMMAND} [-y] VERB [ARGUMENT...]", "", *(line for lines in lists for line in lines), FOOT]
    )


def known_verb(verb: str) -> str:
    if verb not in VERBS:
        stop(unknown("verb", verb, VERBS), f"{COMMAND} help all")
    return verb


def show_help(words: list[str]) -> int:
    if words[:1] in ([], ["help"], ["all"]):
        print(usage(words[:1] == ["all"]))
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
    if VERBS[verb].builds and verb != "setup" and not can_build():
        stop(f"{BUILD} cannot be written", again_elsewhere(BUILD))
    return VERBS[verb].run(words, Installer(verb, yes, VERBS[verb].builds))


if __name__ == "__main__":
    try:
        sys.exit(printed(lambda: main(sys.argv[1:])))
    except KeyboardInterrupt:
        sys.exit(130)

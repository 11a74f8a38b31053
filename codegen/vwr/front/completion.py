# SPDX-License-Identifier: MIT
"""Completion for bash and zsh: verbs, their options, tiers of tests; otherwise files."""

import re
from collections.abc import Sequence

from vwr import ROOT
from vwr.front import tests
from vwr.front.place import TESTS
from vwr.help_text import help_texts

BASH = """_vwr() {{
    local verb=${{COMP_WORDS[1]}} word=${{COMP_WORDS[COMP_CWORD]}} words
    if [ "$COMP_CWORD" = 1 ]; then
        words="{verbs}"
    else
        case $verb in
{cases}
        esac
    fi
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    [ ${{#COMPREPLY[@]}} != 0 ] || COMPREPLY=($(compgen -f -- "$word"))
}}
complete -o filenames -F _vwr vwr ./vwr
"""
ZSH = "autoload -U +X bashcompinit && bashcompinit\n"  # zsh accepts bash's completion


def words(name: str, verbs: Sequence[str]) -> list[str]:
    """The words that may follow a verb: the options of its page, and names."""
    found = sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_texts().get(name, ""))))
    found += [verb.partition(" ")[2] for verb in verbs if verb.startswith(f"{name} ")]
    found += tiers_and_kinds().get(name, [])
    return found + {
        "help": ["all", *(verb for verb in verbs if " " not in verb)],
        "completion": ["bash", "zsh"],
    }.get(name, [])


def tiers_and_kinds() -> dict[str, list[str]]:
    """{verb: names}; a source archive has no tests."""
    if not (ROOT / TESTS).is_file():
        return {}
    from vwr.front import soak  # imported here: it reads tests/

    return {"test": tests.words(), "soak": [*soak.SOAKS, *soak.GUESTS]}


def script(shell: str, verbs: Sequence[str]) -> str:
    names = [*(verb for verb in verbs if " " not in verb), "help"]
    cases = "\n".join(f'        {name}) words="{" ".join(words(name, verbs))}" ;;' for name in names)
    return (ZSH if shell == "zsh" else "") + BASH.format(verbs=" ".join(names), cases=cases)

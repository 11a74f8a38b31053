# SPDX-License-Identifier: MIT
"""Completion for bash and zsh: verbs, their options, tiers of tests; elsewhere files."""

import argparse
from collections.abc import Mapping

from . import tests

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
ZSH = "autoload -U +X bashcompinit && bashcompinit\n"  # zsh reads what bash does


def words(name: str, parser: argparse.ArgumentParser, verbs: Mapping[str, argparse.ArgumentParser]) -> list[str]:
    """What may stand behind a verb."""
    # argparse has no other way to list them.
    options = [option for action in parser._actions for option in action.option_strings]  # pylint: disable=protected-access
    choices = [str(one) for action in parser._actions for one in action.choices or ()]  # pylint: disable=protected-access
    more = [verb.partition(" ")[2] for verb in verbs if verb.startswith(f"{name} ")]
    if name == "test":
        more += sorted({one for tier in tests.tiers().values() for one in (tier.name, tier.folder) if one})
    if name == "help":
        more += [verb for verb in verbs if " " not in verb]
    return options + choices + more


def script(shell: str, verbs: Mapping[str, argparse.ArgumentParser]) -> str:
    cases = "\n".join(f'        {name}) words="{" ".join(words(name, parser, verbs))}" ;;'
                      for name, parser in verbs.items() if " " not in name)
    names = " ".join(name for name in verbs if " " not in name)
    return (ZSH if shell == "zsh" else "") + BASH.format(verbs=names, cases=cases)

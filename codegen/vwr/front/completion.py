# SPDX-License-Identifier: MIT
"""Completion for bash, zsh and fish: verbs, their options and the values of these, tiers of tests; otherwise files."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vwr import ROOT, description
from vwr.front import tests
from vwr.front.place import TESTS
from vwr.help_text import help_texts

SHELLS = ("bash", "zsh", "fish")

# A word may follow `--option=`, which bash has made a word of its own, and the comma of a list.
BASH = """_vwr() {{
    local verb=${{COMP_WORDS[1]}} word=${{COMP_WORDS[COMP_CWORD]}} option=${{COMP_WORDS[COMP_CWORD - 1]}} words= before=
    [ "$word" != = ] || word=
    [ "$option" != = ] || option=${{COMP_WORDS[COMP_CWORD - 2]}}
    case $word in --*=*) option=${{word%%=*}} before=$option= word=${{word#*=}} ;; esac
    if [ "$COMP_CWORD" = 1 ]; then
        words="{verbs}"
    else
        case "$verb $option" in
{values}
        *)
            case $verb in
{cases}
            esac
            ;;
        esac
    fi
    case $words in
    ,*)
        words=${{words#,}}
        compopt -o nospace 2>/dev/null # a comma may follow; zsh has no such command
        case $word in *,*) before=$before${{word%,*}}, word=${{word##*,}} ;; esac
        ;;
    esac
    COMPREPLY=($(compgen -P "$before" -W "$words" -- "$word"))
    [ ${{#COMPREPLY[@]}} != 0 ] || COMPREPLY=($(compgen -P "$before" -f -- "$word"))
}}
complete -o filenames -F _vwr vwr ./vwr
"""
ZSH = "autoload -U +X bashcompinit && bashcompinit\n"  # zsh accepts bash's completion
FISH = """function __vwr_list
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string replace -r '[^,]*$' '')
    printf '%s\\n' $before$argv
end
complete -c vwr -f -n __fish_use_subcommand -a "{verbs}"
"""


class Values(NamedTuple):
    """The values of an option; of a list, several with commas between them."""

    words: tuple[str, ...]
    is_list: bool = False


def _shown(page: str) -> dict[str, Values]:
    """The options whose values the page of a verb lists: --format text|json."""
    found = {}
    for option, listed in re.findall(r"(--[a-z][a-z-]*) ((?:[a-z0-9.,-]+\|)+[a-z0-9.,-]+)", page):
        listed = listed.rstrip(",.")
        found[option] = Values(tuple(dict.fromkeys(re.split("[|,]", listed))), "," in listed)
    return found


def _named(verb: str) -> dict[str, Values]:
    """The options whose values are names of this tree: devices, parts, ports."""
    if verb not in ("embed", "explain", "generate", "lint", "monitor"):
        return {}
    versions = description.package().VERSIONS
    if verb == "generate":
        return {"--version": Values(versions)}
    devices = tuple(name for name, spec in description.specs().items() if spec.kind == "device")
    if verb in ("explain", "monitor"):
        return {"--device": Values(devices)}
    if verb == "lint":
        return {"--only": Values(tuple(description.specs()), True), "--version": Values(versions)}
    options = description.module("options")
    parts = Values((*(row.name for row in options.OPTIONS if row.part), "all"), True)
    ports = tuple(sorted(path.parent.name for path in (ROOT / "runtime" / "port").glob("*/vwr_port.h")))
    return {
        **dict.fromkeys(("--driver", "--device"), Values(devices, True)),
        **dict.fromkeys(("--with", "--without"), parts),
        "--port": Values(ports),
    }


def values(verb: str) -> dict[str, Values]:
    """{option: its values}."""
    return {**_shown(help_texts().get(verb, "")), **_named(verb)}


def words(verb: str, verbs: Sequence[str]) -> list[str]:
    """The words that may follow a verb: the options of its page, and names."""
    page = re.sub("`[^`]*`", "", help_texts().get(verb, ""))  # another verb's
    found = sorted(set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)))
    for forms in re.findall(rf"^(?:.*\. )?vwr {verb} ([a-z0-9|]+)\b", page, re.MULTILINE):
        found += forms.split("|")
    if verb == "vhost":
        found += re.findall(r"^  ([a-z0-9]+)  ", page, re.MULTILINE)
    found += tiers_and_kinds().get(verb, [])
    found += {"help": ["all", *(verb for verb in verbs if " " not in verb)]}.get(verb, [])
    return list(dict.fromkeys(found))


def tiers_and_kinds() -> dict[str, list[str]]:
    """{verb: names}; a source archive has no tests."""
    if not (ROOT / TESTS).is_file():
        return {}
    from vwr.front import soak  # imported here: it reads tests/

    return {"test": tests.words(), "soak": [*soak.SOAKS, *soak.GUESTS]}


def _fish(names: Sequence[str], verbs: Sequence[str]) -> str:
    """Each option alone, because fish shows those of the verb only after a hyphen."""
    lines = [FISH.format(verbs=" ".join(names))]
    for verb in names:
        given, known = words(verb, verbs), values(verb)
        start = f"complete -c vwr -n '__fish_seen_subcommand_from {verb}'"
        plain = [word for word in given if not word.startswith("-")]
        lines += [f'{start} -a "{" ".join(plain)}"\n'] if plain else []
        for option in given[: len(given) - len(plain)]:
            found = known.get(option)
            listed = " ".join(found.words) if found else ""
            chosen = (
                f" -x -a \"{f'(__vwr_list {listed})' if found and found.is_list else listed}\""
                if found
                else ""
            )
            lines.append(f"{start} -l {option[2:]}{chosen}\n")
    return "".join(lines)


def script(shell: str, verbs: Sequence[str]) -> str:
    names = [*(verb for verb in verbs if " " not in verb), "help"]
    if shell == "fish":
        return _fish(names, verbs)
    cases = "\n".join(f'            {name}) words="{" ".join(words(name, verbs))}" ;;' for name in names)
    rows = [(verb, option, found) for verb in names for option, found in values(verb).items()]
    lists = "\n".join(
        f"        '{verb} {option}') words=\"{',' * found.is_list}{' '.join(found.words)}\" ;;"
        for verb, option, found in rows
    )
    return (ZSH if shell == "zsh" else "") + BASH.format(verbs=" ".join(names), cases=cases, values=lists)

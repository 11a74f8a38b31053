# SPDX-License-Identifier: MIT
"""vwr convert: converts descriptions from an older grammar to the current one, in place."""

import difflib
from argparse import ArgumentParser, Namespace
from pathlib import Path

import yaml

from vwr.convert.convert import converted
from vwr.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    """Adds the verb's options."""
    parser.add_argument("files", nargs="+", metavar="FILE")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true")
    how.add_argument("--diff", action="store_true")


def run(args: Namespace) -> int:
    """Exit code 0: written, or nothing to convert; 1 with --check and --diff: a file needs conversion."""
    changed = [path for path in args.files if _changed(path, args)]
    return int(bool(changed) and (args.check or args.diff))


def _changed(path: str, args: Namespace) -> bool:
    """Whether the file is in an older grammar. It is converted, unless only a check is requested."""
    try:
        old = Path(path).read_bytes().decode("utf-8")
        new = converted(path, old)
    except UnicodeDecodeError:
        raise Stop(f"{path} is not UTF-8", "save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else path
        raise Stop(f"{place}: {error.problem}", "./vwr check explains it") from None
    except yaml.YAMLError as error:
        raise Stop(f"{path}: {str(error).splitlines()[0]}", "./vwr check explains it") from None
    except RecursionError:
        raise Stop(f"{path}: nested too deeply", "./vwr check explains it") from None
    if new == old:
        return False
    if args.diff:
        before, after = (text.splitlines(keepends=True) for text in (old, new))
        print("".join(difflib.unified_diff(before, after, f"a/{path}", f"b/{path}")), end="")
    else:
        print(f"{'old     ' if args.check else 'changed '} {path}")
    if not args.check and not args.diff:
        Path(path).write_bytes(new.encode("utf-8"))
    return True

# SPDX-License-Identifier: MIT
"""
Gets the contents of a header from the user's own compiler: its preprocessed text and the values of
expressions.
"""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from vwr.lint import objectfile
from vwr.stop import Stop

PROBE = "vwr_probe"
SECONDS = 120
PASSES = 6  # passes that remove what does not compile; after these the list is halved

_PLACE = re.compile(rf"\b{PROBE}\.c:(\d+):(?:\d+:)? (?:fatal )?error:")


class Refused(Exception):
    """The compiler rejects the header. The text is its complete message."""


class Compiler:
    """One command line, with the folders and macros that the header needs."""

    def __init__(self, command: list[str], options: list[Any], folder: Path) -> None:
        if not command:
            raise Stop("--cc names no compiler", "--cc 'gcc -I…'")
        self.command, self.folder = [*command, *options], folder
        self.late = ["-w"]
        macros = self._text("", "-dM")
        self.is_cxx = "#define __cplusplus " in macros
        self.is_gnu = "#define __GNUC__ " in macros
        if self.is_gnu:  # all errors at once: fewer passes
            clang = "#define __clang__ " in macros
            self.late += ["-ferror-limit=0"] if clang else ["-fmax-errors=0", "-ftrack-macro-expansion=0"]
            self.late.append("-Wno-fatal-errors")
        if any(word.startswith("-flto") for word in command):
            self.late.append("-fno-lto")

    def _run(self, *arguments: Path | str) -> Any:
        try:
            return subprocess.run(
                [*self.command, *self.late, *map(str, arguments)],
                capture_output=True,
                text=True,
                check=False,
                errors="replace",
                timeout=SECONDS,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError:
            raise Stop(
                f"there is no compiler '{self.command[0]}'",
                "--cc 'YOUR-COMPILER ITS-OPTIONS', or apt-get install gcc",
            ) from None
        except (OSError, ValueError) as error:
            raise Stop(
                f"'{self.command[0]}' cannot be run: {getattr(error, 'strerror', None) or error}",
                "--cc 'YOUR-COMPILER ITS-OPTIONS'",
            ) from None
        except subprocess.TimeoutExpired:
            raise Stop(
                f"'{self.command[0]}' did not finish within {SECONDS} seconds",
                "compile the header by hand with the same options",
            ) from None

    def _file(self, ending: str) -> Path:
        return self.folder / f"{PROBE}.{ending}"

    def _text(self, text: str, *options: str) -> str:
        """The preprocessed text."""
        self._file("c").write_text(text, encoding="utf-8", errors="surrogateescape")
        done = self._run(*options, "-E", self._file("c"))
        if done.returncode != 0:
            raise Refused(done.stderr)
        return done.stdout

    def _object(self, text: str) -> str:
        """
        The compiler's errors for a text; '' if it compiles to an object file.

        An error inside a macro is to be reported at the use of the macro: by an option of GCC, by habit of Clang; for
        another compiler the text is preprocessed.
        """
        path = self._file("c" if self.is_gnu else "i")
        written = text if self.is_gnu else self._text(text)
        path.write_text(written, encoding="utf-8", errors="surrogateescape" if self.is_gnu else "replace")
        self._file("o").unlink(missing_ok=True)
        done = self._run("-c", path, "-o", self._file("o"))
        if done.returncode == 0 and not self._file("o").is_file():
            raise Stop(
                f"'{self.command[0]}' does not produce an object file", "--cc 'YOUR-COMPILER ITS-OPTIONS'"
            )
        return (done.stderr or f"exit code {done.returncode}") if done.returncode else ""

    def read(self, text: str) -> str:
        """The preprocessed text with the macros. Whether it compiles is checked together with the values."""
        return self._text(text, "-dD")

    def values(self, text: str, expressions: list[str]) -> dict[str, int]:
        """{expression: value} of the expressions that are a constant number after this text; Refused if it does not compile."""
        left, sound = list(dict.fromkeys(expressions)), False
        for _ in range(PASSES):
            said = self._object(text + "".join(map(self._definition, range(len(left)), left)))
            if not said:
                return self._read(left) if left else {}
            first = text.count("\n") + 1
            if not sound and not (left and _of_definitions(said, first)) and (whole := self._object(text)):
                raise Refused(whole)
            sound = True
            bad = {int(line) - first for line in _PLACE.findall(said)}
            if not bad & set(range(len(left))):
                break
            left = [expression for place, expression in enumerate(left) if place not in bad]
        half = len(left) // 2
        return {**self.values(text, left[:half]), **self.values(text, left[half:])} if half else {}

    def _definition(self, number: int, expression: str) -> str:
        linkage = 'extern "C" ' if self.is_cxx else ""
        return f"{linkage}const unsigned long long {PROBE}_{number} = (unsigned long long)({expression});\n"

    def _read(self, expressions: list[str]) -> dict[str, int]:
        numbers = objectfile.numbers(self._file("o"), zeroed=not self.is_cxx)
        if numbers is None:
            raise Stop(
                f"'{self.command[0]}' produces object files other than ELF",
                "--cc 'a compiler for an ELF target, such as gcc or clang --target=…'",
            )
        found = {expression: numbers.get(f"{PROBE}_{place}") for place, expression in enumerate(expressions)}
        return {expression: value for expression, value in found.items() if value is not None}


def _of_definitions(said: str, first: int) -> bool:
    """Whether all errors are in the definitions from this line on, so that the text before them compiles."""
    errors = [line for line in said.splitlines() if re.search(r"\berror\b", line)]
    places = [_PLACE.search(line) for line in errors]
    return bool(errors) and all(place and int(place[1]) >= first for place in places)


def first_error(said: Any) -> Any:
    """The first error line in the compiler's message; if there is none, the first line."""
    lines = [line for line in said.splitlines() if line.strip()] or ["no error message"]
    return next((line for line in lines if re.search(r"\berror\b", line)), lines[0]).strip()

# SPDX-License-Identifier: MIT
"""The declarations in headers, as seen by a compiler, for tiers that compare stand-ins with real trees."""

import re
import subprocess
import tempfile


def flat(text):
    """One way to write it."""
    return re.sub(r"\s*([*:;,()\[\]])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()


def functions(compiler, cwd):
    """{name: (path of the header, prototype)}; `compiler` is a command with its source."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as out:
        subprocess.run(
            [*compiler, "-fsyntax-only", "-aux-info", out.name],
            cwd=cwd,
            text=True,
            capture_output=True,
            check=True,
        )
        found = re.findall(r"^/\* (.+?):\d+:\w+ \*/ (.*?(\w+) \(.*?\));", out.read(), re.M)
    return {name: (path, flat(re.sub(r"^extern |/\*.*?\*/", "", text))) for path, text, name in found}


def macros(text, header_of):
    """{name: [header, how many parameters, and value]} of a preprocessor's -dD; the value if it is a number."""
    found, header = {}, None
    for line in text.splitlines():
        marker = re.match(r'# \d+ "(.*?)"', line)
        if marker:
            header = None if marker[1].startswith("<") else header_of(marker[1])
        definition = re.match(r"#define (\w+)(\([^)]*\))?(.*)", line)
        found.pop((re.match(r"#undef (\w+)", line) or [None, None])[1], None)
        if definition and header:
            number = re.fullmatch(r"-?(0x[0-9a-fA-F]+|\d+)(UL|ULL)?", definition[3].strip(" ()"))
            found[definition[1]] = [
                header,
                (f"({definition[2].count(',') + 1})" if definition[2] else "")
                + (f"={int(number[1], 0)}" if number else ""),
            ]
    return found

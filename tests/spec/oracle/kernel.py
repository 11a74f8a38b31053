# SPDX-License-Identifier: MIT
"""What the kernel's UAPI headers have, asked of the compiler: macros listed by it, all else by trial."""

import os
import re
import subprocess
from pathlib import Path

from headers import paths
from vwr.oracle.listing import Code

FIRST = "linux/virtio_ids.h"

# What of theirs we ought to have as well.
_CONSTANT = r"(?:VIRTIO_|VRING_)\w+"
_MACRO = re.compile(rf"^#define ({_CONSTANT}) +(\S.*)$", re.MULTILINE)
_STRUCT = re.compile(r"(?:virtio_|vring_)\w+$")
_WORD = re.compile(r"\b(?:VIRTIO_|VRING_|virtio_|vring_)\w+|(?<=[.,>])\s*[A-Za-z_]\w*")
# Their types as those of the listings of the specification.
_TYPES = (
    (r"\b__virtio(\d+)\b", r"le\1"),
    (r"\b__(le|be|u)(\d+)\b", r"\1\2"),
    (r"\b__s(\d+)\b", r"u\1"),
    (r"\bvring_(\w+)_t\b", r"struct vring_\1"),
    (r"__attribute__\s*\(\(.*?\)\)", ""),
)


class Kernel:
    """The headers in one folder, seen through one compiler."""

    def __init__(self, compiler, folder, build):
        self.command = [compiler, "-std=gnu11", "-w", *([f"-I{folder}"] if folder else [])]
        self.build = build
        self.headers = ["stddef.h", FIRST]
        if not self.missing():
            self.headers = ["stddef.h", *self._all()]

    @property
    def include(self):
        """Lines that include all of them."""
        return "".join(f"#include <{header}>\n" for header in self.headers)

    def _all(self):
        """All headers that lie beside the first one."""
        self._write("")
        first = next(word for word in self._run("-M").stdout.split() if word.endswith(FIRST))
        return sorted(f"linux/{path.name}" for path in Path(first).parent.glob("virtio_*.h"))

    def _run(self, *arguments):
        source = self.build / "probe.c"
        return subprocess.run(
            [*self.command, *arguments, str(source)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "LC_ALL": "C"},
        )

    def _write(self, text):
        (self.build / "probe.c").write_text(self.include + text, encoding="utf-8")

    def missing(self):
        """Why the headers cannot be used, or ''."""
        self._write("")
        done = self._run("-fsyntax-only")
        return done.stderr.strip().splitlines()[0] if done.returncode else ""

    def version(self):
        """(major, minor) of the kernel that the headers are of."""
        self._write("#include <linux/version.h>\nversion LINUX_VERSION_CODE\n")
        code = int(re.search(r"\bversion\s+(\d+)", self._run("-E", "-P").stdout).group(1))
        return code >> 16, code >> 8 & 255

    def names(self):
        """(kind, name) of what of theirs we ought to have: macros with a value, enumerators, structs, fields."""
        self._write("")
        macros = [name for name, value in _MACRO.findall(self._run("-E", "-dM").stdout)]
        text = self._run("-E", "-P").stdout
        enumerators = re.findall(rf"\b{_CONSTANT}", text)  # a macro would not be in there any more
        for pattern, ours in _TYPES:
            text = re.sub(pattern, ours, text)
        structs = {one.name: one.members for one in Code(1, text).structs if _STRUCT.match(one.name)}
        found = [("constant", name) for name in sorted(set(macros) | set(enumerators))]
        for name, members in structs.items():
            found.append(("struct", name))
            found += [("field", f"{name}.{path}") for path, _ in paths({}, members)]
        return found

    def known(self, expressions):
        """Those of the C expressions that compile: each in a function of its own, so that each is judged alone."""
        self._write("")
        words = set(re.findall(r"\w+", self._run("-E", "-dD").stdout))
        left = [
            text
            for text in dict.fromkeys(expressions)  # a compiler is slow with names that are not there
            if {word.strip() for word in _WORD.findall(text)} <= words
        ]
        first = len(self.headers) + 1
        while left:  # a compiler may stop after so many errors
            self._write(
                "".join(
                    f"unsigned long long probe_{i}(void) {{ return (unsigned long long)({text}); }}\n"
                    for i, text in enumerate(left)
                )
            )
            said = self._run("-fsyntax-only").stderr
            bad = {int(line) - first for line in re.findall(r"probe\.c:(\d+):\d+: (?:fatal )?error:", said)}
            if not bad:
                break
            left = [text for i, text in enumerate(left) if i not in bad]
        return set(left)

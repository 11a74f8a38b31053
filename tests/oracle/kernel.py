# SPDX-License-Identifier: MIT
"""What the kernel's UAPI headers have, asked of the compiler: macros listed by it, all else by trial."""

import os
import re
import subprocess

HEADERS = ["stddef.h", "linux/virtio_types.h", "linux/virtio_ids.h", "linux/virtio_config.h",
           "linux/virtio_ring.h", "linux/virtio_mmio.h", "linux/virtio_blk.h"]

# What of theirs we ought to have as well.
_OURS_TOO = r"(?:VIRTIO_(?:BLK|MMIO|CONFIG_S|F|RING_F|ID|TRANS_ID|TRANSPORT_F)_|VRING_)\w+"
_MACRO = re.compile(rf"^#define ({_OURS_TOO}) +(\S.*)$", re.MULTILINE)
_STRUCT = re.compile(r"\bstruct ((?:virtio_blk|virtio_scsi|vring)\w*)\s*\{")


class Kernel:
    """The headers in one folder, seen through one compiler."""

    def __init__(self, compiler, folder, build):
        self.command = [compiler, "-std=gnu11", "-w", *([f"-I{folder}"] if folder else [])]
        self.build = build
        self.include = "".join(f"#include <{header}>\n" for header in HEADERS)

    def _run(self, *arguments):
        source = self.build / "probe.c"
        return subprocess.run([*self.command, *arguments, str(source)], capture_output=True, text=True, check=False,
                              timeout=60, env={**os.environ, "LC_ALL": "C"})

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
        """Constants and structs of theirs that we ought to have: macros with a value, enumerators, structs."""
        self._write("")
        macros = [name for name, value in _MACRO.findall(self._run("-E", "-dM").stdout)]
        text = self._run("-E", "-P").stdout
        enumerators = re.findall(rf"\b{_OURS_TOO}", text)  # a macro would not be in there any more
        return sorted(set(macros) | set(enumerators)) + sorted(set(_STRUCT.findall(text)))

    def known(self, expressions):
        """Those of the C expressions that compile: each in a function of its own, so that each is judged alone."""
        left, first = list(dict.fromkeys(expressions)), len(HEADERS) + 1
        while left:  # a compiler may stop after so many errors
            self._write("".join(f"unsigned long long probe_{i}(void) {{ return (unsigned long long)({text}); }}\n"
                                for i, text in enumerate(left)))
            said = self._run("-fsyntax-only").stderr
            bad = {int(line) - first for line in re.findall(r"probe\.c:(\d+):\d+: (?:fatal )?error:", said)}
            if not bad:
                break
            left = [text for i, text in enumerate(left) if i not in bad]
        return set(left)

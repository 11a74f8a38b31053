# SPDX-License-Identifier: MIT
"""Paths of the files, and how to compile them."""


from folders import BUILD, ROOT  # noqa: F401 (for the tests that import this)

INCLUDE = [f"-I{ROOT}/runtime/include", f"-I{ROOT}/generated/include"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]


def library():
    """The library sources that an embedder copies."""
    return [
        path
        for folder in ("runtime/base", "runtime/shared", "runtime/driver", "generated/src")
        for path in sorted((ROOT / folder).rglob("*.c"))
    ]

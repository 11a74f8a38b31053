# SPDX-License-Identifier: MIT
"""What makes files of a description, of a plan or of a profile: one interface for all that is written."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Generic, TypeVar

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Output:
    """A file, by its path in the folder that is written to; `source` is what the MANIFEST says that it comes from."""

    path: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class BackEnd(Generic[Subject]):
    """`reads`: what it asks the subject for; `writes`: patterns of the paths, of which there is no other."""

    name: str
    reads: str
    writes: tuple[str, ...]
    outputs: Callable[[Subject], Iterable[Output]]


def outputs(back_ends: Iterable[BackEnd[Subject]], subject: Subject) -> Iterator[Output]:
    """All files, in the order of the back ends."""
    for one in back_ends:
        for output in one.outputs(subject):
            if not any(fnmatchcase(output.path, pattern) for pattern in one.writes):
                raise ValueError(
                    f"back end {one.name} makes {output.path}, and says that it writes {', '.join(one.writes)}"
                )
            yield output

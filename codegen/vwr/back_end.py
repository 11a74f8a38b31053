# SPDX-License-Identifier: MIT
"""The common interface of all back ends, which generate files from a description, a plan or a profile."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Generic, NamedTuple, TypeVar

Subject = TypeVar("Subject")


class Output(NamedTuple):
    """
    A file, identified by its path in the output folder. `source` is the source that the MANIFEST lists for
    it; `raw` is the content of a file that is no text.
    """

    path: str
    text: str
    source: str = ""
    raw: bytes = b""

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.raw or self.text.encode("utf-8")


@dataclass(frozen=True)
class BackEnd(Generic[Subject]):
    """
    `reads`: the input that it takes from the subject; `writes`: patterns that match the paths of all its
    outputs.
    """

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

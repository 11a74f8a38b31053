# SPDX-License-Identifier: MIT
"""
Templates as compiled by Jinja2, in the build folder: compilation takes longer than filling in. A file depends
on the text of its template, the versions of Jinja2 and Python, and the filters, since Jinja2 folds constants.
It may be removed at any time.
"""

import functools
import hashlib
import sys
from io import BytesIO
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from vwr.generate import drift
from vwr.output import build_folder

_FILTERS = Path(__file__).parent


@functools.cache
def _programs() -> bytes:
    texts = [path.read_bytes() for path in sorted(_FILTERS.glob("*.py"))]
    return hashlib.sha256(b"".join([f"{sys.version} {jinja2.__version__}".encode(), *texts])).digest()


class Compiled(BytecodeCache):
    """
    Shared by all environments and by copies of a tree. The checksum distinguishes templates with the same
    name.
    """

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return hashlib.sha1(name.encode("utf-8")).hexdigest()

    def get_source_checksum(self, source: str) -> str:
        return hashlib.sha256(_programs() + source.encode("utf-8")).hexdigest()

    def get_bucket(
        self, environment: jinja2.Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """A template that was compiled in another folder must name this folder's file in errors."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code and filename:
            bucket.code = _of_file(bucket.code, filename)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            whole, _, code = _place(bucket).read_bytes().partition(b"\n")
            if whole.decode() == hashlib.sha256(code).hexdigest():
                bucket.load_bytecode(BytesIO(code))
        except (OSError, ValueError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """A folder that cannot be written to is ignored."""
        made = BytesIO()
        bucket.write_bytecode(made)
        code = made.getvalue()
        try:
            drift.put(_place(bucket), hashlib.sha256(code).hexdigest().encode() + b"\n" + code)
        except OSError:
            pass


def _of_file(code: CodeType, filename: str) -> CodeType:
    if code.co_filename == filename:
        return code
    parts = (_of_file(part, filename) if isinstance(part, CodeType) else part for part in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(parts))


def _place(bucket: Bucket) -> Path:
    build = build_folder()
    return build / "templates" / bucket.key

# SPDX-License-Identifier: MIT
"""
Runs a verb of ./vwr in the test's own process, which saves the start of Python and repeated reads of the
same files.
"""

import contextlib
import io
import os
import subprocess
from unittest import mock

from vwr.main import main


class Said(io.StringIO):
    """The output that would go to a terminal or a pipe."""

    encoding = "utf-8"


def run(*arguments, cwd=None, environment=None, stdin=b""):
    """
    Exit code and output, as for a process in this folder and environment (by default, those of the
    test).
    """
    out, err, before = Said(), Said(), os.getcwd()
    given_in = io.TextIOWrapper(io.BytesIO(stdin))
    given = os.environ if environment is None else environment
    with (
        mock.patch.dict(os.environ, {**given, "VWR_DEBUG": "1"}, clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch("sys.stdin", given_in),
    ):
        try:
            os.chdir(cwd or before)
            code = main(list(map(str, arguments)))
        except SystemExit as end:
            code = end.code
        finally:
            os.chdir(before)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

# SPDX-License-Identifier: MIT
"""Settings of all tests in Python."""

import gc

gc.set_threshold(1_000_000)  # as codegen/__main__.py: a test keeps nearly all that it reads

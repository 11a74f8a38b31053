# SPDX-License-Identifier: MIT
"""Modules of this folder, and those of linux/ for the recorder."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "linux")]

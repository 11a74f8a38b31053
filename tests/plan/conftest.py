# SPDX-License-Identifier: MIT
"""The code under test is plain scripts in plan/ and codegen/, which import each other by name."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "plan"), str(ROOT / "codegen")]

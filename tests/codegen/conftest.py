# SPDX-License-Identifier: MIT
"""The code under test is plain scripts in codegen/, which import each other by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "codegen"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

# SPDX-License-Identifier: MIT
"""Virtwright's tools: a package for each verb, and the modules that they share."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

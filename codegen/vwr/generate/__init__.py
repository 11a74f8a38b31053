# SPDX-License-Identifier: MIT
"""Models and templates to files."""

# SPDX-License-Identifier: MIT
"""Two revisions of spec/ compared in the specification's words."""

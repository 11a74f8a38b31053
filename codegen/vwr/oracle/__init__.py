# SPDX-License-Identifier: MIT
"""The description beside the specification's own source."""

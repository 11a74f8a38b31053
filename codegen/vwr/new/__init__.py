# SPDX-License-Identifier: MIT
"""A device that is not described yet: where to begin."""

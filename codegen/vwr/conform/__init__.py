# SPDX-License-Identifier: MIT
"""Cases on a device, ours or somebody's, as a page: clause, case, result."""

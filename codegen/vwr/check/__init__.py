# SPDX-License-Identifier: MIT
"""What can be wrong with spec/, and that generated/ is what it makes."""

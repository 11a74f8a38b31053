# SPDX-License-Identifier: MIT
"""What a driver did to its device, in the specification's words."""

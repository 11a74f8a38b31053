# SPDX-License-Identifier: MIT
"""Modules of this folder, and those of linux/ for the recorder."""



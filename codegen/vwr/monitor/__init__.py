# SPDX-License-Identifier: MIT
"""vwr monitor --trace: a recorded device, judged by the rules of the monitor."""

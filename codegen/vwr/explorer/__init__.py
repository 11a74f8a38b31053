# SPDX-License-Identifier: MIT
"""The description as one page of HTML: registers, features, structs, messages, a playground, a box to paste into."""

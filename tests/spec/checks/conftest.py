# SPDX-License-Identifier: MIT
"""The code under test is plain scripts in codegen/, which import each other by name."""



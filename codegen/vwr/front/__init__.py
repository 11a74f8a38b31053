# SPDX-License-Identifier: MIT
"""
./vwr: the packages that each verb needs, and how it runs. It uses only the standard library, since it runs
before any package is installed.
"""

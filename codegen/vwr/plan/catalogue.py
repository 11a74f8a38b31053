# SPDX-License-Identifier: MIT
"""The possible problems of a plan, by id."""

from pathlib import Path

from vwr.spec.catalogue import CHECKS, catalogue

PLAN_CHECKS = catalogue(Path(__file__).with_suffix(".txt"))
ALL_CHECKS = CHECKS | PLAN_CHECKS

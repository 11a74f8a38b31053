# SPDX-License-Identifier: MIT
"""python3 codegen VERB …: what ./vwr hands over to."""

import gc
import sys

from vwr.main import main

gc.set_threshold(100_000)  # a verb keeps nearly all that it makes, and ends soon
sys.exit(main(sys.argv[1:]))

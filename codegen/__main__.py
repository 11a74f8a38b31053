# SPDX-License-Identifier: MIT
"""python3 codegen VERB …: what ./vwr hands over to."""

import gc
import sys

from vwr.main import main

gc.disable()  # a verb keeps nearly all that it makes, and ends soon
code = main(sys.argv[1:])
gc.freeze()  # otherwise Python looks through all of it at the end, a twentieth of a long run
sys.exit(code)

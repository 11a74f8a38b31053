# SPDX-License-Identifier: MIT
"""python3 codegen VERB …: the program to which ./vwr hands over."""

import gc
import sys

from vwr.main import main
from vwr.output import printed

gc.disable()  # a verb keeps nearly all that it makes, and ends soon
code = printed(lambda: main(sys.argv[1:]))
gc.freeze()  # otherwise Python traverses all of it at the end, which takes a twentieth of a long run
sys.exit(code)

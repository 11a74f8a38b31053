# SPDX-License-Identifier: MIT
"""C: headers, tables, names for people, the test of what is on the wire."""

from vwr.generate.back_ends.common import each

BACK_ENDS = (
    each("headers", "include/vwr/gen/{stem}.h", "{kind}.h.j2"),
    each("stand-alone headers", "standalone/virtio_{stem}.h", "standalone.h.j2"),
    each("tables", "src/vwr_gen_{stem}.c", "{kind}.c.j2", "features", "status", "registers", "device", "structs"),
    each("version", "include/vwr/gen/version.h", "version.h.j2", "ids"),
    each("names for people", "src/vwr_names_{stem}.c", "names.c.j2"),
    each("short names", "src/vwr_short_{stem}.c", "short_names.c.j2", "ids"),
    each("wire test", "test/wire_{stem}.c", "wire.c.j2", "ring", "registers", "channel", "device", "structs"),
)

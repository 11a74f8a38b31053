# SPDX-License-Identifier: MIT
"""C: headers, tables, names for people, and the test of struct layouts."""

from vwr.generate.back_ends.common import each

BACK_ENDS = (
    each("headers", "include/vwr/gen/{stem}.h", "{kind}.h.j2"),
    each("stand-alone headers", "standalone/virtio_{stem}.h", "standalone.h.j2"),
    each(
        "tables",
        "src/vwr_gen_{stem}.c",
        "{kind}.c.j2",
        "features",
        "status",
        "registers",
        "structs",
        "device",
    ),
    each("version", "include/vwr/edition.h", "version.h.j2", "ids"),
    each("names for people", "src/vwr_names_{stem}.c", "names.c.j2"),
    each("short names", "src/vwr_short_{stem}.c", "short_names.c.j2", "ids"),
    each("messages", "include/vwr/messages/{stem}.h", "messages.h.j2", "device"),
    each("clients' headers", "include/vwr/client/{stem}.h", "client.h.j2", "device"),
    each("clients", "client/vwr_gen_{stem}_client.c", "client.c.j2", "device"),
    each("services' headers", "include/vwr/service/{stem}.h", "service.h.j2", "device"),
    each("services", "service/vwr_gen_{stem}_service.c", "service.c.j2", "device"),
    each("test of both ends", "test/ends/{stem}.c", "ends.c.j2", "device"),
    each("wire test", "test/wire_{stem}.c", "wire.c.j2", "ring", "registers", "channel", "device", "structs"),
)

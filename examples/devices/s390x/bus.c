/* SPDX-License-Identifier: MIT */
#include "../bus.h"
#include "machine.h"
#include "uart.h"
#include "vwr/gen/ids.h"

/* The devices of QEMU's s390-ccw-virtio: subchannels of the first set. */

static struct vwr_ccw ccw[BUS_DEVICES];
static struct vwr_ccw_shared shared[BUS_DEVICES];

static void say_device(const struct vwr_ccw *c)
{
    const char *const name = vwr_name(vwr_id_short_names, c->dev.type);

    put("subchannel: ");
    put_hex(c->subchannel, 8);
    put_char(' ');
    put(name != NULL ? name : "of unknown type");
    put(", revision ");
    put_dec(c->dev.version);
    put_char('\n');
}

unsigned bus_find(struct bus_device *found)
{
    struct vwr_ccw_scan scan = {.host = &channel_host, .next = VWR_CCW_FIRST, .last = VWR_CCW_LAST};
    unsigned count = 0;
    int r;

    while (count < BUS_DEVICES && (r = vwr_ccw_scan_next(&scan, &ccw[count], &shared[count])) != 0)
        if (r > 0) {
            say_device(&ccw[count]);
            found[count].dev = &ccw[count].dev;
            found[count].at = ccw[count].subchannel;
            count++;
        }
    return count;
}

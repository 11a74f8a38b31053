/* SPDX-License-Identifier: MIT */
#include "describe.h"
#include "disk.h"
#include "slots.h"
#include "uart.h"
#include "vwr/gen/ids.h"

void demo_main(unsigned exception_level);

static struct vwr_mmio found[SLOTS + 1u]; /* one more for the call that reports the end */

/* A map of the whole window, for diagnosis. */
static void put_window(void)
{
    struct vwr_mmio_scan s = slots_scan();
    char line[VWR_MMIO_LINE_BYTES];

    while (vwr_mmio_scan_line(&s, line, sizeof(line)) > 0) {
        put(line);
        put_char('\n');
    }
}

/* Prints the devices and stores them in found[]. Returns their number. */
static unsigned scan(void)
{
    struct vwr_mmio_scan s = slots_scan();
    unsigned count = 0;
    int r;

    while ((r = vwr_mmio_scan_next(&s, &found[count])) != 0)
        if (r > 0)
            describe_slot(&found[count++]);
    return count;
}

/* NULL: success. */
static const char *examine_disks(unsigned count)
{
    const char *failure = NULL;
    unsigned disks = 0;

    for (unsigned i = 0; i < count; i++) {
        const char *words;

        if (found[i].dev.type != VWR_ID_BLOCK)
            continue;
        disks++;
        put("\ndisk in slot ");
        put_hex((uintptr_t)found[i].base, 8);
        put_char('\n');
        words = disk_examine(&found[i]);
        if (words != NULL)
            failure = words;
    }
    return disks == 0 ? "no disk found" : failure;
}

/* Called from start.S, which then powers off. */
void demo_main(unsigned exception_level)
{
    const char *failure;

    uart_start();
    put("Virtwright demo on bare metal, exception level ");
    put_dec(exception_level);
    put("\nvirtio-mmio slots\n");
    put_window();
    failure = examine_disks(scan());
    if (failure == NULL) {
        put("\nguest: OK\n");
        return;
    }
    put("\nguest: FAILED: ");
    put(failure);
    put_char('\n');
}

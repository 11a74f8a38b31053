/* SPDX-License-Identifier: MIT */
/* The program of docs/first-driver.md: tests the port, then reads the first sector of the disk in QEMU's last
 * slot. */
#include "uart.h"
#include "vwr_example.h"

#define DISK \
    ((volatile void *)0x0a003e00) /* QEMU's board virt places the first device into the last of 32 slots */

static char sector[512];

static void print(const char *line)
{
    put(line);
    put("\n");
}

void demo_main(unsigned level); /* start.S calls it, with the exception level */
void demo_main(unsigned level)
{
    int r;

    (void)level;
    uart_start();
    r = vwr_example_selftest(print);
    if (r == VWR_OK)
        r = vwr_example_read(DISK, sector);
    print(vwr_strerror(r));
    if (r != VWR_OK) {
        vwr_example_explain_blk(print);
        return;
    }
    put_untrusted(sector, 16);
    put("\n");
}

/* SPDX-License-Identifier: MIT */
#include "find.h"
#include "uart.h"

/* An image built from the file pair: finds a disk of QEMU's virt machine, and prints its sector 0. */

void demo_main(unsigned level);
void exception_report(unsigned kind, uint64_t syndrome, uint64_t from, uint64_t address);
void report_level_3(void);

static uint8_t sector[VWR_BLK_SECTOR_BYTES];
static int r = VWR_ENODEV;

static void look_at(device d, uint32_t type)
{
    if (r != VWR_OK && type == VWR_BLK_ID)
        r = vwr_example_read(d, sector);
}

static void find(void)
{
#ifdef WITH_PCI
    (void)find_functions(look_at);
#else
    for (unsigned slot = 0; slot < SLOT_COUNT; slot++) /* the copy may only have the probe for one version */
        look_at((volatile void *)(SLOTS + slot * SLOT_BYTES), VWR_BLK_ID);
#endif
}

#ifdef WITH_TRACE
static void put_line(const char *line)
{
    put(line);
    put("\n");
}
#endif

void demo_main(unsigned level)
{
    (void)level;
    uart_start();
    find();
#ifdef WITH_TRACE
    vwr_example_trace(put_line);
#endif
    put(r == VWR_OK ? "sector 0: " : "no disk: ");
    for (unsigned i = 0; i < sizeof(sector); i++)
        put_hex(sector[i], 2);
    put("\n");
}

void exception_report(unsigned kind, uint64_t syndrome, uint64_t from, uint64_t address)
{
    put("exception ");
    put_hex(kind, 2);
    put_hex(syndrome, 16);
    put_hex(from, 16);
    put_hex(address, 16);
    put("\n");
}

void report_level_3(void)
{
}

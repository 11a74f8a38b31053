/* SPDX-License-Identifier: MIT */
#include "vwr.h"

#include "uart.h"

/* An image made of the pair: looks at all 32 slots of QEMU's virt machine, and prints what is in sector 0 of
 * a disk. */

#define SLOTS 0x0a000000ul
#define SLOT_BYTES 0x200ul
#define SLOT_COUNT 32u

int vwr_example_read(volatile void *registers, void *buffer);
void demo_main(unsigned level);
void exception_report(unsigned kind, uint64_t syndrome, uint64_t from, uint64_t address);

static uint8_t sector[VWR_BLK_SECTOR_BYTES];

void demo_main(unsigned level)
{
    int r = VWR_ENODEV;

    (void)level;
    uart_start();
    for (unsigned slot = 0; slot < SLOT_COUNT && r != VWR_OK; slot++)
        r = vwr_example_read((volatile void *)(SLOTS + slot * SLOT_BYTES), sector);
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

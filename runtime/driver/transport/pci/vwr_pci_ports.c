/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/*
 * Configuration space through an address register followed by a data register: I/O ports 0xcf8 and 0xcfc of
 * x86.
 */

#define PORTS_DATA 4u /* offset of the data register */
#define PORTS_ENABLE 0x80000000u

/* Selects 32 bits, and returns the address for accessing them. */
static volatile uint8_t *ports_select(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    vwr_port_write32(h->space, vwr_cpu_to_le32(PORTS_ENABLE | function << 8 | offset));
    return (volatile uint8_t *)h->space + PORTS_DATA;
}

static uint32_t ports_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    return vwr_le32_to_cpu(vwr_port_read32(ports_select(h, function, offset)));
}

static void ports_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    vwr_port_write32(ports_select(h, function, offset), vwr_cpu_to_le32(value));
}

const struct vwr_pci_access vwr_pci_ports = {.read = ports_read, .write = ports_write};

/* SPDX-License-Identifier: MIT */
#if __has_include("vwr.h") /* the file pair of ./vwr embed */
#include "vwr.h"
#else
#include "vwr/mmio.h"
#endif

#include <stdio.h>
#include <string.h>

#if VWR_VERSION < VWR_VERSION_OF(0, 1, 0)
#error "an older Virtwright than this was written for"
#endif

enum { disk = 2 }; /* VWR_ID_BLOCK in vwr/gen/ids.h, which a pair does not include */

/* Registers are little-endian. */
static void set(uint32_t *at, uint32_t value)
{
    const uint8_t bytes[] = {value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >> 24};

    memcpy(at, bytes, sizeof bytes);
}

/*
 * Probes a register block that is an array: first an array of zeros, then one with the registers of a disk.
 */
int main(void)
{
    static uint32_t registers[VWR_MMIO_SIZE / sizeof(uint32_t)];
    struct vwr_mmio mmio;
    char why[200];

    if (vwr_mmio_probe(&mmio, registers, sizeof registers) != VWR_EMAGIC)
        return 1;
    (void)vwr_dev_explain(&mmio.dev, why, sizeof why);
    set(&registers[VWR_MMIO_MAGIC_VALUE / sizeof(uint32_t)], 0x74726976);
    set(&registers[VWR_MMIO_VERSION / sizeof(uint32_t)], 2);
    set(&registers[VWR_MMIO_DEVICE_ID / sizeof(uint32_t)], disk);
    if (vwr_mmio_probe(&mmio, registers, sizeof registers) != VWR_OK || mmio.dev.type != disk)
        return 2;
    printf("virtwright %s, document %s, generated code %d: %s\n", VWR_VERSION_STRING, VWR_SPEC_VERSION,
           VWR_GEN_ABI, why);
    return 0;
}

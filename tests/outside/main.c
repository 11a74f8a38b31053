/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/mmio.h"

#include <stdio.h>

#if VWR_VERSION < VWR_VERSION_OF(0, 1, 0)
#error "an older Virtwright than this was written for"
#endif

/* Probes a register block that is an array: first one of zeroes, then one in which a disk answers. */
int main(void)
{
    static uint32_t registers[VWR_MMIO_SIZE / sizeof(uint32_t)];
    struct vwr_mmio mmio;
    char why[200];

    if (vwr_mmio_probe(&mmio, registers, sizeof registers) != VWR_EMAGIC)
        return 1;
    (void)vwr_dev_explain(&mmio.dev, why, sizeof why);
    registers[VWR_MMIO_MAGIC_VALUE / sizeof(uint32_t)] = vwr_cpu_to_le32(VWR_MMIO_MAGIC_VALUE_VALUE);
    registers[VWR_MMIO_VERSION / sizeof(uint32_t)] = vwr_cpu_to_le32(2);
    registers[VWR_MMIO_DEVICE_ID / sizeof(uint32_t)] = vwr_cpu_to_le32(VWR_ID_BLOCK);
    if (vwr_mmio_probe(&mmio, registers, sizeof registers) != VWR_OK || mmio.dev.type != VWR_ID_BLOCK)
        return 2;
    printf("virtwright %s, document %s, generated code %d: %s\n", VWR_VERSION_STRING, VWR_SPEC_VERSION,
           VWR_GEN_ABI, why);
    return 0;
}

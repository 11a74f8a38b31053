/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "vwr/bytes.h"

/* A file from QEMU's fw_cfg interface for firmware, such as microvm's device tree. */

#define FW_CFG_SELECT 0x510u
#define FW_CFG_DATA 0x511u
#define FW_CFG_DMA_HIGH 0x514u
#define FW_CFG_DMA_LOW 0x518u

#define KEY_SIGNATURE 0x00u
#define KEY_DIRECTORY 0x19u
#define NAME_BYTES 56u
#define FILES_MAX 64u

#define DMA_READ 0x2u
#define DMA_SELECT 0x8u

#define FILE_BYTES 0x100000u /* QEMU's limit for a device tree */

struct dma {
    vwr_be32 control; /* the key is in the upper bits */
    vwr_be32 bytes;
    vwr_be64 at;
};

static _Alignas(8) uint8_t content[FILE_BYTES];

static void fw_cfg_select(unsigned key)
{
    vwr_port_write16(machine_port(FW_CFG_SELECT), (uint16_t)key);
}

static uint32_t fw_cfg_number(unsigned bytes)
{
    uint32_t v = 0;

    while (bytes-- > 0)
        v = v << 8 | machine_in(FW_CFG_DATA);
    return v;
}

/* Reads the complete name, whether it matches or not. */
static bool fw_cfg_is_name(const char *name)
{
    bool same = true;
    bool ended = false;

    for (unsigned i = 0; i < NAME_BYTES; i++) {
        const char c = (char)machine_in(FW_CFG_DATA);

        if (ended)
            continue;
        same = same && c == name[i];
        ended = !same || c == '\0';
    }
    return same;
}

/* Uses DMA, because reading a tree byte by byte would dominate the start-up time. */
static void fw_cfg_read(uint32_t key, uint32_t bytes)
{
    static volatile struct dma dma;
    const uintptr_t at = (uintptr_t)&dma;

    dma.control = vwr_cpu_to_be32(key << 16 | DMA_SELECT | DMA_READ);
    dma.bytes = vwr_cpu_to_be32(bytes);
    dma.at = vwr_cpu_to_be64((uintptr_t)content);
    vwr_port_write32(machine_port(FW_CFG_DMA_HIGH), 0);
    vwr_port_write32(machine_port(FW_CFG_DMA_LOW),
                     vwr_cpu_to_be32((uint32_t)at)); /* complete when the write returns */
}

const void *fw_cfg_file(const char *name)
{
    uint32_t files;

    fw_cfg_select(KEY_SIGNATURE);
    if (fw_cfg_number(4) != 0x51454d55u) /* "QEMU" */
        return NULL;
    fw_cfg_select(KEY_DIRECTORY);
    files = fw_cfg_number(4);
    for (unsigned i = 0; i < files && i < FILES_MAX; i++) {
        const uint32_t bytes = fw_cfg_number(4);
        const uint32_t key = fw_cfg_number(2);

        (void)fw_cfg_number(2);
        if (!fw_cfg_is_name(name))
            continue;
        if (bytes > FILE_BYTES)
            return NULL;
        fw_cfg_read(key, bytes);
        return content;
    }
    return NULL;
}

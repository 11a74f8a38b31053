/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/t10.h"

/* SCSI commands and sense data, for both sides. */

void vwr_t10_blocks(uint8_t *cdb, uint8_t opcode, uint64_t block, uint32_t count)
{
    const bool wide = vwr_t10_cdb_bytes(opcode) == VWR_T10_CDB;

    vwr_zero(cdb, VWR_T10_CDB);
    cdb[0] = opcode;
    vwr_t10_put(cdb + 2, block, wide ? sizeof(uint64_t) : sizeof(uint32_t));
    vwr_t10_put(cdb + (wide ? 10 : 7), count, wide ? sizeof(uint32_t) : sizeof(uint16_t));
}

uint32_t vwr_t10_range(const uint8_t *cdb, uint64_t *block)
{
    const bool wide = vwr_t10_cdb_bytes(cdb[0]) == VWR_T10_CDB;

    *block = vwr_t10_get(cdb + 2, wide ? sizeof(uint64_t) : sizeof(uint32_t));
    return (uint32_t)vwr_t10_get(cdb + (wide ? 10 : 7), wide ? sizeof(uint32_t) : sizeof(uint16_t));
}

/* The allocation length or the length of the parameter list: its offset, its size, and the maximum length. */
struct t10_plain {
    uint8_t opcode, at, bytes;
    uint32_t most;
};

static const struct t10_plain t10_plain[] = {
    {VWR_T10_REQUEST_SENSE, 4, sizeof(uint8_t), 0xff},
    {VWR_T10_INQUIRY, 3, sizeof(uint16_t), 0xffff},
    {VWR_T10_MODE_SENSE_6, 4, sizeof(uint8_t), 0xff},
    {VWR_T10_MODE_SENSE_10, 7, sizeof(uint16_t), 0xffff},
    {VWR_T10_UNMAP, 7, sizeof(uint16_t), 0xffff},
    {VWR_T10_SERVICE_ACTION_IN_16, 10, sizeof(uint32_t), 0xffffffff},
    {VWR_T10_REPORT_LUNS, 6, sizeof(uint32_t), 0xffffffff},
};

void vwr_t10_plain(uint8_t *cdb, uint8_t opcode, uint32_t bytes)
{
    vwr_zero(cdb, VWR_T10_CDB);
    cdb[0] = opcode;
    if (opcode == VWR_T10_SERVICE_ACTION_IN_16)
        cdb[1] = VWR_T10_READ_CAPACITY_16;
    for (unsigned i = 0; i < sizeof(t10_plain) / sizeof(t10_plain[0]); i++)
        if (t10_plain[i].opcode == opcode)
            vwr_t10_put(cdb + t10_plain[i].at, bytes < t10_plain[i].most ? bytes : t10_plain[i].most,
                        t10_plain[i].bytes);
}

uint32_t vwr_t10_length(const uint8_t *cdb)
{
    for (unsigned i = 0; i < sizeof(t10_plain) / sizeof(t10_plain[0]); i++)
        if (t10_plain[i].opcode == cdb[0])
            return (uint32_t)vwr_t10_get(cdb + t10_plain[i].at, t10_plain[i].bytes);
    return 0;
}

void vwr_t10_unmap_list(uint8_t *list, uint64_t block, uint32_t count)
{
    vwr_zero(list, VWR_T10_UNMAP_LIST);
    vwr_t10_put(list, VWR_T10_UNMAP_LIST - sizeof(uint16_t), sizeof(uint16_t));
    vwr_t10_put(list + 2, VWR_T10_UNMAP_LIST - 8u, sizeof(uint16_t)); /* one descriptor */
    vwr_t10_put(list + 8, block, sizeof(block));
    vwr_t10_put(list + 16, count, sizeof(count));
}

#define T10_FIXED 0x70u      /* also 0x71 for deferred errors */
#define T10_DESCRIPTOR 0x72u /* also 0x73 for deferred errors */

static uint8_t t10_byte(const uint8_t *data, uint32_t bytes, uint32_t at)
{
    return at < bytes ? data[at] : 0;
}

uint32_t vwr_t10_sense(const uint8_t *data, uint32_t bytes)
{
    const uint8_t format = t10_byte(data, bytes, 0) & 0x7e;
    const bool fixed = format == T10_FIXED;
    const unsigned code = fixed ? 12 : 2;

    if (!fixed && format != T10_DESCRIPTOR)
        return 0;
    return VWR_T10_SENSE(
        t10_byte(data, bytes, fixed ? 2 : 1) & 0xf,
        VWR_T10_CODE(t10_byte(data, bytes, code), (uint32_t)t10_byte(data, bytes, code + 1u)));
}

void vwr_t10_put_fixed(uint8_t *data, uint32_t sense)
{
    vwr_zero(data, VWR_T10_FIXED_SENSE);
    data[0] = T10_FIXED;
    data[2] = (uint8_t)VWR_T10_SENSE_KEY(sense);
    data[7] = VWR_T10_FIXED_SENSE - 8u; /* number of bytes that follow */
    vwr_t10_put(data + 12, sense & 0xffff, sizeof(uint16_t));
}

void vwr_t10_put_unit(uint8_t *lun, uint8_t first, uint8_t target, uint16_t unit)
{
    vwr_zero(lun, VWR_T10_LUN);
    lun[0] = first;
    lun[1] = target;
    vwr_t10_put(lun + 2, VWR_T10_FLAT | unit, sizeof(uint16_t));
}

uint32_t vwr_t10_lun(const uint8_t *lun)
{
    const uint8_t method = lun[0] >> 6; /* 0: unit number on bus 0; 1: flat addressing */

    if (method > 1 || (method == 0 && lun[0] != 0))
        return VWR_T10_NO_LUN;
    return ((uint32_t)lun[0] & 0x3f) << 8 | lun[1];
}

uint32_t vwr_t10_report_lun(const uint8_t *data, unsigned n)
{
    const uint8_t *const lun = data + ((size_t)n + 1u) * VWR_T10_LUN;

    return vwr_t10_get(lun + 2, VWR_T10_LUN - 2u) == 0 ? vwr_t10_lun(lun) : VWR_T10_NO_LUN;
}

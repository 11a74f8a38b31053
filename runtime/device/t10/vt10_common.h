/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VT10_COMMON_H
#define VWR_DEVICE_VT10_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vt10.h"
#include "vwr/gen/scsi.h"

/* SCSI commands for the units of a virtio host (../scsi); not for embedders. The caller holds the lock. */

/*
 * The result of a command is VWR_T10_SENSE(), 0 for GOOD, VT10_RESPONSE(), or VT10_AGAIN: the command
 * continues with a new budget.
 */
#define VT10_RESPONSE(response) (0x80000000u | (response))
#define VT10_AGAIN 0xffffffffu

#define VT10_ILLEGAL(code) VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, code)

/* vwr_vt10_describe.c: executes a command that does not access the medium; its length was checked */
uint32_t vwr_vt10_inquiry_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_capacity_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_mode_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_luns_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_request_sense_(struct vwr_vt10 *t, struct vwr_vt10_call *c);

/* vwr_vt10_data.c: executes commands for blocks; vwr_vt10_continue_() continues a transfer */
uint32_t vwr_vt10_transfer_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_continue_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_flush_(struct vwr_vt10 *t, struct vwr_vt10_call *c);
uint32_t vwr_vt10_unmap_(struct vwr_vt10 *t, struct vwr_vt10_call *c);

/* vwr_vt10_commands.c: executes the command in c->cdb, of which the guest has sent `cdb_size` bytes */
uint32_t vwr_vt10_execute_(struct vwr_vt10 *t, struct vwr_vt10_call *c, uint32_t cdb_size);

/* vwr_vt10_unit.c: checks a unit provided by the VMM; sets the size of its window; tests whether it can
   report the attention
 */
int vwr_vt10_check_unit_(struct vwr_vt10_unit *unit);
int vwr_vt10_set_window_(struct vwr_vt10_unit *u, uint64_t sectors);
bool vwr_vt10_has_attention_(uint32_t code);

/* Sectors per block. */
static inline uint32_t vt10_per_block(const struct vwr_vt10_unit *u)
{
    return u->backend->block_bytes / VWR_BLK_SECTOR_BYTES;
}

static inline bool vt10_is_read_only(const struct vwr_vt10_unit *u)
{
    return u->read_only || u->backend->read_only;
}

/* Number of sectors of a block, as a power of 2. */
static inline unsigned vt10_shift(const struct vwr_vt10_unit *u)
{
    unsigned shift = 0;

    while (VWR_BLK_SECTOR_BYTES << shift < u->backend->block_bytes)
        shift++;
    return shift;
}

/* Number of blocks of the unit. */
static inline uint64_t vt10_blocks(const struct vwr_vt10_unit *u)
{
    return vwr_shift_right(u->sectors, vt10_shift(u));
}

/* UNMAP requires a back end that supports discard. */
static inline bool vt10_unmaps(const struct vwr_vt10_unit *u)
{
    return u->backend->discard && !vt10_is_read_only(u);
}

/* Maximum number of blocks in an UNMAP descriptor. */
static inline uint32_t vt10_unmap_blocks(const struct vwr_vt10_unit *u)
{
    const uint32_t most = u->backend->discard_sectors;

    return (most != 0 ? most : 0xffffffffu) >> vt10_shift(u);
}

#endif

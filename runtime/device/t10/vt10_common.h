/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VT10_COMMON_H
#define VWR_DEVICE_VT10_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vscsi.h"

/* SCSI commands for the units of a virtio host (../scsi); not for embedders. The caller holds the lock. */

/*
 * The result of a command is VWR_T10_SENSE(), 0 for GOOD, VSCSI_RESPONSE(), or VSCSI_AGAIN: the command
 * continues with a new budget.
 */
#define VSCSI_RESPONSE(response) (0x80000000u | (response)) /* not the specification's */
#define VSCSI_AGAIN 0xffffffffu                             /* not the specification's */

#define VSCSI_ILLEGAL(code) VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, code)

/* vwr_vt10_describe.c: a command without data of the medium; its length is checked */
uint32_t vwr_vscsi_inquiry(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_capacity(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_mode(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_luns(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_request_sense(struct vwr_vscsi *v, struct vwr_vscsi_call *c);

/* vwr_vt10_data.c: commands for blocks; vwr_vscsi_go_on continues a transfer */
uint32_t vwr_vscsi_transfer(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_go_on(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_flush(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_unmap(struct vwr_vscsi *v, struct vwr_vscsi_call *c);

/* vwr_vt10_commands.c: executes the command in c->cdb, of which the guest has sent `cdb_size` bytes */
uint32_t vwr_vscsi_execute(struct vwr_vscsi *v, struct vwr_vscsi_call *c, uint32_t cdb_size);

/* vwr_vt10_unit.c: checks a unit of the VMM; sets the size of its window; whether it can report the attention
 */
int vwr_vscsi_check_unit(struct vwr_vscsi_unit *unit);
int vwr_vscsi_set_window(struct vwr_vscsi_unit *u, uint64_t sectors);
bool vwr_vscsi_has_attention(uint32_t code);

/* Sectors per block. */
static inline uint32_t vscsi_per_block(const struct vwr_vscsi_unit *u)
{
    return u->backend->block_size / VWR_BLK_SECTOR_BYTES;
}

static inline bool vscsi_is_read_only(const struct vwr_vscsi_unit *u)
{
    return u->read_only || u->backend->read_only;
}

/* Number of sectors of a block, as a power of 2. */
static inline unsigned vscsi_shift(const struct vwr_vscsi_unit *u)
{
    unsigned shift = 0;

    while (VWR_BLK_SECTOR_BYTES << shift < u->backend->block_size)
        shift++;
    return shift;
}

/* Number of blocks of the unit. */
static inline uint64_t vscsi_blocks(const struct vwr_vscsi_unit *u)
{
    return vwr_shift_right(u->sectors, vscsi_shift(u));
}

/* UNMAP needs a back end that discards. */
static inline bool vscsi_unmaps(const struct vwr_vscsi_unit *u)
{
    return u->backend->discard && !vscsi_is_read_only(u);
}

/* Maximum number of blocks of a descriptor of UNMAP. */
static inline uint32_t vscsi_unmap_blocks(const struct vwr_vscsi_unit *u)
{
    const uint32_t most = u->backend->discard_sectors;

    return (most != 0 ? most : 0xffffffffu) >> vscsi_shift(u);
}

#endif

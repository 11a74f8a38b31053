/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VSCSI_COMMON_H
#define VWR_DEVICE_VSCSI_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vscsi.h"

/* Shared by the files of a SCSI host; not for embedders. The caller holds the lock. */

/*
 * The result of a command is VWR_T10_SENSE(), 0 for GOOD, VSCSI_RESPONSE(), or VSCSI_AGAIN: the command
 * continues with a new budget.
 */
#define VSCSI_RESPONSE(response) (0x80000000u | (response)) /* not the specification's */
#define VSCSI_AGAIN 0xffffffffu                             /* not the specification's */

#define VSCSI_ILLEGAL(code) VWR_T10_SENSE(VWR_T10_ILLEGAL_REQUEST, code)

/* vwr_vscsi_commands.c: a command without data of the medium; its length is checked */
uint32_t vwr_vscsi_inquiry(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_capacity(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_mode(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_luns(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_request_sense(struct vwr_vscsi *v, struct vwr_vscsi_call *c);

/* vwr_vscsi_data.c: commands for blocks; vwr_vscsi_go_on continues a transfer */
uint32_t vwr_vscsi_transfer(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_go_on(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_flush(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
uint32_t vwr_vscsi_unmap(struct vwr_vscsi *v, struct vwr_vscsi_call *c);

/* vwr_vscsi.c: ends a command; finds a unit, or NULL; whether a target has a unit */
void vwr_vscsi_end(struct vwr_vscsi *v, struct vwr_vscsi_call *c, uint32_t result);
struct vwr_vscsi_unit *vwr_vscsi_find(const struct vwr_vscsi *v, unsigned target, uint32_t lun);
bool vwr_vscsi_has_target(const struct vwr_vscsi *v, unsigned target);

/* vwr_vscsi.c: the unit of an address: VWR_OK; or the response for one without a unit, and *unit is NULL */
int vwr_vscsi_find_addressed(const struct vwr_vscsi *v, const uint8_t *lun, struct vwr_vscsi_unit **unit);

/* vwr_vscsi_units.c: the VMM's table; 0, or why the unit is invalid */
int vwr_vscsi_check_unit(const struct vwr_vscsi *v, struct vwr_vscsi_unit *unit);

/* vwr_vscsi_control.c: messages of the control queue; vwr_vscsi_cancel ends the commands of a unit */
int vwr_vscsi_tmf(struct vwr_scsi_vservice *s, struct vwr_vmessage *x, const struct vwr_scsi_tmf_msg *m);
int vwr_vscsi_query(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                    const struct vwr_scsi_an_query_msg *m, struct vwr_scsi_an_query_answer *a);
int vwr_vscsi_subscribe(struct vwr_scsi_vservice *s, struct vwr_vmessage *x,
                        const struct vwr_scsi_an_subscribe_msg *m, struct vwr_scsi_an_subscribe_answer *a);
void vwr_vscsi_cancel(struct vwr_vscsi *v, const struct vwr_vscsi_unit *unit, uint8_t response);

/* vwr_vscsi_units.c: sends that events were lost, if they were */
void vwr_vscsi_posted(struct vwr_scsi_vservice *s, uint16_t queue);

static inline struct vwr_vscsi *vscsi_of(struct vwr_scsi_vservice *s)
{
    return (struct vwr_vscsi *)(void *)s; /* it is the first */
}

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

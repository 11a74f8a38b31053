/* SPDX-License-Identifier: MIT */
#include "vt10_common.h"

/* The commands of a unit: finds a command by its operation code, and executes it. */

#define VSCSI_ANY_UNIT 1u /* of a target, even if the unit does not exist */
#define VSCSI_QUIET 2u    /* reports no unit attention */
#define VSCSI_OUT 4u      /* the length is that of data from the guest */

struct vscsi_command {
    uint8_t opcode;
    uint8_t flags;
    uint32_t (*execute)(struct vwr_vscsi *v, struct vwr_vscsi_call *c);
};

/* TEST UNIT READY, and START STOP UNIT, which stops nothing. */
static uint32_t vscsi_nothing(struct vwr_vscsi *v, struct vwr_vscsi_call *c)
{
    (void)v;
    (void)c;
    return 0;
}

static const struct vscsi_command vscsi_commands[] = {
    {VWR_T10_READ_16, 0, vwr_vscsi_transfer},
    {VWR_T10_WRITE_16, 0, vwr_vscsi_transfer},
    {VWR_T10_READ_10, 0, vwr_vscsi_transfer},
    {VWR_T10_WRITE_10, 0, vwr_vscsi_transfer},
    {VWR_T10_SYNCHRONIZE_CACHE_10, 0, vwr_vscsi_flush},
    {VWR_T10_SYNCHRONIZE_CACHE_16, 0, vwr_vscsi_flush},
    {VWR_T10_UNMAP, VSCSI_OUT, vwr_vscsi_unmap},
    {VWR_T10_TEST_UNIT_READY, 0, vscsi_nothing},
    {VWR_T10_START_STOP_UNIT, 0, vscsi_nothing},
    {VWR_T10_INQUIRY, VSCSI_ANY_UNIT | VSCSI_QUIET, vwr_vscsi_inquiry},
    {VWR_T10_REPORT_LUNS, VSCSI_ANY_UNIT | VSCSI_QUIET, vwr_vscsi_luns},
    {VWR_T10_REQUEST_SENSE, VSCSI_ANY_UNIT | VSCSI_QUIET, vwr_vscsi_request_sense},
    {VWR_T10_MODE_SENSE_6, 0, vwr_vscsi_mode},
    {VWR_T10_MODE_SENSE_10, 0, vwr_vscsi_mode},
    {VWR_T10_READ_CAPACITY_10, 0, vwr_vscsi_capacity},
    {VWR_T10_SERVICE_ACTION_IN_16, 0, vwr_vscsi_capacity},
};

static const struct vscsi_command *vscsi_find_command(uint8_t opcode)
{
    for (unsigned i = 0; i < sizeof(vscsi_commands) / sizeof(vscsi_commands[0]); i++)
        if (vscsi_commands[i].opcode == opcode)
            return &vscsi_commands[i];
    return NULL;
}

/* A unit reports an attention once, instead of executing a command. */
static uint32_t vscsi_attention(struct vwr_vscsi_unit *u)
{
    const uint32_t code = u->attention;

    u->attention = 0;
    return code != 0 ? VWR_T10_SENSE(VWR_T10_UNIT_ATTENTION, code) : 0;
}

uint32_t vwr_vscsi_execute(struct vwr_vscsi *v, struct vwr_vscsi_call *c, uint32_t cdb_size)
{
    const struct vscsi_command *const command = vscsi_find_command(c->cdb[0]);
    const struct vwr_vmessage *const x = c->message;
    uint32_t sense = 0;

    if (c->unit == NULL && (command == NULL || (command->flags & VSCSI_ANY_UNIT) == 0))
        return VSCSI_ILLEGAL(VWR_T10_NO_UNIT);
    if (c->unit != NULL && (command == NULL || (command->flags & VSCSI_QUIET) == 0))
        sense = vscsi_attention(c->unit);
    if (sense != 0)
        return sense;
    if (command == NULL)
        return VSCSI_ILLEGAL(VWR_T10_INVALID_OPCODE);
    if (vwr_t10_cdb_bytes(c->cdb[0]) > cdb_size)
        return VSCSI_ILLEGAL(VWR_T10_INVALID_FIELD);
    if (vwr_t10_length(c->cdb) > ((command->flags & VSCSI_OUT) != 0 ? x->out.left : x->in.left))
        return VSCSI_RESPONSE(VWR_SCSI_S_OVERRUN);
    return command->execute(v, c);
}

/* SPDX-License-Identifier: MIT */
#include "vt10_common.h"

/* Commands of a unit: finds a command by its operation code and executes it. */

#define VT10_ANY_UNIT 1u /* allowed for any unit number of a target, even if the unit does not exist */
#define VT10_QUIET 2u    /* does not report a unit attention */
#define VT10_OUT 4u      /* the length is the size of data from the guest */

struct vt10_command {
    uint8_t opcode;
    uint8_t flags;
    uint32_t (*execute)(struct vwr_vt10 *t, struct vwr_vt10_call *c);
};

/* TEST UNIT READY, and START STOP UNIT, which has no effect. */
static uint32_t vt10_nothing(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    (void)t;
    (void)c;
    return 0;
}

static const struct vt10_command vt10_commands[] = {
    {VWR_T10_READ_16, 0, vwr_vt10_transfer_},
    {VWR_T10_WRITE_16, 0, vwr_vt10_transfer_},
    {VWR_T10_READ_10, 0, vwr_vt10_transfer_},
    {VWR_T10_WRITE_10, 0, vwr_vt10_transfer_},
    {VWR_T10_SYNCHRONIZE_CACHE_10, 0, vwr_vt10_flush_},
    {VWR_T10_SYNCHRONIZE_CACHE_16, 0, vwr_vt10_flush_},
    {VWR_T10_UNMAP, VT10_OUT, vwr_vt10_unmap_},
    {VWR_T10_TEST_UNIT_READY, 0, vt10_nothing},
    {VWR_T10_START_STOP_UNIT, 0, vt10_nothing},
    {VWR_T10_INQUIRY, VT10_ANY_UNIT | VT10_QUIET, vwr_vt10_inquiry_},
    {VWR_T10_REPORT_LUNS, VT10_ANY_UNIT | VT10_QUIET, vwr_vt10_luns_},
    {VWR_T10_REQUEST_SENSE, VT10_ANY_UNIT | VT10_QUIET, vwr_vt10_request_sense_},
    {VWR_T10_MODE_SENSE_6, 0, vwr_vt10_mode_},
    {VWR_T10_MODE_SENSE_10, 0, vwr_vt10_mode_},
    {VWR_T10_READ_CAPACITY_10, 0, vwr_vt10_capacity_},
    {VWR_T10_SERVICE_ACTION_IN_16, 0, vwr_vt10_capacity_},
};

static const struct vt10_command *vt10_find_command(uint8_t opcode)
{
    for (unsigned i = 0; i < sizeof(vt10_commands) / sizeof(vt10_commands[0]); i++)
        if (vt10_commands[i].opcode == opcode)
            return &vt10_commands[i];
    return NULL;
}

/* A unit reports an attention once, instead of executing a command. */
static uint32_t vt10_attention(struct vwr_vt10_unit *u)
{
    const uint32_t code = u->attention;

    u->attention = 0;
    return code != 0 ? VWR_T10_SENSE(VWR_T10_UNIT_ATTENTION, code) : 0;
}

uint32_t vwr_vt10_execute_(struct vwr_vt10 *t, struct vwr_vt10_call *c, uint32_t cdb_size)
{
    const struct vt10_command *const command = vt10_find_command(c->cdb[0]);
    const struct vwr_vmessage *const x = c->message;
    uint32_t sense = 0;

    if (c->unit == NULL && (command == NULL || (command->flags & VT10_ANY_UNIT) == 0))
        return VT10_ILLEGAL(VWR_T10_NO_UNIT);
    if (c->unit != NULL && (command == NULL || (command->flags & VT10_QUIET) == 0))
        sense = vt10_attention(c->unit);
    if (sense != 0)
        return sense;
    if (command == NULL)
        return VT10_ILLEGAL(VWR_T10_INVALID_OPCODE);
    if (vwr_t10_cdb_bytes(c->cdb[0]) > cdb_size)
        return VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
    if (vwr_t10_length(c->cdb) > ((command->flags & VT10_OUT) != 0 ? x->out.left : x->in.left))
        return VT10_RESPONSE(VWR_SCSI_S_OVERRUN);
    return command->execute(t, c);
}

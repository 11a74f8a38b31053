/* SPDX-License-Identifier: MIT */
#include "vwr/scsi.h"
#include "vwr/message.h"

/* Messages for faults of a SCSI host device and its units (enum vwr_scsi_fault). */

static void scsi_put_sense(struct vwr_text *t, const struct vwr_message_args *a, uint64_t sense)
{
    (void)a;
    vwr_t10_put_sense(t, (uint32_t)sense);
}

/* Prints a unit as target:unit. */
static void scsi_put_unit(struct vwr_text *t, const struct vwr_message_args *a, uint64_t unit)
{
    (void)a;
    vwr_text_dec(t, unit >> 16);
    vwr_text_char(t, ':');
    vwr_text_dec(t, unit & 0xffff);
}

static const struct vwr_message scsi_explain_rows[] = {
    {VWR_FAULT_SCSI_SENSE, 0, "{where:request}: {got:sense}"},
    {VWR_FAULT_SCSI_UNSUPP, 0, "{where:request}: {got:sense}"},
    {VWR_FAULT_SCSI_STATUS, 0, "{where:request}: the unit answers {got:unit_status}"},
    {VWR_FAULT_SCSI_FULL, 0, "{where:request}: the unit answers {got:unit_status}; try again later"},
    {VWR_FAULT_SCSI_RESPONSE, 0, "{where:request}: the device answers {got:response}"},
    {VWR_FAULT_SCSI_NO_UNIT, 0, "{where:request}: the device answers {got:response}: there is no such unit"},
    {VWR_FAULT_SCSI_BUSY, 0, "{where:request}: the device answers {got:response}; try again later"},
    {VWR_FAULT_SCSI_RESET, 0,
     "{where:request}: the device answers {got:response}: the command was cancelled"},
    {VWR_FAULT_SCSI_OVERRUN, 0, "{where:request}: the device answers {got:response}: the data are too short"},
    {VWR_FAULT_SCSI_SENSE_LEN, 0, "{where:request}: sense_len is {got}, more than sense_size"},
    {VWR_FAULT_SCSI_RESIDUAL, 0, "{where:request}: residual is {got}, more than the data"},
    {VWR_FAULT_SCSI_DATA, 0, "{where:request}: the unit has moved {got} bytes, fewer than the command needs"},
    {VWR_FAULT_SCSI_CAPACITY, 0,
     "unit {where:unit}: the capacity is invalid: blocks of {got} bytes, or too short an answer"},
    {VWR_FAULT_SCSI_ANSWER, 0, "{where:control}: response {got:hex} is not in the specification"},
    {VWR_FAULT_SCSI_CONTROL, 0, "{where:control}: the device answers {got:response}"},
    {VWR_FAULT_SCSI_CONTROL_UNIT, 0,
     "{where:control}: the device answers {got:response}: there is no such unit"},
    {VWR_FAULT_SCSI_REJECTED, 0, "{where:control}: the device answers {got:response}"},
    {VWR_FAULT_REQUEST_END, 0, "the range goes beyond the end of the unit, which has {:end} blocks"},
    {0, 0, NULL},
};

static const struct vwr_message_type scsi_explain_types[] = {
    {"request", NULL, vwr_t10_opcode_names},
    {"control", NULL, vwr_scsi_control_type_names},
    {"response", NULL, vwr_scsi_response_names},
    {"unit_status", NULL, vwr_t10_status_names},
    {"sense", scsi_put_sense, NULL},
    {"unit", scsi_put_unit, NULL},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_scsi_messages = {scsi_explain_rows, scsi_explain_types, NULL,
                                               &vwr_request_messages};

size_t vwr_scsi_explain(const struct vwr_scsi *s, char *text, size_t bytes)
{
    return vwr_bringup_explain(&s->bringup, &vwr_scsi_messages, vwr_scsi_feature_names, text, bytes);
}

size_t vwr_scsi_explain_queue(const struct vwr_scsi_requestq *q, char *text, size_t bytes)
{
    return vwr_request_explain(&q->client.requests, &vwr_scsi_messages, vwr_scsi_feature_names, text, bytes);
}

/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/message.h"

/*
 * Messages for faults of a block device (enum vwr_blk_fault), and block-specific terms for faults of
 * requests.
 */

#define BLK_EXPLAIN_UNWRITTEN 1u /* the only condition of a message */

/* The status byte still contains the driver's initial value. */
static bool blk_explain_holds(unsigned when, const struct vwr_message_args *a)
{
    (void)when;
    return a->fault->got == 0xff;
}

static const struct vwr_message blk_explain_rows[] = {
    {VWR_FAULT_BLK_SIZE, 0, "blk_size reads {got}, not a power of 2 from 512 to 65536"},
    {VWR_FAULT_BLK_ZONE, 0, "request {where:request}: the device answers {got:answer}"},
    {VWR_FAULT_BLK_ZONE_SECTORS, 0, "the disk has zones, but zone_sectors reads {got}"},
    {VWR_FAULT_BLK_CACHE, 0, "writeback was set to {where} but reads {got}"},
    {VWR_FAULT_REQUEST_STATUS, BLK_EXPLAIN_UNWRITTEN,
     "request {where:request}: status {got:hex}, which the device has not written"},
    {VWR_FAULT_REQUEST_END, 0, "the request goes beyond the end of the disk, which has {:end} sectors"},
    {0, 0, NULL},
};

static const struct vwr_message_type blk_explain_types[] = {
    {"request", NULL, vwr_blk_type_names},
    {"answer", NULL, vwr_blk_status_names},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_blk_messages = {blk_explain_rows, blk_explain_types, blk_explain_holds,
                                              &vwr_request_messages};

size_t vwr_blk_explain_queue(const struct vwr_blk_requestq *q, char *text, size_t bytes)
{
    return vwr_request_explain(&q->requests, &vwr_blk_messages, vwr_blk_feature_names, text, bytes);
}

size_t vwr_blk_explain(const struct vwr_blk *b, char *text, size_t bytes)
{
    return vwr_bringup_explain(&b->bringup, &vwr_blk_messages, vwr_blk_feature_names, text, bytes);
}

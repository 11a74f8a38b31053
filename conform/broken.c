/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/ring.h"

/* Drivers that break a rule. The device may stop, but it has to serve the next driver. */

static enum verdict serves_next(struct session *s)
{
    kick(s);
    give_time(s);
    return next_driver(s);
}

static enum verdict chain_that_loops(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    put_desc(&s->desc[0], device_address(s->data), 1, VWR_VIRTQ_DESC_F_NEXT, 1);
    put_desc(&s->desc[1], device_address(s->data), 1, VWR_VIRTQ_DESC_F_NEXT, 0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict head_beyond(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    offer(s, s->size);
    return serves_next(s);
}

static enum verdict next_beyond(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    (void)s->class->request(s, 0);
    put_desc(&s->desc[0], device_address(s->data), 1, VWR_VIRTQ_DESC_F_NEXT, s->size);
    offer(s, 0);
    return serves_next(s);
}

/* In a valid request, one segment after the other. */
static enum verdict address_nowhere(struct session *s)
{
    enum verdict r = KEPT;
    unsigned count = 1;

    for (unsigned i = 0; i < count && r == KEPT; i++) {
        if (!session_open(s, 0))
            return BROKEN;
        count = s->class->request(s, 0);
        s->desc[i].addr = vwr_cpu_to_le64(16);
        offer(s, 0);
        r = serves_next(s);
    }
    return r;
}

static enum verdict length_too_large(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    put_desc(&s->desc[0], device_address(s->data), 0xffffffffu, VWR_VIRTQ_DESC_F_WRITE, 0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict index_jumps(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    (void)s->class->request(s, 0);
    s->next = 0x8000u;
    offer(s, 0);
    return serves_next(s);
}

static enum verdict table_without_feature(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    put_desc(&s->desc[0], device_address(s->data), s->size * (uint32_t)sizeof(*s->desc),
             VWR_VIRTQ_DESC_F_INDIRECT, 0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict table_in_table(struct session *s)
{
    if (!session_open(s, BIT(VWR_F_INDIRECT_DESC)))
        return BROKEN;
    put_desc(&s->desc[0], device_address(s->desc), 2u * (uint32_t)sizeof(*s->desc), VWR_VIRTQ_DESC_F_INDIRECT,
             0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict table_of_odd_size(struct session *s)
{
    if (!session_open(s, BIT(VWR_F_INDIRECT_DESC)))
        return BROKEN;
    put_desc(&s->desc[0], device_address(s->data), 7, VWR_VIRTQ_DESC_F_INDIRECT, 0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict empty_segment(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    put_desc(&s->desc[0], device_address(s->data), 0, 0, 0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict same_twice(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    (void)s->class->request(s, 0);
    offer(s, 0);
    offer(s, 0);
    return serves_next(s);
}

static enum verdict notified_early(struct session *s)
{
    bool early;

    if (!session_prepare(s, 0))
        return BROKEN;
    (void)s->class->request(s, 0);
    offer(s, 0);
    kick(s);
    give_time(s);
    early = used_index(s) != 0 && !s->way->starts_by_kicks;
    if (early) {
        session_end(s);
        return broken(s, "the device uses a buffer before DRIVER_OK");
    }
    return serves_next(s);
}

static enum verdict notified_after_reset(struct session *s)
{
    if (!session_open(s, 0))
        return BROKEN;
    (void)s->class->request(s, 0);
    if (vwr_dev_reset(s->dev) != VWR_OK) {
        session_end(s);
        return broken(s, "the device cannot be reset");
    }
    offer(s, 0);
    return serves_next(s);
}

#define SURVIVES "robustness: a device outlives a driver that breaks a rule"

const struct conform_case broken_cases[] = {
    BOTH(chain_that_loops, SURVIVES, SURVIVES, "A chain that has no end."),
    CASE(head_beyond, SURVIVES, "The head of a chain is no descriptor of the ring."),
    CASE(next_beyond, SURVIVES, "next is no descriptor of the ring."),
    BOTH(address_nowhere, SURVIVES, SURVIVES, "A segment is not in the driver's memory."),
    BOTH(length_too_large, SURVIVES, SURVIVES, "A segment ends behind the driver's memory."),
    CASE(index_jumps, SURVIVES, "More buffers are available than the ring has."),
    BOTH(table_without_feature, SURVIVES, SURVIVES, "An indirect table without INDIRECT_DESC."),
    CASE(table_in_table, SURVIVES, "An indirect table that refers to itself."),
    BOTH(table_of_odd_size, SURVIVES, SURVIVES, "An indirect table that is no multiple of a descriptor."),
    BOTH(empty_segment, SURVIVES, SURVIVES, "A segment without bytes."),
    CASE(same_twice, SURVIVES, "A chain that is available twice."),
    BOTH(notified_early, SURVIVES, SURVIVES, "A notification before DRIVER_OK."),
    BOTH(notified_after_reset, SURVIVES, SURVIVES, "A notification after a reset."),
};
const size_t broken_case_count = sizeof(broken_cases) / sizeof(broken_cases[0]);

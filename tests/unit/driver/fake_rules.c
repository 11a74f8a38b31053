/* SPDX-License-Identifier: MIT */
#include "fake_mmio.h"

#ifdef GIVEN /* made if there is a Python */
#include "config_given.h"
#else
static const struct config_given config_given[] = {{.type = 0}};
#endif

#include <stdio.h>

/* Checks each access of the driver against the generated tables; the driver has to follow them with a
 * hostile device too. */

void fake_break_rule(struct fake *f, const char *text)
{
    if (f->broken_rule[0] == '\0')
        snprintf(f->broken_rule, sizeof(f->broken_rule), "%s; after: %s", text,
                 f->line_count > 0 ? f->lines[f->line_count - 1] : "nothing");
}

static unsigned version_index(const struct fake *f)
{
    return f->version == VWR_MMIO_VERSION_LEGACY ? 0 : 1;
}

static bool driver_may_set(const struct fake *f, uint32_t bit)
{
    const unsigned v = version_index(f);

    for (size_t i = 0; i < VWR_STATUS_STEP_COUNT; i++) {
        const struct vwr_status_step *s = &vwr_status_steps[i];

        if (s->bit == bit && !s->clears && s->by == VWR_BY_DRIVER && (s->versions & 1u << v) &&
            (f->status_written & s->after[v]) == s->after[v] && !(f->status_written & s->before[v]))
            return true;
    }
    return false;
}

static void check_status(struct fake *f, uint32_t value)
{
    if (value == VWR_STATUS_RESET)
        return;
    if ((value & f->status_written) != f->status_written)
        fake_break_rule(f, "a status bit was cleared without a reset");
    if (f->reset_reads_left > 0 && !(value & VWR_STATUS_FAILED))
        fake_break_rule(f, "the reset was not done yet");
    for (uint32_t bit = 1; bit <= VWR_STATUS_FAILED; bit <<= 1)
        if ((value & ~f->status_written & bit) && !driver_may_set(f, bit))
            fake_break_rule(f, "a status bit was set out of order");
}

/*
 * When the owner of one queue sets FAILED, the owners of other queues and an interrupt handler see it only
 * when they next poll the status; until then they continue.
 */
static uint32_t failed_is_unknown(const struct fake *f, const struct vwr_register *r)
{
    unsigned in_use = 0;

    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        in_use += f->queue[i].ready != 0 || f->queue[i].pfn != 0;
    if (r->offset == VWR_MMIO_INTERRUPT_ACK || (r->offset == VWR_MMIO_QUEUE_NOTIFY && in_use > 1))
        return VWR_STATUS_FAILED;
    return 0;
}

static void check_write(struct fake *f, const struct vwr_register *r)
{
    const unsigned v = version_index(f);
    const uint32_t status = f->status_written & ~failed_is_unknown(f, r);

    if ((f->status_written & r->must_be_set[v]) != r->must_be_set[v])
        fake_break_rule(f, "written before the status allows it");
    if (status & r->must_be_clear[v])
        fake_break_rule(f, "written when the status does not allow it any more");
    if (r->idle[v] == VWR_MMIO_REG_QUEUE_READY && f->queue_sel < FAKE_QUEUES &&
        f->queue[f->queue_sel].ready != 0)
        fake_break_rule(f, "written while the queue is in use");
}

static unsigned how_many(const struct fake *f, const struct given_features *some)
{
    unsigned n = 0;

    for (unsigned i = 0; i < some->count; i++)
        n += fake_took(f, some->feature[i]);
    return n;
}

bool fake_is_given(const struct fake *f, unsigned at)
{
    bool known = false;

    for (size_t i = 0; i < sizeof(config_given) / sizeof(config_given[0]); i++) {
        const struct config_given *const g = &config_given[i];
        bool given = g->type == f->device_id && at - g->offset < g->bytes && how_many(f, &g->none_of) == 0;

        known = known || g->type != 0;
        for (unsigned k = 0; k < sizeof(g->one_of) / sizeof(g->one_of[0]); k++)
            given = given && (g->one_of[k].count == 0 || how_many(f, &g->one_of[k]) != 0);
        if (given)
            return true;
    }
    return !known;
}

void fake_check_access(struct fake *f, bool write, unsigned offset, unsigned bytes, uint32_t value)
{
    const unsigned reg = vwr_mmio_register_at[offset / 4];
    const struct vwr_register *r;

    if (reg == VWR_REGISTER_NONE) {
        fake_break_rule(f, "no register there");
        return;
    }
    r = &vwr_mmio_registers[reg];
    if (!(r->access & (write ? VWR_WRITE : VWR_READ)))
        fake_break_rule(f, write ? "a read-only register was written" : "a write-only register was read");
    if (!(r->versions & 1u << version_index(f)))
        fake_break_rule(f, "a register that this version does not have");
    if (r->feature != VWR_FEATURE_NONE && !fake_took(f, r->feature))
        fake_break_rule(f, "a register of a feature that is not negotiated");
    if (!(r->widths & bytes) || offset % bytes != 0)
        fake_break_rule(f, "width or alignment");
    for (unsigned i = 0; !write && reg == VWR_MMIO_REG_CONFIG && i < bytes; i++)
        if (!fake_is_given(f, offset - VWR_MMIO_CONFIG + i))
            fake_break_rule(f, "a byte of the configuration that is not there for the driver was read");
    if (write)
        check_write(f, r);
    if (write && reg == VWR_MMIO_REG_STATUS)
        check_status(f, value);
}

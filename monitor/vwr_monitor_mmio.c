/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/access.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* ---- queues ---- */

static void monitor_write_address(struct vwr_monitor_queue *q, enum vwr_mmio_reg reg, uint32_t value)
{
    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_MMIO_REG_QUEUE_DESC_LOW: vwr_monitor_write_address_(q, MONITOR_DESC, value, false); break;
    case VWR_MMIO_REG_QUEUE_DESC_HIGH: vwr_monitor_write_address_(q, MONITOR_DESC, value, true); break;
    case VWR_MMIO_REG_QUEUE_DRIVER_LOW: vwr_monitor_write_address_(q, MONITOR_DRIVER, value, false); break;
    case VWR_MMIO_REG_QUEUE_DRIVER_HIGH: vwr_monitor_write_address_(q, MONITOR_DRIVER, value, true); break;
    case VWR_MMIO_REG_QUEUE_DEVICE_LOW: vwr_monitor_write_address_(q, MONITOR_DEVICE, value, false); break;
    case VWR_MMIO_REG_QUEUE_DEVICE_HIGH: vwr_monitor_write_address_(q, MONITOR_DEVICE, value, true); break;
    default: break;
    }
    /* clang-format on */
}

/* Whether the effect of a write is defined: QueueReady and QueueReset accept only certain values. */
static bool monitor_is_value(struct vwr_monitor *m, struct vwr_monitor_queue *q, const struct vwr_register *r,
                             uint32_t value)
{
    const bool is_reset = r->reg == VWR_MMIO_REG_QUEUE_RESET;

    if ((r->reg != VWR_MMIO_REG_QUEUE_READY && !is_reset) || value <= 1)
        return !is_reset || value != 0;
    vwr_monitor_find_(m, VWR_RULE_QUEUE_VALUE, q, r->offset, value, 0);
    vwr_monitor_upset_(q);
    return false;
}

/* A queue is being stopped or reset, and the driver has to wait until this is complete. */
static void monitor_stop(struct vwr_monitor_queue *q, const struct vwr_register *r)
{
    if (r->reg == VWR_MMIO_REG_QUEUE_RESET) {
        q->resets = q->was_reset = true;
        q->set = 0;
    } else if (r->reg == VWR_MMIO_REG_QUEUE_READY) {
        q->stops = q->ready;
    }
    vwr_monitor_stop_queue_(q);
}

static void monitor_write_queue(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    m->has_others |= q == NULL;
    if (q == NULL || !vwr_monitor_may_write_(m, q, r, value) || !monitor_is_value(m, q, r, value))
        return;
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_MMIO_REG_QUEUE_SIZE: vwr_monitor_write_size_(m, q, value); break;
    case VWR_MMIO_REG_QUEUE_ALIGN: q->align = value; break;
    case VWR_MMIO_REG_QUEUE_PFN: q->pfn = value; break;
    case VWR_MMIO_REG_QUEUE_READY: case VWR_MMIO_REG_QUEUE_RESET: break;
    default: monitor_write_address(q, (enum vwr_mmio_reg)r->reg, value); return;
    }
    /* clang-format on */
    if (r->reg == VWR_MMIO_REG_QUEUE_RESET || (r->reg == VWR_MMIO_REG_QUEUE_READY && value == 0) ||
        (r->reg == VWR_MMIO_REG_QUEUE_PFN && value == 0))
        monitor_stop(q, r);
    else if (r->reg == VWR_MMIO_REG_QUEUE_READY || r->reg == VWR_MMIO_REG_QUEUE_PFN)
        vwr_monitor_start_queue_(m, q);
}

/* A register whose value is constant, at least until the next reset. */
static void monitor_check_same(struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                               const struct vwr_register *r, uint32_t value, uint32_t before)
{
    if (value != before)
        vwr_monitor_find_(m, VWR_RULE_REGISTER_CHANGED, q, r->offset, value, before);
}

/* A legacy device need not report the value for a queue in use. */
static void monitor_read_max(struct vwr_monitor *m, struct vwr_monitor_queue *q, const struct vwr_register *r,
                             uint32_t value)
{
    if (q == NULL || (m->s.legacy && q->ready))
        return;
    if (q->has_max)
        monitor_check_same(m, q, r, value, q->max);
    else if (value == 0 && q == m->s.queue && m->reads) /* devices of this class have this queue */
        vwr_monitor_find_(m, VWR_RULE_QUEUE_NONE, q, 0, 0, 0);
    q->max = value;
    q->has_max = true;
}

static void monitor_read_id(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    const bool is_vendor = r->reg == VWR_MMIO_REG_VENDOR_ID;
    bool *const is_known = is_vendor ? &m->has_vendor : &m->has_id;

    if (*is_known)
        monitor_check_same(m, NULL, r, value, m->ids[is_vendor]);
    m->ids[is_vendor] = value;
    *is_known = true;
}

/* ---- interrupts ---- */

/* Whether, as far as the monitor knows, a queue may contain a used buffer for which no interrupt was sent. */
static bool monitor_may_have_new(const struct vwr_monitor *m)
{
    bool may = m->s.run == NULL || m->rest != 0;

    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        const struct vwr_monitor_queue *const q = &m->s.queue[i];

        may |= q->has_new || (q->ready && (!q->followed || q->doubt != 0));
    }
    return may;
}

/*
 * Compares InterruptStatus with the interrupts. The caller reports interrupts only to a monitor that can read
 * memory.
 */
static void monitor_check_sent(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t missing = m->sent & ~m->acked & ~value;
    const uint32_t added = value & ~m->raised & ~m->sent;

    if (m->s.run == NULL || m->s.live)
        return;
    if (missing != 0)
        vwr_monitor_find_(m, VWR_RULE_INTERRUPT_ABSENT, NULL, 0, value, m->sent);
    else if ((added & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0 &&
             (m->status & VWR_STATUS_DRIVER_OK) != 0 && !monitor_may_have_new(m)) {
        vwr_monitor_look(m, VWR_BY_DRIVER | VWR_BY_DEVICE);
        if (!monitor_may_have_new(m))
            vwr_monitor_find_(m, VWR_RULE_INTERRUPT_WITHOUT_EVENT, NULL, 0, 0, 0);
    }
}

static void monitor_read_interrupt(struct vwr_monitor *m, uint32_t value)
{
    if ((m->raised & ~value) != 0)
        vwr_monitor_find_(m, VWR_RULE_INTERRUPT_VANISHED, NULL, 0, value, m->raised);
    else
        monitor_check_sent(m, value);
    m->sent = m->acked = 0;
    if ((value & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0) {
        m->expects_change = false;
        m->is_told = m->is_telling = true;
    }
    if (!m->s.legacy && !m->notified_early && (m->status & VWR_STATUS_DRIVER_OK) == 0 &&
        (value & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        vwr_monitor_find_(m, VWR_RULE_RESET_KEEPS, NULL, VWR_MMIO_INTERRUPT_STATUS, value, 0);
    if ((value & ~m->raised & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        vwr_monitor_driver_knows_(m);
    m->raised = value;
}

/* Number of consecutive interrupts for which a driver may leave a cause unacknowledged. */
#define MONITOR_LEFT 16u

/* Each interrupt was handled and acknowledged, but one of its causes was omitted each time. */
static void monitor_check_left(struct vwr_monitor *m)
{
    m->ignored = m->raised != 0 ? m->ignored + 1u : 0;
    if (m->ignored != MONITOR_LEFT)
        return;
    vwr_monitor_find_(m, VWR_RULE_ACK_MISSING, NULL, 0, m->raised, 0);
    m->ignored = 0;
}

/*
 * If a buffer was used after the driver had read the cause but before it acknowledges the cause, no further
 * interrupt is needed: the line is asserted, and the driver checks the rings afterwards.
 */
static void monitor_acknowledge(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t defined =
        VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK | VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;

    if ((value & ~defined) != 0)
        vwr_monitor_find_(m, VWR_RULE_ACK_UNDEFINED, NULL, 0, value, 0);
    if ((value & m->raised & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        vwr_monitor_driver_knows_(m);
    m->raised &= ~value;
    m->acked |= value;
    monitor_check_left(m);
    if ((value & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0)
        m->is_telling = false;
}

/* ---- accesses ---- */

static void monitor_read(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    const uint32_t version = m->s.legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN;
    struct vwr_monitor_queue *const q = monitor_selected(m);

    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_MMIO_REG_MAGIC_VALUE:
        m->has_magic = true;
        if (value != VWR_MMIO_MAGIC_VALUE_VALUE) vwr_monitor_find_(m, VWR_RULE_MAGIC, NULL, 0, value, 0);
        break;
    case VWR_MMIO_REG_VERSION:
        m->has_version = true;
        if (value != version) vwr_monitor_find_(m, VWR_RULE_VERSION, NULL, 0, value, 0);
        break;
    case VWR_MMIO_REG_DEVICE_ID: case VWR_MMIO_REG_VENDOR_ID: monitor_read_id(m, r, value); break;
    case VWR_MMIO_REG_DEVICE_FEATURES:
        if (m->selected[0]) vwr_monitor_read_features_(m, value);
        else vwr_monitor_find_(m, VWR_RULE_FEATURES_UNSELECTED, NULL, 0, 0, 0);
        break;
    case VWR_MMIO_REG_QUEUE_SIZE_MAX: monitor_read_max(m, q, r, value); break;
    case VWR_MMIO_REG_QUEUE_READY: vwr_monitor_read_ready_(m, r, value); break;
    case VWR_MMIO_REG_QUEUE_RESET: vwr_monitor_read_reset_(m, value); break;
    case VWR_MMIO_REG_INTERRUPT_STATUS: monitor_read_interrupt(m, value); break;
    case VWR_MMIO_REG_STATUS: vwr_monitor_read_status_(m, value); break;
    case VWR_MMIO_REG_CONFIG_GENERATION: vwr_monitor_read_generation_(m, value); break;
    default: break;
    }
    /* clang-format on */
}

static void monitor_write(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    if (!m->has_magic || !m->has_version) {
        vwr_monitor_find_(m, VWR_RULE_PROBE, NULL, r->offset, 0, 0);
        m->has_magic = m->has_version = m->has_asked = true;
    }
    if (!m->has_id && !m->has_asked)
        vwr_monitor_find_(m, VWR_RULE_PROBE_ID, NULL, r->offset, 0, 0);
    m->has_asked = true;
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_MMIO_REG_DEVICE_FEATURES_SEL: m->device_sel = value; m->selected[0] = true; break;
    case VWR_MMIO_REG_DRIVER_FEATURES_SEL: m->driver_sel = value; m->selected[1] = true; break;
    case VWR_MMIO_REG_DRIVER_FEATURES:
        if (!m->selected[1]) vwr_monitor_find_(m, VWR_RULE_DRIVER_FEATURES_UNSELECTED, NULL, 0, 0, 0);
        vwr_monitor_write_features_(m, value);
        break;
    case VWR_MMIO_REG_GUEST_PAGE_SIZE: m->page = value; break;
    case VWR_MMIO_REG_QUEUE_SEL: m->queue_sel = value; break;
    case VWR_MMIO_REG_QUEUE_NOTIFY: vwr_monitor_kick_(m, value); break;
    case VWR_MMIO_REG_INTERRUPT_ACK: monitor_acknowledge(m, value); break;
    case VWR_MMIO_REG_STATUS: vwr_monitor_write_status_(m, value); break;
    default: if (r->bank == VWR_MMIO_REG_QUEUE_SEL) monitor_write_queue(m, r, value); break;
    }
    /* clang-format on */
}

/* A write to a register whose feature the driver has not accepted. */
static void monitor_find_feature(struct vwr_monitor *m, const struct vwr_register *r, uint64_t value)
{
    vwr_monitor_find_(m, VWR_RULE_REGISTER_FEATURE, NULL, r->offset, value, 0);
    if (r->bank == VWR_MMIO_REG_QUEUE_SEL)
        vwr_monitor_upset_(monitor_selected(m));
}

/*
 * Whether the access is allowed for a driver that has failed: such a driver may stop a queue. Notifications
 * are judged together with their queue.
 */
static bool monitor_is_end(const struct vwr_register *r, uint64_t value)
{
    return r->reg == VWR_MMIO_REG_QUEUE_NOTIFY || (r->reg == VWR_MMIO_REG_QUEUE_READY && value == 0);
}

/* Checks that there is a register at the offset, and that the direction and width of the access match it. */
static bool monitor_check_access(struct vwr_monitor *m, const struct vwr_register *r, uint32_t offset,
                                 unsigned bytes, bool is_write, uint64_t value)
{
    const struct vwr_negotiation now = {m->s.legacy, m->status, &m->accepted};
    const enum vwr_access_check verdict = vwr_check_register(r, offset, bytes, is_write, &now);

    if (verdict == VWR_NOT_VERSION)
        vwr_monitor_find_(m, VWR_RULE_REGISTER_NONE, NULL, offset, 0, 0);
    else if (verdict == VWR_NOT_WIDTH)
        vwr_monitor_find_(m, VWR_RULE_REGISTER_WIDTH, NULL, r->offset, bytes, 0);
    else if (verdict == VWR_NOT_DIRECTION && is_write)
        vwr_monitor_find_(m, VWR_RULE_REGISTER_READ_ONLY, NULL, offset, value, 0);
    else if (verdict == VWR_NOT_DIRECTION)
        vwr_monitor_find_(m, VWR_RULE_REGISTER_WRITE_ONLY, NULL, offset, 0, 0);
    else if (verdict == VWR_NOT_NOW && (m->status & VWR_STATUS_FAILED) != 0 && !monitor_is_end(r, value))
        vwr_monitor_find_(m, VWR_RULE_FAILED_USED, NULL, offset, value, 0);
    else if (verdict == VWR_NOT_NOW && r->reg == VWR_MMIO_REG_DRIVER_FEATURES)
        vwr_monitor_find_(m, VWR_RULE_FEATURES_LATE, NULL, 0, m->status, 0);
    else if (verdict == VWR_NOT_FEATURE && is_write)
        monitor_find_feature(m, r, value);
    else
        return verdict != VWR_NOT_FEATURE;
    return false;
}

/*
 * Handles accesses to the data path registers of a live device, whose rows allow every access. Returns
 * whether it was such an access.
 */
static bool monitor_access_fast(struct vwr_monitor *m, uint64_t offset, bool is_write, uint32_t value)
{
    if (is_write && offset == VWR_MMIO_QUEUE_NOTIFY)
        vwr_monitor_kick_(m, value);
    else if (is_write && offset == VWR_MMIO_INTERRUPT_ACK)
        monitor_acknowledge(m, value);
    else if (!is_write && offset == VWR_MMIO_INTERRUPT_STATUS)
        monitor_read_interrupt(m, value);
    else
        return false;
    return true;
}

/* Out of line, so that the data path does not save the CPU registers that this function uses. */
static VWR_OUT_OF_LINE void monitor_any_access(struct vwr_monitor *m, uint64_t offset, unsigned bytes,
                                               bool is_write, uint64_t value)
{
    uint8_t row;

    if (offset > MONITOR_MAX_16) { /* an offset beyond every configuration space */
        vwr_monitor_find_(m, VWR_RULE_REGISTER_NONE, NULL, (uint32_t)offset, 0, 0);
        return;
    }
    if (offset >= VWR_MMIO_CONFIG) {
        vwr_monitor_config_(m, (uint32_t)(offset - VWR_MMIO_CONFIG), bytes, is_write, value);
        return;
    }
    row = vwr_mmio_register_at[offset / sizeof(uint32_t)];
    if (row == VWR_REGISTER_NONE) {
        vwr_monitor_find_(m, VWR_RULE_REGISTER_NONE, NULL, (uint32_t)offset, 0, 0);
        return;
    }
    if (!monitor_check_access(m, &vwr_mmio_registers[row], (uint32_t)offset, bytes, is_write, value))
        return;
    if (is_write)
        monitor_write(m, &vwr_mmio_registers[row], (uint32_t)value);
    else
        monitor_read(m, &vwr_mmio_registers[row], (uint32_t)value);
}

void vwr_monitor_access(struct vwr_monitor *m, uint64_t offset, unsigned bytes, bool is_write, uint64_t value)
{
    m->is_mmio = true;
    if (bytes != sizeof(uint32_t) || !m->has_magic || !m->has_version ||
        !monitor_access_fast(m, offset, is_write, (uint32_t)value))
        monitor_any_access(m, offset, bytes, is_write, value);
}

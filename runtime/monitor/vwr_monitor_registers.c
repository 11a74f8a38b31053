/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/access.h"
#include "vwr/bytes.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* ---- features ---- */

static bool monitor_meets(const struct vwr_features *f, const struct vwr_feature_rule *rule)
{
    return !vwr_features_have(f, rule->feature) || vwr_features_have(f, rule->any[0]) ||
           vwr_features_have(f, rule->any[1]) || vwr_features_have(f, rule->any[2]);
}

static void monitor_fault(struct vwr_monitor *m, enum vwr_rule_number rule, uint32_t feature)
{
    vwr_monitor_find(m, rule, NULL, 0, feature, 0);
    m->faulty = 1;
    m->fault = feature;
}

static void monitor_check_rules(struct vwr_monitor *m, const struct vwr_feature_rule *rule, size_t count)
{
    const bool is_whole =
        m->known == ((uint32_t)1 << VWR_FEATURE_WORDS) - 1u || m->known == 3; /* words 0, 1 */

    for (size_t i = 0; i < count; i++) {
        if (is_whole && !monitor_meets(&m->offered, &rule[i])) /* the driver may take what is offered */
            vwr_monitor_find(m, VWR_RULE_DEVICE_FEATURE_NEEDS, NULL, 0, rule[i].feature, 0);
        else if (!monitor_meets(&m->accepted, &rule[i]))
            monitor_fault(m, VWR_RULE_FEATURE_NEEDS, rule[i].feature);
    }
}

/* The driver's set is complete. */
static void monitor_check_features(struct vwr_monitor *m)
{
    m->faulty = 0;
    if (m->known == 0)
        vwr_monitor_find(m, VWR_RULE_FEATURES_UNREAD, NULL, 0, 0, 0);
    for (unsigned bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++)
        if (vwr_features_have(&m->accepted, bit) && (m->known >> bit / 32u & 1u) != 0 &&
            !vwr_features_have(&m->offered, bit))
            monitor_fault(m, VWR_RULE_FEATURE_NOT_OFFERED, bit);
    if (m->s.legacy)
        return;
    if (vwr_features_have(&m->offered, VWR_F_VERSION_1) && !monitor_has(m, VWR_F_VERSION_1))
        monitor_fault(m, VWR_RULE_FEATURE_VERSION_1, VWR_F_VERSION_1);
    monitor_check_rules(m, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    monitor_check_rules(m, m->s.rules, m->s.rules != NULL ? m->s.rule_count : 0);
}

void vwr_monitor_set_features(struct vwr_monitor *m, const struct vwr_features *offered,
                              const struct vwr_features *accepted)
{
    vwr_copy(&m->offered, offered, sizeof(*offered));
    vwr_copy(&m->accepted, accepted, sizeof(*accepted));
    m->known = ((uint32_t)1 << VWR_FEATURE_WORDS) - 1u;
    m->s.legacy = !monitor_has(m, VWR_F_VERSION_1);
    m->status |= VWR_STATUS_DRIVER_OK;
    monitor_check_features(m);
}

static void monitor_read_features(struct vwr_monitor *m, uint32_t value)
{
    if (!m->selected[0])
        vwr_monitor_find(m, VWR_RULE_FEATURES_UNSELECTED, NULL, 0, 0, 0);
    if (m->device_sel >= VWR_FEATURE_WORDS)
        return;
    m->offered.w[m->device_sel] = value;
    m->known |= (uint32_t)1 << m->device_sel;
    if (m->device_sel == VWR_F_VERSION_1 / 32 && !m->s.legacy &&
        !vwr_features_have(&m->offered, VWR_F_VERSION_1))
        vwr_monitor_find(m, VWR_RULE_DEVICE_VERSION_1, NULL, 0, 0, 0);
}

static void monitor_write_features(struct vwr_monitor *m, uint32_t value)
{
    if (!m->selected[1])
        vwr_monitor_find(m, VWR_RULE_DRIVER_FEATURES_UNSELECTED, NULL, 0, 0, 0);
    if (m->driver_sel < VWR_FEATURE_WORDS)
        m->accepted.w[m->driver_sel] = value;
}

/* ---- status ---- */

static void monitor_reset(struct vwr_monitor *m)
{
    for (uint32_t i = 0; i < m->s.queues; i++) {
        struct vwr_monitor_queue *const q = &m->s.queue[i];

        vwr_monitor_stop_queue(q);
        q->touched = q->was_reset = q->stops = q->resets = false;
        q->set = 0;
        q->size = q->pfn = q->align = 0;
        vwr_zero(q->addr, sizeof(q->addr));
    }
    vwr_features_clear(&m->accepted);
    m->status = VWR_STATUS_RESET;
    m->raised = m->sent = 0;
    m->faulty = 0;
    m->owes_change = false;
    m->awaits_reset = true;
    m->device_sel = m->driver_sel = m->queue_sel = 0;
    m->unread = m->selected[0] = m->selected[1] = m->has_generation = false;
    m->changes = 0;
    vwr_zero(m->config_known, sizeof(m->config_known));
    m->was_reset = true;
}

/* Whether some step sets this bit in a status that has these bits. */
static bool monitor_may_set(const struct vwr_monitor *m, uint32_t bit, uint32_t status)
{
    const struct vwr_negotiation now = {m->s.legacy, (uint8_t)status, &m->accepted};

    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) {
        const struct vwr_status_step *const step = &vwr_status_steps[i];

        if (step->bit == bit && step->by == VWR_BY_DRIVER && vwr_check_step(step, &now) == VWR_ALLOWED)
            return true;
    }
    return false;
}

static void monitor_set_bit(struct vwr_monitor *m, uint32_t bit, uint32_t status)
{
    if (!monitor_may_set(m, bit, status)) {
        const bool lacks = bit == VWR_STATUS_DRIVER_OK && (status & VWR_STATUS_FEATURES_OK) == 0 &&
                           monitor_may_set(m, bit, status | VWR_STATUS_FEATURES_OK);

        vwr_monitor_find(m, lacks ? VWR_RULE_STATUS_NO_FEATURES_OK : VWR_RULE_STATUS_ORDER, NULL, 0, bit,
                         status);
    }
    if (bit == VWR_STATUS_FEATURES_OK) {
        monitor_check_features(m);
        m->unread = true;
    } else if (bit == VWR_STATUS_DRIVER_OK && m->unread) {
        vwr_monitor_find(m, VWR_RULE_FEATURES_OK_UNREAD, NULL, 0, 0, 0);
        m->unread = false;
    } else if (bit == VWR_STATUS_DRIVER_OK && (status & VWR_STATUS_FEATURES_OK) == 0) {
        monitor_check_features(m);
    }
}

static void monitor_write_status(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t old = m->status;
    uint32_t now = old;

    if (value == VWR_STATUS_RESET) {
        monitor_reset(m);
        return;
    }
    if (!m->was_reset)
        vwr_monitor_find(m, VWR_RULE_STATUS_NO_RESET, NULL, 0, value, 0);
    m->was_reset = true;
    if (m->awaits_reset)
        vwr_monitor_find(m, VWR_RULE_RESET_UNREAD, NULL, 0, value, 0);
    m->awaits_reset = false;
    if ((old & VWR_STATUS_FAILED) != 0) {
        if (value != old)
            vwr_monitor_find(m, VWR_RULE_STATUS_AFTER_FAILED, NULL, 0, value, 0);
        return;
    }
    if ((old & ~value) != 0)
        vwr_monitor_find(m, VWR_RULE_STATUS_CLEARED, NULL, 0, value, old);
    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) { /* in the order of a start-up */
        const uint32_t bit = vwr_status_steps[i].bit;

        if ((value & bit) != 0 && (now & bit) == 0 && vwr_status_steps[i].by == VWR_BY_DRIVER) {
            monitor_set_bit(m, bit, now);
            now |= bit;
        }
    }
    m->status = (uint8_t)now;
}

/* Bits that the device sets, or clears in answer to the driver, are in what the driver reads. */
static void monitor_read_status(struct vwr_monitor *m, uint32_t value)
{
    m->unread = m->awaits_reset = false;
    if ((value & VWR_STATUS_DEVICE_NEEDS_RESET) != 0 && (m->status & VWR_STATUS_DRIVER_OK) != 0 &&
        !m->needs_reset)
        m->owes_change = true;
    m->needs_reset = (value & VWR_STATUS_DEVICE_NEEDS_RESET) != 0;
    if ((m->status & VWR_STATUS_FEATURES_OK) != 0 && (value & VWR_STATUS_FEATURES_OK) != 0 && m->faulty != 0)
        vwr_monitor_find(m, VWR_RULE_DEVICE_TAKES_FEATURES, NULL, 0, m->fault, 0);
    m->faulty = 0;
    if (value != VWR_STATUS_RESET)
        m->status &= (uint8_t)value;
}

/* ---- queues ---- */

static struct vwr_monitor_queue *monitor_selected(const struct vwr_monitor *m)
{
    return m->queue_sel < m->s.queues ? &m->s.queue[m->queue_sel] : NULL;
}

static void monitor_set_half(uint64_t *v, uint32_t word, bool is_high)
{
    *v = is_high ? (uint64_t)word << 32 | (uint32_t)*v : (*v >> 32) << 32 | word;
}

static enum monitor_area monitor_area_of(enum vwr_mmio_reg reg)
{
    if (reg == VWR_MMIO_REG_QUEUE_DESC_LOW || reg == VWR_MMIO_REG_QUEUE_DESC_HIGH)
        return MONITOR_DESC;
    return reg == VWR_MMIO_REG_QUEUE_DRIVER_LOW || reg == VWR_MMIO_REG_QUEUE_DRIVER_HIGH ? MONITOR_DRIVER
                                                                                         : MONITOR_DEVICE;
}

static void monitor_write_address(struct vwr_monitor_queue *q, enum vwr_mmio_reg reg, uint32_t value)
{
    /* clang-format off */
    switch ((unsigned)reg) {
    case VWR_MMIO_REG_QUEUE_DESC_LOW: monitor_set_half(&q->addr[MONITOR_DESC], value, false); break;
    case VWR_MMIO_REG_QUEUE_DESC_HIGH: monitor_set_half(&q->addr[MONITOR_DESC], value, true); break;
    case VWR_MMIO_REG_QUEUE_DRIVER_LOW: monitor_set_half(&q->addr[MONITOR_DRIVER], value, false); break;
    case VWR_MMIO_REG_QUEUE_DRIVER_HIGH: monitor_set_half(&q->addr[MONITOR_DRIVER], value, true); break;
    case VWR_MMIO_REG_QUEUE_DEVICE_LOW: monitor_set_half(&q->addr[MONITOR_DEVICE], value, false); break;
    case VWR_MMIO_REG_QUEUE_DEVICE_HIGH: monitor_set_half(&q->addr[MONITOR_DEVICE], value, true); break;
    default: return;
    }
    /* clang-format on */
    q->set |= (uint8_t)(1u << monitor_area_of(reg));
}

static void monitor_write_size(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t value)
{
    q->size = value;
    q->set |= MONITOR_SET_SIZE;
    if (q->has_max && value > q->max)
        vwr_monitor_find(m, VWR_RULE_QUEUE_SIZE, q, 0, value, q->max);
}

/* A queue stops, or is reset; what the driver has to wait for. */
static void monitor_stop(struct vwr_monitor_queue *q, const struct vwr_register *r)
{
    if (r->reg == VWR_MMIO_REG_QUEUE_RESET) {
        q->resets = q->was_reset = true;
        q->set = 0;
    } else if (r->reg == VWR_MMIO_REG_QUEUE_READY) {
        q->stops = q->ready;
    }
    vwr_monitor_stop_queue(q);
}

/* Whether the driver goes on with a queue before it has read that it stopped. */
static void monitor_check_stopped(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    if (q->stops)
        vwr_monitor_find(m, VWR_RULE_QUEUE_STOP_UNREAD, q, 0, 0, 0);
    if (q->resets)
        vwr_monitor_find(m, VWR_RULE_QUEUE_RESET_UNREAD, q, 0, 0, 0);
    q->stops = q->resets = false;
}

static void monitor_write_queue(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);
    const uint8_t idle = r->idle[m->s.legacy ? 0 : 1];

    if (q == NULL)
        return;
    if (q->ready && idle != VWR_REGISTER_NONE) {
        vwr_monitor_find(m, VWR_RULE_QUEUE_FROZEN, q, r->offset, value, 0);
        return;
    }
    monitor_check_stopped(m, q);
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_MMIO_REG_QUEUE_SIZE: monitor_write_size(m, q, value); break;
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
        vwr_monitor_start_queue(m, q);
}

static void monitor_read_max(struct vwr_monitor_queue *q, uint32_t value)
{
    if (q == NULL)
        return;
    q->max = value;
    q->has_max = true;
}

static void monitor_read_ready(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    if (q == NULL)
        return;
    if (!q->touched && value != 0)
        vwr_monitor_find(m, VWR_RULE_RESET_KEEPS, q, r->offset, value, 0);
    else if (q->was_reset && !q->resets && !q->ready && value != 0)
        vwr_monitor_find(m, VWR_RULE_QUEUE_RESET_KEEPS, q, 0, value, 0);
    q->stops = false;
}

static void monitor_read_reset(struct vwr_monitor *m, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    if (q == NULL)
        return;
    if (value != 0 && !q->resets)
        vwr_monitor_find(m, VWR_RULE_QUEUE_RESET_READS, q, 0, value, 0);
    q->resets = q->resets && value != 0;
}

/* ---- interrupts, configuration ---- */

static void monitor_read_interrupt(struct vwr_monitor *m, uint32_t value)
{
    m->sent = 0;
    if ((m->raised & ~value) != 0)
        vwr_monitor_find(m, VWR_RULE_INTERRUPT_VANISHED, NULL, 0, value, m->raised);
    if (!m->s.legacy && (m->status & VWR_STATUS_DRIVER_OK) == 0 &&
        (value & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        vwr_monitor_find(m, VWR_RULE_RESET_KEEPS, NULL, VWR_MMIO_INTERRUPT_STATUS, value, 0);
    m->raised = value;
}

static void monitor_acknowledge(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t defined =
        VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK | VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;

    if ((value & ~defined) != 0)
        vwr_monitor_find(m, VWR_RULE_ACK_UNDEFINED, NULL, 0, value, 0);
    m->raised &= ~value;
}

/* Whether a field is so long that a driver reads it in parts. */
static bool monitor_is_long(const struct vwr_monitor *m, uint32_t at)
{
    for (size_t i = 0; m->s.fields != NULL && i < m->s.field_count; i++)
        if (at - m->s.fields[i].offset < m->s.fields[i].bytes)
            return m->s.fields[i].bytes > sizeof(uint32_t);
    return false;
}

/*
 * A change between two reads of the same generation is a risk if a driver may see half of it: if it is in two
 * accesses, or in a field that takes two.
 */
static void monitor_read_generation(struct vwr_monitor *m, uint32_t value)
{
    if (m->has_generation && value == m->generation &&
        (m->changes > 1 || (m->changes == 1 && monitor_is_long(m, m->changed))))
        vwr_monitor_find(m, VWR_RULE_GENERATION, NULL, m->changed, value, 0);
    if (!m->has_generation || value != m->generation)
        vwr_zero(m->config_known, sizeof(m->config_known));
    m->generation = value;
    m->has_generation = true;
    m->changes = 0;
}

/* Whether a field exists, as far as the driver knows what the device offers. */
static bool monitor_is_there(const struct vwr_monitor *m, const struct vwr_config_field *f)
{
    for (unsigned i = 0; i < sizeof(f->any); i++) {
        if (f->any[i] == VWR_FEATURE_NONE)
            return i == 0; /* the field requires none */
        if ((m->known >> f->any[i] / 32u & 1u) == 0 || vwr_features_have(&m->offered, f->any[i]))
            return true;
    }
    return false;
}

/* Whether a field may be written before the features are chosen. */
static bool monitor_is_early(const struct vwr_monitor *m, uint32_t at)
{
    for (size_t i = 0; m->s.fields != NULL && i < m->s.field_count; i++)
        if (at - m->s.fields[i].offset < m->s.fields[i].bytes)
            return m->s.fields[i].early != 0;
    return false;
}

/* The first byte of an access belongs to a field that exists, of which it is as wide. */
static void monitor_check_field(struct vwr_monitor *m, uint32_t at, unsigned bytes)
{
    for (size_t i = 0; m->s.fields != NULL && !m->s.legacy && i < m->s.field_count; i++) {
        const struct vwr_config_field *const f = &m->s.fields[i];
        const unsigned width = f->bytes < sizeof(uint32_t) ? f->bytes : sizeof(uint32_t);

        if (at - f->offset >= f->bytes)
            continue;
        if (!monitor_is_there(m, f))
            vwr_monitor_find(m, VWR_RULE_CONFIG_ABSENT, NULL, at, 0, 0);
        else if ((f->bytes & (f->bytes - 1u)) == 0 && f->bytes <= sizeof(uint64_t) && bytes != width)
            vwr_monitor_find(m, VWR_RULE_CONFIG_WIDTH, NULL, at, bytes, width);
        return;
    }
}

static void monitor_config(struct vwr_monitor *m, uint32_t offset, unsigned bytes, bool is_write,
                           uint64_t value)
{
    bool has_changed = false;

    if (is_write) {
        if (!m->s.legacy && (m->status & VWR_STATUS_FEATURES_OK) == 0 && !monitor_is_early(m, offset))
            vwr_monitor_find(m, VWR_RULE_CONFIG_EARLY, NULL, offset, m->status, 0);
        monitor_check_field(m, offset, bytes);
        vwr_zero(m->config_known, sizeof(m->config_known)); /* a write may change what other bytes mean */
        m->changes = 0;
        return;
    }
    monitor_check_field(m, offset, bytes);
    for (unsigned i = 0; i < bytes && offset + i < VWR_MONITOR_CONFIG; i++) {
        const uint8_t byte = (uint8_t)(value >> 8 * i);
        const uint32_t at = offset + i;

        if (m->config_known[at] && m->config[at] != byte && m->has_generation) {
            has_changed = true;
            m->changed = (uint16_t)at;
        }
        m->config[at] = byte;
        m->config_known[at] = true;
    }
    if (has_changed && m->changes < 2)
        m->changes++;
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
        if (value != VWR_MMIO_MAGIC_VALUE_VALUE) vwr_monitor_find(m, VWR_RULE_MAGIC, NULL, 0, value, 0);
        break;
    case VWR_MMIO_REG_VERSION:
        m->has_version = true;
        if (value != version) vwr_monitor_find(m, VWR_RULE_VERSION, NULL, 0, value, 0);
        break;
    case VWR_MMIO_REG_DEVICE_FEATURES: monitor_read_features(m, value); break;
    case VWR_MMIO_REG_QUEUE_SIZE_MAX: monitor_read_max(q, value); break;
    case VWR_MMIO_REG_QUEUE_READY: monitor_read_ready(m, r, value); break;
    case VWR_MMIO_REG_QUEUE_RESET: monitor_read_reset(m, value); break;
    case VWR_MMIO_REG_INTERRUPT_STATUS: monitor_read_interrupt(m, value); break;
    case VWR_MMIO_REG_STATUS: monitor_read_status(m, value); break;
    case VWR_MMIO_REG_CONFIG_GENERATION: monitor_read_generation(m, value); break;
    default: break;
    }
    /* clang-format on */
}

static void monitor_write(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    if (!m->has_magic || !m->has_version) {
        vwr_monitor_find(m, VWR_RULE_PROBE, NULL, r->offset, 0, 0);
        m->has_magic = m->has_version = true;
    }
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_MMIO_REG_DEVICE_FEATURES_SEL: m->device_sel = value; m->selected[0] = true; break;
    case VWR_MMIO_REG_DRIVER_FEATURES_SEL: m->driver_sel = value; m->selected[1] = true; break;
    case VWR_MMIO_REG_DRIVER_FEATURES: monitor_write_features(m, value); break;
    case VWR_MMIO_REG_GUEST_PAGE_SIZE: m->page = value; break;
    case VWR_MMIO_REG_QUEUE_SEL: m->queue_sel = value; break;
    case VWR_MMIO_REG_QUEUE_NOTIFY: vwr_monitor_kick(m, value); break;
    case VWR_MMIO_REG_INTERRUPT_ACK: monitor_acknowledge(m, value); break;
    case VWR_MMIO_REG_STATUS: monitor_write_status(m, value); break;
    default: if (r->bank == VWR_MMIO_REG_QUEUE_SEL) monitor_write_queue(m, r, value); break;
    }
    /* clang-format on */
}

/* Whether the access has a register, its direction and its width; what is wrong with it is found. */
static bool monitor_check_access(struct vwr_monitor *m, const struct vwr_register *r, uint32_t offset,
                                 unsigned bytes, bool is_write, uint64_t value)
{
    const struct vwr_negotiation now = {m->s.legacy, m->status, &m->accepted};
    const enum vwr_access_check verdict = vwr_check_register(r, offset, bytes, is_write, &now);

    if (verdict == VWR_NOT_VERSION)
        vwr_monitor_find(m, VWR_RULE_REGISTER_NONE, NULL, offset, 0, 0);
    else if (verdict == VWR_NOT_WIDTH)
        vwr_monitor_find(m, VWR_RULE_REGISTER_WIDTH, NULL, r->offset, bytes, 0);
    else if (verdict == VWR_NOT_DIRECTION && is_write)
        vwr_monitor_find(m, VWR_RULE_REGISTER_READ_ONLY, NULL, offset, value, 0);
    else if (verdict == VWR_NOT_DIRECTION)
        vwr_monitor_find(m, VWR_RULE_REGISTER_WRITE_ONLY, NULL, offset, 0, 0);
    else if (verdict == VWR_NOT_NOW && r->reg == VWR_MMIO_REG_DRIVER_FEATURES)
        vwr_monitor_find(m, VWR_RULE_FEATURES_LATE, NULL, 0, m->status, 0);
    else
        return true;
    return false;
}

/* A register that a device at work needs; its row forbids none of these accesses. Returns whether it was one.
 */
static bool monitor_at_work(struct vwr_monitor *m, uint64_t offset, bool is_write, uint32_t value)
{
    if (is_write && offset == VWR_MMIO_QUEUE_NOTIFY)
        vwr_monitor_kick(m, value);
    else if (is_write && offset == VWR_MMIO_INTERRUPT_ACK)
        monitor_acknowledge(m, value);
    else if (!is_write && offset == VWR_MMIO_INTERRUPT_STATUS)
        monitor_read_interrupt(m, value);
    else
        return false;
    return true;
}

/* Out of line, so that accesses of a device at work do not save its registers. */
static VWR_OUT_OF_LINE void monitor_any_access(struct vwr_monitor *m, uint64_t offset, unsigned bytes,
                                               bool is_write, uint64_t value)
{
    uint8_t row;

    if (offset > MONITOR_MAX_16) { /* beyond any configuration */
        vwr_monitor_find(m, VWR_RULE_REGISTER_NONE, NULL, (uint32_t)offset, 0, 0);
        return;
    }
    if (offset >= VWR_MMIO_CONFIG) {
        monitor_config(m, (uint32_t)(offset - VWR_MMIO_CONFIG), bytes, is_write, value);
        return;
    }
    row = vwr_mmio_register_at[offset / sizeof(uint32_t)];
    if (row == VWR_REGISTER_NONE) {
        vwr_monitor_find(m, VWR_RULE_REGISTER_NONE, NULL, (uint32_t)offset, 0, 0);
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
        !monitor_at_work(m, offset, is_write, (uint32_t)value))
        monitor_any_access(m, offset, bytes, is_write, value);
}

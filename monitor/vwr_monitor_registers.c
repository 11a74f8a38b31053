/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/access.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

/* Accesses, independent of the transport: status, features, queues, configuration. */

/* ---- features ---- */

static bool monitor_meets(const struct vwr_features *f, const struct vwr_feature_rule *rule)
{
    return !vwr_features_have(f, rule->feature) || vwr_features_have(f, rule->any[0]) ||
           vwr_features_have(f, rule->any[1]) || vwr_features_have(f, rule->any[2]);
}

static void monitor_fault(struct vwr_monitor *m, enum vwr_rule_number rule, uint32_t feature)
{
    vwr_monitor_find_(m, rule, NULL, 0, feature, 0);
    m->faulty = 1;
    m->fault = feature;
}

static bool monitor_knows_offer(const struct vwr_monitor *m)
{
    return m->known == ((uint32_t)1 << VWR_FEATURE_WORDS) - 1u || m->known == 3; /* words 0, 1 */
}

static void monitor_check_rules(struct vwr_monitor *m, const struct vwr_feature_rule *rule, size_t count)
{
    const bool is_whole = monitor_knows_offer(m);

    for (size_t i = 0; i < count; i++) {
        if (is_whole && !monitor_meets(&m->offered, &rule[i])) /* the driver may accept what is offered */
            vwr_monitor_find_(m, VWR_RULE_DEVICE_FEATURE_NEEDS, NULL, 0, rule[i].feature, 0);
        else if (!monitor_meets(&m->accepted, &rule[i]))
            monitor_fault(m, VWR_RULE_FEATURE_NEEDS, rule[i].feature);
    }
}

/* Virtual functions exist only on PCI, for a device with the SR-IOV capability. */
static void monitor_check_sr_iov(struct vwr_monitor *m)
{
    const bool is_offered = vwr_features_have(&m->offered, VWR_F_SR_IOV);

    if (m->space.functions != 0 && (m->known >> VWR_F_SR_IOV / 32 & 1u) != 0 && !is_offered)
        vwr_monitor_find_(m, VWR_RULE_PCI_DEVICE_NO_SR_IOV, NULL, m->space.functions, 0, 0);
    if (!m->is_mmio && !m->space.is_plain)
        return;
    if (is_offered)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_DEVICE_SR_IOV, VWR_RULE_PCI_DEVICE_SR_IOV), NULL, 0, 0,
                          0);
    else if (monitor_has(m, VWR_F_SR_IOV))
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_SR_IOV, VWR_RULE_PCI_SR_IOV), NULL, 0, 0, 0);
}

/* The driver has accepted its features. */
static void monitor_check_features(struct vwr_monitor *m)
{
    m->faulty = 0;
    monitor_check_sr_iov(m);
    if (m->known == 0)
        vwr_monitor_find_(m, VWR_RULE_FEATURES_UNREAD, NULL, 0, 0, 0);
    for (unsigned bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++)
        if (vwr_features_have(&m->accepted, bit) && (m->known >> bit / 32u & 1u) != 0 &&
            !vwr_features_have(&m->offered, bit))
            monitor_fault(m, VWR_RULE_FEATURE_NOT_OFFERED, bit);
    if (m->s.requests != NULL)
        vwr_monitor_blk_features_(m);
    if (m->s.legacy)
        return;
    if (vwr_features_have(&m->offered, VWR_F_VERSION_1) && !monitor_has(m, VWR_F_VERSION_1))
        /* the device may serve such a driver, so that its FEATURES_OK is no fault of its own (rfeat.dev.2) */
        vwr_monitor_find_(m, VWR_RULE_FEATURE_VERSION_1, NULL, 0, VWR_F_VERSION_1, 0);
    monitor_check_rules(m, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    monitor_check_rules(m, m->s.rules, m->s.rule_count);
    if (m->s.net)
        vwr_monitor_net_features_(m, monitor_knows_offer(m));
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

void vwr_monitor_read_features_(struct vwr_monitor *m, uint32_t value)
{
    if (m->device_sel >= VWR_FEATURE_WORDS)
        return;
    if ((m->read_words >> m->device_sel & 1u) != 0 && m->offered.w[m->device_sel] != value)
        vwr_monitor_find_(m, VWR_RULE_DEVICE_FEATURES_CHANGED, NULL, m->device_sel, value,
                          m->offered.w[m->device_sel]);
    m->offered.w[m->device_sel] = value;
    m->known |= (uint32_t)1 << m->device_sel;
    m->read_words |= (uint32_t)1 << m->device_sel;
    if (m->device_sel == VWR_F_VERSION_1 / 32 && !m->s.legacy &&
        !vwr_features_have(&m->offered, VWR_F_VERSION_1))
        vwr_monitor_find_(m, VWR_RULE_DEVICE_VERSION_1, NULL, 0, 0, 0);
}

void vwr_monitor_write_features_(struct vwr_monitor *m, uint32_t value)
{
    if (m->driver_sel < VWR_FEATURE_WORDS)
        m->accepted.w[m->driver_sel] = value;
}

/* ---- status ---- */

static void monitor_reset(struct vwr_monitor *m)
{
    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        struct vwr_monitor_queue *const q = &m->s.queue[i];

        vwr_monitor_stop_queue_(q);
        q->touched = q->was_reset = q->stops = q->resets = false;
        q->vector.is_set = q->vector.is_unread = false;
        q->is_sound = q->is_odd = q->has_max = false;
        q->set = 0;
        q->size = q->pfn = q->align = 0;
        vwr_zero(q->addr, sizeof(q->addr));
    }
    vwr_features_clear(&m->accepted);
    m->stale |= m->status;
    m->status = VWR_STATUS_RESET;
    m->is_odd = m->notified_early = m->has_others = m->has_agreed = false;
    m->raised = m->sent = m->acked = m->isr = 0;
    m->has_vectors = m->vector.is_set = m->vector.is_unread = false;
    m->faulty = m->read_words = 0;
    m->expects_change = m->is_told = m->is_telling = m->needs_reset = false;
    m->awaits_reset = true;
    m->device_sel = m->driver_sel = m->queue_sel = 0;
    m->resumes = m->has_written = false;
    m->unread = m->selected[0] = m->selected[1] = m->has_generation = false;
    m->changes = 0;
    vwr_zero(m->config_known, sizeof(m->config_known));
    m->is_inherited |= !m->was_reset;
    m->was_reset = true;
    if (m->s.net)
        vwr_monitor_net_reset_(m);
}

/* Whether there is an initialization step that sets this bit if the status contains these bits. */
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

/* Records what the driver has to wait for when it suspends or resumes the device. */
static void monitor_set_suspend(struct vwr_monitor *m, uint32_t bit, uint32_t status)
{
    if (bit != VWR_STATUS_SUSPEND)
        m->resumes = true;
    else if (!monitor_may_set(m, bit, status))
        vwr_monitor_find_(m, VWR_RULE_SUSPEND_EARLY, NULL, 0, 0, status);
    else
        vwr_monitor_look(m, VWR_BY_DRIVER); /* buffers that were already available are not late */
}

static void monitor_set_bit(struct vwr_monitor *m, uint32_t bit, uint32_t status)
{
    if (bit == VWR_STATUS_SUSPEND || (bit == VWR_STATUS_DRIVER_OK && (status & VWR_STATUS_SUSPEND) != 0)) {
        monitor_set_suspend(m, bit, status);
        return;
    }
    if (!monitor_may_set(m, bit, status)) {
        const bool lacks = bit == VWR_STATUS_DRIVER_OK && (status & VWR_STATUS_FEATURES_OK) == 0 &&
                           monitor_may_set(m, bit, status | VWR_STATUS_FEATURES_OK);

        vwr_monitor_find_(m, lacks ? VWR_RULE_STATUS_NO_FEATURES_OK : VWR_RULE_STATUS_ORDER, NULL, 0, bit,
                          status);
        m->is_odd = true;
    }
    if (bit == VWR_STATUS_FEATURES_OK) {
        m->has_agreed = false;
        monitor_check_features(m);
        m->unread = true;
    } else if (bit == VWR_STATUS_DRIVER_OK && m->unread) {
        vwr_monitor_find_(m, VWR_RULE_FEATURES_OK_UNREAD, NULL, 0, 0, 0);
        m->unread = false;
    } else if (bit == VWR_STATUS_DRIVER_OK && (status & VWR_STATUS_FEATURES_OK) == 0) {
        monitor_check_features(m);
    }
}

void vwr_monitor_write_status_(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t old = m->status;
    uint32_t now = old;

    monitor_wake(m);
    if (value == VWR_STATUS_RESET) {
        monitor_reset(m);
        return;
    }
    if (!m->was_reset) {
        vwr_monitor_find_(m, VWR_RULE_STATUS_NO_RESET, NULL, 0, value, 0);
        m->is_odd = true; /* the previous status is unknown */
    }
    m->was_reset = true;
    m->is_inherited = false;
    if (m->awaits_reset)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_RESET_UNREAD, VWR_RULE_PCI_RESET_UNREAD), NULL, 0,
                          value, 0);
    m->awaits_reset = false;
    if ((old & VWR_STATUS_FAILED) != 0) {
        m->is_odd |= value != old;
        if (value != old)
            vwr_monitor_find_(m, VWR_RULE_STATUS_AFTER_FAILED, NULL, 0, value, 0);
        return;
    }
    if ((old & VWR_STATUS_SUSPEND) != 0 && (old & VWR_STATUS_DRIVER_OK) != 0 && !m->resumes &&
        (value & VWR_STATUS_DRIVER_OK) != 0)
        vwr_monitor_find_(m, VWR_RULE_SUSPEND_UNREAD, NULL, 0, 0, old);
    if ((old & ~value) != 0) {
        vwr_monitor_find_(m, VWR_RULE_STATUS_CLEARED, NULL, 0, value, old);
        m->is_odd = true;
    }
    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) { /* in the order of initialization */
        const uint32_t bit = vwr_status_steps[i].bit;

        if ((value & bit) != 0 && (now & bit) == 0 && vwr_status_steps[i].by == VWR_BY_DRIVER) {
            monitor_set_bit(m, bit, now);
            now |= bit;
        }
    }
    m->status = (uint8_t)now;
}

/* The device accepts or refuses the driver's features. */
static void monitor_check_answer(struct vwr_monitor *m, bool takes)
{
    bool is_same = m->has_taken;

    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        is_same = is_same && m->taken.w[i] == m->accepted.w[i];
    if (!takes && is_same)
        vwr_monitor_find_(m, VWR_RULE_FEATURES_REFUSED, NULL, 0, 0, 0);
    if (takes)
        vwr_copy(&m->taken, &m->accepted, sizeof(m->taken));
    m->has_taken |= takes;
}

/*
 * Checks that the status has the bits that the driver set. A device may set DEVICE_NEEDS_RESET, refuse
 * features, and respond to SUSPEND. A status of 0 may mean that the machine was restarted.
 */
static void monitor_check_status(struct vwr_monitor *m, uint32_t value)
{
    uint32_t free = VWR_STATUS_DEVICE_NEEDS_RESET;

    if (value == VWR_STATUS_RESET) {
        m->stale = 0;
        m->is_inherited = false;
    }
    if (value == VWR_STATUS_RESET || m->stale != 0 || m->is_inherited || m->is_odd || !m->was_reset ||
        (m->is_pci && m->awaits_reset))
        return;
    if (!m->has_agreed && (m->status & VWR_STATUS_FEATURES_OK) != 0) /* a device that refuses need not run */
        free |= (uint32_t)VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK;
    if ((m->status & VWR_STATUS_SUSPEND) != 0)
        free |= (uint32_t)VWR_STATUS_SUSPEND | VWR_STATUS_DRIVER_OK;
    if (((value ^ m->status) & ~free) != 0)
        vwr_monitor_find_(m, VWR_RULE_STATUS_READS, NULL, 0, value, m->status);
}

/* Checks the bits that the device sets or clears, when the driver reads the status. */
void vwr_monitor_read_status_(struct vwr_monitor *m, uint32_t value)
{
    monitor_check_status(m, value);
    m->unread = m->awaits_reset = false;
    m->has_agreed |= (value & m->status & VWR_STATUS_FEATURES_OK) != 0;
    if ((value & VWR_STATUS_DEVICE_NEEDS_RESET) != 0 && (m->status & VWR_STATUS_DRIVER_OK) != 0 &&
        !m->needs_reset)
        m->expects_change = !m->is_told;
    m->needs_reset = (value & VWR_STATUS_DEVICE_NEEDS_RESET) != 0;
    m->is_told = m->is_told && (m->needs_reset || m->is_telling);
    if ((m->status & VWR_STATUS_FEATURES_OK) != 0 && (value & VWR_STATUS_FEATURES_OK) != 0 && m->faulty != 0)
        vwr_monitor_find_(m, VWR_RULE_DEVICE_TAKES_FEATURES, NULL, 0, m->fault, 0);
    if ((m->status & VWR_STATUS_FEATURES_OK) != 0 && value != VWR_STATUS_RESET)
        monitor_check_answer(m, (value & VWR_STATUS_FEATURES_OK) != 0);
    m->faulty = 0;
    if (value != VWR_STATUS_RESET)
        m->status &= (uint8_t)value;
    m->resumes = m->resumes && (m->status & VWR_STATUS_SUSPEND) != 0;
}

/* ---- queues ---- */

void vwr_monitor_write_address_(struct vwr_monitor_queue *q, enum monitor_area area, uint32_t value,
                                bool is_high)
{
    uint64_t *const addr = &q->addr[area];

    *addr = is_high ? (uint64_t)value << 32 | (uint32_t)*addr : (*addr >> 32) << 32 | value;
    q->set |= (uint8_t)(1u << area);
}

void vwr_monitor_write_size_(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t value)
{
    q->size = value;
    q->set |= MONITOR_SET_SIZE;
    if (q->has_max && value > q->max)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_QUEUE_SIZE, VWR_RULE_PCI_QUEUE_MAX), q, 0, value,
                          q->max);
}

/* Whether the driver reuses a queue before it has read that the queue has stopped. */
static void monitor_check_stopped(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    if (q->stops)
        vwr_monitor_find_(m, VWR_RULE_QUEUE_STOP_UNREAD, q, 0, 0, 0);
    if (q->resets)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_QUEUE_RESET_UNREAD, VWR_RULE_PCI_QUEUE_RESET_UNREAD), q,
                          0, 0, 0);
    q->stops = q->resets = false;
}

bool vwr_monitor_may_write_(struct vwr_monitor *m, struct vwr_monitor_queue *q, const struct vwr_register *r,
                            uint32_t value)
{
    if (q->ready && r->idle[m->s.legacy ? 0 : 1] != VWR_REGISTER_NONE) {
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_QUEUE_FROZEN, VWR_RULE_PCI_QUEUE_FROZEN), q, r->offset,
                          value, 0);
        return false;
    }
    monitor_check_stopped(m, q);
    return true;
}

/* The driver has written a value that the register does not accept. A device may or may not ignore it. */
void vwr_monitor_upset_(struct vwr_monitor_queue *q)
{
    if (q == NULL)
        return;
    q->is_odd = q->touched = true;
}

void vwr_monitor_read_ready_(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    if (q == NULL || q->is_odd)
        return;
    if (!q->touched && value != 0)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_RESET_KEEPS, VWR_RULE_PCI_RESET_KEEPS), q, r->offset,
                          value, 0);
    else if (q->was_reset && !q->resets && !q->ready && value != 0)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_QUEUE_RESET_KEEPS, VWR_RULE_PCI_QUEUE_RESET_KEEPS), q,
                          0, value, 0);
    else if (q->ready && q->is_sound && value == 0 && !m->needs_reset)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_QUEUE_READY_LOST, VWR_RULE_PCI_QUEUE_ENABLE_LOST), q, 0,
                          0, 0);
    q->stops = false;
}

void vwr_monitor_read_reset_(struct vwr_monitor *m, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    if (q == NULL || q->is_odd)
        return;
    if (value != 0 && !q->resets)
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_QUEUE_RESET_READS, VWR_RULE_PCI_QUEUE_RESET_READS), q,
                          0, value, 0);
    q->resets = q->resets && value != 0;
}

/* ---- configuration ---- */

/* Whether a driver reads the field in several accesses. */
static bool monitor_is_long(const struct vwr_monitor *m, uint32_t at)
{
    for (size_t i = 0; i < m->s.field_count; i++)
        if (at - m->s.fields[i].offset < m->s.fields[i].bytes)
            return m->s.fields[i].bytes > sizeof(uint32_t);
    return false;
}

/*
 * A change without a new generation is a problem if a driver can see only half of it: in two accesses, or in
 * a field that requires two accesses.
 */
void vwr_monitor_read_generation_(struct vwr_monitor *m, uint32_t value)
{
    if (m->has_generation && value == m->generation &&
        (m->changes > 1 || (m->changes == 1 && monitor_is_long(m, m->changed))))
        vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_GENERATION, VWR_RULE_PCI_GENERATION), NULL, m->changed,
                          value, 0);
    if (!m->has_generation || value != m->generation)
        vwr_zero(m->config_known, sizeof(m->config_known));
    m->generation = value;
    m->has_generation = true;
    m->changes = 0;
}

/* Whether a field exists, according to the device features that the driver has read. */
static bool monitor_is_there(const struct vwr_monitor *m, const struct vwr_config_field *f)
{
    for (unsigned i = 0; i < sizeof(f->any); i++) {
        if (f->any[i] == VWR_FEATURE_NONE)
            return i == 0; /* the field depends on no feature */
        if ((m->known >> f->any[i] / 32u & 1u) == 0 || vwr_features_have(&m->offered, f->any[i]))
            return true;
    }
    return false;
}

/* Whether a field may be written before FEATURES_OK. */
static bool monitor_is_early(const struct vwr_monitor *m, uint32_t at)
{
    for (size_t i = 0; i < m->s.field_count; i++)
        if (at - m->s.fields[i].offset < m->s.fields[i].bytes)
            return m->s.fields[i].early != 0;
    return false;
}

/* Checks that an access starts at an existing field and has its width. */
static void monitor_check_field(struct vwr_monitor *m, uint32_t at, unsigned bytes)
{
    for (size_t i = 0; !m->s.legacy && i < m->s.field_count; i++) {
        const struct vwr_config_field *const f = &m->s.fields[i];
        const unsigned width = f->bytes < sizeof(uint32_t) ? f->bytes : sizeof(uint32_t);

        if (at - f->offset >= f->bytes)
            continue;
        if (!monitor_is_there(m, f))
            vwr_monitor_find_(m, VWR_RULE_CONFIG_ABSENT, NULL, at, 0, 0);
        else if ((f->bytes & (f->bytes - 1u)) == 0 && f->bytes <= sizeof(uint64_t) && bytes != width)
            vwr_monitor_find_(m, monitor_rule(m, VWR_RULE_CONFIG_WIDTH, VWR_RULE_PCI_CONFIG_WIDTH), NULL, at,
                              bytes, width);
        return;
    }
}

void vwr_monitor_set_config(struct vwr_monitor *m, uint32_t offset, const void *content, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes && offset < VWR_MONITOR_CONFIG && i < VWR_MONITOR_CONFIG - offset; i++) {
        const uint32_t at = offset + i;

        m->config[at] = ((const uint8_t *)content)[i];
        m->config_known[at / 32u] |= 1u << at % 32u;
    }
}

void vwr_monitor_config_(struct vwr_monitor *m, uint32_t offset, unsigned bytes, bool is_write,
                         uint64_t value)
{
    bool has_changed = false;

    if (bytes > sizeof(value)) { /* the value of such an access is unknown */
        monitor_check_field(m, offset, bytes);
        return;
    }
    if (is_write) {
        if ((m->status & VWR_STATUS_SUSPEND) != 0)
            vwr_monitor_find_(m, VWR_RULE_SUSPEND_CONFIG, NULL, offset, 0, 0);
        if (!m->s.legacy && (m->status & VWR_STATUS_FEATURES_OK) == 0 && !monitor_is_early(m, offset))
            vwr_monitor_find_(m, VWR_RULE_CONFIG_EARLY, NULL, offset, m->status, 0);
        monitor_check_field(m, offset, bytes);
        if (m->s.net)
            vwr_monitor_net_config_(m, offset, true, (uint32_t)value);
        m->has_written = true;
        vwr_zero(m->config_known,
                 sizeof(m->config_known)); /* a write may change the meaning of other bytes */
        m->changes = 0;
        return;
    }
    monitor_check_field(m, offset, bytes);
    for (unsigned i = 0; i < bytes && offset + i < VWR_MONITOR_CONFIG; i++) {
        const uint8_t byte = (uint8_t)vwr_shift_right(value, 8u * i);
        const uint32_t at = offset + i;

        if (monitor_has_read(m, at, 1) && m->config[at] != byte) {
            has_changed = true;
            m->changed = (uint16_t)at;
        }
        m->config[at] = byte;
        m->config_known[at / 32u] |= 1u << at % 32u;
    }
    if (has_changed && m->changes < 2)
        m->changes++;
    if (m->s.net)
        vwr_monitor_net_config_(m, offset, false, (uint32_t)value);
    else if (m->s.requests != NULL)
        vwr_monitor_blk_config_(m, offset, bytes, value);
}

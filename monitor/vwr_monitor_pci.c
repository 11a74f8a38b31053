/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/access.h"
#include "vwr/gen/status.h"

/* Accesses to the structures of virtio-pci. */

/* ---- vectors ---- */

static void monitor_write_vector(struct vwr_monitor *m, struct vwr_monitor_vector *vector, uint32_t value)
{
    const uint32_t vectors = vwr_monitor_pci_vectors_(m);

    if (value != VWR_PCI_MSI_NO_VECTOR && value >= vectors)
        vwr_monitor_find_(m, VWR_RULE_PCI_VECTOR_BEYOND, NULL, 0, value, vectors);
    vector->value = (uint16_t)value;
    vector->is_set = true;
    vector->is_unread = value != VWR_PCI_MSI_NO_VECTOR;
    m->has_vectors |= vector->is_unread;
}

static void monitor_read_vector(struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                struct vwr_monitor_vector *vector, uint32_t value)
{
    const bool is_none = value == VWR_PCI_MSI_NO_VECTOR;

    if (!is_none && vector->is_set && value != vector->value)
        vwr_monitor_find_(m, VWR_RULE_PCI_VECTOR, q, 0, value, vector->value);
    else if (!is_none && !vector->is_set && m->was_reset && !m->awaits_reset)
        vwr_monitor_find_(m, VWR_RULE_PCI_VECTOR_KEPT, q, 0, value, 0);
    vector->value = (uint16_t)value;
    vector->is_set = true;
    vector->is_unread = false;
}

/* Before the driver starts the device, it must have checked the vectors. */
static void monitor_check_vectors(struct vwr_monitor *m)
{
    if (m->vector.is_unread)
        vwr_monitor_find_(m, VWR_RULE_PCI_VECTOR_UNREAD, NULL, 0, m->vector.value, 0);
    m->vector.is_unread = false;
    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        struct vwr_monitor_queue *const q = &m->s.queue[i];

        if (q->vector.is_unread)
            vwr_monitor_find_(m, VWR_RULE_PCI_VECTOR_UNREAD, q, 0, q->vector.value, 0);
        q->vector.is_unread = false;
    }
}

/* ---- queues ---- */

/* If the driver has not written a size, the queue has the maximum size. */
static void monitor_pci_read_size(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t value)
{
    if (value != 0 && m->has_queues && m->queue_sel >= m->queues &&
        !vwr_features_have(&m->offered, VWR_F_ADMIN_VQ))
        vwr_monitor_find_(m, VWR_RULE_PCI_QUEUE_ABSENT, q, 0, value, m->queue_sel);
    if (q == NULL || (q->set & MONITOR_SET_SIZE) != 0)
        return;
    if (value != 0 && (m->status & VWR_STATUS_FEATURES_OK) != 0 && !monitor_has(m, VWR_F_RING_PACKED) &&
        !vwr_is_power_of_2(value))
        vwr_monitor_find_(m, VWR_RULE_PCI_DEVICE_QUEUE_SIZE, q, 0, value, 0);
    if (q->has_max && value != q->max)
        vwr_monitor_find_(m, VWR_RULE_PCI_QUEUE_SIZE_CHANGED, q, 0, value, q->max);
    else if (!q->has_max && value == 0 && q == m->s.queue &&
             m->reads) /* devices of this class have this queue */
        vwr_monitor_find_(m, VWR_RULE_QUEUE_NONE, q, 0, 0, 0);
    q->max = value;
    q->has_max = true;
    if (!q->ready) /* the monitor's memory suffices for the size with which the queue was enabled */
        q->size = value;
}

static void monitor_pci_write_size(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t value)
{
    if (monitor_has(m, VWR_F_RING_PACKED)) {
        if (value == 0)
            vwr_monitor_find_(m, VWR_RULE_PCI_QUEUE_EMPTY, q, 0, 0, 0);
    } else if (!vwr_is_power_of_2(value)) {
        vwr_monitor_find_(m, VWR_RULE_PCI_QUEUE_SHAPE, q, 0, value, 0);
    }
    vwr_monitor_write_size_(m, q, value);
}

/* A queue after the others is an administration virtqueue. */
static void monitor_check_admin(struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    if (monitor_has(m, VWR_F_ADMIN_VQ) && m->has_queues && m->has_admin && m->queue_sel >= m->queues &&
        m->queue_sel - m->admin_index >= m->admin_queues)
        vwr_monitor_find_(m, VWR_RULE_PCI_ADMIN_QUEUE, q, 0, m->admin_index, m->admin_queues);
}

static void monitor_pci_enable(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t value)
{
    if (value == 0) {
        vwr_monitor_find_(m, VWR_RULE_PCI_DISABLED, q, 0, 0, 0);
        return;
    }
    monitor_check_admin(m, q);
    vwr_monitor_start_queue_(m, q);
}

static void monitor_pci_reset_queue(struct vwr_monitor_queue *q)
{
    q->resets = q->was_reset = true;
    q->set = 0;
    vwr_monitor_stop_queue_(q);
}

/* Whether the effect of a write is defined: queue_enable and queue_reset accept only certain values. */
static bool monitor_pci_is_value(struct vwr_monitor *m, struct vwr_monitor_queue *q,
                                 const struct vwr_register *r, uint32_t value)
{
    const bool is_reset = r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_RESET;

    if ((r->reg != VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE && !is_reset) || value <= 1)
        return !is_reset || value != 0;
    vwr_monitor_find_(m, VWR_RULE_PCI_QUEUE_VALUE, q, r->offset, value, 0);
    vwr_monitor_upset_(q);
    return false;
}

static void monitor_pci_write_queue(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    m->has_others |= q == NULL;
    if (q == NULL || !vwr_monitor_may_write_(m, q, r, value) || !monitor_pci_is_value(m, q, r, value))
        return;
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SIZE: monitor_pci_write_size(m, q, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR: monitor_write_vector(m, &q->vector, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE: monitor_pci_enable(m, q, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_LOW: vwr_monitor_write_address_(q, MONITOR_DESC, value, false); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DESC_HIGH: vwr_monitor_write_address_(q, MONITOR_DESC, value, true); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_LOW: vwr_monitor_write_address_(q, MONITOR_DRIVER, value, false); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DRIVER_HIGH: vwr_monitor_write_address_(q, MONITOR_DRIVER, value, true); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_LOW: vwr_monitor_write_address_(q, MONITOR_DEVICE, value, false); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_DEVICE_HIGH: vwr_monitor_write_address_(q, MONITOR_DEVICE, value, true); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_RESET: monitor_pci_reset_queue(q); break;
    default: break;
    }
    /* clang-format on */
}

static void monitor_pci_read_queue(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    struct vwr_monitor_queue *const q = monitor_selected(m);

    if (r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_SIZE)
        monitor_pci_read_size(m, q, value);
    else if (r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_NOTIFY_OFF)
        vwr_monitor_pci_notify_off_(m, value);
    if (q == NULL)
        return;
    if (r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_MSIX_VECTOR) {
        monitor_read_vector(m, q, &q->vector, value);
    } else if (r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE && m->was_reset && !m->awaits_reset) {
        vwr_monitor_read_ready_(m, r, value);
    } else if (r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_RESET) {
        vwr_monitor_read_reset_(m, value);
    } else if (r->reg == VWR_PCI_COMMON_CFG_REG_QUEUE_NOTIF_CONFIG_DATA) {
        q->notify_data = (uint16_t)value;
        q->has_notify_data = true;
    }
}

/* ---- the common configuration ---- */

/* Checks the driver's features as the driver reads them back. */
static void monitor_check_accepted(struct vwr_monitor *m, uint32_t value)
{
    uint32_t lost;

    if (m->driver_sel >= VWR_FEATURE_WORDS)
        return;
    lost = m->accepted.w[m->driver_sel] & m->offered.w[m->driver_sel] & ~value;
    if (lost != 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_FEATURES_LOST, NULL, 0, value, lost);
}

/* A reset is complete when the status reads as 0. */
static void monitor_read_device_status(struct vwr_monitor *m, uint32_t value)
{
    const bool awaits_reset = m->awaits_reset && value != VWR_STATUS_RESET;

    vwr_monitor_read_status_(m, value);
    m->awaits_reset = awaits_reset;
}

static void monitor_write_device_status(struct vwr_monitor *m, uint32_t value)
{
    if ((value & ~(uint32_t)m->status & VWR_STATUS_DRIVER_OK) != 0)
        monitor_check_vectors(m);
    vwr_monitor_write_status_(m, value);
}

static void monitor_read_admin(struct vwr_monitor *m, bool is_index, uint32_t value)
{
    if (is_index) {
        m->admin_index = value;
        if (value < m->queues)
            vwr_monitor_find_(m, VWR_RULE_PCI_ADMIN_INDEX, NULL, 0, value, m->queues);
        return;
    }
    m->admin_queues = value;
    m->has_admin = true;
    if (value > MONITOR_MAX_16 + 1u - m->admin_index)
        vwr_monitor_find_(m, VWR_RULE_PCI_ADMIN_NUMBER, NULL, 0, value, m->admin_index);
}

/* The offered features determine how the device is notified. */
static void monitor_pci_read_features(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t known = m->known;

    vwr_monitor_read_features_(m, value);
    if (((m->known & ~known) >> VWR_F_NOTIFICATION_DATA / 32u & 1u) != 0)
        vwr_monitor_pci_offer_(m);
}

static void monitor_pci_read(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_PCI_COMMON_CFG_REG_DEVICE_FEATURE: monitor_pci_read_features(m, value); break;
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE: monitor_check_accepted(m, value); break;
    case VWR_PCI_COMMON_CFG_REG_CONFIG_MSIX_VECTOR: monitor_read_vector(m, NULL, &m->vector, value); break;
    case VWR_PCI_COMMON_CFG_REG_NUM_QUEUES: m->queues = value; m->has_queues = true; break;
    case VWR_PCI_COMMON_CFG_REG_DEVICE_STATUS: monitor_read_device_status(m, value); break;
    case VWR_PCI_COMMON_CFG_REG_CONFIG_GENERATION: vwr_monitor_read_generation_(m, value); break;
    case VWR_PCI_COMMON_CFG_REG_ADMIN_QUEUE_INDEX: monitor_read_admin(m, true, value); break;
    case VWR_PCI_COMMON_CFG_REG_ADMIN_QUEUE_NUM: monitor_read_admin(m, false, value); break;
    default: monitor_pci_read_queue(m, r, value); break;
    }
    /* clang-format on */
}

static void monitor_pci_write(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    /* clang-format off */
    switch ((unsigned)r->reg) {
    case VWR_PCI_COMMON_CFG_REG_DEVICE_FEATURE_SELECT: m->device_sel = value; break;
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE_SELECT: m->driver_sel = value; break;
    case VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE: vwr_monitor_write_features_(m, value); break;
    case VWR_PCI_COMMON_CFG_REG_CONFIG_MSIX_VECTOR: monitor_write_vector(m, &m->vector, value); break;
    case VWR_PCI_COMMON_CFG_REG_DEVICE_STATUS: monitor_write_device_status(m, value); break;
    case VWR_PCI_COMMON_CFG_REG_QUEUE_SELECT: m->queue_sel = value; break;
    default: monitor_pci_write_queue(m, r, value); break;
    }
    /* clang-format on */
}

/* A write to a field whose feature the driver has not accepted. */
static void monitor_pci_find_feature(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value)
{
    vwr_monitor_find_(m, VWR_RULE_PCI_FEATURE, NULL, r->offset, value, 0);
    if (r->bank == VWR_PCI_COMMON_CFG_REG_QUEUE_SELECT)
        vwr_monitor_upset_(monitor_selected(m));
}

static void monitor_pci_common(struct vwr_monitor *m, uint32_t offset, unsigned bytes, bool is_write,
                               uint32_t value)
{
    const struct vwr_negotiation now = {false, m->status, &m->accepted};
    const uint8_t row = vwr_pci_common_cfg_register_at[offset];
    const struct vwr_register *r;
    enum vwr_access_check verdict;

    if (row == VWR_REGISTER_NONE)
        return;
    r = &vwr_pci_common_cfg_registers[row];
    verdict = vwr_check_register(r, offset, bytes, is_write, &now);
    if (verdict == VWR_NOT_WIDTH)
        vwr_monitor_find_(m, VWR_RULE_PCI_WIDTH, NULL, offset, bytes, r->bytes);
    else if (verdict == VWR_NOT_DIRECTION)
        vwr_monitor_find_(m, VWR_RULE_PCI_READ_ONLY, NULL, offset, value, 0);
    else if (verdict == VWR_NOT_NOW && (m->status & VWR_STATUS_FAILED) != 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_FAILED_USED, NULL, offset, value, 0);
    else if (verdict == VWR_NOT_FEATURE && is_write)
        monitor_pci_find_feature(m, r, value);
    else if (verdict == VWR_NOT_NOW && r->reg == VWR_PCI_COMMON_CFG_REG_DRIVER_FEATURE)
        vwr_monitor_find_(m, VWR_RULE_FEATURES_LATE, NULL, 0, m->status, 0);
    else if (verdict != VWR_NOT_FEATURE && is_write)
        monitor_pci_write(m, r, value);
    else if (verdict != VWR_NOT_FEATURE)
        monitor_pci_read(m, r, value);
}

/* ---- the other structures ---- */

/* Gets the index of the queue whose notifications have this value; MONITOR_NONE: there is none. */
static uint32_t monitor_notified(const struct vwr_monitor *m, uint32_t value)
{
    if (!monitor_has(m, VWR_F_NOTIF_CONFIG_DATA))
        return value;
    for (uint32_t i = 0; i < m->s.queue_count; i++)
        if (m->s.queue[i].has_notify_data && m->s.queue[i].notify_data == value)
            return i;
    return MONITOR_NONE;
}

static void monitor_pci_notify(struct vwr_monitor *m, unsigned bytes, uint32_t value)
{
    const unsigned width = (unsigned)vwr_pci_notification_data_size(&m->accepted);
    const uint32_t index = monitor_notified(m, value & VWR_PCI_NOTIFICATION_DATA_VALUE_VQ_INDEX_MASK);

    if (bytes != width)
        vwr_monitor_find_(m, VWR_RULE_PCI_NOTIFY_WIDTH, NULL, 0, bytes, width);
    else if (index == MONITOR_NONE)
        vwr_monitor_find_(m, VWR_RULE_PCI_NOTIFY_DATA, NULL, 0, value, 0);
    else
        vwr_monitor_kick_(m, index | (value & ~VWR_PCI_NOTIFICATION_DATA_VALUE_VQ_INDEX_MASK));
}

/* A read clears the ISR status. With MSI-X, it reports only configuration changes. */
static void monitor_read_isr(struct vwr_monitor *m, uint32_t value)
{
    const uint32_t missing = m->isr & ~value;

    if ((missing & VWR_PCI_ISR_CONFIG) != 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_ISR_CONFIG, NULL, 0, value, 0);
    if ((missing & VWR_PCI_ISR_QUEUE) != 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_ISR_QUEUE, NULL, 0, value, 0);
    if ((value & VWR_PCI_ISR_QUEUE) != 0)
        vwr_monitor_driver_knows_(m);
    m->isr = 0;
    m->is_telling = false;
}

void vwr_monitor_pci_access(struct vwr_monitor *m, unsigned structure, uint64_t offset, unsigned bytes,
                            bool is_write, uint64_t value)
{
    m->is_pci = true;
    if (structure == VWR_PCI_CAP_NOTIFY_CFG && is_write)
        monitor_pci_notify(m, bytes, (uint32_t)value);
    else if (structure == VWR_PCI_CAP_ISR_CFG && !is_write)
        monitor_read_isr(m, (uint32_t)value);
    else if (structure == VWR_PCI_CAP_COMMON_CFG && offset < sizeof(vwr_pci_common_cfg_register_at))
        monitor_pci_common(m, (uint32_t)offset, bytes, is_write, (uint32_t)value);
    else if (structure == VWR_PCI_CAP_DEVICE_CFG && offset <= MONITOR_MAX_16)
        vwr_monitor_config_(m, (uint32_t)offset, bytes, is_write, value);
}

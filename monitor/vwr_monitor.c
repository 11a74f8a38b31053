/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/mmio.h"

int vwr_monitor_init(struct vwr_monitor *m, const struct vwr_monitor_setup *s)
{
    vwr_zero(m, sizeof(*m));
    if (!VWR_ARRAY_FITS(&m->shortage, s, queue, queue_count, s->queue_count) ||
        !VWR_ARRAY_FITS(&m->shortage, s, entry, entry_count, s->queue_count) ||
        !VWR_ARRAY_FITS(&m->shortage, s, rules, rule_count, s->rule_count) ||
        !VWR_ARRAY_FITS(&m->shortage, s, fields, field_count, s->field_count) ||
        !VWR_ARRAY_FITS(&m->shortage, s, requests, request_count, s->request_count))
        return VWR_ENOMEM;
    vwr_copy(&m->s, s, sizeof(*s));
    m->reads = s->requests != NULL || s->net;
    if (s->thorough || s->live)
        m->s.one_in = 0;
    m->queue_size = s->queue_count != 0 ? vwr_array_part(s->entry_count, s->queue_count, ~0u) : 0;
    for (uint32_t i = 0; i < s->queue_count; i++) {
        vwr_zero(&s->queue[i], sizeof(s->queue[i]));
        s->queue[i].entry = &s->entry[(size_t)i * m->queue_size];
    }
    return VWR_OK;
}

void vwr_monitor_find_of_(struct vwr_monitor *m, enum vwr_rule_number rule, enum vwr_monitor_doubt doubt,
                          const struct vwr_monitor_queue *q, uint32_t place, uint64_t a, uint64_t b)
{
    const struct vwr_monitor_finding f = {
        .rule = (uint16_t)rule,
        .queue = q != NULL ? (uint16_t)(q - m->s.queue) : VWR_MONITOR_NO_QUEUE,
        .doubt = (uint8_t)doubt,
        .place = place,
        .a = a,
        .b = b,
    };

    if (m->found == 0)
        vwr_copy(&m->first, &f, sizeof(f));
    monitor_count(&m->found);
    if (m->s.report != NULL)
        m->s.report(m->s.context, m, &f);
}

void vwr_monitor_find_(struct vwr_monitor *m, enum vwr_rule_number rule, const struct vwr_monitor_queue *q,
                       uint32_t place, uint64_t a, uint64_t b)
{
    vwr_monitor_find_of_(m, rule, VWR_MONITOR_CERTAIN, q, place, a, b);
}

void vwr_monitor_lose_(struct vwr_monitor *m, struct vwr_monitor_queue *q)
{
    if (!monitor_samples(m) || q->doubt == 0)
        monitor_count(&m->lost);
    vwr_monitor_forget_(q);
    q->waits = m->s.live || monitor_samples(m);
}

/*
 * Whether a look that is not thorough has nothing to do, because neither side has changed anything that it
 * follows.
 */
static inline bool monitor_is_still(const struct vwr_monitor_queue *q)
{
    if (q->is_marked)
        return vwr_ring_load16(q->mark[0]) == q->marked[0] && vwr_ring_load16(q->mark[1]) == q->marked[1];
    return !q->followed && !q->waits;
}

static void monitor_look_queue(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by)
{
    if (q->waits && !(q->packed && monitor_samples(m))) /* otherwise, a notification resumes it */
        vwr_monitor_resume_queue_(m, q);
    if (!q->followed)
        return;
    if (q->packed)
        vwr_monitor_look_packed_(m, q, by);
    else
        vwr_monitor_look_split_(m, q, by);
}

static VWR_OUT_OF_LINE void monitor_look_from(struct vwr_monitor *m, uint32_t first, unsigned by)
{
    for (uint32_t i = first; i < m->s.queue_count; i++)
        if (!monitor_is_still(&m->s.queue[i]))
            monitor_look_queue(m, &m->s.queue[i], by);
}

/* A look at rings that are followed only for one in many notifications. */
static VWR_OUT_OF_LINE void monitor_look_sampled(struct vwr_monitor *m, unsigned by)
{
    if (by != VWR_BY_DRIVER || !vwr_monitor_begin_pause_(m))
        monitor_look_from(m, 0, by);
}

/* Most looks find that no queue has changed, so this path makes no calls and need not save registers. */
void vwr_monitor_look(struct vwr_monitor *m, unsigned by)
{
    const uint32_t queues = m->s.queue_count;

    if (m->rest != 0)
        return;
    if (m->window != 0) {
        monitor_look_sampled(m, by);
        return;
    }
    for (uint32_t i = 0; i < queues; i++) {
        if (monitor_is_still(&m->s.queue[i]))
            continue;
        if (i + 1u == queues)
            monitor_look_queue(m, &m->s.queue[i], by);
        else
            monitor_look_from(m, i, by);
        return;
    }
}

/*
 * Checks an interrupt for used buffers: there must be a queue with used buffers for which the driver wants an
 * interrupt.
 */
static void monitor_used_interrupt(struct vwr_monitor *m, bool has_change)
{
    struct vwr_monitor_queue *quiet = NULL;
    bool has_new = false, is_wanted = false;
    bool is_blind = m->has_vectors; /* it is unknown which queue an MSI-X message belongs to */

    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        struct vwr_monitor_queue *const q = &m->s.queue[i];

        is_blind |= q->ready && (!q->followed || q->doubt != 0);
        if (!q->followed || !q->has_new)
            continue;
        has_new = true;
        if (q->is_quiet)
            quiet = q;
        else
            is_wanted = true;
        q->has_new = false;
        q->expects_interrupt = false;
    }
    if (is_blind || m->s.run == NULL)
        return;
    if (!has_new && !m->is_pci && !has_change)
        vwr_monitor_find_(m, VWR_RULE_INTERRUPT_WITHOUT_EVENT, NULL, 0, 0, 0);
    else if (has_new && !is_wanted)
        vwr_monitor_find_(m, VWR_RULE_INTERRUPT_UNWANTED, quiet, 0, 0, 0);
}

/* The driver was informed that buffers were used, which counts like an interrupt. */
void vwr_monitor_driver_knows_(struct vwr_monitor *m)
{
    for (uint32_t i = 0; i < m->s.queue_count && m->rest == 0; i++)
        m->s.queue[i].expects_interrupt = false;
}

static bool monitor_may_interrupt(const struct vwr_monitor *m, const struct vwr_monitor_queue *q)
{
    return !m->has_vectors || monitor_is_mapped(&q->vector);
}

/* Whether used buffers wait for the driver, and all of them are in queues without a vector. */
static bool monitor_has_no_vector(const struct vwr_monitor *m)
{
    bool has_new = false;

    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        const struct vwr_monitor_queue *const q = &m->s.queue[i];

        if (q->ready && (!q->followed || monitor_may_interrupt(m, q)))
            return false;
        has_new |= q->followed && q->has_new;
    }
    return has_new;
}

/* A PCI interrupt. With MSI-X, the driver knows the cause without reading the ISR status. */
static VWR_OUT_OF_LINE void monitor_pci_interrupt(struct vwr_monitor *m, uint32_t reasons)
{
    if (!m->has_vectors)
        m->isr |= reasons;
    else if ((reasons & VWR_PCI_ISR_CONFIG) != 0 && !monitor_is_mapped(&m->vector))
        vwr_monitor_find_(m, VWR_RULE_PCI_CONFIG_INTERRUPT, NULL, 0, 0, 0);
    else if ((reasons & VWR_PCI_ISR_QUEUE) != 0 && monitor_has_no_vector(m))
        vwr_monitor_find_(m, VWR_RULE_PCI_QUEUE_INTERRUPT, NULL, 0, 0, 0);
}

void vwr_monitor_interrupt(struct vwr_monitor *m, uint32_t reasons)
{
    vwr_monitor_look(m, VWR_BY_DEVICE);
    if (m->is_mmio && m->rest == 0) /* otherwise the end of the interrupt is not observed */
        m->sent |= reasons;
    else if (m->is_pci)
        monitor_pci_interrupt(m, reasons);
    if ((reasons & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0) {
        m->expects_change = false;
        m->is_told = true;
        m->is_telling = !m->has_vectors;
    }
    if ((reasons & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0 && m->rest == 0)
        monitor_used_interrupt(m, (reasons & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0);
}

static enum vwr_rule_number monitor_missing(const struct vwr_monitor *m, const struct vwr_monitor_queue *q,
                                            bool is_kick)
{
    if (q->packed)
        return is_kick ? VWR_RULE_PACKED_KICK_MISSING : VWR_RULE_PACKED_INTERRUPT_MISSING;
    if (monitor_has(m, VWR_F_EVENT_IDX))
        return is_kick ? VWR_RULE_KICK_MISSING_EVENT : VWR_RULE_INTERRUPT_MISSING_EVENT;
    return is_kick ? VWR_RULE_KICK_MISSING : VWR_RULE_INTERRUPT_MISSING;
}

/* Records what an interrupt reports, and a change of the device's status. */
static void monitor_idle_interrupts(struct vwr_monitor *m)
{
    if (m->sent != 0)
        vwr_monitor_find_(m, VWR_RULE_INTERRUPT_UNREAD, NULL, 0, m->sent, 0);
    if (m->raised != 0)
        vwr_monitor_find_(m, VWR_RULE_ACK_MISSING, NULL, 0, m->raised, 0);
    if (m->expects_change && (!m->has_vectors || monitor_is_mapped(&m->vector)))
        vwr_monitor_find_(m, VWR_RULE_NEEDS_RESET_SILENT, NULL, 0, 0, 0);
    m->sent = m->raised = 0;
    m->expects_change = false;
}

void vwr_monitor_idle(struct vwr_monitor *m)
{
    m->is_idle = true;
    vwr_monitor_look(m, VWR_BY_DRIVER | VWR_BY_DEVICE);
    m->is_idle = false;
    monitor_idle_interrupts(m);
    for (uint32_t i = 0; i < m->s.queue_count; i++) {
        struct vwr_monitor_queue *const q = &m->s.queue[i];

        if (!q->followed)
            continue;
        if (!q->packed && q->kicked_idle)
            vwr_monitor_idle_split_(m, q);
        if (q->is_kick_due && q->in_flight > 0)
            vwr_monitor_find_(m, monitor_missing(m, q, true), q, 0, q->event, 0);
        if (q->expects_interrupt && monitor_may_interrupt(m, q))
            vwr_monitor_find_(m, monitor_missing(m, q, false), q, 0, q->event, 0);
        q->expects_kick = q->expects_interrupt = q->is_kick_due = false;
    }
}

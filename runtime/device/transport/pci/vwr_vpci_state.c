/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"
#include "vwr/bytes.h"
#include "vwr/vstate.h"

/* The state of a function: configuration space, vectors. They determine whether the bus holds the device. */

#define VPCI_VECTOR_FLAGS ((unsigned)(VWR_STATE_VECTOR_MASKED | VWR_STATE_VECTOR_PENDING))

static void vpci_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vpci *const f = vpci_of(v);
    struct vwr_state_pci p;

    vwr_zero(&p, sizeof(p));
    p.bar = vwr_cpu_to_le64(f->bar);
    p.io = vwr_cpu_to_le32(f->io);
    p.cfg_offset = vwr_cpu_to_le32(f->cfg_offset);
    p.cfg_length = vwr_cpu_to_le32(f->cfg_length);
    p.command = vwr_cpu_to_le16(f->head.command);
    p.msix = vwr_cpu_to_le16((uint16_t)(f->msix >> 16));
    p.config_vector = vwr_cpu_to_le16(v->config_vector);
    p.count = vwr_cpu_to_le16(f->vectors);
    p.line = f->head.line;
    p.cfg_bar = f->cfg_bar;
    p.flags = vwr_cpu_to_le16(f->narrow ? VWR_STATE_PCI_NARROW : 0);
    vwr_vstate_put(s, &p, sizeof(p));
    for (unsigned i = 0; i < f->vectors; i++) {
        const struct vwr_vpci_vector *const from = &f->vector[i];
        struct vwr_state_vector one;

        one.addr = vwr_cpu_to_le64(from->addr);
        one.data = vwr_cpu_to_le32(from->data);
        one.flags = vwr_cpu_to_le32((from->masked ? VWR_STATE_VECTOR_MASKED : 0u) |
                                    (from->pending ? VWR_STATE_VECTOR_PENDING : 0u));
        vwr_vstate_put(s, &one, sizeof(one));
    }
    if (v->shms != 0) {
        const struct vwr_state_region one = {vwr_cpu_to_le64(f->shared)};

        vwr_vstate_put(s, &one, sizeof(one));
    }
}

static bool vpci_has_vector(const struct vwr_vdev *v, uint16_t vector)
{
    return vector < vpci_of(v)->vectors;
}

/* Whether the guest and this function can bring the registers into this state. */
static bool vpci_is_possible(const struct vwr_vpci *f, const struct vwr_state_pci *p)
{
    const uint64_t bar = vwr_le64_to_cpu(p->bar);
    const uint32_t io = vwr_le32_to_cpu(p->io);
    const uint32_t msix = (uint32_t)vwr_le16_to_cpu(p->msix) << 16;
    const uint16_t config = vwr_le16_to_cpu(p->config_vector);

    return vwr_le16_to_cpu(p->count) == f->vectors &&
           (vwr_vdev_is_legacy(f->v) ? io % VWR_VPCI_IO_BYTES == 0 : io == 0) &&
           vwr_le16_to_cpu(p->flags) == (f->narrow ? VWR_STATE_PCI_NARROW : 0u) &&
           bar % VWR_VPCI_BAR_BYTES == 0 && (!f->narrow || bar == (uint32_t)bar) &&
           (vwr_le16_to_cpu(p->command) & ~vpci_commands(f)) == 0 &&
           (msix & ~(f->vectors != 0 ? PCI_MSIX_ENABLE | PCI_MSIX_MASK : 0u)) == 0 &&
           (config == VWR_PCI_MSI_NO_VECTOR || config < f->vectors);
}

/* A message is pending only while something prevents its delivery. */
static bool vpci_load_vector(const struct vwr_vpci *f, struct vwr_vpci_vector *to, const uint8_t *from)
{
    struct vwr_state_vector one;
    uint32_t flags;

    vwr_copy(&one, from, sizeof(one));
    flags = vwr_le32_to_cpu(one.flags);
    to->addr = vwr_le64_to_cpu(one.addr);
    to->data = vwr_le32_to_cpu(one.data);
    to->masked = (flags & VWR_STATE_VECTOR_MASKED) != 0;
    to->pending = (flags & VWR_STATE_VECTOR_PENDING) != 0;
    if ((flags & ~VPCI_VECTOR_FLAGS) != 0 || (to->addr & 3u) != 0)
        return false;
    return !to->pending || to->masked || f->v->held || (f->msix & PCI_MSIX_ENABLE) == 0 ||
           (f->msix & PCI_MSIX_MASK) != 0;
}

/* The address of the shared memory BAR, which is saved after the vectors. */
static bool vpci_load_region(struct vwr_vpci *f, const uint8_t *from)
{
    struct vwr_state_region one;

    if (f->v->shms == 0)
        return true;
    vwr_copy(&one, from, sizeof(one));
    f->shared = vwr_le64_to_cpu(one.bar);
    return (f->shared & (f->shared_bytes - 1u)) == 0;
}

static bool vpci_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vpci *const f = vpci_of(v);
    const uint32_t vectors = f->vectors * (uint32_t)sizeof(struct vwr_state_vector);
    const uint32_t regions = v->shms != 0 ? (uint32_t)sizeof(struct vwr_state_region) : 0;
    struct vwr_state_pci p;

    if (bytes != sizeof(p) + vectors + regions)
        return false;
    vwr_copy(&p, from, sizeof(p));
    if (!vpci_is_possible(f, &p) || !vpci_load_region(f, from + sizeof(p) + vectors))
        return false;
    f->head.command = vwr_le16_to_cpu(p.command);
    f->head.line = p.line;
    f->cfg_bar = p.cfg_bar;
    f->cfg_offset = vwr_le32_to_cpu(p.cfg_offset);
    f->cfg_length = vwr_le32_to_cpu(p.cfg_length);
    f->msix = (uint32_t)vwr_le16_to_cpu(p.msix) << 16;
    f->io = vwr_le32_to_cpu(p.io);
    f->bar = vwr_le64_to_cpu(p.bar);
    v->config_vector = vwr_le16_to_cpu(p.config_vector);
    vwr_vdev_hold_(v, (f->head.command & PCI_COMMAND_MASTER) == 0);
    vwr_vpci_place_(f);
    for (unsigned i = 0; i < f->vectors; i++)
        if (!vpci_load_vector(f, &f->vector[i], from + sizeof(p) + i * sizeof(struct vwr_state_vector)))
            return false;
    return true;
}

static void vpci_undo(struct vwr_vdev *v)
{
    vwr_vpci_reset(vpci_of(v));
}

/* With MSI-X, each queue and the configuration have their own message. */
static void vpci_start(struct vwr_vdev *v)
{
    const bool changed = (v->interrupt & VDEV_CONFIG_CHANGE) != 0;

    for (uint16_t i = 0; vdev_uses_queues(v) && i < v->queues; i++)
        if (v->queue[i].ready)
            v->bus->raise(v, VDEV_USED_BUFFER, i);
    if (changed)
        v->bus->raise(v, VDEV_CONFIG_CHANGE, 0);
    vwr_vpci_renew_(vpci_of(v));
}

const struct vwr_vstate_bus vwr_vpci_state = {.save = vpci_save,
                                              .load = vpci_load,
                                              .has_vector = vpci_has_vector,
                                              .undo = vpci_undo,
                                              .start = vpci_start};

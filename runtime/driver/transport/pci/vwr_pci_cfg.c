/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "pci_common.h"

/*
 * Modern interface through configuration space. Section: Virtio Over PCI Bus / Virtio Structure PCI
 * Capabilities / PCI configuration access capability.
 */

#if VWR_ACCESS_CALLS

static struct vwr_pci_cfg *cfg_of(struct vwr_dev *d)
{
    return (struct vwr_pci_cfg *)(void *)d; /* dev is the first member of its first member */
}

static struct vwr_pci_location *cfg_place(struct vwr_pci_cfg *w, unsigned type)
{
    return &w->place[type - VWR_PCI_CAP_COMMON_CFG];
}

static uint32_t cfg_mask(unsigned bytes)
{
    return 0xffffffffu >> (32u - 8u * bytes);
}

/*
 * Selects the register for the next access to pci_cfg_data. Writes the length first, so that the offset is
 * always a multiple of it. false: the register is outside of the structure or misaligned.
 */
static bool cfg_select(struct vwr_pci_cfg *w, unsigned type, uint32_t offset, unsigned bytes)
{
    const struct vwr_pci_location *const s = cfg_place(w, type);

    if (offset > s->bytes || bytes > s->bytes - offset || ((s->offset + offset) & (bytes - 1u)) != 0)
        return false;
    vwr_pci_write_(&w->pci, w->capability + VWR_PCI_CFG_CAP_CAP_LENGTH, bytes);
    vwr_pci_write_(&w->pci, w->capability + VWR_PCI_CFG_CAP_CAP_OFFSET, s->offset + offset);
    vwr_pci_write_(&w->pci, w->capability + VWR_PCI_CFG_CAP_CAP_BAR, w->bar_register | s->bar);
    return true;
}

/*
 * Reads a register of a structure; all ones beyond its end. The value is in the first bytes of pci_cfg_data.
 */
uint32_t vwr_pci_cfg_get_(struct vwr_dev *d, unsigned type, uint32_t offset, unsigned bytes)
{
    struct vwr_pci_cfg *const w = cfg_of(d);

    if (!cfg_select(w, type, offset, bytes))
        return cfg_mask(bytes);
    return vwr_pci_read_(&w->pci, w->capability + VWR_PCI_CFG_CAP_PCI_CFG_DATA) & cfg_mask(bytes);
}

void vwr_pci_cfg_put_(struct vwr_dev *d, unsigned type, uint32_t offset, unsigned bytes, uint32_t v)
{
    struct vwr_pci_cfg *const w = cfg_of(d);

    if (cfg_select(w, type, offset, bytes))
        vwr_pci_write_(&w->pci, w->capability + VWR_PCI_CFG_CAP_PCI_CFG_DATA, v);
}

/* `value` of the doorbell is queue_notify_off; the queue index is written. */
static void cfg_ring(struct vwr_doorbell_call *call, const struct vwr_doorbell *bell, uint32_t data)
{
    struct vwr_dev *const d = &((struct vwr_pci_cfg_doorbell *)(void *)call)->device->pci.dev;

    (void)data;
    vwr_pci_cfg_put_(d, VWR_PCI_CAP_NOTIFY_CFG, bell->value * pci_of(d)->notify_multiplier, sizeof(uint16_t),
                     bell->index);
}

/* ---- device configuration ---- */

static uint32_t cfg_config_read(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    return vwr_pci_cfg_get_((struct vwr_dev *)(uintptr_t)c->base, VWR_PCI_CAP_DEVICE_CFG, offset, bytes);
}

static void cfg_config_write(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value)
{
    vwr_pci_cfg_put_((struct vwr_dev *)(uintptr_t)c->base, VWR_PCI_CAP_DEVICE_CFG, offset, bytes, value);
}

static const struct vwr_config_access cfg_config_access = {.read = cfg_config_read,
                                                           .write = cfg_config_write};

/* ---- structures ---- */

static void cfg_note(struct vwr_pci *p, unsigned at, uint32_t head)
{
    struct vwr_pci_cfg *const w = cfg_of(&p->dev);
    const unsigned length = head >> 16 & 0xffu;
    struct vwr_pci_location place;

    if (head >> 24 == VWR_PCI_CAP_PCI_CFG && w->capability == 0 && length >= sizeof(struct vwr_pci_cfg_cap) &&
        at + length <= PCI_CAPABILITIES_END) {
        w->capability = (uint16_t)at;
        w->bar_register = vwr_pci_read_(p, at + VWR_PCI_CFG_CAP_CAP_BAR) & ~0xffu;
        return;
    }
    if (!vwr_pci_read_place_(p, at, head, &place) || cfg_place(w, head >> 24)->bytes != 0)
        return;
    (void)vwr_pci_map_(p, place.bar, place.offset, place.bytes); /* sizes the BAR, even if not mapped */
    if (place.bytes > p->bar[place.bar].bytes || place.offset > p->bar[place.bar].bytes - place.bytes)
        return;
    *cfg_place(w, head >> 24) = place;
    pci_structure(p, head >> 24)->bytes = place.bytes;
    if (head >> 24 == VWR_PCI_CAP_NOTIFY_CFG)
        p->notify_multiplier = vwr_pci_read_(p, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER);
}

/* Whether values that were written to the capability can be read back. */
static bool cfg_holds(struct vwr_pci_cfg *w)
{
    const struct vwr_pci_location *const s = cfg_place(w, VWR_PCI_CAP_ISR_CFG);
    const struct vwr_pci *const p = &w->pci;

    if (w->capability == 0)
        return false;
    (void)cfg_select(w, VWR_PCI_CAP_COMMON_CFG, 0,
                     sizeof(uint32_t)); /* the capability is larger, or cfg_note() refused it */
    if (vwr_pci_read_(p, w->capability + VWR_PCI_CFG_CAP_CAP_LENGTH) != sizeof(uint32_t))
        return false;
    (void)cfg_select(w, VWR_PCI_CAP_ISR_CFG, 0, sizeof(uint8_t));
    return vwr_pci_read_(p, w->capability + VWR_PCI_CFG_CAP_CAP_LENGTH) == sizeof(uint8_t) &&
           vwr_pci_read_(p, w->capability + VWR_PCI_CFG_CAP_CAP_OFFSET) == s->offset &&
           (vwr_pci_read_(p, w->capability + VWR_PCI_CFG_CAP_CAP_BAR) & 0xffu) == s->bar;
}

static uint32_t cfg_find(struct vwr_pci_cfg *w)
{
    vwr_pci_walk_(&w->pci, cfg_note);
    for (unsigned type = VWR_PCI_CAP_COMMON_CFG; type < VWR_PCI_CAP_DEVICE_CFG; type++) {
        w->pci.dev.fault.where = type;
        if (cfg_place(w, type)->bytes == 0)
            return VWR_FAULT_PCI_STRUCTURE;
    }
    w->pci.dev.fault.got = w->capability;
    return cfg_holds(w) ? VWR_FAULT_NONE : VWR_FAULT_PCI_CFG;
}

int vwr_pci_probe_cfg(struct vwr_pci_cfg *w, struct vwr_pci_host *host, uint32_t function)
{
    uint32_t kind;

    vwr_zero(w, sizeof(*w));
    kind = vwr_pci_begin_(&w->pci, host, function);
    if (kind == VWR_FAULT_NONE)
        kind = cfg_find(w);
    w->pci.dev.config.base = w;
    w->pci.dev.config.bytes = cfg_place(w, VWR_PCI_CAP_DEVICE_CFG)->bytes;
    w->pci.dev.config.access = &cfg_config_access;
    w->doorbell.call.ring = cfg_ring;
    w->doorbell.device = w;
    return vwr_pci_conclude_(&w->pci, kind, &vwr_pci_cfg_modern);
}

#endif

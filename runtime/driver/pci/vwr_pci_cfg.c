/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/features.h"
#include "../dev/dev_common.h"
#include "pci_common.h"

/*
 * The modern interface through configuration space. Section: Virtio Over PCI Bus / Virtio Structure PCI
 * Capabilities / PCI configuration access capability.
 */

#if VWR_CFG_ACCESS

static struct vwr_pci_cfg *cfg_of(struct vwr_dev *d)
{
    return (struct vwr_pci_cfg *)(void *)d; /* dev is the first member of its first */
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
 * Where the next access to pci_cfg_data goes: `bytes` at a multiple of that. The length first, so that no
 * offset is ever written that is not a multiple of it. False: not within the structure.
 */
static bool cfg_select(struct vwr_pci_cfg *w, unsigned type, uint32_t offset, unsigned bytes)
{
    const struct vwr_pci_location *const s = cfg_place(w, type);

    if (offset > s->bytes || bytes > s->bytes - offset || ((s->offset + offset) & (bytes - 1u)) != 0)
        return false;
    pci_write(&w->pci, w->capability + VWR_PCI_CFG_CAP_CAP_LENGTH, bytes);
    pci_write(&w->pci, w->capability + VWR_PCI_CFG_CAP_CAP_OFFSET, s->offset + offset);
    pci_write(&w->pci, w->capability + VWR_PCI_CFG_CAP_CAP_BAR, w->bar_register | s->bar);
    return true;
}

/* A register of a structure; all ones behind its end. The first bytes of pci_cfg_data are those that count.
 */
static uint32_t cfg_get(struct vwr_pci_cfg *w, unsigned type, uint32_t offset, unsigned bytes)
{
    if (!cfg_select(w, type, offset, bytes))
        return cfg_mask(bytes);
    return pci_read(&w->pci, w->capability + VWR_PCI_CFG_CAP_PCI_CFG_DATA) & cfg_mask(bytes);
}

static void cfg_put(struct vwr_pci_cfg *w, unsigned type, uint32_t offset, unsigned bytes, uint32_t v)
{
    if (cfg_select(w, type, offset, bytes))
        pci_write(&w->pci, w->capability + VWR_PCI_CFG_CAP_PCI_CFG_DATA, v);
}

/* ---- the common configuration ---- */

static uint32_t cfg_common_get(struct vwr_dev *d, uint32_t offset, unsigned bytes)
{
    return cfg_get(cfg_of(d), VWR_PCI_CAP_COMMON_CFG, offset, bytes);
}

static void cfg_common_put(struct vwr_dev *d, uint32_t offset, unsigned bytes, uint32_t v)
{
    cfg_put(cfg_of(d), VWR_PCI_CAP_COMMON_CFG, offset, bytes, v);
}

static void cfg_common_put64(struct vwr_dev *d, uint32_t offset, uint64_t v)
{
    cfg_common_put(d, offset, 4, (uint32_t)v);
    cfg_common_put(d, offset + 4u, 4, (uint32_t)(v >> 32));
}

static uint32_t cfg_get_features(struct vwr_dev *d, uint32_t word)
{
    cfg_common_put(d, VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT, 4, word);
    return cfg_common_get(d, VWR_PCI_COMMON_CFG_DEVICE_FEATURE, 4);
}

static void cfg_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    cfg_common_put(d, VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, 4, word);
    cfg_common_put(d, VWR_PCI_COMMON_CFG_DRIVER_FEATURE, 4, bits);
}

/* Configuration space of a function that is gone reads as all ones. */
static uint32_t cfg_get_status(struct vwr_dev *d)
{
    const uint32_t status = cfg_common_get(d, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1);

    return status != 0xffu ? status : VWR_FAULT_ALL_ONES;
}

static void cfg_set_status(struct vwr_dev *d, uint32_t status)
{
    cfg_common_put(d, VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, status);
}

static void cfg_queue_select(struct vwr_dev *d, unsigned index)
{
    cfg_common_put(d, VWR_PCI_COMMON_CFG_QUEUE_SELECT, 2, index);
}

static uint32_t cfg_queue_busy(struct vwr_dev *d)
{
    return cfg_common_get(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 2);
}

static uint32_t cfg_queue_max(struct vwr_dev *d)
{
    return cfg_common_get(d, VWR_PCI_COMMON_CFG_QUEUE_SIZE, 2);
}

/* The doorbell's `value` is where the queue is notified, queue_notify_off; what is said is its index. */
void vwr_doorbell_cfg(const struct vwr_queue *q)
{
    struct vwr_pci_cfg *const w = (struct vwr_pci_cfg *)(uintptr_t)q->doorbell.reg;

    cfg_put(w, VWR_PCI_CAP_NOTIFY_CFG, q->doorbell.value * w->pci.notify_multiplier, sizeof(uint16_t),
            q->doorbell.index);
}

static bool cfg_set_notify(struct vwr_dev *d, struct vwr_doorbell *bell)
{
    const struct vwr_pci_location *const s = cfg_place(cfg_of(d), VWR_PCI_CAP_NOTIFY_CFG);
    uint64_t at;

    bell->value = (uint16_t)cfg_common_get(d, VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF, 2);
    bell->reg = d;
    bell->kind = VWR_DOORBELL_CFG;
    at = (uint64_t)bell->value * pci_of(d)->notify_multiplier;
    d->fault.got = (uint32_t)at;
    return at + sizeof(uint16_t) <= s->bytes && (at & (sizeof(uint16_t) - 1u)) == 0;
}

/* A vector that the device could not have reads as none. */
static bool cfg_set_vector(struct vwr_dev *d, uint32_t offset, unsigned vector)
{
    d->fault.got = vector;
    cfg_common_put(d, offset, 2, vector);
    return cfg_common_get(d, offset, 2) == vector;
}

static bool cfg_set_vectors(struct vwr_dev *d, unsigned index)
{
    const struct vwr_pci *const p = pci_of(d);

    return p->enabled == 0 ||
           (cfg_set_vector(d, VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR, 0) &&
            cfg_set_vector(d, VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR, pci_queue_vector(p, index)));
}

static uint32_t cfg_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    if (!cfg_set_notify(d, &q->doorbell))
        return VWR_FAULT_PCI_NOTIFY;
    if (!cfg_set_vectors(d, q->doorbell.index))
        return VWR_FAULT_PCI_VECTOR;
    cfg_common_put(d, VWR_PCI_COMMON_CFG_QUEUE_SIZE, 2, q->size);
    cfg_common_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DESC, addr);
    cfg_common_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DRIVER, addr + driver);
    cfg_common_put64(d, VWR_PCI_COMMON_CFG_QUEUE_DEVICE, addr + device);
    vwr_port_wmb(); /* the zeroed ring before the device looks at it */
    cfg_common_put(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 2, 1);
    d->fault.got = cfg_common_get(d, VWR_PCI_COMMON_CFG_QUEUE_ENABLE, 2);
    return d->fault.got == 1 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static void cfg_queue_reset(struct vwr_dev *d)
{
    cfg_common_put(d, VWR_PCI_COMMON_CFG_QUEUE_RESET, 2, 1);
}

static uint32_t cfg_queue_resetting(struct vwr_dev *d)
{
    const uint32_t resetting = cfg_common_get(d, VWR_PCI_COMMON_CFG_QUEUE_RESET, 2);

    return resetting != 0xffffu ? resetting : VWR_FAULT_ALL_ONES;
}

/* As vwr_pci_irq. */
static uint32_t cfg_irq(struct vwr_dev *d)
{
    uint32_t why = VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG;

    if (pci_of(d)->enabled == 0)
        why &= cfg_get(cfg_of(d), VWR_PCI_CAP_ISR_CFG, 0, 1);
    vwr_port_rmb(); /* the reason before the ring that it speaks of */
    return why;
}

static uint32_t cfg_generation(struct vwr_dev *d)
{
    return cfg_common_get(d, VWR_PCI_COMMON_CFG_CONFIG_GENERATION, 1);
}

#define CFG_NOT_IN(word) \
    (VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, word) | VWR_FEATURE_BIT(VWR_F_NOTIF_CONFIG_DATA, word))

/* What a notification would say besides the index of its queue is for memory. */
static const struct vwr_features cfg_usable = {{DEV_USABLE_MODERN(W0, 0),
                                                DEV_USABLE_MODERN(W1, 1) & ~CFG_NOT_IN(1),
                                                DEV_USABLE_MODERN(W2, 2), DEV_USABLE_MODERN(W3, 3)}};

const struct vwr_transport vwr_pci_cfg_modern = {
    .get_features = cfg_get_features,
    .set_features = cfg_set_features,
    .get_status = cfg_get_status,
    .set_status = cfg_set_status,
    .queue_select = cfg_queue_select,
    .queue_busy = cfg_queue_busy,
    .queue_max = cfg_queue_max,
    .queue_set = cfg_queue_set,
    .queue_reset = cfg_queue_reset,
    .queue_resetting = cfg_queue_resetting,
    .irq = cfg_irq,
    .generation = cfg_generation,
    .usable = &cfg_usable,
    .legacy = false,
};

/* ---- the configuration of its class ---- */

static uint32_t cfg_config_read(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    return cfg_get((struct vwr_pci_cfg *)(uintptr_t)c->base, VWR_PCI_CAP_DEVICE_CFG, offset, bytes);
}

static void cfg_config_write(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value)
{
    cfg_put((struct vwr_pci_cfg *)(uintptr_t)c->base, VWR_PCI_CAP_DEVICE_CFG, offset, bytes, value);
}

static const struct vwr_config_access cfg_config_access = {.read = cfg_config_read,
                                                           .write = cfg_config_write};

/* ---- its structures ---- */

static void cfg_note(struct vwr_pci *p, unsigned at, uint32_t head)
{
    struct vwr_pci_cfg *const w = cfg_of(&p->dev);
    const unsigned length = head >> 16 & 0xffu;
    struct vwr_pci_location place;

    if (head >> 24 == VWR_PCI_CAP_PCI_CFG && w->capability == 0 && length >= sizeof(struct vwr_pci_cfg_cap) &&
        at + length <= PCI_CAPABILITIES_END) {
        w->capability = (uint16_t)at;
        w->bar_register = pci_read(p, at + VWR_PCI_CFG_CAP_CAP_BAR) & ~0xffu;
        return;
    }
    if (!vwr_pci_read_place(p, at, head, &place) || cfg_place(w, head >> 24)->bytes != 0)
        return;
    (void)vwr_pci_map(p, place.bar, place.offset, place.bytes); /* how large it is; reached or not */
    if (place.bytes > p->bar[place.bar].bytes || place.offset > p->bar[place.bar].bytes - place.bytes)
        return;
    *cfg_place(w, head >> 24) = place;
    if (head >> 24 == VWR_PCI_CAP_NOTIFY_CFG)
        p->notify_multiplier = pci_read(p, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER);
}

/* Does the capability hold what is written to it? */
static bool cfg_holds(struct vwr_pci_cfg *w)
{
    const struct vwr_pci_location *const s = cfg_place(w, VWR_PCI_CAP_ISR_CFG);
    const struct vwr_pci *const p = &w->pci;

    return w->capability != 0 && cfg_select(w, VWR_PCI_CAP_COMMON_CFG, 0, sizeof(uint32_t)) &&
           pci_read(p, w->capability + VWR_PCI_CFG_CAP_CAP_LENGTH) == sizeof(uint32_t) &&
           cfg_select(w, VWR_PCI_CAP_ISR_CFG, 0, sizeof(uint8_t)) &&
           pci_read(p, w->capability + VWR_PCI_CFG_CAP_CAP_LENGTH) == sizeof(uint8_t) &&
           pci_read(p, w->capability + VWR_PCI_CFG_CAP_CAP_OFFSET) == s->offset &&
           (pci_read(p, w->capability + VWR_PCI_CFG_CAP_CAP_BAR) & 0xffu) == s->bar;
}

static uint32_t cfg_find(struct vwr_pci_cfg *w)
{
    vwr_pci_walk(&w->pci, cfg_note);
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
    kind = vwr_pci_begin(&w->pci, host, function);
    if (kind == VWR_FAULT_NONE)
        kind = cfg_find(w);
    w->pci.dev.config.base = w;
    w->pci.dev.config.access = &cfg_config_access;
    return vwr_pci_conclude(&w->pci, kind, &vwr_pci_cfg_modern);
}

#endif

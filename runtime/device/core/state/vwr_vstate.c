/* SPDX-License-Identifier: MIT */
#include "vstate_common.h"

/*
 * Saved states: parts, and the state of a device. A part is written or read once, starting at its first byte.
 * Section: Device parts.
 */

void vwr_vstate_put(struct vwr_vstate *s, const void *from, size_t bytes)
{
    if (s->done <= s->bytes && bytes <= s->bytes - s->done)
        vwr_copy(s->memory + s->done, from, bytes);
    s->done += bytes;
}

static void vstate_header(struct vwr_admin_dev_part_hdr *h, unsigned type, unsigned index, uint32_t bytes)
{
    vwr_zero(h, sizeof(*h));
    h->part_type = vwr_cpu_to_le16((uint16_t)type);
    if (type == VWR_ADMIN_DEV_PART_DEV_FEATURES)
        h->flags = 1u << VWR_ADMIN_DEV_PART_F_OPTIONAL;
    h->selector.vq_index.index = vwr_cpu_to_le16((uint16_t)index);
    h->length = vwr_cpu_to_le32(bytes);
}

size_t vwr_vstate_open_(struct vwr_vstate *s, unsigned type, unsigned index)
{
    struct vwr_admin_dev_part_hdr h;

    vstate_header(&h, type, index, 0);
    vwr_vstate_put(s, &h, sizeof(h));
    return s->done;
}

void vwr_vstate_close_(struct vwr_vstate *s, size_t at)
{
    const vwr_le32 length = vwr_cpu_to_le32((uint32_t)(s->done - at));

    if (at <= s->bytes) /* if the header is in the memory; its last field is the length */
        vwr_copy(s->memory + at - sizeof(length), &length, sizeof(length));
}

static void vstate_put_part(struct vwr_vstate *s, unsigned type, const void *value, size_t bytes)
{
    const size_t at = vwr_vstate_open_(s, type, 0);

    vwr_vstate_put(s, value, bytes);
    vwr_vstate_close_(s, at);
}

bool vwr_vstate_refuse_(struct vwr_vstate *s, enum vwr_vstate_fault fault, uint64_t a, uint64_t b)
{
    s->fault = fault;
    s->a = a;
    s->b = b;
    return false;
}

bool vwr_vstate_is_same_(const uint8_t *a, const void *b, size_t bytes)
{
    const uint8_t *const other = b;
    bool same = true;

    for (size_t i = 0; i < bytes; i++)
        same = same && a[i] == other[i];
    return same;
}

bool vwr_vstate_find_(struct vwr_vstate *s, unsigned type, unsigned index, uint32_t bytes,
                      struct vstate_part *part)
{
    struct vwr_admin_dev_part_hdr h;
    const size_t left = s->bytes - s->done;
    uint8_t *const from = s->memory + s->done;

    if (left < sizeof(h))
        return vwr_vstate_refuse_(s, VWR_VSTATE_LENGTH, sizeof(h), left);
    vwr_copy(&h, from, sizeof(h));
    part->bytes = vwr_le32_to_cpu(h.length);
    if (vwr_le16_to_cpu(h.part_type) != type)
        return vwr_vstate_refuse_(s, VWR_VSTATE_PART, type, vwr_le16_to_cpu(h.part_type));
    vstate_header(&h, type, index, part->bytes);
    if (!vwr_vstate_is_same_(from, &h, sizeof(h)))
        return vwr_vstate_refuse_(s, VWR_VSTATE_PART, type, type);
    if (part->bytes > left - sizeof(h) || (bytes != VSTATE_ANY && part->bytes != bytes))
        return vwr_vstate_refuse_(s, VWR_VSTATE_LENGTH, part->bytes, left - sizeof(h));
    part->value = from + sizeof(h);
    s->done += sizeof(h) + part->bytes;
    return true;
}

static bool vstate_get(struct vwr_vstate *s, unsigned type, void *to, uint32_t bytes)
{
    struct vstate_part part;

    if (!vwr_vstate_find_(s, type, 0, bytes, &part))
        return false;
    vwr_copy(to, part.value, bytes);
    return true;
}

const struct vwr_vstate_class *vwr_vstate_class_of_(const struct vwr_vstate *s, const struct vwr_vdev *v)
{
    for (unsigned i = 0; i < s->kinds; i++)
        if (s->kind[i]->id == v->kind->id)
            return s->kind[i];
    return NULL;
}

/* ---- save ---- */

/* Feature bits in words of 64 bits, as in the parts. */
static void vstate_put_features(struct vwr_vstate *s, unsigned type, const struct vwr_features *f)
{
    vwr_le32 word[VWR_FEATURE_WORDS];

    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        word[i] = vwr_cpu_to_le32(f->w[i]);
    vstate_put_part(s, type, word, sizeof(word));
}

static void vstate_put_registers(struct vwr_vstate *s, const struct vwr_vdev *v)
{
    struct vwr_state_registers r;

    vwr_zero(&r, sizeof(r));
    r.device_features_sel = vwr_cpu_to_le32(v->device_sel);
    r.driver_features_sel = vwr_cpu_to_le32(v->driver_sel);
    r.queue_sel = vwr_cpu_to_le32(v->queue_sel);
    r.shm_sel = vwr_cpu_to_le32(v->shm_sel);
    r.guest_page_size = vwr_cpu_to_le32(v->guest_page_size);
    r.config_generation = vwr_cpu_to_le32(v->generation);
    r.beyond = vwr_cpu_to_le64(v->beyond);
    r.interrupt_status = vwr_cpu_to_le32(v->interrupt);
    vstate_put_part(s, VWR_STATE_PART_REGISTERS, &r, sizeof(r));
}

static void vstate_put_bus(struct vwr_vstate *s, const struct vwr_vdev *v)
{
    const size_t at = vwr_vstate_open_(s, VWR_STATE_PART_PCI, 0);

    s->bus->save(v, s);
    vwr_vstate_close_(s, at);
}

static void vstate_put_config(struct vwr_vstate *s, const struct vwr_vstate_class *class,
                              const struct vwr_vdev *v)
{
    const size_t at = vwr_vstate_open_(s, VWR_STATE_PART_CONFIG, 0);

    for (unsigned i = 0; i < class->spans; i++)
        vwr_vstate_put(s, (const uint8_t *)v->config + class->span[i].offset, class->span[i].bytes);
    vwr_vstate_close_(s, at);
}

static void vstate_put_device(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v)
{
    size_t at;

    vstate_put_registers(s, v);
    if (v->bus != NULL)
        vstate_put_bus(s, v);
    vstate_put_features(s, VWR_ADMIN_DEV_PART_DEV_FEATURES, &v->offered);
    vstate_put_features(s, VWR_ADMIN_DEV_PART_DRV_FEATURES, &v->written);
    vstate_put_part(s, VWR_ADMIN_DEV_PART_DEVICE_STATUS, &v->status, sizeof(v->status));
    for (uint16_t i = 0; i < v->queues; i++)
        vwr_vstate_save_queue_(s, class, v, &v->queue[i]);
    vstate_put_config(s, class, v);
    at = vwr_vstate_open_(s, VWR_STATE_PART_CLASS, 0);
    vwr_vstate_save_class_(s, class, v);
    vwr_vstate_close_(s, at);
}

/* Whether the device's class and transport are known. */
static bool vstate_can(struct vwr_vstate *s, const struct vwr_vstate_class *class, const struct vwr_vdev *v)
{
    if (class == NULL)
        return vwr_vstate_refuse_(s, VWR_VSTATE_UNKNOWN, v->kind->id, 0);
    if (v->bus != NULL && s->bus == NULL)
        return vwr_vstate_refuse_(s, VWR_VSTATE_BUS, v->kind->id, 0);
    return true;
}

/*
 * Publishes used buffers, and takes back the buffers of a back end. Returns VWR_OK, or the reason why this is
 * impossible.
 */
static int vstate_quiesce(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v)
{
    uint32_t held = 0;

    if (!vstate_can(s, class, v))
        return VWR_EUNSUPP;
    if (v->unsafe || (class->give_back != NULL && !class->give_back(v))) {
        (void)vwr_vstate_refuse_(s, VWR_VSTATE_UNSAFE, 0, 0);
        return VWR_EINFLIGHT;
    }
    for (uint16_t i = 0; i < v->queues; i++) {
        (void)vwr_vdev_signal(v, &v->queue[i]);
        held += vwr_vqueue_in_flight(&v->queue[i]);
    }
    if (held != 0 && class->next == NULL) {
        (void)vwr_vstate_refuse_(s, VWR_VSTATE_HELD, held, 0);
        return VWR_EINFLIGHT;
    }
    return VWR_OK;
}

static int vstate_save(struct vwr_vdev *v, uint32_t slot, struct vwr_vstate *s)
{
    const struct vwr_vstate_class *const class = vwr_vstate_class_of_(s, v);
    struct vwr_state_device d;
    size_t at;
    int r;

    s->slot = slot;
    r = vstate_quiesce(s, class, v);
    if (r != VWR_OK)
        return r;
    vwr_zero(&d, sizeof(d));
    d.version = vwr_cpu_to_le16(VWR_STATE_VERSION);
    d.device_id = vwr_cpu_to_le16((uint16_t)v->kind->id);
    d.queues = vwr_cpu_to_le16(v->queues);
    d.flags = vwr_cpu_to_le16((uint16_t)((v->legacy ? VWR_STATE_DEVICE_LEGACY : 0) |
                                         (v->config_news ? VWR_STATE_DEVICE_CONFIG_NEWS : 0) |
                                         (v->notified ? VWR_STATE_DEVICE_NOTIFIED : 0) |
                                         (v->early ? VWR_STATE_DEVICE_EARLY : 0)));
    at = vwr_vstate_open_(s, VWR_STATE_PART_DEVICE, slot);
    vwr_vstate_put(s, &d, sizeof(d));
    vwr_vstate_close_(s, at);
    vstate_put_device(s, class, v);
    if (s->done <= s->bytes) {
        d.length = vwr_cpu_to_le32((uint32_t)(s->done - at - sizeof(d)));
        vwr_copy(s->memory + at, &d, sizeof(d));
        return VWR_OK;
    }
    (void)vwr_vstate_refuse_(s, VWR_VSTATE_ROOM, s->done, 0);
    return VWR_ENOMEM;
}

int vwr_vdev_save(struct vwr_vdev *v, uint32_t slot, struct vwr_vstate *s)
{
    int r;

    vwr_vdev_lock(v);
    r = vstate_save(v, slot, s);
    vwr_vdev_unlock(v);
    return r;
}

/* ---- load ---- */

/* *end: after the parts of the device. */
static bool vstate_check_device(struct vwr_vstate *s, const struct vwr_vdev *v, uint32_t slot, unsigned *more,
                                size_t *end)
{
    const unsigned legacy = v->legacy ? VWR_STATE_DEVICE_LEGACY : 0;
    struct vwr_state_device d;
    struct vstate_part part;
    const unsigned known = legacy | VWR_STATE_DEVICE_CONFIG_NEWS | VWR_STATE_DEVICE_NOTIFIED |
                           (v->as_qemu ? VWR_STATE_DEVICE_EARLY : 0u);
    unsigned flags;

    if (!vwr_vstate_find_(s, VWR_STATE_PART_DEVICE, slot, sizeof(d), &part))
        return false;
    vwr_copy(&d, part.value, sizeof(d));
    flags = vwr_le16_to_cpu(d.flags);
    *more = flags & ~legacy;
    if (vwr_le16_to_cpu(d.version) != VWR_STATE_VERSION)
        return vwr_vstate_refuse_(s, VWR_VSTATE_VERSION, vwr_le16_to_cpu(d.version), 0);
    if (vwr_le16_to_cpu(d.device_id) != v->kind->id)
        return vwr_vstate_refuse_(s, VWR_VSTATE_CLASS, vwr_le16_to_cpu(d.device_id), 0);
    if (vwr_le16_to_cpu(d.queues) != v->queues)
        return vwr_vstate_refuse_(s, VWR_VSTATE_QUEUES, vwr_le16_to_cpu(d.queues), 0);
    if ((flags & VWR_STATE_DEVICE_LEGACY) != legacy)
        return vwr_vstate_refuse_(s, VWR_VSTATE_INTERFACE, 0, 0);
    if (vwr_le32_to_cpu(d.length) > s->bytes - s->done)
        return vwr_vstate_refuse_(s, VWR_VSTATE_LENGTH, vwr_le32_to_cpu(d.length), s->bytes - s->done);
    *end = s->done + vwr_le32_to_cpu(d.length);
    if ((flags & ~known) != 0 || d.reserved != 0)
        return vwr_vstate_refuse_(s, VWR_VSTATE_FIELD, VWR_STATE_PART_DEVICE, 0);
    return true;
}

static bool vstate_load_registers(struct vwr_vstate *s, struct vwr_vdev *v)
{
    struct vwr_state_registers r;
    uint32_t interrupt;

    if (!vstate_get(s, VWR_STATE_PART_REGISTERS, &r, sizeof(r)))
        return false;
    interrupt = vwr_le32_to_cpu(r.interrupt_status);
    if ((interrupt & ~(uint32_t)(VDEV_USED_BUFFER | VDEV_CONFIG_CHANGE)) != 0 || r.reserved != 0)
        return vwr_vstate_refuse_(s, VWR_VSTATE_FIELD, VWR_STATE_PART_REGISTERS, 0);
    v->device_sel = vwr_le32_to_cpu(r.device_features_sel);
    v->driver_sel = vwr_le32_to_cpu(r.driver_features_sel);
    v->queue_sel = vwr_le32_to_cpu(r.queue_sel);
    v->shm_sel = vwr_le32_to_cpu(r.shm_sel);
    v->guest_page_size = vwr_le32_to_cpu(r.guest_page_size);
    v->generation = vwr_le32_to_cpu(r.config_generation);
    v->beyond = vwr_le64_to_cpu(r.beyond);
    v->interrupt = (uint8_t)interrupt;
    v->selected = true; /* not saved: it only serves to count drivers that select no word */
    return true;
}

/* Done before the status is set, because a device that is held by the bus is not live. */
static bool vstate_load_bus(struct vwr_vstate *s, struct vwr_vdev *v)
{
    struct vstate_part part;

    if (!vwr_vstate_find_(s, VWR_STATE_PART_PCI, 0, VSTATE_ANY, &part))
        return false;
    if (!s->bus->load(v, part.value, part.bytes))
        return vwr_vstate_refuse_(s, VWR_VSTATE_FIELD, VWR_STATE_PART_PCI, 0);
    return true;
}

static bool vstate_load_features(struct vwr_vstate *s, struct vwr_vdev *v)
{
    vwr_le32 offered[VWR_FEATURE_WORDS];
    vwr_le32 written[VWR_FEATURE_WORDS];
    uint8_t status;

    if (!vstate_get(s, VWR_ADMIN_DEV_PART_DEV_FEATURES, offered, sizeof(offered)) ||
        !vstate_get(s, VWR_ADMIN_DEV_PART_DRV_FEATURES, written, sizeof(written)) ||
        !vstate_get(s, VWR_ADMIN_DEV_PART_DEVICE_STATUS, &status, sizeof(status)))
        return false;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        if (vwr_le32_to_cpu(offered[i]) != v->offered.w[i])
            return vwr_vstate_refuse_(s, VWR_VSTATE_OFFERED, vwr_le32_to_cpu(offered[i]), i);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        vwr_vdev_set_features_(v, i, vwr_le32_to_cpu(written[i]));
    if (!vwr_vdev_restore_status_(v, status))
        return vwr_vstate_refuse_(s, VWR_VSTATE_STATUS, status, 0);
    return true;
}

/* Notifications before DRIVER_OK. The queues were opened only if they can have a layout. */
static bool vstate_load_early(struct vwr_vstate *s, struct vwr_vdev *v, unsigned flags)
{
    const bool opened = (flags & VWR_STATE_DEVICE_EARLY) != 0;
    const bool notified = (flags & VWR_STATE_DEVICE_NOTIFIED) != 0;

    if (((opened || notified) && v->opened) ||
        (opened && (v->legacy || (v->status & VWR_STATUS_FEATURES_OK) == 0)))
        return vwr_vstate_refuse_(s, VWR_VSTATE_FIELD, VWR_STATE_PART_DEVICE, 0);
    if (notified)
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_EARLY_NOTIFICATION); /* for vwr_vdev_explain() */
    if (opened)
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_EARLY_REQUEST);
    v->notified = notified;
    v->opened = v->opened || opened;
    v->early = opened;
    v->live = v->live || (opened && !v->broken && !v->held && (v->status & VWR_STATUS_FAILED) == 0);
    return true;
}

static bool vstate_load_config(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v)
{
    struct vstate_part part;
    uint32_t bytes = 0;

    for (unsigned i = 0; i < class->spans; i++)
        bytes += class->span[i].bytes;
    if (!vwr_vstate_find_(s, VWR_STATE_PART_CONFIG, 0, bytes, &part))
        return false;
    for (unsigned i = 0; i < class->spans; i++) {
        vwr_copy((uint8_t *)v->config + class->span[i].offset, part.value, class->span[i].bytes);
        part.value += class->span[i].bytes;
    }
    return true;
}

static bool vstate_load_class(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v)
{
    struct vstate_part part;

    if (!vwr_vstate_find_(s, VWR_STATE_PART_CLASS, 0, VSTATE_ANY, &part))
        return false;
    if (!vwr_vstate_load_class_(class, v, &part))
        return vwr_vstate_refuse_(s, VWR_VSTATE_FIELD, VWR_STATE_PART_CLASS, 0);
    return true;
}

static bool vstate_load_device(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                               uint32_t slot)
{
    unsigned flags = 0;
    size_t end = 0;

    if (!vstate_check_device(s, v, slot, &flags, &end) || !vstate_load_registers(s, v) ||
        (v->bus != NULL && !vstate_load_bus(s, v)) || !vstate_load_features(s, v) ||
        !vstate_load_early(s, v, flags))
        return false;
    for (uint16_t i = 0; i < v->queues; i++)
        if (!vwr_vstate_load_queue_(s, class, v, &v->queue[i]))
            return false;
    v->config_news = (flags & VWR_STATE_DEVICE_CONFIG_NEWS) != 0;
    v->loaded = true;
    if (!vstate_load_config(s, class, v) || !vstate_load_class(s, class, v))
        return false;
    if (s->done != end)
        return vwr_vstate_refuse_(s, VWR_VSTATE_LENGTH, end, s->done);
    return true;
}

static int vstate_result(enum vwr_vstate_fault fault)
{
    switch (fault) {
    case VWR_VSTATE_VERSION:
        return VWR_EVERSION;
    case VWR_VSTATE_CLASS:
    case VWR_VSTATE_QUEUES:
    case VWR_VSTATE_INTERFACE:
    case VWR_VSTATE_OFFERED:
        return VWR_ETYPE;
    default:
        return VWR_EPROTO;
    }
}

/* No interrupt was raised. A reset does not change the page size, but a driver sets it again. */
void vwr_vstate_undo_(struct vwr_vdev *v, const struct vwr_vstate *s)
{
    v->interrupt = 0;
    v->guest_page_size = 0;
    if (v->bus != NULL && s->bus != NULL)
        s->bus->undo(v);
    else
        vwr_vdev_reset(v);
}

/* Before its first step, a driver may already have enabled queues and sent a notification. */
static void vstate_forget_early(struct vwr_vdev *v)
{
    for (uint16_t i = 0; i < v->queues; i++)
        vwr_vqueue_disable_(&v->queue[i]);
    v->notified = false;
    v->tolerated.since_reset = 0;
}

static int vstate_load(struct vwr_vdev *v, uint32_t slot, struct vwr_vstate *s)
{
    const struct vwr_vstate_class *const class = vwr_vstate_class_of_(s, v);

    s->slot = slot;
    if (v->status != VWR_STATUS_RESET) { /* also true if unsafe; checked first, so that the device is not
                                            reset because of another error */
        (void)vwr_vstate_refuse_(s, VWR_VSTATE_USED, v->status, 0);
        return VWR_EBUSY;
    }
    if (!vstate_can(s, class, v))
        return VWR_EUNSUPP;
    vstate_forget_early(v);
    return vstate_load_device(s, class, v, slot) ? VWR_OK : vstate_result(s->fault);
}

int vwr_vdev_load(struct vwr_vdev *v, uint32_t slot, struct vwr_vstate *s)
{
    int r;

    vwr_vdev_lock(v);
    r = vstate_load(v, slot, s);
    vwr_vdev_unlock(v);
    if (r != VWR_OK && r != VWR_EBUSY)
        vwr_vstate_undo_(v, s);
    return r;
}

static void vstate_interrupt(struct vwr_vdev *v, const struct vwr_vstate *s)
{
    const unsigned reasons = v->interrupt | (vdev_uses_queues(v) ? VDEV_USED_BUFFER : 0u);

    if (v->bus != NULL && s->bus != NULL)
        s->bus->start(v);
    else if (reasons != 0)
        vwr_vdev_raise_(v, (uint8_t)reasons, 0);
}

void vwr_vdev_restart(struct vwr_vdev *v, const struct vwr_vstate *s)
{
    const struct vwr_vstate_class *const class = vwr_vstate_class_of_(s, v);

    vwr_vdev_lock(v);
    v->work = v->budget_bytes;
    if (class != NULL && class->loaded != NULL && v->loaded)
        class->loaded(v);
    v->loaded = false;
    if (class != NULL && class->start != NULL)
        class->start(v);
    vstate_interrupt(v, s);
    if (v->live)
        vwr_vdev_notify_all_(v);
    else
        vwr_vdev_continue_suspend_(v);
    vwr_vdev_unlock(v);
}

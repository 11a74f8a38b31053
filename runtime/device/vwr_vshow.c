/* SPDX-License-Identifier: MIT */
#include "vtext_common.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* What there is and how far it has come, a line after another. */

#define LINE_BYTES 200u
#define LINE_END 90u /* of a line of names, where another begins */

/* A line on its way. */
struct line {
    struct vwr_text text;
    vwr_line *to;
    void *context;
    char at[LINE_BYTES];
};

static struct vwr_text *begin(struct line *l)
{
    vwr_text_begin(&l->text, l->at, sizeof(l->at));
    return &l->text;
}

static void end(struct line *l)
{
    l->to(l->context, l->at);
}

static void pad(struct vwr_text *t, size_t column)
{
    do
        vwr_text_str(t, " ");
    while (t->length < column);
}

/* One word for where a device is. */
static const char *state(const struct vwr_vdev *v)
{
    if (v->broken)
        return "broken";
    if ((v->status & VWR_STATUS_FAILED) != 0)
        return "failed";
    if ((v->status & VWR_STATUS_DRIVER_OK) != 0)
        return "running";
    return v->status == VWR_STATUS_RESET ? "reset" : "starting";
}

static unsigned ready_queues(const struct vwr_vdev *v)
{
    unsigned n = 0;

    for (uint16_t i = 0; i < v->queues; i++)
        n += v->queue[i].ready;
    return n;
}

static void list_device(const struct vwr_vm *vm, uint32_t slot, const struct vwr_vdev *v, struct line *l)
{
    struct vwr_text *const t = begin(l);

    vtext_dec(t, "  ", slot, "");
    pad(t, 7);
    vwr_text_hex(t, vm->base + (uint64_t)slot * vm->stride);
    pad(t, 20);
    vwr_text_dec(t, v->line);
    pad(t, 25);
    vwr_text_str(t, v->kind->name);
    pad(t, 34);
    vwr_text_str(t, v->legacy ? "legacy" : "modern");
    pad(t, 42);
    vwr_text_hex(t, v->status);
    pad(t, 48);
    vwr_text_str(t, state(v));
    pad(t, 58);
    vtext_dec(t, "", ready_queues(v), "");
    vtext_dec(t, " of ", v->queues, " queues ready");
    end(l);
}

static void list_head(const struct vwr_vm *vm, struct line *l)
{
    struct vwr_text *t = begin(l);
    unsigned devices = 0;

    for (uint32_t slot = 0; slot < vm->slots; slot++)
        devices += vm->slot[slot] != NULL;
    vwr_text_str(t, vm->name != NULL ? vm->name : "VM");
    vtext_dec(t, ": ", devices, devices == 1 ? " virtio device" : " virtio devices");
    vtext_dec(t, " in ", vm->slots, " slots");
    vtext_hex(t, " of ", vm->stride, " bytes");
    vtext_hex(t, " at ", vm->base, "");
    end(l);
    if (devices == 0)
        return;
    t = begin(l);
    vwr_text_str(t, "  slot address      irq  kind     version status state");
    end(l);
}

void vwr_vm_list(struct vwr_vm *vm, vwr_line *line, void *context)
{
    struct line l;

    l.to = line;
    l.context = context;
    list_head(vm, &l);
    for (uint32_t slot = 0; slot < vm->slots; slot++) {
        struct vwr_vdev *const v = vm->slot[slot];

        if (v == NULL)
            continue;
        vwr_vdev_lock(v);
        list_device(vm, slot, v, &l);
        vwr_vdev_unlock(v);
    }
}

static void print_status(const struct vwr_vdev *v, struct line *l)
{
    struct vwr_text *const t = begin(l);
    const char *separator = " (";

    vtext_hex(t, "  status ", v->status, "");
    for (uint32_t bit = 1; bit <= VWR_STATUS_FAILED; bit <<= 1) {
        const char *const name = vwr_name(vwr_status_names, bit);

        if ((v->status & bit) == 0 || name == NULL)
            continue;
        vwr_text_str(t, separator);
        vwr_text_str(t, name);
        separator = " ";
    }
    vwr_text_str(t, v->status != 0 ? "), " : ", ");
    vwr_text_str(t, state(v));
    end(l);
}

static void print_interrupt(const struct vwr_vdev *v, struct line *l)
{
    struct vwr_text *const t = begin(l);

    vtext_hex(t, "  interrupt status ", v->interrupt, "");
    if ((v->interrupt & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        vwr_text_str(t, " (used buffer)");
    if ((v->interrupt & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0)
        vwr_text_str(t, " (configuration)");
    vtext_dec(t, "; configuration of ", v->config_bytes, " bytes");
    vtext_dec(t, ", generation ", v->generation, "");
    end(l);
}

/* A set of features by name, in as many lines as it takes. */
static void print_features(const struct vwr_vdev *v, const char *title, const struct vwr_features *f,
                           struct line *l)
{
    struct vwr_text *t = begin(l);

    vwr_text_str(t, title);
    for (uint32_t bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++) {
        const char *const name = vwr_vtext_feature(v, bit);

        if (!vwr_features_have(f, bit))
            continue;
        if (t->length > LINE_END) {
            end(l);
            t = begin(l);
            vwr_text_str(t, "           ");
        }
        vwr_text_str(t, " ");
        if (name != NULL)
            vwr_text_str(t, name);
        else
            vtext_dec(t, "bit-", bit, "");
    }
    end(l);
}

/* What the driver has set. */
static void print_rings(const struct vwr_vdev *v, const struct vwr_vqueue *q, struct line *l)
{
    struct vwr_text *const t = begin(l);

    vtext_dec(t, "  queue ", q->index, "");
    vtext_dec(t, ": size ", q->size, "");
    vtext_dec(t, " of ", q->max, "");
    if (!q->ready) {
        vwr_text_str(t, ", not ready");
        end(l);
        return;
    }
    vwr_text_str(t, vwr_vdev_has(v, VWR_F_RING_PACKED) ? ", packed" : ", split");
    vwr_text_str(t, q->layout == VWR_LAYOUT_STOPPED ? ", stopped" : ", ready");
    vtext_hex(t, ", descriptors at ", q->desc_addr, "");
    vtext_hex(t, ", driver's part ", q->driver_addr, "");
    vtext_hex(t, ", device's ", q->device_addr, "");
    end(l);
}

static void print_queue(const struct vwr_vdev *v, const struct vwr_vqueue *q, struct line *l)
{
    struct vwr_text *t;

    print_rings(v, q, l);
    if (!q->ready && q->stats.kicks == 0)
        return;
    t = begin(l);
    vtext_dec(t, "    notified ", q->stats.kicks, "");
    vtext_dec(t, ", buffers taken ", q->stats.chains, "");
    vtext_dec(t, ", given back ", q->stats.used, "");
    vtext_dec(t, ", held ", q->ready ? vwr_vqueue_in_flight(q) : 0, "");
    vtext_dec(t, "; interrupts ", q->stats.interrupts, "");
    vtext_dec(t, ", not wanted ", q->stats.suppressed, "");
    end(l);
}

static void print_counts(const struct vwr_vdev *v, struct line *l)
{
    struct vwr_text *t = begin(l);

    vtext_dec(t, "  accesses ", v->stats.accesses, "");
    vtext_dec(t, ", of them ignored ", v->stats.ignored, "");
    vtext_dec(t, "; interrupts ", v->stats.interrupts, "");
    vtext_dec(t, "; resets ", v->stats.resets, "");
    end(l);
    t = begin(l);
    vwr_text_str(t, "  ");
    (void)vwr_vdev_explain(v, l->at + t->length, sizeof(l->at) - t->length);
    end(l);
}

static void print_locked(const struct vwr_vdev *v, struct line *l)
{
    struct vwr_text *const t = begin(l);

    vwr_text_str(t, v->kind->name);
    vtext_dec(t, ": device id ", v->kind->id, "");
    vtext_dec(t, ", virtio-mmio version ", v->legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN, "");
    vtext_hex(t, ", vendor ", v->vendor, "");
    vtext_dec(t, ", irq ", v->line, "");
    end(l);
    print_status(v, l);
    print_interrupt(v, l);
    print_features(v, "  offered: ", &v->offered, l);
    print_features(v, "  accepted:", &v->accepted, l);
    for (uint16_t n = 0; n < v->queues; n++)
        print_queue(v, &v->queue[n], l);
    print_counts(v, l);
}

void vwr_vdev_print(struct vwr_vdev *v, vwr_line *line, void *context)
{
    struct line l;

    l.to = line;
    l.context = context;
    vwr_vdev_lock(v);
    print_locked(v, &l);
    vwr_vdev_unlock(v);
}

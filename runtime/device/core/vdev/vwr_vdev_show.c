/* SPDX-License-Identifier: MIT */
#include "vdev_explain_common.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* Prints devices and their state, line by line. */

#define VSHOW_LINE_BYTES 200u
#define VSHOW_LINE_END 90u /* maximum length of a line of names before a new one starts */

/* The line that is being formatted, and its consumer. */
struct vshow_line {
    struct vwr_text text;
    struct vwr_message_args args;
    vwr_line *to;
    void *context;
    char at[VSHOW_LINE_BYTES];
};

/* State of a device as one word. */
static const char *vshow_state(const struct vwr_vdev *v)
{
    if (v->broken)
        return "broken";
    if ((v->status & VWR_STATUS_FAILED) != 0)
        return "failed";
    if ((v->status & VWR_STATUS_DRIVER_OK) != 0)
        return "running";
    return v->status == VWR_STATUS_RESET ? "reset" : "starting";
}

static void vshow_put_state(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_str(t, vshow_state(a->vdev));
}

static void vshow_put_kind(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_str(t, a->vdev->kind->name);
}

static void vshow_put_interrupt(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    vwr_text_hex(t, v);
    if ((v & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        vwr_text_str(t, " (used buffer)");
    if ((v & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0)
        vwr_text_str(t, " (configuration)");
}

/* Pads with spaces up to a column, at least one. */
static void vshow_put_column(struct vwr_text *t, const struct vwr_message_args *a, uint64_t column)
{
    (void)a;
    do
        vwr_text_char(t, ' ');
    while (t->length < column);
}

static const struct vwr_message_type vshow_types[] = {
    {"state", vshow_put_state, NULL},
    {"kind", vshow_put_kind, NULL},
    {"interrupt", vshow_put_interrupt, NULL},
    {"column", vshow_put_column, NULL},
    {NULL, NULL, NULL},
};

static const struct vwr_messages vshow_messages = {NULL, vshow_types, NULL, &vwr_message_base};

static void vshow_begin(struct vshow_line *l)
{
    vwr_text_begin(&l->text, l->at, sizeof(l->at));
}

static void vshow_put(struct vshow_line *l, const char *format, uint64_t a, uint64_t b, uint64_t c)
{
    l->args.value[0] = a;
    l->args.value[1] = b;
    l->args.value[2] = c;
    vwr_message_put(&l->text, format, &l->args);
}

static void vshow_end(struct vshow_line *l)
{
    l->to(l->context, l->at);
}

static unsigned vshow_ready_queues(const struct vwr_vdev *v)
{
    unsigned n = 0;

    for (uint16_t i = 0; i < v->queues; i++)
        n += v->queue[i].ready;
    return n;
}

/* QueueSizeMax may be smaller than what the VMM has set, also until the driver of a disk accepts SEG_MAX. */
static bool vshow_is_limited(const struct vwr_vdev *v)
{
    return v->queues != 0 && v->size_max < v->queue[0].max;
}

static void vshow_limit(const struct vwr_vdev *v, struct vshow_line *l)
{
    if (vshow_is_limited(v))
        vshow_put(l, " (not {a}: memory for segments)", v->queue[0].max, 0, 0);
}

static void vshow_list_device(const struct vwr_vm *vm, uint32_t slot, const struct vwr_vdev *v,
                              struct vshow_line *l)
{
    vwr_vexplain_begin_(&l->args, v, &vshow_messages);
    vshow_begin(l);
    vshow_put(l, v->bus != NULL || vm->stride == 0 ? "  {a}" : "  {a}{b:column}{c:hex}", slot, 7,
              vm->base + (uint64_t)slot * vm->stride);
    vshow_put(l, "{a:column}{b}{c:column}{:kind}", 20, v->line, 25);
    vshow_put(l,
              v->bus != NULL ? "{a:column}PCI"
              : v->legacy    ? "{a:column}legacy"
                             : "{a:column}modern",
              34, 0, 0);
    vshow_put(l, "{a:column}{b:hex}{c:column}{:state}", 42, v->status, 48);
    vshow_put(l, "{a:column}{b} of {c} queues ready", 58, vshow_ready_queues(v), v->queues);
    if (vshow_is_limited(v))
        vshow_put(l, ", of at most {a} descriptors", v->size_max, 0, 0);
    vshow_limit(v, l);
    vshow_end(l);
}

static void vshow_list_head(const struct vwr_vm *vm, struct vshow_line *l)
{
    unsigned devices = 0;

    for (uint32_t slot = 0; slot < vm->slot_count; slot++)
        devices += vm->slot[slot] != NULL;
    vwr_vexplain_begin_(&l->args, NULL, &vshow_messages);
    vshow_begin(l);
    vwr_text_str(&l->text, vm->name != NULL ? vm->name : "VM");
    vshow_put(l, devices == 1 ? ": {a} virtio device" : ": {a} virtio devices", devices, 0, 0);
    vshow_put(l, vm->stride != 0 ? " in {a} slots of {b:hex} bytes at {c:hex}" : " in {a} slots",
              vm->slot_count, vm->stride, vm->base);
    vshow_end(l);
    if (devices == 0)
        return;
    vshow_begin(l);
    vwr_text_str(&l->text, "  slot address      irq  kind     version status state");
    vshow_end(l);
}

void vwr_vm_list(struct vwr_vm *vm, vwr_line *line, void *context)
{
    struct vshow_line l;

    l.to = line;
    l.context = context;
    vshow_list_head(vm, &l);
    for (uint32_t slot = 0; slot < vm->slot_count; slot++) {
        struct vwr_vdev *const v = vm->slot[slot];

        if (v == NULL)
            continue;
        vwr_vdev_lock(v);
        vshow_list_device(vm, slot, v, &l);
        vwr_vdev_unlock(v);
    }
}

/* Prints features by name, on as many lines as necessary. */
static void vshow_features(const char *title, const struct vwr_features *f, struct vshow_line *l)
{
    vshow_begin(l);
    vwr_text_str(&l->text, title);
    for (uint32_t bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++) {
        const char *const name = vwr_message_feature(&l->args, bit);

        if (!vwr_features_have(f, bit))
            continue;
        if (l->text.length > VSHOW_LINE_END) {
            vshow_end(l);
            vshow_begin(l);
            vwr_text_str(&l->text, "           ");
        }
        vwr_text_str(&l->text, " ");
        if (name != NULL)
            vwr_text_str(&l->text, name);
        else
            vshow_put(l, "bit-{a}", bit, 0, 0);
    }
    vshow_end(l);
}

/* Prints the queue registers that the driver has set. */
static void vshow_rings(const struct vwr_vdev *v, const struct vwr_vqueue *q, struct vshow_line *l)
{
    vshow_begin(l);
    vshow_put(l, "  queue {a}: size {b} of {c}", q->index, q->size, v->size_max);
    vshow_limit(v, l);
    if (!q->ready) {
        vwr_text_str(&l->text, ", not ready");
    } else {
        if (!v->legacy && (v->status & VWR_STATUS_FEATURES_OK) == 0)
            vwr_text_str(&l->text, ", enabled before FEATURES_OK");
        else if (vwr_vdev_has(v, VWR_F_RING_PACKED))
            vwr_text_str(&l->text, q->layout == VWR_LAYOUT_STOPPED ? ", packed, stopped" : ", packed, ready");
        else
            vwr_text_str(&l->text, q->layout == VWR_LAYOUT_STOPPED ? ", split, stopped" : ", split, ready");
        vshow_put(l, ", descriptors at {a:hex}, driver area at {b:hex}, device area at {c:hex}", q->desc_addr,
                  q->driver_addr, q->device_addr);
    }
    vshow_end(l);
}

static void vshow_queue(const struct vwr_vdev *v, const struct vwr_vqueue *q, struct vshow_line *l)
{
    vshow_rings(v, q, l);
    if (!q->ready && q->stats.kicks == 0)
        return;
    vshow_begin(l);
    vshow_put(l, "    notified {a}, chains taken {b}, used {c}", q->stats.kicks, q->stats.chains,
              q->stats.used);
    vshow_put(l, ", in flight {a}; interrupts {b}, suppressed {c}", q->ready ? vwr_vqueue_in_flight(q) : 0,
              q->stats.interrupts, q->stats.suppressed);
    vshow_end(l);
}

/* Prints what the device has tolerated, and in how many start-ups, one case per line. */
static void vshow_tolerated(const struct vwr_vdev *v, struct vshow_line *l)
{
    for (unsigned i = 0; i < VWR_TOLERANCE_COUNT; i++) {
        const vwr_count count = vwr_tolerated_count(&v->tolerated, (enum vwr_tolerance_number)i);

        if (count == 0)
            continue;
        vshow_begin(l);
        vwr_text_str(&l->text, "  tolerated: ");
        vwr_text_str(&l->text, vwr_tolerances[i].name);
        vshow_put(l, " (start-ups: {a})", count, 0, 0);
        vshow_end(l);
    }
}

static void vshow_counts(const struct vwr_vdev *v, struct vshow_line *l)
{
    vshow_begin(l);
    vshow_put(l, "  accesses {a}, ignored {b}", v->stats.accesses, v->stats.ignored, 0);
    vshow_put(l, "; interrupts {a}; resets {b}; late answers {c}", v->stats.interrupts, v->stats.resets,
              v->stats.late);
    vshow_end(l);
    vshow_begin(l);
    vwr_text_str(&l->text, "  ");
    vwr_vexplain_put_fault_(&l->text, v);
    vshow_end(l);
}

static void vshow_device(const struct vwr_vdev *v, struct vshow_line *l)
{
    vwr_vexplain_begin_(&l->args, v, &vshow_messages);
    vshow_begin(l);
    vshow_put(l, "{:kind}: device id {a}, virtio-mmio version {b}", v->kind->id,
              v->legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN, 0);
    vshow_put(l, ", vendor {a:hex}, irq {b}", v->vendor, v->line, 0);
    vshow_end(l);
    vshow_begin(l);
    vshow_put(l, "  status {a:status}, {:state}", v->status, 0, 0);
    vshow_end(l);
    vshow_begin(l);
    vshow_put(l, "  interrupt status {a:interrupt}; configuration of {b} bytes, generation {c}", v->interrupt,
              v->config_bytes, v->generation);
    vshow_end(l);
    vshow_features("  offered: ", &v->offered, l);
    vshow_features("  accepted:", &v->accepted, l);
    for (uint16_t n = 0; n < v->queues; n++)
        vshow_queue(v, &v->queue[n], l);
    vshow_tolerated(v, l);
    vshow_counts(v, l);
}

void vwr_vdev_print(struct vwr_vdev *v, vwr_line *line, void *context)
{
    struct vshow_line l;

    l.to = line;
    l.context = context;
    vwr_vdev_lock(v);
    vshow_device(v, &l);
    vwr_vdev_unlock(v);
}

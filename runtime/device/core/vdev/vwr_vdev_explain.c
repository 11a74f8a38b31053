/* SPDX-License-Identifier: MIT */
#include "vdev_explain_common.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/*
 * Messages for enum vwr_vfault. They are separate from the code that reports faults, so that a program that
 * prints no messages does not link them.
 */

enum vexplain_when {
    VEXPLAIN_OFFERED = 1, /* the feature was offered */
    VEXPLAIN_LEGACY,      /* the device is legacy */
    VEXPLAIN_PACKED,      /* a packed ring was negotiated */
    VEXPLAIN_TABLE /* indirect tables were offered and not negotiated, and the switch would allow them */
};

static bool vexplain_holds(unsigned when, const struct vwr_message_args *a)
{
    const struct vwr_vdev *const v = a->vdev;

    switch (when) {
    case VEXPLAIN_OFFERED:
        return v->fault.a == (uint32_t)v->fault.a && vwr_features_have(&v->offered, (unsigned)v->fault.a);
    case VEXPLAIN_LEGACY:
        return v->legacy;
    case VEXPLAIN_TABLE:
        return !v->as_qemu && vwr_features_have(&v->offered, VWR_F_INDIRECT_DESC) &&
               !vwr_vdev_has(v, VWR_F_INDIRECT_DESC);
    default:
        return vwr_vdev_has(v, VWR_F_RING_PACKED);
    }
}

static const struct vwr_message vexplain_rows[] = {
    /* features */
    {VWR_VFAULT_FEATURES, VEXPLAIN_OFFERED,
     "the driver accepted {a:feature} without what it requires{a:required}: {:refusal}"},
    {VWR_VFAULT_FEATURES, 0, "the driver accepted {a:feature}, which was not offered: {:refusal}"},
    {VWR_VFAULT_VERSION_1, 0,
     "the driver did not accept VERSION_1 (bit 32; rfeat.drv.1), and a layout of this device depends on it: "
     "{:refusal}{:qemu}"},
    {VWR_VFAULT_NO_RESET, 0,
     "the driver wrote ACKNOWLEDGE (bit 0), alone or with DRIVER, to a running device, without a reset "
     "(init.drv.2): the status keeps its bits{:qemu}"},
    {VWR_VFAULT_CLASS, 0, "the device does not work with the features that the driver accepted: {a:result}"},
    /* queues: prefixed with "queue {queue}: " */
    {VWR_VFAULT_QUEUE_SIZE, VEXPLAIN_PACKED, "the driver set a size of {a}; it must be 1 to {queue:max}"},
    {VWR_VFAULT_QUEUE_SIZE, 0, "the driver set a size of {a}; it must be a power of 2, at most {queue:max}"},
    {VWR_VFAULT_QUEUE_ALIGN, VEXPLAIN_LEGACY,
     "QueueAlign is {a} and GuestPageSize {:page}; both must be powers of 2, QueueAlign at "
     "least {:align}"},
    {VWR_VFAULT_QUEUE_ALIGN, 0, "an address of its rings is not aligned; the descriptors are at {a:hex}"},
    {VWR_VFAULT_QUEUE_MEMORY, 0,
     "its rings of {b} descriptors overlap, or are not each in one region of guest memory; see address "
     "{a:hex}"},
    /* rings */
    {VWR_VFAULT_INDEX, 0,
     "more was made available than the queue can hold: the index is {a}, the device was at "
     "{b}"},
    {VWR_VFAULT_HEAD, 0, "descriptor {a} was made available, which is outside the queue"},
    {VWR_VFAULT_TWICE, 0, "descriptor {a} was made available while its chain is in flight"},
    {VWR_VFAULT_NEXT, 0, "chain {a} continues beyond the end of its table"},
    {VWR_VFAULT_LOOP, 0, "chain {a} has more descriptors than the queue, or is a loop"},
    {VWR_VFAULT_WRAP, 0, "a chain continues in a descriptor that is not available: its flags are {a:hex}"},
    /* chains */
    {VWR_VFAULT_LENGTH, 0, "with the segment at {a:hex} a chain has 4 GiB or more"},
    {VWR_VFAULT_ADDRESS, 0, "the {b} bytes at {a:hex} are not guest memory that a device may access"},
    {VWR_VFAULT_ORDER, 0, "a device-readable segment follows a device-writable one"},
    {VWR_VFAULT_INDIRECT, VEXPLAIN_TABLE,
     "the driver used an indirect table without accepting INDIRECT_DESC (bit 28; {:table}){:qemu}"},
    {VWR_VFAULT_INDIRECT, 0,
     "an invalid indirect table: not negotiated, inside another table, or with flags "
     "or a length of {a:hex}"},
    {VWR_VFAULT_SEGMENTS, 0, "a chain has more than {a} segments, the maximum of the device"},
    {VWR_VFAULT_REQUEST, 0, "a request has no space for its answer"},
    /* behind an IOMMU */
    {VWR_VFAULT_PLATFORM, 0,
     "the driver did not accept ACCESS_PLATFORM (bit 33; rfeat.drv.3), and an IOMMU translates the addresses "
     "of "
     "this device: FEATURES_OK stays 0"},
    {VWR_VFAULT_MAPPING, 0, "the {b} bytes at {a:hex} are not mapped, or not for this access"},
    {VWR_VFAULT_UNMAPPED, 0,
     "the driver removed a mapping with a buffer in flight, which the device did not return in time"},
    /* the VMM */
    {VWR_VFAULT_HOST, 0, "the VMM has stopped the device"},
    {VWR_VFAULT_UNSAFE, 0, "hardware behind the device has stopped and can still access guest memory"},
    {0, 0, NULL},
};

static bool vexplain_accepts(const struct vwr_vdev *v, unsigned bit)
{
    return vwr_features_have(&v->written, bit);
}

/* Finds the first rule for this feature that the driver's features violate; NULL: none. */
static const struct vwr_feature_rule *vexplain_unmet(const struct vwr_vdev *v, uint64_t bit,
                                                     const struct vwr_feature_rule *rule, unsigned count)
{
    for (; count > 0; count--, rule++)
        if (rule->feature == bit && !vexplain_accepts(v, rule->any[0]) &&
            !vexplain_accepts(v, rule->any[1]) && !vexplain_accepts(v, rule->any[2]))
            return rule;
    return NULL;
}

static void vexplain_put_required(struct vwr_text *t, const struct vwr_message_args *a, uint64_t bit)
{
    const struct vwr_vdev *const v = a->vdev;
    const struct vwr_feature_rule *rule = vexplain_unmet(v, bit, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);

    if (rule == NULL)
        rule = vexplain_unmet(v, bit, v->kind->rules, v->kind->rule_count);
    for (unsigned i = 0; rule != NULL && i < sizeof(rule->any) && rule->any[i] != VWR_FEATURE_NONE; i++) {
        vwr_text_str(t, i == 0 ? ", " : " or ");
        vwr_message_put_feature(t, a, rule->any[i]);
    }
}

static void vexplain_put_refusal(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_str(t, a->vdev->legacy ? "the device works without it" : "FEATURES_OK stays 0");
}

/* Appended if a device with VWR_TOLERATE_QEMU would serve the driver. */
static void vexplain_put_qemu(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    (void)v;
    vwr_text_str(t, "; with VWR_TOLERATE_QEMU, the device serves this driver");
}

/* The clause that requires INDIRECT_DESC for an indirect table. */
static void vexplain_put_table(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_str(t,
                 vwr_vdev_has(a->vdev, VWR_F_RING_PACKED) ? "packed.drv.indirect.1" : "split.drv.indirect.1");
}

static void vexplain_put_result(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    vwr_text_str(t, vwr_strerror(-(int)v));
}

static void vexplain_put_max(struct vwr_text *t, const struct vwr_message_args *a, uint64_t queue)
{
    vwr_text_dec(t, queue < a->vdev->queues ? a->vdev->size_max : 0);
}

static void vexplain_put_page(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)v;
    vwr_text_dec(t, a->vdev->guest_page_size);
}

static void vexplain_put_align(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    (void)v;
    vwr_text_dec(t, VWR_SPLIT_RING_USED_ALIGN);
}

static const struct vwr_message_type vexplain_types[] = {
    {"required", vexplain_put_required, NULL},
    {"refusal", vexplain_put_refusal, NULL},
    {"qemu", vexplain_put_qemu, NULL},
    {"table", vexplain_put_table, NULL},
    {"result", vexplain_put_result, NULL},
    {"max", vexplain_put_max, NULL},
    {"page", vexplain_put_page, NULL},
    {"align", vexplain_put_align, NULL},
    {NULL, NULL, NULL},
};

static const struct vwr_messages vexplain_messages = {vexplain_rows, vexplain_types, vexplain_holds,
                                                      &vwr_message_base};

void vwr_vexplain_begin_(struct vwr_message_args *args, const struct vwr_vdev *v,
                         const struct vwr_messages *messages)
{
    args->letters = "abc";
    args->messages = messages;
    args->features = v != NULL && v->kind != NULL ? v->kind->feature_names : NULL;
    args->dev = NULL;
    args->fault = NULL;
    args->vdev = v;
}

void vwr_vexplain_put_fault_(struct vwr_text *t, const struct vwr_vdev *v)
{
    struct vwr_message_args a;
    const char *text;

    vwr_vexplain_begin_(&a, v, &vexplain_messages);
    a.letters = "abq"; /* a, b, queue */
    a.value[0] = v->fault.a;
    a.value[1] = v->fault.b;
    a.value[2] = v->fault.queue;
    if ((v->fault.kind >= VWR_VFAULT_QUEUE_SIZE && v->fault.kind <= VWR_VFAULT_REQUEST) ||
        v->fault.kind == VWR_VFAULT_MAPPING)
        vwr_message_put(t, "queue {queue}: ", &a);
    text = vwr_message_find(v->fault.kind, &a);
    vwr_message_put(t, text != NULL ? text : "an unknown fault", &a);
    if (v->unsafe)
        vwr_text_str(t, "; no reset completes until that memory is safe");
    if (v->broken && !v->resetting)
        vwr_text_str(t, "; the device waits for a reset");
}

/* Whether the driver may be waiting for an answer before it sets DRIVER_OK. */
static bool vexplain_waits(const struct vwr_vdev *v)
{
    return v->notified && !v->as_qemu && !v->legacy && (v->status & VWR_STATUS_FEATURES_OK) != 0;
}

void vwr_vexplain_put_tolerated_(struct vwr_text *t, const struct vwr_vdev *v)
{
    for (unsigned i = 0; i < VWR_TOLERANCE_COUNT; i++) {
        const struct vwr_tolerance *const one = &vwr_tolerances[i];

        if ((v->tolerated.since_reset & 1u << i) == 0)
            continue;
        vwr_text_str(t, "; tolerated: ");
        vwr_text_str(t, one->text);
        if (one->clause != NULL) {
            vwr_text_str(t, " (");
            vwr_text_str(t, one->clause);
            vwr_text_char(t, ')');
        }
        if (i == VWR_TOLERATED_EARLY_NOTIFICATION && vexplain_waits(v))
            vwr_text_str(t, "; with VWR_TOLERATE_QEMU, it serves them at once");
    }
}

size_t vwr_vdev_explain(const struct vwr_vdev *v, char *text, size_t bytes)
{
    struct vwr_text t;

    if (v->shortage.needed != 0)
        return vwr_shortage_explain(&v->shortage, text, bytes);
    vwr_text_begin(&t, text, bytes);
    vwr_vexplain_put_fault_(&t, v);
    vwr_vexplain_put_tolerated_(&t, v);
    return t.length;
}

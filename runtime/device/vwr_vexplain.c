/* SPDX-License-Identifier: MIT */
#include "vtext_common.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"

/* Faults in words, apart from the code that meets them: a small build leaves this file and the names out. */

const char *vwr_vtext_feature(const struct vwr_vdev *v, uint32_t bit)
{
    const char *name = v->kind->feature_names != NULL ? vwr_name(v->kind->feature_names, bit) : NULL;

    return name != NULL ? name : vwr_name(vwr_feature_names, bit);
}

static void put_feature(struct vwr_text *t, const struct vwr_vdev *v, uint64_t bit)
{
    const char *const name = bit == (uint32_t)bit ? vwr_vtext_feature(v, (uint32_t)bit) : NULL;

    vwr_text_str(t, "feature ");
    if (name != NULL) {
        vwr_text_str(t, name);
        vwr_text_str(t, " ");
    }
    vtext_dec(t, "(bit ", bit, ")");
}

static bool accepts(const struct vwr_vdev *v, unsigned bit)
{
    return vwr_features_have(&v->written, bit);
}

/* The first rule for this feature that the driver's set does not meet, NULL if there is none. */
static const struct vwr_feature_rule *unmet(const struct vwr_vdev *v, uint64_t bit,
                                            const struct vwr_feature_rule *rule, unsigned count)
{
    for (; count > 0; count--, rule++)
        if (rule->feature == bit && !accepts(v, rule->any[0]) && !accepts(v, rule->any[1]) &&
            !accepts(v, rule->any[2]))
            return rule;
    return NULL;
}

static void put_needs(struct vwr_text *t, const struct vwr_vdev *v, uint64_t bit)
{
    const struct vwr_feature_rule *rule = unmet(v, bit, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);

    if (rule == NULL)
        rule = unmet(v, bit, v->kind->rules, v->kind->rule_count);
    if (rule == NULL) {
        vwr_text_str(t, " and not what it needs");
        return;
    }
    for (unsigned i = 0; i < sizeof(rule->any) && rule->any[i] != VWR_FEATURE_NONE; i++) {
        vwr_text_str(t, i == 0 ? " and not what it needs, " : " or ");
        put_feature(t, v, rule->any[i]);
    }
}

static bool explain_features(struct vwr_text *t, const struct vwr_vdev *v)
{
    const uint64_t a = v->fault_a;

    switch (v->fault) {
    case VWR_VFAULT_FEATURES:
        vwr_text_str(t, "the driver has taken ");
        put_feature(t, v, a);
        if (a == (uint32_t)a && vwr_features_have(&v->offered, (unsigned)a))
            put_needs(t, v, a);
        else
            vwr_text_str(t, ", which was not offered");
        vwr_text_str(t, v->legacy ? ": the device does without" : ": FEATURES_OK stays 0");
        return true;
    case VWR_VFAULT_VERSION_1:
        vwr_text_str(t, "the driver has not taken ");
        put_feature(t, v, VWR_F_VERSION_1);
        vwr_text_str(t, " of a modern device: FEATURES_OK stays 0");
        return true;
    case VWR_VFAULT_CLASS:
        vwr_text_str(t, "the device does not work with the features that the driver has taken: ");
        vwr_text_str(t, vwr_strerror(-(int)a));
        return true;
    default:
        return false;
    }
}

static void explain_size(struct vwr_text *t, const struct vwr_vdev *v)
{
    const bool any = vwr_vdev_has(v, VWR_F_RING_PACKED);
    const uint16_t max = v->fault_queue < v->queues ? v->queue[v->fault_queue].max : 0;

    vtext_dec(t, "the driver wanted it with ", v->fault_a, " descriptors; it is to be ");
    vtext_dec(t, any ? "1 to " : "a power of 2, at most ", max, "");
}

static bool explain_setup(struct vwr_text *t, const struct vwr_vdev *v)
{
    switch (v->fault) {
    case VWR_VFAULT_QUEUE_SIZE:
        explain_size(t, v);
        return true;
    case VWR_VFAULT_QUEUE_ALIGN:
        if (v->legacy) {
            vtext_dec(t, "it was to be used with QueueAlign ", v->fault_a, "");
            vtext_dec(t, " and GuestPageSize ", v->guest_page_size, "; both are powers of 2, QueueAlign ");
            vtext_dec(t, "at least ", VWR_SPLIT_RING_USED_ALIGN, "");
        } else {
            vtext_hex(t, "an address of its rings is not aligned; the descriptors are at ", v->fault_a, "");
        }
        return true;
    case VWR_VFAULT_QUEUE_MEMORY:
        vtext_dec(t, "its rings, of ", v->fault_b, " descriptors, are not each in one piece of guest memory");
        vtext_hex(t, " and apart from one another: look at address ", v->fault_a, "");
        return true;
    default:
        return false;
    }
}

static bool explain_ring(struct vwr_text *t, const struct vwr_vdev *v)
{
    const uint64_t a = v->fault_a, b = v->fault_b;

    switch (v->fault) {
    case VWR_VFAULT_INDEX:
        vtext_dec(t, "more was made available than the queue has room for: the index went to ", a, "");
        vtext_dec(t, " and the device was at ", b, "");
        return true;
    case VWR_VFAULT_HEAD:
        vtext_dec(t, "buffer ", a, " was made available, which the queue has not");
        return true;
    case VWR_VFAULT_TWICE:
        vtext_dec(t, "buffer ", a, " was made available while the device has it already");
        return true;
    case VWR_VFAULT_NEXT:
        vtext_dec(t, "a descriptor goes on at ", a, ", beyond the end of its table");
        return true;
    case VWR_VFAULT_LOOP:
        vtext_dec(t, "buffer ", a, " has more descriptors than the queue, or they go in a circle");
        return true;
    case VWR_VFAULT_WRAP:
        vtext_hex(t, "a descriptor has flags ", a, " in the middle of a buffer, neither available nor used");
        return true;
    default:
        return false;
    }
}

static bool explain_buffer(struct vwr_text *t, const struct vwr_vdev *v)
{
    const uint64_t a = v->fault_a;

    switch (v->fault) {
    case VWR_VFAULT_LENGTH:
        vtext_hex(t, "with the segment at ", a, " the buffer has 4 GiB or more");
        return true;
    case VWR_VFAULT_ADDRESS:
        vtext_dec(t, "the ", v->fault_b, " bytes");
        vtext_hex(t, " at ", a, " are not guest memory that a device may touch");
        return true;
    case VWR_VFAULT_ORDER:
        vwr_text_str(t, "in a buffer, a piece for the device to read stands behind one for it to write");
        return true;
    case VWR_VFAULT_INDIRECT:
        vtext_hex(
            t,
            "an indirect table that cannot be: it was not negotiated, lies in another, or has a flag or "
            "length (",
            a, ") that none has");
        return true;
    case VWR_VFAULT_SEGMENTS:
        vtext_dec(t, "a buffer has more than ", a, " pieces, which is all that the device takes");
        return true;
    case VWR_VFAULT_REQUEST:
        vwr_text_str(t, "a request has no place for its answer");
        return true;
    default:
        return false;
    }
}

size_t vwr_vdev_explain(const struct vwr_vdev *v, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    if (v->fault == VWR_VFAULT_NONE) {
        vwr_text_str(&t, "nothing has gone wrong");
    } else if (v->fault == VWR_VFAULT_HOST) {
        vwr_text_str(&t, "the VMM has given up on the device");
    } else if (v->fault == VWR_VFAULT_UNSAFE) {
        vwr_text_str(&t, "hardware behind the device has stopped with memory of the guest in its reach");
    } else if (!explain_features(&t, v)) {
        vtext_dec(&t, "queue ", v->fault_queue, ": ");
        if (!explain_setup(&t, v) && !explain_ring(&t, v) && !explain_buffer(&t, v))
            vtext_dec(&t, "fault ", v->fault, "");
    }
    if (v->unsafe)
        vwr_text_str(&t, "; no reset is complete until it lets go of that");
    if (v->broken && !v->resetting)
        vwr_text_str(&t, "; the device waits for a reset");
    return t.length;
}

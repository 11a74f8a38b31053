/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vdev_common.h"

/* Features that are offered by a device and accepted by the driver. Section: Feature Bits. */

void vwr_vdev_features(struct vwr_features *f)
{
    vwr_features_clear(f);
    f->w[0] = VWR_FEATURES_BUILT(0) | VWR_FEATURE_BIT(VWR_F_EVENT_IDX, 0);
    f->w[1] =
        (VWR_FEATURES_BUILT(1) & ~VWR_FEATURE_BIT(VWR_F_IN_ORDER, 1)) | VWR_FEATURE_BIT(VWR_F_RING_RESET, 1);
    if (VWR_WITH_SUSPEND)
        f->w[1] |= VWR_FEATURE_BIT(VWR_F_SUSPEND, 1);
}

static void vdev_copy_set(struct vwr_features *to, const struct vwr_features *from)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        to->w[i] = from->w[i];
}

/* Finds the lowest bit of `a` that is missing in `b`; -1: none. */
static int vdev_first_missing(const struct vwr_features *a, const struct vwr_features *b)
{
    for (unsigned bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++)
        if (vwr_features_have(a, bit) && !vwr_features_have(b, bit))
            return (int)bit;
    return -1;
}

/* Drops features that violate the rules of all devices or of this class. */
static void vdev_close_set(const struct vwr_vdev_class *kind, struct vwr_features *f)
{
    struct vwr_features before;

    do { /* a feature that is dropped by one table may be required by the other */
        vdev_copy_set(&before, f);
        vwr_features_close(f, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
        vwr_features_close(f, kind->rules, kind->rule_count);
    } while (vdev_first_missing(&before, f) >= 0);
}

/*
 * Sets the offered features: the requested ring and transport features that exist, and the class's own
 * features.
 */
void vwr_vdev_offer_(struct vwr_vdev *v, const struct vwr_features *wanted, const struct vwr_features *own)
{
    struct vwr_features ours;

    vwr_vdev_features(&ours);
    vwr_features_add_if(&ours, VWR_F_IN_ORDER, VWR_WITH_IN_ORDER);
    vwr_features_add(&ours, VWR_F_ACCESS_PLATFORM); /* properties of the platform, known only to the VMM */
    vwr_features_add(&ours, VWR_F_ORDER_PLATFORM);
    ours.w[1] &=
        ~VWR_FEATURES_NOT_ON_MMIO_W1; /* a transport that has more of them adds those that it serves */
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        v->offered.w[i] = v->legacy && i != 0 ? 0 : (wanted->w[i] & ours.w[i]) | own->w[i];
    if (v->legacy)
        vwr_features_remove(&v->offered, VWR_F_VERSION_1);
    else
        vwr_features_add(&v->offered, VWR_F_VERSION_1);
    if (VWR_WITH_IOMMU && v->memory->iommu != NULL)
        vwr_features_add(&v->offered, VWR_F_ACCESS_PLATFORM);
    vdev_close_set(v->kind, &v->offered);
}

/*
 * A legacy driver does not set FEATURES_OK, and its features cannot be refused, so each write takes effect.
 * Section: Legacy Interface: Device Initialization.
 */
static void vdev_accept_legacy(struct vwr_vdev *v)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        v->accepted.w[i] = v->written.w[i] & v->offered.w[i];
    vdev_close_set(v->kind, &v->accepted);
    if (v->kind->negotiated != NULL)
        (void)v->kind->negotiated(v);
    vwr_vdev_update_queues_(v);
}

void vwr_vdev_set_features_(struct vwr_vdev *v, uint32_t word, uint32_t value)
{
    if (word < VWR_FEATURE_WORDS) {
        v->written.w[word] = value;
    } else if (value == 0 && v->beyond / 32u == word) {
        v->beyond = 0;
    } else if (value != 0) {
        v->beyond = (uint64_t)word * 32u;
        for (; (value & 1u) == 0; value >>= 1)
            v->beyond++;
    }
    if (vwr_vdev_is_legacy(v))
        vdev_accept_legacy(v);
}

/* Whether the device can work with the features that the driver wrote; if not, records why. */
static bool vdev_is_good_set(struct vwr_vdev *v)
{
    struct vwr_features closed;
    int bit = vdev_first_missing(&v->written, &v->offered);

    if (bit < 0) {
        vdev_copy_set(&closed, &v->written);
        vdev_close_set(v->kind, &closed);
        bit = vdev_first_missing(&v->written, &closed);
    }
    if (bit >= 0)
        vwr_vdev_note_refusal_(v, 0, VWR_VFAULT_FEATURES, (uint64_t)bit);
    else if (v->beyond != 0)
        vwr_vdev_note_refusal_(v, 0, VWR_VFAULT_FEATURES, v->beyond);
    else if (VWR_WITH_IOMMU && v->memory->iommu != NULL &&
             !vwr_features_have(&v->written, VWR_F_ACCESS_PLATFORM))
        vwr_vdev_note_refusal_(v, 0, VWR_VFAULT_PLATFORM, 0); /* its addresses would be guest-physical */
    else
        return true;
    return false;
}

bool vwr_vdev_negotiate_(struct vwr_vdev *v)
{
    int r;

    if (!vdev_is_good_set(v))
        return false;
    vdev_copy_set(&v->accepted, &v->written);
    r = v->kind->negotiated != NULL ? v->kind->negotiated(v) : VWR_OK;
    if (r < 0) {
        vwr_features_clear(&v->accepted);
        vwr_vdev_note_refusal_(v, 0, r == VWR_EVERSION ? VWR_VFAULT_VERSION_1 : VWR_VFAULT_CLASS,
                               (unsigned)-r);
        return false;
    }
    if (!vwr_vdev_has(v, VWR_F_VERSION_1))
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_NO_VERSION_1);
    if (VWR_WITH_PACKED && vwr_vdev_has(v, VWR_F_NOTIFICATION_DATA))
        v->notify_mask = VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK;
    return true;
}

/* Records a feature that a legacy driver accepted although it was not offered. */
void vwr_vdev_note_legacy_(struct vwr_vdev *v)
{
    const int bit = vdev_first_missing(&v->written, &v->offered);

    if (bit >= 0 || v->beyond != 0)
        vwr_vdev_note_refusal_(v, 0, VWR_VFAULT_FEATURES, bit >= 0 ? (uint64_t)bit : v->beyond);
}

/* SPDX-License-Identifier: MIT */
#ifndef VWR_FEATURES_H
#define VWR_FEATURES_H

#include "vwr/base.h"

#define VWR_FEATURE_WORDS 4
#define VWR_FEATURE_NONE 0xffu /* where a table has room for a feature and there is none */

/* A set of feature bits, 0 to 127. */
struct vwr_features {
    uint32_t w[VWR_FEATURE_WORDS];
};

/* `feature` needs one of `any`; unused places are VWR_FEATURE_NONE. Several rows for one feature: all. */
struct vwr_feature_rule {
    uint8_t feature;
    uint8_t any[3];
};

#define VWR_FEATURE_BIT(bit, word) ((bit) / 32 == (word) ? (uint32_t)1 << (bit) % 32 : 0u)

/*
 * A word of the reserved features that a build may leave out (vwr/profile.h) and this one has: what either
 * side negotiates. For tables, which want constants; the numbers are those of vwr/gen/features.h.
 */
#define VWR_FEATURES_BUILT(word)                                                                      \
    ((VWR_WITH_INDIRECT ? VWR_FEATURE_BIT(VWR_F_INDIRECT_DESC, word) : 0u) |                          \
     (VWR_WITH_PACKED                                                                                 \
          ? VWR_FEATURE_BIT(VWR_F_RING_PACKED, word) | VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, word) \
          : 0u) |                                                                                     \
     (VWR_WITH_IN_ORDER ? VWR_FEATURE_BIT(VWR_F_IN_ORDER, word) : 0u) |                               \
     (VWR_WITH_SUSPEND ? VWR_FEATURE_BIT(VWR_F_SUSPEND, word) : 0u))

static inline void vwr_features_clear(struct vwr_features *f)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        f->w[i] = 0;
}

static inline void vwr_features_add(struct vwr_features *f, unsigned bit)
{
    if (bit < 32u * VWR_FEATURE_WORDS)
        f->w[bit / 32u] |= (uint32_t)1 << (bit % 32u);
}

static inline void vwr_features_remove(struct vwr_features *f, unsigned bit)
{
    if (bit < 32u * VWR_FEATURE_WORDS)
        f->w[bit / 32u] &= ~((uint32_t)1 << (bit % 32u));
}

VWR_ALWAYS_INLINE bool vwr_features_have(const struct vwr_features *f, unsigned bit)
{
    return bit < 32u * VWR_FEATURE_WORDS && (f->w[bit / 32u] >> (bit % 32u) & 1u) != 0;
}

VWR_BEGIN_C

/*
 * Drops from `f` each feature with a rule that `f` does not meet, until all rules are met.
 * `rules` has `count` rows. Context: any. Section: Basic Facilities of a Virtio Device / Feature Bits.
 */
void vwr_features_close(struct vwr_features *f, const struct vwr_feature_rule *rules, size_t count);

VWR_END_C

#endif

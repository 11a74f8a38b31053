/* SPDX-License-Identifier: MIT */
#ifndef VWR_FEATURES_H
#define VWR_FEATURES_H

#include "vwr/base.h"

/**
 * DOC: Feature bits
 *
 * A set of feature bits has a bit for each feature. Features may depend on each other. VWR_F_*
 * (vwr/gen/features.h) are the bits of all devices; each type of device has its own, such as VWR_BLK_F_*
 * (vwr/gen/blk.h). A feature constant is a bit number, not a mask.
 */

/** VWR_FEATURE_WORDS - Number of 32-bit words in a set */
#define VWR_FEATURE_WORDS 4

/** VWR_FEATURE_NONE - Stands for no feature in a table with a feature column */
#define VWR_FEATURE_NONE 0xffu

/**
 * struct vwr_features - A set of feature bits, 0 to 127
 * @w: Bit b of the set is bit b % 32 of w[b / 32].
 */
struct vwr_features {
    uint32_t w[VWR_FEATURE_WORDS];
};

/**
 * struct vwr_feature_rule - A feature that depends on at least one of several others
 * @feature: The dependent feature.
 * @any: Features of which at least one must be in the set. Unused entries are VWR_FEATURE_NONE.
 *
 * If several rules name the same feature, all of them must hold.
 */
struct vwr_feature_rule {
    uint8_t feature;
    uint8_t any[3];
};

/**
 * VWR_FEATURE_BIT() - Get the mask of a feature bit within one word of a set
 * @bit: Feature bit number.
 * @word: Index of the word. The value is 0 if the bit is in another word.
 */
#define VWR_FEATURE_BIT(bit, word) ((bit) / 32 == (word) ? (uint32_t)1 << (bit) % 32 : 0u)

/**
 * VWR_FEATURES_BUILT() - Optional reserved feature bits that both sides support in this build
 * @word: Index of the word.
 *
 * This is a constant expression for tables. A file that uses it must include vwr/gen/features.h.
 * vwr/profile.h has the build options.
 */
#define VWR_FEATURES_BUILT(word)                                                                      \
    ((VWR_WITH_INDIRECT ? VWR_FEATURE_BIT(VWR_F_INDIRECT_DESC, word) : 0u) |                          \
     (VWR_WITH_PACKED                                                                                 \
          ? VWR_FEATURE_BIT(VWR_F_RING_PACKED, word) | VWR_FEATURE_BIT(VWR_F_NOTIFICATION_DATA, word) \
          : 0u) |                                                                                     \
     (VWR_WITH_IN_ORDER ? VWR_FEATURE_BIT(VWR_F_IN_ORDER, word) : 0u))

/**
 * vwr_features_clear() - Make a set empty
 * @f: Set.
 */
static inline void vwr_features_clear(struct vwr_features *f)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        f->w[i] = 0;
}

/**
 * vwr_features_add() - Add a feature to a set
 * @f: Set.
 * @bit: Feature bit number; ignored if it is 128 or more.
 */
static inline void vwr_features_add(struct vwr_features *f, unsigned bit)
{
    if (bit < 32u * VWR_FEATURE_WORDS)
        f->w[bit / 32u] |= (uint32_t)1 << (bit % 32u);
}

/**
 * vwr_features_add_if() - Add a feature to a set if a condition is true
 * @f: Set.
 * @bit: Feature bit number; ignored if it is 128 or more.
 * @wanted: true: add it.
 */
static inline void vwr_features_add_if(struct vwr_features *f, unsigned bit, bool wanted)
{
    if (wanted)
        vwr_features_add(f, bit);
}

/**
 * vwr_features_remove() - Remove a feature from a set
 * @f: Set.
 * @bit: Feature bit number; ignored if it is 128 or more.
 */
static inline void vwr_features_remove(struct vwr_features *f, unsigned bit)
{
    if (bit < 32u * VWR_FEATURE_WORDS)
        f->w[bit / 32u] &= ~((uint32_t)1 << (bit % 32u));
}

/**
 * vwr_features_have() - Test whether a set contains a feature
 * @f: Set.
 * @bit: Feature bit number.
 *
 * Return: true if the set contains the feature; false for a bit number of 128 or more.
 */
VWR_ALWAYS_INLINE bool vwr_features_have(const struct vwr_features *f, unsigned bit)
{
    return bit < 32u * VWR_FEATURE_WORDS && (f->w[bit / 32u] >> (bit % 32u) & 1u) != 0;
}

VWR_BEGIN_C

/**
 * vwr_features_close() - Remove features whose dependencies are not met
 * @f: Set.
 * @rules: Dependencies, such as the generated vwr_blk_feature_rules.
 * @count: Number of rules.
 *
 * The function repeats this until the dependencies of every remaining feature are met. If it removes a
 * feature, it therefore also removes the features that depend on it.
 *
 * Section: Basic Facilities of a Virtio Device / Feature Bits.
 */
void vwr_features_close(struct vwr_features *f, const struct vwr_feature_rule *rules, size_t count);

VWR_END_C

#endif

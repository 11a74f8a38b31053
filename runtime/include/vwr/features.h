/* SPDX-License-Identifier: MIT */
#ifndef VWR_FEATURES_H
#define VWR_FEATURES_H

#include "vwr/base.h"

/**
 * DOC: Feature bits
 *
 * This header has sets of feature bits and the dependencies between features. The generated headers
 * name the bits: VWR_F_* in vwr/gen/features.h, VWR_BLK_F_* in vwr/gen/blk.h. A feature constant is
 * a bit number, not a mask.
 */

/** VWR_FEATURE_WORDS - Number of 32-bit words in a set */
#define VWR_FEATURE_WORDS 4

/** VWR_FEATURE_NONE - No feature, in a table that has a column for one */
#define VWR_FEATURE_NONE 0xffu /* value of a table's feature column without a feature */

/**
 * struct vwr_features - A set of feature bits, 0 to 127
 * @w: Bit b of the set is bit b % 32 of w[b / 32].
 */
struct vwr_features {
    uint32_t w[VWR_FEATURE_WORDS];
};

/**
 * struct vwr_feature_rule - Dependency of a feature on one of several others
 * @feature: The dependent feature.
 * @any: One of these must be in the set. Unused entries are VWR_FEATURE_NONE.
 *
 * If several rules name the same feature, all of them must hold.
 */
struct vwr_feature_rule {
    uint8_t feature;
    uint8_t any[3];
};

/**
 * VWR_FEATURE_BIT() - Mask of a feature bit within one word of a set
 * @bit: Feature bit number.
 * @word: Index of the word. The value is 0 if the bit is in another word.
 */
#define VWR_FEATURE_BIT(bit, word) ((bit) / 32 == (word) ? (uint32_t)1 << (bit) % 32 : 0u)

/**
 * VWR_FEATURES_BUILT() - Optional reserved features that both sides of this build support
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
 *
 * Context: Any context, including an interrupt handler. Does not wait.
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
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 */
static inline void vwr_features_add(struct vwr_features *f, unsigned bit)
{
    if (bit < 32u * VWR_FEATURE_WORDS)
        f->w[bit / 32u] |= (uint32_t)1 << (bit % 32u);
}

/**
 * vwr_features_add_if() - Add a feature to a set, or leave the set as it is
 * @f: Set.
 * @bit: Feature bit number; ignored if it is 128 or more.
 * @wanted: true: add it.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
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
 *
 * Context: Any context, including an interrupt handler. Does not wait.
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
 * Context: Any context, including an interrupt handler. Does not wait.
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
 * The function repeats this until every remaining feature meets its rules. Removing a feature
 * therefore also removes the features that depend on it.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Section: Basic Facilities of a Virtio Device / Feature Bits.
 */
void vwr_features_close(struct vwr_features *f, const struct vwr_feature_rule *rules, size_t count);

VWR_END_C

#endif

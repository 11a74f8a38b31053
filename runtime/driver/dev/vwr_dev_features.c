/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "dev_common.h"

/* From a reset to agreed features. */

/* By version; a legacy device has one word only. */
const struct vwr_features vwr_dev_usable_legacy = {{~VWR_FEATURES_RESERVED_W0 | DEV_LEGACY_OWN, 0, 0, 0}};
const struct vwr_features vwr_dev_usable_modern = {
    {DEV_USABLE_MODERN(W0, 0), DEV_USABLE_MODERN(W1, 1), DEV_USABLE_MODERN(W2, 2), DEV_USABLE_MODERN(W3, 3)}};

static const uint32_t reserved_features[VWR_FEATURE_WORDS] = {
    VWR_FEATURES_RESERVED_W0, VWR_FEATURES_RESERVED_W1, VWR_FEATURES_RESERVED_W2, VWR_FEATURES_RESERVED_W3};

/* What a driver of the version cannot do without. */
static uint32_t must_have(unsigned version, unsigned word)
{
    return version != 0 && word == VWR_F_VERSION_1 / 32u ? (uint32_t)1 << VWR_F_VERSION_1 % 32u : 0;
}

/*
 * Reads what is offered, a word only if something in it could be taken, and writes what is taken. Reserved
 * features that are taken need VERSION_1 at most, without which no modern device is driven, and which a
 * legacy one does not offer: vwr_feature_rules hold.
 */
static uint32_t choose_features(struct vwr_dev *d, const struct vwr_wish *wish)
{
    const unsigned version = vwr_dev_version(d);
    struct vwr_features *const accepted = &d->config.features;

    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        uint32_t want = wish->want->w[i] | reserved_features[i];

        want &= vwr_dev_transport(d)->usable->w[i] & ~wish->avoid->w[i];
        want |= must_have(version, i);
        /* A word that is not wanted may be another one again: quirk mmio.second-word-again. */
        d->offered.w[i] = want != 0 ? vwr_dev_transport(d)->get_features(d, i) : 0;
        accepted->w[i] = d->offered.w[i] & want;
    }
    vwr_features_close(accepted, wish->rules, wish->rule_count);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        d->fault.where = i;
        d->fault.got = (wish->need->w[i] | must_have(version, i)) & ~accepted->w[i];
        if (d->fault.got != 0)
            return VWR_FAULT_FEATURE;
        /* the words that every device of this version has, and those in use */
        if (i <= version || accepted->w[i] != 0)
            vwr_dev_transport(d)->set_features(d, i, accepted->w[i]);
    }
    return VWR_FAULT_NONE;
}

/* What comes after a reset, of which `kind` tells how it went. */
static int negotiate(struct vwr_dev *d, const struct vwr_wish *wish, uint32_t kind)
{
    if (kind == VWR_FAULT_NONE)
        kind = vwr_dev_set_status_bit(d, VWR_STATUS_ACKNOWLEDGE);
    if (kind == VWR_FAULT_NONE)
        kind = vwr_dev_set_status_bit(d, VWR_STATUS_DRIVER);
    if (kind == VWR_FAULT_NONE)
        kind = choose_features(d, wish);
    if (kind == VWR_FAULT_NONE && !vwr_dev_is_legacy(d))
        kind = vwr_dev_set_status_bit(d, VWR_STATUS_FEATURES_OK);
    return vwr_dev_conclude(d, kind, VWR_DEV_NEGOTIATED);
}

int vwr_dev_agree(struct vwr_dev *d, const struct vwr_wish *wish)
{
    return d->state == VWR_DEV_PROBED ? negotiate(d, wish, VWR_FAULT_NONE) : VWR_EINVAL;
}

int vwr_dev_negotiate(struct vwr_dev *d, const struct vwr_wish *wish)
{
    return d->state == VWR_DEV_PROBED ? negotiate(d, wish, vwr_dev_reset_and_wait(d)) : VWR_EINVAL;
}

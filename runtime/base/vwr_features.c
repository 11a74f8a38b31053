/* SPDX-License-Identifier: MIT */
#include "vwr/features.h"

static bool is_met(const struct vwr_features *f, const struct vwr_feature_rule *rule)
{
    for (size_t i = 0; i < sizeof(rule->any); i++)
        if (vwr_features_have(f, rule->any[i]))
            return true;
    return false;
}

void vwr_features_close(struct vwr_features *f, const struct vwr_feature_rule *rules, size_t count)
{
    size_t i = 0;

    while (i < count) {
        if (!vwr_features_have(f, rules[i].feature) || is_met(f, &rules[i])) {
            i++;
            continue;
        }
        vwr_features_remove(f, rules[i].feature);
        /*
         * the dependencies of other features may now be unmet; the loop terminates, as each feature is
         * dropped only once
         */
        i = 0;
    }
}

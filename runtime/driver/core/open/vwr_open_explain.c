/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "vwr/open.h"
#include "vwr/gen/features.h"
#include "vwr/text.h"

/* Messages about an opened device of any class. */

size_t vwr_opened_explain(const struct vwr_opened *o, char *text, size_t bytes)
{
    struct vwr_message_args a;
    struct vwr_text t;

    if (o->failed != NULL && o->failed->messages != NULL) {
        vwr_message_begin(&a, o->failed->messages, o->failed->feature_names, o->dev, &o->dev->fault);
        return vwr_message_explain(&a, text, bytes);
    }
    if (o->cls != NULL && o->cls->messages != NULL)
        return vwr_bringup_explain(o->bringup, o->cls->messages, o->cls->feature_names, text, bytes);
    vwr_text_begin(&t, text, bytes);
    return t.length;
}

size_t vwr_opened_features(const struct vwr_opened *o, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    for (unsigned bit = 0; o->cls != NULL && bit < 32u * VWR_FEATURE_WORDS; bit++) {
        const char *name = o->cls->feature_names != NULL ? vwr_name(o->cls->feature_names, bit) : NULL;

        if (!vwr_dev_has(o->bringup->dev, bit))
            continue;
        if (name == NULL)
            name = vwr_name(vwr_feature_names, bit);
        if (t.length != 0)
            vwr_text_str(&t, " ");
        if (name != NULL)
            vwr_text_str(&t, name);
        else
            vwr_text_dec(&t, bit);
    }
    return t.length;
}

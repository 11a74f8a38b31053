/* SPDX-License-Identifier: MIT */
/*
 * Evaluates the generated C tables for sets of features. Prints one line for each line of the input, "DEVICE
 * W0 W1 W2
 * W3". table.h, which the test writes, lists the tables of each device.
 */
#include <stdio.h>

#include "vwr/features.h"
#include "vwr/gen/features.h"
#include "vwr/vservice.h"

struct sized {
    size_t (*size)(const struct vwr_features *f);
};

struct device {
    const struct vwr_feature_rule *rules;
    size_t rule_count;
    const struct vwr_config_field *fields;
    size_t field_count;
    const struct vwr_service_queue *const *queues;
    const struct sized *sizes;
};

#include "table.h"

static bool has_any(const struct vwr_features *f, const uint8_t any[3], bool if_none)
{
    for (unsigned i = 0; i < 3; i++)
        if (vwr_features_have(f, any[i]))
            return true;
    return any[0] == VWR_FEATURE_NONE && if_none;
}

static void unmet(const struct vwr_features *f, const struct vwr_feature_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        putchar(vwr_features_have(f, rules[i].feature) && !has_any(f, rules[i].any, false) ? '1' : '0');
}

static void messages(const struct vwr_features *f, const struct vwr_service_queue *q)
{
    for (unsigned i = 0; i < q->count; i++) {
        const struct vwr_service_row *const row = &q->rows[i];
        const uint8_t also[3] = {row->also, VWR_FEATURE_NONE, VWR_FEATURE_NONE};

        putchar(has_any(f, row->any, true) && has_any(f, also, true) && !has_any(f, row->unless, false)
                    ? '1'
                    : '0');
    }
}

static void print_set(const struct device *d, const struct vwr_features *f)
{
    struct vwr_features closed = *f;

    unmet(f, d->rules, d->rule_count);
    unmet(f, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    putchar(' ');
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) { /* either list may need what the other removes */
        vwr_features_close(&closed, d->rules, d->rule_count);
        vwr_features_close(&closed, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    }
    for (unsigned i = VWR_FEATURE_WORDS; i-- > 0;)
        printf("%08x", closed.w[i]);
    putchar(' ');
    for (size_t i = 0; i < d->field_count; i++)
        printf("%u=%d,", d->fields[i].offset, has_any(f, d->fields[i].any, true));
    putchar(' ');
    for (const struct vwr_service_queue *const *q = d->queues; *q != NULL; q++)
        messages(f, *q);
    for (const struct sized *s = d->sizes; s->size != NULL; s++)
        printf(" %zu", s->size(f));
    putchar('\n');
}

static void rows_of(const struct device *d)
{
    for (const struct vwr_service_queue *const *q = d->queues; *q != NULL; q++)
        for (unsigned i = 0; i < (*q)->count; i++) {
            printf("%zu", (size_t)(q - d->queues));
            for (unsigned k = 0; k < (*q)->selects; k++)
                printf(",%u", (*q)->rows[i].value[k]);
            putchar(' ');
        }
    putchar('\n');
}

int main(void)
{
    struct vwr_features f;
    unsigned number;

    for (size_t i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
        rows_of(&devices[i]);
    while (scanf("%u %x %x %x %x", &number, &f.w[0], &f.w[1], &f.w[2], &f.w[3]) == 5)
        print_set(&devices[number], &f);
    return 0;
}

/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/gen/features.h"

/* The cases of a run, in their order, and what a case proves. */

#define LISTS 5u

const struct device_class *const device_classes[] = {&disk_class,    &entropy_class, &net_class,
                                                     &console_class, &input_class,   &gpu_class};
const size_t device_class_count = sizeof(device_classes) / sizeof(device_classes[0]);

struct list {
    const struct conform_case *cases;
    size_t count;
};

/* Whether the list contains case `*number`; if not, `*number` is reduced for the following lists. */
static bool is_in(const struct list *l, unsigned *number, struct todo *t)
{
    for (unsigned packed = 0; packed < 2; packed++) {
        for (size_t i = 0; i < l->count; i++) {
            const struct conform_case *const c = &l->cases[i];

            *t = (struct todo){c, packed != 0 ? c->packed : c->clauses, packed != 0};
            if (t->basis != NULL && (*number)-- == 0)
                return true;
        }
    }
    return false;
}

bool find_case(const struct session *s, unsigned number, struct todo *t)
{
    const struct list all[LISTS] = {{ring_cases, ring_case_count},
                                    {setup_cases, setup_case_count},
                                    {s->class->cases, s->class->count},
                                    {register_cases, s->way->is_mmio ? register_case_count : 0},
                                    {broken_cases, broken_case_count}};

    for (unsigned i = 0; i < LISTS; i++)
        if (is_in(&all[i], &number, t))
            return true;
    return false;
}

const char *case_prefix(const struct todo *t)
{
    return t->is_packed ? "packed_" : "";
}

const char *verdict_words(enum verdict r)
{
    static const char *const words[] = {[KEPT] = "kept", [BROKEN] = "broken", [UNTESTED] = "not tested"};

    return words[r];
}

/*
 * A device that uses no buffer at all may be waiting for something that the cases do not set up, so no case
 * blames it.
 */
enum verdict try_case(struct session *s, const struct todo *t)
{
    enum verdict r;

    session_begin_case(s);
    s->seen[0] = '\0';
    s->is_unanswered = s->is_unfit = false;
    s->is_packed = t->is_packed;
    if (s->is_packed && !session_offers(s, VWR_F_RING_PACKED))
        return untested(s, "the device does not offer RING_PACKED");
    r = t->c->run(s);
    if (s->way->has_died != NULL && s->way->has_died(s))
        return BROKEN;
    if (r == BROKEN && s->is_unfit)
        return UNTESTED;
    if (session_is_late(s)) /* its waits were cut short: silence, or an answer, would have needed more time */
        return untested(s, "the case did not end in %u ms: the device is too slow for it",
                        (unsigned)s->case_ms);
    if (r == BROKEN && s->is_unanswered && !s->has_worked)
        return untested(s,
                        "the device has used no buffer yet; it may wait for more than this program sets up");
    return r;
}

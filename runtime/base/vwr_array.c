/* SPDX-License-Identifier: MIT */
#include "vwr/array.h"
#include "vwr/arithmetic.h"
#include "vwr/text.h"

/* Checks the sizes of arrays that are passed by a caller. */

bool vwr_array_fits(struct vwr_shortage *s, const char *size, const void *array, size_t given, size_t needed)
{
    s->needed = 0;
    if (needed == 0 || (array != NULL && given >= needed))
        return true;
    s->size = size;
    s->given = array != NULL ? given : 0;
    s->needed = needed;
    return false;
}

uint32_t vwr_array_part(size_t size, uint32_t parts, uint32_t most)
{
    uint32_t rest;
    const uint64_t each = vwr_divide(size, parts, &rest);

    return each < most ? (uint32_t)each : most;
}

size_t vwr_shortage_explain(const struct vwr_shortage *s, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    if (s->needed == 0)
        return 0;
    vwr_text_str(&t, s->size != NULL ? s->size : "the size of an array");
    vwr_text_str(&t, " is ");
    vwr_text_dec(&t, s->given);
    vwr_text_str(&t, s->given == 0 ? ", or its array NULL; it must be at least " : "; it must be at least ");
    vwr_text_dec(&t, s->needed);
    return t.length;
}

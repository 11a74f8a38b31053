/* SPDX-License-Identifier: MIT */
#include "vwr/array.h"
#include "vwr/text.h"

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

/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "find_common.h"

/* Walks the sources of devices, independently of their kind. */

void vwr_find_begin(struct vwr_find *f, const struct vwr_find_source *sources, size_t count,
                    struct vwr_find_host *hosts, unsigned host_count)
{
    vwr_zero(f, sizeof(*f));
    f->sources = sources;
    f->count = count;
    f->hosts = hosts;
    f->host_count = host_count;
}

int vwr_find_next(struct vwr_find *f, struct vwr_found *found)
{
    for (; f->source < f->count; f->source++, f->entry = 0, f->slot = 0) {
        const struct vwr_find_source *const source = vwr_find_source_of(f);
        int r;

        if (source->from == NULL)
            continue;
        vwr_zero(found, sizeof(*found));
        found->source = source;
        f->found = found;
        r = source->kind->next(f, found);
        f->result = r;
        if (r != 0)
            return r;
    }
    return 0;
}

volatile void *vwr_find_map_(const struct vwr_find *f, uint64_t at, uint64_t bytes)
{
    if (bytes == 0 || at + (bytes - 1) < at)
        return NULL;
    if (f->map != NULL)
        return f->map(f->context, at, bytes);
    return at + (bytes - 1) <= (uintptr_t)-1 ? (volatile void *)(uintptr_t)at : NULL;
}

size_t vwr_find_explain(const struct vwr_find *f, char *text, size_t bytes)
{
    struct vwr_text t;

    vwr_text_begin(&t, text, bytes);
    if (f->source < f->count && f->result < 0 && vwr_find_source_of(f)->kind->explain != NULL)
        vwr_find_source_of(f)->kind->explain(f, &t);
    return t.length;
}

void vwr_find_explain_device_(const struct vwr_find *f, struct vwr_text *t,
                              size_t (*sentence)(const struct vwr_dev *d, char *text, size_t bytes))
{
    size_t used;

    vwr_text_str(t, ": ");
    used = t->length < t->bytes ? t->length : t->bytes;
    t->length += sentence(&f->found->dev, t->at + used, t->bytes - used);
}

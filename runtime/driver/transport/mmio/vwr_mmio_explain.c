/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/gen/ids.h"
#include "../../core/dev/dev_explain_common.h"
#include "mmio_common.h"

/*
 * Messages about windows of register blocks. They are separate from the scan, so that a build without
 * messages does not contain them.
 */

/* At least eight digits, as in a memory map. */
static void put_address(struct vwr_text *t, uint64_t at)
{
    for (unsigned left = 8; left > 1 && vwr_shift_right(at, 4 * (left - 1)) == 0; left--)
        vwr_text_str(t, "0");
    vwr_text_digits(t, at);
}

static void put_device(struct vwr_text *t, const struct vwr_dev *d)
{
    const char *name = vwr_name(vwr_id_short_names, d->type);

    vwr_text_str(t, name != NULL ? name : "device of type ");
    if (name == NULL)
        vwr_text_dec(t, d->type);
    vwr_text_str(t, " v");
    vwr_text_dec(t, d->version);
    vwr_text_str(t, vwr_dev_is_legacy(d) ? " (legacy: " VWR_EXPLAIN_FOR_MODERN ")" : " (modern)");
}

/* Appends why the slot contains no device. */
static void put_reason(struct vwr_text *t, const struct vwr_dev *d)
{
    struct vwr_message_args a;

    vwr_message_begin(&a, &vwr_dev_messages, NULL, d, &d->fault);
    vwr_message_put_fault_(t, &a);
}

/* Appends a line for `count` identical slots, up to `one`. */
static void put_slots(struct vwr_text *t, const struct vwr_mmio *one, const volatile void *from,
                      uint32_t count)
{
    put_address(t, (uintptr_t)from);
    if (count > 1) {
        vwr_text_str(t, " to ");
        put_address(t, (uintptr_t)one->base);
    }
    vwr_text_str(t, " ");
    if (one->dev.state != VWR_DEV_NONE)
        put_device(t, &one->dev);
    else if (one->dev.fault.kind == VWR_FAULT_EMPTY)
        vwr_text_str(t, "empty");
    else
        put_reason(t, &one->dev);
    if (count > 1) {
        vwr_text_str(t, " (");
        vwr_text_dec(t, count);
        vwr_text_str(t, " slots)");
    }
}

/* Whether neither slot contains a device, for the same reason. */
static bool alike(const struct vwr_mmio *a, const struct vwr_mmio *b)
{
    return a->dev.state == VWR_DEV_NONE && b->dev.state == VWR_DEV_NONE &&
           a->dev.fault.kind == b->dev.fault.kind && a->dev.fault.got == b->dev.fault.got;
}

size_t vwr_mmio_scan_line(struct vwr_mmio_scan *s, char *line, size_t bytes)
{
    struct vwr_mmio slot[2]; /* the slot of this line and the next one */
    unsigned own = 0;
    const volatile void *from;
    struct vwr_text t;
    uint32_t count = 1;

    vwr_text_begin(&t, line, bytes);
    if (vwr_mmio_scan_next(s, &slot[own]) == 0)
        return 0;
    from = slot[own].base;
    while (s->slot < s->windows[s->window].count) {   /* only within the same window */
        (void)!vwr_mmio_scan_next(s, &slot[1 - own]); /* there is a next slot */
        if (!alike(&slot[0], &slot[1])) {
            s->slot--; /* the slot belongs to the next line */
            break;
        }
        own = 1 - own;
        count++;
    }
    put_slots(&t, &slot[own], from, count);
    return t.length;
}

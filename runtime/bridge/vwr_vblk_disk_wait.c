/* SPDX-License-Identifier: MIT */
#include "vblk_disk_common.h"

/*
 * Guests' disks that wait for a free request. They retry in order after a completion, or soon if nothing is
 * in flight.
 */

void vwr_vdisk_wait_(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk **at = &d->waiting;

    d->room = !vdisk_has_in_flight(d);
    vwr_count_add(&d->stats.waits, 1);
    if (b->waits)
        return;
    while (*at != NULL)
        at = &(*at)->next;
    b->waits = true;
    b->next = NULL;
    *at = b;
}

void vwr_vdisk_stop_waiting_(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk **at = &d->waiting;

    while (b->waits && *at != b)
        at = &(*at)->next;
    if (b->waits)
        *at = b->next;
    b->waits = false;
}

/* Lets each waiting disk retry once, until one finds no free request. */
void vwr_vdisk_resume_waiting_(struct vwr_vblk_disk *d)
{
    unsigned n = 0;

    d->room = true;
    for (const struct vwr_vblk *b = d->waiting; b != NULL; b = b->next)
        n++;
    for (; n > 0 && d->waiting != NULL && d->room; n--) {
        struct vwr_vblk *const b = d->waiting;

        vwr_vdisk_stop_waiting_(d, b);
        vdisk_unlock(d);
        vwr_vblk_resume(b);
        vdisk_lock(d);
    }
}

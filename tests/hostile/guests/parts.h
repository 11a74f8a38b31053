/* SPDX-License-Identifier: MIT */
#ifndef PARTS_H
#define PARTS_H

#include "hostile.h"
#include "vwr/v9p.h"

#include <string.h>

/*
 * The end of a session with a device that serves files, within small budgets, each of which suffices for
 * PARTS_EACH
 * files. A release beyond this is a failure.
 */

#define PARTS_BUDGET 2000u
#define PARTS_EACH 4u

static struct {
    const struct vwr_vdev *dev;
    void (*real)(struct vwr_vfiles *f, void *file);
    uint32_t left;
    unsigned most;
    unsigned released;
} parts;

/* Counts what is released within one budget: the rest of the budget decreases meanwhile. */
static void parts_release(struct vwr_vfiles *f, void *file)
{
    const uint32_t left = parts.dev->work;

    parts.most = parts.released != 0 && left < parts.left ? parts.most : 0;
    assert_true(++parts.most <= PARTS_EACH);
    parts.left = left;
    parts.released++;
    parts.real(f, file);
}

/* From now on; `ops` is memory for the functions of the files. */
static void parts_count(struct guest *g, struct vwr_vfiles *files, struct vwr_vfiles_ops *ops)
{
    memset(&parts, 0, sizeof(parts));
    parts.dev = g->dev;
    parts.real = files->ops->release;
    *ops = *files->ops;
    ops->release = parts_release;
    files->ops = ops;
    g->dev->budget_bytes = PARTS_BUDGET;
    vwr_vdev_lock(g->dev); /* the budget begins */
    vwr_vdev_unlock(g->dev);
}

#endif

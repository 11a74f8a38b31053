/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_RBD_H
#define VWR_ENGINE_RBD_H

#include "vwr_engine.h"

VWR_BEGIN_C

/*
 * An image of a Ceph cluster by librbd (-lrbd -lrados), with the configuration and keys that Ceph's own tools
 * use. patience_ms is given to the cluster's client as its time-out, in whole seconds.
 */

struct vwr_engine_rbd {
    struct vwr_engine engine;             /* first */
    char reason[VWR_ENGINE_REASON_BYTES]; /* why the image could not be opened */
    /* private */
    void *cluster;
    void *pool;
    void *image;
};

/* Opens POOL/IMAGE. VWR_OK; VWR_EINVAL: the name has no such form; VWR_ENOMEM; VWR_ENODEV: see d->reason. */
VWR_MUST_CHECK int vwr_engine_rbd_open(struct vwr_engine_rbd *d, const char *name,
                                       const struct vwr_engine_options *o);

VWR_END_C

#endif

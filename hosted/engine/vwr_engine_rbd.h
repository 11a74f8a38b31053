/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_RBD_H
#define VWR_ENGINE_RBD_H

#include "vwr_engine.h"

VWR_BEGIN_C

/**
 * DOC: A disk in a Ceph cluster, through librbd
 *
 * Link with -lrbd -lrados. The engine uses the configuration and the keys of Ceph's own tools.
 * options.timeout_ms becomes the time-out of the cluster's client, in whole seconds.
 */

/**
 * struct vwr_engine_rbd - An engine on an image of a Ceph cluster
 * @engine: Engine; the first member.
 * @reason: Message about the last failure to open the image.
 */
struct vwr_engine_rbd {
    struct vwr_engine engine;
    char reason[VWR_ENGINE_REASON_BYTES];
    /* private: */
    void *cluster;
    void *pool;
    void *image;
};

/**
 * vwr_engine_rbd_open() - Open an image
 * @d: Engine; it need not be initialised.
 * @name: POOL/IMAGE. The call does not keep it.
 * @o: Options.
 *
 * Context: The VMM. Waits for the cluster's answers.
 * Return: VWR_OK. After an error nothing is open.
 * * VWR_EINVAL: @name is not of the form POOL/IMAGE, or options.slots or options.segments is 0.
 * * VWR_ENOMEM: there is no memory for the requests.
 * * VWR_ENODEV: the image is not usable; @d->reason says why.
 */
VWR_MUST_CHECK int vwr_engine_rbd_open(struct vwr_engine_rbd *d, const char *name,
                                       const struct vwr_engine_options *o);

VWR_END_C

#endif

/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_NBD_H
#define VWR_ENGINE_NBD_H

#include "vwr_engine.h"

VWR_BEGIN_C

/*
 * An NBD server by libnbd (-lnbd). If the connection ends, the engine connects again, once every
 * VWR_ENGINE_NBD_AGAIN_MS, and sends the requests again that have no answer. A request without an answer
 * within patience_ms fails. If the server is connected, but silent, the engine ends the connection then.
 */

#define VWR_ENGINE_NBD_AGAIN_MS 200u /* not the specification's */

struct nbd_handle;

struct vwr_engine_nbd {
    struct vwr_engine engine;             /* first */
    uintptr_t connections;                /* number of connections that were made */
    char reason[VWR_ENGINE_REASON_BYTES]; /* of the last failure, libnbd's words */
    /* private */
    struct nbd_handle *nbd;
    const char *uri;
    int timer;
    int watched;     /* descriptor in the set, or -1 */
    unsigned events; /* and its events */
    bool ready;      /* the server takes requests */
    bool ticking;
    bool closing;
    uint64_t tried; /* when the engine last began to connect */
    uint64_t patience;
};

/*
 * Connects to a server by its NBD URI, which the caller keeps. VWR_OK; VWR_EINVAL; VWR_ENOMEM; VWR_ENODEV:
 * there is no such server, see n->reason.
 */
VWR_MUST_CHECK int vwr_engine_nbd_open(struct vwr_engine_nbd *n, const char *uri,
                                       const struct vwr_engine_options *o);

VWR_END_C

#endif

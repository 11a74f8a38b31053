/* SPDX-License-Identifier: MIT */
#ifndef VWR_ENGINE_NBD_H
#define VWR_ENGINE_NBD_H

#include "vwr_engine.h"

VWR_BEGIN_C

/**
 * DOC: A disk on an NBD server, through libnbd
 *
 * Link with -lnbd. When the connection is lost, the engine tries to connect again every
 * VWR_ENGINE_NBD_AGAIN_MS, and sends the unanswered requests again. A request that has no answer
 * after options.timeout_ms fails. The engine then also closes the connection to a server that is
 * connected but silent.
 *
 * Each command covers whole blocks of the server, and at most its maximum size. A block that lies in
 * several segments of the guest is copied. A server that comes back with larger blocks than those of
 * the disk, or with no bytes, is not used: the engine connects again, the requests fail in time, and
 * @reason says why. If it comes back with fewer bytes, a request beyond them fails, and the engine
 * connects again to ask for the size.
 *
 * If memory of a request is taken away while it is in flight, the connection ends (libnbd reports
 * EFAULT). The engine fails all transfers in flight, and connects again.
 */

#define VWR_ENGINE_NBD_AGAIN_MS 200u /* between two attempts to connect */

struct nbd_handle;

/**
 * struct vwr_engine_nbd - An engine on an NBD server
 * @engine: Engine; the first member.
 * @connections: Number of connections so far.
 * @reason: Message of libnbd about the last failure.
 */
struct vwr_engine_nbd {
    struct vwr_engine engine;
    uintptr_t connections;
    char reason[VWR_ENGINE_REASON_BYTES];
    /* private: */
    struct nbd_handle *nbd;
    const char *uri;
    int timer;
    int watched;     /* file descriptor in the epoll set, or -1 */
    unsigned events; /* events of `watched` */
    uint32_t block;  /* the server's minimum of a command */
    uint32_t most;   /* its maximum */
    bool ready;      /* the server takes requests */
    bool ticking;
    bool closing;
    bool dead;      /* libnbd has ended the connection, and `reason` says why */
    bool fault;     /* because memory of a request was taken away */
    bool beyond;    /* a request was beyond the end of the server's disk */
    bool empty;     /* the last server that was there had no bytes */
    uint64_t bytes; /* size of the server's disk */
    uint64_t tried; /* when the engine last began to connect */
    uint64_t timeout;
};

/**
 * vwr_engine_nbd_open() - Connect to an NBD server
 * @n: Engine; it need not be initialised.
 * @uri: NBD URI. The caller keeps it until vwr_engine_close().
 * @o: Options.
 *
 * Context: The VMM. Waits for the server's answers.
 * Return: VWR_OK. After an error nothing is open.
 * * VWR_EINVAL: options.slots or options.segments is 0.
 * * VWR_ENOMEM: there is no memory for the requests.
 * * VWR_ENODEV: the server is not usable; @n->reason says why.
 */
VWR_MUST_CHECK int vwr_engine_nbd_open(struct vwr_engine_nbd *n, const char *uri,
                                       const struct vwr_engine_options *o);

VWR_END_C

#endif

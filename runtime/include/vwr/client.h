/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLIENT_H
#define VWR_CLIENT_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/transmit.h"

VWR_BEGIN_C

/*
 * The messages of a device as requests of the engine (request.h): what the generated clients,
 * vwr/client/gpu.h and so on, have in common. A message is a chain: the driver writes bytes of a fixed form,
 * then data; the device writes bytes of a fixed form, data, and again such bytes; each may be absent. What
 * has a fixed form is encoded into the slot of the request and decoded from it, so that the memory of a call
 * is never the device's; data are the caller's memory in the specification's layout, and are in flight until
 * the message has come back: the table of vwr/result.h says whose they are when a call that waits returns.
 *
 * All of these are for the code of a client, which is generated; context, stack and loops as of the calls of
 * request.h: docs/contexts.md.
 */

#define VWR_CLIENT_DATA 8u /* areas of data in a message, at most: not the specification's */

/* A kind of message, constant. */
struct vwr_client_row {
    uint32_t type;        /* for a fault: what selects it */
    uint16_t out;         /* bytes of a fixed form that the driver writes, before its data */
    uint16_t first;       /* those that the device writes, before its data */
    uint16_t last;        /* and behind them */
    uint16_t out_at;      /* where they lie in the call, encoded */
    uint16_t back_at;     /* `first`, then `last` */
    uint16_t status_at;   /* of these two, the status */
    uint8_t status_bytes; /* 1, 2, 4; 0: it has none */
    bool status_big;      /* it is big-endian */
    bool whole;           /* all data have to come */
    bool once;            /* it is not sent again after a reset */
    uint8_t oks;          /* how many statuses mean success; 0: each does */
    uint32_t ok[3];
    struct vwr_counted counted; /* in `first`: so much data have to come; only those count */
};

/* A message in flight: the caller's, zeroed before its first use, in memory that the device cannot reach. */
struct vwr_client_call {
    struct vwr_req req;  /* first */
    uint32_t status;     /* as the device wrote it */
    uint32_t data_bytes; /* of data that the device says that it wrote */
    const struct vwr_client_row *row;
    /* private */
    uint16_t outs; /* areas of data that the driver writes: the first of them */
    uint16_t count;
    struct vwr_vec data[VWR_CLIENT_DATA];
};

/* A queue of messages. */
struct vwr_clientq {
    struct vwr_requestq requests;
    struct vwr_request_options options;
};

/*
 * For a client's set_up: adds the queue. `cls` is its table, VWR_CLIENT_CLASS; both memories are copied.
 * Results as vwr_request_setup.
 */
VWR_MUST_CHECK int vwr_client_setup(struct vwr_clientq *q, struct vwr_bringup *v, unsigned index,
                                    const struct vwr_request_class *cls, const struct vwr_queue_memory *m,
                                    const struct vwr_request_options *options);

/*
 * For a client's configure: how many queues of a kind both sides have. A device that comes back has as many
 * as before, or else: VWR_ENOQUEUE.
 */
VWR_MUST_CHECK int vwr_client_agree_count(unsigned *count, unsigned ours, uint32_t theirs);

/*
 * For the table of a class, as struct vwr_request_class says. add: VWR_OK; VWR_EBUSY: it is in flight;
 * VWR_EFULL: no room now; VWR_EINVAL: memory that the port cannot translate, or not now; VWR_ESEGMENTS: too
 * many segments; VWR_EFAILED, VWR_ERESET, VWR_EBADRING: the queue is stopped.
 */
int vwr_client_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared);
int vwr_client_add(struct vwr_requestq *q, struct vwr_request_slot *s, struct vwr_req *r);
void vwr_client_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared);
bool vwr_client_may_replay(const struct vwr_req *r);

/* Bytes of a slot's shared memory for messages with at most so many bytes of a fixed form. */
#define VWR_CLIENT_SLOT_BYTES(out, back) (((out) + (back) + 15u) / 16u * 16u)

/* Shared memory of a queue of `size` descriptors for `requests` messages with `segments` of data each. */
#define VWR_CLIENT_SHARED_BYTES(size, requests, slot, segments) \
    VWR_QUEUE_SHARED_BYTES_WITH(size, (requests)*VWR_REQUEST_SLOT_BYTES(slot, segments))
#define VWR_CLIENT_SHARED_BYTES_MODERN(size, requests, slot, segments) \
    VWR_QUEUE_SHARED_BYTES_WITH_MODERN(size, (requests)*VWR_REQUEST_SLOT_BYTES(slot, segments))

/*
 * Begins a message: nothing but its row is in it. VWR_EFAILED: the client was not opened, and has no device;
 * VWR_EBUSY: it is in flight. Of these `call` is as it was.
 */
VWR_MUST_CHECK int vwr_client_begin(const struct vwr_dev *d, struct vwr_client_call *call,
                                    const struct vwr_client_row *row);

/* The next area of data of the driver, or of the device once there is one of it. 0 bytes: nothing happens;
 * 2^31 bytes or more, or more areas than there can be: the message is not sent, VWR_EINVAL. */
void vwr_client_add_out(struct vwr_client_call *call, const void *data, uint64_t bytes);
void vwr_client_add_in(struct vwr_client_call *call, void *data, uint64_t bytes);

/* Of a message that is complete: as vwr_request_submit, and as vwr_request_do. */
VWR_MUST_CHECK int vwr_client_submit(struct vwr_clientq *q, struct vwr_client_call *call);
VWR_MUST_CHECK int vwr_client_do(struct vwr_clientq *q, struct vwr_client_call *call);

/* Tells the device of all messages since the last kick. True if it had to be notified. */
static inline bool vwr_client_kick(struct vwr_clientq *q)
{
    return vwr_request_kick(&q->requests);
}

/* Results as vwr_request_reap. */
VWR_MUST_CHECK static inline int vwr_client_reap(struct vwr_clientq *q, struct vwr_client_call **done,
                                                 unsigned max)
{
    return vwr_request_reap(&q->requests, (struct vwr_req **)(void *)done, max);
}

VWR_END_C

#endif

/* SPDX-License-Identifier: MIT */
#ifndef VWR_VCRYPTO_H
#define VWR_VCRYPTO_H

#include "vwr/crypto_rules.h"
#include "vwr/gen/state.h"
#include "vwr/service/crypto.h"

VWR_BEGIN_C

/**
 * DOC: Crypto device, device side
 *
 * A crypto device for a guest. The VMM provides the algorithms as a table of functions, which create a
 * session, process data with it and destroy it. The device implements the protocol: queues, message layouts
 * with and without REVISION_1, sessions and their IDs, and all checks of the protocol's fields::
 *
 *     r = vwr_vcrypto_init(v, setup, own, options);          // options.ops has the functions
 *     ticket = vwr_vcrypto_ticket(v);                   // in ops.run, which returns VWR_LATER
 *     vwr_vcrypto_done(v, ticket, result, data);        // later
 *
 * Rules:
 *
 * - The device copies the keys and data of a request once into the VMM's memory, and passes the copy to the
 *   functions. Results are copied to the guest afterwards. The device zeroes its copies of keys and data
 *   after each request.
 * - The functions are called with the device's lock held, from the thread that serves the queue. A request is
 *   complete when they return, unless @run of struct vwr_vcrypto_ops returns VWR_LATER. The VMM completes
 *   such requests with vwr_vcrypto_done(), in any order.
 * - The functions are passed only sessions that exist, and data that fit the memory. All other parameters,
 *   such as the length of a key or IV, come from the guest unchecked, so the functions must check them.
 * - A reset destroys all sessions.
 * - With options->keys, the device keeps the parameters and keys of sessions, so that it can be saved
 *   (vwr/vstate.h). The state contains the keys. A load calls the functions to recreate the sessions.
 * - The device offers REVISION_1. It supports sessions but no stateless mode. IPsec requests are answered
 *   with NOTSUPP.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Crypto Device.
 */

#define VWR_VCRYPTO_QUEUES 2u /* a data queue and the control queue */

/**
 * VWR_VCRYPTO_KEY_BYTES() - Size of options->keys in bytes
 * @sessions: Number of sessions: options->session_count.
 * @bytes: Maximum size of a session's keys in bytes.
 */
#define VWR_VCRYPTO_KEY_BYTES(sessions, bytes) ((sessions) * (sizeof(struct vwr_state_session) + (bytes)))

/**
 * VWR_VCRYPTO_SEGS() - Number of segments for options->seg
 * @messages: Number of messages: options->message_count.
 * @segments: Number of data segments of a request, for example 64.
 */
#define VWR_VCRYPTO_SEGS(messages, segments) VWR_SERVICE_SEGS(messages, (segments) + 2u)

/**
 * VWR_VCRYPTO_BUFFER_BYTES() - Size of options->buffer in bytes
 * @bytes: Maximum size in bytes of a session's keys and of a request's data.
 */
#define VWR_VCRYPTO_BUFFER_BYTES(bytes) (2u * (bytes))

struct vwr_vcrypto;

/**
 * struct vwr_vcrypto_session - A session of a guest
 * @own: For the VMM's functions.
 * @device: Device to which the session belongs.
 */
struct vwr_vcrypto_session {
    void *own;
    struct vwr_vcrypto *device;
    /* private: */
    uint64_t id; /* 0: none */
    uint32_t service;
    uint32_t op;
    uint16_t next; /* free row */
    bool chained;
};

/**
 * struct vwr_vcrypto_ops - Functions of the VMM
 * @create: Create a session. The keys of @setup are valid during the call. @session is zeroed, except for
 *   @session->device; the function may set @session->own. Returns VWR_OK or a value of enum
 *   vwr_crypto_status: NOTSUPP, NOSPC, or ERR, for example if a key has the wrong length. A negative value
 *   means ERR.
 * @destroy: Destroy a session.
 * @run: Process data with a session. @data->opcode is enum vwr_crypto_data_opcode, for all services. The
 *   function fills in @data->dst_bytes bytes at @data->dst, and @data->digest; both are zeroed before the
 *   call. For an asymmetric cipher, it sets @data->dst_bytes to the size of the result. Returns VWR_OK, a
 *   value of enum vwr_crypto_status, or VWR_LATER. Any other negative value means ERR.
 *
 * A function that returns VWR_LATER keeps copies of what it needs, also of the session: the memory of
 * @data is used for the next request, and the guest may destroy the session or reset the device before
 * the request is complete.
 *
 * The functions are called with the device's lock held. They must not call the device.
 */
struct vwr_vcrypto_ops {
    int (*create)(void *context, struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup);
    void (*destroy)(void *context, struct vwr_vcrypto_session *session);
    int (*run)(void *context, struct vwr_vcrypto_session *session, struct vwr_crypto_data *data);
};

/**
 * struct vwr_vcrypto_options - Options of vwr_vcrypto_init()
 * @ops: Functions.
 * @context: Passed to the functions.
 * @info: Services, algorithms and maximum key lengths. The device sets the other members. The structure is
 *   copied.
 * @session: Array of sessions. It and the other memory must stay valid while the device is in use.
 * @session_count: Number of entries in @session, 1 to 65535.
 * @buffer: Memory for keys and data, which no guest can access.
 * @buffer_bytes: Size of @buffer in bytes: VWR_VCRYPTO_BUFFER_BYTES(). Half of it is the maximum size of a
 *   session's keys, of the data that a request reads, and of the data that it writes. The data of a request
 *   are charged to the byte budget. The key of an asymmetric cipher, and each operation with it, is charged
 *   as 256 KiB.
 * @message: Memory for messages.
 * @message_count: Number of entries in @message, at least 1: maximum number of requests that wait for
 *   vwr_vcrypto_done(). While all of them wait, the guest's other requests and its session messages wait too.
 * @seg: Memory for segments.
 * @seg_count: Number of entries in @seg: VWR_VCRYPTO_SEGS().
 * @keys: Memory for the parameters and keys of sessions, which no guest can access. Each session gets an
 *   equal share. NULL: parameters and keys are not kept, and a device that has sessions cannot be saved.
 * @keys_bytes: Size of @keys in bytes: VWR_VCRYPTO_KEY_BYTES(). A session whose keys do not fit its share is
 *   refused with ERR.
 *
 * vwr_vcrypto_init() replaces @session to @seg_count.
 */
struct vwr_vcrypto_options {
    const struct vwr_vcrypto_ops *ops;
    void *context;
    const struct vwr_crypto_config_info *info;
    struct vwr_vcrypto_session *session;
    uint16_t session_count;
    uint8_t *buffer;
    size_t buffer_bytes;
    struct vwr_vmessage *message;
    uint16_t message_count;
    struct vwr_vseg *seg;
    uint32_t seg_count;
    uint8_t *keys;
    size_t keys_bytes;
};

/**
 * struct vwr_vcrypto_stats - Counters of a crypto device
 * @created: Number of sessions created.
 * @requests: Number of requests that succeeded.
 * @refused: Number of requests and messages that ended with any other status.
 */
struct vwr_vcrypto_stats {
    vwr_count created;
    vwr_count requests;
    vwr_count refused;
};

/**
 * struct vwr_vcrypto - A crypto device
 * @service: Service; the first member. vwr_vcrypto_dev() returns the device.
 * @stats: Counters.
 */
struct vwr_vcrypto {
    struct vwr_crypto_vservice service;
    struct vwr_vcrypto_stats stats;
    /* private: */
    struct vwr_vcrypto_options options;
    struct vwr_crypto_config_info info;
    struct vwr_vmessage *current; /* the request that is being processed */
    uint64_t serial;              /* serial number of the last ID */
    uint32_t max_bytes;           /* half of the buffer */
    uint32_t key_bytes;           /* maximum number of key bytes kept per session */
    uint16_t free;                /* index of the first free row, or the number of sessions if none is free */
    uint32_t count;               /* number of sessions in a saved state */
};

/** VWR_VCRYPTO_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VCRYPTO_QUEUE
#define VWR_VCRYPTO_QUEUE 64u
#endif

/** VWR_VCRYPTO_SESSIONS - Number of sessions */
#ifndef VWR_VCRYPTO_SESSIONS
#define VWR_VCRYPTO_SESSIONS 16u
#endif

/** VWR_VCRYPTO_BYTES - Maximum size in bytes of a session's keys and of a request's data */
#ifndef VWR_VCRYPTO_BYTES
#define VWR_VCRYPTO_BYTES 4096u
#endif

/** VWR_VCRYPTO_REQUESTS - Maximum number of requests that wait for vwr_vcrypto_done() */
#ifndef VWR_VCRYPTO_REQUESTS
#define VWR_VCRYPTO_REQUESTS 1u
#endif

/** VWR_VCRYPTO_SEGMENTS - Number of data segments of a request */
#ifndef VWR_VCRYPTO_SEGMENTS
#define VWR_VCRYPTO_SEGMENTS 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VCRYPTO_QUEUE), "VWR_VCRYPTO_QUEUE must be a power of 2");

/**
 * struct vwr_vcrypto_own - Memory of a crypto device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @session: Sessions.
 * @buffer: Keys and data.
 * @message: Messages.
 * @seg: Segments.
 */
struct vwr_vcrypto_own {
    struct vwr_vqueue queue[VWR_VCRYPTO_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VCRYPTO_QUEUES, VWR_VCRYPTO_QUEUE)];
    struct vwr_vcrypto_session session[VWR_VCRYPTO_SESSIONS];
    uint8_t buffer[VWR_VCRYPTO_BUFFER_BYTES(VWR_VCRYPTO_BYTES)];
    struct vwr_vmessage message[VWR_VCRYPTO_REQUESTS];
    struct vwr_vseg seg[VWR_VCRYPTO_SEGS(VWR_VCRYPTO_REQUESTS, VWR_VCRYPTO_SEGMENTS)];
};

/**
 * vwr_vcrypto_init_with() - Initialise a crypto device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory. It needs VWR_VCRYPTO_QUEUES queues, plus one for
 *   each additional data queue.
 * @o: Options; they are copied.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: a function or @info is missing, or there are too many queues.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vcrypto_init_with(struct vwr_vcrypto *v, const struct vwr_vdev_setup *s,
                                         const struct vwr_vcrypto_options *o);

/** vwr_vcrypto_init() - Initialise a crypto device in a structure of memory; see vwr_vcrypto_init_with() */
VWR_MUST_CHECK static inline int vwr_vcrypto_init(struct vwr_vcrypto *v, const struct vwr_vdev_setup *setup,
                                                  struct vwr_vcrypto_own *own,
                                                  const struct vwr_vcrypto_options *options)
{
    struct vwr_vcrypto_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VCRYPTO_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.session = own->session;
    sized.session_count = VWR_COUNT(own->session);
    sized.buffer = own->buffer;
    sized.buffer_bytes = sizeof(own->buffer);
    sized.message = own->message;
    sized.message_count = VWR_COUNT(own->message);
    sized.seg = own->seg;
    sized.seg_count = VWR_COUNT(own->seg);
    return vwr_vcrypto_init_with(v, &with, &sized);
}

/**
 * vwr_vcrypto_ticket() - Take a ticket in a function that returns VWR_LATER
 * @v: Device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within @run of
 *   struct vwr_vcrypto_ops.
 * Return: Ticket; vwr_vcrypto_done() takes it.
 */
static inline uint64_t vwr_vcrypto_ticket(struct vwr_vcrypto *v)
{
    return vwr_vmessage_ticket(v->current);
}

/**
 * vwr_vcrypto_done() - Complete a request for which the VMM's function returned VWR_LATER
 * @v: Device.
 * @ticket: Ticket from vwr_vcrypto_ticket(). If a reset has ended the request in the meantime, the call only
 *   increments the device's stats.late.
 * @result: VWR_OK, or a value of enum vwr_crypto_status. A negative value means ERR.
 * @data: If @result is VWR_OK: the data that were passed to the function, with @data->dst and @data->digest
 *   in the VMM's memory. Otherwise it may be NULL.
 */
void vwr_vcrypto_done(struct vwr_vcrypto *v, uint64_t ticket, int result, const struct vwr_crypto_data *data);

/**
 * vwr_vcrypto_dev() - Get the device to pass to vwr_vm_add()
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vcrypto_dev(struct vwr_vcrypto *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif

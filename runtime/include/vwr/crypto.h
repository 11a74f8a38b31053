/* SPDX-License-Identifier: MIT */
#ifndef VWR_CRYPTO_H
#define VWR_CRYPTO_H

#include "vwr/bytes.h"
#include "vwr/client.h"
#include "vwr/crypto_rules.h"

VWR_BEGIN_C

/**
 * DOC: Crypto device, driver side
 *
 * The driver creates sessions, each with an algorithm and a key, and sends data through them::
 *
 *     static const struct vwr_crypto_setup aes = {
 *         .service = VWR_CRYPTO_SERVICE_CIPHER, .algo = VWR_CRYPTO_CIPHER_AES_CBC,
 *         .op = VWR_CRYPTO_OP_ENCRYPT, .key = key, .key_bytes = 16};
 *     const struct vwr_crypto_data data = {.iv = iv, .iv_bytes = 16, .src = plain, .src_bytes = n,
 *                                          .dst = cipher, .dst_bytes = n};
 *
 *     r = vwr_crypto_open(c, d, options);
 *     r = vwr_crypto_create(c, session, &aes);
 *     n = vwr_crypto_run(c, session, &data);             // bytes; or without waiting:
 *     r = vwr_crypto_destroy(c, session);
 *
 *     struct vwr_crypto_dataq *q = vwr_crypto_get_dataq(c, 0);
 *     r = vwr_crypto_fill(request, session, &data);
 *     r = vwr_crypto_submit(q, request);                 // for each of them
 *     vwr_crypto_kick(q);                                // once
 *     while ((n = vwr_crypto_reap(q, done, 8)) >= 0)     // done[0 .. n) are completed, in any order
 *         ...
 *
 * Rules:
 *
 * - A queue has one owner at a time. An interrupt handler may be the owner if it calls only functions that do
 *   not wait. The owner of the device also owns the first data queue and makes all calls that take the
 *   device. A session may be used on all data queues.
 * - If the device refuses a request, the result is VWR_EIO, or VWR_EUNSUPP for NOTSUPP. The status is in
 *   call.status of the request; vwr_crypto_status() returns that of the last blocking call. BADMSG means that
 *   a tag does not match, KEY_REJECTED that a signature does not match. The result data are invalid after
 *   each error.
 * - The driver neither copies nor stores keys. A reset ends all sessions. After a recovery they are stale,
 *   and calls that use them return VWR_ERESET and send nothing. The caller has to create them again. Requests
 *   that were in flight are returned with an error and are not resubmitted.
 * - Keys and data are in flight during a call. vwr/result.h describes who owns them when a blocking call
 *   returns. IVs are copied.
 * - The driver uses sessions for all requests and does not accept the STATELESS_MODE features. IPsec is not
 *   supported.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Crypto Device.
 */

/** VWR_CRYPTO_QUEUE - Number of descriptors of a data queue, a power of 2 */
#ifndef VWR_CRYPTO_QUEUE
#define VWR_CRYPTO_QUEUE 64u
#endif

/** VWR_CRYPTO_CONTROL_QUEUE - Number of descriptors of the control queue, a power of 2 */
#ifndef VWR_CRYPTO_CONTROL_QUEUE
#define VWR_CRYPTO_CONTROL_QUEUE 32u
#endif

/** VWR_CRYPTO_REQUESTS - Number of requests in flight per data queue */
#ifndef VWR_CRYPTO_REQUESTS
#define VWR_CRYPTO_REQUESTS 8u
#endif

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_CRYPTO_QUEUE) &&
                      VWR_QUEUE_SIZE_IS_WHOLE(VWR_CRYPTO_CONTROL_QUEUE),
                  "sizes of queues must be powers of 2");
VWR_STATIC_ASSERT(VWR_CRYPTO_REQUESTS > 0, "there is at least one request");

/** enum vwr_crypto_fault - Faults of a crypto device: see vwr/fault.h. A message is an opcode */
enum vwr_crypto_fault {
    VWR_FAULT_CRYPTO_REFUSED = VWR_FAULT(VWR_FAULT_CLASS, VWR_EIO),        /* where: message; got: status */
    VWR_FAULT_CRYPTO_UNSUPP = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EUNSUPP), /* where: message; got: status */
    VWR_FAULT_CRYPTO_COUNT = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO)    /* where: message; got: bytes */
};

/**
 * struct vwr_crypto_session - A session
 * @id: ID that the device assigned.
 *
 * It must be in private memory, and remain valid while requests that use it are in flight.
 */
struct vwr_crypto_session {
    uint64_t id;
    /* private: */
    struct vwr_crypto *crypto; /* NULL: no session */
    uint32_t service;
    uint32_t algo;
    uint32_t op;
    uint32_t result_bytes;
    uint32_t resets; /* the device's value when the session was created */
    bool chained;
};

#define VWR_CRYPTO_OUT \
    (sizeof(struct vwr_crypto_op_header) + VWR_CRYPTO_DATAQ_OP_SPEC_HDR_LEGACY + VWR_CRYPTO_IV)

/**
 * struct vwr_crypto_request - A request
 * @call: Message. The caller may set call.req.token and read call.req.result and call.status.
 * @count: Size of the output in bytes; 0 if the device did not answer.
 *
 * The caller must zero the request before its first use and keep it in private memory. The request and its
 * data are in flight from vwr_crypto_submit() until vwr_crypto_reap() or vwr_crypto_wait() returns it.
 */
struct vwr_crypto_request {
    struct vwr_client_call call;
    uint32_t count;
    /* private: */
    uint32_t room;                            /* bytes that the device may write, without the status */
    const struct vwr_crypto_session *session; /* NULL: a message of the control queue */
    struct vwr_client_row row;
    union {
        struct vwr_crypto_ctrl_header control;
        struct {
            struct vwr_crypto_op_header header;
            struct vwr_crypto_aead_data_flf aead;
        } data;
        uint8_t bytes[VWR_CRYPTO_OUT];
    } out;
    struct vwr_crypto_create_session_input back;
};

#define VWR_CRYPTO_SLOT VWR_CLIENT_SLOT_BYTES(VWR_CRYPTO_OUT, sizeof(struct vwr_crypto_create_session_input))
#define VWR_CRYPTO_CONTROL_SEGMENTS 8u /* of keys */

/**
 * struct vwr_crypto_dataq_shared - Shared memory of a data queue, which need not be initialised (see
 *   struct vwr_queue_memory)
 * @queue: Queue.
 */
struct vwr_crypto_dataq_shared {
    uint8_t queue[VWR_QUEUE_SHARED_BYTES_WITH(VWR_CRYPTO_QUEUE, VWR_CRYPTO_REQUESTS *VWR_REQUEST_SLOT_BYTES(
                                                                    VWR_CRYPTO_SLOT, VWR_REQUEST_SEGMENTS))];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_crypto_shared - Shared memory of the device (see struct vwr_queue_memory); it need not
 *   be initialised
 * @data: The first data queue.
 * @control: Control queue.
 */
struct vwr_crypto_shared {
    struct vwr_crypto_dataq_shared data;
    uint8_t control[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_CRYPTO_CONTROL_QUEUE, VWR_REQUEST_SLOT_BYTES(VWR_CRYPTO_SLOT, VWR_CRYPTO_CONTROL_SEGMENTS))]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

/**
 * struct vwr_crypto_dataq - A data queue
 * @client: Queue. Any thread may read client.requests.stats and client.requests.queue.stats; the
 *   rest is private.
 */
struct vwr_crypto_dataq {
    struct vwr_clientq client;
    /* private: */
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_CRYPTO_QUEUE, VWR_CRYPTO_REQUESTS) + 7u) / 8u];
};

/**
 * struct vwr_crypto_options - Options of vwr_crypto_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 * @more: Additional data queues, in private memory that need not be initialised. The driver uses as many of
 *   them as the device supports. They must remain valid as long as @shared.
 * @more_count: Number of entries in @more.
 * @more_shared: Their shared memory. It must remain valid as long as @shared.
 * @more_shared_count: Number of entries in @more_shared, at least @more_count.
 */
struct vwr_crypto_options {
    struct vwr_crypto_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
    struct vwr_crypto_dataq *more;
    unsigned more_count;
    struct vwr_crypto_dataq_shared *more_shared;
    unsigned more_shared_count;
};

/**
 * struct vwr_crypto - A crypto device
 * @bringup: Bring-up; the first member.
 * @info: Configuration; see vwr_crypto_read_info(). vwr_crypto_offers() looks up an algorithm;
 *   info.max_cipher_key_len and info.max_auth_key_len limit the keys.
 * @options: Options.
 * @queue_count: Number of data queues.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_crypto {
    struct vwr_bringup bringup;
    struct vwr_crypto_config_info info;
    struct vwr_crypto_options options;
    unsigned queue_count;
    /* private: */
    uint32_t resets; /* older sessions are stale */
    uint32_t status; /* of the last blocking call */
    struct vwr_crypto_dataq first;
    struct vwr_crypto_request request; /* of the blocking call */
    struct vwr_clientq control;
    struct vwr_crypto_request message; /* of the blocking call */
    uint64_t control_own[(VWR_REQUEST_OWN_BYTES(VWR_CRYPTO_CONTROL_QUEUE, 1u) + 7u) / 8u];
};

/**
 * vwr_crypto_open() - Open a crypto device
 * @c: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a crypto device.
 * * VWR_EPROTO: the device has no data queue, or more than 65535.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_crypto_open(struct vwr_crypto *c, struct vwr_dev *d,
                                   const struct vwr_crypto_options *options);

/**
 * vwr_crypto_bringup - Class of crypto devices, for vwr/bringup.h
 *
 * After a recovery, all sessions are stale.
 */
extern const struct vwr_bringup_class vwr_crypto_bringup;

/**
 * vwr_crypto_read_info() - Read c->info again after a configuration change
 * @c: Device. c->info is unchanged after an error.
 *
 * The device sets HW_READY in its status when its hardware becomes available, and clears the bit when the
 * hardware becomes unavailable.
 *
 * Return: VWR_OK. Errors: the same as vwr_bringup_read_info().
 */
VWR_MUST_CHECK int vwr_crypto_read_info(struct vwr_crypto *c);

/**
 * vwr_crypto_offers() - Test whether the device offers an algorithm
 * @c: Device.
 * @service: enum vwr_crypto_service.
 * @algo: Algorithm within the service.
 *
 * vwr_crypto_create() does not make this test, because some devices support more algorithms than they offer.
 *
 * Return: true if the device offers it.
 */
static inline bool vwr_crypto_offers(const struct vwr_crypto *c, uint32_t service, uint32_t algo)
{
    return vwr_crypto_info_offers(&c->info, service, algo);
}

/**
 * vwr_crypto_status() - Get the status of the last blocking call
 * @c: Device.
 *
 * Return: enum vwr_crypto_status, if the device has answered.
 */
static inline uint32_t vwr_crypto_status(const struct vwr_crypto *c)
{
    return c->status;
}

/**
 * vwr_crypto_create() - Create a session
 * @c: Device.
 * @session: Session to create; it need not be initialised. After an error it is invalid.
 * @setup: Parameters. The driver does not keep them.
 *
 * Return: VWR_OK. The caller ends the session by vwr_crypto_destroy().
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: the device is not ready: HW_READY is not set.
 * * VWR_EUNSUPP: the device does not offer the service, or does not support the parameters.
 * * VWR_EINVAL: a key is longer than the device accepts, or the parameters are invalid.
 * * VWR_EIO: the device refused the request; see vwr_crypto_status(). NOSPC: there are too many sessions.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_crypto_create(struct vwr_crypto *c, struct vwr_crypto_session *session,
                                     const struct vwr_crypto_setup *setup);

/**
 * vwr_crypto_destroy() - End a session
 * @c: Device.
 * @session: Session. It is invalid after the call, even after an error. All its requests must have completed.
 *
 * Return: VWR_OK. For a stale session nothing is sent.
 * * VWR_EINVAL: it is not a session of this device.
 * * VWR_EFAILED, VWR_EIO, VWR_EUNSUPP, VWR_EPROTO: for the same reasons as vwr_crypto_create().
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_crypto_destroy(struct vwr_crypto *c, struct vwr_crypto_session *session);

/**
 * vwr_crypto_run() - Process data with a session
 * @c: Device.
 * @session: Session.
 * @data: Data.
 *
 * Return: The total size of the output in @dst and @digest, in bytes.
 * * VWR_EINVAL: the session or the data are invalid.
 * * Other errors: the same as vwr_crypto_submit() and vwr_crypto_wait().
 */
VWR_MUST_CHECK int vwr_crypto_run(struct vwr_crypto *c, const struct vwr_crypto_session *session,
                                  const struct vwr_crypto_data *data);

/* ---- several requests in flight ---- */

/**
 * vwr_crypto_get_dataq() - Get a data queue of a crypto device
 * @c: Device.
 * @n: Index of the queue, below @c->queue_count.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_crypto_dataq *vwr_crypto_get_dataq(struct vwr_crypto *c, unsigned n)
{
    if (n == 0)
        return &c->first;
    return n < c->queue_count ? &c->options.more[n - 1u] : NULL;
}

/**
 * vwr_crypto_fill() - Prepare a request
 * @x: Request that is not in flight.
 * @session: Session; the request keeps the pointer.
 * @data: Data; the structure and the IV are copied.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: the request is in flight.
 * * VWR_EFAILED: the device is not open.
 * * VWR_EINVAL: the session is invalid, the IV is too long, the opcode is not an AKCIPHER opcode, or the data
 *   exceed the device's max_size.
 */
VWR_MUST_CHECK int vwr_crypto_fill(struct vwr_crypto_request *x, const struct vwr_crypto_session *session,
                                   const struct vwr_crypto_data *data);

/**
 * vwr_crypto_submit() - Submit a request
 * @q: Queue.
 * @x: Request that vwr_crypto_fill() has prepared. It may be submitted again.
 *
 * Return: VWR_OK: the request and its data are in flight.
 * * VWR_EFAILED: the request was not prepared, or the queue is stopped.
 * * VWR_EBUSY: the request is in flight, or the device is not ready: HW_READY is not set.
 * * VWR_ERESET: the session is stale, or the queue is being reset.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_crypto_submit(struct vwr_crypto_dataq *q, struct vwr_crypto_request *x);

/** vwr_crypto_kick() - Notify the device of all requests since the last kick; see vwr_queue_kick() */
static inline bool vwr_crypto_kick(struct vwr_crypto_dataq *q)
{
    return vwr_client_kick(&q->client);
}

/** vwr_crypto_reap() - Return completed requests; see vwr_request_reap() */
VWR_MUST_CHECK static inline int vwr_crypto_reap(struct vwr_crypto_dataq *q, struct vwr_crypto_request **done,
                                                 unsigned max)
{
    return vwr_request_reap(&q->client.requests, (struct vwr_req **)(void *)done, max);
}

/**
 * vwr_crypto_wait() - Wait until a request has completed
 * @q: Queue.
 * @x: Request, in flight or completed.
 *
 * Return: VWR_OK: x->count bytes of output are valid.
 * * VWR_EIO: the device refused the request; see x->call.status.
 * * VWR_EUNSUPP: the device does not support the request.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_wait().
 */
VWR_MUST_CHECK static inline int vwr_crypto_wait(struct vwr_crypto_dataq *q, struct vwr_crypto_request *x)
{
    return vwr_request_wait(&q->client.requests, &x->call.req);
}

/** vwr_crypto_arm() - Enable the interrupt for completed requests; see vwr_request_arm() */
VWR_MUST_CHECK static inline bool vwr_crypto_arm(struct vwr_crypto_dataq *q, unsigned count)
{
    return vwr_request_arm(&q->client.requests, count);
}

/** vwr_crypto_explain() - Describe the last fault of the device or its queues; see vwr_dev_explain() */
size_t vwr_crypto_explain(const struct vwr_crypto *c, char *text, size_t bytes);

/**
 * vwr_crypto_explain_queue() - Describe the last fault of a data queue
 * @q: Queue.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_crypto_explain_queue(const struct vwr_crypto_dataq *q, char *text, size_t bytes);

/**
 * struct vwr_crypto_open_own - Private memory of a crypto device for vwr_open()
 * @crypto: Device; the first member.
 *
 * The driver uses one data queue.
 */
struct vwr_crypto_open_own {
    struct vwr_crypto crypto;
};

/**
 * struct vwr_crypto_open_shared - Shared memory of a crypto device for vwr_open()
 * @queues: Queues.
 */
struct vwr_crypto_open_shared {
    struct vwr_crypto_shared queues;
};

/** vwr_crypto_open_default() - Open a crypto device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_crypto_open_default(void *own, void *shared, struct vwr_dev *d,
                                                         const struct vwr_features *avoid)
{
    struct vwr_crypto_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_crypto_shared *)shared;
    return vwr_crypto_open((struct vwr_crypto *)own, d, &options);
}

VWR_END_C

#endif

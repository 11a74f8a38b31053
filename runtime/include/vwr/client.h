/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLIENT_H
#define VWR_CLIENT_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/receive.h"
#include "vwr/bringup.h"
#include "vwr/transmit.h"

VWR_BEGIN_C

/**
 * DOC: Generated clients
 *
 * The generated clients, such as vwr/client/gpu.h, share this code. It sends their messages as requests of
 * the engine in vwr/request.h.
 *
 * A message is a chain of up to five optional parts. The driver writes a fixed part and data; the device then
 * writes a fixed part, data and another fixed part. Fixed parts are encoded into the request's slot and
 * decoded from it, so the device never accesses the call structure. Data are in the caller's memory, in the
 * layout of the specification, and are in flight until the message is completed. vwr/result.h describes who
 * owns the data when a blocking call returns.
 *
 * Only generated clients call these functions. They have the same calling contexts, stack use and loop bounds
 * as the functions of vwr/request.h; see generated/docs/contexts.md.
 */

/** VWR_CLIENT_DATA - Maximum number of data areas of a message */
#define VWR_CLIENT_DATA 8u

/**
 * struct vwr_client_row - A kind of message; a constant
 * @type: Value that identifies the message, also in faults.
 * @out: Size in bytes of the fixed part that the driver writes.
 * @head: Number of bytes at the start of that part that are a segment of their own; 0: the part is
 *   one segment.
 * @first: Size in bytes of the fixed part that the device writes before its data.
 * @last: Size in bytes of the fixed part that the device writes after its data.
 * @out_at: Offset of the driver's encoded fixed part in the call structure.
 * @back_at: Offset of the device's fixed parts in the call structure.
 * @status_at: Offset of the status in the device's fixed parts.
 * @status_bytes: Size of the status in bytes: 1, 2 or 4; 0: none.
 * @status_big: true if the status is big-endian.
 * @whole: true if the device must write all data.
 * @once: true if the message is not resubmitted after a reset.
 * @oks: Number of status values that mean success; 0: all of them.
 * @ok: Status values that mean success.
 * @counted: Field in the device's first fixed part that holds the amount of data. The device must
 *   have written at least that much.
 */
struct vwr_client_row {
    uint32_t type;
    uint16_t out;
    uint16_t head;
    uint16_t first;
    uint16_t last;
    uint16_t out_at;
    uint16_t back_at;
    uint16_t status_at;
    uint8_t status_bytes;
    bool status_big;
    bool whole;
    bool once;
    uint8_t oks;
    uint32_t ok[3];
    struct vwr_counted counted;
};

/**
 * struct vwr_client_call - A caller's message
 * @req: Request; the first member.
 * @status: Status that the device wrote.
 * @data_bytes: Number of data bytes that the device claims to have written.
 * @row: Kind of message.
 *
 * The caller must zero the call before its first use and keep it in private memory while it is in flight.
 */
struct vwr_client_call {
    struct vwr_req req;
    uint32_t status;
    uint32_t data_bytes;
    const struct vwr_client_row *row;
    /* private: */
    uint16_t outs; /* number of areas that the driver writes, which come first */
    uint16_t count;
    struct vwr_vec data[VWR_CLIENT_DATA];
};

/**
 * struct vwr_clientq - A queue of messages
 * @requests: Request queue.
 * @options: Options of the queue.
 */
struct vwr_clientq {
    struct vwr_requestq requests;
    struct vwr_request_options options;
};

/**
 * vwr_client_setup() - Create a queue of messages (for @set_up of a client)
 * @q: Queue; the caller keeps it until the device is closed.
 * @v: Bring-up of the device.
 * @index: Queue index.
 * @cls: Request class of the client.
 * @m: Memory of the queue; the structure is copied.
 * @options: Options; they are copied.
 *
 * Return: The same as vwr_request_setup().
 */
VWR_MUST_CHECK int vwr_client_setup(struct vwr_clientq *q, struct vwr_bringup *v, unsigned index,
                                    const struct vwr_request_class *cls, const struct vwr_queue_memory *m,
                                    const struct vwr_request_options *options);

/**
 * vwr_client_agree_count() - Agree on a number of queues (for @configure of a client)
 * @count: Number of queues: 0 before the first bring-up, then the minimum of @ours and @theirs. After a
 *   recovery, the device must have at least that many.
 * @ours: Number that the driver supports.
 * @theirs: Number that the device has.
 *
 * Return: VWR_OK.
 * * VWR_ENOQUEUE: after a recovery, the device has fewer queues than before.
 */
VWR_MUST_CHECK int vwr_client_agree_count(unsigned *count, unsigned ours, uint32_t theirs);

/**
 * vwr_client_prepare() - Encode a message into its slot (@prepare of struct vwr_request_class)
 * @q: Request queue.
 * @r: Request.
 * @shared: Shared memory of the slot.
 *
 * Return: VWR_OK.
 */
int vwr_client_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared);

/**
 * vwr_client_form() - Get the chain layout of a message (@form of struct vwr_request_class)
 * @r: Request.
 * @form: Filled in with the layout.
 */
void vwr_client_form(const struct vwr_req *r, struct vwr_request_form *form);

/**
 * vwr_client_finish() - Decode the answer from its slot (@finish of struct vwr_request_class)
 * @q: Request queue.
 * @r: Request.
 * @shared: Shared memory of the slot.
 */
void vwr_client_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared);

/**
 * vwr_client_may_replay() - Test whether a message may be resubmitted (@may_replay of struct
 *   vwr_request_class)
 * @r: Request.
 *
 * Return: true if the message may be resubmitted.
 */
bool vwr_client_may_replay(const struct vwr_req *r);

/**
 * VWR_CLIENT_CLASS() - First members of a request class whose requests are messages
 * @slot: Size of a slot's shared memory in bytes.
 */
#define VWR_CLIENT_CLASS(slot)                                                      \
    .shared_bytes = (slot), .prepare = vwr_client_prepare, .form = vwr_client_form, \
    .finish = vwr_client_finish

/**
 * VWR_CLIENT_SLOT_BYTES() - Size of a slot's shared memory in bytes
 * @out: Maximum size of the fixed part that the driver writes.
 * @back: Maximum size of the fixed parts that the device writes.
 */
#define VWR_CLIENT_SLOT_BYTES(out, back) (((out) + (back) + 15u) / 16u * 16u)

/**
 * VWR_CLIENT_SHARED_BYTES() - Size of a message queue's shared memory in bytes
 * @size: Number of descriptors.
 * @requests: Number of messages in flight.
 * @slot: VWR_CLIENT_SLOT_BYTES().
 * @segments: Maximum number of data segments of a message.
 */
#define VWR_CLIENT_SHARED_BYTES(size, requests, slot, segments) \
    VWR_QUEUE_SHARED_BYTES_WITH(size, (requests)*VWR_REQUEST_SLOT_BYTES(slot, segments))

/**
 * vwr_client_begin() - Start a message
 * @d: Device; NULL if the client is not open.
 * @call: Message; unchanged after an error.
 * @row: Kind of message.
 *
 * Return: VWR_OK.
 * * VWR_EFAILED: the client is not open, or the message is in flight and the device has failed.
 * * VWR_EBUSY: the message is in flight.
 */
VWR_MUST_CHECK int vwr_client_begin(const struct vwr_dev *d, struct vwr_client_call *call,
                                    const struct vwr_client_row *row);

/**
 * vwr_client_add_out() - Add data that the driver writes
 * @call: Message.
 * @data: Data, which are in flight together with the message.
 * @bytes: Size in bytes; if it is 0, nothing is added. If it is 2^31 or more, or if the message would have
 *   more than VWR_CLIENT_DATA areas, submitting the message fails with VWR_EINVAL.
 */
void vwr_client_add_out(struct vwr_client_call *call, const void *data, uint64_t bytes);

/**
 * vwr_client_add_in() - Add data that the device writes, after all calls of vwr_client_add_out()
 * @call: Message.
 * @data: Data, which are in flight together with the message.
 * @bytes: Size in bytes; see vwr_client_add_out().
 */
void vwr_client_add_in(struct vwr_client_call *call, void *data, uint64_t bytes);

/**
 * vwr_client_submit() - Submit a complete message
 * @q: Queue.
 * @call: Message; in flight after VWR_OK.
 *
 * Return: The same as vwr_request_submit(). VWR_EINVAL can also mean that data could not be added.
 */
VWR_MUST_CHECK int vwr_client_submit(struct vwr_clientq *q, struct vwr_client_call *call);

/**
 * vwr_client_do() - Submit a complete message and wait for its answer
 * @q: Queue.
 * @call: Message.
 *
 * Return: The same as vwr_request_do(). VWR_EINVAL can also mean that data could not be added.
 */
VWR_MUST_CHECK int vwr_client_do(struct vwr_clientq *q, struct vwr_client_call *call);

/** vwr_client_kick() - Notify the device of all messages since the last kick; see vwr_queue_kick() */
static inline bool vwr_client_kick(struct vwr_clientq *q)
{
    return vwr_request_kick(&q->requests);
}

/** vwr_client_reap() - Return completed messages; see vwr_request_reap() */
VWR_MUST_CHECK static inline int vwr_client_reap(struct vwr_clientq *q, struct vwr_client_call **done,
                                                 unsigned max)
{
    return vwr_request_reap(&q->requests, (struct vwr_req **)(void *)done, max);
}

/**
 * struct vwr_client_restore - Settings that a recovery sends again, one message at a time
 * @q: Queue of the messages.
 * @call: Message for the recovery, used only by @resend.
 * @resend: Submit the message for setting @n, if that setting was made. Returns the result of a submit
 *   function. After VWR_EINVAL or VWR_EFEATURE the setting is lost, and after VWR_ESEGMENTS too, because the
 *   device has come back with a queue that is too short. After other errors it is tried again.
 * @count: Number of settings.
 * @lost: Settings that the device refused or that did not fit its queue.
 *
 * The class fills in the other members when it opens the device.
 */
struct vwr_client_restore {
    struct vwr_clientq *q;
    struct vwr_client_call *call;
    int (*resend)(struct vwr_bringup *v, unsigned n);
    unsigned count;
    vwr_count lost;
    /* private: */
    unsigned next;
};

/**
 * vwr_client_restore_event() - Begin to restore settings when the device runs (for @event of classes)
 * @v: Bring-up of the device.
 * @restore: Settings.
 * @event: Event. VWR_BRINGUP_RUNS starts the restoration; other events are ignored.
 */
void vwr_client_restore_event(struct vwr_bringup *v, struct vwr_client_restore *restore,
                              enum vwr_bringup_event event);

/**
 * vwr_client_restore_next() - Continue restoring settings (for classes)
 * @v: Bring-up of the device.
 * @restore: Settings.
 *
 * Return: 0: all settings are restored. 1: a message is in flight.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_request_submit() and vwr_request_reap().
 */
int vwr_client_restore_next(struct vwr_bringup *v, struct vwr_client_restore *restore);

/**
 * vwr_client_restore_all() - Restore all settings before another message is sent (for classes)
 * @v: Bring-up of the device.
 * @restore: Settings.
 *
 * Return: VWR_OK: all settings are restored.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_client_restore_all(struct vwr_bringup *v, struct vwr_client_restore *restore);

VWR_END_C

#endif

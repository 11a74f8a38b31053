/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSCMI_H
#define VWR_VSCMI_H

#include "vwr/scmi_message.h"
#include "vwr/service/scmi.h"

VWR_BEGIN_C

/**
 * DOC: SCMI device, device side
 *
 * The device gives a guest a platform that implements Arm's SCMI. The VMM has a table of protocols, each with
 * a table of handlers, one for each message::
 *
 *     static int reading_get(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
 *     {
 *         if (number(m->params) >= SENSORS)
 *             return VWR_SCMI_S_NOT_FOUND;
 *         m->bytes = put_reading(m->values, number(m->params));
 *         return VWR_SCMI_S_SUCCESS;
 *     }
 *     static const struct vwr_vscmi_handler handlers[] = {
 *         {.message = 6, .params_bytes = 8, .values_bytes = 8, .call = reading_get}};
 *     static const struct vwr_vscmi_protocol protocols[] = {
 *         {.id = VWR_SCMI_SENSOR, .version = 0x30000, .attributes = attributes, .attributes_bytes = 16,
 *          .handlers = handlers, .handler_count = 1}};
 *
 * The device answers the base protocol itself, and of each protocol PROTOCOL_VERSION, PROTOCOL_ATTRIBUTES and
 * PROTOCOL_MESSAGE_ATTRIBUTES, unless the table has a handler for them.
 *
 * Rules:
 *
 * - A handler gets only messages with the size of parameters and the space for return values that its row
 *   says. Others end with PROTOCOL_ERROR or COMMS_ERROR, and those without a handler with NOT_SUPPORTED. A
 *   buffer without space for a status is returned empty, and the command is not executed.
 * - Parameters and return values are copied, so the guest cannot change them during the call.
 * - If a handler returns VWR_LATER, vwr_vscmi_done() completes the command. Up to VWR_VSCMI_MESSAGES commands
 *   are in progress, in any order; the others wait in the queue.
 * - A handler that calls vwr_vscmi_promise() answers now, and vwr_vscmi_respond() sends the delayed response.
 *   If the guest has no buffer, the device keeps the response until there is one.
 * - vwr_vscmi_notify() sends a notification. If the guest has no buffer, the VMM keeps or drops it.
 * - Handlers of messages that request notifications or delayed responses are marked (@events). A driver that
 *   has not accepted P2A_CHANNELS gets NOT_SUPPORTED for them.
 * - A reset forgets all commands and delayed responses; ops.reset informs the VMM, which has to forget what
 *   the guest has requested.
 * - SHARED_MEMORY is not offered, because the device has no regions.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: SCMI Device.
 */

/**
 * VWR_VSCMI_SEGS - Maximum number of segments per chain, for 64 descriptors and some boundaries between
 * regions
 */
#ifndef VWR_VSCMI_SEGS
#define VWR_VSCMI_SEGS 68u
#endif

#define VWR_VSCMI_QUEUES 2u

/** VWR_VSCMI_MESSAGES - Maximum number of commands in progress */
#ifndef VWR_VSCMI_MESSAGES
#define VWR_VSCMI_MESSAGES 4u
#endif

/** VWR_VSCMI_DELAYED - Maximum number of delayed responses that were promised and not sent */
#ifndef VWR_VSCMI_DELAYED
#define VWR_VSCMI_DELAYED 4u
#endif

/** VWR_VSCMI_BYTES - Maximum size of parameters, and of return values with their status, in bytes */
#ifndef VWR_VSCMI_BYTES
#define VWR_VSCMI_BYTES 128u
#endif
VWR_STATIC_ASSERT(VWR_VSCMI_BYTES >= 32 && VWR_VSCMI_BYTES <= VWR_SCMI_BYTES_MAX && VWR_VSCMI_BYTES % 4 == 0,
                  "VWR_VSCMI_BYTES must be a multiple of 4 from 32 to VWR_SCMI_BYTES_MAX");

#define VWR_VSCMI_STATUS_BYTES ((uint32_t)sizeof(vwr_le32))

struct vwr_vscmi;
struct vwr_vscmi_protocol;

/**
 * struct vwr_vscmi_message - A command
 * @protocol: Row of its protocol; NULL: the base protocol.
 * @header: Header, for vwr_vscmi_respond().
 * @params: Parameters.
 * @params_bytes: Their size.
 * @values: Space for return values after the status, which are 0 before the call.
 * @room: Size of that space, as far as the guest has it.
 * @bytes: Number of return values in bytes, up to @room; set by the handler. They are sent if the status is
 *   SUCCESS.
 */
struct vwr_vscmi_message {
    const struct vwr_vscmi_protocol *protocol;
    uint32_t header;
    const uint8_t *params;
    uint32_t params_bytes;
    uint8_t *values;
    uint32_t room;
    uint32_t bytes;
    /* private: */
    uint64_t ticket;
    bool promised; /* a delayed response */
    uint8_t data[2u * VWR_VSCMI_BYTES];
};

/**
 * struct vwr_vscmi_handler - A message of a protocol; a constant
 * @message: Number of the message.
 * @events: The message requests notifications or a delayed response: it requires P2A_CHANNELS.
 * @params_bytes: Size of the parameters.
 * @values_bytes: Least space for return values after the status.
 * @attributes: Answer to PROTOCOL_MESSAGE_ATTRIBUTES.
 * @call: Execute a command, implemented by the VMM. Returns a status (enum vwr_scmi_status), or VWR_LATER, a
 *   number that is no status here. It is called with the device's lock held, and must not call functions of
 *   the device, except vwr_vscmi_ticket() and vwr_vscmi_promise().
 */
struct vwr_vscmi_handler {
    uint8_t message;
    bool events;
    uint32_t params_bytes;
    uint32_t values_bytes;
    uint32_t attributes;
    int (*call)(struct vwr_vscmi *v, struct vwr_vscmi_message *m);
};

/**
 * struct vwr_vscmi_protocol - A protocol; a constant
 * @id: Number of the protocol, not that of the base protocol.
 * @version: Version: the major one in the upper 16 bits.
 * @attributes: Answer to PROTOCOL_ATTRIBUTES after the status.
 * @attributes_bytes: Size of @attributes.
 * @handlers: Messages.
 * @handler_count: Number of entries in @handlers.
 */
struct vwr_vscmi_protocol {
    uint8_t id;
    uint32_t version;
    const uint8_t *attributes;
    uint32_t attributes_bytes;
    const struct vwr_vscmi_handler *handlers;
    unsigned handler_count;
};

/**
 * struct vwr_vscmi_ops - Hooks of the VMM
 * @reset: The guest has reset the device: nothing that it has requested is valid any more. May be NULL.
 * @ready: The guest has added buffers after vwr_vscmi_notify() has returned VWR_EFULL. May be NULL.
 *
 * The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vscmi_ops {
    void (*reset)(struct vwr_vscmi *v);
    void (*ready)(struct vwr_vscmi *v);
};

/**
 * struct vwr_vscmi_options - Options of vwr_vscmi_init()
 * @ops: Hooks; NULL: none.
 * @context: Stored in the device.
 * @protocols: Protocols, with ascending numbers. They must stay valid as long as the device.
 * @protocol_count: Number of entries in @protocols, up to 255.
 * @vendor: Name of the vendor, up to 15 characters.
 * @sub_vendor: Name of the sub-vendor; NULL: there is none.
 * @version: Version of the implementation.
 * @no_events: No handler requests notifications or delayed responses: P2A_CHANNELS is not offered.
 */
struct vwr_vscmi_options {
    const struct vwr_vscmi_ops *ops;
    void *context;
    const struct vwr_vscmi_protocol *protocols;
    unsigned protocol_count;
    const char *vendor;
    const char *sub_vendor;
    uint32_t version;
    bool no_events;
};

/* State of a delayed response; private. */
enum vwr_vscmi_state {
    VWR_VSCMI_FREE = 0,
    VWR_VSCMI_OPEN, /* the command was not answered yet */
    VWR_VSCMI_OWED, /* the VMM has not responded yet */
    VWR_VSCMI_READY /* the guest has no buffer */
};

/* A delayed response; private. */
struct vwr_vscmi_delayed {
    uint32_t header; /* of the response */
    uint32_t bytes;
    uint8_t state; /* enum vwr_vscmi_state */
    uint8_t payload[VWR_VSCMI_BYTES];
};

/**
 * struct vwr_vscmi - An SCMI device
 * @service: Generated service; the first member.
 * @context: For the VMM.
 */
struct vwr_vscmi {
    struct vwr_scmi_vservice service;
    void *context;
    /* private: */
    struct vwr_vscmi_options options;
    bool starved; /* vwr_vscmi_notify() has found no buffer */
    struct vwr_vscmi_delayed delayed[VWR_VSCMI_DELAYED];
    struct vwr_vscmi_message command[VWR_VSCMI_MESSAGES];
    struct vwr_vmessage message[VWR_VSCMI_MESSAGES];
    struct vwr_vseg seg[VWR_SERVICE_SEGS(VWR_VSCMI_MESSAGES, VWR_VSCMI_SEGS)];
};

/** VWR_VSCMI_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VSCMI_QUEUE
#define VWR_VSCMI_QUEUE 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VSCMI_QUEUE), "VWR_VSCMI_QUEUE must be a power of 2");

/**
 * struct vwr_vscmi_own - Memory of an SCMI device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_vscmi_own {
    struct vwr_vqueue queue[VWR_VSCMI_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VSCMI_QUEUES, VWR_VSCMI_QUEUE)];
};

/**
 * vwr_vscmi_init_with() - Initialise an SCMI device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for what they refer to.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: the vendor's name is missing or too long, protocols are not in ascending order, or one is the
 *   base protocol, has no room for its attributes, or a handler without a function.
 * * VWR_ENOMEM: see the device's shortage.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vscmi_init_with(struct vwr_vscmi *v, const struct vwr_vdev_setup *s,
                                       const struct vwr_vscmi_options *options);

/** vwr_vscmi_init() - Initialise an SCMI device in a structure of memory; see vwr_vscmi_init_with() */
VWR_MUST_CHECK static inline int vwr_vscmi_init(struct vwr_vscmi *v, const struct vwr_vdev_setup *setup,
                                                struct vwr_vscmi_own *own,
                                                const struct vwr_vscmi_options *options)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VSCMI_QUEUE);
    return vwr_vscmi_init_with(v, &with, options);
}

/**
 * vwr_vscmi_ticket() - Get the ticket of the command that is being executed
 * @m: Command.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within a handler.
 * Return: The ticket, for vwr_vscmi_done().
 */
static inline uint64_t vwr_vscmi_ticket(const struct vwr_vscmi_message *m)
{
    return m->ticket;
}

/**
 * vwr_vscmi_done() - Complete a command for which a handler has returned VWR_LATER
 * @v: Device.
 * @ticket: Ticket of the command. If it is invalid, the call only increments the device's stats.late.
 * @status: As the handler returns it, but not VWR_LATER.
 * @values: Return values after the status; NULL: they are already in the command's space.
 * @bytes: Number of return values in bytes. If there is not enough space, the status is COMMS_ERROR.
 */
void vwr_vscmi_done(struct vwr_vscmi *v, uint64_t ticket, int status, const void *values, uint32_t bytes);

/**
 * vwr_vscmi_promise() - Promise a delayed response to the command that is being executed
 * @v: Device.
 * @m: Command. If it does not end with SUCCESS, the promise is void.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait. Within a handler.
 * Return: VWR_OK: vwr_vscmi_respond() has to follow, with m->header.
 * * VWR_EFEATURE: the driver has not accepted P2A_CHANNELS.
 * * VWR_EFULL: VWR_VSCMI_DELAYED responses were promised and not sent; the handler returns BUSY.
 * * VWR_EBUSY: a response to an earlier command with the same header was not sent.
 */
VWR_MUST_CHECK int vwr_vscmi_promise(struct vwr_vscmi *v, struct vwr_vscmi_message *m);

/**
 * vwr_vscmi_respond() - Send a delayed response
 * @v: Device.
 * @header: Header of the command.
 * @status: Status. If it is not SUCCESS, no values are sent.
 * @values: Payload after the status; it is copied.
 * @bytes: Size of @values, up to VWR_VSCMI_BYTES - 4.
 *
 * Return: VWR_OK: the response was sent, or will be as soon as the guest has a buffer for it.
 * * VWR_EINVAL: there is no such promise, for example after a reset.
 * * VWR_ERANGE: there are too many values.
 */
int vwr_vscmi_respond(struct vwr_vscmi *v, uint32_t header, int status, const void *values, uint32_t bytes);

/**
 * vwr_vscmi_notify() - Send a notification
 * @v: Device.
 * @protocol: Protocol.
 * @message: Message of the protocol.
 * @payload: Payload.
 * @bytes: Size of @payload.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: the driver has not accepted P2A_CHANNELS, or there is no driver.
 * * VWR_EFULL: the guest has no buffer that is long enough now. The hook @ready is called when it has added
 *   some. The VMM may drop the notification.
 */
VWR_MUST_CHECK int vwr_vscmi_notify(struct vwr_vscmi *v, uint8_t protocol, uint8_t message,
                                    const void *payload, uint32_t bytes);

/**
 * vwr_vscmi_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vscmi_dev(struct vwr_vscmi *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif

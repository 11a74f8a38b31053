/* SPDX-License-Identifier: MIT */
#ifndef VWR_SCMI_H
#define VWR_SCMI_H

#include "vwr/bytes.h"
#include "vwr/client/scmi.h"
#include "vwr/message.h"
#include "vwr/scmi_message.h"

VWR_BEGIN_C

/**
 * DOC: SCMI device, driver side
 *
 * The driver sends commands of Arm's SCMI to a platform, and receives its notifications and delayed
 * responses. What is in a message is its protocol's::
 *
 *     const struct vwr_scmi_command get = {.protocol = VWR_SCMI_SENSOR, .message = 6, .params = which,
 *                                          .params_bytes = 8, .values_bytes = 8};
 *
 *     r = vwr_scmi_open(c, d, options);
 *     r = vwr_scmi_protocols(c, list, sizeof(list));   // number of protocols besides the base protocol
 *     r = vwr_scmi_do(c, &get, &answer);               // waits; answer.values is what follows the status
 *     r = vwr_scmi_send(c, &get, 7);                   // without waiting; several may be in flight
 *     while ((r = vwr_scmi_reap(c, &answer)) == 1)     // answer.tag is 7
 *         ...
 *     while ((r = vwr_scmi_poll(c, &event)) == 1)      // a notification, or a delayed response
 *         ...
 *
 * Rules:
 *
 * - Commands may be executed in any order and in parallel. A command that depends on another one must not be
 *   sent before that one was answered.
 * - Parameters and return values are copied; nothing of the caller is in flight. They are bytes, with numbers
 *   in little-endian order.
 * - The driver chooses tokens. A response whose header is not that of its command, or that has no status,
 *   fails with VWR_EPROTO. A delayed response for which no command waits is dropped and counted in
 *   client.ignored.
 * - A delayed response may arrive before the answer to its command. After an answer with VWR_OK there is
 *   exactly one delayed response (vwr_scmi_poll()), unless vwr_scmi_forget() was called; a reset ends the
 *   wait with VWR_ERESET.
 * - A recovery does not send commands again that were in flight, because they may have been executed. It
 *   sends those of vwr_scmi_set() again, such as requests for notifications, in the order of their numbers.
 *   vwr_scmi_poll() and vwr_scmi_reap() continue this without waiting, and each blocking call completes
 *   it first. restore.lost counts the commands that the device refused.
 * - SHARED_MEMORY is not accepted: the layouts of its regions are not part of the VIRTIO specification, and
 *   every value in them can be read with a command.
 * - What the device writes is untrusted input.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: SCMI Device.
 */

/** VWR_SCMI_QUEUE - Number of descriptors of the command queue, a power of 2 */
#ifndef VWR_SCMI_QUEUE
#define VWR_SCMI_QUEUE 32u
#endif

/** VWR_SCMI_COMMANDS - Maximum number of commands of vwr_scmi_send() that are not finished, up to 14 */
#ifndef VWR_SCMI_COMMANDS
#define VWR_SCMI_COMMANDS 8u
#endif

/** VWR_SCMI_SETTINGS - Number of commands that a recovery sends again */
#ifndef VWR_SCMI_SETTINGS
#define VWR_SCMI_SETTINGS 4u
#endif

/** VWR_SCMI_BYTES - Maximum size of parameters, and of a status with return values, in bytes */
#ifndef VWR_SCMI_BYTES
#define VWR_SCMI_BYTES 128u
#endif

/** VWR_SCMI_EVENTS - Number of descriptors and buffers of the event queue, a power of 2 */
#ifndef VWR_SCMI_EVENTS
#define VWR_SCMI_EVENTS 8u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_SCMI_QUEUE) && VWR_QUEUE_SIZE_IS_WHOLE(VWR_SCMI_EVENTS),
                  "VWR_SCMI_QUEUE and VWR_SCMI_EVENTS must be powers of 2");
VWR_STATIC_ASSERT(VWR_SCMI_COMMANDS > 0 && VWR_SCMI_COMMANDS <= 14, "at least one command, and a token each");
VWR_STATIC_ASSERT(VWR_SCMI_BYTES >= 32 && VWR_SCMI_BYTES <= VWR_SCMI_BYTES_MAX && VWR_SCMI_BYTES % 4 == 0,
                  "VWR_SCMI_BYTES must be a multiple of 4 from 32 to VWR_SCMI_BYTES_MAX");

#define VWR_SCMI_HEADER_BYTES ((uint32_t)sizeof(vwr_le32))
#define VWR_SCMI_STATUS_BYTES ((uint32_t)sizeof(vwr_le32))
#define VWR_SCMI_REQUESTS (VWR_SCMI_COMMANDS + 2u) /* and those of a blocking call and of a recovery */
#define VWR_SCMI_SLOT \
    VWR_CLIENT_SLOT_BYTES(VWR_SCMI_HEADER_BYTES + VWR_SCMI_BYTES, VWR_SCMI_HEADER_BYTES + VWR_SCMI_BYTES)

/** VWR_SCMI_EVENT_BYTES - Size of the buffer for a notification or a delayed response in bytes */
#define VWR_SCMI_EVENT_BYTES                                                                  \
    ((VWR_SCMI_HEADER_BYTES + VWR_SCMI_BYTES + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * \
     VWR_PORT_DMA_ALIGN)

/**
 * struct vwr_scmi_command - A command
 * @protocol: Protocol: enum vwr_scmi_protocol, or another one.
 * @message: Message of the protocol.
 * @notifies: The command requests notifications: it is sent only with P2A_CHANNELS.
 * @delayed: The command requests a delayed response: it is sent only with P2A_CHANNELS, and only by
 *   vwr_scmi_send().
 * @params: Parameters.
 * @params_bytes: Size of @params, up to VWR_SCMI_BYTES.
 * @values_bytes: Space for return values after the status: as many as the message can have, up to
 *   VWR_SCMI_BYTES - 4.
 * @values_least: Return values that a successful command has; with less, it fails with VWR_EPROTO.
 */
struct vwr_scmi_command {
    uint8_t protocol;
    uint8_t message;
    bool notifies;
    bool delayed;
    const void *params;
    uint32_t params_bytes;
    uint32_t values_bytes;
    uint32_t values_least;
};

/**
 * struct vwr_scmi_answer - The answer to a command
 * @result: VWR_OK: the status is VWR_SCMI_S_SUCCESS. Errors: as documented for vwr_scmi_do().
 * @tag: Number that the caller has passed to vwr_scmi_send().
 * @status: Status: enum vwr_scmi_status, or another one. 0 if there was no status.
 * @bytes: Number of bytes of @values; 0 unless @result is VWR_OK.
 * @values: Return values after the status.
 */
struct vwr_scmi_answer {
    int result;
    uint32_t tag;
    int status;
    uint32_t bytes;
    uint8_t values[VWR_SCMI_BYTES];
};

/**
 * struct vwr_scmi_event - A notification or a delayed response
 * @protocol: Protocol.
 * @message: Message of the protocol.
 * @delayed: It is the delayed response to the command with @answer.tag; the device has finished it. false: it
 *   is a notification, and all of it is in @answer.values.
 * @answer: Like the answer to a command. The result VWR_ERESET means that a reset has ended the wait for the
 *   delayed response.
 */
struct vwr_scmi_event {
    uint8_t protocol;
    uint8_t message;
    bool delayed;
    struct vwr_scmi_answer answer;
};

/**
 * struct vwr_scmi_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @commands: Command queue, with the commands and their responses.
 * @event_ring: Ring of the event queue.
 * @event: Buffers for notifications and delayed responses.
 */
struct vwr_scmi_shared {
    uint8_t commands[VWR_CLIENT_SHARED_BYTES(VWR_SCMI_QUEUE, VWR_SCMI_REQUESTS, VWR_SCMI_SLOT, 1u)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_SCMI_EVENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_SCMI_EVENTS][VWR_SCMI_EVENT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_scmi_options - Options of vwr_scmi_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other members.
 *   The deadline does not apply to delayed responses.
 */
struct vwr_scmi_options {
    struct vwr_scmi_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/* State of a command; private. */
enum vwr_scmi_state {
    VWR_SCMI_FREE = 0,
    VWR_SCMI_SENT,   /* it was not returned by vwr_scmi_reap() */
    VWR_SCMI_AWAITED /* its delayed response was not returned by vwr_scmi_poll() */
};

/* A command and its response; private. */
struct vwr_scmi_call {
    struct vwr_client_call call; /* first */
    struct vwr_client_row row;
    uint32_t header;
    uint32_t tag;
    uint32_t bytes; /* return values after the status */
    uint32_t least;
    uint8_t state; /* enum vwr_scmi_state */
    uint8_t turn;  /* a part of the token that changes when a delayed response is given up */
    bool delayed;
    bool heard; /* the delayed response came before the answer */
    bool lost;  /* a reset has ended the wait for the delayed response */
    uint8_t out[VWR_SCMI_HEADER_BYTES + VWR_SCMI_BYTES];
    uint8_t back[VWR_SCMI_HEADER_BYTES + VWR_SCMI_BYTES];
};

/* A command that a recovery sends again; private. */
struct vwr_scmi_setting {
    struct vwr_scmi_command command;
    bool used;
    uint8_t params[VWR_SCMI_BYTES];
};

/**
 * struct vwr_scmi - An SCMI device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client; client.ignored counts messages of the event queue that were dropped.
 * @options: Options.
 * @restore: Commands that a recovery sends again; restore.lost counts those that the device refused.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_scmi {
    union {
        struct vwr_bringup bringup;
        struct vwr_scmi_client client;
    };
    struct vwr_scmi_options options;
    struct vwr_client_restore restore;
    /* private: */
    struct vwr_scmi_call request[VWR_SCMI_REQUESTS]; /* then those of a blocking call and of a recovery */
    struct vwr_scmi_setting setting[VWR_SCMI_SETTINGS];
    struct vwr_receive_buffer event_buffer[VWR_SCMI_EVENTS];
    uint64_t command_own[(VWR_REQUEST_OWN_BYTES(VWR_SCMI_QUEUE, VWR_SCMI_REQUESTS) + 7u) / 8u];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_SCMI_EVENTS) + 7u) / 8u];
};

/** enum vwr_scmi_fault - Faults of an SCMI device: see vwr/fault.h */
enum vwr_scmi_fault {
    VWR_FAULT_SCMI_HEADER = VWR_FAULT(VWR_FAULT_CLASS, VWR_EPROTO),     /* where: header; got: header */
    VWR_FAULT_SCMI_VALUES = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EPROTO), /* where: header; got: bytes */
    VWR_FAULT_SCMI_LIST = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO)    /* where: header; got: protocols */
};

/**
 * vwr_scmi_open() - Open an SCMI device
 * @c: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live, and its buffers for events are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an SCMI device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_scmi_open(struct vwr_scmi *c, struct vwr_dev *d,
                                 const struct vwr_scmi_options *options);

/** vwr_scmi_bringup - Class of SCMI devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_scmi_bringup;

/**
 * vwr_scmi_do() - Send a command and wait for its answer
 * @c: Device.
 * @m: Command; it is copied.
 * @answer: Filled in, also after an error. Its tag is 0.
 *
 * Return: VWR_OK: the status is VWR_SCMI_S_SUCCESS.
 * * VWR_EUNSUPP: the status is VWR_SCMI_S_NOT_SUPPORTED.
 * * VWR_EIO: the status is another one: answer->status.
 * * VWR_EPROTO: the answer has no status, another header than the command, or too few return values.
 * * VWR_EINVAL: the sizes are too large, or the command is a delayed one; nothing was sent.
 * * VWR_EFEATURE: the command requires P2A_CHANNELS, which was not negotiated; nothing was sent.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier command of this function is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_scmi_do(struct vwr_scmi *c, const struct vwr_scmi_command *m,
                               struct vwr_scmi_answer *answer);

/**
 * vwr_scmi_set() - Send a command that a recovery sends again, and wait for its answer
 * @c: Device.
 * @n: Number of the setting, below VWR_SCMI_SETTINGS. The command replaces the one with this number if it
 *   succeeds.
 * @m: Command; it is copied.
 * @answer: Filled in, also after an error.
 *
 * Return: The same as vwr_scmi_do().
 * * VWR_EINVAL: @n is too large.
 */
VWR_MUST_CHECK int vwr_scmi_set(struct vwr_scmi *c, unsigned n, const struct vwr_scmi_command *m,
                                struct vwr_scmi_answer *answer);

/**
 * vwr_scmi_unset() - Exclude a setting from recoveries
 * @c: Device.
 * @n: Number of the setting. Nothing is sent.
 */
void vwr_scmi_unset(struct vwr_scmi *c, unsigned n);

/**
 * vwr_scmi_send() - Send a command without waiting
 * @c: Device.
 * @m: Command; it is copied.
 * @tag: Any number, for vwr_scmi_reap() and vwr_scmi_poll().
 *
 * Return: VWR_OK: the command is in flight until vwr_scmi_reap() returns its tag.
 * * VWR_EFULL: VWR_SCMI_COMMANDS commands are in flight or wait for a delayed response.
 * * VWR_EBUSY: a recovery has not sent all settings yet; call vwr_scmi_reap() and send it again.
 * * VWR_EINVAL: the sizes are too large.
 * * VWR_EFEATURE: the command requires P2A_CHANNELS, which was not negotiated.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * Other errors: the same as vwr_request_submit(), and after a recovery as vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_scmi_send(struct vwr_scmi *c, const struct vwr_scmi_command *m, uint32_t tag);

/**
 * vwr_scmi_reap() - Get the answer to the next command that is no longer in flight
 * @c: Device. The call also continues a recovery.
 * @answer: Filled in.
 *
 * Return: 1: *answer is the answer to a command, in any order. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_scmi_reap(struct vwr_scmi *c, struct vwr_scmi_answer *answer);

/**
 * vwr_scmi_poll() - Get the next notification or delayed response
 * @c: Device. The call also continues a recovery.
 * @event: Filled in.
 *
 * Return: 1: there is one. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_receive_reap(), vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_scmi_poll(struct vwr_scmi *c, struct vwr_scmi_event *event);

/**
 * vwr_scmi_forget() - Stop waiting for a delayed response
 * @c: Device.
 * @tag: Tag of a command that was answered. The delayed response is dropped if it comes.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: no command with this tag waits for a delayed response.
 */
int vwr_scmi_forget(struct vwr_scmi *c, uint32_t tag);

/**
 * vwr_scmi_arm() - Enable the interrupts for the next answer and the next event
 * @c: Device.
 *
 * Return: true: the interrupts are enabled. false: there may be something already, or the device is not open;
 *   call vwr_scmi_reap() and vwr_scmi_poll() again.
 */
VWR_MUST_CHECK bool vwr_scmi_arm(struct vwr_scmi *c);

/**
 * vwr_scmi_version() - Read the version of a protocol
 * @c: Device.
 * @protocol: Protocol.
 * @version: Filled in: the major version in the upper 16 bits, the minor one in the lower.
 *
 * Return: VWR_OK. Errors: the same as vwr_scmi_do(). VWR_EUNSUPP: there is no such protocol.
 */
VWR_MUST_CHECK int vwr_scmi_version(struct vwr_scmi *c, uint8_t protocol, uint32_t *version);

/**
 * vwr_scmi_protocols() - Read the list of protocols
 * @c: Device.
 * @list: Filled in with the protocols besides the base protocol.
 * @most: Number of entries in @list. Further protocols are only counted.
 *
 * Return: The number of protocols, up to 255. Errors: the same as vwr_scmi_do().
 */
VWR_MUST_CHECK int vwr_scmi_protocols(struct vwr_scmi *c, uint8_t *list, unsigned most);

/** vwr_scmi_explain() - Describe the last fault of the device or a queue; see vwr_dev_explain() */
size_t vwr_scmi_explain(const struct vwr_scmi *c, char *text, size_t bytes);

/**
 * struct vwr_scmi_open_own - Private memory of an SCMI device for vwr_open()
 * @scmi: Device; the first member.
 */
struct vwr_scmi_open_own {
    struct vwr_scmi scmi;
};

/**
 * struct vwr_scmi_open_shared - Shared memory of an SCMI device for vwr_open()
 * @queues: Queues and buffers.
 */
struct vwr_scmi_open_shared {
    struct vwr_scmi_shared queues;
};

/** vwr_scmi_open_default() - Open an SCMI device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_scmi_open_default(void *own, void *shared, struct vwr_dev *d,
                                                       const struct vwr_features *avoid)
{
    struct vwr_scmi_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_scmi_shared *)shared;
    return vwr_scmi_open((struct vwr_scmi *)own, d, &options);
}

VWR_END_C

#endif

/* SPDX-License-Identifier: MIT */
#ifndef VWR_CAN_H
#define VWR_CAN_H

#include "vwr/bytes.h"
#include "vwr/can_frame.h"
#include "vwr/client/can.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: CAN device, driver side
 *
 * The driver sends and receives the frames of a CAN controller. The controller takes part in the traffic of
 * its bus after it has been started::
 *
 *     r = vwr_can_open(c, d, options);
 *     r = vwr_can_start(c);
 *     r = vwr_can_send(c, &frame, 7);               // without waiting
 *     while ((r = vwr_can_reap(c, &sent)) == 1)     // sent.tag is 7, sent.result the result of its frame
 *         ...
 *     while ((r = vwr_can_receive(c, &frame)) == 1) // a frame of another node of the bus
 *         ...
 *     if (vwr_can_read_bus_off(c) == 1)             // after a configuration change interrupt
 *         r = vwr_can_start(c);
 *
 * Rules:
 *
 * - Frames are sent in order. With LATE_TX_ACK, a frame has succeeded after it was sent on the bus; without
 *   it, the device may only have queued the frame.
 * - If the controller is stopped, or is bus off, frames fail (VWR_EIO), also those that the device has.
 * - A recovery starts the controller again if vwr_can_start() had started it. Frames in flight end with the
 *   reason of the recovery, and are not sent again, because the device may already have sent them.
 * - The document has no acceptance filters: the driver receives all frames of the bus.
 * - Received frames are checked: the driver drops those that it could not send itself, and counts them in
 *   client.ignored. Their contents are untrusted input.
 * - The device has one owner at a time.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: CAN Device.
 */

/** VWR_CAN_QUEUE - Number of descriptors of the queue of sent frames, a power of 2 */
#ifndef VWR_CAN_QUEUE
#define VWR_CAN_QUEUE 64u
#endif

/** VWR_CAN_FRAMES - Maximum number of sent frames in flight */
#ifndef VWR_CAN_FRAMES
#define VWR_CAN_FRAMES 16u
#endif

/** VWR_CAN_BUFFERS - Number of descriptors and buffers for received frames, a power of 2 */
#ifndef VWR_CAN_BUFFERS
#define VWR_CAN_BUFFERS 32u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_CAN_QUEUE) && VWR_QUEUE_SIZE_IS_WHOLE(VWR_CAN_BUFFERS),
                  "VWR_CAN_QUEUE and VWR_CAN_BUFFERS must be powers of 2");
VWR_STATIC_ASSERT(VWR_CAN_FRAMES > 0, "at least one frame is in flight");

#define VWR_CAN_REQUESTS (VWR_CAN_FRAMES + 1u) /* and the frame of vwr_can_do() */
#define VWR_CAN_CONTROL_QUEUE 8u               /* descriptors of the control queue */
#define VWR_CAN_CONTROLS 2u                    /* one blocking request and one of a recovery */

/** VWR_CAN_BUFFER_BYTES - Size of the buffer for a received frame in bytes */
#define VWR_CAN_BUFFER_BYTES                                                                        \
    ((sizeof(struct vwr_can_rx) + VWR_CAN_FD_BYTES + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * \
     VWR_PORT_DMA_ALIGN)

/** VWR_CAN_DATA_BYTES - Space for the data of a sent frame in bytes */
#define VWR_CAN_DATA_BYTES \
    ((VWR_CAN_FD_BYTES + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

/**
 * struct vwr_can_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @frames: Queue of sent frames.
 * @controls: Control queue.
 * @receive_ring: Ring of the queue of received frames.
 * @buffer: Buffers for received frames.
 * @data: Data of sent frames.
 */
struct vwr_can_shared {
    uint8_t frames[VWR_CLIENT_SHARED_BYTES(VWR_CAN_QUEUE, VWR_CAN_REQUESTS, VWR_CAN_CLIENT_TXQ_SLOT, 1u)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t controls[VWR_CLIENT_SHARED_BYTES(VWR_CAN_CONTROL_QUEUE, VWR_CAN_CONTROLS,
                                             VWR_CAN_CLIENT_CONTROLQ_SLOT, 1u)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t receive_ring[VWR_QUEUE_SHARED_BYTES(VWR_CAN_BUFFERS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t buffer[VWR_CAN_BUFFERS][VWR_CAN_BUFFER_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    uint8_t data[VWR_CAN_REQUESTS][VWR_CAN_DATA_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_can_options - Options of vwr_can_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other members.
 *   The deadline also applies to frames that wait for the bus.
 */
struct vwr_can_options {
    struct vwr_can_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
};

/**
 * struct vwr_can_done - A frame that is no longer in flight
 * @tag: Number that the caller has passed to vwr_can_send().
 * @result: VWR_OK: the frame was sent. VWR_EIO: the device has refused or cancelled it. Any other value: the
 *   device has not answered, or a recovery has ended it for this reason; the device may have sent it.
 */
struct vwr_can_done {
    uint32_t tag;
    int result;
};

/* A frame that the driver sends; private. */
struct vwr_can_request {
    struct vwr_can_client_txq_call call; /* first */
    uint32_t tag;
    bool used;
};

/**
 * struct vwr_can - A CAN device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client; client.ignored counts received frames that were dropped.
 * @options: Options.
 * @restore: The start of the controller after a recovery; restore.lost counts starts that the device refused.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_can {
    union {
        struct vwr_bringup bringup;
        struct vwr_can_client client;
    };
    struct vwr_can_options options;
    struct vwr_client_restore restore;
    /* private: */
    bool started;                              /* a recovery starts the controller again */
    struct vwr_can_client_controlq_call again; /* the request of a recovery */
    struct vwr_can_request request[VWR_CAN_FRAMES];
    struct vwr_receive_buffer receive_buffer[VWR_CAN_BUFFERS];
    uint64_t frames_own[(VWR_REQUEST_OWN_BYTES(VWR_CAN_QUEUE, VWR_CAN_REQUESTS) + 7u) / 8u];
    uint64_t controls_own[(VWR_REQUEST_OWN_BYTES(VWR_CAN_CONTROL_QUEUE, VWR_CAN_CONTROLS) + 7u) / 8u];
    uint64_t receive_own[(VWR_QUEUE_OWN_BYTES(VWR_CAN_BUFFERS) + 7u) / 8u];
};

/**
 * vwr_can_open() - Open a CAN device, whose controller is stopped
 * @c: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live, and its buffers for received frames are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a CAN device.
 * * VWR_EFEATURE: the device offers neither CAN_CLASSIC nor CAN_FD, or options->avoid contains what it
 *   offers.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_can_open(struct vwr_can *c, struct vwr_dev *d, const struct vwr_can_options *options);

/** vwr_can_bringup - Class of CAN devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_can_bringup;

/**
 * vwr_can_start() - Start the controller, also after bus off
 * @c: Device.
 *
 * Return: VWR_OK: it takes part in the traffic of the bus.
 * * VWR_EIO: the device refused the request.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier request is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_can_start(struct vwr_can *c);

/**
 * vwr_can_stop() - Stop the controller
 * @c: Device. Frames in flight fail. A recovery does not start the controller again, even after an error of
 *   this call.
 *
 * Return: The same as vwr_can_start().
 */
VWR_MUST_CHECK int vwr_can_stop(struct vwr_can *c);

/**
 * vwr_can_read_bus_off() - Read whether the controller is bus off
 * @c: Device. If it is bus off, only vwr_can_start() starts the controller again.
 *
 * Return: 1: it is bus off, and the device has cancelled the frames in flight. 0: it is not.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_bringup_read_info().
 */
VWR_MUST_CHECK int vwr_can_read_bus_off(struct vwr_can *c);

/**
 * vwr_can_send() - Send a frame without waiting
 * @c: Device.
 * @f: Frame; it is copied.
 * @tag: Any number, for vwr_can_reap().
 *
 * Return: VWR_OK: the frame is in flight until vwr_can_reap() returns its tag.
 * * VWR_EFULL: VWR_CAN_FRAMES frames are in flight; call vwr_can_reap() and send it again.
 * * VWR_EBUSY: a recovery has not started the controller yet; call vwr_can_reap() and send it again.
 * * VWR_EINVAL, VWR_EFEATURE: the same as vwr_can_check_frame().
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * Other errors: the same as vwr_request_submit(), and after a recovery as vwr_request_reap().
 */
VWR_MUST_CHECK int vwr_can_send(struct vwr_can *c, const struct vwr_can_frame *f, uint32_t tag);

/**
 * vwr_can_reap() - Get the result of the next frame that is no longer in flight
 * @c: Device. The call also continues a recovery.
 * @sent: Filled in.
 *
 * Return: 1: *sent is the result of a frame. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_can_reap(struct vwr_can *c, struct vwr_can_done *sent);

/**
 * vwr_can_do() - Send a frame and wait for its result
 * @c: Device.
 * @f: Frame; it is copied.
 *
 * Return: VWR_OK: the frame was sent; without LATE_TX_ACK, it may only be queued.
 * * VWR_EIO: the device refused or cancelled the frame, for example because the controller is stopped.
 * * VWR_EINVAL, VWR_EFEATURE: the same as vwr_can_check_frame().
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EBUSY: an earlier frame of this function is in flight.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_can_do(struct vwr_can *c, const struct vwr_can_frame *f);

/**
 * vwr_can_receive() - Get the next received frame
 * @c: Device. The call also continues a recovery.
 * @f: Filled in; bytes of f->data after f->length are undefined.
 *
 * Return: 1: there is a frame. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_receive_reap(), vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_can_receive(struct vwr_can *c, struct vwr_can_frame *f);

/**
 * vwr_can_arm() - Enable the interrupts for the next received frame and the next result
 * @c: Device.
 *
 * Return: true: the interrupts are enabled. false: there may be something already; call vwr_can_reap() and
 *   vwr_can_receive() again.
 */
VWR_MUST_CHECK bool vwr_can_arm(struct vwr_can *c);

/** vwr_can_explain() - Describe the last fault of the device or a queue; see vwr_dev_explain() */
static inline size_t vwr_can_explain(const struct vwr_can *c, char *text, size_t bytes)
{
    return vwr_bringup_explain(&c->bringup, &vwr_request_messages, vwr_can_feature_names, text, bytes);
}

/**
 * struct vwr_can_open_own - Private memory of a CAN device for vwr_open()
 * @can: Device; the first member.
 */
struct vwr_can_open_own {
    struct vwr_can can;
};

/**
 * struct vwr_can_open_shared - Shared memory of a CAN device for vwr_open()
 * @queues: Queues, buffers and data.
 */
struct vwr_can_open_shared {
    struct vwr_can_shared queues;
};

/** vwr_can_open_default() - Open a CAN device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_can_open_default(void *own, void *shared, struct vwr_dev *d,
                                                      const struct vwr_features *avoid)
{
    struct vwr_can_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_can_shared *)shared;
    return vwr_can_open((struct vwr_can *)own, d, &options);
}

VWR_END_C

#endif

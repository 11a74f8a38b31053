/* SPDX-License-Identifier: MIT */
#ifndef VWR_VCAN_H
#define VWR_VCAN_H

#include "vwr/can_frame.h"
#include "vwr/service/can.h"

VWR_BEGIN_C

/**
 * DOC: CAN device, device side
 *
 * The device gives a guest a CAN controller. A hook of the VMM sends the guest's frames::
 *
 *     static int send(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
 *     {
 *         (void)ticket;
 *         return socket_write(v->context, f) ? VWR_OK : VWR_EFULL;
 *     }
 *
 * The VMM delivers the frames of the bus, and says when it can send again, or when the controller has left
 * the bus after too many errors::
 *
 *     r = vwr_vcan_receive(v, &frame); // VWR_EFULL: the guest has no buffer; ops.ready follows
 *     vwr_vcan_resume(v);              // after VWR_EFULL: the socket has room again
 *     vwr_vcan_bus_off(v);
 *
 * vwr/vcan_bus.h connects the controllers of several guests.
 *
 * Rules:
 *
 * - The hook gets only frames that the negotiated features and the document allow, and only while the
 *   controller is started. All others fail.
 * - Frames are offered to the hook in order. While the VMM takes none (VWR_EFULL), the device keeps the
 *   guest's buffers, and up to VWR_VCAN_MESSAGES - 1 of them; the others wait in the queue.
 * - When the controller stops, or is bus off, all frames that the device keeps fail, also those that the VMM
 *   has taken (VWR_LATER): their tickets become invalid.
 * - The controller is stopped after a reset. A stopped controller receives nothing.
 * - When the driver suspends the device, the frames that the device keeps fail.
 * - A frame that the VMM has taken when the device is saved is offered again after the load.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: CAN Device.
 */

/**
 * VWR_VCAN_SEGS - Maximum number of segments per chain, for 64 descriptors and some boundaries between
 * regions
 */
#ifndef VWR_VCAN_SEGS
#define VWR_VCAN_SEGS 68u
#endif

#define VWR_VCAN_QUEUES 3u

/** VWR_VCAN_MESSAGES - Number of the guest's requests that the device keeps; the last is for control requests
 */
#ifndef VWR_VCAN_MESSAGES
#define VWR_VCAN_MESSAGES 8u
#endif
VWR_STATIC_ASSERT(VWR_VCAN_MESSAGES > 1, "a frame and a control request have a message each");

struct vwr_vcan;

/**
 * struct vwr_vcan_ops - Hooks of the VMM
 * @send: Send a frame of the guest.
 *
 *   * VWR_OK: the frame is sent. If the driver has not accepted LATE_TX_ACK, it may also be queued for
 *     sending.
 *   * VWR_LATER: the VMM has the frame, and calls vwr_vcan_done() with @ticket after it was sent.
 *   * VWR_EFULL: the VMM cannot take the frame now, and calls vwr_vcan_resume() when it can.
 *   * Any other value: the frame fails.
 * @mode: The guest starts or stops the controller, or a reset stops it (the result is ignored). VWR_OK: the
 *   mode is changed. Any other value: the request fails, and the mode does not change. Also called after a
 *   load (vwr/vstate.h), with the loaded mode. May be NULL.
 * @ready: The guest has added buffers, or its controller has stopped, after vwr_vcan_receive() has returned
 *   VWR_EFULL. May be NULL.
 *
 * The hooks are called with the device's lock held. They may call only the functions of this device that end
 * in _locked.
 */
struct vwr_vcan_ops {
    int (*send)(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket);
    int (*mode)(struct vwr_vcan *v, bool started);
    void (*ready)(struct vwr_vcan *v);
};

/**
 * struct vwr_vcan_options - Options of vwr_vcan_init()
 * @ops: Hooks.
 * @context: Stored in the device.
 * @no_classic: The bus has no classic frames: CAN_CLASSIC is not offered.
 * @no_fd: The bus has no FD frames: CAN_FD is not offered.
 * @no_rtr: The bus has no remote transmission requests: RTR_FRAMES is not offered.
 * @late: @send reports that a frame was sent, and not only queued: LATE_TX_ACK is offered.
 */
struct vwr_vcan_options {
    const struct vwr_vcan_ops *ops;
    void *context;
    bool no_classic;
    bool no_fd;
    bool no_rtr;
    bool late;
};

/**
 * struct vwr_vcan_stats - Counters
 * @sent: Frames of the guest that were sent.
 * @failed: Frames of the guest that were refused or cancelled.
 * @received: Frames that were delivered to the guest.
 * @unfit: Frames of the bus that were dropped because the driver has not accepted their type.
 * @deaf: Frames of the bus that were dropped because the controller was stopped.
 */
struct vwr_vcan_stats {
    vwr_count sent;
    vwr_count failed;
    vwr_count received;
    vwr_count unfit;
    vwr_count deaf;
};

/**
 * struct vwr_vcan - A CAN device
 * @service: Generated service; the first member.
 * @context: For the VMM.
 * @started: The guest has started the controller.
 * @bus_off: The controller is bus off.
 * @stats: Counters.
 */
struct vwr_vcan {
    struct vwr_can_vservice service;
    void *context;
    bool started;
    bool bus_off;
    struct vwr_vcan_stats stats;
    /* private: */
    const struct vwr_vcan_ops *ops;
    bool starved;        /* vwr_vcan_receive() has found no buffer */
    uint8_t waits, left; /* keepers of messages: the hook did not take them; the VMM has them */
    struct vwr_can_frame frame[VWR_VCAN_MESSAGES];
    struct vwr_vmessage message[VWR_VCAN_MESSAGES];
    struct vwr_vseg seg[VWR_SERVICE_SEGS(VWR_VCAN_MESSAGES, VWR_VCAN_SEGS)];
};

/** VWR_VCAN_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VCAN_QUEUE
#define VWR_VCAN_QUEUE 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VCAN_QUEUE), "VWR_VCAN_QUEUE must be a power of 2");

/**
 * struct vwr_vcan_own - Memory of a CAN device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_vcan_own {
    struct vwr_vqueue queue[VWR_VCAN_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VCAN_QUEUES, VWR_VCAN_QUEUE)];
};

/**
 * vwr_vcan_init_with() - Initialise a CAN device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for @ops.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: ops->send is missing, or the bus has neither classic nor FD frames.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vcan_init_with(struct vwr_vcan *v, const struct vwr_vdev_setup *s,
                                      const struct vwr_vcan_options *options);

/** vwr_vcan_init() - Initialise a CAN device in a structure of memory; see vwr_vcan_init_with() */
VWR_MUST_CHECK static inline int vwr_vcan_init(struct vwr_vcan *v, const struct vwr_vdev_setup *setup,
                                               struct vwr_vcan_own *own,
                                               const struct vwr_vcan_options *options)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VCAN_QUEUE);
    return vwr_vcan_init_with(v, &with, options);
}

/**
 * vwr_vcan_receive() - Deliver a frame of the bus to the guest
 * @v: Device.
 * @f: Frame.
 *
 * Return: VWR_OK: the guest has the frame, or its controller is stopped.
 * * VWR_EFULL: the guest has no buffer now. The hook @ready is called when it has added some.
 * * VWR_EUNSUPP: the driver has not accepted frames of this type; the frame was counted.
 */
VWR_MUST_CHECK int vwr_vcan_receive(struct vwr_vcan *v, const struct vwr_can_frame *f);

/**
 * vwr_vcan_receive_locked() - Deliver a frame with the lock held, and without an interrupt
 * @v: Device.
 * @f: Frame.
 *
 * vwr_vcan_signal_locked() interrupts the driver afterwards.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The same as vwr_vcan_receive().
 */
VWR_MUST_CHECK int vwr_vcan_receive_locked(struct vwr_vcan *v, const struct vwr_can_frame *f);

/**
 * vwr_vcan_has_room_locked() - Test whether vwr_vcan_receive_locked() would not return VWR_EFULL now
 * @v: Device.
 *
 * A buffer that is too short for a frame counts. If the result is false, the hook @ready is called when the
 * guest has added buffers.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if it would not.
 */
VWR_MUST_CHECK bool vwr_vcan_has_room_locked(struct vwr_vcan *v);

/**
 * vwr_vcan_signal_locked() - Interrupt the driver for frames that were delivered
 * @v: Device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vcan_signal_locked(struct vwr_vcan *v);

/**
 * vwr_vcan_done() - Report that a frame was sent for which the hook @send has returned VWR_LATER
 * @v: Device.
 * @ticket: Ticket of the frame. If it is invalid, because the frame was cancelled, only stats.late of the
 *   device is incremented.
 * @sent: false: the frame fails.
 */
void vwr_vcan_done(struct vwr_vcan *v, uint64_t ticket, bool sent);

/**
 * vwr_vcan_resume() - Offer frames to the hook @send again, after it has returned VWR_EFULL
 * @v: Device.
 */
void vwr_vcan_resume(struct vwr_vcan *v);

/**
 * vwr_vcan_resume_locked() - vwr_vcan_resume() with the lock held
 * @v: Device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vcan_resume_locked(struct vwr_vcan *v);

/**
 * vwr_vcan_bus_off() - Report that the controller is bus off
 * @v: Device. Nothing happens if the controller is stopped.
 *
 * The controller stops, the frames that the device keeps fail, and the driver is informed. The hook @mode is
 * not called. The controller is bus off until the guest starts or stops it.
 */
void vwr_vcan_bus_off(struct vwr_vcan *v);

/**
 * vwr_vcan_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vcan_dev(struct vwr_vcan *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif

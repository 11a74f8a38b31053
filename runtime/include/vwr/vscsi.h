/* SPDX-License-Identifier: MIT */
#ifndef VWR_VSCSI_H
#define VWR_VSCSI_H

#include "vwr/service/scsi.h"
#include "vwr/vt10.h"

VWR_BEGIN_C

/**
 * DOC: SCSI host device, device side
 *
 * A SCSI host for a guest. Its logical units are disks. For each of them, a table provided by the VMM
 * specifies a target, a unit number and a window of a back end (vwr/vblk.h). The VMM can add, remove and
 * resize units at any time; the guest receives an event and a unit attention::
 *
 *     r = vwr_vscsi_init(v, setup, own, options);
 *     r = vwr_vscsi_add(v, &unit);                    // a struct vwr_vt10_unit
 *     r = vwr_vscsi_resize(v, target, lun, sectors);
 *     r = vwr_vscsi_remove(v, target, lun);
 *
 * A unit executes TEST UNIT READY, REQUEST SENSE, INQUIRY (with the VPD pages 0x00, 0x80, 0x83, 0xb0 and
 * 0xb2), MODE SENSE (caching page), START STOP UNIT (which has no effect), READ CAPACITY, READ, WRITE,
 * SYNCHRONIZE CACHE, UNMAP and REPORT LUNS. It answers other commands with INVALID COMMAND OPERATION CODE.
 *
 * Rules:
 *
 * - A back end must complete each request within its @submit, so it has no @drain. It may also serve disks of
 *   vwr/vblk.h. The member @disk of its requests is NULL.
 * - A read or write that exceeds the byte budget (vwr/vdev.h) is done in parts. Between two parts the command
 *   waits, and task management or the removal of its unit ends it. Any other command is complete when the
 *   device has served its queue.
 * - The device copies a CDB and a parameter list once, and checks the copy. A back end receives only whole
 *   blocks within the unit's window.
 * - The driver may set sense_size and cdb_size to any values. A command fails if its sense data, sense_size
 *   bytes, exceed the byte budget.
 * - If there is no buffer for an event, the next event reports that events were lost.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: SCSI Host Device.
 */

#define VWR_VSCSI_QUEUES 3u    /* control, events, and at least one for requests */
#define VWR_VSCSI_PER_LUN 128u /* cmd_per_lun */
#define VWR_VSCSI_EVENTS       /* to which a driver can subscribe */                                         \
    (VWR_SCSI_EVT_ASYNC_OPERATIONAL_CHANGE | VWR_SCSI_EVT_ASYNC_POWER_MGMT |                                 \
     VWR_SCSI_EVT_ASYNC_EXTERNAL_REQUEST | VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE | VWR_SCSI_EVT_ASYNC_MULTI_HOST | \
     VWR_SCSI_EVT_ASYNC_DEVICE_BUSY)

/**
 * struct vwr_vscsi_options - Options of vwr_vscsi_init()
 * @unit: Table of units. It and the strings of its units must stay valid while the device is in use.
 * @unit_count: Number of entries in @unit, at least 1. vwr_vscsi_add() uses the free rows.
 * @max_target: Highest target for which the driver scans. Include the targets of units that are added later.
 * @message: Memory for commands. @message, @call and @seg must stay valid while the device is in use.
 * @message_count: Number of entries in @message, at least 1: maximum number of commands that wait for their
 *   next part.
 * @call: Memory for commands.
 * @call_count: Number of entries in @call, at least @message_count.
 * @seg: Memory for segments. It is divided into equal shares: one for each command, one for messages from the
 *   device, and one for the command that is being served.
 * @seg_count: Number of entries in @seg: VWR_VSCSI_SEGS(). The queue size is limited to a share, minus one
 *   for each boundary between adjacent regions of guest memory.
 * @seg_max: Maximum number of data segments to report to the driver, if @seg_count allows as many; 0: as many
 *   as @seg_count allows. Linux does not compare it with its queue size, so it must not exceed the smallest
 *   queue size minus 2.
 *
 * vwr_vscsi_init() replaces @message to @seg_count.
 */
struct vwr_vscsi_options {
    struct vwr_vt10_unit *unit;
    uint16_t unit_count;
    uint8_t max_target;
    struct vwr_vmessage *message;
    uint16_t message_count;
    struct vwr_vt10_call *call;
    uint16_t call_count;
    struct vwr_vseg *seg;
    uint32_t seg_count;
    uint16_t seg_max;
};

/**
 * VWR_VSCSI_SEGS() - Number of segments for options->seg
 * @requests: Number of commands: options->message_count.
 * @segments: Number of segments per command, for example 132: the 128 that Linux uses, and some for
 *   boundaries between regions of guest memory.
 */
#define VWR_VSCSI_SEGS(requests, segments) (((requests) + 2u) * (segments))

/**
 * struct vwr_vscsi_stats - Counters of a SCSI host
 * @commands: Commands.
 * @refused: Commands with a response other than OK, or with CHECK CONDITION.
 * @events: Events that were sent.
 * @missed: Events that were lost.
 */
struct vwr_vscsi_stats {
    vwr_count commands;
    vwr_count refused;
    vwr_count events;
    vwr_count missed;
};

/**
 * struct vwr_vscsi - A SCSI host
 * @service: Service; the first member. vwr_vscsi_dev() returns the device.
 * @stats: Counters.
 */
struct vwr_vscsi {
    struct vwr_scsi_vservice service;
    struct vwr_vscsi_stats stats;
    /* private: */
    struct vwr_vt10 t10;
    struct vwr_vt10_call *call;
    uint16_t requests;
    bool missed; /* an event was lost, which the next event reports */
};

/** VWR_VSCSI_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VSCSI_QUEUE
#define VWR_VSCSI_QUEUE 64u
#endif

/** VWR_VSCSI_REQUESTS - Maximum number of commands that wait for their next part */
#ifndef VWR_VSCSI_REQUESTS
#define VWR_VSCSI_REQUESTS 2u
#endif

/** VWR_VSCSI_SEGMENTS - Number of segments per command: VWR_VSCSI_SEGS() */
#ifndef VWR_VSCSI_SEGMENTS
#define VWR_VSCSI_SEGMENTS 132u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VSCSI_QUEUE), "VWR_VSCSI_QUEUE must be a power of 2");

/**
 * struct vwr_vscsi_own - Memory of a SCSI host that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @message: Messages.
 * @call: Commands.
 * @seg: Segments.
 */
struct vwr_vscsi_own {
    struct vwr_vqueue queue[VWR_VSCSI_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VSCSI_QUEUES, VWR_VSCSI_QUEUE)];
    struct vwr_vmessage message[VWR_VSCSI_REQUESTS];
    struct vwr_vt10_call call[VWR_VSCSI_REQUESTS];
    struct vwr_vseg seg[VWR_VSCSI_SEGS(VWR_VSCSI_REQUESTS, VWR_VSCSI_SEGMENTS)];
};

/**
 * vwr_vscsi_init_with() - Initialise a SCSI host with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory. It needs VWR_VSCSI_QUEUES queues, plus one for
 *   each additional request queue.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: two units have the same number, or a number, a string or a block size is invalid.
 * * VWR_ERANGE: a window is outside of its back end, is empty, or is not in whole blocks.
 * * VWR_EUNSUPP: a back end has @drain, or zones.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vscsi_init_with(struct vwr_vscsi *v, const struct vwr_vdev_setup *s,
                                       const struct vwr_vscsi_options *o);

/** vwr_vscsi_init() - Initialise a SCSI host in a structure of memory; see vwr_vscsi_init_with() */
VWR_MUST_CHECK static inline int vwr_vscsi_init(struct vwr_vscsi *v, const struct vwr_vdev_setup *setup,
                                                struct vwr_vscsi_own *own,
                                                const struct vwr_vscsi_options *options)
{
    struct vwr_vscsi_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VSCSI_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.message = own->message;
    sized.message_count = VWR_COUNT(own->message);
    sized.call = own->call;
    sized.call_count = VWR_COUNT(own->call);
    sized.seg = own->seg;
    sized.seg_count = VWR_COUNT(own->seg);
    return vwr_vscsi_init_with(v, &with, &sized);
}

/**
 * vwr_vscsi_dev() - Get the device to pass to vwr_vm_add()
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vscsi_dev(struct vwr_vscsi *v)
{
    return &v->service.service.dev;
}

/**
 * vwr_vscsi_add() - Add a unit
 * @v: Device. With HOTPLUG, the guest receives an event.
 * @unit: Unit; it is copied, except for its strings.
 *
 * Return: VWR_OK.
 * * VWR_EFULL: no row of the table is free.
 * * VWR_EINVAL: the target is above options.max_target.
 * * VWR_EINVAL, VWR_ERANGE, VWR_EUNSUPP: for the same reasons as vwr_vscsi_init().
 */
VWR_MUST_CHECK int vwr_vscsi_add(struct vwr_vscsi *v, const struct vwr_vt10_unit *unit);

/**
 * vwr_vscsi_remove() - Remove a unit
 * @v: Device. With HOTPLUG, the guest receives an event. Commands that wait for their next part fail with
 *   TARGET_FAILURE.
 * @target: Target.
 * @lun: Number of the unit.
 *
 * Return: VWR_OK: the device no longer uses the back end.
 * * VWR_ENODEV: there is no such unit.
 */
VWR_MUST_CHECK int vwr_vscsi_remove(struct vwr_vscsi *v, uint8_t target, uint16_t lun);

/**
 * vwr_vscsi_resize() - Change the size of a unit's window
 * @v: Device. The guest receives a unit attention and, with CHANGE, an event.
 * @target: Target.
 * @lun: Number of the unit.
 * @sectors: New size in sectors; 0: to the end of the back end.
 *
 * A command that waits for its next part fails if the part is beyond the new end.
 *
 * Return: VWR_OK.
 * * VWR_ENODEV: there is no such unit.
 * * VWR_ERANGE: the window is outside of the back end, is empty, or is not in whole blocks.
 */
VWR_MUST_CHECK int vwr_vscsi_resize(struct vwr_vscsi *v, uint8_t target, uint16_t lun, uint64_t sectors);

/**
 * vwr_vscsi_notify() - Report asynchronous events of a unit to a driver that has subscribed to them
 * @v: Device.
 * @target: Target.
 * @lun: Number of the unit.
 * @events: enum vwr_scsi_async_event.
 *
 * Return: VWR_OK, even if the driver has not subscribed to any of the events.
 * * VWR_ENODEV: there is no such unit.
 */
VWR_MUST_CHECK int vwr_vscsi_notify(struct vwr_vscsi *v, uint8_t target, uint16_t lun, uint32_t events);

VWR_END_C

#endif

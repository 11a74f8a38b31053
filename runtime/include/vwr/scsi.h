/* SPDX-License-Identifier: MIT */
#ifndef VWR_SCSI_H
#define VWR_SCSI_H

#include "vwr/bytes.h"
#include "vwr/client/scsi.h"
#include "vwr/t10.h"

VWR_BEGIN_C

/**
 * DOC: SCSI host device, driver side
 *
 * The driver sends SCSI commands to the logical units of a SCSI host. A unit is
 * VWR_SCSI_UNIT(target, lun). struct vwr_scsi_disk is a unit that has blocks::
 *
 *     r = vwr_scsi_open(s, d, options);
 *     n = vwr_scsi_inquiry(s, unit, VWR_SCSI_STANDARD, data, 36);   // bytes
 *     r = vwr_scsi_disk_open(disk, s, unit);
 *     r = vwr_scsi_disk_read(disk, 0, data, 4096);                  // bytes; or without waiting:
 *
 *     struct vwr_scsi_requestq *q = vwr_scsi_get_requestq(s, 0);
 *     r = vwr_scsi_fill_read(request, disk, block, data, bytes);
 *     r = vwr_scsi_submit(q, request);                  // for each of them
 *     vwr_scsi_kick(q);                                 // once
 *     while ((n = vwr_scsi_reap(q, done, 8)) >= 0)      // done[0 .. n) are completed, in any order
 *         ...
 *
 *     while ((r = vwr_scsi_poll(s, notice)) == 1)       // units that come, go and change
 *         ...
 *
 * Rules:
 *
 * - A queue has one owner at a time, which may be an interrupt handler for functions that do not wait. The
 *   owner of the device also owns the first request queue, and makes all calls that take the device or a
 *   disk.
 * - If a unit answers CHECK CONDITION, the result is VWR_EIO, or VWR_EUNSUPP for an unknown
 *   command. vwr_scsi_sense() then returns the sense key and its code, and vwr_scsi_explain()
 *   describes them.
 * - A unit attention reports an earlier event, such as a reset. The unit has not executed the command.
 *   vwr_scsi_command() and requests in flight return it as VWR_EIO. The other calls send the command again,
 *   up to VWR_SCSI_ATTENTIONS times.
 * - The driver leaves sense_size and cdb_size as a reset sets them. It does not accept T10_PI.
 * - A recovery resets the units. Requests that were in flight are returned with an error and are
 *   not resubmitted. The driver subscribes to events again. Events may be missed: the next
 *   vwr_scsi_poll() reports it.
 * - Data are in flight during a call. vwr/result.h describes who owns them when a blocking call returns.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: SCSI Host Device.
 */

/** VWR_SCSI_QUEUE - Number of descriptors of a request queue, a power of 2 */
#ifndef VWR_SCSI_QUEUE
#define VWR_SCSI_QUEUE 64u
#endif

/** VWR_SCSI_CONTROL_QUEUE - Number of descriptors of the control queue, a power of 2 */
#ifndef VWR_SCSI_CONTROL_QUEUE
#define VWR_SCSI_CONTROL_QUEUE 16u
#endif

/** VWR_SCSI_EVENTS - Number of descriptors and buffers of the event queue, a power of 2 */
#ifndef VWR_SCSI_EVENTS
#define VWR_SCSI_EVENTS 8u
#endif

/** VWR_SCSI_REQUESTS - Number of requests in flight per request queue */
#ifndef VWR_SCSI_REQUESTS
#define VWR_SCSI_REQUESTS 8u
#endif

/** VWR_SCSI_SUBSCRIPTIONS - Number of units to whose asynchronous events the driver may subscribe */
#ifndef VWR_SCSI_SUBSCRIPTIONS
#define VWR_SCSI_SUBSCRIPTIONS 4u
#endif

/**
 * VWR_SCSI_TRANSFER - Maximum size in bytes of a command of vwr_scsi_disk_read() and
 *   vwr_scsi_disk_write()
 *
 * The default fits VWR_REQUEST_SEGMENTS pages of 4096 bytes at any address. A command has fewer
 * bytes if max_sectors or seg_max of the device requires it.
 */
#ifndef VWR_SCSI_TRANSFER
#define VWR_SCSI_TRANSFER 61440u
#endif

/** VWR_SCSI_BLOCK_MIN - Size of the smallest logical block of a disk in bytes */
#define VWR_SCSI_BLOCK_MIN 512u
VWR_STATIC_ASSERT(VWR_SCSI_TRANSFER / VWR_SCSI_BLOCK_MIN <= 0xffff, "READ(10) has 16 bits");

/** VWR_SCSI_ATTENTIONS - Number of unit attentions after which a call that waits fails */
#ifndef VWR_SCSI_ATTENTIONS
#define VWR_SCSI_ATTENTIONS 4u
#endif

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_SCSI_QUEUE) &&
                      VWR_QUEUE_SIZE_IS_WHOLE(VWR_SCSI_CONTROL_QUEUE) &&
                      VWR_QUEUE_SIZE_IS_WHOLE(VWR_SCSI_EVENTS),
                  "sizes of queues must be powers of 2");
VWR_STATIC_ASSERT(VWR_SCSI_REQUESTS > 0 && VWR_SCSI_SUBSCRIPTIONS > 0, "there is at least one of each");

/**
 * VWR_SCSI_UNIT() - A logical unit
 * @target: Target, up to 255.
 * @lun: Logical unit of the target, up to 16383.
 */
#define VWR_SCSI_UNIT(target, lun) ((uint32_t)(target) << 16 | (lun))

/** VWR_SCSI_STANDARD - Page of vwr_scsi_inquiry() that selects the standard data */
#define VWR_SCSI_STANDARD 0x100u

/** VWR_SCSI_EVENT_BYTES - Size of the buffer of an event in bytes */
#define VWR_SCSI_EVENT_BYTES \
    ((sizeof(struct vwr_scsi_event) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

#define VWR_SCSI_SMALL 32u                /* data of READ CAPACITY and UNMAP */
#define VWR_SCSI_CONTROLS 2u              /* a call that waits, and one of a recovery */
#define VWR_SCSI_ASYNC_EVENTS 0x7fffffffu /* events are no result below 0 */

/** enum vwr_scsi_fault - Faults of a SCSI host device: see vwr/fault.h. An opcode is an enum vwr_t10_opcode
 */
enum vwr_scsi_fault {
    VWR_FAULT_SCSI_SENSE = VWR_FAULT(VWR_FAULT_CLASS, VWR_EIO),            /* where: opcode; got: sense */
    VWR_FAULT_SCSI_UNSUPP = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EUNSUPP),   /* where: opcode; got: sense */
    VWR_FAULT_SCSI_STATUS = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EIO),       /* where: opcode; got: status */
    VWR_FAULT_SCSI_FULL = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EBUSY),       /* where: opcode; got: status */
    VWR_FAULT_SCSI_RESPONSE = VWR_FAULT(VWR_FAULT_CLASS + 4, VWR_EIO),     /* where: opcode; got: response */
    VWR_FAULT_SCSI_NO_UNIT = VWR_FAULT(VWR_FAULT_CLASS + 5, VWR_ENODEV),   /* where: opcode; got: response */
    VWR_FAULT_SCSI_BUSY = VWR_FAULT(VWR_FAULT_CLASS + 6, VWR_EBUSY),       /* where: opcode; got: response */
    VWR_FAULT_SCSI_RESET = VWR_FAULT(VWR_FAULT_CLASS + 7, VWR_ERESET),     /* where: opcode; got: response */
    VWR_FAULT_SCSI_OVERRUN = VWR_FAULT(VWR_FAULT_CLASS + 8, VWR_EINVAL),   /* where: opcode; got: response */
    VWR_FAULT_SCSI_SENSE_LEN = VWR_FAULT(VWR_FAULT_CLASS + 9, VWR_EPROTO), /* where: opcode; got: sense_len */
    VWR_FAULT_SCSI_RESIDUAL = VWR_FAULT(VWR_FAULT_CLASS + 10, VWR_EPROTO), /* where: opcode; got: residual */
    VWR_FAULT_SCSI_DATA = VWR_FAULT(VWR_FAULT_CLASS + 11, VWR_EPROTO),     /* where: opcode; got: bytes */
    VWR_FAULT_SCSI_CAPACITY = VWR_FAULT(VWR_FAULT_CLASS + 12, VWR_EPROTO), /* where: unit; got: block size */
    VWR_FAULT_SCSI_ANSWER = VWR_FAULT(VWR_FAULT_CLASS + 13, VWR_EPROTO),   /* where: message; got: response */
    VWR_FAULT_SCSI_CONTROL = VWR_FAULT(VWR_FAULT_CLASS + 14, VWR_EIO),     /* where: message; got: response */
    VWR_FAULT_SCSI_CONTROL_UNIT =
        VWR_FAULT(VWR_FAULT_CLASS + 15, VWR_ENODEV),                       /* where: message; got: response */
    VWR_FAULT_SCSI_REJECTED = VWR_FAULT(VWR_FAULT_CLASS + 16, VWR_EUNSUPP) /* where: message; got: response */
};

/**
 * struct vwr_scsi_request - A SCSI command
 * @call: Message. The caller may set call.req.token and read call.req.result.
 * @unit: Unit, VWR_SCSI_UNIT().
 * @task_attr: enum vwr_scsi_task_attr. Set by the caller; 0: SIMPLE.
 * @id: Tag for task management, unique in the device; valid while the request is in flight.
 * @count: Bytes that were transferred, in both directions together; valid if the device has
 *   executed the command.
 * @response: Response of the device: enum vwr_scsi_response.
 * @status: SCSI status: enum vwr_t10_status. 0 if the device has not executed the command.
 * @sense_bytes: Size of the sense data in bytes; see vwr_scsi_sense().
 *
 * The caller must zero the request before its first use and keep it in private memory. The request and its
 * data are in flight from vwr_scsi_submit() until vwr_scsi_reap() or vwr_scsi_wait() returns it.
 */
struct vwr_scsi_request {
    struct vwr_client_call call;
    uint32_t unit;
    uint32_t count;
    uint64_t id;
    uint8_t task_attr;
    uint8_t response;
    uint8_t status;
    uint8_t sense_bytes;
    /* private: */
    uint32_t opcode;
    uint64_t data_bytes;
    struct {
        struct vwr_scsi_command_msg_form command;
        uint8_t cdb[VWR_SCSI_CDB_DEFAULT_SIZE];
    } VWR_PACKED out;
    struct {
        struct vwr_scsi_command_answer_form answer;
        uint8_t sense[VWR_SCSI_SENSE_DEFAULT_SIZE];
    } VWR_PACKED back;
};

/* Events of a unit that a recovery subscribes to again; private. */
struct vwr_scsi_subscription {
    uint32_t unit;
    uint32_t events; /* 0: none */
};

#define VWR_SCSI_SLOT                                                  \
    VWR_CLIENT_SLOT_BYTES(sizeof(((struct vwr_scsi_request *)0)->out), \
                          sizeof(((struct vwr_scsi_request *)0)->back))

/**
 * struct vwr_scsi_requestq_shared - Shared memory of a request queue, which need not be initialised
 *   (see struct vwr_queue_memory)
 * @queue: Queue.
 */
struct vwr_scsi_requestq_shared {
    uint8_t queue[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_SCSI_QUEUE,
        VWR_SCSI_SMALL + VWR_SCSI_REQUESTS * VWR_REQUEST_SLOT_BYTES(VWR_SCSI_SLOT, VWR_REQUEST_SEGMENTS))];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/**
 * struct vwr_scsi_shared - Shared memory of the device (see struct vwr_queue_memory); it need not
 *   be initialised
 * @requests: The first request queue.
 * @control: Control queue.
 * @event_ring: Ring of the event queue.
 * @event: Buffers for events.
 */
struct vwr_scsi_shared {
    struct vwr_scsi_requestq_shared requests;
    uint8_t control[VWR_QUEUE_SHARED_BYTES_WITH(
        VWR_SCSI_CONTROL_QUEUE, VWR_SCSI_CONTROLS *VWR_REQUEST_SLOT_BYTES(VWR_SCSI_CLIENT_CONTROLQ_SLOT, 1u))]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_SCSI_EVENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_SCSI_EVENTS][VWR_SCSI_EVENT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_scsi_requestq - A request queue
 * @client: Queue. Any thread may read client.requests.stats and client.requests.queue.stats; the
 *   rest is private.
 */
struct vwr_scsi_requestq {
    struct vwr_clientq client;
    /* private: */
    uint64_t ids; /* number of requests, for their tags */
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_SCSI_QUEUE, VWR_SCSI_REQUESTS) + 7u) / 8u];
};

/**
 * struct vwr_scsi_options - Options of vwr_scsi_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 * @more: Further request queues, in private memory that need not be initialised. The driver uses as many of
 *   them as the device has. They must remain valid as long as @shared.
 * @more_count: Number of entries in @more.
 * @more_shared: Their shared memory. It must remain valid as long as @shared.
 * @more_shared_count: Number of entries in @more_shared, at least @more_count.
 */
struct vwr_scsi_options {
    struct vwr_scsi_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
    struct vwr_scsi_requestq *more;
    unsigned more_count;
    struct vwr_scsi_requestq_shared *more_shared;
    unsigned more_shared_count;
};

/**
 * struct vwr_scsi - A SCSI host device
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client. client.info has the
 *   configuration: client.info.max_channel, client.info.max_target and client.info.max_lun are hints
 *   for a scan, and client.info.event_info_size is the device's largest event. client.info.cmd_per_lun
 *   limits the commands in flight in all queues together. Any thread may read the counters and the
 *   fault of client.eventq.
 * @options: Options.
 * @queue_count: Number of request queues.
 * @attentions: Unit attentions after which a command was sent again.
 * @restore: Subscriptions, which a recovery sends again: restore.lost counts those that the device
 *   refused.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_scsi {
    union {
        struct vwr_bringup bringup;
        struct vwr_scsi_client client;
    };
    struct vwr_scsi_options options;
    unsigned queue_count;
    vwr_count attentions;
    struct vwr_client_restore restore;
    /* private: */
    struct vwr_scsi_requestq first;
    struct vwr_scsi_request request;            /* of the blocking call */
    struct vwr_scsi_client_controlq_call again; /* the message of a recovery */
    struct vwr_scsi_subscription subscription[VWR_SCSI_SUBSCRIPTIONS];
    bool missed; /* the next poll reports it */
    struct vwr_receive_buffer event_buffer[VWR_SCSI_EVENTS];
    uint64_t control_own[(VWR_REQUEST_OWN_BYTES(VWR_SCSI_CONTROL_QUEUE, VWR_SCSI_CONTROLS) + 7u) / 8u];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_SCSI_EVENTS) + 7u) / 8u];
};

/**
 * vwr_scsi_open() - Open a SCSI host device
 * @s: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live, and its buffers for events are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a SCSI host device.
 * * VWR_EPROTO: sense_size or cdb_size is not the value after a reset, or there is no request
 *   queue.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_scsi_open(struct vwr_scsi *s, struct vwr_dev *d,
                                 const struct vwr_scsi_options *options);

/** vwr_scsi_bringup - Class of SCSI host devices, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_scsi_bringup;

/**
 * vwr_scsi_sense() - Decode the sense data of a command
 * @x: Command that has completed.
 *
 * Return: VWR_T10_SENSE(); 0: there are none. vwr_t10_put_sense() describes it.
 */
uint32_t vwr_scsi_sense(const struct vwr_scsi_request *x);

/**
 * vwr_scsi_last() - Get the command of the last blocking call
 * @s: Device.
 *
 * Return: The command, with its response, status and sense data.
 */
static inline const struct vwr_scsi_request *vwr_scsi_last(const struct vwr_scsi *s)
{
    return &s->request;
}

/* ---- commands of any unit ---- */

/**
 * vwr_scsi_command() - Execute a command
 * @s: Device.
 * @unit: Unit.
 * @cdb: CDB; it is copied.
 * @cdb_bytes: Size of the CDB in bytes, up to VWR_SCSI_CDB_DEFAULT_SIZE.
 * @out: Data that the unit reads; NULL: none. A command with data in both directions requires
 *   INOUT.
 * @in: Filled in by the unit; NULL: no data.
 *
 * Return: The number of bytes that were transferred.
 * * VWR_EINVAL: the unit or the size of the CDB is invalid.
 * * Other errors: the same as vwr_scsi_do().
 */
VWR_MUST_CHECK int vwr_scsi_command(struct vwr_scsi *s, uint32_t unit, const void *cdb, unsigned cdb_bytes,
                                    const struct vwr_vec *out, const struct vwr_vec *in);

/**
 * vwr_scsi_test_unit_ready() - Test whether a unit accepts commands for its medium
 * @s: Device.
 * @unit: Unit.
 *
 * Return: VWR_OK. Errors: the same as vwr_scsi_command().
 */
VWR_MUST_CHECK int vwr_scsi_test_unit_ready(struct vwr_scsi *s, uint32_t unit);

/**
 * vwr_scsi_request_sense() - Request the sense data of a unit
 * @s: Device.
 * @unit: Unit.
 * @data: Filled in with the sense data, for vwr_t10_sense().
 * @bytes: Size of @data in bytes. The unit sends 255 at most.
 *
 * Return: The number of bytes. Errors: the same as vwr_scsi_command().
 */
VWR_MUST_CHECK int vwr_scsi_request_sense(struct vwr_scsi *s, uint32_t unit, void *data, uint32_t bytes);

/**
 * vwr_scsi_inquiry() - Get the description of a unit
 * @s: Device.
 * @unit: Unit.
 * @page: VWR_SCSI_STANDARD, or the number of a page of vital product data (VPD).
 * @data: Filled in with the data.
 * @bytes: Size of @data in bytes. The unit sends 65535 at most.
 *
 * Return: The number of bytes. Errors: the same as vwr_scsi_command().
 */
VWR_MUST_CHECK int vwr_scsi_inquiry(struct vwr_scsi *s, uint32_t unit, unsigned page, void *data,
                                    uint32_t bytes);

/**
 * vwr_scsi_report_luns() - List the units of a target
 * @s: Device.
 * @target: Target.
 * @data: Filled in with the data, for vwr_t10_report_lun().
 * @bytes: Size of @data in bytes: VWR_T10_LUN, and VWR_T10_LUN for each unit.
 *
 * Return: The number of units in @data.
 * * VWR_ENODEV: there is no such target.
 * * VWR_EPROTO: the answer is too short.
 * * Other errors: the same as vwr_scsi_command().
 */
VWR_MUST_CHECK int vwr_scsi_report_luns(struct vwr_scsi *s, unsigned target, void *data, uint32_t bytes);

/* ---- disks ---- */

/**
 * struct vwr_scsi_disk - A unit with blocks
 * @scsi: Device.
 * @blocks: Number of blocks.
 * @block_bytes: Size of a block in bytes, a power of 2 from 512 to 65536.
 * @unit: Unit.
 * @ten: The driver sends READ(10) and WRITE(10), because the unit rejects the 16-byte commands.
 * @unmaps: The unit supports UNMAP.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_scsi_disk {
    struct vwr_scsi *scsi;
    uint64_t blocks;
    uint32_t block_bytes;
    uint32_t unit;
    bool ten;
    bool unmaps;
};

/**
 * vwr_scsi_disk_open() - Prepare a disk: test whether it is ready, and read its capacity
 * @d: Disk; it need not be initialised.
 * @s: Device.
 * @unit: Unit.
 *
 * Return: VWR_OK.
 * * VWR_EPROTO: the capacity is invalid.
 * * Other errors: the same as vwr_scsi_command().
 */
VWR_MUST_CHECK int vwr_scsi_disk_open(struct vwr_scsi_disk *d, struct vwr_scsi *s, uint32_t unit);

/**
 * vwr_scsi_disk_update() - Read the capacity again, after a notice or a unit attention
 * @d: Disk.
 *
 * Return: The same as vwr_scsi_disk_open().
 */
VWR_MUST_CHECK int vwr_scsi_disk_update(struct vwr_scsi_disk *d);

/**
 * vwr_scsi_disk_read() - Read blocks
 * @d: Disk.
 * @block: First block.
 * @data: Filled in with the data.
 * @bytes: Size of @data in bytes, a multiple of @d->block_bytes. A large transfer takes several
 *   commands.
 *
 * Return: VWR_OK.
 * * VWR_EFAILED: the disk was not opened, or the queue is stopped.
 * * VWR_EALIGN: @bytes is not a multiple of @d->block_bytes.
 * * VWR_ERANGE: the blocks are beyond the end of the disk.
 * * VWR_EPROTO: the unit has transferred fewer bytes, or the answer is invalid.
 * * Other errors: the same as vwr_scsi_command().
 */
VWR_MUST_CHECK int vwr_scsi_disk_read(struct vwr_scsi_disk *d, uint64_t block, void *data, size_t bytes);

/**
 * vwr_scsi_disk_write() - Write blocks
 * @d: Disk.
 * @block: First block.
 * @data: Data.
 * @bytes: Size of @data in bytes, a multiple of @d->block_bytes. A large transfer takes several
 *   commands.
 *
 * Return: The same as vwr_scsi_disk_read(). After an error a part of the data may have been
 *   written.
 */
VWR_MUST_CHECK int vwr_scsi_disk_write(struct vwr_scsi_disk *d, uint64_t block, const void *data,
                                       size_t bytes);

/**
 * vwr_scsi_disk_flush() - Make the written data persistent (SYNCHRONIZE CACHE)
 * @d: Disk.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_scsi_disk_read().
 */
VWR_MUST_CHECK int vwr_scsi_disk_flush(struct vwr_scsi_disk *d);

/**
 * vwr_scsi_disk_unmap() - Tell the disk that the contents of blocks are not needed
 * @d: Disk.
 * @block: First block.
 * @count: Number of blocks. The unit may refuse more than its VPD page 0xb0 allows.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the unit does not support UNMAP.
 * * Other errors: the same as vwr_scsi_disk_read().
 */
VWR_MUST_CHECK int vwr_scsi_disk_unmap(struct vwr_scsi_disk *d, uint64_t block, uint32_t count);

/**
 * vwr_scsi_disk_blocks_max() - Get the maximum size of a request of the disk
 * @d: Disk.
 *
 * Return: Number of blocks that fit a request at any address, at least 1.
 */
uint32_t vwr_scsi_disk_blocks_max(const struct vwr_scsi_disk *d);

/* ---- several requests in flight ---- */

/**
 * vwr_scsi_get_requestq() - Get a request queue of a SCSI host
 * @s: Device.
 * @n: Index of the queue, below @s->queue_count.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_scsi_requestq *vwr_scsi_get_requestq(struct vwr_scsi *s, unsigned n)
{
    if (n == 0)
        return &s->first;
    return n < s->queue_count ? &s->options.more[n - 1u] : NULL;
}

/**
 * vwr_scsi_fill() - Prepare a command without data
 * @x: Request that is not in flight.
 * @unit: Unit.
 * @cdb: CDB; it is copied.
 * @bytes: Size of the CDB in bytes, up to VWR_SCSI_CDB_DEFAULT_SIZE.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: the request is in flight.
 * * VWR_EINVAL: the size is invalid.
 */
VWR_MUST_CHECK int vwr_scsi_fill(struct vwr_scsi_request *x, uint32_t unit, const void *cdb, unsigned bytes);

/**
 * vwr_scsi_add_out() - Add data that the unit reads, before all data that it fills in
 * @x: Request that vwr_scsi_fill() has prepared.
 * @data: Data.
 * @bytes: Size in bytes. A request has up to VWR_CLIENT_DATA areas of data, and no more than seg_max of the
 *   device.
 */
static inline void vwr_scsi_add_out(struct vwr_scsi_request *x, const void *data, uint64_t bytes)
{
    vwr_client_add_out(&x->call, data, bytes);
}

/**
 * vwr_scsi_add_in() - Add data that the unit fills in
 * @x: Request that vwr_scsi_fill() has prepared.
 * @data: Filled in by the unit.
 * @bytes: Size in bytes.
 */
static inline void vwr_scsi_add_in(struct vwr_scsi_request *x, void *data, uint64_t bytes)
{
    vwr_client_add_in(&x->call, data, bytes);
}

/**
 * vwr_scsi_fill_read() - Prepare a read of blocks
 * @x: Request that is not in flight.
 * @d: Disk.
 * @block: First block.
 * @data: Filled in with the data.
 * @bytes: Size of @data in bytes, a multiple of @d->block_bytes and up to vwr_scsi_disk_blocks_max()
 *   blocks.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY, VWR_EINVAL: for the same reasons as vwr_scsi_fill().
 * * VWR_EFAILED: the disk was not opened.
 * * VWR_EALIGN: @bytes is not a multiple of @d->block_bytes.
 * * VWR_ERANGE: the blocks are beyond the end of the disk.
 */
VWR_MUST_CHECK int vwr_scsi_fill_read(struct vwr_scsi_request *x, const struct vwr_scsi_disk *d,
                                      uint64_t block, void *data, size_t bytes);

/**
 * vwr_scsi_fill_write() - Prepare a write of blocks
 * @x: Request that is not in flight.
 * @d: Disk.
 * @block: First block.
 * @data: Data.
 * @bytes: Size of @data in bytes, a multiple of @d->block_bytes and up to vwr_scsi_disk_blocks_max()
 *   blocks.
 *
 * Return: The same as vwr_scsi_fill_read().
 */
VWR_MUST_CHECK int vwr_scsi_fill_write(struct vwr_scsi_request *x, const struct vwr_scsi_disk *d,
                                       uint64_t block, const void *data, size_t bytes);

/**
 * vwr_scsi_submit() - Submit a request
 * @q: Queue.
 * @x: Request that vwr_scsi_fill() or a similar function has prepared. It may be submitted again.
 *
 * Return: VWR_OK: the request and its data are in flight.
 * * VWR_EINVAL: the unit or the data are invalid, or the request was not prepared.
 * * VWR_EUNSUPP: there are data in both directions, but INOUT is not negotiated.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_scsi_submit(struct vwr_scsi_requestq *q, struct vwr_scsi_request *x);

/** vwr_scsi_kick() - Notify the device of all requests since the last kick; see vwr_queue_kick() */
static inline bool vwr_scsi_kick(struct vwr_scsi_requestq *q)
{
    return vwr_client_kick(&q->client);
}

/** vwr_scsi_reap() - Return completed requests; see vwr_request_reap() */
VWR_MUST_CHECK static inline int vwr_scsi_reap(struct vwr_scsi_requestq *q, struct vwr_scsi_request **done,
                                               unsigned max)
{
    return vwr_request_reap(&q->client.requests, (struct vwr_req **)(void *)done, max);
}

/**
 * vwr_scsi_wait() - Wait until a request has completed
 * @q: Queue.
 * @x: Request, in flight or completed.
 *
 * Return: VWR_OK: the unit has executed the command.
 * * VWR_EIO: the unit or the device reports an error; see x->response, x->status and
 *   vwr_scsi_sense().
 * * VWR_EUNSUPP: the unit does not support the command.
 * * VWR_ENODEV: there is no such unit.
 * * VWR_EBUSY: the unit or the device cannot execute the command now.
 * * VWR_ERESET: a reset, or a task management function, has cancelled the command.
 * * VWR_EINVAL: the command needs more data than the request has.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_wait().
 */
VWR_MUST_CHECK static inline int vwr_scsi_wait(struct vwr_scsi_requestq *q, struct vwr_scsi_request *x)
{
    return vwr_request_wait(&q->client.requests, &x->call.req);
}

/**
 * vwr_scsi_do() - Submit a request and wait until it has completed
 * @q: Queue.
 * @x: Request that vwr_scsi_fill() or a similar function has prepared.
 *
 * Return: The same as vwr_scsi_submit() and vwr_scsi_wait().
 */
VWR_MUST_CHECK int vwr_scsi_do(struct vwr_scsi_requestq *q, struct vwr_scsi_request *x);

/** vwr_scsi_arm() - Enable the interrupt for completed requests; see vwr_request_arm() */
VWR_MUST_CHECK static inline bool vwr_scsi_arm(struct vwr_scsi_requestq *q, unsigned count)
{
    return vwr_request_arm(&q->client.requests, count);
}

/* ---- task management and events ---- */

/**
 * vwr_scsi_manage() - Execute a task management function
 * @s: Device.
 * @function: enum vwr_scsi_tmf_subtype.
 * @unit: Unit.
 * @id: @id of the request, for ABORT_TASK and QUERY_TASK.
 *
 * A cancelled request completes with VWR_ERESET. Subscriptions that a recovery has to restore are sent
 * first.
 *
 * Return: 0: the function is complete. 1: FUNCTION_SUCCEEDED; for QUERY_TASK and QUERY_TASK_SET, the task
 *   exists.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * VWR_EINVAL: the unit is invalid.
 * * VWR_ENODEV: there is no such unit.
 * * VWR_EUNSUPP: the device does not support the function.
 * * VWR_EIO: the device reports another error.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_scsi_manage(struct vwr_scsi *s, uint32_t function, uint32_t unit, uint64_t id);

/**
 * vwr_scsi_query_events() - Query which asynchronous events a unit can report
 * @s: Device.
 * @unit: Unit.
 * @events: enum vwr_scsi_async_event: events to ask for.
 *
 * Return: Those of @events that the unit supports.
 * * Errors: the same as vwr_scsi_manage().
 */
VWR_MUST_CHECK int vwr_scsi_query_events(struct vwr_scsi *s, uint32_t unit, uint32_t events);

/**
 * vwr_scsi_subscribe() - Subscribe to asynchronous events of a unit
 * @s: Device.
 * @unit: Unit.
 * @events: enum vwr_scsi_async_event; they replace those of an earlier call. 0: none.
 *
 * A recovery subscribes again.
 *
 * Return: Those of @events to which the driver has subscribed.
 * * VWR_EFULL: there are VWR_SCSI_SUBSCRIPTIONS other units.
 * * Other errors: the same as vwr_scsi_manage().
 */
VWR_MUST_CHECK int vwr_scsi_subscribe(struct vwr_scsi *s, uint32_t unit, uint32_t events);

/**
 * struct vwr_scsi_notice - An event
 * @type: enum vwr_scsi_event_type. NO_EVENT: only @missed is valid.
 * @unit: Unit.
 * @reason: For TRANSPORT_RESET enum vwr_scsi_reset_reason, for ASYNC_NOTIFY enum
 *   vwr_scsi_async_event, for PARAM_CHANGE the ASC in bits 0 to 7 and the ASCQ in bits 8 to 15.
 * @missed: Events were lost: the caller scans for units and reads their state again.
 */
struct vwr_scsi_notice {
    uint32_t type;
    uint32_t unit;
    uint32_t reason;
    bool missed;
};

/**
 * vwr_scsi_poll() - Get the next event
 * @s: Device.
 * @notice: Filled in with the event.
 *
 * The device reports units that come and go only with HOTPLUG, and changed parameters only with
 * CHANGE.
 *
 * Return: 1: @notice is valid. 0: there is no event.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_receive_reap(), vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_scsi_poll(struct vwr_scsi *s, struct vwr_scsi_notice *notice);

/**
 * vwr_scsi_arm_events() - Enable the interrupt for the next event
 * @s: Device.
 *
 * Return: true: the interrupt is enabled. false: events may have arrived already; poll again.
 */
VWR_MUST_CHECK static inline bool vwr_scsi_arm_events(struct vwr_scsi *s)
{
    return vwr_receive_arm(&s->client.eventq, 1);
}

/** vwr_scsi_explain() - Describe the last fault of the device or its queues; see vwr_dev_explain() */
size_t vwr_scsi_explain(const struct vwr_scsi *s, char *text, size_t bytes);

/**
 * vwr_scsi_explain_queue() - Describe the last fault of a request queue
 * @q: Queue.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_scsi_explain_queue(const struct vwr_scsi_requestq *q, char *text, size_t bytes);

/**
 * struct vwr_scsi_open_own - Private memory of a SCSI host device for vwr_open()
 * @scsi: Device; the first member.
 *
 * The driver uses one request queue.
 */
struct vwr_scsi_open_own {
    struct vwr_scsi scsi;
};

/**
 * struct vwr_scsi_open_shared - Shared memory of a SCSI host device for vwr_open()
 * @queues: Queues.
 */
struct vwr_scsi_open_shared {
    struct vwr_scsi_shared queues;
};

/** vwr_scsi_open_default() - Open a SCSI host device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_scsi_open_default(void *own, void *shared, struct vwr_dev *d,
                                                       const struct vwr_features *avoid)
{
    struct vwr_scsi_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_scsi_shared *)shared;
    return vwr_scsi_open((struct vwr_scsi *)own, d, &options);
}

VWR_END_C

#endif

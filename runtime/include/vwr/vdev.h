/* SPDX-License-Identifier: MIT */
#ifndef VWR_VDEV_H
#define VWR_VDEV_H

#include "vwr/array.h"
#include "vwr/bytes.h"
#include "vwr/features.h"
#include "vwr/tables.h"
#include "vwr/tolerate.h"
#include "vwr/memory.h"
#include "vwr/vqueue.h"
#include "vwr/gen/mmio.h"

VWR_BEGIN_C

/**
 * DOC: Devices, device side
 *
 * All devices that a VMM offers to a guest have a common part: status, features, queues and configuration. A
 * class (vwr/vblk.h, vwr/vconsole.h and others) has a structure that starts with struct vwr_vdev, and an init
 * function that fills it in. The transport (vwr/vmmio.h) translates the guest's accesses into calls of these
 * functions.
 *
 * Locking: operations on one device are serialised, either because the VMM makes one call at a time or
 *   because the VM has lock hooks. A public function takes the device's lock unless its Context section says
 *   that the lock is held.
 *
 * Budgets: the work per acquisition of the lock is limited, so that no guest can keep others from the lock.
 *   Each queue has a budget of buffers. Each device has a budget of bytes for all of its queues. Charged to
 *   it are all bytes that are copied or passed to a callback of the VMM, and VWR_VDEV_SEG_BYTES for each
 *   descriptor, even if its length is 0. Work may exceed the budget by a single chain, which is always
 *   checked completely, by VWR_VDEV_BYTES_MIN, or by a block of a disk. The documentation of vm->ops->again
 *   describes how the remaining work is done later.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/* Default buffer budget of a queue. */
#define VWR_VDEV_BUDGET 256u

/* Default byte budget of a device. */
#define VWR_VDEV_BUDGET_BYTES 65536u

/* Number of bytes charged for a descriptor. */
#define VWR_VDEV_SEG_BYTES 32u

/* Number of bytes of a buffer that are processed even if the budget is used up. */
#define VWR_VDEV_BYTES_MIN 4096u

/* Default VendorID: "VRWR". */
#define VWR_VDEV_VENDOR 0x52575256u
#define VWR_VDEV_ALLOWED_WORDS (VWR_MMIO_CONFIG / 4u)
#define VWR_VDEV_QUEUE_SIZE_MAX VWR_SPLIT_RING_SIZE_MAX

/**
 * VWR_VDEV_IS_QUEUE_SIZE() - Test whether a queue can have this size
 * @size: Number of descriptors, a constant.
 */
#define VWR_VDEV_IS_QUEUE_SIZE(size) \
    ((size) > 0 && (size) <= VWR_VDEV_QUEUE_SIZE_MAX && ((size) & ((size)-1)) == 0)

struct vwr_vdev;
struct vwr_vm;

/* A hook that is called for a queue. */
typedef void vwr_vm_queue_hook(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue);

/**
 * struct vwr_vm_ops - Hooks of the VMM for the devices of a VM
 * @irq: Set the interrupt line of a device. true: raise the line. The hook is called each time an interrupt
 *   cause is added, so that the VMM can generate an edge. false: the driver has acknowledged all causes; not
 *   called if @edges is set.
 * @edges: Do not call @irq with false, except for a PCI function.
 * @msi: Send a message-signalled interrupt: @data to @addr, as set by the guest in the vector table of a PCI
 *   function (vwr/vpci.h). NULL: functions have no MSI-X.
 * @kicked: Called when the driver has notified @queue. The VMM calls vwr_vdev_serve() soon,
 *   possibly from another thread. NULL: the queue is served within the access.
 * @again: Called when the device's budget is used up and the queue may have more buffers. The VMM must call
 *   vwr_vdev_serve() after it has done other work. If the hook itself calls vwr_vdev_serve(), the queue is
 *   served immediately, and the hook is not called again for it. NULL: @kicked is called instead. If both are
 *   NULL, a call that has used up its byte budget continues, but releases the lock from time to time. If the
 *   buffer budget is used up, work continues at the driver's next acknowledgement or notification, or when
 *   the VMM calls vwr_vdev_serve().
 * @broken: Called when the device has failed. It stays broken until its driver resets it; v->fault is the
 *   reason, which vwr_vdev_explain() describes. May be NULL.
 * @unsafe: true: hardware of a back end may still access buffers that the guest put into its queues, for
 *   example a disk that does not acknowledge a reset (vwr/vblk_disk.h). Do not reuse this memory until the
 *   hook is called with false. v->unsafe has the same value. The back end knows which memory is affected. May
 *   be NULL.
 * @lock: Lock a device; not recursive. If a VM has several CPUs or threads, @lock and @unlock are required.
 *   NULL: the VMM makes one call at a time.
 * @unlock: Unlock a device.
 *
 * The hooks are called with the device's lock held, if the VM has locks. They must not call
 * functions of the same device. In a VMM without locks, a function of the device that a hook calls
 * runs immediately, in the middle of the operation. A reset is safe, but vwr_vdev_serve() within
 * @irq may recurse as deep as the guest chooses.
 */
struct vwr_vm_ops {
    void (*irq)(struct vwr_vm *vm, uint32_t line, bool level);
    bool edges;
    void (*msi)(struct vwr_vm *vm, uint64_t addr, uint32_t data);
    vwr_vm_queue_hook *kicked;
    vwr_vm_queue_hook *again;
    void (*broken)(struct vwr_vm *vm, struct vwr_vdev *v);
    void (*unsafe)(struct vwr_vm *vm, struct vwr_vdev *v, bool unsafe);
    void (*lock)(struct vwr_vm *vm, struct vwr_vdev *v);
    void (*unlock)(struct vwr_vm *vm, struct vwr_vdev *v);
};

/**
 * struct vwr_vm - A VM
 * @ops: Hooks; NULL until vwr_vm_init() has succeeded.
 * @context: For the VMM.
 * @name: Name for messages; may be NULL.
 * @memory: Guest memory.
 * @base: Guest-physical address of the first device window.
 * @stride: Size of a device window in bytes; 0: there are no windows.
 * @slot: Device in each slot; NULL: the slot is empty.
 * @slot_count: Number of entries in @slot.
 * @shortage: The array that was too small, after a vwr_vm_init() that failed with VWR_ENOMEM.
 *
 * vwr_vm_init() (vwr/vm.h) fills in the structure. The public members are read-only, except that the VMM may
 * change the regions in @memory as vwr/memory.h describes.
 */
struct vwr_vm {
    const struct vwr_vm_ops *ops;
    void *context;
    const char *name;
    struct vwr_memory memory;
    uint64_t base;
    uint32_t stride;
    struct vwr_vdev **slot;
    uint32_t slot_count;
    struct vwr_shortage shortage;
    /* private: */
    uint8_t shift;    /* log2 of stride */
    uint64_t mask;    /* stride - 1 */
    uint32_t windows; /* slot_count, or 0 if there are no windows */
};

/**
 * struct vwr_vdev_class - A device class; a constant (for classes)
 * @name: Name, such as "blk".
 * @id: DeviceID.
 * @rules: Dependencies between the class's features.
 * @fields: Configuration fields; they determine what the driver may write.
 * @rule_count: Number of rules.
 * @field_count: Number of fields.
 * @feature_names: Names of the class's features: VWR_WORDS(...), or NULL.
 * @reset: Called when the driver has reset the device. The function must forget the buffers that were popped
 *   from queues: none of the guest's buffers may be accessed after it returns, unless it has called
 *   vwr_vdev_set_unsafe(). If the byte budget is used up, it may set v->leftover to a function that does the
 *   remaining work in the same way. The device calls that function with a new budget, unless the driver has
 *   started to initialise the device meanwhile. May be NULL.
 * @queue_reset: Like @reset, for one queue. May be NULL.
 * @negotiated: Called when the driver has set its features. v->accepted contains them: a subset of the
 *   offered features, with all dependencies met. A modern driver may have left out VERSION_1; the class
 *   returns VWR_EVERSION if a layout depends on it. A negative result rejects the features. For a legacy
 *   device, the function is called for every write and must not reject them. May be NULL.
 * @serve: Pop one buffer of the queue, or up to v->most, and process them now or later. Returns the number of
 *   buffers. 0: there are none, the byte budget is used up (vwr_vdev_charge()), or none can be processed now.
 *   In the last case, the class calls vwr_vdev_serve() as soon as it can process buffers. vwr_vdev_serve()
 *   interrupts the driver.
 * @flush: Start deferred work. Called when vwr_vdev_serve() has served all available buffers, but only if
 *   v->to_flush is set; the caller clears it. May be NULL.
 * @suspend: Called when the driver has set SUSPEND: complete the buffers in flight, or return them.
 *   vwr_vdev_pop() and vwr_vdev_serve() do not pop new ones. The call is repeated until no buffer is in
 *   flight. After a resume, every queue is served. NULL is allowed for a class that neither keeps buffers nor
 *   defers work.
 * @config_written: Called when the driver has written @bytes bytes at @offset of the configuration; v->config
 *   contains the new values. May be NULL.
 * @uses: Test whether the class or its back end has a buffer that overlaps @bytes bytes at @host.
 *   NULL: every buffer in flight is assumed to overlap.
 *
 * All functions are called with the device's lock held.
 */
struct vwr_vdev_class {
    const char *name;
    uint32_t id;
    const struct vwr_feature_rule *rules;
    const struct vwr_config_field *fields;
    uint16_t rule_count;
    uint16_t field_count;
    const struct vwr_name *feature_names;
    void (*reset)(struct vwr_vdev *v);
    void (*queue_reset)(struct vwr_vdev *v, uint16_t queue);
    int (*negotiated)(struct vwr_vdev *v);
    uint16_t (*serve)(struct vwr_vdev *v, struct vwr_vqueue *q);
    void (*flush)(struct vwr_vdev *v, uint16_t queue);
    void (*suspend)(struct vwr_vdev *v);
    void (*config_written)(struct vwr_vdev *v, uint32_t offset, uint32_t bytes);
    bool (*uses)(const struct vwr_vdev *v, const void *host, uint64_t bytes);
};

/**
 * struct vwr_vdev_shm - A region of memory that the device shares with the driver
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 */
struct vwr_vdev_shm {
    uint64_t addr;
    uint64_t bytes;
};

/**
 * struct vwr_vdev_bus - How a device interrupts its driver, if not through vm->ops->irq (for transports)
 * @raise: Called to interrupt the driver for @reason, which is a bit of VWR_MMIO_INTERRUPT_STATUS_*. Add it
 *   to v->interrupt if the driver can read it there. @queue is the queue that contains used buffers; ignore
 *   it for other reasons.
 * @lower: Called when some or all reasons were removed from v->interrupt.
 *
 * The transport (vwr/vpci.h) provides it. The functions are called with the device's lock held.
 */
struct vwr_vdev_bus {
    void (*raise)(struct vwr_vdev *v, uint8_t reason, uint16_t queue);
    void (*lower)(struct vwr_vdev *v);
};

/**
 * struct vwr_vdev_setup - Setup of a device of any class
 * @vm: VM.
 * @line: Interrupt line, for vm->ops->irq.
 * @legacy: Offer the legacy interface: MMIO version 1, or an I/O BAR on PCI.
 * @tolerate: Which violations by drivers the device tolerates (vwr/tolerate.h).
 * @vendor: VendorID; 0: VWR_VDEV_VENDOR.
 * @budget: Buffer budget; 0: VWR_VDEV_BUDGET.
 * @budget_bytes: Byte budget; 0: VWR_VDEV_BUDGET_BYTES.
 * @features: Ring and transport features to offer: INDIRECT_DESC, EVENT_IDX, RING_PACKED, IN_ORDER,
 *   NOTIFICATION_DATA, RING_RESET, SUSPEND. vwr_vdev_features() sets all but IN_ORDER. VERSION_1 depends on
 *   @legacy only.
 * @queue: Memory for queues; need not be initialised.
 * @queue_count: Number of entries in @queue. The class's header states the required number. A class that
 *   supports more queues, such as a disk, uses all of them.
 * @queue_size: QueueSizeMax of each queue, a power of 2. The device reports a smaller value if the
 *   class has less memory for segments: vwr_vdev_limit(). vwr_vm_list() and vwr_vdev_print() show it.
 * @own: Memory for descriptors, which no guest can access.
 * @own_count: Number of entries in @own: VWR_VDEV_OWN().
 * @shm: Regions of shared memory.
 * @shm_count: Number of entries in @shm.
 * @iommu: Member `reach` of an endpoint of an IOMMU that was initialised (vwr/viommu.h): the device accesses
 *   guest memory only as the driver of the IOMMU allows. It is modern, offers ACCESS_PLATFORM, and refuses a
 *   driver that does not accept it. NULL: no IOMMU.
 *
 * The member after each array is the total number of its entries. The init function of a class checks this
 * number. If an array is too small, vwr_vdev_explain() names it and reports its size and the required size.
 *
 * All memory belongs to the VMM and stays in use as long as the device.
 *
 * An init function that takes a structure with the memory, such as struct vwr_vblk_own, replaces @queue to
 * @own_count. If @features is empty, it calls vwr_vdev_features().
 */
struct vwr_vdev_setup {
    struct vwr_vm *vm;
    uint32_t line;
    bool legacy;
    enum vwr_tolerate tolerate;
    uint32_t vendor;
    uint16_t budget;
    uint32_t budget_bytes;
    struct vwr_features features;
    struct vwr_vqueue *queue;
    uint16_t queue_count;
    uint16_t queue_size;
    struct vwr_vqueue_entry *own;
    uint32_t own_count;
    const struct vwr_vdev_shm *shm;
    uint16_t shm_count;
    struct vwr_memory_iommu *iommu;
};

/**
 * VWR_VDEV_OWN() - Number of entries for setup->own
 * @queues: Number of queues.
 * @queue_size: Maximum queue size.
 */
#define VWR_VDEV_OWN(queues, queue_size) ((size_t)(queues) * (queue_size))

/**
 * vwr_vdev_features() - Get the ring and transport features that a device should offer
 * @f: Filled in with all features that the library implements, except IN_ORDER. With IN_ORDER, a buffer takes
 *   more instructions, and the device holds back buffers that it completes in another order. Add IN_ORDER for
 *   a guest whose driver requires it.
 */
void vwr_vdev_features(struct vwr_features *f);

/**
 * vwr_vdev_set_memory() - Copy a setup and set its queues (for classes)
 * @to: Filled in. If no features are set, they are those of vwr_vdev_features().
 * @from: Setup of the VMM; its queues are ignored.
 * @queue: Queues.
 * @queues: Number of queues.
 * @own: Descriptors: @queues times @queue_size.
 * @queue_size: Descriptors of a queue.
 */
static inline void vwr_vdev_set_memory(struct vwr_vdev_setup *to, const struct vwr_vdev_setup *from,
                                       struct vwr_vqueue *queue, unsigned queues,
                                       struct vwr_vqueue_entry *own, unsigned queue_size)
{
    uint32_t any = 0;

    vwr_copy(to, from, sizeof(*to));
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        any |= to->features.w[i];
    if (any == 0)
        vwr_vdev_features(&to->features);
    to->queue = queue;
    to->queue_count = (uint16_t)queues;
    to->queue_size = (uint16_t)queue_size;
    to->own = own;
    to->own_count = (uint32_t)VWR_VDEV_OWN(queues, queue_size);
}

/**
 * struct vwr_vdev_stats - Counters of a device
 * @accesses: Register and configuration accesses.
 * @ignored: Accesses that violate the specification and had no effect.
 * @interrupts: Interrupts, for any reason.
 * @resets: Resets.
 * @late: Answers to requests that no longer existed or had already been answered (see vwr_vdev_claim()).
 */
struct vwr_vdev_stats {
    vwr_count accesses;
    vwr_count ignored;
    vwr_count interrupts;
    vwr_count resets;
    vwr_count late;
};

/**
 * struct vwr_vdev_fault - Why a device is broken or has rejected its driver
 * @kind: enum vwr_vfault, whose comments describe @a and @b; VWR_VFAULT_NONE: there was no fault.
 * @queue: Queue index, for a fault of a queue.
 * @a: Depends on @kind.
 * @b: Depends on @kind.
 *
 * vwr_vdev_explain() turns the four numbers into a sentence. In an image without texts, log them:
 * `./vwr explain --device-fault KIND,QUEUE,A,B` prints the sentence on your computer.
 */
struct vwr_vdev_fault {
    uint16_t kind;
    uint16_t queue;
    uint64_t a;
    uint64_t b;
};

/**
 * struct vwr_vdev - A device
 * @kind: Class.
 * @vm: VM.
 * @bus: How the device interrupts its driver; NULL: through vm->ops->irq.
 * @memory: Memory as the device sees it: the VM's, or that of its endpoint of an IOMMU.
 * @queue: Queues.
 * @queues: Number of queues.
 * @legacy: Legacy interface, such as MMIO version 1.
 * @broken: The device has failed and needs a reset.
 * @unsafe: Hardware may still access guest memory (see vwr_vdev_set_unsafe()).
 * @resetting: A reset is incomplete because of @unsafe.
 * @offered: Offered features.
 * @accepted: Negotiated features, once FEATURES_OK is set. For a legacy device, the features written so far.
 * @config: Configuration bytes of the class, in the guest's byte order: vwr_guest32(v->legacy,
 *   ...).
 * @config_bytes: Size of @config in bytes.
 * @line: Interrupt line.
 * @stats: Counters.
 * @tolerated: What the device has tolerated.
 * @fault: First fault since the last reset.
 * @shortage: The array that was too small, after an init that failed with VWR_ENOMEM.
 *
 * The public members are read-only.
 */
struct vwr_vdev {
    const struct vwr_vdev_class *kind;
    struct vwr_vm *vm;
    const struct vwr_vdev_bus *bus;
    const struct vwr_memory *memory;
    struct vwr_vqueue *queue;
    uint16_t queues;
    bool legacy;
    bool broken;
    bool unsafe;
    bool resetting;
    struct vwr_features offered;
    struct vwr_features accepted;
    void *config;
    uint16_t config_bytes;
    uint32_t line;
    struct vwr_vdev_stats stats;
    struct vwr_tolerated tolerated;
    struct vwr_vdev_fault fault;
    struct vwr_shortage shortage;
    /* private: */
    uint8_t interrupt;
    uint8_t status;
    bool live;        /* DRIVER_OK is set (legacy: DRIVER), and the device is neither failed nor broken */
    bool more;        /* a queue contains buffers for which no notification will arrive */
    bool unfinished;  /* these buffers are served when the lock is released */
    bool config_news; /* the configuration changed while suspended */
    bool loaded;      /* a state was loaded, and the device was not restarted yet */
    bool in_hook;     /* the hook `again` (or `kicked` in its place) is running */
    bool held;        /* PCI: the device is not allowed to access memory over the bus */
    bool locks;       /* the VM has lock hooks */
    bool to_flush;    /* the class has deferred work until flush */
    bool as_qemu;     /* VWR_TOLERATE_QEMU */
    bool notified;    /* the driver has sent a notification before it opened the queues */
    bool opened;      /* the queues were opened, by the driver's step or by such a notification */
    bool early;       /* as_qemu: a notification has opened them before DRIVER_OK */
    bool selected;    /* the driver has written the selector of the offered features */
    uint32_t budget_bytes;
    uint16_t budget;
    uint16_t config_vector; /* PCI: MSI-X vector of configuration changes */
    uint32_t work;          /* remaining budget of bytes while the lock is held */
    uint32_t most;          /* maximum number of buffers that serve may pop now */
    uint16_t size_max;      /* QueueSizeMax */
    uint32_t notify_mask;   /* mask of the queue index in a notification */
    uint32_t generation;
    struct vwr_features written; /* features that the driver has written, whether or not they were offered */
    uint64_t
        beyond; /* a feature bit that the driver has written and that is too high for `written`; 0: none */
    uint32_t vendor;
    uint32_t device_sel;
    uint32_t driver_sel;
    uint32_t queue_sel;
    uint32_t shm_sel;
    uint32_t guest_page_size;
    const struct vwr_vdev_shm *shm;
    uint16_t shms;
    uint8_t allowed[2][VWR_VDEV_ALLOWED_WORDS]; /* for transports: registers that may be read [0] and written
                                                   [1] */
    uint64_t tickets;                           /* number of tickets issued */
    void (*leftover)(struct vwr_vdev *v);       /* does the remaining work of a reset; NULL: there is none */
};

/**
 * vwr_vdev_init() - Initialise a device (for the init function of a class)
 * @v: Device.
 * @kind: Class.
 * @s: Setup; not used after the call, except for the memory.
 * @own_features: Features of the class. Features whose dependencies are not met are dropped.
 * @queues: Number of queues that the class needs.
 * @config: Configuration bytes of the class; may be NULL if there are none.
 * @config_bytes: Size of @config in bytes.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no VM, or vwr_vm_init() has not succeeded for it; or queue_size is 0 or not a power
 *   of 2; or the endpoint of an IOMMU is one of another VM or was not initialised, or the device is legacy.
 * * VWR_ENOMEM: an array of @s is too small; vwr_vdev_explain() names it.
 * * VWR_EUNSUPP: the device is legacy in a build without VWR_WITH_LEGACY, or has an IOMMU in a build without
 *   VWR_WITH_IOMMU.
 */
VWR_MUST_CHECK int vwr_vdev_init(struct vwr_vdev *v, const struct vwr_vdev_class *kind,
                                 const struct vwr_vdev_setup *s, const struct vwr_features *own_features,
                                 uint16_t queues, void *config, uint16_t config_bytes);

/**
 * vwr_vdev_set_budget() - Change the budgets of a device
 * @v: Device, after the init of its class and before its driver starts.
 * @buffers: Buffer budget, not 0.
 * @bytes: Byte budget, not 0. A device that processes bytes quickly can have a larger budget.
 */
static inline void vwr_vdev_set_budget(struct vwr_vdev *v, uint16_t buffers, uint32_t bytes)
{
    v->budget = buffers;
    v->budget_bytes = bytes;
}

/**
 * vwr_vdev_is_legacy() - Test whether a device uses the legacy interface
 * @v: Device.
 *
 * Return: true if it does.
 */
static inline bool vwr_vdev_is_legacy(const struct vwr_vdev *v)
{
    return VWR_WITH_LEGACY && v->legacy;
}

/**
 * vwr_vdev_has() - Test whether a feature is negotiated
 * @v: Device.
 * @feature: Feature bit number.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if it is.
 */
static inline bool vwr_vdev_has(const struct vwr_vdev *v, unsigned feature)
{
    return vwr_features_have(&v->accepted, feature);
}

/**
 * vwr_vdev_is_alive() - Test whether the device may pop buffers from a queue (for classes that send)
 * @v: Device.
 * @queue: Queue index.
 *
 * The device must not pop buffers before the driver is ready or while the device is suspended.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if it may.
 */
static inline bool vwr_vdev_is_alive(const struct vwr_vdev *v, uint32_t queue)
{
    return v->live && queue < v->queues && v->queue[queue].ready;
}

/**
 * vwr_vdev_is_suspended() - Test whether the driver has suspended the device
 * @v: Device.
 *
 * Return: true: no buffer is in flight, and no queue is accessed.
 */
bool vwr_vdev_is_suspended(struct vwr_vdev *v);

/**
 * vwr_vdev_serve() - Serve a queue
 * @v: Device.
 * @queue: Queue index.
 *
 * The call processes buffers within the budgets, re-enables notifications, and interrupts the driver once. It
 * does nothing unless the device and the queue are live. The VMM makes the call after vm->ops->kicked and
 * vm->ops->again.
 */
void vwr_vdev_serve(struct vwr_vdev *v, uint16_t queue);

/**
 * vwr_vdev_serve_locked() - vwr_vdev_serve() with the lock held
 * @v: Device.
 * @queue: Queue index.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vdev_serve_locked(struct vwr_vdev *v, uint16_t queue); /* with the lock held */

/**
 * vwr_vdev_reset() - Reset a device, as if the driver had written 0 to the status
 * @v: Device. The reset is incomplete while @v->unsafe is set.
 */
void vwr_vdev_reset(struct vwr_vdev *v);

/**
 * vwr_vdev_config_changed() - Report a change of the configuration to the driver
 * @v: Device.
 *
 * The call increments the generation, and interrupts the driver if it is ready. Take the lock before changing
 * the configuration bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vdev_config_changed(struct vwr_vdev *v);

/**
 * vwr_vdev_needs_reset() - Set DEVICE_NEEDS_RESET, so that the device stops until the driver resets it
 * @v: Device.
 */
void vwr_vdev_needs_reset(struct vwr_vdev *v);

/**
 * vwr_vdev_break() - Set DEVICE_NEEDS_RESET and record why (for queues and classes)
 * @v: Device.
 * @queue: Queue index.
 * @fault: Reason.
 * @a: Depends on @fault.
 * @b: Depends on @fault.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: VWR_EBADRING.
 */
VWR_COLD int vwr_vdev_break(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a,
                            uint64_t b);

/**
 * vwr_vdev_set_unsafe() - Report whether hardware of a back end may still access guest buffers
 * @v: Device.
 * @unsafe: true: hardware may still access the buffers and does not release them. Until the function is
 *   called with false, the device is broken, and resets of the device or of a queue do not complete: the
 *   status reads as DEVICE_NEEDS_RESET, and QueueReset and QueueReady read as 1. A correct driver waits for
 *   the reset to complete; if a driver does not wait, the device does not start.
 *
 * The function also calls vm->ops->unsafe.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Section: Device Reset; MMIO Device Register Layout.
 */
void vwr_vdev_set_unsafe(struct vwr_vdev *v, bool unsafe);

/**
 * vwr_vdev_interrupt() - Raise a used buffer interrupt (for queues)
 * @v: Device.
 * @queue: Queue index.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vdev_interrupt(struct vwr_vdev *v, uint16_t queue);

/**
 * vwr_vdev_notified() - Handle a notification (for transports)
 * @v: Device.
 * @value: Value that the driver wrote.
 *
 * Context: The trap handler, with the device's lock held. Does not wait, except for the VM's lock.
 */
void vwr_vdev_notified(struct vwr_vdev *v, uint32_t value);

/**
 * vwr_vdev_acknowledge() - Handle an interrupt acknowledgement (for transports)
 * @v: Device.
 * @reasons: Reasons that the driver has handled.
 *
 * Context: The trap handler, with the device's lock held. Does not wait, except for the VM's lock.
 */
void vwr_vdev_acknowledge(struct vwr_vdev *v, uint32_t reasons);

/**
 * vwr_vdev_limit() - Limit the queue size to the class's memory for segments
 * @v: Device.
 * @segs: Maximum number of segments per chain: vwr_vchain.room of the class.
 *
 * A chain can have as many descriptors as the queue, and each boundary between adjacent regions of guest
 * memory can add a segment. QueueSizeMax becomes the largest power of 2 up to queue_size for which every
 * chain fits @segs segments.
 *
 * Call it at the end of init, and also in @reset and @negotiated if @segs depends on them. Classes that treat
 * buffers as streams call vwr_vstream_open() instead.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vdev_limit(struct vwr_vdev *v, uint32_t segs);

/**
 * vwr_vdev_charge() - Charge work to the byte budget (for classes)
 * @v: Device. @v->work is the remaining budget.
 * @bytes: Number of bytes.
 * @segs: Number of segments.
 *
 * While budget remains, @serve of the class does some of the available work. If a buffer is unfinished when
 * the budget reaches 0, the class either puts it back into the ring (vwr_vqueue_unpop()) and remembers the
 * position, or keeps the buffer and calls vwr_vdev_defer().
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
static inline void vwr_vdev_charge(struct vwr_vdev *v, uint32_t bytes, uint32_t segs)
{
    const uint64_t work = bytes + (uint64_t)segs * VWR_VDEV_SEG_BYTES;

    if (work < v->work) {
        v->work -= (uint32_t)work;
    } else {
        v->work = 0;
        v->most = 0;
    }
}

/**
 * vwr_vdev_room() - Get the byte budget for a buffer after its segments were charged (for classes)
 * @v: Device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes, never 0, so that every buffer makes progress.
 */
static inline uint32_t vwr_vdev_room(const struct vwr_vdev *v)
{
    return v->work != 0 ? v->work : VWR_VDEV_BYTES_MIN;
}

/**
 * vwr_vdev_use() - Charge the bytes of a segment (for classes)
 * @v: Device.
 * @room: Budget for the buffer: vwr_vdev_room(), or the result of the last call.
 * @n: Number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Remaining budget for the buffer.
 */
static inline uint32_t vwr_vdev_use(struct vwr_vdev *v, uint32_t room, uint32_t n)
{
    const uint64_t work = (uint64_t)n + VWR_VDEV_SEG_BYTES;

    vwr_vdev_charge(v, n, 1);
    return work < room ? room - (uint32_t)work : 0;
}

/**
 * vwr_vdev_fail_queue() - Break a device because of a violation in a queue (for vwr_vdev_check_queue())
 * @v: Device.
 * @q: Queue that recorded the violation.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
VWR_COLD void vwr_vdev_fail_queue(struct vwr_vdev *v, const struct vwr_vqueue *q);

/**
 * vwr_vdev_check_queue() - Break a device if its queue has recorded a violation (for classes)
 * @v: Device.
 * @q: Queue of the device.
 *
 * A class that pops buffers with vwr_vqueue_pop_avail() must call this function when there is no buffer,
 * unless vwr_vdev_signal() follows. It is called by vwr_vdev_pop(), vwr_vdev_arm() and vwr_vdev_signal().
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
static inline void vwr_vdev_check_queue(struct vwr_vdev *v, const struct vwr_vqueue *q)
{
    if (VWR_RARELY(q->fault != VWR_VFAULT_NONE))
        vwr_vdev_fail_queue(v, q);
}

/**
 * vwr_vdev_charge_extra() - Charge the work of a pop in addition to the segments of the chain (for classes)
 * @v: Device.
 * @q: Queue of the device.
 *
 * A class that pops buffers with vwr_vqueue_pop_avail() must call this function after the pop. vwr_vdev_pop()
 * calls it.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
static inline void vwr_vdev_charge_extra(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (VWR_RARELY(q->extra != 0)) {
        vwr_vdev_charge(v, 0, q->extra);
        q->extra = 0;
    }
}

/**
 * vwr_vdev_signal() - Publish returned buffers, and interrupt the driver unless it has suppressed
 *   interrupts
 * @v: Device.
 * @q: Queue of the device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if the driver was interrupted.
 */
static inline bool vwr_vdev_signal(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (!vwr_vqueue_signal(q)) {
        vwr_vdev_check_queue(v, q);
        return false;
    }
    vwr_vdev_interrupt(v, q->index);
    return true;
}

/**
 * vwr_vdev_arm() - Enable notifications for the next buffer with vwr_vqueue_arm()
 * @v: Device.
 * @q: Queue of the device.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: notifications are enabled, or the device is broken. false: a buffer is already available; pop
 *   it.
 */
VWR_MUST_CHECK static inline bool vwr_vdev_arm(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (!vwr_vqueue_arm(q))
        return false;
    vwr_vdev_check_queue(v, q);
    return true;
}

/**
 * vwr_vdev_pop() - Pop a buffer and charge its segments (for classes with small buffers)
 * @v: Device.
 * @queue: Queue index.
 * @c: Chain whose @seg and @room are set; the call fills in the other members.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: @c describes the next buffer.
 */
VWR_MUST_CHECK bool vwr_vdev_pop(struct vwr_vdev *v, uint16_t queue, struct vwr_vchain *c);

/**
 * vwr_vdev_write() - Copy bytes like vwr_writer_write(), but within the budget, and charge them
 * @v: Device.
 * @w: Writer.
 * @from: Memory of the caller.
 * @n: Maximum number of bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes that were copied.
 */
uint32_t vwr_vdev_write(struct vwr_vdev *v, struct vwr_writer *w, const void *from, uint32_t n);

/**
 * VWR_LATER - Returned by a back end that answers a request later
 *
 * To keep a guest's request, a back end takes a ticket for it, returns VWR_LATER to the class, and later
 * completes the request with the ticket. A reset discards requests and reuses their structures, so an answer
 * identifies its request by the ticket instead of a pointer. A device issues each 64-bit ticket only once. An
 * answer without a valid ticket has no effect, except that stats.late counts it.
 *
 * The class gives the ticket: by a function such as vwr_vmessage_ticket(), vwr_vblk_ticket() or
 * vwr_vfiles_ticket(), by an argument, or by a member of struct vwr_vgpu_flush. The value of VWR_LATER
 * differs from all values of enum vwr_result and VWR_VBLK_STATUS().
 */
#define VWR_LATER (-1000)

/**
 * vwr_vdev_issue() - Issue a ticket for a request that is answered later (for classes)
 * @v: Device.
 * @slot: Where the class stores the request's valid ticket. An earlier ticket becomes invalid. The class must
 *   set *@slot to 0 when the request ends without an answer, that is, in @reset and @queue_reset.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: The ticket, not 0.
 */
static inline uint64_t vwr_vdev_issue(struct vwr_vdev *v, uint64_t *slot)
{
    *slot = ++v->tickets;
    return *slot;
}

/**
 * vwr_vdev_claim() - Check a ticket (for classes)
 * @v: Device.
 * @slot: The same as for vwr_vdev_issue().
 * @ticket: Ticket of the answer.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true: the request is waiting for this answer. The ticket is invalid from now on. false: the answer
 *   is late and was counted.
 */
VWR_MUST_CHECK bool vwr_vdev_claim(struct vwr_vdev *v, uint64_t *slot, uint64_t ticket);

/**
 * vwr_vdev_defer() - Request that a queue is served again with a new budget (for classes)
 * @v: Device.
 * @queue: Queue index.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vdev_defer(struct vwr_vdev *v, uint16_t queue);

/**
 * vwr_vdev_defer_others() - Request that all queues but one are served again (for classes)
 * @v: Device.
 * @queue: Index of the queue that is being reset, or the number of queues if none is being reset.
 *
 * A class calls this function if request structures have become free, other queues wait for one, and the
 * class must not serve these queues now, for example in @queue_reset. The driver will not notify the device
 * again for them.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_vdev_defer_others(struct vwr_vdev *v, uint16_t queue);

/**
 * vwr_vdev_run_deferred() - Do the remaining work; called by vwr_vdev_unlock()
 * @v: Device.
 *
 * Context: The device's lock is held on entry and on return, but released in between. Does not wait, except
 *   for the VM's lock.
 */
VWR_COLD void vwr_vdev_run_deferred(struct vwr_vdev *v);

/**
 * vwr_vdev_lock() - Take the device's lock and start a new byte budget (for classes)
 * @v: Device.
 *
 * Take and release the lock around every operation, even if the VM has no lock hooks.
 */
static inline void vwr_vdev_lock(struct vwr_vdev *v)
{
    if (v->locks)
        v->vm->ops->lock(v->vm, v);
    v->work = v->budget_bytes;
}

/**
 * vwr_vdev_unlock() - Release the device's lock (for classes)
 * @v: Device.
 *
 * If the VM has no hook for the remaining work, the call does that work itself, and releases and retakes the
 * lock in between. Resets are always completed in this way.
 *
 * Context: The device's lock is held. Does not wait, except for the VM's lock.
 */
static inline void vwr_vdev_unlock(struct vwr_vdev *v)
{
    if (v->unfinished)
        vwr_vdev_run_deferred(v);
    if (v->locks)
        v->vm->ops->unlock(v->vm, v);
}

/**
 * vwr_vdev_explain() - Describe the first fault, and what was tolerated, since the last reset
 * @v: Device.
 * @text: Buffer of the caller for the message. It is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Length of the whole message in bytes, without the terminator, even if it did not fit.
 */
size_t vwr_vdev_explain(const struct vwr_vdev *v, char *text, size_t bytes);

/* Prints a line of text without a line feed; `context` is the caller's. */
typedef void vwr_line(void *context, const char *line);

/**
 * vwr_vm_list() - List the devices of a VM
 * @vm: VM.
 * @line: Called with one line per device: slot, address of its window, interrupt line, kind, transport
 *   version, status, queues.
 * @context: Passed to @line.
 *
 * vwr_vdev_print() prints all details of a device.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vm_list(struct vwr_vm *vm, vwr_line *line, void *context);

/**
 * vwr_vdev_print() - Print all details of a device: registers, features by name, queues, counters,
 *   the fault
 * @v: Device.
 * @line: Called with each line.
 * @context: Passed to @line.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vdev_print(struct vwr_vdev *v, vwr_line *line, void *context);

VWR_END_C

#endif

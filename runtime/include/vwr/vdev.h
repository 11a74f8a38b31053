/* SPDX-License-Identifier: MIT */
#ifndef VWR_VDEV_H
#define VWR_VDEV_H

#include "vwr/features.h"
#include "vwr/tables.h"
#include "vwr/vfault.h"
#include "vwr/vm.h"
#include "vwr/vqueue.h"
#include "vwr/gen/mmio.h"

VWR_BEGIN_C

/*
 * A device as a VMM offers it to a guest, whatever its class and transport: status, features, queues,
 * configuration. A class (vblk.h, vconsole.h, ventropy.h) has a structure with this one first, and an
 * init that fills it in; the transport (vmmio.h) makes calls of these out of a guest's accesses.
 *
 * Context: everything of one device happens one after the other: from one thread, or with the VM's
 * lock hooks, which each public call here takes unless it says that the lock must be held.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/*
 * Budgets: what is done at most while the lock is held once, so that no guest keeps others from it. Buffers
 * of a queue, and bytes of all queues together: those that are copied, or handed to a callback of the VMM,
 * and some for each descriptor that is looked at, those of 0 bytes too. It may be exceeded by one chain,
 * which is checked whole, and by 4 KiB or a block of a disk, which are always done. The rest is served later,
 * as vm->ops->again says (vm.h). None of these numbers is the specification's.
 */
#define VWR_VDEV_BUDGET 256u         /* not the specification's */
#define VWR_VDEV_BUDGET_BYTES 65536u /* not the specification's */
#define VWR_VDEV_SEG_BYTES 32u
#define VWR_VDEV_LEAST_BYTES 4096u  /* not the specification's */
#define VWR_VDEV_VENDOR 0x52575256u /* VendorID, if nothing else is said: "VRWR" */
#define VWR_VDEV_ALLOWED_WORDS (VWR_MMIO_CONFIG / 4u)
#define VWR_VDEV_QUEUE_SIZE_MAX VWR_SPLIT_RING_SIZE_MAX

struct vwr_vdev;

/* What kind of device this is: one const table a class. */
struct vwr_vdev_class {
    const char *name;                      /* such as "blk" */
    uint32_t id;                           /* as DeviceID reads */
    const struct vwr_feature_rule *rules;  /* what of its features needs what */
    const struct vwr_config_field *fields; /* of its configuration: what may be written */
    uint16_t rule_count;
    uint16_t field_count;
    const struct vwr_name *feature_names; /* VWR_WORDS(…), or NULL */

    /* All of these are called with the lock held. */

    /* The driver has reset the device: forget it. What was taken from queues is void, and no buffer of the
     * guest may be read or written any more once this returns, unless it has called vwr_vdev_set_unsafe. May
     * be NULL. */
    void (*reset)(struct vwr_vdev *v);
    /* Likewise for one queue. NULL: nothing to forget. */
    void (*queue_reset)(struct vwr_vdev *v, uint16_t queue);
    /* v->accepted is the driver's set, a part of what was offered, its rules met: negative refuses it. May be
     * NULL. In legacy each time it writes some, and not to be refused. */
    int (*negotiated)(struct vwr_vdev *v);
    /* Takes one buffer of the queue, or several as long as there are fewer than v->most, and deals with them,
     * at once or later: how many. 0: there is none, or it cannot be dealt with now (then the class calls
     * vwr_vdev_serve itself when it can), or the budget of bytes is used up: vwr_vdev_charge. */
    uint16_t (*serve)(struct vwr_vdev *v, struct vwr_vqueue *q);
    /* vwr_vdev_serve has taken what there was, and will not come back soon: start what was put off. Called if
     * v->to_flush is set, and clears it. */
    void (*flush)(struct vwr_vdev *v, uint16_t queue);
    /*
     * The driver has set SUSPEND: what was taken from queues is to be finished, or given back; nothing more
     * is taken, which vwr_vdev_pop and vwr_vdev_serve see to. Called again and again until no buffer is in
     * flight. Only for a class that keeps buffers for as long as it likes, or has put off some of what it is
     * to do with them; after the resume each queue is served. May be NULL.
     */
    void (*suspend)(struct vwr_vdev *v);
    /* The driver has written configuration bytes [offset, offset + bytes), which are there already. May be
     * NULL. */
    void (*config_written)(struct vwr_vdev *v, uint32_t offset, uint32_t bytes);
    /* Has the class, or its back end, a buffer with one of the `bytes` at `host` in it? NULL: any that is in
     * flight may have. */
    bool (*uses)(const struct vwr_vdev *v, const void *host, uint64_t bytes);
};

/* A region of memory that the device shares with the driver: where the guest finds it. */
struct vwr_vdev_shm {
    uint64_t addr;
    uint64_t bytes;
};

/*
 * What a VMM sets for a device of any class. All memory stays the VMM's, and is in use until the device
 * is no longer in use.
 *   queue       `queues` structures, any content; how many a class needs it says itself
 *   own         VWR_VDEV_OWN_BYTES(queues, queue_size) bytes that no guest can reach
 *   queue_size  QueueSizeMax of each queue: a power of 2. The device shows a smaller one where a class has no
 *               room for the segments of a chain that is as long as that: vwr_vdev_limit
 *   features    those of all devices that are offered: of the ring and of the transport (INDIRECT_DESC,
 *               EVENT_IDX, RING_PACKED, IN_ORDER, NOTIFICATION_DATA, RING_RESET, SUSPEND); vwr_vdev_features
 *               sets what there is. VERSION_1 is offered with MMIO version 2 and not with version 1.
 */
struct vwr_vdev_setup {
    struct vwr_vm *vm;
    uint32_t line;         /* for vm->ops->irq */
    bool legacy;           /* MMIO version 1 */
    uint32_t vendor;       /* 0: VWR_VDEV_VENDOR */
    uint16_t budget;       /* 0: VWR_VDEV_BUDGET */
    uint32_t budget_bytes; /* 0: VWR_VDEV_BUDGET_BYTES */
    struct vwr_features features;
    struct vwr_vqueue *queue;
    uint16_t queues;
    uint16_t queue_size;
    struct vwr_vqueue_entry *own;
    size_t own_bytes;
    const struct vwr_vdev_shm *shm;
    uint16_t shms;
};

#define VWR_VDEV_OWN_BYTES(queues, queue_size) ((size_t)(queues)*VWR_VQUEUE_OWN_BYTES(queue_size))

/* All features of the ring and the transport that this library has. */
void vwr_vdev_features(struct vwr_features *f);

struct vwr_vdev_stats {
    uintptr_t accesses;   /* that came */
    uintptr_t ignored;    /* of them: against the rules, without effect */
    uintptr_t interrupts; /* raised, of any reason */
    uintptr_t resets;
    uintptr_t late; /* answers that came when what they answer was gone, or answered: vwr_vdev_redeem */
};

/* Private but for the fields that may be read; the embedder only allocates the structure. */
struct vwr_vdev {
    const struct vwr_vdev_class *kind; /* may be read, as those below up to the line */
    struct vwr_vm *vm;
    struct vwr_vqueue *queue;
    uint16_t queues;
    bool legacy;
    bool broken;
    bool unsafe;    /* hardware may still reach guest memory: vwr_vdev_set_unsafe */
    bool resetting; /* and a reset is not complete because of that */
    struct vwr_features offered;
    struct vwr_features accepted; /* once FEATURES_OK is set; legacy: as written */
    void *config;                 /* the class's bytes, in the guest's order: vwr_guest32(v->legacy, …) */
    uint16_t config_bytes;
    uint32_t line;
    struct vwr_vdev_stats stats;
    /* private */
    uint8_t status;
    uint8_t interrupt;
    bool live;        /* DRIVER_OK, in legacy DRIVER, and neither failed nor broken */
    bool more;        /* some queue has buffers without a notification to come */
    bool unfinished;  /* and they are served as soon as the lock was given up */
    bool config_news; /* a change of the configuration while suspended */
    bool in_hook;     /* `again`, or kicked for it, is at work */
    bool locks;       /* the VM has lock hooks */
    bool to_flush;    /* the class's: it has put something off until flush */
    uint16_t budget;
    uint32_t budget_bytes;
    uint32_t work;        /* of it, what is left while the lock is held */
    uint32_t most;        /* buffers that serve may take now; 0: none any more */
    uint16_t size_max;    /* QueueSizeMax */
    uint32_t notify_mask; /* of what the driver writes to notify, the queue's index */
    uint32_t generation;
    struct vwr_features written; /* that the driver has written, offered or not */
    uint64_t beyond;             /* a bit that it has written beyond them, 0: none */
    uint32_t vendor;
    uint32_t device_sel;
    uint32_t driver_sel;
    uint32_t queue_sel;
    uint32_t shm_sel;
    uint32_t guest_page_size;
    const struct vwr_vdev_shm *shm;
    uint16_t shms;
    uint8_t fault; /* enum vwr_vfault: the first since the last reset */
    uint16_t fault_queue;
    uint64_t fault_a;
    uint64_t fault_b;
    uint8_t allowed[2][VWR_VDEV_ALLOWED_WORDS]; /* vmmio.c: registers that were allowed to be read, written */
    uint64_t tickets;                           /* that were issued */
};

/*
 * For the init of a class: everything of `s`, with the class's own features in `own_features`, of which
 * those whose rules are not met are dropped; `queues` is how many of s->queue it uses. VWR_OK;
 * VWR_EINVAL: no VM, no interrupt hook, queue_size 0 or not a power of 2, VWR_ENOQUEUE: fewer queues than
 * needed; VWR_ENOMEM: own_bytes; VWR_EUNSUPP: a legacy device in a build without (VWR_WITH_LEGACY),
 * or lock hooks (VWR_VM_LOCKS).
 */
VWR_MUST_CHECK int vwr_vdev_init(struct vwr_vdev *v, const struct vwr_vdev_class *kind,
                                 const struct vwr_vdev_setup *s, const struct vwr_features *own_features,
                                 uint16_t queues, void *config, uint16_t config_bytes);

/*
 * Other budgets than those of the setup, neither of them 0: a device of which each byte costs little may have
 * more of them. After the init of its class, before its driver is there.
 */
static inline void vwr_vdev_set_budget(struct vwr_vdev *v, uint16_t buffers, uint32_t bytes)
{
    v->budget = buffers;
    v->budget_bytes = bytes;
}

/* Is it a device of MMIO version 1? */
static inline bool vwr_vdev_is_legacy(const struct vwr_vdev *v)
{
    return VWR_WITH_LEGACY && v->legacy;
}

/* Was the feature negotiated? */
static inline bool vwr_vdev_has(const struct vwr_vdev *v, unsigned feature)
{
    return vwr_features_have(&v->accepted, feature);
}

/*
 * Does the device take buffers of the queue? For classes that send by themselves: not before the driver is
 * ready, nor while the device is suspended. With the lock held.
 */
static inline bool vwr_vdev_is_alive(const struct vwr_vdev *v, uint32_t queue)
{
    return v->live && queue < v->queues && v->queue[queue].ready;
}

/* Has the driver suspended the device? Then no buffer is in flight, and no queue is touched. Takes the lock.
 */
bool vwr_vdev_is_suspended(struct vwr_vdev *v);

/*
 * Serves a queue: buffers, up to the budgets; a notification is asked for again, and then one signal. What
 * vm->ops->kicked and `again` lead to. Nothing happens unless device and queue are alive. Takes the lock.
 */
void vwr_vdev_serve(struct vwr_vdev *v, uint16_t queue);
void vwr_vdev_serve_locked(struct vwr_vdev *v, uint16_t queue); /* with the lock held */

/* As if the driver had written 0 to the status. Takes the lock. Not complete while v->unsafe is set. */
void vwr_vdev_reset(struct vwr_vdev *v);

/*
 * The class has changed bytes of its configuration: a new generation, and an interrupt if the driver is
 * there. With the lock held, taken before the bytes are changed.
 */
void vwr_vdev_config_changed(struct vwr_vdev *v);

/* The device cannot go on: it gets DEVICE_NEEDS_RESET, and the driver has to reset it. Takes the lock. */
void vwr_vdev_needs_reset(struct vwr_vdev *v);

/* The same with the lock held, and why: for queues and classes. Answers VWR_EBADRING. */
VWR_COLD int vwr_vdev_break(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a,
                            uint64_t b);

/*
 * For a class or its backend, with the lock held. true: hardware behind the device may still read or write
 * buffers of the guest, and does not let go of them. The device is broken, and no reset of it or of a queue
 * is complete (status reads as DEVICE_NEEDS_RESET, QueueReset and QueueReady as 1) until this is called with
 * false: a driver waits for that, and one that does not wait finds a device that does not start.
 * vm->ops->unsafe is called. Does not wait. Section: Device Reset; MMIO Device Register Layout.
 */
void vwr_vdev_set_unsafe(struct vwr_vdev *v, bool unsafe);

/* For queues: a buffer was used, interrupt. With the lock held. */
void vwr_vdev_interrupt(struct vwr_vdev *v);

/*
 * For classes, at the end of init, and in reset and negotiated if it depends on them: vwr_vchain.room is
 * `segs`. A driver may make a chain as long as a queue is, so QueueSizeMax becomes the largest power of 2 up
 * to queue_size that needs no more, with a segment for each border between adjoining regions of guest memory.
 * A class whose buffers are streams needs no limit: vwr_vstream_open.
 * With the lock held.
 */
void vwr_vdev_limit(struct vwr_vdev *v, uint32_t segs);

/*
 * For classes: so much of the budget of bytes was used; v->work is what is left of it. As long as that is not
 * 0 serve does some of what there is to do. A buffer that is not finished when it is 0 goes back into the
 * ring (vwr_vqueue_unpop), and the class remembers how far it came; or the class keeps it, and calls
 * vwr_vdev_put_off. With the lock held.
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

/* What is left for a buffer whose segments are counted already: not 0, or it would not be finished at any
 * time.
 */
static inline uint32_t vwr_vdev_room(const struct vwr_vdev *v)
{
    return v->work != 0 ? v->work : VWR_VDEV_LEAST_BYTES;
}

/* For classes: `n` bytes of a segment were done; what is left of `room`. */
static inline uint32_t vwr_vdev_use(struct vwr_vdev *v, uint32_t room, uint32_t n)
{
    const uint64_t work = (uint64_t)n + VWR_VDEV_SEG_BYTES;

    vwr_vdev_charge(v, n, 1);
    return work < room ? room - (uint32_t)work : 0;
}

/*
 * For classes with small buffers: vwr_vqueue_pop_avail, whose segments are charged to the budget. True: *c
 * describes the next buffer; `seg` and `room` are set before. With the lock held.
 */
VWR_MUST_CHECK bool vwr_vdev_pop(struct vwr_vdev *v, uint16_t queue, struct vwr_vchain *c);

/* vwr_writer_write, as far as the budget lasts, to which the bytes are charged. With the lock held. */
uint32_t vwr_vdev_write(struct vwr_vdev *v, struct vwr_writer *w, const void *from, uint32_t n);

/*
 * Answers that come later. A back end that keeps a request of the guest takes a ticket for it, answers
 * VWR_LATER to the class, whichever that is, and ends the request with the ticket. A reset takes requests
 * away and uses their structures again, so a pointer alone does not say which request is answered: the ticket
 * does. A device issues each number once, 64 bits: at 10^9 a second they last 584 years, so that no two are
 * alike. An answer without a valid ticket changes nothing, and is counted in stats.late. The classes have
 * calls of their own over these two: vwr_vmessage_ticket, vwr_vblk_ticket, vwr_v9p_ticket; a gpu's flush has
 * its ticket in it.
 */

/* Not the specification's; below all of result.h, and of VWR_VBLK_STATUS. */
#define VWR_LATER (-1000)

/**
 * vwr_vdev_issue() - a ticket for a request that is answered later, for classes
 * @v: the device
 * @slot: of the class, beside the request: what is valid there; one that was issued before is void. The class
 * sets it to 0 when the request ends otherwise: in reset and queue_reset
 *
 * Context: with the lock held.
 * Return: the ticket, which is not 0.
 */
static inline uint64_t vwr_vdev_issue(struct vwr_vdev *v, uint64_t *slot)
{
    *slot = ++v->tickets;
    return *slot;
}

/**
 * vwr_vdev_redeem() - is this the answer that is waited for? For classes
 * @v: the device
 * @slot: as for vwr_vdev_issue
 * @ticket: that came with the answer
 *
 * Context: with the lock held.
 * Return: true: it is, and the ticket is void from now on; false: the answer is late, and was counted.
 */
VWR_MUST_CHECK bool vwr_vdev_redeem(struct vwr_vdev *v, uint64_t *slot, uint64_t ticket);

/* For classes: serve is to be called for the queue again, with a new budget. With the lock held. */
void vwr_vdev_put_off(struct vwr_vdev *v, uint16_t queue);

/* For vwr_vdev_unlock: what is left over, and no hook comes back to. With the lock, which it gives up. */
VWR_COLD void vwr_vdev_go_on(struct vwr_vdev *v);

/*
 * Taken and given up around what is done to a device, without hooks too: lock begins a new budget of bytes;
 * where the VM has no hook for what that leaves over, unlock goes on with it, and gives the lock up and takes
 * it again in between.
 */
static inline void vwr_vdev_lock(struct vwr_vdev *v)
{
    if (VWR_VM_LOCKS && v->locks)
        v->vm->ops->lock(v->vm, v);
    v->work = v->budget_bytes;
}

static inline void vwr_vdev_unlock(struct vwr_vdev *v)
{
    if (v->unfinished)
        vwr_vdev_go_on(v);
    if (VWR_VM_LOCKS && v->locks)
        v->vm->ops->unlock(v->vm, v);
}

/* What went wrong first since the last reset, a sentence, into text[0 .. bytes); its length. */
size_t vwr_vdev_explain(const struct vwr_vdev *v, char *text, size_t bytes);

/* A device in full, for people: registers, features by name, queues, counts, the fault. */
void vwr_vdev_print(struct vwr_vdev *v, vwr_line *line, void *context);

VWR_END_C

#endif

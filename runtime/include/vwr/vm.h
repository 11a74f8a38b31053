/* SPDX-License-Identifier: MIT */
#ifndef VWR_VM_H
#define VWR_VM_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/*
 * A virtual machine as its devices see it: what of its memory they may reach, how they interrupt it,
 * and which of them answers at an address. The structures are the VMM's, placed wherever it likes;
 * nothing here allocates, and two VMs share nothing.
 * Context, stack and loops of each call: docs/contexts.md.
 */

struct vwr_vdev;
struct vwr_vm;

/*
 * A region of guest memory: `bytes` at the guest-physical address `addr`, at `host` for us. Only RAM
 * that a driver may use for its buffers belongs into the table: no registers, no flash. Regions do not
 * overlap, none wraps around the end of the address space; regions that follow one another in the guest need
 * not do so in the host. host is aligned as addr is, to 16 bytes at least.
 */
struct vwr_vm_region {
    uint64_t addr;
    uint64_t bytes;
    void *host;
};

/*
 * 0: a build whose VMs have no lock hooks, nor has vblk_disk.h: none is asked for then, and an init that is
 * given some refuses them.
 */
#ifndef VWR_VM_LOCKS
#define VWR_VM_LOCKS 1
#endif

typedef void vwr_vm_queue_hook(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue);

/*
 * What the VMM does for the devices of a VM. Each is called with the device's lock held, if there are locks,
 * and may not call back into the same device. In a VMM without locks what it calls is done at once, in the
 * middle of what the device does: a reset is safe; vwr_vdev_serve within `irq` may be as deep as the guest
 * likes.
 */
struct vwr_vm_ops {
    /*
     * The interrupt line of a device. true: there is a reason to interrupt; called each time one is
     * added, so that an edge can be made of it. false: the driver has acknowledged the last of them; not
     * called where `edges` is set.
     */
    void (*irq)(struct vwr_vm *vm, uint32_t line, bool level);
    bool edges;

    /*
     * NULL, or: a driver has notified `queue`, and the VMM will call vwr_vdev_serve soon, from a thread
     * of its own perhaps. With NULL the queue is served within the access.
     */
    vwr_vm_queue_hook *kicked;

    /*
     * NULL, or: the budget of the device (vdev.h) is used up and the queue has more, or may have: call
     * vwr_vdev_serve when others have been served. With NULL `kicked` is called for that. Without both the
     * call that has used it up goes on with what is left of its bytes, and gives the lock up now and then;
     * where it is the budget of buffers, the driver's next acknowledgement or notification goes on, or
     * vwr_vdev_serve. vwr_vdev_serve within the hook serves at once; the hook is not called once more for
     * that.
     */
    vwr_vm_queue_hook *again;

    /* NULL, or: the device is broken until its driver resets it; vwr_vdev_explain says why. */
    void (*broken)(struct vwr_vm *vm, struct vwr_vdev *v);

    /*
     * NULL, or: true: hardware behind the device may still read or write buffers that the guest has put
     * into its queues, and does not let go of them (a real disk that acknowledges no reset: vblk_disk.h). The
     * memory must not be given to anybody else until this is called with false; v->unsafe says the same.
     * Which memory it is, the backend says.
     */
    void (*unsafe)(struct vwr_vm *vm, struct vwr_vdev *v, bool unsafe);

    /*
     * Both or neither. With several CPUs or threads: a lock for each device, taken around everything
     * that happens to it; not recursive. NULL where one thing happens at a time.
     */
    void (*lock)(struct vwr_vm *vm, struct vwr_vdev *v);
    void (*unlock)(struct vwr_vm *vm, struct vwr_vdev *v);
};

/* Pages that a balloon has for the VMM alone: vballoon.h, exclusive. Private. */
struct vwr_vm_away {
    uint32_t *map; /* a bit each, region after region, in whole words */
    uint8_t shift; /* of a page's bytes */
};

/* A VM. The VMM zeroes it, fills it in before its first device and leaves it alone as long as one is in use.
 */
struct vwr_vm {
    const struct vwr_vm_ops *ops;
    void *context;    /* the VMM's */
    const char *name; /* for people; may be NULL */
    const struct vwr_vm_region *region;
    uint32_t regions; /* at least 1 */

    /* Where its devices answer: `slots` windows of `stride` bytes, a power of 2, from `base` on. */
    uint64_t base;
    uint32_t stride;
    uint32_t slots;
    struct vwr_vdev **slot; /* NULL where there is none; vwr_vm_add and vwr_vm_remove fill it */
    /* private */
    uint8_t shift;                  /* of stride, from the first vwr_vm_add on */
    uint64_t mask;                  /* stride - 1, likewise */
    const struct vwr_vm_away *away; /* NULL: none */
};

/* The region that `addr` is in; NULL: it is in none. Context: any. */
static inline const struct vwr_vm_region *vwr_vm_find(const struct vwr_vm *vm, uint64_t addr)
{
    for (uint32_t i = 0; i < vm->regions; i++)
        if (addr - vm->region[i].addr < vm->region[i].bytes)
            return &vm->region[i];
    return NULL;
}

/*
 * vwr_vm_room() - a stretch of a region that has `addr` in it, and no page that a balloon has; 0: that page
 * is one. *begin is where it begins. All of the region where no balloon has any. vwr_vm_is_away() - has a
 * balloon one of the pages of these bytes, which lie in the region? Context: with the lock of a device.
 */
uint64_t vwr_vm_room(const struct vwr_vm *vm, const struct vwr_vm_region *r, uint64_t addr, uint64_t *begin);
bool vwr_vm_is_away(const struct vwr_vm *vm, const struct vwr_vm_region *r, uint64_t addr, uint64_t bytes);

/*
 * How many bytes from `addr` on lie in one region, at *host; 0: none. No more than to the end of
 * the region, or to a page that a balloon has; it may be less, where a balloon has some. Adjoining regions
 * are not joined. Context: any; with the lock of a device where there is a balloon.
 */
static inline uint64_t vwr_vm_run(const struct vwr_vm *vm, uint64_t addr, void **host)
{
    const struct vwr_vm_region *const r = vwr_vm_find(vm, addr);
    uint64_t begin, room;

    if (r == NULL)
        return 0;
    *host = (uint8_t *)r->host + (addr - r->addr);
    if (vm->away == NULL)
        return r->bytes - (addr - r->addr);
    room = vwr_vm_room(vm, r, addr, &begin);
    return room != 0 ? room - (addr - begin) : 0;
}

/* The `bytes` at `addr`, NULL unless all of them lie in one region, and no balloon has one of their pages.
 * Context: as vwr_vm_run. */
static inline void *vwr_vm_ptr(const struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    const struct vwr_vm_region *const r = vwr_vm_find(vm, addr);

    if (r == NULL || r->bytes - (addr - r->addr) < bytes ||
        (vm->away != NULL && vwr_vm_is_away(vm, r, addr, bytes)))
        return NULL;
    return (uint8_t *)r->host + (addr - r->addr);
}

/**
 * vwr_vm_uses() - may a device of the VM still read or write this memory?
 * @vm: the VM
 * @addr: a guest-physical address
 * @bytes: that lie in one region; not 0
 *
 * For a VMM that hands pages on which a balloon has taken (vballoon.h, exclusive): no device finds them any
 * more, and this says whether what began before is over: a ring of a queue, a request that a back end or a
 * real disk behind it has. It stays over until the guest takes the pages back.
 *
 * Context: any thread that holds no device's lock; takes that of each device in a slot. Loops: over the
 * devices, their queues, and the segments of what they have in flight. Return: false: none does.
 */
VWR_MUST_CHECK bool vwr_vm_uses(struct vwr_vm *vm, uint64_t addr, uint64_t bytes);

/* Where two regions adjoin in the guest, a segment that lies across is two. How many such borders there are.
 */
uint32_t vwr_vm_borders(const struct vwr_vm *vm);

/*
 * What a VMM's trap handler calls: an access of `bytes` (1, 2, 4 or 8) at the guest-physical `addr`.
 * A read's answer goes to *value, zero-extended; a write's is taken from it. True: it was one of the
 * windows above, and is done; false: not ours, *value as it was. A slot without a device reads as one
 * (device id 0), so that a driver which scans finds nothing there. Byte order: vmmio.h. The cost does not
 * grow with the number of devices. Context: the trap handler of a CPU of this VM; different devices at once
 * only with lock hooks, or from one thread. Section: Virtio Over MMIO / MMIO Device Register Layout.
 */
bool vwr_vm_access(struct vwr_vm *vm, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

/*
 * Puts a device that was initialised for this VM into a slot. VWR_OK; VWR_ERANGE: no such slot, or
 * a stride that is no power of 2 or less than the registers take, or slots beyond 4 GiB; VWR_EBUSY: it is
 * taken. vwr_vm_remove empties it, after resetting the device; where v->unsafe is set then, the structures of
 * the device stay in use until it is not.
 */
VWR_MUST_CHECK int vwr_vm_add(struct vwr_vm *vm, uint32_t slot, struct vwr_vdev *v);
void vwr_vm_remove(struct vwr_vm *vm, uint32_t slot);

/*
 * Resets all devices of a VM that starts again, as if its driver had done so. Where v->unsafe is set then,
 * memory of the VM may still be written: vm->ops->unsafe.
 */
void vwr_vm_reset(struct vwr_vm *vm);

/* Takes a line of text without its end, for people; `context` is the caller's. */
typedef void vwr_line(void *context, const char *line);

/*
 * For people, a line a device: slot, address, interrupt line, kind, transport version, status, queues.
 * Like what QEMU's monitor shows of its bus. vwr_vdev_print (vdev.h) says all of one. Context: any
 * that may read a device; takes the lock hooks.
 */
void vwr_vm_list(struct vwr_vm *vm, vwr_line *line, void *context);

VWR_END_C

#endif

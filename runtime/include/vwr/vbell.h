/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBELL_H
#define VWR_VBELL_H

#include "vwr/bell_block.h"
#include "vwr/vdev.h"

VWR_BEGIN_C

/**
 * DOC: Registers in shared memory, device side
 *
 * These functions offer a modern device of any class to a driver that shares memory with it, and whose
 * accesses do not trap: another processor, another virtual machine, another process. The driver rings a bell
 * after each write (vwr/bell_block.h). The device is initialised as for a VMM, with a struct vwr_vm whose
 * memory regions are the memory that both access: addr is the address that the driver uses.
 *
 * The block belongs to the driver: what it stores there is loaded once and handled like the access of a
 * guest. Each ring executes at most one write.
 *
 * The locking rules are those of vwr/vdev.h; in addition, the calls below are made one at a time for a
 * device. generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * struct vwr_vbell - A device with registers in shared memory
 * @v: Device.
 */
struct vwr_vbell {
    struct vwr_vdev *v;
    /* private: */
    struct vwr_vdev_bus bus;
    void (*ring)(void *context, uint32_t reason);
    void *context;
    uint8_t *block;
    uint32_t taken;
    uint32_t used;
    uint32_t changed;
    uint32_t generation; /* of the configuration in the block, which also counts resets of the device */
};

/**
 * struct vwr_vbell_setup - Setup of a device with registers in shared memory
 * @v: Device that was initialised with @legacy not set, in a VM with the hook @again or @kicked.
 * @block: Block of shared memory, aligned to 4 bytes. It stays in use.
 * @bytes: Size of the memory at @block in bytes: at least VWR_BELL_BYTES_OF(v->config_bytes).
 * @ring: Ring the driver's bell. Parameters: @context and a bit of VWR_MMIO_INTERRUPT_STATUS_*, which a bell
 *   without numbers may drop. It must make all earlier stores visible to the driver. Called with the device's
 *   lock held.
 * @context: For @ring.
 */
struct vwr_vbell_setup {
    struct vwr_vdev *v;
    void *block;
    size_t bytes;
    void (*ring)(void *context, uint32_t reason);
    void *context;
};

/**
 * vwr_vbell_init() - Offer a device in a block of shared memory
 * @b: Filled in.
 * @s: Setup; not used after the call.
 *
 * The device no longer offers NOTIFICATION_DATA and SUSPEND. A write that the driver has stored before the
 * call counts as executed: after a restart, the device is reset. MagicValue is stored last.
 *
 * Context: The owner of the device, which may be an interrupt handler; before the driver starts. Takes the
 *   device's lock. Does not wait, except for the VM's lock.
 * Return: VWR_OK.
 * * VWR_EINVAL: the device is legacy, or its VM has neither @again nor @kicked, or the block is too small or
 *   misaligned.
 */
VWR_MUST_CHECK int vwr_vbell_init(struct vwr_vbell *b, const struct vwr_vbell_setup *s);

/**
 * vwr_vbell_rung() - Handle a ring of the device's bell
 * @b: Device.
 * @what: VWR_BELL_WRITE, a queue index, or VWR_BELL_ANY if the bell has no numbers. Any other value has no
 *   effect.
 *
 * Context: Any thread or interrupt handler that does not hold the device's lock, which it takes. Does not
 *   wait, except for the VM's lock.
 */
void vwr_vbell_rung(struct vwr_vbell *b, uint32_t what);

/**
 * vwr_vbell_poll() - Store the registers again
 * @b: Device.
 *
 * The registers are stored after each write of the driver and before each ring. This call is for changes
 * without either: the configuration before the driver starts, and a reset that hardware of a back end has
 * completed later (vwr_vdev_set_unsafe()).
 *
 * Context: Any thread or interrupt handler that does not hold the device's lock, which it takes. Does not
 *   wait, except for the VM's lock.
 */
void vwr_vbell_poll(struct vwr_vbell *b);

VWR_END_C

#endif

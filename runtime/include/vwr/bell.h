/* SPDX-License-Identifier: MIT */
#ifndef VWR_BELL_H
#define VWR_BELL_H

#include "vwr/bell_block.h"
#include "vwr/dev.h"

VWR_BEGIN_C

/**
 * DOC: Registers in shared memory, driver side
 *
 * These functions drive a modern device whose registers are in memory that it shares with the driver, without
 * traps: the driver rings a bell after each write (vwr/bell_block.h). A device class is opened with the
 * member dev of struct vwr_bell, as on the other transports.
 *
 * Each write of a register or of a configuration field waits until the device has executed it, for at most
 * VWR_BELL_TIMEOUT_US; so does a read of the generation, before and after the configuration is read.
 * Notifications and other reads do not wait. If the device does not answer, the status reads
 * as if the device had left the bus (VWR_EGONE), until the device answers. A device that has restarted has
 * the status 0: vwr_dev_check() returns VWR_EPROTO, and the class is recovered with vwr_recover().
 *
 * NOTIFICATION_DATA and SUSPEND are not available. The functions exist only in a build with
 * -DVWR_ACCESS_CALLS=1.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 */

/** VWR_BELL_TIMEOUT_US - Time limit of a write in microseconds */
#ifndef VWR_BELL_TIMEOUT_US
#define VWR_BELL_TIMEOUT_US 100000u
#endif

#if VWR_ACCESS_CALLS

/**
 * struct vwr_bell - A device with registers in shared memory
 * @dev: Device; the first member.
 */
struct vwr_bell {
    struct vwr_dev dev;
    /* private: */
    struct vwr_doorbell_call doorbell;
    void (*ring)(void *context, uint32_t what);
    void *context;
    uint8_t *block;
    uint32_t sequence;
    uint32_t used;
    uint32_t changed;
    uint32_t readings; /* of a configuration that was being stored */
    bool lost;         /* the last write was not executed in time */
};

/**
 * struct vwr_bell_setup - Setup of a device
 * @block: Block of shared memory, aligned to 4 bytes. It stays in use.
 * @bytes: Size of the memory at @block in bytes: VWR_BELL_BYTES_OF(), with the configuration that the class
 *   reads.
 * @ring: Ring the device's bell. Parameters: @context, and VWR_BELL_WRITE or a queue index, which a bell
 *   without numbers may drop. It must make all earlier stores visible to the device.
 * @context: For @ring.
 */
struct vwr_bell_setup {
    void *block;
    size_t bytes;
    void (*ring)(void *context, uint32_t what);
    void *context;
};

/**
 * vwr_bell_probe() - Probe a block for a device
 * @b: Filled in with the device; @b->dev.type is its type. After an error, vwr_dev_explain(&b->dev) describes
 *   the error. The structure must not be copied.
 * @s: Setup; not used after the call.
 *
 * The call writes nothing to the block.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: VWR_OK.
 * * VWR_ENODEV: the block contains no device.
 * * VWR_EMAGIC: the device has not initialised the block yet, or it is no block.
 * * VWR_EVERSION: the version is not supported.
 * * VWR_EGONE: all registers read as ones.
 * * VWR_EINVAL: the block is too small or misaligned.
 */
VWR_MUST_CHECK int vwr_bell_probe(struct vwr_bell *b, const struct vwr_bell_setup *s);

/* The transport. */
extern const struct vwr_transport vwr_bell_modern;

#endif

VWR_END_C

#endif

/* SPDX-License-Identifier: MIT */
#ifndef VWR_CCW_H
#define VWR_CCW_H

#include "vwr/dev.h"
#include "vwr/gen/ccw.h"

VWR_BEGIN_C

/**
 * DOC: virtio-ccw, driver side
 *
 * On s390, a virtio device is a subchannel, to which the driver sends channel commands. These functions probe
 * a subchannel or scan all of them, and prepare a struct vwr_dev::
 *
 *     static const struct vwr_ccw_ops ops = {.enable = enable, .command = command, .notify = notify};
 *     static struct vwr_ccw_host host = {.ops = &ops};
 *     struct vwr_ccw_scan scan = {.host = &host, .next = VWR_CCW_FIRST, .last = VWR_CCW_LAST};
 *
 *     while ((r = vwr_ccw_scan_next(&scan, ccw, shared)) != 0)
 *         if (r == 1 && ccw->dev.type == VWR_ID_BLOCK)
 *             r = vwr_blk_open(disk, &ccw->dev, options);
 *
 * The library and the program need -DVWR_ACCESS_CALLS=1. docs/ccw.md describes what the platform has to
 * provide. generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Virtio Over Channel I/O.
 */

/** VWR_CCW_CONFIG_BYTES - Maximum size of a configuration that the driver reads, in bytes */
#ifndef VWR_CCW_CONFIG_BYTES
#define VWR_CCW_CONFIG_BYTES 256u
#endif
VWR_STATIC_ASSERT(VWR_CCW_CONFIG_BYTES >= 64 && VWR_CCW_CONFIG_BYTES <= 0xffff,
                  "VWR_CCW_CONFIG_BYTES must be at least 64, and at most the count of a channel command");

/**
 * VWR_CCW_QUEUES - Maximum number of queues of a device, a multiple of 64
 *
 * Each queue has an indicator. Without adapter interrupts, a device has at most 64 of them.
 */
#ifndef VWR_CCW_QUEUES
#define VWR_CCW_QUEUES 64u
#endif
VWR_STATIC_ASSERT(VWR_CCW_QUEUES >= 64 && VWR_CCW_QUEUES % 64 == 0,
                  "VWR_CCW_QUEUES must be a multiple of 64");

/** VWR_CCW_FIRST - Identification of the first subchannel of the first set */
#define VWR_CCW_FIRST 0x00010000u

/** VWR_CCW_LAST - Identification of the last subchannel of the first set */
#define VWR_CCW_LAST 0x0001ffffu

#if VWR_ACCESS_CALLS

struct vwr_ccw_host;

/**
 * struct vwr_ccw_ops - What the platform provides
 * @enable: Disable a subchannel if it is enabled, and enable it, which resets the revision of a device.
 *   Returns VWR_OK; VWR_ENODEV: the subchannel has no device; VWR_ERANGE: neither this one nor a later one of
 *   the set exists.
 * @command: Send a channel command with @bytes bytes at @buffer, and wait until it ends. The length check is
 *   suppressed. @buffer is memory of the CPU: the function copies it to memory below 2 GiB, and after the
 *   command copies it back, because a command can read and write its buffer. It is NULL if @bytes is 0.
 *   Returns the number of bytes that were transferred; VWR_EPROTO: the device rejected the command (unit
 *   check); VWR_EGONE: the subchannel is not operational, or the device has left it.
 * @notify: Send a notification (VWR_CCW_DIAGNOSE). Returns the cookie for the next one.
 *
 * Owners of different queues of a device, and of different devices, may call @command and @notify at the same
 * time. Neither is called in an interrupt handler.
 */
struct vwr_ccw_ops {
    int (*enable)(struct vwr_ccw_host *h, uint32_t subchannel);
    int (*command)(struct vwr_ccw_host *h, uint32_t subchannel, uint8_t code, void *buffer, uint32_t bytes);
    uint64_t (*notify)(struct vwr_ccw_host *h, uint32_t subchannel, uint32_t data, uint64_t cookie);
};

/**
 * struct vwr_ccw_host - The channel subsystem
 * @ops: Functions of the platform.
 * @adapter: true: used buffers are reported by adapter interrupts of subclass @isc. A device that does not
 *   support them uses I/O interrupts of its subchannel.
 * @isc: Interruption subclass of adapter interrupts.
 */
struct vwr_ccw_host {
    const struct vwr_ccw_ops *ops;
    bool adapter;
    uint8_t isc;
};

/**
 * struct vwr_ccw_shared - Memory that the device writes, in memory of the caller that it can reach
 */
struct vwr_ccw_shared {
    /* private: */
    uint64_t queues[VWR_CCW_QUEUES / 64u]; /* indicators */
    uint64_t config;
    uint64_t summary; /* its first byte */
};

struct vwr_ccw;

/* The doorbell of all queues of a device; private. */
struct vwr_ccw_doorbell {
    struct vwr_doorbell_call call; /* first */
    struct vwr_ccw *device;
    volatile uint64_t cookie;
};

/**
 * struct vwr_ccw - A device on a subchannel
 * @dev: Device; the first member.
 * @host: Channel subsystem.
 * @shared: Memory that the device writes.
 * @subchannel: Identification of the subchannel.
 * @uses_adapter: true if the device reports used buffers by adapter interrupts; known after the open.
 */
struct vwr_ccw {
    struct vwr_dev dev;
    struct vwr_ccw_host *host;
    struct vwr_ccw_shared *shared;
    uint32_t subchannel;
    bool uses_adapter;
    /* private: */
    volatile bool gone;
    bool refused;            /* the device rejected a command without which it cannot be used */
    bool reading;            /* between two reads of the generation */
    bool told;               /* the device has accepted `status` by the last command */
    volatile uint8_t status; /* that the device has accepted */
    uint16_t queue;          /* selected */
    uint32_t generation;
    struct vwr_ccw_doorbell doorbell;
    uint8_t config[VWR_CCW_CONFIG_BYTES]; /* copy of the configuration */
};

/**
 * vwr_ccw_probe() - Probe a subchannel
 * @c: Filled in with the device; @c->dev.type is its type. After an error, vwr_ccw_explain() describes
 *   the error. Do not move the structure while the device is in use.
 * @host: Channel subsystem. It must remain valid while the device is in use.
 * @subchannel: Identification of the subchannel, as in the instructions: bits 16 to 31 contain 1 for the
 *   first set.
 * @shared: Memory that the device writes. It must remain valid until the device is reset.
 *
 * The call enables the subchannel and sets the highest revision that the device accepts. A device that
 * accepts none is a legacy device.
 *
 * Return: VWR_OK. The call sends two commands to a modern device.
 * * VWR_ENODEV: the subchannel has no device, or its control unit is not of type VWR_CCW_CU_TYPE.
 * * VWR_ERANGE: neither this subchannel nor a later one of the set exists.
 * * VWR_EVERSION: the device is legacy, in a build without VWR_WITH_LEGACY.
 * * VWR_EGONE: the device has left the subchannel.
 * Section: Virtio Over Channel I/O / Device Initialization / Setting the Virtio Revision.
 */
VWR_MUST_CHECK int vwr_ccw_probe(struct vwr_ccw *c, struct vwr_ccw_host *host, uint32_t subchannel,
                                 struct vwr_ccw_shared *shared);

/**
 * struct vwr_ccw_scan - Position of a scan over the subchannels of a set
 * @host: Channel subsystem; set by the caller.
 * @next: The next subchannel: initially VWR_CCW_FIRST, or the first one of another set.
 * @last: The last subchannel.
 *
 * A channel report says that a subchannel has a new device, or that its device has left. The platform gets it
 * after a machine check (STCRW). Probe that subchannel again; if the device has left, a command of the driver
 * fails with VWR_EGONE.
 */
struct vwr_ccw_scan {
    struct vwr_ccw_host *host;
    uint32_t next;
    uint32_t last;
};

/**
 * vwr_ccw_scan_next() - Probe the next subchannels until one has a virtio device
 * @s: Scan.
 * @c: Filled in with the device.
 * @shared: Memory that the device writes.
 *
 * Return: 1: a device was found. 0: there are no more subchannels.
 * * VWR_EVERSION, VWR_EGONE: see vwr_ccw_probe(); call again for the next subchannel.
 */
VWR_MUST_CHECK int vwr_ccw_scan_next(struct vwr_ccw_scan *s, struct vwr_ccw *c,
                                     struct vwr_ccw_shared *shared);

/**
 * vwr_ccw_explain() - Describe the last fault of a device, including those of its subchannel
 * @c: Device.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short for it.
 */
size_t vwr_ccw_explain(const struct vwr_ccw *c, char *text, size_t bytes);

/* Transports, by interface. */
extern const struct vwr_transport vwr_ccw_modern;
extern const struct vwr_transport vwr_ccw_legacy;

#endif

VWR_END_C

#endif

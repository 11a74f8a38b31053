/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFAULT_H
#define VWR_VFAULT_H

/* Why a device is broken, or a driver was refused something. Words: vwr_vdev_explain. */
enum vwr_vfault {
    VWR_VFAULT_NONE = 0,
    VWR_VFAULT_FEATURES,    /* a: bit that was not offered, or whose rules are not met; FEATURES_OK stays 0 */
    VWR_VFAULT_VERSION_1,   /* modern, and not accepted; FEATURES_OK stays 0 */
    VWR_VFAULT_CLASS,       /* the class refused the features; a: its result without the sign */
    VWR_VFAULT_QUEUE_SIZE,  /* a: size; the queue did not become ready */
    VWR_VFAULT_QUEUE_ALIGN, /* a: address or alignment */
    VWR_VFAULT_QUEUE_MEMORY, /* a: address that is not in guest memory, or upon another part */
    VWR_VFAULT_INDEX,        /* a: index, b: what it was before */
    VWR_VFAULT_HEAD,         /* split: a: head beyond the queue */
    VWR_VFAULT_TWICE,        /* split: a: head that the device has already */
    VWR_VFAULT_NEXT,         /* a: next beyond the queue or table */
    VWR_VFAULT_LOOP,         /* more descriptors than the queue has */
    VWR_VFAULT_LENGTH,       /* a: address of the segment with which the buffer has 2^32 bytes */
    VWR_VFAULT_ADDRESS,      /* a: address, b: bytes that are not in guest memory */
    VWR_VFAULT_ORDER,        /* a readable segment behind a writable one */
    VWR_VFAULT_INDIRECT,     /* a: flags or length of a table that cannot be */
    VWR_VFAULT_SEGMENTS,     /* a: more segments than this */
    VWR_VFAULT_WRAP, /* packed: a: flags of a descriptor that is not available, in the middle of a buffer */
    VWR_VFAULT_REQUEST, /* a request that has no place for its answer; a: queue */
    VWR_VFAULT_HOST,    /* the VMM has called vwr_vdev_needs_reset */
    VWR_VFAULT_UNSAFE   /* hardware behind the device does not let go of guest memory */
};

#endif

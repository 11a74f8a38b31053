/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFAULT_H
#define VWR_VFAULT_H

/*
 * Why a device is broken, or a driver was refused something; the comments say what the values `a` and `b` of
 * vwr_vdev_break are. The sentences are in runtime/device/vdev/vwr_vexplain.c.
 */
enum vwr_vfault {
    VWR_VFAULT_NONE = 0,
    VWR_VFAULT_FEATURES,  /* a: bit that was not offered, or whose rules are not met; FEATURES_OK stays 0 */
    VWR_VFAULT_VERSION_1, /* modern, and not accepted; FEATURES_OK stays 0 */
    VWR_VFAULT_CLASS,     /* the class refused the features; a: its result without the sign */
    /* of a queue */
    VWR_VFAULT_QUEUE_SIZE,   /* a: size; the queue did not become ready */
    VWR_VFAULT_QUEUE_ALIGN,  /* a: address or alignment */
    VWR_VFAULT_QUEUE_MEMORY, /* a: address not in guest memory, or in another part; b: size */
    VWR_VFAULT_INDEX,        /* a: index; b: what it was before */
    VWR_VFAULT_HEAD,         /* split; a: head beyond the queue */
    VWR_VFAULT_TWICE,        /* split; a: head that the device has already */
    VWR_VFAULT_NEXT,         /* a: head of the chain whose next is beyond the queue or table */
    VWR_VFAULT_LOOP,         /* a: head of the chain with more descriptors than the queue has */
    VWR_VFAULT_LENGTH,       /* a: address of the segment with which the chain has 2^32 bytes */
    VWR_VFAULT_ADDRESS,      /* a: address; b: bytes that are not in guest memory */
    VWR_VFAULT_ORDER,        /* a device-readable segment behind a device-writable one; a: its address */
    VWR_VFAULT_INDIRECT,     /* a: flags or length of a table that is not allowed */
    VWR_VFAULT_SEGMENTS,     /* a: the most segments of a chain; it has more */
    VWR_VFAULT_WRAP,         /* packed; a: flags of a descriptor of a chain that is not available */
    VWR_VFAULT_REQUEST,      /* a request that has no room for its answer */
    /* of the VMM */
    VWR_VFAULT_HOST,  /* it has called vwr_vdev_needs_reset */
    VWR_VFAULT_UNSAFE /* hardware behind the device may still access guest memory */
};

#endif

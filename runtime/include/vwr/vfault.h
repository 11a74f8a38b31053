/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFAULT_H
#define VWR_VFAULT_H

/**
 * enum vwr_vfault - Reasons why a device is broken or has rejected its driver
 *
 * The comments describe the values @a and @b of vwr_vdev_break(). vwr_vdev_explain() puts them
 * into a message.
 */
enum vwr_vfault {
    VWR_VFAULT_NONE = 0,
    VWR_VFAULT_FEATURES,  /* a: bit not offered, or with unmet dependencies; FEATURES_OK stays 0 */
    VWR_VFAULT_VERSION_1, /* modern device without VERSION_1; FEATURES_OK stays 0 */
    VWR_VFAULT_CLASS,     /* the class rejected the features; a: its result without the sign */
    /* faults of a queue */
    VWR_VFAULT_QUEUE_SIZE,   /* a: size; the queue did not become ready */
    VWR_VFAULT_QUEUE_ALIGN,  /* a: address or alignment */
    VWR_VFAULT_QUEUE_MEMORY, /* a: address outside of guest memory, or in another part of the ring; b: size */
    VWR_VFAULT_INDEX,        /* a: index; b: its previous value */
    VWR_VFAULT_HEAD,         /* split; a: head beyond the queue */
    VWR_VFAULT_TWICE,        /* split; a: head that is in flight already */
    VWR_VFAULT_NEXT,         /* a: head of a chain with a `next` beyond the queue or table */
    VWR_VFAULT_LOOP,         /* a: head of a chain with more descriptors than the queue */
    VWR_VFAULT_LENGTH,       /* a: address of the segment that makes the chain 2^32 bytes long */
    VWR_VFAULT_ADDRESS,      /* a: address; b: size of a segment outside of guest memory */
    VWR_VFAULT_ORDER,        /* a: address of a device-readable segment after a device-writable one */
    VWR_VFAULT_INDIRECT,     /* a: flags or length of an invalid indirect table */
    VWR_VFAULT_SEGMENTS,     /* the chain has too many segments; a: the maximum */
    VWR_VFAULT_WRAP,         /* packed; a: flags of a descriptor that is not available */
    VWR_VFAULT_REQUEST,      /* the request has no space for its answer */
    /* faults of the VMM */
    VWR_VFAULT_HOST,  /* the VMM called vwr_vdev_needs_reset() */
    VWR_VFAULT_UNSAFE /* hardware of a back end may still access guest memory */
};

#endif

/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/packed-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Packed Virtqueues */

/*
 * Quirk packed-ring.no-way-back (QEMU 7.2): After a ring error the device hangs, and a reset does
 * not recover it. A driver gives the device up when its reset takes too long.
 */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_PACKED_RING_H
#define VWR_STANDALONE_PACKED_RING_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

/* flags.desc-flags; "Driver and Device Ring Wrap Counters" */
#define VIRTQ_DESC_F_AVAIL 0x80                         /* Matches the wrap counter of the side that wrote the
                                                           descriptor. */
#define VIRTQ_DESC_F_USED 0x8000                        /* Equals the wrap counter in a used descriptor, and its
                                                           inverse in an available one. */

/* enums.event-flags; "Driver and Device Event Suppression" */
#define RING_EVENT_FLAGS_ENABLE 0                       /* Notify for every descriptor. */
#define RING_EVENT_FLAGS_DISABLE 1                      /* Do not notify. */
#define RING_EVENT_FLAGS_DESC 2                         /* Notify when the specified descriptor is reached; with
                                                           EVENT_IDX. */

/*
 * One descriptor of a packed ring, available or used.
 * structs.pvirtq_desc; "The Virtqueue Descriptor Format"
 */
struct pvirtq_desc {
    uint64_t addr;                          /* Physical address of the buffer element. */
    uint32_t len;                           /* Buffer length; in a used descriptor, the number of bytes written; in
                                               bytes. Quirk packed-ring.used-without-write (QEMU 7.2): A used
                                               descriptor without WRITE still reports the number of bytes written. A
                                               driver trusts the length only up to the size of the buffer. */
    uint16_t id;                            /* Buffer id; in a descriptor list, the last descriptor holds it. */
    uint16_t flags;                         /* Descriptor flags, including the AVAIL and USED bits; VIRTQ_DESC_F_*. */
};
VIRTIO_SIZE(pvirtq_desc, 16);

/*
 * Tells the other side when to send notifications.
 * structs.pvirtq_event_suppress; "Event Suppression Structure Format"
 */
struct pvirtq_event_suppress {
    uint16_t desc;                          /* Descriptor at which to notify. */
                                            /* bits 0 to 14: event_off. Offset in the ring, in descriptors. */
                                            /* bit 15: event_wrap. Wrap counter at that offset. */
    uint16_t flags;                         /* Whether notifications are enabled, disabled, or sent at one
                                               descriptor. */
                                            /* bits 0 to 1: event_flags. Enable, disable, or notify at one
                                               descriptor. */
};
VIRTIO_SIZE(pvirtq_event_suppress, 4);

#undef VIRTIO_SIZE
#endif

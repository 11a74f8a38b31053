/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/entropy.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Entropy Device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_ENTROPY_H
#define VWR_STANDALONE_ENTROPY_H

#include <stdint.h>

#define VIRTIO_ID_RNG 4                                 /* A source of random bytes. */

/* queues; "Entropy Device" */
#define VIRTIO_ENTROPY_QUEUE_REQUESTQ 0                 /* Buffers to fill with random bytes; the used length is the
                                                           number of bytes. Quirk entropy.clears-flags (semu
                                                           2026-05-19): The device sets the flags of a used
                                                           descriptor to 0. A driver writes the whole descriptor for
                                                           each buffer. */

#endif

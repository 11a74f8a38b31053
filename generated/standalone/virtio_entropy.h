/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/entropy.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Entropy Device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_ENTROPY_H
#define VWR_STANDALONE_ENTROPY_H

#include <stdint.h>

#define VIRTIO_ID_RNG 4                                 /* A source of random bytes. */

/* queues; "Entropy Device" */
#define VIRTIO_ENTROPY_QUEUE_REQUESTQ 0                 /* Buffers to fill with random bytes; the used length is the
                                                           number of bytes. */

#endif

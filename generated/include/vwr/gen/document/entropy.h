/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/entropy.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Entropy Device */

#ifndef VWR_GEN_DOCUMENT_ENTROPY_H
#define VWR_GEN_DOCUMENT_ENTROPY_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/entropy.h"

#endif

/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/ids.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Device Types */

#ifndef VWR_EDITION_H
#define VWR_EDITION_H

#define VWR_SPEC_VERSION "1.4-cs01"                     /* Version and stage of the specification described. */

#endif

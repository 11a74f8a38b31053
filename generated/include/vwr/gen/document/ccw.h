/* SPDX-License-Identifier: MIT */
/* Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Virtio Over Channel I/O */

#ifndef VWR_GEN_DOCUMENT_CCW_H
#define VWR_GEN_DOCUMENT_CCW_H

/* The specification's own names, for code that has no other header with them. */
#include "vwr/gen/ccw.h"

#define virtio_rev_info                         vwr_ccw_rev_info
#define virtio_feature_desc                     vwr_ccw_feature_desc
#define virtio_thinint_area                     vwr_ccw_thinint_area

#endif

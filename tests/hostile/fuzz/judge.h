/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_JUDGE_H
#define VWR_FUZZ_JUDGE_H

#include "vwr/vblk.h"

/*
 * Whether a device may submit this request to its back end: known type, whole blocks of the window [first,
 * first +
 * sectors), within the limits of the back end, and segments with the same number of bytes. The numbers are
 * the
 * harness's own, because those of the device may be wrong.
 */
bool judge_request(const struct vwr_vblk_backend *be, const struct vwr_vblk_req *r, uint64_t first,
                   uint64_t sectors, bool read_only);

#endif

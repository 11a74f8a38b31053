/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Separate file: it refers to the recovery code, which is linked only if used. */
const struct vwr_replay vwr_blk_replay = {
    .send_again = vwr_request_send_again, .recover = vwr_recover_alone, .cls = &vwr_blk_bringup};

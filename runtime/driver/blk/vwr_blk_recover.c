/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Apart from all else, as it mentions the steps of a recovery. */
const struct vwr_replay vwr_blk_replay = {
    .send_again = vwr_request_send_again, .recover = vwr_recover_alone, .cls = &vwr_blk_bringup};

/* SPDX-License-Identifier: MIT */
#include "request_common.h"

/* For classes that describe some of their requests themselves; apart, as others need not link it. */

int vwr_request_add_segments(struct vwr_requestq *q, struct vwr_request_slot *s, const struct vwr_seg *seg,
                             unsigned out, unsigned in)
{
    return request_add_unbound(q, s, seg, out, in);
}

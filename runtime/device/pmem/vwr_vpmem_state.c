/* SPDX-License-Identifier: MIT */
#include "vwr/vpmem.h"
#include "vwr/vstate.h"

/* Saved state of persistent memory: its region, which has to be the same; flushes in flight are given back.
 * Section: Device parts.
 */

static const struct vwr_record vpmem_head = VWR_STATE_PMEM_RECORD(vwr_vpmem);

/* A driver that has accepted SHMEM_REGION reads 0 from the configuration. */
static bool vpmem_accept(struct vwr_vdev *v)
{
    return v->kind->negotiated(v) == VWR_OK;
}

const struct vwr_vstate_class vwr_vpmem_state = {
    .id = VWR_PMEM_ID,
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &vpmem_head,
    .accept = vpmem_accept,
};

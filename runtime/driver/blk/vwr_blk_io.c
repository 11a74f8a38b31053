/* SPDX-License-Identifier: MIT */
#include "blk_common.h"

/* Other blocking calls: flush, ID. They use the first queue and b->req. */

int vwr_blk_flush(struct vwr_blk *b)
{
    const int r = blk_can_wait(b);

    if (r != VWR_OK)
        return r;
    if (!vwr_dev_has(b->bringup.dev, VWR_BLK_F_FLUSH)) /* without the feature there is no volatile cache */
        return VWR_OK;
    return vwr_blk_run(b, VWR_BLK_T_FLUSH, 0, NULL, 0);
}

int vwr_blk_get_id(struct vwr_blk *b, char id[VWR_BLK_GET_ID_BYTES + 1u])
{
    void *answer = NULL;
    int r;

    VWR_STATIC_ASSERT(VWR_BLK_GET_ID_BYTES <= VWR_BLK_SMALL_BYTES, "the id fits");
    id[0] = '\0';
    r = blk_ask(b, VWR_BLK_T_GET_ID, &answer, VWR_BLK_GET_ID_BYTES);
    if (r != VWR_OK)
        return r;
    vwr_copy(id, answer, VWR_BLK_GET_ID_BYTES);
    id[VWR_BLK_GET_ID_BYTES] = '\0';
    return VWR_OK;
}

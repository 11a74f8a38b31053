/* SPDX-License-Identifier: MIT */
#include "vwr/client.h"

/* Restores settings after a recovery, one message at a time. */

static void client_restored(struct vwr_client_restore *restore)
{
    vwr_count_add(&restore->lost, restore->call->req.result != VWR_OK);
}

int vwr_client_restore_next(struct vwr_bringup *v, struct vwr_client_restore *restore)
{
    struct vwr_req *req, *done;
    int r;

    if (v->dev == NULL || restore->resend == NULL)
        return VWR_EFAILED;
    req = &restore->call->req;
    do {
        if (req->state != VWR_REQ_IDLE) {
            r = vwr_request_reap(&restore->q->requests, &done, 1);
            if (vwr_req_is_in_flight(req))
                return r < 0 ? r : 1;
            client_restored(restore);
        }
        if (restore->next == restore->count)
            return VWR_OK;
        req->internal = 1; /* a reset discards it */
        r = restore->resend(v, restore->next);
        if (r == VWR_EINVAL || r == VWR_EFEATURE || r == VWR_ESEGMENTS) {
            vwr_count_add(&restore->lost, 1);
            r = VWR_OK;
        }
        restore->next += r == VWR_OK;
        (void)vwr_client_kick(restore->q);
    } while (r == VWR_OK);
    return r;
}

void vwr_client_restore_event(struct vwr_bringup *v, struct vwr_client_restore *restore,
                              enum vwr_bringup_event event)
{
    if (event != VWR_BRINGUP_RUNS)
        return;
    restore->next = 0;
    (void)vwr_client_restore_next(v, restore); /* the next call reports an error */
}

int vwr_client_restore_all(struct vwr_bringup *v, struct vwr_client_restore *restore)
{
    int r = vwr_client_restore_next(v, restore);

    while (r == 1) {
        r = vwr_request_wait(&restore->q->requests, &restore->call->req);
        if (vwr_req_is_in_flight(&restore->call->req))
            return r;
        client_restored(restore);
        r = vwr_client_restore_next(v, restore);
    }
    return r;
}

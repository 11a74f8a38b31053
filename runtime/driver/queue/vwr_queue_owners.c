/* SPDX-License-Identifier: MIT */
#include "queue_owners_common.h"
#include "vwr/text.h"

/* Reports concurrent owners; only in builds with VWR_CHECK_OWNERS. */

#if VWR_CHECK_OWNERS

#define OWNERS_LINE 120

/* Reports `call`, which started while another call was in progress. */
static VWR_COLD void queue_owners_report(const struct vwr_queue *q, const char *call)
{
    char line[OWNERS_LINE];
    struct vwr_text t;

    vwr_text_begin(&t, line, sizeof(line));
    vwr_text_str(&t, "vwr: queue ");
    vwr_text_dec(&t, vwr_queue_index(q));
    vwr_text_str(&t, ": ");
    vwr_text_str(&t, call);
    vwr_text_str(&t, " while ");
    vwr_text_str(&t, q->in_progress);
    vwr_text_str(&t, " is in progress: two owners");
    vwr_port_log(line);
}

struct vwr_queue *vwr_queue_enter(struct vwr_queue *q, const char *call)
{
    if (q->in_progress != NULL)
        queue_owners_report(q, call);
    q->in_progress = call;
    return q;
}

void vwr_queue_leave(struct vwr_queue *const *q)
{
    (*q)->in_progress = NULL;
}

#endif

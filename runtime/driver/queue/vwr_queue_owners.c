/* SPDX-License-Identifier: MIT */
#include "vwr/queue.h"
#include "vwr/text.h"

/* The report of a build with VWR_CHECK_OWNERS. */

#if VWR_CHECK_OWNERS

#define OWNERS_LINE 120

void vwr_queue_two_owners(const struct vwr_queue *q, const char *call)
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

#endif

/* SPDX-License-Identifier: MIT */
#include "vwr/client.h"

/* Sets up a request queue. Separate file: a class without generated messages may use it. */

int vwr_client_setup(struct vwr_clientq *q, struct vwr_bringup *v, unsigned index,
                     const struct vwr_request_class *cls, const struct vwr_queue_memory *m,
                     const struct vwr_request_options *options)
{
    vwr_copy(&q->options, options, sizeof(*options));
    vwr_request_set_defaults(&q->options);
    q->requests.segment_bytes_max = (uint32_t)-1;
    q->requests.segments_max = q->options.segments;
    return vwr_request_setup(&q->requests, v, index, cls, m, &q->options);
}

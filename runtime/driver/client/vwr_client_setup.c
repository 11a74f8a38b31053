/* SPDX-License-Identifier: MIT */
#include "vwr/client.h"

/* A queue of requests with all that it needs; apart, as a class without messages may have one. */

int vwr_client_setup(struct vwr_clientq *q, struct vwr_bringup *v, unsigned index,
                     const struct vwr_request_class *cls, const struct vwr_queue_memory *m,
                     const struct vwr_request_options *options)
{
    vwr_copy(&q->memory, m, sizeof(*m));
    vwr_copy(&q->options, options, sizeof(*options));
    vwr_request_set_defaults(&q->options);
    vwr_requestq_set_class(&q->requests, cls);
    q->requests.options = &q->options;
    q->requests.memory = &q->memory;
    q->requests.bringup = v;
    q->requests.segment_bytes_max = (uint32_t)-1;
    q->requests.segments_max = q->options.segments;
    return vwr_request_setup(&q->requests, index);
}

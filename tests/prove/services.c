/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include SERVICE
#include "stubs.h"

/*
 * The generated service of a device: each message of each queue, with a fixed part of any content and of the
 * row's length, and with any length of data. `./vwr prove` compiles this file for each device, with the
 * generated source as SERVICE, and with functions of a class in stubs.h that give any result.
 */

#define GLUE_(a, b, c) a##b##c
#define GLUE(a, b, c) GLUE_(a, b, c)

typedef struct GLUE(vwr_, DEVICE, _vservice) service_type;
#define FIXED_BYTES sizeof(((service_type *)NULL)->fixed)

/* An answer is as long as the row says. */
void vwr_vmessage_end(struct vwr_vmessage *x, int result, const void *back)
{
    const size_t bytes = (size_t)x->row->first + x->row->last;

    prove_that(back == NULL || result < VWR_OK || prove_readable(back, bytes));
}

/* Stand for the loops: what they read and write has to be memory. */
void vwr_zero(void *to, size_t bytes)
{
    prove_that(prove_writable(to, bytes));
}

void vwr_copy(void *to, const void *from, size_t bytes)
{
    prove_that(prove_writable(to, bytes) && prove_readable(from, bytes));
}

/* A stream has no rows. */
uint16_t vwr_service_take(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream,
                          vwr_vstream_function *take)
{
    (void)s, (void)index, (void)take;
    prove_that(prove_writable(stream, sizeof(*stream)));
    return 0;
}

/* What the generated code calls for a queue: one of its rows instead of the next buffer. */
uint16_t vwr_service_serve(struct vwr_service *s, uint16_t index, uint16_t number,
                           const struct vwr_service_queue *q)
{
    PROVE_ANY(struct vwr_vmessage, x);
    PROVE_ANY(unsigned, at);
    const struct vwr_service_row *row;

    (void)index;
    prove_assume(at < q->count);
    row = &q->rows[at];
    prove_that(row->out <= FIXED_BYTES && q->select_end <= FIXED_BYTES);
    for (unsigned i = 0; i < row->selects; i++)
        prove_that(q->select[i].at + 0u + q->select[i].bytes <= q->select_end);
    x.service = s;
    x.queue = q;
    x.row = row;
    x.number = number;
    (void)row->call(s, &x, prove_memory(row->out));
    return 1;
}

void service_rows(void)
{
    PROVE_ANY(service_type, service);
    PROVE_ANY(struct vwr_vqueue, queue);

    service.calls = &stub_calls;
    queue.dev = &service.service.dev;
    (void)GLUE(service_, DEVICE, _serve)(&service.service.dev, &queue);
}

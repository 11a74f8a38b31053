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

/* An answer has the length that is given in the row. */
void vwr_vmessage_end(struct vwr_vmessage *x, int result, const void *back)
{
    const size_t bytes = (size_t)x->row->first + x->row->last;

    prove_that(back == NULL || result < VWR_OK || prove_readable(back, bytes));
}

/* These functions replace the loops: the areas that the loops read and write must be valid memory. */
void vwr_zero(void *to, size_t bytes)
{
    prove_that(prove_writable(to, bytes));
}

void vwr_copy(void *to, const void *from, size_t bytes)
{
    prove_that(prove_writable(to, bytes) && prove_readable(from, bytes));
}

#define PARTS 4u

/* A response of several parts, of which each is valid memory. The driver's buffers may be shorter. */
uint32_t vwr_writer_write(struct vwr_writer *w, const void *from, uint32_t n)
{
    static unsigned parts;
    PROVE_ANY(uint32_t, result);

    (void)w;
    parts++;
    prove_assume(parts <= PARTS);
    prove_that(prove_readable(from, n));
    prove_assume(result <= n);
    return result;
}

/* The contract of the function that finds a queue in a group of queues. */
bool vwr_service_is_of(uint16_t index, unsigned first, unsigned stride, uint32_t count, uint16_t *number)
{
    PROVE_ANY(bool, result);
    PROVE_ANY(uint16_t, any);

    (void)index, (void)first, (void)stride;
    if (!result)
        return false;
    prove_assume(any < count);
    *number = any;
    return true;
}

/* A stream has no rows. Streams of a group of queues are memory of the VMM. */
uint16_t vwr_service_take(struct vwr_service *s, uint16_t index, struct vwr_vstream *stream,
                          vwr_vstream_function *take)
{
    (void)s, (void)index, (void)stream, (void)take;
    return 0;
}

/* A row of a queue, for a message with arbitrary content. */
static void serve_row(struct vwr_service *s, uint16_t number, const struct vwr_service_queue *q, unsigned at)
{
    const struct vwr_service_row *const row = &q->rows[at];
    PROVE_ANY(struct vwr_vmessage, x);

    prove_that(row->out <= FIXED_BYTES && q->select_end <= FIXED_BYTES);
    for (unsigned i = 0; i < row->selects; i++) {
        const unsigned end = q->select[i].at + 0u + q->select[i].bytes;

        prove_that(end <= q->select_end && (row->out == 0 || end <= row->out));
    }
    x.service = s;
    x.queue = q;
    x.row = row;
    x.number = number;
    (void)row->call(s, &x, prove_memory(row->out));
}

/* Called by the generated code for a queue: tries each row instead of taking the next buffer. */
uint16_t vwr_service_serve(struct vwr_service *s, uint16_t index, uint16_t number,
                           const struct vwr_service_queue *q)
{
    (void)index;
    for (unsigned at = 0; at < q->count; at++)
        serve_row(s, number, q, at);
    return 1;
}

void service_rows(void)
{
    PROVE_ANY(service_type, service);
    PROVE_ANY(struct vwr_vqueue, queue);

    service.calls = &stub_calls;
    (void)SERVE(&service.service.dev, &queue);
}

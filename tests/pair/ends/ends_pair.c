/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "ram.h"
#include "vmm.h"

#include <string.h>

/* Valid messages between the two sides. */

#define OTHER_STATUS 0x7d /* a status that never means success */

static int call(enum ends_do what)
{
    return ends.message->call(what);
}

static void check_data(void)
{
    for (uint32_t i = 0; i < ends.message->back.data; i++)
        ENDS_SAME(ends.in[i], ends_byte(&ends.message->back, i));
    ENDS_SAME(ends.in[ends.message->back.data], ENDS_POISON);
}

/* Ends a case; the next one starts with the message as defined. */
static void done(void)
{
    if (!ends_end())
        ends_reopen();
    ends_expect(ends.message);
}

static void pair_do(void)
{
    ends_begin("pair");
    ENDS_SAME(call(ENDS_DO), VWR_OK);
    ENDS_SAME(ends.calls, 1);
    check_data();
    ends.sent++;
    done();
}

/* A function that fills nothing of its answer gives zeros, and nothing from the stack of the device. */
static void pair_blank(void)
{
    if (!ends.message->fills)
        return;
    ends_begin("blank");
    ends.blank = true;
    ENDS_SAME(call(ENDS_DO), VWR_OK);
    ENDS_SAME(ends.calls, 1);
    ends.sent++;
    done();
}

/* The driver receives one item, or none if the function refuses it. */
static void pair_item(void)
{
    ends_begin("item");
    ENDS_SAME(call(ENDS_ITEM), VWR_OK);
    ENDS_SAME(ends.calls, 1);
    ENDS_SAME(ends.items, 1);
    ends.result = VWR_EINVAL;
    ENDS_SAME(call(ENDS_ITEM), ends.message->oks != 0 ? VWR_EIO : VWR_EPROTO);
    ends.sent += 2;
    done();
}

static struct vwr_req *reaped(void)
{
    struct vwr_req *one = NULL;
    const int n = vwr_request_reap(&ends.queue->requests->requests, &one, 1);

    return n == 1 ? one : NULL;
}

static void pair_submit(void)
{
    struct vwr_client_call *const c = ends.queue->call;

    ends_begin("submit");
    ENDS_SAME(call(ENDS_SUBMIT), VWR_OK);
    (void)vwr_request_kick(&ends.queue->requests->requests);
    vmm_run_until_idle();
    ENDS_SAME(ends.calls, 1);
    if (reaped() == &c->req) {
        ENDS_SAME(c->req.result, VWR_OK);
        ENDS_SAME(c->data_bytes, ends.message->back.data);
        (void)call(ENDS_ANSWER);
        check_data();
    } else {
        ENDS_SAME(c->req.state, VWR_REQ_COMPLETED);
    }
    ends.sent++;
    done();
}

static void pair_later(void)
{
    ends_begin("later");
    ends.result = VWR_LATER;
    ENDS_SAME(call(ENDS_SUBMIT), VWR_OK);
    (void)vwr_request_kick(&ends.queue->requests->requests);
    vmm_run_until_idle();
    ENDS_SAME(ends.kept != NULL, true);
    ENDS_SAME(call(ENDS_SUBMIT), VWR_EBUSY);
    ENDS_SAME(reaped() == NULL, true);
    if (ends.kept != NULL) {
        (void)call(ENDS_DONE);
        ENDS_SAME(reaped() == &ends.queue->call->req, true);
        ENDS_SAME(ends.queue->call->req.result, VWR_OK);
        (void)call(ENDS_ANSWER);
        check_data();
    }
    ends.sent++;
    done();
}

/* The driver resets the device while it has a message: the driver gets the message back. */
static void pair_reset(void)
{
    uint64_t sum;

    if (ends.message->home != (int)ends.set)
        return;
    ends_begin("reset");
    ends.result = VWR_LATER;
    ENDS_SAME(call(ENDS_SUBMIT), VWR_OK);
    (void)vwr_request_kick(&ends.queue->requests->requests);
    vmm_run_until_idle();
    ends_close();
    sum = ram_sum();
    if (ends.kept != NULL)
        (void)call(ENDS_DONE);
    ENDS_SAME(ram_sum(), sum);
    (void)ends_end();
    ends_reopen();
    ends_expect(ends.message);
}

static void pair_keep(void)
{
    ends.result = VWR_LATER;
    ENDS_SAME(call(ENDS_SUBMIT), VWR_OK);
    (void)vwr_request_kick(&ends.queue->requests->requests);
    vmm_run_until_idle();
    ENDS_SAME(ends.kept != NULL, true);
}

/* The driver resets the queue of a message that the device has: its memory is not in use then, and a late
 * answer does nothing. */
static void pair_queue_reset(void)
{
    struct vwr_vdev *const v = ends_device.dev;
    const void *host = NULL;
    uint64_t sum;

    if (ends.message->home != (int)ends.set)
        return;
    ends_begin("queue_reset");
    pair_keep();
    if (ends.kept != NULL)
        host = ends.kept->chain.seg[0].at;
    sum = ram_sum();
    ENDS_SAME(v->kind->uses(v, host, 1), true);
    ENDS_SAME(v->kind->uses(v, &sum, 1), false);
    vwr_vdev_lock(v);
    v->kind->queue_reset(v, ends_index(ends.queue));
    vwr_vdev_unlock(v);
    ENDS_SAME(v->kind->uses(v, host, 1), false);
    if (ends.kept != NULL)
        (void)call(ENDS_DONE);
    ENDS_SAME(ram_sum(), sum);
    ENDS_SAME(v->stats.late, 1);
    (void)ends_end();
    ends_reopen();
    ends_expect(ends.message);
}

/* The driver resets the device while it has a message, and sends the same message again: a late answer to
 * the first must not complete the second. */
static void pair_late(void)
{
    struct vwr_vmessage *kept;
    uint64_t ticket;
    uint64_t sum;

    if (ends.message->home != (int)ends.set)
        return;
    ends_begin("late");
    pair_keep();
    kept = ends.kept;
    ticket = ends.ticket;
    ends_restart();
    pair_keep();
    ENDS_SAME(ends.kept == kept, true); /* in the same structure */
    sum = ram_sum();
    if (kept != NULL) {
        const uint64_t second = ends.ticket;

        ends.ticket = ticket;
        (void)call(ENDS_DONE);
        ends.ticket = second;
        ENDS_SAME(ram_sum(), sum);
        ENDS_SAME(ends_device.dev->stats.late, 1);
        ENDS_SAME(reaped() == NULL, true);
        (void)call(ENDS_DONE);
        ENDS_SAME(reaped() == &ends.queue->call->req, true);
        ENDS_SAME(ends.queue->call->req.result, VWR_OK);
        (void)call(ENDS_ANSWER);
        check_data();
    }
    ends.sent += 2;
    (void)ends_end();
    ends_reopen();
    ends_expect(ends.message);
}

/* The device's function returns another status, or refuses the message. */
static void pair_status(void)
{
    const struct ends_message *const m = ends.message;

    if (m->oks == 0)
        return;
    ends_begin("status");
    ends.result = OTHER_STATUS;
    ENDS_SAME(call(ENDS_DO), VWR_EIO);
    ENDS_SAME(ends.queue->own->status, OTHER_STATUS);
    ends.sent++;
    done();
    ends_begin("refused");
    ends.result = VWR_EINVAL;
    ends.in_data = 0;
    ENDS_SAME(call(ENDS_DO), VWR_EIO);
    if (m->refuses)
        ENDS_SAME(ends.queue->own->status, m->refuse);
    ends.sent++;
    done();
}

static void pair_no_queue(void)
{
    if (!ends.queue->family)
        return;
    ends_begin("no_queue");
    ENDS_SAME(call(ENDS_NO_QUEUE), VWR_ENOQUEUE);
    done();
}

/* The configuration reports that the device does not have it. */
static void pair_bit(void)
{
    if (ends.message->bit == 0 || ends.message->home != (int)ends.set)
        return;
    ends_set_bit(false);
    ends_begin("feature_of_client");
    ENDS_SAME(call(ENDS_DO), VWR_EFEATURE);
    ENDS_SAME(call(ENDS_SUBMIT), VWR_EFEATURE);
    ENDS_SAME(ends.calls, 0);
    (void)ends_end();
    ends_set_bit(true);
}

static void pair_forms(void)
{
    ends_begin("forms");
    (void)call(ENDS_FORMS);
    (void)ends_end();
}

static void pair_message(void)
{
    pair_forms();
    if (ends_has(ends.message->sets, ends.set)) {
        pair_bit();
        pair_no_queue();
        pair_do();
        pair_blank();
        pair_submit();
        if (ends.message->items != 0) {
            pair_item();
        } else {
            pair_later();
            pair_reset();
            pair_late();
            pair_queue_reset();
        }
        pair_status();
        return;
    }
    ends_begin("feature_of_client");
    ENDS_SAME(call(ENDS_DO), VWR_EFEATURE);
    ENDS_SAME(call(ENDS_SUBMIT), VWR_EFEATURE);
    ENDS_SAME(ends.calls, 0);
    done();
}

/* ---- messages from the device ---- */

/* Whether a buffer of the driver has the event as the description has it, with its reserved bytes. */
static bool has_arrived(void)
{
    const struct vwr_receiveq *const r = ends.queue->receive;
    uint8_t want[ENDS_BYTES];
    const uint32_t n = ends_image(&ends.message->back, want);
    bool has = false;

    for (unsigned i = 0; i < r->count; i++)
        has = has || memcmp(r->buffer[i].data, want, n) == 0;
    return has;
}

static void check_event(void)
{
    ENDS_SAME(has_arrived(), true);
    ends.events = 0;
    ENDS_SAME(call(ENDS_POLL), 1);
    ENDS_SAME(ends.events, 1);
    ends.sent++;
}

static void pair_event(void)
{
    struct vwr_vdev *const v = ends_device.dev;

    pair_forms();
    if (!ends_has(ends.message->sets, ends.set)) {
        ends_begin("feature_of_service");
        ENDS_SAME(call(ENDS_DO), VWR_EFEATURE);
        done();
        ends_begin("feature_of_client"); /* the message's, or the queue's */
        ENDS_SAME(call(ENDS_POLL), ends.queue->receive->queue.size != 0 ? 0 : VWR_EFEATURE);
        done();
        return;
    }
    ends_begin("pair");
    ENDS_SAME(call(ENDS_POLL), 0);
    for (unsigned i = 0; i < 2 * ENDS_BUFFERS; i++) {
        ENDS_SAME(call(ENDS_DO), VWR_OK);
        check_event();
    }
    done();
    ends_begin("no_buffer");
    for (unsigned i = 0; i < ENDS_BUFFERS; i++)
        ENDS_SAME(call(ENDS_DO), VWR_OK);
    ENDS_SAME(call(ENDS_DO), VWR_EFULL);
    for (unsigned i = 0; i < ENDS_BUFFERS; i++)
        check_event();
    ENDS_SAME(call(ENDS_POLL), 0);
    done();
    ends_begin("too_long");
    ENDS_SAME(vwr_service_send((struct vwr_service *)(void *)v, ends_index(ends.queue), ends.out, ENDS_BYTES,
                               ends.out, 1),
              VWR_ERANGE);
    ENDS_SAME(call(ENDS_POLL), 0);
    ENDS_SAME(call(ENDS_DO), VWR_OK);
    check_event();
    done();
}

/* ---- streams ---- */

static void pair_take(void)
{
    uint8_t bytes[2 * ENDS_BYTES + 5];
    uint32_t sum = 0;
    size_t sent = 0;

    ends_begin("stream");
    ends.taken = 0;
    ends.taken_sum = 0;
    for (unsigned i = 0; i < sizeof(bytes); i++)
        sum = sum * 31u + (bytes[i] = ends_pattern(i));
    while (sent < sizeof(bytes) && !ends.failed) {
        const int n = vwr_transmit_write(ends.queue->transmit, bytes + sent, sizeof(bytes) - sent);

        ENDS_SAME(n >= 0, true);
        sent += n > 0 ? (size_t)n : 0;
        vmm_run_until_idle();
    }
    ENDS_SAME(ends.taken, sizeof(bytes));
    ENDS_SAME(ends.taken_sum, sum);
    ends.sent++;
    if (!ends_end())
        ends_reopen();
}

static void pair_put(void)
{
    uint8_t bytes[ENDS_BYTES + 5];
    uint8_t back[sizeof(bytes) + 1];
    int n = 0;

    ends_begin("stream");
    for (unsigned i = 0; i < sizeof(bytes); i++)
        bytes[i] = ends_pattern(i);
    ENDS_SAME(ends.queue->put(bytes, sizeof(bytes)), sizeof(bytes));
    for (unsigned at = 0; at < sizeof(bytes) && n >= 0; at += (unsigned)n) {
        n = vwr_receive_read(ends.queue->receive, ends.queue->rest, back + at, sizeof(back) - at);
        ENDS_SAME(n > 0, true);
        n = n == 0 ? -1 : n;
    }
    ENDS_SAME_BYTES(back, bytes, sizeof(bytes));
    ends.sent++;
    if (!ends_end())
        ends_reopen();
}

static void pair_streams(void)
{
    for (unsigned i = 0; i < ends_device.queues; i++) {
        ends.queue = &ends_device.queue[i];
        if (!ends_has(ends.queue->sets, ends.set))
            continue;
        if (ends.queue->kind == ENDS_TAKE)
            pair_take();
        if (ends.queue->kind == ENDS_PUT)
            pair_put();
    }
}

/* The first valid messages again, on the second queue of each family. */
static void pair_second(void)
{
    for (unsigned i = 0; i < ends_device.queues; i++) {
        const struct ends_queue *const q = &ends_device.queue[i];

        for (unsigned j = 0; j < q->messages && q->number != 0 && ends_has(q->sets, ends.set); j++) {
            if (!ends_has(q->message[j].sets, ends.set))
                continue;
            ends.queue = q;
            ends_expect(&q->message[j]);
            if (q->kind == ENDS_REQUEST)
                pair_do();
            else
                pair_event();
        }
    }
    ends.message = NULL;
    ends.queue = NULL;
}

void ends_pair(void)
{
    ends_each(ENDS_REQUEST, false, pair_message);
    ends_each(ENDS_EVENT, false, pair_event);
    pair_second();
    pair_streams();
}

/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "fake_scsi.h"
#include "vwr/scsi.h"

#include <string.h>

/* A SCSI host. Its settings are a subscription to events; a reset also resets the units. */

static const unsigned queues[] = {FAKE_SCSI_CONTROL, FAKE_SCSI_EVENTS, FAKE_SCSI_REQUESTS};
#define FLIGHT 3u
#define UNIT VWR_SCSI_UNIT(0, 1)
#define EVENTS VWR_SCSI_EVT_ASYNC_MEDIA_CHANGE

static struct vwr_scsi s;
static struct vwr_scsi_disk disk;
static struct vwr_scsi_request request[FLIGHT];
static struct fake_chain chain;
static uint8_t *data;
static unsigned early;  /* requests that completed before the violation */
static unsigned resets; /* of the device */

static void serve(struct fake *f, uint32_t queue)
{
    if (class_was_reset(f, &resets)) {
        fake_scsi.control_count = 0;
        fake_scsi.attentions = 1;
    }
    fake_scsi.count = 0; /* the log */
    fake_scsi_serve(f, queue);
}

/* Reads are in flight; the device has taken one and written a part of its answer, and a part of an event. */
static void begin(struct world *w, const struct format *f)
{
    struct vwr_scsi_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};

    fake_scsi_plug(w, f);
    w->f.on_notify = serve;
    fake_scsi.events = EVENTS;
    memset(&s, 0xa5, sizeof(s));
    memset(request, 0, sizeof(request));
    data = fake_ram_alloc(FLIGHT * 512, 8);
    class_silent = false;
    resets = 0;
    early = 0;
    assert_int_equal(vwr_scsi_open(&s, &w->mmio.dev, &o), VWR_OK);
    assert_int_equal(vwr_scsi_disk_open(&disk, &s, UNIT), VWR_OK);
    assert_int_equal(vwr_scsi_subscribe(&s, UNIT, EVENTS), EVENTS);
    class_silent = true;
    for (unsigned i = 0; i < FLIGHT; i++) {
        assert_int_equal(vwr_scsi_fill_read(&request[i], &disk, i, data + i * 512, 512), VWR_OK);
        assert_int_equal(vwr_scsi_submit(vwr_scsi_get_requestq(&s, 0), &request[i]), VWR_OK);
    }
    (void)vwr_scsi_kick(vwr_scsi_get_requestq(&s, 0));
    assert_true(fake_ring_next(&w->f, FAKE_SCSI_REQUESTS, &chain));
    class_write(&chain, "half", 4);
    assert_true(fake_ring_next(&w->f, FAKE_SCSI_EVENTS, &chain));
    class_write(&chain, "\1\0\0\0", 4);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_scsi_request *done;
    struct vwr_scsi_notice notice;
    int r;

    (void)w;
    if (queue == FAKE_SCSI_CONTROL)
        return vwr_scsi_query_events(&s, UNIT, EVENTS);
    if (queue == FAKE_SCSI_EVENTS)
        return vwr_scsi_poll(&s, &notice);
    r = vwr_scsi_reap(vwr_scsi_get_requestq(&s, 0), &done, 1);
    if (r == 1)
        assert_ptr_equal(done, &request[early++]);
    return r;
}

static int wait(struct world *w)
{
    int r = 0;

    fake_time.step = 100u * 1000u;
    while (r == 0)
        r = look(w, FAKE_SCSI_REQUESTS);
    assert_int_equal(r, VWR_ETIMEOUT);
    return r;
}

static void came_back(struct world *w, int why)
{
    static const uint8_t removed[] = {1, 0, 0, 0, 1, 0, 0x40, 1, 0, 0, 0, 0, 2, 0, 0, 0};
    struct vwr_scsi_request *done[FLIGHT + 1];
    struct vwr_scsi_notice notice;

    assert_int_equal(vwr_scsi_reap(vwr_scsi_get_requestq(&s, 0), done, FLIGHT + 1), FLIGHT - early);
    for (unsigned i = early; i < FLIGHT; i++) {
        assert_ptr_equal(done[i - early], &request[i]);
        assert_int_equal(request[i].call.req.result, why);
    }
    assert_int_equal(fake_scsi.control_count, 1);
    assert_memory_equal(fake_scsi.control[0], "\2\0\0\0\1\0\x40\1\0\0\0\0\x10\0\0\0", 16);
    assert_int_equal(vwr_scsi_poll(&s, &notice), 1);
    assert_true(notice.missed);
    class_all_posted(w, FAKE_SCSI_EVENTS, VWR_SCSI_EVENTS, 0);
    for (unsigned i = 0; i < 2 * VWR_SCSI_EVENTS; i++) {
        assert_true(fake_scsi_event(&w->f, removed, sizeof(removed), sizeof(removed)));
        assert_int_equal(vwr_scsi_poll(&s, &notice), 1);
        assert_int_equal(notice.reason, VWR_SCSI_EVT_RESET_REMOVED);
        assert_int_equal(notice.unit, UNIT);
    }
    assert_int_equal(vwr_scsi_poll(&s, &notice), 0);
    memset(data, 0, 512);
    assert_int_equal(vwr_scsi_disk_read(&disk, 9, data, 512), VWR_OK);
    assert_memory_equal(data, fake_scsi.disk + 9 * 512, 512);
    assert_int_equal(s.attentions, 2); /* of the open, of the recovery */
    assert_int_equal(vwr_queue_in_flight(&s.first.client.requests.queue), 0);
    assert_int_equal(vwr_queue_in_flight(&s.client.controlq.requests.queue), 0);
}

static int close_it(void)
{
    return vwr_close(&s.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < FLIGHT; i++)
        assert_false(vwr_req_is_in_flight(&request[i].call.req));
    for (unsigned i = 0; i < VWR_SCSI_EVENTS; i++)
        assert_int_not_equal(s.event_buffer[i].owner, VWR_RECEIVE_DEVICE);
}

const struct driver_class class_scsi = {
    .name = "scsi",
    .kinds = KIND_ALL,
    .size = 16,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << FAKE_SCSI_EVENTS | 1u << FAKE_SCSI_CONTROL, /* the first of two answers ends the call */
    .empty = 1u << FAKE_SCSI_CONTROL,
    .bringup = &s.bringup,
    .steps = &vwr_scsi_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};

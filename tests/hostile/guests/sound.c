/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/vm.h"
#include "vwr/vsound.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/* A sound card, and guests that send commands and periods in every wrong way. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define CONTROL VWR_SND_QUEUE_CONTROLQ
#define EVENT VWR_SND_QUEUE_EVENTQ
#define TX VWR_SND_QUEUE_TXQ
#define RX VWR_SND_QUEUE_RXQ
#define OUT 0u
#define IN 1u
#define STATUS ((uint32_t)sizeof(struct vwr_snd_pcm_status))
#define PERIOD 32u

struct vmm {
    struct vwr_vsound v;
    unsigned changes;
};

static const struct vwr_snd_pcm_info_item streams[] = {
    {0, 0, 1u << VWR_SND_PCM_FMT_S16, 1u << VWR_SND_PCM_RATE_8000, VWR_SND_D_OUTPUT, 1, 2},
    {0, 0, 1u << VWR_SND_PCM_FMT_S16, 1u << VWR_SND_PCM_RATE_8000, VWR_SND_D_INPUT, 1, 2},
};
static const struct vwr_snd_jack_info_item jacks[] = {{1, 1u << VWR_SND_JACK_F_REMAP, 2, 3, 1}};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static void changed(struct vwr_vsound *v, uint32_t stream)
{
    assert_true(stream < 2);
    ((struct vmm *)v->context)->changes++;
}

static const struct vwr_vsound_ops ops = {.stream_changed = changed};

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    const struct vwr_vsound_options o = {
        .ops = &ops, .context = m, .jacks = jacks, .streams = streams, .jack_count = 1, .stream_count = 2};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    guest_setup(g, &s);
    assert_int_equal(vwr_vsound_init_with(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vsound_dev(&m->v));
    g->queues = VWR_VSOUND_QUEUES;
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- actions of a guest ---- */

/* Sends a command of `n` bytes with space for `room`; returns the status, 0 if there is none. */
static uint32_t sends(struct guest *g, const void *bytes, uint32_t n, uint32_t room)
{
    const struct guest_desc part[] = {{AT(0), n, 0, 0}, {AT(1), room, WRITE, 0}};
    int64_t used;
    uint32_t status;

    memcpy(guest_at(g, AT(0), n), bytes, n);
    memset(guest_at(g, AT(1), room), 0, room);
    hostile_send(g, CONTROL, part, room != 0 ? 2 : 1);
    for (; g->again != 0; g->again--) /* as the VMM's hook asks for */
        for (uint16_t i = 0; i < g->queues; i++)
            vwr_vdev_serve(vwr_vsound_dev(&vmm_of(g)->v), i);
    used = hostile_take(g, CONTROL);
    memcpy(&status, guest_at(g, AT(1), sizeof(status)), sizeof(status));
    return used >= (int64_t)sizeof(status) ? vwr_le32_to_cpu(status) : 0;
}

static uint32_t commands(struct guest *g, uint32_t code, uint32_t stream)
{
    const vwr_le32 m[] = {vwr_cpu_to_le32(code), vwr_cpu_to_le32(stream)};

    return sends(g, m, sizeof(m), sizeof(struct vwr_snd_hdr));
}

static struct vwr_snd_pcm_set_params right(uint32_t stream)
{
    struct vwr_snd_pcm_set_params m;

    memset(&m, 0, sizeof(m));
    m.hdr.hdr.code = vwr_cpu_to_le32(VWR_SND_R_PCM_SET_PARAMS);
    m.hdr.stream_id = vwr_cpu_to_le32(stream);
    m.buffer_bytes = vwr_cpu_to_le32(2 * PERIOD);
    m.period_bytes = vwr_cpu_to_le32(PERIOD);
    m.features = vwr_cpu_to_le32(1u << VWR_SND_PCM_F_EVT_XRUNS);
    m.channels = 2;
    m.format = VWR_SND_PCM_FMT_S16;
    m.rate = VWR_SND_PCM_RATE_8000;
    return m;
}

static uint32_t sets(struct guest *g, const struct vwr_snd_pcm_set_params *m)
{
    return sends(g, m, sizeof(*m), sizeof(struct vwr_snd_hdr));
}

static void starts(struct guest *g, uint32_t stream)
{
    const struct vwr_snd_pcm_set_params m = right(stream);

    assert_int_equal(sets(g, &m), VWR_SND_S_OK);
    assert_int_equal(commands(g, VWR_SND_R_PCM_PREPARE, stream), VWR_SND_S_OK);
    assert_int_equal(commands(g, VWR_SND_R_PCM_START, stream), VWR_SND_S_OK);
}

/* A period of `n` bytes in a queue, for a stream, with or without a notification. */
static void puts_period(struct guest *g, unsigned queue, uint32_t stream, uint32_t n, bool notifies)
{
    const vwr_le32 id = vwr_cpu_to_le32(stream);
    const uint64_t at = queue == TX ? AT(2) : AT(6);
    const struct guest_desc part[] = {
        {at, sizeof(id), 0, 0}, {AT(3), n, queue == RX ? WRITE : 0, 0}, {AT(4), STATUS, WRITE, 0}};

    memcpy(guest_at(g, at, sizeof(id)), &id, sizeof(id));
    if (queue == TX)
        memset(guest_at(g, AT(3), n), 'x', n);
    (notifies ? hostile_send : hostile_lend)(g, queue, part, 3);
}

static void sends_period(struct guest *g, unsigned queue, uint32_t stream, uint32_t n)
{
    puts_period(g, queue, stream, n, true);
}

/* The device has returned a period with this status. */
static void returns(struct guest *g, unsigned queue, uint32_t status)
{
    uint32_t found;

    assert_true(hostile_take(g, queue) >= STATUS);
    memcpy(&found, guest_at(g, AT(4), sizeof(found)), sizeof(found));
    assert_int_equal(vwr_le32_to_cpu(found), status);
}

static void plays(struct guest *g)
{
    uint8_t bytes[PERIOD];

    sends_period(g, TX, OUT, PERIOD);
    hostile_unused(g, TX);
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, OUT, bytes, PERIOD), PERIOD);
    assert_true(bytes[0] == 'x' && bytes[PERIOD - 1] == 'x');
    returns(g, TX, VWR_SND_S_OK);
}

static void works(struct guest *g)
{
    g->broke = 0;
    assert_true(guest_start(g));
    starts(g, OUT);
    plays(g);
    starts(g, IN);
    sends_period(g, RX, IN, 4);
    assert_int_equal(vwr_vsound_give(&vmm_of(g)->v, IN, "abcdef", 6), 4);
    returns(g, RX, VWR_SND_S_OK);
    assert_memory_equal(guest_at(g, AT(3), 4), "abcd", 4);
    hostile_is_whole(g);
}

static const struct hostile_device sound_device = {plug, works, unplug};

/* ---- commands ---- */

/* Commands without a stream, in a wrong order, or that are too short: an answer, and no state changes. */
static void g26_commands(struct guest *g, long long at)
{
    const uint32_t code = (uint32_t)at;
    const vwr_le32 cut = vwr_cpu_to_le32(code);
    unsigned before;

    starts(g, OUT);
    before = vmm_of(g)->changes;
    assert_int_equal(commands(g, code, 2), VWR_SND_S_BAD_MSG);
    assert_int_equal(commands(g, code, UINT32_MAX), VWR_SND_S_BAD_MSG);
    assert_int_equal(sends(g, &cut, sizeof(cut), sizeof(struct vwr_snd_hdr)), VWR_SND_S_NOT_SUPP);
    assert_int_equal(sends(g, &cut, sizeof(cut), 0), 0);
    if (code != VWR_SND_R_PCM_STOP)
        assert_int_equal(commands(g, code, OUT), VWR_SND_S_BAD_MSG);
    assert_int_equal(vmm_of(g)->changes, before);
    assert_int_equal(commands(g, VWR_SND_R_CTL_INFO, 0), VWR_SND_S_NOT_SUPP);
    assert_int_equal(commands(g, 0x12345, 0), VWR_SND_S_NOT_SUPP);
    plays(g);
}

/* A jack that claims to support remapping, with a VMM that has no function for it. */
static void g26_remap(struct guest *g, long long at)
{
    const vwr_le32 m[] = {vwr_cpu_to_le32(VWR_SND_R_JACK_REMAP), vwr_cpu_to_le32((uint32_t)at),
                          vwr_cpu_to_le32(1), vwr_cpu_to_le32(2)};

    assert_int_equal(sends(g, m, sizeof(m), sizeof(struct vwr_snd_hdr)),
                     at == 0 ? VWR_SND_S_NOT_SUPP : VWR_SND_S_BAD_MSG);
}

/* Parameters that the stream does not have. */
static void g26_params(struct guest *g, long long at)
{
    struct vwr_snd_pcm_set_params m = right(OUT);

    m.format = (uint8_t)at;
    assert_int_equal(sets(g, &m), VWR_SND_S_NOT_SUPP);
    m = right(OUT);
    m.rate = (uint8_t)at;
    assert_int_equal(sets(g, &m), VWR_SND_S_NOT_SUPP);
    m = right(OUT);
    m.channels = (uint8_t)at;
    assert_int_equal(sets(g, &m), VWR_SND_S_NOT_SUPP);
    m = right(OUT);
    m.features = vwr_cpu_to_le32((uint32_t)at);
    assert_int_equal(sets(g, &m), VWR_SND_S_NOT_SUPP);
    m = right(OUT);
    m.period_bytes = 0;
    assert_int_equal(sets(g, &m), VWR_SND_S_BAD_MSG);
    m.period_bytes = vwr_cpu_to_le32(PERIOD - 1);
    assert_int_equal(sets(g, &m), VWR_SND_S_BAD_MSG);
    m.buffer_bytes = 0;
    assert_int_equal(sets(g, &m), VWR_SND_S_BAD_MSG);
    assert_int_equal(vmm_of(g)->v.stream[OUT].state, VWR_VSOUND_NEW);
    assert_int_equal(commands(g, VWR_SND_R_PCM_PREPARE, OUT), VWR_SND_S_BAD_MSG);
}

/* Queries for more items than there are, or with a different size. */
static void g27_queries(struct guest *g, long long at)
{
    static const uint32_t codes[] = {VWR_SND_R_JACK_INFO, VWR_SND_R_PCM_INFO, VWR_SND_R_CHMAP_INFO};

    for (unsigned i = 0; i < 3; i++) {
        const vwr_le32 many[] = {vwr_cpu_to_le32(codes[i]), vwr_cpu_to_le32(0), vwr_cpu_to_le32((uint32_t)at),
                                 vwr_cpu_to_le32(32)};
        const vwr_le32 later[] = {vwr_cpu_to_le32(codes[i]), vwr_cpu_to_le32((uint32_t)at),
                                  vwr_cpu_to_le32(1), vwr_cpu_to_le32(32)};
        const vwr_le32 size[] = {vwr_cpu_to_le32(codes[i]), vwr_cpu_to_le32(0), vwr_cpu_to_le32(i != 2),
                                 vwr_cpu_to_le32(33)};

        assert_int_equal(sends(g, many, sizeof(many), 100), VWR_SND_S_BAD_MSG);
        assert_int_equal(sends(g, later, sizeof(later), 100), VWR_SND_S_BAD_MSG);
        assert_int_equal(sends(g, size, sizeof(size), 100), VWR_SND_S_BAD_MSG);
    }
}

/* ---- periods ---- */

/*
 * Periods for a nonexistent stream, for one of the other direction, or for one that is not prepared are
 * returned at once.
 */
static void g26_periods(struct guest *g, long long at)
{
    starts(g, OUT);
    sends_period(g, TX, (uint32_t)at, PERIOD);
    returns(g, TX, VWR_SND_S_BAD_MSG);
    sends_period(g, RX, OUT, PERIOD);
    returns(g, RX, VWR_SND_S_BAD_MSG);
    sends_period(g, RX, IN, PERIOD);
    returns(g, RX, VWR_SND_S_IO_ERR);
    assert_int_equal(commands(g, VWR_SND_R_PCM_STOP, OUT), VWR_SND_S_OK);
    assert_int_equal(commands(g, VWR_SND_R_PCM_RELEASE, OUT), VWR_SND_S_OK);
    sends_period(g, TX, OUT, PERIOD);
    returns(g, TX, VWR_SND_S_IO_ERR);
}

/* Periods without an id or space for a status; the others arrive. */
static void g30_cut_periods(struct guest *g, long long at)
{
    const struct guest_desc no_status[] = {{AT(2), 4, 0, 0}, {AT(3), 8, 0, 0}, {AT(4), STATUS - 1, WRITE, 0}};
    const struct guest_desc no_id[] = {{AT(2), 3, 0, 0}, {AT(4), STATUS, WRITE, 0}};

    (void)at;
    starts(g, OUT);
    hostile_send(g, TX, no_status, 3);
    assert_true(hostile_take(g, TX) >= 0);
    hostile_send(g, TX, no_id, 2);
    assert_true(hostile_take(g, TX) >= 0);
    plays(g);
}

/* Periods of no bytes: the VMM's call ends, and returns them. */
static void g52_empty_periods(struct guest *g, long long at)
{
    const vwr_le32 id = vwr_cpu_to_le32(OUT);
    const struct guest_desc part[] = {{AT(2), sizeof(id), 0, 0}, {AT(4), STATUS, WRITE, 0}};
    uint8_t byte;

    (void)at;
    starts(g, OUT);
    for (unsigned i = 0; i < 2; i++) {
        memcpy(guest_at(g, AT(2), sizeof(id)), &id, sizeof(id));
        hostile_send(g, TX, part, 2);
    }
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, OUT, &byte, 1), 0);
    returns(g, TX, VWR_SND_S_OK);
    returns(g, TX, VWR_SND_S_OK);
    plays(g);
}

/* The queue is full of periods that nobody takes: commands and the other direction go on; a release returns
 * all of them before its answer, also those of which the guest has not notified the device. */
static void g50_full_queue(struct guest *g, long long at)
{
    const unsigned n = g->q[TX].size / 3u;

    (void)at;
    starts(g, OUT);
    starts(g, IN);
    for (unsigned i = 0; i < n; i++)
        puts_period(g, TX, OUT, PERIOD, i < n / 2);
    sends_period(g, RX, IN, 4);
    assert_int_equal(vwr_vsound_give(&vmm_of(g)->v, IN, "abcd", 4), 4);
    returns(g, RX, VWR_SND_S_OK);
    assert_int_equal(commands(g, VWR_SND_R_PCM_STOP, OUT), VWR_SND_S_OK);
    assert_int_equal(commands(g, VWR_SND_R_PCM_RELEASE, OUT), VWR_SND_S_OK);
    for (unsigned i = 0; i < n; i++)
        returns(g, TX, VWR_SND_S_IO_ERR);
}

/*
 * A guest that sends a new period for each returned one: the release ends after as many as the queue holds.
 */
static void g50_release(struct guest *g, long long at)
{
    const vwr_le32 m[] = {vwr_cpu_to_le32(VWR_SND_R_PCM_RELEASE), vwr_cpu_to_le32(OUT)};
    const struct guest_desc part[] = {{AT(0), sizeof(m), 0, 0},
                                      {AT(1), sizeof(struct vwr_snd_hdr), WRITE, 0}};
    const unsigned most = at != 0 ? 3u : VWR_VSOUND_QUEUE;
    unsigned times = 0;
    uint32_t id, len;

    starts(g, OUT);
    assert_int_equal(commands(g, VWR_SND_R_PCM_STOP, OUT), VWR_SND_S_OK);
    puts_period(g, TX, OUT, PERIOD, false);
    memcpy(guest_at(g, AT(0), sizeof(m)), m, sizeof(m));
    hostile_send(g, CONTROL, part, 2);
    while (!guest_used(g, CONTROL, &id, &len)) {
        assert_in_range(++times, 1, most);
        g->again = 0;
        vwr_vdev_serve(vwr_vsound_dev(&vmm_of(g)->v), TX);
        returns(g, TX, VWR_SND_S_IO_ERR);
        puts_period(g, TX, OUT, PERIOD, false);
        if (at != 0 && times == most) { /* no period comes any more */
            guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), TX);
            guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
        }
        vwr_vdev_serve(vwr_vsound_dev(&vmm_of(g)->v), CONTROL);
    }
    assert_int_equal(times, most);
    assert_int_equal(len, sizeof(struct vwr_snd_hdr));
    assert_int_equal(vmm_of(g)->v.stream[OUT].state, VWR_VSOUND_RELEASED);
}

/* The reset of a queue takes the periods of its direction alone, and nothing of the other one. */
static void g46_queue_reset(struct guest *g, long long queue)
{
    uint8_t bytes[PERIOD];

    starts(g, OUT);
    starts(g, IN);
    sends_period(g, TX, OUT, PERIOD);
    sends_period(g, RX, IN, 4);
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, OUT, bytes, 1), 1);
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), (uint32_t)queue);
    guest_write(g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, OUT, bytes, PERIOD), queue == TX ? 0 : PERIOD - 1);
    assert_int_equal(vwr_vsound_give(&vmm_of(g)->v, IN, "abcd", 4), queue == RX ? 0 : 4);
    assert_int_equal(vmm_of(g)->v.stream[OUT].moved, 0);
}

/* A nonexistent stream that the VMM requests. */
static void g26_no_stream(struct guest *g, long long at)
{
    uint8_t bytes[PERIOD];

    starts(g, OUT);
    sends_period(g, TX, OUT, PERIOD);
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, (uint32_t)at, bytes, PERIOD), 0);
    assert_int_equal(vwr_vsound_give(&vmm_of(g)->v, (uint32_t)at, bytes, PERIOD), 0);
    vwr_vsound_set_latency(&vmm_of(g)->v, (uint32_t)at, 5);
    hostile_unused(g, TX);
}

/* A reset with periods in flight: the VMM is notified, and consumes nothing. */
static void g46_reset(struct guest *g, long long at)
{
    uint8_t bytes[PERIOD];
    unsigned before;

    (void)at;
    starts(g, OUT);
    sends_period(g, TX, OUT, PERIOD);
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, OUT, bytes, 1), 1);
    before = vmm_of(g)->changes;
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(vmm_of(g)->changes, before + 2);
    assert_int_equal(vwr_vsound_take(&vmm_of(g)->v, OUT, bytes, PERIOD), 0);
    assert_true(guest_start(g));
    starts(g, OUT);
    plays(g);
}

/* Events without buffers: one of each kind is remembered. */
static void g27_no_event_buffers(struct guest *g, long long at)
{
    struct vwr_snd_event e;

    for (unsigned i = 0; i < 101; i++)
        vwr_vsound_set_jack(&vmm_of(g)->v, 0, i % 2 != 0);
    hostile_send_one(g, EVENT, AT(5), (uint32_t)at, WRITE); /* too short: it returns empty */
    hostile_used(g, EVENT, 0);
    for (unsigned i = 0; i < 2; i++)
        vwr_vsound_set_jack(&vmm_of(g)->v, 0, i == 0);
    hostile_send_one(g, EVENT, AT(5), sizeof(e), WRITE);
    hostile_used(g, EVENT, sizeof(e));
    memcpy(&e, guest_at(g, AT(5), sizeof(e)), sizeof(e));
    assert_int_equal(vwr_le32_to_cpu(e.hdr.code), VWR_SND_EVT_JACK_DISCONNECTED);
    hostile_send_one(g, EVENT, AT(5), sizeof(e), WRITE);
    hostile_unused(g, EVENT);
}

static void g45_features(struct guest *g, long long at)
{
    (void)at;
    hostile_takes_too_much(g);
    starts(g, OUT);
    plays(g);
}

static const struct hostile_case cases[] = {
    {"G26_commands_of_a_stream",
     "section Sound Device / Device Operation / PCM Control Messages",
     g26_commands,
     HOSTILE_V2,
     4,
     {VWR_SND_R_PCM_PREPARE, VWR_SND_R_PCM_START, VWR_SND_R_PCM_STOP, VWR_SND_R_PCM_RELEASE}},
    {"G26_parameters_of_a_stream",
     "sound.drv.pcmparams.1; sound.drv.pcmparams.2",
     g26_params,
     HOSTILE_V2,
     4,
     {3, 63, 64, 255}},
    {"G27_queries_of_items",
     "sound.drv.info.1; sound.drv.info.2",
     g27_queries,
     HOSTILE_V2,
     2,
     {3, 0xffffffff}},
    {"G26_periods_of_a_stream",
     "robustness: a period that no stream accepts is not kept",
     g26_periods,
     HOSTILE_V2,
     3,
     {IN, 2, 0xffffffff}},
    {"G30_periods_without_an_end",
     "robustness: what does not end is no period",
     g30_cut_periods,
     HOSTILE_V2,
     0,
     {0}},
    {"G52_empty_periods", "robustness: a call of the VMM ends", g52_empty_periods, HOSTILE_V2, 0, {0}},
    {"G50_full_queue", "sound.dev.pcmrelease.1; sound.dev.pcmrelease.2", g50_full_queue, HOSTILE_V2, 0, {0}},
    {"G50_release_without_an_end", "sound.dev.pcmrelease.2", g50_release, HOSTILE_V2, 2, {0, 1}},
    {"G46_queue_reset_of_streams", "vq.dev.reset.2", g46_queue_reset, HOSTILE_V2, 3, {EVENT, TX, RX}},
    {"G26_no_stream", "header vwr/vsound.h", g26_no_stream, HOSTILE_V2, 2, {2, UINT32_MAX}},
    {"G26_remap",
     "section Sound Device / Device Operation / Jack Control Messages",
     g26_remap,
     HOSTILE_V2,
     2,
     {0, 1}},
    {"G46_reset_of_streams", "reset.dev.2", g46_reset, HOSTILE_V2, 0, {0}},
    {"G27_no_buffers_for_events",
     "robustness: the device keeps one event of a kind",
     g27_no_event_buffers,
     HOSTILE_V2,
     2,
     {1, 7}},
    {"G45_features_not_offered", "feat.drv.1", g45_features, HOSTILE_V2, 0, {0}},
};

int main(void)
{
    return hostile_run("sound", &sound_device, cases, sizeof(cases) / sizeof(cases[0]));
}

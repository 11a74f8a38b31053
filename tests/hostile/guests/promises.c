/* SPDX-License-Identifier: MIT */
#include "hostile.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr/vm.h"

#include <stdlib.h>
#include <string.h>

/*
 * A device serves what it promises: each chain that fits into a queue of the maximum size that it reports.
 * Further, the calls that the VMM's callbacks may make, and the effects of forbidden calls in a VMM without
 * locks: the guest loses nothing, gets nothing twice, and sees only its own data.
 *
 * split.drv.indirect.3, packed.drv.sg.2: a chain is no longer than the queue.
 */

#define LONG 256u   /* queue_size */
#define TABLED 100u /* segments of a chain that are in a table behind the others */
#define WRITE ((unsigned)VWR_VIRTQ_DESC_F_WRITE)
#define OUTPUT VWR_CONSOLE_QUEUE_TRANSMITQ
#define INPUT VWR_CONSOLE_QUEUE_RECEIVEQ
#define ACROSS (GUEST_HIGH - 1) /* two bytes at this address lie in two regions */
#define BYTE(n) (GUEST_HUGE + 0x100u * (n))
#define REQS 4u
#define BLK_SEGS 66u
#define SECTOR VWR_BLK_SECTOR_BYTES
#define HEAD BYTE(0)
#define STATUS BYTE(1)
#define DATA BYTE(16)

struct vmm {
    struct guest *g;
    struct vwr_vconsole console;
    struct vwr_vconsole_port port;
    struct vwr_ventropy entropy;
    struct vwr_vblk blk;
    struct vwr_vblk_backend backend;
    struct vwr_vblk_req req[REQS];
    struct vwr_vseg seg[REQS * BLK_SEGS];
    struct vwr_vqueue_entry own[2 * LONG];
    struct vwr_vblk_req *out; /* the last request that the backend got */
    uint64_t ticket[REQS];    /* of each request in flight */
    char text[512];           /* output of the guest */
    unsigned texts;
    uint32_t most; /* maximum bytes that output accepts at a time; 0: all */
    unsigned echoed;
    unsigned submits;
    unsigned kicks;
    uint8_t next;
    int answer; /* result of submit */
    bool echo;
    unsigned deep;             /* nested calls of `on` */
    void (*on)(struct vmm *m); /* called in each callback, but not recursively */
    void (*on_irq)(struct vmm *m);
    void (*on_kick)(struct vmm *m);
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static void call(struct vmm *m, void (*on)(struct vmm *m))
{
    if (on == NULL || m->deep != 0)
        return;
    m->deep++;
    on(m);
    m->deep--;
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    struct vmm *const m = c->context;

    n = m->most != 0 && n > m->most ? m->most : n;
    assert_true(m->texts + n <= sizeof(m->text));
    memcpy(m->text + m->texts, bytes, n);
    m->texts += n;
    if (m->echo)
        m->echoed += vwr_vconsole_input_locked(c, port, bytes, n);
    call(m, m->on);
    return n;
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    struct vmm *const m = e->context;

    for (uint32_t i = 0; i < n; i++)
        bytes[i] = m->next++;
    call(m, m->on);
    return n;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vmm *const m = (struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, backend));

    m->submits++;
    m->out = r;
    m->ticket[r - m->req] = vwr_vblk_ticket(r);
    for (unsigned i = 0; i < r->segs && r->type == VWR_BLK_T_IN; i++)
        memset(r->seg[i].at, 7, r->seg[i].len);
    call(m, m->on);
    return m->answer;
}

static void end_request(struct vmm *m, struct vwr_vblk_req *r)
{
    vwr_vblk_done(r, m->ticket[r - m->req], VWR_OK);
}

static void on_kick(struct vwr_vblk_backend *be)
{
    struct vmm *const m = (struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, backend));

    m->kicks++;
    call(m, m->on_kick);
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)b;
    (void)queue;
    ((struct vmm *)(void *)((uint8_t *)be - offsetof(struct vmm, backend)))->out = NULL;
}

static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct guest *const g = vm->context;

    (void)line;
    g->irq = level;
    g->raised += level;
    if (level)
        call(vmm_of(g), vmm_of(g)->on_irq);
}

static void reset_when_broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    ((struct guest *)vm->context)->broke++;
    vwr_vdev_reset(v);
}

static void set_up(struct guest *g, struct vwr_vdev_setup *s)
{
    struct vmm *const m = vmm_of(g);

    g->budget = UINT64_MAX;
    g->ops.irq = on_irq;
    guest_setup(g, s);
    s->queue_size = LONG;
    s->own = m->own;
    s->own_count = VWR_COUNT(m->own);
}

static void plug_console(struct guest *g)
{
    static const struct vwr_vconsole_ops ops = {.output = output};
    struct vmm *const m = vmm_of(g);
    struct vwr_vconsole_options o = {.ops = &ops, .context = m, .port = &m->port, .port_count = 1};
    struct vwr_vdev_setup s;

    set_up(g, &s);
    g->queues = 2;
    m->port.console = true;
    assert_int_equal(vwr_vconsole_init_with(&m->console, &s, &o), VWR_OK);
    guest_plug(g, 0, &m->console.dev);
}

static void plug_entropy(struct guest *g)
{
    struct vwr_vdev_setup s;

    set_up(g, &s);
    assert_int_equal(vwr_ventropy_init_with(&vmm_of(g)->entropy, &s, source, vmm_of(g)), VWR_OK);
    guest_plug(g, 0, &vmm_of(g)->entropy.dev);
}

static void plug_disk(struct guest *g)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .kick = on_kick, .drain = drain};
    struct vmm *const m = vmm_of(g);
    struct vwr_vblk_options o = {.backend = &m->backend,
                                 .req = m->req,
                                 .req_count = REQS,
                                 .seg = m->seg,
                                 .seg_count = VWR_COUNT(m->seg)};
    struct vwr_vdev_setup s;

    m->backend = (struct vwr_vblk_backend){.ops = &ops, .sectors = 4096, .block_bytes = SECTOR};
    set_up(g, &s);
    s.queue_count = 1;
    assert_int_equal(vwr_vblk_init_with(&m->blk, &s, &o), VWR_OK);
    guest_plug(g, 0, &m->blk.dev);
}

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));

    assert_non_null(m);
    m->g = g;
}

static void works(struct guest *g)
{
    (void)g;
}

static void unplug(struct guest *g)
{
    vmm_of(g)->on = NULL;
    vmm_of(g)->on_irq = NULL;
    vmm_of(g)->on_kick = NULL;
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static const struct hostile_device device = {plug, works, unplug};

/* ---- each chain that fits into a queue ---- */

/* Lays out the parts of a ring of any size up to LONG. */
static void lay_out(struct guest *g, unsigned queue, uint16_t size)
{
    struct guest_queue *const q = &g->q[queue];

    guest_lay_out(g, queue, size);
    if (!g->legacy) {
        q->driver = q->desc + 0x1000;
        q->device = q->desc + 0x2000;
    }
}

static uint16_t size_max(struct guest *g)
{
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 0);
    return (uint16_t)guest_read(g, VWR_MMIO_QUEUE_SIZE_MAX, sizeof(uint32_t));
}

/* Starts a queue of the maximum size that the device reports, with no other knowledge. Returns the size. */
static uint16_t start_long(struct guest *g)
{
    uint16_t size;

    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    size = size_max(g);
    assert_true(size >= 16 && size <= LONG);
    for (unsigned i = 0; i < g->queues; i++) {
        lay_out(g, i, size);
        assert_true(guest_set_queue(g, i));
    }
    guest_driver_ok(g);
    return size;
}

/* The device refuses a longer queue than it reports. */
static void assert_not_longer(struct guest *g, uint16_t size)
{
    if (size == LONG)
        return;
    guest_clear_rings(g);
    assert_true(guest_negotiate(g));
    lay_out(g, 0, (uint16_t)(size * 2u));
    assert_false(guest_set_queue(g, 0));
    assert_false(g->dev->broken);
}

/*
 * A chain of `n` segments of one byte, except that the first has two bytes in two regions. In an indirect
 * table if `at` is 1, and the last TABLED of them if it is 2.
 */
static void lend_long(struct guest *g, long long at, unsigned queue, unsigned n, unsigned flags)
{
    struct guest_desc segment[LONG];
    const uint64_t table = GUEST_HUGE + 0x1000000;
    const unsigned direct = at == 0 ? n : at == 1 ? 0 : n - TABLED;

    for (unsigned i = 0; i < n; i++) {
        segment[i] = (struct guest_desc){i == 0 ? ACROSS : BYTE(i), i == 0 ? 2 : 1, (uint16_t)flags, 0};
        if (i < direct)
            continue;
        segment[i].flags |= !g->packed && i + 1 < n ? VWR_VIRTQ_DESC_F_NEXT : 0u;
        segment[i].next = (uint16_t)(i - direct + 1);
        guest_put_desc(g, table, i - direct, &segment[i]);
    }
    if (direct != n)
        segment[direct] =
            (struct guest_desc){table, (n - direct) * 16u, (uint16_t)VWR_VIRTQ_DESC_F_INDIRECT, 0};
    (void)guest_chain(g, queue, segment, direct + (direct != n));
    guest_kick(g, queue);
}

static void long_entropy(struct guest *g, long long at)
{
    uint16_t size;

    plug_entropy(g);
    size = start_long(g);
    assert_int_equal(size, LONG);
    lend_long(g, at, 0, size, WRITE);
    hostile_is_whole(g);
    hostile_used(g, 0,
                 VWR_VENTROPY_SEGS); /* one segment lies in two regions; those in excess are not filled */
    lend_long(g, at, 0, size, 0);
    hostile_used(g, 0, 0); /* there is no byte to fill, in any number of segments */
}

/* Checks the output of a long chain: the bytes of its segments, in order. */
static void assert_text(struct vmm *m, uint16_t size)
{
    assert_int_equal(m->texts, size + 1u);
    for (unsigned i = 2; i <= size; i++)
        assert_int_equal((uint8_t)m->text[i], (uint8_t)(i - 1));
}

static void number_bytes(struct guest *g)
{
    for (unsigned i = 0; i < LONG; i++)
        *(uint8_t *)guest_at(g, BYTE(i), 1) = (uint8_t)i;
}

/* The class has memory for fewer segments than the queue has descriptors. */
static void long_console(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint16_t size;

    plug_console(g);
    size = start_long(g);
    assert_int_equal(size, LONG);
    number_bytes(g);
    lend_long(g, at, OUTPUT, size, 0);
    hostile_is_whole(g);
    hostile_used(g, OUTPUT, 0);
    assert_text(m, size);
    lend_long(g, at, INPUT, size, WRITE);
    assert_int_equal(vwr_vconsole_input(&m->console, 0, m->text, 5), 5);
    hostile_used(g, INPUT, 5);
    hostile_is_whole(g);
    lend_long(g, at, INPUT, size, WRITE);
    assert_int_equal(vwr_vconsole_input(&m->console, 0, m->text, 100), VWR_VCONSOLE_SEGS);
    hostile_used(g, INPUT, VWR_VCONSOLE_SEGS);
    hostile_is_whole(g);
}

/* The VMM accepts `most` bytes at a time, and the budget allows a few segments. */
static void long_console_in_parts(struct guest *g, long long most)
{
    struct vmm *const m = vmm_of(g);

    plug_console(g);
    m->console.dev.budget_bytes = 20 * VWR_VDEV_SEG_BYTES;
    for (long long at = 0; at <= (g->packed ? 1 : 2); at++) {
        start_long(g);
        number_bytes(g);
        m->most = (uint32_t)most;
        m->texts = 0;
        lend_long(g, at, OUTPUT, LONG, 0);
        for (unsigned n = 0; m->texts <= LONG; n++) {
            assert_true(n <= 8 * LONG);
            hostile_unused(g, OUTPUT);
            vwr_vconsole_resume(&m->console, 0);
        }
        m->most = 0;
        vwr_vconsole_resume(&m->console, 0);
        hostile_used(g, OUTPUT, 0);
        assert_text(m, LONG);
        hostile_is_whole(g);
    }
}

/*
 * Segments beyond the memory of the class are checked like those before. 0: a readable one behind a writable
 * one; 1: a total of 2^32 bytes; 2: an invalid address; 3: writable ones, which an output queue ignores.
 */
static void long_console_wrong(struct guest *g, long long at)
{
    static const enum vwr_vfault fault[] = {VWR_VFAULT_ORDER, VWR_VFAULT_LENGTH, VWR_VFAULT_ADDRESS,
                                            VWR_VFAULT_NONE};
    struct vmm *const m = vmm_of(g);
    struct guest_desc segment[LONG];

    plug_console(g);
    start_long(g);
    for (unsigned i = 0; i < LONG; i++)
        segment[i] = (struct guest_desc){at == 1 ? GUEST_HUGE : BYTE(i), at == 1 ? 0x1000000 : 1, 0, 0};
    for (unsigned i = 200; i < LONG && (at == 0 || at == 3); i++)
        segment[i].flags = (uint16_t)WRITE;
    if (at == 0)
        segment[LONG - 1].flags = 0;
    if (at == 2)
        segment[LONG - 1].addr = GUEST_END;
    (void)guest_chain(g, OUTPUT, segment, LONG);
    guest_kick(g, OUTPUT);
    assert_int_equal(g->dev->fault.kind, fault[at]);
    if (at != 3) {
        assert_int_equal(m->texts, 0);
        g->broke = 0;
        return;
    }
    hostile_used(g, OUTPUT, 0);
    assert_int_equal(m->texts, 200);
}

/*
 * A disk whose driver does not accept SEG_MAX, and one whose driver accepts it and respects the limit.
 * Legacy: xv6 does not accept it.
 */
static void long_disk(struct guest *g, long long at)
{
    struct guest_desc segment[LONG];
    const bool knows = at != 0;
    unsigned n;
    uint16_t size;

    plug_disk(g);
    if (knows)
        vwr_features_add(&g->features, VWR_BLK_F_SEG_MAX);
    size = start_long(g);
    assert_int_equal(size, knows ? LONG : 64);
    n = (uint32_t)guest_read(g, VWR_MMIO_CONFIG + VWR_BLK_CONFIG_SEG_MAX, 4);
    n = knows ? vwr_guest32(g->legacy, vwr_cpu_to_le32(n)) + 2u : size;
    ((struct vwr_blk_req_out *)guest_at(g, HEAD, 16))->type = vwr_guest32(g->legacy, VWR_BLK_T_IN);
    segment[0] = (struct guest_desc){HEAD, 16, 0, 0};
    for (unsigned i = 1; i + 1 < n; i++)
        segment[i] = (struct guest_desc){i == 1 ? ACROSS - SECTOR + 1 : DATA + (uint64_t)i * SECTOR, SECTOR,
                                         (uint16_t)WRITE, 0};
    segment[1].addr = GUEST_HIGH - SECTOR / 2;
    segment[n - 1] = (struct guest_desc){STATUS, 1, (uint16_t)WRITE, 0};
    (void)guest_chain(g, 0, segment, n);
    guest_kick(g, 0);
    hostile_is_whole(g);
    hostile_used(g, 0, (n - 2) * SECTOR + 1);
    assert_int_equal(*(uint8_t *)guest_at(g, STATUS, 1), VWR_BLK_S_OK);
    assert_not_longer(g, size);
    vwr_features_remove(&g->features, VWR_BLK_F_SEG_MAX);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_equal(size_max(g), 64); /* until the driver's features are known */
}

/* ---- calls from callbacks ---- */

static void start(struct guest *g)
{
    assert_true(guest_start(g));
}

static void put_text(struct guest *g, uint64_t addr, const char *text)
{
    memcpy(guest_at(g, addr, strlen(text)), text, strlen(text));
}

/* Output that the VMM echoes from within the callback: three segments, and as many input buffers. */
static void echo(struct guest *g, long long at)
{
    const struct guest_desc segment[3] = {{BYTE(0), 3, 0, 0}, {BYTE(1), 4, 0, 0}, {BYTE(2), 4, 0, 0}};
    struct vmm *const m = vmm_of(g);
    char back[16] = "";

    (void)at;
    plug_console(g);
    start(g);
    m->echo = true;
    put_text(g, BYTE(0), "hel");
    put_text(g, BYTE(1), "lo w");
    put_text(g, BYTE(2), "orld");
    for (unsigned i = 0; i < 3; i++)
        (void)guest_chain(g, INPUT, &(struct guest_desc){BYTE(8 + i), 8, (uint16_t)WRITE, 0}, 1);
    guest_kick(g, INPUT);
    (void)guest_chain(g, OUTPUT, segment, 3);
    guest_kick(g, OUTPUT);
    assert_int_equal(m->texts, 11);
    assert_memory_equal(m->text, "hello world", 11);
    assert_int_equal(m->echoed, 11);
    hostile_used(g, OUTPUT, 0);
    for (unsigned i = 0; i < 3; i++) {
        uint32_t id, len;

        assert_true(guest_used(g, INPUT, &id, &len));
        strncat(back, guest_at(g, BYTE(8 + i), len), len);
    }
    assert_string_equal(back, "hello world");
    hostile_is_whole(g);
}

static void call_resume(struct vmm *m)
{
    vwr_vconsole_resume(&m->console, 0);
}

static void call_serve_output(struct vmm *m)
{
    vwr_vdev_serve(&m->console.dev, OUTPUT);
}

static void call_unplug(struct vmm *m)
{
    vwr_vconsole_plug(&m->console, 0, false);
}

static void call_open(struct vmm *m)
{
    vwr_vconsole_open_port(&m->console, 0, false);
}

static void call_resize(struct vmm *m)
{
    vwr_vconsole_resize(&m->console, 0, 100, 30);
}

static void call_input(struct vmm *m)
{
    (void)vwr_vconsole_input(&m->console, 0, "typed", 5);
}

static void call_reset(struct vmm *m)
{
    vwr_vdev_reset(m->g->dev);
}

static void call_needs_reset(struct vmm *m)
{
    vwr_vdev_needs_reset(m->g->dev);
}

/*
 * Calls that output must not make: two buffers of two segments are output in order and once, as far as the
 * port and the device still exist.
 */
static void output_calls(struct guest *g, long long at)
{
    static void (*const calls[])(struct vmm *) = {call_resume, call_serve_output, call_open,
                                                  call_resize, call_input,        call_unplug,
                                                  call_reset,  call_needs_reset};
    const struct guest_desc first[2] = {{BYTE(0), 3, 0, 0}, {BYTE(1), 3, 0, 0}};
    const struct guest_desc second[2] = {{BYTE(2), 3, 0, 0}, {BYTE(3), 3, 0, 0}};
    struct vmm *const m = vmm_of(g);

    plug_console(g);
    start(g);
    put_text(g, BYTE(0), "abc");
    put_text(g, BYTE(1), "def");
    put_text(g, BYTE(2), "ghi");
    put_text(g, BYTE(3), "jkl");
    (void)guest_chain(g, INPUT, &(struct guest_desc){BYTE(8), 64, (uint16_t)WRITE, 0}, 1);
    (void)guest_chain(g, OUTPUT, first, 2);
    (void)guest_chain(g, OUTPUT, second, 2);
    m->on = calls[at];
    guest_kick(g, OUTPUT);
    if (at < 5) {
        assert_int_equal(m->texts, 12);
        assert_memory_equal(m->text, "abcdefghijkl", 12);
        hostile_used(g, OUTPUT, 0);
        hostile_used(g, OUTPUT, 0);
        hostile_is_whole(g);
        return;
    }
    assert_int_equal(m->texts, 3);
    m->on = NULL;
    m->texts = 0;
    vwr_vconsole_plug(&m->console, 0, true);
    g->broke = 0;
    start(g);
    put_text(g, BYTE(0), "abc");
    (void)guest_chain(g, OUTPUT, first, 1);
    guest_kick(g, OUTPUT);
    assert_int_equal(m->texts, 3); /* from the start: no earlier position is kept */
    hostile_is_whole(g);
}

static void call_entropy_resume(struct vmm *m)
{
    vwr_ventropy_resume(&m->entropy);
}

static void call_serve(struct vmm *m)
{
    vwr_vdev_serve(m->g->dev, 0);
}

static void source_calls(struct guest *g, long long at)
{
    static void (*const calls[])(struct vmm *) = {call_entropy_resume, call_serve, call_reset,
                                                  call_needs_reset};
    const struct guest_desc first[2] = {{BYTE(0), 3, (uint16_t)WRITE, 0}, {BYTE(1), 3, (uint16_t)WRITE, 0}};
    const struct guest_desc second[2] = {{BYTE(2), 3, (uint16_t)WRITE, 0}, {BYTE(3), 3, (uint16_t)WRITE, 0}};
    struct vmm *const m = vmm_of(g);

    plug_entropy(g);
    start(g);
    (void)guest_chain(g, 0, first, 2);
    (void)guest_chain(g, 0, second, 2);
    m->on = calls[at];
    guest_kick(g, 0);
    if (at < 2) {
        assert_int_equal(m->next, 12);
        for (unsigned i = 0; i < 12; i++)
            assert_int_equal(*(uint8_t *)guest_at(g, BYTE(i / 3) + i % 3, 1), i);
        hostile_used(g, 0, 6);
        hostile_used(g, 0, 6);
        hostile_is_whole(g);
        return;
    }
    assert_int_equal(m->next, 3);
    m->on = NULL;
    g->broke = 0;
    start(g);
    (void)guest_chain(g, 0, first, 2);
    guest_kick(g, 0);
    hostile_used(g, 0, 6);
    hostile_is_whole(g);
}

static void call_done(struct vmm *m)
{
    end_request(m, m->out);
}

static void call_blk_resume(struct vmm *m)
{
    vwr_vblk_resume(&m->blk);
}

static void call_signal(struct vmm *m)
{
    vwr_vblk_signal(&m->blk);
}

static void call_blk_resize(struct vmm *m)
{
    assert_int_equal(vwr_vblk_resize(&m->blk, 2048), VWR_OK);
}

static void ask(struct guest *g, unsigned n)
{
    const struct guest_desc segment[3] = {{BYTE(4 * n), 16, 0, 0},
                                          {BYTE(4 * n + 64), SECTOR, (uint16_t)WRITE, 0},
                                          {BYTE(4 * n + 1), 1, (uint16_t)WRITE, 0}};

    memset(guest_at(g, BYTE(4 * n), 16), 0, 16);
    ((struct vwr_blk_req_out *)guest_at(g, BYTE(4 * n), 16))->type = vwr_guest32(g->legacy, VWR_BLK_T_IN);
    *(uint8_t *)guest_at(g, BYTE(4 * n + 1), 1) = 0xa5;
    (void)guest_chain(g, 0, segment, 3);
}

/* Each call that submit must not make, with each of its results: each request completes once, or is held. */
static void submit_calls(struct guest *g, long long at)
{
    static void (*const calls[])(struct vmm *) = {
        call_done, call_blk_resume, call_signal, call_blk_resize, call_serve, call_reset, call_needs_reset};
    static const int answers[] = {VWR_OK, VWR_LATER, VWR_EFULL, VWR_EIO};
    struct vmm *const m = vmm_of(g);

    plug_disk(g);
    for (unsigned a = 0; a < sizeof(answers) / sizeof(answers[0]); a++) {
        uint32_t id, len;
        unsigned used = 0;

        g->broke = 0;
        start(g);
        m->submits = 0;
        m->answer = answers[a];
        m->on = calls[at];
        ask(g, 0);
        ask(g, 1);
        guest_kick(g, 0);
        m->on = NULL;
        m->answer = VWR_OK;
        assert_true(m->submits <= 4);
        if (at < 5) {
            vwr_vblk_resume(&m->blk);
            for (unsigned i = 0; i < REQS; i++)
                end_request(m, &m->req[i]); /* completing one that is not in flight has no effect */
            vwr_vblk_signal(&m->blk);
            while (used < 8 && guest_used(g, 0, &id, &len))
                used++;
            assert_int_equal(used, 2);
            assert_int_equal(vwr_vblk_in_flight(&m->blk), 0);
            hostile_is_whole(g);
        }
        g->broke = 0;
        start(g);
        for (unsigned i = 0; i < 4 * REQS; i++) {
            ask(g, 0);
            guest_kick(g, 0);
            hostile_used(g, 0, SECTOR + 1);
        }
        assert_int_equal(vwr_vblk_in_flight(&m->blk), 0);
        hostile_is_whole(g);
    }
}

static void kick_calls(struct guest *g, long long at)
{
    static void (*const calls[])(struct vmm *) = {call_done, call_blk_resume, call_signal, call_serve};
    struct vmm *const m = vmm_of(g);

    plug_disk(g);
    start(g);
    m->answer = VWR_LATER;
    m->on_kick = calls[at];
    ask(g, 0);
    guest_kick(g, 0);
    m->on_kick = NULL;
    assert_int_equal(m->kicks, 1);
    end_request(m, m->out);
    vwr_vblk_signal(&m->blk);
    hostile_used(g, 0, SECTOR + 1);
    assert_int_equal(vwr_vblk_in_flight(&m->blk), 0);
    hostile_is_whole(g);
}

/* The interrupt hook calls the device. */
static void irq_calls(struct guest *g, long long at)
{
    static void (*const calls[])(struct vmm *) = {call_serve, call_entropy_resume, call_reset,
                                                  call_needs_reset};
    const struct guest_desc segment = {BYTE(0), 8, (uint16_t)WRITE, 0};
    struct vmm *const m = vmm_of(g);

    plug_entropy(g);
    start(g);
    m->on_irq = calls[at];
    (void)guest_chain(g, 0, &segment, 1);
    guest_kick(g, 0);
    m->on_irq = NULL;
    if (at < 2) {
        hostile_used(g, 0, 8);
        hostile_is_whole(g);
    }
    g->broke = 0;
    start(g);
    (void)guest_chain(g, 0, &segment, 1);
    guest_kick(g, 0);
    hostile_used(g, 0, 8);
    hostile_is_whole(g);
}

/*
 * `broken` resets the device immediately: after a disk request without a status byte, and after an invalid
 * head.
 */
static void broken_resets(struct guest *g, long long at)
{
    const struct guest_desc segment = {HEAD, 16, 0, 0};
    struct vmm *const m = vmm_of(g);

    g->ops.broken = reset_when_broken;
    plug_disk(g);
    start(g);
    (void)guest_chain(g, 0, at == 0 ? &segment : &(struct guest_desc){0, 16, 0, 0}, 1);
    guest_kick(g, 0);
    assert_int_equal(g->broke, 1);
    assert_int_equal(guest_status(g), 0);
    g->broke = 0;
    start(g);
    m->answer = VWR_LATER;
    for (unsigned i = 0; i < 2; i++)
        ask(g, i);
    guest_kick(g, 0);
    assert_int_equal(vwr_vblk_in_flight(&m->blk), 2);
    assert_int_equal(m->submits, 2);
    for (unsigned i = 0; i < REQS; i++)
        end_request(m, &m->req[i]);
    vwr_vblk_signal(&m->blk);
    hostile_used(g, 0, SECTOR + 1);
    hostile_used(g, 0, SECTOR + 1);
    hostile_is_whole(g);
}

/* ---- initial state, and state after a reset ---- */

/* The private memory of a port may have any content before init. */
static void any_content(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    memset(&m->port, (int)at, sizeof(m->port));
    m->port.name = NULL;
    m->port.absent = false;
    plug_console(g);
    start(g);
    memset(guest_at(g, BYTE(8), 64), 0xa5, 64);
    (void)guest_chain(g, INPUT, &(struct guest_desc){BYTE(8), 64, (uint16_t)WRITE, 0}, 1);
    guest_kick(g, INPUT);
    assert_int_equal(vwr_vqueue_in_flight(&g->dev->queue[INPUT]), 0);
    assert_int_equal(*(uint8_t *)guest_at(g, BYTE(8), 1), 0xa5);
    put_text(g, BYTE(0), "abc");
    (void)guest_chain(g, OUTPUT, &(struct guest_desc){BYTE(0), 3, 0, 0}, 1);
    guest_kick(g, OUTPUT);
    assert_int_equal(m->texts, 3);
    assert_int_equal(vwr_vconsole_input(&m->console, 0, "typed", 5), 5);
    hostile_used(g, INPUT, 5);
    hostile_is_whole(g);
}

/* A reset selects the first queue. */
static void queue_sel(struct guest *g, long long at)
{
    (void)at;
    plug_entropy(g);
    start(g);
    guest_write(g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 5);
    assert_int_equal(guest_read(g, VWR_MMIO_QUEUE_SIZE_MAX, sizeof(uint32_t)), 0);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    assert_int_not_equal(guest_read(g, VWR_MMIO_QUEUE_SIZE_MAX, sizeof(uint32_t)), 0);
}

/* The set of allowed registers does not depend on the features that a legacy driver accepts. */
static void no_legacy_register_of_a_feature(struct guest *g, long long at)
{
    (void)g;
    (void)at;
    plug_entropy(g);
    for (unsigned i = 0; i < VWR_MMIO_REG_COUNT; i++)
        assert_true((vwr_mmio_registers[i].versions & VWR_LEGACY) == 0 ||
                    vwr_mmio_registers[i].feature == VWR_FEATURE_NONE);
}

/* Borders between regions. */
static void borders(struct guest *g, long long at)
{
    static const struct vwr_memory_region region[] = {
        {0x1000, 0x1000, NULL}, {0x2000, 0x1000, NULL}, {0x3000, 0x1000, NULL}, {0x4000, 0x1000, NULL},
        {0x8000, 0x1000, NULL}, {0x9000, 0x1000, NULL}, {0xb000, 0x1000, NULL}};
    static const uint32_t wanted[] = {0, 0, 1, 2, 3, 3, 4, 4};
    struct vwr_memory m = {.region = region};

    (void)at;
    plug_entropy(g);
    for (m.region_count = 0; m.region_count < 8; m.region_count++)
        assert_int_equal(vwr_memory_adjacent(&m), wanted[m.region_count]);
}

/* The header in one segment, at any address. */
static void header_anywhere(struct guest *g, long long at)
{
    const uint64_t head = BYTE(32) + (uint64_t)at;
    const struct guest_desc segment[3] = {
        {head, 16, 0, 0}, {DATA, SECTOR, (uint16_t)WRITE, 0}, {STATUS, 1, (uint16_t)WRITE, 0}};
    const uint64_t sector = vwr_guest64(g->legacy, UINT64_C(0x123));
    const uint32_t type = vwr_guest32(g->legacy, VWR_BLK_T_IN);
    struct vmm *const m = vmm_of(g);

    plug_disk(g);
    start(g);
    memcpy(guest_at(g, head, 4), &type, 4);
    memcpy(guest_at(g, head + 8, 8), &sector, 8);
    (void)guest_chain(g, 0, segment, 3);
    guest_kick(g, 0);
    assert_int_equal(m->submits, 1);
    assert_int_equal(m->out->sector, 0x123);
    hostile_used(g, 0, SECTOR + 1);
    hostile_is_whole(g);
}

/*
 * Legacy: a driver that has reset the device and writes no features has accepted none, whatever was accepted
 * before.
 */
static void forgets_types(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{HEAD, 16, 0, 0}, {STATUS, 1, (uint16_t)WRITE, 0}};
    struct vmm *const m = vmm_of(g);

    (void)at;
    plug_disk(g);
    m->blk.dev.offered.w[0] |= UINT32_C(1) << VWR_BLK_F_FLUSH;
    vwr_features_add(&g->features, VWR_BLK_F_FLUSH);
    start(g);
    ((struct vwr_blk_req_out *)guest_at(g, HEAD, 16))->type = vwr_guest32(g->legacy, VWR_BLK_T_FLUSH);
    (void)guest_chain(g, 0, segment, 2);
    guest_kick(g, 0);
    assert_int_equal(*(uint8_t *)guest_at(g, STATUS, 1), VWR_BLK_S_OK);
    guest_clear_rings(g);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_ACKNOWLEDGE);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    guest_write(g, VWR_MMIO_GUEST_PAGE_SIZE, sizeof(uint32_t), g->page_size);
    assert_true(guest_set_queue(g, 0));
    guest_driver_ok(g);
    (void)guest_chain(g, 0, segment, 2);
    guest_kick(g, 0);
    assert_int_equal(*(uint8_t *)guest_at(g, STATUS, 1), VWR_BLK_S_UNSUPP);
}

static const struct hostile_case cases[] = {
    {"P01_entropy_longest_chain",
     "split.drv.indirect.3 packed.drv.sg.2; header vwr/vdev.h",
     long_entropy,
     HOSTILE_ALL,
     2,
     {0, 1}},
    {"P02_console_longest_chain",
     "split.drv.indirect.3 packed.drv.sg.2; header vwr/vdev.h",
     long_console,
     HOSTILE_ALL,
     2,
     {0, 1}},
    {"P02_console_longest_chain",
     "split.drv.indirect.3; header vwr/vdev.h",
     long_console,
     HOSTILE_SPLIT,
     1,
     {2}},
    {"P02_console_longest_chain_in_parts",
     "header vwr/vstream.h",
     long_console_in_parts,
     HOSTILE_ALL,
     5,
     {1, 7, 67, 68, 69}},
    {"P02_console_longest_chain_is_wrong",
     "split.drv.desc.1; header vwr/vqueue.h",
     long_console_wrong,
     HOSTILE_ALL,
     4,
     {0, 1, 2, 3}},
    {"P03_disk_longest_chain",
     "split.drv.indirect.3 packed.drv.sg.2; header vwr/vblk.h",
     long_disk,
     HOSTILE_ALL,
     2,
     {0, 1}},
    {"P10_console_echoes", "header vwr/vconsole.h", echo, HOSTILE_ALL, 0, {0}},
    {"P11_output_calls", "header vwr/vconsole.h", output_calls, HOSTILE_ALL, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
    {"P12_source_calls", "header vwr/ventropy.h", source_calls, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"P13_submit_calls", "header vwr/vblk.h", submit_calls, HOSTILE_ALL, 7, {0, 1, 2, 3, 4, 5, 6}},
    {"P14_kick_calls", "header vwr/vblk.h", kick_calls, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"P15_irq_calls", "header vwr/vm.h", irq_calls, HOSTILE_ALL, 4, {0, 1, 2, 3}},
    {"P20_port_of_any_content", "header vwr/vconsole.h", any_content, HOSTILE_ALL, 2, {0x01, 0xff}},
    {"P21_queue_sel_after_a_reset",
     "section Virtio Over MMIO / MMIO Device Register Layout",
     queue_sel,
     HOSTILE_ALL,
     0,
     {0}},
    {"P22_no_legacy_register_of_a_feature",
     "header vwr/tables.h",
     no_legacy_register_of_a_feature,
     HOSTILE_LEGACY,
     0,
     {0}},
    {"P23_borders", "header vwr/vm.h", borders, HOSTILE_MODERN, 0, {0}},
    {"P24_header_anywhere",
     "section Basic Facilities of a Virtio Device / Message Framing",
     header_anywhere,
     HOSTILE_ALL,
     4,
     {1, 2, 4, 7}},
    {"P25_types_are_forgotten",
     "section Legacy Interface: Device Initialization",
     forgets_types,
     HOSTILE_LEGACY,
     0,
     {0}},
    {"P16_broken_resets", "header vwr/vm.h", broken_resets, HOSTILE_ALL, 2, {0, 1}},
};

int main(void)
{
    return hostile_run("promises", &device, cases, sizeof(cases) / sizeof(cases[0]));
}

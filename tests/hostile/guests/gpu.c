/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/vgpu.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/* A GPU with two screens, and guests that draw on them in every wrong way. */

#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define OUT (GUEST_DATA)
#define IN (GUEST_DATA + 0x800u)
#define ROOM 0x800u
#define PIXELS (GUEST_DATA + 0x2000u)
#define POISON 0xa5u
#define SIDE 16u /* side length of a picture */
#define BYTES (SIDE * SIDE * 4u)
#define SCANOUTS 2u
#define RESOURCES 8u
#define ENTRIES 32u
#define MEMORY_BYTES 0x10000u
#define FORMAT VWR_GPU_FORMAT_B8G8R8X8_UNORM
#define FENCE UINT64_C(0x123456789abcdef0)
#define CONTROL VWR_GPU_QUEUE_CONTROLQ
#define CURSOR VWR_GPU_QUEUE_CURSORQ
#define OK VWR_GPU_RESP_OK_NODATA
#define UNSPEC VWR_GPU_RESP_ERR_UNSPEC
#define NO_MEMORY VWR_GPU_RESP_ERR_OUT_OF_MEMORY
#define NO_SCANOUT VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID
#define NO_RESOURCE VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID
#define WRONG VWR_GPU_RESP_ERR_INVALID_PARAMETER

struct vmm {
    struct vwr_vgpu v;
    struct vwr_vgpu_scanout scanout[SCANOUTS];
    struct vwr_vgpu_resource resource[RESOURCES];
    struct vwr_vgpu_entry entry[ENTRIES];
    uint64_t memory[MEMORY_BYTES / 8];
    struct guest *g;
    struct vwr_vgpu_pixels shown[SCANOUTS];
    uint32_t flushed; /* bytes */
    unsigned flushes;
    unsigned cursors;
    uint64_t ticket;
    uint64_t tickets[LATE_KEPT];
    unsigned keeps;
    int answer;
    void (*on_flush)(struct guest *g);
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static void scanout(struct vwr_vgpu *v, unsigned n, const struct vwr_vgpu_pixels *p)
{
    struct vmm *const m = v->context;

    assert_in_range(n, 0, SCANOUTS - 1);
    m->shown[n] = p != NULL ? *p : (struct vwr_vgpu_pixels){0};
}

/* Checks that the pixels to be shown lie in the VMM's memory. */
static int flush(struct vwr_vgpu *v, const struct vwr_vgpu_flush *f)
{
    struct vmm *const m = v->context;
    const uint8_t *const end =
        f->pixels.base + (size_t)(f->pixels.height - 1) * f->pixels.stride + (size_t)f->pixels.width * 4;

    assert_true(f->pixels.base >= (uint8_t *)m->memory && end <= (uint8_t *)m->memory + MEMORY_BYTES);
    assert_true(f->area.width != 0 && f->area.x + f->area.width <= f->pixels.width);
    assert_true(f->area.height != 0 && f->area.y + f->area.height <= f->pixels.height);
    m->flushes++;
    m->flushed += f->area.width * f->area.height * 4;
    m->ticket = f->ticket;
    if (m->on_flush != NULL)
        m->on_flush(m->g);
    return m->answer;
}

static void cursor(struct vwr_vgpu *v, const struct vwr_vgpu_cursor *c)
{
    struct vmm *const m = v->context;

    assert_in_range(c->scanout, 0, SCANOUTS - 1);
    m->cursors++;
}

static const struct vwr_vgpu_ops ops = {.scanout = scanout, .flush = flush, .cursor = cursor};

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    const struct vwr_vgpu_options o = {.ops = &ops,
                                       .context = m,
                                       .scanout = m->scanout,
                                       .scanout_count = SCANOUTS,
                                       .resource = m->resource,
                                       .resource_count = RESOURCES,
                                       .entry = m->entry,
                                       .entry_count = ENTRIES,
                                       .memory = m->memory,
                                       .memory_bytes = MEMORY_BYTES,
                                       .edid = true};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->g = g;
    m->scanout[0].width = m->scanout[0].height = SIDE;
    guest_setup(g, &s);
    s.budget_bytes = 4096;
    assert_int_equal(vwr_vgpu_init_with(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vgpu_dev(&m->v));
    vwr_features_clear(&g->features);
    vwr_features_add(&g->features, VWR_F_VERSION_1);
    vwr_features_add(&g->features, VWR_GPU_F_EDID);
    if (g->packed)
        vwr_features_add(&g->features, VWR_F_RING_PACKED);
    g->queues = VWR_VGPU_QUEUES;
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- messages of a guest ---- */

static struct vwr_gpu_ctrl_hdr answer(struct guest *g)
{
    struct vwr_gpu_ctrl_hdr hdr;

    memcpy(&hdr, guest_at(g, IN, sizeof(hdr)), sizeof(hdr));
    return hdr;
}

static void post(struct guest *g, unsigned queue, const void *message, uint32_t bytes, uint32_t room)
{
    const struct guest_desc segment[2] = {{OUT, bytes, 0, 0}, {IN, room, WRITE, 0}};

    memcpy(guest_at(g, OUT, bytes), message, bytes);
    memset(guest_at(g, IN, ROOM), POISON, ROOM);
    hostile_send(g, queue, segment, room != 0 ? 2 : 1);
}

/* The VMM's hook, when the device requests that it continue a queue. */
static void serve(struct guest *g)
{
    while (g->again != 0) {
        g->again = 0;
        vwr_vdev_serve(g->dev, CONTROL);
    }
}

/* Checks that the answer has the used length, and that nothing beyond it was written. */
static uint32_t status(struct guest *g, unsigned queue, uint32_t bytes)
{
    serve(g);
    hostile_used(g, queue, bytes);
    for (uint32_t i = bytes; i < ROOM; i++)
        assert_int_equal(*(uint8_t *)guest_at(g, IN + i, 1), POISON);
    return vwr_guest32(false, answer(g).type);
}

static uint32_t send(struct guest *g, unsigned queue, const void *message, uint32_t bytes)
{
    post(g, queue, message, bytes, sizeof(struct vwr_gpu_ctrl_hdr));
    return status(g, queue, sizeof(struct vwr_gpu_ctrl_hdr));
}

/* Sends a message, given by the names of its fields, with a fence. */
#define SEND(name, ...)                                                   \
    do {                                                                  \
        const struct vwr_gpu_##name##_msg m_ = {                          \
            .flags = VWR_GPU_FLAG_FENCE, .fence_id = FENCE, __VA_ARGS__}; \
                                                                          \
        vwr_gpu_##name##_msg_encode(&form, false, &m_);                   \
    } while (0)

static uint32_t create_sized(struct guest *g, uint32_t id, uint32_t format, uint32_t width, uint32_t height)
{
    struct vwr_gpu_resource_create_2d_msg_form form;

    SEND(resource_create_2d, .resource_id = id, .format = format, .width = width, .height = height);
    return send(g, CONTROL, &form, sizeof(form));
}

static uint32_t create(struct guest *g, uint32_t id)
{
    return create_sized(g, id, FORMAT, SIDE, SIDE);
}

static uint32_t unref(struct guest *g, uint32_t id)
{
    struct vwr_gpu_resource_unref_msg_form form;

    SEND(resource_unref, .resource_id = id);
    return send(g, CONTROL, &form, sizeof(form));
}

/* Attaches a backing of `n` parts, with `said` in the count field and `more` bytes after the parts. */
static uint32_t attach_said(struct guest *g, uint32_t id, const struct vwr_gpu_mem_entry *entry, uint32_t n,
                            uint32_t said, long long more)
{
    uint8_t all[ROOM] = {0};
    struct vwr_gpu_resource_attach_backing_msg_form form;

    SEND(resource_attach_backing, .resource_id = id, .nr_entries = said);
    memcpy(all, &form, sizeof(form));
    for (uint32_t i = 0; i < n; i++) {
        struct vwr_gpu_mem_entry e = {.addr = vwr_guest64(false, entry[i].addr),
                                      .length = vwr_guest32(false, entry[i].length)};

        memcpy(all + sizeof(form) + i * sizeof(e), &e, sizeof(e));
    }
    return send(g, CONTROL, all, (uint32_t)(sizeof(form) + n * sizeof(*entry) + more));
}

static uint32_t attach(struct guest *g, uint32_t id, uint64_t addr, uint32_t bytes)
{
    const struct vwr_gpu_mem_entry e = {.addr = addr, .length = bytes};

    return attach_said(g, id, &e, 1, 1, 0);
}

static uint32_t detach(struct guest *g, uint32_t id)
{
    struct vwr_gpu_resource_detach_backing_msg_form form;

    SEND(resource_detach_backing, .resource_id = id);
    return send(g, CONTROL, &form, sizeof(form));
}

static uint32_t transfer(struct guest *g, uint32_t id, const struct vwr_vgpu_area *a, uint64_t offset)
{
    struct vwr_gpu_transfer_to_host_2d_msg_form form;

    SEND(transfer_to_host_2d, .resource_id = id, .x = a->x, .y = a->y, .width = a->width, .height = a->height,
         .offset = offset);
    return send(g, CONTROL, &form, sizeof(form));
}

static uint32_t show(struct guest *g, uint32_t n, uint32_t id, const struct vwr_vgpu_area *a)
{
    struct vwr_gpu_set_scanout_msg_form form;

    SEND(set_scanout, .scanout_id = n, .resource_id = id, .x = a->x, .y = a->y, .width = a->width,
         .height = a->height);
    return send(g, CONTROL, &form, sizeof(form));
}

static void encode_flush(struct vwr_gpu_resource_flush_msg_form *to, uint32_t id,
                         const struct vwr_vgpu_area *a)
{
    struct vwr_gpu_resource_flush_msg_form form;

    SEND(resource_flush, .resource_id = id, .x = a->x, .y = a->y, .width = a->width, .height = a->height);
    *to = form;
}

static uint32_t redraw(struct guest *g, uint32_t id, const struct vwr_vgpu_area *a)
{
    struct vwr_gpu_resource_flush_msg_form form;

    encode_flush(&form, id, a);
    return send(g, CONTROL, &form, sizeof(form));
}

static void encode_cursor(struct vwr_gpu_update_cursor_msg_form *to, uint32_t n, uint32_t id, uint32_t hot)
{
    struct vwr_gpu_update_cursor_msg_form form;

    SEND(update_cursor, .scanout_id = n, .resource_id = id, .hot_x = hot, .hot_y = hot);
    *to = form;
}

static uint32_t point(struct guest *g, uint32_t n, uint32_t id, uint32_t hot)
{
    struct vwr_gpu_update_cursor_msg_form form;

    encode_cursor(&form, n, id, hot);
    return send(g, CURSOR, &form, sizeof(form));
}

static const struct vwr_vgpu_area whole = {0, 0, SIDE, SIDE};

/* Makes guest memory of a picture readable for the device. */
static void lend(struct guest *g, uint64_t addr, uint32_t bytes, unsigned seed)
{
    log_available(guest_at(g, addr, bytes), bytes, false);
    guest_fill(g, addr, bytes, seed);
}

static void picture(struct guest *g, uint32_t id)
{
    lend(g, PIXELS, BYTES, id);
    assert_int_equal(create(g, id), OK);
    assert_int_equal(attach(g, id, PIXELS, BYTES), OK);
    assert_int_equal(show(g, 0, id, &whole), OK);
}

static void draw(struct guest *g, uint32_t id)
{
    struct vmm *const m = vmm_of(g);

    m->flushed = 0;
    assert_int_equal(transfer(g, id, &whole, 0), OK);
    assert_int_equal(redraw(g, id, &whole), OK);
    assert_int_equal(m->flushed, BYTES);
    assert_memory_equal(m->shown[0].base, guest_at(g, PIXELS, BYTES), BYTES);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->answer = VWR_OK;
    m->on_flush = NULL;
    g->broke = 0;
    g->again = 0;
    assert_true(guest_start(g));
    assert_null(m->shown[0].base);
    assert_true(m->v.pixels.none.next == NULL && m->v.backing.none.next == NULL);
    picture(g, 77);
    draw(g, 77);
    hostile_is_whole(g);
}

static const struct hostile_device gpu_device = {plug, works, unplug};

/* ---- lengths and numbers that do not agree ---- */

/*
 * The count field exceeds the real number of parts, which is one; 2^28 parts would have 0 bytes modulo 2^32.
 */
static void g30_entries(struct guest *g, long long at)
{
    const struct vwr_gpu_mem_entry e[2] = {{.addr = PIXELS, .length = BYTES}};

    assert_int_equal(create(g, 1), OK);
    assert_int_equal(attach_said(g, 1, e, 1, (uint32_t)(1 + at), 0), UNSPEC);
    assert_int_equal(transfer(g, 1, &whole, 0), UNSPEC);
    assert_int_equal(attach_said(g, 1, e, 0, 0, 0), WRONG);
    assert_int_equal(attach_said(g, 1, e, 1, 1, at > 0 && at < 16 ? at : -1), UNSPEC);
}

/* In a VM with a balloon each part of a backing is searched for pages in it, which is charged. */
static void b22_large_parts(struct guest *g, long long at)
{
    static uint32_t map[(GUEST_HUGE_BYTES >> 12) / 32u + 64u];
    const struct vwr_memory_balloon away = {map, 12};
    struct vwr_gpu_mem_entry e[4];

    (void)at;
    for (unsigned i = 0; i < 4; i++)
        e[i] = (struct vwr_gpu_mem_entry){.addr = GUEST_HUGE, .length = (uint32_t)GUEST_HUGE_BYTES};
    assert_int_equal(create(g, 1), OK);
    g->vm.memory.balloon = &away;
    for (unsigned i = 0; i < 2; i++) {
        struct vwr_gpu_resource_attach_backing_msg_form form;
        uint8_t message[sizeof(form) + sizeof(e)];

        SEND(resource_attach_backing, .resource_id = 1, .nr_entries = 4);
        memcpy(message, &form, sizeof(form));
        for (unsigned n = 0; n < 4; n++) {
            const struct vwr_gpu_mem_entry one = {.addr = vwr_guest64(false, e[n].addr),
                                                  .length = vwr_guest32(false, e[n].length)};

            memcpy(message + sizeof(form) + n * sizeof(one), &one, sizeof(one));
        }
        post(g, CONTROL, message, sizeof(message), sizeof(struct vwr_gpu_ctrl_hdr));
        for (uint32_t row = 1; row < 4; row++) {
            assert_int_equal(vmm_of(g)->v.job.row, row);
            g->again = 0;
            vwr_vdev_serve(g->dev, CONTROL);
        }
        assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_ctrl_hdr)), OK);
        assert_int_equal(detach(g, 1), OK);
    }
    g->vm.memory.balloon = NULL;
}

/* More parts than the VMM has entries, and exactly as many, which lie apart. */
static void g30_many_entries(struct guest *g, long long at)
{
    const uint32_t n = (uint32_t)(ENTRIES + at);
    struct vwr_gpu_mem_entry e[ENTRIES + 1];

    lend(g, PIXELS, 3 * BYTES, 1);
    for (uint32_t i = 0; i < n; i++)
        e[i] = (struct vwr_gpu_mem_entry){.addr = PIXELS + 64 * (n - i), .length = 32};
    assert_int_equal(create(g, 1), OK);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(attach_said(g, 1, e, n, n, 0), at > 0 ? NO_MEMORY : OK);
        assert_int_equal(transfer(g, 1, &whole, 0), at > 0 ? UNSPEC : n * 32 < BYTES ? WRONG : OK);
        assert_int_equal(detach(g, 1), at > 0 ? UNSPEC : OK);
    }
    if (at > 0)
        return;
    for (uint32_t y = 0; y < SIDE; y++) { /* in reverse order */
        const struct vwr_vgpu_area row = {0, y, SIDE, 1};

        if (y == 0)
            assert_int_equal(attach_said(g, 1, e, n, n, 0), OK);
        if (2 * y + 2 > n)
            break;
        assert_int_equal(transfer(g, 1, &row, 64 * y), OK);
        for (uint32_t i = 0; i < 2; i++)
            assert_memory_equal((uint8_t *)vmm_of(g)->memory + 64 * y + 32 * i,
                                guest_at(g, e[2 * y + i].addr, 32), 32);
    }
}

static void g30_short_backing(struct guest *g, long long at)
{
    lend(g, PIXELS, BYTES + 1, 1);
    assert_int_equal(create(g, 1), OK);
    assert_int_equal(attach(g, 1, PIXELS, (uint32_t)(BYTES + at)), OK);
    assert_int_equal(transfer(g, 1, &whole, 0), at < 0 ? WRONG : OK);
    assert_int_equal(transfer(g, 1, &whole, (uint64_t)(at < 0 ? 0 : at)), at < 0 ? WRONG : OK);
    assert_int_equal(transfer(g, 1, &whole, (uint64_t)at + 1), WRONG);
    assert_int_equal(transfer(g, 1, &whole, UINT64_MAX), WRONG);
    assert_int_equal(transfer(g, 1, &whole, 0 - (uint64_t)BYTES), WRONG);
}

static void g30_rectangles(struct guest *g, long long at)
{
    static const struct vwr_vgpu_area wrong[] = {
        {0, 0, 0, SIDE},           {0, 0, SIDE, 0},
        {1, 0, SIDE, 1},           {0, 1, 1, SIDE},
        {SIDE, 0, 1, 1},           {UINT32_MAX, 0, 2, 1},
        {0, UINT32_MAX - 3, 1, 8}, {1, 1, UINT32_MAX, 1},
        {0, 8, 1, UINT32_MAX - 7}, {SIDE, SIDE, UINT32_MAX, UINT32_MAX}};
    const struct vwr_vgpu_area *const a = &wrong[at];

    picture(g, 1);
    assert_int_equal(transfer(g, 1, a, 0), WRONG);
    assert_int_equal(redraw(g, 1, a), WRONG);
    assert_int_equal(show(g, 1, 1, a), WRONG);
    assert_int_equal(vmm_of(g)->flushes, 0);
    assert_null(vmm_of(g)->shown[1].base);
    draw(g, 1);
}

static void g30_sizes(struct guest *g, long long at)
{
    static const struct {
        uint32_t format, width, height, status;
    } wrong[] = {{FORMAT, 0, 1, WRONG},
                 {FORMAT, 1, 0, WRONG},
                 {0, 1, 1, WRONG},
                 {FORMAT + 3, 1, 1, WRONG},
                 {FORMAT, UINT32_MAX, UINT32_MAX, WRONG},
                 {FORMAT, 0x10000, 0x10000, WRONG},
                 {FORMAT, VWR_VGPU_EDGE_MAX + 1, 1, WRONG},
                 {FORMAT, VWR_VGPU_EDGE_MAX, VWR_VGPU_EDGE_MAX, NO_MEMORY}};

    assert_int_equal(create_sized(g, 1, wrong[at].format, wrong[at].width, wrong[at].height),
                     wrong[at].status);
    assert_int_equal(create_sized(g, 1, FORMAT, VWR_VGPU_EDGE_MAX, 1), OK); /* all of the VMM's memory */
    assert_int_equal(create_sized(g, 2, FORMAT, 1, 1), NO_MEMORY);
    assert_int_equal(unref(g, 1), OK);
    assert_int_equal(create_sized(g, 2, FORMAT, 1, 1), OK);
}

/* ---- memory that is not the guest's ---- */

static void g18_backing(struct guest *g, long long at)
{
    static const struct vwr_gpu_mem_entry wrong[] = {{GUEST_END, 1, 0},          {GUEST_END - 4, 8, 0},
                                                     {GUEST_BASE, 8, 0},         {0, BYTES, 0},
                                                     {UINT64_MAX - 3, BYTES, 0}, {UINT64_MAX, UINT32_MAX, 0},
                                                     {GUEST_LOW - 1, 8, 0},      {GUEST_LOW, UINT32_MAX, 0}};
    struct vwr_gpu_mem_entry e[2] = {{PIXELS, BYTES, 0}, {0, 0, 0}};

    e[1] = wrong[at];
    assert_int_equal(create(g, 1), OK);
    assert_int_equal(attach_said(g, 1, &e[1], 1, 1, 0), WRONG);
    assert_int_equal(attach_said(g, 1, e, 2, 2, 0), WRONG);
    assert_int_equal(transfer(g, 1, &whole, 0), UNSPEC);
    assert_int_equal(attach(g, 1, PIXELS, BYTES), OK);
}

/* A picture in two adjacent regions, split at `at`. */
static void g17_regions(struct guest *g, long long at)
{
    const uint64_t addr = GUEST_HIGH - (uint64_t)at;
    const uint8_t *const got = (const uint8_t *)vmm_of(g)->memory;
    const size_t first = (size_t)at;

    lend(g, addr, (uint32_t)at, 1);
    lend(g, GUEST_HIGH, (uint32_t)(BYTES - at), 2);
    assert_int_equal(create(g, 1), OK);
    assert_int_equal(attach(g, 1, addr, BYTES), OK);
    assert_int_equal(transfer(g, 1, &whole, 0), OK);
    assert_memory_equal(got, guest_at(g, addr, first), first);
    assert_memory_equal(got + first, guest_at(g, GUEST_HIGH, BYTES - first), BYTES - first);
}

/* The device reads the list of parts once: later changes by the guest have no effect. */
static void g33_list_changes(struct guest *g, long long at)
{
    (void)at;
    picture(g, 1);
    memset(guest_at(g, OUT, ROOM), 0xff, ROOM);
    draw(g, 1);
}

/* A guest that shows its own rings as a picture harms nothing. */
static void g20_ring_as_picture(struct guest *g, long long at)
{
    (void)at;
    log_let_twice();
    log_available(guest_at(g, GUEST_LOW, BYTES), BYTES, false);
    assert_int_equal(create(g, 1), OK);
    assert_int_equal(attach(g, 1, GUEST_LOW, BYTES), OK);
    assert_int_equal(transfer(g, 1, &whole, 0), OK);
}

/* ---- resource ids ---- */

static void g30_resources(struct guest *g, long long at)
{
    const uint32_t id = (uint32_t)at;

    picture(g, 1);
    assert_int_equal(create(g, 1), NO_RESOURCE);
    assert_int_equal(create(g, 0), NO_RESOURCE);
    assert_int_equal(attach(g, 1, PIXELS, BYTES), UNSPEC);
    assert_int_equal(unref(g, id), NO_RESOURCE);
    assert_int_equal(attach(g, id, PIXELS, BYTES), NO_RESOURCE);
    assert_int_equal(detach(g, id), NO_RESOURCE);
    assert_int_equal(transfer(g, id, &whole, 0), NO_RESOURCE);
    assert_int_equal(redraw(g, id, &whole), NO_RESOURCE);
    assert_int_equal(show(g, 0, id, &whole), id == 0 ? OK : NO_RESOURCE);
    assert_int_equal(point(g, 0, id, 0), id == 0 ? OK : NO_RESOURCE);
    assert_int_equal(detach(g, 1), OK);
    assert_int_equal(detach(g, 1), UNSPEC);
    assert_int_equal(transfer(g, 1, &whole, 0), UNSPEC);
    assert_int_equal(unref(g, 1), OK);
    assert_null(vmm_of(g)->shown[0].base);
    assert_int_equal(unref(g, 1), NO_RESOURCE);
}

static void g30_scanouts(struct guest *g, long long at)
{
    struct vwr_gpu_get_edid_msg_form form;

    picture(g, 1);
    assert_int_equal(show(g, (uint32_t)at, 1, &whole), NO_SCANOUT);
    assert_int_equal(show(g, (uint32_t)at, 0, &whole), NO_SCANOUT);
    assert_int_equal(point(g, (uint32_t)at, 0, 0), NO_SCANOUT);
    SEND(get_edid, .scanout = (uint32_t)at);
    post(g, CONTROL, &form, sizeof(form), sizeof(struct vwr_gpu_resp_edid));
    assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_resp_edid)), NO_SCANOUT);
    draw(g, 1);
}

/* Commands that the device does not support. */
static void g30_unknown(struct guest *g, long long at)
{
    uint8_t message[256] = {0};
    struct vwr_gpu_ctrl_hdr hdr = {.type = vwr_guest32(false, (uint32_t)at)};

    memcpy(message, &hdr, sizeof(hdr));
    for (uint32_t bytes = 1; bytes < sizeof(message); bytes += 31)
        assert_int_equal(send(g, CONTROL, message, bytes), UNSPEC);
    assert_int_equal(send(g, CURSOR, message, sizeof(message)), UNSPEC);
}

static void g30_cursors(struct guest *g, long long at)
{
    struct vwr_gpu_update_cursor_msg_form form;

    assert_int_equal(create_sized(g, 2, FORMAT, VWR_VGPU_CURSOR_PIXELS, VWR_VGPU_CURSOR_PIXELS), OK);
    assert_int_equal(create_sized(g, 3, FORMAT, VWR_VGPU_CURSOR_PIXELS, (uint32_t)at), OK);
    assert_int_equal(point(g, 0, 3, 0), WRONG);
    assert_int_equal(point(g, 0, 2, VWR_VGPU_CURSOR_PIXELS - 1), OK);
    assert_int_equal(point(g, 0, 2, VWR_VGPU_CURSOR_PIXELS), WRONG);
    assert_int_equal(point(g, 0, 2, UINT32_MAX), WRONG);
    assert_int_equal(vmm_of(g)->cursors, 1);
    encode_cursor(&form, 1, 2, 0); /* no space for an answer, as in Linux */
    post(g, CURSOR, &form, sizeof(form), 0);
    hostile_used(g, CURSOR, 0);
    assert_int_equal(vmm_of(g)->cursors, 2);
}

/* ---- answers ---- */

static void assert_fence(struct guest *g, bool fenced)
{
    const struct vwr_gpu_ctrl_hdr hdr = answer(g);

    assert_int_equal(vwr_guest32(false, hdr.flags), fenced ? VWR_GPU_FLAG_FENCE : 0);
    assert_true(vwr_guest64(false, hdr.fence_id) == (fenced ? FENCE : 0));
    assert_int_equal(vwr_guest32(false, hdr.ctx_id), fenced ? 9 : 0);
    assert_int_equal(hdr.ring_idx, 0);
}

/* Every answer returns the fence of its command, and no other flag. */
static void g30_fences(struct guest *g, long long at)
{
    const uint32_t flags = (uint32_t)at;
    const struct vwr_gpu_resource_create_2d_msg m = {flags, FENCE, 9, 5, 1, FORMAT, SIDE, SIDE};
    const struct vwr_gpu_resource_flush_msg no = {.flags = flags, .fence_id = FENCE, .ctx_id = 9};
    struct vwr_gpu_resource_create_2d_msg_form form;
    struct vwr_gpu_resource_flush_msg_form wrong;

    vwr_gpu_resource_create_2d_msg_encode(&form, false, &m);
    assert_int_equal(send(g, CONTROL, &form, sizeof(form)), OK);
    assert_fence(g, (flags & VWR_GPU_FLAG_FENCE) != 0);
    vwr_gpu_resource_flush_msg_encode(&wrong, false, &no);
    assert_int_equal(send(g, CONTROL, &wrong, sizeof(wrong)), NO_RESOURCE);
    assert_fence(g, (flags & VWR_GPU_FLAG_FENCE) != 0);
    assert_int_equal(send(g, CONTROL, &wrong, sizeof(wrong.resource_flush.hdr)),
                     UNSPEC); /* too short for its type */
    assert_fence(g, (flags & VWR_GPU_FLAG_FENCE) != 0);
    assert_int_equal(send(g, CONTROL, &wrong, sizeof(wrong.resource_flush.hdr) - 1),
                     UNSPEC); /* and too short for a fence */
    assert_fence(g, false);
    wrong.resource_flush.hdr.type = vwr_guest32(false, UINT32_MAX);
    assert_int_equal(send(g, CONTROL, &wrong, sizeof(wrong)), UNSPEC);
    assert_fence(g, (flags & VWR_GPU_FLAG_FENCE) != 0);
    wrong.resource_flush.hdr.type = vwr_guest32(false, VWR_GPU_CMD_CTX_DESTROY); /* defined, but not for 2D */
    assert_int_equal(send(g, CONTROL, &wrong, sizeof(wrong.resource_flush.hdr)), UNSPEC);
    assert_fence(g, (flags & VWR_GPU_FLAG_FENCE) != 0);
}

/* The used length equals the bytes written, whatever the size of the buffer. */
static void g52_used_length(struct guest *g, long long at)
{
    struct vwr_gpu_get_display_info_msg_form form;

    SEND(get_display_info, .ctx_id = 0);
    post(g, CONTROL, &form, sizeof(form), (uint32_t)(sizeof(struct vwr_gpu_resp_display_info) + at));
    assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_resp_display_info)),
                     VWR_GPU_RESP_OK_DISPLAY_INFO);
}

static void g45_edid(struct guest *g, long long at)
{
    struct vwr_gpu_get_edid_msg_form form;

    SEND(get_edid, .scanout = (uint32_t)at);
    vwr_features_remove(&g->features, VWR_GPU_F_EDID);
    assert_true(guest_start(g));
    post(g, CONTROL, &form, sizeof(form), sizeof(struct vwr_gpu_resp_edid));
    assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_resp_edid)), UNSPEC);
    vwr_features_add(&g->features, VWR_GPU_F_EDID);
}

/* ---- again and again ---- */

static void g51_failures(struct guest *g, long long at)
{
    (void)at;
    picture(g, 1);
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(create_sized(g, 2, FORMAT, 0x4000, 0x4000), NO_MEMORY);
        assert_int_equal(attach(g, 1, 0, BYTES), UNSPEC);
        assert_int_equal(create(g, 3), OK);
        assert_int_equal(attach(g, 3, 0, BYTES), WRONG);
        assert_int_equal(unref(g, 3), OK);
    }
    assert_int_equal(vwr_vqueue_in_flight(&g->queue[CONTROL]), 0);
    for (uint32_t id = 2; id <= RESOURCES; id++)
        assert_int_equal(create(g, id), OK);
    assert_int_equal(create(g, RESOURCES + 1), NO_MEMORY);
    draw(g, 1);
}

static struct vwr_gpu_resource_flush_msg_form again;

static void refill(struct guest *g)
{
    const struct guest_desc segment[2] = {{OUT, sizeof(again), 0, 0},
                                          {IN, sizeof(struct vwr_gpu_ctrl_hdr), WRITE, 0}};

    log_again(); /* the guest has rewritten what was fetched */
    hostile_lend(g, CONTROL, segment, 2);
}

/* A guest that flushes again during a flush: the budget of bytes ends the loop. */
static void g50_refills(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    picture(g, 1);
    encode_flush(&again, 1, &whole);
    g->budget = 1u << 20;
    g->again = 0;
    m->flushed = 0;
    m->on_flush = refill;
    memcpy(guest_at(g, OUT, sizeof(again)), &again, sizeof(again));
    refill(g); /* two: without an event index the device serves one, and needs a kick for the next */
    post(g, CONTROL, &again, sizeof(again), sizeof(struct vwr_gpu_ctrl_hdr));
    assert_in_range(m->flushed, BYTES, 4096 + SIDE * 4);
    assert_in_range(g->again, 1, 2);
    m->on_flush = NULL;
}

/* A picture larger than the budget: each step stays within the budget, and a cursor command does not wait. */
static void g50_large(struct guest *g, long long at)
{
    const struct vwr_vgpu_area all = {0, 0, 64, (uint32_t)at};
    struct vwr_gpu_transfer_to_host_2d_msg_form form;
    unsigned parts = 0;

    lend(g, GUEST_HIGH, (uint32_t)at * 256, 1);
    assert_int_equal(create_sized(g, 1, FORMAT, all.width, all.height), OK);
    assert_int_equal(attach(g, 1, GUEST_HIGH, (uint32_t)at * 256), OK);
    SEND(transfer_to_host_2d, .resource_id = 1, .width = all.width, .height = all.height);
    post(g, CONTROL, &form, sizeof(form), sizeof(struct vwr_gpu_ctrl_hdr));
    for (; g->again != 0; parts++) {
        g->again = 0;
        vwr_vdev_serve(g->dev, CONTROL);
        vwr_vdev_serve(g->dev, CURSOR);
    }
    assert_in_range(parts, (unsigned)at * 256 / 4096, (unsigned)at * 256 / 4096 + 2);
    assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_ctrl_hdr)), OK);
    assert_memory_equal(vmm_of(g)->memory, guest_at(g, GUEST_HIGH, (uint64_t)at * 256), (size_t)at * 256);
}

/* ---- resets ---- */

/* A reset in the middle of a command, after `at` steps: the device forgets the command and its resources. */
static void g46_in_parts(struct guest *g, long long at)
{
    struct vwr_gpu_resource_create_2d_msg_form form;
    struct vmm *const m = vmm_of(g);

    SEND(resource_create_2d, .resource_id = 1, .format = FORMAT, .width = 64, .height = 128);
    memset(m->memory, POISON, sizeof(m->memory));
    post(g, CONTROL, &form, sizeof(form), sizeof(struct vwr_gpu_ctrl_hdr));
    for (; at > 0; at--)
        vwr_vdev_serve(g->dev, CONTROL);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    g->again = 0;
    vwr_vdev_serve(g->dev, CONTROL);
    assert_int_equal(*(uint8_t *)guest_at(g, IN, 1), POISON);
    assert_null(m->v.pixels.none.next);
    assert_int_equal(((uint8_t *)m->memory)[64 * 128 * 4 - 1], POISON);
    assert_int_equal(m->resource[0].id, 0);
}

/* A queue reset in the middle of a list: the resource has no backing, and no part of another one's. */
static void g46_queue(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct vwr_gpu_mem_entry all[ENTRIES];
    struct vwr_gpu_resource_attach_backing_msg_form form;
    uint8_t message[sizeof(form) + sizeof(all)];

    vwr_features_add(&g->features, VWR_F_RING_RESET);
    assert_true(guest_start(g));
    for (unsigned i = 0; i < ENTRIES; i++)
        all[i] = (struct vwr_gpu_mem_entry){.addr = vwr_guest64(false, PIXELS + 64 * i),
                                            .length = vwr_guest32(false, 32)};
    assert_int_equal(create(g, 1), OK);
    SEND(resource_attach_backing, .resource_id = 1, .nr_entries = ENTRIES);
    memcpy(message, &form, sizeof(form));
    memcpy(message + sizeof(form), all, sizeof(all));
    memset(m->entry, POISON, sizeof(m->entry));
    vwr_vgpu_dev(&m->v)->budget_bytes = (uint32_t)(sizeof(message) + 64 + at);
    post(g, CONTROL, message, sizeof(message), sizeof(struct vwr_gpu_ctrl_hdr));
    assert_true(g->again != 0);
    guest_write(g, VWR_MMIO_QUEUE_SEL, 4, CONTROL);
    guest_write(g, VWR_MMIO_QUEUE_RESET, 4, 1);
    g->again = 0;
    vwr_vgpu_dev(&m->v)->budget_bytes = 4096;
    assert_int_equal(m->resource[0].backing.count, 0);
    assert_null(m->v.backing.none.next);
    assert_int_equal(m->resource[0].id, 1);
    vwr_features_remove(&g->features, VWR_F_RING_RESET);
}

/* ---- late answers ---- */

static void late_start(struct guest *g)
{
    vmm_of(g)->answer = VWR_OK;
    assert_true(guest_start(g));
    picture(g, 1);
}

static void late_ask(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    encode_flush(&again, 1, &whole);
    m->answer = VWR_LATER;
    post(g, CONTROL, &again, sizeof(again), sizeof(struct vwr_gpu_ctrl_hdr));
    m->answer = VWR_OK;
    m->tickets[m->keeps++] = m->ticket;
}

static void late_answer(struct guest *g, unsigned number)
{
    vwr_vgpu_done(&vmm_of(g)->v, vmm_of(g)->tickets[number], VWR_OK);
}

static void late_comes_back(struct guest *g)
{
    assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_ctrl_hdr)), OK);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, CONTROL, NULL};

    late_run(g, &late, (enum late_when)when);
}

/* The VMM fails to show a picture, immediately or later: the guest gets an error, and may continue. */
static void g53_fails(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    picture(g, 1);
    encode_flush(&again, 1, &whole);
    m->answer = at != 0 ? VWR_LATER : VWR_EIO;
    post(g, CONTROL, &again, sizeof(again), sizeof(struct vwr_gpu_ctrl_hdr));
    m->answer = VWR_OK;
    if (at != 0) {
        for (unsigned i = 0; i < 100; i++)
            guest_kick(g, CONTROL);
        assert_int_equal(m->flushes, 1);
        vwr_vgpu_done(&m->v, m->ticket, VWR_EIO);
    }
    assert_int_equal(status(g, CONTROL, sizeof(struct vwr_gpu_ctrl_hdr)), UNSPEC);
    draw(g, 1);
}

/* ---- registers ---- */

#define CONFIG(field) (VWR_MMIO_CONFIG + (unsigned)offsetof(struct vwr_gpu_config, field))

static void g47_config(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    guest_write(g, CONFIG(num_scanouts), 4, (uint64_t)at);
    assert_int_equal(guest_read(g, CONFIG(num_scanouts), 4), SCANOUTS);
    assert_int_equal(vwr_vgpu_resize(&m->v, 1, 100, 100), VWR_OK);
    guest_write(g, CONFIG(events_read), 4, 0);
    assert_int_equal(guest_read(g, CONFIG(events_read), 4), VWR_GPU_EVENT_DISPLAY);
    guest_write(g, CONFIG(events_clear), 4, (uint64_t)at & ~(uint64_t)VWR_GPU_EVENT_DISPLAY);
    assert_int_equal(guest_read(g, CONFIG(events_read), 4), VWR_GPU_EVENT_DISPLAY);
    guest_write(g, CONFIG(events_clear), 4, VWR_GPU_EVENT_DISPLAY);
    assert_int_equal(guest_read(g, CONFIG(events_read), 4), 0);
    assert_int_equal(guest_read(g, CONFIG(events_clear), 4), 0);
    guest_write(g, CONFIG(blob_alignment) + 4, 4, (uint64_t)at);
    assert_int_equal(guest_read(g, CONFIG(blob_alignment) + 4, 4), 0);
}

/* Notifications before DRIVER_OK and after a reset: nothing is fetched. */
static void g43_kicks(struct guest *g, long long at)
{
    struct vwr_gpu_ctrl_hdr hdr = {.type = vwr_guest32(false, VWR_GPU_CMD_GET_DISPLAY_INFO)};

    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    if (at != 0) {
        assert_true(guest_negotiate(g));
        guest_clear_rings(g);
        assert_true(guest_set_queue(g, CONTROL));
    }
    post(g, CONTROL, &hdr, sizeof(hdr), ROOM);
    if (at != 0 && g->dev->as_qemu) /* EARLY_REQUEST */
        hostile_used(g, CONTROL, sizeof(struct vwr_gpu_resp_display_info));
    else
        hostile_unused(g, CONTROL);
}

#define CONTROLQ "section GPU Device / Device Operation / Device Operation: controlq"
#define CURSORQ "section GPU Device / Device Operation / Device Operation: cursorq"

static const struct hostile_case cases[] = {
    {"G30_entries_and_bytes", CONTROLQ, g30_entries, HOSTILE_V2, 5, {-1, 1, 0x10000000, 0x0fffffff, 15}},
    {"B22_large_parts",
     "header vwr/vdev.h: a budget bounds the time of a call",
     b22_large_parts,
     HOSTILE_V2,
     0,
     {0}},
    {"G30_more_entries_than_room", CONTROLQ, g30_many_entries, HOSTILE_V2, HOSTILE_AROUND},
    {"G30_backing_and_transfer", CONTROLQ, g30_short_backing, HOSTILE_V2, HOSTILE_AROUND},
    {"G30_rectangle", CONTROLQ, g30_rectangles, HOSTILE_V2, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
    {"G30_rectangle_beyond", CONTROLQ, g30_rectangles, HOSTILE_V2, 2, {8, 9}},
    {"G30_size_and_format", CONTROLQ, g30_sizes, HOSTILE_V2, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
    {"G18_backing_is_no_memory", CONTROLQ, g18_backing, HOSTILE_V2, 8, {0, 1, 2, 3, 4, 5, 6, 7}},
    {"G17_backing_straddles", CONTROLQ, g17_regions, HOSTILE_V2, 4, {1, 4, 512, BYTES - 4}},
    {"G33_list_changes", CONTROLQ, g33_list_changes, HOSTILE_V2, 0, {0}},
    {"G20_ring_as_picture", CONTROLQ, g20_ring_as_picture, HOSTILE_V2, 0, {0}},
    {"G30_resource", CONTROLQ, g30_resources, HOSTILE_V2, 3, {0, 2, 0xffffffff}},
    {"G30_scanout", CONTROLQ, g30_scanouts, HOSTILE_V2, 4, {SCANOUTS, 16, 0x80000000, 0xffffffff}},
    {"G30_unknown_command",
     CONTROLQ,
     g30_unknown,
     HOSTILE_V2,
     8,
     {0, 0x109, 0x10c, 0x10d, 0x200, 0x207, 0x209, 0x302}},
    {"G30_cursor", CURSORQ, g30_cursors, HOSTILE_V2, 2, {63, 65}},
    {"G30_fence", "gpu.dev.fence.2", g30_fences, HOSTILE_V2, 4, {0, 1, 4, 0xfffffffd}},
    {"G52_used_length", "split.dev.used.2", g52_used_length, HOSTILE_V2, 3, {0, 1, 100}},
    {"G45_edid_without_its_feature", CONTROLQ, g45_edid, HOSTILE_V2, 1, {0}},
    {"G51_commands_that_fail", CONTROLQ, g51_failures, HOSTILE_V2, 0, {0}},
    {"G50_flushes_while_it_is_flushed", CONTROLQ, g50_refills, HOSTILE_MODERN, 0, {0}},
    {"G50_large_picture", CONTROLQ, g50_large, HOSTILE_V2, 3, {17, 100, 255}},
    {"G46_reset_in_a_part", "reset.dev.2", g46_in_parts, HOSTILE_V2, 2, {0, 3}},
    {"G46_queue_reset_in_a_list", "vq.dev.reset.2", g46_queue, HOSTILE_V2, 2, {50, 500}},
    LATE_CASES(g46_late, HOSTILE_V2),
    {"G53_flush_fails", CONTROLQ, g53_fails, HOSTILE_V2, 2, {0, 1}},
    {"G47_configuration",
     "section GPU Device / Device configuration layout",
     g47_config,
     HOSTILE_V2,
     3,
     {0, 0xfffffffe, 0xffffffff}},
    {"G43_kicks_too_early", "section Available Buffer Notifications", g43_kicks, HOSTILE_V2, 2, {0, 1}},
};

int main(void)
{
    return hostile_run("gpu", &gpu_device, cases, sizeof(cases) / sizeof(cases[0]));
}

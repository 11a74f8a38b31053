/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/gpu.h"

#include <string.h>

/* A GPU. Its settings are the image on the display and the cursor. */

static const unsigned queues[] = {VWR_GPU_QUEUE_CONTROLQ, VWR_GPU_QUEUE_CURSORQ};
#define CONTROLQ VWR_GPU_QUEUE_CONTROLQ
#define CURSORQ VWR_GPU_QUEUE_CURSORQ
#define WIDTH 64u
#define HEIGHT 64u
#define SCANOUT 1u
#define RESOURCES 4u /* capacity of the device */
#define UPDATES 2u

static struct vwr_gpu gpu;
static struct vwr_gpu_framebuffer screen;
static struct vwr_gpu_framebuffer image;
static struct vwr_gpu_update update[UPDATES];
static struct fake_chain chain;

/* The device: its resources by slot, the image on the display, the cursor position. */
struct resource {
    uint32_t id;
    uint64_t addr; /* of the pixels */
    unsigned transfers;
    unsigned flushes;
};

static struct {
    struct resource resource[RESOURCES];
    uint32_t shown; /* resource id */
    struct vwr_gpu_update_cursor cursor;
    unsigned resets;
} device;

static void forget(const struct fake *f)
{
    unsigned resets = device.resets;

    if (!class_was_reset(f, &resets))
        return;
    memset(&device, 0, sizeof(device));
    device.resets = resets;
}

static struct resource *find(uint32_t id)
{
    for (unsigned i = 0; i < RESOURCES; i++)
        if (device.resource[i].id == id)
            return &device.resource[i];
    fail_msg("the device has no resource %u", (unsigned)id);
    return NULL;
}

union message {
    struct vwr_gpu_ctrl_hdr hdr;
    struct vwr_gpu_resource_create_2d create;
    struct vwr_gpu_resource_unref unref;
    struct vwr_gpu_set_scanout scanout;
    struct vwr_gpu_transfer_to_host_2d transfer;
    struct vwr_gpu_resource_flush flush;
    struct vwr_gpu_update_cursor cursor;
    struct {
        struct vwr_gpu_resource_attach_backing attach;
        struct vwr_gpu_mem_entry entry;
    } backing;
};

static void takes(const union message *m)
{
    switch (vwr_le32_to_cpu(m->hdr.type)) {
    case VWR_GPU_CMD_RESOURCE_CREATE_2D:
        find(0)->id = vwr_le32_to_cpu(m->create.resource_id);
        break;
    case VWR_GPU_CMD_RESOURCE_ATTACH_BACKING:
        assert_int_equal(vwr_le32_to_cpu(m->backing.attach.nr_entries), 1);
        find(vwr_le32_to_cpu(m->backing.attach.resource_id))->addr = vwr_le64_to_cpu(m->backing.entry.addr);
        break;
    case VWR_GPU_CMD_TRANSFER_TO_HOST_2D:
        find(vwr_le32_to_cpu(m->transfer.resource_id))->transfers++;
        break;
    case VWR_GPU_CMD_SET_SCANOUT:
        assert_int_equal(vwr_le32_to_cpu(m->scanout.scanout_id), SCANOUT);
        device.shown = vwr_le32_to_cpu(m->scanout.resource_id);
        break;
    case VWR_GPU_CMD_RESOURCE_FLUSH:
        find(vwr_le32_to_cpu(m->flush.resource_id))->flushes++;
        break;
    case VWR_GPU_CMD_RESOURCE_UNREF:
        memset(find(vwr_le32_to_cpu(m->unref.resource_id)), 0, sizeof(struct resource));
        break;
    case VWR_GPU_CMD_UPDATE_CURSOR:
        device.cursor = m->cursor;
        break;
    default:
        assert_int_equal(vwr_le32_to_cpu(m->hdr.type), VWR_GPU_CMD_MOVE_CURSOR);
        device.cursor.pos = m->cursor.pos;
    }
}

static void serve(struct fake *f, uint32_t queue)
{
    union message m;

    forget(f);
    while (!class_silent && fake_ring_next(f, queue, &chain)) {
        memset(&m, 0, sizeof(m));
        (void)class_read(&chain, &m, sizeof(m));
        takes(&m);
        m.hdr.type = vwr_cpu_to_le32(VWR_GPU_RESP_OK_NODATA);
        class_write(&chain, &m.hdr, sizeof(m.hdr));
        fake_ring_push(f, queue, chain.head, sizeof(m.hdr));
    }
}

static int submit_screen(struct vwr_gpu_update *u)
{
    vwr_gpu_fill(u, &screen, NULL);
    return vwr_gpu_submit(vwr_gpu_get_controlq(&gpu, 0), u);
}

static void make(struct vwr_gpu_framebuffer *b, uint32_t scanout)
{
    memset(b, 0, sizeof(*b));
    b->pixels = fake_ram_alloc(WIDTH * HEIGHT * VWR_GPU_PIXEL_BYTES, 4096);
    b->width = WIDTH;
    b->height = HEIGHT;
    b->format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    b->scanout = scanout;
    assert_int_equal(vwr_gpu_show(&gpu, b), VWR_OK);
}

/* The device has taken an update and written OK as its answer, but no used entry. */
static void half_answers(struct world *w)
{
    const vwr_le32 ok = vwr_cpu_to_le32(VWR_GPU_RESP_OK_NODATA);

    assert_true(fake_ring_next(&w->f, CONTROLQ, &chain));
    class_write(&chain, &ok, sizeof(ok));
}

/* Two updates with a transfer and a flush each, and a cursor move. */
static void begin(struct world *w, const struct format *f)
{
    struct vwr_gpu_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN)};
    const struct vwr_gpu_pointer c = {&image, SCANOUT, 5, 6, 7, 8};

    format_plug(w, f);
    w->f.device_id = VWR_GPU_ID;
    w->f.on_notify = serve;
    w->f.queue[CONTROLQ].size_max = f->size;
    w->f.queue[CURSORQ].size_max = f->size;
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, SCANOUT + 1);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&device, 0, sizeof(device));
    memset(&gpu, 0xa5, sizeof(gpu));
    memset(update, 0, sizeof(update));
    class_silent = false;
    assert_int_equal(vwr_gpu_open(&gpu, &w->mmio.dev, &o), VWR_OK);
    make(&screen, SCANOUT);
    make(&image, VWR_GPU_NO_SCANOUT);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_OK);
    class_silent = true;
    for (unsigned i = 0; i < UPDATES; i++)
        assert_int_equal(submit_screen(&update[i]), VWR_OK);
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 9, 10), VWR_OK);
    half_answers(w);
}

static int look(struct world *w, unsigned queue)
{
    struct vwr_gpu_update *done;
    int r;

    (void)w;
    if (queue == CONTROLQ)
        return vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), &done, 1);
    r = vwr_gpu_move_cursor(&gpu, 9, 10);
    return r == VWR_EBUSY ? 0 : r;
}

/* Updates have a deadline. */
static int wait(struct world *w)
{
    int r = 0;

    (void)w;
    while (r == 0)
        r = look(w, CONTROLQ);
    assert_int_equal(r, VWR_ETIMEOUT);
    return r;
}

static void check_settings(void)
{
    size_t run;

    assert_int_equal(find(device.shown)->addr, fake_ram_dma(screen.pixels, 1, &run));
    assert_int_equal(find(vwr_le32_to_cpu(device.cursor.resource_id))->addr,
                     fake_ram_dma(image.pixels, 1, &run));
    assert_true(find(vwr_le32_to_cpu(device.cursor.resource_id))->transfers > 0);
    assert_int_equal(vwr_le32_to_cpu(device.cursor.pos.scanout_id), SCANOUT);
    assert_int_equal(vwr_le32_to_cpu(device.cursor.pos.x), 9);
    assert_int_equal(vwr_le32_to_cpu(device.cursor.pos.y), 10);
    assert_int_equal(vwr_le32_to_cpu(device.cursor.hot_x), 7);
    (void)find(0); /* a free slot is left: each resource was created once */
}

/* Updates complete with the reason, once each and in order, and the reaps show the image again. */
static void came_back(struct world *w, int why)
{
    struct vwr_gpu_update *done[UPDATES + 1];
    unsigned n = 0;
    int r;

    forget(&w->f);
    do {
        r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), &done[n], UPDATES + 1 - n);
        assert_true(r >= 0);
        n += (unsigned)r;
    } while (r > 0 || gpu.building);
    assert_int_equal(n, UPDATES);
    for (unsigned i = 0; i < UPDATES; i++) {
        assert_ptr_equal(done[i], &update[i]);
        assert_int_equal(update[i].result, why);
    }
    check_settings();
    assert_int_equal(find(device.shown)->transfers, 1);
    assert_int_equal(vwr_gpu_flush(&gpu, &screen, NULL), VWR_OK);
    assert_int_equal(find(device.shown)->flushes, 2);
    assert_int_equal(submit_screen(&update[0]), VWR_OK);
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2), 1);
    assert_int_equal(update[0].result, VWR_OK);
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 11, 12), VWR_OK);
    assert_int_equal(vwr_le32_to_cpu(device.cursor.pos.x), 11);
    assert_int_equal(vwr_queue_in_flight(&gpu.control.client.requests.queue), 0);
}

static int close_it(void)
{
    return vwr_close(&gpu.bringup);
}

static void released(void)
{
    for (unsigned i = 0; i < UPDATES; i++)
        assert_false(vwr_req_is_in_flight(&update[i].transfer.req) ||
                     vwr_req_is_in_flight(&update[i].flush.req));
    assert_false(vwr_req_is_in_flight(&gpu.point.request.req));
}

const struct driver_class class_gpu = {
    .name = "gpu",
    .kinds = KIND_SPLIT | KIND_PACKED,
    .size = 64,
    .queues = queues,
    .queue_count = sizeof(queues) / sizeof(queues[0]),
    .reused = 1u << CURSORQ,
    .bringup = &gpu.bringup,
    .steps = &vwr_gpu_bringup,
    .begin = begin,
    .look = look,
    .wait = wait,
    .came_back = came_back,
    .close = close_it,
    .released = released,
};

/* SPDX-License-Identifier: MIT */
#include "format.h"
#include "vwr/gpu.h"
#if VWR_PORT_HAS_DMA_MAP
#include "../../common/bounce.h"
#endif

#include <string.h>

/*
 * The GPU driver with a device that answers each message within the notification, either as specified or as
 * the test chooses: too short, with a wrong type or fence, with an invalid EDID or number of displays; and a
 * device that fails with two updates in flight.
 */

#define SIZE 64u
#define WIDTH 64u
#define HEIGHT 64u
#define LOG 64u
#define BLOCK 128u   /* bytes of an EDID block */
#define MESSAGE 128u /* bytes of the longest message */

static struct vwr_gpu gpu;
static struct vwr_gpu_framebuffer fb;
static struct vwr_gpu_framebuffer image;
static struct vwr_gpu_update update[2];
static struct vwr_gpu_update *done[2];
static struct fake_chain chain;
static char text[300];

/* The device: the messages that it received, and how it answers a type. */
static struct {
    uint32_t log[LOG];
    _Alignas(8) uint8_t message[LOG][MESSAGE]; /* complete messages */
    uint32_t bytes_of[LOG];
    unsigned count;
    bool silent;
    uint32_t lie;    /* the answer to this type has: */
    uint32_t answer; /* another type, */
    uint32_t bytes;  /* at most this many bytes, */
    uint64_t fence;  /* this added to its fence, */
    uint32_t flags;  /* these flags cleared */
    uint32_t edid_size;
    uint8_t edid[2 * BLOCK];
} device;

static void put(const struct fake_chain *c, const uint8_t *from, uint32_t n)
{
    for (unsigned i = 0; i < c->count && n > 0; i++) {
        const uint32_t some = c->segment[i].len < n ? c->segment[i].len : n;

        if (!c->segment[i].write)
            continue;
        fake_ram_write(c->segment[i].addr, from, some);
        from += some;
        n -= some;
    }
}

static uint32_t get(const struct fake_chain *c, uint8_t *to, uint32_t room)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < c->count && !c->segment[i].write; i++) {
        assert_true(c->segment[i].len <= room - n);
        fake_ram_read(c->segment[i].addr, to + n, c->segment[i].len);
        n += c->segment[i].len;
    }
    return n;
}

static uint32_t answer_type(uint32_t type)
{
    return type == VWR_GPU_CMD_GET_DISPLAY_INFO ? VWR_GPU_RESP_OK_DISPLAY_INFO
           : type == VWR_GPU_CMD_GET_EDID       ? VWR_GPU_RESP_OK_EDID
                                                : VWR_GPU_RESP_OK_NODATA;
}

static uint32_t answer_bytes(uint32_t type)
{
    return type == VWR_GPU_CMD_GET_DISPLAY_INFO ? (uint32_t)sizeof(struct vwr_gpu_resp_display_info)
           : type == VWR_GPU_CMD_GET_EDID       ? (uint32_t)sizeof(struct vwr_gpu_resp_edid)
                                                : (uint32_t)sizeof(struct vwr_gpu_ctrl_hdr);
}

static void answer(struct fake *f, uint32_t queue)
{
    static union {
        struct vwr_gpu_ctrl_hdr hdr;
        struct vwr_gpu_resp_display_info displays;
        struct vwr_gpu_resp_edid edid;
    } a;
    struct vwr_gpu_ctrl_hdr m;
    uint32_t type;
    uint32_t n;

    fake_ram_read(chain.segment[0].addr, &m, sizeof(m));
    type = vwr_le32_to_cpu(m.type);
    assert_true(device.count < LOG);
    device.bytes_of[device.count] = get(&chain, device.message[device.count], MESSAGE);
    device.log[device.count++] = type;
    memset(&a, 0, sizeof(a));
    if (type == VWR_GPU_CMD_GET_DISPLAY_INFO) {
        a.displays.pmodes[1].r.width = vwr_cpu_to_le32(WIDTH);
        a.displays.pmodes[1].enabled = vwr_cpu_to_le32(1);
    }
    if (type == VWR_GPU_CMD_GET_EDID) {
        a.edid.size = vwr_cpu_to_le32(device.edid_size);
        memcpy(a.edid.edid, device.edid, sizeof(device.edid));
    }
    a.hdr.type = vwr_cpu_to_le32(answer_type(type));
    a.hdr.flags = m.flags;
    a.hdr.fence_id = m.fence_id;
    n = answer_bytes(type);
    if (type == device.lie) {
        a.hdr.type = device.answer != 0 ? vwr_cpu_to_le32(device.answer) : a.hdr.type;
        a.hdr.fence_id = vwr_cpu_to_le64(vwr_le64_to_cpu(a.hdr.fence_id) + device.fence);
        a.hdr.flags &= ~vwr_cpu_to_le32(device.flags);
        n = device.bytes < n ? device.bytes : n;
    }
    assert_true(chain.writable >= n);
    put(&chain, (const uint8_t *)&a, n);
    fake_ring_push(f, queue, chain.head, n);
}

static void notified(struct fake *f, uint32_t queue)
{
    while (!device.silent && fake_ring_next(f, queue, &chain))
        answer(f, queue);
}

/* From now on, requests of this type get wrong answers. */
static void lies(uint32_t type)
{
    device.lie = type;
    device.answer = 0;
    device.bytes = UINT32_MAX;
    device.fence = 0;
    device.flags = 0;
}

/* One block with its description and a correct checksum. */
static void make_edid(void)
{
    for (unsigned i = 0; i < sizeof(device.edid); i++)
        device.edid[i] = (uint8_t)(i + 1);
    device.edid_size = BLOCK;
}

static void plug(struct world *w, const struct format *f, uint32_t scanouts)
{
    memset(&device, 0, sizeof(device));
    format_plug(w, f);
    w->f.device_id = VWR_GPU_ID;
    w->f.on_notify = notified;
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        w->f.queue[i].size_max = f->size;
    fake_offer(&w->f, VWR_GPU_F_EDID);
    fake_offer(&w->f, VWR_GPU_F_RESOURCE_BLOB);
    fake_offer(&w->f, VWR_GPU_F_BLOB_ALIGNMENT);
    fake_offer(&w->f, VWR_GPU_F_VIRGL); /* the driver does not accept it */
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, scanouts);
    fake_config(&w->f, VWR_GPU_CONFIG_BLOB_ALIGNMENT, 4, 4096);
    assert_int_equal(world_probe(w), VWR_OK);
    make_edid();
}

static void open_with(struct world *w, const struct vwr_waiter *waiter)
{
    struct vwr_gpu_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
                                .request = {.spin = 1, .waiter = waiter}};

    memset(&gpu, 0xa5, sizeof(gpu));
    memset(update, 0, sizeof(update));
    assert_int_equal(vwr_gpu_open(&gpu, &w->mmio.dev, &o), VWR_OK);
    assert_false(fake_took(&w->f, VWR_GPU_F_VIRGL));
}

static void open_gpu(struct world *w)
{
    open_with(w, NULL);
}

static int submit_rectangle(struct vwr_gpu_update *u, struct vwr_gpu_framebuffer *of,
                            const struct vwr_gpu_area *area)
{
    vwr_gpu_fill(u, of, area);
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
}

/* What is mapped for the device, if the port maps: its two queues, and so many parts of framebuffers. */
static void shares(const struct world *w, unsigned queues, unsigned parts)
{
#if VWR_PORT_HAS_DMA_MAP
    assert_int_equal(bounce_shared_by(&w->mmio.dev), queues + parts);
    assert_int_equal(bounce_shared_by(NULL), queues + parts);
#else
    (void)w;
    (void)queues;
    (void)parts;
#endif
}

static void begin(struct world *w, const struct format *f)
{
    plug(w, f, 2);
    open_gpu(w);
    make(&fb, 1);
    make(&image, VWR_GPU_NO_SCANOUT);
}

/* The device received exactly these messages since the last call. */
static void heard(const uint32_t *types, unsigned count)
{
    assert_int_equal(device.count, count);
    for (unsigned i = 0; i < count; i++)
        assert_int_equal(device.log[i], types[i]);
    device.count = 0;
}
#define HEARD(...)                                       \
    do {                                                 \
        const uint32_t wanted[] = {__VA_ARGS__};         \
        heard(wanted, sizeof(wanted) / sizeof(*wanted)); \
    } while (0)

static void explains(const char *words)
{
    assert_true(vwr_gpu_explain(&gpu, text, sizeof(text)) < sizeof(text));
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* The i-th of these messages had exactly these words after its header. */
static void said(unsigned i, const uint32_t *words, unsigned count)
{
    const vwr_le32 *const got = (const void *)(device.message[i] + sizeof(struct vwr_gpu_ctrl_hdr));

    assert_int_equal(device.bytes_of[i], sizeof(struct vwr_gpu_ctrl_hdr) + 4 * count);
    for (unsigned n = 0; n < count; n++)
        assert_int_equal(vwr_le32_to_cpu(got[n]), words[n]);
}
#define SAID(i, ...)                                       \
    do {                                                   \
        const uint32_t wanted[] = {__VA_ARGS__};           \
        said(i, wanted, sizeof(wanted) / sizeof(*wanted)); \
    } while (0)

#define SHOWN_BY                                                                                          \
    VWR_GPU_CMD_RESOURCE_CREATE_2D, VWR_GPU_CMD_RESOURCE_ATTACH_BACKING, VWR_GPU_CMD_TRANSFER_TO_HOST_2D, \
        VWR_GPU_CMD_SET_SCANOUT, VWR_GPU_CMD_RESOURCE_FLUSH

#define STRIDE (WIDTH * VWR_GPU_PIXEL_BYTES)
#define BYTES (STRIDE * HEIGHT)

static uint64_t pixels_at(unsigned half)
{
    size_t run;

    return fake_ram_dma(fb.pixels, 1, &run) >> 32 * half & UINT32_MAX;
}

static void each_message(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_gpu_pointer c = {&image, 1, 5, 6, 7, 8};
    const struct vwr_gpu_area area = {1, 2, 3, 4};
    struct vwr_gpu_display display[2];
    struct vwr_gpu_edid edid;

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_read_displays(&gpu, display, 2), 2);
    assert_true(!display[0].enabled && display[1].enabled && display[1].area.width == WIDTH);
    assert_int_equal(vwr_gpu_read_edid(&gpu, 1, &edid), VWR_OK);
    assert_true(edid.bytes == BLOCK && memcmp(edid.data, device.edid, BLOCK) == 0);
    HEARD(VWR_GPU_CMD_GET_DISPLAY_INFO, VWR_GPU_CMD_GET_EDID);
    SAID(1, 1, 0);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    HEARD(SHOWN_BY);
    SAID(0, 1, VWR_GPU_FORMAT_B8G8R8X8_UNORM, WIDTH, HEIGHT);
    SAID(1, 1, 1, (uint32_t)pixels_at(0), (uint32_t)pixels_at(1), BYTES, 0);
    SAID(2, 0, 0, WIDTH, HEIGHT, 0, 0, 1, 0);
    SAID(3, 0, 0, WIDTH, HEIGHT, 1, 1);
    SAID(4, 0, 0, WIDTH, HEIGHT, 1, 0);
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, &area), VWR_OK);
    HEARD(VWR_GPU_CMD_TRANSFER_TO_HOST_2D, VWR_GPU_CMD_RESOURCE_FLUSH);
    SAID(0, 1, 2, 3, 4, 2 * STRIDE + VWR_GPU_PIXEL_BYTES, 0, 1, 0);
    SAID(1, 1, 2, 3, 4, 1, 0);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    HEARD(VWR_GPU_CMD_RESOURCE_CREATE_2D, VWR_GPU_CMD_RESOURCE_ATTACH_BACKING,
          VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_OK);
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 9, 10), VWR_OK);
    HEARD(VWR_GPU_CMD_UPDATE_CURSOR, VWR_GPU_CMD_MOVE_CURSOR);
    shares(w, 2, 2);
    SAID(0, 1, 5, 6, 0, 2, 7, 8, 0);
    SAID(1, 1, 9, 10, 0, 2, 7, 8, 0);
    assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_OK);
    HEARD(VWR_GPU_CMD_SET_SCANOUT, VWR_GPU_CMD_RESOURCE_UNREF);
    SAID(0, 0, 0, 0, 0, 1, 0);
    SAID(1, 1, 0);
    assert_int_equal(vwr_gpu_hide(&gpu, &image), VWR_OK);
    HEARD(VWR_GPU_CMD_UPDATE_CURSOR, VWR_GPU_CMD_RESOURCE_UNREF);
    shares(w, 2, 0);
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 0, 0);
}

static void blobs(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    fb.blob = true;
    fb.height = 63;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EALIGN);
    fb.height = HEIGHT;
    lies(VWR_GPU_CMD_RESOURCE_CREATE_BLOB);
    device.answer = VWR_GPU_RESP_ERR_OUT_OF_MEMORY;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EIO);
    HEARD(VWR_GPU_CMD_RESOURCE_CREATE_BLOB);
    SAID(0, 1, VWR_GPU_BLOB_MEM_GUEST, VWR_GPU_BLOB_FLAG_USE_SHAREABLE, 1, 0, 0, BYTES, 0,
         (uint32_t)pixels_at(0), (uint32_t)pixels_at(1), BYTES, 0);
    lies(VWR_GPU_CMD_RESOURCE_FLUSH);
    device.answer = VWR_GPU_RESP_ERR_UNSPEC;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EIO);
    HEARD(VWR_GPU_CMD_RESOURCE_CREATE_BLOB, VWR_GPU_CMD_SET_SCANOUT_BLOB, VWR_GPU_CMD_RESOURCE_FLUSH,
          VWR_GPU_CMD_SET_SCANOUT, VWR_GPU_CMD_RESOURCE_UNREF);
    lies(VWR_GPU_CMD_SET_SCANOUT_BLOB);
    device.answer = VWR_GPU_RESP_ERR_INVALID_PARAMETER;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EIO);
    HEARD(VWR_GPU_CMD_RESOURCE_CREATE_BLOB, VWR_GPU_CMD_SET_SCANOUT_BLOB, VWR_GPU_CMD_RESOURCE_UNREF);
    SAID(1, 0, 0, WIDTH, HEIGHT, 1, 3, WIDTH, HEIGHT, VWR_GPU_FORMAT_B8G8R8X8_UNORM, 0, STRIDE, 0, 0, 0, 0, 0,
         0, 0);
    lies(0);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    device.count = 0;
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK);
    HEARD(VWR_GPU_CMD_RESOURCE_FLUSH);
    assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_OK);
}

/* A framebuffer that no scanout shows is a resource for later use by the cursor or another scanout. */
static void without_a_scanout(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (unsigned blob = 0; blob < 2; blob++) {
        fb.blob = blob != 0;
        fb.scanout = VWR_GPU_NO_SCANOUT;
        device.count = 0;
        assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
        if (blob != 0)
            HEARD(VWR_GPU_CMD_RESOURCE_CREATE_BLOB);
        else
            HEARD(VWR_GPU_CMD_RESOURCE_CREATE_2D, VWR_GPU_CMD_RESOURCE_ATTACH_BACKING,
                  VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
        assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_OK);
    }
}

/* A list of the caller's discontiguous pages; also a list that is too short, and none. */
static void scattered(struct world *w, const struct format *f, const void *param)
{
    enum { PAGES = BYTES / 4096 };
    struct vwr_gpu_mem_entry *const entry = fake_ram_alloc(PAGES * sizeof(*entry), 16);
    const struct vwr_gpu_mem_entry *got;
    size_t run;

    (void)param;
    begin(w, f);
    fake_ram_scatter(fb.pixels, BYTES);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_ESEGMENTS);
    HEARD(VWR_GPU_CMD_RESOURCE_CREATE_2D, VWR_GPU_CMD_RESOURCE_UNREF);
    fb.entry = entry;
    fb.entries = PAGES - 1;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_ESEGMENTS);
    shares(w, 2, 0);
    device.count = 0;
    fb.entries = PAGES;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    HEARD(SHOWN_BY);
    shares(w, 2, PAGES);
    got = (const void *)(device.message[1] + sizeof(struct vwr_gpu_resource_attach_backing));
    assert_int_equal(device.bytes_of[1],
                     sizeof(struct vwr_gpu_resource_attach_backing) + PAGES * sizeof(*got));
    for (unsigned i = 0; i < PAGES; i++) {
        assert_int_equal(vwr_le64_to_cpu(got[i].addr),
                         fake_ram_dma((uint8_t *)fb.pixels + 4096 * i, 1, &run));
        assert_int_equal(vwr_le32_to_cpu(got[i].length), 4096);
    }
}

/* Rectangles outside of the image, displays that do not exist, invalid cursors: an error each, and no
 * message is sent. */
static void wrong_use(struct world *w, const struct format *f, const void *param)
{
    static const struct vwr_gpu_area outside[] = {
        {0, 0, WIDTH + 1, 1}, {0, 0, 1, HEIGHT + 1}, {WIDTH, 0, 1, 1},      {0, HEIGHT, 1, 1}, {0, 0, 0, 1},
        {0, 0, 1, 0},         {UINT32_MAX, 0, 2, 1}, {0, UINT32_MAX, 1, 2}, {1, 1, WIDTH, 1}};
    const struct vwr_gpu_area corner = {WIDTH - 1, HEIGHT - 1, 1, 1};
    struct vwr_gpu_pointer c = {&image, 0, 0, 0, 0, 0};
    struct vwr_gpu_edid edid;

    (void)param;
    begin(w, f);
    assert_int_equal(submit_rectangle(&update[0], &fb, NULL), VWR_EINVAL); /* it is not shown */
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_EINVAL);
    fb.scanout = 2;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EINVAL);
    fb.scanout = 1;
    fb.width = 0x10000;
    fb.height = 0x10000;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EINVAL);
    fb.width = WIDTH;
    fb.height = 0;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EINVAL);
    fb.height = HEIGHT;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 2, &edid), VWR_EINVAL);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL); /* nor this one */
    assert_int_equal(device.count, 0);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    device.count = 0;
    for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
        assert_int_equal(submit_rectangle(&update[0], &fb, &outside[i]), VWR_ERANGE);
        assert_int_equal(vwr_gpu_flush(&gpu, &fb, &outside[i]), VWR_ERANGE);
    }
    c.scanout = 2;
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL);
    c.scanout = 0;
    c.hot_y = VWR_GPU_CURSOR_PIXELS;
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL);
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 1, 1), VWR_EINVAL);
    image.scanout = 1;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_ERANGE);
    image.scanout = VWR_GPU_NO_SCANOUT;
    assert_false(vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0)));
    assert_int_equal(device.count, 0);
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, &corner), VWR_OK);
    SAID(0, WIDTH - 1, HEIGHT - 1, 1, 1, BYTES - VWR_GPU_PIXEL_BYTES, 0, 1, 0);
}

static uint64_t nowhere(const void *pixels, size_t n, size_t *run)
{
    const uint8_t *const first = fb.pixels;

    if ((const uint8_t *)pixels < first || (const uint8_t *)pixels >= first + BYTES)
        return fake_ram_dma(pixels, n, run);
    *run = 0;
    return 0;
}

/*
 * The maximum number of pictures that no display shows; one that is not a valid cursor, and one without an
 * address.
 */
static void pictures(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_gpu_options o = {.shared = NULL};
    struct vwr_gpu_framebuffer half;
    struct vwr_gpu_pointer c = {&half, 0, 0, 0, 0, 0};

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_open(&gpu, &w->mmio.dev, &o), VWR_EBUSY);
    begin(w, f);
    make(&half, VWR_GPU_NO_SCANOUT);
    half.height /= 2;
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    assert_int_equal(vwr_gpu_show(&gpu, &half), VWR_OK);
    device.count = 0;
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_EINVAL);
    fake_ram_translate(nowhere);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EINVAL);
    fake_ram_translate(NULL);
    assert_int_equal(vwr_gpu_hide(&gpu, &half), VWR_OK);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 2, 0); /* of the first probe, whose device was not reset */
}

/* D28: a device with a blob alignment but without blobs. */
static void D28_alignment_alone(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, 1);
    fake_withhold(&w->f, VWR_GPU_F_RESOURCE_BLOB);
    open_gpu(w);
    assert_false(fake_took(&w->f, VWR_GPU_F_BLOB_ALIGNMENT));
    make(&fb, 0);
    fb.blob = true;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EFEATURE);
}

/* Blobs of any size. */
static void blobs_without_alignment(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    plug(w, f, 1);
    fake_withhold(&w->f, VWR_GPU_F_BLOB_ALIGNMENT);
    open_gpu(w);
    make(&fb, 0);
    fb.blob = true;
    fb.height = 63;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
}

/* D42: answers with an invalid type, or with the type of another message. */
static void D42_types(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t wrong[] = {VWR_GPU_RESP_OK_EDID, VWR_GPU_RESP_ERR_INVALID_PARAMETER + 1, 0,
                                     VWR_GPU_CMD_RESOURCE_CREATE_2D};
    struct vwr_gpu_display display;

    (void)param;
    begin(w, f);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        lies(VWR_GPU_CMD_RESOURCE_CREATE_2D);
        device.answer = wrong[i];
        if (wrong[i] == 0) /* D41: the device writes nothing */
            device.bytes = 0;
        assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_EPROTO);
        explains("RESOURCE_CREATE_2D");
        explains("is not in the specification");
    }
    lies(VWR_GPU_CMD_GET_DISPLAY_INFO);
    device.answer = VWR_GPU_RESP_OK_NODATA;
    assert_int_equal(vwr_gpu_read_displays(&gpu, &display, 1), VWR_EPROTO);
    lies(0);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
}

static void each_error(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        uint32_t answer;
        const char *words;
    } errors[] = {
        {VWR_GPU_RESP_ERR_UNSPEC, "ERR_UNSPEC: it gives no reason"},
        {VWR_GPU_RESP_ERR_OUT_OF_MEMORY, "ERR_OUT_OF_MEMORY: it is out of memory"},
        {VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID, "ERR_INVALID_SCANOUT_ID: it has no such scanout"},
        {VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID, "ERR_INVALID_RESOURCE_ID: the resource does not exist"},
        {VWR_GPU_RESP_ERR_INVALID_CONTEXT_ID, "ERR_INVALID_CONTEXT_ID: it has no such context"},
        {VWR_GPU_RESP_ERR_INVALID_PARAMETER, "ERR_INVALID_PARAMETER: another parameter is invalid"},
    };
    const struct vwr_gpu_pointer c = {&image, 0, 0, 0, 0, 0};

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        lies(VWR_GPU_CMD_TRANSFER_TO_HOST_2D);
        device.answer = errors[i].answer;
        assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_EIO);
        explains("TRANSFER_TO_HOST_2D: the device answers ");
        explains(errors[i].words);
    }
    lies(VWR_GPU_CMD_UPDATE_CURSOR);
    device.answer = VWR_GPU_RESP_ERR_UNSPEC;
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_EIO);
    lies(VWR_GPU_CMD_MOVE_CURSOR);
    device.answer = VWR_GPU_RESP_ERR_UNSPEC;
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 1, 1), VWR_OK);
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 2, 2), VWR_EIO); /* the error of the previous move */
    lies(0);
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 3, 3), VWR_OK);
}

/* An update has a fence, and the answer must have the same one. */
static void D42_fences(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    lies(VWR_GPU_CMD_RESOURCE_FLUSH);
    device.fence = 1;
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_EPROTO);
    explains("RESOURCE_FLUSH: the answer has the wrong fence, 2");
    lies(VWR_GPU_CMD_RESOURCE_FLUSH);
    device.flags = VWR_GPU_FLAG_FENCE;
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_EPROTO);
    for (unsigned i = 0; i < 3; i++) { /* the same of an update that does not wait */
        lies(i < 2 ? VWR_GPU_CMD_RESOURCE_FLUSH : 0);
        device.fence = i == 0;
        device.flags = i == 1 ? VWR_GPU_FLAG_FENCE : 0;
        assert_int_equal(submit_rectangle(&update[0], &fb, NULL), VWR_OK);
        assert_true(vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0)));
        assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2), 1);
        assert_true(done[0] == &update[0] && update[0].fence == 3 + i);
        assert_int_equal(update[0].result, i < 2 ? VWR_EPROTO : VWR_OK);
    }
}

/* D05: truncated answers. */
static void D05_short_answers(struct world *w, const struct format *f, const void *param)
{
    struct vwr_gpu_display display;
    struct vwr_gpu_edid edid;

    (void)param;
    begin(w, f);
    lies(VWR_GPU_CMD_GET_DISPLAY_INFO);
    device.bytes = 100;
    assert_int_equal(vwr_gpu_read_displays(&gpu, &display, 1), VWR_EPROTO);
    explains("GET_DISPLAY_INFO: the answer has 100 bytes");
    lies(VWR_GPU_CMD_GET_EDID);
    device.bytes = (uint32_t)sizeof(struct vwr_gpu_resp_edid) - 1;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_EPROTO);
    explains("GET_EDID: the answer has 1055 bytes");
    device.bytes = 0;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_EPROTO);
    lies(0);
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_OK);
}

/* D30: an EDID that contradicts itself or its size field. */
static void D30_edid(struct world *w, const struct format *f, const void *param)
{
    struct vwr_gpu_edid edid;

    (void)param;
    begin(w, f);
    device.edid_size = sizeof(edid.data) + 1;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_EPROTO);
    explains("GET_EDID: an EDID of 1025 bytes, which does not fit in the answer");
    device.edid_size = sizeof(edid.data);
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_OK);
    assert_int_equal(edid.bytes, sizeof(edid.data));
    device.edid_size = BLOCK - 1;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_OK);
    assert_true(edid.bytes == BLOCK - 1 && edid.data[BLOCK - 2] == BLOCK - 1 && edid.data[BLOCK - 1] == 0);
    device.edid_size = 0;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_OK);
    assert_true(edid.bytes == 0 && edid.data[1] == 0);
    device.edid_size = 2 * BLOCK;
    assert_int_equal(vwr_gpu_read_edid(&gpu, 0, &edid), VWR_OK);
    assert_true(edid.bytes == 2 * BLOCK && memcmp(edid.data, device.edid, 2 * BLOCK) == 0);
}

/* D31: an impossible number of displays. */
static void D31_displays(struct world *w, const struct format *f, const void *param)
{
    static const uint32_t wrong[] = {0, VWR_GPU_MAX_SCANOUTS + 1, UINT32_MAX};
    struct vwr_gpu_display display[VWR_GPU_MAX_SCANOUTS + 1];
    struct vwr_gpu_options o = {.shared = NULL};

    (void)param;
    plug(w, f, VWR_GPU_MAX_SCANOUTS);
    o.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN);
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        fake_config(&w->f, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, wrong[i]);
        assert_int_equal(vwr_gpu_open(&gpu, &w->mmio.dev, &o), VWR_EPROTO);
        assert_int_equal(w->mmio.dev.fault.kind, VWR_FAULT_CONFIG_VALUE);
        assert_int_equal(w->mmio.dev.fault.where, VWR_GPU_CONFIG_NUM_SCANOUTS);
        assert_int_equal(w->mmio.dev.fault.got, wrong[i]);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    }
    fake_config(&w->f, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, VWR_GPU_MAX_SCANOUTS);
    open_gpu(w);
    fake_config(&w->f, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, UINT32_MAX); /* and at run time */
    assert_int_equal(vwr_gpu_poll(&gpu), 0);
    assert_int_equal(vwr_gpu_read_displays(&gpu, display, VWR_GPU_MAX_SCANOUTS + 1), VWR_GPU_MAX_SCANOUTS);
}

static void resizes(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_poll(&gpu), 0);
    fake_config(&w->f, VWR_GPU_CONFIG_EVENTS_READ, 4, VWR_GPU_EVENT_DISPLAY);
    assert_int_equal(vwr_gpu_poll(&gpu), 1);
    assert_int_equal(fake_config_now(&w->f, VWR_GPU_CONFIG_EVENTS_CLEAR, 4), VWR_GPU_EVENT_DISPLAY);
    fake_config(&w->f, VWR_GPU_CONFIG_EVENTS_READ, 4, 0);
    assert_int_equal(vwr_gpu_poll(&gpu), 0);
}

/* Either both requests of an update fit, or neither is sent. */
static void no_room(struct world *w, const struct format *f, const void *param)
{
    static struct vwr_gpu_update many[VWR_GPU_REQUESTS];
    unsigned n = 0;
    unsigned came = 0;
    int r;

    (void)param;
    memset(many, 0, sizeof(many));
    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    device.silent = true;
    while ((r = submit_rectangle(&many[n], &fb, NULL)) == VWR_OK)
        n++;
    assert_int_equal(r, VWR_EFULL);
    assert_int_equal(n, VWR_GPU_REQUESTS / 2);
    assert_int_equal(vwr_queue_in_flight(&gpu.control.client.requests.queue), 2 * n);
    device.silent = false;
    device.count = 0;
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK); /* which waits for free descriptors */
    assert_int_equal(device.count, 2 * n + 2);
    while ((r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2)) > 0)
        came += (unsigned)r;
    assert_int_equal(r, 0);
    assert_int_equal(came, n);
}

/* Two updates whose transfers complete first: the flushes complete both, and a reap with budget 1 returns
 * one. */
static void ends_no_more_than_asked(struct world *w, const struct format *f, const void *param)
{
    struct fake_chain four[4];

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    device.silent = true;
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(submit_rectangle(&update[i], &fb, NULL), VWR_OK);
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
    for (unsigned i = 0; i < 4; i++)
        assert_true(fake_ring_next(&w->f, VWR_GPU_QUEUE_CONTROLQ, &four[i]));
    for (unsigned i = 0; i < 4; i++) {
        chain = four[i / 2 + i % 2 * 2];
        answer(&w->f, VWR_GPU_QUEUE_CONTROLQ);
        if (i == 1)
            assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 1), 0);
    }
    done[1] = NULL;
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 1), 1);
    assert_ptr_equal(done[0], &update[0]);
    assert_null(done[1]);
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 1), 1);
    assert_ptr_equal(done[0], &update[1]);
}

static int recover(void)
{
    int r;

    do
        r = vwr_recover(&gpu.bringup);
    while (r == VWR_EBUSY);
    return r;
}

/* Two updates are in flight when the device fails; `param` is the cause. */
static void fails_in_flight(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_gpu_pointer c = {&image, 1, 5, 6, 7, 8};
    const int why = *(const int *)param;
    int r = 0;

    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_OK);
    device.silent = true;
    for (unsigned i = 0; i < 2; i++)
        assert_int_equal(submit_rectangle(&update[i], &fb, NULL), VWR_OK);
    (void)vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0));
    if (why == VWR_ENEEDSRESET)
        w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    if (why == VWR_EBADRING)
        fake_ring_put(&w->f, VWR_GPU_QUEUE_CONTROLQ, SIZE + 3, 0);
    while (r == 0)
        r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2);
    assert_int_equal(r, why);
    assert_int_equal(vwr_get_stage(&gpu.bringup), VWR_STAGE_STOPPED);
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_EFAILED);
    device.silent = false;
    device.count = 0;
    assert_int_equal(recover(), VWR_OK);
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2), 2);
    assert_true(done[0] == &update[0] && done[1] == &update[1]);
    assert_true(update[0].result == why && update[1].result == why);
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK);
    while ((r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2)) == 0 && gpu.building)
        continue;
    assert_int_equal(r, 0);
    /* both were created again, one was scanned out, and the cursor is restored */
    assert_int_equal(device.count, 5 + 3 + 2 + 1);
    assert_int_equal(device.log[device.count - 1], VWR_GPU_CMD_UPDATE_CURSOR);
    shares(w, 2, 2);
    assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_OK);
    shares(w, 2, 1);
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 0, 0);
}

/* The images are created again after a recovery, and the cursor's queue fails then: the next recovery
 * restores it. */
static void fails_while_it_restores(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_gpu_pointer c = {&image, 1, 5, 6, 7, 8};
    int r;

    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_OK);
    for (unsigned i = 0; i < 2; i++) {
        w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
        assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
        device.silent = true;
        assert_int_equal(recover(), VWR_OK);
        assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2), 0);
        assert_true(gpu.building);
        assert_int_equal(submit_rectangle(&update[0], &image, NULL), VWR_EFULL); /* until it is there */
        device.count = 0;
        device.silent = false;
        if (i == 0)
            fake_ring_put(&w->f, VWR_GPU_QUEUE_CURSORQ, 0xfff0, 0);
        notified(&w->f, VWR_GPU_QUEUE_CONTROLQ);
        while ((r = vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2)) == 0 && gpu.building)
            continue;
        assert_int_equal(device.log[device.count - 1],
                         i == 0 ? VWR_GPU_CMD_TRANSFER_TO_HOST_2D : VWR_GPU_CMD_UPDATE_CURSOR);
        assert_int_equal(vwr_get_stage(&gpu.bringup), i == 0 ? VWR_STAGE_STOPPED : VWR_STAGE_RUNNING);
    }
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 0, 0);
}

static unsigned translations, translated;

/* The port translates so many more addresses. */
static uint64_t translate_some(const void *p, size_t n, size_t *run)
{
    translated++;
    if (translations-- != 0)
        return fake_ram_dma(p, n, run);
    *run = 0;
    return 0;
}

/*
 * A transfer without its flush completes the update with the reason. Where chains are not bound, the message
 * has to be translated.
 */
static void transfer_without_a_flush(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    device.count = 0;
    translations = 1;
    translated = 0;
    fake_ram_translate(translate_some);
    assert_int_equal(submit_rectangle(&update[0], &fb, NULL), VWR_OK);
    fake_ram_translate(NULL);
    assert_true(vwr_gpu_kick(vwr_gpu_get_controlq(&gpu, 0)));
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2), 1);
    assert_ptr_equal(done[0], &update[0]);
    assert_int_equal(update[0].result, translated == 0 ? VWR_OK : VWR_EINVAL);
    assert_int_equal(device.count, translated == 0 ? 2 : 1);
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK);
}

static void hears_update_cursor(unsigned i, uint32_t resource)
{
    struct vwr_gpu_update_cursor m;

    memcpy(&m, device.message[i], sizeof(m));
    assert_int_equal(device.log[i], VWR_GPU_CMD_UPDATE_CURSOR);
    assert_int_equal(vwr_le32_to_cpu(m.resource_id), resource);
}

/* Hides the image of the cursor; with `param`, the device fails meanwhile. No cursor remains, now or after
 * a recovery, and nothing refers to the image. */
static void hides_the_image_of_the_cursor(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_gpu_pointer c = {&image, 1, 5, 6, 7, 8};
    const bool fails = param != NULL;

    begin(w, f);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_OK);
    device.count = 0;
    device.silent = fails;
    assert_int_equal(vwr_gpu_hide(&gpu, &image), fails ? VWR_EINFLIGHT : VWR_OK);
    if (!fails) {
        hears_update_cursor(0, 0);
        assert_int_equal(device.log[1], VWR_GPU_CMD_RESOURCE_UNREF);
        assert_int_equal(device.count, 2);
    }
    memset(&image, 0xa5, fails ? 0 : sizeof(image)); /* the caller owns it */
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 9, 10), VWR_EINVAL);
    device.silent = false;
    if (!fails) {
        w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
        assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    }
    device.count = 0;
    assert_int_equal(recover(), VWR_OK);
    while (vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2) == 0 && gpu.building)
        continue;
    assert_int_equal(device.count, 0);
    assert_int_equal(vwr_gpu_move_cursor(&gpu, 9, 10), VWR_EINVAL);
    make(&image, VWR_GPU_NO_SCANOUT);
    assert_int_equal(vwr_gpu_show(&gpu, &image), VWR_OK);
    assert_int_equal(vwr_gpu_set_cursor(&gpu, &c), VWR_OK);
    hears_update_cursor(device.count - 1, image.request.id);
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 0, 0);
}

/* The device fails during vwr_gpu_show: the call reports it, and the image is shown after the recovery. */
static void fails_while_it_waits(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    device.silent = true;
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_ETIMEOUT);
    device.silent = false;
    assert_int_equal(recover(), VWR_OK);
    device.count = 0;
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK);
    HEARD(SHOWN_BY, VWR_GPU_CMD_TRANSFER_TO_HOST_2D, VWR_GPU_CMD_RESOURCE_FLUSH);
    device.silent = true;
    assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_ETIMEOUT);
    device.silent = false;
    assert_int_equal(recover(), VWR_OK);
    device.count = 0;
    assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_OK); /* the reset has already hidden it */
    assert_int_equal(device.count, 0);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
}

static unsigned sleeps;
static unsigned a_sleep; /* maximum number of messages that the device answers per sleep */

/* While one thread sleeps, another reaps the answers that arrive. */
static void reap_in_sleep(void *context, struct vwr_req *r, uint32_t us)
{
    struct world *const w = context;

    (void)r;
    (void)us;
    sleeps++;
    for (unsigned i = 0; i < a_sleep && fake_ring_next(&w->f, VWR_GPU_QUEUE_CONTROLQ, &chain); i++)
        answer(&w->f, VWR_GPU_QUEUE_CONTROLQ);
    assert_int_equal(vwr_gpu_reap(vwr_gpu_get_controlq(&gpu, 0), done, 2), 0);
}

static void no_wake(void *context, struct vwr_req *r)
{
    (void)context;
    (void)r;
}

/* Another thread reaps the requests that a call waits for: each message counts once, and the call ends
 * when all are answered. */
static void reaped_while_it_sleeps(struct world *w, const struct format *f, const void *param)
{
    const struct vwr_waiter waiter = {w, reap_in_sleep, no_wake};
    struct vwr_gpu_display display[2];

    a_sleep = *(const unsigned *)param;
    plug(w, f, 2);
    open_with(w, &waiter);
    make(&fb, 1);
    for (unsigned i = 0; i < 2; i++) {
        device.silent = i != 0;
        assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
        HEARD(SHOWN_BY);
        device.silent = true;
        sleeps = 0;
        assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK);
        assert_int_equal(vwr_queue_in_flight(&gpu.control.client.requests.queue), 0);
        assert_int_equal(sleeps, 2 / a_sleep);
        HEARD(VWR_GPU_CMD_TRANSFER_TO_HOST_2D, VWR_GPU_CMD_RESOURCE_FLUSH);
        assert_int_equal(vwr_gpu_hide(&gpu, &fb), VWR_OK);
        HEARD(VWR_GPU_CMD_SET_SCANOUT, VWR_GPU_CMD_RESOURCE_UNREF);
        /* a command that does not involve a framebuffer */
        assert_int_equal(vwr_gpu_read_displays(&gpu, display, 2), 2);
        assert_true(display[1].enabled && display[1].area.width == WIDTH);
        HEARD(VWR_GPU_CMD_GET_DISPLAY_INFO);
    }
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 0, 0);
}

/*
 * An update needs two messages at a time, and each two descriptors unless it is in a table: a ring without
 * room for one update is refused, and an update for which there is no room leaves nothing in the ring.
 */
static void small_rings(struct world *w, const struct format *f, const void *param)
{
    const uint16_t fits = f->flags & FORMAT_PACKED ? 6 : 4;
    const struct vwr_gpu_options o = {.shared = fake_ram_alloc(sizeof(*o.shared), VWR_QUEUE_SHARED_ALIGN),
                                      .request = {.spin = 1}};

    (void)param;
    plug(w, f, 1);
    fake_withhold(&w->f, VWR_GPU_F_RESOURCE_BLOB);
    w->f.queue[0].size_max = 2;
    assert_int_equal(vwr_gpu_open(&gpu, &w->mmio.dev, &o), VWR_EINVAL);
    assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
    w->f.queue[0].size_max = fits;
    memset(update, 0, sizeof(update));
    assert_int_equal(vwr_gpu_open(&gpu, &w->mmio.dev, &o), VWR_OK);
    make(&fb, 0);
    assert_int_equal(vwr_gpu_show(&gpu, &fb), VWR_OK);
    device.silent = true;
    assert_int_equal(submit_rectangle(&update[0], &fb, NULL), VWR_OK);
    assert_int_equal(submit_rectangle(&update[1], &fb, NULL), VWR_EFULL);
    assert_int_equal(vwr_queue_in_flight(&gpu.control.client.requests.queue), 2);
    device.silent = false;
    assert_int_equal(vwr_gpu_flush(&gpu, &fb, NULL), VWR_OK);
    assert_int_equal(vwr_close(&gpu.bringup), VWR_OK);
    shares(w, 0, 0);
}

int main(void)
{
    static const uint16_t sizes[] = {SIZE, 0};
    static const unsigned one = 1;
    static const unsigned two = 2;
    static const int reasons[] = {VWR_ENEEDSRESET, VWR_ETIMEOUT, VWR_EBADRING};
    static const struct format_range all = {KIND_SPLIT | KIND_PACKED, FORMAT_OPTIONS, 0, sizes};
    static const struct format_range few = {KIND_SPLIT | KIND_PACKED, FORMAT_INDIRECT, 0, sizes};
    static struct format_tests tests;

#define ADD(test, range) format_add(&tests, #test, test, NULL, &(range))
    ADD(each_message, all);
    ADD(blobs, few);
    ADD(without_a_scanout, few);
    ADD(scattered, few);
    ADD(wrong_use, all);
    ADD(pictures, all);
    ADD(D28_alignment_alone, few);
    ADD(blobs_without_alignment, few);
    ADD(D42_types, few);
    ADD(each_error, few);
    ADD(D42_fences, few);
    ADD(D05_short_answers, few);
    ADD(D30_edid, few);
    ADD(D31_displays, few);
    ADD(resizes, few);
    ADD(no_room, all);
    ADD(small_rings, few);
    ADD(ends_no_more_than_asked, few);
    ADD(fails_while_it_waits, few);
    ADD(fails_while_it_restores, few);
    ADD(transfer_without_a_flush, few);
    ADD(hides_the_image_of_the_cursor, few);
    format_add(&tests, "reaped_while_it_sleeps", reaped_while_it_sleeps, &one, &all);
    format_add(&tests, "both_reaped_while_it_sleeps", reaped_while_it_sleeps, &two, &all);
    format_add(&tests, "hides_the_image_of_the_cursor_while_it_fails", hides_the_image_of_the_cursor,
               &reasons, &few);
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        format_add(&tests, "fails_in_flight", fails_in_flight, &reasons[i], &all);
    return format_run("gpu", &tests);
}

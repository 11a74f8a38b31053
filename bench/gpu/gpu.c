/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "vwr/gpu.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/mmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Cost of a dirty rectangle: submit, kick and reap of a transfer and a flush. The device runs inside
 * bench_mmio_write, which callgrind does not count, and answers each message during the notification.
 *
 *     bench_gpu split|packed RECTANGLES
 */

#define WIDTH 640u
#define HEIGHT 480u
#define QUEUES 2u

static struct {
    uint32_t reg[VWR_MMIO_SIZE / 4u];
    struct vwr_features offered, accepted;
    struct {
        uint16_t size, next;
        bool odd; /* packed: wrap counter */
        uint8_t *desc, *driver, *device;
    } queue[QUEUES];
    uint64_t notifications;
    struct vwr_gpu_area expected;
    uint32_t wrong;
} device;

static _Noreturn void fail(const char *why)
{
    fprintf(stderr, "bench_gpu: %s\n", why);
    exit(1);
}

/* Checks a message and writes its answer. Returns the size of the answer. */
static uint32_t answer(const struct vwr_gpu_ctrl_hdr *m, uint64_t to, uint32_t room)
{
    struct vwr_gpu_ctrl_hdr *const a = (void *)(uintptr_t)to;
    const struct vwr_gpu_transfer_to_host_2d *const transfer = (const void *)m;
    const struct vwr_gpu_rect *const r = &transfer->r; /* at the same offset in a flush */

    if (room < sizeof(*a))
        fail("no room for an answer");
    if (device.expected.width != 0 &&
        (r->x != device.expected.x || r->y != device.expected.y || r->width != device.expected.width ||
         r->height != device.expected.height))
        fail("another rectangle");
    if (m->type == VWR_GPU_CMD_TRANSFER_TO_HOST_2D &&
        transfer->offset != ((uint64_t)r->y * WIDTH + r->x) * VWR_GPU_PIXEL_BYTES)
        fail("another offset");
    memset(a, 0, sizeof(*a));
    a->type = VWR_GPU_RESP_OK_NODATA;
    a->flags = m->flags;
    a->fence_id = m->fence_id;
    return sizeof(*a);
}

static void run_split(unsigned n)
{
    const struct vwr_virtq_desc *const desc = (const void *)device.queue[n].desc;
    const struct vwr_virtq_avail *const avail = (const void *)device.queue[n].driver;
    struct vwr_virtq_used *const used = (void *)device.queue[n].device;
    const uint16_t mask = (uint16_t)(device.queue[n].size - 1u);
    const uint16_t end = *(const volatile uint16_t *)&avail->idx;

    for (; device.queue[n].next != end; device.queue[n].next++) {
        const uint16_t head = avail->ring[device.queue[n].next & mask];
        struct vwr_virtq_used_elem *const elem = &used->ring[device.queue[n].next & mask];
        const struct vwr_virtq_desc *last = &desc[head];

        while ((last->flags & VWR_VIRTQ_DESC_F_NEXT) != 0)
            last = &desc[last->next];
        elem->id = head;
        elem->len = answer((const void *)(uintptr_t)desc[head].addr, last->addr, last->len);
    }
    *(volatile uint16_t *)&used->idx = end;
}

static bool is_available(uint16_t flags, bool odd)
{
    const bool avail = (flags & VWR_VIRTQ_DESC_F_AVAIL) != 0;
    const bool used = (flags & VWR_VIRTQ_DESC_F_USED) != 0;

    return avail == odd && used != odd;
}

/* A message is one indirect descriptor. */
static void run_packed(unsigned n)
{
    struct vwr_pvirtq_desc *const ring = (void *)device.queue[n].desc;

    for (;;) {
        struct vwr_pvirtq_desc *const d = &ring[device.queue[n].next];
        const struct vwr_pvirtq_desc *const table = (const void *)(uintptr_t)d->addr;
        const uint16_t flags = *(volatile uint16_t *)&d->flags;
        const unsigned last = d->len / (unsigned)sizeof(*table) - 1u;

        if (!is_available(flags, device.queue[n].odd))
            return;
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0)
            fail("no table");
        d->len = answer((const void *)(uintptr_t)table[0].addr, table[last].addr, table[last].len);
        *(volatile uint16_t *)&d->flags =
            device.queue[n].odd ? VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED | VWR_VIRTQ_DESC_F_WRITE
                                : VWR_VIRTQ_DESC_F_WRITE;
        if (++device.queue[n].next == device.queue[n].size) {
            device.queue[n].next = 0;
            device.queue[n].odd = !device.queue[n].odd;
        }
    }
}

static void *address(unsigned low)
{
    return (void *)(uintptr_t)((uint64_t)device.reg[low / 4u + 1u] << 32 | device.reg[low / 4u]);
}

static void make_ready(unsigned n)
{
    device.queue[n].size = (uint16_t)device.reg[VWR_MMIO_QUEUE_SIZE / 4u];
    device.queue[n].desc = address(VWR_MMIO_QUEUE_DESC_LOW);
    device.queue[n].driver = address(VWR_MMIO_QUEUE_DRIVER_LOW);
    device.queue[n].device = address(VWR_MMIO_QUEUE_DEVICE_LOW);
    device.queue[n].odd = true;
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    const size_t offset = (size_t)((const volatile uint8_t *)reg - (volatile uint8_t *)device.reg);
    uint32_t value = 0;

    if (offset == VWR_MMIO_DEVICE_FEATURES)
        return device.offered.w[device.reg[VWR_MMIO_DEVICE_FEATURES_SEL / 4u] % VWR_FEATURE_WORDS];
    if (offset == VWR_MMIO_QUEUE_SIZE_MAX)
        return 256;
    if (offset == VWR_MMIO_QUEUE_READY)
        return device.queue[device.reg[VWR_MMIO_QUEUE_SEL / 4u]].size != 0;
    memcpy(&value, (const uint8_t *)device.reg + offset, bytes);
    return value;
}

void bench_mmio_write(volatile void *reg, uint32_t value)
{
    const size_t offset = (size_t)((volatile uint8_t *)reg - (volatile uint8_t *)device.reg);

    device.reg[offset / 4u] = value;
    if (offset == VWR_MMIO_DRIVER_FEATURES)
        device.accepted.w[device.reg[VWR_MMIO_DRIVER_FEATURES_SEL / 4u] % VWR_FEATURE_WORDS] = value;
    else if (offset == VWR_MMIO_QUEUE_READY && value == 1)
        make_ready(device.reg[VWR_MMIO_QUEUE_SEL / 4u]);
    if (offset != VWR_MMIO_QUEUE_NOTIFY)
        return;
    device.notifications++;
    if (vwr_features_have(&device.accepted, VWR_F_RING_PACKED))
        run_packed(value);
    else
        run_split(value);
}

/* Passed to gpu_measured by pointer, so that the compiler does not know its content. */
struct bench {
    struct vwr_mmio mmio;
    struct vwr_gpu gpu;
    struct vwr_gpu_framebuffer fb;
    struct vwr_gpu_update update;
};

static struct bench bench;
static struct vwr_gpu_shared shared;
static uint32_t pixels[WIDTH * HEIGHT];

uint64_t gpu_measured(struct bench *b, uint32_t rectangles);
__attribute__((noipa)) uint64_t gpu_measured(struct bench *b, uint32_t rectangles)
{
    uint64_t done = 0;

    for (uint32_t i = 0; i < rectangles; i++) {
        const struct vwr_gpu_area area = {i & 255u, i & 127u, 16u + (i & 15u), 8u + (i & 63u)};
        struct vwr_gpu_update *back = NULL;

        device.expected = area;
        vwr_gpu_fill(&b->update, &b->fb, &area);
        if (vwr_gpu_submit(vwr_gpu_get_controlq(&b->gpu, 0), &b->update) != VWR_OK ||
            !vwr_gpu_kick(vwr_gpu_get_controlq(&b->gpu, 0)) ||
            vwr_gpu_reap(vwr_gpu_get_controlq(&b->gpu, 0), &back, 1) != 1 || back != &b->update ||
            back->result != VWR_OK)
            fail("a rectangle");
        done++;
    }
    return done;
}

int bench_main(int argc, char **argv)
{
    const struct vwr_gpu_options options = {.shared = &shared};
    const bool packed = argc == 3 && strcmp(argv[1], "packed") == 0;
    uint64_t done;
    uint64_t before;

    if (argc != 3)
        fail("split|packed RECTANGLES");
    device.reg[VWR_MMIO_MAGIC_VALUE / 4u] = VWR_MMIO_MAGIC_VALUE_VALUE;
    device.reg[VWR_MMIO_VERSION / 4u] = VWR_MMIO_VERSION_MODERN;
    device.reg[VWR_MMIO_DEVICE_ID / 4u] = VWR_ID_GPU;
    device.reg[(VWR_MMIO_CONFIG + VWR_GPU_CONFIG_NUM_SCANOUTS) / 4u] = 1;
    vwr_features_add(&device.offered, VWR_F_VERSION_1);
    if (packed) {
        vwr_features_add(&device.offered, VWR_F_RING_PACKED);
        vwr_features_add(&device.offered, VWR_F_INDIRECT_DESC);
    }
    bench.fb.pixels = pixels;
    bench.fb.width = WIDTH;
    bench.fb.height = HEIGHT;
    bench.fb.format = VWR_GPU_FORMAT_B8G8R8X8_UNORM;
    if (vwr_mmio_probe(&bench.mmio, device.reg, VWR_MMIO_SIZE) != VWR_OK ||
        vwr_gpu_open(&bench.gpu, &bench.mmio.dev, &options) != VWR_OK ||
        vwr_gpu_show(&bench.gpu, &bench.fb) != VWR_OK)
        fail("open, or show");
    before = device.notifications;
    done = gpu_measured(&bench, (uint32_t)strtoul(argv[2], NULL, 10));
    printf("requests=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(device.notifications - before));
    return 0;
}

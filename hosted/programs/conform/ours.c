/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include "vwr/dev.h"
#include "vwr/evdev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/vblk_memory.h"
#include "vwr/vconsole.h"
#include "vwr/ventropy.h"
#include "vwr/vgpu.h"
#include "vwr/vinput.h"
#include "vwr/vm.h"
#include "vwr/vnet.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

/*
 * A device of this library on virtio-mmio, in this program. Each register access is treated as a guest's
 * access, and the device has handled it when the access returns. Guest addresses are addresses of this
 * program.
 */

#define SLOTS_BASE 0x0a000000u /* an address without memory */
#define STRIDE 0x1000u
#define RAM_BYTES ((size_t)1 << 20)
#define PAGE ((size_t)4096)
#define QUEUES 5u
#define REQUESTS 32u
#define SEGMENTS 34u
#define DISK_BYTES ((size_t)1 << 20)
#define EVENTS 64u
#define SIDE 64u /* pixels of a screen */
#define STEP_MS 1

static _Alignas(PAGE) uint8_t ram[RAM_BYTES];
static size_t free_at;
static bool stuck; /* it could not be reset */

static bool line_level;

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm, (void)line;
    line_level = level;
}

static struct vwr_vdev *slot[1];
static struct vwr_memory_region region = {.bytes = RAM_BYTES, .host = ram};
static const struct vwr_vm_ops ops = {.irq = irq};
static const struct vwr_vm_setup vm_setup = {.ops = &ops,
                                             .region = &region,
                                             .region_count = 1,
                                             .slot = slot,
                                             .slot_count = 1,
                                             .base = SLOTS_BASE,
                                             .stride = STRIDE};
static struct vwr_vm vm;

/* ---- a device of each class, and what it receives ---- */

#define INCOMING_MAX 2048u

static struct vwr_vconsole console;
static struct vwr_vnet card;
static struct vwr_vinput keyboard;

static int make_disk(const struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static struct vwr_vblk disk;
    static struct vwr_vblk_memory memory;
    static struct vwr_vblk_req req[REQUESTS];
    static struct vwr_vseg seg[REQUESTS * SEGMENTS];
    static _Alignas(PAGE) uint8_t content[DISK_BYTES];
    const struct vwr_vblk_options o = {.backend = &memory.backend,
                                       .id = "conform",
                                       .req = req,
                                       .req_count = REQUESTS,
                                       .seg = seg,
                                       .seg_count = VWR_COUNT(seg)};

    vwr_vblk_memory_init(&memory, content, sizeof(content), false, NULL);
    *v = &disk.dev;
    return vwr_vblk_init_with(&disk, s, &o);
}

static uint32_t random_bytes(struct vwr_ventropy *v, uint8_t *bytes, uint32_t n)
{
    const ssize_t done =
        getrandom(bytes, n < 256u ? n : 256u, 0); /* a call for up to 256 bytes is never interrupted */

    (void)v;
    return done > 0 ? (uint32_t)done : 0;
}

static int make_entropy(const struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static struct vwr_ventropy entropy;

    *v = &entropy.dev;
    return vwr_ventropy_init_with(&entropy, s, random_bytes, NULL);
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    (void)c, (void)port, (void)bytes;
    return n;
}

static int make_console(const struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static struct vwr_vconsole_port port = {.console = true};
    static const struct vwr_vconsole_ops hooks = {.output = output};
    const struct vwr_vconsole_options o = {.ops = &hooks, .port = &port, .port_count = 1, .emergency = true};

    *v = &console.dev;
    return vwr_vconsole_init_with(&console, s, &o);
}

static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    (void)n, (void)pair, (void)p;
    return VWR_OK; /* nobody is connected */
}

static int make_net(const struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static const struct vwr_vnet_ops hooks = {.transmit = transmit};
    const struct vwr_vnet_options o = {.ops = &hooks, .mtu = 1500, .control = true};

    *v = vwr_vnet_dev(&card);
    return vwr_vnet_init_with(&card, s, &o);
}

static int make_input(const struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static struct vwr_input_event_msg fifo[EVENTS];
    const struct vwr_vinput_options o = {.model = &vwr_vinput_keyboard, .event = fifo, .event_count = EVENTS};

    *v = vwr_vinput_dev(&keyboard);
    return vwr_vinput_init_with(&keyboard, s, &o);
}

static void send_frame(uint32_t bytes)
{
    static uint8_t frame[INCOMING_MAX];
    int r;

    incoming_frame(frame, bytes);
    r = vwr_vnet_deliver_frame(&card, frame, bytes);
    (void)r; /* the case sees that none arrives */
}

static void send_text(uint32_t bytes)
{
    uint8_t text[INCOMING_MAX];

    for (unsigned i = 0; i < bytes; i++)
        text[i] = incoming_byte(i);
    (void)vwr_vconsole_input(&console, 0, text, bytes);
}

static void send_key(void)
{
    for (unsigned i = 0; i < 2; i++) {
        const struct vwr_input_event_msg event = {VWR_EV_KEY, VWR_KEY_A, 1u - i};

        (void)vwr_vinput_group(&keyboard, &event, 1);
    }
}

static void ours_ask(struct session *s, uint32_t bytes)
{
    if (s->class == &net_class)
        send_frame(bytes);
    else if (s->class == &console_class)
        send_text(bytes);
    else
        send_key();
}

static int make_gpu(const struct vwr_vdev_setup *s, struct vwr_vdev **v)
{
    static struct vwr_vgpu gpu;
    static struct vwr_vgpu_scanout screen = {.width = SIDE, .height = SIDE};
    static struct vwr_vgpu_resource resource[4];
    static struct vwr_vgpu_entry entry[16];
    static _Alignas(VWR_VGPU_ALIGN) uint8_t pixels[4 * VWR_VGPU_BYTES(SIDE, SIDE)];
    static const struct vwr_vgpu_ops none = {0};
    const struct vwr_vgpu_options o = {.ops = &none,
                                       .scanout = &screen,
                                       .resource = resource,
                                       .entry = entry,
                                       .memory = pixels,
                                       .memory_bytes = sizeof(pixels),
                                       .entry_count = 16,
                                       .resource_count = 4,
                                       .scanout_count = 1,
                                       .edid = true};

    *v = vwr_vgpu_dev(&gpu);
    return vwr_vgpu_init_with(&gpu, s, &o);
}

static const struct {
    const char *name;
    int (*make)(const struct vwr_vdev_setup *s, struct vwr_vdev **v);
} kinds[] = {{"blk", make_disk},        {"rng", make_entropy}, {"net", make_net},
             {"console", make_console}, {"input", make_input}, {"gpu", make_gpu}};

static bool make(const struct session *s)
{
    static struct vwr_vqueue queue[QUEUES];
    static struct vwr_vqueue_entry own[VWR_VDEV_OWN(QUEUES, RING)];
    struct vwr_vdev_setup setup = {.vm = &vm,
                                   .queue = queue,
                                   .queue_count = QUEUES,
                                   .queue_size = RING,
                                   .own = own,
                                   .own_count = VWR_COUNT(own)};
    struct vwr_vdev *v = NULL;

    region.addr = (uintptr_t)ram;
    if (vwr_vm_init(&vm, &vm_setup) != VWR_OK)
        return false;
    vwr_vdev_features(&setup.features);
    vwr_features_add(&setup.features, VWR_F_IN_ORDER);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(kinds[i].name, s->class->name) == 0 && kinds[i].make(&setup, &v) != VWR_OK)
            return false;
    return v != NULL && vwr_vm_add(&vm, 0, v) == VWR_OK;
}

/* ---- sessions ---- */

static uint32_t ours_read(uint64_t addr, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vm_access(&vm, addr, bytes, false, &value);
    return (uint32_t)value;
}

static void ours_write(uint64_t addr, unsigned bytes, uint32_t value)
{
    uint64_t written = value;

    (void)vwr_vm_access(&vm, addr, bytes, true, &written);
}

static bool ours_connect(struct session *s)
{
    static const struct bus bus = {ours_read, ours_write};

    bus_use(&bus);
    free_at = 0;
    if (stuck || (slot[0] == NULL && !make(s)) ||
        vwr_mmio_probe(&s->mmio, (volatile void *)(uintptr_t)SLOTS_BASE, STRIDE) != VWR_OK) {
        (void)snprintf(s->seen, sizeof(s->seen), "the device cannot be made, or reset");
        return false;
    }
    mmio_found(s);
    return true;
}

static void ours_end(struct session *s)
{
    stuck = vwr_dev_reset(s->dev) != VWR_OK;
}

static void *ours_memory(struct session *s, size_t bytes)
{
    uint8_t *const at = ram + free_at;

    (void)s;
    if (bytes > RAM_BYTES - free_at)
        return NULL;
    free_at += (bytes + PAGE - 1) & ~(PAGE - 1);
    return memset(at, 0, bytes);
}

static void ours_step(struct session *s)
{
    (void)poll(NULL, 0, STEP_MS);
    mmio_events(s);
}

static bool ours_is_there(const struct session *s)
{
    (void)s;
    return !stuck;
}

static enum level ours_line(void)
{
    return line_level ? LEVEL_HIGH : LEVEL_LOW;
}

const struct way ours_way = {.connect = ours_connect,
                             .end = ours_end,
                             .memory = ours_memory,
                             .kick = mmio_kick,
                             .ask = ours_ask,
                             .step = ours_step,
                             .is_there = ours_is_there,
                             .line = ours_line,
                             .is_mmio = true};

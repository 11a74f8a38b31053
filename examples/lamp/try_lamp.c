/* SPDX-License-Identifier: MIT */
/* A VM with a lamp, and its guest, in one process. Exit code 0: the lamp did what the guest said. */
#include "vwr_vlamp.h"
#include "vwr/mmio.h"

#include <stdio.h>
#include <string.h>

/* ---- the VMM ---- */

#define QUEUE_SIZE 8u
#define LINE 48u
#define BASE 0x0a000000u
#define RAM 0x40000000u

static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t ram[0x4000]; /* of the guest, who finds it at RAM */

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    printf("interrupt %u %s\n", (unsigned)line, level ? "up" : "down");
}

static bool shine(struct vwr_vlamp *l, uint16_t level, uint16_t colour)
{
    (void)l;
    printf("lamp: %u%s\n", level, colour == VWR_LAMP_COLOUR_RED ? " red" : "");
    return colour <= VWR_LAMP_COLOUR_RED;
}

static struct vwr_vdev *slots[1];
static const struct vwr_vm_ops ops = {.irq = irq};
static const struct vwr_vm_region region = {RAM, sizeof(ram), ram};
static struct vwr_vm vm = {
    .ops = &ops, .region = &region, .regions = 1, .base = BASE, .stride = 0x1000, .slots = 1, .slot = slots};

static int make_lamp(struct vwr_vlamp *l, bool legacy)
{
    static struct vwr_vqueue queue[VWR_VLAMP_QUEUES];
    static struct vwr_vqueue_entry own[VWR_VLAMP_QUEUES * QUEUE_SIZE];
    struct vwr_vdev_setup s = {.vm = &vm, .line = LINE, .legacy = legacy, .queue = queue, .own = own};
    int r;

    s.queues = VWR_VLAMP_QUEUES;
    s.queue_size = QUEUE_SIZE;
    s.own_bytes = sizeof(own);
    vwr_vdev_features(&s.features);
    r = vwr_vlamp_init(l, &s, shine, 100, NULL);
    return r == VWR_OK ? vwr_vm_add(&vm, 0, &l->dev) : r;
}

/* The port: what a trap handler would do with an access of a real guest (vwr/vmmio.h: byte order). */
static uint8_t window[VWR_MMIO_SIZE];

static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vm_access(&vm, BASE + ((uintptr_t)reg - (uintptr_t)window), bytes, false, &value);
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    (void)vwr_vm_access(&vm, BASE + ((uintptr_t)reg - (uintptr_t)window), bytes, true, &v);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return RAM + ((uintptr_t)p - (uintptr_t)ram);
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t us;

    return us++;
}

/* ---- the guest ---- */

struct request {
    struct vwr_lamp_req_out out;
    struct vwr_lamp_light light;
    struct vwr_lamp_req_in in;
};

static struct vwr_mmio mmio;
static struct vwr_queue queue;
static struct request *const request = (void *)(ram + sizeof(ram) - sizeof(*request));

static int start(uint16_t *max_level)
{
    static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE_SIZE)];
    const struct vwr_features none = {{0, 0, 0, 0}};
    const struct vwr_features want = {{VWR_LAMP_FEATURES_W0, 0, 0, 0}};
    const struct vwr_wish request = {&want, &none, &none, vwr_lamp_feature_rules,
                                     VWR_LAMP_FEATURE_RULE_COUNT};
    const struct vwr_queue_memory memory = {ram, sizeof(ram) / 2 + 256, own, sizeof(own), QUEUE_SIZE};
    int r = vwr_mmio_probe(&mmio, window, sizeof(window));

    if (r == VWR_OK)
        r = vwr_dev_negotiate(&mmio.dev, &request);
    if (r == VWR_OK)
        r = vwr_dev_add_queue(&mmio.dev, VWR_LAMP_QUEUE_REQUESTQ, &queue, &memory, 0);
    *max_level = r == VWR_OK ? vwr_lamp_config_get_max_level(&mmio.dev.config) : 0;
    return r == VWR_OK ? vwr_dev_start(&mmio.dev) : r;
}

/* What the lamp answers; a negative result if the queue does not work. */
static int ask(uint32_t type, uint16_t level, uint16_t colour)
{
    const bool legacy = vwr_dev_is_legacy(&mmio.dev);
    struct vwr_seg seg[2];
    size_t run;
    static struct vwr_chain chain;
    struct vwr_chain *back;
    int r;

    seg[0].addr = vwr_port_dma(&request->out, sizeof(request->out), &run);
    seg[0].len = sizeof(request->out) + (type == VWR_LAMP_T_SHINE ? sizeof(request->light) : 0);
    seg[1].addr = vwr_port_dma(&request->in, sizeof(request->in), &run);
    seg[1].len = sizeof(request->in);
    request->out.type = vwr_guest32(legacy, type);
    request->light.level = vwr_guest16(legacy, level);
    request->light.colour = vwr_guest16(legacy, colour);
    r = vwr_queue_add(&queue, seg, 1, 1, &chain);
    (void)vwr_queue_kick(&queue);
    if (r == VWR_OK)
        r = vwr_queue_get_used(&queue, &back);
    return r == 1 ? request->in.status : r < 0 ? r : VWR_EFAILED;
}

int main(int argc, char *argv[])
{
    static struct vwr_vlamp lamp;
    uint16_t max_level = 0;
    int r = make_lamp(&lamp, argc > 1 && strcmp(argv[1], "legacy") == 0);

    if (r == VWR_OK)
        r = start(&max_level);
    printf("guest: started %d, levels up to %u\n", r, max_level);
    if (r != VWR_OK)
        return 1;
    printf("guest: 40 red: %d\n", ask(VWR_LAMP_T_SHINE, 40, VWR_LAMP_COLOUR_RED));
    printf("guest: too bright: %d\n", ask(VWR_LAMP_T_SHINE, 101, VWR_LAMP_COLOUR_WHITE));
    printf("guest: no such request: %d\n", ask(7, 0, 0));
    vwr_vlamp_set_max_level(&lamp, 200);
    printf("guest: reasons %u, levels up to %u\n", (unsigned)vwr_dev_irq(&mmio.dev),
           vwr_lamp_config_get_max_level(&mmio.dev.config));
    printf("guest: bright: %d\n", ask(VWR_LAMP_T_SHINE, 101, VWR_LAMP_COLOUR_WHITE));
    printf("guest: off: %d\n", ask(VWR_LAMP_T_OFF, 0, 0));
    return vwr_dev_reset(&mmio.dev) == VWR_OK ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/* A VM with a lamp, and its guest, in one process. Exit code 0: the lamp did what the guest requested. */
#include "lamp_device.h"
#include "vwr/client/lamp.h"
#include "vwr/mmio.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <string.h>

/* ---- VMM ---- */

#define QUEUES 1u
#define QUEUE_SIZE 8u
#define MESSAGES 4u /* maximum concurrent messages of the device */
#define SEGS 8u     /* of each message */
#define LINE 48u
#define BASE 0x0a000000u
#define RAM 0x40000000u

static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t ram[0x4000]; /* guest memory, at RAM for the guest */

static void irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    printf("interrupt %u %s\n", (unsigned)line, level ? "up" : "down");
}

static bool light(uint16_t level, uint16_t colour)
{
    printf("lamp: %u%s\n", level, colour == VWR_LAMP_COLOUR_RED ? " red" : "");
    return colour <= VWR_LAMP_COLOUR_RED;
}

static struct vwr_vdev *slots[1];
static const struct vwr_vm_ops ops = {.irq = irq};
static const struct vwr_memory_region region = {RAM, sizeof(ram), ram};
static const struct vwr_vm_setup vm_setup = {.ops = &ops,
                                             .region = &region,
                                             .region_count = 1,
                                             .slot = slots,
                                             .slot_count = 1,
                                             .base = BASE,
                                             .stride = 0x1000};
static struct vwr_vm vm;

static int make_lamp(struct vwr_lamp_vservice *lamp, bool legacy)
{
    static struct vwr_vqueue queue[QUEUES];
    static struct vwr_vqueue_entry own[QUEUES * QUEUE_SIZE];
    static struct vwr_vmessage message[MESSAGES];
    static struct vwr_vseg seg[(MESSAGES + 1) * SEGS];
    static struct vwr_lamp_vdevice device = {.light = light};
    const struct vwr_features features = {{1u << VWR_LAMP_F_DIM}};
    const struct vwr_service_memory memory = {message, MESSAGES, seg, VWR_COUNT(seg)};
    struct vwr_vdev_setup s = {
        .vm = &vm, .line = LINE, .legacy = legacy, .queue = queue, .queue_count = QUEUES};
    int r;

    s.queue_size = QUEUE_SIZE;
    s.own = own;
    s.own_count = VWR_COUNT(own);
    vwr_vdev_features(&s.features);
    r = vwr_vm_init(&vm, &vm_setup);
    if (r == VWR_OK)
        r = vwr_lamp_vservice_init(lamp, &s, &features, &lamp_calls, &memory, &device);
    lamp->config.max_level = vwr_guest16(legacy, 100);
    return r == VWR_OK ? vwr_vm_add(&vm, 0, &lamp->service.dev) : r;
}

/* The port: acts as the trap handler for accesses of a real guest (vwr/vmmio.h: byte order). */
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

/* ---- guest ---- */

static struct vwr_mmio mmio;
static struct vwr_lamp_client guest;

static int start(void)
{
    static _Alignas(8) uint8_t own[VWR_REQUEST_OWN_BYTES(QUEUE_SIZE, 1)];
    const struct vwr_lamp_client_options o = {
        .requests = {.requests = 1},
        .requestq = {ram, sizeof(ram), own, sizeof(own), QUEUE_SIZE},
    };
    const int r = vwr_mmio_probe(&mmio, window, sizeof(window));

    return r == VWR_OK ? vwr_lamp_client_open(&guest, &mmio.dev, &o) : r;
}

static int shine(uint16_t level, uint16_t colour)
{
    const struct vwr_lamp_shine_msg m = {level, colour};

    return vwr_lamp_client_shine(&guest, &m);
}

/* The last fault of the driver: of the probe, until the client is open. */
static void explain_driver(void)
{
    char text[400];

    (void)(guest.bringup.dev != NULL ? vwr_lamp_client_explain(&guest, text, sizeof(text))
                                     : vwr_dev_explain(&mmio.dev, text, sizeof(text)));
    printf("driver: %s\n", text);
}

static void explain_device(const struct vwr_lamp_vservice *lamp)
{
    char text[400];

    (void)vwr_vdev_explain(&lamp->service.dev, text, sizeof(text));
    printf("device: %s\n", text);
}

int main(int argc, char *argv[])
{
    static struct vwr_lamp_vservice lamp;
    int r = make_lamp(&lamp, argc > 1 && strcmp(argv[1], "legacy") == 0);

    if (r == VWR_OK)
        r = start();
    printf("guest: started %d, levels up to %u\n", r, guest.info.max_level);
    if (r != VWR_OK) {
        explain_device(&lamp);
        explain_driver();
        return 1;
    }
    printf("guest: 40 red: %s\n", vwr_strerror(shine(40, VWR_LAMP_COLOUR_RED)));
    printf("guest: too bright: %s\n", vwr_strerror(shine(101, VWR_LAMP_COLOUR_WHITE)));
    explain_driver();
    lamp_set_max_level(&lamp, 200);
    printf("guest: reasons %u, levels up to %u\n", (unsigned)vwr_dev_irq(&mmio.dev),
           vwr_lamp_config_get_max_level(&mmio.dev.config));
    printf("guest: bright: %s\n", vwr_strerror(shine(101, VWR_LAMP_COLOUR_WHITE)));
    printf("guest: off: %s\n", vwr_strerror(vwr_lamp_client_off(&guest)));
    return vwr_close(&guest.bringup) == VWR_OK ? 0 : 1;
}

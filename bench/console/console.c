/* SPDX-License-Identifier: MIT */
#include "vwr/console.h"
#include "vwr/mmio.h"
#include "vwr/vconsole.h"
#include "vwr/vmmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What 4 KiB cost that are written to a console, and read from it. The other end is our device side, and
 * lives in bench_mmio_write, which callgrind leaves out: it takes what was written inside of the
 * notification, and gives 4 KiB in the notification of the receive queue, by which buffers were posted again.
 *
 *     bench_console write|read split|packed CALLS
 */

#define BYTES 4096u

static struct {
    struct vwr_vconsole console;
    struct vwr_vconsole_port port;
    struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(1)];
    struct vwr_vqueue_entry own[VWR_VCONSOLE_QUEUES(1) * VWR_CONSOLE_QUEUE];
    uint64_t notifications, taken;
    bool gives;
    uint8_t text[BYTES];
} device;

static _Noreturn void fail(const char *why)
{
    fprintf(stderr, "bench_console: %s\n", why);
    exit(1);
}

/* What comes is the text again and again. */
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const size_t at = device.taken % BYTES;

    if (c != &device.console || port != 0 || n > BYTES - at || memcmp(bytes, device.text + at, n) != 0)
        fail("other bytes");
    device.taken += n;
    return n;
}

static struct vwr_vm vm;
static uint8_t registers[VWR_MMIO_SIZE];

static void vm_irq(struct vwr_vm *of, uint32_t line, bool level)
{
    (void)of;
    (void)line;
    (void)level;
}

static void vm_broken(struct vwr_vm *of, struct vwr_vdev *v)
{
    char text[200];

    (void)of;
    (void)vwr_vdev_explain(v, text, sizeof(text));
    fail(text);
}

static void device_init(bool packed)
{
    static const struct vwr_vm_ops ops = {.irq = vm_irq, .broken = vm_broken};
    static const struct vwr_vm_region all = {4096, UINT64_C(1) << 47,
                                             (void *)4096}; /* addresses are pointers */
    static const struct vwr_vconsole_ops console_ops = {.output = output};
    const struct vwr_vconsole_options options = {.ops = &console_ops, .port = &device.port, .ports = 1};
    struct vwr_vdev_setup setup = {.vm = &vm, .queue = device.queue, .queues = 2, .own = device.own};

    vm.ops = &ops;
    vm.region = &all;
    vm.regions = 1;
    device.port.console = true;
    setup.queue_size = VWR_CONSOLE_QUEUE;
    setup.own_bytes = sizeof(device.own);
    vwr_features_add(&setup.features, VWR_F_VERSION_1);
    if (packed)
        vwr_features_add(&setup.features, VWR_F_RING_PACKED);
    if (vwr_vconsole_init(&device.console, &setup, &options) != VWR_OK)
        fail("init");
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vmmio_access(&device.console.dev, (size_t)((const volatile uint8_t *)reg - registers), bytes,
                           false, &value);
    return (uint32_t)value;
}

__attribute__((noipa)) void bench_mmio_write(volatile void *reg, uint32_t value)
{
    const size_t offset = (size_t)((volatile uint8_t *)reg - registers);
    uint64_t v = value;

    (void)vwr_vmmio_access(&device.console.dev, offset, sizeof(value), true, &v);
    if (offset != VWR_MMIO_QUEUE_NOTIFY)
        return;
    device.notifications++;
    if (device.gives && value == VWR_CONSOLE_QUEUE_RECEIVEQ &&
        vwr_vconsole_input(&device.console, 0, device.text, BYTES) != BYTES)
        fail("no room for 4 KiB");
}

/* Reached by pointers that main has, which is another function: nothing of it is known in console_measured.
 */
struct bench {
    struct vwr_mmio mmio;
    struct vwr_console console;
    struct vwr_console_port port[1];
    uint8_t bytes[BYTES];
};

static struct bench bench;
static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(1)];

uint64_t console_measured(struct bench *b, bool writes, uint32_t calls, uint32_t bytes);
__attribute__((noipa)) uint64_t console_measured(struct bench *b, bool writes, uint32_t calls, uint32_t bytes)
{
    uint64_t done = 0;

    for (uint32_t i = 0; i < calls; i++) {
        const int r = writes ? vwr_console_write(&b->console, 0, b->bytes, bytes)
                             : vwr_console_read(&b->console, 0, b->bytes, bytes);

        if (r < 0)
            fail("write or read");
        done += (unsigned)r;
    }
    return done;
}

int main(int argc, char **argv)
{
    const struct vwr_console_options options = {.port = bench.port, .shared = shared, .ports = 1};
    const bool writes = argc == 4 && strcmp(argv[1], "write") == 0;
    uint64_t before, done;

    if (argc != 4)
        fail("write|read split|packed CALLS");
    VWR_STATIC_ASSERT(VWR_CONSOLE_QUEUE * VWR_CONSOLE_BYTES == BYTES, "all buffers of a port");
    for (unsigned i = 0; i < BYTES; i++)
        device.text[i] = (uint8_t)(i * 7u >> 3);
    device_init(strcmp(argv[2], "packed") == 0);
    if (vwr_mmio_probe(&bench.mmio, registers, VWR_MMIO_SIZE) != VWR_OK ||
        vwr_console_open(&bench.console, &bench.mmio.dev, &options) != VWR_OK)
        fail("open");
    if (writes)
        memcpy(bench.bytes, device.text, BYTES);
    device.gives = !writes;
    if (!writes)
        bench_mmio_write(registers + VWR_MMIO_QUEUE_NOTIFY, VWR_CONSOLE_QUEUE_RECEIVEQ);
    before = device.notifications;
    done = console_measured(&bench, writes, (uint32_t)strtoul(argv[3], NULL, 10), BYTES);
    if (writes ? device.taken != done : memcmp(bench.bytes, device.text, BYTES) != 0)
        fail("bytes are lost, or others");
    printf("bytes=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(device.notifications - before));
    return 0;
}

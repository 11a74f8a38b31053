/* SPDX-License-Identifier: MIT */
#define OTHER_END_NAME "bench_console"
#include "../cases.h"
#include "../other_end.h"
#include "vwr/console.h"
#include "vwr/vconsole.h"

#include <string.h>

/*
 * Cost of writing 4 KiB to a console, and of reading 4 KiB. The device is our device side. It runs inside of
 * bench_mmio_write, which callgrind does not count: a notification of the transmit queue consumes what was
 * written; one of the receive queue, after buffers were posted, sends 4 KiB.
 *
 *     bench_console write|read split|packed CALLS [BYTES]
 *
 * With BYTES, a call writes or reads this many bytes.
 */

#define BYTES 4096u

static struct {
    struct vwr_vconsole console;
    struct vwr_vconsole_port port;
    struct vwr_vqueue queue[VWR_VCONSOLE_QUEUES(1)];
    struct vwr_vqueue_entry own[VWR_VCONSOLE_QUEUES(1) * VWR_CONSOLE_QUEUE];
    uint64_t notifications, taken, given;
    bool gives;
    uint8_t text[BYTES];
} device;

/* The output must be the text, repeated. */
static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    const size_t at = device.taken % BYTES;

    if (c != &device.console || port != 0 || n > BYTES - at || memcmp(bytes, device.text + at, n) != 0)
        fail("other bytes");
    device.taken += n;
    return n;
}

static void device_init(bool packed)
{
    static const struct vwr_vconsole_ops console_ops = {.output = output};
    const struct vwr_vconsole_options options = {.ops = &console_ops, .port = &device.port, .port_count = 1};
    struct vwr_vdev_setup setup = {.queue = device.queue, .queue_count = 2, .own = device.own};

    other_end_begin(&setup, packed);
    device.port.console = true;
    setup.queue_size = VWR_CONSOLE_QUEUE;
    setup.own_count = VWR_COUNT(device.own);
    if (vwr_vconsole_init_with(&device.console, &setup, &options) != VWR_OK)
        fail("init");
}

uint32_t bench_mmio_read(const volatile void *reg, unsigned bytes)
{
    return other_end_read(&device.console.dev, reg, bytes);
}

__attribute__((noipa)) void bench_mmio_write(volatile void *reg, uint32_t value)
{
    other_end_write(&device.console.dev, reg, value);
    if (other_end_offset(reg) != VWR_MMIO_QUEUE_NOTIFY)
        return;
    device.notifications++;
    if (device.gives && value == VWR_CONSOLE_QUEUE_RECEIVEQ) {
        const uint32_t at = (uint32_t)(device.given % BYTES);

        device.given += vwr_vconsole_input(&device.console, 0, device.text + at, BYTES - at);
    }
}

/* Passed to console_measured by pointer, so that the compiler does not know its content. */
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

int bench_main(int argc, char **argv)
{
    const struct vwr_console_options options = {
        .port = bench.port, .port_count = 1, .shared = shared, .shared_count = VWR_COUNT(shared)};
    const bool writes = argc >= 4 && strcmp(argv[1], "write") == 0;
    uint64_t before, done;
    uint32_t bytes;

    if (argc != 4 && argc != 5)
        fail("write|read split|packed CALLS [BYTES]");
    bytes = argc == 5 ? (uint32_t)strtoul(argv[4], NULL, 10) : BYTES;
    if (bytes - 1u >= BYTES)
        fail("1 to 4096 bytes");
    VWR_STATIC_ASSERT(VWR_CONSOLE_QUEUE * VWR_CONSOLE_BYTES == BYTES, "all buffers of a port");
    for (unsigned i = 0; i < BYTES; i++)
        device.text[i] = (uint8_t)((writes ? i % bytes : i) * 7u >> 3); /* each call writes the same */
    device_init(strcmp(argv[2], "packed") == 0);
    if (vwr_mmio_probe(&bench.mmio, other_end_registers, VWR_MMIO_SIZE) != VWR_OK ||
        vwr_console_open(&bench.console, &bench.mmio.dev, &options) != VWR_OK)
        fail("open");
    if (writes)
        memcpy(bench.bytes, device.text, BYTES);
    device.gives = !writes;
    if (!writes)
        bench_mmio_write(other_end_registers + VWR_MMIO_QUEUE_NOTIFY, VWR_CONSOLE_QUEUE_RECEIVEQ);
    before = device.notifications;
    done = console_measured(&bench, writes, (uint32_t)strtoul(argv[3], NULL, 10), bytes);
    if (writes ? device.taken != done : memcmp(bench.bytes, device.text + (done - bytes) % BYTES, bytes) != 0)
        fail("bytes are lost, or others");
    printf("bytes=%llu notifications=%llu\n", (unsigned long long)done,
           (unsigned long long)(device.notifications - before));
    return 0;
}

/* SPDX-License-Identifier: MIT */
/*
 * Implements examples/small/board.h in a process, with the fake devices of tests/unit/driver. Lines go to
 * standard output; the last line reports how the example ended. A violated rule of the specification ends it
 * with exit code 1.
 */
#include "board.h"
#include "host_console.h"
#include "world.h"
#include "vwr/gen/entropy.h"
#include "vwr/gen/gpu.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/input.h"
#include "vwr/gen/net.h"

#include <stdio.h>
#include <string.h>

#define SLOTS 7u /* a disk, nothing, a network card, a console, an entropy device, a GPU, a keyboard */
#define SLEEPS_MAX 10000u

const struct vwr_mmio_window board_slots = {(volatile void *)FAKE_BASE, VWR_MMIO_SIZE, SLOTS};
struct vwr_trace *board_trace;

static struct world *world;
static struct fake nothing, net, console, entropy, gpu, keyboard;
static void (*handler_of_device)(void);
static struct fake *interrupting; /* the device of this handler */

/* All static storage, including the example's memory. */
extern char __data_start[], _end[];

void *board_scattered(void)
{
    void *const pages = fake_ram_alloc(BOARD_SCATTERED_BYTES, BOARD_PAGE);

    fake_ram_scatter(pages, BOARD_SCATTERED_BYTES);
    return pages;
}

void board_interrupts(const struct vwr_mmio *m, void (*handler)(void))
{
    interrupting = (uintptr_t)m->base == keyboard.base ? &keyboard : &world->f;
    assert_true((uintptr_t)m->base == interrupting->base);
    handler_of_device = handler;
}

void say(const char *line)
{
    puts(line);
}

/* Presses or releases a key: two events, each in a buffer. */
static void press_or_release(void)
{
    static struct fake_chain chain;
    static uint16_t down;
    struct vwr_input_event events[2] = {{vwr_cpu_to_le16(1), vwr_cpu_to_le16(30), vwr_cpu_to_le32(0)}, {0}};

    down = !down;
    events[0].value = vwr_cpu_to_le32(down);
    for (unsigned i = 0; i < 2 && fake_ring_next(&keyboard, VWR_INPUT_QUEUE_EVENTQ, &chain); i++) {
        fake_ram_write(chain.segment[0].addr, &events[i], sizeof(events[i]));
        fake_ring_push(&keyboard, VWR_INPUT_QUEUE_EVENTQ, chain.head, sizeof(events[i]));
    }
}

/*
 * Lets time pass. A disk that holds requests answers one, and interrupts if the driver has enabled
 * interrupts.
 */
void host_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    static unsigned sleeps;

    (void)us;
    if (++sleeps > SLEEPS_MAX)
        fail_msg("it sleeps for ever");
    (void)vwr_host_time_us();
    if (*word != seen)
        return;
    if (world->disk.held_count > 0)
        fake_blk_answer(&world->f, 0);
    if (interrupting == &keyboard)
        press_or_release();
    if (handler_of_device != NULL && interrupting->interrupt != 0)
        handler_of_device();
}

/* A disk that misses every notification, including the first, until it is reset. */
static void notify_deaf(struct fake *f, uint32_t queue)
{
    static unsigned resets_before;

    if (resets_before == 0)
        resets_before = f->resets;
    world->disk.mute = f->resets == resets_before;
    fake_blk_serve(f, queue);
}

/* Fills each buffer, except for its last byte, with pseudorandom bytes. */
static void notify_entropy(struct fake *f, uint32_t queue)
{
    static struct fake_chain chain;
    static uint32_t state = 1;

    while (fake_ring_next(f, queue, &chain)) {
        for (uint32_t i = 0; i + 1 < chain.writable; i++) {
            const uint8_t byte = (uint8_t)((state = state * UINT32_C(1664525) + UINT32_C(1013904223)) >> 24);

            fake_ram_write(chain.segment[0].addr + i, &byte, 1);
        }
        fake_ring_push(f, queue, chain.head, chain.writable - 1);
    }
}

/* A gateway that answers every ARP request with its own address, and every ping. */
static void notify_net(struct fake *f, uint32_t queue)
{
    static const uint8_t gateway[6] = {82, 85, 10, 0, 2, 2};
    static struct fake_chain out, in;
    static uint8_t packet[64];

    while (queue == vwr_net_queue_transmitq_at(0) && fake_ring_next(f, queue, &out)) {
        uint8_t *const frame = packet + out.segment[0].len; /* behind the header */
        bool arp;

        assert_true(out.count == 2 && out.readable <= sizeof(packet));
        fake_ram_read(out.segment[1].addr, frame, out.segment[1].len);
        arp = frame[13] == 6;
        memcpy(frame, frame + 6, 6);
        memcpy(frame + (arp ? 22 : 6), gateway, 6);
        frame[arp ? 21 : 34] = arp ? 2 : 0; /* a reply */
        assert_true(fake_ring_next(f, vwr_net_queue_receiveq_at(0), &in));
        fake_ram_write(in.segment[0].addr, packet, out.readable);
        fake_ring_push(f, vwr_net_queue_receiveq_at(0), in.head, out.readable);
        fake_ring_push(f, queue, out.head, 0);
    }
}

/* Answers each message with success, and does nothing else. */
static void notify_gpu(struct fake *f, uint32_t queue)
{
    static struct fake_chain chain;
    static struct vwr_gpu_resp_display_info answer;

    while (fake_ring_next(f, queue, &chain)) {
        uint32_t bytes = sizeof(answer.hdr);
        struct vwr_gpu_ctrl_hdr m;

        fake_ram_read(chain.segment[0].addr, &m, sizeof(m));
        memset(&answer, 0, sizeof(answer));
        answer.hdr.type = vwr_cpu_to_le32(VWR_GPU_RESP_OK_NODATA);
        if (vwr_le32_to_cpu(m.type) == VWR_GPU_CMD_GET_DISPLAY_INFO) {
            answer.hdr.type = vwr_cpu_to_le32(VWR_GPU_RESP_OK_DISPLAY_INFO);
            bytes = sizeof(answer);
        }
        answer.hdr.flags = m.flags;
        answer.hdr.fence_id = m.fence_id;
        answer.pmodes[0].enabled = vwr_cpu_to_le32(1);
        answer.pmodes[0].r.width = vwr_cpu_to_le32(640);
        assert_true(bytes <= chain.writable);
        fake_ram_write(chain.segment[chain.count - 1].addr, &answer, bytes);
        fake_ring_push(f, queue, chain.head, bytes);
    }
}

static void plug(struct fake *f, unsigned slot, uint32_t version, uint32_t type)
{
    fake_plug(f, FAKE_BASE + slot * VWR_MMIO_SIZE, version);
    f->device_id = type;
}

static void plug_all(uint32_t version, const char *disk)
{
    world_plug(world, version);
    if (strcmp(disk, "deaf") == 0)
        world->f.on_notify = notify_deaf;
    world->disk.hold = strcmp(disk, "slow") == 0;
    plug(&nothing, 1, version, 0);
    plug(&net, 2, version, VWR_ID_NET);
    fake_offer(&net, VWR_NET_F_MAC);
    for (unsigned i = 0; i < 2; i++)
        net.queue[i].size_max = 64;
    for (unsigned i = 0; i < 6; i++)
        fake_config(&net, VWR_NET_CONFIG_MAC + i, 1, 0x52u + i);
    for (unsigned i = 0; i < 2; i++)
        net.queue[i].size_max = 256;
    net.on_notify = notify_net;
    plug(&console, 3, version, VWR_ID_CONSOLE);
    host_console_plug(&console);
    plug(&entropy, 4, version, VWR_ID_RNG);
    entropy.queue[VWR_ENTROPY_QUEUE_REQUESTQ].size_max = 64;
    entropy.on_notify = notify_entropy;
    plug(&gpu, 5, version, VWR_ID_GPU);
    for (unsigned i = VWR_GPU_QUEUE_CONTROLQ; i <= VWR_GPU_QUEUE_CURSORQ; i++)
        gpu.queue[i].size_max = 64;
    memset(gpu.config, 0, sizeof(gpu.config));
    fake_config(&gpu, VWR_GPU_CONFIG_NUM_SCANOUTS, 4, 1);
    gpu.on_notify = notify_gpu;
    plug(&keyboard, 6, version, VWR_ID_INPUT);
    for (unsigned i = 0; i < 2; i++)
        keyboard.queue[i].size_max = 64;
    keyboard.config[VWR_INPUT_CONFIG_SIZE] = 4; /* for every query */
    memcpy(keyboard.config + VWR_INPUT_CONFIG_U, "Keys", 4);
}

static bool kept(const struct fake *f)
{
    if (f->broken_rule[0] != '\0')
        fprintf(stderr, "rule broken: %s\n", f->broken_rule);
    return f->broken_rule[0] == '\0';
}

int main(int argc, char *argv[])
{
    const bool legacy = argc > 1 && strcmp(argv[1], "legacy") == 0;
    void *state = NULL;
    bool ok;
    int r;

    if (argc != 3 || (!legacy && strcmp(argv[1], "modern") != 0)) {
        fputs("usage: PROGRAM legacy|modern fast|slow|deaf\n", stderr);
        return 2;
    }
    if (world_setup(&state) != 0)
        return 2;
    world = state;
    fake_ram_map(__data_start, (size_t)(_end - __data_start));
    plug_all(legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN, argv[2]);
    r = example();
    printf("example: %s%s\n", r == VWR_OK ? "OK" : "FAILED: ", r == VWR_OK ? "" : vwr_strerror(r));
    ok = kept(&net) && kept(&console) && kept(&entropy) && kept(&gpu) && kept(&keyboard) && kept(&nothing);
    return world_teardown(&state) == 0 && ok && r == VWR_OK ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/net.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * One of two machines connected by a cable, a socket that both QEMUs inherit. It sends frames of all lengths
 * while it receives those of the other; each must arrive once, complete, in order. QEMU records the frames on
 * the cable in "wire.pcap". net_two.py starts both machines and reads the record.
 *
 *     qemu_net_two legacy|modern KIND 0|1 SOCKET FRAMES FOLDER
 */

#define SLOT 29u
#define BATCH 32u
#define SENDS 96u
#define FRAME_MIN VWR_NET_ETHERNET
#define FRAME_MOST 1514u
#define IDLES 30000u /* consecutive polls without a frame, each of at least half a millisecond */
#define NUDGE 32u    /* polls before a nudge */
#define LIFE 540u    /* seconds; net_two.py waits longer */

static struct {
    struct vwr_net net;
    struct vwr_net_pair pair;
    union found found;
    struct vwr_net_packet packet[SENDS];
    struct vwr_net_packet *idle[SENDS];
    unsigned idles;
    uint8_t *memory;
    unsigned which;
    uint32_t sent;
    uint32_t reaped;
    uint32_t come;
    bool stalls; /* quirk net.packed-event-stall */
} end;

static uint32_t length_of(uint32_t number)
{
    return FRAME_MIN + number % (FRAME_MOST - FRAME_MIN + 1);
}

/* Fills a frame for machine `to`. net_two.py computes the content independently. */
static void fill_frame(uint8_t *frame, unsigned to, uint32_t number, uint32_t bytes)
{
    const uint8_t mac[6] = {0x52, 0x54, 0, 0x12, 0x34, (uint8_t)(0x60 + to)};
    const uint32_t of_all = 2 * number + to;

    for (uint32_t i = 0; i < bytes; i++)
        frame[i] = (uint8_t)((i * UINT32_C(2654435761) >> 13) ^ of_all * 29);
    memcpy(frame, mac, sizeof(mac));
}

static void open_end(unsigned kind)
{
    struct vwr_net_options o = {.pair = &end.pair, .pair_count = 1, .shared_count = 1};

    o.shared = guest_alloc(sizeof(*o.shared));
    end.memory = guest_alloc((size_t)SENDS * VWR_NET_BYTES);
    for (unsigned i = 0; i < SENDS; i++)
        end.idle[end.idles++] = &end.packet[i];
    disk_avoid(&o.avoid, kind);
    slot_probe(&end.found, SLOT);
    CHECK_NUMBER(vwr_net_open(&end.net, &end.found.dev, &o), VWR_OK);
    disk_check_kind(&end.found.dev, kind);
}

/* Returns the number of packets submitted. */
static unsigned send_some(uint32_t frames)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&end.net, 0);
    unsigned n = 0;

    for (; n < BATCH && end.idles > 0 && end.sent < frames; n++, end.sent++) {
        struct vwr_net_packet *const p = end.idle[end.idles - 1];
        uint8_t *const frame = end.memory + (size_t)(p - end.packet) * VWR_NET_BYTES;
        const uint32_t bytes = length_of(end.sent);
        int r;

        fill_frame(frame, !end.which, end.sent, bytes);
        vwr_net_fill(p, frame, bytes);
        r = vwr_net_submit(q, p);
        if (r == VWR_EFULL) /* without indirect descriptors fewer than SENDS fit */
            break;
        CHECK_NUMBER(r, VWR_OK);
        end.idles--;
    }
    if (n != 0)
        (void)vwr_net_kick(q);
    return n;
}

static unsigned reap_some(void)
{
    struct vwr_net_packet *done[SENDS];
    const int n = vwr_net_reap(vwr_net_get_transmitq(&end.net, 0), done, SENDS);

    CHECK(n >= 0);
    for (int i = 0; i < n; i++) {
        CHECK_NUMBER(done[i]->req.result, VWR_OK);
        end.idle[end.idles++] = done[i];
    }
    end.reaped += (unsigned)n;
    return (unsigned)n;
}

static unsigned receive_some(uint32_t frames)
{
    struct vwr_slice s[VWR_NET_SLICES];
    const int n = vwr_net_receive_reap(vwr_net_get_receiveq(&end.net, 0), s, VWR_NET_SLICES);
    uint8_t wanted[FRAME_MOST];

    CHECK(n >= 0);
    for (int i = 0; i < n; i++, end.come++) {
        const uint32_t bytes = length_of(end.come);

        CHECK(end.come < frames);
        CHECK_NUMBER(s[i].more, 0);
        CHECK_NUMBER(s[i].bytes, bytes);
        fill_frame(wanted, end.which, end.come, bytes);
        if (memcmp(s[i].p, wanted, bytes) != 0)
            check_failed(__FILE__, __LINE__, "frame %u has come with other bytes", (unsigned)end.come);
        CHECK_NUMBER(vwr_net_receive_submit(vwr_net_get_receiveq(&end.net, 0), &s[i]), VWR_OK);
    }
    if (n != 0)
        (void)vwr_net_receive_kick(vwr_net_get_receiveq(&end.net, 0));
    return (unsigned)n;
}

/* Frames sent before the other card is open are lost: net_two.py reports when both are open. */
static void wait_for_both(void)
{
    puts("open");
    (void)fflush(stdout);
    CHECK(getchar() == '\n');
}

/* QEMU has sent all packets that it has seen, and has not enabled notifications for later packets. */
static void nudge(void)
{
    CHECK(vwr_queue_in_flight(&vwr_net_get_transmitq(&end.net, 0)->requests.queue) != 0);
    machine_write((uintptr_t)end.found.mmio.base + VWR_MMIO_QUEUE_NOTIFY, 4, vwr_net_queue_transmitq_at(0));
}

static void run(uint32_t frames)
{
    unsigned idle = 0;

    while (end.reaped < frames || end.come < frames) {
        const unsigned done = send_some(frames) + reap_some() + receive_some(frames);

        idle = done != 0 ? 0 : idle + 1;
        if (idle > IDLES)
            check_failed(__FILE__, __LINE__, "nothing comes: sent %u, received %u of %u",
                         (unsigned)end.reaped, (unsigned)end.come, (unsigned)frames);
        if (done == 0)
            usleep(500);
        if (end.stalls && idle % NUDGE == NUDGE - 1 && end.reaped < end.sent)
            nudge();
    }
}

int main(int argc, char *argv[])
{
    unsigned kind;
    uint32_t frames;

    if (argc != 7)
        return 2;
    CHECK_SYS((mkdir(argv[6], 0700) == 0 || errno == EEXIST) && chdir(argv[6]) == 0);
    check_clean_up = machine_abandon;
    kind = (unsigned)atoi(argv[2]);
    end.which = argv[3][0] == '1';
    frames = (uint32_t)atoi(argv[5]);
    machine_lives(LIFE);
    machine_begin(strcmp(argv[1], "legacy") == 0);
    /* QEMU sends no packets to a stopped machine, so this one runs with an idle processor */
    machine_add("-netdev", "socket,id=n0,fd=%s", argv[4]);
    machine_add("-object", "filter-dump,id=dump,netdev=n0,file=wire.pcap");
    machine_add_device(SLOT, "virtio-net", "netdev=n0,mac=52:54:00:12:34:6%u%s", end.which,
                       (kind & DISK_PACKED) != 0 ? ",packed=on" : "");
    machine_start();
    CHECK_SYS(close(atoi(argv[4])) == 0);
    (void)machine_qmp("{\"execute\": \"cont\"}");
    open_end(kind);
    end.stalls = (kind & DISK_PACKED) != 0 && (kind & DISK_EVENT) != 0;
    wait_for_both();
    run(frames);
    CHECK_NUMBER(vwr_close(&end.net.bringup), VWR_OK);
    machine_stop();
    return 0;
}

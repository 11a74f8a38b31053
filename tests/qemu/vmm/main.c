/* SPDX-License-Identifier: MIT */
#include "vmm.h"
#include "bus.h"
#include "check.h"
#include "machine.h"
#include "pattern.h"
#include "watch.h"

#include "vwr/gen/features.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALL START " A 128 3840 B 4096 3840"
#define PLAIN "file=disk.img"

/* Checks the disk that both VMs may read: both read the same, and neither may write. */
static void read_common(struct inside *in)
{
    uint8_t *const at = in->request[0].buffer;

    CHECK_NUMBER(in->common.info.sectors, 64);
    CHECK(in->common.info.read_only);
    CHECK_NUMBER(vwr_blk_write(&in->common, 1, at, 1), VWR_EROFS);
}

/* Both VMs write their whole disks in parallel, read them back, and use their consoles. */
static void two_vms(bool legacy)
{
    vmm_begin(legacy, PLAIN, "");
    for (unsigned i = 0; i < VMS; i++)
        vmm_within(i, read_common);
    CHECK(vwr_dev_has(&vmm.vm[ALPHA].mmio[DISK].dev, VWR_F_RING_PACKED));
    CHECK(vwr_dev_is_legacy(&vmm.vm[BETA].mmio[DISK].dev));
    CHECK_NUMBER(vmm.vm[ALPHA].disk.queue_count, 2);
    CHECK_NUMBER(vmm.vm[ALPHA].disk.info.sectors, 3840);
    vmm_run();
    CHECK_NUMBER(vmm.broken[ALPHA] + vmm.broken[BETA], 0);
    vmm_end(ALL);
}

/*
 * A guest that assumes a larger disk. It cannot access anything beyond its window, neither unused space nor
 * the other VM's window.
 */
static void reach_beyond(struct inside *in)
{
    const uint64_t other = in->first == 128 ? 4096 : 128; /* of the real disk, as the last four are */
    const uint64_t sectors[] = {3840,          3839,           other - in->first,     8192 - in->first,
                                0 - in->first, UINT64_MAX - 2, UINT64_MAX - in->first};

    for (unsigned i = 0; i < sizeof(sectors) / sizeof(sectors[0]); i++) {
        struct inside_request *const r = &in->request[i];

        in->disk.info.sectors = UINT64_MAX;
        in->disk.block_mask = 0;
        pattern_fill(r->buffer, in->tag, 0, 2);
        vwr_blk_fill(&r->req, VWR_BLK_T_OUT, sectors[i], r->buffer, 2 * SECTOR_BYTES);
        CHECK_NUMBER(vwr_blk_submit(&in->disk.first, &r->req), VWR_OK);
    }
    (void)vwr_blk_kick(&in->disk.first);
}

static void has_reached_nothing(struct inside *in)
{
    struct vwr_blk_req *done[INSIDE_REQUESTS];
    const int n = vwr_blk_reap(&in->disk.first, done, INSIDE_REQUESTS);

    CHECK_NUMBER(n, 7);
    for (int i = 0; i < n; i++)
        CHECK_NUMBER(done[i]->req.result, VWR_EIO);
    in->disk.info.sectors = 3840;
}

static void beyond_the_window(bool legacy)
{
    vmm_begin(legacy, PLAIN, "");
    for (unsigned i = 0; i < VMS; i++) {
        const vwr_count requests = vmm.bridge.stats.requests;

        vmm_within(i, reach_beyond);
        CHECK_NUMBER(vmm.bridge.stats.requests, requests); /* no request reaches QEMU's disk */
        vmm_within(i, has_reached_nothing);
    }
    vmm_run();
    vmm_end(ALL);
}

static void wait_for_lines(unsigned lines)
{
    for (unsigned i = 0; vmm.vm[ALPHA].lines + vmm.vm[BETA].lines < lines; i++) {
        CHECK(i < 1000);
        vmm_step();
    }
}

/*
 * A line typed for a VM arrives there, and its answer comes back, while everything else continues.
 */
static void console_lines(bool legacy)
{
    vmm_begin(legacy, PLAIN, "");
    for (unsigned i = 0; i < 20; i++)
        vmm_step();
    vmm_type("beta: are you there?\n");
    wait_for_lines(1);
    CHECK_NUMBER(vmm.vm[BETA].lines, 1);
    vmm_type(
        "alpha: and you, who have a line that is longer than a buffer of your console is at this time?\n");
    vmm_type("beta: good\n");
    wait_for_lines(3);
    CHECK_NUMBER(vmm.vm[ALPHA].lines, 1);
    vmm_run();
    CHECK_TEXT(vmm.screen, "beta: B heard are you there?\n");
    CHECK_TEXT(
        vmm.screen,
        "alpha: A heard and you, who have a line that is longer than a buffer of your console is at this "
        "time?\n");
    CHECK_TEXT(vmm.screen, "beta: B heard good\n");
    CHECK(strstr(vmm.screen, "alpha: A heard good") == NULL);
    vmm_end(ALL);
}

/* The guest closes the disk that it has broken, and opens it again. */
static void reopen(struct inside *in)
{
    CHECK_NUMBER(vwr_close(&in->disk.bringup), VWR_OK);
    inside_boot(in);
}

/* One VM fills the ring of its disk with invalid values while requests of both VMs are in flight. */
static void broken_queue(bool legacy, unsigned vm)
{
    struct vwr_vdev *const v =
        vm == ALPHA ? &vmm.plan.alpha.block0.device.dev : &vmm.plan.beta.block0.device.dev;
    const unsigned other = ALPHA + BETA - vm;
    uint64_t progress;

    vmm_begin(legacy, PLAIN, "");
    while (vmm.vm[vm].next < 400)
        vmm_step();
    vmm_within(vm, inside_break_disk);
    CHECK(v->broken);
    CHECK_NUMBER(vmm.broken[vm], 1);
    CHECK_NUMBER(vmm.broken[other], 0);
    vmm.vm[vm].due[DISK] = false;
    vmm.vm[vm].line[DISK] = false; /* its driver ignores the interrupt */
    progress = vmm.vm[other].next;
    for (unsigned i = 0; vmm.vm[other].phase != DONE; i++) {
        CHECK(i < 100000);
        vmm.vm[vm].line[DISK] = false;
        vmm_step();
    }
    CHECK(vmm.vm[other].next != progress);
    vmm.randoms[vm] = 0;
    vmm_within(vm, reopen);
    CHECK(!v->broken);
    vmm_run();
    CHECK_NUMBER(vmm.broken[vm], 1);
    vmm_end(ALL);
}

static void broken_queue_alpha(bool legacy)
{
    broken_queue(legacy, ALPHA);
}

static void broken_queue_beta(bool legacy)
{
    broken_queue(legacy, BETA);
}

/*
 * Restarts VMs in the middle of their I/O, several times; requests that QEMU's disk still holds must not
 * reach them.
 */
static void restart(bool legacy)
{
    vmm_begin(legacy, PLAIN, "");
    for (unsigned i = 0; i < 6; i++) {
        const unsigned vm = i % VMS;

        for (unsigned k = 0; k < 7 + i; k++)
            vmm_step();
        vmm_restart(vm);
    }
    vmm_run();
    vmm_end(ALL);
}

/*
 * QEMU's disk cannot read one sector. The VM whose window contains the sector gets an I/O error, and the
 * other VM gets none.
 */
static void disk_error(bool legacy)
{
    FILE *const f = fopen("blkdebug.conf", "w");
    const uint64_t bad = 4096 + 1000;

    CHECK_SYS(f != NULL);
    fprintf(f,
            "[inject-error]\nevent = \"read_aio\"\nerrno = \"5\"\niotype = \"read\"\nsector = \"%u\"\n"
            "once = \"off\"\n",
            (unsigned)bad);
    CHECK_SYS(fclose(f) == 0);
    vmm_begin(legacy, "file=blkdebug:blkdebug.conf:disk.img,rerror=report,werror=report",
              "request-merging=off"); /* otherwise adjacent requests fail too */
    vmm.vm[BETA].bad = bad - vmm.vm[BETA].first;
    vmm_run();
    CHECK_NUMBER(vmm.vm[ALPHA].errors, 0);
    CHECK_NUMBER(vmm.vm[BETA].errors, 1);
    CHECK_NUMBER(vmm.bridge.stats.errors, 1);
    CHECK_NUMBER(vmm.plan.beta.block0.device.stats.errors, 1);
    vmm_end(ALL);
}

/* Before QEMU's disk is notified: makes the last available entry an index without a descriptor. */
static void lead_astray(unsigned slot)
{
    const struct watch_ring *const r = watch_ring(slot, 0);

    r->avail->ring[(uint16_t)(r->avail->idx - 1u) % r->size] = 9999;
    bus_before_notify(NULL);
}

/*
 * QEMU's disk stops once while it is in use. A legacy disk cannot report it: it stays silent until the
 * timeout.
 */
static void real_disk_stops(bool legacy)
{
    vmm_begin(legacy, PLAIN, "");
    for (unsigned i = 0; i < 20; i++)
        vmm_step();
    bus_before_notify(lead_astray);
    if (legacy)
        vmm.real.options.request.timeout_us = 50000; /* for an answer that never comes */
    for (unsigned i = 0; vmm.bridge.stats.recovered == 0; i++) {
        CHECK(i < 1000000);
        vmm_step();
    }
    vmm.real.options.request.timeout_us = VWR_REQUEST_TIMEOUT_US;
    CHECK(vmm.real.first.requests.stats.replayed > 0);
    vmm_run();
    CHECK_NUMBER(vmm.bridge.stats.recovered, 1);
    CHECK_NUMBER(vmm.bridge.stats.errors, 0);
    vmm_end_complaining(ALL);
}

static const struct {
    const char *name;
    void (*run)(bool legacy);
} cases[] = {
    {"two_vms", two_vms},
    {"beyond_the_window", beyond_the_window},
    {"console_lines", console_lines},
    {"broken_queue_alpha", broken_queue_alpha},
    {"broken_queue_beta", broken_queue_beta},
    {"restart", restart},
    {"disk_error", disk_error},
    {"real_disk_stops", real_disk_stops},
};

static int run_case(const char *name, bool legacy)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (strcmp(name, cases[i].name) == 0) {
            cases[i].run(legacy);
            (void)unlink("disk.img");
            (void)unlink("expected.img");
            printf("%s: OK\n", name);
            return 0;
        }
    fprintf(stderr, "vmm: no case %s\n", name);
    return 2;
}

int main(int argc, char *argv[])
{
    if (argc != 5 || (strcmp(argv[1], "legacy") != 0 && strcmp(argv[1], "modern") != 0)) {
        fputs("vmm legacy|modern CASE FOLDER PATTERN_SH\nRuns one case; its files are made in FOLDER.\n",
              stderr);
        return 2;
    }
    if ((mkdir(argv[3], 0700) != 0 && errno != EEXIST) || chdir(argv[3]) != 0) {
        fprintf(stderr, "vmm: %s: %s\n", argv[3], strerror(errno));
        return 2;
    }
    check_clean_up = machine_abandon;
    image_script(argv[4]);
    return run_case(argv[2], strcmp(argv[1], "legacy") == 0);
}

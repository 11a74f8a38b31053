/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"

#include "vwr/balloon.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The balloon driver on QEMU's device. QMP sets the target size and reads the size that the driver reports.
 * The RAM, which is a file, shows which pages QEMU has dropped. A machine can have only one balloon, so the
 * kinds of rings are tested one after the other.
 */

#define SLOT 30u
#define PAGES 300u /* more than a message has */
#define POISON 0xaaaaaaaau

static struct vwr_balloon b;
static union found found;
static uint32_t list[PAGES];
static uint8_t *page[PAGES];

static uint32_t number_of(const void *p)
{
    size_t run;

    return (uint32_t)(guest_dma(p, GUEST_PAGE, &run) / VWR_BALLOON_PAGE);
}

static void begin(bool legacy, const char *more)
{
    machine_begin(legacy);
    machine_add_device(SLOT, "virtio-balloon", "id=bal%s%s", legacy ? "" : ",packed=on", more);
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    slot_probe(&found, SLOT);
    for (unsigned i = 0; i < PAGES; i++)
        page[i] = guest_alloc(GUEST_PAGE);
}

static void open_it(unsigned kind, struct vwr_balloon_options *o)
{
    o->shared = guest_alloc(sizeof(*o->shared));
    o->pages = list;
    o->page_count = PAGES;
    disk_avoid(&o->avoid, kind);
    CHECK_NUMBER(vwr_balloon_open(&b, &found.dev, o), VWR_OK);
    disk_check_kind(&found.dev, kind);
}

static void close_it(void)
{
    CHECK_NUMBER(vwr_close(&b.bringup), VWR_OK);
    CHECK_NUMBER(slot_status(&found), 0);
}

/* Sets the memory that QEMU leaves to the guest. The driver must then move `wanted` or `surplus` pages. */
static void set_target(uint32_t pages, uint32_t wanted, uint32_t surplus)
{
    char command[100];

    snprintf(command, sizeof(command), "{\"execute\": \"balloon\", \"arguments\": {\"value\": %zu}}",
             GUEST_BYTES - (size_t)pages * VWR_BALLOON_PAGE);
    (void)machine_qmp(command);
    CHECK_NUMBER(vwr_balloon_poll(&b), VWR_OK);
    CHECK_NUMBER(vwr_balloon_wanted(&b), wanted);
    CHECK_NUMBER(vwr_balloon_surplus(&b), surplus);
}

/* The size of the balloon, as reported by QEMU. */
static void reads_size(uint32_t pages)
{
    const char *const answer = machine_qmp("{\"execute\": \"query-balloon\"}");
    char text[40];

    snprintf(text, sizeof(text), "\"actual\": %zu", GUEST_BYTES - (size_t)pages * VWR_BALLOON_PAGE);
    CHECK_TEXT(answer, text);
}

static void confirmed(void)
{
    bus_patience(true);
    CHECK_NUMBER(vwr_balloon_flush(&b, 10000000), VWR_OK);
    bus_patience(false);
}

static void inflate(void)
{
    uint32_t pages[PAGES];

    for (unsigned i = 0; i < PAGES; i++) {
        memset(page[i], GUEST_POISON, GUEST_PAGE);
        pages[i] = number_of(page[i]);
    }
    CHECK_NUMBER(vwr_balloon_inflate(&b, pages, PAGES), PAGES);
    confirmed();
}

/* Checks that QEMU has dropped the first n pages, and no others. */
static void are_dropped(unsigned n)
{
    for (unsigned i = 0; i < PAGES; i++)
        for (unsigned at = 0; at < GUEST_PAGE; at += 256)
            CHECK_NUMBER(page[i][at], i < n ? 0 : GUEST_POISON);
}

/* Takes back the n pages that were put in last. */
static void deflate(unsigned n)
{
    bool back[PAGES] = {false};
    uint32_t pages[PAGES];
    unsigned came = 0;

    while (came < n) {
        const int r = vwr_balloon_deflate(&b, pages + came, n - came);

        CHECK_AT_MOST(n - came, vwr_balloon_surplus(&b) + (r > 0 ? (unsigned)r : 0));
        CHECK(r >= 0);
        came += (unsigned)r;
        if (r == 0)
            confirmed();
    }
    for (unsigned i = 0; i < n; i++)
        for (unsigned k = 0; k < PAGES; k++)
            back[k] = back[k] || pages[i] == number_of(page[k]);
    for (unsigned i = 0; i < PAGES; i++)
        CHECK(back[i] == (i >= PAGES - n));
}

static void all_pages(unsigned kind)
{
    struct vwr_balloon_options o = {.shared = NULL};
    uint32_t one;
    int r;

    open_it(kind, &o);
    set_target(PAGES, PAGES, 0);
    inflate();
    reads_size(PAGES);
    are_dropped(PAGES);
    CHECK_NUMBER(vwr_balloon_deflate(&b, &one, 1), VWR_EFEATURE);
    set_target(20, 0, PAGES - 20);
    deflate(PAGES - 20);
    CHECK_NUMBER(vwr_balloon_surplus(&b), 0);
    reads_size(20);
    for (unsigned i = 20; i < PAGES; i++)
        memset(page[i], GUEST_POISON, GUEST_PAGE);
    are_dropped(20);
    disk_break_ring(&b.queue[0].client.requests.queue, kind);
    CHECK_NUMBER(vwr_balloon_poll(&b), VWR_EBADRING);
    memset(page[0], GUEST_POISON, 20 * GUEST_PAGE);
    while ((r = vwr_recover(&b.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    confirmed();
    reads_size(20);
    are_dropped(20);
    close_it();
    CHECK_NUMBER(b.pages, 20);
}

void case_balloon_pages(bool legacy)
{
    begin(legacy, "");
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (!legacy || (kind & DISK_PACKED) == 0) {
            const size_t mark = guest_mark();

            all_pages(kind);
            guest_release(mark);
        }
    machine_stop();
}

/* ---- statistics and free pages ---- */

static const char *path(void)
{
    return board->pci ? "/machine/peripheral/bal/virtio-backend" : "/machine/peripheral/bal";
}

/* A new interval makes QEMU request statistics immediately. */
static void ask_for_statistics(void)
{
    for (unsigned interval = 0; interval < 2; interval++) {
        char command[200];

        snprintf(command, sizeof(command),
                 "{\"execute\": \"qom-set\", \"arguments\": {\"path\": \"%s\", \"property\": "
                 "\"guest-stats-polling-interval\", \"value\": %u}}",
                 path(), interval);
        (void)machine_qmp(command);
    }
}

static void reads_statistic(const char *name, uint64_t value)
{
    char text[200];

    snprintf(text, sizeof(text),
             "{\"execute\": \"qom-get\", \"arguments\": {\"path\": \"%s\", \"property\": \"guest-stats\"}}",
             path());
    for (unsigned polls = 0;;) {
        const char *const answer = machine_qmp(text);
        char part[60];

        snprintf(part, sizeof(part), "\"%s\": %" PRIu64, name, value);
        if (strstr(answer, part) != NULL)
            return;
        machine_wait(&polls);
    }
}

static void poll_until(bool (*done)(const struct vwr_balloon *b), bool value)
{
    for (unsigned polls = 0; done(&b) != value;) {
        CHECK_NUMBER(vwr_balloon_poll(&b), VWR_OK);
        machine_wait(&polls);
    }
}

static void statistics(void)
{
    struct vwr_balloon_stats s = {.known = 1u << VWR_BALLOON_S_MEMTOT | 1u << VWR_BALLOON_S_CACHES};

    for (unsigned n = 1; n < 4; n++) {
        CHECK(vwr_balloon_wants_stats(&b));
        s.value[VWR_BALLOON_S_MEMTOT] = UINT64_C(0x1234567890) * n;
        s.value[VWR_BALLOON_S_CACHES] = n;
        CHECK_NUMBER(vwr_balloon_send_stats(&b, &s), VWR_OK);
        reads_statistic("stat-total-memory", UINT64_C(0x1234567890) * n);
        reads_statistic("stat-disk-caches", n);
        ask_for_statistics();
        poll_until(vwr_balloon_wants_stats, true);
    }
}

static void reports(void)
{
    const struct vwr_vec range[] = {{page[0], GUEST_PAGE}, {page[2], 3 * GUEST_PAGE}};

    for (unsigned i = 0; i < PAGES; i++)
        memset(page[i], GUEST_POISON, GUEST_PAGE);
    CHECK_NUMBER(vwr_balloon_report(&b, range, 2), VWR_OK);
    for (unsigned i = 0; i < 6; i++)
        CHECK_NUMBER(page[i][100], i == 1 || i == 5 ? GUEST_POISON : 0);
}

static void all_else(unsigned kind)
{
    struct vwr_balloon_options o = {.statistics = true, .reporting = true, .deflate_on_oom = true};
    uint32_t one;

    open_it(kind, &o);
    statistics();
    reports();
    inflate();
    deflate(1); /* no pages are wanted: they leave for want of memory */
    set_target(PAGES, 1, 0);
    CHECK_NUMBER(vwr_balloon_deflate(&b, &one, 1), 0);
    confirmed();
    CHECK_NUMBER(vwr_balloon_deflate(&b, &one, 1), 1);
    reads_size(PAGES - 2);
    close_it();
}

/* Statistics, reports, DEFLATE_ON_OOM, and a value in free pages that QEMU then preserves. */
void case_balloon_more(bool legacy)
{
    struct vwr_balloon_options o = {.reporting = true, .poison = true, .poison_val = POISON};
    struct vwr_vec range;

    begin(legacy, ",free-page-reporting=on,deflate-on-oom=on");
    for (unsigned kind = 0; kind < DISK_KINDS; kind++)
        if (disk_runs_kind(legacy, kind)) {
            const size_t mark = guest_mark();

            all_else(kind);
            guest_release(mark);
        }
    open_it(0, &o);
    CHECK_NUMBER(vwr_balloon_config_get_poison_val(&found.dev.config), POISON);
    range = (struct vwr_vec){page[0], GUEST_PAGE};
    memset(page[0], POISON & 0xff, GUEST_PAGE);
    CHECK_NUMBER(vwr_balloon_report(&b, &range, 1), VWR_OK);
    CHECK_NUMBER(page[0][100], POISON & 0xff);
    close_it();
    machine_stop();
}

/* ---- hints ---- */

#define HINTED 4096u /* pages, of 16384 that the machine has */

/* The number of bytes that a migration still has to send. */
static uint64_t remaining(void)
{
    const char *const at = strstr(machine_qmp("{\"execute\": \"query-migrate\"}"), "\"remaining\": ");

    return at != NULL ? strtoull(at + strlen("\"remaining\": "), NULL, 10) : UINT64_MAX;
}

/* The migration sends pages in their order, in QEMU's lifetime fewer than these: it sends no hinted page. */
#define AHEAD ((size_t)8 << 20)

/*
 * A slow migration without a destination. It skips the hinted pages, and returns them when it is cancelled.
 */
static void hints(unsigned kind)
{
    struct vwr_balloon_options o = {.hinting = true};
    struct vwr_vec range = {.bytes = HINTED * GUEST_PAGE};
    uint64_t before;

    (void)guest_alloc(AHEAD);
    range.p = guest_alloc(range.bytes);
    open_it(kind, &o);
    (void)machine_qmp("{\"execute\": \"migrate\", \"arguments\": {\"uri\": \"exec:cat >/dev/null\"}}");
    poll_until(vwr_balloon_wants_hints, true);
    before = remaining();
    CHECK_NUMBER(vwr_balloon_hint(&b, &range, 1), VWR_OK);
    CHECK_NUMBER(vwr_balloon_end_hints(&b), VWR_OK);
    CHECK(!vwr_balloon_wants_hints(&b) && vwr_balloon_holds_hints(&b));
    CHECK_AT_MOST(remaining() + HINTED * GUEST_PAGE, before);
    (void)machine_qmp("{\"execute\": \"migrate_cancel\"}");
    poll_until(vwr_balloon_holds_hints, false);
    close_it();
}

void case_balloon_hints(bool legacy)
{
    machine_begin(legacy);
    machine_add("-object", "iothread,id=io");
    machine_add_device(SLOT, "virtio-balloon", "id=bal,iothread=io,free-page-hint=on%s",
                       legacy ? "" : ",packed=on");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    (void)machine_qmp("{\"execute\": \"migrate-set-parameters\", \"arguments\": {\"max-bandwidth\": 65536}}");
    slot_probe(&found, SLOT);
    hints(legacy ? 0 : DISK_PACKED);
    machine_stop();
}

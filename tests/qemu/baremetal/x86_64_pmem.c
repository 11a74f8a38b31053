/* SPDX-License-Identifier: MIT */
/*
 * Our driver on QEMU's virtio-pmem-pci, whose memory is above 4 GiB. On an empty file it writes all of it and
 * flushes, and then waits to be killed. On a file that is not empty it compares it, and writes and flushes
 * the last word.
 */
#include "find.h"
#include "say.h"
#include "vwr/gen/ids.h"
#include "vwr/pmem.h"

#define DEVICES 8u
#define FLUSHES 8u
#define STEP UINT64_C(0x9e3779b97f4a7c15) /* as in test_pmem.py */
#define LAST UINT64_C(0xfedcba9876543210)
#define BOARD_BYTES (UINT64_C(64) << 30) /* that the board maps */

static struct vwr_found found[DEVICES];
static struct vwr_pmem p;
static struct vwr_pmem_shared shared;
static struct vwr_pmem_request flush[FLUSHES + 1];

/* Memory is identity-mapped. The machine has its RAM below 4 GiB. */
static void *map(void *context, const struct vwr_region *r)
{
    (void)context;
    if (r->addr < UINT64_C(1) << 32 || r->addr >= BOARD_BYTES || r->bytes > BOARD_BYTES - r->addr)
        return NULL;
    return (void *)(uintptr_t)r->addr;
}

/* Without waiting. QEMU takes one at a time. */
static const char *flush_many(void)
{
    struct vwr_pmem_request *done[2];
    int n = 0;

    for (unsigned i = 0; i < FLUSHES; i++) {
        if (vwr_pmem_submit(&p, &flush[i]) != VWR_OK || vwr_pmem_submit(&p, &flush[FLUSHES]) != VWR_EFULL)
            return "not one flush is submitted";
        (void)vwr_pmem_kick(&p);
        do
            n = vwr_pmem_reap(&p, done, 2);
        while (n == 0);
        if (n != 1 || done[0] != &flush[i] || flush[i].call.req.result != VWR_OK)
            return "one of many flushes failed";
    }
    return NULL;
}

static const char *fill(volatile uint64_t *word, uint64_t words)
{
    const char *failure;

    for (uint64_t i = 0; i < words; i++)
        word[i] = (i + 1) * STEP;
    failure = flush_many();
    if (failure != NULL)
        return failure;
    if (vwr_pmem_flush(&p) != VWR_OK)
        return "the flush failed";
    say("pmem: flushed\n");
    for (;;) /* until QEMU is killed */
        __asm__ volatile("hlt");
}

static const char *compare(volatile uint64_t *word, uint64_t words)
{
    for (uint64_t i = 0; i < words; i++)
        if (word[i] != (i + 1) * STEP)
            return "the memory has not what was flushed";
    word[words - 1] = LAST;
    return vwr_pmem_flush(&p) == VWR_OK ? NULL : "the flush failed";
}

static const char *use(struct vwr_dev *d)
{
    const struct vwr_pmem_options options = {.shared = &shared, .map = map};
    char text[200];

    if (vwr_pmem_open(&p, d, &options) != VWR_OK) {
        (void)vwr_pmem_explain(&p, text, sizeof(text));
        say(text);
        return "\nthe device is not opened";
    }
    say("pmem: at ");
    say_hex(p.region.addr, 9);
    say(", ");
    say_hex(p.region.bytes, 9);
    say(" bytes\n");
    return *(volatile uint64_t *)p.memory == 0 ? fill(p.memory, p.region.bytes / 8u)
                                               : compare(p.memory, p.region.bytes / 8u);
}

/* The board's start-up expects it. Nothing sleeps here. */
void connect_idle(const volatile uint32_t *word, uint32_t seen, uint32_t us)
{
    (void)word;
    (void)seen;
    (void)us;
}

void boards_main(const struct board_description *d)
{
    const char *failure = "no pmem device found";
    const unsigned count = find_start(d) ? find_all(found, DEVICES) : 0;

    for (unsigned i = 0; i < count; i++)
        if (found[i].dev.type == VWR_ID_PMEM)
            failure = use(&found[i].dev);
    say(failure == NULL ? "port: OK" : failure);
    say("\n");
    board_off(failure == NULL ? 0 : 1);
}

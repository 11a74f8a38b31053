/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/vballoon.h"
#include "vplan.h"

#include "hyp.h"

/*
 * A guest's balloon: pages in it are unmapped for the guest (stage2.c), but not reused, and the guest's
 * devices can still access them; a hypervisor that reuses pages needs an exclusive balloon (vwr/vballoon.h).
 * Pages returned to the guest are zero.
 */
#define PAGES_OF_MIB ((1u << 20) / VWR_VBALLOON_PAGE)
#define KIB 1024u

static struct vwr_vballoon *balloon_of(const struct guest *g)
{
    return (struct vwr_vballoon *)(void *)devices_find(g, VWR_ID_BALLOON);
}

static struct guest *owner(struct vwr_vballoon *b)
{
    return devices_guest(vwr_vballoon_dev(b));
}

static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    for (uint64_t at = 0; at < r->bytes; at += PAGE_BYTES)
        (void)stage2_take(owner(b), r->addr + at);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    for (uint64_t at = 0; at < r->bytes; at += PAGE_BYTES)
        (void)stage2_give(owner(b), r->addr + at);
}

/* Maps everything at once, unchanged, because nothing has written to it. */
static void reset(struct vwr_vballoon *b, uint64_t bytes)
{
    if (bytes != 0)
        stage2_build(owner(b));
}

/* The guest reuses reported free pages without notice, so they stay mapped. */
static void report(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    owner(b)->pages.reported += r->bytes / PAGE_BYTES;
}

void balloon_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vballoon_ops ops = {
        .release = release, .claim = claim, .reset = reset, .report = report};

    host->balloon = &ops;
}

void balloon_set(struct guest *g, unsigned mib)
{
    struct vwr_vballoon *const b = balloon_of(g);
    const uint32_t pages = mib < STAGE2_BYTES >> 20 ? mib * PAGES_OF_MIB : UINT32_MAX;

    if (b == NULL)
        print("guest %u has no balloon\n", g->number);
    else if (vwr_vballoon_set_target(b, pages) != VWR_OK)
        print("guest %u does not have that much memory\n", g->number);
    else
        print("guest %u: balloon of %u MiB\n", g->number, mib);
}

/*
 * Access to an unmapped page: a driver without MUST_TELL_HOST reuses pages without notice, so the page is
 * returned.
 */
bool balloon_touch(struct guest *g, uint64_t addr)
{
    const struct vwr_vballoon *const b = balloon_of(g);

    return b != NULL && !vwr_vdev_has(&b->service.service.dev, VWR_BALLOON_F_MUST_TELL_HOST) &&
           stage2_give(g, addr);
}

static void say_kib(const char *what, const struct vwr_vballoon_stats *s, unsigned tag)
{
    if ((s->known >> tag & 1u) != 0)
        print(", %s %llu KiB", what, (unsigned long long)(s->value[tag] / KIB));
}

/* Prints the last statistics and requests new ones. */
void balloon_stats(struct guest *g)
{
    struct vwr_vballoon *const b = balloon_of(g);

    if (b == NULL)
        return;
    print("  balloon: target %llu MiB, guest reports %llu MiB, in the balloon %llu MiB, reported free "
          "%llu MiB, ignored %llu pages",
          (unsigned long long)(b->target / PAGES_OF_MIB), (unsigned long long)(b->actual / PAGES_OF_MIB),
          (unsigned long long)(g->pages.gone / PAGES_OF_MIB),
          (unsigned long long)(g->pages.reported / PAGES_OF_MIB), (unsigned long long)b->ignored);
    say_kib("free", &b->stats, VWR_BALLOON_S_MEMFREE);
    say_kib("available", &b->stats, VWR_BALLOON_S_AVAIL);
    say_kib("of", &b->stats, VWR_BALLOON_S_MEMTOT);
    print(vwr_vballoon_poll_stats(b) == VWR_OK ? "\n" : ", no new statistics requested\n");
}

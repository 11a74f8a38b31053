/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr/vballoon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * A balloon. The program removes inflated pages from the file of the guest's memory; if the guest uses them
 * again, they are zero. The target is in MiB: first that of --target, then each line on standard input is a
 * new one.
 */

#define MIB_PAGES ((1u << 20) / VWR_VBALLOON_PAGE)

struct balloon {
    struct vwr_vballoon device;
    uint32_t *map;
    bool refused; /* the front end's memory cannot be removed; reported once */
};

/* What outlives a connection: the target, and the line that sets the next one. */
static struct {
    uint64_t mib;
    char line[24];
    unsigned bytes; /* of the line */
} * target;

static void remove_pages(struct vwr_vballoon *v, const struct vwr_memory_region *r)
{
    struct balloon *const b = (struct balloon *)(void *)v;

    if (madvise(r->host, (size_t)r->bytes, MADV_REMOVE) == 0 || b->refused)
        return;
    b->refused = true;
    say("the front end's memory cannot be removed: %s. The guest has less, the host no more",
        strerror(errno));
}

/* A guest that fills its free pages with another pattern has to find the pattern again. */
static void remove_free(struct vwr_vballoon *v, const struct vwr_memory_region *r)
{
    if (v->poison == 0)
        remove_pages(v, r);
}

static void tell(struct vwr_vballoon *v)
{
    printf("%lu\n", (unsigned long)(v->actual / MIB_PAGES));
    fflush(stdout);
}

static const struct vwr_vballoon_ops ops = {.release = remove_pages, .report = remove_free, .actual = tell};

/* Sets the target, limited to the guest's memory. */
static void aim(struct balloon *b)
{
    const uint64_t pages = target->mib * MIB_PAGES;
    const uint32_t most = b->device.pages;

    if (vwr_vballoon_set_target(&b->device, pages < most ? (uint32_t)pages : most) != VWR_OK)
        say("the guest has fewer pages than the target");
}

static void memory_changed(struct vwr_vhost_back *h)
{
    struct balloon *const b = h->context;
    uint32_t *const before = b->map;
    uint32_t words = 1; /* calloc of 0 bytes may return NULL */

    for (uint32_t i = 0; i < h->vm.memory.region_count; i++)
        words += (uint32_t)VWR_VBALLOON_WORDS(h->vm.memory.region[i].bytes);
    b->map = make_room(words, sizeof(*b->map));
    if (vwr_vballoon_set_memory(&b->device, b->map, words) != VWR_OK)
        say("the balloon has no map of the guest's memory");
    free(before);
    aim(b);
}

/* ---- standard input ---- */

static void take_line(struct balloon *b)
{
    uint64_t mib;

    target->line[target->bytes] = 0;
    if (!is_number(target->line, TARGET_MOST, &mib)) {
        say("\"%s\" is no target: it is a number of MiB, at most %u", target->line, TARGET_MOST);
        return;
    }
    target->mib = mib;
    aim(b);
}

static void can_read(void *context, int fd, short events)
{
    struct balloon *const b = context;
    char byte[64];
    const ssize_t n = read(fd, byte, sizeof(byte));

    (void)events;
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        loop_forget(fd);
    for (ssize_t i = 0; i < n; i++) {
        if (byte[i] == '\n') {
            take_line(b);
            target->bytes = 0;
        } else if (target->bytes < sizeof(target->line) - 1u) {
            target->line[target->bytes++] = byte[i];
        }
    }
}

/* ---- the class ---- */

static uint16_t queues(const struct options *o)
{
    (void)o;
    return VWR_VBALLOON_QUEUES - 2u; /* without statistics and hints */
}

static int share(const struct options *o)
{
    target = share_room(sizeof(*target));
    if (target == NULL)
        return failed("there is no memory");
    target->mib = o->target_mib;
    return 0;
}

static int make(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct balloon *const b = make_room(1, sizeof(*b));
    const struct vwr_vballoon_options bo = {.ops = &ops,
                                            .map = make_room(1, sizeof(*b->map)),
                                            .must_tell = true,
                                            .reporting = true,
                                            .poison = true,
                                            .deflate_on_oom = true};
    const int r = vwr_vballoon_init_with(&b->device, s, &bo);

    (void)o;
    if (r != VWR_OK)
        return failed("this balloon cannot be offered: %s", vwr_strerror(r));
    b->map = bo.map;
    /* The guest could inflate the copies of its rings, because they are in its address space. */
    e->back.protocol &=
        ~(1ull << VWR_VHOST_USER_PROTOCOL_F_INFLIGHT_SHMFD | 1ull << VWR_VHOST_USER_PROTOCOL_F_LOG_SHMFD);
    e->back.memory_changed = memory_changed;
    e->back.context = b;
    loop_watch(STDIN_FILENO, POLLIN, can_read, b);
    e->dev = vwr_vballoon_dev(&b->device);
    e->state = b;
    return 0;
}

const struct kind balloon_kind = {
    .name = "balloon",
    .usage = "[--target MIB]",
    .brief = "takes memory from the guest; each line on standard input is a new target, in MiB",
    .options = " target ",
    .queues = queues,
    .queue_size = QUEUE_SIZE,
    .share = share,
    .make = make,
};

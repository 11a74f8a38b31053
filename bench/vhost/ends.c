/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"
#include "vwr/vblk.h"
#include "vwr_vhost_back.h"
#include "vwr_vhost_front.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/*
 * Cost of a 4 KiB read, from a disk that stores nothing, at both ends of vhost-user. `front` and `back`: both
 * ends are in this process and run alternately, so callgrind's counts are reproducible. The front end is
 * front_measured without back_step; the back end is back_measured. A step of the back end is one call of
 * vwr_vhost_back_poll, in which it detects the kick. `load`: the back end is another process, and the program
 * prints its own rate and CPU time. `hold`: it then keeps the connection until its standard input ends.
 *
 * Memory has REGIONS regions, one by default. The ring and the headers of requests are in the first region.
 * The data of requests are in the first region too (`same`), or in the other regions in turn (`others`).
 *
 *     bench_ends front|back split|packed DEPTH BATCHES [REGIONS same|others]
 *     bench_ends load|hold SOCKET DEPTH BATCHES
 */

#define SIZE 256u
#define DEPTH_MAX 64u
#define BYTES 4096u
#define SEGMENTS (SIZE + 34u) /* a whole queue, and borders of regions */
#define SECTORS (UINT64_C(1) << 20)
#define WAIT_MS 5000

static struct {
    struct vwr_vhost_back end;
    struct vwr_vblk disk;
    struct vwr_vblk_backend nothing;
    struct vwr_vblk_req request[DEPTH_MAX];
    struct vwr_vseg seg[DEPTH_MAX * SEGMENTS];
    struct vwr_vqueue queue;
    struct vwr_vqueue_entry own[SIZE];
    int listener; /* -1: the front end is connected */
} back;

static struct {
    struct vwr_vhost_front end;
    struct vwr_blk disk;
    struct vwr_blk_req request[DEPTH_MAX];
    uint8_t *data[DEPTH_MAX];
    uint64_t own[(VWR_BLK_OWN_BYTES(SIZE, DEPTH_MAX) + 7u) / 8u];
    unsigned depth;
    unsigned regions; /* number of regions of memory */
    bool others;      /* the data of requests are not in the first region */
    uint64_t number;  /* of the next request */
    uint64_t mask;    /* sectors of the disk, a power of 2 at most, - 1 */
    uint64_t done;
    bool alone; /* the back end is another process */
} front;

static _Noreturn void fail(const char *what, int r)
{
    char text[200];

    (void)vwr_vhost_front_explain(&front.end, text, sizeof(text));
    fprintf(stderr, "bench_ends: %s: %d; %s; %s\n", what, r, text, back.end.why);
    exit(1);
}

/* ---- the back end ---- */

static int submit_nothing(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_OK;
}

static void make_disk(bool packed)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit_nothing};
    const struct vwr_vblk_options o = {.backend = &back.nothing,
                                       .req = back.request,
                                       .req_count = DEPTH_MAX,
                                       .seg = back.seg,
                                       .seg_count = VWR_COUNT(back.seg)};
    struct vwr_vdev_setup s = {.vm = &back.end.vm,
                               .queue = &back.queue,
                               .queue_count = 1,
                               .queue_size = SIZE,
                               .own = back.own,
                               .own_count = VWR_COUNT(back.own)};

    vwr_vhost_back_init(&back.end);
    vwr_vdev_features(&s.features);
    if (!packed)
        vwr_features_remove(&s.features, VWR_F_RING_PACKED);
    back.nothing = (struct vwr_vblk_backend){.ops = &ops, .sectors = SECTORS, .block_bytes = 512};
    if (vwr_vblk_init_with(&back.disk, &s, &o) != VWR_OK)
        fail("the disk", 0);
}

static void listen_at(const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};

    (void)strncpy(a.sun_path, path, sizeof(a.sun_path) - 1u);
    (void)unlink(path);
    back.listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(back.listener, (const struct sockaddr *)&a, sizeof(a)) != 0 || listen(back.listener, 1) != 0)
        fail("listen", 0);
}

/*
 * The linker replaces poll(2) by this function (--wrap). While the front end opens the disk and waits for an
 * answer, this function runs the back end. A second thread would make every libc system call slower.
 */
int __real_poll(struct pollfd *fds, nfds_t count, int timeout_ms);
int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout_ms);

int __wrap_poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    if (back.listener >= 0 && fds[0].fd == front.end.socket) {
        if (back.end.dev == NULL &&
            vwr_vhost_back_attach(&back.end, &back.disk.dev, accept(back.listener, NULL, NULL)) != VWR_OK)
            fail("attach", 0);
        while (__real_poll(fds, count, 0) == 0)
            if (vwr_vhost_back_poll(&back.end, 0) != VWR_OK)
                fail("the back end", 0);
    }
    return __real_poll(fds, count, timeout_ms);
}

static __attribute__((noinline)) int back_measured(void)
{
    return vwr_vhost_back_poll(&back.end, WAIT_MS);
}

static __attribute__((noinline)) void back_step(void)
{
    const int r = back_measured();

    if (r != VWR_OK)
        fail("the back end", r);
}

/* ---- the front end ---- */

static uint8_t *add_region(size_t bytes)
{
    uint8_t *const at = vwr_vhost_front_memory(&front.end, bytes);

    if (at == NULL)
        fail("memory", 0);
    return at;
}

/* Adds the regions, which the back end receives as guest memory. Returns the memory of the queue. */
static uint8_t *make_memory(size_t shared)
{
    const size_t data = (size_t)DEPTH_MAX * BYTES;
    uint8_t *const first = add_region(shared + data);
    uint8_t *region[VWR_VHOST_FRONT_REGIONS] = {first + shared};

    for (unsigned i = 1; i < front.regions; i++)
        region[i] = add_region(data);
    for (unsigned i = 0; i < DEPTH_MAX; i++)
        front.data[i] = region[front.others ? 1u + i % (front.regions - 1u) : 0] + (size_t)i * BYTES;
    return first;
}

static void open_disk(const char *path)
{
    const struct vwr_vhost_front_options where = {
        .path = path, .type = VWR_ID_BLOCK, .timeout_ms = WAIT_MS, .ring_max = SIZE};
    const struct vwr_blk_options o = {.request = {.requests = DEPTH_MAX}};
    const size_t shared = (VWR_BLK_SHARED_BYTES(SIZE, DEPTH_MAX, 1) + BYTES - 1u) / BYTES * BYTES;
    struct vwr_queue_memory m = {NULL, shared, front.own, sizeof(front.own), SIZE};
    int r = vwr_vhost_front_probe(&front.end, &where);

    if (r != VWR_OK)
        fail("probe", r);
    m.shared = make_memory(shared);
    r = vwr_blk_open_with(&front.disk, &front.end.dev, &m, &o);
    if (r != VWR_OK)
        fail("open", r);
    front.mask = 8;
    while (front.mask * 2u <= front.disk.info.sectors)
        front.mask *= 2u;
    front.mask -= 1u;
}

static inline void send_batch(struct vwr_blk_requestq *q)
{
    for (unsigned i = 0; i < front.depth; i++) {
        struct vwr_blk_req *const r = &front.request[i];

        vwr_blk_fill(r, VWR_BLK_T_IN, front.number++ * 8u & front.mask, front.data[i], BYTES);
        if (vwr_blk_submit(q, r) != VWR_OK)
            fail("submit", 0);
    }
    (void)vwr_blk_kick(q);
}

static inline unsigned take_done(struct vwr_blk_requestq *q)
{
    struct vwr_blk_req *done[DEPTH_MAX];
    const int n = vwr_blk_reap(q, done, front.depth);

    if (n < 0)
        fail("reap", n);
    for (int i = 0; i < n; i++)
        if (done[i]->req.result != VWR_OK)
            fail("a request", done[i]->req.result);
    return (unsigned)n;
}

/* Sends batches, and sleeps until all requests of one have completed. */
static __attribute__((noinline)) void front_measured(uint64_t batches)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&front.disk, 0);
    struct pollfd f = {.fd = vwr_vhost_front_fd(&front.end), .events = POLLIN};

    for (; batches > 0; batches--) {
        unsigned left = front.depth;

        send_batch(q);
        while (left > 0) {
            if (vwr_blk_arm(q, left)) {
                if (!front.alone)
                    back_step();
                if (poll(&f, 1, WAIT_MS) != 1)
                    fail("the back end does not answer", 0);
                (void)vwr_dev_irq(&front.end.dev);
            }
            left -= take_done(q);
        }
        front.done += front.depth;
    }
}

static void report(uint64_t batches, uint64_t kicks, uint64_t interrupts)
{
    printf("requests=%llu batches=%llu kicks=%llu interrupts=%llu\n", (unsigned long long)front.done,
           (unsigned long long)batches, (unsigned long long)kicks, (unsigned long long)interrupts);
}

static int both(const char *ring, uint64_t batches)
{
    char path[64];
    uintptr_t kicks, interrupts;

    (void)snprintf(path, sizeof(path), "/tmp/bench_ends.%ld", (long)getpid());
    make_disk(strcmp(ring, "packed") == 0);
    listen_at(path);
    open_disk(path);
    (void)unlink(path);
    (void)close(back.listener);
    back.listener = -1;
    kicks = front.disk.first.requests.queue.stats.kicks;
    interrupts = back.queue.stats.interrupts;
    front_measured(batches);
    report(batches, front.disk.first.requests.queue.stats.kicks - kicks,
           back.queue.stats.interrupts - interrupts);
    return 0;
}

static double seconds(clockid_t clock)
{
    struct timespec t;

    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int load(const char *path, uint64_t batches, bool holds)
{
    double real, cpu;

    front.alone = true;
    back.listener = -1;
    open_disk(path);
    real = seconds(CLOCK_MONOTONIC);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    front_measured(batches);
    real = seconds(CLOCK_MONOTONIC) - real;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf("rate=%.0f cpu_ns=%.0f\n", (double)front.done / real, cpu * 1e9 / (double)front.done);
    report(batches, front.disk.first.requests.queue.stats.kicks, 0);
    (void)fflush(stdout);
    while (holds && getchar() != EOF)
        ;
    vwr_vhost_front_end(&front.end);
    return 0;
}

int bench_main(int argc, char **argv)
{
    const bool holds = argc == 5 && strcmp(argv[1], "hold") == 0;
    const bool other = holds || (argc == 5 && strcmp(argv[1], "load") == 0);

    if ((argc != 5 && argc != 7) ||
        (!other && strcmp(argv[1], "front") != 0 && strcmp(argv[1], "back") != 0)) {
        fprintf(stderr, "usage: bench_ends front|back split|packed DEPTH BATCHES [REGIONS same|others] |"
                        " load|hold SOCKET DEPTH BATCHES\n");
        return 2;
    }
    front.regions = argc == 7 ? (unsigned)strtoul(argv[5], NULL, 10) : 1u;
    front.others = argc == 7 && strcmp(argv[6], "others") == 0;
    if (front.regions < 1u + front.others || front.regions > VWR_VHOST_FRONT_REGIONS)
        fail("REGIONS", (int)front.regions);
    front.depth = (unsigned)strtoul(argv[3], NULL, 10);
    if (front.depth == 0 || front.depth > DEPTH_MAX)
        fail("DEPTH", (int)front.depth);
    return other ? load(argv[2], strtoull(argv[4], NULL, 10), holds)
                 : both(argv[2], strtoull(argv[4], NULL, 10));
}

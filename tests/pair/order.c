/* SPDX-License-Identifier: MIT */
#include "order.h"

#include <sched.h>
#include <stdlib.h>

/* The sanitizer's interface as declared in <sanitizer/tsan_interface.h>, which not every compiler
 * provides. */
void __tsan_acquire(void *addr);
void __tsan_release(void *addr);
#define RELAXED 0 /* __tsan_memory_order_relaxed */

/*
 * This file is compiled without the sanitizer: the sanitizer sees only the calls made here.
 *
 * A write barrier is a moment: an address in `moments` to which the thread releases everything it has done.
 * Each later volatile store records this moment for its word. A thread records its volatile loads; its next
 * read barrier acquires the moments of the loaded words. The compiler's call comes before the access itself,
 * so a store between a load and the barrier behind it counts as loaded: this may add an order, but never lose
 * one.
 */

#define MOMENTS 4096u /* per thread; then reused, so an old index may stand for a newer moment */
#define PENDING 1024u
#define YIELDS 4u /* a thread yields at one of this many full barriers */

static char moments[ORDER_THREADS * MOMENTS + 1];

static struct {
    const uint8_t *from;
    size_t bytes;
    uint32_t *moment; /* indexed by 2-byte unit; index into moments, 0: none */
    bool packed;
} watched;

static enum order_barrier broken[ORDER_THREADS];

static __thread struct {
    unsigned side;
    bool is_side;
    uint32_t barriers;
    uint32_t moment; /* of its last write barrier */
    size_t loaded[PENDING];
    unsigned count;
    unsigned full; /* number of full barriers */
} self;

void order_watch(const void *p, size_t bytes, bool packed)
{
    watched.packed = packed;
    watched.from = p;
    watched.bytes = bytes;
    watched.moment = calloc(bytes / 2, sizeof(*watched.moment));
    if (watched.moment == NULL)
        abort();
}

void order_be(unsigned side)
{
    self.side = side;
    self.is_side = true;
}

void order_break(enum order_side side, enum order_barrier barrier)
{
    broken[side] = barrier;
}

static bool is_broken(enum order_barrier barrier)
{
    return self.is_side && broken[self.side] == barrier;
}

static void release(void)
{
    if (!self.is_side)
        return;
    self.moment = 1 + self.side * MOMENTS + self.barriers++ % MOMENTS;
    __tsan_release(&moments[self.moment]);
}

static void acquire(void)
{
    for (unsigned i = 0; i < self.count; i++) {
        const uint32_t moment = __atomic_load_n(&watched.moment[self.loaded[i]], __ATOMIC_ACQUIRE);

        if (moment != 0)
            __tsan_acquire(&moments[moment]);
    }
    self.count = 0;
}

/* The hardware barriers are always executed: on the test's machine, a barrier missing here would not cause
 * a failure. */
void order_wmb(void)
{
    __sync_synchronize();
    release();
}

void order_release(void)
{
    __sync_synchronize();
    if (!is_broken(ORDER_RELEASE))
        release();
}

void order_rmb(void)
{
    __sync_synchronize();
    if (!is_broken(ORDER_RMB))
        acquire();
}

/* A side polls the ring once more after a full barrier before it waits. A yield here lets another thread
 * run in between. */
void order_mb(void)
{
    __sync_synchronize();
    release();
    acquire();
    if (self.is_side && ++self.full % YIELDS == 0)
        sched_yield();
}

/* Index of a watched word in 2-byte units; false if it is not watched. */
static bool place(const volatile void *p, size_t *half)
{
    const uintptr_t at = (uintptr_t)p - (uintptr_t)watched.from;

    *half = at / 2;
    return at < watched.bytes;
}

static void loads(const volatile void *p)
{
    size_t half;

    if (!place(p, &half) || !self.is_side)
        return;
    if (self.count != 0 && self.loaded[self.count - 1] == half)
        return;
    if (self.count == PENDING) /* too many loads without a barrier: an additional order, too */
        acquire();
    self.loaded[self.count++] = half;
}

/* Both halves of a 4-byte word: the event suppression of a packed ring is stored and loaded as one. */
static void stores(const volatile void *p, unsigned bytes)
{
    size_t half;

    if (place(p, &half) && self.is_side)
        for (unsigned i = 0; i < bytes / 2; i++)
            __atomic_store_n(&watched.moment[half + i], self.moment, __ATOMIC_RELEASE);
}

/*
 * One side stores the flags of a packed descriptor; later, when the other side has read them, it overwrites
 * them together with the rest of the descriptor. A processor keeps accesses to one word in order without a
 * barrier, but the sanitizer does not know that: such stores are not reported to it.
 */
static bool is_reported(unsigned bytes)
{
    return !watched.packed || bytes != 2;
}

/* Called by the compiler's instrumentation. */
#define ACCESSES(bytes, type, load, fetch_or)           \
    type load(const volatile type *p, int order);       \
    type fetch_or(volatile type *p, type v, int order); \
    void __tsan_volatile_read##bytes(type *p);          \
    void __tsan_volatile_read##bytes(type *p)           \
    {                                                   \
        (void)load(p, RELAXED);                         \
        loads(p);                                       \
    }                                                   \
    void __tsan_volatile_write##bytes(type *p);         \
    void __tsan_volatile_write##bytes(type *p)          \
    {                                                   \
        if (is_reported(bytes))                         \
            (void)fetch_or(p, 0, RELAXED);              \
        stores(p, bytes);                               \
    }

ACCESSES(1, uint8_t, __tsan_atomic8_load, __tsan_atomic8_fetch_or)
ACCESSES(2, uint16_t, __tsan_atomic16_load, __tsan_atomic16_fetch_or)
ACCESSES(4, uint32_t, __tsan_atomic32_load, __tsan_atomic32_fetch_or)
ACCESSES(8, uint64_t, __tsan_atomic64_load, __tsan_atomic64_fetch_or)

/* SPDX-License-Identifier: MIT */
#include "watch.h"
#include "fake_ram.h"

struct watch watch;

void watch_forget(void)
{
    struct watch w = {
        .on = watch.on, .ring = watch.ring, .avail = watch.avail, .used = watch.used, .end = watch.end};

    watch = w;
}

static void load(const void *p)
{
    const size_t at = (size_t)((const uint8_t *)p - watch.ring);

    if (!watch.on || !fake_ram_has(p))
        return;
    if ((const uint8_t *)p < watch.ring || at >= watch.end + 256)
        watch.elsewhere++;
    else if (at < watch.avail)
        watch.desc++;
    else if (at < watch.used)
        watch.available++;
    else if (at < watch.used + 2)
        watch.used_flags++;
    else if (at < watch.used + 4)
        watch.used_idx++;
    else if (at < watch.end)
        watch.used_entries++;
    else
        watch.behind++;
}

static void store(const void *p)
{
    const size_t at = (size_t)((const uint8_t *)p - watch.ring);

    if (!watch.on || !fake_ram_has(p))
        return;
    watch.stores++;
    if ((const uint8_t *)p < watch.ring || at >= watch.end + 256)
        watch.elsewhere_written++;
    else if (at >= watch.used && at < watch.end)
        watch.used_written++;
}

/* What the compiler calls. The names are the sanitizer's. */
#define READ(name)      \
    void name(void *p); \
    void name(void *p)  \
    {                   \
        load(p);        \
    }
#define WRITE(name)     \
    void name(void *p); \
    void name(void *p)  \
    {                   \
        store(p);       \
    }
#define BOTH_OF(size)                   \
    READ(__tsan_read##size)             \
    WRITE(__tsan_write##size)           \
    READ(__tsan_unaligned_read##size)   \
    WRITE(__tsan_unaligned_write##size) \
    READ(__tsan_volatile_read##size)    \
    WRITE(__tsan_volatile_write##size)

BOTH_OF(1)
BOTH_OF(2)
BOTH_OF(4)
BOTH_OF(8)
BOTH_OF(16)

void __tsan_read_range(void *p, size_t n);
void __tsan_read_range(void *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        load((const uint8_t *)p + i);
}

void __tsan_write_range(void *p, size_t n);
void __tsan_write_range(void *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        store((const uint8_t *)p + i);
}

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_entry(void *p);
void __tsan_func_entry(void *p)
{
    (void)p;
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    (void)order;
    __sync_synchronize();
}

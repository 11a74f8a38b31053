/* SPDX-License-Identifier: MIT */
#include "accesses.h"

#include <string.h>

/* The functions that the compiler calls, under the sanitizer's names. */
#define CALL(name, does, size) \
    void name(void *p);        \
    void name(void *p)         \
    {                          \
        does(p, size, false);  \
    }
#define CALLS(size)                                          \
    CALL(__tsan_read##size, accesses_load, size)             \
    CALL(__tsan_write##size, accesses_store, size)           \
    CALL(__tsan_unaligned_read##size, accesses_load, size)   \
    CALL(__tsan_unaligned_write##size, accesses_store, size) \
    CALL(__tsan_volatile_read##size, accesses_load, size)    \
    CALL(__tsan_volatile_write##size, accesses_store, size)

CALLS(1)
CALLS(2)
CALLS(4)
CALLS(8)
CALLS(16)

void __tsan_read_range(void *p, size_t n);
void __tsan_read_range(void *p, size_t n)
{
    accesses_load(p, n, true);
}

void __tsan_write_range(void *p, size_t n);
void __tsan_write_range(void *p, size_t n)
{
    accesses_store(p, n, true);
}

/* Newer compilers call these instead of the C library's functions. */
void *__tsan_memset(void *to, int value, size_t n);
void *__tsan_memset(void *to, int value, size_t n)
{
    accesses_store(to, n, true);
    return memset(to, value, n);
}

void *__tsan_memcpy(void *to, void *from, size_t n);
void *__tsan_memcpy(void *to, void *from, size_t n)
{
    accesses_load(from, n, true);
    accesses_store(to, n, true);
    return memcpy(to, from, n);
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

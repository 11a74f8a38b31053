/* SPDX-License-Identifier: MIT */
#ifndef BENCH_LINUX_RING_STUBS_H
#define BENCH_LINUX_RING_STUBS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * The parts of the kernel that Linux's virtio_ring.c uses, for a process on x86-64. Each header that it
 * includes, apart from the virtio headers of the same package, is a file that includes this one
 * (linux_ring.py). The names and their meaning are the kernel's interface; the code is ours. Code that runs
 * for each request (barriers, READ_ONCE, BUG_ON, sg_next) is exactly as cheap as in an x86 kernel without
 * debugging.
 */

/* ---- types ---- */

typedef uint8_t u8, __u8;
typedef uint16_t u16, __u16, __le16, __be16;
typedef uint32_t u32, __u32, __le32, __be32;
typedef uint64_t u64, __u64, __le64, __be64;
typedef int64_t s64, __s64;
typedef int32_t s32, __s32;
typedef uint64_t dma_addr_t, phys_addr_t;
typedef unsigned gfp_t;
typedef int64_t ktime_t;
typedef struct {
    int unused;
} spinlock_t;
typedef enum { IRQ_NONE, IRQ_HANDLED } irqreturn_t;

#define __bitwise
#define __force
#define __user
#define __packed __attribute__((packed))
#define __maybe_unused __attribute__((unused))
#undef __always_inline
#define __always_inline inline __attribute__((always_inline))
#define fallthrough __attribute__((fallthrough))
#define container_of(p, type, member) ((type *)(void *)((char *)(uintptr_t)(p)-offsetof(type, member)))
#define container_of_const(p, type, member) \
    _Generic((p), const __typeof__(*(p)) * : (const type *)container_of(p, type, member), \
             default : container_of(p, type, member))
#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)
#define READ_ONCE(value) (*(const volatile __typeof__(value) *)&(value))
#define WRITE_ONCE(place, value) ((void)(*(volatile __typeof__(place) *)&(place) = (value)))
#define BIT_ULL(bit) (1ull << (bit))
#define data_race(expression) (expression)
#define U16_MAX UINT16_MAX
#define S32_MAX INT32_MAX
#define ENOENT 2
#define EIO 5
#define E2BIG 7
#define ENOMEM 12
#define EBUSY 16
#define EINVAL 22
#define EPERM 1
#define ENOSPC 28
#define ERR_PTR(error) ((void *)(intptr_t)(error))

/* x86 is little-endian, which virtio_byteorder.h asks for, too. */
#undef __LITTLE_ENDIAN
#define __LITTLE_ENDIAN 1234
#define cpu_to_le16(value) (value)
#define cpu_to_le32(value) (value)
#define cpu_to_le64(value) (value)
#define le16_to_cpu(value) (value)
#define le32_to_cpu(value) (value)
#define le64_to_cpu(value) (value)
#define cpu_to_be16(value) __builtin_bswap16(value)
#define cpu_to_be32(value) __builtin_bswap32(value)
#define cpu_to_be64(value) __builtin_bswap64(value)
#define be16_to_cpu(value) __builtin_bswap16(value)
#define be32_to_cpu(value) __builtin_bswap32(value)
#define be64_to_cpu(value) __builtin_bswap64(value)

/* ---- barriers of x86 ---- */

#define barrier() __asm__ volatile("" ::: "memory")
#define mb() __sync_synchronize()
#define virt_mb() __sync_synchronize()
#define virt_rmb() barrier()
#define virt_wmb() barrier()
#define dma_rmb() barrier()
#define dma_wmb() barrier()
#define virt_store_mb(place, value) ((void)__atomic_exchange_n(&(place), (value), __ATOMIC_SEQ_CST))

/* ---- checks and messages: nothing is printed ---- */

#define BUG() __builtin_trap()
#define BUG_ON(condition)        \
    do {                         \
        if (unlikely(condition)) \
            BUG();               \
    } while (0)
#define BUILD_BUG_ON(condition) ((void)0)
#define WARN_ON(condition)                \
    ({                                    \
        const bool is_so = !!(condition); \
        if (unlikely(is_so))              \
            BUG();                        \
        is_so;                            \
    })
#define WARN_ON_ONCE(condition) WARN_ON(condition)
#define pr_debug(...) ((void)0)
#define dev_err(dev, ...) bench_linux_bad(dev, __VA_ARGS__)
#define dev_warn(dev, ...) bench_linux_bad(dev, __VA_ARGS__)
#define dev_warn_once(dev, ...) bench_linux_bad(dev, __VA_ARGS__)

struct device;
void bench_linux_bad(const struct device *dev, const char *format, ...);

/* ---- devices, modules, lists, locks ---- */

struct device {
    struct device *parent;
};

struct device_driver {
    int unused;
};

struct virtio_device_id {
    u32 device;
    u32 vendor;
};

struct completion {
    int unused;
};

struct list_head {
    struct list_head *next, *prev;
};

static inline void list_add_tail(struct list_head *entry, struct list_head *list)
{
    entry->prev = list->prev;
    entry->next = list;
    list->prev->next = entry;
    list->prev = entry;
}

static inline void list_del(struct list_head *entry)
{
    entry->next->prev = entry->prev;
    entry->prev->next = entry->next;
}

#define list_for_each_entry(p, list, member)                                           \
    for (p = container_of((list)->next, __typeof__(*p), member); &p->member != (list); \
         p = container_of(p->member.next, __typeof__(*p), member))

struct cpumask;
struct module;
#define spin_lock(lock) ((void)(lock))
#define spin_unlock(lock) ((void)(lock))
#define synchronize_rcu() ((void)0)
#define might_sleep() ((void)0)
#define EXPORT_SYMBOL_GPL(name) extern int bench_linux_exports
#define MODULE_LICENSE(name) extern int bench_linux_exports
#define MODULE_DESCRIPTION(name) extern int bench_linux_exports
#define xen_domain() false

/* ---- memory: addresses of the device are pointers ---- */

#define PAGE_SIZE 4096ul
#define PAGE_ALIGN(bytes) (((bytes) + PAGE_SIZE - 1u) & ~(PAGE_SIZE - 1u))
#define GFP_KERNEL 0u
#define GFP_ATOMIC 0u
#define __GFP_ZERO 0u
#define __GFP_NOWARN 0u
#define __GFP_HIGHMEM 0u

void *bench_linux_memory(size_t bytes); /* zeroed */

#define kmalloc(bytes, flags) bench_linux_memory(bytes)
#define kzalloc(bytes, flags) bench_linux_memory(bytes)
#define kmalloc_array(count, bytes, flags) bench_linux_memory((size_t)(count) * (bytes))
#define kcalloc(count, bytes, flags) bench_linux_memory((size_t)(count) * (bytes))
#define alloc_pages_exact(bytes, flags) bench_linux_memory(bytes)
#define free_pages_exact(pages, bytes) ((void)(pages))
#define kfree(memory) ((void)(memory))
#define is_power_of_2(value) ((value) != 0 && ((value) & ((value)-1u)) == 0)
#define virt_to_page(pointer) ((struct page *)((uintptr_t)(pointer) & ~(PAGE_SIZE - 1u)))
#define offset_in_page(pointer) ((uintptr_t)(pointer) & (PAGE_SIZE - 1u))
#define virt_to_phys(pointer) ((phys_addr_t)(uintptr_t)(pointer))

/* ---- lists of segments: a page is its own address ---- */

struct page;

struct scatterlist {
    unsigned long page_link; /* the page, and a flag for the last entry */
    unsigned offset;
    unsigned length;
    dma_addr_t dma_address;
    unsigned dma_length;
};

#define SG_END 2ul
#define SG_CHAIN 1ul

static inline struct page *sg_page(const struct scatterlist *sg)
{
    return (struct page *)(sg->page_link & ~(SG_END | SG_CHAIN));
}

static inline phys_addr_t sg_phys(const struct scatterlist *sg)
{
    return (phys_addr_t)(uintptr_t)sg_page(sg) + sg->offset;
}

#define sg_dma_address(sg) ((sg)->dma_address)
#define sg_dma_len(sg) ((sg)->dma_length)

/* A separate function, as in the kernel. */
struct scatterlist *sg_next(struct scatterlist *sg);

/* ---- the DMA API, which a virtio device without ACCESS_PLATFORM is not used with ---- */

enum dma_data_direction { DMA_BIDIRECTIONAL, DMA_TO_DEVICE, DMA_FROM_DEVICE };

#define kmsan_handle_dma(page, offset, size, direction) ((void)(page))
#define kmsan_handle_dma_sg(sg, entries, direction) ((void)(sg))
#define DMA_MAPPING_ERROR (~(dma_addr_t)0)
#define dma_max_mapping_size(dev) SIZE_MAX
#define dma_alloc_coherent(dev, bytes, handle, flags) ((void)(handle), (void *)NULL)
#define dma_free_coherent(dev, bytes, memory, handle) ((void)(memory))
#define dma_map_page(dev, page, offset, bytes, direction) ((void)(page), DMA_MAPPING_ERROR)
#define dma_map_single(dev, pointer, bytes, direction) ((void)(pointer), DMA_MAPPING_ERROR)
#define dma_map_single_attrs(dev, pointer, bytes, direction, attrs) ((void)(pointer), DMA_MAPPING_ERROR)
#define dma_map_page_attrs(dev, page, offset, bytes, direction, attrs) ((void)(page), DMA_MAPPING_ERROR)
#define dma_unmap_page(dev, addr, bytes, direction) ((void)(addr))
#define dma_unmap_single(dev, addr, bytes, direction) ((void)(addr))
#define dma_unmap_single_attrs(dev, addr, bytes, direction, attrs) ((void)(addr))
#define dma_unmap_page_attrs(dev, addr, bytes, direction, attrs) ((void)(addr))
#define dma_mapping_error(dev, addr) ((addr) == DMA_MAPPING_ERROR)
#define dma_need_sync(dev, addr) false
#define dma_sync_single_range_for_cpu(dev, addr, offset, bytes, direction) ((void)(addr))
#define dma_sync_single_range_for_device(dev, addr, offset, bytes, direction) ((void)(addr))

#endif

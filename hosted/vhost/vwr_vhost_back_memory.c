/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/*
 * Memory of a front end. A front end can truncate the file of a region while requests are in flight; an
 * access then raises SIGBUS, in the handler of which zero pages take the place of the region. Any thread may
 * make the access, such as one of another connection's queue or of a storage, so the tables in which the
 * handler looks change under a lock. Nothing that can raise SIGBUS is done with it.
 *
 * While a device is unsafe, its storage may still write to memory that was mapped when it became unsafe. Such
 * memory stays mapped, so that nothing else takes its addresses.
 */

static struct vwr_vhost_back *first;
static struct sigaction before;
static bool locked;

static void lock(void)
{
    while (__atomic_exchange_n(&locked, true, __ATOMIC_ACQUIRE))
        (void)sched_yield();
}

static void unlock(void)
{
    __atomic_store_n(&locked, false, __ATOMIC_RELEASE);
}

static bool has(const struct vwr_vhost_back_memory *m, const uint8_t *at)
{
    return m->map != NULL && (size_t)(at - m->map) < m->bytes;
}

static struct vwr_vhost_back_memory *memory_at(struct vwr_vhost_back *h, const uint8_t *at)
{
    for (uint32_t i = 0; i < h->regions; i++)
        if (has(&h->memory[i], at))
            return &h->memory[i];
    for (uint32_t i = 0; i < h->kept; i++)
        if (has(&h->kept_memory[i], at))
            return &h->kept_memory[i];
    if (has(&h->log, at))
        return &h->log;
    return has(&h->record, at) ? &h->record : NULL;
}

static void copy_region(const struct vwr_vhost_back *h, struct vwr_memory_region *to)
{
    to->addr = VHOST_BACK_COPY_ADDR;
    to->bytes = h->copies_bytes;
    to->host = h->copies;
}

/*
 * Updates the VM's regions: those of the front end, and the one with the copies of rings. No thread may serve
 * a queue during the call.
 */
void vhost_back_renew_regions(struct vwr_vhost_back *h)
{
    h->vm.memory.region_count = h->regions;
    if (h->copies != NULL)
        copy_region(h, &h->region[h->vm.memory.region_count++]);
    h->vm.memory.generation++;
    if (h->memory_changed != NULL)
        h->memory_changed(h);
}

/*
 * Makes the system call directly. Other threads may read the memory meanwhile and get either
 * content, but ThreadSanitizer treats mmap() as a write.
 */
static bool replace(const struct vwr_vhost_back_memory *m)
{
#ifdef SYS_mmap2
    const long call = SYS_mmap2;
#else
    const long call = SYS_mmap;
#endif

    return syscall(call, m->map, m->bytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0L) != -1;
}

static void on_sigbus(int number, siginfo_t *info, void *context)
{
    bool replaced = false;

    (void)number;
    (void)context;
    lock();
    for (struct vwr_vhost_back *h = first; h != NULL && !replaced; h = h->next) {
        const struct vwr_vhost_back_memory *const m = memory_at(h, info->si_addr);

        if (m == NULL)
            continue;
        __atomic_store_n(&h->lost, true, __ATOMIC_RELEASE);
        replaced = replace(m);
    }
    unlock();
    if (!replaced)
        (void)sigaction(SIGBUS, &before, NULL); /* the repeated access reaches the previous handler */
}

/* Under the lock. */
static void unlink_it(const struct vwr_vhost_back *h)
{
    struct vwr_vhost_back **at = &first;

    while (*at != NULL && *at != h)
        at = &(*at)->next;
    if (*at == h)
        *at = h->next;
}

void vhost_back_watch(struct vwr_vhost_back *h)
{
    struct sigaction action;
    struct sigaction now;

    lock();
    unlink_it(h); /* it is already in the list if it has kept memory */
    h->next = first;
    first = h;
    unlock();
    memset(&action, 0, sizeof(action));
    action.sa_sigaction = on_sigbus;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    (void)sigemptyset(&action.sa_mask);
    if (sigaction(SIGBUS, NULL, &now) == 0 && now.sa_sigaction != on_sigbus)
        (void)sigaction(SIGBUS, &action, &before);
}

void vhost_back_unwatch(const struct vwr_vhost_back *h)
{
    if (h->kept != 0)
        return;
    lock();
    unlink_it(h);
    unlock();
}

/* ---- mappings ---- */

/*
 * Only memory provided by the kernel is mapped: memfds, files in tmpfs, huge pages. Pages of another file may
 * arrive late, or never if the front end serves them through FUSE; this thread would sleep until then. Only
 * kernel memory has seals.
 */
bool vhost_back_is_memory(struct vwr_vhost_back *h, int file, const char *what)
{
    return fcntl(file, F_GET_SEALS) >= 0 || h->any_memory ||
           vhost_back_end(h, "The file of %s is not a memfd, and not in shared memory or huge pages.", what);
}

/*
 * The check of the kind comes first, because fstat() and fstatfs() query the file system. *page: the unit in
 * which the file is mapped and unmapped; 0: the system's page size, for which any length will do.
 */
static bool find_page(struct vwr_vhost_back *h, int file, const char *what, uint64_t *page)
{
    struct statfs s;

    if (!vhost_back_is_memory(h, file, what))
        return false;
    if (fstatfs(file, &s) != 0)
        return vhost_back_end(h, "The file of %s cannot be used: %s.", what, strerror(errno));
    *page = (unsigned long)s.f_type == HUGETLBFS_MAGIC ? (uint64_t)s.f_bsize : 0;
    return true;
}

static uint64_t mapped_bytes(const struct vwr_vhost_back *h)
{
    uint64_t sum = h->record.map != NULL ? h->record.bytes : 0;

    sum += h->log.map != NULL ? h->log.bytes : 0;
    for (uint32_t i = 0; i < h->regions; i++)
        sum += h->memory[i].bytes;
    for (uint32_t i = 0; i < h->kept; i++)
        sum += h->kept_memory[i].bytes;
    return sum;
}

bool vhost_back_map(struct vwr_vhost_back *h, struct vwr_vhost_back_memory *m, int file, uint64_t offset,
                    uint64_t bytes, const char *what)
{
    const uint64_t most = VWR_VHOST_BACK_BYTES < SIZE_MAX / 2u ? VWR_VHOST_BACK_BYTES : SIZE_MAX / 2u;
    struct vwr_vhost_back_memory now = {.map = NULL};
    uint64_t page = 0;
    struct stat s;

    if (!find_page(h, file, what, &page))
        return false;
    if (bytes == 0 || offset > most || bytes > most - offset || offset + bytes > most - mapped_bytes(h))
        return vhost_back_end(h, "The front end shares nothing, or more than %llu MiB in all, for %s.",
                              (unsigned long long)(most >> 20), what);
    if (fstat(file, &s) != 0 || (S_ISREG(s.st_mode) && (uint64_t)s.st_size < offset + bytes))
        return vhost_back_end(h, "The file of %s is shorter than the shared range.", what);
    now.bytes = (size_t)(offset + bytes);
    if (page != 0)
        now.bytes = (size_t)((now.bytes + page - 1u) / page * page);
    now.map = mmap(NULL, now.bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file, 0);
    if (now.map == MAP_FAILED)
        return vhost_back_end(h, "The file of %s cannot be mapped: %s.", what, strerror(errno));
    lock();
    *m = now;
    unlock();
    return true;
}

void vhost_back_unmap(struct vwr_vhost_back *h, struct vwr_vhost_back_memory *m)
{
    bool failed;

    lock();
    failed = m->map != NULL && munmap(m->map, m->bytes) != 0;
    m->map = NULL;
    unlock();
    if (failed)
        (void)vhost_back_end(h, "%zu bytes of shared memory cannot be unmapped: %s.", m->bytes,
                             strerror(errno));
}

/* ---- regions ---- */

static bool is_below_copies(uint64_t addr, uint64_t bytes)
{
    return addr < VHOST_BACK_COPY_ADDR && bytes <= VHOST_BACK_COPY_ADDR - addr;
}

static bool wraps(uint64_t at, uint64_t bytes)
{
    return bytes == 0 || at > UINT64_MAX - bytes;
}

static bool overlaps(uint64_t a, uint64_t b, uint64_t a_bytes, uint64_t b_bytes)
{
    return a - b < b_bytes || b - a < a_bytes;
}

static bool is_good_region(struct vwr_vhost_back *h, const struct vwr_vhost_user_memory_region *r)
{
    if (h->regions == VWR_VHOST_BACK_SLOTS)
        return vhost_back_end(h, "There are more than %u regions of memory.", VWR_VHOST_BACK_SLOTS);
    if (h->regions + h->kept == VWR_VHOST_BACK_KEPT) /* each region may have to be kept */
        return vhost_back_end(h, "The storage has not returned requests in %u former regions of memory.",
                              h->kept);
    if (wraps(r->guest_phys_addr, r->memory_size) || !is_below_copies(r->guest_phys_addr, r->memory_size) ||
        wraps(r->userspace_addr, r->memory_size))
        return vhost_back_end(h, "A region of memory is empty, or ends beyond the last address.");
    if ((r->guest_phys_addr & (VWR_VHOST_USER_LOG_PAGE - 1u)) !=
        (r->mmap_offset & (VWR_VHOST_USER_LOG_PAGE - 1u)))
        return vhost_back_end(h, "A memory region has a different alignment in its file than in the guest.");
    for (uint32_t i = 0; i < h->regions; i++) {
        const struct vwr_vhost_user_memory_region *const other = &h->memory[i].given;

        if (overlaps(r->guest_phys_addr, other->guest_phys_addr, r->memory_size, other->memory_size) ||
            overlaps(r->userspace_addr, other->userspace_addr, r->memory_size, other->memory_size))
            return vhost_back_end(h, "Two regions of memory overlap.");
    }
    return true;
}

/* A front end may send its regions in any order; a VM's regions are sorted by their guest addresses. */
static uint32_t place_of(const struct vwr_vhost_back *h, uint64_t addr)
{
    uint32_t at = h->regions;

    while (at != 0 && h->region[at - 1u].addr > addr)
        at--;
    return at;
}

static void insert_at(struct vwr_vhost_back *h, uint32_t at, const struct vwr_vhost_back_memory *m)
{
    const uint32_t behind = h->regions - at;

    lock();
    memmove(&h->memory[at + 1u], &h->memory[at], behind * sizeof(*h->memory));
    h->memory[at] = *m;
    h->regions++;
    unlock();
    memmove(&h->region[at + 1u], &h->region[at], behind * sizeof(*h->region));
    h->region[at].addr = m->given.guest_phys_addr;
    h->region[at].bytes = m->given.memory_size;
    h->region[at].host = m->map + m->given.mmap_offset;
    vhost_back_renew_regions(h);
}

/* Maps the file from its start, because an offset must be a multiple of the huge page size. */
bool vhost_back_add_memory(struct vwr_vhost_back *h, const struct vwr_vhost_user_memory_region *r, int file)
{
    struct vwr_vhost_back_memory m;

    if (!is_good_region(h, r) ||
        !vhost_back_map(h, &m, file, r->mmap_offset, r->memory_size, "a region of memory"))
        return false;
    m.given = *r;
    m.unsafe = false;
    insert_at(h, place_of(h, r->guest_phys_addr), &m);
    return true;
}

static void remove_at(struct vwr_vhost_back *h, uint32_t at)
{
    const uint32_t behind = h->regions - at - 1u;

    if (!h->memory[at].unsafe)
        vhost_back_unmap(h, &h->memory[at]);
    lock();
    if (h->memory[at].unsafe)
        h->kept_memory[h->kept++] = h->memory[at]; /* there is a free entry: is_good_region */
    memmove(&h->memory[at], &h->memory[at + 1u], behind * sizeof(*h->memory));
    h->regions--;
    h->memory[h->regions].map = NULL;
    unlock();
    memmove(&h->region[at], &h->region[at + 1u], behind * sizeof(*h->region));
    vhost_back_renew_regions(h);
}

bool vhost_back_remove_memory(struct vwr_vhost_back *h, const struct vwr_vhost_user_memory_region *r)
{
    for (uint32_t i = 0; i < h->regions; i++) {
        const struct vwr_vhost_user_memory_region *const given = &h->memory[i].given;

        if (given->guest_phys_addr == r->guest_phys_addr && given->userspace_addr == r->userspace_addr &&
            given->memory_size == r->memory_size) {
            remove_at(h, i);
            return true;
        }
    }
    return vhost_back_end(h, "The region of memory to be removed was not added.");
}

void vhost_back_forget_memory(struct vwr_vhost_back *h)
{
    while (h->regions != 0)
        remove_at(h, h->regions - 1u);
}

/* An unsafe device may write to the regions that are mapped now. */
void vhost_back_keep_memory(struct vwr_vhost_back *h, bool unsafe)
{
    for (uint32_t i = 0; i < h->regions; i++)
        h->memory[i].unsafe = unsafe;
    if (unsafe || h->stopped)
        return;
    while (h->kept != 0) {
        vhost_back_unmap(h, &h->kept_memory[h->kept - 1u]);
        lock();
        h->kept--;
        unlock();
    }
    if (h->dev == NULL)
        vhost_back_unwatch(h);
}

bool vhost_back_translate(const struct vwr_vhost_back *h, uint64_t user, uint64_t *guest)
{
    for (uint32_t i = 0; i < h->regions; i++) {
        const struct vwr_vhost_user_memory_region *const given = &h->memory[i].given;

        if (user - given->userspace_addr < given->memory_size) {
            *guest = user - given->userspace_addr + given->guest_phys_addr;
            return true;
        }
    }
    return false;
}

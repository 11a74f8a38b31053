/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"
#include "vhost_size_limit.h"

#include "vwr/gen/balloon.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

/*
 * Memory that the device can access. Each region is a memfd, which both processes map. Guest addresses are
 * addresses of this process.
 */

/*
 * A balloon's page numbers have 32 bits, and by default the kernel chooses addresses beyond their range. A
 * region is therefore placed at the first of these addresses that is free, or at any address if none is.
 */
#define PLACE_STEP (UINT64_C(1) << 38)
#define PLACE_END (UINT64_C(1) << (32 + VWR_BALLOON_PFN_SHIFT)) /* the whole range of the page numbers */

static void *memory_map(const struct vwr_vhost_front_region *r)
{
    for (uint64_t place = PLACE_STEP; place < PLACE_END && place <= UINTPTR_MAX; place += PLACE_STEP) {
        void *const wanted = (void *)(uintptr_t)place;
        void *const at = mmap(wanted, r->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);

        if (at == wanted || at == MAP_FAILED)
            return at;
        (void)munmap(at, r->bytes);
    }
    return mmap(NULL, r->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
}

static void memory_describe(const struct vwr_vhost_front_region *r, struct vwr_vhost_user_memory_region *d)
{
    d->guest_phys_addr = (uintptr_t)r->at;
    d->memory_size = r->bytes;
    d->userspace_addr = (uintptr_t)r->at;
    d->mmap_offset = 0;
}

static bool memory_add(struct vwr_vhost_front *v)
{
    while (v->shown < v->region_count) {
        const struct vwr_vhost_front_region *const r = &v->region[v->shown];
        struct vwr_vhost_user_mem_reg one = {0};

        memory_describe(r, &one.region);
        if (!vwr_vhost_front_send(v, VWR_VHOST_USER_ADD_MEM_REG, &one, sizeof(one), &r->fd, 1))
            return false;
        v->shown++;
    }
    return true;
}

static bool memory_set_table(struct vwr_vhost_front *v)
{
    struct {
        uint32_t nregions;
        uint32_t padding;
        struct vwr_vhost_user_memory_region regions[VWR_VHOST_FRONT_REGIONS];
    } table = {.nregions = v->region_count};
    int fds[VWR_VHOST_FRONT_REGIONS];

    VWR_STATIC_ASSERT(sizeof(table) == sizeof(struct vwr_vhost_user_memory) + sizeof(table.regions),
                      "no padding");
    for (uint32_t i = 0; i < v->region_count; i++) {
        memory_describe(&v->region[i], &table.regions[i]);
        fds[i] = v->region[i].fd;
    }
    v->shown = v->region_count;
    return vwr_vhost_front_send(
        v, VWR_VHOST_USER_SET_MEM_TABLE, &table,
        (uint32_t)(sizeof(table) - sizeof(table.regions) + v->region_count * sizeof(table.regions[0])), fds,
        v->region_count);
}

bool vwr_vhost_front_show_memory(struct vwr_vhost_front *v)
{
    if (v->shown == v->region_count)
        return true;
    return vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS) ? memory_add(v)
                                                                             : memory_set_table(v);
}

void *vwr_vhost_front_memory(struct vwr_vhost_front *v, size_t bytes)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct vwr_vhost_front_region *const r = &v->region[v->region_count];
    const bool live = v->dev.state == VWR_DEV_LIVE;
    void *at = MAP_FAILED;

    if (bytes == 0 || bytes > SIZE_MAX - page || v->region_count >= VWR_VHOST_FRONT_REGIONS ||
        v->region_count >= v->slots ||
        (live && !vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_CONFIGURE_MEM_SLOTS)))
        return NULL;
    r->bytes = (bytes + page - 1) / page * page;
    r->fd = memfd_create("virtwright", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (r->fd >= 0 && vhost_truncate(r->fd, r->bytes) == 0 &&
        fcntl(r->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        at = memory_map(r);
    if (at == MAP_FAILED) {
        vhost_close(&r->fd);
        return NULL;
    }
    r->at = at;
    v->region_count++;
    return !live || vwr_vhost_front_show_memory(v) ? at : NULL; /* freed by vwr_vhost_front_end */
}

void vwr_vhost_front_free_memory(struct vwr_vhost_front *v)
{
    for (uint32_t i = 0; i < v->region_count; i++) {
        (void)munmap(v->region[i].at, v->region[i].bytes);
        vhost_close(&v->region[i].fd);
    }
    v->region_count = 0;
}

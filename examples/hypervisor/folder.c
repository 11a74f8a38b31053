/* SPDX-License-Identifier: MIT */
#include "vwr/vfiles_memory.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * The guests' folders: an in-memory tree per folder of the plan. Their contents are stored after the memory
 * of the last
 * guest and, like its disk, persist when a guest is reset; fids belong to the device.
 */
#ifndef VWR_PLAN_HYPERVISOR_FOLDERS
#define VWR_PLAN_HYPERVISOR_FOLDERS 0u
#endif
#define FOLDERS (VWR_PLAN_HYPERVISOR_FOLDERS + 1u) /* the last one is unused: there may be no folders */
#define FILES 8192u                                /* per folder */
#define POOL_BYTES_MAX ((uint64_t)96 << 20)        /* per folder, if the machine has enough memory */

static struct folder {
    struct vwr_vfiles_memory tree; /* first */
    struct vwr_vfiles_memory_file file[FILES];
    struct vwr_vfiles_memory_entry entry[FILES];
} folder[FOLDERS];
static struct vwr_vfiles *files[FOLDERS];

/* End of the last guest's memory. */
static uint64_t free_ram(void)
{
    uint64_t end = BOARD_RAM;

    for (unsigned i = 0; i < guest_count; i++) {
        const uint64_t guest_end = (uintptr_t)guests[i].ram + guests[i].ram_bytes;

        end = guest_end > end ? guest_end : end;
    }
    return end;
}

/* Memory per folder. */
static uint64_t share(uint64_t from, unsigned count)
{
    const uint64_t end = BOARD_RAM + files_ram_bytes();
    const uint64_t each = end > from ? (end - from) / count / PAGE_BYTES * PAGE_BYTES : 0;

    return each < POOL_BYTES_MAX ? each : POOL_BYTES_MAX;
}

bool folder_start(void)
{
    const unsigned count = VWR_PLAN_HYPERVISOR_FOLDERS;
    const uint64_t from = free_ram();
    const uint64_t bytes = count != 0 ? share(from, count) : 0;

    for (unsigned i = 0; i < count; i++) {
        struct folder *const f = &folder[i];
        const struct vwr_vfiles_memory_options options = {.file = f->file,
                                                          .file_count = FILES,
                                                          .entry = f->entry,
                                                          .entry_count = FILES,
                                                          .pool = (void *)(uintptr_t)(from + i * bytes),
                                                          .pool_bytes = bytes};

        if (vwr_vfiles_memory_init(&f->tree, &options) != VWR_OK)
            return false;
        files[i] = &f->tree.files;
    }
    if (count != 0 && bytes < POOL_BYTES_MAX)
        print("hypervisor: folders of %llu KiB: for more, start QEMU with more memory, -m\n",
              (unsigned long long)(bytes >> 10));
    return true;
}

void folder_offer(struct vwr_vplan_host *host)
{
    host->folder = files;
}

void folder_stats(void)
{
    const unsigned count = VWR_PLAN_HYPERVISOR_FOLDERS;

    for (unsigned i = 0; i < count; i++)
        print("folder %u: %u of %u KiB free, %u of %u files free\n", i,
              folder[i].tree.blocks_free * (VWR_VFILES_MEMORY_BLOCK >> 10),
              folder[i].tree.blocks * (VWR_VFILES_MEMORY_BLOCK >> 10), folder[i].tree.files_free, FILES);
}

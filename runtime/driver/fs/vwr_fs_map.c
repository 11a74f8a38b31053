/* SPDX-License-Identifier: MIT */
#include "fs_common.h"

/* The DAX window. The caller manages its address space; the driver does not record mappings. */

static const struct vwr_fs_row fs_setupmapping = FS_ROW(SETUPMAPPING, FS_NO_DATA, 0, SETUPMAPPING);
static const struct vwr_fs_row fs_removemapping = FS_ROW(REMOVEMAPPING, FS_NO_DATA, 0, REMOVEMAPPING_ONE);

#define FS_MAPPING_FLAGS ((uint32_t)VWR_FUSE_MAPPING_READ | VWR_FUSE_MAPPING_WRITE)

/*
 * Whether the range of the window consists of whole units. Without a session, the size of a unit is unknown.
 */
static int fs_check_place(const struct vwr_fs *p, uint64_t place, uint64_t bytes)
{
    if (bytes == 0)
        return VWR_EINVAL;
    if (p->io_bytes != 0 && (place & (p->map_unit - 1u)) != 0)
        return VWR_EALIGN;
    return place > p->options.window_bytes || bytes > p->options.window_bytes - place ? VWR_ERANGE : VWR_OK;
}

int vwr_fs_map(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset, uint64_t bytes,
               uint32_t flags, uint64_t place)
{
    uint64_t *const number = p->own.number;
    int r = fs_begin_file(p, &fs_setupmapping, file);

    if (r == VWR_OK)
        r = fs_check_place(p, place, bytes);
    if (r != VWR_OK)
        return r;
    if (flags == 0 || (flags & ~FS_MAPPING_FLAGS) != 0 || bytes > ~offset)
        return VWR_EINVAL;
    if (p->io_bytes != 0 && (offset & (p->map_unit - 1u)) != 0)
        return VWR_EALIGN;
    number[1] = offset;
    number[2] = bytes;
    number[3] = flags;
    number[4] = place;
    return vwr_fs_do_(p);
}

int vwr_fs_unmap(struct vwr_fs *p, uint64_t place, uint64_t bytes)
{
    int r = vwr_fs_begin_(p, &fs_removemapping, VWR_FUSE_ROOT, p->session);

    if (r == VWR_OK)
        r = fs_check_place(p, place, bytes);
    if (r != VWR_OK || p->io_bytes == 0)
        return r;
    p->own.number[0] = 1;
    p->own.number[1] = place;
    p->own.number[2] = bytes;
    return vwr_fs_do_(p);
}

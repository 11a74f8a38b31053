/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "posix_folder_common.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Files in the DAX window of a device (vwr/vfs.h). The rest of the window is inaccessible pages. */

int vwr_posix_folder_unmap(struct vwr_vfiles *files, void *at, uint64_t length)
{
    (void)files;
    return mmap(at, (size_t)length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1,
                0) == MAP_FAILED
               ? vwr_posix_folder_error()
               : 0;
}

/* The mapping keeps the file; the descriptor is not needed. */
int vwr_posix_folder_map(struct vwr_vfiles *files, struct vwr_vfiles_call *c)
{
    const struct vwr_posix_folder *const f = posix_folder_of(files);
    const bool writes = (c->flags & VWR_P9_O_ACCMODE) != VWR_P9_O_RDONLY;
    int error = 0;
    int fd;

    if (writes && f->read_only)
        return VWR_P9_EROFS;
    fd = vwr_posix_folder_reopen(f, c->file, writes ? O_RDWR : O_RDONLY);
    if (fd < 0)
        return vwr_posix_folder_error();
    if (mmap(c->at, (size_t)c->length, PROT_READ | (writes ? PROT_WRITE : 0), MAP_SHARED | MAP_FIXED, fd,
             (off_t)c->offset) == MAP_FAILED)
        error = vwr_posix_folder_error();
    close(fd);
    if (error != 0) /* the former mapping may be gone, and the host may reuse the addresses */
        (void)vwr_posix_folder_unmap(files, c->at, c->length);
    return error;
}

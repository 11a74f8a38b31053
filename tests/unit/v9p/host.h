/* SPDX-License-Identifier: MIT */
#ifndef V9P_HOST_H
#define V9P_HOST_H

#include "vwr_posix_folder.h"

/* A folder on this host, created for a test and deleted at its end. */

#define HOST_FILES 64u

struct host {
    struct vwr_posix_folder folder;
    struct vwr_posix_folder_file file[HOST_FILES];
    char path[64];    /* of the folder */
    char outside[64]; /* of a folder beside it, with a file "secret" */
};

void host_begin(struct host *h, bool read_only);
void host_end(struct host *h);

#endif

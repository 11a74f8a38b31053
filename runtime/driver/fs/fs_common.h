/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_FS_COMMON_H
#define VWR_DRIVER_FS_COMMON_H

#include "../core/request/request_common.h"
#include "vwr/fs.h"

/* Shared by the files of the file system driver; its class is in ../fs. */

enum fs_data {
    FS_NO_DATA,
    FS_OUT,
    FS_IN,
    FS_URGENT
}; /* the last one is for the high-priority queue and has no reply */

/* A message: its format (vwr/fuse.h), the size of its reply without data, and the direction of its data. */
struct vwr_fs_row {
    uint8_t opcode;
    uint8_t data;
    uint16_t answer;
    const char *form;
};

#define FS_ROW(name, data, body, form)                                                        \
    {                                                                                         \
        VWR_FUSE_##name, data, (uint16_t)(VWR_FUSE_OUT_HEADER + (body)), VWR_FUSE_FORM_##form \
    }

/* Index of the request queue. The driver does not accept NOTIFICATION, whose queue would precede it. */
#define FS_QUEUE_REQUEST (VWR_FS_QUEUE_HIPRIO + 1u)

/* ---- vwr_fs_message.c ---- */

extern const struct vwr_request_class vwr_fs_class;
extern const struct vwr_fs_row vwr_fs_read_row;
extern const struct vwr_fs_row vwr_fs_write_row;
extern const struct vwr_fs_row vwr_fs_fsync_row;

/*
 * Functions for a blocking call: begin a message for a node or for an open file, set numbers and names, then
 * send it. The reply is in p->answer. For a stale node or file, the result is VWR_EIO.
 */
int vwr_fs_begin_(struct vwr_fs *p, const struct vwr_fs_row *row, uint64_t number, uint32_t session);
int vwr_fs_do_(struct vwr_fs *p);

static inline int fs_begin_node(struct vwr_fs *p, const struct vwr_fs_row *row,
                                const struct vwr_fs_node *node)
{
    return vwr_fs_begin_(p, row, node->number, node->session);
}

/* The number of the open file is the first number in the message. */
static inline int fs_begin_file(struct vwr_fs *p, const struct vwr_fs_row *row,
                                const struct vwr_fs_file *file)
{
    const int r = vwr_fs_begin_(p, row, file->node, file->session);

    p->own.number[0] = file->number;
    return r;
}

void vwr_fs_fill_(struct vwr_fs_request *x, const struct vwr_fs_row *row, uint64_t node);
void vwr_fs_set_data_(struct vwr_fs_request *x, uint64_t offset, void *data, uint32_t bytes);

/* Sets a name as a string of the request. false: the name is invalid. */
bool vwr_fs_set_name_(struct vwr_fs_request *x, unsigned n, const char *name);

void vwr_fs_end_session_(struct vwr_fs *p);

#endif

/* SPDX-License-Identifier: MIT */
#include "vwr/fs.h"
#include "vwr/message.h"

/* Messages for faults of a file system device (enum vwr_fs_fault). */

static const struct vwr_name fs_requests[] = {
    {VWR_FUSE_LOOKUP, "LOOKUP"},
    {VWR_FUSE_FORGET, "FORGET"},
    {VWR_FUSE_GETATTR, "GETATTR"},
    {VWR_FUSE_SETATTR, "SETATTR"},
    {VWR_FUSE_MKDIR, "MKDIR"},
    {VWR_FUSE_UNLINK, "UNLINK"},
    {VWR_FUSE_RMDIR, "RMDIR"},
    {VWR_FUSE_RENAME, "RENAME"},
    {VWR_FUSE_OPEN, "OPEN"},
    {VWR_FUSE_READ, "READ"},
    {VWR_FUSE_WRITE, "WRITE"},
    {VWR_FUSE_STATFS, "STATFS"},
    {VWR_FUSE_RELEASE, "RELEASE"},
    {VWR_FUSE_FSYNC, "FSYNC"},
    {VWR_FUSE_FLUSH, "FLUSH"},
    {VWR_FUSE_INIT, "INIT"},
    {VWR_FUSE_OPENDIR, "OPENDIR"},
    {VWR_FUSE_READDIR, "READDIR"},
    {VWR_FUSE_RELEASEDIR, "RELEASEDIR"},
    {VWR_FUSE_CREATE, "CREATE"},
    {VWR_FUSE_DESTROY, "DESTROY"},
    {VWR_FUSE_SETUPMAPPING, "SETUPMAPPING"},
    {VWR_FUSE_REMOVEMAPPING, "REMOVEMAPPING"},
    {0, NULL},
};

static const struct vwr_message fs_explain_rows[] = {
    {VWR_FAULT_FS_REFUSED, 0, "{where:request}: the server answers with Linux error {got}"},
    {VWR_FAULT_FS_ANSWER, 0,
     "{where:request}: the answer has {got} bytes, which is too short or too long, or its number is wrong"},
    {VWR_FAULT_FS_COUNT, 0, "{where:request}: the answer counts {got} bytes, more than were requested"},
    {VWR_FAULT_FS_WRITE, 0, "{where:request}: a max_write of {got} bytes, which is too small"},
    {VWR_FAULT_FS_VERSION, 0, "{where:request}: the server does not support version 7.31, it says {got}"},
    {VWR_FAULT_FS_UNIT, 0, "{where:request}: a map_alignment of {got}: an offset has only 64 bits"},
    {0, 0, NULL},
};

static const struct vwr_message_type fs_explain_types[] = {
    {"request", NULL, fs_requests},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_fs_messages = {fs_explain_rows, fs_explain_types, NULL, &vwr_request_messages};

size_t vwr_fs_explain(const struct vwr_fs *p, char *text, size_t bytes)
{
    return vwr_bringup_explain(&p->bringup, &vwr_fs_messages, vwr_fs_feature_names, text, bytes);
}

/* SPDX-License-Identifier: MIT */
#include "fs_common.h"

/* Reads and writes of any length, and reading the entries of a folder. */

static const struct vwr_fs_row fs_readdir = FS_ROW(READDIR, FS_IN, 0, READ);

/*
 * Sends one message with as much data as possible. Without a session, it has 1 byte, so that the call returns
 * the reason.
 */
static int fs_move_some(void *driver, const struct request_move *m)
{
    struct vwr_fs *const p = driver;
    const uint32_t most = p->io_bytes;
    int r = fs_begin_file(p, m->row, m->file);

    if (r != VWR_OK)
        return r;
    vwr_fs_set_data_(&p->own, m->offset, m->data, most == 0 ? 1 : m->bytes < most ? m->bytes : most);
    r = vwr_fs_do_(p);
    return r == VWR_OK ? (int)p->own.count : r;
}

static int fs_move(struct vwr_fs *p, const struct vwr_fs_row *row, const struct vwr_fs_file *file,
                   uint64_t offset, void *data, uint32_t bytes)
{
    struct request_move m = {row, file, offset, data, bytes};

    return request_move(p, &m, fs_move_some);
}

int vwr_fs_read(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset, void *data, uint32_t bytes)
{
    return fs_move(p, &vwr_fs_read_row, file, offset, data, bytes);
}

int vwr_fs_write(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset, const void *data,
                 uint32_t bytes)
{
    return fs_move(p, &vwr_fs_write_row, file, offset, (void *)(uintptr_t)data, bytes);
}

/* ---- folders ---- */

int vwr_fs_readdir(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset, void *data,
                   uint32_t bytes)
{
    const struct request_move m = {&fs_readdir, file, offset, data, bytes};

    return fs_move_some(p, &m);
}

/* Copies each part of the entry once. */
int vwr_fs_next_entry(const void *data, uint32_t bytes, uint32_t *at, struct vwr_fs_entry *entry)
{
    uint8_t head[VWR_FUSE_DIRENT];
    const uint8_t *const from = (const uint8_t *)data + *at;
    const uint32_t left = *at < bytes ? bytes - *at : 0;
    const uint8_t *next = head;
    uint32_t name_bytes;

    if (left == 0)
        return 0;
    if (left < sizeof(head))
        return VWR_EPROTO;
    vwr_copy(head, from, sizeof(head));
    entry->id = vwr_p9_next(&next, sizeof(entry->id));
    entry->next = vwr_p9_next(&next, sizeof(entry->next));
    name_bytes = (uint32_t)vwr_p9_next(&next, sizeof(name_bytes));
    entry->type = (uint8_t)vwr_p9_next(&next, sizeof(uint32_t));
    if (name_bytes > VWR_FUSE_NAME || name_bytes > left - sizeof(head))
        return VWR_EPROTO;
    entry->name_bytes = (uint16_t)name_bytes;
    vwr_copy(entry->name, from + sizeof(head), name_bytes);
    entry->name[name_bytes] = '\0';
    *at += ((uint32_t)sizeof(head) + name_bytes + VWR_FUSE_UNIT - 1u) & ~(VWR_FUSE_UNIT - 1u);
    if (name_bytes == 1 && entry->name[0] == '.')
        return 1;
    return vwr_p9_is_name(entry->name, name_bytes) ? 1 : VWR_EPROTO;
}

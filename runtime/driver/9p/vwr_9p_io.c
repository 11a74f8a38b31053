/* SPDX-License-Identifier: MIT */
#include "9p_common.h"

/* Reads and writes of any length, and reading the entries of a folder. */

static const struct vwr_9p_row p9_readdir = P9_ROW(READDIR, P9_IN, 4u);

uint32_t vwr_9p_io_bytes(const struct vwr_9p *p, int fid)
{
    uint32_t most;

    if ((uint32_t)fid >= VWR_9P_FIDS || p->fid[fid].state != P9_USED)
        return 0;
    most = request_fit_ring(&p->requests.client.requests, p->msize - P9_WRITE_HEADER);
    return p->fid[fid].io_bytes != 0 && p->fid[fid].io_bytes < most ? p->fid[fid].io_bytes : most;
}

/*
 * Sends one message with as much data as possible. Without a session, it has 1 byte, so that the call returns
 * the reason.
 */
static int p9_move_some(void *driver, const struct request_move *m)
{
    struct vwr_9p *const p = driver;
    const int fid = *(const int *)m->file;
    const uint32_t most = vwr_9p_io_bytes(p, fid);
    int r = vwr_9p_begin_(p, m->row, fid);

    if (r != VWR_OK)
        return r;
    vwr_9p_set_data_(&p->own, m->offset, m->data, most == 0 ? 1 : m->bytes < most ? m->bytes : most);
    r = vwr_9p_do_(p);
    return r == VWR_OK ? (int)p->own.count : r;
}

static int p9_move(struct vwr_9p *p, const struct vwr_9p_row *row, int fid, uint64_t offset, void *data,
                   uint32_t bytes)
{
    struct request_move m = {row, &fid, offset, data, bytes};

    return request_move(p, &m, p9_move_some);
}

int vwr_9p_read(struct vwr_9p *p, int fid, uint64_t offset, void *data, uint32_t bytes)
{
    return p9_move(p, &vwr_9p_read_row, fid, offset, data, bytes);
}

int vwr_9p_write(struct vwr_9p *p, int fid, uint64_t offset, const void *data, uint32_t bytes)
{
    return p9_move(p, &vwr_9p_write_row, fid, offset, (void *)(uintptr_t)data, bytes);
}

/* ---- folders ---- */

int vwr_9p_readdir(struct vwr_9p *p, int fid, uint64_t offset, void *data, uint32_t bytes)
{
    const struct request_move m = {&p9_readdir, &fid, offset, data, bytes};

    return p9_move_some(p, &m);
}

/* Copies each part of the entry once. */
int vwr_9p_next_entry(const void *data, uint32_t bytes, uint32_t *at, struct vwr_9p_entry *entry)
{
    uint8_t head[VWR_P9_QID + sizeof(uint64_t) + sizeof(uint8_t) + sizeof(uint16_t)];
    const uint8_t *const from = (const uint8_t *)data + *at;
    const uint32_t left = *at < bytes ? bytes - *at : 0;
    const uint8_t *next = head;

    if (left == 0)
        return 0;
    if (left < sizeof(head))
        return VWR_EPROTO;
    vwr_copy(head, from, sizeof(head));
    p9_next_qid(&next, &entry->qid);
    entry->next = vwr_p9_next(&next, sizeof(entry->next));
    entry->type = (uint8_t)vwr_p9_next(&next, sizeof(entry->type));
    entry->name_bytes = (uint16_t)vwr_p9_next(&next, sizeof(entry->name_bytes));
    if (entry->name_bytes > VWR_P9_NAME || entry->name_bytes > left - sizeof(head))
        return VWR_EPROTO;
    vwr_copy(entry->name, from + sizeof(head), entry->name_bytes);
    entry->name[entry->name_bytes] = '\0';
    *at += (uint32_t)sizeof(head) + entry->name_bytes;
    if (entry->name_bytes == 1 && entry->name[0] == '.')
        return 1;
    return vwr_p9_is_name(entry->name, entry->name_bytes) ? 1 : VWR_EPROTO;
}

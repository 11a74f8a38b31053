/* SPDX-License-Identifier: MIT */
#include "9p_common.h"

/* The session and its fids: mount, walk, clunk, open, create. */

static const struct vwr_9p_row p9_version = P9_ROW(VERSION, P9_NO_DATA, 6u);
static const struct vwr_9p_row p9_attach = P9_ROW(ATTACH, P9_NO_DATA, VWR_P9_QID);
static const struct vwr_9p_row p9_walk = P9_ROW(WALK, P9_NO_DATA, 2u);
static const struct vwr_9p_row p9_clunk = P9_ROW(CLUNK, P9_NO_DATA, 0);
static const struct vwr_9p_row p9_lopen = P9_ROW(LOPEN, P9_NO_DATA, VWR_P9_QID + 4u);
static const struct vwr_9p_row p9_lcreate = P9_ROW(LCREATE, P9_NO_DATA, VWR_P9_QID + 4u);

static int p9_take_fid(struct vwr_9p *p)
{
    for (int fid = 0; fid < (int)VWR_9P_FIDS; fid++)
        if (p->fid[fid].state == P9_FREE) {
            p->fid[fid].state = P9_PENDING;
            p->fid[fid].io_bytes = 0;
            return fid;
        }
    return VWR_EFULL;
}

/* Records whether the server knows the fid. If the message is still in flight, a reset frees the fid. */
static int p9_end_fid(struct vwr_9p *p, int fid, int r)
{
    if (vwr_result_is_in_flight(r))
        return r;
    p->fid[fid].state = r == VWR_OK ? P9_USED : P9_FREE;
    return r == VWR_OK ? fid : r;
}

/* ---- session ---- */

/* Fids that no caller uses become free again. */
void vwr_9p_end_session_(struct vwr_9p *p)
{
    p->msize = 0;
    for (unsigned i = 0; i < VWR_9P_FIDS; i++)
        p->fid[i].state = p->fid[i].state < P9_USED ? P9_FREE : P9_STALE;
}

/* Whether the driver supports the version and the msize in the reply. */
static int p9_take_version(struct vwr_9p *p)
{
    static const char ours[] = VWR_P9_VERSION;
    struct vwr_requestq *const q = &p->requests.client.requests;
    const uint8_t *at = p->answer + VWR_P9_HEADER;
    const uint32_t msize = (uint32_t)vwr_p9_next(&at, sizeof(msize));
    bool same = vwr_p9_next(&at, sizeof(uint16_t)) == sizeof(ours) - 1u;

    for (unsigned i = 0; i < sizeof(ours) - 1u; i++)
        same = same && at[i] == (uint8_t)ours[i];
    if (!same)
        return vwr_request_note(q, VWR_FAULT_9P_VERSION, VWR_P9_TVERSION, msize);
    if (msize > VWR_9P_MSIZE || msize < VWR_9P_OUT_BYTES)
        return vwr_request_note(q, VWR_FAULT_9P_MSIZE, VWR_P9_TVERSION, msize);
    p->msize = msize;
    return VWR_OK;
}

static int p9_send_version(struct vwr_9p *p)
{
    int r = vwr_9p_begin_(p, &p9_version, 0);

    if (r != VWR_OK)
        return r;
    if (vwr_queue_in_flight(&p->requests.client.requests.queue) != 0)
        return VWR_EBUSY;
    vwr_9p_end_session_(p);
    p->own.number[0] = VWR_9P_MSIZE;
    p->own.name[0] = VWR_P9_VERSION;
    p->own.name_bytes[0] = sizeof(VWR_P9_VERSION) - 1u;
    r = vwr_9p_do_(p);
    return r == VWR_OK ? p9_take_version(p) : r;
}

int vwr_9p_mount(struct vwr_9p *p)
{
    int r = p9_send_version(p);
    int fid;

    if (r != VWR_OK)
        return r;
    fid = p9_take_fid(p);
    if (fid < 0)
        return fid;
    r = vwr_9p_begin_(p, &p9_attach, fid);
    if (r == VWR_OK) {
        p->own.number[1] = VWR_P9_NO_FID;
        p->own.number[2] = p->options.uid;
        r = vwr_9p_do_(p);
    }
    return p9_end_fid(p, fid, r);
}

/* ---- walk ---- */

static bool p9_path_is_right(const char *path)
{
    uint32_t bytes = 0;

    for (; *path != '\0'; path++) {
        bytes = *path == '/' ? 0 : bytes + 1u;
        if (bytes > VWR_P9_NAME)
            return false;
        if (bytes == 1 && *path == '.' && (path[1] == '/' || path[1] == '\0'))
            return false;
    }
    return true;
}

/* Counts the names from *path on that fit one message, and advances *path past them. */
static void p9_set_names(struct vwr_9p_request *x, const char **path)
{
    uint32_t left = VWR_9P_OUT_BYTES - VWR_P9_HEADER - 10u; /* both fids and the number of names */
    const char *at = *path;

    x->name[0] = at;
    for (x->number[2] = 0; x->number[2] < VWR_P9_NAMES; x->number[2]++) {
        uint32_t bytes = 0;

        while (*at == '/')
            at++;
        while (at[bytes] != '\0' && at[bytes] != '/')
            bytes++;
        if (bytes == 0 || bytes + sizeof(uint16_t) > left)
            break;
        at += bytes;
        left -= bytes + (uint32_t)sizeof(uint16_t);
    }
    x->name_bytes[0] = (uint16_t)(at - x->name[0]);
    *path = at;
}

/* Sends one message. A walk that stops before the last name has not created a fid. */
static int p9_walk_some(struct vwr_9p *p, int fid, int to, const char **path)
{
    int r = vwr_9p_begin_(p, &p9_walk, fid);

    if (r != VWR_OK)
        return r;
    p->own.number[1] = (uint32_t)to;
    p9_set_names(&p->own, path);
    r = vwr_9p_do_(p);
    if (r != VWR_OK || p->own.count == p->own.number[2])
        return r;
    p->own.error = VWR_P9_ENOENT;
    return VWR_EIO;
}

int vwr_9p_walk(struct vwr_9p *p, int fid, const char *path)
{
    int to;
    int r;

    if (!p9_path_is_right(path))
        return VWR_EINVAL;
    to = p9_take_fid(p);
    if (to < 0)
        return to;
    r = p9_end_fid(p, to, p9_walk_some(p, fid, to, &path));
    while (r >= 0 && *path != '\0') {
        r = p9_walk_some(p, to, to, &path);
        if (r < 0)
            return vwr_9p_clunk_after_(p, to, r);
    }
    return r < 0 ? r : to;
}

/* ---- clunk ---- */

int vwr_9p_clunk(struct vwr_9p *p, int fid)
{
    int r;

    if ((uint32_t)fid < VWR_9P_FIDS && p->fid[fid].state == P9_STALE) {
        p->fid[fid].state = P9_FREE;
        return VWR_OK;
    }
    r = vwr_9p_begin_(p, &p9_clunk, fid);
    if (r != VWR_OK)
        return r;
    r = vwr_9p_do_(p);
    if (vwr_result_is_in_flight(r))
        p->fid[fid].state = P9_PENDING; /* a reset frees it */
    else if (r == VWR_OK || r == VWR_EIO || r == VWR_EPROTO || r == VWR_ERESET)
        p->fid[fid].state = P9_FREE;
    return r; /* otherwise nothing was sent */
}

int vwr_9p_clunk_after_(struct vwr_9p *p, int fid, int r)
{
    const uint32_t error = p->own.error;

    if (vwr_9p_clunk(p, fid) != VWR_OK && p->fid[fid].state == P9_USED)
        p->fid[fid].state = P9_PENDING; /* nothing was sent, or the previous message is in flight */
    p->own.error = error;
    return r;
}

/* ---- open ---- */

/* The replies to both messages end with the maximum size of a read or write; 0: no limit. */
static int p9_opened(struct vwr_9p *p, int fid)
{
    const uint8_t *at = p->answer + VWR_P9_HEADER + VWR_P9_QID;

    p->fid[fid].io_bytes = (uint32_t)vwr_p9_next(&at, sizeof(uint32_t));
    return VWR_OK;
}

int vwr_9p_lopen(struct vwr_9p *p, int fid, uint32_t flags)
{
    int r = vwr_9p_begin_(p, &p9_lopen, fid);

    if (r != VWR_OK)
        return r;
    p->own.number[1] = flags;
    r = vwr_9p_do_(p);
    return r == VWR_OK ? p9_opened(p, fid) : r;
}

static int p9_create_at(struct vwr_9p *p, int fid, const char *name, uint32_t flags, uint32_t mode)
{
    int r = vwr_9p_begin_(p, &p9_lcreate, fid);

    if (r != VWR_OK)
        return r;
    if (!vwr_9p_set_name_(&p->own, 0, name))
        return VWR_EINVAL;
    p->own.number[1] = flags;
    p->own.number[2] = mode;
    p->own.number[3] = p->options.gid;
    r = vwr_9p_do_(p);
    return r == VWR_OK ? p9_opened(p, fid) : r;
}

/* Tlcreate turns the folder's fid into the fid of the file, so a new fid is used for it. */
int vwr_9p_create(struct vwr_9p *p, int folder, const char *name, uint32_t flags, uint32_t mode)
{
    const int fid = vwr_9p_walk(p, folder, "");
    int r;

    if (fid < 0)
        return fid;
    r = p9_create_at(p, fid, name, flags, mode);
    return r == VWR_OK ? fid : vwr_9p_clunk_after_(p, fid, r);
}

/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_9P_COMMON_H
#define VWR_DRIVER_9P_COMMON_H

#include "../core/request/request_common.h"
#include "vwr/9p.h"

/* Shared by the files of the 9P driver; its class is in ../9p. */

enum p9_fid_state {
    P9_FREE,
    P9_PENDING, /* a call is setting it up, or the server may know it; a reset frees it */
    P9_USED,
    P9_STALE /* belongs to a session that has ended */
};

enum p9_data { P9_NO_DATA, P9_OUT, P9_IN };

/*
 * A message: its format (vwr/p9.h), the size of its reply without data, and the direction of its data. The
 * reply starts with the number of data bytes.
 */
struct vwr_9p_row {
    uint8_t type;
    uint8_t data;
    uint16_t answer;
    const char *form;
};

#define P9_ROW(name, data, body)                                                     \
    {                                                                                \
        VWR_P9_T##name, data, (uint16_t)(VWR_P9_HEADER + (body)), VWR_P9_FORM_##name \
    }

#define P9_WRITE_HEADER (VWR_P9_IO_HEADER + 12u) /* Twrite and Tread, without data */

/* ---- vwr_9p_message.c ---- */

extern const struct vwr_request_class vwr_9p_class;
extern const struct vwr_9p_row vwr_9p_read_row;
extern const struct vwr_9p_row vwr_9p_write_row;
extern const struct vwr_9p_row vwr_9p_fsync_row;

/*
 * Functions for a blocking call: begin a request with its first fid, set numbers and names, then send it. The
 * reply is in p->answer.
 */
int vwr_9p_begin_(struct vwr_9p *p, const struct vwr_9p_row *row, int fid);
int vwr_9p_do_(struct vwr_9p *p);

void vwr_9p_fill_(struct vwr_9p_request *x, const struct vwr_9p_row *row, int fid);
void vwr_9p_set_data_(struct vwr_9p_request *x, uint64_t offset, void *data, uint32_t bytes);

static inline void p9_next_qid(const uint8_t **at, struct vwr_p9_qid *qid)
{
    qid->type = (uint8_t)vwr_p9_next(at, sizeof(qid->type));
    qid->version = (uint32_t)vwr_p9_next(at, sizeof(qid->version));
    qid->path = vwr_p9_next(at, sizeof(qid->path));
}

/* ---- vwr_9p_fids.c ---- */

void vwr_9p_end_session_(struct vwr_9p *p);

/* Releases a fid after a call on it has failed with `r`. Returns `r` and preserves the recorded error. */
int vwr_9p_clunk_after_(struct vwr_9p *p, int fid, int r);

/* ---- vwr_9p_names.c ---- */

/* Sets a name as a string of the request. false: the name is invalid. */
bool vwr_9p_set_name_(struct vwr_9p_request *x, unsigned n, const char *name);

#endif

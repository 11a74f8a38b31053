/* SPDX-License-Identifier: MIT */
#ifndef VWR_V9P_COMMON_H
#define VWR_V9P_COMMON_H

#include "../files/vfiles_common.h"
#include "../core/index/vindex_common.h"
#include "vwr/bytes.h"
#include "vwr/v9p.h"
#include "vwr/p9.h"

/* Shared by the files of the 9p server. */

/* Budget charges in addition to copies, in approximate numbers of instructions. */
#define V9P_WORK_MESSAGE 2560u /* any message */
#define V9P_WORK_BYTE 8u       /* per byte of a name: checks */
#define V9P_WORK_STEP 640u     /* per step of a walk */
#define V9P_WORK_LOOK 16u      /* per entry of the table of fids */
#define V9P_WORK_DROP 640u     /* per fid of a session that ends */

/* Flags of a fid. */
#define V9P_FID_USED 1u
#define V9P_FID_RESERVED 2u /* the number is taken by a request in progress */
#define V9P_FID_OPEN 4u
#define V9P_FID_ALONE 8u /* a request changes the fid; others must not use it */
#define V9P_FID_GONE 16u /* the number is free, but requests still use the fid */

/*
 * A message: its format (vwr/p9.h), the minimum contents of its reply, and its handler. A name is read into
 * c->name, a second one into c->second, and any other string into c->name. The target of a link is not
 * copied, but treated as data.
 */
struct vwr_v9p_row {
    uint8_t type;
    bool alone; /* no other request may use the fid */
    uint16_t answer;
    const char *form;
    int (*handle)(struct vwr_vfiles_call *c);
};

static inline struct vwr_vdev *v9p_dev(struct vwr_vfiles_call *c)
{
    return &c->server->service.service.dev;
}

static inline const struct vwr_vfiles_ops *v9p_ops(const struct vwr_vfiles_call *c)
{
    return c->server->files->ops;
}

/* ---- vwr_v9p_message.c ---- */

/*
 * Reads the header; returns 0 or the error to send. Then reads the fields after the header, as described by
 * the row.
 */
int vwr_v9p_read_header_(struct vwr_vfiles_call *c, uint8_t *type);
int vwr_v9p_parse_(struct vwr_vfiles_call *c);
int vwr_v9p_read_number_(struct vwr_vfiles_call *c, unsigned bytes, uint64_t *number);
int vwr_v9p_read_name_(struct vwr_vfiles_call *c, struct vwr_vfiles_name *name, bool up);

/* Appends a number to the body of the reply. */
void vwr_v9p_add_(struct vwr_v9p *v, uint64_t number, unsigned bytes);
void vwr_v9p_add_string_(struct vwr_v9p *v, const char *text, uint32_t bytes);
void vwr_v9p_add_qid_(struct vwr_v9p *v, const struct vwr_p9_qid *qid);

/* Appends an entry to the reply to Treaddir. */
void vwr_v9p_write_entry_(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid, uint64_t next,
                          uint8_t type, const char *name, uint32_t bytes);

/* Sends the reply: the body, followed by c->moved bytes of data. */
void vwr_v9p_write_answer_(struct vwr_vfiles_call *c, int error);

/* ---- vwr_v9p_fids.c ---- */

void vwr_v9p_fids_init_(struct vwr_v9p *v);
struct vwr_v9p_fid *vwr_v9p_fid_find_(struct vwr_v9p *v, uint64_t number);
/* Returns 0, VWR_P9_EINVAL if the number is in use, or VWR_P9_ENFILE if no fid is free. */
int vwr_v9p_fid_reserve_(struct vwr_v9p *v, uint64_t number, struct vwr_v9p_fid **fid);
/* Puts a reserved fid into use. */
void vwr_v9p_fid_use_(struct vwr_v9p_fid *fid, void *file, uint8_t type, uint32_t uid);
/* Frees the number immediately, and the fid when no request uses it. */
void vwr_v9p_fid_clunk_(struct vwr_v9p *v, struct vwr_v9p_fid *fid);
/* Releases a fid when a request no longer uses it. */
void vwr_v9p_fid_put_(struct vwr_v9p *v, struct vwr_v9p_fid *fid);
/*
 * End of a session, if there is one: fids_end starts it, and fids_drop releases files as long as the byte
 * budget lasts; false: there are more.
 */
void vwr_v9p_fids_end_(struct vwr_v9p *v);
bool vwr_v9p_fids_drop_(struct vwr_v9p *v);

/* ---- vwr_v9p_request.c ---- */

extern const struct vwr_vfiles_protocol vwr_v9p_protocol;

/* Handles a request of the service. */
int vwr_v9p_request_(struct vwr_9p_vservice *s, struct vwr_vmessage *x);
/* Ends all other requests without a reply, because a session ends. `c` may be NULL. */
void vwr_v9p_end_others_(struct vwr_v9p *v, const struct vwr_vfiles_call *c);
/* Ends a request without a reply; ends the flushes that wait for a finished request. */
void vwr_v9p_drop_(struct vwr_vfiles_call *c);
/* Takes a request back from the file system and frees its fids, but keeps its message. */
void vwr_v9p_forget_(struct vwr_vfiles_call *c);
void vwr_v9p_end_flushes_(const struct vwr_vfiles_call *c);

/* ---- handlers ---- */

int vwr_v9p_version_(struct vwr_vfiles_call *c);
int vwr_v9p_attach_(struct vwr_vfiles_call *c);
int vwr_v9p_flush_(struct vwr_vfiles_call *c);
int vwr_v9p_walk_(struct vwr_vfiles_call *c);
int vwr_v9p_clunk_(struct vwr_vfiles_call *c);
int vwr_v9p_remove_(struct vwr_vfiles_call *c);
void vwr_v9p_walk_drop_(struct vwr_vfiles_call *c);

int vwr_v9p_open_(struct vwr_vfiles_call *c);
int vwr_v9p_create_(struct vwr_vfiles_call *c);
int vwr_v9p_read_(struct vwr_vfiles_call *c);
int vwr_v9p_write_(struct vwr_vfiles_call *c);
int vwr_v9p_readdir_(struct vwr_vfiles_call *c);
int vwr_v9p_readlink_(struct vwr_vfiles_call *c);
int vwr_v9p_sync_(struct vwr_vfiles_call *c);

int vwr_v9p_mkdir_(struct vwr_vfiles_call *c);
int vwr_v9p_symlink_(struct vwr_vfiles_call *c);
int vwr_v9p_mknod_(struct vwr_vfiles_call *c);
int vwr_v9p_link_(struct vwr_vfiles_call *c);
int vwr_v9p_rename_(struct vwr_vfiles_call *c);
int vwr_v9p_renameat_(struct vwr_vfiles_call *c);
int vwr_v9p_unlinkat_(struct vwr_vfiles_call *c);
int vwr_v9p_getattr_(struct vwr_vfiles_call *c);
int vwr_v9p_setattr_(struct vwr_vfiles_call *c);
int vwr_vfiles_statfs_(struct vwr_vfiles_call *c);
int vwr_v9p_lock_(struct vwr_vfiles_call *c);
int vwr_v9p_getlock_(struct vwr_vfiles_call *c);

#endif

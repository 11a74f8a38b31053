/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFS_COMMON_H
#define VWR_VFS_COMMON_H

#include "../files/vfiles_common.h"
#include "../core/index/vindex_common.h"
#include "vwr/bytes.h"
#include "vwr/vfs.h"

/* Shared by the files of the FUSE server. */

/* Budget charges in addition to copies, in approximate numbers of instructions. */
#define VFS_WORK_MESSAGE 2560u /* any message */
#define VFS_WORK_BYTE 32u      /* per byte of a name */
#define VFS_WORK_FORGET 320u   /* per forgotten node */
#define VFS_WORK_LOOK 16u      /* per entry of the table of nodes */
#define VFS_WORK_DROP 640u     /* per node of a session that ends */
#define VFS_WORK_UNMAP 8000u   /* per removed mapping */

/* Flags of a node. */
enum vfs_kind { VFS_FREE, VFS_NODE, VFS_OPEN };

/* Flags of a row. */
#define VFS_HIPRIO 1u /* a message in the high-priority queue, which has no reply */
#define VFS_ALONE 2u  /* the message does not use the node number in its header */

/*
 * A message: its format (vwr/fuse.h), the minimum contents of its reply, and its handler. A name is read into
 * c->name, and a second one into c->second. The target of a link is not copied, but treated as data.
 */
struct vwr_vfs_row {
    uint8_t opcode;
    uint8_t flags;
    uint16_t answer;
    const char *form;
    int (*handle)(struct vwr_vfiles_call *c);
};

static inline struct vwr_vfs_call *vfs_call_of(struct vwr_vfiles_call *c)
{
    return (struct vwr_vfs_call *)(void *)c; /* first member */
}

static inline struct vwr_vfs *vfs_server(struct vwr_vfiles_call *c)
{
    return vfs_call_of(c)->server;
}

/* Gets the attributes of the new handle c->file, unless the call that created it has set them. */
static inline int vfs_ask_attr(struct vwr_vfiles_call *c, int (*next)(struct vwr_vfiles_call *c, int result))
{
    return c->has_attr ? next(c, 0) : vfiles_ask(c, c->files->ops->getattr, next);
}

/* ---- vwr_vfs_message.c ---- */

/*
 * Reads the header; returns 0 or the error to send. Then reads the fields after the header, as described by
 * the row.
 */
int vwr_vfs_read_header_(struct vwr_vfs_call *x, uint32_t *opcode);
int vwr_vfs_parse_(struct vwr_vfs_call *x);
int vwr_vfs_read_number_(struct vwr_vfs_call *x, unsigned bytes, uint64_t *number);

/* Makes the request use the open file with this number until the request ends. */
int vwr_vfs_use_open_(struct vwr_vfs_call *x, uint64_t number);

/* Append numbers, or a number of zeroes, to the body of the reply. */
void vwr_vfs_add_(struct vwr_vfs *v, uint64_t number, unsigned bytes);
void vwr_vfs_add_zeroes_(struct vwr_vfs *v, unsigned bytes);
void vwr_vfs_write_entry_(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid, uint64_t next,
                          uint8_t type, const char *name, uint32_t bytes);
/* Sends the reply: the body, followed by c->moved bytes of data. */
void vwr_vfs_write_answer_(struct vwr_vfs_call *x, int error);

/* ---- vwr_vfs_nodes.c ---- */

void vwr_vfs_nodes_init_(struct vwr_vfs *v);
/*
 * End of a session: nodes_end starts it, and nodes_drop releases files as long as the byte budget lasts;
 * false: there are more. end_session does both, if there is a session.
 */
void vwr_vfs_nodes_end_(struct vwr_vfs *v);
bool vwr_vfs_nodes_drop_(struct vwr_vfs *v);
bool vwr_vfs_end_session_(struct vwr_vfs *v);
bool vwr_vfs_nodes_have_room_(const struct vwr_vfs *v, uint32_t nodes, uint32_t opens);
uint64_t vwr_vfs_number_(const struct vwr_vfs *v, const struct vwr_vfs_node *node);
/* Finds the node or open file with this number, or NULL. */
struct vwr_vfs_node *vwr_vfs_find_(struct vwr_vfs *v, uint64_t number, uint8_t kind);
/*
 * Gets the node of a file that was looked up; the handle then belongs to the node. NULL: there is no space.
 */
struct vwr_vfs_node *vwr_vfs_look_up_(struct vwr_vfs *v, void *file, const struct vwr_p9_qid *qid);
struct vwr_vfs_node *vwr_vfs_opened_(struct vwr_vfs *v, void *file, uint8_t type, uint32_t flags);
/* Forgets this number of look-ups; the root is kept. */
void vwr_vfs_forget_node_(struct vwr_vfs *v, struct vwr_vfs_node *node, uint64_t lookups);
/*
 * For a loaded state. place: gets the free entry with this number, for a node or an open file, without a
 * file; NULL: there is none. set_file: sets its handle, if it is not NULL, and the path of its qid.
 * end_places: marks the other entries as free, with numbers of this generation; false: such a table is
 * impossible.
 */
struct vwr_vfs_node *vwr_vfs_place_(struct vwr_vfs *v, uint64_t number, uint8_t kind);
void vwr_vfs_set_file_(struct vwr_vfs *v, struct vwr_vfs_node *node, void *file, uint64_t path);
bool vwr_vfs_end_places_(struct vwr_vfs *v, uint32_t generation);
/* Releases a node when a request no longer uses it. */
void vwr_vfs_put_(struct vwr_vfs *v, struct vwr_vfs_node *node);

/* ---- vwr_vfs_request.c ---- */

extern const struct vwr_vfiles_protocol vwr_vfs_protocol;

/* Handles a request of the service, from either queue. */
int vwr_vfs_request_(struct vwr_fs_vservice *s, struct vwr_vmessage *m);
/* Ends a request without a reply. */
void vwr_vfs_drop_(struct vwr_vfs_call *x);
/* Ends all other requests without a reply, because a session ends. `x` may be NULL. */
void vwr_vfs_end_others_(struct vwr_vfs *v, const struct vwr_vfs_call *x);
void vwr_vfs_end_(struct vwr_vfiles_call *c, int error);
/* Takes a request back from the file system and frees its nodes, but keeps its message. */
void vwr_vfs_forget_call_(struct vwr_vfs_call *x);

/* ---- handlers ---- */

int vwr_vfs_init_session_(struct vwr_vfiles_call *c);
int vwr_vfs_destroy_(struct vwr_vfiles_call *c);
int vwr_vfs_interrupt_(struct vwr_vfiles_call *c);
int vwr_vfs_forget_(struct vwr_vfiles_call *c);
int vwr_vfs_batch_forget_(struct vwr_vfiles_call *c);

int vwr_vfs_lookup_(struct vwr_vfiles_call *c);
int vwr_vfs_getattr_(struct vwr_vfiles_call *c);
int vwr_vfs_setattr_(struct vwr_vfiles_call *c);
int vwr_vfs_readlink_(struct vwr_vfiles_call *c);
int vwr_vfs_symlink_(struct vwr_vfiles_call *c);
int vwr_vfs_mknod_(struct vwr_vfiles_call *c);
int vwr_vfs_mkdir_(struct vwr_vfiles_call *c);
int vwr_vfs_unlink_(struct vwr_vfiles_call *c);
int vwr_vfs_rename_(struct vwr_vfiles_call *c);
int vwr_vfs_link_(struct vwr_vfiles_call *c);
int vwr_vfs_statfs_(struct vwr_vfiles_call *c);

int vwr_vfs_open_(struct vwr_vfiles_call *c);
int vwr_vfs_create_(struct vwr_vfiles_call *c);
int vwr_vfs_read_(struct vwr_vfiles_call *c);
int vwr_vfs_write_(struct vwr_vfiles_call *c);
int vwr_vfs_readdir_(struct vwr_vfiles_call *c);
int vwr_vfs_release_(struct vwr_vfiles_call *c);
int vwr_vfs_sync_(struct vwr_vfiles_call *c);
int vwr_vfs_flush_(struct vwr_vfiles_call *c);

/* ---- ../fs/vwr_vfs_map.c ---- */

int vwr_vfs_map_(struct vwr_vfiles_call *c);
int vwr_vfs_unmap_(struct vwr_vfiles_call *c);
/* Whether a device with this setup can have the window. */
bool vwr_vfs_is_window_(const struct vwr_vfs_window *w, const struct vwr_vdev_setup *s,
                        const struct vwr_vfiles *f);
/* Called when a session ends. */
void vwr_vfs_unmap_all_(struct vwr_vfs *v);

/* Appends an entry, which consists of the node and the attributes in c->attr and c->qid. */
void vwr_vfs_add_entry_(struct vwr_vfiles_call *c, const struct vwr_vfs_node *node);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFILES_COMMON_H
#define VWR_VFILES_COMMON_H

#include "vwr/bytes.h"
#include "vwr/vfiles.h"

/*
 * File-system calls (vwr/vfiles.h), for the devices that export a file system: 9P and FUSE. A device
 * has a call structure for each of its messages; the message's token refers to it.
 */

/*
 * A function that handles a message returns 0 or a Linux error number, which ends the message, or
 *   VFILES_ASK     call c->op, then c->next with its result; if c->next is NULL, the result ends the message
 *   VFILES_AGAIN   call c->next with a new budget of bytes
 *   VWR_LATER      the message ends with another request
 */
#define VFILES_ASK (-1002)
#define VFILES_AGAIN (-1003)

/* State of a call. */
enum vfiles_state {
    VFILES_FREE,
    VFILES_RUNNING,
    VFILES_ASKED,   /* the file system processes it */
    VFILES_PUT_OFF, /* waits for a new budget */
    VFILES_WAITING  /* waits for another request */
};

/*
 * What a protocol does with a call.
 *   finish       answers its message, and frees it
 *   put_entry    encodes an entry of a folder: `entry` bytes and the name, in units of `unit`
 */
struct vwr_vfiles_protocol {
    void (*finish)(struct vwr_vfiles_call *c, int error);
    void (*put_entry)(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid, uint64_t next, uint8_t type,
                      const char *name, uint32_t bytes);
    uint16_t entry;
    uint16_t unit;
};

static inline struct vwr_vdev *vfiles_dev(const struct vwr_vfiles_call *c)
{
    return &c->message->service->dev;
}

static inline void vfiles_lock(struct vwr_vfiles *f)
{
    if (f->lock != NULL)
        f->lock(f);
}

static inline void vfiles_unlock(struct vwr_vfiles *f)
{
    if (f->unlock != NULL)
        f->unlock(f);
}

/* Marks the start of the request's data. */
static inline void vfiles_set_out(struct vwr_vfiles_call *c)
{
    vwr_reader_set(&c->out, &c->message->out);
    c->has_out = true;
}

/* Sets the start of the reply's data to offset `at`. */
static inline void vfiles_start_data(struct vwr_vfiles_call *c, uint32_t at)
{
    vwr_writer_set(&c->in, &c->head);
    (void)vwr_writer_skip(&c->in, at);
}

/* Result of a handler that first calls the file system. */
static inline int vfiles_ask(struct vwr_vfiles_call *c,
                             int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c),
                             int (*next)(struct vwr_vfiles_call *c, int result))
{
    c->op = op;
    c->next = next;
    return op != NULL ? VFILES_ASK : VWR_P9_EOPNOTSUPP;
}

/* Whether the file system provides all required functions. */
bool vwr_vfiles_is_complete_(const struct vwr_vfiles *f);

/* Initialises a free call of a device, for the message with the same index. */
void vwr_vfiles_init_(struct vwr_vfiles_call *c, struct vwr_vfiles *f,
                      const struct vwr_vfiles_protocol *protocol, struct vwr_vmessage *x);

/* Starts the call for a new message. */
void vwr_vfiles_start_(struct vwr_vfiles_call *c);

/*
 * Processes the result of a handler until the request ends or waits. Returns the result for the service's
 * function.
 */
int vwr_vfiles_run_(struct vwr_vfiles_call *c, int r);

/* Asks the file system to give back a call that it is processing; returns whether it did. */
bool vwr_vfiles_cancel_(struct vwr_vfiles_call *c, bool must);
void vwr_vfiles_release_(struct vwr_vfiles *f, void *file);

/*
 * Reads or writes c->left bytes, starting at c->offset, in parts that fit the budget. The result is that of a
 * handler. Afterwards, `end` is called to answer c->moved bytes, or with the error of the first part.
 */
int vwr_vfiles_transfer_(struct vwr_vfiles_call *c,
                         int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c),
                         int (*end)(struct vwr_vfiles_call *c, int result));

/*
 * Lists a folder, starting at c->offset, in as many bytes as the guest requests and has space for; or reads
 * the target of a link. The data follow `header` bytes of the reply. The result is that of a handler.
 * Afterwards, `end`, if it is not NULL, is called to answer c->moved bytes, or with the error.
 */
int vwr_vfiles_list_(struct vwr_vfiles_call *c, uint32_t asked, uint32_t header,
                     int (*end)(struct vwr_vfiles_call *c, int result));
int vwr_vfiles_read_target_(struct vwr_vfiles_call *c, uint8_t type, uint32_t header,
                            int (*end)(struct vwr_vfiles_call *c, int result));

/*
 * Checks whether a file of this type may be set to the size in c->attr, if c->set contains the size; returns
 * 0 or the error to send.
 */
int vwr_vfiles_check_size_(const struct vwr_vfiles_call *c, uint8_t type);

/* Length of a device's tag in bytes; 0: there is no tag, or it is longer than `most`. */
uint32_t vwr_vfiles_measure_tag_(const char *tag, uint32_t most);

/* ---- vwr_vfiles_state.c ---- */

struct vwr_vstate;

#define VFILES_NO_PATH 0xffffu

/*
 * Stores the path of a file `header` bytes after the end of a state; returns its length, or VFILES_NO_PATH.
 */
uint16_t vwr_vfiles_get_path_(struct vwr_vfiles *f, const void *file, const struct vwr_vstate *s,
                              size_t header);

/* Whether a guest may walk all names in a saved path, and the type and flags of the file are valid. */
bool vwr_vfiles_is_file_(const uint8_t *path, uint32_t bytes, uint8_t type, uint8_t flags);

/*
 * Finds the file with a saved path, whose qid must have this type, and opens it if `opens` is set. Returns
 * its handle, and its qid in `c`, which is a free call with c->uid set. NULL: the file no longer exists.
 */
void *vwr_vfiles_find_(struct vwr_vfiles_call *c, const uint8_t *path, uint32_t bytes, uint8_t type,
                       bool opens, uint32_t flags);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef V9P_SESSION_H
#define V9P_SESSION_H

#include "host_vm.h"
#include "vwr/client/9p.h"
#include "vwr/v9p.h"
#include "vwr/p9.h"

/*
 * A guest's session with a 9p device, through the generated client. Messages are built and parsed field by
 * field, so that a test can send any message.
 */

#define SESSION_QUEUE HOST_VM_QUEUE_SIZE
#define SESSION_REQUESTS 4u
#define SESSION_FIDS 64u
#define SESSION_BYTES 65536u
#define SESSION_TAG "folder"

/* Lies in the guest's RAM. */
struct session_memory {
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t
        ring[VWR_CLIENT_SHARED_BYTES(SESSION_QUEUE, SESSION_REQUESTS, VWR_9P_CLIENT_REQUESTQ_SLOT, 14u)];
    uint8_t out[SESSION_BYTES];
    uint8_t in[SESSION_BYTES];
    uint8_t late_in[SESSION_REQUESTS][256]; /* answers to session_submit */
};

struct session {
    struct host_vm h;
    struct vwr_v9p device;
    struct vwr_v9p_fid fid[SESSION_FIDS];
    struct vwr_vmessage message[SESSION_REQUESTS];
    struct vwr_vfiles_call call[SESSION_REQUESTS];
    struct vwr_vseg seg[VWR_V9P_SEGS(SESSION_REQUESTS)];
    struct vwr_9p_client client;
    struct vwr_9p_client_requestq_call late[SESSION_REQUESTS];
    uint64_t own[VWR_REQUEST_OWN_BYTES(SESSION_QUEUE, SESSION_REQUESTS) / 8 + 1];
    struct session_memory *memory;
    uint32_t bytes;   /* bytes of the request being built */
    uint32_t room;    /* space for the answer */
    uint32_t at;      /* read offset in the answer */
    uint32_t written; /* bytes of the answer */
    uint8_t type;
    uint16_t tag;
};

/* A device over `files`, and a guest that has opened it. session_begin also starts a session of `msize`
 * with fid 0 as the root. */
struct session *session_open(const struct host_vm_format *format, struct vwr_vfiles *files);
struct session *session_begin(const struct host_vm_format *format, struct vwr_vfiles *files);
void session_close(struct session *s);
void session_reopen(struct session *s); /* the driver closes the device and opens it again */

/* Builds a request. */
void session_message(struct session *s, uint8_t type);
void session_put(struct session *s, unsigned bytes, uint64_t number);
void session_put_string(struct session *s, const char *text);
void session_put_bytes(struct session *s, const void *bytes, uint32_t n);
/* Sends it. Returns 0, the error in the answer, or -1 for an answer of 0 bytes. */
int session_send(struct session *s);
/* Asynchronous send and reap; reap returns -2 if no answer has arrived. `n`: index, below SESSION_REQUESTS */
void session_submit(struct session *s, unsigned n);
int session_reap(struct session *s, unsigned n);
/* Reads fields of the answer. */
uint64_t session_get(struct session *s, unsigned bytes);
const char *session_get_string(struct session *s);

/* Complete exchanges; they return 0 or an error. */
int session_version(struct session *s, uint32_t msize, const char *version);
int session_attach(struct session *s, uint32_t fid);
int session_walk(struct session *s, uint32_t fid, uint32_t newfid, const char *path);
int session_clunk(struct session *s, uint32_t fid);
int session_open_fid(struct session *s, uint32_t fid, uint32_t flags);
int session_create(struct session *s, uint32_t fid, const char *name, uint32_t flags, uint32_t mode);
int session_mkdir(struct session *s, uint32_t fid, const char *name, uint32_t mode);
int session_symlink(struct session *s, uint32_t fid, const char *name, const char *target);
int session_link(struct session *s, uint32_t folder, uint32_t fid, const char *name);
int session_renameat(struct session *s, uint32_t from, const char *name, uint32_t to, const char *second);
int session_unlinkat(struct session *s, uint32_t fid, const char *name, uint32_t flags);
int session_readlink(struct session *s, uint32_t fid, char *target, uint32_t room);
int session_truncate(struct session *s, uint32_t fid, uint64_t bytes);
int session_getattr(struct session *s, uint32_t fid, struct vwr_vfiles_attr *a, struct vwr_p9_qid *qid);
/* These return the number of bytes, or the negated error. */
int session_read(struct session *s, uint32_t fid, uint64_t offset, void *to, uint32_t bytes);
int session_write(struct session *s, uint32_t fid, uint64_t offset, const void *from, uint32_t bytes);
/* Sorted names of a folder without "." and "..", a newline after each; read in chunks of `count` bytes. */
int session_list(struct session *s, uint32_t fid, uint32_t count, char *text, size_t room);

#endif

/* SPDX-License-Identifier: MIT */
#ifndef FILES_H
#define FILES_H

#include "late.h"

#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

/*
 * Guests of a device that serves files: a tree in memory, the messages of a session, and the cases that 9P
 * and FUSE have in common. A class gives its messages in struct files_protocol.
 */

#define OUT GUEST_HIGH /* the request; IN has the answer */
#define IN (GUEST_HIGH + GUEST_HIGH_BYTES / 2)
#define ROOM ((uint32_t)(GUEST_HIGH_BYTES / 2))
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define FILES 16u
#define POOL VWR_VFILES_MEMORY_POOL(128 * 1024)
#define IMAGE_BYTES 20000u

struct files_protocol {
    size_t bytes;   /* of the VMM, which starts with struct files */
    unsigned queue; /* of requests */
    unsigned queues;
    uint32_t header;  /* bytes of one of a request */
    uint32_t request; /* bytes of a request to read, and of one to write before its data */
    uint32_t fields;  /* where fields of an answer start */
    uint32_t answer;  /* bytes of an error, and of an answer to read before its data */
    uint32_t made;    /* of the answer to mkdir */
    uint32_t cut;     /* bytes of a segment in which neither a header nor a field ends */
    uint32_t full;    /* files of a session that has all */
    unsigned often;   /* how often a wrong message is repeated */
    bool counts;      /* strings have their length before them; otherwise NUL ends them */
    int (*map)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
    int (*unmap)(struct vwr_vfiles *f, void *at, uint64_t length);
    struct vwr_vdev *(*init)(struct guest *g, struct vwr_vdev_setup *s);
    int (*answered)(struct guest *g);   /* after its length is known: an error number, or 0 */
    int (*hello)(struct guest *g);      /* starts a session without a file */
    void (*opens)(struct guest *g);     /* opens "image" in it, for reading and writing */
    int (*find_new)(struct guest *g);   /* looks up "new" */
    void (*open_all)(struct guest *g);  /* until the session has `full` files */
    void (*meanwhile)(struct guest *g); /* checks, while a session ends; or NULL */
    /* Make a request, which is not sent yet. */
    void (*begin_read)(struct guest *g, uint64_t offset, uint32_t count);
    void (*begin_write)(struct guest *g, uint64_t offset, uint32_t count);
    void (*begin_mkdir)(struct guest *g); /* of "new" */
    void (*begin_getattr)(struct guest *g);
    void (*begin_end)(struct guest *g);   /* of the session */
    void (*begin_close)(struct guest *g); /* of "image" */
};

struct files {
    const struct files_protocol *p;
    struct vwr_vfiles_memory tree;
    struct vwr_vfiles_memory_file file[FILES];
    struct vwr_vfiles_memory_entry entry[FILES];
    uint64_t pool[POOL / 8];
    uint8_t image[IMAGE_BYTES];
    uint32_t bytes; /* length of the request under construction */
    uint32_t answer;
    const uint32_t *used; /* fids, or nodes and open files */
    const vwr_count *refused;
    uint32_t opened;           /* those in use after `opens` */
    bool big;                  /* byte order of the guest */
    struct vwr_vfiles_ops ops; /* the tree's functions, with the replacements below */
    const struct vwr_vfiles_ops *real;
    bool later;    /* an operation that keeps its calls answers later */
    bool gives_up; /* cancel takes the call back */
    struct vwr_vfiles_call *kept[LATE_KEPT];
    uint64_t ticket[LATE_KEPT];
    unsigned keeps;
};

/* ---- messages ---- */

/*
 * Appends fields to the request, in the guest's byte order: a digit of `form` is the width of a number, 's' a
 * string, 'z' a number of 8 bytes that is 0.
 */
void files_put(struct guest *g, const char *form, const uint64_t *field);
#define PUT(g, form, ...) files_put(g, form, (const uint64_t[]){__VA_ARGS__})
#define TEXT(s) ((uint64_t)(uintptr_t)(s))

void files_put_bytes(struct guest *g, const void *bytes, uint32_t n);
void files_put_at(struct guest *g, uint32_t at, unsigned bytes, uint64_t number);
uint64_t files_get(struct guest *g, uint32_t at, unsigned bytes);

/* The first field of the request. */
void files_set_size(struct guest *g, uint32_t size);

void files_lend(struct guest *g, unsigned queue, uint32_t bytes, uint32_t room);
void files_serve(struct guest *g, unsigned queue);

/* Returns 0, an error number, or -1 for an answer of 0 bytes. */
int files_answered(struct guest *g, uint32_t room);
int files_send_all(struct guest *g, uint32_t bytes, uint32_t room);
int files_send(struct guest *g); /* the request, with its correct size */

/* Sends it, and the VMM answers later: with the result of `op`. */
void files_send_later(struct guest *g);
void files_answer_now(struct guest *g, unsigned number,
                      int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c));
int files_keep(struct files *m, struct vwr_vfiles_call *c);
int files_keep_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c);

/* ---- the device ---- */

static inline struct files *files_of(struct guest *g)
{
    return (struct files *)g->device;
}

static inline struct files *files_of_tree(struct vwr_vfiles *f)
{
    return (struct files *)(void *)((uint8_t *)f - offsetof(struct files, tree.files));
}

void files_work(struct guest *g); /* checks that the device works, and resets it before */
void files_begin_session(struct guest *g);
void files_start_late(struct guest *g); /* with an empty session; getattr can answer later */
void files_reset_queue(struct guest *g);

/* Runs the cases of files.c, and those of the class. */
int files_run(const char *name, const struct files_protocol *p, void (*works)(struct guest *g),
              const struct hostile_case *cases, unsigned count);

#endif

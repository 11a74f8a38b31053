/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/* Encoding of FUSE: reads numbers, names and nodes of a request, and writes a reply. */

/* ---- request ---- */

static uint64_t vfs_get(const struct vwr_vfs *v, const uint8_t *from, unsigned bytes)
{
    uint64_t number = 0;

    for (unsigned i = 0; i < bytes; i++)
        number = number << 8 | from[v->big ? i : bytes - 1u - i];
    return number;
}

int vwr_vfs_read_number_(struct vwr_vfs_call *x, unsigned bytes, uint64_t *number)
{
    uint8_t at[8];

    *number = 0;
    if (vwr_vmessage_read(x->call.message, at, bytes) < bytes)
        return VWR_P9_EPROTO;
    *number = vfs_get(x->server, at, bytes);
    return 0;
}

/* Each byte is loaded once, up to the NUL. */
static int vfs_copy_name(struct vwr_vfs_call *x, struct vwr_vfiles_name *name)
{
    uint32_t n = 0;
    int r;

    do
        r = vwr_vmessage_read(x->call.message, name->text + n, 1) != 0 ? 0 : VWR_P9_EPROTO;
    while (r == 0 && name->text[n] != '\0' && ++n < sizeof(name->text));
    vwr_vdev_charge(vfiles_dev(&x->call), n * VFS_WORK_BYTE, 0);
    name->bytes = (uint16_t)n;
    return r == 0 && n == sizeof(name->text) ? VWR_P9_ENAMETOOLONG : r;
}

/* The name must denote a single file in one folder, for any file system. */
static int vfs_read_name(struct vwr_vfs_call *x, struct vwr_vfiles_name *name)
{
    const int r = vfs_copy_name(x, name);

    if (r != 0)
        return r;
    return vwr_p9_is_name(name->text, name->bytes) && !vwr_p9_is_up(name->text, name->bytes) ? 0
                                                                                             : VWR_P9_EINVAL;
}

static int vfs_use(struct vwr_vfs_call *x, uint64_t number, struct vwr_vfs_node **node)
{
    *node = vwr_vfs_find_(x->server, number, VFS_NODE);
    if (*node != NULL && (*node)->file == NULL) /* the file was not found again when a state was loaded */
        *node = NULL;
    if (*node == NULL)
        return VWR_P9_ESTALE;
    (*node)->users++;
    return 0;
}

int vwr_vfs_use_open_(struct vwr_vfs_call *x, uint64_t number)
{
    x->open = vwr_vfs_find_(x->server, number, VFS_OPEN);
    if (x->open == NULL)
        return VWR_P9_EBADF;
    if (x->open->file == NULL && x->row->handle != vwr_vfs_release_) {
        x->open = NULL;
        return VWR_P9_ESTALE;
    }
    x->open->users++;
    x->call.file = x->open->file;
    x->call.flags = x->open->flags;
    return 0;
}

/* The NUL of the name ends the message. */
static int vfs_read_target(struct vwr_vfs_call *x)
{
    const uint32_t left = x->call.message->out.left;

    if (left < 2)
        return left == 0 ? VWR_P9_EPROTO : VWR_P9_ENOENT;
    if (left - 1u > VWR_VFILES_TARGET)
        return VWR_P9_ENAMETOOLONG;
    vfiles_set_out(&x->call);
    x->call.bytes = left - 1u;
    (void)vwr_reader_skip(&x->call.message->out, left);
    return 0;
}

static int vfs_skip(struct vwr_vfs_call *x, uint32_t bytes)
{
    return vwr_reader_skip(&x->call.message->out, bytes) == bytes ? 0 : VWR_P9_EPROTO;
}

static int vfs_parse_one(struct vwr_vfs_call *x, char form, unsigned *numbers)
{
    uint64_t number;
    int r;

    switch (form) {
    case 'n':
        return vfs_read_name(x, &x->call.name);
    case 'm':
        return vfs_read_name(x, &x->call.second);
    case 't':
        return vfs_read_target(x);
    case 'd':
        vfiles_set_out(&x->call);
        return 0;
    case '*':
        return 0;
    case '-':
        return vfs_skip(x, 4);
    case '=':
        return vfs_skip(x, 8);
    case 'g':
        r = vwr_vfs_read_number_(x, 8, &number);
        return r == 0 ? vfs_use(x, number, &x->to) : r;
    case 'h':
        r = vwr_vfs_read_number_(x, 8, &number);
        return r == 0 ? vwr_vfs_use_open_(x, number) : r;
    default:
        return vwr_vfs_read_number_(x, (unsigned)(form - '0'), &x->number[(*numbers)++]);
    }
}

int vwr_vfs_parse_(struct vwr_vfs_call *x)
{
    const char *form = x->row->form;
    unsigned numbers = 0;
    int r = 0;

    if ((x->row->flags & VFS_ALONE) == 0) {
        r = vfs_use(x, x->nodeid, &x->node);
        x->call.file = x->node != NULL ? x->node->file : NULL;
    }
    for (; r == 0 && *form != '\0'; form++)
        r = vfs_parse_one(x, *form, &numbers);
    if (r != 0 || x->call.message->out.left == 0)
        return r;
    return form != x->row->form && (form[-1] == 'd' || form[-1] == '*') ? 0 : VWR_P9_EPROTO;
}

/* From here on, the length in the header is used, limited to the number of bytes present. */
int vwr_vfs_read_header_(struct vwr_vfs_call *x, uint32_t *opcode)
{
    const uint32_t there = x->call.message->out.left;
    struct vwr_vfs *const v = x->server;
    uint8_t at[VWR_FUSE_HEADER];
    uint64_t bytes;

    (void)vwr_vmessage_read(x->call.message, at, sizeof(at));
    *opcode = (uint32_t)vwr_p9_get(at + 4, 4);
    if (*opcode == VWR_FUSE_INIT || *opcode == (uint32_t)VWR_FUSE_INIT << 24)
        v->big = *opcode != VWR_FUSE_INIT;
    bytes = vfs_get(v, at, 4);
    *opcode = (uint32_t)vfs_get(v, at + 4, 4);
    x->unique = vfs_get(v, at + 8, 8);
    x->nodeid = vfs_get(v, at + 16, 8);
    x->call.uid = (uint32_t)vfs_get(v, at + 24, 4);
    x->call.gid = (uint32_t)vfs_get(v, at + 28, 4);
    if (bytes < VWR_FUSE_HEADER || bytes > there)
        return VWR_P9_EPROTO;
    x->call.message->out.left = (uint32_t)bytes - VWR_FUSE_HEADER;
    return 0;
}

/* ---- answer ---- */

static void vfs_set(const struct vwr_vfs *v, uint8_t *to, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++, number >>= 8)
        to[v->big ? bytes - 1u - i : i] = (uint8_t)number;
}

void vwr_vfs_add_(struct vwr_vfs *v, uint64_t number, unsigned bytes)
{
    vfs_set(v, v->body + v->body_bytes, number, bytes);
    v->body_bytes = (uint16_t)(v->body_bytes + bytes);
}

void vwr_vfs_add_zeroes_(struct vwr_vfs *v, unsigned bytes)
{
    vwr_zero(v->body + v->body_bytes, bytes);
    v->body_bytes = (uint16_t)(v->body_bytes + bytes);
}

void vwr_vfs_write_entry_(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid, uint64_t next,
                          uint8_t type, const char *name, uint32_t bytes)
{
    struct vwr_vfs *const v = vfs_server(c);

    vwr_vfs_add_(v, qid->path, 8);
    vwr_vfs_add_(v, next, 8);
    vwr_vfs_add_(v, bytes, 4);
    vwr_vfs_add_(v, type, 4);
    vwr_copy(v->body + v->body_bytes, name, bytes);
    v->body_bytes = (uint16_t)(v->body_bytes + bytes);
    vwr_vfs_add_zeroes_(v, (VWR_FUSE_UNIT - bytes % VWR_FUSE_UNIT) % VWR_FUSE_UNIT);
    (void)vwr_vfiles_put(c, v->body, v->body_bytes);
    v->body_bytes = 0;
}

void vwr_vfs_write_answer_(struct vwr_vfs_call *x, int error)
{
    struct vwr_vfs *const v = x->server;
    struct vwr_vfiles_call *const c = &x->call;
    uint8_t header[VWR_FUSE_OUT_HEADER];
    uint32_t bytes;

    if (error != 0) {
        vwr_count_add(&v->stats.errors, 1);
        v->body_bytes = 0;
        c->moved = 0;
    }
    bytes = VWR_FUSE_OUT_HEADER + v->body_bytes + c->moved;
    vfs_set(v, header, bytes, 4);
    vfs_set(v, header + 4, error != 0 ? ~((uint32_t)error - 1u) : 0, 4); /* -error */
    vfs_set(v, header + 8, x->unique, 8);
    (void)vwr_writer_write(&c->head, header, VWR_FUSE_OUT_HEADER);
    (void)vwr_writer_write(&c->head, v->body, v->body_bytes);
    c->message->in.done = bytes;
    v->body_bytes = 0;
}

/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* Encoding of 9P2000.L: reads numbers, names and fids of a request, and writes a reply. */

/* ---- request ---- */

int vwr_v9p_read_number_(struct vwr_vfiles_call *c, unsigned bytes, uint64_t *number)
{
    uint8_t at[8];

    *number = 0;
    if (vwr_vmessage_read(c->message, at, bytes) < bytes)
        return VWR_P9_EPROTO;
    *number = vwr_p9_get(at, bytes);
    return 0;
}

static int v9p_read_string(struct vwr_vfiles_call *c, struct vwr_vfiles_name *name)
{
    uint64_t bytes;
    const int r = vwr_v9p_read_number_(c, 2, &bytes);

    name->bytes = 0;
    if (r != 0 || bytes > c->message->out.left)
        return VWR_P9_EPROTO;
    if (bytes > VWR_VFILES_NAME)
        return VWR_P9_ENAMETOOLONG;
    vwr_vdev_charge(v9p_dev(c), (uint32_t)bytes * V9P_WORK_BYTE, 0);
    name->bytes = (uint16_t)vwr_vmessage_read(c->message, name->text, (uint32_t)bytes);
    name->text[name->bytes] = '\0';
    return 0;
}

static int v9p_skip_string(struct vwr_vfiles_call *c)
{
    uint64_t bytes;
    const int r = vwr_v9p_read_number_(c, 2, &bytes);

    return r == 0 && vwr_reader_skip(&c->message->out, (uint32_t)bytes) == bytes ? 0 : VWR_P9_EPROTO;
}

/* A name denotes one file in one folder, for any file system. */
int vwr_v9p_read_name_(struct vwr_vfiles_call *c, struct vwr_vfiles_name *name, bool up)
{
    const int r = v9p_read_string(c, name);

    if (r != 0)
        return r;
    if (!vwr_p9_is_name(name->text, name->bytes))
        return VWR_P9_EINVAL;
    return vwr_p9_is_up(name->text, name->bytes) && !up ? VWR_P9_EINVAL : 0;
}

static int v9p_read_fid(struct vwr_vfiles_call *c, struct vwr_v9p_fid **fid)
{
    uint64_t number;
    const int r = vwr_v9p_read_number_(c, 4, &number);

    if (r != 0)
        return r;
    *fid = vwr_v9p_fid_find_(c->server, number);
    if (*fid == NULL || ((*fid)->state & V9P_FID_USED) == 0)
        return VWR_P9_EBADF;
    return ((*fid)->state & V9P_FID_ALONE) != 0 ? VWR_P9_EBUSY : 0;
}

/* Skips the data, which are not copied, and reads the fields that follow them. */
static int v9p_read_target(struct vwr_vfiles_call *c)
{
    uint64_t bytes;
    const int r = vwr_v9p_read_number_(c, 2, &bytes);

    if (r != 0 || bytes > c->message->out.left)
        return VWR_P9_EPROTO;
    if (bytes == 0 || bytes > VWR_VFILES_TARGET)
        return bytes == 0 ? VWR_P9_ENOENT : VWR_P9_ENAMETOOLONG;
    vfiles_set_out(c);
    c->bytes = (uint32_t)bytes;
    (void)vwr_reader_skip(&c->message->out, c->bytes);
    return 0;
}

static int v9p_parse_one(struct vwr_vfiles_call *c, char form, unsigned *numbers)
{
    switch (form) {
    case 'f':
        return v9p_read_fid(c, &c->fid);
    case 'g':
        return v9p_read_fid(c, &c->other);
    case 'n':
        return vwr_v9p_read_name_(c, &c->name, false);
    case 'm':
        return vwr_v9p_read_name_(c, &c->second, false);
    case 'w':
        return v9p_read_string(c, &c->name);
    case 's':
        return v9p_skip_string(c);
    case 't':
        return v9p_read_target(c);
    case 'd':
        vfiles_set_out(c);
        return 0;
    case 'o':
        (void)vwr_reader_skip(&c->message->out, sizeof(uint32_t));
        return 0;
    case '*':
        return 0;
    default:
        return vwr_v9p_read_number_(c, (unsigned)(form - '0'), &c->number[(*numbers)++]);
    }
}

int vwr_v9p_parse_(struct vwr_vfiles_call *c)
{
    const char *form = c->row->form;
    unsigned numbers = 0;
    int r = 0;

    for (; r == 0 && *form != '\0'; form++)
        r = v9p_parse_one(c, *form, &numbers);
    if (r != 0)
        return r;
    return c->message->out.left == 0 || form[-1] == 'd' || form[-1] == '*' ? 0 : VWR_P9_EPROTO;
}

/*
 * The message has a header. From here on, the length in the header is used, limited to the number of bytes
 * present.
 */
int vwr_v9p_read_header_(struct vwr_vfiles_call *c, uint8_t *type)
{
    const uint32_t bytes = c->message->out.left;
    uint64_t size;
    uint64_t number;

    *type = 0;
    c->tag = VWR_P9_NO_TAG;
    (void)vwr_v9p_read_number_(c, 4, &size);
    (void)vwr_v9p_read_number_(c, 1, &number);
    *type = (uint8_t)number;
    (void)vwr_v9p_read_number_(c, 2, &number);
    c->tag = (uint16_t)number;
    if (size < VWR_P9_HEADER || size > bytes)
        return VWR_P9_EPROTO;
    c->message->out.left = (uint32_t)size - VWR_P9_HEADER;
    return c->server->msize != 0 && size > c->server->msize ? VWR_P9_EMSGSIZE : 0;
}

/* ---- reply ---- */

void vwr_v9p_add_(struct vwr_v9p *v, uint64_t number, unsigned bytes)
{
    vwr_p9_put(v->body + v->body_bytes, number, bytes);
    v->body_bytes = (uint16_t)(v->body_bytes + bytes);
}

void vwr_v9p_add_string_(struct vwr_v9p *v, const char *text, uint32_t bytes)
{
    vwr_v9p_add_(v, bytes, 2);
    vwr_copy(v->body + v->body_bytes, text, bytes);
    v->body_bytes = (uint16_t)(v->body_bytes + bytes);
}

void vwr_v9p_add_qid_(struct vwr_v9p *v, const struct vwr_p9_qid *qid)
{
    vwr_v9p_add_(v, qid->type, 1);
    vwr_v9p_add_(v, qid->version, 4);
    vwr_v9p_add_(v, qid->path, 8);
}

void vwr_v9p_write_answer_(struct vwr_vfiles_call *c, int error)
{
    struct vwr_v9p *const v = c->server;
    uint32_t bytes;
    uint8_t header[VWR_P9_HEADER];

    if (error != 0) {
        vwr_count_add(&v->stats.errors, 1);
        v->body_bytes = 0;
        vwr_v9p_add_(v, (uint32_t)error, 4);
        c->moved = 0;
    }
    bytes = VWR_P9_HEADER + v->body_bytes + c->moved;
    vwr_p9_put(header, bytes, 4);
    header[4] = error != 0 ? VWR_P9_RLERROR : (uint8_t)(c->row->type + 1u);
    vwr_p9_put(header + 5, c->tag, 2);
    (void)vwr_writer_write(&c->head, header, VWR_P9_HEADER);
    (void)vwr_writer_write(&c->head, v->body, v->body_bytes);
    c->message->in.done = bytes;
    v->body_bytes = 0;
}

void vwr_v9p_write_entry_(struct vwr_vfiles_call *c, const struct vwr_p9_qid *qid, uint64_t next,
                          uint8_t type, const char *name, uint32_t bytes)
{
    struct vwr_v9p *const v = c->server;

    v->body_bytes = 0;
    vwr_v9p_add_qid_(v, qid);
    vwr_v9p_add_(v, next, 8);
    vwr_v9p_add_(v, type, 1);
    vwr_v9p_add_string_(v, name, bytes);
    (void)vwr_vfiles_put(c, v->body, v->body_bytes);
    v->body_bytes = 0;
}

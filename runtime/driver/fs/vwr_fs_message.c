/* SPDX-License-Identifier: MIT */
#include "fs_common.h"

/* FUSE messages as requests of the engine: encoding messages and checking replies. */

const struct vwr_fs_row vwr_fs_read_row = FS_ROW(READ, FS_IN, 0, READ);
const struct vwr_fs_row vwr_fs_write_row = FS_ROW(WRITE, FS_OUT, VWR_FUSE_WRITE_OUT, WRITE);
const struct vwr_fs_row vwr_fs_fsync_row = FS_ROW(FSYNC, FS_NO_DATA, 0, FSYNC);

#define FS_ERROR_MAX 4095u /* largest error number of Linux */

/* ---- requests ---- */

void vwr_fs_fill_(struct vwr_fs_request *x, const struct vwr_fs_row *row, uint64_t node)
{
    x->row = row;
    x->node = node;
    vwr_zero(x->number, sizeof(x->number));
    x->name_bytes[0] = 0;
    x->name_bytes[1] = 0;
    x->req.vec.bytes = 0;
    x->req.vec_count = 0;
}

void vwr_fs_set_data_(struct vwr_fs_request *x, uint64_t offset, void *data, uint32_t bytes)
{
    x->number[1] = offset;
    x->number[2] = bytes;
    x->data.p = data;
    x->data.bytes = bytes;
    x->req.vecs = &x->data;
    x->req.vec_count = 1;
}

static void fs_fill_file(struct vwr_fs_request *x, const struct vwr_fs_row *row,
                         const struct vwr_fs_file *file)
{
    vwr_fs_fill_(x, row, file->node);
    x->number[0] = file->number;
    x->session = file->session;
}

void vwr_fs_fill_read(struct vwr_fs_request *request, const struct vwr_fs_file *file, uint64_t offset,
                      void *data, uint32_t bytes)
{
    fs_fill_file(request, &vwr_fs_read_row, file);
    vwr_fs_set_data_(request, offset, data, bytes);
}

void vwr_fs_fill_write(struct vwr_fs_request *request, const struct vwr_fs_file *file, uint64_t offset,
                       const void *data, uint32_t bytes)
{
    fs_fill_file(request, &vwr_fs_write_row, file);
    vwr_fs_set_data_(request, offset, (void *)(uintptr_t)data, bytes);
}

void vwr_fs_fill_fsync(struct vwr_fs_request *request, const struct vwr_fs_file *file)
{
    fs_fill_file(request, &vwr_fs_fsync_row, file);
}

bool vwr_fs_set_name_(struct vwr_fs_request *x, unsigned n, const char *name)
{
    x->name[n] = name;
    return vwr_p9_measure_name(name, &x->name_bytes[n]);
}

/* Whether the session of the node or file exists. INIT is sent without a session. */
static int fs_check(const struct vwr_fs *p, struct vwr_fs_request *x)
{
    x->error = 0;
    x->count = 0;
    if (x->row->opcode == VWR_FUSE_INIT)
        return VWR_OK;
    if (x->session != p->session) {
        x->error = VWR_P9_ESTALE;
        return VWR_EIO;
    }
    if (p->io_bytes == 0)
        return VWR_EFAILED;
    return x->req.vec_count != 0 && x->number[2] > p->io_bytes ? VWR_EINVAL : VWR_OK;
}

/* ---- encoding ---- */

static uint8_t *fs_put(uint8_t *at, uint64_t number, unsigned bytes)
{
    vwr_p9_put(at, number, bytes);
    return at + bytes;
}

static uint8_t *fs_put_name(uint8_t *at, const struct vwr_fs_request *x, unsigned n)
{
    vwr_copy(at, x->name[n], x->name_bytes[n]);
    at[x->name_bytes[n]] = '\0';
    return at + x->name_bytes[n] + 1u;
}

/* The largest message fits: vwr_fs_set_name_ limits the names. */
static uint8_t *fs_put_fields(uint8_t *at, const struct vwr_fs_request *x)
{
    unsigned names = 0;
    unsigned n = 0;

    for (const char *form = x->row->form; *form != '\0'; form++) {
        if (*form == 'n' || *form == 'm')
            at = fs_put_name(at, x, names++);
        else if (*form == '-')
            at = fs_put(at, 0, sizeof(uint32_t));
        else if (*form == '=')
            at = fs_put(at, 0, sizeof(uint64_t));
        else if (*form != 'd' && *form != '*')
            at = fs_put(at, x->number[n++], *form == '4' ? sizeof(uint32_t) : sizeof(uint64_t));
    }
    return at;
}

static void fs_encode(const struct vwr_fs *p, struct vwr_fs_request *x, uint8_t *out)
{
    uint8_t *at = fs_put_fields(out + VWR_FUSE_HEADER, x);

    x->out_bytes = (uint16_t)(at - out);
    at = fs_put(out, x->out_bytes + (x->row->data == FS_OUT ? x->data.bytes : 0), sizeof(uint32_t));
    at = fs_put(at, x->row->opcode, sizeof(uint32_t));
    at = fs_put(at, x->unique, sizeof(uint64_t));
    at = fs_put(at, x->node, sizeof(uint64_t));
    at = fs_put(at, p->options.uid, sizeof(uint32_t));
    at = fs_put(at, p->options.gid, sizeof(uint32_t));
    (void)fs_put(at, 0, sizeof(uint64_t));
}

/*
 * The number is derived from the slot, so no other request in flight has the same number. Clears the reply's
 * header, so that bytes that the device does not write are not mistaken for a reply.
 */
static int fs_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_fs_request *const x = (void *)r;
    struct vwr_fs_slot *const s = shared;
    const struct vwr_fs *const p = (const void *)q->bringup;
    const size_t at = (size_t)((uint8_t *)shared - (uint8_t *)vwr_requestq_slot(q, 0)->shared);

    x->unique = at / sizeof(*s) * 2u + 2u; /* as in Linux, where odd numbers are used for interrupts */
    r->in = x->row->data == FS_IN;
    fs_encode(p, x, s->out);
    vwr_zero(s->in, VWR_FUSE_OUT_HEADER);
    return VWR_OK;
}

/*
 * The headers are segments of their own, as in Linux's virtio_fs_enqueue_req(): a device may accept nothing
 * else (quirk fs.four-descriptors). Linux sends FORGET as one segment.
 */
static void fs_form(const struct vwr_req *r, struct vwr_request_form *form)
{
    const struct vwr_fs_request *const x = (const void *)r;

    form->out = x->out_bytes;
    form->out_data = r->in ? 0 : r->bytes;
    form->first_at = __builtin_offsetof(struct vwr_fs_slot, in);
    if (x->row->data == FS_URGENT)
        return;
    form->head = VWR_FUSE_HEADER;
    form->first_head = VWR_FUSE_OUT_HEADER;
    form->first = r->in || x->row->answer == VWR_FUSE_OUT_HEADER ? VWR_FUSE_OUT_HEADER : VWR_FS_IN_BYTES;
}

/* ---- answers ---- */

static int fs_refused(struct vwr_requestq *q, struct vwr_fs_request *x, uint32_t error)
{
    const uint32_t number = ~error + 1u;

    if (number > FS_ERROR_MAX)
        return vwr_request_note(q, VWR_FAULT_FS_ANSWER, x->row->opcode, error);
    x->error = number;
    return vwr_request_note(q, VWR_FAULT_FS_REFUSED, x->row->opcode, number);
}

/* Gets the number of bytes in the reply, which must not exceed the requested number. */
static int fs_count(struct vwr_requestq *q, struct vwr_fs_request *x, const uint8_t *in, uint32_t size)
{
    uint32_t count = size - VWR_FUSE_OUT_HEADER;

    if (x->row->data == FS_NO_DATA)
        return VWR_OK;
    if (x->row->data == FS_OUT)
        count = (uint32_t)vwr_p9_get(in + VWR_FUSE_OUT_HEADER, sizeof(uint32_t));
    if (count > x->number[2])
        return vwr_request_note(q, VWR_FAULT_FS_COUNT, x->row->opcode, count);
    x->count = count;
    return VWR_OK;
}

static int fs_check_answer(struct vwr_requestq *q, struct vwr_fs_request *x, const uint8_t *in)
{
    const uint32_t size = (uint32_t)vwr_p9_get(in, sizeof(uint32_t));
    const uint32_t error = (uint32_t)vwr_p9_get(in + 4, sizeof(uint32_t));

    if (size < VWR_FUSE_OUT_HEADER || size > x->req.written || vwr_p9_get(in + 8, 8) != x->unique)
        return vwr_request_note(q, VWR_FAULT_FS_ANSWER, x->row->opcode, size);
    if (error != 0)
        return fs_refused(q, x, error);
    if (size < x->row->answer)
        return vwr_request_note(q, VWR_FAULT_FS_ANSWER, x->row->opcode, size);
    return fs_count(q, x, in, size);
}

/* Copies the reply once, and checks the copy. */
static void fs_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_fs *const p = (void *)q->bringup;
    const struct vwr_fs_slot *const s = shared;
    struct vwr_fs_request *const x = (void *)r;
    uint8_t in[VWR_FUSE_OUT_HEADER + VWR_FUSE_WRITE_OUT];

    if (x->row->data == FS_URGENT) {
        r->result = VWR_OK;
    } else if (x == &p->own) {
        vwr_copy(p->answer, s->in, sizeof(s->in));
        r->result = fs_check_answer(q, x, p->answer);
    } else {
        vwr_copy(in, s->in, sizeof(in));
        r->result = fs_check_answer(q, x, in);
    }
}

/* The size of the header is only needed so that slots have tables; `add` adds the whole chain. */
const struct vwr_request_class vwr_fs_class = {
    .header = sizeof(((struct vwr_fs_slot *)0)->out),
    .shared_bytes = sizeof(struct vwr_fs_slot),
    .prepare = fs_prepare,
    .form = fs_form,
    .finish = fs_finish,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* ---- sending ---- */

int vwr_fs_submit(struct vwr_fs_requestq *q, struct vwr_fs_request *request)
{
    int r = vwr_request_check_submit(&q->client.requests, &request->req);

    if (r == VWR_OK)
        r = fs_check((const void *)q->client.requests.bringup, request);
    return r == VWR_OK ? vwr_request_submit(&q->client.requests, &request->req) : r;
}

static struct vwr_requestq *fs_queue_of(struct vwr_fs *p, const struct vwr_fs_row *row)
{
    return row->data == FS_URGENT ? &p->hiprio.client.requests : &p->requests.client.requests;
}

int vwr_fs_begin_(struct vwr_fs *p, const struct vwr_fs_row *row, uint64_t number, uint32_t session)
{
    const int r =
        p->bringup.dev != NULL ? vwr_request_check_submit(fs_queue_of(p, row), &p->own.req) : VWR_EFAILED;

    if (r != VWR_OK)
        return r;
    vwr_fs_fill_(&p->own, row, number);
    p->own.session = session;
    return VWR_OK;
}

int vwr_fs_do_(struct vwr_fs *p)
{
    const int r = fs_check(p, &p->own);

    return r == VWR_OK ? vwr_request_do(fs_queue_of(p, p->own.row), &p->own.req) : r;
}

/* SPDX-License-Identifier: MIT */
#include "9p_common.h"

/* 9P2000.L messages as requests of the engine: encoding messages and checking replies. */

const struct vwr_9p_row vwr_9p_read_row = P9_ROW(READ, P9_IN, 4u);
const struct vwr_9p_row vwr_9p_write_row = P9_ROW(WRITE, P9_OUT, 4u);
const struct vwr_9p_row vwr_9p_fsync_row = P9_ROW(FSYNC, P9_NO_DATA, 0);

/* ---- requests ---- */

void vwr_9p_fill_(struct vwr_9p_request *x, const struct vwr_9p_row *row, int fid)
{
    x->row = row;
    x->number[0] = (uint32_t)fid;
    x->name_bytes[0] = 0;
    x->name_bytes[1] = 0;
    x->req.vec.bytes = 0;
    x->req.vec_count = 0;
}

void vwr_9p_set_data_(struct vwr_9p_request *x, uint64_t offset, void *data, uint32_t bytes)
{
    x->number[1] = offset;
    x->number[2] = bytes;
    x->data.p = data;
    x->data.bytes = bytes;
    x->req.vecs = &x->data;
    x->req.vec_count = 1;
}

void vwr_9p_fill_read(struct vwr_9p_request *request, int fid, uint64_t offset, void *data, uint32_t bytes)
{
    vwr_9p_fill_(request, &vwr_9p_read_row, fid);
    vwr_9p_set_data_(request, offset, data, bytes);
}

void vwr_9p_fill_write(struct vwr_9p_request *request, int fid, uint64_t offset, const void *data,
                       uint32_t bytes)
{
    vwr_9p_fill_(request, &vwr_9p_write_row, fid);
    vwr_9p_set_data_(request, offset, (void *)(uintptr_t)data, bytes);
}

void vwr_9p_fill_fsync(struct vwr_9p_request *request, int fid)
{
    vwr_9p_fill_(request, &vwr_9p_fsync_row, fid);
    request->number[1] = 0; /* not only the data: the attributes are also written */
}

static int p9_check_fid(const struct vwr_9p *p, struct vwr_9p_request *x, uint64_t fid)
{
    if (fid >= VWR_9P_FIDS || p->fid[fid].state < P9_USED)
        return VWR_EINVAL;
    if (p->fid[fid].state != P9_STALE) /* if the fid is not stale, there is a session */
        return VWR_OK;
    x->error = VWR_P9_ESTALE;
    return VWR_EIO;
}

/* Checks the caller's arguments, once for each submit. */
static int p9_check(const struct vwr_9p *p, struct vwr_9p_request *x)
{
    unsigned n = 0;
    int r = VWR_OK;

    x->error = 0;
    x->count = 0;
    for (const char *form = x->row->form; r == VWR_OK && *form != '\0'; form++) {
        if (*form == 'f' || *form == 'g')
            r = p9_check_fid(p, x, x->number[n]);
        n += *form == 'f' || *form == 'g' || *form < 'a';
    }
    if (r == VWR_OK && x->row->data != P9_NO_DATA && x->number[2] > p->msize - P9_WRITE_HEADER)
        return VWR_EINVAL;
    return r;
}

/* ---- encoding ---- */

static uint8_t *p9_put_string(uint8_t *at, const char *text, uint32_t bytes)
{
    vwr_p9_put(at, bytes, sizeof(uint16_t));
    vwr_copy(at + sizeof(uint16_t), text, bytes);
    return at + sizeof(uint16_t) + bytes;
}

/* Encodes the names in a path, which vwr_9p_walk() has checked and counted. */
static uint8_t *p9_put_names(uint8_t *at, const struct vwr_9p_request *x)
{
    const char *const end = x->name[0] + x->name_bytes[0];

    for (const char *text = x->name[0]; text < end; text++) {
        uint32_t bytes = 0;

        while (text + bytes < end && text[bytes] != '/')
            bytes++;
        if (bytes != 0)
            at = p9_put_string(at, text, bytes);
        text += bytes;
    }
    return at;
}

/* The largest message fits: vwr_9p_set_name_ and vwr_9p_walk limit the names. */
static void p9_encode(struct vwr_9p_request *x, uint8_t *out)
{
    uint8_t *at = out + VWR_P9_HEADER;
    unsigned names = 0;
    unsigned n = 0;

    for (const char *form = x->row->form; *form != '\0'; form++) {
        const bool is_word = *form == 'f' || *form == 'g' || *form == 'o';
        const unsigned bytes = is_word ? sizeof(uint32_t) : (unsigned)(*form - '0');

        if (*form == '*') {
            at = p9_put_names(at, x);
        } else if (is_word || bytes <= sizeof(uint64_t)) {
            vwr_p9_put(at, x->number[n++], bytes);
            at += bytes;
        } else if (*form != 'd') {
            at = p9_put_string(at, x->name[names], x->name_bytes[names]);
            names++;
        }
    }
    x->out_bytes = (uint16_t)(at - out);
    vwr_p9_put(out, x->out_bytes + (x->row->data == P9_OUT ? x->data.bytes : 0), sizeof(uint32_t));
    out[4] = x->row->type;
    vwr_p9_put(out + 5, x->tag, sizeof(x->tag));
}

/*
 * The tag is derived from the slot, so no other request in flight has the same tag. Clears the reply's
 * header, so that bytes that the device does not write are not mistaken for a reply.
 */
static int p9_prepare(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_9p_request *const x = (void *)r;
    struct vwr_9p_slot *const s = shared;
    const size_t at = (size_t)((uint8_t *)shared - (uint8_t *)vwr_requestq_slot(q, 0)->shared);

    VWR_STATIC_ASSERT(VWR_9P_REQUESTS * VWR_9P_SLOT_BYTES / sizeof(*s) < VWR_P9_NO_TAG, "a tag each");
    x->tag = x->row->type == VWR_P9_TVERSION ? VWR_P9_NO_TAG : (uint16_t)(at / sizeof(*s));
    r->in = x->row->data == P9_IN;
    p9_encode(x, s->out);
    vwr_zero(s->in, VWR_P9_IO_HEADER);
    return VWR_OK;
}

/* The first part of a reply with data is as long as an error reply. */
static void p9_form(const struct vwr_req *r, struct vwr_request_form *form)
{
    const struct vwr_9p_request *const x = (const void *)r;

    form->out = x->out_bytes;
    form->out_data = r->in ? 0 : r->bytes;
    form->first = r->in ? VWR_P9_IO_HEADER : VWR_9P_IN_BYTES;
    form->first_at = __builtin_offsetof(struct vwr_9p_slot, in);
}

/* ---- answers ---- */

/* Gets an error of the server, which the reply contains instead of its fields. */
static int p9_refused(struct vwr_requestq *q, struct vwr_9p_request *x, const uint8_t *in, uint32_t size)
{
    x->error = (uint32_t)vwr_p9_get(in + VWR_P9_HEADER, sizeof(uint32_t));
    if (size >= VWR_P9_IO_HEADER && x->error != 0)
        return vwr_request_note(q, VWR_FAULT_9P_REFUSED, x->row->type, x->error);
    x->error = 0;
    return vwr_request_note(q, VWR_FAULT_9P_ANSWER, x->row->type, size);
}

/*
 * Gets the number of bytes or names in the reply, which must not exceed the requested number, and must all be
 * present.
 */
static int p9_count(struct vwr_requestq *q, struct vwr_9p_request *x, const uint8_t *in, uint32_t size)
{
    const bool walks = x->row->type == VWR_P9_TWALK;
    const uint32_t count =
        (uint32_t)vwr_p9_get(in + VWR_P9_HEADER, walks ? sizeof(uint16_t) : sizeof(uint32_t));
    uint64_t bytes = x->row->data == P9_OUT ? 0 : count;

    if (!walks && x->row->data == P9_NO_DATA)
        return VWR_OK;
    bytes = (walks ? bytes * VWR_P9_QID : bytes) + x->row->answer;
    if (count > x->number[2] || bytes > size)
        return vwr_request_note(q, VWR_FAULT_9P_COUNT, x->row->type, count);
    x->count = count;
    return VWR_OK;
}

static int p9_check_answer(struct vwr_requestq *q, struct vwr_9p_request *x, const uint8_t *in)
{
    const uint32_t size = (uint32_t)vwr_p9_get(in, sizeof(uint32_t));

    if (size < VWR_P9_HEADER || size > x->req.written || vwr_p9_get(in + 5, sizeof(x->tag)) != x->tag)
        return vwr_request_note(q, VWR_FAULT_9P_ANSWER, x->row->type, size);
    if (in[4] == VWR_P9_RLERROR)
        return p9_refused(q, x, in, size);
    if (in[4] != x->row->type + 1u)
        return vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, x->row->type, in[4]);
    if (size < x->row->answer)
        return vwr_request_note(q, VWR_FAULT_9P_ANSWER, x->row->type, size);
    return p9_count(q, x, in, size);
}

/* Copies the reply once, and checks the copy. */
static void p9_finish(struct vwr_requestq *q, struct vwr_req *r, void *shared)
{
    struct vwr_9p *const p = (void *)q->bringup;
    const struct vwr_9p_slot *const s = shared;
    struct vwr_9p_request *const x = (void *)r;
    uint8_t in[VWR_P9_IO_HEADER];

    if (x == &p->own) {
        vwr_copy(p->answer, s->in, sizeof(s->in));
        r->result = p9_check_answer(q, x, p->answer);
    } else {
        vwr_copy(in, s->in, sizeof(in));
        r->result = p9_check_answer(q, x, in);
    }
}

/* The size of the header is only needed so that slots have tables; `add` adds the whole chain. */
const struct vwr_request_class vwr_9p_class = {
    .header = sizeof(((struct vwr_9p_slot *)0)->out),
    .shared_bytes = sizeof(struct vwr_9p_slot),
    .prepare = p9_prepare,
    .form = p9_form,
    .finish = p9_finish,
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

/* ---- sending ---- */

int vwr_9p_submit(struct vwr_9p_requestq *q, struct vwr_9p_request *request)
{
    int r = vwr_request_check_submit(&q->client.requests, &request->req);

    if (r == VWR_OK)
        r = p9_check((const void *)q->client.requests.bringup, request);
    return r == VWR_OK ? vwr_request_submit(&q->client.requests, &request->req) : r;
}

int vwr_9p_begin_(struct vwr_9p *p, const struct vwr_9p_row *row, int fid)
{
    const int r = p->bringup.dev != NULL ? vwr_request_check_submit(&p->requests.client.requests, &p->own.req)
                                         : VWR_EFAILED;

    if (r == VWR_OK)
        vwr_9p_fill_(&p->own, row, fid);
    return r;
}

int vwr_9p_do_(struct vwr_9p *p)
{
    const int r = p9_check(p, &p->own);

    return r == VWR_OK ? vwr_request_do(&p->requests.client.requests, &p->own.req) : r;
}

/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/p9.h"

/*
 * The parser of 9P2000.L: vwr_vp9_message.c, for messages of any length and content. The reader of segments
 * is replaced: it leaves in the caller's memory what is there, which is any value, and never gives more bytes
 * than are left.
 */
#undef VWR_P9_NAME
#define VWR_P9_NAME 3u

#include "vwr_vp9_message.c"
#include "vwr_vp9_request.c" /* its table of messages is static */

uint32_t vwr_reader_read(struct vwr_reader *r, void *to, uint32_t n)
{
    n = n < r->left ? n : r->left;
    prove_that(prove_writable(to, n));
    r->left -= n;
    return n;
}

uint32_t vwr_reader_skip(struct vwr_reader *r, uint32_t n)
{
    n = n < r->left ? n : r->left;
    r->left -= n;
    return n;
}

/* A name that was read ends within its memory. */
static void check_name(const struct vwr_v9p_name *name)
{
    prove_that(name->bytes <= VWR_V9P_NAME && name->text[name->bytes] == '\0');
}

static struct vwr_v9p server;
static struct vwr_v9p_fid fid;

struct vwr_v9p_fid *vwr_v9p_fid_find(struct vwr_v9p *v, uint64_t number)
{
    PROVE_ANY(bool, found);
    PROVE_ANY(uint8_t, state);

    (void)v, (void)number;
    fid.state = state;
    return found ? &fid : NULL;
}

static void parse_row(const struct vwr_v9p_row *row)
{
    PROVE_ANY(struct vwr_v9p_call, call);
    PROVE_ANY(struct vwr_vmessage, message);
    PROVE_ANY(uint32_t, msize);
    const uint32_t left = message.out.left;
    uint8_t type;

    prove_assume(left >= VWR_P9_HEADER);
    server.msize = msize;
    call.server = &server;
    call.message = &message;
    if (vwr_v9p_read_header(&call, &type) != 0)
        return;
    prove_that(message.out.left <= left - VWR_P9_HEADER);
    call.row = row;
    call.name.bytes = call.second.bytes = 0;
    call.name.text[0] = call.second.text[0] = '\0';
    if (vwr_v9p_parse(&call) != 0)
        return;
    check_name(&call.name);
    check_name(&call.second);
}

/* Each message of the table. */
void parse_9p(void)
{
    for (unsigned i = 0; i < sizeof(v9p_rows) / sizeof(v9p_rows[0]); i++)
        parse_row(&v9p_rows[i]);
}

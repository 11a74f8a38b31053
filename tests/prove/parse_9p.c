/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/p9.h"
#include "vwr/v9p.h"

/* The parser of 9P2000.L: vwr_v9p_message.c, for messages of any length and content. */
#undef VWR_P9_NAME
#define VWR_P9_NAME 7u

#include "vwr_v9p_message.c"
#include "vwr_v9p_request.c" /* its table of messages is static */
#include "any_reader.h"

#define NUMBERS (sizeof(((struct vwr_vfiles_call *)NULL)->number) / sizeof(uint64_t))

static struct vwr_v9p server;
static struct vwr_v9p_fid fid;

struct vwr_v9p_fid *vwr_v9p_fid_find_(struct vwr_v9p *v, uint64_t number)
{
    PROVE_ANY(bool, found);
    PROVE_ANY(uint8_t, state);

    (void)v, (void)number;
    fid.state = state;
    return found ? &fid : NULL;
}

/* The length in the header counts if the message has at least this many bytes. */
void header_9p(void)
{
    PROVE_ANY(struct vwr_vfiles_call, call);
    PROVE_ANY(struct vwr_vmessage, message);
    PROVE_ANY(uint32_t, msize);
    const uint32_t left = message.out.left;
    uint8_t type;

    prove_assume(left >= VWR_P9_HEADER); /* vwr_v9p_request_() refuses others */
    server.msize = msize;
    call.server = &server;
    call.message = &message;
    (void)vwr_v9p_read_header_(&call, &type);
    prove_that(message.out.left <= left - VWR_P9_HEADER);
}

/* A field, in a message that continues or ends there. */
static void parse_field(char field)
{
    PROVE_ANY(struct vwr_vfiles_call, call);
    PROVE_ANY(struct vwr_vmessage, message);
    const char form[] = {field, '\0'};
    const struct vwr_v9p_row row = {.form = form};
    const uint32_t left = message.out.left;

    call.server = &server;
    call.message = &message;
    call.row = &row;
    current = &call;
    if (vwr_v9p_parse_(&call) != 0)
        return;
    prove_that(message.out.left <= left);
    if (field == 'n')
        check_name(&call.name);
    if (field == 'm')
        check_name(&call.second);
    if (field == 'w')
        check_string(&call.name);
    if (field == 't')
        prove_that(call.has_out && call.bytes != 0 && call.bytes <= call.out.left);
    if (field == 'f')
        prove_that(call.fid == &fid);
}

/*
 * Each field of the messages of the table. Fields are read one after the other, and a number goes to its own
 * place: the table's messages have no more than there are.
 */
void parse_9p(void)
{
    static const char fields[] = "fgnmwst1248od*";

    for (unsigned i = 0; i < sizeof(v9p_rows) / sizeof(v9p_rows[0]); i++) {
        unsigned numbers = 0;

        for (const char *at = v9p_rows[i].form; *at != '\0'; at++) {
            prove_that(has_field(fields, *at));
            numbers += *at >= '1' && *at <= '8' ? 1u : 0u;
        }
        prove_that(numbers <= NUMBERS);
    }
    for (const char *field = fields; *field != '\0'; field++)
        parse_field(*field);
}

/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/p9.h"

/* The parser of FUSE: vwr_vfs_message.c, for messages of any length and content. */
#undef VWR_P9_NAME
#define VWR_P9_NAME 7u

#include "vwr_vfs_message.c"
#include "vwr_vfs_request.c" /* its table of messages is static */
#include "any_reader.h"

#define NUMBERS (sizeof(((struct vwr_vfs_call *)NULL)->number) / sizeof(uint64_t))

static struct vwr_vfs server;
static struct vwr_vfs_node node;
static char file;

struct vwr_vfs_node *vwr_vfs_find_(struct vwr_vfs *v, uint64_t number, uint8_t kind)
{
    PROVE_ANY(bool, found);
    PROVE_ANY(bool, has_file);

    (void)v, (void)number, (void)kind;
    node.file = has_file ? &file : NULL;
    return found ? &node : NULL;
}

/* The length in the header counts if the message has at least this many bytes. */
void fuse_header(void)
{
    PROVE_ANY(struct vwr_vfs_call, call);
    PROVE_ANY(struct vwr_vmessage, message);
    const uint32_t left = message.out.left;
    uint32_t opcode;

    prove_assume(left >= VWR_FUSE_HEADER); /* vwr_vfs_request_() refuses others */
    call.server = &server;
    call.call.message = &message;
    if (vwr_vfs_read_header_(&call, &opcode) == 0)
        prove_that(message.out.left <= left - VWR_FUSE_HEADER);
    else
        prove_that(message.out.left == left - VWR_FUSE_HEADER);
}

/* A field, in a message that continues or ends there. */
static void parse_field(char field)
{
    PROVE_ANY(struct vwr_vfs_call, call);
    PROVE_ANY(struct vwr_vmessage, message);
    PROVE_ANY(struct vwr_vfs_row, row);
    PROVE_ANY(bool, big);
    const char form[] = {field, '\0'};
    const uint32_t left = message.out.left;

    server.big = big;
    message.service = &server.service.service;
    call.server = &server;
    call.call.message = &message;
    call.row = &row;
    current = &call.call;
    row.form = form;
    row.handle = NULL;
    if (vwr_vfs_parse_(&call) != 0)
        return;
    prove_that(message.out.left <= left);
    if (field == 'n')
        check_name(&call.call.name);
    if (field == 'm')
        check_name(&call.call.second);
    if (field == 't')
        prove_that(call.call.has_out && call.call.bytes < call.call.out.left);
    if (field == 'h')
        prove_that(call.open == &node && call.call.file == node.file);
}

/*
 * Each field of the messages of the table. Fields are read one after the other, and a number goes to its own
 * place: the table's messages have no more than there are.
 */
void parse_fuse(void)
{
    static const char fields[] = "nmt48-=ghd*";

    for (unsigned i = 0; i < sizeof(vfs_rows) / sizeof(vfs_rows[0]); i++) {
        unsigned numbers = 0;

        for (const char *at = vfs_rows[i].form; *at != '\0'; at++) {
            prove_that(has_field(fields, *at));
            numbers += *at == '4' || *at == '8' ? 1u : 0u;
        }
        prove_that(numbers <= NUMBERS);
    }
    for (const char *field = fields; *field != '\0'; field++)
        parse_field(*field);
}

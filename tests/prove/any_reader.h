/* SPDX-License-Identifier: MIT */
#ifndef ANY_READER_H
#define ANY_READER_H

/*
 * A message with arbitrary bytes, which replaces the reader of segments. It does not modify the caller's
 * memory, whose value is arbitrary unless the harness sets it, and never returns more bytes than are left.
 */
static const struct vwr_vfiles_call *current; /* its names are what is read into it */

static bool is_of_name(const struct vwr_vfiles_name *name, const void *to, uint32_t n)
{
    const char *const at = to;

    return at >= name->text && at <= name->text + sizeof(name->text) &&
           n <= (size_t)(name->text + sizeof(name->text) - at);
}

uint32_t vwr_reader_read(struct vwr_reader *r, void *to, uint32_t n)
{
    n = n < r->left ? n : r->left;
    prove_that(prove_writable(to, n));
    prove_that(!__CPROVER_same_object(to, current) || is_of_name(&current->name, to, n) ||
               is_of_name(&current->second, to, n));
    r->left -= n;
    return n;
}

uint32_t vwr_reader_skip(struct vwr_reader *r, uint32_t n)
{
    n = n < r->left ? n : r->left;
    r->left -= n;
    return n;
}

/* Whether a message of this form has the field. */
static bool has_field(const char *form, char field)
{
    while (*form != '\0' && *form != field)
        form++;
    return *form == field;
}

/* A string that was read is terminated within its memory. */
static void check_string(const struct vwr_vfiles_name *name)
{
    prove_that(name->bytes <= VWR_VFILES_NAME && name->text[name->bytes] == '\0');
}

/* A name must also be valid in a folder. */
static void check_name(const struct vwr_vfiles_name *name)
{
    check_string(name);
    prove_that(vwr_p9_is_name(name->text, name->bytes) && !vwr_p9_is_up(name->text, name->bytes));
}

#endif

/* SPDX-License-Identifier: MIT */
#include "find_common.h"

/* Register blocks on a command line, in Linux syntax: virtio_mmio.device=512@0xa000000:48 */

#define LINE_BASE_OCTAL 8u
#define LINE_BASE 10u
#define LINE_BASE_HEX 16u

static unsigned line_digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    c |= 'a' ^ 'A';
    return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + LINE_BASE : LINE_BASE_HEX;
}

/* Parses the digits of a number in a base; false: there are none or too many. */
static bool line_digits(const char **at, unsigned base, uint64_t *v)
{
    const char *const first = *at;

    for (*v = 0; line_digit(**at) < base; ++*at) {
        if (*v >> 60 != 0) /* 4 bits for a digit of the largest base */
            return false;
        *v = *v * base + line_digit(**at);
    }
    return *at != first;
}

/* Parses a number in C syntax. */
static bool line_number(const char **at, uint64_t *v)
{
    if (**at != '0')
        return line_digits(at, LINE_BASE, v);
    if (((*at)[1] | ('a' ^ 'A')) != 'x')
        return line_digits(at, LINE_BASE_OCTAL, v);
    *at += 2;
    return line_digits(at, LINE_BASE_HEX, v);
}

#define LINE_KILO 1024u

/* Parses a number with an optional unit, as Linux's memparse() does. */
static bool line_bytes(const char **at, uint64_t *v)
{
    static const char units[] = "kmgtpe";

    if (!line_number(at, v))
        return false;
    for (unsigned i = 0; units[i] != '\0'; i++)
        if ((**at | ('a' ^ 'A')) == units[i]) {
            ++*at;
            for (unsigned left = i + 1; left != 0; left--) {
                if (*v > ~(uint64_t)0 / LINE_KILO)
                    return false;
                *v *= LINE_KILO;
            }
            break;
        }
    return true;
}

static bool line_takes(const char **at, char c)
{
    const bool is_there = **at == c;

    *at += is_there ? 1 : 0;
    return is_there;
}

static bool line_is_end(char c)
{
    return c == '\0' || c == ' ' || c == '\t' || c == '\n';
}

/* Finds the end of a parameter. White space between quotes does not end it. */
static const char *line_behind(const char *at)
{
    bool is_quoted = false;

    for (; *at != '\0' && (is_quoted || !line_is_end(*at)); at++)
        is_quoted ^= *at == '"';
    return at;
}

/* Parses the value of the parameter, after the "=". The interrupt and the ID are decimal; interrupt 0 means
 * that there is none. */
static bool line_device(const char *at, uint64_t *where, uint64_t *bytes, uint64_t *interrupt)
{
    uint64_t id;

    (void)line_takes(&at, '"');
    if (!line_bytes(&at, bytes) || !line_takes(&at, '@') || !line_number(&at, where) ||
        !line_takes(&at, ':') || !line_digits(&at, LINE_BASE, interrupt) || *interrupt == 0 ||
        *interrupt >> 32 != 0 || (line_takes(&at, ':') && !line_digits(&at, LINE_BASE, &id)))
        return false;
    (void)line_takes(&at, '"');
    return line_is_end(*at);
}

/* Returns the value of the parameter; NULL: a different parameter. In a name, "-" is "_". */
static const char *line_parameter(const char *at)
{
    (void)line_takes(&at, '"');
    for (const char *name = "virtio_mmio.device="; *name != '\0'; name++, at++)
        if (*at != *name && !(*name == '_' && *at == '-'))
            return NULL;
    return at;
}

/* f->entry is an offset in the command line. */
static int find_in_line(struct vwr_find *f, struct vwr_found *found)
{
    const char *const line = vwr_find_source_of(f)->from;

    while (line[f->entry] != '\0') {
        const char *at = line + f->entry;
        const char *parameter;
        uint64_t where, bytes, interrupt;
        int r;

        if (line_is_end(*at)) {
            f->entry++;
            continue;
        }
        if (at[0] == '-' && at[1] == '-' && line_is_end(at[2]))
            return 0; /* the remaining parameters are for the init process */
        f->entry = (size_t)(line_behind(at) - line);
        parameter = line_parameter(at);
        if (parameter == NULL)
            continue;
        f->at = (uint64_t)(at - line);
        if (!line_device(parameter, &where, &bytes, &interrupt))
            return vwr_find_fail(f, VWR_FIND_TEXT, VWR_EINVAL);
        r = vwr_find_block_(f, found, where, bytes);
        found->interrupt.count = r > 0;
        found->interrupt.cell[0] = (uint32_t)interrupt;
        return r;
    }
    return 0;
}

static void find_explain_line(const struct vwr_find *f, struct vwr_text *t)
{
    const char *at = (const char *)vwr_find_source_of(f)->from;

    if (f->fault != VWR_FIND_TEXT) {
        vwr_find_explain_block_(f, t);
        return;
    }
    vwr_text_str(t, "command line: ");
    for (const char *const end = line_behind(at += f->at); at < end; at++)
        vwr_text_char(t, *at);
    vwr_text_str(t,
                 " is not virtio_mmio.device=<bytes>@<address>:<interrupt>[:<id>] with a decimal interrupt "
                 "from 1 on");
}

const struct vwr_find_kind vwr_find_command_line = {.next = find_in_line,
                                                    .explain = VWR_WORDS(find_explain_line)};

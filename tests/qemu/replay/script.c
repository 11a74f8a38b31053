/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script.h"

struct script {
    FILE *file;
    const char *path;
    unsigned line;
    char text[2 * SCRIPT_BYTES + 256];
    char *at; /* rest of the line */
    bool again;
};

_Noreturn void script_bad(const struct script *s, const char *why)
{
    fprintf(stderr, "%s:%u: %s\n", s->path, s->line, why);
    exit(2);
}

/* The next line that is no comment, without its line end. */
static bool line_of(struct script *s)
{
    if (s->again) {
        s->again = false;
        s->at = s->text;
        return true;
    }
    do {
        if (fgets(s->text, sizeof(s->text), s->file) == NULL)
            return false;
        s->line++;
        if (strchr(s->text, '\n') == NULL)
            script_bad(s, "a line without an end, or longer than any should be");
        *strchr(s->text, '\n') = '\0';
    } while (s->text[0] == '#' || s->text[0] == '\0');
    s->at = s->text;
    return true;
}

static const char *word(struct script *s)
{
    char *const begin = s->at;
    char *const end = strchr(begin, ' ');

    if (*begin == '\0')
        script_bad(s, "something is missing");
    s->at = end != NULL ? end + 1 : begin + strlen(begin);
    if (end != NULL)
        *end = '\0';
    return begin;
}

static uint64_t number(struct script *s)
{
    const char *const text = word(s);
    char *end;
    const uint64_t value = strtoull(text, &end, 0);

    if (*end != '\0')
        script_bad(s, "not a number");
    return value;
}

static int digit(char c)
{
    const char *const digits = "0123456789abcdef";
    const char *const at = c != '\0' ? strchr(digits, c) : NULL;

    return at != NULL ? (int)(at - digits) : -1;
}

static size_t hex(struct script *s, uint8_t *to, size_t room)
{
    const char *const text = word(s);
    const size_t n = strlen(text) / 2;

    if (n > room || strlen(text) % 2 != 0)
        script_bad(s, "too many digits, or half a byte");
    for (size_t i = 0; i < n; i++) {
        const int high = digit(text[2 * i]);
        const int low = digit(text[2 * i + 1]);

        if (high < 0 || low < 0)
            script_bad(s, "not a digit");
        to[i] = (uint8_t)(high * 16 + low);
    }
    return n;
}

static void copy_word(struct script *s, char *to, size_t room)
{
    const char *const text = word(s);

    if (strlen(text) >= room)
        script_bad(s, "a name that is too long");
    memcpy(to, text, strlen(text) + 1);
}

/* Parses a setting in the head. false: the first event was reached. */
static bool setting(struct script *s, struct script_device *d)
{
    const char *const name = word(s);

    if (strcmp(name, "version") == 0)
        d->version = (uint32_t)number(s);
    else if (strcmp(name, "vendor") == 0)
        d->vendor = (uint32_t)number(s);
    else if (strcmp(name, "queue-max") == 0)
        d->queue_max = (uint32_t)number(s);
    else if (strcmp(name, "offer") == 0)
        d->offer = number(s);
    else if (strcmp(name, "config") == 0)
        d->config_bytes = hex(s, d->config, sizeof(d->config));
    else if (strcmp(name, "ram") == 0)
        d->ram = number(s), d->ram_bytes = number(s);
    else if (strcmp(name, "disk") == 0)
        d->sectors = number(s);
    else if (strcmp(name, "serial") == 0)
        copy_word(s, d->serial, sizeof(d->serial));
    else if (strcmp(name, "at-once") == 0)
        d->at_once = true;
    else
        return false;
    return true;
}

struct script *script_open(const char *path, struct script_device *d)
{
    struct script *const s = calloc(1, sizeof(*s));

    memset(d, 0, sizeof(*d));
    if (s == NULL)
        abort();
    s->path = path;
    s->file = fopen(path, "r");
    if (s->file == NULL)
        script_bad(s, "cannot be read");
    while (line_of(s)) {
        char *const space = strchr(s->text, ' ');

        if (!setting(s, d)) {
            if (space != NULL)
                *space = ' ';
            s->again = true;
            break;
        }
    }
    if (d->version == 0 || d->ram_bytes == 0 || d->sectors == 0 || d->queue_max == 0)
        script_bad(s, "the head does not say what the device is");
    return s;
}

static void content(struct script *s, struct script_content *c)
{
    c->kind = word(s)[0];
    switch (c->kind) {
    case 'x':
        c->bytes = hex(s, c->byte, sizeof(c->byte));
        break;
    case 'p':
        c->first = number(s);
        c->bytes = (size_t)number(s);
        break;
    case 'z':
        c->bytes = (size_t)number(s);
        break;
    case 'n':
        c->first = number(s);
        c->bytes = (size_t)number(s);
        c->stride = (uint32_t)number(s);
        break;
    default:
        script_bad(s, "no such content");
    }
}

static void used(struct script *s, struct script_event *e)
{
    for (unsigned i = 0; i < 3; i++)
        e->used[i] = (uint32_t)number(s);
    e->packed = *s->at != '\0';
    if (e->packed)
        e->used[3] = (uint32_t)number(s);
}

bool script_next(struct script *s, struct script_event *e)
{
    if (!line_of(s))
        return false;
    memset(e, 0, sizeof(*e));
    e->line = s->line;
    e->kind = word(s)[0];
    if (e->kind == 'n' || e->kind == 'v')
        copy_word(s, e->name, sizeof(e->name));
    if (strchr("rwmdunb", e->kind) != NULL)
        e->at = number(s);
    if (e->kind == 'r' || e->kind == 'w') {
        e->size = (unsigned)number(s);
        e->value = number(s);
    } else if (e->kind == 'u') {
        used(s, e);
    } else if (e->kind == 'n') {
        e->content.kind = 'x';
        e->content.bytes = hex(s, e->content.byte, sizeof(e->content.byte));
    } else if (e->kind == 'm' || e->kind == 'd' || e->kind == 'b') {
        content(s, &e->content);
    } else if (e->kind != 'i' && e->kind != 'v') {
        script_bad(s, "no such event");
    }
    if (*s->at != '\0')
        script_bad(s, "too much in the line");
    return true;
}

void script_close(struct script *s)
{
    (void)fclose(s->file);
    free(s);
}

/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

/* Formats messages that contain values, for driver and device. */

static void message_put_hex(struct vwr_text *t, const struct vwr_message_args *a, uint64_t v)
{
    (void)a;
    vwr_text_hex(t, v);
}

void vwr_message_put_name(struct vwr_text *t, const struct vwr_name *names, uint64_t value)
{
    const char *const name = vwr_name(names, (uint32_t)value);

    if (name != NULL)
        vwr_text_str(t, name);
    else
        vwr_text_dec(t, value);
}

const char *vwr_message_feature(const struct vwr_message_args *args, uint32_t bit)
{
    const char *const name = args->features != NULL ? vwr_name(args->features, bit) : NULL;

    return name != NULL ? name : vwr_name(vwr_feature_names, bit);
}

void vwr_message_put_bit(struct vwr_text *t, const struct vwr_message_args *args, uint64_t bit)
{
    const char *const name = bit == (uint32_t)bit ? vwr_message_feature(args, (uint32_t)bit) : NULL;

    if (name != NULL) {
        vwr_text_str(t, name);
        vwr_text_str(t, " ");
    }
    vwr_text_str(t, "(bit ");
    vwr_text_dec(t, bit);
    vwr_text_str(t, ")");
}

void vwr_message_put_feature(struct vwr_text *t, const struct vwr_message_args *args, uint64_t bit)
{
    vwr_text_str(t, "feature ");
    vwr_message_put_bit(t, args, bit);
}

void vwr_message_put_status(struct vwr_text *t, const struct vwr_message_args *args, uint64_t status)
{
    const char *separator = "";

    (void)args;
    vwr_text_hex(t, status);
    vwr_text_str(t, status == 0 ? " (none" : " (");
    for (uint32_t bit = 1; bit <= status && bit != 0; bit <<= 1) {
        const char *const name = vwr_name(vwr_status_names, bit);

        if ((status & bit) == 0)
            continue;
        vwr_text_str(t, separator);
        if (name != NULL)
            vwr_text_str(t, name);
        else
            vwr_text_hex(t, bit);
        separator = " ";
    }
    vwr_text_str(t, ")");
}

static const struct vwr_message_type message_types[] = {
    {"hex", message_put_hex, NULL},
    {"feature", vwr_message_put_feature, NULL},
    {"status", vwr_message_put_status, NULL},
    {NULL, NULL, NULL},
};

static const struct vwr_message message_rows[] = {
    {0, 0, "no fault"}, /* VWR_FAULT_NONE, VWR_VFAULT_NONE */
    {0, 0, NULL},
};

const struct vwr_messages vwr_message_base = {message_rows, message_types, NULL, NULL};

/* Whether `at` points to this word, terminated by a brace. */
static bool message_is_word(const char *at, const char *word)
{
    for (; *word != '\0'; at++, word++)
        if (*at != *word)
            return false;
    return *at == '}';
}

static const struct vwr_message_type *message_type(const struct vwr_message_args *a, const char *word)
{
    for (const struct vwr_messages *m = a->messages; m != NULL; m = m->next)
        for (const struct vwr_message_type *type = m->types; type != NULL && type->name != NULL; type++)
            if (message_is_word(word, type->name))
                return type;
    return NULL;
}

/* Gets the value whose name starts with this letter; 0: none. */
static uint64_t message_value(const struct vwr_message_args *a, char letter)
{
    for (unsigned i = 0; a->letters[i] != '\0'; i++)
        if (a->letters[i] == letter)
            return a->value[i];
    return 0;
}

/* Appends the value that is described after a brace. Returns the end of the field or of the format string. */
static const char *message_put_value(struct vwr_text *t, const char *at, const struct vwr_message_args *a)
{
    const struct vwr_message_type *type = NULL;
    const uint64_t v = message_value(a, *at);

    for (; *at != '}' && *at != '\0'; at++)
        if (*at == ':')
            type = message_type(a, at + 1);
    if (type != NULL && type->put == NULL)
        vwr_message_put_name(t, type->names, v);
    else if (type != NULL)
        type->put(t, a, v);
    else
        vwr_text_dec(t, v);
    return *at == '}' ? at + 1 : at;
}

void vwr_message_put(struct vwr_text *t, const char *format, const struct vwr_message_args *args)
{
    while (*format != '\0') {
        const char c = *format++;

        if (c == '{')
            format = message_put_value(t, format, args);
        else
            vwr_text_char(t, c);
    }
}

const char *vwr_message_find(uint32_t fault, const struct vwr_message_args *args)
{
    for (const struct vwr_messages *m = args->messages; m != NULL; m = m->next)
        for (const struct vwr_message *row = m->rows; row->text != NULL; row++)
            if (row->fault == fault && (row->when == 0 || m->holds(row->when, args)))
                return row->text;
    return NULL;
}

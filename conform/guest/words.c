/* SPDX-License-Identifier: MIT */
#include "guest.h"

/*
 * Words of the command line: conform=CLASS[,CLASS...] and hostile. The library reads virtio_mmio.device=, and
 * tree.c earlycon=. A
 * boot loader may add words for an operating system.
 */

#define CLASSES "conform="
#define HOSTILE "hostile"

static struct {
    const char *classes; /* NULL: all */
    size_t bytes;
    bool hostile;
} words;

static size_t length_of(const char *at, char end)
{
    size_t bytes = 0;

    while (at[bytes] != '\0' && at[bytes] != ' ' && at[bytes] != end)
        bytes++;
    return bytes;
}

/* Whether the text begins with these words. */
static bool begins(const char *at, const char *words)
{
    while (*words != '\0' && *at == *words) {
        at++;
        words++;
    }
    return *words == '\0';
}

static bool is_class(const char *at, size_t bytes)
{
    for (size_t i = 0; i < device_class_count; i++)
        if (begins(at, device_classes[i]->name) && device_classes[i]->name[bytes] == '\0')
            return true;
    return false;
}

/* Whether each class in the list has cases. */
static bool takes_classes(const char *at, size_t bytes)
{
    words.classes = at;
    words.bytes = bytes;
    for (size_t used = 0; used < bytes;) {
        const size_t name = length_of(at + used, ',');

        if (!is_class(at + used, name))
            return false;
        used += name + 1;
    }
    return true;
}

static bool takes(const char *at, size_t bytes)
{
    if (begins(at, CLASSES))
        return takes_classes(at + sizeof(CLASSES) - 1, bytes - (sizeof(CLASSES) - 1));
    if (begins(at, HOSTILE) && bytes == sizeof(HOSTILE) - 1) {
        words.hostile = true;
        return true;
    }
    return begins(at, "earlycon=") || begins(at, "virtio_mmio.device=") || begins(at, "virtio-mmio.device=");
}

static void say_word(const char *at, size_t bytes)
{
    say("# ignored on the command line: ");
    for (size_t i = 0; i < bytes; i++)
        say("%c", at[i]);
    say("\n");
}

void words_read(const char *line)
{
    while (line != NULL && *line != '\0') {
        const size_t bytes = length_of(line, ' ');

        if (bytes > 0 && !takes(line, bytes))
            say_word(line, bytes);
        line += bytes + (line[bytes] == ' ' ? 1 : 0);
    }
}

bool words_have_class(const char *name)
{
    if (words.classes == NULL)
        return true;
    for (size_t used = 0; used < words.bytes;) {
        const size_t bytes = length_of(words.classes + used, ',');

        if (begins(words.classes + used, name) && name[bytes] == '\0')
            return true;
        used += bytes + 1;
    }
    return false;
}

bool words_have_hostile(void)
{
    return words.hostile;
}

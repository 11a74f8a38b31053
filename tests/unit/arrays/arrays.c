/* SPDX-License-Identifier: MIT */
#include "arrays_of_headers.h" /* made from the headers by arrays.py */
#include "worlds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * Tests each array of each setup structure: an array that is too small is refused with a message that states
 * its size
 * and the required size, and the required size is enough. The table of arrays is generated from the headers.
 * A new
 * array therefore needs a correct structure in worlds.c, or this file does not compile.
 */

#define MOST_STEPS 200000u /* of a size; a test that finds no size that is enough fails */

struct array {
    const char *structure, *name, *size_name;
    const struct world *world;
    size_t at, size_at;
    unsigned size_bytes;
    bool optional; /* NULL is accepted */
};

#define MEMBER_BYTES(structure, member) sizeof(((struct structure *)NULL)->member)
#define ROW(structure, member, size, optional)      \
    {#structure,                                    \
     #member,                                       \
     #size,                                         \
     &world_##structure,                            \
     offsetof(struct vwr_##structure, member),      \
     offsetof(struct vwr_##structure, size),        \
     (unsigned)MEMBER_BYTES(vwr_##structure, size), \
     optional},

static const struct array arrays[] = {EACH_ARRAY(ROW)};

static uint64_t size_of(const struct array *a, const uint8_t *setup)
{
    union {
        uint8_t one;
        uint16_t two;
        uint32_t four;
        uint64_t eight;
    } v;

    memcpy(&v, setup + a->size_at, a->size_bytes);
    return a->size_bytes == 1 ? v.one : a->size_bytes == 2 ? v.two : a->size_bytes == 4 ? v.four : v.eight;
}

static void put_size(const struct array *a, uint8_t *setup, uint64_t size)
{
    const uint8_t one = (uint8_t)size;
    const uint16_t two = (uint16_t)size;
    const uint32_t four = (uint32_t)size;
    const void *const from = a->size_bytes == 1   ? (const void *)&one
                             : a->size_bytes == 2 ? (const void *)&two
                             : a->size_bytes == 4 ? (const void *)&four
                                                  : &size;

    memcpy(setup + a->size_at, from, a->size_bytes);
}

/*
 * Checks that the call was refused because of this size, and that the message contains both numbers. Returns
 * the required size.
 */
static uint64_t refused(const struct array *a, uint64_t given)
{
    const struct vwr_shortage *const s = a->world->shortage();
    char text[400] = "", words[120];

    if (s->needed == 0 || s->size == NULL || strcmp(s->size, a->size_name) != 0 || s->given != given ||
        s->needed <= given)
        fail_msg("%s.%s: %s is %llu, the shortage says %s %llu %llu", a->structure, a->name, a->size_name,
                 (unsigned long long)given, s->size != NULL ? s->size : "-", (unsigned long long)s->given,
                 (unsigned long long)s->needed);
    a->world->explain(text, sizeof(text));
    (void)snprintf(words, sizeof(words), "%llu", (unsigned long long)s->needed);
    if (strstr(text, words) == NULL)
        fail_msg("%s.%s: \"%s\" does not say %s", a->structure, a->name, text, words);
    (void)snprintf(words, sizeof(words), "%llu", (unsigned long long)given);
    if (strstr(text, words) == NULL)
        fail_msg("%s.%s: \"%s\" does not say %s", a->structure, a->name, text, words);
    return s->needed;
}

static bool is_refused(const struct array *a, uint8_t *setup, uint64_t size)
{
    a->world->make(setup);
    put_size(a, setup, size);
    return a->world->init(setup) == VWR_ENOMEM && a->world->shortage()->needed != 0;
}

static void without_its_memory(const struct array *a, uint8_t *setup)
{
    const void *const none = NULL;
    int r;

    a->world->make(setup);
    if (size_of(a, setup) == 0)
        put_size(a, setup, 2);
    memcpy(setup + a->at, &none, sizeof(none));
    r = a->world->init(setup);
    if (a->optional && r != VWR_ENOMEM)
        return;
    if (r != VWR_ENOMEM)
        fail_msg("%s.%s: NULL gives %d", a->structure, a->name, r);
    (void)refused(a, 0);
}

/* `size` was the first that sufficed; 0: none was too small. */
static void check_least(const struct array *a, uint64_t size)
{
    for (unsigned i = 0; i < least_count; i++)
        if (strcmp(least[i].structure, a->structure) == 0 && strcmp(least[i].size, a->size_name) == 0 &&
            size != least[i].needed)
            fail_msg("%s.%s: %llu is enough, it should be %llu", a->structure, a->size_name,
                     (unsigned long long)size, (unsigned long long)least[i].needed);
}

static void each_array(void **state)
{
    static _Alignas(16) uint8_t setup[WORLD_SETUP_BYTES];

    (void)state;
    for (unsigned i = 0; i < sizeof(arrays) / sizeof(arrays[0]); i++) {
        const struct array *const a = &arrays[i];
        uint64_t size = 0;
        unsigned steps = 0;

        a->world->make(setup);
        if (a->world->init(setup) == VWR_ENOMEM)
            fail_msg("%s: what is right is refused: %s is %llu of %llu", a->structure,
                     a->world->shortage()->size, (unsigned long long)a->world->shortage()->given,
                     (unsigned long long)a->world->shortage()->needed);
        without_its_memory(a, setup);
        while (is_refused(a, setup, size)) { /* one too small, and any smaller */
            const uint64_t needed = refused(a, size);

            if (++steps > MOST_STEPS)
                fail_msg("%s.%s: no size is enough", a->structure, a->name);
            if (needed - size > 64 && size != 0)
                size = needed - 2;
            size++;
            if (!is_refused(a, setup, size))
                assert_int_equal(size, needed);
        }
        check_least(a, size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_array)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}

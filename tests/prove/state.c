/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr_vstate.c"

/* The reader of saved states: vwr_vstate.c, for arbitrary bytes. */

#define BYTES 64u

/*
 * These functions replace the loops: the areas that the loops read and write must be valid memory, and the
 * written values are arbitrary.
 */
void vwr_copy(void *to, const void *from, size_t bytes)
{
    prove_that(prove_writable(to, bytes) && prove_readable(from, bytes));
}

void vwr_zero(void *to, size_t bytes)
{
    prove_that(prove_writable(to, bytes));
}

/* This many arbitrary bytes, and no memory after them. */
static uint8_t *any_bytes(uint32_t bytes)
{
    prove_assume(bytes <= BYTES);
    return (uint8_t *)prove_memory(BYTES) + BYTES - bytes;
}

/* A part that is found is in the state, and the search for the next one starts after it. */
void state_find(void)
{
    PROVE_ANY(struct vwr_vstate, s);
    PROVE_ANY(uint32_t, bytes);
    PROVE_ANY(unsigned, type);
    PROVE_ANY(unsigned, index);
    PROVE_ANY(uint32_t, wanted);
    struct vstate_part part;
    const uint8_t *from;

    s.memory = any_bytes(bytes);
    s.bytes = bytes;
    prove_assume(s.done <= bytes);
    from = s.memory + s.done;
    if (!vwr_vstate_find_(&s, type, index, wanted, &part))
        return;
    prove_that(part.value > from && prove_readable(part.value, part.bytes));
    prove_that(s.done <= s.bytes && s.memory + s.done == part.value + part.bytes);
    prove_that(wanted == VSTATE_ANY || part.bytes == wanted);
}

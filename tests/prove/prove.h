/* SPDX-License-Identifier: MIT */
#ifndef PROVE_H
#define PROVE_H

/*
 * Macros for the proofs. PROVE_ANY() declares a variable with an arbitrary value, prove_assume() excludes
 * executions, and prove_that() states a property. CBMC checks for memory errors, signed overflows and invalid
 * shifts without a statement.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __FRAMAC__

/* Eva: what it cannot show is a division by 0, and statements about memory are among that. */
#include "__fc_builtin.h"
#include <stdlib.h>

static volatile int prove_holds;
#define prove_assume(condition) \
    do                          \
        if (!(condition))       \
            Frama_C_abort();    \
    while (0)
#define prove_that(condition) ((void)(prove_holds = 1 / ((condition) ? 1 : 0)))
#define prove_readable(at, bytes) ((void)(at), (void)(bytes), Frama_C_nondet(0, 1) != 0)
#define prove_writable(at, bytes) prove_readable(at, bytes)

static inline void *prove_memory(size_t bytes)
{
    char *const memory = (char *)malloc(bytes);

    Frama_C_make_unknown(memory, bytes);
    return memory;
}

#define PROVE_ANY(type, name) \
    type name;                \
    Frama_C_make_unknown((char *)&(name), sizeof(name))

#else

#define prove_assume(condition) __CPROVER_assume(condition)
#define prove_that(condition) __CPROVER_assert(condition, #condition)
#define prove_readable(at, bytes) __CPROVER_r_ok(at, bytes)
#define prove_writable(at, bytes) __CPROVER_w_ok(at, bytes)

/* Memory with arbitrary content, whose size need not be a constant. */
void *__CPROVER_allocate(size_t bytes, bool zeroed);
static inline void *prove_memory(size_t bytes)
{
    return __CPROVER_allocate(bytes, false);
}

/* The initial value of a local variable is arbitrary. */
#define PROVE_ANY(type, name) type name

#endif

#endif

/* SPDX-License-Identifier: MIT */
#ifndef VWR_FOREIGN_CMOCKA_H
#define VWR_FOREIGN_CMOCKA_H

/*
 * The subset of cmocka that the tests use, for machines for which Debian has no cmocka. The first check that
 * fails ends the program. Below the system headers, the declarations match those of cmocka.h: a test compiles
 * with either.
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*CMUnitTestFunction)(void **state);
typedef int (*CMFixtureFunction)(void **state);

struct CMUnitTest {
    const char *name;
    CMUnitTestFunction test_func;
    CMFixtureFunction setup_func;
    CMFixtureFunction teardown_func;
    void *initial_state;
};

#define cmocka_unit_test(f)     \
    {                           \
#f, f, NULL, NULL, NULL \
    }
#define cmocka_unit_test_setup(f, setup) \
    {                                    \
#f, f, setup, NULL, NULL         \
    }
#define cmocka_run_group_tests_name(group, tests, setup, teardown) \
    _cmocka_run_group_tests(group, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)

#define test_malloc malloc
#define test_free free
#define print_message printf
#define print_error(...) fprintf(stderr, __VA_ARGS__)

#define fail_msg(...)                                                                                   \
    (fprintf(stderr, "%s:%d: ", __FILE__, __LINE__), fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), \
     exit(1))
#define skip() longjmp(foreign_skip, 1)

#define assert_true(what) ((what) ? (void)0 : fail_msg("not true: %s", #what))
#define assert_false(what) ((what) ? fail_msg("true: %s", #what) : (void)0)
#define assert_null(p) assert_true((p) == NULL)
#define assert_non_null(p) assert_true((p) != NULL)
#define assert_int_equal(a, b) foreign_numbers((uintmax_t)(a), (uintmax_t)(b), true, #a, __FILE__, __LINE__)
#define assert_int_not_equal(a, b) \
    foreign_numbers((uintmax_t)(a), (uintmax_t)(b), false, #a, __FILE__, __LINE__)
#define assert_ptr_equal(a, b) assert_int_equal((uintptr_t)(a), (uintptr_t)(b))
#define assert_ptr_not_equal(a, b) assert_int_not_equal((uintptr_t)(a), (uintptr_t)(b))
#define assert_in_range(v, least, most) foreign_range(v, least, most, #v, __FILE__, __LINE__)
#define assert_string_equal(a, b) foreign_strings(a, b, true, __FILE__, __LINE__)
#define assert_string_not_equal(a, b) foreign_strings(a, b, false, __FILE__, __LINE__)
#define assert_memory_equal(a, b, n) assert_int_equal(memcmp(a, b, n), 0)

extern jmp_buf foreign_skip;

static inline void foreign_numbers(uintmax_t a, uintmax_t b, bool equal, const char *what, const char *file,
                                   int line)
{
    if ((a == b) == equal)
        return;
    fprintf(stderr, "%s:%d: %s is 0x%" PRIxMAX ", and 0x%" PRIxMAX " %s\n", file, line, what, a, b,
            equal ? "was to be" : "was not to be");
    exit(1);
}

static inline void foreign_range(uintmax_t v, uintmax_t least, uintmax_t most, const char *what,
                                 const char *file, int line)
{
    if (v < least || v > most) {
        fprintf(stderr, "%s:%d: %s is %" PRIuMAX ", not from %" PRIuMAX " to %" PRIuMAX "\n", file, line,
                what, v, least, most);
        exit(1);
    }
}

static inline void foreign_strings(const char *a, const char *b, bool equal, const char *file, int line)
{
    if ((strcmp(a, b) == 0) != equal) {
        fprintf(stderr, "%s:%d: \"%s\" %s \"%s\"\n", file, line, a, equal ? "was to be" : "was not to be", b);
        exit(1);
    }
}

int _cmocka_run_group_tests(const char *group, const struct CMUnitTest *tests, size_t count,
                            CMFixtureFunction setup, CMFixtureFunction teardown);

#endif

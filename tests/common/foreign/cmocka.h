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

typedef uintmax_t LargestIntegralType;
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
#define cmocka_unit_test_teardown(f, teardown) \
    {                                          \
#f, f, NULL, teardown, NULL            \
    }
#define cmocka_run_group_tests_name(group, tests, setup, teardown) \
    _cmocka_run_group_tests(group, tests, sizeof(tests) / sizeof((tests)[0]), setup, teardown)

#define cmocka_run_group_tests(tests, setup, teardown) \
    cmocka_run_group_tests_name(#tests, tests, setup, teardown)

#define test_malloc malloc
#define test_free free
#define print_message printf
#define print_error(...) fprintf(stderr, __VA_ARGS__)

#define fail_msg(...)                                                                                   \
    (fprintf(stderr, "%s:%d: ", __FILE__, __LINE__), fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), \
     exit(1))
#define skip() longjmp(foreign_skip, 1)

#define assert_true(what) _assert_true((what) ? 1 : 0, #what, __FILE__, __LINE__)
#define assert_false(what) _assert_true((what) ? 0 : 1, "!(" #what ")", __FILE__, __LINE__)
#define assert_null(p) assert_true((p) == NULL)
#define assert_non_null(p) assert_true((p) != NULL)
#define assert_int_equal(a, b) _assert_int_equal((uintmax_t)(a), (uintmax_t)(b), __FILE__, __LINE__)
#define assert_int_not_equal(a, b) _assert_int_not_equal((uintmax_t)(a), (uintmax_t)(b), __FILE__, __LINE__)
#define assert_ptr_equal(a, b) assert_int_equal((uintptr_t)(a), (uintptr_t)(b))
#define assert_ptr_not_equal(a, b) assert_int_not_equal((uintptr_t)(a), (uintptr_t)(b))
#define assert_in_range(v, least, most) foreign_range(v, least, most, #v, __FILE__, __LINE__)
#define assert_string_equal(a, b) foreign_strings(a, b, true, __FILE__, __LINE__)
#define assert_string_not_equal(a, b) foreign_strings(a, b, false, __FILE__, __LINE__)
#define assert_memory_equal(a, b, n) assert_int_equal(memcmp(a, b, n), 0)
#define assert_memory_not_equal(a, b, n) assert_int_not_equal(memcmp(a, b, n), 0)

extern jmp_buf foreign_skip;

/* Functions, which a test may wrap (tests/unit/device/iommu_world.c). */
void _assert_true(uintmax_t result, const char *text, const char *file, int line);
void _assert_int_equal(uintmax_t a, uintmax_t b, const char *file, int line);
void _assert_int_not_equal(uintmax_t a, uintmax_t b, const char *file, int line);

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

/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>

#include "cmocka.h"

jmp_buf foreign_skip;

void _assert_true(uintmax_t result, const char *text, const char *file, int line)
{
    if (result == 0) {
        fprintf(stderr, "%s:%d: not true: %s\n", file, line, text);
        exit(1);
    }
}

static void numbers(uintmax_t a, uintmax_t b, bool good, const char *want, const char *file, int line)
{
    if (!good) {
        fprintf(stderr, "%s:%d: 0x%" PRIxMAX ", and 0x%" PRIxMAX " %s\n", file, line, a, b, want);
        exit(1);
    }
}

void _assert_int_equal(uintmax_t a, uintmax_t b, const char *file, int line)
{
    numbers(a, b, a == b, "was to be", file, line);
}

void _assert_int_not_equal(uintmax_t a, uintmax_t b, const char *file, int line)
{
    numbers(a, b, a != b, "was not to be", file, line);
}

static void fixture(const struct CMUnitTest *test, CMFixtureFunction function, void **state,
                    const char *which)
{
    if (function != NULL && function(state) != 0)
        fail_msg("%s: %s", test->name, which);
}

/* Returns true if the test was not skipped. */
static bool run(const struct CMUnitTest *test)
{
    static void *state; /* static, to survive longjmp */
    static bool done;

    state = test->initial_state;
    done = false;
    fixture(test, test->setup_func, &state, "its setup fails");
    if (setjmp(foreign_skip) == 0) {
        test->test_func(&state);
        done = true;
    }
    fixture(test, test->teardown_func, &state, "its teardown fails");
    return done;
}

int _cmocka_run_group_tests(const char *group, const struct CMUnitTest *tests, size_t count,
                            CMFixtureFunction setup, CMFixtureFunction teardown)
{
    void *state = NULL;
    size_t passed = 0;

    if (setup != NULL && setup(&state) != 0)
        fail_msg("%s: its setup fails", group);
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, "%s: %s\n", group, tests[i].name); /* the last line names the test that fails */
        passed += run(&tests[i]);
    }
    if (teardown != NULL && teardown(&state) != 0)
        fail_msg("%s: its teardown fails", group);
    printf("%s: %zu passed, %zu skipped\n", group, passed, count - passed);
    return 0;
}

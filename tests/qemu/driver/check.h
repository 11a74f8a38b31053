/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_CHECK_H
#define VWR_QEMU_CHECK_H

#include <stdbool.h>
#include <stdint.h>

/* Checks of a case. A check that fails ends the program and QEMU, and prints QEMU's output. */

__attribute__((noreturn, format(printf, 3, 4))) void check_failed(const char *file, int line,
                                                                  const char *format, ...);

/* Called first when a check fails; only the program's main sets it. */
extern void (*check_clean_up)(void);

void check_number(const char *file, int line, const char *what, uint64_t got, uint64_t want);
void check_at_most(const char *file, int line, const char *what, uint64_t got, uint64_t most);
void check_text(const char *file, int line, const char *text, const char *part);

#define CHECK(condition)                                        \
    do {                                                        \
        if (!(condition))                                       \
            check_failed(__FILE__, __LINE__, "%s", #condition); \
    } while (0)

/* For system calls that fail only if the machine has a problem. */
#define CHECK_SYS(condition)                                                         \
    do {                                                                             \
        if (!(condition))                                                            \
            check_failed(__FILE__, __LINE__, "%s: %s", #condition, strerror(errno)); \
    } while (0)

#define CHECK_NUMBER(got, want) check_number(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(want))
#define CHECK_AT_MOST(got, most) check_at_most(__FILE__, __LINE__, #got, (uint64_t)(got), (uint64_t)(most))

/* Checks that `text` contains `part`. */
#define CHECK_TEXT(text, part) check_text(__FILE__, __LINE__, text, part)

#endif

/* SPDX-License-Identifier: MIT */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "explore_memory.h"

/* Two threads: the driver is the first, the device the second. */
#define DRIVER 0u
#define DEVICE 1u
#define NOBODY 2u

/* --- search.c: all executions within a bound --- */

struct bound {
    unsigned switches; /* a thread that could go on is stopped for the other one, at most so often */
    unsigned stale;    /* loads that do not see the newest value, at most so many */
};
#define WITHOUT_BOUND 1000u

struct program {
    void (*start)(void);     /* before each execution: everything as it was */
    void (*thread[2])(void); /* what each thread does */
    void (*end)(void);       /* after an execution in which nothing failed; may be NULL */
    void (*stuck)(void);     /* neither goes on, and one has not finished: fails, or it is well */
    void (*name)(const void *p, unsigned bytes, char *text, size_t size); /* of memory */
};

struct outcome {
    uint64_t executions;
    bool complete; /* all executions within the bound */
    bool failed;
    char what[200]; /* if it has failed */
};

/* Stops at the first failure, or after `most` executions; 0: no limit. */
void search(const struct program *program, struct bound bound, uint64_t most, struct outcome *outcome);
/* The execution that failed once more, printed a line a step. */
void search_print(const struct program *program, struct bound bound);

/* From within a thread. */
extern unsigned search_me;          /* who runs; NOBODY: before the threads */
unsigned search_choose(unsigned n); /* 0 to n - 1, each in an execution of its own */
bool search_may_be_stale(void);     /* is there something left of that bound? */
void search_was_stale(void);        /* one of it is used */
void search_point(void);            /* the other thread may go on here */
void search_published(void);        /* something that the other may wait for */
void search_sleep(void);            /* until search_wake of the other */
void search_wake(unsigned thread);
void search_poll(void);          /* what follows looks for news */
void search_wait_for_news(void); /* there was none: until there is something that was not there then */
void search_fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* A line of what happens, if it is being printed: what it says is not made otherwise. */
extern bool search_prints;
#define search_say(...)                     \
    do {                                    \
        if (search_prints)                  \
            search_print_line(__VA_ARGS__); \
    } while (0)
void search_print_line(const struct explore_site *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- memory.c --- */

#define MEMORY_BYTES 288u /* that are modelled, */
#define MEMORY_ROOM 512u  /* of a region that is aligned to its length, as a VM's is */
extern uint8_t memory[MEMORY_ROOM];

void memory_start(void);  /* the content of memory[] is what both see */
void memory_forget(void); /* accesses are made to memory[] itself until memory_start */
void memory_name_by(void (*name)(const void *p, unsigned bytes, char *text, size_t size));

/* A plain store to a buffer, and a plain load that may be done later, up to the next release or full barrier.
 */
void memory_write(void *p, uint16_t value);
void memory_read(const void *p, uint16_t expected);
void memory_end(void); /* the loads that are left are done */

/* --- sites.c --- */

/* All barriers in the files under test, each once; and one of them put out of use. */
unsigned sites_count(void);
const struct explore_site *sites_get(unsigned i);
void sites_use(unsigned i, enum explore_use use);
void sites_forget(void);
bool sites_is_reached(unsigned i); /* since then */
const char *sites_file(const struct explore_site *site);

/* --- litmus.c, configs.c --- */

bool litmus_run(void);
bool rings_run(const char *name, struct bound bound, unsigned posts); /* 0: as each ring has them */
void rings_list(void);
bool barriers_run(const char *filter);
bool mistakes_run(void);

#endif

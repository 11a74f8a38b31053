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
    unsigned switches; /* maximum number of preemptions: switches away from a thread that could continue */
    unsigned stale;    /* maximum number of loads that do not return the newest value */
};
#define WITHOUT_BOUND 1000u

struct program {
    void (*start)(void);     /* before each execution: restores the initial state */
    void (*thread[2])(void); /* body of each thread */
    void (*end)(void);       /* after an execution without a failure; may be NULL */
    void (*stuck)(void);     /* deadlock with an unfinished thread: fails, or returns if legal */
    void (*name)(const void *p, unsigned bytes, char *text, size_t size); /* names a memory location */
};

struct outcome {
    uint64_t executions;
    bool complete; /* all executions within the bound were run */
    bool failed;
    char what[200]; /* description of the failure */
};

/* Stops at the first failure, or after `most` executions; 0: no limit. */
void search(const struct program *program, struct bound bound, uint64_t most, struct outcome *outcome);
/* Repeats the failed execution and prints one line per step. */
void search_print(const struct program *program, struct bound bound);

/*
 * Runs and prints one search; true if all executions were run and none failed, or, with `fails`, if one
 * failed.
 */
bool search_run(const struct program *program, const char *name, struct bound bound, bool fails);

/* For use within a thread. */
extern unsigned search_me;          /* running thread; NOBODY: before the threads start */
unsigned search_choose(unsigned n); /* 0 to n - 1, each in a separate execution */
bool search_may_be_stale(void);     /* does the bound allow another stale load? */
void search_was_stale(void);        /* counts one stale load */
void search_point(void);            /* the other thread may run here */
void search_published(void);        /* something for which the other thread may wait */
void search_sleep(void);            /* until the other thread calls search_wake */
void search_wake(unsigned thread);
void search_poll(void);          /* the following loads check for news */
void search_wait_for_news(void); /* there was no news: waits until something new is published */
void search_fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* Prints a line about a step; the arguments are evaluated only while printing. */
extern bool search_prints;
#define search_say(...)                     \
    do {                                    \
        if (search_prints)                  \
            search_print_line(__VA_ARGS__); \
    } while (0)
void search_print_line(const struct explore_site *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* --- memory.c --- */

#define MEMORY_BYTES 336u /* modelled bytes, */
#define MEMORY_ROOM 512u  /* in a region that is aligned to its length, like that of a VM */
extern uint8_t memory[MEMORY_ROOM];

void memory_start(void); /* the content of memory[] becomes visible to both threads */
void memory_set_private(const void *at,
                        size_t bytes);        /* a ring that only one thread sees: accessed directly */
void memory_set_also(void *at, size_t bytes); /* modelled too, in place of the end of memory[] */
void memory_forget(void);                     /* accesses go directly to memory[] until memory_start */
void memory_name_by(void (*name)(const void *p, unsigned bytes, char *text, size_t size));

/* A plain store to a buffer, and a plain load that may be delayed up to the next release or full barrier. */
void memory_write(void *p, uint16_t value);
void memory_read(const void *p, uint16_t expected);
void memory_plain(const void *p, unsigned bytes, bool is_write); /* as machine.plain */
bool memory_is_modelled(const void *p);
/* Before a plain load by the only thread that stores there: it sees its newest store. */
void memory_show(const void *p, unsigned bytes);
uint32_t memory_oldest32(const void *p); /* the oldest value that the running thread may still see */
void memory_end(void);                   /* completes the delayed loads */

/* --- machine.c --- */

#define MACHINE_GUEST_BASE 0x40000u /* guest address of memory[] */

/* The parts that differ between the programs; each may be absent. */
struct machine {
    bool releases; /* a file under test may call vwr_port_release itself */
    bool sleeps;   /* a notification or an interrupt wakes the other side */
    uint32_t (*read)(const volatile void *reg, unsigned bytes);
    void (*write)(volatile void *reg, unsigned bytes, uint32_t value); /* before there are threads */
    void (*ring_store)(const void *p, unsigned bytes); /* before a store to memory[] by vwr/ring.h */
    void (*plain)(const void *p, unsigned bytes, bool is_write); /* before a plain access of the library */
};

struct vwr_memory_region;
struct vwr_vm_ops;
extern const struct vwr_memory_region machine_region; /* memory[] */
extern const struct vwr_vm_ops machine_ops;
extern const struct vwr_vm_ops machine_ops_with_lock;

void machine_ring_store(const void *p, unsigned bytes);
void machine_port_release(void);
void machine_start(const struct machine *m); /* by the program's start */

/* The addresses of a ring at the start of memory[], where the driver places it. */
struct vwr_vqueue;
void machine_set_ring(struct vwr_vqueue *q, bool packed, uint16_t size);

/* --- sites.c --- */

/* All barriers in the files under test, each once; one of them can be disabled. */
unsigned sites_count(void);
const struct explore_site *sites_get(unsigned i);
void sites_use(unsigned i, enum explore_use use);
void sites_forget(void);
bool sites_is_reached(unsigned i); /* since sites_forget */
const char *sites_file(const struct explore_site *site);
/* Whether `fails` finds a failure, which it describes, without each barrier that it reaches; a line each. */
bool sites_are_needed(bool (*fails)(char *where, size_t bytes));

/* --- litmus.c, configs.c --- */

bool litmus_run(void);
bool rings_run(const char *name, struct bound bound, unsigned posts); /* 0: the default of each ring */
void rings_list(void);
bool barriers_run(const char *filter);
bool mistakes_run(void);

/* --- generation.c --- */

bool generation_run(struct bound bound);

/* --- blocks.c --- */

bool blocks_run(struct bound bound);

/* --- packets.c --- */

bool receive_run(struct bound bound);

/* --- echo.c --- */

bool echo_run(struct bound bound);
bool echo_polled_run(struct bound bound); /* rings without interrupts */

/* --- inflight.c --- */

bool inflight_run(struct bound bound);

#endif

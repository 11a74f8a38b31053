/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if !defined(__x86_64__) || defined(EXPLORE_UCONTEXT)
#include <ucontext.h>
#endif

/*
 * Runs a program of two threads in all ways that the bound allows. An execution is a sequence of choices; the
 * next execution repeats them up to the last choice that has an alternative left. Each thread has its own
 * stack in the same process, so a switch costs no more than a call.
 */

#define CHOICES 4096u
#define STACK_BYTES 65536u

enum state {
    RUNS,
    SLEEPS, /* until search_wake */
    WAITS,  /* until news is published */
    FINISHED
};

struct choice {
    uint8_t of;
    uint8_t taken;
};

struct thread {
    enum state state;
    bool woken;
    unsigned published;
    unsigned seen; /* number of publications of the other thread at the start of the last poll */
    bool stale;    /* a load since then was stale */
    bool late;     /* the last poll that found nothing was stale too */
};

static const struct program *program;
static struct bound left;
static struct choice choices[CHOICES];
static unsigned depth;
static unsigned at;
static struct thread threads[2];
static bool failed;
static char failure[200];
static unsigned step;

unsigned search_me = NOBODY;
bool search_prints;

/* --- context switch --- */

static uint8_t stacks[2][STACK_BYTES] __attribute__((aligned(64)));

#if defined(__x86_64__) && !defined(EXPLORE_UCONTEXT)
static void *contexts[3]; /* stack pointers of the threads and of the search */

/* Saves the callee-saved registers of the ABI on the stack, and continues on another stack. */
void explore_switch(void **from, void *to);
__asm__(".text\n.globl explore_switch\n.type explore_switch,@function\nexplore_switch:\n"
        "push %rbp\npush %rbx\npush %r12\npush %r13\npush %r14\npush %r15\n"
        "mov %rsp,(%rdi)\nmov %rsi,%rsp\n"
        "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbx\npop %rbp\nret\n"
        ".size explore_switch,.-explore_switch\n");

static void make_context(unsigned i, void (*entry)(void))
{
    void **top = (void **)(void *)(stacks[i] + STACK_BYTES) - 1; /* the ABI's offset at function entry */

    *top = NULL;
    *--top = (void *)(uintptr_t)entry;
    contexts[i] = top - 6;
}

static void go_on(unsigned from, unsigned to)
{
    explore_switch(&contexts[from], contexts[to]);
}
#else
static ucontext_t contexts[3];

static void make_context(unsigned i, void (*entry)(void))
{
    (void)getcontext(&contexts[i]);
    contexts[i].uc_stack.ss_sp = stacks[i];
    contexts[i].uc_stack.ss_size = STACK_BYTES;
    contexts[i].uc_link = NULL;
    makecontext(&contexts[i], entry, 0);
}

static void go_on(unsigned from, unsigned to)
{
    (void)swapcontext(&contexts[from], &contexts[to]);
}
#endif

static void switch_to(unsigned to)
{
    const unsigned from = search_me;

    search_me = to;
    go_on(from, to);
}

/* --- choices --- */

unsigned search_choose(unsigned n)
{
    if (at == CHOICES)
        abort();
    if (at == depth) {
        choices[depth].of = (uint8_t)n;
        choices[depth].taken = 0;
        depth++;
    }
    if (choices[at].of != n) {
        (void)fprintf(stderr, "explore: an execution does not repeat\n");
        abort();
    }
    return choices[at++].taken;
}

/* Advances to the next execution; false after the last. */
static bool next_path(void)
{
    while (depth > 0 && choices[depth - 1].taken + 1 == choices[depth - 1].of)
        depth--;
    if (depth == 0)
        return false;
    choices[depth - 1].taken++;
    return true;
}

/* A thread whose poll was stale must see the newest values next time; otherwise it could poll forever. */
bool search_may_be_stale(void)
{
    struct thread *const t = &threads[search_me];
    const bool late = t->late;

    t->late = false;
    return left.stale != 0 && !late;
}

void search_was_stale(void)
{
    left.stale--;
    threads[search_me].stale = true;
}

/* --- the threads --- */

static bool has_news(unsigned i)
{
    return threads[1 - i].published != threads[i].seen || threads[i].stale;
}

static bool can_run(unsigned i)
{
    switch (threads[i].state) {
    case RUNS:
        return true;
    case SLEEPS:
        return threads[i].woken;
    case WAITS:
        return has_news(i);
    case FINISHED:
    default:
        return false;
    }
}

void search_point(void)
{
    const unsigned other = 1 - search_me;

    if (left.switches == 0 || !can_run(other) || search_choose(2) == 0)
        return;
    left.switches--;
    switch_to(other);
}

static bool is_finished(void)
{
    return threads[0].state == FINISHED && threads[1].state == FINISHED;
}

/* The current thread cannot continue: switches to the other one, or ends the execution. */
static void stop(void)
{
    const unsigned me = search_me;

    while (!can_run(me)) {
        if (can_run(1 - me)) {
            switch_to(1 - me);
            continue;
        }
        if (!is_finished())
            program->stuck();
        switch_to(NOBODY);
    }
    threads[me].state = RUNS;
}

void search_published(void)
{
    threads[search_me].published++;
}

void search_sleep(void)
{
    search_say(NULL, "sleeps");
    threads[search_me].state = SLEEPS;
    stop();
    threads[search_me].woken = false;
    search_say(NULL, "is awake");
}

void search_wake(unsigned thread)
{
    if (search_me == NOBODY)
        return;
    threads[thread].woken = true;
    search_published();
}

void search_poll(void)
{
    threads[search_me].seen = threads[1 - search_me].published;
    threads[search_me].stale = false;
}

void search_wait_for_news(void)
{
    threads[search_me].late = threads[search_me].stale;
    threads[search_me].state = WAITS;
    stop();
}

static void run_thread(void)
{
    program->thread[search_me]();
    search_say(NULL, "is done");
    threads[search_me].state = FINISHED;
    stop();
    abort();
}

void search_fail(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    if (!failed)
        (void)vsnprintf(failure, sizeof(failure), format, list);
    va_end(list);
    failed = true;
    if (search_me == NOBODY) {
        (void)fprintf(stderr, "explore: %s\n", failure);
        abort();
    }
    switch_to(NOBODY);
    abort();
}

/* --- executions --- */

/* Delayed loads of a thread may still fail, so this runs in place of a thread. */
static void run_end(void)
{
    memory_end();
    search_me = DRIVER;
    if (program->end != NULL)
        program->end();
    switch_to(NOBODY);
    abort();
}

static void execute(struct bound bound)
{
    left = bound;
    at = 0;
    step = 0;
    failed = false;
    search_me = NOBODY;
    memory_forget();
    program->start();
    memory_start();
    memory_name_by(program->name);
    for (unsigned i = 0; i < 2; i++) {
        memset(&threads[i], 0, sizeof(threads[i]));
        make_context(i, run_thread);
    }
    switch_to(DRIVER);
    if (failed)
        return;
    make_context(DRIVER, run_end);
    switch_to(DRIVER);
}

void search(const struct program *p, struct bound bound, uint64_t most, struct outcome *outcome)
{
    memset(outcome, 0, sizeof(*outcome));
    program = p;
    depth = 0;
    do {
        execute(bound);
        outcome->executions++;
        if (failed) {
            outcome->failed = true;
            memcpy(outcome->what, failure, sizeof(failure));
            return;
        }
        if (most != 0 && outcome->executions == most)
            return;
    } while (next_path());
    outcome->complete = true;
}

/* Repeats the last execution, whose choices are still recorded. */
void search_print(const struct program *p, struct bound bound)
{
    program = p;
    search_prints = true;
    execute(bound);
    search_prints = false;
    (void)printf("      failure: %s\n", failed ? failure : "none");
}

bool search_run(const struct program *p, const char *name, struct bound bound, bool fails)
{
    struct outcome o;

    search(p, bound, 0, &o);
    (void)printf("%-42s %llu executions, %s\n", name, (unsigned long long)o.executions,
                 o.failed     ? o.what
                 : o.complete ? "all"
                              : "NOT ALL");
    if (o.failed)
        search_print(p, bound);
    if (o.failed != fails)
        (void)printf("  %s\n", fails ? "NOT FOUND" : "FAILED");
    return o.failed == fails && (o.failed || o.complete);
}

void search_print_line(const struct explore_site *site, const char *format, ...)
{
    char text[160];
    char where[80] = "";
    va_list list;

    va_start(list, format);
    (void)vsnprintf(text, sizeof(text), format, list);
    va_end(list);
    if (site != NULL)
        (void)snprintf(where, sizeof(where), "%s (%s:%d)", site->function, sites_file(site), site->line);
    (void)printf("  %3u %s  %-52s %s\n", ++step, search_me == DRIVER ? "driver" : "    device", where, text);
}

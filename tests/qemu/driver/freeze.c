/* SPDX-License-Identifier: MIT */
#include "freeze.h"
#include "check.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FILE_BYTES 64
#define STEP_NS 1000000

static struct {
    pid_t pid;
    struct timespec time;
    pthread_t thread;
} frozen;

/* The only child of a process. */
static pid_t child_of(pid_t parent)
{
    char file[FILE_BYTES];
    int child = 0;
    int others = 0;
    FILE *f;

    snprintf(file, sizeof(file), "/proc/%d/task/%d/children", (int)parent, (int)parent);
    f = fopen(file, "r");
    CHECK_SYS(f != NULL);
    CHECK_NUMBER(fscanf(f, "%d %d", &child, &others), 1);
    fclose(f);
    return child;
}

static char state_of(pid_t pid)
{
    char file[FILE_BYTES];
    char state = 0;
    FILE *f;

    snprintf(file, sizeof(file), "/proc/%d/stat", (int)pid);
    f = fopen(file, "r");
    CHECK_SYS(f != NULL);
    CHECK_NUMBER(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
    fclose(f);
    return state;
}

static void *thaw(void *unused)
{
    nanosleep(&frozen.time, NULL);
    CHECK_SYS(kill(frozen.pid, SIGCONT) == 0);
    return unused;
}

void freeze(unsigned ms)
{
    const struct timespec step = {.tv_nsec = STEP_NS};

    frozen.pid = child_of(child_of(getpid())); /* timeout runs between the two */
    frozen.time = (struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    CHECK_SYS(kill(frozen.pid, SIGSTOP) == 0);
    while (state_of(frozen.pid) != 'T')
        nanosleep(&step, NULL);
    CHECK_SYS((errno = pthread_create(&frozen.thread, NULL, thaw, NULL)) == 0);
}

void freeze_end(void)
{
    CHECK_SYS((errno = pthread_join(frozen.thread, NULL)) == 0);
}

/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "cases.h"
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Runs one case or, without arguments, one case per line of standard input. Each case runs in its own child
 * process, so valgrind, whose startup takes longer than a case, starts only once.
 */

enum { WORDS = 16, SECONDS = 300 }; /* of a case that takes about one */

static void run_line(const char *name, char *line)
{
    char *argv[WORDS] = {(char *)(uintptr_t)name};
    int argc = 1;
    int status = 0;
    pid_t child;

    for (char *word = strtok(line, " \n"); word != NULL && argc < WORDS - 1; word = strtok(NULL, " \n"))
        argv[argc++] = word;
    child = fork();
    if (child == 0) {
        (void)alarm(SECONDS);
        (void)dup2(STDOUT_FILENO, STDERR_FILENO);
        exit(bench_main(argc, argv));
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        exit(1);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        printf("\nbench: no end within %d s", SECONDS);
    printf("\ncase %ld %d\n", (long)child, WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status));
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    char line[256];

    if (argc > 1)
        return bench_main(argc, argv);
    while (fgets(line, sizeof(line), stdin) != NULL)
        run_line(argv[0], line);
    return 0;
}

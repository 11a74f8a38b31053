/* SPDX-License-Identifier: MIT */
#include "input.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * A fuzz target without a fuzzer, for any compiler: runs each named file, and each file of a named folder. If
 * the first word is `back`, it then runs all of them again in the opposite order: nothing that an input sees
 * comes from the inputs before it.
 */

#define BYTES_MOST 65536u
#define FILES_MOST 8192u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* Of a target that does not use `world`. */
__attribute__((weak)) uint64_t fuzz_seen(void)
{
    return 0;
}

static char *files[FILES_MOST];
static uint64_t seen[FILES_MOST];
static unsigned count;

static uint64_t run_file(const char *name)
{
    FILE *const f = fopen(name, "rb");
    uint8_t *const data = malloc(BYTES_MOST);
    size_t n;
    uint8_t *exact;

    if (f == NULL || data == NULL) {
        perror(name);
        exit(1);
    }
    n = fread(data, 1, BYTES_MOST, f);
    fclose(f);
    exact = malloc(n + (n == 0)); /* an access beyond it is then an error */
    if (exact == NULL)
        abort();
    memcpy(exact, data, n);
    free(data);
    fprintf(stderr, "%s: %zu bytes\n", name, n); /* first: the last line names the input that failed */
    (void)LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return fuzz_seen();
}

static void add(const char *name)
{
    char *const copy = count < FILES_MOST ? strdup(name) : NULL;

    if (copy == NULL)
        abort();
    files[count++] = copy;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void add_folder(const char *name)
{
    struct dirent **entries = NULL;
    const int n = scandir(name, &entries, NULL, by_name);
    char path[4096];

    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof(path), "%s/%s", name, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            add(path);
        free(entries[i]);
    }
    free(entries);
}

/* Returns the number of inputs whose observations differ. */
static unsigned run_back(void)
{
    unsigned others = 0;

    for (unsigned i = count; i-- > 0;)
        if (run_file(files[i]) != seen[i]) {
            printf("%s: what it sees depends on the inputs before it\n", files[i]);
            others++;
        }
    return others;
}

int main(int argc, char **argv)
{
    const bool back = argc > 1 && strcmp(argv[1], "back") == 0;
    unsigned others = 0;

    for (int i = back ? 2 : 1; i < argc; i++) {
        struct stat s;

        if (stat(argv[i], &s) == 0 && S_ISDIR(s.st_mode))
            add_folder(argv[i]);
        else
            add(argv[i]);
    }
    for (unsigned i = 0; i < count; i++)
        seen[i] = run_file(files[i]);
    if (back)
        others = run_back();
    printf("%u inputs\n", count);
    for (unsigned i = 0; i < count; i++)
        free(files[i]);
    return count == 0 || others != 0;
}

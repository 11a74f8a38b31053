/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A fuzz target without a fuzzer, for any compiler: runs each named file, and each file of a named folder. */

#define BYTES_MOST 65536u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static unsigned ran;

static void run_file(const char *name)
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
    ran++;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void run_folder(const char *name)
{
    struct dirent **entries = NULL;
    const int n = scandir(name, &entries, NULL, by_name);
    char path[4096];

    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof(path), "%s/%s", name, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            run_file(path);
        free(entries[i]);
    }
    free(entries);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct stat s;

        if (stat(argv[i], &s) == 0 && S_ISDIR(s.st_mode))
            run_folder(argv[i]);
        else
            run_file(argv[i]);
    }
    printf("%u inputs\n", ran);
    return ran == 0;
}

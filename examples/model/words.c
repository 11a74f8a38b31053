/* SPDX-License-Identifier: MIT */
/* Lets ./vwr conform model test a device model: the words of docs/conform.md around the two functions of
 * words.h. */
#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>

#define MEMORY_FD 3 /* the guest's memory */

void model_line(bool level)
{
    printf("line %d\n", level);
}

static bool start(int count, char **words, uint64_t addr, uint64_t bytes)
{
    void *const memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, MEMORY_FD, 0);

    if (memory == MAP_FAILED)
        return false;
    printf("device 0x%" PRIx64 "\n", model_start(count, words, memory, addr, bytes));
    return true;
}

static bool answer(int count, char **words, const char *line)
{
    uint64_t addr;
    uint64_t value = 0;
    unsigned bytes;

    if (sscanf(line, "memory %" SCNx64 " %" SCNx64, &addr, &value) == 2)
        return start(count, words, addr, value);
    if (sscanf(line, "read %" SCNx64 " %u", &addr, &bytes) == 2) {
        if (model_access(addr, bytes, false, &value))
            printf("value 0x%" PRIx64 "\n", value);
        else
            printf("refused\n");
        return true;
    }
    if (sscanf(line, "write %" SCNx64 " %u %" SCNx64, &addr, &bytes, &value) != 3)
        return false;
    printf("%s\n", model_access(addr, bytes, true, &value) ? "done" : "refused");
    return true;
}

int main(int count, char **words)
{
    char line[120];

    while (fgets(line, sizeof(line), stdin) != NULL) {
        if (!answer(count, words, line))
            return 1;
        fflush(stdout);
    }
    return 0;
}

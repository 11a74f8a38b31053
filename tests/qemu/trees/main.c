/* SPDX-License-Identifier: MIT */
#include "agree.h"

#include <stdlib.h>

/*
 * trees_agree FILE...: for each tree, prints the results on which vwr/tree.h and libfdt agree. Exit code 1:
 * not a tree.
 */

#define BYTES (4u << 20)

int main(int argc, char **argv)
{
    void *const blob = aligned_alloc(8, BYTES);

    for (int i = 1; i < argc && blob != NULL; i++) {
        FILE *const f = fopen(argv[i], "rb");
        size_t bytes;

        if (f == NULL) {
            perror(argv[i]);
            return 1;
        }
        bytes = fread(blob, 1, BYTES, f);
        fclose(f);
        if (!agree(blob, bytes, stdout)) {
            printf("%s: not a tree\n", argv[i]);
            return 1;
        }
    }
    free(blob);
    return argc < 2;
}

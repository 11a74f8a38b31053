/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_TREE_H
#define VWR_QEMU_TREE_H

#include <stdint.h>

/*
 * A folder "share" in the current folder, which a device serves. A case reads "share/tree" through its
 * driver, and writes it back as "share/back"; diff compares the two.
 */

#define TREE_BIG 300000u       /* size of the largest file in bytes: several messages */
#define TREE_MANY 12u          /* entries of the folder "tree/many": several messages of a small size */
#define TREE_LIST 400u         /* the small size */
#define TREE_ENTRIES (8u + 5u) /* without those of "tree/many" */
#define TREE_64_MIB 224u       /* number of large files that amount to 64 MiB */

/* Makes the tree, with files of sizes around `message` bytes, and with `more` large files. */
void tree_make(uint32_t message, unsigned more);

/* Runs a command, which must succeed. */
void tree_run(const char *command);

/*
 * A copy is measured from tree_clock to tree_compare, which compares the two trees. tree_report prints the
 * rate, and a hash of the names and contents of each tree.
 */
void tree_clock(void);
void tree_compare(void);
void tree_report(const char *what);

#endif

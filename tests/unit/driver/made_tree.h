/* SPDX-License-Identifier: MIT */
#ifndef MADE_TREE_H
#define MADE_TREE_H

#include <stddef.h>
#include <stdint.h>

/* A flattened device tree, made step by step; wrong ones too. Tokens and offsets are those of its format. */
enum { MADE_BEGIN = 1, MADE_END_NODE = 2, MADE_PROPERTY = 3, MADE_NOP = 4, MADE_END = 9 };
enum {
    MADE_MAGIC,
    MADE_BYTES,
    MADE_NODES,
    MADE_STRINGS,
    MADE_VERSION = 5,
    MADE_COMPATIBLE,
    MADE_STRINGS_BYTES = 8,
    MADE_NODES_BYTES
};
#define MADE_CELLS 1024u
#define MADE_TEXT 512u

struct made_tree {
    uint32_t cell[MADE_CELLS];
    char strings[MADE_TEXT];
    unsigned cells;
    unsigned string_bytes;
    uint32_t blob[10 + MADE_CELLS + MADE_TEXT / 4]; /* big-endian; the header is its first 10 */
};

void made_begin(struct made_tree *t);
void made_cell(struct made_tree *t, uint32_t v);
void made_node(struct made_tree *t, const char *name);
void made_end(struct made_tree *t);
void made_text(struct made_tree *t, const char *name, const char *text);
void made_cells(struct made_tree *t, const char *name, unsigned count, const uint32_t *cells);
#define MADE_CELLS_OF(t, name, ...) \
    made_cells(t, name, sizeof((uint32_t[]){__VA_ARGS__}) / 4, (const uint32_t[]){__VA_ARGS__})

/* Ends the tree and puts it together: its bytes. A header's word may then be changed. */
size_t made_finish(struct made_tree *t);
void made_header(struct made_tree *t, unsigned word, uint32_t v);

#endif

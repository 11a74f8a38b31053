/* SPDX-License-Identifier: MIT */
#ifndef MADE_TREE_H
#define MADE_TREE_H

#include <stddef.h>
#include <stdint.h>

/* Builds a flattened device tree step by step, including invalid ones. Tokens and offsets follow the
 * format's specification. */
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
    uint32_t blob[10 + MADE_CELLS + MADE_TEXT / 4]; /* big-endian; the first 10 words are the header */
};

void made_begin(struct made_tree *t);
void made_cell(struct made_tree *t, uint32_t v);
void made_node(struct made_tree *t, const char *name);
void made_end(struct made_tree *t);
void made_text(struct made_tree *t, const char *name, const char *text);
void made_cells(struct made_tree *t, const char *name, unsigned count, const uint32_t *cells);
#define MADE_CELLS_OF(t, name, ...) \
    made_cells(t, name, sizeof((uint32_t[]){__VA_ARGS__}) / 4, (const uint32_t[]){__VA_ARGS__})

/* Completes the tree and returns its size in bytes. Afterwards made_header may change a word of the
 * header. */
size_t made_finish(struct made_tree *t);
void made_header(struct made_tree *t, unsigned word, uint32_t v);

#endif

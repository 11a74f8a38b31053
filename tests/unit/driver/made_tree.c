/* SPDX-License-Identifier: MIT */
#include "made_tree.h"
#include "vwr/base.h"

#include <string.h>

void made_begin(struct made_tree *t)
{
    memset(t, 0, sizeof(*t));
}

void made_cell(struct made_tree *t, uint32_t v)
{
    t->cell[t->cells++] = vwr_cpu_to_be32(v);
}

static void made_bytes(struct made_tree *t, const void *bytes, size_t count)
{
    memcpy(&t->cell[t->cells], bytes, count);
    t->cells += (unsigned)(count + 3) / 4;
}

void made_node(struct made_tree *t, const char *name)
{
    made_cell(t, MADE_BEGIN);
    made_bytes(t, name, strlen(name) + 1);
}

void made_end(struct made_tree *t)
{
    made_cell(t, MADE_END_NODE);
}

static void made_property(struct made_tree *t, const char *name, size_t bytes)
{
    made_cell(t, MADE_PROPERTY);
    made_cell(t, (uint32_t)bytes);
    made_cell(t, t->string_bytes);
    strcpy(t->strings + t->string_bytes, name);
    t->string_bytes += (unsigned)strlen(name) + 1;
}

void made_text(struct made_tree *t, const char *name, const char *text)
{
    made_property(t, name, strlen(text) + 1);
    made_bytes(t, text, strlen(text) + 1);
}

void made_cells(struct made_tree *t, const char *name, unsigned count, const uint32_t *cells)
{
    made_property(t, name, 4 * count);
    for (unsigned i = 0; i < count; i++)
        made_cell(t, cells[i]);
}

void made_header(struct made_tree *t, unsigned word, uint32_t v)
{
    t->blob[word] = vwr_cpu_to_be32(v);
}

size_t made_finish(struct made_tree *t)
{
    made_cell(t, MADE_END);
    memcpy(t->blob + 10, t->cell, 4 * t->cells);
    memcpy(t->blob + 10 + t->cells, t->strings, t->string_bytes);
    made_header(t, MADE_MAGIC, 0xd00dfeed);
    made_header(t, MADE_BYTES, 40 + 4 * t->cells + t->string_bytes);
    made_header(t, MADE_NODES, 40);
    made_header(t, MADE_STRINGS, 40 + 4 * t->cells);
    made_header(t, MADE_VERSION, 17);
    made_header(t, MADE_COMPATIBLE, 16);
    made_header(t, MADE_STRINGS_BYTES, t->string_bytes);
    made_header(t, MADE_NODES_BYTES, 4 * t->cells);
    return 40 + 4 * t->cells + t->string_bytes;
}

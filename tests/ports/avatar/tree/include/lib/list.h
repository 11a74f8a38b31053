/* SPDX-License-Identifier: MIT */
#ifndef LIST_H
#define LIST_H

#include "avatar_types.h"

typedef struct _list_node_t {
    struct _list_node_t *pre;
    struct _list_node_t *next;
} list_node_t;

typedef struct _list_t {
    list_node_t *first;
    list_node_t *last;
    int32_t count;
} list_t;

#endif

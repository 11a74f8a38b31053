/* SPDX-License-Identifier: MIT */
#include "../../../runtime/device/core/index/vindex_common.h"
#include "../driver/cmocka_all.h"

#include <stdlib.h>

/* The index for numbers chosen by a guest: checked against an array, and for its maximum depth with any
 * order of keys. */

#define NODES 4096u

static struct vwr_vindex_node node[NODES];
static bool present[NODES];
static struct vwr_vindex_node *root;
static uint32_t seed;

static uint32_t draw(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)seed * n >> 32);
}

/* Height of a subtree; checks that each node is balanced, ordered, and points to its parent. */
static int levels_of(const struct vwr_vindex_node *n, const struct vwr_vindex_node *up, unsigned *count)
{
    int levels[2] = {0, 0};

    if (n == NULL)
        return 0;
    assert_ptr_equal(n->up, up);
    assert_true(present[n - node]);
    for (unsigned side = 0; side < 2; side++) {
        if (n->child[side] != NULL)
            assert_true((n->child[side]->key > n->key) == (side == 1));
        levels[side] = levels_of(n->child[side], n, count);
    }
    assert_int_equal(levels[1] - levels[0], n->balance);
    assert_in_range(n->balance + 1, 0, 2);
    (*count)++;
    return 1 + (levels[0] > levels[1] ? levels[0] : levels[1]);
}

/* Maximum height of a balanced tree: a smallest tree of n levels has a root and smallest subtrees of n - 1
 * and n - 2 levels. */
static int most_levels(unsigned count)
{
    unsigned least = 1;
    unsigned next = 2;
    int levels = 0;

    for (; least <= count; levels++) {
        const unsigned sum = least + next + 1;

        least = next;
        next = sum;
    }
    return levels;
}

static void check(unsigned count)
{
    unsigned found = 0;
    const int levels = levels_of(root, NULL, &found);

    assert_int_equal(found, count);
    assert_true(levels <= most_levels(count));
}

static void add(uint32_t i, uint32_t key)
{
    node[i].key = key;
    present[i] = true;
    vwr_vindex_add_(&root, &node[i]);
}

static void take(uint32_t i)
{
    vwr_vindex_remove_(&root, &node[i]);
    present[i] = false;
}

static void begin(void)
{
    root = NULL;
    for (uint32_t i = 0; i < NODES; i++)
        present[i] = false;
}

/* Ascending, descending, alternately from both ends; insertion and removal in each combination. */
static uint32_t in_order(unsigned order, uint32_t i)
{
    return order == 0 ? i : order == 1 ? NODES - 1 - i : i % 2 == 0 ? i / 2 : NODES - 1 - i / 2;
}

static void orders(void **state)
{
    (void)state;
    for (unsigned order = 0; order < 9; order++) {
        begin();
        for (uint32_t i = 0; i < NODES; i++) {
            add(in_order(order % 3, i), in_order(order % 3, i) * 1048573u);
            if (i < 64 || i % 256 == 255)
                check(i + 1);
        }
        for (uint32_t i = 0; i < NODES; i++) {
            take(in_order(order / 3, i));
            if (i % 256 == 255 || i > NODES - 64)
                check(NODES - 1 - i);
        }
        assert_null(root);
    }
}

/* Random order: checks lookup, successor, and the first key from a given one on. */
static void model(void **state)
{
    unsigned count = 0;

    (void)state;
    begin();
    seed = 1;
    for (unsigned step = 0; step < 20000; step++) {
        const uint32_t at = draw(step % 4096 < 2048 ? NODES : 64);

        if (present[at])
            take(at);
        else
            add(at, at * 16 + 5);
        count = present[at] ? count + 1 : count - 1;
        assert_ptr_equal(vwr_vindex_find_(root, at * 16 + 5), present[at] ? &node[at] : NULL);
        assert_null(vwr_vindex_find_(root, at * 16 + 6));
        if (step % 128 == 0) {
            struct vwr_vindex_node *n = vwr_vindex_from_(root, 0);

            check(count);
            for (uint32_t i = 0; i < NODES; i++) {
                if (!present[i])
                    continue;
                assert_ptr_equal(n, &node[i]);
                assert_ptr_equal(vwr_vindex_from_(root, i * 16 + 5), n);
                n = vwr_vindex_next_(n);
                assert_ptr_equal(vwr_vindex_from_(root, i * 16 + 6), n);
            }
            assert_null(n);
        }
    }
}

/* Consecutive keys, as guests use them, are spread over the heads; each head index is in range. */
static void heads(void **state)
{
    static unsigned under[NODES];
    unsigned most = 0;

    (void)state;
    for (uint32_t key = 1; key <= NODES; key++) {
        const uint32_t head = vindex_head(key, NODES);

        assert_true(head < NODES);
        under[head]++;
        most = under[head] > most ? under[head] : most;
    }
    assert_true(most <= 3);
    assert_int_equal(vindex_head(UINT32_MAX, 1), 0);
}

int main(void)
{
#define CASE(function) cmocka_unit_test(function)
    const struct CMUnitTest tests[] = {CASE(orders), CASE(model), CASE(heads)};

    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "made_tree.h"
#include "vwr/tree.h"

#include <stdlib.h>
#include <string.h>

/* Device trees that are malformed as a whole (D46). tests/qemu/trees tests the contents of nodes against
 * libfdt. */

static struct made_tree made;
static struct vwr_tree tree;

/* A root with a device, which a case corrupts before or after the tree is completed. */
static size_t good(void)
{
    made_begin(&made);
    made_node(&made, "");
    MADE_CELLS_OF(&made, "#address-cells", 1);
    MADE_CELLS_OF(&made, "#size-cells", 1);
    made_node(&made, "virtio@1000");
    made_text(&made, "compatible", "virtio,mmio");
    MADE_CELLS_OF(&made, "reg", 0x1000, 0x200);
    made_end(&made);
    made_end(&made);
    return made_finish(&made);
}

/* In a heap block of exactly this length, so that an overrun is detected. */
static int open_exactly(size_t bytes)
{
    void *const exact = malloc(bytes + (bytes == 0));
    int r;

    assert_non_null(exact);
    memcpy(exact, made.blob, bytes);
    r = vwr_tree_open(&tree, exact, bytes);
    if (r == VWR_OK) {
        struct vwr_tree_node n;

        vwr_tree_begin(&n, &tree);
        for (unsigned i = 0; vwr_tree_next(&n); i++)
            assert_in_range(i, 0, MADE_CELLS);
    }
    free(exact);
    return r;
}

static void a_tree(void **state)
{
    const size_t bytes = good();
    struct vwr_tree_node n;
    uint64_t at, size;

    (void)state;
    assert_int_equal(open_exactly(bytes), VWR_OK);
    assert_int_equal(vwr_tree_open(&tree, made.blob, VWR_TREE_ANY_SIZE), VWR_OK);
    vwr_tree_begin(&n, &tree);
    assert_true(vwr_tree_find(&n, "virtio,mmio"));
    assert_int_equal(vwr_tree_reg(&n, 0, &at, &size), VWR_OK);
    assert_int_equal(at, 0x1000);
    assert_int_equal(size, 0x200);
    assert_int_equal(vwr_tree_reg(&n, 1, &at, &size), VWR_ERANGE);
    assert_string_equal(vwr_tree_text(&n, "compatible"), "virtio,mmio");
    assert_null(vwr_tree_text(&n, "status"));
    assert_null(vwr_tree_chosen(&tree, "bootargs"));
    assert_false(vwr_tree_find(&n, "virtio,mmio"));
    assert_true(vwr_tree_find(&n, "virtio,mmio")); /* starts from the root again */
}

static void D46_truncated(void **state)
{
    const size_t bytes = good();

    (void)state;
    for (size_t n = 0; n < bytes; n++)
        assert_int_equal(open_exactly(n), n < 40 ? VWR_EMAGIC : VWR_ERANGE);
}

static void D46_header(void **state)
{
    static const struct {
        unsigned word;
        uint32_t value;
        int result;
    } cases[] = {
        {MADE_MAGIC, 0xedfe0dd0, VWR_EMAGIC}, {MADE_BYTES, 0xffffffff, VWR_ERANGE},
        {MADE_BYTES, 39, VWR_ERANGE},         {MADE_NODES, 0xfffffffc, VWR_ERANGE},
        {MADE_NODES, 42, VWR_EALIGN},         {MADE_STRINGS, 0xffffffff, VWR_ERANGE},
        {MADE_VERSION, 15, VWR_EVERSION},     {MADE_VERSION, 16, VWR_EVERSION},
        {MADE_COMPATIBLE, 18, VWR_EVERSION},  {MADE_STRINGS_BYTES, 0xfffffff0, VWR_ERANGE},
        {MADE_STRINGS_BYTES, 0, VWR_ERANGE},  {MADE_NODES_BYTES, 0xfffffff0, VWR_ERANGE},
        {MADE_NODES_BYTES, 0, VWR_ERANGE},    {MADE_NODES_BYTES, 8, VWR_ERANGE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const size_t bytes = good();

        made_header(&made, cases[i].word, cases[i].value);
        assert_int_equal(open_exactly(bytes), cases[i].result);
    }
    (void)good();
    assert_int_equal(vwr_tree_open(&tree, (const uint8_t *)made.blob + 1, VWR_TREE_ANY_SIZE), VWR_EALIGN);
}

static void root_only(void)
{
    made_begin(&made);
    made_node(&made, "");
}

static void a_depth_bomb(void)
{
    for (unsigned i = 0; i < 100; i++)
        made_node(&made, i == 0 ? "" : "n");
    for (unsigned i = 0; i < 100; i++)
        made_end(&made);
}

static void ends_too_often(void)
{
    root_only();
    made_end(&made);
    made_end(&made);
}

static void ends_too_early(void)
{
    root_only();
}

static void two_roots(void)
{
    root_only();
    made_end(&made);
    made_node(&made, "");
    made_end(&made);
}

static void no_root(void)
{
}

static void property_of_nothing(void)
{
    made_text(&made, "model", "x");
}

static void unknown_token(void)
{
    root_only();
    made_cell(&made, 5);
    made_end(&made);
}

static void property(uint32_t bytes, uint32_t name)
{
    root_only();
    made_text(&made, "model", "x");
    made_cell(&made, MADE_PROPERTY);
    made_cell(&made, bytes);
    made_cell(&made, name);
    made_end(&made);
}

static void string_is_out(void)
{
    property(0, 6);
}

static void string_is_far_out(void)
{
    property(0, 0xffffffff);
}

static void length_is_out(void)
{
    property(13, 0);
}

static void length_wraps(void)
{
    property(0xfffffffe, 0);
}

static void D46_nodes(void **state)
{
    static const struct {
        void (*make)(void);
        int result;
    } cases[] = {
        {a_depth_bomb, VWR_EPROTO},  {ends_too_often, VWR_EPROTO}, {ends_too_early, VWR_EPROTO},
        {two_roots, VWR_EPROTO},     {no_root, VWR_EPROTO},        {property_of_nothing, VWR_EPROTO},
        {unknown_token, VWR_EPROTO}, {string_is_out, VWR_ERANGE},  {string_is_far_out, VWR_ERANGE},
        {length_is_out, VWR_ERANGE}, {length_wraps, VWR_ERANGE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        made_begin(&made);
        cases[i].make();
        assert_int_equal(open_exactly(made_finish(&made)), cases[i].result);
    }
}

/* The last property name in the strings block is not terminated. */
static void D46_string_does_not_end(void **state)
{
    size_t bytes = good();

    (void)state;
    made_header(&made, MADE_STRINGS_BYTES, made.string_bytes - 1);
    assert_int_equal(open_exactly(bytes - 1), VWR_ERANGE);
    made_header(&made, MADE_BYTES, (uint32_t)bytes - 1);
    assert_int_equal(open_exactly(bytes - 1), VWR_ERANGE);
}

/* A node name that continues to the end of the blob. */
static void D46_name_does_not_end(void **state)
{
    (void)state;
    made_begin(&made);
    made_cell(&made, MADE_BEGIN);
    for (unsigned i = 0; i < 10; i++)
        made_cell(&made, 0x61616161);
    (void)made_finish(&made);
    made_header(&made, MADE_BYTES, 84);
    made_header(&made, MADE_NODES_BYTES, 44);
    made_header(&made, MADE_STRINGS, 84);
    assert_int_equal(open_exactly(84), VWR_ERANGE);
}

/* The maximum depth, and one level more. */
static void depth(void **state)
{
    (void)state;
    for (unsigned levels = VWR_TREE_DEPTH; levels <= VWR_TREE_DEPTH + 1; levels++) {
        made_begin(&made);
        for (unsigned i = 0; i < levels; i++)
            made_node(&made, i == 0 ? "" : "n");
        for (unsigned i = 0; i < levels; i++)
            made_end(&made);
        assert_int_equal(open_exactly(made_finish(&made)), levels > VWR_TREE_DEPTH ? VWR_EPROTO : VWR_OK);
    }
}

static void chosen(void **state)
{
    (void)state;
    made_begin(&made);
    made_node(&made, "");
    made_node(&made, "a");
    made_node(&made, "chosen");
    made_text(&made, "bootargs", "wrong");
    made_end(&made);
    made_end(&made);
    made_node(&made, "chosen");
    made_cell(&made, MADE_NOP);
    made_text(&made, "bootargs", "polled");
    MADE_CELLS_OF(&made, "seed", 0x61626364);
    made_end(&made);
    made_end(&made);
    assert_int_equal(vwr_tree_open(&tree, made.blob, made_finish(&made)), VWR_OK);
    assert_string_equal(vwr_tree_chosen(&tree, "bootargs"), "polled");
    assert_null(vwr_tree_chosen(&tree, "seed")); /* not a string */
    assert_null(vwr_tree_chosen(&tree, "stdout-path"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree),
        cmocka_unit_test(D46_truncated),
        cmocka_unit_test(D46_header),
        cmocka_unit_test(D46_nodes),
        cmocka_unit_test(D46_string_does_not_end),
        cmocka_unit_test(D46_name_does_not_end),
        cmocka_unit_test(depth),
        cmocka_unit_test(chosen),
    };

    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}

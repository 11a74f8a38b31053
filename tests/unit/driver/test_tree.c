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

static void unknown_bits(void)
{
    root_only();
    made_cell(&made, 0x100 | MADE_NOP);
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
        {length_is_out, VWR_ERANGE}, {length_wraps, VWR_ERANGE},   {unknown_bits, VWR_EPROTO},
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

/* The nodes end within the length and name of a property. */
static void D46_property_does_not_end(void **state)
{
    (void)state;
    root_only();
    made_text(&made, "model", "x");
    for (uint32_t left = 1; left <= 4; left++) {
        const size_t bytes = made_finish(&made);

        made_header(&made, MADE_NODES_BYTES, (2 + left) * 4);
        assert_int_equal(open_exactly(bytes), VWR_ERANGE);
        made.cells--;
    }
}

/* Nodes that vwr_tree_find skips, and a node without an error to describe. */
static void disabled(void **state)
{
    struct vwr_tree_node n;
    char text[10] = "x";

    (void)state;
    made_begin(&made);
    made_node(&made, "");
    for (unsigned i = 0; i < 2; i++) {
        made_node(&made, i == 0 ? "off" : "on");
        made_text(&made, "compatible", "virtio,mmio");
        made_text(&made, "status", i == 0 ? "disabled" : "ok");
        made_text(&made, "name", i == 0 ? "off" : "on");
        made_end(&made);
    }
    made_end(&made);
    assert_int_equal(vwr_tree_open(&tree, made.blob, made_finish(&made)), VWR_OK);
    vwr_tree_begin(&n, &tree);
    assert_true(vwr_tree_find(&n, "virtio,mmio"));
    assert_string_equal(vwr_tree_text(&n, "name"), "on");
    assert_int_equal(vwr_tree_explain(&n, VWR_EPROTO, text, sizeof(text)), 0);
    assert_string_equal(text, "");
}

/* Properties that dtc does not accept: those that determine interrupts and DMA have a wrong length. */
static void D46_lengths(void **state)
{
    struct vwr_interrupt interrupt = {.count = 1};
    struct vwr_tree_node n;
    char text[120];

    (void)state;
    for (unsigned c = 0; c < 3; c++) {
        made_begin(&made);
        made_node(&made, "");
        MADE_CELLS_OF(&made, "#address-cells", 1);
        MADE_CELLS_OF(&made, "#size-cells", 1);
        made_node(&made, "nexus");
        MADE_CELLS_OF(&made, "#address-cells", 1);
        MADE_CELLS_OF(&made, "phandle", 1);
        MADE_CELLS_OF(&made, "#interrupt-cells", 1);
        MADE_CELLS_OF(&made, "interrupt-map", 0, 7, 1, 0, 7);
        made_end(&made);
        made_node(&made, "bus");
        MADE_CELLS_OF(&made, "#size-cells", 1, 1);
        made_cells(&made, "dma-ranges", 0, NULL);
        if (c == 0)
            MADE_CELLS_OF(&made, "interrupt-parent", 1, 1);
        else
            MADE_CELLS_OF(&made, "interrupt-parent", 1);
        made_node(&made, "device");
        MADE_CELLS_OF(&made, "interrupts", 7);
        made_cells(&made, "reg", c == 1 ? 0 : 1, (const uint32_t[]){0});
        made_end(&made);
        made_end(&made);
        made_end(&made);
        assert_int_equal(vwr_tree_open(&tree, made.blob, made_finish(&made)), VWR_OK);
        vwr_tree_begin(&n, &tree);
        for (unsigned i = 0; i < 4; i++)
            assert_true(vwr_tree_next(&n));
        assert_int_equal(vwr_tree_interrupt(&n, &interrupt), VWR_EPROTO);
        assert_int_equal(interrupt.count, 0);
        (void)vwr_tree_explain(&n, VWR_EPROTO, text, sizeof(text));
        assert_string_equal(text, c == 0 ? "/bus: interrupt-parent has a phandle that no node has"
                                         : "/nexus: interrupt-map-mask must not compare unit addresses: "
                                           "#address-cells differs from the device's bus");
        assert_int_equal(vwr_tree_check_dma(&n), VWR_EPROTO);
    }
}

/* ---- PCI hosts ---- */

#define BUS_BYTES (1u << 20)
#define FUNCTION 0x08u /* device 1 */

/* A host that is described correctly, except for what a case replaces. */
struct host {
    uint32_t cells; /* #address-cells */
    uint32_t space; /* bytes of reg */
    uint32_t bus_range[3], bus_cells;
    uint32_t to;           /* phandle of the controller in interrupt-map */
    uint32_t map_cells;    /* of interrupt-map */
    uint32_t mask_cells;   /* of interrupt-map-mask */
    uint32_t window[2];    /* its address on the bus */
    uint32_t window_bytes; /* lower half */
    int buses, interrupt, result;
    uint8_t first, last;
};

/* Controllers: 1 is correct, 2 has no #interrupt-cells, 3 has an invalid #address-cells. */
static void controllers(void)
{
    for (uint32_t i = 1; i <= 3; i++) {
        made_node(&made, "controller");
        MADE_CELLS_OF(&made, "phandle", i);
        made_text(&made, "interrupt-controller", "");
        if (i != 2)
            MADE_CELLS_OF(&made, "#interrupt-cells", 2);
        if (i == 3)
            MADE_CELLS_OF(&made, "#address-cells", 9);
        made_end(&made);
    }
}

static void open_host(const struct host *h)
{
    const uint32_t map[] = {FUNCTION << 8, 0, 0, 1, h->to, 33, 4}, mask[] = {0xf800, 0, 0, 7};

    made_begin(&made);
    made_node(&made, "");
    MADE_CELLS_OF(&made, "#address-cells", 1);
    MADE_CELLS_OF(&made, "#size-cells", 1);
    controllers();
    made_node(&made, "pci");
    made_text(&made, "compatible", "pci-host-ecam-generic");
    MADE_CELLS_OF(&made, "#address-cells", h->cells);
    MADE_CELLS_OF(&made, "#size-cells", 2);
    MADE_CELLS_OF(&made, "#interrupt-cells", 1);
    MADE_CELLS_OF(&made, "reg", 0x40000000, h->space);
    if (h->bus_cells != 0)
        made_cells(&made, "bus-range", h->bus_cells, h->bus_range);
    if (h->mask_cells != 0)
        made_cells(&made, "interrupt-map-mask", h->mask_cells, mask);
    made_cells(&made, "interrupt-map", h->map_cells, map);
    MADE_CELLS_OF(&made, "ranges", 0x02000000, h->window[0], h->window[1], 0x10000000, 0, h->window_bytes);
    made_end(&made);
    made_end(&made);
    assert_int_equal(vwr_tree_open(&tree, made.blob, made_finish(&made)), VWR_OK);
}

static void D46_hosts(void **state)
{
    static const struct host right = {3,      2 * BUS_BYTES, {0},    0, 1, 7, 4, {0, 0x10000000},
                                      0x1000, VWR_OK,        VWR_OK, 1, 0, 1};
    struct host h[14];
    struct vwr_interrupt interrupt;
    struct vwr_tree_window w;
    struct vwr_tree_node n;
    uint8_t first = 0, last = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(h) / sizeof(h[0]); i++)
        h[i] = right;
    h[1].cells = 2;
    h[1].buses = h[1].interrupt = VWR_EPROTO;
    h[2].space = BUS_BYTES - 1;
    h[2].buses = VWR_EPROTO;
    h[3].bus_cells = 1;
    h[3].buses = VWR_EPROTO;
    h[4].bus_cells = 2; /* the last is below the first */
    h[4].bus_range[0] = 1;
    h[4].buses = VWR_EPROTO;
    h[5].bus_cells = 2;
    h[5].bus_range[1] = 0x100;
    h[5].buses = VWR_EPROTO;
    h[6].bus_cells = 2; /* more buses than space */
    h[6].bus_range[0] = h[6].first = 4;
    h[6].bus_range[1] = 9;
    h[6].last = 5;
    h[7].bus_cells = 2; /* as many */
    h[7].bus_range[0] = h[7].first = 4;
    h[7].bus_range[1] = h[7].last = 5;
    h[8].bus_cells = 3;
    h[8].buses = VWR_EPROTO;
    h[9].mask_cells = 0; /* every bit counts */
    h[10].to = 2;
    h[10].interrupt = VWR_EPROTO;
    h[11].to = 3;
    h[11].interrupt = VWR_EPROTO;
    h[12].map_cells = 6;
    h[12].interrupt = VWR_EPROTO;
    h[13].window[0] = 0xffffffff; /* around the end of the bus */
    h[13].window[1] = 0xfffff001;
    h[13].result = VWR_EPROTO;
    for (size_t i = 0; i < sizeof(h) / sizeof(h[0]); i++) {
        open_host(&h[i]);
        vwr_tree_begin(&n, &tree);
        assert_true(vwr_tree_find(&n, "pci-host-ecam-generic"));
        assert_int_equal(vwr_tree_buses(&n, &first, &last), h[i].buses);
        if (h[i].buses == VWR_OK)
            assert_true(first == h[i].first && last == h[i].last);
        assert_int_equal(vwr_tree_map_interrupt(&n, FUNCTION, 1, &interrupt), h[i].interrupt);
        if (h[i].interrupt == VWR_OK)
            assert_true(interrupt.controller == 1 && interrupt.count == 2 && interrupt.cell[0] == 33);
        if (h[i].mask_cells == 0)
            assert_int_equal(vwr_tree_map_interrupt(&n, FUNCTION + 1, 1, &interrupt), VWR_ERANGE);
        assert_int_equal(vwr_tree_window(&n, 0, &w), h[i].result);
    }
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
        cmocka_unit_test(D46_property_does_not_end),
        cmocka_unit_test(disabled),
        cmocka_unit_test(D46_lengths),
        cmocka_unit_test(D46_hosts),
    };

    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}

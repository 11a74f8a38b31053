/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"
#include "vwr/gen/ids.h"

#include <string.h>

/* Assignment of addresses to BARs and bridges, and the walk over buses: the errors if addresses run out,
 * and the number of accesses. */

/* A BAR placed by firmware is found if its address lies in a window; otherwise it is not. */
static void placed_by_firmware(void **state)
{
    struct function *const f = disk_at(8);

    (void)state;
    f->word[BAR / 4 + 4] = (WINDOW + 2 * BAR_BYTES) | 0xc;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    assert_ptr_equal(pci.structure[0].at, mapped + 2 * BAR_BYTES);
    f->word[BAR / 4 + 5] = 1; /* the same address plus 4 GiB */
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
    f->word[BAR / 4 + 5] = 0;
    window.bytes = 2 * BAR_BYTES + BAR_BYTES / 2; /* half outside */
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
}

static void host_explains(const char *part)
{
    char text[300];

    (void)vwr_pci_host_explain(&host, text, sizeof(text));
    if (strstr(text, part) == NULL)
        fail_msg("\"%s\" is not in \"%s\"", part, text);
}

/* All BARs get separate addresses; a function for which there is no space gets none. */
static void places_are_apart(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 32; i++)
        (void)disk_at(i * 8);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    host_explains("no fault");
    for (unsigned i = 0; i < 32; i++) {
        assert_int_equal(vwr_pci_probe(&pci, &host, i * 8), VWR_OK);
        assert_ptr_equal(pci.structure[0].at, mapped + i * BAR_BYTES);
    }
    window.used = WINDOW_BYTES - BAR_BYTES;
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    host_explains("BAR 4 of function 0:1.0 needs 16384 bytes");
    assert_int_equal(vwr_pci_probe(&pci, &host, 0), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
    assert_int_equal(window.used, WINDOW_BYTES);
}

/* A function is never placed in part: if one BAR cannot be placed, none is, and the function is disabled. */
static void a_function_is_placed_whole(void **state)
{
    struct function *const f = disk_at(8);

    (void)state;
    f->word[COMMAND / 4] |= 7;
    f->bar_mask[1] = ~(WINDOW_BYTES - 1); /* the whole window */
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    host_explains("BAR 4 of function 0:1.0 needs 16384 bytes, which no window has free");
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(f->word[BAR / 4 + i] & ~0xfu, 0);
    assert_int_equal(f->word[COMMAND / 4] & 7u, 0);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
    assert_int_equal(f->word[COMMAND / 4] & 7u, 0);
}

/* Function 0 of bus 0 may be a bridge. What is behind it has no address that the bridge does not forward. */
static void behind_function_0(void **state)
{
    static struct vwr_pci_window both[2];

    (void)state;
    (void)bridge_at(0);
    (void)disk_at(VWR_PCI_FUNCTION(1, 0, 0));
    both[0] = (struct vwr_pci_window){
        .bus = 0x8000000000, .bytes = WINDOW_BYTES, .cpu = mapped + WINDOW_BYTES, .kind = VWR_PCI_MEMORY_64};
    both[1] = window;
    host.windows = both;
    host.window_count = 2;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_probe(&pci, &host, VWR_PCI_FUNCTION(1, 0, 0)), VWR_OK);
    assert_in_range((uintptr_t)pci.structure[0].at, (uintptr_t)mapped, (uintptr_t)mapped + WINDOW_BYTES - 1);
    assert_int_equal(both[0].used, 0);
}

/* A BAR larger than 4 GiB: the size spans both halves, and its window lies above 4 GiB. */
static void a_large_bar(void **state)
{
    struct vwr_pci_window both[2];
    struct function *const f = disk_at(8);

    (void)state;
    f->word[BAR / 4 + 2] = 0xc;
    f->bar_mask[2] = 0;
    f->bar_mask[3] = 0xfffffffcu; /* 16 GiB */
    both[0] = window;
    both[1] = (struct vwr_pci_window){
        .bus = 0x800000000u, .bytes = 0x800000000u, .kind = VWR_PCI_MEMORY_64}; /* 32 GiB */
    host.windows = both;
    host.window_count = 2;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(f->word[BAR / 4 + 2], 0xc);
    assert_int_equal(f->word[BAR / 4 + 3], 8);
    assert_true(both[1].used == 0x400000000u);
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    f->word[0x44 / 4] = 2; /* the common configuration is in this BAR, which the CPU cannot access */
    f->word[0x48 / 4] = 0;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_EVERSION);
}

/* At the end of the address space the next aligned address is 0, which is not after the used addresses. */
static void a_window_at_the_end(void **state)
{
    struct function *const f = disk_at(8);

    (void)state;
    window.bus = 0xfffffffffff00000u;
    window.kind = VWR_PCI_MEMORY_64;
    window.used = WINDOW_BYTES - BAR_BYTES + 1;
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    assert_int_equal(f->word[BAR / 4 + 4], 0xc);
    assert_int_equal(window.used, WINDOW_BYTES - BAR_BYTES + 1);
    window.used = WINDOW_BYTES - BAR_BYTES;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(f->word[BAR / 4 + 5], 0xffffffff);
    assert_int_equal(f->word[BAR / 4 + 4], 0xffffc00c);
}

/* A bridge forwards memory below 4 GiB; without a window there, no device behind it has an address. */
static void bridge_without_a_window(void **state)
{
    struct function *const bridge = bridge_at(8);
    struct function *const f = disk_at(VWR_PCI_FUNCTION(1, 0, 0));

    (void)state;
    window.kind = VWR_PCI_MEMORY_64;
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    host_explains("BAR 4 of function 1:0.0 needs 16384 bytes");
    assert_int_equal(f->word[BAR / 4 + 4], 0xc);
    assert_int_equal(bridge->word[BUSES / 4], 0x010100);
    assert_int_equal(bridge->word[0x20 / 4], 0xfff0); /* it forwards nothing */
    assert_int_equal(window.used, 0);
}

/* The buses of a host, and a bridge that names more; functions on other buses are not examined. */
static void some_buses(void **state)
{
    struct vwr_pci_scan scan = {.host = &host, .type = VWR_ID_BLOCK};

    (void)state;
    (void)disk_at(VWR_PCI_FUNCTION(0, 1, 0));
    (void)function_at(VWR_PCI_FUNCTION(1, 1, 0), 0x00021b36, 0);
    (void)disk_at(VWR_PCI_FUNCTION(1, 2, 0));
    bridge_at(VWR_PCI_FUNCTION(1, 3, 0))->word[BUSES / 4] = 0x00ff0201;
    (void)disk_at(VWR_PCI_FUNCTION(2, 1, 0));
    (void)disk_at(VWR_PCI_FUNCTION(3, 1, 0));
    host.first_bus = 1;
    host.last_bus = 2;
    window.bytes = 4 * WINDOW_BYTES;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    bus.at[VWR_PCI_FUNCTION(1, 3, 0)]->word[BUSES / 4] = 0x00ff0201;
    assert_int_equal(vwr_pci_scan_next(&scan, &pci), 1);
    assert_int_equal(pci.function, VWR_PCI_FUNCTION(1, 2, 0));
    assert_int_equal(vwr_pci_scan_next(&scan, &pci), 1);
    assert_int_equal(pci.function, VWR_PCI_FUNCTION(2, 1, 0));
    assert_int_equal(vwr_pci_scan_next(&scan, &pci), 0);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(3, 1, 0)]->word[BAR / 4 + 4], 0xc);
}

/* Two bridges in series and a third one: bus numbers, and the part of the window that each forwards. */
static void bridges(void **state)
{
    struct vwr_pci_scan scan = {.host = &host};
    unsigned found = 0;

    (void)state;
    window.bus = 0x10100000; /* a bridge window has MiB granularity: each bridge needs a separate one */
    window.bytes = 0x00400000;
    (void)disk_at(VWR_PCI_FUNCTION(0, 1, 0));
    (void)bridge_at(VWR_PCI_FUNCTION(0, 2, 0));
    (void)bridge_at(VWR_PCI_FUNCTION(0, 3, 0));
    (void)bridge_at(VWR_PCI_FUNCTION(1, 0, 0));
    (void)disk_at(VWR_PCI_FUNCTION(2, 5, 0));
    (void)disk_at(VWR_PCI_FUNCTION(3, 31, 0));
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 2, 0)]->word[6] & 0xffffff, 0x020100);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(1, 0, 0)]->word[6] & 0xffffff, 0x020201);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 3, 0)]->word[6] & 0xffffff, 0x030300);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 2, 0)]->word[8], 0x10201020);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(1, 0, 0)]->word[8], 0x10201020);
    assert_int_equal(bus.at[VWR_PCI_FUNCTION(0, 3, 0)]->word[8], 0x10301030);
    bus.reads = 0;
    while (vwr_pci_scan_next(&scan, &pci) == 1)
        found++;
    assert_int_equal(found, 3);
    assert_in_range(bus.reads, 1, 600);
}

static void too_many_bridges(void **state)
{
    struct function *last;

    (void)state;
    for (unsigned i = 0; i < 2; i++)
        (void)bridge_at(VWR_PCI_FUNCTION(i, 0, 0));
    host.last_bus = 2;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    last = bridge_at(VWR_PCI_FUNCTION(2, 0, 0));
    last->word[BUSES / 4] = 0x00030302;
    last->word[COMMAND / 4] = 7;
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE); /* no bus number is left */
    host_explains("bridge 2:0.0 has no bus number");
    assert_int_equal(last->word[BUSES / 4], 0);
    assert_int_equal(last->word[COMMAND / 4] & 7u, 0);
    assert_int_equal(last->word[0x20 / 4], 0xfff0); /* it forwards nothing */
    host.last_bus = 3;
    (void)disk_at(VWR_PCI_FUNCTION(3, 0, 0));
    window.bus = 0x10100000;
    window.used = 0;
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    (void)bridge_at(VWR_PCI_FUNCTION(3, 1, 0));
    host.last_bus = 9;
    window.used = 0;
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    host_explains("bridge 3:1.0 is behind too many other bridges");
}

/*
 * Two root buses of one host, as behind an expander: the second keeps its number, and the bridges of the
 * first have only the numbers below it. The numbers that an earlier owner left count for nothing.
 */
static void root_buses(void **state)
{
    static const uint32_t disks[] = {VWR_PCI_FUNCTION(1, 4, 0), VWR_PCI_FUNCTION(2, 5, 0),
                                     VWR_PCI_FUNCTION(3, 6, 0)};
    struct vwr_pci_scan scan = {.host = &host};
    struct function *const first = bridge_at(VWR_PCI_FUNCTION(0, 1, 0));
    struct function *const second = bridge_at(VWR_PCI_FUNCTION(2, 0, 0));

    (void)state;
    bus.roots = 1u << 2;
    first->word[BUSES / 4] = 0x00030100;
    second->word[BUSES / 4] = 0x00030302;
    window.bus = 0x10100000;
    window.bytes = 0x00400000;
    for (unsigned i = 0; i < 3; i++)
        (void)disk_at(disks[i]);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(first->word[BUSES / 4] & 0xffffff, 0x010100);
    assert_int_equal(second->word[BUSES / 4] & 0xffffff, 0x030302);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(vwr_pci_scan_next(&scan, &pci), 1);
        assert_int_equal(pci.function, disks[i]);
    }
    assert_int_equal(vwr_pci_scan_next(&scan, &pci), 0);
    (void)bridge_at(VWR_PCI_FUNCTION(0, 2, 0));
    assert_int_equal(vwr_pci_place(&host), VWR_ERANGE);
    host_explains("bridge 0:2.0 has no bus number");
}

static unsigned accesses(void)
{
    const unsigned count = bus.reads + bus.writes;

    bus.reads = bus.writes = 0;
    return count;
}

/*
 * Two bridges and 32 devices on three buses, with BARs as in QEMU. Counts the accesses to place all of them,
 * to scan for the single entropy device, and to probe all in a scan.
 */
static void accesses_of_a_scan(void **state)
{
    struct vwr_pci_scan scan = {.host = &host};
    struct vwr_pci_scan one = {.host = &host, .type = VWR_ID_RNG};
    struct function *f;
    unsigned count;

    (void)state;
    window.bytes = 4 * WINDOW_BYTES;
    (void)bridge_at(VWR_PCI_FUNCTION(0, 10, 0));
    (void)bridge_at(VWR_PCI_FUNCTION(0, 11, 0));
    for (unsigned i = 0; i < 32; i++) {
        f = disk_at(VWR_PCI_FUNCTION(i < 10 ? 0 : i < 21 ? 1 : 2, i % 11, 0));
        f->bar_mask[1] = ~0xfffu; /* MSI-X */
    }
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    count = accesses();
    print_message("placing: %u accesses\n", count);
    assert_in_range(count, 1, 750);
    f->word[0] = VWR_PCI_VENDOR_ID | (VWR_PCI_DEVICE_ID_MODERN_BASE + VWR_ID_RNG) << 16;
    assert_int_equal(vwr_pci_scan_next(&one, &pci), 1);
    assert_int_equal(pci.dev.type, VWR_ID_RNG);
    assert_int_equal(vwr_pci_scan_next(&one, &pci), 0);
    count = accesses();
    print_message("scan for one: %u accesses\n", count);
    assert_in_range(count, 1, 600);
    for (unsigned i = 0; i < 32; i++)
        assert_int_equal(vwr_pci_scan_next(&scan, &pci), 1);
    assert_int_equal(vwr_pci_scan_next(&scan, &pci), 0);
    count = accesses();
    print_message("scan and probes: %u accesses\n", count);
    assert_in_range(count, 1, 1300);
}

/* A bus of 256 functions with the maximum number of BARs to place. */
static void accesses_at_most(void **state)
{
    (void)state;
    bus.crowded = true;
    host.last_bus = 0;
    (void)!vwr_pci_place(&host);
    print_message("a full bus: %u accesses\n", bus.reads + bus.writes);
    assert_in_range(bus.reads + bus.writes, 256, VWR_PCI_PLACE_ACCESSES);
}

/* The function is removed during the scan: all ones from the n-th access on. */
static void surprise_removal(void **state)
{
    unsigned all;

    (void)state;
    (void)disk_at(8);
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    bus.reads = bus.writes = 0;
    assert_int_equal(vwr_pci_probe(&pci, &host, 8), VWR_OK);
    all = bus.reads + bus.writes;
    assert_in_range(all, 1, VWR_PCI_PROBE_ACCESSES);
    for (unsigned i = 0; i < all; i++) {
        int r;

        (void)begin(NULL);
        (void)disk_at(8);
        assert_int_equal(vwr_pci_place(&host), VWR_OK);
        bus.reads = bus.writes = 0;
        bus.gone_after = i + 1;
        r = vwr_pci_probe(&pci, &host, 8);
        assert_in_range(bus.reads + bus.writes, 1, VWR_PCI_PROBE_ACCESSES);
        if (r == VWR_OK)
            check_found();
        else
            assert_true(r == VWR_ENODEV || r == VWR_EVERSION);
    }
}

/* As on x86: an address port and a data port. */
static void by_ports(void **state)
{
    struct function *const f = disk_at(VWR_PCI_FUNCTION(2, 3, 4));

    (void)state;
    host.access = &vwr_pci_ports;
    host.space = ports;
    host.access->write(&host, VWR_PCI_FUNCTION(2, 3, 4), PIN, 0x1234);
    assert_int_equal(ports[0], 0x80021c3c);
    assert_int_equal(f->word[PIN / 4], 0x1234);
    assert_int_equal(host.access->read(&host, VWR_PCI_FUNCTION(2, 3, 4), SUBSYSTEM), 0x11001af4);
    assert_int_equal(ports[0], 0x80021c2c);
    assert_int_equal(host.access->read(&host, VWR_PCI_FUNCTION(2, 3, 5), 0), 0xffffffffu);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(placed_by_firmware, begin),
        cmocka_unit_test_setup(places_are_apart, begin),
        cmocka_unit_test_setup(a_function_is_placed_whole, begin),
        cmocka_unit_test_setup(a_large_bar, begin),
        cmocka_unit_test_setup(a_window_at_the_end, begin),
        cmocka_unit_test_setup(bridge_without_a_window, begin),
        cmocka_unit_test_setup(some_buses, begin),
        cmocka_unit_test_setup(bridges, begin),
        cmocka_unit_test_setup(root_buses, begin),
        cmocka_unit_test_setup(too_many_bridges, begin),
        cmocka_unit_test_setup(accesses_of_a_scan, begin),
        cmocka_unit_test_setup(accesses_at_most, begin),
        cmocka_unit_test_setup(behind_function_0, begin),
        cmocka_unit_test_setup(surprise_removal, begin),
        cmocka_unit_test_setup(by_ports, begin),
    };

    return cmocka_run_group_tests_name("pci buses", tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "vwr/acpi.h"

#include <string.h>

/* ACPI tables, valid and corrupted. The memory starts at BASE, with a table at every multiple of 256
 * bytes. */

#define BASE 0xe0000u
#define BYTES 0x1000u
enum { ROOT = 0x10, XSDT = 0x100, RSDT = 0x200, MCFG = 0x300, MADT = 0x400, OTHER = 0x500, BIG = 0x600 };

static uint8_t memory[BYTES];
static struct vwr_acpi acpi;

static const void *map(void *context, uint64_t at, size_t bytes)
{
    assert_ptr_equal(context, memory);
    assert_true(at != 0 && at + bytes > at);
    return at >= BASE && at - BASE <= BYTES && bytes <= BYTES - (at - BASE) ? memory + (at - BASE) : NULL;
}

static void put(size_t at, uint64_t v, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        memory[at + i] = (uint8_t)(v >> 8 * i);
}

static void sum(size_t at, size_t bytes, size_t byte)
{
    uint8_t all = 0;

    memory[at + byte] = 0;
    for (size_t i = 0; i < bytes; i++)
        all = (uint8_t)(all + memory[at + i]);
    memory[at + byte] = (uint8_t)-all;
}

static void table(size_t at, const char *signature, uint32_t bytes)
{
    memcpy(memory + at, signature, 4);
    put(at + 4, bytes, 4);
    sum(at, bytes, 9);
}

static void roots(void)
{
    sum(ROOT, 20, 8);
    sum(ROOT, 36, 32);
    table(XSDT, "XSDT", 36 + 3 * 8);
    table(RSDT, "RSDT", 36 + 2 * 4);
}

static int begin(void **state)
{
    (void)state;
    memset(memory, 0, sizeof(memory));
    memcpy(memory + ROOT, "RSD PTR ", 8);
    memory[ROOT + 15] = 2;
    put(ROOT + 16, BASE + RSDT, 4);
    put(ROOT + 20, 36, 4);
    put(ROOT + 24, BASE + XSDT, 8);
    put(XSDT + 36, BASE + OTHER, 8);
    put(XSDT + 44, BASE + MCFG, 8);
    put(XSDT + 52, BASE + MADT, 8);
    put(RSDT + 36, BASE + OTHER, 4);
    put(RSDT + 40, BASE + MCFG, 4);
    put(MCFG + 44, 0xb0000000, 8);
    put(MCFG + 52, 3, 2);
    put(MCFG + 55, 0xff, 1);
    put(MCFG + 60, 0x1c0000000, 8);
    put(MCFG + 70, 0x10, 1);
    put(MCFG + 71, 0x20, 1);
    put(MADT + 36, 0xfee00000, 4);
    put(MADT + 44, 0x01000800, 4); /* an enabled CPU, APIC ID 1 */
    put(MADT + 48, 1, 4);
    put(MADT + 52, 0x02000800, 4); /* a disabled CPU */
    put(MADT + 60, 0x00000c01, 4); /* an IO-APIC with ID 0 */
    put(MADT + 64, 0xfec00000, 4);
    put(MADT + 72, 0x00000a02, 4); /* ISA interrupt 0 is GSI 2 */
    put(MADT + 76, 2, 4);
    put(MADT + 82, 0x0604, 2); /* an NMI, which is skipped */
    put(MADT + 88, 0x1009, 2); /* an x2APIC with ID 300 */
    put(MADT + 92, 300, 4);
    put(MADT + 96, 1, 4);
    put(MADT + 104, 0x0c05, 2);
    put(MADT + 108, 0x1fee00000, 8);
    table(MCFG, "MCFG", 44 + 2 * 16);
    table(MADT, "APIC", 116);
    table(OTHER, "HPET", 40);
    roots();
    return 0;
}

static int opened(void)
{
    return vwr_acpi_open(&acpi, memory + ROOT, map, memory);
}

static void tables(void **state)
{
    struct vwr_acpi_segment s;

    (void)state;
    assert_ptr_equal(vwr_acpi_search(memory, BYTES), memory + ROOT);
    assert_int_equal(opened(), VWR_OK);
    assert_int_equal(vwr_acpi_segment(&acpi, 0, &s), VWR_OK);
    assert_true(s.at == 0xb0000000 && s.segment == 3 && s.first_bus == 0 && s.last_bus == 255);
    assert_int_equal(vwr_acpi_segment(&acpi, 1, &s), VWR_OK);
    assert_true(s.at == 0x1c0000000 && s.segment == 0 && s.first_bus == 16 && s.last_bus == 32);
    assert_int_equal(vwr_acpi_segment(&acpi, 2, &s), VWR_ENODEV);
}

static void interrupt_controllers(void **state)
{
    static const struct vwr_acpi_apic there[] = {
        {.kind = VWR_ACPI_LOCAL_APIC, .at = 0xfee00000},
        {.kind = VWR_ACPI_CPU, .id = 1},
        {.kind = VWR_ACPI_IO_APIC, .at = 0xfec00000},
        {.kind = VWR_ACPI_OVERRIDE, .gsi = 2},
        {.kind = VWR_ACPI_CPU, .id = 300},
        {.kind = VWR_ACPI_LOCAL_APIC, .at = 0x1fee00000},
    };
    struct vwr_acpi_apic apic;
    uint32_t at = 0;

    (void)state;
    assert_int_equal(opened(), VWR_OK);
    for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++) {
        assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), 1);
        assert_int_equal(apic.kind, there[i].kind);
        assert_int_equal(apic.at, there[i].at);
        assert_int_equal(apic.id, there[i].id);
        assert_int_equal(apic.gsi, there[i].gsi);
    }
    assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), 0);
}

static void first_version(void **state)
{
    uint32_t bytes;

    (void)state;
    memory[ROOT + 15] = 0;
    roots();
    assert_int_equal(opened(), VWR_OK);
    assert_ptr_equal(vwr_acpi_table(&acpi, "MCFG", &bytes), memory + MCFG);
    assert_null(vwr_acpi_table(&acpi, "APIC", &bytes)); /* the RSDT here does not list it */
}

static void spoilt_roots(void **state)
{
    (void)state;
    memory[ROOT + 9]++;
    assert_int_equal(opened(), VWR_EMAGIC);
    assert_null(vwr_acpi_search(memory, BYTES));
    assert_int_equal(vwr_acpi_open(&acpi, NULL, map, memory), VWR_EMAGIC);
    (void)begin(NULL);
    memory[XSDT + 40]++; /* so that the RSDT is used */
    assert_int_equal(opened(), VWR_OK);
    assert_int_equal(acpi.width, 4);
    memory[RSDT + 40]++;
    assert_int_equal(opened(), VWR_EPROTO);
    (void)begin(NULL);
    put(ROOT + 24, 0, 8);
    sum(ROOT, 36, 32);
    assert_int_equal(opened(), VWR_OK);
    assert_int_equal(acpi.width, 4);
    (void)begin(NULL);
    memory[ROOT + 33]++; /* the checksum of the second version is wrong, that of the first is correct */
    assert_int_equal(opened(), VWR_OK);
    assert_int_equal(acpi.width, 4);
    memory[RSDT]++;
    assert_int_equal(opened(), VWR_EPROTO);
    (void)begin(NULL);
    memory[XSDT]++;
    put(ROOT + 16, 0, 4);
    sum(ROOT, 20, 8);
    sum(ROOT, 36, 32);
    assert_int_equal(opened(), VWR_ERANGE);
    put(ROOT + 16, 0xfffffff0, 4);
    roots();
    put(ROOT + 24, 0xfffffffffffffff0, 8);
    sum(ROOT, 36, 32);
    assert_int_equal(opened(), VWR_ERANGE);
}

/* A table with a wrong length or checksum is not found. */
static void spoilt_tables(void **state)
{
    static const uint32_t lengths[] = {0, 8, 35, 0xd01, 0x10001, 0xffffffff};
    struct vwr_acpi_segment s;
    struct vwr_acpi_apic apic;
    uint32_t bytes, at = 0;

    (void)state;
    assert_int_equal(opened(), VWR_OK);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        put(MCFG + 4, lengths[i], 4);
        assert_null(vwr_acpi_table(&acpi, "MCFG", &bytes));
        assert_int_equal(vwr_acpi_segment(&acpi, 0, &s), VWR_ENODEV);
    }
    table(MCFG, "MCFG", 40); /* too short for its own header */
    assert_int_equal(vwr_acpi_segment(&acpi, 0, &s), VWR_ENODEV);
    table(MCFG, "MCFG", 44 + 15);
    assert_int_equal(vwr_acpi_segment(&acpi, 0, &s), VWR_ENODEV);
    put(MCFG + 54, 9, 1);
    put(MCFG + 55, 8, 1);
    table(MCFG, "MCFG", 44 + 16);
    assert_int_equal(vwr_acpi_segment(&acpi, 0, &s), VWR_EPROTO);
    memory[MADT + 50]++;
    assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), VWR_ENODEV);
    table(MADT, "APIC", 43); /* too short for its own header */
    assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), VWR_ENODEV);
}

static void spoilt_entries(void **state)
{
    static const uint8_t lengths[] = {0, 1, 7, 255};
    struct vwr_acpi_apic apic;

    (void)state;
    assert_int_equal(opened(), VWR_OK);
    for (size_t i = 0; i < sizeof(lengths); i++) {
        uint32_t at = 0;

        memory[MADT + 45] = lengths[i];
        table(MADT, "APIC", 116);
        assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), 1);
        assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), VWR_EPROTO);
        assert_int_equal(vwr_acpi_next_apic(&acpi, &at, &apic), VWR_EPROTO); /* and the walk ends */
    }
}

/*
 * Tables at address 0, at an address beyond the last, and after the maximum number of tables that are
 * searched.
 */
static void many_tables(void **state)
{
    uint32_t bytes;

    (void)state;
    for (unsigned entries = VWR_ACPI_TABLES; entries <= VWR_ACPI_TABLES + 1; entries++) {
        memset(memory + BIG, 0, 0x300);
        put(BIG + 36 + 8, 0xfffffffffffffff8, 8);
        put(BIG + 36 + 8 * (entries - 1), BASE + MCFG, 8);
        table(BIG, "XSDT", 36 + 8 * entries);
        put(ROOT + 24, BASE + BIG, 8);
        sum(ROOT, 36, 32);
        assert_int_equal(opened(), VWR_OK);
        assert_int_equal(acpi.width, 8);
        assert_int_equal(vwr_acpi_table(&acpi, "MCFG", &bytes) != NULL, entries == VWR_ACPI_TABLES);
    }
}

/* A byte behind the last entry. */
static void spoilt_end(void **state)
{
    struct vwr_acpi_apic apic;
    uint32_t at = 0, whole;
    int r = 1;

    (void)state;
    assert_int_equal(opened(), VWR_OK);
    assert_non_null(vwr_acpi_table(&acpi, "APIC", &whole));
    table(MADT, "APIC", whole + 1);
    while (r == 1)
        r = vwr_acpi_next_apic(&acpi, &at, &apic);
    assert_int_equal(r, VWR_EPROTO);
    assert_int_equal(at, whole);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(tables, begin),        cmocka_unit_test_setup(interrupt_controllers, begin),
        cmocka_unit_test_setup(first_version, begin), cmocka_unit_test_setup(spoilt_roots, begin),
        cmocka_unit_test_setup(spoilt_tables, begin), cmocka_unit_test_setup(spoilt_entries, begin),
        cmocka_unit_test_setup(many_tables, begin),   cmocka_unit_test_setup(spoilt_end, begin),
    };

    return cmocka_run_group_tests_name("acpi", tests, NULL, NULL);
}

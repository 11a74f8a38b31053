/* SPDX-License-Identifier: MIT */
#include "../guest.h"

/* Start, the address map, and the end by PSCI, of which the device tree says how it is called. */

#define PSCI_SYSTEM_OFF 0x84000008ul

/* A table has 512 entries; one of the first level maps 512 GiB, of the second 1 GiB, of the third 2 MiB. */
#define ENTRIES 512u
#define GIB_BITS 30u
#define MAPPED_TIB 4u
#define HIGH_TABLES (MAPPED_TIB * 2u)
#define LOW_TABLES 2u /* for the image, which may lie on both sides of a multiple of 1 GiB */
#define BLOCK_BITS 21u
#define IS_TABLE 0x3ul
#define IS_BLOCK 0x1ul
#define ACCESSED (1ul << 10)
#define SHAREABLE (3ul << 8)
#define ATTRIBUTE_DEVICE (1ul << 2) /* an index in MAIR */
#define NO_EXECUTE (3ul << 53)
#define AS_MEMORY (IS_BLOCK | ACCESSED | SHAREABLE)
#define AS_DEVICE (IS_BLOCK | ACCESSED | ATTRIBUTE_DEVICE | NO_EXECUTE)

#define MAIR 0x04fful /* write-back memory, and device memory without gathering and reordering */
#define TCR_48_BITS 16ul
#define TCR_CACHED (0x5ul << 8 | 0x3ul << 12)
#define TCR_NO_HIGH_HALF (1ul << 23)
#define TCR_SIZE_SHIFT 32u
#define MMFR0_SIZE_MASK 0x7ul
#define SCTLR_ON (1ul | 1ul << 2 | 1ul << 12) /* MMU, data cache, instruction cache */

void machine_start(const void *blob, uintptr_t image, uintptr_t image_end);
void machine_exception(uint64_t syndrome, uint64_t at, uint64_t address);

static _Alignas(4096) uint64_t top[ENTRIES];
static _Alignas(4096) uint64_t high[HIGH_TABLES][ENTRIES];
static _Alignas(4096) uint64_t low[LOW_TABLES][ENTRIES];

static enum { NOTHING, BY_HVC, BY_SMC } conduit;

/* Everything is device memory but the image. */
static void map(uintptr_t image, uintptr_t image_end)
{
    const uintptr_t first = image >> GIB_BITS;

    for (unsigned i = 0; i < HIGH_TABLES; i++) {
        top[i] = (uintptr_t)high[i] | IS_TABLE;
        for (uint64_t j = 0; j < ENTRIES; j++)
            high[i][j] = (i * (uint64_t)ENTRIES + j) << GIB_BITS | AS_DEVICE;
    }
    for (unsigned i = 0; i < LOW_TABLES; i++) {
        high[(first + i) / ENTRIES][(first + i) % ENTRIES] = (uintptr_t)low[i] | IS_TABLE;
        for (uint64_t j = 0; j < ENTRIES; j++) {
            const uint64_t at = (first + i) << GIB_BITS | j << BLOCK_BITS;

            low[i][j] = at | (at + (1ul << BLOCK_BITS) > image && at < image_end ? AS_MEMORY : AS_DEVICE);
        }
    }
}

/* The caches are off, so the memory is newer than what they may have. */
static void forget_cached(uintptr_t from, uintptr_t to)
{
    uint64_t type;
    uintptr_t line;

    __asm__ volatile("mrs %0, ctr_el0" : "=r"(type));
    line = (uintptr_t)4 << (type >> 16 & 0xfu);
    for (uintptr_t at = from & ~(line - 1); at < to; at += line)
        __asm__ volatile("dc ivac, %0" ::"r"(at) : "memory");
    __asm__ volatile("dsb sy" ::: "memory");
}

static void start_mmu(uintptr_t image, uintptr_t image_end)
{
    uint64_t sizes;
    uint64_t control;

    map(image, image_end);
    forget_cached(image, image_end);
    __asm__ volatile("mrs %0, id_aa64mmfr0_el1" : "=r"(sizes));
    __asm__ volatile(
        "msr mair_el1, %0\n\tmsr tcr_el1, %1\n\tmsr ttbr0_el1, %2\n\tisb\n\t"
        "tlbi vmalle1\n\tic iallu\n\tdsb sy\n\tisb" ::"r"(MAIR),
        "r"(TCR_48_BITS | TCR_CACHED | TCR_NO_HIGH_HALF | (sizes & MMFR0_SIZE_MASK) << TCR_SIZE_SHIFT),
        "r"(top)
        : "memory");
    __asm__ volatile("mrs %0, sctlr_el1" : "=r"(control));
    __asm__ volatile("msr sctlr_el1, %0\n\tisb" ::"r"(control | SCTLR_ON) : "memory");
}

static void find_conduit(const struct vwr_tree *t)
{
    static const char *const psci[] = {"arm,psci-1.0", "arm,psci-0.2", "arm,psci"};

    for (unsigned i = 0; i < sizeof(psci) / sizeof(psci[0]) && conduit == NOTHING; i++) {
        struct vwr_tree_node n;
        const char *method;

        vwr_tree_begin(&n, t);
        method = vwr_tree_find(&n, psci[i]) ? vwr_tree_text(&n, "method") : NULL;
        if (method != NULL)
            conduit = method[0] == 'h' ? BY_HVC : BY_SMC;
    }
}

void machine_put(char c)
{
    (void)uart_put(c);
}

void machine_off(bool is_good)
{
    register uint64_t function __asm__("x0") = PSCI_SYSTEM_OFF;

    (void)is_good; /* the call has no such parameter */
    if (conduit == BY_HVC)
        __asm__ volatile("hvc #0" : "+r"(function)::"memory", "x1", "x2", "x3");
    else if (conduit == BY_SMC)
        __asm__ volatile("smc #0" : "+r"(function)::"memory", "x1", "x2", "x3");
}

void machine_exception(uint64_t syndrome, uint64_t at, uint64_t address)
{
    guest_fail("ESR", syndrome, at, address);
}

void machine_start(const void *blob, uintptr_t image, uintptr_t image_end)
{
    static struct vwr_tree tree;
    struct machine m = {.tree = NULL};

    start_mmu(image, image_end);
    if (vwr_tree_open(&tree, blob, VWR_TREE_ANY_SIZE) == VWR_OK) {
        m.tree = &tree;
        m.command_line = vwr_tree_chosen(&tree, "bootargs");
        find_conduit(&tree);
        (void)tree_console(&tree);
    }
    guest_main(&m);
}

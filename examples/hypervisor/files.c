/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/*
 * QEMU's fw_cfg device, using only its DMA interface (docs/specs/fw_cfg in QEMU). Its registers and
 * structures are big-endian.
 */
#define DMA_HIGH (BOARD_FW_CFG + 0x10u)
#define DMA_LOW (BOARD_FW_CFG + 0x14u)
#define CONTROL_ERROR 1u
#define CONTROL_READ 2u
#define CONTROL_SELECT 8u

#define TREE_PROPERTY 3u

#define KEY_CPUS 0x05u
#define KEY_DIRECTORY 0x19u
#define ENTRIES_MAX 64u
#define NAME_BYTES 56u

struct command {
    uint32_t control;
    uint32_t bytes;
    uint64_t addr;
};

struct entry {
    uint32_t bytes;
    uint16_t key;
    uint16_t reserved;
    char name[NAME_BYTES];
};

static struct {
    uint32_t count;
    struct entry entry[ENTRIES_MAX];
} directory;

bool files_read(const struct file *f, void *to, uint32_t bytes)
{
    static volatile struct command c;

    c.control = __builtin_bswap32((uint32_t)f->key << 16 | CONTROL_SELECT | CONTROL_READ);
    c.bytes = __builtin_bswap32(bytes);
    c.addr = __builtin_bswap64((uintptr_t)to);
    dsb();
    write_word(DMA_HIGH, __builtin_bswap32((uint32_t)((uintptr_t)&c >> 32)));
    write_word(DMA_LOW, __builtin_bswap32((uint32_t)(uintptr_t)&c)); /* complete when the write returns */
    dsb();
    return c.control == 0;
}

/*
 * RAM size from the machine's device tree, which QEMU puts at the start of RAM: the only property of two
 * 64-bit numbers of which the first is that address.
 */
uint64_t files_ram_bytes(void)
{
    const volatile uint32_t *const tree = (const volatile uint32_t *)BOARD_RAM;
    const uint32_t words = tree[0] == TREE_MAGIC ? __builtin_bswap32(tree[1]) / 4u : 0;

    for (uint32_t i = 0; i + 7u <= words; i++)
        if (tree[i] == __builtin_bswap32(TREE_PROPERTY) && tree[i + 1] == __builtin_bswap32(16) &&
            tree[i + 3] == 0 && tree[i + 4] == __builtin_bswap32(BOARD_RAM))
            return (uint64_t)__builtin_bswap32(tree[i + 5]) << 32 | __builtin_bswap32(tree[i + 6]);
    return 0;
}

unsigned files_cpus(void)
{
    const struct file f = {KEY_CPUS, 2};
    uint16_t cpus = 0;

    return files_read(&f, &cpus, f.bytes) ? cpus : 0; /* this one is little-endian */
}

static bool same(const char *a, const char *b)
{
    for (unsigned i = 0; i < NAME_BYTES; i++) {
        if (a[i] != b[i])
            return false;
        if (a[i] == '\0')
            return true;
    }
    return false;
}

bool files_find(const char *name, struct file *f)
{
    const struct file all = {KEY_DIRECTORY, sizeof(directory)};

    if (directory.count == 0 && !files_read(&all, &directory, all.bytes))
        return false;
    for (uint32_t i = 0; i < __builtin_bswap32(directory.count) && i < ENTRIES_MAX; i++)
        if (same(directory.entry[i].name, name)) {
            f->key = __builtin_bswap16(directory.entry[i].key);
            f->bytes = __builtin_bswap32(directory.entry[i].bytes);
            return true;
        }
    return false;
}

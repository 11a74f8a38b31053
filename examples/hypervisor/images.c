/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/*
 * Initial memory content of a guest. host.py implements the same layout, since the device tree has the
 * address of the initial file system:
 *   kernel               at the start of RAM plus text_offset of its header
 *   initial file system  as high as possible below the device tree, page-aligned
 *   device tree          in the last 2 MiB
 */
#define TREE_BYTES_MAX (2ul << 20) /* the kernel's own limit */
#define PAGE 4096u
#define WRITE_BACK (256u << 10) /* bytes between two polls for interrupts */

/* Header of a kernel image, Documentation/arm64/booting.rst in Linux. */
struct header {
    uint32_t code[2];
    uint64_t text_offset;
    uint64_t image_bytes; /* in memory, including bss */
    uint64_t flags;
    uint64_t reserved[3];
    uint32_t magic;
    uint32_t reserved_4;
};
#define IMAGE_MAGIC 0x644d5241u /* "ARM\x64" */

static struct header header;
static struct file kernel;
static struct file initrd;
static struct file tree[GUESTS_MAX];

static uint64_t tree_offset(const struct guest *g)
{
    return g->ram_bytes - TREE_BYTES_MAX;
}

static uint64_t initrd_offset(const struct guest *g)
{
    return (tree_offset(g) - initrd.bytes) & ~(uint64_t)(PAGE - 1u);
}

static bool find(const char *name, const char *what, struct file *f)
{
    if (files_find(name, f))
        return true;
    print("hypervisor: there is no %s: start QEMU with -fw_cfg name=%s,file=…\n", what, name);
    return false;
}

static bool check_kernel(void)
{
    if (!find("opt/vwr/kernel", "kernel", &kernel))
        return false;
    if (kernel.bytes < sizeof(header) || !files_read(&kernel, &header, sizeof(header)) ||
        header.magic != IMAGE_MAGIC) {
        print("hypervisor: the kernel (opt/vwr/kernel, %u bytes) is not an arm64 Image: it has no "
              "\"ARM\\x64\" at "
              "byte 56; unpack a compressed kernel first\n",
              kernel.bytes);
        return false;
    }
    if (header.image_bytes < kernel.bytes)
        header.image_bytes = kernel.bytes;
    return true;
}

static const char *tree_name(unsigned guest)
{
    static char name[] = "opt/vwr/dtb0";

    name[sizeof(name) - 2] = (char)('0' + guest);
    return name;
}

bool images_has(unsigned guest)
{
    return files_find(tree_name(guest), &tree[guest]);
}

static bool check_tree(const struct guest *g, const struct file *f)
{
    const char *const name = tree_name(g->number);
    uint32_t magic = 0;

    if (f->bytes > TREE_BYTES_MAX) {
        print("hypervisor: guest %u: its device tree (%s) has %u bytes; the kernel accepts at most %llu\n",
              g->number, name, f->bytes, (unsigned long long)TREE_BYTES_MAX);
        return false;
    }
    if (f->bytes < sizeof(magic) || !files_read(f, &magic, sizeof(magic)) || magic != TREE_MAGIC) {
        print("hypervisor: guest %u: %s is not a device tree in the format of dtc\n", g->number, name);
        return false;
    }
    return true;
}

static bool check_room(const struct guest *g)
{
    const uint64_t used = header.text_offset + header.image_bytes + initrd.bytes + PAGE + TREE_BYTES_MAX;

    if (used <= g->ram_bytes)
        return true;
    print("hypervisor: guest %u: its memory of %llu bytes is too small for kernel, initial files and device "
          "tree, %llu bytes\n",
          g->number, (unsigned long long)g->ram_bytes, (unsigned long long)used);
    return false;
}

bool images_check(void)
{
    if (!check_kernel() || !find("opt/vwr/initrd", "initial file system", &initrd))
        return false;
    for (unsigned i = 0; i < guest_count; i++)
        if (!check_tree(&guests[i], &tree[i]) || !check_room(&guests[i]))
            return false;
    return true;
}

/*
 * QEMU reads the file in one step. Writing back the caches takes long, so the lock is released and interrupts
 * are
 * handled in between.
 */
static bool load(struct guest *g, const struct file *f, uint64_t offset)
{
    const bool ok = files_read(f, g->ram + offset, f->bytes);
    uint32_t some;

    for (uint32_t at = 0; at < f->bytes; at += some) {
        some = f->bytes - at < WRITE_BACK ? f->bytes - at : WRITE_BACK;
        hyp_unlock(g, WHY_START);
        mmu_write_back(g->ram + offset + at, some);
        hyp_lock(g);
        (void)trap_take_interrupt(g);
    }
    return ok;
}

bool images_load(struct guest *g)
{
    return load(g, &kernel, header.text_offset) && load(g, &initrd, initrd_offset(g)) &&
           load(g, &tree[g->number], tree_offset(g));
}

uint64_t images_entry(const struct guest *g)
{
    return g->ram_addr + header.text_offset;
}

uint64_t images_device_tree(const struct guest *g)
{
    return g->ram_addr + tree_offset(g);
}

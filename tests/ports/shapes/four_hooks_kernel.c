/* SPDX-License-Identifier: MIT */
#include "copy.h"
#include "mmu.h"
#include "slots.h"
#include "uart.h"

/*
 * A kernel like the one in docs/four-hooks.md, with four hooks. It allocates page frames for its stacks in an
 * order in which no two pages of a stack are contiguous. The rest of the file is test code: it selects the
 * frames for a stack, and checks that the frames between them stay unmodified.
 */
#define FRAMES 64u
#define STACK_PAGES 16u
#define STACK_FIRST 8u /* page number in the area; the pages around the stack are not mapped */
#define POISON 0xa5u
#define OFFSETS 4u
#define DISTANCE 1024u /* offset in sectors from the block that is read to the block that is written */
#define STEP 32u

void demo_main(unsigned exception_level);
void on_stack(void *top, void (*f)(void));

static _Alignas(MMU_PAGE) uint8_t frames[FRAMES][MMU_PAGE];
static bool taken[FRAMES];
static struct hooks_disk disk;
static const char *failure;

static uint64_t frame_address(unsigned number)
{
    return (uintptr_t)frames[number]; /* the image is identity-mapped */
}

uint64_t virtio_dma_alloc(size_t pages)
{
    for (unsigned first = 0; first + pages <= FRAMES; first++) {
        unsigned n = 0;

        while (n < pages && !taken[first + n])
            n++;
        if (n < pages)
            continue;
        while (n-- > 0)
            taken[first + n] = true;
        return frame_address(first);
    }
    return 0;
}

int virtio_dma_dealloc(uint64_t pa, size_t pages)
{
    for (size_t i = 0; i < pages; i++)
        taken[(pa - frame_address(0)) / MMU_PAGE + i] = false;
    return 0;
}

void *virtio_phys_to_virt(uint64_t pa)
{
    return (void *)(uintptr_t)(pa + MMU_LINEAR);
}

uint64_t virtio_virt_to_phys(const void *va)
{
    return mmu_translate(va);
}

/* Uses every other frame, starting with the last one. */
static unsigned frame_of_stack(unsigned page)
{
    return FRAMES - 1u - 2u * page;
}

static void *make_stack(void)
{
    for (unsigned i = 0; i < FRAMES * MMU_PAGE; i++)
        frames[i / MMU_PAGE][i % MMU_PAGE] = POISON;
    for (unsigned i = 0; i < STACK_PAGES; i++) {
        taken[frame_of_stack(i)] = true;
        mmu_map(STACK_FIRST + i, frame_address(frame_of_stack(i)));
    }
    return (void *)(MMU_AREA + (STACK_FIRST + STACK_PAGES) * MMU_PAGE);
}

/* If a driver assumes that a buffer is contiguous, the device writes here. */
static bool neighbours_are_untouched(void)
{
    for (unsigned i = 0; i < STACK_PAGES; i++)
        for (unsigned at = 0; at < MMU_PAGE; at++)
            if (frames[frame_of_stack(i) - 1u][at] != POISON)
                return false;
    return true;
}

void copy_was_here(const uint8_t *buffer, size_t bytes)
{
    const uintptr_t end = (uintptr_t)buffer + bytes;

    put("buffer at ");
    put_hex((uintptr_t)buffer, 8);
    put(" lies in");
    for (uintptr_t page = (uintptr_t)buffer / MMU_PAGE * MMU_PAGE; page < end; page += MMU_PAGE) {
        put_char(' ');
        put_hex(mmu_translate((void *)page), 8);
    }
    put_char('\n');
}

static void fail(const char *words, int result)
{
    failure = words;
    put(vwr_strerror(result));
    put_char('\n');
}

/* Runs on the scattered stack. */
static void use_disk(void)
{
    static const unsigned offset[OFFSETS] = {0, 512, 100, 4095};
    int r;

    for (unsigned i = 0; i < OFFSETS && failure == NULL; i++) {
        r = copy_inverted(&disk, i * STEP, DISTANCE + i * STEP, offset[i]);
        if (r != VWR_OK)
            fail("copying", r);
    }
    r = vwr_blk_read(&disk.blk, 0, (void *)MMU_AREA, 1); /* an unmapped buffer has no device address */
    if (r != VWR_EINVAL)
        fail("a buffer that is not mapped", r);
}

static void run(void)
{
    struct vwr_mmio found;
    void *stack;
    int r;

    mmu_start();
    stack = make_stack();
    if (!slots_find_disk(&found)) {
        failure = "no disk found";
        return;
    }
    r = hooks_disk_open(&disk, found.base);
    if (r != VWR_OK) {
        fail("opening", r);
        return;
    }
    put("queue at ");
    put_hex(disk.shared, 8);
    put_char('\n');
    on_stack(stack, use_disk);
    r = hooks_disk_close(&disk);
    if (r != VWR_OK)
        fail("closing", r);
    if (failure == NULL && taken[0])
        failure = "the queue's pages were not given back";
    if (failure == NULL && !neighbours_are_untouched())
        failure = "somebody wrote into a frame beside the stack's";
}

void demo_main(unsigned exception_level)
{
    uart_start();
    if (exception_level != 1)
        failure = "this kernel runs at exception level 1";
    else
        run();
    put(failure == NULL ? "shape: OK" : "shape: FAILED: ");
    put(failure == NULL ? "" : failure);
    put_char('\n');
}

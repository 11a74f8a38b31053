/* SPDX-License-Identifier: MIT */
#include "vwr/blk.h"
#include "vwr/mmio.h"

/*
 * A small guest without timer and vectors. Interrupts stay masked; WFI ends when one is pending, and the code
 * acknowledges it in the controller. An interrupt that is lost, or does not wake the guest, therefore hangs
 * the guest.
 */
#define GICD 0x08000000ul
#define GICD_CTLR 0x000u
#define GICD_ISENABLER 0x100u
#define GICD_ISPENDR 0x200u
#define GICR_WAKER 0x080a0014ul
#define GROUP_1 2u
#define PRIORITY_ALL 0xffu
#define NONE 1020u
#define SPARE 64u /* higher interrupts belong to no device */

#define UART 0x09000000ul
#define DISK 0x0a000000ul /* guest 0's, as in examples/hypervisor/README.md */
#define DISK_STEP 0x10000u
#define LINE 48u
#define LINE_STEP 16u

#define QUEUE_SIZE 64u
#define DEPTH_MAX 16u
#define SECTORS 8u
#define SPAN 4096u /* blocks to read, again and again */

/* Parameters, which the test places at the address of the device tree. */
struct setup {
    uint32_t magic;
    uint32_t guest; /* number of the guest */
    uint32_t reads;
    uint32_t depth; /* requests in flight */
    uint32_t busy;  /* maximum iterations of a loop before it sleeps */
    uint32_t awake; /* never sleeps, and polls its controller */
    uint32_t spare; /* number of simultaneous interrupts without a device */
};

void guest_main(const struct setup *setup);

static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(QUEUE_SIZE, DEPTH_MAX, 1)];
static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(QUEUE_SIZE, DEPTH_MAX)];
static struct vwr_mmio mmio;
static struct vwr_blk blk;
static struct vwr_blk_req requests[DEPTH_MAX];
static _Alignas(4096) uint8_t buffers[DEPTH_MAX][SECTORS * VWR_BLK_SECTOR_BYTES];
static uint32_t dice = 1;

static void write_word(uintptr_t at, uint32_t value)
{
    *(volatile uint32_t *)at = value;
}

static void say(const char *text)
{
    while (*text != '\0')
        write_word(UART, (uint8_t)*text++);
    write_word(UART, '\n');
}

static void enable(uint32_t word, uint32_t bits)
{
    write_word(GICD + GICD_ISENABLER + 4u * word, bits);
}

static void start_interrupts(void)
{
    write_word(GICD + GICD_CTLR, GROUP_1);
    write_word(GICR_WAKER, 0);
    __asm__ volatile("msr icc_pmr_el1, %0\n\tmsr icc_igrpen1_el1, %1\n\tisb" ::"r"((uint64_t)PRIORITY_ALL),
                     "r"((uint64_t)1));
}

/* Waits until there is an interrupt, and returns it. */
static uint32_t take(const struct setup *setup)
{
    uint64_t intid;

    for (;;) {
        __asm__ volatile("mrs %0, icc_iar1_el1\n\tdsb sy" : "=r"(intid)::"memory");
        if (intid < NONE)
            return (uint32_t)intid;
        if (setup->awake == 0)
            __asm__ volatile("dsb sy\n\twfi" ::: "memory");
    }
}

static void end(uint32_t intid)
{
    __asm__ volatile("dsb sy\n\tmsr icc_eoir1_el1, %0\n\tisb" ::"r"((uint64_t)intid) : "memory");
}

static void be_busy(uint32_t most)
{
    if (most == 0)
        return;
    dice = dice * 1664525u + 1013904223u;
    for (uint32_t i = (dice >> 8) % most; i > 0; i--)
        __asm__ volatile("");
}

/* Waits for the disk's interrupt. */
static void wait(const struct setup *setup, uint32_t line)
{
    uint32_t intid;

    do {
        intid = take(setup);
        if (intid == line)
            (void)vwr_dev_irq(&mmio.dev);
        end(intid);
    } while (intid != line);
}

static int submit(struct vwr_blk_requestq *q, uint32_t number, struct vwr_blk_req *r)
{
    vwr_blk_fill(r, VWR_BLK_T_IN, (uint64_t)(number % SPAN) * SECTORS, buffers[r - requests],
                 sizeof(buffers[0]));
    return vwr_blk_submit(q, r);
}

/* Reads as often as requested, with `depth` requests in flight until the last ones. */
static int read_all(const struct setup *setup, uint32_t line)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&blk, 0);
    struct vwr_blk_req *done[DEPTH_MAX];
    uint32_t sent = 0;
    uint32_t back = 0;
    int r = VWR_OK;

    for (; r == VWR_OK && sent < setup->depth && sent < setup->reads; sent++)
        r = submit(q, sent, &requests[sent]);
    while (r == VWR_OK && back < setup->reads) {
        bool none;
        int n;

        (void)vwr_blk_kick(q);
        none = vwr_blk_arm(q, 1);
        be_busy(setup->busy);
        if (none)
            wait(setup, line);
        n = vwr_blk_reap(q, done, DEPTH_MAX);
        for (int i = 0; i < n && r == VWR_OK; i++, back++) {
            r = done[i]->req.result;
            if (r == VWR_OK && sent < setup->reads)
                r = submit(q, sent++, done[i]);
        }
        r = n < 0 ? n : r;
    }
    return r;
}

static int use_disk(const struct setup *setup)
{
    const struct vwr_queue_memory memory = {shared, sizeof(shared), own, sizeof(own), QUEUE_SIZE};
    const struct vwr_blk_options options = {.request = {.requests = DEPTH_MAX}};
    const uint32_t line = LINE + LINE_STEP * setup->guest;
    volatile void *const at = (volatile void *)(DISK + (uintptr_t)DISK_STEP * setup->guest);
    int r;

    enable(line / 32u, 1u << line % 32u);
    r = vwr_mmio_probe(&mmio, at, VWR_MMIO_SIZE);
    if (r == VWR_OK)
        r = vwr_blk_open_with(&blk, &mmio.dev, &memory, &options);
    return r == VWR_OK ? read_all(setup, line) : r;
}

/* Raises all interrupts, and does not trap before the last one has been taken. */
static void take_spare(const struct setup *setup)
{
    const uint32_t bits = (1u << setup->spare) - 1u;

    enable(SPARE / 32u, bits);
    write_word(GICD + GICD_ISPENDR + SPARE / 8u, bits);
    for (uint32_t left = bits; left != 0;) {
        const uint32_t intid = take(setup);

        left &= ~(1u << (intid - SPARE));
        end(intid);
    }
}

void guest_main(const struct setup *setup)
{
    int r = VWR_OK;

    start_interrupts();
    if (setup->spare != 0)
        take_spare(setup);
    if (setup->reads != 0)
        r = use_disk(setup);
    say(r == VWR_OK ? "guest: OK" : vwr_strerror(r));
}

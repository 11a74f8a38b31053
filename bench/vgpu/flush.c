/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "../script.h"
#include "vwr/bytes.h"
#include "vwr/vgpu.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Cost of transfer and flush of a full screen, from discontiguous guest pages to the memory that the VMM
 * displays. The guest is scripted and not counted. Only the device side is counted, starting at
 * vwr_vdev_serve.
 *
 *     bench_vgpu copy|memory|framebuffer SCREENS
 *
 * memory: the VMM displays the memory of the resource; framebuffer: it copies to a buffer of its own; copy: a
 * single vwr_copy of the same number of bytes.
 */

#define WIDTH 1280u
#define HEIGHT 800u
#define BYTES (WIDTH * HEIGHT * 4u)
#define PAGE 4096u
#define PAGES (BYTES / PAGE)
#define RAM_ADDR UINT64_C(0x40000000)
#define RING 0u /* descriptor table, available ring, used ring: a page each */
#define OUT 0x3000u
#define IN 0x8000u
#define PIXELS 0x10000u
#define RAM_BYTES (PIXELS + 2u * BYTES)
#define QUEUE 16u

static uint8_t ram[RAM_BYTES] __attribute__((aligned(4096)));
static uint64_t memory[VWR_VGPU_BYTES(WIDTH, HEIGHT) / 8] __attribute__((aligned(4096)));
static uint64_t screen[BYTES / 8] __attribute__((aligned(4096)));
static struct vwr_vgpu gpu;
static struct vwr_vgpu_scanout scanouts[1] = {{.width = WIDTH, .height = HEIGHT}};
static struct vwr_vgpu_resource resources[2];
static struct vwr_vgpu_entry entries[PAGES];
static struct vwr_vqueue queues[VWR_VGPU_QUEUES];
static struct vwr_vqueue_entry own[VWR_VGPU_QUEUES * QUEUE];
static struct vwr_vdev *slots[1];
static struct script guest;
static unsigned again;
static uint64_t flushed;
static bool draws;

static void die(const char *why)
{
    fprintf(stderr, "bench_vgpu: %s\n", why);
    exit(1);
}

static void on_kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
    again++;
}

static int on_flush(struct vwr_vgpu *g, const struct vwr_vgpu_flush *f)
{
    const struct vwr_vgpu_pixels to = {(uint8_t *)screen, WIDTH * 4, WIDTH, HEIGHT,
                                       VWR_GPU_FORMAT_B8G8R8X8_UNORM};

    (void)g;
    flushed += (uint64_t)f->area.width * f->area.height * 4;
    if (draws)
        vwr_vgpu_draw(&to, f);
    return VWR_OK;
}

static const struct vwr_vgpu_ops gpu_ops = {.flush = on_flush};
static const struct vwr_memory_region region = {RAM_ADDR, RAM_BYTES, ram};
static const struct vwr_vm_ops ops = {.irq = script_irq, .kicked = on_kicked};
static const struct vwr_vm_setup vm_setup = {.ops = &ops,
                                             .region = &region,
                                             .region_count = 1,
                                             .slot = slots,
                                             .slot_count = 1,
                                             .base = 0x0a000000,
                                             .stride = 0x1000};
static struct vwr_vm vm;

static void start(void)
{
    const struct vwr_vgpu_options o = {.ops = &gpu_ops,
                                       .scanout = scanouts,
                                       .scanout_count = 1,
                                       .resource = resources,
                                       .resource_count = 2,
                                       .entry = entries,
                                       .entry_count = PAGES,
                                       .memory = memory,
                                       .memory_bytes = sizeof(memory)};
    const struct vwr_vdev_setup s = {.vm = &vm,
                                     .queue = queues,
                                     .queue_count = VWR_VGPU_QUEUES,
                                     .queue_size = QUEUE,
                                     .own = own,
                                     .own_count = VWR_COUNT(own)};

    if (vwr_vm_init(&vm, &vm_setup) != VWR_OK || vwr_vgpu_init_with(&gpu, &s, &o) != VWR_OK ||
        vwr_vm_add(&vm, 0, vwr_vgpu_dev(&gpu)) != VWR_OK)
        die("init");
    guest =
        (struct script){.dev = vwr_vgpu_dev(&gpu), .ram = ram, .addr = RAM_ADDR, .ring = RING, .size = QUEUE};
    if (!script_start(&guest, VWR_GPU_QUEUE_CONTROLQ))
        die("the device did not start");
}

/* Posts the next command, with separate memory for each descriptor. */
static void post(const void *form, size_t bytes, const void *more, size_t more_bytes)
{
    const uint16_t head = (uint16_t)(guest.made % (QUEUE / 2) * 2);
    const uint32_t out = OUT + (more_bytes != 0 ? 0u : 0x4800u + head * 64u);
    const uint32_t in = IN + head * 64u;

    memcpy(ram + out, form, bytes);
    if (more_bytes != 0)
        memcpy(ram + out + bytes, more, more_bytes);
    script_post(&guest, head, out, (uint32_t)(bytes + more_bytes), in, sizeof(struct vwr_gpu_ctrl_hdr));
}

static void check(unsigned commands)
{
    if (!script_is_done(&guest))
        die("a command has not come back");
    for (unsigned i = 1; i <= commands; i++) {
        const struct vwr_gpu_ctrl_hdr *const h =
            (const void *)(ram + IN + (uint16_t)(guest.made - i) % (QUEUE / 2) * 2u * 64u);

        if (h->type != VWR_GPU_RESP_OK_NODATA)
            die("a command was refused");
    }
}

/*
 * Serves the device like a VMM thread, and repeats if the device requests it. callgrind counts this function.
 */
void vgpu_measured(bool copies);
__attribute__((noipa)) void vgpu_measured(bool copies)
{
    if (copies) {
        vwr_copy(screen, ram + PIXELS, BYTES);
        return;
    }
    do {
        again = 0;
        vwr_vdev_serve(vwr_vgpu_dev(&gpu), VWR_GPU_QUEUE_CONTROLQ);
    } while (again != 0);
}

/* Offset of page n of the screen: every second page of the guest, in reverse order. */
static uint32_t page_at(uint32_t n)
{
    return PIXELS + 2u * PAGE * (PAGES - 1u - n);
}

static void prepare(void)
{
    static struct vwr_gpu_mem_entry pages[PAGES];
    const struct vwr_gpu_resource_create_2d_msg c = {
        .resource_id = 1, .format = VWR_GPU_FORMAT_B8G8R8X8_UNORM, .width = WIDTH, .height = HEIGHT};
    const struct vwr_gpu_resource_attach_backing_msg a = {.resource_id = 1, .nr_entries = PAGES};
    const struct vwr_gpu_set_scanout_msg s = {.resource_id = 1, .width = WIDTH, .height = HEIGHT};
    struct vwr_gpu_resource_create_2d_msg_form create;
    struct vwr_gpu_resource_attach_backing_msg_form attach;
    struct vwr_gpu_set_scanout_msg_form set_scanout;

    for (uint32_t i = 0; i < PAGES; i++)
        pages[i] = (struct vwr_gpu_mem_entry){.addr = RAM_ADDR + page_at(i), .length = PAGE};
    vwr_gpu_resource_create_2d_msg_encode(&create, false, &c);
    vwr_gpu_resource_attach_backing_msg_encode(&attach, false, &a);
    vwr_gpu_set_scanout_msg_encode(&set_scanout, false, &s);
    post(&create, sizeof(create), NULL, 0);
    post(&attach, sizeof(attach), pages, sizeof(pages));
    post(&set_scanout, sizeof(set_scanout), NULL, 0);
    do {
        again = 0;
        vwr_vdev_serve(vwr_vgpu_dev(&gpu), VWR_GPU_QUEUE_CONTROLQ);
    } while (again != 0);
    check(3);
}

static void post_screen(unsigned seed)
{
    const struct vwr_gpu_transfer_to_host_2d_msg t = {.resource_id = 1, .width = WIDTH, .height = HEIGHT};
    const struct vwr_gpu_resource_flush_msg f = {.resource_id = 1, .width = WIDTH, .height = HEIGHT};
    struct vwr_gpu_transfer_to_host_2d_msg_form transfer;
    struct vwr_gpu_resource_flush_msg_form flush;

    for (uint32_t i = 0; i < PAGES; i++)
        memset(ram + page_at(i), (int)(i * 7 + seed), PAGE);
    vwr_gpu_transfer_to_host_2d_msg_encode(&transfer, false, &t);
    vwr_gpu_resource_flush_msg_encode(&flush, false, &f);
    post(&transfer, sizeof(transfer), NULL, 0);
    post(&flush, sizeof(flush), NULL, 0);
}

static void check_screen(void)
{
    const uint8_t *const shown = draws ? (const uint8_t *)screen : (const uint8_t *)memory;

    check(2);
    for (uint32_t i = 0; i < PAGES; i++)
        if (memcmp(shown + (size_t)i * PAGE, ram + page_at(i), PAGE) != 0)
            die("the screen is not what the guest has drawn");
}

int bench_main(int argc, char **argv)
{
    const bool copies = argc == 3 && strcmp(argv[1], "copy") == 0;
    const unsigned screens = argc == 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;

    if (screens == 0)
        die("bench_vgpu copy|memory|framebuffer SCREENS");
    draws = strcmp(argv[1], "framebuffer") == 0;
    start();
    prepare();
    for (unsigned i = 0; i < screens; i++) {
        if (!copies)
            post_screen(i);
        vgpu_measured(copies);
        if (!copies)
            check_screen();
    }
    if (!copies && flushed != (uint64_t)BYTES * screens)
        die("not all was flushed");
    printf("screens=%u\n", screens);
    return 0;
}

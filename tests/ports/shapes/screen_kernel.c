/* SPDX-License-Identifier: MIT */
#include "gic.h"
#include "slots.h"
#include "tasks.h"
#include "uart.h"
#include "vectors.h"
#include "virtio_gpu.h"
#include "virtio_input.h"
#include "vwr/gen/ids.h"

/* A kernel like that of docs/screen.md: a task waits for keys, and draws a square for each key pressed. */
#define KEYS 6u
#define SIDE 40u
#define EV_KEY 1u

void demo_main(unsigned exception_level);
void system_off(void);

static struct virtio_input keyboard;
static struct virtio_gpu screen;
static uint32_t keyboard_line, screen_line;

void panic(const char *words)
{
    put("shape: FAILED: ");
    put(words);
    put_char('\n');
    system_off();
    for (;;)
        ;
}

void on_interrupt(void)
{
    const uint32_t interrupt = gic_acknowledge();

    if (interrupt >= GIC_NONE)
        return;
    if (interrupt == GIC_TIMER)
        tasks_timer();
    if (interrupt == keyboard_line)
        keyboard.device.handle_irq(&keyboard.device);
    if (interrupt == screen_line)
        screen.device.handle_irq(&screen.device);
    gic_end(interrupt);
}

/* Knows nothing of virtio. */
static void draw(struct gpu_device *gpu, unsigned place, uint32_t color)
{
    struct framebuffer f;

    gpu->get_framebuffer(gpu, &f);
    for (uint32_t y = 0; y < SIDE; y++)
        for (uint32_t x = 0; x < SIDE; x++)
            ((uint32_t *)(void *)f.bytes)[y * f.width + place * SIDE + x] = color;
    gpu->flush(gpu);
}

static void task(unsigned number)
{
    struct input_device *const keys = &keyboard.device;

    (void)number;
    put(keys->is_empty(keys) ? "waiting\n" : "events before anybody waits\n");
    for (unsigned i = 0; i < KEYS;) {
        const uint64_t event = keys->read_event(keys);

        if (event >> 48 != EV_KEY || (uint32_t)event == 0)
            continue;
        put("key ");
        put_dec(event >> 32 & 0xffffu);
        put_char('\n');
        draw(&screen.device, i++, (uint32_t)(event >> 32 & 0xffffu) * 0x010305u);
    }
}

static void find(uint32_t type, struct vwr_mmio *found)
{
    struct vwr_mmio_scan scan = slots_scan();
    int r;

    do {
        r = vwr_mmio_scan_next(&scan, found);
    } while (r < 0 || (r == 1 && found->dev.type != type));
    if (r != 1)
        panic("a device is missing");
}

void demo_main(unsigned exception_level)
{
    struct vwr_mmio found;
    int r;

    (void)exception_level;
    uart_start();
    find(VWR_ID_GPU, &found);
    screen_line = GIC_SHARED + slots_line(&found);
    r = virtio_gpu_open(&screen, found.base);
    if (r == VWR_OK) {
        find(VWR_ID_INPUT, &found);
        keyboard_line = GIC_SHARED + slots_line(&found);
        r = virtio_input_open(&keyboard, found.base);
    }
    if (r != VWR_OK)
        panic(vwr_strerror(r));
    vectors_start();
    gic_start();
    gic_enable(screen_line, GIC_LEVEL);
    gic_enable(keyboard_line, GIC_LEVEL);
    gic_enable(GIC_TIMER, GIC_LEVEL);
    (void)interrupts_save();
    tasks_add(task);
    tasks_run();
    put("woken ");
    put_dec(tasks_counts.woken);
    put("\noverslept ");
    put_dec(tasks_counts.overslept);
    put("\nprocessor idle ");
    put_dec(tasks_counts.idle);
    put("\nshape: OK\n");
}

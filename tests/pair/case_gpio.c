/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/gpio.h"
#include "vwr/vgpio.h"
#include "../common/random.h"

#include <stdio.h>
#include <string.h>

/*
 * Lines: settings and levels at random, compared with a copy; interrupts by edges and levels, each reported
 * once, also those that occur while they are masked. The device is suspended and fails meanwhile; a recovery
 * restores every setting.
 */

#define SLOT 2u
#define QUEUE_SIZE 32u
#define LINES 12u
#define SEGS (QUEUE_SIZE + 8u)
#define STEPS 120u /* multiplied by scale */

static const char names[] = "reset\0led\0\0button\0four\0five\0six\0seven\0eight\0nine\0ten\0last";

static struct {
    struct vwr_vgpio device;
    struct vwr_vqueue queue[VWR_VGPIO_QUEUES];
    struct vwr_vqueue_entry own[VWR_VGPIO_QUEUES * QUEUE_SIZE];
    struct vwr_vgpio_line device_line[LINES];
    struct vwr_vmessage message[VWR_VGPIO_MESSAGES(LINES)];
    struct vwr_vseg seg[VWR_VGPIO_SEGS(LINES, SEGS)];
    union vmm_end end;
    struct vwr_gpio driver;
    struct vwr_gpio_line line[LINES];
    struct vwr_features avoid;
    struct vwr_vgpio_line copy[LINES]; /* what the test has set */
    bool due[LINES];                   /* an edge that was not reported yet */
    unsigned refused;                  /* line whose changes the VMM refuses; LINES: none */
    unsigned changes, edges, levels;
} io;

static uint64_t state;

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    CHECK(v == &io.device && line < LINES && wanted->output <= 1);
    io.changes++;
    return line == io.refused ? VWR_EIO : VWR_OK;
}

static const struct vwr_vgpio_ops ops = {.changed = changed};

/* ---- the guest ---- */

static bool has_level(unsigned line)
{
    const struct vwr_vgpio_line *const l = &io.copy[line];

    return l->irq_type == (l->input != 0 ? VWR_GPIO_IRQ_TYPE_LEVEL_HIGH : VWR_GPIO_IRQ_TYPE_LEVEL_LOW);
}

/* Takes all interrupts. Each line that is unmasked and due reports one. */
static void take_interrupts(void)
{
    unsigned line = LINES;

    vmm_run_until_idle();
    while (vwr_gpio_poll(&io.driver, &line) == 1) {
        CHECK(line < LINES && io.copy[line].irq_type != VWR_GPIO_IRQ_TYPE_NONE);
        CHECK(!io.line[line].unmasked);
        if (io.copy[line].irq_type < VWR_GPIO_IRQ_TYPE_LEVEL_HIGH) {
            CHECK(io.due[line]);
            io.due[line] = false;
            io.edges++;
        } else {
            io.levels++;
        }
        vmm_run_until_idle();
    }
    for (line = 0; line < LINES; line++)
        CHECK(!io.line[line].unmasked || (!io.due[line] && !has_level(line)));
}

static void set_level(unsigned line)
{
    struct vwr_vgpio_line *const l = &io.copy[line];
    const bool high = random_below(&state, 2) != 0;

    if (high != (l->input != 0) && l->irq_type <= VWR_GPIO_IRQ_TYPE_EDGE_BOTH &&
        (l->irq_type & (high ? VWR_GPIO_IRQ_TYPE_EDGE_RISING : VWR_GPIO_IRQ_TYPE_EDGE_FALLING)) != 0)
        io.due[line] = true;
    l->input = high;
    vwr_vgpio_input(&io.device, line, high);
}

static void set_irq_type(unsigned line)
{
    static const uint8_t types[] = {VWR_GPIO_IRQ_TYPE_NONE,         VWR_GPIO_IRQ_TYPE_EDGE_RISING,
                                    VWR_GPIO_IRQ_TYPE_EDGE_FALLING, VWR_GPIO_IRQ_TYPE_EDGE_BOTH,
                                    VWR_GPIO_IRQ_TYPE_LEVEL_HIGH,   VWR_GPIO_IRQ_TYPE_LEVEL_LOW};
    const uint8_t type = types[random_below(&state, sizeof(types))];
    const bool valid = type == VWR_GPIO_IRQ_TYPE_NONE || io.copy[line].direction != VWR_GPIO_DIRECTION_OUT;

    take_interrupts();
    CHECK_NUMBER(vwr_gpio_set_irq_type(&io.driver, line, type), valid ? VWR_OK : VWR_EIO);
    if (!valid)
        return;
    io.copy[line].irq_type = type;
    io.due[line] = false;
    take_interrupts(); /* an event of a level, or that was disabled */
}

static void set_direction(unsigned line)
{
    const uint8_t direction = (uint8_t)random_below(&state, VWR_GPIO_DIRECTION_IN + 1u);
    const bool valid =
        direction != VWR_GPIO_DIRECTION_OUT || io.copy[line].irq_type == VWR_GPIO_IRQ_TYPE_NONE;

    CHECK_NUMBER(vwr_gpio_set_direction(&io.driver, line, direction), valid ? VWR_OK : VWR_EIO);
    if (valid)
        io.copy[line].direction = direction;
}

static void set_value(unsigned line)
{
    const uint8_t value = (uint8_t)random_below(&state, 2);

    CHECK_NUMBER(vwr_gpio_set_value(&io.driver, line, value), VWR_OK);
    io.copy[line].output = value;
}

static void unmask(unsigned line)
{
    const int r = vwr_gpio_unmask(&io.driver, line);

    CHECK_NUMBER(r, io.copy[line].irq_type != VWR_GPIO_IRQ_TYPE_NONE ? VWR_OK : VWR_EINVAL);
    take_interrupts();
}

static void compare(unsigned line)
{
    const struct vwr_vgpio_line *const l = &io.copy[line], *const d = &io.device_line[line];

    CHECK_NUMBER(vwr_gpio_get_direction(&io.driver, line), l->direction);
    CHECK_NUMBER(vwr_gpio_get_value(&io.driver, line),
                 l->direction == VWR_GPIO_DIRECTION_OUT ? l->output : l->input);
    vmm_run_until_idle(); /* after a load an interrupt is unmasked when its queue is served */
    CHECK(d->direction == l->direction && d->output == l->output && d->irq_type == l->irq_type);
    CHECK(io.line[line].unmasked == (vwr_service_kept(&io.device.service.service, d) != NULL));
}

static void compare_all(void)
{
    take_interrupts();
    for (unsigned line = 0; line < LINES; line++)
        compare(line);
}

static void step(void)
{
    static void (*const actions[])(unsigned) = {set_level, set_level,     set_level, set_irq_type, unmask,
                                                unmask,    set_direction, set_value, compare};

    take_interrupts();
    actions[random_below(&state, sizeof(actions) / sizeof(actions[0]))](random_below(&state, LINES));
}

/* Edges may be lost while the device is recovered: their lines are not due any more. */
static void fail_and_recover(void)
{
    int r;

    take_interrupts();
    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vgpio_dev(&io.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&io.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&io.driver.client.bringup, &vwr_gpio_bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    memset(io.due, 0, sizeof(io.due));
    if (random_below(&state, 2) != 0) { /* by polls alone, or by the next call that waits */
        unsigned line;

        for (unsigned i = 0; i < 8u * LINES; i++) {
            vmm_run_until_idle();
            if (vwr_gpio_poll(&io.driver, &line) == 1)
                CHECK(has_level(line));
        }
    } else {
        CHECK_NUMBER(vwr_gpio_get_value(&io.driver, 0),
                     io.copy[0].direction == VWR_GPIO_DIRECTION_OUT ? io.copy[0].output : io.copy[0].input);
    }
    CHECK_NUMBER(io.driver.restore.lost, 0);
    compare_all();
}

static void check_names(char *memory)
{
    const size_t bytes = sizeof(names);

    CHECK_NUMBER(vwr_gpio_get_names(&io.driver, memory, bytes - 1), VWR_ERANGE);
    CHECK_NUMBER(vwr_gpio_get_names(&io.driver, memory, bytes), VWR_OK);
    CHECK(strcmp(vwr_gpio_name(memory, bytes, 0), "reset") == 0);
    CHECK(strcmp(vwr_gpio_name(memory, bytes, 2), "") == 0);
    CHECK(strcmp(vwr_gpio_name(memory, bytes, LINES - 1), "last") == 0);
    CHECK(strcmp(vwr_gpio_name(memory, bytes, LINES), "") == 0);
}

/* What the calls and the VMM refuse. */
static void refusals(void)
{
    CHECK_NUMBER(vwr_gpio_get_value(&io.driver, LINES), VWR_EINVAL);
    CHECK_NUMBER(vwr_gpio_set_value(&io.driver, LINES, 0), VWR_ERANGE);
    CHECK_NUMBER(vwr_gpio_set_value(&io.driver, 0, 2), VWR_EINVAL);
    CHECK_NUMBER(vwr_gpio_set_direction(&io.driver, 0, 3), VWR_EINVAL);
    CHECK_NUMBER(vwr_gpio_set_irq_type(&io.driver, 0, 5), VWR_EINVAL);
    CHECK_NUMBER(vwr_gpio_unmask(&io.driver, LINES), VWR_ERANGE);
    CHECK_NUMBER(vwr_gpio_unmask(&io.driver, 0), VWR_EINVAL);
    io.refused = 1;
    CHECK_NUMBER(vwr_gpio_set_value(&io.driver, 1, 1), VWR_EIO);
    CHECK_NUMBER(vwr_gpio_set_direction(&io.driver, 1, VWR_GPIO_DIRECTION_IN), VWR_EIO);
    CHECK_NUMBER(vwr_gpio_set_irq_type(&io.driver, 1, VWR_GPIO_IRQ_TYPE_LEVEL_LOW), VWR_EIO);
    compare(1);
    io.refused = LINES;
}

static void run_lines(unsigned kind, bool deferred, unsigned steps)
{
    const struct vwr_vgpio_options d = {
        .ops = &ops,
        .lines = io.device_line,
        .line_count = LINES,
        .names = names,
        .names_bytes = sizeof(names),
        .memory = {io.message, VWR_VGPIO_MESSAGES(LINES), io.seg, VWR_COUNT(io.seg)}};
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = io.queue, .queue_count = VWR_VGPIO_QUEUES, .own = io.own};
    struct vwr_gpio_options o = {.lines = io.line, .line_count = LINES};

    vmm_begin(deferred);
    memset(&io, 0, sizeof(io));
    io.refused = LINES;
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(io.own);
    s.legacy = (kind & DISK_LEGACY) != 0;
    disk_offer(&s.features, kind);
    disk_avoid(&io.avoid, kind);
    CHECK_NUMBER(vwr_vgpio_init(&io.device, &s, &d), VWR_OK);
    vmm_add(SLOT, vwr_vgpio_dev(&io.device));
    ram_reset();
    o.avoid = io.avoid;
    o.shared = ram_alloc_ring(sizeof(*o.shared));
    CHECK_NUMBER(vmm_find(&io.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_gpio_open(&io.driver, &io.end.dev, &o), VWR_OK);
    disk_check_features(&io.end.dev, vwr_vgpio_dev(&io.device), kind & ~(unsigned)DISK_IN_ORDER);
    CHECK_NUMBER(vwr_gpio_lines(&io.driver), LINES);
    check_names(ram_alloc_ring(sizeof(names)));
    refusals();
    for (unsigned i = 0; i < steps; i++) {
        step();
        if (random_below(&state, 64) == 0)
            suspend_check(&io.end.dev, vwr_vgpio_dev(&io.device));
        if (i % (steps / 2) == steps / 4)
            fail_and_recover();
    }
    compare_all();
    CHECK_NUMBER(vwr_gpio_close(&io.driver), VWR_OK);
    printf("%s gpio%s: %u changes, %u edges, %u levels\n", disk_kind_name(kind), deferred ? " deferred" : "",
           io.changes, io.edges, io.levels);
}

void case_gpio(unsigned kind, unsigned scale)
{
    state = kind;
    run_lines(kind, false, STEPS * scale);
    run_lines(kind, true, STEPS * scale);
}

/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/vgpio.h"
#include "vwr/vm.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/* GPIO lines, and guests that send messages in every wrong way. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define REQUEST ((uint32_t)sizeof(struct vwr_gpio_request))
#define REQUESTS VWR_GPIO_QUEUE_REQUESTQ
#define EVENTS VWR_GPIO_QUEUE_EVENTQ
#define LINES 3u
#define SEGS (GUEST_QUEUE_MAX + 4u)
#define POISON 0xa5u

static const char names[] = "a\0bb\0ccc";

struct vmm {
    struct vwr_vgpio v;
    struct vwr_vgpio_line line[LINES];
    struct vwr_vmessage message[VWR_VGPIO_MESSAGES(LINES)];
    struct vwr_vseg seg[VWR_VGPIO_SEGS(LINES, SEGS)];
    unsigned changes;
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static int changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    struct vmm *const m = v->context;

    assert_true(line < LINES && wanted->output <= 1 && wanted->direction <= VWR_GPIO_DIRECTION_IN);
    m->changes++;
    return VWR_OK;
}

static const struct vwr_vgpio_ops ops = {.changed = changed};

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vgpio_options o = {.ops = &ops,
                                  .context = m,
                                  .lines = m->line,
                                  .line_count = LINES,
                                  .names = names,
                                  .names_bytes = sizeof(names)};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    guest_setup(g, &s);
    o.memory = (struct vwr_service_memory){m->message, VWR_VGPIO_MESSAGES(LINES), m->seg, VWR_COUNT(m->seg)};
    assert_int_equal(vwr_vgpio_init(&m->v, &s, &o), VWR_OK);
    guest_plug(g, 0, vwr_vgpio_dev(&m->v));
    g->queues = VWR_VGPIO_QUEUES;
    vwr_features_add(&g->features, VWR_GPIO_F_IRQ);
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* Sends a message with room for `bytes` of an answer. */
static void send(struct guest *g, unsigned type, unsigned line, uint32_t value, uint32_t bytes)
{
    const struct guest_desc segment[2] = {{AT(0), REQUEST, 0, 0}, {AT(1), bytes, WRITE, 0}};
    struct vwr_gpio_request *const r = guest_at(g, AT(0), REQUEST);

    r->type = vwr_guest16(g->legacy, (uint16_t)type);
    r->gpio = vwr_guest16(g->legacy, (uint16_t)line);
    r->value = vwr_guest32(g->legacy, value);
    memset(guest_at(g, AT(1), 0x40), POISON, 0x40);
    hostile_send(g, REQUESTS, segment, bytes != 0 ? 2 : 1);
}

static void says(struct guest *g, unsigned status, unsigned value)
{
    const uint8_t *const at = guest_at(g, AT(1), 3);

    hostile_used(g, REQUESTS, 2);
    assert_int_equal(at[0], status);
    assert_int_equal(at[1], value);
    assert_int_equal(at[2], POISON);
    hostile_is_whole(g);
}

static void sets(struct guest *g, unsigned type, unsigned line, uint32_t value, unsigned status)
{
    send(g, type, line, value, 2);
    says(g, status, 0);
}

/* Unmasks the interrupt of a line; its status is at AT(4 + n). */
static void unmask(struct guest *g, unsigned line, unsigned n)
{
    const struct guest_desc segment[2] = {{AT(2 + n), 2, 0, 0}, {AT(8 + n), 1, WRITE, 0}};
    struct vwr_gpio_irq_request *const r = guest_at(g, AT(2 + n), 2);

    r->gpio = vwr_guest16(g->legacy, (uint16_t)line);
    memset(guest_at(g, AT(8 + n), 2), POISON, 2);
    hostile_send(g, EVENTS, segment, 2);
}

static void event(struct guest *g, unsigned n, unsigned status)
{
    const uint8_t *const at = guest_at(g, AT(8 + n), 2);

    hostile_used(g, EVENTS, 1);
    assert_int_equal(at[0], status);
    assert_int_equal(at[1], POISON);
    hostile_is_whole(g);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    g->broke = 0;
    g->queues = VWR_VGPIO_QUEUES;
    vwr_features_add(&g->features, VWR_GPIO_F_IRQ);
    vwr_vgpio_input(&m->v, 2, false);
    assert_true(guest_start(g));
    for (unsigned i = 0; i < LINES; i++)
        assert_null(vwr_service_kept(&m->v.service.service, &m->line[i]));
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 2, VWR_GPIO_IRQ_TYPE_EDGE_RISING, VWR_GPIO_STATUS_OK);
    unmask(g, 2, 0);
    hostile_unused(g, EVENTS);
    vwr_vgpio_input(&m->v, 2, true);
    event(g, 0, VWR_GPIO_IRQ_STATUS_VALID);
    send(g, VWR_GPIO_MSG_GET_VALUE, 2, 0, 2);
    says(g, VWR_GPIO_STATUS_OK, 1);
}

static const struct hostile_device gpio_device = {plug, works, unplug};

/* Lines that do not exist, by each message. */
static void g25_line(struct guest *g, long long line)
{
    for (unsigned type = VWR_GPIO_MSG_GET_DIRECTION; type <= VWR_GPIO_MSG_SET_IRQ_TYPE; type++)
        sets(g, type, (unsigned)line, 1, VWR_GPIO_STATUS_ERR);
    unmask(g, (unsigned)line, 0);
    event(g, 0, VWR_GPIO_IRQ_STATUS_INVALID);
    assert_int_equal(vmm_of(g)->changes, 0);
}

/* Types of messages, directions, levels and interrupt types that do not exist. */
static void g26_number(struct guest *g, long long number)
{
    const uint32_t n = (uint32_t)number;

    send(g, (uint16_t)(n + 7u), 0, 0, 2); /* the status is all that such an answer has */
    hostile_used(g, REQUESTS, 1);
    assert_int_equal(*(const uint8_t *)guest_at(g, AT(1), 1), VWR_GPIO_STATUS_ERR);
    sets(g, VWR_GPIO_MSG_SET_DIRECTION, 0, n + 3u, VWR_GPIO_STATUS_ERR);
    sets(g, VWR_GPIO_MSG_SET_VALUE, 0, n + 2u, VWR_GPIO_STATUS_ERR);
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 0, n + 9u, VWR_GPIO_STATUS_ERR);
    assert_int_equal(vmm_of(g)->changes, 0);
}

/* Space for less than an answer, for more, and for names. */
static void g27_room(struct guest *g, long long bytes)
{
    send(g, VWR_GPIO_MSG_GET_VALUE, 0, 0, (uint32_t)bytes);
    if (bytes < 2)
        hostile_used(g, REQUESTS, 0);
    else
        says(g, VWR_GPIO_STATUS_OK, 0);
    send(g, VWR_GPIO_MSG_GET_LINE_NAMES, 0, 0, (uint32_t)bytes);
    if (bytes < 1) {
        hostile_used(g, REQUESTS, 0);
    } else {
        const uint32_t some = bytes - 1 < (long long)sizeof(names) ? 0 : sizeof(names);

        hostile_used(g, REQUESTS, 1 + some);
        assert_int_equal(*(const uint8_t *)guest_at(g, AT(1), 1),
                         some != 0 ? VWR_GPIO_STATUS_OK : VWR_GPIO_STATUS_ERR);
        assert_memory_equal(guest_at(g, AT(1) + 1, sizeof(names)), names, some);
        assert_int_equal(*(const uint8_t *)guest_at(g, AT(1) + 1 + some, 1), POISON);
    }
    hostile_is_whole(g);
}

/* A line is unmasked twice, or has no interrupt. */
static void g50_unmask(struct guest *g, long long at)
{
    (void)at;
    unmask(g, 0, 0);
    event(g, 0, VWR_GPIO_IRQ_STATUS_INVALID);
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 0, VWR_GPIO_IRQ_TYPE_EDGE_BOTH, VWR_GPIO_STATUS_OK);
    unmask(g, 0, 0);
    unmask(g, 0, 1);
    event(g, 1, VWR_GPIO_IRQ_STATUS_INVALID);
    hostile_unused(g, EVENTS);
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 0, VWR_GPIO_IRQ_TYPE_NONE, VWR_GPIO_STATUS_OK);
    event(g, 0, VWR_GPIO_IRQ_STATUS_INVALID);
}

/*
 * Interrupts while the guest has masked them: several edges count as one, a level counts as long as it is
 * active.
 */
static void g50_masked(struct guest *g, long long type)
{
    struct vmm *const m = vmm_of(g);
    const bool level = type == VWR_GPIO_IRQ_TYPE_LEVEL_HIGH;

    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 0, (uint32_t)type, VWR_GPIO_STATUS_OK);
    for (unsigned i = 0; i < 1001; i++)
        vwr_vgpio_input(&m->v, 0, i % 2 == 0);
    unmask(g, 0, 0);
    event(g, 0, VWR_GPIO_IRQ_STATUS_VALID);
    unmask(g, 0, 0);
    if (level)
        event(g, 0, VWR_GPIO_IRQ_STATUS_VALID);
    else
        hostile_unused(g, EVENTS);
}

/* A line with an interrupt type cannot be an output, and an output cannot have an interrupt type. */
static void g26_output(struct guest *g, long long at)
{
    (void)at;
    sets(g, VWR_GPIO_MSG_SET_DIRECTION, 0, VWR_GPIO_DIRECTION_OUT, VWR_GPIO_STATUS_OK);
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 0, VWR_GPIO_IRQ_TYPE_EDGE_RISING, VWR_GPIO_STATUS_ERR);
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 1, VWR_GPIO_IRQ_TYPE_EDGE_RISING, VWR_GPIO_STATUS_OK);
    sets(g, VWR_GPIO_MSG_SET_DIRECTION, 1, VWR_GPIO_DIRECTION_OUT, VWR_GPIO_STATUS_ERR);
}

/* A reset, or one of the event queue, with an unmasked interrupt: it does not occur. */
static void g46_reset(struct guest *g, long long queue)
{
    struct vmm *const m = vmm_of(g);

    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 1, VWR_GPIO_IRQ_TYPE_EDGE_BOTH, VWR_GPIO_STATUS_OK);
    unmask(g, 1, 0);
    if (queue == 0) {
        assert_true(guest_start(g)); /* and clears its memory */
        memset(guest_at(g, AT(8), 1), POISON, 1);
    }
    vwr_vgpio_input(&m->v, 1, true);
    if (queue != 0) {
        event(g, 0, VWR_GPIO_IRQ_STATUS_VALID);
        return;
    }
    hostile_unused(g, EVENTS);
    assert_int_equal(*(const uint8_t *)guest_at(g, AT(8), 1), POISON);
}

/* Without the feature there are no interrupts. */
static void g45_feature(struct guest *g, long long at)
{
    (void)at;
    vwr_features_remove(&g->features, VWR_GPIO_F_IRQ);
    g->queues = 1;
    assert_true(guest_start(g));
    sets(g, VWR_GPIO_MSG_SET_IRQ_TYPE, 0, VWR_GPIO_IRQ_TYPE_EDGE_BOTH, VWR_GPIO_STATUS_ERR);
    sets(g, VWR_GPIO_MSG_SET_DIRECTION, 0, VWR_GPIO_DIRECTION_OUT, VWR_GPIO_STATUS_OK);
}

static const struct hostile_case cases[] = {
    {"G25_line", "gpio.dev.req.1", g25_line, HOSTILE_ALL, 3, {LINES, 0x100, 0xffff}},
    {"G26_number", "gpio.dev.req.1", g26_number, HOSTILE_ALL, 3, {0, 200, 0xfff0}},
    {"G26_output_with_interrupt",
     "robustness: a line is an output, or has an interrupt",
     g26_output,
     HOSTILE_ALL,
     0,
     {0}},
    {"G27_room", "gpio.dev.req.3 gpio.dev.req.4", g27_room, HOSTILE_ALL, 6, {0, 1, 2, 9, 10, 40}},
    {"G45_feature", "feat.dev.1", g45_feature, HOSTILE_ALL, 0, {0}},
    {"G46_reset", "reset.dev.2", g46_reset, HOSTILE_ALL, 2, {0, 1}},
    {"G50_unmasks_twice", "gpio.dev.event.2", g50_unmask, HOSTILE_ALL, 0, {0}},
    {"G50_masked",
     "gpio.dev.event.1",
     g50_masked,
     HOSTILE_ALL,
     3,
     {VWR_GPIO_IRQ_TYPE_EDGE_RISING, VWR_GPIO_IRQ_TYPE_EDGE_BOTH, VWR_GPIO_IRQ_TYPE_LEVEL_HIGH}},
};

int main(void)
{
    return hostile_run("gpio", &gpio_device, cases, sizeof(cases) / sizeof(cases[0]));
}

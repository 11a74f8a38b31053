/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "gpio.h"
#include "vwr/gpio.h"

/* A user of lines. */

enum { NAMES, GET_DIRECTION, GET_VALUE, SET_DIRECTION, SET_VALUE, SET_TYPE, UNMASK, POLL, KINDS };

struct ask {
    uint8_t kind;
    uint8_t line;
    uint8_t to;
};

static struct vwr_gpio *g;
static struct vwr_gpio_line lines[GPIO_LINES];
#define OFTEN 2u /* as many times more is an interrupt unmasked */

static char *names;
static bool due[GPIO_LINES]; /* with a model: an edge that was not polled */

static int line_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                     uint32_t timeout_us)
{
    struct vwr_gpio_options o;

    vwr_zero(&o, sizeof(o));
    vwr_zero(due, sizeof(due));
    bench_fill((uint8_t *)lines, 0, sizeof(lines)); /* an open that fails may not initialise them */
    g = (struct vwr_gpio *)m->own;
    names = (char *)m->data;
    o.lines = lines;
    o.line_count = GPIO_LINES;
    o.shared = (struct vwr_gpio_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_gpio_open(g, d, &o);
}

/* A caller that finds no interrupt waits for one, or polls again if it cannot. Returns the line. */
static int poll(void)
{
    unsigned line = GPIO_LINES;
    int r = vwr_gpio_poll(g, &line);

    if (r == 0 && !vwr_gpio_arm(g))
        r = vwr_gpio_poll(g, &line);
    if (r == 1 && (line >= GPIO_LINES || lines[line].unmasked ||
                   lines[line].setting[VWR_GPIO_SETS_IRQ_TYPE] == VWR_GPIO_IRQ_TYPE_NONE))
        return UINT8_MAX;
    return r == 0 ? VWR_EBUSY : r < 0 ? r : (int)line;
}

/* Returns the number that is the answer. */
static int make(const struct ask *a)
{
    switch (a->kind) {
    case NAMES:
        return vwr_gpio_get_names(g, names, GPIO_NAMES);
    case GET_DIRECTION:
        return vwr_gpio_get_direction(g, a->line);
    case GET_VALUE:
        return vwr_gpio_get_value(g, a->line);
    case SET_DIRECTION:
        return vwr_gpio_set_direction(g, a->line, a->to);
    case SET_VALUE:
        return vwr_gpio_set_value(g, a->line, a->to);
    case SET_TYPE:
        return vwr_gpio_set_irq_type(g, a->line, a->to);
    case UNMASK:
        return vwr_gpio_unmask(g, a->line);
    default:
        return poll();
    }
}

/* ---- acts ---- */

static const struct ask asks[] = {{NAMES, 0, 0},         {GET_DIRECTION, 0, 0}, {SET_VALUE, 0, 0},
                                  {SET_DIRECTION, 0, 1}, {SET_DIRECTION, 4, 2}, {SET_TYPE, 4, 3},
                                  {GET_VALUE, 4, 0},     {POLL, 4, 0},          {GET_VALUE, 4, 0},
                                  {SET_VALUE, 0, 1},     {POLL, 4, 0},          {GET_VALUE, 4, 0},
                                  {SET_DIRECTION, 5, 2}, {SET_TYPE, 5, 3},      {POLL, 5, 0},
                                  {GET_VALUE, 5, 0},     {SET_VALUE, 6, 1},     {SET_TYPE, 6, 3}};

/* A line whose interrupt type the device has refused cannot be unmasked. */
static int line_act(unsigned first, unsigned count, unsigned *done)
{
    const struct ask *const a = &asks[first];
    const struct bench_bytes *const in = &bench_gpio_shapes.shape[first].in;
    const int r = make(a);

    (void)count;
    *done = r >= VWR_OK;
    if (a->kind == SET_TYPE && r < VWR_OK && lines[a->line].known == 0 &&
        vwr_gpio_unmask(g, a->line) != VWR_EINVAL)
        return BENCH_WRONG;
    if (r < VWR_OK)
        return r;
    if (a->kind == NAMES && !bench_equal((const uint8_t *)names, in->at + 1, GPIO_NAMES))
        return BENCH_WRONG;
    return r == (a->kind == POLL ? a->line : in->at[1] * (a->kind != NAMES)) ? VWR_OK : BENCH_WRONG;
}

static bool line_post(unsigned shape)
{
    return vwr_gpio_unmask(g, asks[shape].line) == VWR_OK;
}

static bool line_refuses(unsigned number)
{
    if (number == 0) /* not even a line of a device that has changed */
        return vwr_gpio_get_value(g, UINT16_MAX) == VWR_EINVAL ||
               vwr_get_stage(&g->bringup) != VWR_STAGE_RUNNING;
    if (number == 1)
        return vwr_gpio_set_value(g, GPIO_LINES, 0) == VWR_ERANGE;
    if (number == 2)
        return vwr_gpio_unmask(g, GPIO_LINES) == VWR_ERANGE;
    return (number == 3   ? vwr_gpio_set_value(g, 0, 2)
            : number == 4 ? vwr_gpio_set_direction(g, 0, 3)
                          : vwr_gpio_set_irq_type(g, 0, 5)) == VWR_EINVAL;
}

/* ---- calls at random ---- */

static bool has_level(const struct gpio_model *m, unsigned line)
{
    return m->line[line].type ==
           (m->line[line].input ? VWR_GPIO_IRQ_TYPE_LEVEL_HIGH : VWR_GPIO_IRQ_TYPE_LEVEL_LOW);
}

/* A line is an output, or has an interrupt. */
static int expect(struct gpio_model *m, const struct ask *a)
{
    const unsigned line = a->line;
    const uint8_t direction = a->kind == SET_DIRECTION ? a->to : m->line[line].direction;
    const uint8_t type = a->kind == SET_TYPE ? a->to : m->line[line].type;

    if (a->kind == NAMES)
        return VWR_OK;
    if (a->kind == UNMASK)
        return type != VWR_GPIO_IRQ_TYPE_NONE ? VWR_OK : VWR_EINVAL;
    if (a->kind == GET_DIRECTION)
        return direction;
    if (a->kind == GET_VALUE)
        return direction == VWR_GPIO_DIRECTION_OUT ? m->line[line].output : m->line[line].input;
    if (line == GPIO_REFUSED || (direction == VWR_GPIO_DIRECTION_OUT && type != VWR_GPIO_IRQ_TYPE_NONE))
        return VWR_EIO;
    m->line[line].direction = direction;
    m->line[line].type = type;
    if (a->kind == SET_VALUE)
        m->line[line].output = a->to;
    if (a->kind == SET_TYPE)
        due[line] = false;
    return VWR_OK;
}

static const char *line_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    static const uint8_t types[] = {0, 1, 2, 3, 4, 8};
    struct ask a = {(uint8_t)below(KINDS + OFTEN), (uint8_t)below(GPIO_LINES), (uint8_t)below(6)};
    int wanted, r;

    (void)most;
    if (a.kind >= KINDS || (a.kind == POLL && model != NULL))
        a.kind = UNMASK;
    if (model == NULL)
        return make(&a) >= (int)GPIO_LINES ? "no line, level or direction" : NULL;
    a.to = a.kind == SET_TYPE ? types[a.to] : (uint8_t)(a.to % (a.kind == SET_VALUE ? 2 : 3));
    wanted = expect(model, &a);
    r = make(&a);
    if (r == VWR_EFULL && a.kind == UNMASK) /* of a short queue */
        return NULL;
    return r == wanted ? NULL : "another result than that of the lines";
}

/* ---- events ---- */

static int line_take(void *model)
{
    struct gpio_model *const m = model;
    unsigned line = GPIO_LINES;
    const int r = vwr_gpio_poll(g, &line);

    if (r < 0 || m == NULL)
        return r;
    if (r == 1) {
        if (line >= GPIO_LINES || lines[line].unmasked || m->line[line].type == VWR_GPIO_IRQ_TYPE_NONE ||
            (m->line[line].type < VWR_GPIO_IRQ_TYPE_LEVEL_HIGH && !due[line]))
            return VWR_EPROTO;
        due[line] = false;
        return r;
    }
    if (g->restore.lost != 0)
        return VWR_EPROTO;
    for (line = 0; line < GPIO_LINES && g->restore.next == g->restore.count; line++) {
        m->line[line].waits = lines[line].unmasked;
        if (lines[line].unmasked && (due[line] || has_level(m, line)))
            return VWR_EPROTO;
    }
    return r;
}

static void line_event(void *model, uint32_t event)
{
    struct gpio_model *const m = model;
    const struct gpio_model before = *m;
    const unsigned line = gpio_level(m, event);
    const unsigned edge =
        m->line[line].input ? VWR_GPIO_IRQ_TYPE_EDGE_RISING : VWR_GPIO_IRQ_TYPE_EDGE_FALLING;

    if (m->line[line].input != before.line[line].input && m->line[line].type <= VWR_GPIO_IRQ_TYPE_EDGE_BOTH &&
        (m->line[line].type & edge) != 0)
        due[line] = true;
}

/* All settings are as before; an edge may be lost. */
static void line_recovered(void *model)
{
    (void)model;
    vwr_zero(due, sizeof(due));
}

static bool line_is_idle(void)
{
    bool idle = !vwr_req_is_in_flight(&g->again.call.req);

    if (vwr_get_stage(&g->bringup) != VWR_STAGE_RUNNING)
        for (unsigned i = 0; i < GPIO_LINES; i++)
            idle = idle && !vwr_req_is_in_flight(&lines[i].event.call.req);
    return idle;
}

static size_t line_explain(char *text, size_t bytes)
{
    return vwr_gpio_explain(g, text, bytes);
}

const struct bench_driver bench_gpio_driver = {
    .shapes = &bench_gpio_shapes,
    .steps = &vwr_gpio_bringup,
    .shared_bytes = sizeof(struct vwr_gpio_shared),
    .data_bytes = GPIO_NAMES,
    .model_bytes = sizeof(struct gpio_model),
    .calls = 80,
    .open = line_open,
    .act = line_act,
    .post = line_post,
    .refuses = line_refuses,
    .refusals = 6,
    .call = line_call,
    .take = line_take,
    .event = line_event,
    .recovered = line_recovered,
    .is_idle = line_is_idle,
    .explain = line_explain,
};

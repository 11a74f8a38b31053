/* SPDX-License-Identifier: MIT */
#include "vwr/gpio.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"

/*
 * GPIO device: controls lines and their interrupts with messages of the generated client. A recovery sends
 * the settings again, one message at a time. Section: GPIO Device.
 */

static struct vwr_gpio_line *gpio_line(const struct vwr_gpio *g, unsigned line)
{
    return line < g->options.line_count ? &g->options.lines[line] : NULL;
}

/* ---- a recovery ---- */

static int gpio_submit_event(struct vwr_gpio *g, unsigned line)
{
    const struct vwr_gpio_interrupt_msg m = {(uint16_t)line};
    struct vwr_gpio_line *const l = &g->options.lines[line];
    int r;

    l->event.call.req.internal = 1; /* a reset discards it */
    r = vwr_gpio_client_interrupt_submit(&g->client, &l->event, &m);
    if (r == VWR_OK)
        (void)vwr_client_kick(&g->client.eventq);
    return r;
}

/* Encodes the message of a setting. */
static int gpio_begin(struct vwr_gpio *g, struct vwr_gpio_client_requestq_call *call, unsigned line,
                      enum vwr_gpio_setting setting, unsigned to)
{
    const uint16_t n = (uint16_t)line;
    const struct vwr_gpio_set_value_msg value = {n, to};
    const struct vwr_gpio_set_direction_msg direction = {n, to};
    const struct vwr_gpio_set_irq_type_msg type = {n, to};

    call->call.req.internal = 1; /* no caller reaps it */
    if (setting == VWR_GPIO_SETS_VALUE)
        return vwr_gpio_client_set_value_begin(&g->client, call, &value);
    if (setting == VWR_GPIO_SETS_DIRECTION)
        return vwr_gpio_client_set_direction_begin(&g->client, call, &direction);
    return vwr_gpio_client_set_irq_type_begin(&g->client, call, &type);
}

/* Steps of a recovery: the settings of all lines, then the interrupts, for which there may be no room. */
static unsigned gpio_unmask_step(const struct vwr_gpio *g, unsigned line)
{
    return g->options.line_count * VWR_GPIO_SETTINGS_ + line;
}

static int gpio_resend(struct vwr_bringup *v, unsigned n)
{
    struct vwr_gpio *const g = (void *)v;
    const unsigned first = gpio_unmask_step(g, 0);
    const unsigned line = n < first ? n / VWR_GPIO_SETTINGS_ : n - first;
    const unsigned setting = n % VWR_GPIO_SETTINGS_;
    const struct vwr_gpio_line *const l = &g->options.lines[line];
    int r;

    if (n >= first) {
        r = l->unmasked ? gpio_submit_event(g, line) : VWR_OK;
        return r == VWR_EBUSY ? VWR_OK : r; /* the next poll returns an earlier event of the line */
    }
    if ((l->known >> setting & 1u) == 0)
        return VWR_OK;
    r = gpio_begin(g, &g->again, line, (enum vwr_gpio_setting)setting, l->setting[setting]);
    return r == VWR_OK ? vwr_client_submit(&g->client.requestq, &g->again.call) : r;
}

/*
 * Called before another message. The device may have come back with an event queue that is too short for all
 * unmasked interrupts; the message does not wait for them.
 */
static int gpio_restore(struct vwr_gpio *g)
{
    const int r = vwr_client_restore_all(&g->bringup, &g->restore);

    return r == VWR_EFULL && g->restore.next >= gpio_unmask_step(g, 0) ? VWR_OK : r;
}

/* ---- lines ---- */

/* Values above `most` are invalid. */
static int gpio_check(struct vwr_gpio *g, int r, unsigned value, unsigned most)
{
    if (r != VWR_OK || value <= most)
        return r == VWR_OK ? (int)value : r;
    return vwr_request_note(&g->client.requestq.requests, VWR_FAULT_REQUEST_STATUS,
                            g->client.requestq_own.call.row->type, value);
}

/* Called before a message that reads a setting. */
static int gpio_begin_get(struct vwr_gpio *g, unsigned line)
{
    const int r = gpio_restore(g);

    return r == VWR_OK && line >= vwr_gpio_lines(g) ? VWR_EINVAL : r;
}

int vwr_gpio_get_value(struct vwr_gpio *g, unsigned line)
{
    const struct vwr_gpio_get_value_msg m = {(uint16_t)line, 0};
    struct vwr_gpio_get_value_answer a;
    int r = gpio_begin_get(g, line);

    if (r == VWR_OK)
        r = vwr_gpio_client_get_value(&g->client, &m, &a);
    return gpio_check(g, r, r == VWR_OK ? a.value : 0, 1);
}

int vwr_gpio_get_direction(struct vwr_gpio *g, unsigned line)
{
    const struct vwr_gpio_get_direction_msg m = {(uint16_t)line, 0};
    struct vwr_gpio_get_direction_answer a;
    int r = gpio_begin_get(g, line);

    if (r == VWR_OK)
        r = vwr_gpio_client_get_direction(&g->client, &m, &a);
    return gpio_check(g, r, r == VWR_OK ? a.value : 0, VWR_GPIO_DIRECTION_IN);
}

static int gpio_set(struct vwr_gpio *g, unsigned line, enum vwr_gpio_setting setting, unsigned to, bool valid)
{
    struct vwr_gpio_client_requestq_call *const call = &g->client.requestq_own;
    struct vwr_gpio_line *const l = gpio_line(g, line);
    int r;

    if (g->client.bringup.dev == NULL)
        return VWR_EFAILED;
    if (l == NULL)
        return VWR_ERANGE;
    if (!valid || line >= vwr_gpio_lines(g))
        return VWR_EINVAL;
    r = gpio_restore(g);
    if (r == VWR_OK)
        r = gpio_begin(g, call, line, setting, to);
    if (r == VWR_OK)
        r = vwr_client_do(&g->client.requestq, &call->call);
    if (r == VWR_OK) {
        l->setting[setting] = (uint8_t)to;
        l->known |= 1u << setting;
    }
    return r;
}

int vwr_gpio_set_value(struct vwr_gpio *g, unsigned line, unsigned value)
{
    return gpio_set(g, line, VWR_GPIO_SETS_VALUE, value, value <= 1);
}

int vwr_gpio_set_direction(struct vwr_gpio *g, unsigned line, unsigned direction)
{
    return gpio_set(g, line, VWR_GPIO_SETS_DIRECTION, direction, direction <= VWR_GPIO_DIRECTION_IN);
}

/* ---- interrupts ---- */

int vwr_gpio_set_irq_type(struct vwr_gpio *g, unsigned line, unsigned type)
{
    const bool valid = type <= VWR_GPIO_IRQ_TYPE_LEVEL_HIGH || type == VWR_GPIO_IRQ_TYPE_LEVEL_LOW;
    const int r = gpio_set(g, line, VWR_GPIO_SETS_IRQ_TYPE, type, valid);

    if (r == VWR_OK && type == VWR_GPIO_IRQ_TYPE_NONE)
        gpio_line(g, line)->unmasked = false;
    return r;
}

int vwr_gpio_unmask(struct vwr_gpio *g, unsigned line)
{
    struct vwr_gpio_line *const l = gpio_line(g, line);
    int r = VWR_OK;

    if (g->client.bringup.dev == NULL)
        return VWR_EFAILED;
    if (l == NULL)
        return VWR_ERANGE;
    if (l->setting[VWR_GPIO_SETS_IRQ_TYPE] == VWR_GPIO_IRQ_TYPE_NONE)
        return VWR_EINVAL;
    if (!l->unmasked && gpio_unmask_step(g, line) >= g->restore.next)
        l->unmasked = true; /* a recovery will unmask it */
    if (!l->unmasked)
        r = gpio_submit_event(g, line);
    l->unmasked = l->unmasked || r == VWR_OK;
    return r;
}

/* When a line is disabled, the device returns its event without reporting an interrupt. */
static int gpio_take_event(struct vwr_gpio *g, const struct vwr_req *done, unsigned *line)
{
    struct vwr_gpio_line *const l = (struct vwr_gpio_line *)(uintptr_t)done;

    if (!l->unmasked)
        return VWR_OK; /* the line was disabled in the meantime */
    *line = (unsigned)(l - g->options.lines);
    if (done->result != VWR_OK)
        return gpio_submit_event(g, *line);
    l->unmasked = false;
    return 1;
}

int vwr_gpio_poll(struct vwr_gpio *g, unsigned *line)
{
    struct vwr_req *done;
    int r = vwr_client_restore_next(&g->bringup, &g->restore);

    if (r < 0 && r != VWR_EFULL) /* after EFULL, a returned event frees descriptors */
        return r;
    if (!vwr_gpio_client_has(&g->client, VWR_GPIO_F_IRQ))
        return 0;
    for (unsigned i = 0; i < VWR_GPIO_EVENTS; i++) {
        r = vwr_request_reap(&g->client.eventq.requests, &done, 1);
        if (r <= 0)
            return r;
        r = gpio_take_event(g, done, line);
        if (r == 1) /* before the caller unmasks the line again, an interrupt that had no room is unmasked */
            (void)vwr_client_restore_next(&g->bringup, &g->restore);
        if (r != VWR_OK)
            return r;
    }
    return VWR_OK;
}

bool vwr_gpio_arm(struct vwr_gpio *g)
{
    return vwr_gpio_client_has(&g->client, VWR_GPIO_F_IRQ) && vwr_request_arm(&g->client.eventq.requests, 1);
}

/* ---- names ---- */

int vwr_gpio_get_names(struct vwr_gpio *g, char *names, size_t bytes)
{
    static const struct vwr_gpio_get_line_names_msg m = {0, 0};
    const uint32_t size = g->client.info.gpio_names_size;
    unsigned found = 0;
    int r = gpio_restore(g);

    if (r == VWR_OK && size == 0)
        r = VWR_EUNSUPP;
    if (r == VWR_OK && bytes < size)
        r = VWR_ERANGE;
    if (r == VWR_OK)
        r = vwr_gpio_client_get_line_names(&g->client, &m, names);
    if (r != VWR_OK)
        return r;
    for (uint32_t i = 0; i < size; i++)
        found += names[i] == '\0';
    return gpio_check(g, VWR_OK, found < vwr_gpio_lines(g), 0);
}

const char *vwr_gpio_name(const char *names, size_t bytes, unsigned line)
{
    size_t start = 0;

    for (size_t end = 0; end < bytes; end++)
        if (names[end] == '\0') {
            if (line-- == 0)
                return names + start;
            start = end + 1;
        }
    return "";
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class gpio_request_class = {VWR_CLIENT_CLASS(VWR_GPIO_CLIENT_REQUESTQ_SLOT),
                                                            .timeout = VWR_FAULT_REQUEST_TIMEOUT};

/* The device may keep an event for any length of time. */
static const struct vwr_request_class gpio_event_class = {VWR_CLIENT_CLASS(VWR_GPIO_CLIENT_EVENTQ_SLOT)};

static int gpio_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_gpio *const g = (void *)v;
    struct vwr_gpio_shared *const s = g->options.shared;
    const struct vwr_queue_memory requests = {s->requests, sizeof(s->requests), g->request_own,
                                              sizeof(g->request_own), VWR_GPIO_QUEUE};
    const struct vwr_queue_memory events = {s->events, sizeof(s->events), g->event_own, sizeof(g->event_own),
                                            VWR_GPIO_EVENT_QUEUE};
    int r;

    g->options.request.requests = n == 0 ? VWR_GPIO_REQUESTS : VWR_GPIO_EVENTS;
    if (n != 0)
        return vwr_client_setup(&g->client.eventq, v, VWR_GPIO_QUEUE_EVENTQ, &gpio_event_class, &events,
                                &g->options.request);
    r = vwr_client_setup(&g->client.requestq, v, VWR_GPIO_QUEUE_REQUESTQ, &gpio_request_class, &requests,
                         &g->options.request);
    return r == VWR_OK && vwr_dev_has(v->dev, VWR_GPIO_F_IRQ) ? 1 : r;
}

static void gpio_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_gpio *const g = (void *)v;

    vwr_client_restore_event(v, &g->restore, event);
}

static const struct vwr_features gpio_want = {
    {VWR_GPIO_FEATURES_W0, VWR_GPIO_FEATURES_W1, VWR_GPIO_FEATURES_W2, VWR_GPIO_FEATURES_W3}};

const struct vwr_bringup_class vwr_gpio_bringup = {
    VWR_BRINGUP_CLASS(VWR_GPIO_ID, vwr_gpio, client.info),
    .want = &gpio_want,
    .read = vwr_gpio_config_read,
    .set_up = gpio_set_up,
    .event = gpio_event,
    .needs = vwr_gpio_config_needs,
};

int vwr_gpio_open(struct vwr_gpio *g, struct vwr_dev *d, const struct vwr_gpio_options *options)
{
    const int r = vwr_bringup_begin(&g->bringup, &vwr_gpio_bringup, d);

    if (r != VWR_OK)
        return r;
    if (!VWR_ARRAY_FITS(&d->shortage, options, lines, line_count, 1u))
        return vwr_dev_note_shortage(d);
    vwr_copy(&g->options, options, sizeof(*options));
    g->options.request.segments = VWR_REQUEST_SEGMENTS;
    g->options.request.replay = false;                   /* settings are restored instead */
    vwr_features_add(&g->options.avoid, VWR_F_IN_ORDER); /* an interrupt would wait for earlier ones */
    g->client.bringup.avoid = &g->options.avoid;
    g->restore.q = &g->client.requestq;
    g->restore.call = &g->again.call;
    g->restore.resend = gpio_resend;
    g->restore.count = gpio_unmask_step(g, options->line_count);
    vwr_zero(options->lines, options->line_count * sizeof(options->lines[0]));
    return vwr_bringup_open(&g->bringup);
}

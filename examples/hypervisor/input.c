/* SPDX-License-Identifier: MIT */
#include "vwr/evdev.h"
#include "vwr/gen/ids.h"
#include "vwr/input.h"
#include "vwr/vinput.h"
#include "vplan.h"

#include "hyp.h"

/*
 * The real keyboard and tablet, driven by Virtwright's driver: complete groups of events are passed to the
 * guest's device of the same kind, and its LEDs to the real one. Events go to the first guest with such a
 * device.
 */
#define SOURCES 4u
#define EVENTS 1024u /* in the driver's FIFO */
#define BUDGET 64u   /* events of a device each time the lock is held */
#define WORDS_BYTES 200u

static struct source {
    struct vwr_input in;
    struct vwr_vinput *guest; /* NULL: no guest has such a device */
    unsigned kind;            /* event type that distinguishes it */
    bool given_up;
    struct vwr_input_shared shared;
    uint64_t fifo[EVENTS];
} source[SOURCES];
static unsigned sources;

static void interrupt(uint32_t reasons)
{
    input_service();
}

/* Distinguishes tablet, mouse and keyboard. */
static unsigned kind_of(struct vwr_input *in)
{
    struct vwr_input_query q = {.select = VWR_INPUT_CFG_EV_BITS};

    q.subsel = VWR_EV_ABS;
    if (vwr_input_ask(in, &q) > 0)
        return VWR_EV_ABS;
    q.subsel = VWR_EV_REL;
    return vwr_input_ask(in, &q) > 0 ? VWR_EV_REL : VWR_EV_KEY;
}

static const char *name_of(const struct source *s)
{
    return s->kind == VWR_EV_ABS ? "tablet" : s->kind == VWR_EV_REL ? "mouse" : "keyboard";
}

static void explain(struct source *s)
{
    char words[WORDS_BYTES];

    vwr_input_explain(&s->in, words, sizeof(words));
    print("hypervisor: the %s does not work: %s\n", name_of(s), words);
}

static bool has_kind(unsigned kind)
{
    for (unsigned i = 0; i < sources; i++)
        if (source[i].kind == kind)
            return true;
    return false;
}

void input_start(void)
{
    struct vwr_dev *d;

    while (sources < SOURCES && (d = real_take(VWR_ID_INPUT, interrupt)) != NULL) {
        struct source *const s = &source[sources];
        const struct vwr_input_options options = {
            .shared = &s->shared, .event = s->fifo, .event_count = EVENTS};

        if (vwr_input_open(&s->in, d, &options) != VWR_OK) {
            explain(s);
            continue;
        }
        s->kind = kind_of(&s->in);
        print("hypervisor: %s, interrupt %u\n", name_of(s), real_line(d));
        real_enable(d);
        sources++;
    }
    if (!has_kind(VWR_EV_KEY))
        print("hypervisor: no keyboard: -device virtio-keyboard-device\n");
    if (!has_kind(VWR_EV_ABS))
        print("hypervisor: no tablet: -device virtio-tablet-device\n");
}

/* Connects the guest's device `in`, of this model, to the real device of the same kind. */
void input_connect(struct vwr_vinput *in, const struct vwr_vinput_model *model)
{
    const unsigned kind = model == &vwr_vinput_keyboard ? VWR_EV_KEY
                          : model == &vwr_vinput_mouse  ? VWR_EV_REL
                                                        : VWR_EV_ABS;

    for (unsigned i = 0; i < sources; i++)
        if (source[i].kind == kind && source[i].guest == NULL)
            source[i].guest = in;
}

static void status(struct vwr_vinput *in, uint16_t type, uint16_t code, uint32_t value)
{
    for (unsigned i = 0; i < sources && type == VWR_EV_LED; i++)
        if (source[i].guest == in && vwr_input_set_led(&source[i].in, code, value != 0) != VWR_OK)
            real_soon(); /* the next poll sends it, or detects the error */
}

void input_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vinput_ops ops = {.status = status};

    host->input = &ops;
}

/* Recovers a stopped device, one step per call. */
static void recover(struct source *s)
{
    const int r = vwr_recover(&s->in.bringup);

    if (r == VWR_EBUSY)
        real_soon();
    s->given_up = r == VWR_EFAILED;
    if (s->given_up)
        explain(s);
}

/* true: there is more. */
static bool serve(struct source *s)
{
    struct vwr_input_event_msg e;
    unsigned n = 0;

    if (vwr_input_poll(&s->in) < 0) {
        recover(s);
        return false;
    }
    while (n < BUDGET && vwr_input_read(&s->in, &e)) {
        n++;
        if (s->guest != NULL)
            (void)vwr_vinput_event(s->guest, e.type, e.code, e.value);
    }
    return !vwr_input_is_empty(&s->in) || !vwr_input_arm(&s->in);
}

void input_service(void)
{
    bool more = false;

    for (unsigned i = 0; i < sources; i++)
        more |= !source[i].given_up && serve(&source[i]);
    if (more)
        guest_go_on(guest_here(), TO_DO_INPUT);
}

void input_stats(void)
{
    for (unsigned i = 0; i < sources; i++)
        print("%s: %llu groups, %llu dropped, %llu truncated; guest: taken %llu, dropped %llu\n",
              name_of(&source[i]), (unsigned long long)source[i].in.stats.groups,
              (unsigned long long)source[i].in.stats.dropped, (unsigned long long)source[i].in.stats.torn,
              (unsigned long long)(source[i].guest != NULL ? source[i].guest->stats.groups : 0),
              (unsigned long long)(source[i].guest != NULL ? source[i].guest->stats.dropped : 0));
}

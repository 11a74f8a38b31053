/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/ring.h"

/* Drivers that give up at any step, use rings of other sizes, and notify only when the device wants it. */

enum step { STEP_CONNECTED, STEP_PREPARED, STEP_STARTED, STEP_OFFERED, STEP_NOTIFIED, STEPS };

static bool reaches(struct session *s, enum step step)
{
    if (step == STEP_CONNECTED)
        return session_connect(s);
    if (!(step == STEP_PREPARED ? session_prepare(s, 0) : session_open(s, 0)))
        return false;
    if (step >= STEP_OFFERED) {
        (void)s->class->request(s, 0);
        offer(s, 0);
    }
    if (step == STEP_NOTIFIED)
        kick(s);
    return true;
}

static enum verdict reset_at_each_step(struct session *s)
{
    static const char *const names[STEPS] = {"before the features are negotiated", "before DRIVER_OK",
                                             "after DRIVER_OK", "with a buffer that is available",
                                             "with a buffer that was notified"};

    for (unsigned step = 0; step < STEPS; step++) {
        bool works;

        if (!reaches(s, (enum step)step))
            return BROKEN;
        session_end(s); /* which resets the device */
        if (!session_open(s, 0))
            return BROKEN;
        works = exchange(s);
        session_end(s);
        if (!works)
            return broken(s, "after a reset %s, the next driver's request is not executed", names[step]);
    }
    return KEPT;
}

/* Exchanges buffers over three laps of a ring of this size. */
static enum verdict works_with(struct session *s, unsigned size)
{
    bool works = true;

    s->size_max = size;
    if (!session_open(s, 0))
        return BROKEN;
    for (unsigned i = 0; i < 3u * size && works; i++)
        works = exchange(s);
    session_end(s);
    return works ? KEPT : broken(s, "with a ring of %u descriptors a request is not executed", size);
}

static enum verdict sizes(struct session *s)
{
    static const unsigned split[] = {4, 8};
    static const unsigned packed[] = {3, 5, 12};
    const unsigned count = s->is_packed ? VWR_COUNT(packed) : VWR_COUNT(split);
    enum verdict r = KEPT;

    for (unsigned i = 0; i < count && r == KEPT; i++)
        r = works_with(s, s->is_packed ? packed[i] : split[i]);
    return r;
}

static bool wants_kick(const struct session *s, uint16_t before, struct packed_place first)
{
    const uint8_t *const used = (const uint8_t *)s->used;

    if (s->is_packed)
        return packed_wants_kick(s, first);
    if (!vwr_dev_has(s->dev, VWR_F_EVENT_IDX))
        return (used_flags(s) & VWR_VIRTQ_USED_F_NO_NOTIFY) == 0;
    return vwr_le16_to_cpu(vwr_ring_load16((
               const vwr_le16 *)(const void *)(used + vwr_virtq_used_avail_event_offset(s->size)))) == before;
}

static enum verdict kicks_if_wanted(struct session *s, uint64_t features)
{
    bool works = true;
    bool wanted = false;
    unsigned done = 0;

    if (!session_open(s, features))
        return BROKEN;
    for (; done < 3u * RING && works; done++) {
        const struct packed_place first = s->put;
        const uint16_t before = s->next;

        (void)s->class->request(s, 0);
        offer(s, 0);
        vwr_ring_mb();
        wanted = wants_kick(s, before, first);
        if (wanted)
            kick(s);
        works = await_used(s) && is_executed(s, before);
    }
    session_end(s);
    return works ? KEPT
                 : broken(s, "request %u is not executed; the device wanted %s notification", done - 1,
                          wanted ? "its" : "no");
}

static enum verdict wanted_kicks(struct session *s)
{
    return kicks_if_wanted(s, 0);
}

static enum verdict wanted_kicks_event(struct session *s)
{
    if (!session_offers(s, VWR_F_EVENT_IDX))
        return untested(s, "the device does not offer EVENT_IDX");
    return kicks_if_wanted(s, BIT(VWR_F_EVENT_IDX));
}

/* ---- suspend ---- */

static enum verdict suspends(struct session *s)
{
    const char *why = NULL;
    int result = VWR_OK;

    if (!session_offers(s, VWR_F_SUSPEND))
        return untested(s, "the device does not offer SUSPEND");
    if (!session_open(s, BIT(VWR_F_SUSPEND)))
        return BROKEN;
    for (unsigned i = 0; i < 2 && why == NULL; i++) {
        if (!exchange(s))
            why = "a request is not executed";
        else if ((result = vwr_dev_suspend(s->dev)) != VWR_OK)
            why = "the device does not suspend";
        else if ((result = vwr_dev_resume(s->dev)) != VWR_OK)
            why = "the device does not resume";
        else if (!exchange(s))
            why = "a request is not executed after the device has resumed";
    }
    session_end(s);
    if (result == VWR_ENEEDSRESET) /* which both clauses allow */
        return untested(s, "%s: it needs a reset instead", why);
    return why == NULL ? KEPT : broken(s, "%s", why);
}

#define QUEUES "section Basic Facilities of a Virtio Device / Virtqueues"
#define AVAILABLE QUEUES " / Available Buffer Notifications"
#define PACKED_SUPPRESSION "section Packed Virtqueues / Driver and Device Event Suppression"

const struct conform_case setup_cases[] = {
    BOTH(reset_at_each_step, "reset.dev.1", "reset.dev.1",
         "A reset at any step of a driver lets the next driver work."),
    BOTH(sizes, QUEUES, QUEUES,
         "Requests are executed in rings of fewer descriptors than the device offers, which for packed rings "
         "need not be a power of 2."),
    BOTH(suspends, "suspend.dev.6 suspend.dev.7", "suspend.dev.6 suspend.dev.7",
         "The device suspends and resumes, and executes requests before and after."),
    BOTH(wanted_kicks, AVAILABLE, PACKED_SUPPRESSION,
         "Requests are executed if the driver notifies only when the device wants it."),
    BOTH(wanted_kicks_event, AVAILABLE, PACKED_SUPPRESSION, "With EVENT_IDX likewise."),
};
const size_t setup_case_count = sizeof(setup_cases) / sizeof(setup_cases[0]);

/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/console.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/*
 * A console. The cases write to port 0, and cannot see whether anything reads it; one asks for a text that is
 * typed.
 */

static const char text[] = "vwr-conform\r\n";

static unsigned request(struct session *s, unsigned first)
{
    const struct part p[2] = {{s->data, 1, false}, {s->data + 1, sizeof(text) - 2, false}};

    (void)memcpy(s->data, text, sizeof(text));
    put_chain(s->desc, first, p, 2);
    return 2;
}

static enum verdict emergency(struct session *s)
{
    enum verdict r;
    uint32_t status;
    bool works;

    if (!session_has_config(s, &r))
        return r;
    if (!session_offers(s, VWR_CONSOLE_F_EMERG_WRITE)) {
        session_end(s);
        return untested(s, "the device does not offer EMERG_WRITE");
    }
    /* which leaves the lines of another writer whole */
    vwr_config_write32(&s->dev->config, VWR_CONSOLE_CONFIG_EMERG_WR, '\n');
    status = vwr_dev_transport(s->dev)->get_register(s->dev, VWR_MMIO_STATUS);
    session_end(s);
    if ((status & VWR_STATUS_DEVICE_NEEDS_RESET) != 0)
        return broken(s, "the device needs a reset after a write to emerg_wr");
    if (!session_open(s, 0))
        return BROKEN;
    works = exchange(s);
    session_end(s);
    return works ? KEPT : broken(s, "after a write to emerg_wr output is not executed");
}

#define TYPED_BYTES 20u
#define BUFFERS 8u
#define BUFFER_BYTES 8u /* fewer than are typed */
#define BUFFERS_USED 3u /* by a device that fills them */

/* The letters may begin in the middle: a device may still have some from before its reset. */
static enum verdict is_typed(struct session *s)
{
    const unsigned count = incoming_count(s);
    unsigned total = 0;

    for (unsigned i = 0; i < count; i++) {
        const uint8_t *const at = incoming_buffer(s, i);

        if (!incoming_is_right(s, i, BUFFER_BYTES))
            return BROKEN;
        if (used_bytes(s, i) == 0)
            return broken(s, "a buffer is used without a byte");
        for (unsigned k = 0; k < used_bytes(s, i); k++)
            if (at[k] != incoming_byte(total++ + incoming_buffer(s, 0)[0] - (unsigned)incoming_byte(0)))
                return broken(s, "byte %u of the text is 0x%x, and does not continue it", total - 1, at[k]);
    }
    return KEPT;
}

static enum verdict typed(struct session *s)
{
    enum verdict r = UNTESTED;

    if (!incoming_open(s, 0, BUFFER_BYTES, BUFFERS))
        return BROKEN;
    if (incoming_arrives(s, TYPED_BYTES, BUFFERS_USED))
        r = is_typed(s);
    session_end(s);
    return r;
}

#define OPERATION "section Console Device / Device Operation"

static const struct conform_case cases[] = {
    CASE(emergency, "console.dev.init.1", "emerg_wr can be written before the device is configured."),
    BOTH(typed, OPERATION, OPERATION,
         "A typed text arrives in its order, whatever the sizes of the buffers."),
};

const struct device_class console_class = {.name = "console",
                                           .type = VWR_ID_CONSOLE,
                                           .queue = VWR_CONSOLE_QUEUE_TRANSMITQ,
                                           .beside = VWR_CONSOLE_QUEUE_RECEIVEQ,
                                           .outside = "text",
                                           .request = request,
                                           .cases = cases,
                                           .count = sizeof(cases) / sizeof(cases[0])};

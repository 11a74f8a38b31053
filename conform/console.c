/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/console.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

/* A console. The cases write to port 0; they cannot see whether anything reads it. */

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

static const struct conform_case cases[] = {
    CASE(emergency, "console.dev.init.1", "emerg_wr can be written before the device is configured."),
};

const struct device_class console_class = {.name = "console",
                                           .type = VWR_ID_CONSOLE,
                                           .queue = VWR_CONSOLE_QUEUE_TRANSMITQ,
                                           .request = request,
                                           .cases = cases,
                                           .count = sizeof(cases) / sizeof(cases[0])};

/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/evdev.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/input.h"

/* An input device. The cases switch off an LED of a keyboard. Other devices have no LED and ignore the event.
 */

static unsigned request(struct session *s, unsigned first)
{
    const struct vwr_input_event off = {.type = vwr_cpu_to_le16(VWR_EV_LED)};
    const struct part p[1] = {{s->data, sizeof(off), false}};

    (void)memcpy(s->data, &off, sizeof(off));
    put_chain(s->desc, first, p, 1);
    return 1;
}

static uint8_t size_of(struct session *s, uint8_t select)
{
    vwr_config_write8(&s->dev->config, VWR_INPUT_CONFIG_SELECT, select);
    vwr_config_write8(&s->dev->config, VWR_INPUT_CONFIG_SUBSEL, 0);
    return (uint8_t)config_field(s, VWR_INPUT_CONFIG_SIZE, 1);
}

static enum verdict size_without_meaning(struct session *s)
{
    static const uint8_t select[] = {VWR_INPUT_CFG_UNSET, 0xff}; /* the document has no selection 0xff */
    enum verdict r;
    uint8_t name;
    uint8_t size = 0;

    if (!session_has_config(s, &r))
        return r;
    session_end(s);
    if (!session_open(s, 0)) /* a driver may not write to the configuration before */
        return BROKEN;
    name = size_of(s, VWR_INPUT_CFG_ID_NAME); /* not empty, so that a stale size is seen */
    for (unsigned i = 0; i < sizeof(select) && size == 0; i++)
        size = size_of(s, select[i]);
    session_end(s);
    if (name == 0)
        return untested(s, "the device has no name, so its sizes are 0 anyway");
    return size == 0 ? KEPT : broken(s, "size reads %u for a select that has no meaning", size);
}

static const struct conform_case cases[] = {
    CASE(size_without_meaning, "input.dev.init.1", "size is 0 if select has no meaning."),
};

const struct device_class input_class = {.name = "input",
                                         .type = VWR_ID_INPUT,
                                         .queue = VWR_INPUT_QUEUE_STATUSQ,
                                         .request = request,
                                         .cases = cases,
                                         .count = sizeof(cases) / sizeof(cases[0])};

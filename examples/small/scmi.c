/* SPDX-License-Identifier: MIT */
/* An SCMI platform: its protocols, and the readings of its sensors. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/scmi.h"

#define READING_GET 6u /* of the sensor protocol */
#define PROTOCOLS 16u
#define VALUE 4u /* bytes of a reading that are shown */

static struct vwr_scmi_shared shared; /* shared with the device */
static struct vwr_scmi scmi;          /* private; the device must not access it */
static struct vwr_mmio mmio;

/* Sensors have numbers from 0 on. */
static int read_sensors(void)
{
    uint8_t params[8] = {0};
    const struct vwr_scmi_command get = {.protocol = VWR_SCMI_SENSOR,
                                         .message = READING_GET,
                                         .params = params,
                                         .params_bytes = sizeof(params),
                                         .values_bytes = VWR_SCMI_BYTES - VWR_SCMI_STATUS_BYTES,
                                         .values_least = VALUE};
    struct vwr_scmi_answer answer;
    int r = VWR_OK;

    for (; r == VWR_OK && params[0] < UINT8_MAX; params[0]++) {
        r = vwr_scmi_do(&scmi, &get, &answer);
        if (r == VWR_OK)
            say_number("reading", vwr_bytes_number(answer.values, VALUE, false));
    }
    return r == VWR_EIO ? VWR_OK : r; /* there is no such sensor */
}

static int list(void)
{
    uint8_t protocols[PROTOCOLS];
    const int count = vwr_scmi_protocols(&scmi, protocols, PROTOCOLS);
    int r = count < 0 ? count : VWR_OK;

    for (int i = 0; r == VWR_OK && i < count && i < (int)PROTOCOLS; i++) {
        say_number("protocol", protocols[i]);
        if (protocols[i] == VWR_SCMI_SENSOR)
            r = read_sensors();
    }
    return r;
}

int example(void)
{
    static const struct vwr_scmi_options options = {.shared = &shared};
    int r = board_find(&mmio, VWR_ID_SCMI);

    if (r == VWR_OK)
        r = vwr_scmi_open(&scmi, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = list();
    return vwr_close(&scmi.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}

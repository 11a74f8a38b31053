/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_SCMI_H
#define VWR_CLASSES_SCMI_H

#include <stdint.h>

/*
 * A platform with sensors, of which the last one is broken. The value of a sensor is what was configured, and
 * events change it. A reading may be delayed until an event.
 */

#define SCMI_SENSORS 4u
#define SCMI_GONE 3u
#define SCMI_OWED 4u /* delayed readings */
#define SCMI_VALUE 8u

/* Messages of the sensor protocol. */
#define SCMI_READING_GET 0x6u
#define SCMI_CONFIG_SET 0xau
#define SCMI_UPDATE_NOTIFY 0xbu
#define SCMI_UPDATE 0x1u

/* Events of shapes: a delayed reading, a notification of sensor 1. */
#define SCMI_RESPONDS 3u
#define SCMI_CHANGES 4u

struct scmi_model {
    uint8_t value[SCMI_SENSORS][SCMI_VALUE];
    uint8_t notifies[SCMI_SENSORS];
    uint8_t owed;
    uint8_t sensor[SCMI_OWED]; /* of each delayed reading */
    uint8_t executed[2];       /* commands, low byte first */
};

static inline unsigned scmi_sensor(const uint8_t *params)
{
    return params[0] | (unsigned)(params[1] | params[2] | params[3]) << 8;
}

/* Returns the status. A reading that is to be delayed is owed. */
static inline int scmi_execute(struct scmi_model *m, unsigned message, const uint8_t *params, uint8_t *values,
                               uint32_t *n)
{
    const unsigned sensor = scmi_sensor(params);

    *n = 0;
    m->executed[1] = (uint8_t)(m->executed[1] + (++m->executed[0] == 0));
    if (sensor >= SCMI_SENSORS)
        return -4;
    if (sensor == SCMI_GONE)
        return -9;
    if (message == SCMI_UPDATE_NOTIFY)
        m->notifies[sensor] = params[4] & 1u;
    for (unsigned i = 0; message == SCMI_CONFIG_SET && i < SCMI_VALUE; i++)
        m->value[sensor][i] = params[4 + i % 4];
    if (message != SCMI_READING_GET)
        return 0;
    if ((params[4] & 1u) != 0) {
        m->sensor[m->owed++ % SCMI_OWED] = (uint8_t)sensor;
        return 0;
    }
    for (unsigned i = 0; i < SCMI_VALUE; i++)
        values[i] = m->value[sensor][i];
    *n = SCMI_VALUE;
    return 0;
}

/* The sensor of the oldest delayed reading, which is owed no longer. */
static inline unsigned scmi_pay(struct scmi_model *m)
{
    const unsigned sensor = m->sensor[0];

    m->owed--;
    for (unsigned i = 0; i + 1 < SCMI_OWED; i++)
        m->sensor[i] = m->sensor[i + 1];
    m->sensor[SCMI_OWED - 1] = 0;
    return sensor;
}

/* An event that is not a delayed reading changes a sensor. Returns its number. */
static inline unsigned scmi_change(struct scmi_model *m, uint32_t event)
{
    const unsigned sensor = event / 3 % SCMI_SENSORS;

    m->value[sensor][0]++;
    return sensor;
}

static inline void scmi_forget(struct scmi_model *m)
{
    for (unsigned i = 0; i < SCMI_SENSORS; i++)
        m->notifies[i] = m->sensor[i] = 0;
    m->owed = 0;
}

/* What a notification has: an agent, the sensor, and its value. */
#define SCMI_NOTICE (8u + SCMI_VALUE)
static inline void scmi_notice(const struct scmi_model *m, unsigned sensor, uint8_t *payload)
{
    for (unsigned i = 0; i < 8; i++)
        payload[i] = i == 4 ? (uint8_t)sensor : 0;
    for (unsigned i = 0; i < SCMI_VALUE; i++)
        payload[8 + i] = m->value[sensor][i];
}

#endif

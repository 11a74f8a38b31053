/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vhost_host.h"

#include "vwr/vscmi.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* An SCMI platform: sensors whose values are numbers in files, such as temp1_input of Linux's hwmon. */

/* The sensor protocol, as DEN0056 has it in version 1. */
#define SENSOR_VERSION 0x10000u
#define SENSOR_DESCRIPTION_GET 3u
#define SENSOR_READING_GET 6u
#define SENSOR_DEGREES_C 2u
#define SENSOR_MILLI (0x1du << 11) /* a power of ten in five bits: -3 */
#define SENSOR_DESCRIPTOR 28u      /* bytes: number, two words of attributes, name */
#define WORD 4u
#define READING 8u
#define DIGITS 32u /* bytes of a file that are read */

struct sensors {
    struct vwr_vscmi device;
    const struct options *options;
    uint8_t attributes[4 * WORD];
    struct vwr_vscmi_protocol protocol;
};

static uint32_t get32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void put(uint8_t *to, uint64_t n, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (uint8_t)(n >> i * 8);
}

/* A file that is not a regular one, such as a FIFO, could make the process wait. */
static bool read_number(const char *path, long long *n)
{
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    char text[DIGITS], *end = text;
    struct stat status;
    ssize_t got = -1;

    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
        got = read(fd, text, sizeof(text) - 1);
    if (fd >= 0)
        (void)close(fd);
    text[got > 0 ? got : 0] = '\0';
    errno = 0;
    *n = strtoll(text, &end, 10);
    return end != text && errno == 0 && (*end == '\0' || *end == '\n');
}

static const char *name_of(const char *path)
{
    const char *const slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

/* As many descriptors as fit, and how many are left. */
static int describe(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    const struct options *const o = ((const struct sensors *)v->context)->options;
    const uint32_t first = get32(m->params), room = (m->room - WORD) / SENSOR_DESCRIPTOR;
    uint32_t n;

    if (first >= o->files)
        return VWR_SCMI_S_OUT_OF_RANGE;
    n = o->files - first < room ? o->files - first : room;
    put(m->values, n | (o->files - first - n) << 16, WORD);
    for (uint32_t i = 0; i < n; i++) {
        uint8_t *const at = m->values + WORD + i * SENSOR_DESCRIPTOR;
        const char *const name = name_of(o->file[first + i]);

        put(at, first + i, WORD);
        put(at + 2 * WORD, SENSOR_DEGREES_C | SENSOR_MILLI, WORD);
        memcpy(at + 3 * WORD, name, strnlen(name, VWR_SCMI_NAME_BYTES - 1));
    }
    m->bytes = WORD + n * SENSOR_DESCRIPTOR;
    return VWR_SCMI_S_SUCCESS;
}

static int read_sensor(struct vwr_vscmi *v, struct vwr_vscmi_message *m)
{
    const struct options *const o = ((const struct sensors *)v->context)->options;
    const uint32_t sensor = get32(m->params);
    long long n;

    if (sensor >= o->files)
        return VWR_SCMI_S_NOT_FOUND;
    if (get32(m->params + WORD) != 0) /* a delayed response */
        return VWR_SCMI_S_NOT_SUPPORTED;
    if (!read_number(o->file[sensor], &n))
        return VWR_SCMI_S_HARDWARE_ERROR;
    put(m->values, (uint64_t)n, READING);
    m->bytes = READING;
    return VWR_SCMI_S_SUCCESS;
}

static uint16_t scmi_queues(const struct options *o)
{
    (void)o;
    return VWR_VSCMI_QUEUES;
}

static int make_scmi(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vscmi_handler handlers[] = {{.message = SENSOR_DESCRIPTION_GET,
                                                         .params_bytes = WORD,
                                                         .values_bytes = WORD + SENSOR_DESCRIPTOR,
                                                         .call = describe},
                                                        {.message = SENSOR_READING_GET,
                                                         .params_bytes = 2 * WORD,
                                                         .values_bytes = READING,
                                                         .call = read_sensor}};
    struct sensors *const c = make_room(1, sizeof(*c));
    const struct vwr_vscmi_options so = {
        .context = c, .protocols = &c->protocol, .protocol_count = 1, .vendor = "Virtwright"};
    int r;

    c->options = o;
    c->attributes[0] = (uint8_t)o->files;
    c->protocol = (struct vwr_vscmi_protocol){.id = VWR_SCMI_SENSOR,
                                              .version = SENSOR_VERSION,
                                              .attributes = c->attributes,
                                              .attributes_bytes = sizeof(c->attributes),
                                              .handlers = handlers,
                                              .handler_count = VWR_COUNT(handlers)};
    r = vwr_vscmi_init_with(&c->device, s, &so);
    if (r != VWR_OK)
        return failed("this platform cannot be offered: %s", vwr_strerror(r));
    e->dev = vwr_vscmi_dev(&c->device);
    e->state = c;
    return 0;
}

const struct kind scmi_kind = {
    .name = "scmi",
    .usage = "--file PATH...",
    .brief = "an SCMI platform with a sensor for each file, whose value is the number in the file",
    .options = " file ",
    .queues = scmi_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vscmi_state,
    .make = make_scmi,
};

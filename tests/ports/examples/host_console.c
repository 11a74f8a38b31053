/* SPDX-License-Identifier: MIT */
#include "host_console.h"
#include "fake_ram.h"
#include "fake_ring.h"
#include "vwr/gen/console.h"

#include <stdio.h>
#include <string.h>

#define PORTS 2u

static struct fake_chain chain;
static char line[PORTS][64]; /* received so far */
static size_t bytes_of[PORTS];

static void puts_line(unsigned port, const uint8_t *bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n && bytes_of[port] < sizeof(line[0]); i++) {
        line[port][bytes_of[port]++] = (char)bytes[i];
        if (bytes[i] != '\n')
            continue;
        printf("port %u: %.*s", port, (int)bytes_of[port], line[port]);
        bytes_of[port] = 0;
    }
}

static void sends(struct fake *f, unsigned queue, const void *bytes, size_t n)
{
    if (!fake_ring_next(f, queue, &chain))
        return;
    fake_ram_write(chain.segment[0].addr, bytes, (uint32_t)n);
    fake_ring_push(f, queue, chain.head, (uint32_t)n);
}

static void says(struct fake *f, uint32_t id, uint16_t event, const char *text)
{
    uint8_t bytes[64];
    const struct vwr_console_control c = {vwr_cpu_to_le32(id), vwr_cpu_to_le16(event), vwr_cpu_to_le16(1)};

    memcpy(bytes, &c, sizeof(c));
    memcpy(bytes + sizeof(c), text, strlen(text));
    sends(f, VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ, bytes, sizeof(c) + strlen(text));
}

static void hears(struct fake *f, const struct vwr_console_control *c)
{
    const uint32_t id = vwr_le32_to_cpu(c->id);
    const unsigned receive = id == 0 ? VWR_CONSOLE_QUEUE_RECEIVEQ : VWR_CONSOLE_QUEUE_PORT_RECEIVEQ;
    char text[64];

    switch (vwr_le16_to_cpu(c->event)) {
    case VWR_CONSOLE_DEVICE_READY:
        for (uint32_t i = 0; i < PORTS; i++)
            says(f, i, VWR_CONSOLE_DEVICE_ADD, "");
        break;
    case VWR_CONSOLE_PORT_READY:
        says(f, id, id == 0 ? VWR_CONSOLE_CONSOLE_PORT : VWR_CONSOLE_PORT_NAME,
             id == 0 ? "" : "org.example.echo");
        break;
    case VWR_CONSOLE_PORT_OPEN:
        sends(f, receive, text, (size_t)snprintf(text, sizeof(text), "a line for port %u\n", (unsigned)id));
        break;
    }
}

static void notified(struct fake *f, uint32_t queue)
{
    uint8_t bytes[128];

    if (queue != VWR_CONSOLE_QUEUE_TRANSMITQ && queue != VWR_CONSOLE_QUEUE_PORT_TRANSMITQ &&
        queue != VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
        return;
    while (fake_ring_next(f, queue, &chain)) {
        const uint32_t n = chain.readable;

        fake_ram_read(chain.segment[0].addr, bytes, n < sizeof(bytes) ? n : sizeof(bytes));
        fake_ring_push(f, queue, chain.head, 0);
        if (queue == VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
            hears(f, (const struct vwr_console_control *)(const void *)bytes);
        else
            puts_line(queue != VWR_CONSOLE_QUEUE_TRANSMITQ, bytes, n);
    }
}

static void configured(struct fake *f, unsigned offset, bool write)
{
    if (write && offset == VWR_CONSOLE_CONFIG_EMERG_WR)
        puts_line(0, &f->config[offset], 1);
}

void host_console_plug(struct fake *f)
{
    fake_offer(f, VWR_CONSOLE_F_SIZE);
    fake_offer(f, VWR_CONSOLE_F_MULTIPORT);
    fake_offer(f, VWR_CONSOLE_F_EMERG_WRITE);
    fake_config(f, VWR_CONSOLE_CONFIG_COLS, 2, 80);
    fake_config(f, VWR_CONSOLE_CONFIG_ROWS, 2, 25);
    fake_config(f, VWR_CONSOLE_CONFIG_MAX_NR_PORTS, 4, PORTS);
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        f->queue[i].size_max = 64;
    f->on_notify = notified;
    f->on_config = configured;
}
